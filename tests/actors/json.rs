//! Programs and inputs as JSON: what is read is what was written, and what makes no sense is refused.

use sqs_playground::json::{self, AsMember, Misfit, compact};
use sqs_playground::sqs::api::Caller;
use sqs_playground::timeline::Recording;
use sqs_playground::world::{InputKind, Program, ProgramChange, Rejection};

use crate::support::{ONE_QUEUE, Stage, actor_config, program};

fn read(text: &str) -> Result<Program, Misfit> {
    let mut program = Program::default();
    let value = json::parse(text).expect("it is JSON");
    json::fill(program.place(), value).map(|()| program)
}

#[test]
fn programs_are_written_as_they_are_read() {
    for text in [
        r#"{"producer":{"queue":"q","count":5,"start":3,"pause_ms":{"exponential":{"mean":250}},"body":"","bodies":["a","b"],"batch_size":10,"message_group_id":"{random:3}"}}"#,
        r#"{"consumer":{"queue":"q","work_ms":{"uniform":{"min":5,"max":9}},"after_work":"delete_batch","pause_ms":0,"concurrency":3,"idempotent":true,"heartbeat_seconds":4,"heartbeat_extends_seconds":9,"crash_percent":5,"restart_after_ms":0,"poison":{"message_attribute":{"name":"a","value":"b"}},"on_failure":"retry_now"}}"#,
        r#"{"lambda":{"queue":"q","pollers":7,"batch_size":10000,"batch_window_seconds":300,"maximum_concurrency":1000,"function_concurrency":0,"work_ms":1,"poison":{"body_contains":"x"},"report_batch_item_failures":true,"idempotent":true}}"#,
    ] {
        let program = read(text).expect("it fits");
        assert_eq!(program.check(), Ok(()));
        assert_eq!(compact(&program.member()), text);
    }
}

