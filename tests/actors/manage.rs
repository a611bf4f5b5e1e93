//! What can be done to actors while they run.

use std::sync::Arc;

use sqs_playground::sqs::api::{CallId, Caller, ReceiveMessageRequest};
use sqs_playground::world::{
    Activity, ActorConfig, EventKind, InputKind, Limits, NameChange, Rejection,
};

use crate::support::{ONE_QUEUE, Stage, actor_config};

const PRODUCER: &str = r#"{"producer":{"queue":"q","pause_ms":980,"body":"{n}"}}"#;

/// Polls, works for two seconds, deletes.
fn consumer(settings: &str) -> String {
    format!(
        r#"{{"consumer":{{"queue":"q","visibility_timeout":10,"wait_time_seconds":20,"work_ms":1960,"after_work":"delete"{settings}}}}}"#
    )
}

#[test]
fn other_settings_work_from_the_next_step_on() {
    let mut stage = Stage::new(ONE_QUEUE, &[("producer", PRODUCER)]);
    stage.play_to(5500);
    assert_eq!(stage.tally("producer").sent, 6);
    stage.edit(
        "producer",
        r#"{"producer":{"queue":"q","pause_ms":480,"bodies":["new"],"batch_size":2}}"#,
    );
    // The pause goes on until 6 s; then two messages at a time, 980 ms apart.
    stage.play_to(9000);
    assert_eq!(stage.tally("producer").sent, 6 + 2 * 4);
    assert_eq!(stage.bodies("q")[5..8], ["6", "new", "new"]);
}

