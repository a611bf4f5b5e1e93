//! Message move tasks: from a dead-letter queue back to the sources, or elsewhere.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sqs_playground::sqs::api::{
    CancelMessageMoveTaskRequest, ListMessageMoveTasksRequest, ListMessageMoveTasksResultEntry,
    Response, SendMessageRequest, StartMessageMoveTaskRequest,
};
use sqs_playground::sqs::{Error, ErrorCode, EventKind, MoveTaskFailure, MoveTaskStatus, QueueId};

use crate::batch::{entry, send_batch};
use crate::support::{
    Sqs, arn, bodies_of, check_error, check_invalid, fifo_message, long_poll, message, receive,
    redrive_to, text_attribute,
};

/// Queue `d` is the dead-letter queue of `q`; `t` is another one.
fn queues() -> Sqs {
    let mut sqs = Sqs::with_queue("d", &[]);
    sqs.create("q", &[("RedrivePolicy", &redrive_to("d", 1))]);
    sqs.create("t", &[]);
    sqs
}

/// The same, with dead letters of these bodies.
fn with_dead_letters(bodies: &str) -> Sqs {
    let mut sqs = queues();
    die(&mut sqs, "q", bodies);
    assert_eq!(sqs.queue("d").len(), bodies.split_whitespace().count());
    sqs
}

fn die(sqs: &mut Sqs, queue: &str, bodies: &str) {
    sqs.send_all(queue, bodies);
    while !sqs.queue(queue).is_empty() {
        sqs.bodies(queue, 10, 0);
    }
    sqs.take_events();
}

fn task(destination: Option<&str>, rate: Option<i64>) -> StartMessageMoveTaskRequest {
    StartMessageMoveTaskRequest {
        source_arn: Some(arn("d")),
        destination_arn: destination.map(arn),
        max_number_of_messages_per_second: rate,
    }
}

fn start(sqs: &mut Sqs, destination: Option<&str>, rate: Option<i64>) -> String {
    match sqs.call(task(destination, rate)) {
        Ok(Response::StartMessageMoveTask(response)) => response.task_handle,
        other => panic!("{other:?}"),
    }
}

fn cancel(sqs: &mut Sqs, handle: &str) -> Result<i64, Error> {
    let task_handle = Some(handle.to_owned());
    match sqs.call(CancelMessageMoveTaskRequest { task_handle }) {
        Ok(Response::CancelMessageMoveTask(response)) => {
            Ok(response.approximate_number_of_messages_moved)
        }
        Ok(other) => panic!("{other:?}"),
        Err(error) => Err(error),
    }
}

fn list(sqs: &mut Sqs, max_results: Option<i64>) -> Vec<ListMessageMoveTasksResultEntry> {
    let request = ListMessageMoveTasksRequest {
        source_arn: Some(arn("d")),
        max_results,
    };
    match sqs.call(request) {
        Ok(Response::ListMessageMoveTasks(response)) => response.results,
        other => panic!("{other:?}"),
    }
}

/// Status and moved messages of the newest task.
fn newest(sqs: &mut Sqs) -> (String, i64) {
    let newest = list(sqs, None).remove(0);
    (newest.status, newest.approximate_number_of_messages_moved)
}

fn queue_id(sqs: &Sqs, name: &str) -> QueueId {
    sqs.queue(name).id()
}

fn bodies_in(sqs: &Sqs, queue: &str) -> String {
    let bodies: Vec<_> = sqs
        .queue(queue)
        .messages()
        .map(|message| &**message.body())
        .collect();
    bodies.join(" ")
}

