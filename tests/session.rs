//! The page's session: time that a person moves, and changes that are taken back.
#![cfg(feature = "page")]

use sqs_playground::sim::{Span, Time};
use sqs_playground::sqs::api::{
    CreateQueueRequest, ReceiveMessageRequest, Request, SendMessageRequest,
};
use sqs_playground::timeline::{Change, Recording, Timeline};
use sqs_playground::ui::playback::Speed;
use sqs_playground::ui::session::{
    Action, FigureName, Form, HandCall, Notice, Opening, Selection, Session, Side,
};
use sqs_playground::world::{
    ActorConfig, Config, NameChange, Program, ProgramChange, RunningChange, Spread,
};

fn open(id: &str) -> Session {
    let mut session = Session::new();
    session.apply(Action::open_scenario(id).expect("the library has it"));
    session
}

fn after(session: &Session, seconds: u64) -> Time {
    session.start() + Span::from_secs(seconds)
}

/// Lets frames pass until the session stands still, and tells how many it took.
fn frames_until_it_stands(session: &mut Session) -> usize {
    for frame in 0..100_000 {
        if !session.is_playing() && session.seeking().is_none() {
            return frame;
        }
        session.apply(Action::Frame { wall_ms: 16.0 });
    }
    panic!("it does not come to stand");
}

fn send(session: &mut Session, queue: &str) {
    let request: Request = SendMessageRequest {
        queue_url: Some(queue.into()),
        message_body: Some("by hand".into()),
        ..Default::default()
    }
    .into();
    let form = Form::Send;
    session.apply(Action::ByHand { form, request });
}

#[test]
fn a_world_runs_until_only_polls_happen() {
    let mut session = open("slow-and-fast");
    session.apply(Action::RunUntilRest);
    assert!(session.is_playing() || session.notice().is_some());
    frames_until_it_stands(&mut session);
    assert!(session.world().is_at_rest());
    assert_eq!(session.notice(), Some(&Notice::AtRest));
    let queue = session.world().queues().next().expect("there is a queue");
    assert_eq!(queue.counts().visible + queue.counts().in_flight, 0);
    // Just before, it was not at rest.
    let at = session.now();
    session.apply(Action::StepBack);
    assert!(session.now() < at && !session.world().is_at_rest());
}

#[test]
fn a_run_to_rest_can_be_stopped_and_a_world_without_programs_rests() {
    let mut session = open("slow-and-fast");
    session.apply(Action::RunUntilRest);
    session.apply(Action::Pause);
    let now = session.now();
    session.apply(Action::Frame { wall_ms: 16.0 });
    assert_eq!((session.now(), session.is_playing()), (now, false));
    session.apply(Action::OpenEmpty { seed: 1 });
    session.apply(Action::RunUntilRest);
    assert_eq!(session.notice(), Some(&Notice::AtRest));
    assert_eq!(session.now(), session.start());
}

#[test]
fn what_never_rests_is_given_up_in_the_end() {
    let world = open("slow-and-fast").world().config().clone();
    let mut world = Config { seed: 3, ..world };
    for actor in &mut world.actors {
        match &mut actor.program {
            Program::Producer(producer) => {
                (producer.count, producer.pause_ms) = (None, Spread::Fixed(86_400_000));
            }
            Program::Consumer(consumer) => consumer.pause_ms = Spread::Fixed(3_600_000),
            Program::Monitor(monitor) => monitor.pause_ms = 3_600_000,
            Program::Lambda(_) | Program::Script(_) | Program::Outside(_) => {}
        }
    }
    let mut session = Session::new();
    let recording = Recording::new(world);
    session.apply(Action::Open(Box::new(Opening {
        at: recording.config.start,
        recording,
        scenario: None,
        place: None,
    })));
    session.apply(Action::RunUntilRest);
    frames_until_it_stands(&mut session);
    let thirty_days = Span::from_secs(30 * 86_400);
    assert_eq!(session.notice(), Some(&Notice::NeverRests(thirty_days)));
    assert!(session.now() >= session.start() + thirty_days);
}

