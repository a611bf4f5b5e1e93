//! Outside programs: time waits for them, their run is the same at any speed, and it replays without them.

use std::sync::Arc;

use proptest::prelude::*;
use sqs_playground::json::{AsMember, compact};
use sqs_playground::sim::{Span, Time};
use sqs_playground::sqs::api::{
    CallId, Caller, DeleteMessageRequest, ReceiveMessageRequest, Request, Response,
    SendMessageRequest,
};
use sqs_playground::timeline::{Gate, Passage, Recording, Timeline};
use sqs_playground::world::{
    Activity, ActorConfig, Ending, EventKind, HandOver, Handed, InputKind, OutsideCall, OutsideEnd,
    OutsideStopWait, OutsideWait, Program, Rejection, RunningChange, SourceLine, check_invariants,
};

use crate::support::{ONE_QUEUE, Stage, config};

/// What a simulated outside program does when it is handed something, before it is quiet again.
enum Deed {
    Call(Request),
    Sleep(u64),
    End(Ending),
}

/// A simulated outside program.
type Behaviour = Box<dyn FnMut(&Handed) -> Vec<Deed>>;

struct Outsider {
    caller: Caller,
    behaviour: Behaviour,
    /// What it still does before it is quiet.
    deeds: Vec<Deed>,
}

/// A run with outside programs.
struct Run {
    timeline: Timeline,
    gate: Gate,
    outsiders: Vec<Outsider>,
    /// What was handed over, in order.
    handed: Vec<(Time, Caller, Handed)>,
}

fn send(body: String) -> Request {
    SendMessageRequest {
        queue_url: Some("q".into()),
        message_body: Some(body.into()),
        ..Default::default()
    }
    .into()
}

fn poll(seconds: i64) -> Request {
    ReceiveMessageRequest {
        queue_url: Some("q".into()),
        wait_time_seconds: Some(seconds),
        ..Default::default()
    }
    .into()
}

fn delete(receipt_handle: &str) -> Request {
    DeleteMessageRequest {
        queue_url: Some("q".into()),
        receipt_handle: Some(receipt_handle.into()),
    }
    .into()
}

/// Sends so many messages, with a sleep after each, and ends.
fn producer(count: u32, sleep_ms: u64) -> Behaviour {
    let mut sent = 0;
    Box::new(move |handed| match handed {
        Handed::Reply { .. } => vec![Deed::Sleep(sleep_ms)],
        Handed::Start | Handed::Wake { .. } if sent < count => {
            sent += 1;
            vec![Deed::Call(send(format!("message {sent}")))]
        }
        Handed::Start | Handed::Wake { .. } | Handed::Timeout { .. } => {
            vec![Deed::End(Ending::Finished)]
        }
    })
}

/// Polls, works for a time, deletes, and so on for ever.
fn consumer(work_ms: u64) -> Behaviour {
    let mut handle = None;
    Box::new(move |handed| match handed {
        Handed::Reply { result, .. } => match result.as_ref() {
            Ok(Response::ReceiveMessage(response)) if !response.messages.is_empty() => {
                handle = Some(response.messages[0].receipt_handle.clone());
                vec![Deed::Sleep(work_ms)]
            }
            _ => vec![Deed::Call(poll(10))],
        },
        Handed::Wake { .. } => {
            let handle = handle.take().expect("it sleeps only with a message");
            vec![Deed::Call(delete(&handle))]
        }
        Handed::Start | Handed::Timeout { .. } => vec![Deed::Call(poll(10))],
    })
}

fn outside(name: &str) -> InputKind {
    InputKind::AddActor(ActorConfig {
        name: name.into(),
        start_after_ms: 0,
        program: Program::Outside(Default::default()),
    })
}

impl Run {
    fn new(seed: u64) -> Self {
        let mut config = config(ONE_QUEUE, &[]);
        (config.seed, config.network.latency_ms_max) = (seed, 40);
        Self {
            timeline: Timeline::new(Recording::new(config)),
            gate: Gate::default(),
            outsiders: Vec::new(),
            handed: Vec::new(),
        }
    }

