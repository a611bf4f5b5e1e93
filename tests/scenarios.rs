//! The scenarios of the library, played to their ends through the page's session: the same at 1x, at 50x and
//! in one step. And of the first five the exact counts, with the arithmetic behind them; `tests/library.rs` has
//! those of the others.
#![cfg(feature = "page")]

use sqs_playground::scenario::{Scenario, ScenarioError, Switch, library};
use sqs_playground::sim::{Span, Time};
use sqs_playground::sqs::{ErrorCode, EventKind as ServiceEvent};
use sqs_playground::ui::playback::Speed;
use sqs_playground::ui::session::{Action, Notice, Session};
use sqs_playground::world::{
    Activity, Actor, EventKind, NameChange, Tally, World, check_invariants,
};

/// Milliseconds of wall time between two frames.
const FRAME_MS: f64 = 1000.0 / 60.0;

fn open(id: &str) -> Session {
    let mut session = Session::new();
    session.apply(Action::open_scenario(id).expect("the library has it"));
    session
}

fn speed(text: &str) -> Speed {
    let offered = Speed::OFFERED
        .into_iter()
        .find(|speed| speed.to_string() == text);
    offered.expect("the speed is on offer")
}

/// Plays until the scenario has been seen, or nothing more happens.
fn play_out(session: &mut Session, speed: Speed) {
    session.apply(Action::SetSpeed(speed));
    session.apply(Action::Play);
    for _ in 0..1_000_000 {
        if !session.is_playing() {
            return;
        }
        session.apply(Action::Frame { wall_ms: FRAME_MS });
    }
    panic!("the scenario does not end");
}

/// To the end of the scenario, over as many frames as it takes.
fn go_to_end(session: &mut Session) {
    session.apply(Action::Seek(scenario_end(session)));
    while session.seeking().is_some() {
        session.apply(Action::Frame { wall_ms: FRAME_MS });
    }
}

fn scenario_end(session: &Session) -> Time {
    session.scenario().expect("one is open").1.end()
}

/// Plays a scenario at 1x, at 50x and in one step, and returns the last after comparing.
fn played(id: &str, prepare: impl Fn(&mut Session)) -> Session {
    let mut one_step = open(id);
    prepare(&mut one_step);
    go_to_end(&mut one_step);
    for factor in ["1×", "50×"] {
        let mut session = open(id);
        prepare(&mut session);
        play_out(&mut session, speed(factor));
        // A world that comes to rest stops the playing; the rest of its time is empty.
        go_to_end(&mut session);
        assert_eq!(
            session.world().digest(),
            one_step.world().digest(),
            "{id} at {factor}"
        );
    }
    assert_eq!(check_invariants(one_step.world()), Ok(()));
    one_step
}

fn tally<'a>(session: &'a Session, actor: &str) -> &'a Tally {
    let found = session
        .world()
        .actors()
        .find(|candidate| candidate.name() == actor);
    found.expect("the scenario has the actor").tally()
}

fn finished(session: &Session, actor: &str) -> bool {
    let found = session
        .world()
        .actors()
        .find(|candidate| candidate.name() == actor);
    *found.expect("the scenario has the actor").activity() == Activity::Finished
}

/// Delayed, visible, in flight.
fn counts(world: &World, queue: &str) -> [usize; 3] {
    let counts = world
        .service()
        .find_queue(queue)
        .expect("the queue is there")
        .counts();
    [counts.delayed, counts.visible, counts.in_flight]
}

fn service_events(session: &Session, pick: impl Fn(&ServiceEvent) -> bool) -> usize {
    let log = session.timeline().log();
    let picked = |kind: &EventKind| matches!(kind, EventKind::Service(kind) if pick(kind));
    log.before(session.world().event_count())
        .filter(|event| picked(&event.kind))
        .count()
}

fn at(session: &Session, seconds: u64) -> Time {
    session.start() + Span::from_secs(seconds)
}

