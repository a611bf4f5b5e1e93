//! Messages that were received too often.

use sqs_playground::sqs::api::{ReceiveMessageRequest, SendMessageRequest};
use sqs_playground::sqs::{EventKind, MessageKey};

use crate::support::{
    Sqs, arn, bodies_of, fifo_message, long_poll, message, receive, redrive_to, text_attribute,
};

/// Queue `q` with dead-letter queue `d`.
fn with_dead_letter_queue(max_receive_count: u32) -> Sqs {
    let mut sqs = Sqs::with_queue("d", &[]);
    sqs.create(
        "q",
        &[("RedrivePolicy", &redrive_to("d", max_receive_count))],
    );
    sqs
}

#[test]
fn the_receive_after_the_last_one_allowed_moves() {
    let mut sqs = with_dead_letter_queue(1);
    let sent = sqs.send(SendMessageRequest {
        message_attributes: [("color".into(), text_attribute("String", "blue"))].into(),
        message_system_attributes: [("AWSTraceHeader".into(), text_attribute("String", "Root=1"))]
            .into(),
        ..message("q", "x")
    });
    sqs.pass_ms(5);
    let first = sqs.receive_one("q", 0);
    sqs.pass_secs(1);
    assert_eq!(
        sqs.counts("q"),
        (1, 0, 0),
        "nothing moves without a receive"
    );
    assert_eq!(sqs.bodies("q", 10, 0), "");
    assert_eq!((sqs.counts("q"), sqs.counts("d")), ((0, 0, 0), (1, 0, 0)));
    let events = sqs.take_events();
    assert!(events.iter().any(|event| matches!(
        event,
        EventKind::MessageMovedToDeadLetterQueue {
            message: MessageKey(1),
            receive_count: 1,
            ..
        }
    )));
    let dead = sqs.receive_one("d", 0);
    assert_eq!(dead.message_id, sent.message_id);
    assert_eq!(
        dead.md5_of_message_attributes,
        sent.md5_of_message_attributes
    );
    assert_eq!(dead.attributes["ApproximateReceiveCount"], "2");
    assert_eq!(dead.attributes["DeadLetterQueueSourceArn"], arn("q"));
    for kept in [
        "AWSTraceHeader",
        "SentTimestamp",
        "ApproximateFirstReceiveTimestamp",
    ] {
        assert_eq!(dead.attributes[kept], first.attributes[kept]);
    }
}

#[test]
fn moves_take_no_place_in_the_batch() {
    let mut sqs = with_dead_letter_queue(2);
    sqs.send_all("q", "1 2 3 4 5 6");
    for _ in 0..2 {
        assert_eq!(sqs.bodies("q", 3, 1), "1 2 3");
        sqs.pass_secs(1);
    }
    assert_eq!(sqs.bodies("q", 2, 30), "4 5");
    assert_eq!(sqs.bodies("d", 10, 30), "1 2 3");
}

#[test]
fn the_delay_of_the_target_does_not_count() {
    let mut sqs = with_dead_letter_queue(1);
    sqs.set("d", &[("DelaySeconds", "900")]);
    sqs.send(message("q", "x"));
    sqs.receive_one("q", 0);
    sqs.bodies("q", 1, 0);
    assert_eq!(sqs.counts("d"), (1, 0, 0));
}

#[test]
fn a_lowered_maximum_moves_at_the_next_receive_and_no_policy_never() {
    let mut sqs = with_dead_letter_queue(100);
    sqs.send(message("q", "x"));
    for _ in 0..5 {
        sqs.receive_one("q", 0);
    }
    sqs.set("q", &[("RedrivePolicy", "")]);
    sqs.receive_one("q", 0);
    sqs.set("q", &[("RedrivePolicy", &redrive_to("d", 2))]);
    assert_eq!(sqs.bodies("q", 1, 0), "");
    assert_eq!(
        sqs.receive_one("d", 0).attributes["ApproximateReceiveCount"],
        "7"
    );
}

#[test]
fn a_queue_that_is_its_own_never_delivers_again() {
    let mut sqs = Sqs::with_queue("q", &[]);
    sqs.set("q", &[("RedrivePolicy", &redrive_to("q", 1))]);
    sqs.send_all("q", "1 2");
    assert_eq!(sqs.bodies("q", 1, 0), "1");
    let poll = sqs.start(long_poll("q", 20));
    assert_eq!(
        sqs.received(poll).map(|messages| bodies_of(&messages)),
        Some("2".into())
    );
    for _ in 0..3 {
        sqs.pass_secs(40);
        assert_eq!(sqs.bodies("q", 10, 0), "");
        assert_eq!(sqs.queue("q").len(), 2);
    }
}

#[test]
fn two_queues_that_are_each_others_come_to_rest() {
    let mut sqs = Sqs::with_queue("a", &[]);
    sqs.create("b", &[("RedrivePolicy", &redrive_to("a", 1))]);
    sqs.set("a", &[("RedrivePolicy", &redrive_to("b", 1))]);
    sqs.send(message("a", "x"));
    sqs.receive_one("a", 1);
    let polls = [sqs.start(long_poll("a", 20)), sqs.start(long_poll("b", 20))];
    sqs.pass_secs(60);
    for poll in polls {
        assert_eq!(sqs.received(poll), Some(vec![]));
    }
    for queue in ["a", "b", "a", "b"] {
        assert_eq!(sqs.bodies(queue, 10, 0), "");
        sqs.pass_ms(1);
    }
    assert_eq!(sqs.queue("a").len() + sqs.queue("b").len(), 1);
}

