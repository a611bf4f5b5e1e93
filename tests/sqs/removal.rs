//! Deleting and purging queues.

use sqs_playground::sqs::api::{DeleteQueueRequest, PurgeQueueRequest};
use sqs_playground::sqs::{ErrorCode, EventKind};

use crate::support::{
    Sqs, check_error, create_queue, fifo_message, long_poll, message, receive, redrive_to,
};

const NO_QUEUE: &str = "The specified queue does not exist.";
const TOO_EARLY: &str = "You must wait 60 seconds after deleting a queue before you can create \
                         another with the same name.";

#[test]
fn what_is_not_there_is_neither_deleted_nor_purged() {
    let mut sqs = Sqs::new();
    for queue_url in [None, Some("q".to_owned())] {
        let delete = DeleteQueueRequest {
            queue_url: queue_url.clone(),
        };
        check_error(sqs.call(delete), ErrorCode::QueueDoesNotExist, NO_QUEUE);
        let purge = PurgeQueueRequest { queue_url };
        check_error(sqs.call(purge), ErrorCode::QueueDoesNotExist, NO_QUEUE);
    }
}

#[test]
fn a_deleted_queue_goes_with_its_messages() {
    let mut sqs = Sqs::with_queue("q", &[]);
    sqs.send_all("q", "a b");
    let handle = sqs.receive_one("q", 30).receipt_handle;
    sqs.take_events();
    sqs.delete_queue("q");
    let events = sqs.take_events();
    assert!(
        matches!(&events[..], [EventKind::QueueDeleted { name, messages: 2, .. }] if &**name == "q")
    );
    assert_eq!(
        sqs.service.poll_timeout(),
        None,
        "its deadlines went with it"
    );
    let no_queue = ErrorCode::QueueDoesNotExist;
    check_error(sqs.call(message("q", "x")), no_queue, NO_QUEUE);
    check_error(sqs.delete("q", &handle), no_queue, NO_QUEUE);
    sqs.pass_secs(60);
    sqs.create("q", &[]);
    assert_eq!(sqs.queue("q").len(), 0);
    let text = format!("The input receipt handle \"{handle}\" is not a valid receipt handle.");
    check_error(
        sqs.delete("q", &handle),
        ErrorCode::ReceiptHandleIsInvalid,
        &text,
    );
}

#[test]
fn a_queue_that_is_created_again_gives_other_message_ids() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let first = sqs.send(message("q", "x")).message_id;
    sqs.delete_queue("q");
    sqs.pass_secs(60);
    sqs.create("q", &[]);
    assert_ne!(sqs.send(message("q", "x")).message_id, first);
}

#[test]
fn a_name_is_reserved_for_a_minute() {
    let mut sqs = Sqs::with_queue("q", &[]);
    sqs.create("other", &[]);
    sqs.delete_queue("q");
    let too_early = ErrorCode::QueueDeletedRecently;
    check_error(sqs.call(create_queue("q", &[])), too_early, TOO_EARLY);
    sqs.pass_ms(59_999);
    check_error(sqs.call(create_queue("q", &[])), too_early, TOO_EARLY);
    sqs.delete_queue("other");
    sqs.pass_ms(1);
    sqs.create("q", &[]);
    check_error(sqs.call(create_queue("other", &[])), too_early, TOO_EARLY);
    sqs.delete_queue("q");
    sqs.pass_ms(59_999);
    sqs.create("other", &[]);
    check_error(sqs.call(create_queue("q", &[])), too_early, TOO_EARLY);
    sqs.pass_ms(1);
    sqs.create("q", &[]);
}

#[test]
fn bad_attributes_come_before_the_minute() {
    let mut sqs = Sqs::with_queue("q", &[]);
    sqs.delete_queue("q");
    let request = create_queue("q", &[("Foo", "1")]);
    check_error(
        sqs.call(request),
        ErrorCode::InvalidAttributeName,
        "Unknown Attribute Foo.",
    );
}

