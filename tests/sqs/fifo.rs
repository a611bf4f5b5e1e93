//! FIFO queues: blocking, the order of groups, sequence numbers, deduplication, delays.

use sqs_playground::sqs::api::{ReceivedMessage, SendMessageRequest};
use sqs_playground::sqs::{EventKind, MessageKey};

use crate::support::{Sqs, bodies_of, fifo_message, message, receive};

const Q: &str = "q.fifo";

fn fifo_queue(attributes: &[(&str, &str)]) -> Sqs {
    let attributes: Vec<_> = [("FifoQueue", "true")]
        .iter()
        .chain(attributes)
        .copied()
        .collect();
    Sqs::with_queue(Q, &attributes)
}

fn with_messages(bodies: &str) -> Sqs {
    let mut sqs = fifo_queue(&[]);
    sqs.send_to_groups(Q, bodies);
    sqs
}

/// Receives, and lets a millisecond pass.
fn take(sqs: &mut Sqs, max: i64, visibility_timeout: i64) -> Vec<ReceivedMessage> {
    let messages = sqs.receive(receive(Q, max, visibility_timeout));
    sqs.pass_ms(1);
    messages
}

fn handle<'a>(messages: &'a [ReceivedMessage], body: &str) -> &'a str {
    let mut with_body = messages.iter().filter(|message| &*message.body == body);
    &with_body
        .next()
        .expect("this message was received")
        .receipt_handle
}

/// The groups' messages and locks, by key.
fn groups(sqs: &Sqs) -> Vec<(String, Vec<u64>, Option<MessageKey>)> {
    sqs.queue(Q)
        .groups()
        .map(|(id, group)| {
            let keys = group.messages().map(|message| message.key().0).collect();
            (id.to_string(), keys, group.locked_by())
        })
        .collect()
}

#[test]
fn recorded_order_of_groups_all_at_once() {
    let mut sqs = with_messages("g1m1 g2m1 g1m2 g1m3");
    assert_eq!(sqs.bodies(Q, 10, 30), "g1m1 g1m2 g1m3 g2m1");
}

#[test]
fn recorded_order_of_groups_after_expiry() {
    let mut sqs = with_messages("g1m1 g1m2 g1m3 g1m4 g2m1 g3m1");
    assert_eq!(bodies_of(&take(&mut sqs, 2, 1)), "g1m1 g1m2");
    assert_eq!(bodies_of(&take(&mut sqs, 1, 1)), "g2m1");
    sqs.pass_secs(2);
    assert_eq!(sqs.bodies(Q, 10, 1), "g3m1 g1m1 g1m2 g1m3 g1m4 g2m1");
}

#[test]
fn recorded_order_of_groups_without_a_timeout() {
    let mut sqs = with_messages("g1m1 g2m1 g2m2 g3m1 g1m2");
    assert_eq!(bodies_of(&take(&mut sqs, 3, 0)), "g1m1 g1m2 g2m1");
    assert_eq!(sqs.bodies(Q, 10, 0), "g3m1 g1m1 g1m2 g2m1 g2m2");
}

#[test]
fn recorded_order_of_groups_after_a_head_came_back() {
    for by_change in [true, false] {
        let mut sqs = with_messages("g1m1 g1m2 g2m1");
        let messages = take(&mut sqs, 2, 30);
        assert_eq!(bodies_of(&messages), "g1m1 g1m2");
        if by_change {
            sqs.change(Q, handle(&messages, "g1m1"), 0)
                .expect("it is in flight");
        } else {
            sqs.change(Q, handle(&messages, "g1m1"), 1)
                .expect("it is in flight");
            sqs.pass_secs(1);
        }
        assert_eq!(sqs.bodies(Q, 10, 30), "g2m1 g1m1");
    }
}

#[test]
fn recorded_order_of_groups_after_deletes() {
    let bodies = "g1m1 g2m1 g1m2 g2m2 g1m3 g1m4 g3m1";
    let mut sqs = with_messages(bodies);
    let messages = take(&mut sqs, 2, 30);
    sqs.delete(Q, handle(&messages, "g1m1"))
        .expect("it is in flight");
    let mut one_deleted = sqs.clone();
    assert_eq!(one_deleted.bodies(Q, 10, 30), "g2m1 g2m2 g3m1");
    sqs.delete(Q, handle(&messages, "g1m2"))
        .expect("it is in flight");
    assert_eq!(sqs.bodies(Q, 10, 30), "g2m1 g2m2 g1m3 g1m4 g3m1");
}

