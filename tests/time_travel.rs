//! The three first tests, for every scenario: seek equals play, one big step equals many small
//! ones, the same seed gives the same digest. And what follows from them.

use proptest::prelude::*;
use sqs_playground::scenario::{Scenario, find, library};
use sqs_playground::sim::{Digest, Span, Time};
use sqs_playground::sqs::Queue;
use sqs_playground::sqs::api::{Caller, ReceiveMessageRequest, SendMessageRequest};
use sqs_playground::timeline::{
    Change, Crossing, EventGroup, EventLog, Progress, Recording, Timeline,
};
use sqs_playground::world::{
    Config, Event, EventKind, InputKind, ProgramChange, World, check_invariants,
};

const UNBOUNDED: usize = usize::MAX;

fn scenario(id: &str) -> Scenario {
    find(id).expect("the library has it").1
}

fn timeline(config: &Config) -> Timeline {
    Timeline::new(Recording::new(config.clone()))
}

fn digest_at(config: &Config, at: Time) -> Digest {
    let mut timeline = timeline(config);
    timeline.advance(at, UNBOUNDED);
    timeline.world().digest()
}

/// A send by hand to the first queue there is.
fn send_by_hand(world: &World, body: &str) -> InputKind {
    let queue = world.queues().next().map(|queue| queue.name().to_string());
    let group = world
        .queues()
        .next()
        .filter(|queue| queue.is_fifo())
        .map(|_| "by-hand".into());
    let request = SendMessageRequest {
        queue_url: queue,
        message_body: Some(body.into()),
        message_deduplication_id: group.as_ref().map(|_| body.into()),
        message_group_id: group,
        ..Default::default()
    };
    InputKind::Call(std::sync::Arc::new(request.into()))
}

fn receive_by_hand(world: &World, wait_time_seconds: i64) -> InputKind {
    let request = ReceiveMessageRequest {
        queue_url: world.queues().next().map(|queue| queue.name().to_string()),
        wait_time_seconds: Some(wait_time_seconds),
        ..Default::default()
    };
    InputKind::Call(std::sync::Arc::new(request.into()))
}

#[test]
fn one_big_step_equals_many_small_ones() {
    for scenario in library() {
        let big = digest_at(&scenario.world, scenario.end());
        for step_ms in [1000, 16, 7] {
            let mut small = timeline(&scenario.world);
            let mut at = small.start();
            while at < scenario.end() {
                at = (at + Span::from_ms(step_ms)).min(scenario.end());
                small.advance(at, UNBOUNDED);
            }
            assert_eq!(
                small.world().digest(),
                big,
                "{} in {step_ms} ms steps",
                scenario.id
            );
        }
    }
}

#[test]
fn a_run_that_is_cut_into_budgets_ends_the_same() {
    for scenario in library() {
        let mut cut = timeline(&scenario.world);
        while cut.advance(scenario.end(), 3) == Progress::Stopped {}
        assert_eq!(
            cut.world().digest(),
            digest_at(&scenario.world, scenario.end())
        );
    }
}

#[test]
fn the_same_seed_gives_the_same_digest_and_another_seed_another() {
    for scenario in library() {
        let (config, end) = (&scenario.world, scenario.end());
        assert_eq!(digest_at(config, end), digest_at(config, end));
        let other = Config {
            seed: config.seed + 1,
            ..config.clone()
        };
        assert_ne!(
            digest_at(config, end),
            digest_at(&other, end),
            "{}",
            scenario.id
        );
    }
}

#[test]
fn seek_equals_play() {
    for scenario in library() {
        let mut sought = timeline(&scenario.world);
        sought.advance(scenario.end(), UNBOUNDED);
        let length = scenario.end().since(sought.start()).as_ms();
        // Back and forth, to instants with and without events.
        for part in [97, 3, 50, 51, 0, 100, 12, 11, 64] {
            let at = sought.start() + Span::from_ms(length * part / 100);
            assert_eq!(sought.seek(at, UNBOUNDED), Progress::Reached);
            assert_eq!(sought.now(), at);
            assert_eq!(
                sought.world().digest(),
                digest_at(&scenario.world, at),
                "{part} %"
            );
        }
    }
}