#[test]
fn a_task_moves_messages_as_new_ones() {
    let mut sqs = queues();
    let first = sqs.send(SendMessageRequest {
        message_attributes: [("color".into(), text_attribute("String", "blue"))].into(),
        message_system_attributes: [("AWSTraceHeader".into(), text_attribute("String", "Root=1"))]
            .into(),
        message_group_id: Some("tenant".into()),
        ..message("q", "x")
    });
    sqs.receive_one("q", 0);
    sqs.bodies("q", 1, 0);
    sqs.pass_secs(1000);
    sqs.take_events();
    start(&mut sqs, Some("t"), None);
    assert_eq!((sqs.queue("d").len(), sqs.queue("t").len()), (0, 1));
    let expires_at = sqs
        .queue("t")
        .messages()
        .map(|message| sqs.queue("t").expires_at(message));
    let retention = sqs.queue("t").attributes().retention();
    assert_eq!(expires_at.collect::<Vec<_>>(), [sqs.now + retention]);
    let (source, target) = (queue_id(&sqs, "d"), queue_id(&sqs, "t"));
    let events = sqs.take_events();
    assert!(matches!(
        events[..],
        [
            EventKind::MessageMoveTaskStarted { messages: 1, .. },
            EventKind::MessageMovedByTask { source: from, target: to, message, new_message: Some(new), .. },
            EventKind::MessageMoveTaskEnded { status: MoveTaskStatus::Completed, .. },
        ] if (from, to, message.0, new.0) == (source, target, 1, 2)
    ));
    let moved = sqs.receive_one("t", 30);
    assert_ne!(moved.message_id, first.message_id);
    assert_eq!(moved.md5_of_body, first.md5_of_message_body);
    assert_eq!(
        moved.md5_of_message_attributes,
        first.md5_of_message_attributes
    );
    let now = sqs.now.as_ms().to_string();
    for (name, value) in [
        ("ApproximateReceiveCount", "1"),
        ("SentTimestamp", &*now),
        ("ApproximateFirstReceiveTimestamp", &*now),
        ("AWSTraceHeader", "Root=1"),
        ("MessageGroupId", "tenant"),
    ] {
        assert_eq!(moved.attributes[name], value, "{name}");
    }
    assert!(!moved.attributes.contains_key("DeadLetterQueueSourceArn"));
}

#[test]
fn the_rate_spreads_the_moves() {
    let mut sqs = with_dead_letters("a b c d");
    start(&mut sqs, Some("t"), Some(1));
    assert_eq!(bodies_in(&sqs, "t"), "a", "the first one moves at once");
    sqs.pass_ms(999);
    assert_eq!(bodies_in(&sqs, "t"), "a");
    sqs.pass_ms(1);
    assert_eq!(bodies_in(&sqs, "t"), "a b", "the oldest ones first");
    assert_eq!(newest(&mut sqs), ("RUNNING".into(), 2));
    sqs.pass_ms(1999);
    assert_eq!(newest(&mut sqs), ("RUNNING".into(), 3));
    sqs.pass_ms(1);
    assert_eq!(newest(&mut sqs), ("COMPLETED".into(), 4));
    assert_eq!(
        (bodies_in(&sqs, "t"), bodies_in(&sqs, "d")),
        ("a b c d".into(), String::new())
    );
    assert_eq!(sqs.queue("d").move_tasks().count(), 1);
}

#[test]
fn other_rates() {
    for (rate, ms) in [(Some(500), 2), (None, 2), (Some(10), 100), (Some(3), 333)] {
        let mut sqs = with_dead_letters("a b c");
        start(&mut sqs, None, rate);
        sqs.pass_ms(ms - 1);
        assert_eq!(bodies_in(&sqs, "q"), "a");
        sqs.pass_ms(1);
        assert_eq!(bodies_in(&sqs, "q"), "a b");
        sqs.pass_ms(ms + 1);
        assert_eq!(bodies_in(&sqs, "q"), "a b c");
    }
}

#[test]
fn a_rate_is_kept_in_the_long_run() {
    let mut sqs = with_dead_letters("a b c d e");
    start(&mut sqs, None, Some(3));
    sqs.pass_ms(999);
    assert_eq!(bodies_in(&sqs, "q"), "a b c");
    sqs.pass_ms(1);
    assert_eq!(bodies_in(&sqs, "q"), "a b c d");
}

#[test]
fn many_steps_are_as_good_as_one() {
    let mut big = with_dead_letters("a b c d e f g h i j k l");
    start(&mut big, None, Some(7));
    let mut small = big.clone();
    big.pass_ms(5000);
    for _ in 0..5000 {
        small.pass_ms(1);
    }
    assert_eq!(big.service, small.service);
    assert_eq!(big.out, small.out);
}