#[test]
fn what_follows_a_hidden_message_is_blocked() {
    for (extended, receivable) in [
        ("g1m1", ""),
        ("g1m2", "g1m1"),
        ("g1m3", "g1m1 g1m2"),
        ("", "g1m1 g1m2 g1m3"),
    ] {
        let mut sqs = with_messages("g1m1 g1m2 g1m3");
        let messages = take(&mut sqs, 3, 1);
        if !extended.is_empty() {
            sqs.change(Q, handle(&messages, extended), 30)
                .expect("it is in flight");
        }
        sqs.pass_secs(1);
        assert_eq!(sqs.bodies(Q, 10, 30), receivable, "{extended} extended");
    }
}

#[test]
fn deletes_unblock_in_order() {
    let mut sqs = with_messages("g1m1 g1m2 g1m3 g1m4");
    let messages = take(&mut sqs, 2, 30);
    assert_eq!(
        groups(&sqs),
        [("g1".into(), vec![1, 2, 3, 4], Some(MessageKey(1)))]
    );
    sqs.delete(Q, handle(&messages, "g1m1"))
        .expect("it is in flight");
    assert_eq!(sqs.bodies(Q, 10, 30), "", "the second still blocks");
    sqs.send_to_groups(Q, "g1m5");
    assert_eq!(sqs.bodies(Q, 10, 30), "");
    sqs.delete(Q, handle(&messages, "g1m2"))
        .expect("it is in flight");
    assert_eq!(groups(&sqs), [("g1".into(), vec![3, 4, 5], None)]);
    assert_eq!(sqs.bodies(Q, 10, 30), "g1m3 g1m4 g1m5");
    assert_eq!(
        sqs.counts(Q),
        (0, 3, 0),
        "only received messages count as in flight"
    );
}

#[test]
fn a_change_to_nothing_frees_the_head_alone() {
    let mut sqs = with_messages("g1m1 g1m2 g1m3");
    let messages = take(&mut sqs, 2, 30);
    sqs.change(Q, handle(&messages, "g1m1"), 0)
        .expect("it is in flight");
    assert_eq!(sqs.bodies(Q, 10, 30), "g1m1");
}

#[test]
fn other_groups_are_not_blocked() {
    let mut sqs = with_messages("g1m1 g2m1 g1m2 g3m1");
    take(&mut sqs, 1, 30);
    assert_eq!(sqs.bodies(Q, 10, 30), "g2m1 g3m1");
}

#[test]
fn a_delayed_head_blocks_its_group() {
    let mut sqs = fifo_queue(&[("DelaySeconds", "10")]);
    sqs.send_to_groups(Q, "g1m1");
    sqs.pass_secs(5);
    sqs.send_to_groups(Q, "g1m2 g2m1");
    assert_eq!(groups(&sqs)[0].2, Some(MessageKey(1)));
    sqs.pass_secs(5);
    assert_eq!(sqs.bodies(Q, 10, 0), "g1m1");
    assert_eq!(sqs.counts(Q), (1, 0, 2));
}

#[test]
fn a_new_delay_is_for_all_that_was_never_received() {
    let mut sqs = fifo_queue(&[("DelaySeconds", "60")]);
    sqs.send_to_groups(Q, "g1m1");
    sqs.pass_secs(10);
    sqs.send_to_groups(Q, "g2m1");
    sqs.take_events();
    sqs.set(Q, &[("DelaySeconds", "10")]);
    assert_eq!(sqs.counts(Q), (1, 0, 1));
    let changed = sqs.take_events().into_iter().filter(|event| {
        matches!(
            event,
            EventKind::MessageDelayChanged { .. } | EventKind::MessageBecameVisible { .. }
        )
    });
    assert_eq!(changed.count(), 2);
    sqs.pass_secs(10);
    assert_eq!(sqs.bodies(Q, 1, 0), "g1m1");
    // Raised, it hides again what is visible and was never received.
    sqs.set(Q, &[("DelaySeconds", "11")]);
    assert_eq!(sqs.counts(Q), (1, 0, 1));
    sqs.pass_secs(1);
    assert_eq!(sqs.counts(Q), (2, 0, 0));
}