#[test]
fn a_seek_can_be_spread_over_frames() {
    let scenario = &scenario("slow-and-fast");
    let mut sought = timeline(&scenario.world);
    sought.advance(scenario.end(), UNBOUNDED);
    let at = sought.start() + Span::from_secs(100);
    let mut frames = 1;
    while sought.seek(at, 5) == Progress::Stopped {
        frames += 1;
        assert!(frames < 1000, "a seek gets there");
    }
    assert!(
        frames > 1,
        "the budget is small enough to need several frames"
    );
    assert_eq!(sought.world().digest(), digest_at(&scenario.world, at));
}

/// Longer than the log: to go back makes it start anew, and so does to go on from there.
#[test]
fn far_back_and_far_ahead_in_a_long_run_is_as_played() {
    let actors: Vec<String> = (0..10)
        .map(|n| {
            format!(
                r#"{{"name":"producer-{n}","program":{{"producer":{{"queue":"q","pause_ms":1,"batch_size":10,"body":"m"}}}}}},
                {{"name":"consumer-{n}","program":{{"consumer":{{"queue":"q","max_number_of_messages":10,"after_work":"delete_batch"}}}}}}"#
            )
        })
        .collect();
    let json = format!(
        r#"{{"format":"sqs-playground-recording","version":1,"inputs":[],"config":{{"seed":1,"start":0,
        "set_up":[{{"CreateQueue":{{"QueueName":"q"}}}}],"actors":[{}]}}}}"#,
        actors.join(",")
    );
    let recording = Recording::from_json(&json).expect("it is a recording");
    let mut sought = Timeline::new(recording.clone());
    let length = Span::from_secs(20);
    sought.advance(sought.start() + length, UNBOUNDED);
    assert!(sought.log().first_id() > 20_000, "the log forgets");
    for percent in [5, 60, 2] {
        let at = sought.start() + Span::from_ms(length.as_ms() * percent / 100);
        sought.seek(at, UNBOUNDED);
        let mut played = Timeline::new(recording.clone());
        played.advance(at, UNBOUNDED);
        assert_eq!(
            sought.world().digest(),
            played.world().digest(),
            "{percent} %"
        );
        let end = sought.world().event_count();
        assert_eq!(
            sought.log().before(end).last(),
            played.log().before(end).last()
        );
    }
}

#[test]
fn the_log_after_a_seek_is_the_log_of_having_played_there() {
    let scenario = &scenario("fifo");
    let at = scenario.world.start + Span::from_secs(40);
    let mut played = timeline(&scenario.world);
    played.advance(at, UNBOUNDED);
    let mut sought = timeline(&scenario.world);
    sought.advance(scenario.end(), UNBOUNDED);
    sought.seek(at, UNBOUNDED);
    let end = sought.world().event_count();
    assert!(played.log().before(end).eq(sought.log().before(end)));
    assert_eq!(played.log().len() as u64, end);
    assert!(
        sought.log().len() as u64 > end,
        "the known future is kept for a seek forward"
    );
}

#[test]
fn to_act_in_the_past_cuts_the_future() {
    let scenario = &scenario("slow-and-fast");
    let mut timeline = timeline(&scenario.world);
    timeline.advance(scenario.end(), UNBOUNDED);
    let at = timeline.start() + Span::from_secs(30);
    timeline.seek(at, UNBOUNDED);
    let body = send_by_hand(timeline.world(), "from the past");
    timeline.act(body).expect("a send is no nonsense");
    assert_eq!(timeline.horizon(), at);
    assert_eq!(timeline.log().len() as u64, timeline.world().event_count());
    let end = scenario.end();
    timeline.advance(end, UNBOUNDED);
    let mut replayed = Timeline::new(timeline.recording().clone());
    replayed.advance(end, UNBOUNDED);
    assert_eq!(timeline.world().digest(), replayed.world().digest());
    assert_ne!(timeline.world().digest(), digest_at(&scenario.world, end));
}

#[test]
fn the_future_that_an_action_cut_off_is_one_undo_away() {
    let scenario = &scenario("slow-and-fast");
    let end = scenario.end();
    let mut timeline = timeline(&scenario.world);
    let at = timeline.start() + Span::from_secs(30);
    timeline.seek(end, UNBOUNDED);
    let late = send_by_hand(timeline.world(), "late");
    timeline.act(late).expect("a send is no nonsense");
    let old = timeline.recording().clone();
    let old_digest = timeline.world().digest();
    timeline.seek(at, UNBOUNDED);
    let early = send_by_hand(timeline.world(), "early");
    timeline.act(early).expect("a send is no nonsense");
    timeline.advance(end, UNBOUNDED);
    let new_digest = timeline.world().digest();
    assert_eq!(timeline.undo_and_redo_counts(), (2, 0));

    assert_eq!(timeline.undo(), Some(Crossing { at, horizon: end }));
    assert_eq!((timeline.now(), timeline.horizon()), (at, at));
    assert_eq!(timeline.log().len() as u64, timeline.world().event_count());
    timeline.seek(end, UNBOUNDED);
    assert_eq!(*timeline.recording(), old);
    assert_eq!(timeline.world().digest(), old_digest);

    assert_eq!(timeline.redo(), Some(Crossing { at, horizon: end }));
    timeline.seek(end, UNBOUNDED);
    assert_eq!(timeline.world().digest(), new_digest);
    assert_eq!(timeline.redo(), None);
}