    fn start(&mut self, name: &str, behaviour: Behaviour) -> Caller {
        let acted = self.timeline.act(outside(name)).expect("there is room");
        self.gate.take_in(acted.effects);
        let newest = self.timeline.world().actors().last();
        let caller = newest.expect("it was just added").caller();
        self.gate.admit(caller);
        self.outsiders.push(Outsider {
            caller,
            behaviour,
            deeds: Vec::new(),
        });
        caller
    }

    fn at(&self, ms: u64) -> Time {
        self.timeline.start() + Span::from_ms(ms)
    }

    fn take(&mut self, handing: HandOver) {
        let HandOver { caller, handed, .. } = handing;
        let mut outsiders = self.outsiders.iter_mut();
        let outsider = outsiders.find(|outsider| outsider.caller == caller);
        let outsider = outsider.expect("only who is behind the gate is handed something");
        assert!(outsider.deeds.is_empty(), "it was quiet");
        outsider.deeds = (outsider.behaviour)(&handed);
        outsider.deeds.reverse();
        self.handed.push((self.timeline.now(), caller, handed));
    }

    /// The program does the next thing, or is quiet.
    fn work(&mut self, caller: Caller) {
        let mut outsiders = self.outsiders.iter_mut();
        let outsider = outsiders.find(|outsider| outsider.caller == caller);
        let deed = outsider.and_then(|outsider| outsider.deeds.pop());
        let kind = match deed {
            None => return self.gate.set_quiet(caller, true),
            Some(Deed::Call(request)) => InputKind::OutsideCall(OutsideCall {
                caller,
                request: Arc::new(request),
                ..Default::default()
            }),
            Some(Deed::Sleep(ms)) => InputKind::OutsideWait(OutsideWait {
                caller,
                until: self.timeline.now() + Span::from_ms(ms),
            }),
            Some(Deed::End(how)) => {
                self.gate.dismiss(caller);
                InputKind::OutsideEnd(OutsideEnd {
                    caller,
                    how,
                    why: None,
                })
            }
        };
        self.timeline.to_edge(&mut self.gate);
        let acted = self.timeline.act_from_outside(kind);
        let effects = acted.expect("it makes sense").effects;
        self.gate.take_in(effects);
        assert_eq!(check_invariants(self.timeline.world()), Ok(()));
    }

    /// Plays on in such steps of time and such budgets, while programs that are at work take so many
    /// turns for each thing that they do.
    fn play_to(&mut self, ms: u64, step_ms: u64, budget: usize, slowness: u32) {
        let end = self.at(ms);
        let mut waited = 0;
        while self.timeline.now() < end || self.gate.busy().is_some() {
            let until = (self.timeline.now() + Span::from_ms(step_ms)).min(end);
            match self.timeline.pass(until, budget, &mut self.gate) {
                Passage::Handed(handing) => self.take(handing),
                Passage::Reached | Passage::Stopped | Passage::Busy(_) => {}
            }
            if let Some(caller) = self.gate.busy() {
                waited += 1;
                if waited > slowness {
                    waited = 0;
                    self.work(caller);
                }
            }
            assert_eq!(check_invariants(self.timeline.world()), Ok(()));
        }
    }

    fn json(&self) -> String {
        self.timeline.recording().to_json()
    }
}

/// Two producers whose sleeps end at the same instants, and a consumer.
fn three(seed: u64) -> Run {
    let mut run = Run::new(seed);
    run.start("slow.py", producer(20, 1500));
    run.start("fast.py", producer(30, 500));
    run.start("worker.py", consumer(800));
    run
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_run_is_the_same_at_any_speed_and_replays_without_the_programs(
        seed in 0u64..4,
        step_ms in prop_oneof![1u64..50, 50u64..70_000],
        budget in prop_oneof![1usize..5, Just(4000usize)],
        slowness in 0u32..4,
    ) {
        let mut plain = three(seed);
        plain.play_to(60_000, 60_000, usize::MAX, 0);
        let mut run = three(seed);
        run.play_to(60_000, step_ms, budget, slowness);
        prop_assert_eq!(run.json(), plain.json());
        prop_assert_eq!(&run.handed, &plain.handed);
        let (live, digest) = (&run.timeline, run.timeline.world().digest());
        // The recording alone leads to the same, in its world and in its log.
        let read = Recording::from_json(&run.json()).expect("it was just written");
        let mut replayed = Timeline::new(read);
        replayed.advance(live.now(), usize::MAX);
        prop_assert_eq!(replayed.world().digest(), digest);
        let events = |timeline: &Timeline| -> Vec<_> {
            timeline.log().before(u64::MAX).cloned().collect()
        };
        prop_assert_eq!(events(&replayed), events(live));
        prop_assert_eq!(replayed.call_counts(), live.call_counts());
    }
}