#[test]
fn first_messages() {
    let mut session = played("first-messages", |_| {});
    // One call creates the queue, one lists by prefix, 100 send. A call is two legs of 10 to 30 ms,
    // 40 ms on average: 102 calls take about 4.1 s, so all are there before the receiver starts at 10 s.
    let sender = tally(&session, "sender");
    assert_eq!((sender.calls, sender.sent, sender.errors), (102, 100, 0));
    // 100 messages at ten a receive are 10 full receives; the 11th is empty and ends the program.
    let receiver = tally(&session, "receiver");
    assert_eq!(
        (
            receiver.receives,
            receiver.received,
            receiver.empty_receives
        ),
        (11, 100, 1)
    );
    assert!(finished(&session, "sender") && finished(&session, "receiver"));
    // Nobody deletes: by 60 s the 30 s of the last visibility timeout (from about 15 s) are over.
    assert_eq!(counts(session.world(), "test_queue"), [0, 100, 0]);
    // In between all 100 are hidden: 10 receives, 0.54 s apart, from 10 s to 15 s, and back from 40 s on.
    session.apply(Action::Seek(at(&session, 20)));
    assert_eq!(counts(session.world(), "test_queue"), [0, 0, 100]);
}

#[test]
fn delay_queue() {
    let mut session = played("delay-queue", |_| {});
    assert_eq!(tally(&session, "sender").sent, 1);
    // The first long poll gets the message when its delay is over; the second waits its 10 s in vain.
    let receiver = tally(&session, "receiver");
    assert_eq!(
        (
            receiver.receives,
            receiver.received,
            receiver.empty_receives
        ),
        (2, 1, 1)
    );
    assert_eq!((receiver.worked, receiver.deleted), (1, 1));
    assert_eq!(counts(session.world(), "delay-queue"), [0, 0, 0]);
    // Sent within the first tenth of a second, hidden for 5 s: at 3 s delayed with a poll that waits,
    // at 5.5 s in flight (the work takes a second), at 7 s gone.
    for (tenths, expected, polls) in [(30, [1, 0, 0], 1), (55, [0, 0, 1], 0), (70, [0, 0, 0], 1)] {
        session.apply(Action::Seek(session.start() + Span::from_ms(tenths * 100)));
        assert_eq!(counts(session.world(), "delay-queue"), expected);
        let queue = session.world().queues().next().expect("the script made it");
        assert_eq!(
            queue.waiters().count(),
            polls,
            "at {tenths} tenths of a second"
        );
    }
}

#[test]
fn slow_and_fast() {
    let mut session = played("slow-and-fast", |_| {});
    // 60 messages each, one a second after the answer: both end after about 62 s.
    assert_eq!(tally(&session, "slow-producer").sent, 60);
    assert_eq!(tally(&session, "fast-producer").sent, 60);
    // A turn of the fast consumer is 2 s and four legs of 20 ms on average, 2.08 s; of the slow one
    // 8.08 s. There is always a message for them until 120 are gone: after t seconds about
    // t/2.08 + t/8.08, so t = 198 s and the shares are 95 and 25.
    let (slow, fast) = (
        tally(&session, "slow-consumer"),
        tally(&session, "fast-consumer"),
    );
    assert_eq!((slow.received, slow.deleted), (25, 25));
    assert_eq!((fast.received, fast.deleted), (95, 95));
    // From then on to 300 s both poll in vain, 10 s a poll and then their pause: about 100/12 and 100/18.
    assert_eq!((slow.empty_receives, fast.empty_receives), (5, 8));
    // No message was received twice: a delete follows each receive within 0.1 s, and 5 s are allowed.
    let came_back = |kind: &ServiceEvent| matches!(kind, ServiceEvent::MessageReceived { receive_count, .. } if *receive_count > 1);
    assert_eq!(service_events(&session, came_back), 0);
    assert_eq!(counts(session.world(), "donors"), [0, 0, 0]);
    // The monitor: 300 s at 1.04 s a turn.
    assert_eq!(tally(&session, "monitor").calls, 289);
    assert_eq!(tally(&session, "monitor").reading, Some([0, 0, 0]));
    // At 30 s the slow producer's last 10 s and the fast one's last 2 s of messages are delayed: a
    // message each 1.04 s makes 9 or 10, and 1 or 2.
    session.apply(Action::Seek(at(&session, 30)));
    let [delayed, ..] = counts(session.world(), "donors");
    assert!((10..=12).contains(&delayed), "{delayed}");
}

