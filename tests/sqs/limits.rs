//! What happens at AWS's numbers, and that many messages stay workable.

use sqs_playground::sqs::ErrorCode;

use crate::support::{Sqs, check_error, fifo_message, long_poll, message, receive};

const IN_FLIGHT_MAX: usize = 120_000;

#[test]
fn a_standard_queue_with_too_much_in_flight() {
    let mut sqs = Sqs::with_queue("q", &[]);
    for _ in 0..IN_FLIGHT_MAX + 5 {
        sqs.send(message("q", "x"));
        sqs.out.replies.clear();
        sqs.out.events.clear();
    }
    for _ in 0..IN_FLIGHT_MAX / 10 - 1 {
        sqs.receive(receive("q", 10, 600));
        sqs.out.replies.clear();
        sqs.out.events.clear();
    }
    assert_eq!(sqs.receive(receive("q", 5, 600)).len(), 5);
    let last = sqs.receive(receive("q", 10, 600));
    assert_eq!(last.len(), 5, "up to the limit");
    check_error(
        sqs.call(receive("q", 1, 600)),
        ErrorCode::OverLimit,
        "Too many messages have been received without being deleted. Please delete your received \
         messages or let them timeout before receiving more.",
    );
    let poll = sqs.start(long_poll("q", 20));
    assert_eq!(sqs.reply(poll), None, "a long poll waits");
    sqs.delete("q", &last[0].receipt_handle)
        .expect("it is in flight");
    assert_eq!(sqs.received(poll).map(|messages| messages.len()), Some(1));
}

#[test]
fn a_fifo_queue_with_too_much_in_flight() {
    let mut sqs = Sqs::with_queue("q.fifo", &[("FifoQueue", "true")]);
    let mut last = Vec::new();
    for i in 0..=IN_FLIGHT_MAX {
        let id = i.to_string();
        sqs.send(fifo_message("q.fifo", &id, &id, "x"));
        let received = sqs.receive(receive("q.fifo", 10, 600));
        assert_eq!(
            received.is_empty(),
            i == IN_FLIGHT_MAX,
            "nothing, and no error"
        );
        if !received.is_empty() {
            last = received;
        }
        sqs.out.replies.clear();
        sqs.out.events.clear();
    }
    assert_eq!(sqs.counts("q.fifo"), (1, IN_FLIGHT_MAX, 0));
    sqs.delete("q.fifo", &last[0].receipt_handle)
        .expect("it is in flight");
    assert_eq!(sqs.receive(receive("q.fifo", 10, 600)).len(), 1);
}