#[test]
fn every_message_goes_to_its_own_source() {
    let mut sqs = queues();
    let policy = redrive_to("d", 1);
    sqs.create("r", &[("RedrivePolicy", &policy)]);
    die(&mut sqs, "q", "q1 q2");
    die(&mut sqs, "r", "r1");
    die(&mut sqs, "q", "q3");
    start(&mut sqs, None, None);
    sqs.pass_secs(1);
    assert_eq!(
        (bodies_in(&sqs, "q"), bodies_in(&sqs, "r")),
        ("q1 q2 q3".into(), "r1".into())
    );
    let newest = list(&mut sqs, None).remove(0);
    assert_eq!(
        (newest.destination_arn, &*newest.status),
        (None, "COMPLETED")
    );
    assert_eq!(newest.approximate_number_of_messages_to_move, Some(4));
    assert_eq!(
        sqs.bodies("q", 1, 0),
        "q1",
        "it can be received as often as at first"
    );
}

#[test]
fn a_message_without_a_source_fails_the_task() {
    let mut sqs = with_dead_letters("a");
    sqs.send_all("d", "b c");
    start(&mut sqs, None, None);
    sqs.pass_secs(1);
    assert_eq!(
        (bodies_in(&sqs, "q"), bodies_in(&sqs, "d")),
        ("a".into(), "b c".into())
    );
    let newest = list(&mut sqs, None).remove(0);
    assert_eq!(newest.status, "FAILED");
    assert_eq!(
        newest.failure_reason.as_deref(),
        Some("CouldNotDetermineMessageSource")
    );
    start(&mut sqs, Some("t"), None);
    sqs.pass_secs(1);
    assert_eq!(
        bodies_in(&sqs, "t"),
        "b c",
        "with a destination it does not matter"
    );
}

#[test]
fn a_destination_that_goes_fails_the_task() {
    for (destination, gone) in [(Some("t"), "t"), (None, "q")] {
        let mut sqs = with_dead_letters("a b c d e f g h i j");
        sqs.create("r", &[("RedrivePolicy", &redrive_to("d", 1))]);
        start(&mut sqs, destination, Some(1));
        sqs.pass_secs(2);
        sqs.delete_queue(gone);
        assert_eq!(newest(&mut sqs), ("RUNNING".into(), 3));
        sqs.pass_secs(1);
        let newest = list(&mut sqs, None).remove(0);
        assert_eq!(
            (&*newest.status, newest.approximate_number_of_messages_moved),
            ("FAILED", 3)
        );
        let reason = newest.failure_reason.as_deref();
        assert_eq!(reason, Some("AWS.SimpleQueueService.NonExistentQueue"));
        assert_eq!(newest.task_handle, None);
        assert_eq!(bodies_in(&sqs, "d"), "d e f g h i j");
        let status = MoveTaskStatus::Failed(MoveTaskFailure::NoDestination);
        let ended = |event: &EventKind| matches!(event, EventKind::MessageMoveTaskEnded { status: how, .. } if *how == status);
        assert!(sqs.take_events().iter().any(ended));
    }
}

#[test]
fn a_cancelled_task_moves_what_it_has_fetched() {
    let mut sqs = with_dead_letters("a b c d e f g h i j");
    let handle = start(&mut sqs, Some("t"), Some(1));
    sqs.pass_secs(1);
    assert_eq!(cancel(&mut sqs, &handle).expect("it runs"), 2);
    assert_eq!(newest(&mut sqs), ("CANCELLING".into(), 2));
    assert_eq!(list(&mut sqs, None)[0].task_handle, None);
    let text = "Only active tasks can be cancelled.";
    check_invalid(cancel(&mut sqs, &handle), text);
    check_invalid(
        sqs.call(task(Some("t"), None)),
        "There is already a task running. \
         Only one active task is allowed for a source queue arn at a given time.",
    );
    sqs.pass_secs(5);
    assert_eq!(newest(&mut sqs), ("CANCELLING".into(), 7));
    sqs.pass_secs(1);
    assert_eq!(newest(&mut sqs), ("CANCELLED".into(), 8));
    sqs.pass_secs(60);
    assert_eq!(bodies_in(&sqs, "d"), "i j");
    check_invalid(cancel(&mut sqs, &handle), text);
}