#[test]
fn what_is_left_out_means_what_it_always_meant() {
    let text = r#"{"consumer":{"queue":"q","work_ms":5,"after_work":"keep"}}"#;
    let Ok(Program::Consumer(consumer)) = read(text) else {
        panic!("it is a consumer");
    };
    let monitor = read(r#"{"monitor":{"queue":"q"}}"#).expect("it fits");
    let written = r#"{"monitor":{"queue":"q","pause_ms":1000}}"#;
    assert_eq!(compact(&monitor.member()), written);
    assert_eq!(Program::Consumer(consumer.clone()).strands(), 1);
    assert!(!consumer.idempotent && consumer.poison.is_none() && consumer.pause_ms.is_zero());
}

#[test]
fn misfits_say_what_and_where() {
    for (text, says) in [
        (
            r#"{"consumer":{"queue":"q","after_work":"delete","work_ms":"5"}}"#,
            "expected a number or an object in consumer.work_ms",
        ),
        (
            r#"{"consumer":{"queue":"q","after_work":"delete","work_ms":-5}}"#,
            "the number -5 does not fit in consumer.work_ms",
        ),
        (
            r#"{"consumer":{"queue":"q","after_work":"delete","work_ms":{"normal":{}}}}"#,
            "unknown field `normal` in consumer.work_ms",
        ),
        (
            r#"{"consumer":{"queue":"q","after_work":"delete","work_ms":{"uniform":{"min":1}}}}"#,
            "missing field `max` in consumer.work_ms.uniform",
        ),
        (
            r#"{"consumer":{"queue":"q","after_work":"delete","poison":{}}}"#,
            "expected exactly one field in consumer.poison",
        ),
        (
            r#"{"consumer":{"queue":"q","after_work":"delete","on_failure":"weep"}}"#,
            "unknown word `weep` in consumer.on_failure",
        ),
        (
            r#"{"producer":{"queue":"q","pause_ms":0,"batch_size":4294967296}}"#,
            "the number 4294967296 does not fit in producer.batch_size",
        ),
        (r#"{"lambda":{}}"#, "missing field `queue` in lambda"),
    ] {
        let misfit = read(text).expect_err(text);
        assert_eq!(misfit.to_string(), says, "{text}");
    }
}

/// Programs that break a limit, and which.
const HOSTILE: [(&str, &str); 17] = [
    (
        r#"{"producer":{"queue":"q","pause_ms":2592000001}}"#,
        "pause_ms must be from 0 to 2592000000",
    ),
    (
        r#"{"producer":{"queue":"q","pause_ms":{"exponential":{"mean":18446744073709551615}}}}"#,
        "pause_ms must be from 0 to 2592000000",
    ),
    (
        r#"{"producer":{"queue":"q","pause_ms":{"uniform":{"min":5,"max":4}}}}"#,
        "pause_ms must be from 0 to 4",
    ),
    (
        r#"{"producer":{"queue":"q","pause_ms":{"uniform":{"min":5,"max":18446744073709551615}}}}"#,
        "pause_ms must be from 5 to 2592000000",
    ),
    (
        r#"{"producer":{"queue":"q","pause_ms":0,"batch_size":0}}"#,
        "batch_size must be from 1 to 10",
    ),
    (
        r#"{"producer":{"queue":"q","pause_ms":0,"batch_size":11}}"#,
        "batch_size must be from 1 to 10",
    ),
    (
        r#"{"consumer":{"queue":"q","after_work":"keep","concurrency":0}}"#,
        "concurrency must be from 1 to 10",
    ),
    (
        r#"{"consumer":{"queue":"q","after_work":"keep","concurrency":4294967295}}"#,
        "concurrency must be from 1 to 10",
    ),
    (
        r#"{"consumer":{"queue":"q","after_work":"keep","crash_percent":101}}"#,
        "crash_percent must be from 0 to 100",
    ),
    (
        r#"{"consumer":{"queue":"q","after_work":"keep","heartbeat_seconds":0}}"#,
        "heartbeat_seconds must be from 1 to 43200",
    ),
    (
        r#"{"consumer":{"queue":"q","after_work":"keep","restart_after_ms":18446744073709551615}}"#,
        "restart_after_ms must be from 0 to 2592000000",
    ),
    (
        r#"{"lambda":{"queue":"q","pollers":101}}"#,
        "pollers must be from 1 to 100",
    ),
    (
        r#"{"lambda":{"queue":"q","maximum_concurrency":1}}"#,
        "maximum_concurrency must be from 2 to 1000",
    ),
    (
        r#"{"lambda":{"queue":"q","batch_size":10001}}"#,
        "batch_size must be from 1 to 10000",
    ),
    (
        r#"{"lambda":{"queue":"q","batch_size":11}}"#,
        "batch_window_seconds must be from 1 to 300",
    ),
    (
        r#"{"lambda":{"queue":"q.fifo","batch_size":11}}"#,
        "batch_size must be from 1 to 10",
    ),
    (
        r#"{"lambda":{"queue":"q.fifo","batch_window_seconds":1}}"#,
        "batch_window_seconds must be from 0 to 0",
    ),
];

#[test]
fn hostile_numbers_are_refused_and_change_nothing() {
    let tame = [
        ("producer", r#"{"producer":{"queue":"q","pause_ms":100}}"#),
        (
            "consumer",
            r#"{"consumer":{"queue":"q","after_work":"delete"}}"#,
        ),
        ("lambda", r#"{"lambda":{"queue":"q"}}"#),
    ];
    let mut stage = Stage::new(ONE_QUEUE, &tame);
    stage.play_to(1500);
    let before = stage.timeline.world().digest();
    for (text, says) in HOSTILE {
        let error = program(text).check().expect_err(text);
        assert_eq!(error.to_string(), says, "{text}");
        let kind = text.split('"').nth(1).expect("its kind comes first");
        let change = ProgramChange {
            caller: stage.actor(kind).caller(),
            program: program(text),
        };
        for input in [
            InputKind::AddActor(actor_config(("hostile", text))),
            InputKind::SetProgram(change),
        ] {
            let refused = stage.act(input);
            assert_eq!(refused, Err(Rejection::Config(error.clone())), "{text}");
        }
        let mut recording = stage.timeline.recording().clone();
        recording
            .config
            .actors
            .push(actor_config(("hostile", text)));
        let read = Recording::from_json(&recording.to_json()).expect_err(text);
        assert_eq!(read.to_string(), says);
    }
    assert_eq!(stage.timeline.world().digest(), before);
}

#[test]
fn nobody_can_be_acted_on_who_is_not_there() {
    let mut stage = Stage::new(ONE_QUEUE, &[]);
    for number in [0, 1, u32::MAX] {
        let refused = stage.act(InputKind::RemoveActor(Caller(number)));
        assert_eq!(refused, Err(Rejection::NoSuchActor(Caller(number))));
    }
}

#[test]
fn every_input_is_written_as_it_is_read() {
    for text in [
        r#"{"SetRunning":{"caller":3,"running":false}}"#,
        r#"{"RenameActor":{"caller":3,"name":"orders"}}"#,
        r#"{"RemoveActor":3}"#,
        r#"{"CancelCall":3}"#,
        r#"{"OutsideCall":{"caller":3,"request":{"ListQueues":{}},"timeout_ms":5,"line":{"line":7}}}"#,
        r#"{"OutsideWait":{"caller":3,"until":7}}"#,
        r#"{"OutsideStopWait":{"caller":3,"strand":1}}"#,
        r#"{"OutsideEnd":{"caller":3,"how":"failed","why":"because"}}"#,
    ] {
        let mut input = InputKind::default();
        let value = json::parse(text).expect("it is JSON");
        json::fill(input.place(), value).expect("it is an input");
        assert_eq!(compact(&input.member()), text);
    }
}

#[test]
fn the_largest_numbers_that_are_allowed_do_no_harm() {
    let actors = [
        (
            "producer",
            r#"{"producer":{"queue":"q","count":4294967295,"start":4294967295,"pause_ms":{"exponential":{"mean":2592000000}},"batch_size":10,"body":"{n%4294967295}{random:4294967295}"}}"#,
        ),
        (
            "consumer",
            r#"{"consumer":{"queue":"q","after_work":"delete_batch","concurrency":10,"work_ms":{"uniform":{"min":0,"max":2592000000}},"crash_percent":100,"heartbeat_seconds":1,"heartbeat_extends_seconds":9223372036854775807,"max_number_of_messages":-9223372036854775808,"stop_after_empty":4294967295}}"#,
        ),
        (
            "lambda",
            r#"{"lambda":{"queue":"q","pollers":100,"batch_size":10000,"batch_window_seconds":300,"function_concurrency":1000,"work_ms":{"exponential":{"mean":2592000000}}}}"#,
        ),
    ];
    let mut stage = Stage::new(ONE_QUEUE, &actors);
    stage.play_to(100_000);
    // All ten messages have the largest number, which nobody can tell apart: names of entries must differ.
    assert_eq!(
        (
            stage.tally("producer").sent,
            stage.tally("producer").errors > 0
        ),
        (0, true)
    );
    assert!(stage.tally("lambda").receives > 0);
}
