//! Lambda: batches, partial answers, throttling.

use sqs_playground::sqs::EventKind as ServiceEvent;
use sqs_playground::sqs::api::{Request, Response};
use sqs_playground::world::{Activity, EventKind};

use crate::support::{ONE_QUEUE, Stage, with_dead_letters};

/// The sizes of the batches with which the function was invoked.
fn batches(stage: &Stage) -> Vec<usize> {
    let invocations = stage.events(|kind| match kind {
        EventKind::InvocationStarted { messages, .. } => Some(*messages),
        _ => None,
    });
    invocations
        .into_iter()
        .map(|(_, messages)| messages)
        .collect()
}

#[test]
fn five_pollers_take_ten_messages_each() {
    let function = r#"{"lambda":{"queue":"q","work_ms":1000}}"#;
    let mut stage = Stage::new(ONE_QUEUE, &[("function", function)]);
    for n in 0..70 {
        stage.send(&n.to_string());
    }
    stage.play_to(5000);
    assert_eq!(stage.actor("function").strands().len(), 5);
    assert_eq!(batches(&stage), [10; 5]);
    // A receive, ten seconds of work, and one delete: 10.04 s. The last twenty follow.
    stage.play_to(10_040);
    assert_eq!(
        (
            stage.tally("function").invocations,
            stage.tally("function").deleted
        ),
        (5, 50)
    );
    stage.play_to(20_080);
    assert_eq!(
        (
            stage.tally("function").invocations,
            stage.tally("function").deleted
        ),
        (7, 70)
    );
    // From then on all poll, 20 s at a time.
    stage.play_to(30_100);
    let waits = stage.events(|kind| match kind {
        EventKind::CallSent { request, .. } => match &**request {
            Request::ReceiveMessage(receive) => receive.wait_time_seconds,
            _ => None,
        },
        _ => None,
    });
    assert!(waits.iter().all(|(_, seconds)| *seconds == 20));
    let calling = |activity: &Activity| matches!(activity, Activity::Calling { .. });
    let strands = stage.actor("function").strands();
    assert_eq!(
        strands.filter(|strand| calling(strand.activity())).count(),
        5
    );
}

#[test]
fn one_message_that_fails_takes_its_batch_along() {
    let function =
        r#"{"lambda":{"queue":"q","pollers":1,"work_ms":100,"poison":{"body_contains":"4"}}}"#;
    let mut stage = Stage::new(&with_dead_letters(30, 3), &[("function", function)]);
    for n in 1..=9 {
        stage.send(&n.to_string());
    }
    stage.play_to(200_000);
    let tally = stage.tally("function");
    // Three invocations with all nine, which end at the poison; then all are moved, the good ones too.
    assert_eq!(batches(&stage), [9; 3]);
    assert_eq!((tally.invocations, tally.failed, tally.deleted), (3, 3, 0));
    assert_eq!(stage.counts("dead"), [0, 9, 0]);
    // What was worked on before the failure was worked on again: all but each message's first time.
    let mut worked = stage.events(|kind| match kind {
        EventKind::WorkFinished { message, .. } => Some(*message),
        _ => None,
    });
    assert_eq!(tally.worked, worked.len() as u64);
    worked.sort_by_key(|(_, message)| *message);
    worked.dedup_by_key(|(_, message)| *message);
    assert!(tally.worked_twice > 0);
    assert_eq!(tally.worked_twice, tally.worked - worked.len() as u64);
}

#[test]
fn with_partial_answers_only_the_message_that_fails_comes_back() {
    let function = r#"{"lambda":{"queue":"q","pollers":1,"work_ms":100,"poison":{"body_contains":"4"},"report_batch_item_failures":true}}"#;
    let mut stage = Stage::new(&with_dead_letters(30, 3), &[("function", function)]);
    for n in 1..=9 {
        stage.send(&n.to_string());
    }
    stage.play_to(200_000);
    let tally = stage.tally("function");
    assert_eq!(batches(&stage), [9, 1, 1]);
    assert_eq!((tally.worked, tally.deleted, tally.failed), (8, 8, 3));
    assert_eq!((tally.worked_twice, tally.errors), (0, 0));
    assert_eq!(stage.bodies("dead"), ["4"]);
    assert_eq!(stage.counts("q"), [0, 0, 0]);
}

#[test]
fn of_a_fifo_queue_all_that_follows_in_the_group_is_reported_as_failed() {
    let queue = r#"[{"CreateQueue":{"QueueName":"q.fifo","Attributes":{"FifoQueue":"true","ContentBasedDeduplication":"true"}}}]"#;
    // 1 and 3 are in the first group, then 2 and 4 in the other, and so on: 3, 5 and 7 stay, 3 for being bad.
    let producer = r#"{"producer":{"queue":"q.fifo","pause_ms":0,"count":8,"batch_size":8,"body":"{n}","message_group_id":"{n%2}"}}"#;
    let function = |report: bool| {
        format!(
            r#"{{"lambda":{{"queue":"q.fifo","pollers":1,"work_ms":100,"poison":{{"body_contains":"3"}},"report_batch_item_failures":{report}}}}}"#
        )
    };
    let mut stage = Stage::new(
        queue,
        &[("producer", producer), ("function", &function(true))],
    );
    stage.play_to(5000);
    let tally = stage.tally("function");
    assert_eq!((tally.worked, tally.failed, tally.deleted), (5, 1, 5));
    assert_eq!(stage.bodies("q.fifo"), ["3", "5", "7"]);
    let mut stage = Stage::new(
        queue,
        &[("producer", producer), ("function", &function(false))],
    );
    stage.play_to(5000);
    assert_eq!(
        (
            stage.tally("function").failed,
            stage.tally("function").deleted
        ),
        (1, 0)
    );
    assert_eq!(stage.counts("q.fifo"), [0, 0, 8]);
}