#[test]
fn fifo() {
    let session = played("fifo", |_| {});
    assert_eq!(tally(&session, "producer").sent, 30);
    // A turn is 2 s of work and four legs: 2.08 s, so the 30 messages take about 63 s; then, to 120 s,
    // polls of 10 s in vain: 57 / 10.04 = 5.
    let consumer = tally(&session, "consumer");
    assert_eq!(
        (consumer.worked, consumer.deleted, consumer.errors),
        (30, 30, 0)
    );
    assert_eq!((consumer.receives, consumer.empty_receives), (35, 5));
    assert_eq!(counts(session.world(), "mynewq.fifo"), [0, 0, 0]);
    assert_eq!(counts(session.world(), "mynewq-dlq.fifo"), [0, 0, 0]);
}

#[test]
fn fifo_with_work_longer_than_the_visibility_timeout() {
    let on = |session: &mut Session| session.apply(Action::SetSwitch { index: 0, on: true });
    let session = played("fifo", on);
    assert!(is_all_on(&session));
    // A turn is now 7.08 s. The delete comes 2 s after the timeout, and fails; the message comes back
    // and blocks its group. The fourth receive of a message moves it to the dead-letter queue and gets
    // the next: three turns a message, 21.24 s. In 120 s 17 receives begin (120 / 7.08 = 16.9, the first at
    // once), 16 of them worked through; five messages are moved, the sixth has been received twice.
    let consumer = tally(&session, "consumer");
    assert_eq!((consumer.receives, consumer.worked), (17, 16));
    assert_eq!((consumer.deleted, consumer.errors), (0, 16));
    let error = consumer.last_error.as_ref().expect("every delete failed");
    assert_eq!(error.code, ErrorCode::InvalidParameterValue);
    assert!(
        error
            .message
            .ends_with("Reason: The receipt handle has expired."),
        "{error}"
    );
    assert_eq!(counts(session.world(), "mynewq-dlq.fifo"), [0, 5, 0]);
    assert_eq!(counts(session.world(), "mynewq.fifo"), [0, 25, 0]);
}

fn is_all_on(session: &Session) -> bool {
    let is_on = |switch: &Switch, actor: &Actor| *actor.program() == switch.program;
    let mut switches = session.switches();
    switches.all(|(switch, actor)| actor.is_some_and(|actor| is_on(switch, actor)))
}

#[test]
fn a_switch_follows_its_actor() {
    let mut session = open("fifo");
    let mut actors = session.world().actors();
    let consumer = actors.find(|actor| actor.name() == "consumer");
    let caller = consumer.expect("it is in the scenario").caller();
    drop(actors);
    let name = "worker".to_owned();
    session.apply(Action::RenameActor(NameChange { caller, name }));
    session.apply(Action::SetSwitch { index: 0, on: true });
    assert!(is_all_on(&session));
    session.apply(Action::RemoveActor(caller));
    let (_, actor) = session.switches().next().expect("it has one");
    assert_eq!(actor.map(Actor::name), None);
}