#[test]
fn a_task_cancelled_between_two_fetches_moves_no_more() {
    let mut sqs = with_dead_letters("a b c d e f g h i j");
    let handle = start(&mut sqs, Some("t"), Some(1));
    sqs.pass_secs(7);
    assert_eq!(cancel(&mut sqs, &handle).expect("it runs"), 8);
    assert_eq!(newest(&mut sqs), ("CANCELLING".into(), 8));
    sqs.pass_secs(1);
    assert_eq!(newest(&mut sqs), ("CANCELLED".into(), 8));
}

#[test]
fn a_cancelled_task_that_finds_nothing_is_cancelled() {
    let mut sqs = with_dead_letters("a b c");
    let handle = start(&mut sqs, Some("t"), Some(1));
    cancel(&mut sqs, &handle).expect("it runs");
    sqs.purge("d").expect("it is the first");
    sqs.pass_secs(1);
    assert_eq!(newest(&mut sqs), ("CANCELLED".into(), 1));
}

#[test]
fn purging_or_emptying_the_source_completes_the_task() {
    let mut sqs = with_dead_letters("a b c");
    start(&mut sqs, Some("t"), Some(1));
    sqs.purge("d").expect("it is the first");
    sqs.pass_secs(1);
    assert_eq!(newest(&mut sqs), ("COMPLETED".into(), 1));
    sqs.send_all("d", "d e f");
    start(&mut sqs, Some("t"), Some(1));
    assert_eq!(sqs.bodies("d", 10, 100), "e f");
    sqs.pass_secs(1);
    assert_eq!(
        newest(&mut sqs),
        ("COMPLETED".into(), 1),
        "what is in flight stays"
    );
    assert_eq!(sqs.counts("d"), (0, 2, 0));
}

#[test]
fn an_empty_source_completes_the_task_at_once() {
    let mut sqs = queues();
    start(&mut sqs, Some("t"), None);
    assert_eq!(newest(&mut sqs), ("COMPLETED".into(), 0));
}

#[test]
fn deleting_the_source_ends_the_task_and_forgets_it() {
    let mut sqs = with_dead_letters("a b c");
    let handle = start(&mut sqs, Some("t"), Some(1));
    sqs.delete_queue("d");
    sqs.pass_secs(60);
    assert_eq!(bodies_in(&sqs, "t"), "a");
    let gone = "The resource that you specified for the SourceArn parameter doesn't exist.";
    check_error(cancel(&mut sqs, &handle), ErrorCode::ResourceNotFound, gone);
    sqs.create("d", &[]);
    check_error(
        cancel(&mut sqs, &handle),
        ErrorCode::ResourceNotFound,
        "Task does not exist.",
    );
    assert_eq!(list(&mut sqs, Some(10)), []);
}

#[test]
fn what_arrives_meanwhile_is_moved_too() {
    let mut sqs = with_dead_letters("a b");
    start(&mut sqs, Some("t"), Some(1));
    sqs.send_all("d", "c d");
    sqs.pass_secs(3);
    let newest = list(&mut sqs, None).remove(0);
    assert_eq!(
        newest.approximate_number_of_messages_to_move,
        Some(2),
        "fixed at the start"
    );
    assert_eq!(newest.approximate_number_of_messages_moved, 4);
    assert_eq!(newest.status, "COMPLETED");
}

#[test]
fn the_delay_of_the_destination_counts() {
    let mut sqs = with_dead_letters("a");
    sqs.set("t", &[("DelaySeconds", "5")]);
    start(&mut sqs, Some("t"), None);
    assert_eq!(sqs.counts("t"), (0, 0, 1));
    sqs.pass_secs(5);
    assert_eq!(sqs.bodies("t", 1, 0), "a");
}

#[test]
fn a_waiter_gets_what_arrives_and_what_arrives_at_its_last_instant() {
    let mut sqs = with_dead_letters("a b c");
    let polls = [sqs.start(long_poll("t", 1)), sqs.start(long_poll("t", 1))];
    start(&mut sqs, Some("t"), Some(1));
    let received = |sqs: &Sqs, poll| sqs.received(poll).map(|messages| bodies_of(&messages));
    assert_eq!(received(&sqs, polls[0]), Some("a".into()));
    assert_eq!(received(&sqs, polls[1]), None);
    sqs.pass_secs(1);
    assert_eq!(received(&sqs, polls[1]), Some("b".into()));
}