#[test]
fn the_cut_future_is_one_undo_away_and_is_known_again() {
    let mut session = open("slow-and-fast");
    let (end, at) = (after(&session, 120), after(&session, 40));
    session.apply(Action::Seek(end));
    frames_until_it_stands(&mut session);
    let (events, digest) = (session.timeline().log().len(), session.world().digest());
    session.apply(Action::Seek(at));
    frames_until_it_stands(&mut session);
    let queue = session
        .world()
        .queues()
        .next()
        .expect("one")
        .name()
        .to_string();
    send(&mut session, &queue);
    assert_eq!(session.notice(), Some(&Notice::FutureCut));
    assert_eq!(session.undo_and_redo_counts(), (1, 0));

    session.apply(Action::Undo);
    frames_until_it_stands(&mut session);
    assert_eq!(
        (session.now(), session.undo_and_redo_counts()),
        (at, (0, 1))
    );
    assert_eq!(session.timeline().horizon(), end);
    assert_eq!(
        session.timeline().log().len(),
        events,
        "the old future is known"
    );
    assert!(session.hand_call(Form::Send).is_none());
    session.apply(Action::Seek(end));
    frames_until_it_stands(&mut session);
    assert_eq!(session.world().digest(), digest);

    session.apply(Action::Redo);
    frames_until_it_stands(&mut session);
    assert_eq!(
        (session.now(), session.undo_and_redo_counts()),
        (at, (1, 0))
    );
    assert_eq!(session.timeline().recording().inputs.len(), 1);
    session.apply(Action::Redo);
    assert_eq!(session.undo_and_redo_counts(), (1, 0));
}

#[test]
fn another_seed_can_be_undone() {
    let mut session = open("slow-and-fast");
    let at = after(&session, 30);
    session.apply(Action::Seek(at));
    frames_until_it_stands(&mut session);
    let (seed, digest) = (session.world().config().seed, session.world().digest());
    session.apply(Action::Reseed { seed: seed + 1 });
    frames_until_it_stands(&mut session);
    assert_eq!(session.now(), at);
    assert_ne!(session.world().digest(), digest);
    session.apply(Action::Undo);
    frames_until_it_stands(&mut session);
    assert_eq!((session.now(), session.world().digest()), (at, digest));
}

fn change(queue: &str, name: &str, value: &str) -> Change {
    Change::Attribute {
        queue: queue.into(),
        name: name.into(),
        value: value.into(),
    }
}

/// The scenario in which each message is deleted in time, beside one in which none is.
fn compared() -> Session {
    let mut session = open("fifo");
    session.apply(Action::Seek(after(&session, 20)));
    let setting = Change::Program {
        actor: "consumer".into(),
        setting: "work_ms".into(),
        value: "7000".into(),
    };
    session.apply(Action::Compare(vec![setting]));
    session
}

#[test]
fn two_worlds_go_in_lockstep() {
    let mut session = compared();
    let same_instant = |session: &Session| {
        let now = session.side(Side::Changed).now();
        assert_eq!(now, session.now());
    };
    same_instant(&session);
    let end = after(&session, 120);
    for action in [
        Action::NextEvent,
        Action::StepBack,
        Action::SetSpeed(Speed::OFFERED[6]),
        Action::Play,
        Action::Frame { wall_ms: 16.0 },
        Action::Frame { wall_ms: 16.0 },
        Action::Pause,
        Action::Seek(end),
    ] {
        session.apply(action);
        frames_until_it_stands(&mut session);
        same_instant(&session);
    }
    send(&mut session, "mynewq.fifo");
    for side in [Side::AsItIs, Side::Changed] {
        assert_eq!(session.side(side).timeline().recording().inputs.len(), 1);
    }
    let changed = session.side(Side::Changed);
    let mut played = Timeline::new(changed.timeline().recording().clone());
    played.advance(end, usize::MAX);
    assert_eq!(played.world().digest(), changed.world().digest());
    let outcomes = session.outcomes().expect("two are compared");
    let value = |name| {
        let pair = outcomes.iter().find(|pair| pair[0].name == name);
        pair.expect("the figure is there")
            .map(|figure| figure.value)
    };
    let [here, there] = value(FigureName::DeadLetters);
    assert!(here == 0 && there > 0, "{here}, {there}");
    let [here, there] = value(FigureName::Deleted);
    assert!(here > 0 && there == 0, "{here}, {there}");

    session.apply(Action::Undo);
    frames_until_it_stands(&mut session);
    assert!(session.changes().is_some());
    session.apply(Action::EndComparison);
    assert!(session.changes().is_none() && session.outcomes().is_none());
}

