//! Long polls: when they end, who is served first, and what wakes them.

use sqs_playground::sqs::EventKind;
use sqs_playground::sqs::api::ReceiveMessageRequest;

use crate::support::{Sqs, bodies_of, fifo_message, long_poll, message, receive, redrive_to};

fn bodies(sqs: &Sqs, call: sqs_playground::sqs::api::CallId) -> Option<String> {
    sqs.received(call).map(|messages| bodies_of(&messages))
}

#[test]
fn a_long_poll_ends_empty_after_its_wait() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let poll = sqs.start(long_poll("q", 20));
    sqs.pass_ms(19_999);
    assert_eq!(sqs.reply(poll), None);
    assert_eq!(sqs.queue("q").waiters().count(), 1);
    sqs.pass_ms(1);
    assert_eq!(bodies(&sqs, poll).as_deref(), Some(""));
    assert_eq!(sqs.queue("q").waiters().count(), 0);
    assert_eq!(sqs.service.poll_timeout(), None);
    let events = sqs.take_events();
    assert!(matches!(
        events.last(),
        Some(EventKind::ReceiveCameBackEmpty { .. })
    ));
}

#[test]
fn the_queues_wait_is_the_default_and_nothing_is_a_short_poll() {
    let mut sqs = Sqs::with_queue("q", &[("ReceiveMessageWaitTimeSeconds", "20")]);
    let poll = sqs.start(receive("q", 1, 30));
    assert_eq!(sqs.reply(poll), None);
    let short = ReceiveMessageRequest {
        wait_time_seconds: Some(0),
        ..receive("q", 1, 30)
    };
    assert_eq!(sqs.receive(short), []);
}

#[test]
fn a_long_poll_does_not_wait_to_fill_its_batch() {
    let mut sqs = Sqs::with_queue("q", &[]);
    sqs.send(message("q", "1"));
    assert_eq!(sqs.receive(long_poll("q", 20)).len(), 1);
    let poll = sqs.start(long_poll("q", 20));
    sqs.send_all("q", "2 3");
    assert_eq!(bodies(&sqs, poll).as_deref(), Some("2"));
}

#[test]
fn the_oldest_waiter_is_served_first_and_after_the_call_that_served_it() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let first = sqs.start(long_poll("q", 20));
    let second = sqs.start(long_poll("q", 5));
    let before = sqs.replies().len();
    let send = sqs.start(message("q", "1"));
    assert_eq!(sqs.replies()[before..], [send, first]);
    assert_eq!(bodies(&sqs, second), None);
    sqs.send(message("q", "2"));
    assert_eq!(bodies(&sqs, second).as_deref(), Some("2"));
}

#[test]
fn the_visibility_timeout_counts_from_the_reply() {
    let mut sqs = Sqs::with_queue("q", &[]);
    sqs.start(long_poll("q", 20));
    sqs.pass_secs(10);
    sqs.send(message("q", "x"));
    sqs.pass_ms(29_999);
    assert_eq!(sqs.counts("q"), (0, 1, 0));
    sqs.pass_ms(1);
    assert_eq!(sqs.counts("q"), (1, 0, 0));
}

#[test]
fn a_delay_or_a_visibility_timeout_that_ends_wakes() {
    let mut sqs = Sqs::with_queue("q", &[("DelaySeconds", "5")]);
    sqs.send_all("q", "1 2");
    let poll = sqs.start(long_poll("q", 5));
    sqs.pass_secs(60);
    // Both at once, and at the poll's own deadline, they still count.
    assert_eq!(bodies(&sqs, poll).as_deref(), Some("1 2"));
    sqs.receive(receive("q", 10, 3));
    let poll = sqs.start(long_poll("q", 20));
    sqs.pass_ms(2999);
    assert_eq!(bodies(&sqs, poll), None);
    sqs.pass_ms(1);
    assert_eq!(bodies(&sqs, poll).as_deref(), Some("1 2"));
}

#[test]
fn a_shortened_timeout_wakes() {
    let mut sqs = Sqs::with_queue("q", &[]);
    sqs.send(message("q", "x"));
    let handle = sqs.receive_one("q", 30).receipt_handle;
    let poll = sqs.start(long_poll("q", 20));
    sqs.change("q", &handle, 1)
        .expect("the message is in flight");
    assert_eq!(bodies(&sqs, poll), None);
    sqs.pass_secs(1);
    assert_eq!(bodies(&sqs, poll).as_deref(), Some("x"));
}

