//! Time travel with any programs: seek equals play, one big step equals many small ones, and a recording
//! replays, also through its JSON.

use std::sync::Arc;

use proptest::prelude::*;
use sqs_playground::sim::Span;
use sqs_playground::sqs::api::{Caller, ReceiveMessageRequest, Request};
use sqs_playground::timeline::{Recording, Timeline};
use sqs_playground::world::{
    ActorConfig, Ending, InputKind, NameChange, OutsideCall, OutsideEnd, OutsideStopWait,
    OutsideWait, Program, ProgramChange, RunningChange, World, check_invariants,
};

use crate::support::{actor_config, config, program, with_dead_letters};

fn spread() -> impl Strategy<Value = String> {
    prop_oneof![
        (0u64..3000).prop_map(|ms| ms.to_string()),
        (0u64..500, 500u64..6000)
            .prop_map(|(min, max)| format!(r#"{{"uniform":{{"min":{min},"max":{max}}}}}"#)),
        (0u64..2000).prop_map(|mean| format!(r#"{{"exponential":{{"mean":{mean}}}}}"#)),
    ]
}

/// The calls that make the queues.
fn queues() -> String {
    let standard = with_dead_letters(4, 3);
    let more = r#"{"CreateQueue":{"QueueName":"f.fifo","Attributes":{"FifoQueue":"true","VisibilityTimeout":"3"}}}"#;
    standard.replacen('[', &format!("[{more},"), 1)
}

/// A member that may be left out.
fn maybe(name: &'static str, range: std::ops::Range<u32>) -> impl Strategy<Value = String> {
    prop::option::of(range)
        .prop_map(move |value| value.map_or(String::new(), |value| format!(r#","{name}":{value}"#)))
}

/// The names of a world's queues; the last is not there.
fn queue() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["q", "q", "q", "f.fifo", "f.fifo", "dead", "nowhere"])
}

fn producer() -> impl Strategy<Value = String> {
    let members = (
        maybe("count", 1..60),
        maybe("batch_size", 1..11),
        maybe("delay_seconds", 0..5),
    );
    (queue(), spread(), members).prop_map(|(queue, pause, (count, batch, delay))| {
        let (group, delay) = if is_fifo(queue) {
            (
                r#","message_group_id":"{random:3}","message_deduplication_id":"{n%40}""#,
                String::new(),
            )
        } else {
            ("", delay)
        };
        format!(r#"{{"producer":{{"queue":"{queue}","pause_ms":{pause},"body":"{{n%5}} {{random:9}}"{count}{batch}{delay}{group}}}}}"#)
    })
}

fn is_fifo(queue: &str) -> bool {
    queue.ends_with(".fifo")
}

fn consumer() -> impl Strategy<Value = String> {
    let words = (
        prop::sample::select(vec!["delete", "delete_batch", "keep"]),
        prop::sample::select(vec!["leave", "retry_now"]),
        any::<bool>(),
        prop::sample::select(vec!["", r#","poison":{"body_contains":"3 "}"#]),
    );
    let numbers = (
        maybe("max_number_of_messages", 1..11),
        maybe("visibility_timeout", 0..6),
        maybe("wait_time_seconds", 0..21),
        maybe("concurrency", 1..11),
        maybe("heartbeat_seconds", 1..4),
        maybe("crash_percent", 0..101),
        maybe("restart_after_ms", 0..5000),
        maybe("stop_after_empty", 3..9),
    );
    (queue(), spread(), spread(), words, numbers).prop_map(|(queue, work, pause, words, numbers)| {
        let (after, failure, idempotent, poison) = words;
        let (a, b, c, d, e, f, g, h) = numbers;
        format!(
            r#"{{"consumer":{{"queue":"{queue}","work_ms":{work},"pause_ms":{pause},"after_work":"{after}","on_failure":"{failure}","idempotent":{idempotent}{poison}{a}{b}{c}{d}{e}{f}{g}{h}}}}}"#
        )
    })
}

fn lambda() -> impl Strategy<Value = String> {
    let numbers = (
        maybe("pollers", 1..8),
        maybe("maximum_concurrency", 2..5),
        maybe("function_concurrency", 0..4),
        1u32..30,
        1u32..20,
    );
    (queue(), spread(), any::<[bool; 3]>(), numbers).prop_map(
        |(queue, work, [report, idempotent, poison], (a, b, c, size, window))| {
            let poison = if poison { r#","poison":{"body_contains":"3 "}"# } else { "" };
            let batch = if is_fifo(queue) {
                format!(r#""batch_size":{}"#, size.min(10))
            } else {
                format!(r#""batch_size":{size},"batch_window_seconds":{window}"#)
            };
            format!(
                r#"{{"lambda":{{"queue":"{queue}","work_ms":{work},{batch},"report_batch_item_failures":{report},"idempotent":{idempotent}{poison}{a}{b}{c}}}}}"#
            )
        },
    )
}

fn any_program() -> impl Strategy<Value = Program> {
    let monitor =
        queue().prop_map(|queue| format!(r#"{{"monitor":{{"queue":"{queue}","pause_ms":1000}}}}"#));
    let text = prop_oneof![
        producer(),
        consumer(),
        consumer(),
        lambda(),
        lambda(),
        monitor,
        Just(r#"{"outside":{}}"#.to_owned()),
    ];
    text.prop_map(|text| program(&text))
}

#[derive(Clone, Debug)]
enum Deed {
    Wait(u64),
    SeekTo(u64),
    Add(Program),
    Edit(u32, Program),
    SetRunning(u32, bool),
    Rename(u32),
    Remove(u32),
    Poll(u32),
    Cancel,
    OutsideCall(u32, u64),
    OutsideWait(u32, u64),
    OutsideStopWait(u32, u32),
    OutsideEnd(u32, Ending),
}

fn ending() -> impl Strategy<Value = Ending> {
    prop::sample::select(vec![Ending::Finished, Ending::Failed, Ending::Killed])
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => (0u64..20_000).prop_map(Deed::Wait),
        1 => (0u64..=100).prop_map(Deed::SeekTo),
        1 => any_program().prop_map(Deed::Add),
        3 => (1u32..8, any_program()).prop_map(|(who, program)| Deed::Edit(who, program)),
        2 => (1u32..8, any::<bool>()).prop_map(|(who, running)| Deed::SetRunning(who, running)),
        1 => (1u32..8).prop_map(Deed::Rename),
        1 => (1u32..8).prop_map(Deed::Remove),
        2 => (1u32..20).prop_map(Deed::Poll),
        2 => Just(Deed::Cancel),
        6 => (1u32..8, 0u64..40_000).prop_map(|(who, timeout)| Deed::OutsideCall(who, timeout)),
        4 => (1u32..8, 0u64..9000).prop_map(|(who, ms)| Deed::OutsideWait(who, ms)),
        1 => (1u32..8, 0u32..3).prop_map(|(who, strand)| Deed::OutsideStopWait(who, strand)),
        1 => (1u32..8, ending()).prop_map(|(who, how)| Deed::OutsideEnd(who, how)),
    ]
}

fn receive(queue: &str, seconds: i64) -> Request {
    ReceiveMessageRequest {
        queue_url: Some(queue.into()),
        wait_time_seconds: Some(seconds),
        ..Default::default()
    }
    .into()
}

fn input(deed: Deed, world: &World) -> Option<InputKind> {
    Some(match deed {
        Deed::Wait(_) | Deed::SeekTo(_) => return None,
        Deed::Add(program) => InputKind::AddActor(ActorConfig {
            name: "added".into(),
            start_after_ms: 100,
            program,
        }),
        Deed::Edit(who, program) => InputKind::SetProgram(ProgramChange {
            caller: Caller(who),
            program,
        }),
        Deed::SetRunning(who, running) => InputKind::SetRunning(RunningChange {
            caller: Caller(who),
            running,
        }),
        Deed::Rename(who) => InputKind::RenameActor(NameChange {
            caller: Caller(who),
            name: "renamed".into(),
        }),
        Deed::Remove(who) => InputKind::RemoveActor(Caller(who)),
        Deed::Poll(seconds) => InputKind::Call(Arc::new(receive("q", seconds.into()))),
        Deed::OutsideCall(who, timeout) => InputKind::OutsideCall(OutsideCall {
            caller: Caller(who),
            request: Arc::new(receive("q", 15)),
            timeout_ms: (timeout > 0).then_some(timeout),
            line: None,
        }),
        Deed::OutsideWait(who, ms) => InputKind::OutsideWait(OutsideWait {
            caller: Caller(who),
            until: world.config().start + Span::from_ms(ms * 20),
        }),
        Deed::OutsideStopWait(who, strand) => InputKind::OutsideStopWait(OutsideStopWait {
            caller: Caller(who),
            strand,
        }),
        Deed::OutsideEnd(who, how) => InputKind::OutsideEnd(OutsideEnd {
            caller: Caller(who),
            how,
            why: None,
        }),
        // The last call that waits, whose ever it is.
        Deed::Cancel => InputKind::CancelCall(world.calls().last()?.id),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_runs_and_whatever_is_done_to_it_a_recording_replays(
        programs in prop::collection::vec(any_program(), 1..5),
        mode in prop::sample::select(vec!["strict", "aws-like", "chaos"]),
        seed in any::<u64>(),
        deeds in prop::collection::vec(deed(), 1..16),
    ) {
        let source = actor_config(("source", r#"{"producer":{"queue":"q","pause_ms":300,"body":"{n%5} "}}"#));
        let mut config = config(&queues(), &[]);
        config.seed = seed;
        config.mode = match mode {
            "strict" => sqs_playground::sqs::Mode::Strict,
            "chaos" => sqs_playground::sqs::Mode::Chaos,
            _ => sqs_playground::sqs::Mode::AwsLike,
        };
        let actors = programs.into_iter().map(|program| ActorConfig {
            name: "any".into(),
            start_after_ms: 0,
            program,
        });
        config.actors = std::iter::once(source).chain(actors).collect();
        let mut live = Timeline::new(Recording::new(config));
        for deed in deeds {
            match deed {
                Deed::Wait(ms) => { live.advance(live.now() + Span::from_ms(ms), usize::MAX); }
                Deed::SeekTo(part) => {
                    let known = live.horizon().since(live.start()).as_ms();
                    live.seek(live.start() + Span::from_ms(known * part / 100), usize::MAX);
                }
                deed => {
                    // What an input left to do at its own instant comes before the next.
                    live.advance(live.now(), usize::MAX);
                    let before = live.world().digest();
                    let Some(kind) = input(deed, live.world()) else {
                        continue;
                    };
                    if live.act(kind).is_err() {
                        prop_assert_eq!(live.world().digest(), before);
                    }
                }
            }
            prop_assert_eq!(check_invariants(live.world()), Ok(()));
        }
        live.advance(live.now(), usize::MAX);
        let json = live.recording().to_json();
        let read = Recording::from_json(&json).expect("it was just written");
        prop_assert_eq!(&read, live.recording());
        // One big step, and many small ones.
        let mut replayed = Timeline::new(read.clone());
        replayed.seek(live.now(), usize::MAX);
        prop_assert_eq!(replayed.world().digest(), live.world().digest());
        let mut small = Timeline::new(read);
        while small.now() < live.now() {
            let next = (small.now() + Span::from_ms(777)).min(live.now());
            small.advance(next, usize::MAX);
        }
        prop_assert_eq!(small.world().digest(), live.world().digest());
    }
}