#[test]
fn fifo_queues() {
    let fifo = ("FifoQueue", "true");
    let mut sqs = Sqs::with_queue("d.fifo", &[fifo]);
    sqs.create(
        "q.fifo",
        &[fifo, ("RedrivePolicy", &redrive_to("d.fifo", 1))],
    );
    sqs.create("standard", &[]);
    sqs.send_to_groups("q.fifo", "g1m1 g2m1 g1m2");
    sqs.bodies("q.fifo", 10, 0);
    sqs.bodies("q.fifo", 10, 0);
    assert_eq!(sqs.queue("d.fifo").len(), 3);
    let task = |destination: Option<&str>| StartMessageMoveTaskRequest {
        source_arn: Some(arn("d.fifo")),
        destination_arn: destination.map(arn),
        max_number_of_messages_per_second: None,
    };
    check_invalid(
        sqs.call(task(Some("standard"))),
        "The source queue and destination queue must be of the same queue type.",
    );
    let dead: Vec<_> = sqs
        .queue("d.fifo")
        .messages()
        .map(|message| message.id().to_string())
        .collect();
    sqs.call(task(None)).expect("it starts");
    sqs.pass_secs(1);
    assert_eq!(sqs.queue("d.fifo").len(), 0);
    let again = sqs.receive(receive("q.fifo", 10, 30));
    assert_eq!(bodies_of(&again), "g1m1 g1m2 g2m1");
    for message in &again {
        let id = &message.attributes["MessageDeduplicationId"];
        assert!(
            dead.contains(id),
            "the deduplication id is the id of the dead letter"
        );
        assert_ne!(*id, message.message_id);
    }
    assert_eq!(again[0].attributes["MessageGroupId"], "g1");
}

#[test]
fn a_fifo_destination_may_take_a_message_for_a_duplicate() {
    let fifo = ("FifoQueue", "true");
    let mut sqs = Sqs::with_queue("d", &[]);
    sqs.create("d.fifo", &[fifo]);
    sqs.create(
        "q.fifo",
        &[fifo, ("RedrivePolicy", &redrive_to("d.fifo", 1))],
    );
    sqs.create("t.fifo", &[fifo]);
    sqs.send(fifo_message("d.fifo", "g", "same", "dead"));
    sqs.send(fifo_message("t.fifo", "g", "same", "earlier"));
    sqs.take_events();
    let task = StartMessageMoveTaskRequest {
        source_arn: Some(arn("d.fifo")),
        destination_arn: Some(arn("t.fifo")),
        max_number_of_messages_per_second: None,
    };
    sqs.call(task).expect("it starts");
    assert_eq!(
        (bodies_in(&sqs, "d.fifo"), bodies_in(&sqs, "t.fifo")),
        ("".into(), "earlier".into())
    );
    let dropped = |event: &EventKind| {
        matches!(
            event,
            EventKind::MessageMovedByTask {
                new_message: None,
                ..
            }
        )
    };
    assert!(sqs.take_events().iter().any(dropped));
}

#[test]
fn a_queue_that_is_its_own_dead_letter_queue_comes_to_an_end() {
    let mut sqs = Sqs::with_queue("d", &[]);
    sqs.set("d", &[("RedrivePolicy", &redrive_to("d", 1))]);
    sqs.send_all("d", "a b");
    assert_eq!(sqs.bodies("d", 10, 0), "a b");
    assert_eq!(sqs.bodies("d", 10, 0), "");
    start(&mut sqs, None, None);
    sqs.pass_secs(1);
    let newest = list(&mut sqs, None).remove(0);
    assert_eq!(
        newest.failure_reason.as_deref(),
        Some("CouldNotDetermineMessageSource")
    );
    assert_eq!(sqs.queue("d").len(), 2);
}