#[test]
fn polls_that_wait_learn_that_their_queue_is_gone() {
    let mut sqs = Sqs::with_queue("q", &[]);
    sqs.create("other", &[]);
    let polls = [sqs.start(long_poll("q", 20)), sqs.start(long_poll("q", 5))];
    let elsewhere = sqs.start(long_poll("other", 20));
    let delete = sqs.start(DeleteQueueRequest {
        queue_url: Some("q".into()),
    });
    for poll in polls {
        let reply = sqs.reply(poll).expect("the poll is answered");
        check_error(reply, ErrorCode::QueueDoesNotExist, NO_QUEUE);
    }
    let replies = sqs.replies();
    assert_eq!(replies[replies.len() - 3..], [delete, polls[0], polls[1]]);
    sqs.cancel(polls[0]);
    sqs.pass_secs(20);
    assert_eq!(sqs.received(elsewhere), Some(vec![]));
}

#[test]
fn sources_deliver_as_usual_without_their_dead_letter_queue() {
    let mut sqs = Sqs::with_queue("d", &[]);
    sqs.create("q", &[("RedrivePolicy", &redrive_to("d", 1))]);
    sqs.send_all("q", "a");
    sqs.receive_one("q", 0);
    sqs.delete_queue("d");
    assert_eq!(
        sqs.attributes("q")["RedrivePolicy"],
        redrive_to("d", 1),
        "the policy stays"
    );
    assert_eq!(
        sqs.receive_one("q", 0).attributes["ApproximateReceiveCount"],
        "2"
    );
    sqs.pass_secs(60);
    sqs.create("d", &[]);
    assert_eq!(sqs.bodies("q", 10, 0), "");
    assert_eq!(sqs.bodies("d", 10, 0), "a");
}

#[test]
fn a_purge_takes_messages_in_every_state() {
    let mut sqs = Sqs::with_queue("q", &[]);
    sqs.send_all("q", "a b");
    let handle = sqs.receive_one("q", 30).receipt_handle;
    let mut delayed = message("q", "c");
    delayed.delay_seconds = Some(10);
    sqs.send(delayed);
    assert_eq!(sqs.counts("q"), (1, 1, 1));
    sqs.take_events();
    sqs.purge("q").expect("it is the first");
    assert_eq!(sqs.counts("q"), (0, 0, 0));
    let events = sqs.take_events();
    assert!(matches!(
        events[..],
        [EventKind::QueuePurged { messages: 3, .. }]
    ));
    assert_eq!(sqs.service.poll_timeout(), None);
    sqs.delete("q", &handle).expect("a message may be gone");
    sqs.send_all("q", "d");
    assert_eq!(sqs.bodies("q", 10, 30), "d");
}

#[test]
fn a_purge_leaves_polls_waiting() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let poll = sqs.start(long_poll("q", 20));
    sqs.purge("q").expect("it is the first");
    sqs.pass_secs(5);
    assert_eq!(sqs.received(poll), None);
    sqs.send_all("q", "a");
    assert_eq!(sqs.received(poll).map(|messages| messages.len()), Some(1));
}

#[test]
fn a_queue_is_purged_once_a_minute() {
    let mut sqs = Sqs::with_queue("q", &[]);
    sqs.create("other", &[]);
    sqs.purge("q").expect("it is the first");
    sqs.purge("other").expect("each queue counts alone");
    let text = "Only one PurgeQueue operation on q is allowed every 60 seconds.";
    check_error(sqs.purge("q"), ErrorCode::PurgeQueueInProgress, text);
    sqs.send_all("q", "a");
    sqs.pass_ms(59_999);
    check_error(sqs.purge("q"), ErrorCode::PurgeQueueInProgress, text);
    assert_eq!(
        sqs.queue("q").len(),
        1,
        "a purge that is refused takes nothing"
    );
    sqs.pass_ms(1);
    sqs.purge("q").expect("a minute is over");
}

#[test]
fn a_purge_forgets_duplicates_and_unblocks_groups() {
    let mut sqs = Sqs::with_queue("q.fifo", &[("FifoQueue", "true")]);
    let first = sqs.send(fifo_message("q.fifo", "g", "x", "1"));
    assert_eq!(sqs.receive(receive("q.fifo", 1, 30)).len(), 1);
    sqs.purge("q.fifo").expect("it is the first");
    let second = sqs.send(fifo_message("q.fifo", "g", "x", "2"));
    assert_ne!(first.message_id, second.message_id);
    assert!(first.sequence_number < second.sequence_number);
    assert_eq!(sqs.bodies("q.fifo", 10, 30), "2");
}
