//! Consumers: workers, deletes, heartbeats, crashes, poison.

use sqs_playground::sqs::EventKind as ServiceEvent;
use sqs_playground::sqs::api::Request;
use sqs_playground::world::{Activity, EventKind};

use crate::support::{ONE_QUEUE, Stage, with_dead_letters};

fn deletes(kind: &EventKind) -> Option<()> {
    let EventKind::CallSent { request, .. } = kind else {
        return None;
    };
    matches!(
        **request,
        Request::DeleteMessage(_) | Request::DeleteMessageBatch(_)
    )
    .then_some(())
}

fn receives(kind: &EventKind) -> Option<u32> {
    if let EventKind::Service(ServiceEvent::MessageReceived { receive_count, .. }) = kind {
        Some(*receive_count)
    } else {
        None
    }
}

#[test]
fn one_delete_for_each_message_or_one_for_all() {
    for (after_work, calls, ends_ms) in [("delete", 10, 1220), ("delete_batch", 1, 1040)] {
        let program = format!(
            r#"{{"consumer":{{"queue":"q","max_number_of_messages":10,"work_ms":100,"after_work":"{after_work}","wait_time_seconds":20}}}}"#
        );
        let mut stage = Stage::new(ONE_QUEUE, &[("consumer", &program)]);
        for n in 0..10 {
            stage.send(&n.to_string());
        }
        // A receive, ten times 100 ms of work, and the deletes, 20 ms a call.
        stage.play_to(ends_ms - 1);
        assert!(stage.tally("consumer").deleted < 10);
        stage.play_to(ends_ms);
        let tally = stage.tally("consumer");
        assert_eq!((tally.worked, tally.deleted), (10, 10), "{after_work}");
        assert_eq!(stage.events(deletes).len(), calls);
        assert_eq!(stage.counts("q"), [0, 0, 0]);
    }
}