#[test]
fn a_task_runs_for_36_hours_at_most() {
    let mut sqs = queues();
    let batch = |_| (0..10).map(|id| entry(&id.to_string(), "x")).collect();
    for entries in (0..12_961).map(batch) {
        sqs.call(send_batch("d", entries)).expect("they are good");
        sqs.out.events.clear();
        sqs.out.replies.clear();
    }
    start(&mut sqs, Some("t"), Some(1));
    sqs.pass_secs(36 * 3600 - 1);
    assert_eq!(newest(&mut sqs), ("RUNNING".into(), 36 * 3600));
    sqs.pass_secs(1);
    assert_eq!(newest(&mut sqs), ("FAILED".into(), 36 * 3600));
    assert_eq!(sqs.queue("d").len(), 129_610 - 36 * 3600);
}

#[test]
fn starts_that_are_refused() {
    let mut sqs = queues();
    let start =
        |source: Option<&str>, destination: Option<&str>, rate| StartMessageMoveTaskRequest {
            source_arn: source.map(str::to_owned),
            destination_arn: destination.map(str::to_owned),
            max_number_of_messages_per_second: rate,
        };
    let (d, t, nowhere) = (arn("d"), arn("t"), arn("nowhere"));
    let text = "The request must contain the parameter SourceArn.";
    check_error(
        sqs.call(start(None, None, None)),
        ErrorCode::MissingParameter,
        text,
    );
    let format = |parameter: &str| {
        format!(
            "You must use this format to specify the {parameter}: \
             arn:<partition>:<service>:<region>:<account-id>:<resource-id>"
        )
    };
    for bad in ["", "d", "arn:aws:sqs:d"] {
        check_invalid(sqs.call(start(Some(bad), None, None)), &format("SourceArn"));
        check_invalid(
            sqs.call(start(Some(&d), Some(bad), None)),
            &format("DestinationArn"),
        );
    }
    let missing = |parameter: &str| {
        format!("The resource that you specified for the {parameter} parameter doesn't exist.")
    };
    let not_found = ErrorCode::ResourceNotFound;
    for elsewhere in [
        &nowhere,
        &d.replace("us-east-1", "us-west-2"),
        &d.replace(":sqs:", ":sns:"),
    ] {
        let reply = sqs.call(start(Some(elsewhere), None, None));
        check_error(reply, not_found, &missing("SourceArn"));
        let reply = sqs.call(start(Some(&d), Some(elsewhere), None));
        check_error(reply, not_found, &missing("DestinationArn"));
    }
    check_invalid(
        sqs.call(start(Some(&t), None, None)),
        "Source queue must be configured as a Dead Letter Queue.",
    );
    check_invalid(
        sqs.call(start(Some(&d), Some(&d), None)),
        "Source queue arn and destination queue arn cannot be the same.",
    );
    for rate in [0, -1, 501] {
        check_invalid(
            sqs.call(start(Some(&d), Some(&t), Some(rate))),
            "Value for parameter MaxNumberOfMessagesPerSecond is invalid. \
             Reason: You must enter a number that's between 1 and 500.",
        );
    }
    assert_eq!(list(&mut sqs, Some(10)), []);
}

#[test]
fn at_most_a_hundred_tasks_run() {
    let mut sqs = Sqs::with_queue("t", &[]);
    let start = |source: &str| StartMessageMoveTaskRequest {
        source_arn: Some(arn(source)),
        destination_arn: Some(arn("t")),
        max_number_of_messages_per_second: Some(1),
    };
    for number in 0..=100 {
        let source = format!("d{number}");
        sqs.create(&source, &[]);
        sqs.create(
            &format!("q{number}"),
            &[("RedrivePolicy", &redrive_to(&source, 1))],
        );
        sqs.send_all(&source, "a b");
    }
    for number in 0..100 {
        sqs.call(start(&format!("d{number}")))
            .expect("there is room");
    }
    let text = "There are already 100 tasks running.";
    check_error(sqs.call(start("d100")), ErrorCode::OverLimit, text);
    sqs.pass_secs(1);
    sqs.call(start("d100")).expect("the others are over");
}