#[test]
fn a_delete_that_unblocks_a_group_wakes() {
    let mut sqs = Sqs::with_queue("q.fifo", &[("FifoQueue", "true")]);
    let polls = [(); 3].map(|()| sqs.start(long_poll("q.fifo", 20)));
    sqs.send(fifo_message("q.fifo", "g", "1", "m1"));
    assert_eq!(bodies(&sqs, polls[0]).as_deref(), Some("m1"));
    sqs.send(fifo_message("q.fifo", "g", "2", "m2"));
    sqs.pass_secs(2);
    assert_eq!(bodies(&sqs, polls[1]), None);
    let handle = sqs.received(polls[0]).expect("it got m1")[0]
        .receipt_handle
        .clone();
    sqs.delete("q.fifo", &handle)
        .expect("the message is in flight");
    assert_eq!(bodies(&sqs, polls[1]).as_deref(), Some("m2"));
    assert_eq!(bodies(&sqs, polls[2]), None);
}

#[test]
fn a_lowered_fifo_delay_wakes() {
    let mut sqs = Sqs::with_queue("q.fifo", &[("FifoQueue", "true"), ("DelaySeconds", "60")]);
    sqs.send(fifo_message("q.fifo", "g", "1", "m1"));
    let poll = sqs.start(long_poll("q.fifo", 20));
    sqs.pass_secs(10);
    sqs.set("q.fifo", &[("DelaySeconds", "10")]);
    assert_eq!(bodies(&sqs, poll).as_deref(), Some("m1"));
}

#[test]
fn an_expired_head_wakes() {
    let mut sqs = Sqs::with_queue("q.fifo", &[("FifoQueue", "true")]);
    sqs.set("q.fifo", &[("MessageRetentionPeriod", "60")]);
    sqs.send(fifo_message("q.fifo", "g", "1", "m1"));
    sqs.receive_one("q.fifo", 600);
    sqs.pass_secs(50);
    sqs.send(fifo_message("q.fifo", "g", "2", "m2"));
    let poll = sqs.start(long_poll("q.fifo", 20));
    sqs.pass_ms(9999);
    assert_eq!(bodies(&sqs, poll), None);
    sqs.pass_ms(1);
    assert_eq!(bodies(&sqs, poll).as_deref(), Some("m2"));
}

#[test]
fn a_dead_letter_wakes_the_poll_at_its_new_queue() {
    let mut sqs = Sqs::with_queue("d", &[]);
    sqs.create("q", &[("RedrivePolicy", &redrive_to("d", 1))]);
    sqs.send(message("q", "x"));
    sqs.receive_one("q", 0);
    let at_dead_letters = sqs.start(long_poll("d", 20));
    let at_source = sqs.start(long_poll("q", 20));
    assert_eq!(bodies(&sqs, at_dead_letters).as_deref(), Some("x"));
    assert_eq!(bodies(&sqs, at_source), None);
}

#[test]
fn a_cancelled_poll_gets_nothing_and_leaves_nothing() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let gone = sqs.start(long_poll("q", 20));
    let there = sqs.start(long_poll("q", 20));
    sqs.cancel(gone);
    sqs.cancel(gone);
    sqs.send(message("q", "x"));
    assert_eq!(bodies(&sqs, gone), None);
    assert_eq!(bodies(&sqs, there).as_deref(), Some("x"));
    sqs.pass_secs(20);
    assert_eq!(bodies(&sqs, gone), None);
}

#[test]
fn waiters_that_hide_nothing_all_get_the_message() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let poll = || ReceiveMessageRequest {
        visibility_timeout: Some(0),
        ..long_poll("q", 20)
    };
    let polls = [sqs.start(poll()), sqs.start(poll())];
    sqs.send(message("q", "x"));
    assert!(
        polls
            .iter()
            .all(|&poll| bodies(&sqs, poll).as_deref() == Some("x"))
    );
    assert_eq!(sqs.counts("q"), (1, 0, 0));
}