#[test]
fn what_is_selected_belongs_to_one_of_the_worlds() {
    let mut session = compared();
    let queue = session.world().queues().next().expect("one").id();
    let select = Action::Select(Selection::Queue(queue));
    session.apply(Action::InChanged(Box::new(select.clone())));
    assert_eq!(session.focus(), Side::Changed);
    assert_eq!(session.selection(), Selection::Nothing);
    assert_eq!(
        session.side(Side::Changed).selection(),
        Selection::Queue(queue)
    );
    session.apply(select);
    assert_eq!(session.focus(), Side::AsItIs);
    session.apply(Action::open_scenario("first-messages").expect("the library has it"));
    assert!(
        session.changes().is_none(),
        "another world ends the comparison"
    );
}

#[test]
fn a_comparison_that_cannot_be_says_why() {
    let mut session = open("slow-and-fast");
    let queue = session
        .world()
        .queues()
        .next()
        .expect("one")
        .name()
        .to_string();
    for (change, why) in [
        (change("nobody", "DelaySeconds", "1"), "nobody"),
        (
            change(&queue, "VisibilityTimeout", "99999999"),
            "VisibilityTimeout",
        ),
        (change(&queue, "Colour", "red"), "Colour"),
    ] {
        session.apply(Action::Compare(vec![change]));
        assert!(session.changes().is_none());
        let Some(Notice::Refused(words)) = session.notice() else {
            panic!("it is refused: {why}");
        };
        assert!(words.contains(why), "{words}");
    }
    session.apply(Action::Compare(vec![change(
        &queue,
        "VisibilityTimeout",
        "2",
    )]));
    assert_eq!(
        (session.changes().map(<[_]>::len), session.notice()),
        (Some(1), None)
    );
}

#[test]
fn an_actor_is_let_in_changed_paused_renamed_and_removed() {
    let mut session = open("slow-and-fast");
    session.apply(Action::Seek(after(&session, 10)));
    let programs = session
        .world()
        .actors()
        .map(|actor| actor.program().clone());
    let mut consumers = programs.filter(|program| matches!(program, Program::Consumer(_)));
    let program = consumers.next().expect("there are two");
    drop(consumers);
    let config = ActorConfig {
        name: "third".into(),
        start_after_ms: 0,
        program,
    };
    session.apply(Action::AddActor(config));
    let caller = session.world().actors().last().expect("it came").caller();
    let Program::Consumer(mut program) = third(&session).program().clone() else {
        panic!("it is a consumer");
    };
    program.work_ms = Spread::Fixed(1);
    let program = Program::Consumer(program);
    session.apply(Action::SetProgram(ProgramChange {
        caller,
        program: program.clone(),
    }));
    assert_eq!(*third(&session).program(), program);
    let running = false;
    session.apply(Action::SetRunning(RunningChange { caller, running }));
    let name = "fourth".to_owned();
    session.apply(Action::RenameActor(NameChange { caller, name }));
    assert_eq!(
        (third(&session).is_running(), third(&session).name()),
        (false, "fourth")
    );
    session.apply(Action::RemoveActor(caller));
    assert!(
        session
            .world()
            .actors()
            .all(|actor| actor.caller() != caller)
    );
    for _ in 0..5 {
        session.apply(Action::Undo);
        frames_until_it_stands(&mut session);
    }
    assert_eq!(session.undo_and_redo_counts(), (0, 5));
    assert!(session.world().actor(caller).is_none());
    // What makes no sense is refused, and changes nothing.
    session.apply(Action::RemoveActor(caller));
    assert!(matches!(session.notice(), Some(Notice::Refused(_))));
    assert_eq!(session.undo_and_redo_counts(), (0, 5));
}