#[test]
fn another_seed_is_a_change_like_others() {
    let scenario = &scenario("slow-and-fast");
    let (end, config) = (scenario.end(), scenario.world.clone());
    let mut timeline = timeline(&config);
    timeline.seek(end, UNBOUNDED);
    let other = Config {
        seed: 77,
        ..config.clone()
    };
    timeline.change_config(other.clone());
    assert_eq!(timeline.now(), timeline.start());
    timeline.seek(end, UNBOUNDED);
    assert_eq!(timeline.world().digest(), digest_at(&other, end));
    let at = end;
    assert_eq!(timeline.undo(), Some(Crossing { at, horizon: end }));
    timeline.seek(at, UNBOUNDED);
    assert_eq!(timeline.world().digest(), digest_at(&config, end));
    assert_eq!(timeline.undo(), None);
}

#[test]
fn a_rejected_input_changes_nothing() {
    let scenario = &scenario("slow-and-fast");
    let mut timeline = timeline(&scenario.world);
    timeline.advance(timeline.start() + Span::from_secs(20), UNBOUNDED);
    timeline.seek(timeline.start() + Span::from_secs(10), UNBOUNDED);
    let (before, horizon) = (timeline.world().digest(), timeline.horizon());
    let program = scenario.world.actors[0].program.clone();
    let nobody = InputKind::SetProgram(ProgramChange {
        caller: Caller(99),
        program,
    });
    assert!(timeline.act(nobody).is_err());
    assert_eq!(
        (timeline.world().digest(), timeline.horizon()),
        (before, horizon)
    );
    assert!(timeline.recording().inputs.is_empty());
}

#[test]
fn stepping_goes_from_event_to_event_and_back() {
    let mut timeline = timeline(&scenario("delay-queue").world);
    let mut instants = vec![timeline.now()];
    for _ in 0..8 {
        assert!(timeline.next_event(1000));
        instants.push(timeline.now());
    }
    assert!(instants.is_sorted());
    while let Some(at) = instants.pop() {
        assert_eq!(timeline.now(), at);
        timeline.seek(timeline.previous_event(), UNBOUNDED);
    }
}

#[test]
fn the_same_run_with_other_settings() {
    let scenario = &scenario("fifo");
    let recording = Recording::new(scenario.world.clone());
    let attribute = |queue: &str, name: &str, value: &str| Change::Attribute {
        queue: queue.into(),
        name: name.into(),
        value: value.into(),
    };
    let program = |actor: &str, setting: &str, value: &str| Change::Program {
        actor: actor.into(),
        setting: setting.into(),
        value: value.into(),
    };
    let end = scenario.end();
    let other = recording
        .variant(&[
            attribute("mynewq.fifo", "VisibilityTimeout", "2"),
            program("consumer", "work_ms", "7000"),
            program("consumer", "visibility_timeout", ""),
        ])
        .expect("both are there");
    assert_eq!(other.inputs, recording.inputs);
    let mut timeline = Timeline::new(other);
    timeline.advance(end, UNBOUNDED);
    let queue = timeline.world().service().find_queue("mynewq.fifo");
    let timeout = queue.expect("created").attributes().visibility_timeout;
    assert_eq!(timeout, 2);
    assert_ne!(timeline.world().digest(), digest_at(&scenario.world, end));

    for (change, why) in [
        (
            attribute("nobody", "DelaySeconds", "1"),
            "no queue `nobody`",
        ),
        (program("nobody", "work_ms", "1"), "no actor `nobody`"),
        (
            program("consumer", "work_ms", "soon"),
            "expected a number or an object in consumer.work_ms",
        ),
        (
            program("consumer", "work_ms", "99999999999"),
            "work_ms must be from 0",
        ),
        (program("consumer", "queue", ""), "missing field `queue`"),
        (
            program("consumer", "colour", "red"),
            "unknown field `colour`",
        ),
    ] {
        let error = recording.variant(&[change]).expect_err(why);
        assert!(error.to_string().contains(why), "{error}");
    }
}

