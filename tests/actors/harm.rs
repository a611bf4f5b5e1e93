//! Work that is done twice, and consumers that recognise it.

use sqs_playground::world::EventKind;

use crate::support::{ONE_QUEUE, Stage};

/// A consumer whose work takes longer than the visibility timeout of 2 s.
fn slow(idempotent: bool) -> String {
    format!(
        r#"{{"consumer":{{"queue":"q","visibility_timeout":2,"wait_time_seconds":20,"work_ms":5000,"after_work":"delete","idempotent":{idempotent}}}}}"#
    )
}

#[test]
fn work_that_outlasts_the_visibility_timeout_is_done_twice() {
    let mut stage = Stage::new(ONE_QUEUE, &[("a", &slow(false)), ("b", &slow(false))]);
    stage.send("one");
    // The first has it from 0.01 s on, the other from 2.01 s on; they end at 5.02 and 7.02 s.
    stage.play_to(7019);
    assert_eq!((stage.tally("a").worked, stage.tally("b").worked), (1, 0));
    assert_eq!(stage.tally("a").worked_twice, 0);
    stage.play_to(7020);
    assert_eq!(
        (stage.tally("b").worked, stage.tally("b").worked_twice),
        (1, 1)
    );
    assert_eq!(stage.tally("a").worked_twice, 0);
    let [a, b] = ["a", "b"].map(|name| stage.actor(name).caller());
    let harm = stage.events(|kind| match kind {
        EventKind::WorkedTwice { caller, before, .. } => Some((*caller, *before)),
        _ => None,
    });
    assert_eq!(harm, [(stage.at(7020), (b, a))]);
}

#[test]
fn to_idempotent_consumers_it_does_no_harm() {
    let mut stage = Stage::new(ONE_QUEUE, &[("a", &slow(true)), ("b", &slow(true))]);
    stage.send("one");
    stage.play_to(30_000);
    // The second began before the first had ended: it sees at its end that it was in vain.
    assert_eq!(
        (stage.tally("b").worked, stage.tally("b").recognised),
        (1, 1)
    );
    let harm: u64 = ["a", "b"]
        .map(|name| stage.tally(name).worked_twice)
        .iter()
        .sum();
    assert_eq!(harm, 0);
}

#[test]
fn an_idempotent_consumer_deletes_without_work_what_it_recognises() {
    let forgetful = r#"{"consumer":{"queue":"q","visibility_timeout":5,"work_ms":1000,"after_work":"keep","pause_ms":60000}}"#;
    let idempotent = r#"{"consumer":{"queue":"q","wait_time_seconds":20,"work_ms":1000,"after_work":"delete","idempotent":true}}"#;
    let mut stage = Stage::new(ONE_QUEUE, &[("a", forgetful), ("b", idempotent)]);
    stage.send("one");
    // Back at 5.01 s, to the poll that waits; the answer arrives at 5.02 s, the delete is answered at 5.04 s.
    stage.play_to(5040);
    let tally = stage.tally("b");
    assert_eq!((tally.received, tally.recognised, tally.worked), (1, 1, 0));
    assert_eq!((tally.deleted, tally.worked_twice), (1, 0));
    assert_eq!(stage.counts("q"), [0, 0, 0]);
}

#[test]
fn work_that_failed_or_crashed_was_not_done() {
    let poisoned = r#"{"consumer":{"queue":"q","visibility_timeout":1,"work_ms":100,"after_work":"delete","poison":{"body_contains":""},"pause_ms":60000}}"#;
    let good =
        r#"{"consumer":{"queue":"q","wait_time_seconds":20,"work_ms":100,"after_work":"delete"}}"#;
    let mut stage = Stage::new(ONE_QUEUE, &[("a", poisoned), ("b", good)]);
    stage.send("one");
    stage.play_to(30_000);
    assert_eq!((stage.tally("a").failed, stage.tally("b").worked), (1, 1));
    assert_eq!(stage.tally("b").worked_twice, 0);
}

#[test]
fn whoever_only_looks_does_no_work() {
    let looks = r#"{"consumer":{"queue":"q","visibility_timeout":1,"after_work":"keep","wait_time_seconds":20}}"#;
    let mut stage = Stage::new(ONE_QUEUE, &[("looks", looks)]);
    stage.send("one");
    stage.play_to(10_500);
    let tally = stage.tally("looks");
    assert_eq!(
        (tally.received, tally.worked, tally.worked_twice),
        (11, 0, 0)
    );
}