#[test]
fn a_second_move_names_the_second_source() {
    let mut sqs = Sqs::with_queue("e", &[]);
    sqs.create("d", &[("RedrivePolicy", &redrive_to("e", 2))]);
    sqs.create("q", &[("RedrivePolicy", &redrive_to("d", 1))]);
    sqs.send(message("q", "x"));
    sqs.receive_one("q", 0);
    assert_eq!(sqs.bodies("q", 1, 0), "");
    assert_eq!(
        sqs.receive_one("d", 0).attributes["DeadLetterQueueSourceArn"],
        arn("q")
    );
    assert_eq!(sqs.bodies("d", 1, 0), "");
    assert_eq!(
        sqs.receive_one("e", 0).attributes["DeadLetterQueueSourceArn"],
        arn("d")
    );
}

#[test]
fn a_standard_dead_letter_keeps_its_clock() {
    let day = 86_400;
    let mut sqs = with_dead_letter_queue(1);
    sqs.send(message("q", "x"));
    sqs.pass_secs(day);
    sqs.receive_one("q", 0);
    assert_eq!(sqs.bodies("q", 1, 0), "");
    sqs.pass_secs(3 * day - 1);
    assert_eq!(sqs.counts("d"), (1, 0, 0));
    sqs.pass_secs(1);
    assert_eq!(sqs.counts("d"), (0, 0, 0), "four days after it was sent");
}

#[test]
fn a_standard_dead_letter_may_expire_on_arrival() {
    let mut sqs = with_dead_letter_queue(1);
    sqs.set("d", &[("MessageRetentionPeriod", "60")]);
    sqs.send(message("q", "x"));
    sqs.pass_secs(60);
    sqs.receive_one("q", 0);
    let poll = sqs.start(long_poll("d", 1));
    assert_eq!(sqs.bodies("q", 1, 0), "");
    assert_eq!((sqs.queue("q").len(), sqs.queue("d").len()), (0, 0));
    let events = sqs.take_events();
    let tail = &events[events.len() - 3..];
    assert!(
        matches!(
            tail,
            [
                EventKind::MessageMovedToDeadLetterQueue { .. },
                EventKind::MessageExpired { .. },
                EventKind::ReceiveCameBackEmpty { .. }
            ]
        ),
        "{tail:?}"
    );
    assert_eq!(sqs.reply(poll), None);
}

fn with_fifo_dead_letter_queue(max_receive_count: u32) -> Sqs {
    let fifo = ("FifoQueue", "true");
    let mut sqs = Sqs::with_queue("d.fifo", &[fifo]);
    let policy = redrive_to("d.fifo", max_receive_count);
    sqs.create("q.fifo", &[fifo, ("RedrivePolicy", &policy)]);
    sqs
}

#[test]
fn a_fifo_dead_letter_gets_a_new_place_and_a_new_clock() {
    let day = 86_400;
    let mut sqs = with_fifo_dead_letter_queue(1);
    let first = sqs.send(fifo_message("q.fifo", "g1", "d1", "m1"));
    sqs.send(fifo_message("q.fifo", "g1", "d2", "m2"));
    sqs.pass_secs(day);
    sqs.receive(receive("q.fifo", 1, 0));
    sqs.pass_ms(1);
    // The move of the head frees the next in the same receive.
    assert_eq!(sqs.bodies("q.fifo", 10, 30), "m2");
    let dead = sqs.receive_one("d.fifo", 0);
    assert_eq!(dead.attributes["MessageGroupId"], "g1");
    assert_eq!(dead.attributes["MessageDeduplicationId"], first.message_id);
    assert_eq!(dead.message_id, first.message_id);
    assert_eq!(dead.attributes["ApproximateReceiveCount"], "2");
    sqs.pass_secs(4 * day - 1);
    assert_eq!(sqs.counts("d.fifo"), (1, 0, 0));
    sqs.pass_secs(1);
    assert_eq!(sqs.counts("d.fifo"), (0, 0, 0), "four days after the move");
}

#[test]
fn a_hidden_message_still_blocks_what_follows_a_moved_head() {
    let mut sqs = with_fifo_dead_letter_queue(1);
    sqs.send_to_groups("q.fifo", "g1m1 g1m2 g1m3");
    let handles = sqs.receive(receive("q.fifo", 2, 30));
    sqs.change("q.fifo", &handles[0].receipt_handle, 0)
        .expect("it is in flight");
    assert_eq!(sqs.bodies("q.fifo", 10, 30), "");
    assert_eq!(sqs.counts("d.fifo"), (1, 0, 0));
    sqs.delete("q.fifo", &handles[1].receipt_handle)
        .expect("it is in flight");
    assert_eq!(sqs.bodies("q.fifo", 10, 30), "g1m3");
}

#[test]
fn a_waiting_poll_moves_too() {
    let mut sqs = with_dead_letter_queue(1);
    sqs.send(message("q", "x"));
    sqs.receive_one("q", 5);
    let at_source = sqs.start(ReceiveMessageRequest {
        ..long_poll("q", 20)
    });
    let at_dead_letters = sqs.start(long_poll("d", 20));
    sqs.pass_secs(5);
    assert_eq!(sqs.reply(at_source), None);
    assert_eq!(
        sqs.received(at_dead_letters).map(|messages| messages.len()),
        Some(1)
    );
}