#[test]
fn sequence_numbers_grow() {
    let mut sqs = fifo_queue(&[]);
    let mut number = |group, id| {
        let sent = sqs.send(fifo_message(Q, group, id, "x"));
        sent.sequence_number
            .expect("a FIFO queue numbers its messages")
    };
    let numbers = [number("g1", "1"), number("g2", "2"), number("g1", "3")];
    assert!(
        numbers.is_sorted() && numbers.iter().all(|number| number.len() == 20),
        "{numbers:?}"
    );
    assert_eq!(
        number("g1", "2"),
        numbers[1],
        "a duplicate has the original's"
    );
}

#[test]
fn a_duplicate_is_accepted_and_dropped() {
    let mut sqs = fifo_queue(&[]);
    let first = sqs.send(fifo_message(Q, "g1", "X", "body 1"));
    let received = sqs.receive_one(Q, 30);
    sqs.delete(Q, &received.receipt_handle)
        .expect("it is in flight");
    sqs.take_events();
    let second = sqs.send(fifo_message(Q, "g2", "X", "body 2"));
    assert_eq!(second.message_id, first.message_id);
    assert_ne!(second.md5_of_message_body, first.md5_of_message_body);
    let events = sqs.take_events();
    assert!(
        matches!(
            events[..],
            [EventKind::MessageDeduplicated {
                original: MessageKey(1),
                ..
            }]
        ),
        "{events:?}"
    );
    assert_eq!(sqs.bodies(Q, 10, 30), "");
}

#[test]
fn the_window_is_five_minutes_from_the_first_send() {
    let mut sqs = fifo_queue(&[("DelaySeconds", "60")]);
    let send = |sqs: &mut Sqs| sqs.send(fifo_message(Q, "g", "X", "x")).message_id;
    let first = send(&mut sqs);
    sqs.pass_secs(200);
    assert_eq!(send(&mut sqs), first);
    sqs.pass_ms(99_999);
    assert_eq!(send(&mut sqs), first);
    sqs.pass_ms(1);
    assert_ne!(send(&mut sqs), first);
    assert_eq!(sqs.queue(Q).len(), 2);
}

#[test]
fn content_based_ids() {
    let mut sqs = fifo_queue(&[("ContentBasedDeduplication", "true")]);
    let by_content = |body: &str| SendMessageRequest {
        message_group_id: Some("g".into()),
        ..message(Q, body)
    };
    let first = sqs.send(by_content("same"));
    let hash = "0967115f2813a3541eaef77de9d9d5773f1c0c04314b0bbfe4ff3b3b1c55b5d5";
    assert_eq!(sqs.send(by_content("same")).message_id, first.message_id);
    let explicit = sqs.send(fifo_message(Q, "g", hash, "other"));
    assert_eq!(
        explicit.message_id, first.message_id,
        "an explicit id equal to the hash"
    );
    sqs.send(fifo_message(Q, "g", "mine", "same"));
    let received = sqs.receive(receive(Q, 10, 30));
    let ids: Vec<_> = received
        .iter()
        .map(|message| message.attributes["MessageDeduplicationId"].as_str())
        .collect();
    assert_eq!(ids, [hash, "mine"]);
}

#[test]
fn scopes_stay_as_at_creation() {
    let queue = ("DeduplicationScope", "queue");
    let group = ("DeduplicationScope", "messageGroup");
    for (at_creation, later, count) in [
        (queue, queue, 1),
        (queue, group, 1),
        (group, group, 2),
        (group, queue, 2),
    ] {
        let mut sqs = fifo_queue(&[at_creation]);
        sqs.set(Q, &[later]);
        assert_eq!(sqs.attributes(Q)["DeduplicationScope"], later.1);
        sqs.send(fifo_message(Q, "g1", "X", "1"));
        sqs.send(fifo_message(Q, "g2", "X", "2"));
        sqs.send(fifo_message(Q, "g1", "X", "3"));
        assert_eq!(sqs.queue(Q).len(), count, "{at_creation:?} {later:?}");
    }
}

#[test]
fn what_is_where_is_known_by_group() {
    let mut sqs = with_messages("g1m1 g1m2 g2m1 g3m1");
    take(&mut sqs, 2, 20);
    take(&mut sqs, 1, 10);
    let queue = sqs.queue(Q);
    let counts: Vec<_> = queue
        .groups()
        .map(|(_, group)| (group.counts().visible, group.counts().in_flight))
        .collect();
    assert_eq!(counts, [(0, 2), (0, 1), (1, 0)]);
    assert_eq!(queue.group_count(), 3);
    let bodies: Vec<_> = queue.hidden().map(|message| &**message.body()).collect();
    assert_eq!(
        bodies,
        ["g2m1", "g1m1", "g1m2"],
        "the next to come back is first"
    );
}