#[test]
fn a_producer_and_a_consumer_get_their_work_done() {
    let mut run = three(1);
    run.play_to(60_000, 60_000, usize::MAX, 0);
    let world = run.timeline.world();
    let actors: Vec<_> = world.actors().collect();
    assert_eq!(
        actors.iter().map(|a| a.tally().sent).collect::<Vec<_>>(),
        [20, 30, 0]
    );
    assert_eq!(*actors[0].activity(), Activity::Finished);
    let tally = actors[2].tally();
    assert_eq!((tally.received, tally.deleted, tally.errors), (50, 50, 0));
    assert!(matches!(actors[2].activity(), Activity::Calling { .. }));
    // The stage draws a wire to what it has called.
    assert_eq!(actors[2].program().queues(), ["q"]);
}

#[test]
fn those_who_are_woken_at_one_instant_come_one_after_the_other() {
    let mut run = Run::new(1);
    let sleeper = || -> Behaviour { Box::new(|_| vec![Deed::Sleep(1000), Deed::Sleep(1000)]) };
    let (a, b) = (run.start("a", sleeper()), run.start("b", sleeper()));
    run.play_to(999, 100, usize::MAX, 2);
    assert_eq!(run.handed.len(), 2, "their starts");
    let at = run.at(5000);
    let next = |run: &mut Run| run.timeline.pass(at, usize::MAX, &mut run.gate);
    let Passage::Handed(first) = next(&mut run) else {
        panic!("somebody is woken");
    };
    assert_eq!((first.caller, run.timeline.now()), (a, run.at(1000)));
    // Nothing happens before it is quiet.
    assert_eq!(next(&mut run), Passage::Busy(a));
    run.gate.set_quiet(a, true);
    for (caller, strand) in [(a, 1), (b, 0), (b, 1)] {
        let Passage::Handed(handing) = next(&mut run) else {
            panic!("the next is woken");
        };
        let woken = (handing.caller, handing.handed);
        assert_eq!(woken, (caller, Handed::Wake { strand }));
        assert_eq!(run.timeline.now(), run.at(1000));
        run.gate.set_quiet(caller, true);
    }
    // Nobody waits for anything any more.
    assert_eq!(next(&mut run), Passage::Reached);
    let mut actors = run.timeline.world().actors();
    assert!(actors.all(|actor| *actor.activity() == Activity::Idle));
}

#[test]
fn one_can_look_back_while_programs_run_and_goes_on_at_the_edge() {
    let mut plain = three(2);
    plain.play_to(30_000, 30_000, usize::MAX, 0);
    let mut run = three(2);
    for (to_ms, back_ms) in [(5000, 0), (9000, 8999), (20_000, 3000), (20_001, 20_000)] {
        run.play_to(to_ms, 700, usize::MAX, 1);
        let (handed, json) = (run.handed.len(), run.json());
        let back = run.at(back_ms);
        let passage = run.timeline.travel(back, usize::MAX, &mut run.gate);
        assert_eq!((passage, run.timeline.now()), (Passage::Reached, back));
        assert_eq!((run.handed.len(), run.json()), (handed, json));
    }
    run.play_to(30_000, 300, 7, 0);
    assert_eq!(run.json(), plain.json());
    assert_eq!(run.handed, plain.handed);
}