/// The actor that came last, removed or not.
fn third(session: &Session) -> &sqs_playground::world::Actor {
    session.world().actors().last().expect("there are some")
}

#[test]
fn other_settings_do_not_take_away_what_two_worlds_differ_in() {
    let mut session = compared();
    let work = |session: &Session, side| {
        let mut actors = session.side(side).world().actors();
        let consumer = actors.find(|actor| actor.name() == "consumer");
        let Program::Consumer(program) = consumer.expect("it is there").program() else {
            panic!("it is a consumer");
        };
        program.work_ms
    };
    let set = |session: &Session, side, name: &str, ms| {
        let mut actors = session.side(side).world().actors();
        let actor = actors
            .find(|actor| actor.name() == name)
            .expect("it is there");
        let mut program = actor.program().clone();
        match &mut program {
            Program::Consumer(program) => program.work_ms = Spread::Fixed(ms),
            Program::Producer(program) => program.pause_ms = Spread::Fixed(ms),
            Program::Lambda(_) | Program::Monitor(_) | Program::Script(_) | Program::Outside(_) => {
                panic!("it is neither")
            }
        }
        let caller = actor.caller();
        Action::SetProgram(ProgramChange { caller, program })
    };
    let here = set(&session, Side::AsItIs, "consumer", 100);
    session.apply(here);
    let there = set(&session, Side::Changed, "consumer", 200);
    session.apply(Action::InChanged(Box::new(there)));
    assert_eq!(work(&session, Side::AsItIs), Spread::Fixed(100));
    assert_eq!(work(&session, Side::Changed), Spread::Fixed(200));
    // What they have in common they keep in common.
    let both = set(&session, Side::Changed, "producer", 300);
    session.apply(Action::InChanged(Box::new(both)));
    for side in [Side::AsItIs, Side::Changed] {
        let inputs = &session.side(side).timeline().recording().inputs;
        assert_eq!(inputs.len(), 2, "{side:?}");
    }
}

#[test]
fn a_receive_by_hand_that_waits_is_given_up() {
    let mut session = Session::new();
    session.apply(Action::OpenEmpty { seed: 1 });
    let create: Request = CreateQueueRequest {
        queue_name: Some("q".into()),
        ..Default::default()
    }
    .into();
    let poll: Request = ReceiveMessageRequest {
        queue_url: Some("q".into()),
        wait_time_seconds: Some(20),
        ..Default::default()
    }
    .into();
    for (form, request) in [(Form::CreateQueue, create), (Form::Receive, poll)] {
        session.apply(Action::ByHand { form, request });
    }
    let Some(HandCall::Waiting(call)) = session.hand_call(Form::Receive) else {
        panic!("it waits");
    };
    session.apply(Action::CancelCall(call));
    let cancelled = Some(HandCall::Cancelled(call));
    assert_eq!(session.hand_call(Form::Receive), cancelled);
    session.apply(Action::Undo);
    frames_until_it_stands(&mut session);
    assert_eq!(session.world().calls().count(), 1);
    // It is over: there is nothing to give up any more.
    session.apply(Action::Redo);
    frames_until_it_stands(&mut session);
    session.apply(Action::CancelCall(call));
    assert!(matches!(session.notice(), Some(Notice::Refused(_))));
}
