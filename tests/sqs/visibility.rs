//! Receipt handles: what deletes, what hides, and for how long.

use sqs_playground::sim::Span;
use sqs_playground::sqs::api::{
    CallId, Caller, ChangeMessageVisibilityRequest, DeleteMessageRequest, ReceivedMessage,
};
use sqs_playground::sqs::{Error, ErrorCode, EventKind, Phase, VisibleBecause};

use crate::support::{Sqs, check_error, check_invalid, fifo_message, long_poll, message};

const STANDARD: &str = "q";
const FIFO: &str = "q.fifo";

/// A queue of this name with one message.
fn with_message(queue: &str) -> Sqs {
    if queue == FIFO {
        let mut sqs = Sqs::with_queue(FIFO, &[("FifoQueue", "true")]);
        sqs.send(fifo_message(FIFO, "g", "d", "x"));
        sqs
    } else {
        let mut sqs = Sqs::with_queue(queue, &[]);
        sqs.send(message(queue, "x"));
        sqs
    }
}

#[track_caller]
fn check_expired(result: Result<(), Error>, message: &ReceivedMessage) {
    let handle = &message.receipt_handle;
    let text = format!(
        "Value {handle} for parameter ReceiptHandle is invalid. \
         Reason: The receipt handle has expired."
    );
    check_invalid(result, &text);
}

#[track_caller]
fn check_gone(result: Result<(), Error>, message: &ReceivedMessage) {
    let handle = &message.receipt_handle;
    let text = format!(
        "Value {handle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or \
         is not available for visibility timeout change."
    );
    check_invalid(result, &text);
}

#[test]
fn what_is_no_handle_of_this_queue() {
    for queue in [STANDARD, FIFO] {
        let mut sqs = with_message(queue);
        sqs.create("other", &[]);
        sqs.send(message("other", "x"));
        let foreign = sqs.receive_one("other", 30).receipt_handle;
        for handle in ["garbage", &foreign] {
            let text =
                format!("The input receipt handle \"{handle}\" is not a valid receipt handle.");
            let code = ErrorCode::ReceiptHandleIsInvalid;
            check_error(sqs.delete(queue, handle), code, &text);
            check_error(sqs.change(queue, handle, 1), code, &text);
            assert_eq!(code.status(), 404);
        }
    }
}

#[test]
fn what_must_be_there() {
    let mut sqs = with_message(STANDARD);
    let missing = |parameter: &str| format!("The request must contain the parameter {parameter}.");
    let queue_url = Some(STANDARD.to_owned());
    check_error(
        sqs.call(DeleteMessageRequest {
            queue_url: queue_url.clone(),
            receipt_handle: None,
        }),
        ErrorCode::MissingParameter,
        &missing("ReceiptHandle"),
    );
    for (receipt_handle, visibility_timeout, parameter) in [
        (None, Some(1), "ReceiptHandle"),
        (Some("x".to_owned()), None, "VisibilityTimeout"),
    ] {
        check_error(
            sqs.call(ChangeMessageVisibilityRequest {
                queue_url: queue_url.clone(),
                receipt_handle,
                visibility_timeout,
            }),
            ErrorCode::MissingParameter,
            &missing(parameter),
        );
    }
}

#[test]
fn deleting_what_is_in_flight() {
    for queue in [STANDARD, FIFO] {
        let mut sqs = with_message(queue);
        let received = sqs.receive_one(queue, 30);
        for _ in 0..3 {
            assert_eq!(
                sqs.delete(queue, &received.receipt_handle),
                Ok(()),
                "again is no error"
            );
            assert_eq!(sqs.counts(queue), (0, 0, 0));
        }
        check_gone(sqs.change(queue, &received.receipt_handle, 42), &received);
        assert_eq!(
            sqs.service.poll_timeout(),
            None,
            "its deadlines went with it"
        );
    }
}

#[test]
fn deleting_after_the_timeout() {
    let mut sqs = with_message(STANDARD);
    let received = sqs.receive_one(STANDARD, 1);
    sqs.pass_secs(2);
    assert_eq!(sqs.delete(STANDARD, &received.receipt_handle), Ok(()));
    assert_eq!(sqs.attributes(STANDARD)["ApproximateNumberOfMessages"], "0");

    let mut sqs = with_message(FIFO);
    let received = sqs.receive_one(FIFO, 1);
    sqs.pass_ms(999);
    let mut in_time = sqs.clone();
    assert_eq!(in_time.delete(FIFO, &received.receipt_handle), Ok(()));
    sqs.pass_ms(1);
    check_expired(sqs.delete(FIFO, &received.receipt_handle), &received);
    assert_eq!(sqs.counts(FIFO), (1, 0, 0));
}