#[test]
fn what_a_program_did_is_undone_with_its_start() {
    let mut run = Run::new(3);
    run.play_to(1000, 1000, usize::MAX, 0);
    run.start("p.py", producer(5, 300));
    run.play_to(10_000, 10_000, usize::MAX, 0);
    assert_eq!(run.timeline.undo_and_redo_counts(), (1, 0));
    let (json, digest) = (run.json(), run.timeline.world().digest());
    let end = run.timeline.now();
    run.timeline.undo().expect("the start was an action");
    assert_eq!(run.timeline.recording().inputs.len(), 0);
    run.timeline.redo();
    run.timeline.seek(end, usize::MAX);
    assert_eq!((run.json(), run.timeline.world().digest()), (json, digest));
}

/// A stage with an outside program that was started.
fn outsider() -> (Stage, Caller) {
    let mut stage = Stage::new(ONE_QUEUE, &[]);
    stage.act(outside("app.py")).expect("there is room");
    let caller = stage.actor("app.py").caller();
    stage.play_to(100);
    (stage, caller)
}

fn call(caller: Caller, request: Request) -> OutsideCall {
    OutsideCall {
        caller,
        request: Arc::new(request),
        ..Default::default()
    }
}

fn made(stage: &mut Stage, asked: OutsideCall) -> CallId {
    let acted = stage.timeline.act(InputKind::OutsideCall(asked));
    acted.expect("it makes sense").call.expect("it is a call")
}

fn dropped(stage: &Stage) -> Vec<(Time, CallId)> {
    stage.events(|kind| {
        if let EventKind::CallDropped { call, .. } = kind {
            Some(*call)
        } else {
            None
        }
    })
}

#[test]
fn a_call_without_an_answer_is_given_up_after_its_timeout() {
    let (mut stage, caller) = outsider();
    let patient = made(&mut stage, call(caller, poll(20)));
    let asked = OutsideCall {
        timeout_ms: Some(5000),
        ..call(caller, poll(20))
    };
    let hasty = made(&mut stage, asked);
    let mut gate = Gate::default();
    gate.admit(caller);
    let end = stage.at(60_000);
    let mut seen = Vec::new();
    loop {
        match stage.timeline.pass(end, usize::MAX, &mut gate) {
            Passage::Handed(handing) => {
                seen.push((stage.timeline.now(), handing.handed));
                gate.set_quiet(caller, true);
            }
            Passage::Reached => break,
            other @ (Passage::Stopped | Passage::Busy(_)) => panic!("{other:?}"),
        }
    }
    assert_eq!(seen[0], (stage.at(5100), Handed::Timeout { call: hasty }));
    let (at, Handed::Reply { call, .. }) = &seen[1] else {
        panic!("the other is answered: {seen:?}");
    };
    assert_eq!((*at, *call), (stage.at(20_120), patient));
    assert_eq!(seen.len(), 2);
    assert_eq!(dropped(&stage), [(stage.at(5100), hasty)]);
    assert_eq!(stage.tally("app.py").empty_receives, 1);
}

#[test]
fn calls_and_sleeps_are_given_up_by_hand_and_with_the_end() {
    let (mut stage, caller) = outsider();
    let (first, second) = (
        made(&mut stage, call(caller, poll(20))),
        made(&mut stage, call(caller, poll(20))),
    );
    let until = stage.at(9000);
    let wait = InputKind::OutsideWait(OutsideWait { caller, until });
    stage.act(wait).expect("it runs");
    assert_eq!(stage.actor("app.py").strands().count(), 3);
    stage.play_to(1000);
    stage.act(InputKind::CancelCall(first)).expect("it waits");
    let stop = |strand| InputKind::OutsideStopWait(OutsideStopWait { caller, strand });
    for strand in [0, 1, 3, u32::MAX] {
        assert_eq!(
            stage.act(stop(strand)),
            Err(Rejection::NoSuchWait(strand)),
            "it does not sleep"
        );
    }
    stage.act(stop(2)).expect("it sleeps");
    assert_eq!(
        stage.actor("app.py").strands().count(),
        2,
        "the second waits"
    );
    assert_eq!(dropped(&stage), [(stage.at(1000), first)]);
    let end = InputKind::OutsideEnd(OutsideEnd {
        caller,
        how: Ending::Failed,
        why: Some("KeyError: 'Messages'".into()),
    });
    stage.act(end.clone()).expect("it runs");
    assert_eq!(dropped(&stage)[1..], [(stage.at(1000), second)]);
    assert_eq!(stage.queue("q").waiters().count(), 0);
    let Activity::Ended { how, why } = stage.actor("app.py").activity() else {
        panic!("it has ended");
    };
    assert_eq!((*how, &**why), (Ending::Failed, "KeyError: 'Messages'"));
    // Nothing more comes of it.
    let wait = InputKind::OutsideWait(OutsideWait { caller, until });
    let again = InputKind::OutsideCall(call(caller, poll(0)));
    for kind in [end, wait, again, stop(0)] {
        assert_eq!(stage.act(kind), Err(Rejection::NotOutside(caller)));
    }
    assert!(stage.timeline.world().is_at_rest());
}