#[test]
fn lists_are_newest_first() {
    let mut sqs = with_dead_letters("a b");
    let first = start(&mut sqs, Some("t"), Some(500));
    sqs.pass_secs(1);
    sqs.send_all("d", "c d");
    let second = start(&mut sqs, None, None);
    let third = start(&mut sqs, Some("t"), Some(1));
    assert!(first != second && second != third, "tasks differ");
    let results = list(&mut sqs, Some(10));
    let statuses: Vec<_> = results.iter().map(|result| &*result.status).collect();
    assert_eq!(statuses, ["RUNNING", "FAILED", "COMPLETED"]);
    let (at, before) = (sqs.now.as_ms() as i64, sqs.now.as_ms() as i64 - 1000);
    assert_eq!(
        results[0],
        ListMessageMoveTasksResultEntry {
            approximate_number_of_messages_moved: 1,
            approximate_number_of_messages_to_move: Some(2),
            destination_arn: Some(arn("t")),
            failure_reason: None,
            max_number_of_messages_per_second: Some(1),
            source_arn: arn("d"),
            started_timestamp: at,
            status: "RUNNING".into(),
            task_handle: Some(third),
        }
    );
    assert_eq!(
        (results[2].started_timestamp, results[2].task_handle.clone()),
        (before, None)
    );
    assert_eq!(list(&mut sqs, None).len(), 1, "one is the default");
    assert_eq!(list(&mut sqs, Some(2)).len(), 2);
    for _ in 0..20 {
        sqs.pass_secs(1);
        start(&mut sqs, Some("t"), None);
    }
    assert_eq!(list(&mut sqs, Some(10)).len(), 10);
}

#[test]
fn lists_that_are_refused() {
    let mut sqs = queues();
    let request = |source_arn: Option<String>, max_results| ListMessageMoveTasksRequest {
        source_arn,
        max_results,
    };
    let text = "The request must contain the parameter SourceArn.";
    check_error(
        sqs.call(request(None, None)),
        ErrorCode::MissingParameter,
        text,
    );
    check_invalid(
        sqs.call(request(Some("d".into()), None)),
        "You must use this format to specify the SourceArn: \
         arn:<partition>:<service>:<region>:<account-id>:<resource-id>",
    );
    let text = "The resource that you specified for the SourceArn parameter doesn't exist.";
    check_error(
        sqs.call(request(Some(arn("x")), None)),
        ErrorCode::ResourceNotFound,
        text,
    );
    for max in [0, 11] {
        check_invalid(
            sqs.call(request(Some(arn("d")), Some(max))),
            "Value for parameter MaxResults is invalid. \
             Reason: You must enter a number that's between 1 and 10.",
        );
    }
}

#[test]
fn handles() {
    let mut sqs = with_dead_letters("a b");
    let handle = start(&mut sqs, Some("t"), Some(1));
    let json = STANDARD.decode(&handle).expect("it is base64");
    let json = String::from_utf8(json).expect("it is text");
    let (task_id, rest) = json.split_at(r#"{"taskId":""#.len() + 36);
    assert!(task_id.starts_with(r#"{"taskId":""#), "{json}");
    assert_eq!(rest, format!(r#"","sourceArn":"{}"}}"#, arn("d")));
    check_error(
        sqs.call(CancelMessageMoveTaskRequest { task_handle: None }),
        ErrorCode::MissingParameter,
        "The request must contain the parameter TaskHandle.",
    );
    for bad in [
        "",
        "foobared",
        &STANDARD.encode("x"),
        &STANDARD.encode("{}"),
    ] {
        check_invalid(
            cancel(&mut sqs, bad),
            "Value for parameter TaskHandle is invalid.",
        );
    }
    let changed = |from: &str, to: &str| STANDARD.encode(json.replace(from, to));
    let text = "The resource that you specified for the SourceArn parameter doesn't exist.";
    let other = changed(":d\"", ":x\"");
    check_error(cancel(&mut sqs, &other), ErrorCode::ResourceNotFound, text);
    let text = "Task does not exist.";
    let other = changed(&task_id[11..], "10f57157-fc38-4da9-a113-4de7e12d05aa");
    check_error(cancel(&mut sqs, &other), ErrorCode::ResourceNotFound, text);
    let other = changed(":d\"", ":t\"");
    check_error(cancel(&mut sqs, &other), ErrorCode::ResourceNotFound, text);
    cancel(&mut sqs, &handle).expect("it runs");
}