#[test]
fn a_window_gathers_larger_batches() {
    let producer = r#"{"producer":{"queue":"q","pause_ms":80,"count":250,"body":"{n}"}}"#;
    let function = |settings: &str| {
        format!(
            r#"{{"lambda":{{"queue":"q","pollers":1,"report_batch_item_failures":true{settings}}}}}"#
        )
    };
    // Ten messages a second for 25 s. The first poll gets the first message, from then on each window of 10 s
    // holds about a hundred.
    let window = function(r#","batch_size":1000,"batch_window_seconds":10"#);
    let mut stage = Stage::new(ONE_QUEUE, &[("producer", producer), ("function", &window)]);
    stage.play_to(60_000);
    let sizes = batches(&stage);
    assert_eq!((sizes.len(), sizes.iter().sum()), (3, 250), "{sizes:?}");
    assert!(
        sizes[..2].iter().all(|size| size.abs_diff(100) < 5),
        "{sizes:?}"
    );
    // Deletes are of ten at most.
    let deleted = stage.events(|kind| match kind {
        EventKind::CallAnswered { result, .. } => match &**result {
            Ok(Response::DeleteMessageBatch(response)) => Some(response.successful.len()),
            _ => None,
        },
        _ => None,
    });
    assert!(deleted.len() >= 25 && deleted.iter().all(|(_, count)| *count <= 10));
    assert_eq!(stage.tally("function").deleted, 250);
    // A batch that is full does not wait for the end of its window.
    let full = function(r#","batch_size":25,"batch_window_seconds":10"#);
    let mut stage = Stage::new(ONE_QUEUE, &[("producer", producer), ("function", &full)]);
    stage.play_to(60_000);
    assert_eq!(batches(&stage), [25; 10]);
    // Without a window each poll is a batch.
    let mut stage = Stage::new(
        ONE_QUEUE,
        &[("producer", producer), ("function", &function(""))],
    );
    stage.play_to(60_000);
    assert!(batches(&stage).len() > 100);
}

/// Forty good messages for a function that takes 10 s for each, at a queue that gives up after two receives.
fn busy(limit: &str) -> Stage {
    let function =
        format!(r#"{{"lambda":{{"queue":"q","batch_size":1,"work_ms":10000,{limit}}}}}"#);
    let mut stage = Stage::new(&with_dead_letters(15, 2), &[("function", &function)]);
    for n in 1..=40 {
        stage.send(&n.to_string());
    }
    stage.play_to(1_000_000);
    stage
}

#[test]
fn a_function_that_is_busy_pushes_good_messages_into_the_dead_letter_queue() {
    let stage = busy(r#""function_concurrency":2"#);
    let tally = stage.tally("function");
    let [_, dead, _] = stage.counts("dead");
    assert!(dead > 0 && tally.throttled > 0, "{tally:?}");
    assert_eq!(tally.failed, 0);
    // Each message was deleted, some more than once, or is dead.
    let mut deleted = stage.events(|kind| match kind {
        EventKind::Service(ServiceEvent::MessageDeleted { message, .. }) => Some(*message),
        _ => None,
    });
    deleted.sort_by_key(|(_, message)| *message);
    deleted.dedup_by_key(|(_, message)| *message);
    assert_eq!(deleted.len() + dead, 40);
    assert_eq!(stage.counts("q"), [0, 0, 0]);
}

#[test]
fn pollers_that_do_not_poll_push_nothing_anywhere() {
    for limit in [
        r#""maximum_concurrency":2"#,
        r#""maximum_concurrency":2,"function_concurrency":2"#,
    ] {
        let stage = busy(limit);
        let tally = stage.tally("function");
        assert_eq!((tally.deleted, tally.throttled), (40, 0), "{limit}");
        assert_eq!(stage.counts("dead"), [0, 0, 0]);
        assert_eq!(stage.actor("function").strands().len(), 2);
    }
}

#[test]
fn what_is_throttled_is_tried_each_second_until_its_timeout_is_over() {
    let function = r#"{"lambda":{"queue":"q","pollers":1,"function_concurrency":0}}"#;
    let mut stage = Stage::new(&with_dead_letters(5, 9), &[("function", function)]);
    stage.send("a");
    // Received at 0.01 s, heard of at 0.02 s: tries then and at 1.02 to 4.02 s; at 5.02 s it is dropped, and
    // received again at 5.03 s.
    stage.play_to(5019);
    assert_eq!(stage.tally("function").throttled, 5);
    assert!(matches!(
        stage.actor("function").activity(),
        Activity::Throttled { .. }
    ));
    stage.play_to(5030);
    assert_eq!(
        (stage.tally("function").received, stage.counts("q")),
        (1, [0, 0, 1])
    );
    let message = stage.queue("q").messages().next().expect("it is there");
    assert_eq!(message.receive_count(), 2);
    assert_eq!(
        (
            stage.tally("function").invocations,
            stage.tally("function").throttled
        ),
        (0, 5)
    );
}