#[test]
fn inputs_of_outside_programs_keep_their_limits() {
    let (mut stage, caller) = outsider();
    let until = Time::MAX;
    for _ in 0..256 {
        let wait = InputKind::OutsideWait(OutsideWait { caller, until });
        stage.act(wait).expect("there is room");
    }
    let before = stage.timeline.world().digest();
    let long = "x".repeat(501);
    let line = SourceLine {
        file: Some(long.clone()),
        line: 1,
    };
    let hostile = [
        InputKind::OutsideWait(OutsideWait { caller, until }),
        InputKind::OutsideCall(call(caller, poll(0))),
        InputKind::OutsideCall(OutsideCall {
            line: Some(line),
            ..call(caller, poll(0))
        }),
        InputKind::OutsideEnd(OutsideEnd {
            caller,
            how: Ending::Failed,
            why: Some(long),
        }),
        InputKind::OutsideCall(call(Caller(9), poll(0))),
        InputKind::OutsideCall(call(Caller::PERSON, poll(0))),
    ];
    for kind in hostile {
        stage.act(kind).expect_err("it breaks a limit");
    }
    assert_eq!(stage.timeline.world().digest(), before);
    // The longest sleep is long, but no overflow.
    assert!(
        stage
            .timeline
            .next_instant()
            .is_some_and(|at| at < Time::MAX)
    );
}

#[test]
fn the_end_of_a_sleep_and_an_answer_wait_for_who_is_paused() {
    let (mut stage, caller) = outsider();
    let id = made(&mut stage, call(caller, send("a".into())));
    let until = stage.at(2000);
    let wait = InputKind::OutsideWait(OutsideWait { caller, until });
    stage.act(wait).expect("it runs");
    let mut gate = Gate::default();
    gate.admit(caller);
    let run = |running| InputKind::SetRunning(RunningChange { caller, running });
    stage.act(run(false)).expect("it is there");
    let end = stage.at(5000);
    assert_eq!(
        stage.timeline.pass(end, usize::MAX, &mut gate),
        Passage::Reached
    );
    assert_eq!(check_invariants(stage.timeline.world()), Ok(()));
    stage.act(run(true)).expect("it is there");
    let mut seen = Vec::new();
    while let Passage::Handed(handing) = stage.timeline.pass(end, usize::MAX, &mut gate) {
        seen.push(handing.handed);
        gate.set_quiet(caller, true);
    }
    assert!(matches!(seen[0], Handed::Wake { strand: 1 }), "{seen:?}");
    assert!(matches!(seen[1], Handed::Reply { call, .. } if call == id));
    assert_eq!(seen.len(), 2);
    assert_eq!(stage.counts("q"), [0, 1, 0]);
}

#[test]
fn a_call_tells_the_line_that_it_came_from() {
    let (mut stage, caller) = outsider();
    let line = SourceLine {
        file: Some("helpers.py".into()),
        line: 12,
    };
    let asked = OutsideCall {
        line: Some(line.clone()),
        ..call(caller, send("a".into()))
    };
    let text = compact(&InputKind::OutsideCall(asked.clone()).member());
    assert!(
        text.ends_with(r#""line":{"file":"helpers.py","line":12}}}"#),
        "{text}"
    );
    let id = made(&mut stage, asked);
    let record = stage.timeline.log().call(id, u64::MAX);
    let EventKind::CallSent { line: told, .. } = &record.expect("it was made").sent.kind else {
        panic!("a call begins with its sending");
    };
    assert_eq!(told.as_deref(), Some(&line));
}