#[test]
fn deleting_with_an_old_handle() {
    for queue in [STANDARD, FIFO] {
        let mut sqs = with_message(queue);
        let old = sqs.receive_one(queue, 1);
        sqs.pass_secs(1);
        let new = sqs.receive_one(queue, 30);
        match queue {
            STANDARD => assert_eq!(sqs.delete(queue, &old.receipt_handle), Ok(())),
            _ => check_expired(sqs.delete(queue, &old.receipt_handle), &old),
        }
        assert_eq!(sqs.counts(queue), (0, 1, 0), "it deletes nothing");
        assert_eq!(sqs.delete(queue, &new.receipt_handle), Ok(()));
        assert_eq!(sqs.counts(queue), (0, 0, 0));
    }
}

#[test]
fn a_handle_outlives_its_message() {
    for queue in [STANDARD, FIFO] {
        let mut sqs = with_message(queue);
        let received = sqs.receive_one(queue, 43_200);
        sqs.set(queue, &[("MessageRetentionPeriod", "60")]);
        sqs.pass_secs(60);
        assert_eq!(sqs.counts(queue), (0, 0, 0));
        assert_eq!(sqs.delete(queue, &received.receipt_handle), Ok(()));
        check_gone(sqs.change(queue, &received.receipt_handle, 1), &received);
    }
}

#[test]
fn extending_before_the_timeout() {
    for queue in [STANDARD, FIFO] {
        let mut sqs = with_message(queue);
        let received = sqs.receive_one(queue, 1);
        assert_eq!(sqs.change(queue, &received.receipt_handle, 5), Ok(()));
        sqs.pass_ms(1500);
        assert_eq!(sqs.counts(queue), (0, 1, 0));
        assert_eq!(sqs.delete(queue, &received.receipt_handle), Ok(()));
    }
}

#[test]
fn a_new_timeout_replaces_the_old_one() {
    let mut sqs = with_message(STANDARD);
    let received = sqs.receive_one(STANDARD, 30);
    sqs.pass_secs(10);
    assert_eq!(sqs.change(STANDARD, &received.receipt_handle, 5), Ok(()));
    let [message] = sqs.queue(STANDARD).messages().collect::<Vec<_>>()[..] else {
        panic!("one message is there");
    };
    let now = sqs.now;
    assert_eq!(
        message.phase(),
        Phase::InFlight {
            since: now - Span::from_secs(10),
            until: now + Span::from_secs(5),
            caller: Caller::PERSON,
            call: CallId(3),
        }
    );
    sqs.pass_ms(4999);
    assert_eq!(sqs.counts(STANDARD), (0, 1, 0));
    sqs.pass_ms(1);
    assert_eq!(sqs.counts(STANDARD), (1, 0, 0));
}

#[test]
fn changing_after_the_timeout() {
    let mut sqs = with_message(STANDARD);
    let received = sqs.receive_one(STANDARD, 1);
    sqs.pass_secs(2);
    assert_eq!(sqs.change(STANDARD, &received.receipt_handle, 2), Ok(()));
    assert_eq!(
        sqs.counts(STANDARD),
        (0, 1, 0),
        "it hides the message again"
    );
    sqs.pass_secs(2);
    assert_eq!(sqs.counts(STANDARD), (1, 0, 0));

    let mut sqs = with_message(FIFO);
    let received = sqs.receive_one(FIFO, 1);
    sqs.pass_secs(1);
    check_expired(sqs.change(FIFO, &received.receipt_handle, 2), &received);
}

#[test]
fn changing_to_nothing_and_back() {
    let mut sqs = with_message(STANDARD);
    let received = sqs.receive_one(STANDARD, 30);
    sqs.take_events();
    assert_eq!(sqs.change(STANDARD, &received.receipt_handle, 0), Ok(()));
    let events = sqs.take_events();
    let because = VisibleBecause::ChangedToZero;
    assert!(
        matches!(events[0], EventKind::MessageVisibilityChanged { .. }),
        "{events:?}"
    );
    assert!(
        matches!(events[1], EventKind::MessageBecameVisible { because: b, .. } if b == because),
        "{events:?}"
    );
    assert_eq!(sqs.change(STANDARD, &received.receipt_handle, 0), Ok(()));
    assert_eq!(sqs.counts(STANDARD), (1, 0, 0));
    assert_eq!(sqs.change(STANDARD, &received.receipt_handle, 10), Ok(()));
    assert_eq!(sqs.counts(STANDARD), (0, 1, 0));
    let again = sqs.receive(crate::support::receive(STANDARD, 1, 30));
    assert_eq!(again, []);
}