#[test]
fn the_switch_can_be_turned_off_again() {
    let mut session = open("fifo");
    session.apply(Action::SetSwitch { index: 0, on: true });
    session.apply(Action::Seek(at(&session, 30)));
    session.apply(Action::SetSwitch {
        index: 0,
        on: false,
    });
    session.apply(Action::Seek(scenario_end(&session)));
    let consumer = tally(&session, "consumer");
    // Turns that began by 30 s: at 0, 7.1, 14.2, 21.3 and 28.4 s, five that fail.
    assert_eq!(consumer.errors, 5);
    // The first message went to the dead-letter queue with the fourth receive, the other 29 are worked
    // on in time.
    assert_eq!(consumer.deleted, 29);
    assert_eq!(counts(session.world(), "mynewq-dlq.fifo"), [0, 1, 0]);
}

#[test]
fn side_by_side() {
    let session = played("side-by-side", |_| {});
    // 100 sends, each 40 ms and half a second apart: 54 s.
    assert_eq!(tally(&session, "producer").sent, 100);
    // The consumer's turn is four legs and half a second, 0.58 s: it falls behind, never polls in vain
    // until it has all 100 after 58 s, then ten times: ten empty polls, 110 in all. They take
    // 10 x 15.04 s and nine pauses of 0.5 s: it ends at about 213 s.
    let consumer = tally(&session, "consumer");
    assert_eq!((consumer.received, consumer.deleted), (100, 100));
    assert_eq!((consumer.receives, consumer.empty_receives), (110, 10));
    assert!(finished(&session, "producer") && finished(&session, "consumer"));
    assert_eq!(counts(session.world(), "test.fifo"), [0, 0, 0]);
    // In the order of sending.
    let log = session.timeline().log();
    let received = log
        .before(session.world().event_count())
        .filter_map(|event| {
            if let EventKind::Service(ServiceEvent::MessageReceived { message, .. }) = event.kind {
                Some(message.0)
            } else {
                None
            }
        });
    assert!(received.eq(1..=100));
}

#[test]
fn a_world_at_rest_stops_the_playing_and_says_so() {
    let mut session = open("side-by-side");
    play_out(&mut session, speed("100×"));
    assert_eq!(session.notice(), Some(&Notice::Idle));
    let mut session = open("fifo");
    play_out(&mut session, speed("100×"));
    assert_eq!(session.notice(), Some(&Notice::ScenarioSeen));
    assert_eq!(session.now(), scenario_end(&session));
    // It can be played on.
    session.apply(Action::Play);
    session.apply(Action::Frame { wall_ms: FRAME_MS });
    assert!(session.now() > scenario_end(&session) && session.is_playing());
}

#[test]
fn every_scenario_opens_paused_at_its_start_with_its_point_and_goes_the_same_at_any_speed() {
    for scenario in library() {
        let session = open(&scenario.id);
        assert!(!session.is_playing());
        assert_eq!(session.now(), session.start());
        assert_eq!(session.notice(), Some(&Notice::Point(scenario.point)));
        played(&scenario.id, |_| {});
        for index in 0..scenario.switches.len() {
            played(&scenario.id, |session| {
                session.apply(Action::SetSwitch { index, on: true });
            });
        }
    }
}

#[test]
fn the_point_goes_when_time_passes() {
    for action in [Action::Play, Action::NextEvent, Action::DismissNotice] {
        let mut session = open("first-queue");
        session.apply(action.clone());
        assert_eq!(session.notice(), None, "{action:?}");
    }
}

#[test]
fn a_broken_scenario_is_refused_with_a_reason() {
    let text = include_str!("../static/scenarios/fifo.json");
    let no_actor = text.replace("\"actor\": \"consumer\"", "\"actor\": \"nobody\"");
    assert!(matches!(
        Scenario::from_json(&no_actor),
        Err(ScenarioError::Switch(_))
    ));
    let no_legs = text.replace(
        "\"seed\": 4,",
        "\"seed\": 4, \"network\": {\"latency_ms_min\": 0, \"latency_ms_max\": 1},",
    );
    assert!(matches!(
        Scenario::from_json(&no_legs),
        Err(ScenarioError::Config(_))
    ));
    assert!(matches!(
        Scenario::from_json("{"),
        Err(ScenarioError::Malformed(_))
    ));
}