#[test]
fn a_recording_survives_its_json() {
    let mut timeline = timeline(&scenario("fifo").world);
    timeline.advance(timeline.start() + Span::from_secs(5), UNBOUNDED);
    let body = send_by_hand(timeline.world(), "by hand");
    timeline.act(body).expect("a send is no nonsense");
    let json = timeline.recording().to_json();
    assert_eq!(
        Recording::from_json(&json).as_ref(),
        Ok(timeline.recording())
    );
}

#[test]
fn broken_recordings_are_refused_with_a_reason() {
    let whole = Recording::new(scenario("first-messages").world).to_json();
    for (text, reason) in [
        ("{", "can't be read"),
        ("[]", "not a recording"),
        ("{}", "not a recording"),
        (
            &*whole.replace("\"version\":1", "\"version\":9"),
            "version 9",
        ),
        (&*whole.replace("123456789012", "12"), "account"),
        (
            &*whole.replace("\"latency_ms_min\":10", "\"latency_ms_min\":0"),
            "latency_ms_min",
        ),
        (
            &*whole.replace("\"seed\":1", "\"seed\":1,\"extra\":2"),
            "unknown field",
        ),
        (
            &*whole.replace("\"inputs\":[]", "\"inputs\":[{\"at\":5,\"kind\":\"?\"}]"),
            "can't be read",
        ),
    ] {
        let error = Recording::from_json(text).expect_err(text).to_string();
        assert!(error.contains(reason), "{error}");
    }
}

/// What a person may do, at random.
#[derive(Clone, Debug)]
enum Deed {
    Wait(u64),
    Send,
    Receive(i64),
    SeekTo(u64),
    Step,
    Undo,
    Redo,
    Reseed(u64),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        (0u64..20_000).prop_map(Deed::Wait),
        Just(Deed::Send),
        (0i64..=20).prop_map(Deed::Receive),
        (0u64..=100).prop_map(Deed::SeekTo),
        Just(Deed::Step),
        Just(Deed::Undo),
        Just(Deed::Redo),
        any::<u64>().prop_map(Deed::Reseed),
    ]
}

/// What was counted along the way is what a naive count of a fresh run finds.
fn check_density(live: &Timeline, log: &EventLog) {
    let density = live.density();
    assert_eq!(log.first_id(), 0, "the run is short enough for its log");
    let mut counted = 0;
    for event in log.before(u64::MAX) {
        if let Some(group) = EventGroup::of(&event.kind) {
            let place = event.at.since(live.start()).as_ms() / density.width().as_ms();
            assert!(density.buckets()[place as usize].of(group) > 0, "{event:?}");
            counted += 1;
        }
    }
    assert_eq!(density.total().total(), counted);
    let answered = |event: &&Event| matches!(event.kind, EventKind::CallAnswered { .. });
    let answered = log.before(u64::MAX).filter(answered).count() as u64;
    assert_eq!(live.call_counts().total(), answered);
    for group in EventGroup::ALL {
        let of_group = |event: &&Event| EventGroup::of(&event.kind) == Some(group);
        let found = log.before(u64::MAX).filter(of_group).count() as u64;
        assert_eq!(density.total().of(group), found, "{group:?}");
    }
}