#[test]
fn changing_with_an_old_handle() {
    let mut sqs = with_message(STANDARD);
    let old = sqs.receive_one(STANDARD, 0);
    sqs.receive_one(STANDARD, 3);
    let poll = sqs.start(long_poll(STANDARD, 1));
    assert_eq!(sqs.change(STANDARD, &old.receipt_handle, 0), Ok(()));
    assert_eq!(sqs.received(poll).map(|messages| messages.len()), Some(1));

    let mut sqs = with_message(FIFO);
    let old = sqs.receive_one(FIFO, 0);
    sqs.pass_ms(1);
    sqs.receive_one(FIFO, 3);
    check_expired(sqs.change(FIFO, &old.receipt_handle, 0), &old);
}

#[test]
fn a_fifo_handle_without_a_timeout_lives_for_its_millisecond() {
    let mut sqs = with_message(FIFO);
    let received = sqs.receive_one(FIFO, 0);
    let mut later = sqs.clone();
    later.pass_ms(1);
    check_expired(later.delete(FIFO, &received.receipt_handle), &received);
    assert_eq!(sqs.delete(FIFO, &received.receipt_handle), Ok(()));
    assert_eq!(sqs.counts(FIFO), (0, 0, 0));
}

#[test]
fn repeated_extension_hides_until_the_last_one_ends() {
    let mut sqs = with_message(STANDARD);
    let received = sqs.receive_one(STANDARD, 2);
    for _ in 0..4 {
        sqs.pass_secs(1);
        assert_eq!(sqs.change(STANDARD, &received.receipt_handle, 2), Ok(()));
        assert_eq!(sqs.bodies(STANDARD, 1, 2), "");
    }
    sqs.pass_ms(1999);
    assert_eq!(sqs.bodies(STANDARD, 1, 2), "");
    sqs.pass_ms(1);
    assert_eq!(sqs.bodies(STANDARD, 1, 2), "x");
}

#[test]
fn the_range_of_a_change() {
    let mut sqs = with_message(STANDARD);
    let received = sqs.receive_one(STANDARD, 30);
    for bad in [-1, 43_201] {
        check_invalid(
            sqs.change(STANDARD, &received.receipt_handle, bad),
            &format!(
                "Value {bad} for parameter VisibilityTimeout is invalid. \
                 Reason: Must be between 0 and 43200."
            ),
        );
    }
}

#[test]
fn twelve_hours_from_the_receive_are_the_ceiling() {
    let text = "Value 43200 for parameter VisibilityTimeout is invalid. \
                Reason: Total VisibilityTimeout for the message is beyond the limit \
                [43200 seconds]";
    for queue in [STANDARD, FIFO] {
        let mut sqs = with_message(queue);
        let received = sqs.receive_one(queue, 43_200);
        assert_eq!(sqs.change(queue, &received.receipt_handle, 43_200), Ok(()));
        sqs.pass_ms(1);
        check_invalid(sqs.change(queue, &received.receipt_handle, 43_200), text);
        sqs.pass_ms(4999);
        assert_eq!(sqs.change(queue, &received.receipt_handle, 43_195), Ok(()));
        // The next receive opens a new window.
        sqs.pass_secs(43_195);
        let received = sqs.receive_one(queue, 1);
        assert_eq!(sqs.change(queue, &received.receipt_handle, 43_200), Ok(()));
    }
}

#[test]
fn a_handle_of_a_message_that_became_a_dead_letter() {
    let mut sqs = Sqs::with_queue("d", &[]);
    sqs.create(
        "q",
        &[("RedrivePolicy", &crate::support::redrive_to("d", 1))],
    );
    sqs.send(message("q", "x"));
    let received = sqs.receive_one("q", 0);
    assert_eq!(sqs.bodies("q", 1, 0), "");
    assert_eq!(sqs.delete("q", &received.receipt_handle), Ok(()));
    check_gone(sqs.change("q", &received.receipt_handle, 1), &received);
    assert_eq!(sqs.counts("d"), (1, 0, 0), "it has no effect");
}