#[test]
fn a_heartbeat_keeps_a_message() {
    let work = |heartbeat: &str| {
        let program = format!(
            r#"{{"consumer":{{"queue":"q","visibility_timeout":5,"work_ms":12000,"after_work":"delete"{heartbeat}}}}}"#
        );
        let mut stage = Stage::new(ONE_QUEUE, &[("consumer", &program)]);
        stage.send("long work");
        stage.play_to(12_060);
        stage
    };
    // Received at 0.01 s and worked on from 0.02 s on: heartbeats at 3.02, 6.02, 9.02 s, each until 5 s later;
    // the delete arrives at 12.03 s, before 14.03 s.
    let stage = work(r#","heartbeat_seconds":3"#);
    let tally = stage.tally("consumer");
    assert_eq!((tally.extended, tally.deleted, tally.errors), (3, 1, 0));
    assert_eq!(stage.events(returns).len(), 0);
    // Without, it is back at 5.01 s.
    let stage = work("");
    assert_eq!(stage.tally("consumer").extended, 0);
    let back = stage.events(returns);
    assert_eq!(back.first(), Some(&(stage.at(5010), ())));
}

fn returns(kind: &EventKind) -> Option<()> {
    let EventKind::Service(ServiceEvent::MessageBecameVisible { .. }) = kind else {
        return None;
    };
    Some(())
}

#[test]
fn a_heartbeat_is_for_all_that_a_worker_holds() {
    let program = r#"{"consumer":{"queue":"q","max_number_of_messages":3,"visibility_timeout":5,"work_ms":4000,"after_work":"delete","heartbeat_seconds":3,"heartbeat_extends_seconds":4}}"#;
    let mut stage = Stage::new(ONE_QUEUE, &[("consumer", program)]);
    for body in ["a", "b", "c"] {
        stage.send(body);
    }
    stage.play_to(13_000);
    // Work from 0.02, 4.04 and 8.06 s to 12.06 s; heartbeats at 3.02 s for three, at 6.02 s for two, at 9.02 s and
    // 12.02 s for one: seven in all.
    let tally = stage.tally("consumer");
    assert_eq!((tally.extended, tally.deleted, tally.errors), (7, 3, 0));
    assert_eq!(stage.events(returns).len(), 0);
}

#[test]
fn a_crash_returns_the_message_when_its_timeout_is_over() {
    let program = r#"{"consumer":{"queue":"q","visibility_timeout":10,"work_ms":4000,"after_work":"delete","crash_percent":100,"restart_after_ms":60000}}"#;
    let mut stage = Stage::new(ONE_QUEUE, &[("consumer", program)]);
    stage.send("a");
    stage.play_to(4020);
    let tally = stage.tally("consumer");
    assert_eq!((tally.crashes, tally.worked, tally.deleted), (1, 0, 0));
    let crashes = stage.events(|kind| match kind {
        EventKind::ConsumerCrashed { held, until, .. } => Some((*held, *until)),
        _ => None,
    });
    let [(at, (held, until))] = crashes[..] else {
        panic!("one crash: {crashes:?}");
    };
    assert!((stage.at(20)..stage.at(4020)).contains(&at));
    assert_eq!((held, until.since(at).as_ms()), (1, 60_000));
    assert_eq!(
        stage.actor("consumer").activity(),
        &Activity::Crashed { since: at, until }
    );
    assert_eq!(stage.actor("consumer").held().count(), 0);
    // Received at 0.01 s.
    assert_eq!(stage.play_to(10_009).counts("q"), [0, 0, 1]);
    assert_eq!(stage.play_to(10_010).counts("q"), [0, 1, 0]);
    // It starts again, and receives it again.
    let restart = until.since(stage.timeline.start()).as_ms();
    stage.play_to(restart + 20);
    assert_eq!(stage.counts("q"), [0, 0, 1]);
    assert_eq!(stage.tally("consumer").received, 2);
}

#[test]
fn a_crash_is_as_likely_as_it_is_said_to_be() {
    let program = r#"{"consumer":{"queue":"q","max_number_of_messages":10,"visibility_timeout":2,"work_ms":{"uniform":{"min":0,"max":100}},"after_work":"delete","crash_percent":20,"restart_after_ms":0}}"#;
    let producer =
        r#"{"producer":{"queue":"q","pause_ms":0,"batch_size":10,"count":400,"body":"{n}"}}"#;
    let mut stage = Stage::new(ONE_QUEUE, &[("producer", producer), ("consumer", program)]);
    stage.play_to(3_600_000);
    let tally = stage.tally("consumer");
    // 400 succeed, and one in five of all works crashes: 100 crashes, with a deviation of
    // (400 x 0.2)^0.5 / 0.8 = 11. A crash that loses a message loses no work.
    assert_eq!(
        (tally.worked, tally.deleted, tally.worked_twice),
        (400, 400, 0)
    );
    assert!(tally.crashes.abs_diff(100) < 45, "{}", tally.crashes);
    assert_eq!(stage.counts("q"), [0, 0, 0]);
}

#[test]
fn poison_goes_to_the_dead_letter_queue() {
    for (on_failure, last_ms) in [("leave", 20_000), ("retry_now", 1_000)] {
        let program = format!(
            r#"{{"consumer":{{"queue":"q","wait_time_seconds":20,"work_ms":10,"after_work":"delete","poison":{{"body_contains":"order 4"}},"on_failure":"{on_failure}"}}}}"#
        );
        let mut stage = Stage::new(&with_dead_letters(10, 3), &[("consumer", &program)]);
        for n in 1..=9 {
            stage.send(&format!("order {n}"));
        }
        stage.play_to(60_000);
        let tally = stage.tally("consumer");
        // Eight good ones; the fourth fails three times, and its fourth receive moves it.
        assert_eq!((tally.worked, tally.deleted), (8, 8), "{on_failure}");
        assert_eq!((tally.failed, tally.received), (3, 11));
        assert_eq!(stage.bodies("dead"), ["order 4"]);
        assert_eq!(stage.counts("q"), [0, 0, 0]);
        // Left alone, it comes back ten seconds after each receive; else at once.
        let again = stage.events(|kind| receives(kind).filter(|count| *count == 3));
        let [(at, 3)] = again[..] else {
            panic!("one third receive: {again:?}");
        };
        let took = at.since(stage.timeline.start()).as_ms();
        assert!((last_ms - 900..last_ms + 900).contains(&took), "{took} ms");
    }
}

#[test]
fn poison_can_be_an_attribute() {
    let producer = |kind: &str| {
        format!(
            r#"{{"producer":{{"queue":"q","pause_ms":0,"count":5,"body":"{kind}","message_attributes":{{"kind":{{"DataType":"String","StringValue":"{kind}"}}}}}}}}"#
        )
    };
    let (good, bad) = (producer("good"), producer("bad"));
    let consumer = r#"{"consumer":{"queue":"q","wait_time_seconds":20,"after_work":"delete","poison":{"message_attribute":{"name":"kind","value":"bad"}}}}"#;
    let actors = [("good", &*good), ("bad", &*bad), ("consumer", consumer)];
    let mut stage = Stage::new(&with_dead_letters(1, 2), &actors);
    stage.play_to(30_000);
    assert_eq!(stage.tally("consumer").deleted, 5);
    assert_eq!(stage.tally("consumer").failed, 5 * 2);
    assert_eq!(stage.bodies("dead"), ["bad"; 5]);
}

#[test]
fn workers_share_the_messages() {
    // A turn is a receive, 960 ms of work and a delete: a second.
    for (concurrency, deleted) in [(1, 10), (3, 30)] {
        let program = format!(
            r#"{{"consumer":{{"queue":"q","work_ms":960,"after_work":"delete","concurrency":{concurrency}}}}}"#
        );
        let mut stage = Stage::new(ONE_QUEUE, &[("consumer", &program)]);
        for n in 0..40 {
            stage.send(&n.to_string());
        }
        stage.play_to(500);
        assert_eq!(stage.counts("q"), [0, 40 - concurrency, concurrency]);
        assert_eq!(stage.actor("consumer").strands().len(), concurrency);
        assert_eq!(stage.actor("consumer").held().count(), concurrency);
        let working = |activity: &Activity| matches!(activity, Activity::Working { .. });
        assert!(working(stage.actor("consumer").activity()));
        stage.play_to(10_000);
        assert_eq!(stage.tally("consumer").deleted, deleted);
    }
}

#[test]
fn a_consumer_has_ended_when_all_its_workers_have() {
    let program = r#"{"consumer":{"queue":"q","work_ms":5000,"after_work":"delete","concurrency":2,"stop_after_empty":1}}"#;
    let mut stage = Stage::new(ONE_QUEUE, &[("consumer", program)]);
    stage.send("a");
    // One worker finds nothing at 0.02 s; the other works until 5.02 s, deletes, and finds nothing at 5.06 s.
    stage.play_to(5059);
    let ends = |kind: &EventKind| matches!(kind, EventKind::ActorFinished { .. }).then_some(());
    assert!(!stage.is_finished("consumer") && stage.events(ends).is_empty());
    stage.play_to(10_000);
    assert!(stage.is_finished("consumer"));
    assert_eq!(stage.events(ends), [(stage.at(5060), ())]);
}
