//! `ReceiveRequestAttemptId`: a receive that is repeated gets the same answer.

use sqs_playground::sqs::api::{ReceiveMessageRequest, ReceivedMessage};

use crate::support::{Sqs, bodies_of, check_invalid, fifo_message, receive};

fn attempt(id: &str, max: i64, visibility_timeout: i64) -> ReceiveMessageRequest {
    ReceiveMessageRequest {
        receive_request_attempt_id: Some(id.into()),
        ..receive("q.fifo", max, visibility_timeout)
    }
}

fn queue() -> Sqs {
    let mut sqs = Sqs::with_queue("q.fifo", &[("FifoQueue", "true")]);
    sqs.send_to_groups("q.fifo", "g1m1 g1m2 g2m1");
    sqs
}

fn handles(messages: &[ReceivedMessage]) -> Vec<&str> {
    let handles = messages.iter().map(|message| &*message.receipt_handle);
    handles.collect()
}

#[test]
fn a_retry_gets_the_same_messages_and_handles_and_hides_them_anew() {
    let mut sqs = queue();
    let first = sqs.receive(attempt("a", 2, 30));
    sqs.pass_secs(20);
    let again = sqs.receive(attempt("a", 10, 60));
    assert_eq!(first, again);
    assert_eq!(bodies_of(&again), "g1m1 g1m2");
    sqs.pass_secs(59);
    assert_eq!(sqs.counts("q.fifo"), (1, 2, 0));
    sqs.delete("q.fifo", handles(&first)[0])
        .expect("the handle lives on");
    sqs.pass_secs(1);
    assert_eq!(sqs.counts("q.fifo"), (2, 0, 0));
}

#[test]
fn another_id_or_none_is_another_receive() {
    let mut sqs = queue();
    assert_eq!(bodies_of(&sqs.receive(attempt("a", 2, 30))), "g1m1 g1m2");
    assert_eq!(bodies_of(&sqs.receive(attempt("b", 2, 30))), "g2m1");
    assert_eq!(sqs.bodies("q.fifo", 10, 30), "");
    assert_eq!(bodies_of(&sqs.receive(attempt("b", 2, 30))), "g2m1");
}

#[test]
fn an_attempt_ends_with_a_delete_a_change_or_its_visibility() {
    for end in 0..3 {
        let mut sqs = queue();
        let first = sqs.receive(attempt("a", 2, 30));
        let handle = handles(&first)[1];
        match end {
            0 => sqs.delete("q.fifo", handle).expect("it is held"),
            1 => sqs.change("q.fifo", handle, 40).expect("it is held"),
            _ => sqs.pass_secs(30),
        }
        let again = sqs.receive(attempt("a", 1, 30));
        let expected = if end == 2 { "g2m1 g1m1" } else { "g2m1" };
        assert_eq!(bodies_of(&again), &expected[..4]);
        assert_eq!(again[0].attributes["ApproximateReceiveCount"], "1");
        // Now the id names the second receive.
        assert_eq!(sqs.receive(attempt("a", 10, 30)), again);
    }
}

#[test]
fn an_id_lives_for_five_minutes_from_the_first_receive() {
    let mut sqs = queue();
    let first = sqs.receive(attempt("a", 2, 299));
    sqs.pass_secs(200);
    assert_eq!(sqs.receive(attempt("a", 2, 200)), first);
    sqs.pass_ms(99_999);
    assert_eq!(sqs.receive(attempt("a", 2, 200)), first);
    sqs.pass_ms(1);
    assert_eq!(bodies_of(&sqs.receive(attempt("a", 2, 200))), "g2m1");
    sqs.pass_secs(299);
    sqs.send(fifo_message("q.fifo", "g3", "x", "g3m1"));
    let third = sqs.receive(attempt("a", 1, 200));
    assert_eq!(third.len(), 1, "the second one's messages came back");
    sqs.pass_secs(1);
    // The window of the second receive is over, that of the third is not.
    assert_eq!(sqs.receive(attempt("a", 1, 200)), third);
}

#[test]
fn a_receive_that_got_nothing_leaves_nothing() {
    let mut sqs = Sqs::with_queue("q.fifo", &[("FifoQueue", "true")]);
    assert_eq!(sqs.receive(attempt("a", 2, 30)), []);
    sqs.send_to_groups("q.fifo", "g1m1");
    assert_eq!(sqs.receive(attempt("a", 2, 30)).len(), 1);
}

#[test]
fn a_timeout_of_nothing_cannot_be_repeated() {
    let mut sqs = queue();
    assert_eq!(bodies_of(&sqs.receive(attempt("a", 1, 0))), "g1m1");
    let second = sqs.receive(attempt("a", 1, 30));
    assert_eq!(bodies_of(&second), "g2m1", "a new receive");
    // But a retry can show what it repeats.
    assert_eq!(sqs.receive(attempt("a", 1, 0)), second);
    assert_eq!(sqs.counts("q.fifo"), (3, 0, 0));
}

#[test]
fn two_long_polls_with_one_id_get_the_same() {
    let mut sqs = Sqs::with_queue("q.fifo", &[("FifoQueue", "true")]);
    let wait = |id| ReceiveMessageRequest {
        wait_time_seconds: Some(20),
        ..attempt(id, 10, 30)
    };
    let polls = [sqs.start(wait("a")), sqs.start(wait("a"))];
    sqs.send_to_groups("q.fifo", "g1m1");
    let [first, second] = polls.map(|poll| sqs.received(poll));
    assert_eq!(first.as_ref().map(Vec::len), Some(1));
    assert_eq!(first, second);
}

#[test]
fn a_standard_queue_knows_no_attempts() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let request = ReceiveMessageRequest {
        receive_request_attempt_id: Some("a".into()),
        ..receive("q", 1, 30)
    };
    check_invalid(
        sqs.call(request),
        "Value a for parameter ReceiveRequestAttemptId is invalid. Reason: The request include \
         parameter that is not valid for this queue type.",
    );
}