#[test]
fn workers_come_and_go() {
    let mut stage = Stage::new(ONE_QUEUE, &[("consumer", &consumer(""))]);
    for n in 0..40 {
        stage.send(&n.to_string());
    }
    // A turn is two seconds: at 3 s one message is done.
    stage.play_to(3000);
    assert_eq!(stage.tally("consumer").deleted, 1);
    stage.edit("consumer", &consumer(r#","concurrency":3"#));
    // Two more begin at 3 s.
    stage.play_to(3500);
    assert_eq!(stage.counts("q"), [0, 40 - 4, 3]);
    stage.play_to(9000);
    assert_eq!(stage.tally("consumer").deleted, 1 + 3 + 2 * 3);
    stage.edit("consumer", &consumer(r#","concurrency":1"#));
    assert_eq!(stage.actor("consumer").strands().len(), 3);
    // The two of 3, 5, 7, 9 s have begun another turn at 9 s, and end it.
    stage.play_to(11_500);
    assert_eq!(stage.actor("consumer").strands().len(), 1);
    stage.play_to(20_000);
    assert_eq!(stage.tally("consumer").deleted, 10 + 2 + 6);
    assert_eq!(stage.tally("consumer").worked_twice, 0);
    // And back, before they have ended.
    for concurrency in [4, 2, 4] {
        let settings = format!(r#","concurrency":{concurrency}"#);
        stage.edit("consumer", &consumer(&settings));
    }
    assert_eq!(stage.actor("consumer").strands().len(), 4);
}

#[test]
fn new_workers_wait_for_the_start_too() {
    let mut stage = Stage::new(ONE_QUEUE, &[]);
    let late = ActorConfig {
        start_after_ms: 60_000,
        ..actor_config(("late", &consumer("")))
    };
    stage.act(InputKind::AddActor(late)).expect("there is room");
    stage.edit("late", &consumer(r#","concurrency":2"#));
    stage.play_to(59_999);
    assert_eq!(stage.tally("late").calls, 0);
    let calls = |stage: &Stage| stage.timeline.world().calls().count();
    assert_eq!(calls(&stage), 0);
    stage.play_to(60_000);
    assert_eq!(calls(&stage), 2);
}

#[test]
fn a_heartbeat_can_be_taken_away_in_the_middle_of_the_work() {
    let work = |heartbeat: &str| {
        format!(
            r#"{{"consumer":{{"queue":"q","visibility_timeout":5,"work_ms":20000,"after_work":"delete"{heartbeat}}}}}"#
        )
    };
    let beating = work(r#","heartbeat_seconds":2"#);
    let mut stage = Stage::new(ONE_QUEUE, &[("consumer", &beating)]);
    stage.send("a");
    stage.play_to(5000);
    assert_eq!(stage.tally("consumer").extended, 2);
    stage.edit("consumer", &work(""));
    stage.play_to(9000);
    // The last heartbeat arrived at 4.03 s.
    assert_eq!(stage.tally("consumer").extended, 2);
    assert_eq!(stage.play_to(9029).counts("q"), [0, 0, 1]);
    assert_eq!(stage.play_to(9030).counts("q"), [0, 1, 0]);
}

#[test]
fn who_is_removed_drops_its_calls_and_what_it_holds_comes_back() {
    let mut stage = Stage::new(ONE_QUEUE, &[("consumer", &consumer(r#","concurrency":3"#))]);
    stage.send("a");
    stage.play_to(1000);
    // One works, two poll.
    assert_eq!(stage.queue("q").waiters().count(), 2);
    let gone = stage.remove("consumer");
    assert_eq!(stage.queue("q").waiters().count(), 0);
    let world = stage.timeline.world();
    assert_eq!((world.actors().count(), world.calls().count()), (0, 0));
    let actor = world.actor(gone).expect("its place is kept");
    assert_eq!(
        (actor.name(), actor.activity()),
        ("consumer", &Activity::Removed)
    );
    assert_eq!((actor.tally().received, actor.held().count()), (1, 0));
    let dropped = |kind: &EventKind| matches!(kind, EventKind::CallDropped { .. }).then_some(());
    assert_eq!(stage.events(dropped).len(), 2);
    // Nothing but the visibility timeout is left to happen: received at 0.01 s, for 10 s.
    assert_eq!(stage.timeline.next_instant(), Some(stage.at(10_010)));
    assert_eq!(stage.play_to(10_010).counts("q"), [0, 1, 0]);
    assert_eq!(
        stage
            .timeline
            .next_instant()
            .map(|at| at < stage.at(1_000_000)),
        Some(false)
    );
    // It can't be acted on, and its number is not given again.
    let text = consumer("");
    for kind in [
        InputKind::RemoveActor(gone),
        InputKind::RenameActor(NameChange {
            caller: gone,
            name: "x".into(),
        }),
    ] {
        assert_eq!(stage.act(kind), Err(Rejection::NoSuchActor(gone)));
    }
    stage
        .act(InputKind::AddActor(actor_config(("consumer", &text))))
        .expect("there is room");
    assert_eq!(stage.actor("consumer").caller(), Caller(gone.0 + 1));
}

#[test]
fn calls_on_their_way_are_dropped_in_either_direction() {
    for (at_ms, arrived) in [(5, 0), (15, 1)] {
        let mut stage = Stage::new(ONE_QUEUE, &[("producer", PRODUCER)]);
        stage.play_to(at_ms);
        let gone = stage.remove("producer");
        stage.play_to(10_000);
        let actor = stage.timeline.world().actor(gone);
        assert_eq!(actor.map(|actor| actor.tally().sent), Some(0));
        assert_eq!(stage.counts("q"), [0, arrived, 0]);
    }
}

#[test]
fn who_is_paused_does_nothing_and_then_goes_on() {
    let mut stage = Stage::new(ONE_QUEUE, &[("producer", PRODUCER)]);
    stage.play_to(2500);
    stage.set_running("producer", false);
    assert!(!stage.actor("producer").is_running());
    stage.play_to(60_000);
    assert_eq!(stage.tally("producer").sent, 3);
    stage.set_running("producer", true);
    // At once, and each second from then on.
    stage.play_to(62_500);
    assert_eq!(stage.tally("producer").sent, 3 + 3);
}

#[test]
fn a_pause_stops_heartbeats_and_keeps_answers_waiting() {
    let beating = consumer(r#","heartbeat_seconds":4,"max_number_of_messages":1,"concurrency":2"#);
    let mut stage = Stage::new(ONE_QUEUE, &[("consumer", &beating)]);
    stage.play_to(1000);
    stage.send("a");
    stage.set_running("consumer", false);
    stage.send("b");
    // Both polls are answered while it is paused, and the messages run out.
    stage.play_to(10_999);
    assert_eq!(stage.counts("q"), [0, 0, 2]);
    assert_eq!(stage.tally("consumer").received, 0);
    assert_eq!(stage.play_to(11_000).counts("q"), [0, 2, 0]);
    stage.play_to(12_000);
    stage.set_running("consumer", true);
    stage.play_to(12_000);
    // It works with handles that are too old, and does not know it.
    assert_eq!(stage.tally("consumer").received, 2);
    stage.play_to(13_000);
    assert_eq!(stage.actor("consumer").held().count(), 2);
}

#[test]
fn a_pause_comes_to_rest_and_may_end_in_a_removal() {
    let mut stage = Stage::new(
        ONE_QUEUE,
        &[("producer", PRODUCER), ("consumer", &consumer(""))],
    );
    stage.play_to(4500);
    for name in ["producer", "consumer"] {
        stage.set_running(name, false);
        // Once more is no other.
        stage.set_running(name, false);
    }
    let pauses = |kind: &EventKind| matches!(kind, EventKind::ActorPaused { .. }).then_some(());
    assert_eq!(stage.events(pauses).len(), 2);
    stage.play_to(100_000);
    let far = stage.at(300_000_000);
    assert!(stage.timeline.next_instant().is_none_or(|at| at > far));
    stage.remove("producer");
    stage.remove("consumer");
    stage.play_to(200_000);
}

#[test]
fn a_name_can_be_changed() {
    let mut stage = Stage::new(ONE_QUEUE, &[("producer", PRODUCER)]);
    stage.play_to(1500);
    let caller = stage.actor("producer").caller();
    let named = |name: &str| {
        InputKind::RenameActor(NameChange {
            caller,
            name: name.into(),
        })
    };
    stage.act(named("orders")).expect("it is a name");
    assert_eq!(stage.actor("orders").caller(), caller);
    for name in ["", &"x".repeat(81)] {
        let refused = stage.act(named(name)).expect_err("it is no name");
        assert_eq!(refused.to_string(), "name must be from 1 to 80");
    }
    // Its luck is not in its name: it goes on as before.
    stage.play_to(10_000);
    assert_eq!(stage.tally("orders").sent, 10);
}

#[test]
fn a_world_is_full_when_it_is_and_room_comes_with_removals() {
    let mut stage = Stage::new(ONE_QUEUE, &[]);
    let idler = || InputKind::AddActor(actor_config(("idler", r#"{"script":{"steps":[]}}"#)));
    for _ in 0..Limits::ACTORS {
        stage.act(idler()).expect("there is room");
    }
    assert_eq!(stage.act(idler()), Err(Rejection::TooManyActors));
    for number in 1..=(Limits::ACTORS_EVER - Limits::ACTORS) as u32 {
        let oldest = InputKind::RemoveActor(Caller(number));
        stage.act(oldest).expect("it is there");
        stage.act(idler()).expect("there is room again");
    }
    stage.remove("idler");
    assert_eq!(stage.act(idler()), Err(Rejection::TooManyActors));
}

#[test]
fn a_call_by_hand_that_waits_is_given_up() {
    let mut stage = Stage::new(ONE_QUEUE, &[("consumer", &consumer(""))]);
    let poll = ReceiveMessageRequest {
        queue_url: Some("q".into()),
        wait_time_seconds: Some(20),
        ..Default::default()
    };
    stage.play_to(500);
    let others = stage.timeline.world().calls().next().expect("a poll").id;
    let poll = InputKind::Call(Arc::new(poll.into()));
    let acted = stage.timeline.act(poll).expect("a call is no nonsense");
    let (id, effects) = (acted.call.expect("it is a call"), acted.effects);
    assert!(effects.is_empty(), "it waits");
    stage.play_to(2000);
    assert_eq!(stage.queue("q").waiters().count(), 2);
    stage.act(InputKind::CancelCall(id)).expect("it waits");
    assert_eq!(stage.queue("q").waiters().count(), 1);
    let log = stage.timeline.log();
    let record = log.call(id, u64::MAX).expect("it was made");
    let end = record.answered.expect("it has ended");
    assert!(matches!(end.kind, EventKind::CallDropped { call, .. } if call == id));
    assert_eq!(end.at, stage.at(2000));
    // Nobody gives it up twice, nor what was never made, nor what an actor waits for.
    for call in [id, CallId(0), CallId(u64::MAX), others] {
        let refused = stage.act(InputKind::CancelCall(call));
        assert_eq!(refused, Err(Rejection::NoSuchCall(call)));
    }
    // What is sent now goes to the one who still waits.
    stage.send("a");
    assert_eq!(stage.play_to(2500).tally("consumer").received, 1);
    // It can be taken back, and replayed.
    let (seen, digest) = (stage.timeline.now(), stage.timeline.world().digest());
    stage.timeline.undo();
    stage
        .timeline
        .undo()
        .expect("the cancel was second to last");
    assert_eq!(stage.queue("q").waiters().count(), 2);
    stage.timeline.redo();
    stage.timeline.redo();
    stage.timeline.seek(seen, usize::MAX);
    assert_eq!(stage.timeline.world().digest(), digest);
}