/// The samples say what a fresh run finds at some of their instants.
fn check_levels(live: &Timeline, mut fresh: Timeline) {
    let levels = live.levels();
    let ids: Vec<_> = live.world().queues().map(Queue::id).collect();
    let periods = live.horizon().since(live.start()).as_ms() / levels.period().as_ms();
    for period in (1..=periods).step_by(1 + periods as usize / 8) {
        let end = live.start() + Span::from_ms(period * levels.period().as_ms());
        fresh.seek(end - Span::from_ms(1), UNBOUNDED);
        for id in &ids {
            let known = levels.of(*id);
            let level = known.iter().rfind(|level| level.at <= end);
            let counts = fresh.world().queue(*id).map(Queue::counts);
            let found = level.map(|level| (level.visible, level.in_flight, level.delayed));
            let wanted = counts.map(|counts| {
                (
                    counts.visible as u64,
                    counts.in_flight as u64,
                    counts.delayed as u64,
                )
            });
            assert_eq!(found, wanted, "{id:?} at {end}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_one_does_the_recording_replays_it(
        scenario in 0..library().len(),
        seed in any::<u64>(),
        deeds in proptest::collection::vec(deed(), 1..24),
    ) {
        let config = Config { seed, ..library()[scenario].world.clone() };
        let mut live = timeline(&config);
        for (index, deed) in deeds.into_iter().enumerate() {
            match deed {
                Deed::Wait(ms) => { live.advance(live.now() + Span::from_ms(ms), UNBOUNDED); }
                Deed::Send => {
                    let send = send_by_hand(live.world(), &format!("by hand {index}"));
                    live.act(send).expect("a call is no nonsense");
                }
                Deed::Receive(wait) => {
                    let receive = receive_by_hand(live.world(), wait);
                    live.act(receive).expect("a call is no nonsense");
                }
                Deed::SeekTo(part) => {
                    let known = live.horizon().since(live.start()).as_ms();
                    live.seek(live.start() + Span::from_ms(known * part / 100), UNBOUNDED);
                }
                Deed::Step => { live.next_event(1000); }
                Deed::Undo => { live.undo(); }
                Deed::Redo => { live.redo(); }
                Deed::Reseed(seed) => {
                    let config = live.recording().config.clone();
                    live.change_config(Config { seed, ..config });
                }
            }
            prop_assert_eq!(check_invariants(live.world()), Ok(()));
        }
        let mut replayed = Timeline::new(live.recording().clone());
        replayed.seek(live.now(), UNBOUNDED);
        prop_assert_eq!(replayed.world().digest(), live.world().digest());
        let end = live.world().event_count();
        prop_assert!(replayed.log().before(end).eq(live.log().before(end)));
        live.seek(live.horizon(), UNBOUNDED);
        replayed.seek(live.horizon(), UNBOUNDED);
        check_density(&live, replayed.log());
        check_levels(&live, replayed);

        let recording = live.recording().clone();
        let (done, _) = live.undo_and_redo_counts();
        while live.undo().is_some() {}
        prop_assert_eq!(live.recording(), &Recording::new(config));
        for _ in 0..done {
            prop_assert!(live.redo().is_some());
        }
        prop_assert_eq!(live.recording(), &recording);
    }
}

#[test]
fn in_another_mode_the_same_deeds_lead_elsewhere() {
    let scenario = &scenario("first-messages");
    let end = scenario.end();
    let strict = digest_at(&scenario.world, end);
    let aws_like = Config {
        mode: sqs_playground::sqs::Mode::AwsLike,
        ..scenario.world.clone()
    };
    let mut timeline = timeline(&aws_like);
    timeline.advance(end, UNBOUNDED);
    assert_ne!(timeline.world().digest(), strict);
    let sent: u64 = timeline
        .world()
        .actors()
        .map(|actor| actor.tally().sent)
        .sum();
    assert_eq!(sent, 100, "the traffic is the same");
}

#[test]
fn every_mode_and_many_seeds_hold_the_invariants_and_replay() {
    use sqs_playground::sqs::Mode;
    for scenario in library() {
        for mode in [Mode::Strict, Mode::AwsLike, Mode::Chaos] {
            for seed in 0..12 {
                let config = Config {
                    mode,
                    seed,
                    ..scenario.world.clone()
                };
                let mut played = timeline(&config);
                let middle = played.start() + Span::from_secs(scenario.length_seconds / 2);
                played.advance(middle, UNBOUNDED);
                let in_the_middle = played.world().digest();
                assert_eq!(check_invariants(played.world()), Ok(()));
                played.advance(scenario.end(), UNBOUNDED);
                assert_eq!(check_invariants(played.world()), Ok(()));
                played.seek(middle, UNBOUNDED);
                let place = format!("{} in {mode:?}, seed {seed}", scenario.id);
                assert_eq!(played.world().digest(), in_the_middle, "{place}");
            }
        }
    }
}

#[test]
fn a_long_run_is_counted_and_sampled_in_bounded_memory() {
    let config = &scenario("delay-queue").world;
    let mut live = timeline(config);
    live.advance(live.start() + Span::from_secs(7 * 3600), UNBOUNDED);
    assert!(live.density().buckets().len() <= 512);
    for queue in live.world().queues() {
        assert!(live.levels().of(queue.id()).len() <= 513);
    }
    let mut fresh = timeline(config);
    fresh.advance(live.horizon(), UNBOUNDED);
    check_density(&live, fresh.log());
    check_levels(&live, fresh);
}
