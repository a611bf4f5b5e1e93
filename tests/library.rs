//! The point of each scenario in numbers, with the arithmetic behind them, and with each of its switches.
//!
//! A call takes two legs of 10 to 30 ms: 40 ms on average. `tests/scenarios.rs` plays all of them at several
//! speeds, and has the numbers of those that came first.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a test picks the few events that it is about"
)]

use std::collections::BTreeSet;
use std::fs;

use sqs_playground::scenario::{Scenario, library};
use sqs_playground::sim::{Span, Time};
use sqs_playground::sqs::api::Response;
use sqs_playground::sqs::{ErrorCode, EventKind as ServiceEvent, MessageKey, Prices, QueueId};
use sqs_playground::timeline::{Recording, Timeline};
use sqs_playground::world::{
    Activity, Actor, EventKind, InputKind, ProgramChange, Tally, check_invariants,
};

/// A scenario that was played to its end.
struct Played(Timeline);

fn scenario(id: &str) -> Scenario {
    let mut scenarios = library().into_iter();
    let found = scenarios.find(|scenario| scenario.id == id);
    found.unwrap_or_else(|| panic!("the library has no {id}"))
}

fn play(id: &str) -> Played {
    play_with(id, None)
}

/// Plays a scenario with the switch of this label on, from the start.
fn play_with(id: &str, switch: Option<&str>) -> Played {
    let scenario = scenario(id);
    let mut timeline = Timeline::new(Recording::new(scenario.world.clone()));
    if let Some(label) = switch {
        let mut switches = scenario.switches.iter();
        let switch = switches.find(|switch| switch.label == label);
        let switch = switch.unwrap_or_else(|| panic!("{id} has no switch {label}"));
        let mut actors = timeline.world().actors();
        let actor = actors.find(|actor| actor.name() == switch.actor);
        let (caller, program) = (actor.expect("it is there").caller(), switch.program.clone());
        drop(actors);
        let change = InputKind::SetProgram(ProgramChange { caller, program });
        timeline.act(change).expect("the switch can be turned");
    }
    timeline.advance(scenario.end(), usize::MAX);
    assert_eq!(check_invariants(timeline.world()), Ok(()), "{id}");
    Played(timeline)
}

impl Played {
    /// Goes to this second of the run.
    fn seek(&mut self, seconds: u64) {
        let at = self.0.start() + Span::from_secs(seconds);
        self.0.seek(at, usize::MAX);
    }

    fn actor(&self, name: &str) -> &Actor {
        let mut actors = self.0.world().actors();
        let found = actors.find(|actor| actor.name() == name);
        found.unwrap_or_else(|| panic!("there is no {name}"))
    }

    fn tally(&self, actor: &str) -> &Tally {
        self.actor(actor).tally()
    }

    fn is_finished(&self, actor: &str) -> bool {
        *self.actor(actor).activity() == Activity::Finished
    }

    fn error(&self, actor: &str) -> (ErrorCode, &str) {
        let error = self.tally(actor).last_error.as_ref();
        let error = error.unwrap_or_else(|| panic!("{actor} met no error"));
        (error.code, &error.message)
    }

    fn queue(&self, name: &str) -> QueueId {
        let queue = self.0.world().service().find_queue(name);
        queue.unwrap_or_else(|| panic!("there is no {name}")).id()
    }

    /// Delayed, visible, in flight.
    fn counts(&self, queue: &str) -> [usize; 3] {
        let queue = self.0.world().service().find_queue(queue);
        let counts = queue.expect("the queue is there").counts();
        [counts.delayed, counts.visible, counts.in_flight]
    }

    /// What the service did, and when.
    fn events(&self) -> impl Iterator<Item = (Time, &ServiceEvent)> {
        let log = self.0.log().before(self.0.world().event_count());
        log.filter_map(|event| {
            if let EventKind::Service(kind) = &event.kind {
                Some((event.at, kind))
            } else {
                None
            }
        })
    }

    /// The answers to an actor's calls, in their order.
    fn answers(&self, actor: &str) -> Vec<Response> {
        let caller = self.actor(actor).caller();
        let log = self.0.log().before(self.0.world().event_count());
        let answers = log.filter_map(|event| match &event.kind {
            EventKind::CallAnswered {
                caller: of, result, ..
            } if *of == caller => result.as_ref().clone().ok(),
            _ => None,
        });
        answers.collect()
    }

    /// How often each message was received, by its key.
    fn receives(&self, queue: QueueId) -> Vec<(MessageKey, usize)> {
        let received = self.events().filter_map(|(_, kind)| match kind {
            ServiceEvent::MessageReceived {
                queue: of, message, ..
            } if *of == queue => Some(*message),
            _ => None,
        });
        let all: Vec<_> = received.collect();
        let each: BTreeSet<_> = all.iter().copied().collect();
        let times = |key| all.iter().filter(|other| **other == key).count();
        each.into_iter().map(|key| (key, times(key))).collect()
    }

    /// How long the messages that an actor sent waited until they were received first, the longest wait.
    fn longest_wait(&self, sender: &str) -> Span {
        let sender = self.actor(sender).caller();
        let sent = self.events().filter_map(|(at, kind)| match kind {
            ServiceEvent::MessageSent {
                message, caller, ..
            } if *caller == sender => Some((at, *message)),
            _ => None,
        });
        let waits = sent.map(|(sent, key)| {
            let mut events = self.events();
            let first = events.find(|(_, kind)| {
                matches!(kind, ServiceEvent::MessageReceived { message, .. } if *message == key)
            });
            first.expect("it was received").0.since(sent)
        });
        waits.max().expect("it sent something")
    }
}

#[test]
fn first_queue() {
    let mut played = play("first-queue");
    let receiver = played.tally("receiver");
    assert_eq!((receiver.received, receiver.deleted), (1, 1));
    // After it three polls of 10 s in vain, and the end.
    assert_eq!((receiver.receives, receiver.empty_receives), (4, 3));
    assert!(played.is_finished("receiver"));
    // Received at 3 s, deleted after 4 s of work.
    for (seconds, counts) in [(2, [0, 1, 0]), (5, [0, 0, 1]), (8, [0, 0, 0])] {
        played.seek(seconds);
        assert_eq!(played.counts("my-queue"), counts, "at {seconds} s");
    }
    // Without a delete it comes back 30 s after its receive, at 33 s, and the third of the polls gets it.
    let mut played = play_with("first-queue", Some("No delete"));
    let receiver = played.tally("receiver");
    assert_eq!((receiver.received, receiver.deleted), (2, 0));
    assert_eq!(receiver.worked_twice, 1);
    assert_eq!(played.counts("my-queue"), [0, 0, 1]);
    played.seek(32);
    assert_eq!(played.tally("receiver").received, 1);
}

#[test]
fn list_and_prefix() {
    let played = play("list-and-prefix");
    let answers = played.answers("explorer");
    let lists: Vec<(Vec<&str>, bool)> = answers
        .iter()
        .filter_map(|answer| match answer {
            Response::ListQueues(list) => {
                let urls = list.queue_urls.iter();
                let names = urls.map(|url| url.rsplit('/').next().unwrap_or_default());
                let names = names.collect();
                Some((names, list.next_token.is_some()))
            }
            _ => None,
        })
        .collect();
    let all = [
        "Orders-archive",
        "orders",
        "orders-dlq",
        "orders-eu",
        "payments",
    ];
    assert_eq!(
        lists[0].0.iter().copied().collect::<BTreeSet<_>>(),
        all.into()
    );
    assert_eq!(lists[1], (vec!["orders", "orders-dlq", "orders-eu"], false));
    assert_eq!(lists[2], (vec!["orders", "orders-dlq"], true));
    assert!(
        matches!(answers.last(), Some(Response::GetQueueUrl(found)) if found.queue_url.ends_with("/payments"))
    );
    let (code, _) = played.error("explorer");
    assert_eq!(code, ErrorCode::QueueDoesNotExist);
    assert_eq!(played.tally("explorer").calls, 10);
}

#[test]
fn purge() {
    let mut played = play("purge");
    // Two purges, of which the second comes 10 s after the first.
    let (code, text) = played.error("operator");
    assert_eq!(code, ErrorCode::PurgeQueueInProgress);
    assert_eq!(
        text,
        "Only one PurgeQueue operation on work is allowed every 60 seconds."
    );
    let purges: Vec<_> = played
        .events()
        .filter_map(|(_, kind)| match kind {
            ServiceEvent::QueuePurged { messages, .. } => Some(*messages),
            _ => None,
        })
        .collect();
    // By 30 s about 55 of the messages, 0.54 s apart, were sent; the worker, at 3.04 s a message since the
    // first was visible at 10 s, had deleted 6.
    assert_eq!(purges, [50]);
    assert_eq!(played.tally("worker").errors, 0);
    played.seek(30);
    let [delayed, visible, in_flight] = played.counts("work");
    assert!(delayed > 0 && visible > 0 && in_flight > 0);
    // Ten seconds' messages came since, all of them delayed for ten seconds; the worker goes on with what it
    // holds, and its deletes succeed.
    played.seek(39);
    let [delayed, visible, in_flight] = played.counts("work");
    assert!((15..=18).contains(&delayed), "{delayed}");
    assert_eq!((visible, in_flight), (0, 0));
    let deleted = played.tally("worker").deleted;
    played.seek(31);
    assert!(played.tally("worker").deleted < deleted);
}

#[test]
fn queue_status() {
    let mut played = play("queue-status");
    assert_eq!(played.tally("workers").deleted, 40);
    assert_eq!(played.counts("status"), [0, 0, 0]);
    // 40 messages in 21.6 s. The first ten seconds all are delayed; then two are in flight, and two workers
    // take 3.08 s a message, where one comes each 0.54 s.
    let reading = |seconds| {
        played.seek(seconds);
        played.tally("monitor").reading
    };
    let readings = [9, 15, 22, 33].map(reading);
    assert_eq!(
        readings,
        [
            Some([0, 16, 0]),
            Some([5, 18, 2]),
            Some([14, 18, 2]),
            Some([24, 0, 2])
        ]
    );
}

#[test]
fn noisy_neighbour() {
    let played = play("noisy-neighbour");
    // Five workers take a second a message, with the calls 1.08 s: 4.6 a second. 300 come at once: whoever
    // comes after them in the same queue waits for about a minute; in the fair queue only until a worker is
    // free, a second at most, once the noisy one has kept more than a tenth of the workers.
    let plain = played.longest_wait("quiet-plain");
    let fair = played.longest_wait("quiet-fair");
    assert!(plain > Span::from_secs(55), "{plain:?}");
    assert!(fair < Span::from_secs(3), "{fair:?}");
    for workers in ["workers-plain", "workers-fair"] {
        assert_eq!(played.tally(workers).deleted, 350);
    }
}

#[test]
fn worker_threads() {
    // 40 messages, one each 0.29 s, are sent in 11.6 s. A message takes 2.08 s, with its receive and its delete: four
    // threads need 21 s for 10 each, from when they begin after a second; one needs 83 s.
    for (switch, seconds) in [(None, 23), (Some("One thread"), 85)] {
        let mut played = play_with("worker-threads", switch);
        let workers = played.tally("workers");
        assert_eq!((workers.deleted, workers.worked_twice), (40, 0));
        played.seek(seconds);
        assert_eq!(played.tally("workers").deleted, 40, "{switch:?}");
        played.seek(seconds - 4);
        assert!(played.tally("workers").deleted < 40, "{switch:?}");
    }
    let mut played = play("worker-threads");
    played.seek(10);
    assert_eq!(played.counts("reports")[2], 4);
}

#[test]
fn deduplication() {
    let played = play("fifo-deduplication");
    // Each send succeeds, 10.04 s apart. A round of ten has five bodies twice: the first round brings five
    // messages, the second and third none; the fourth begins after 301 s, when the five minutes of each
    // body's first send are over.
    assert_eq!(played.tally("client").sent, 40);
    assert_eq!(played.tally("client").errors, 0);
    let is_dropped = |kind: &ServiceEvent| matches!(kind, ServiceEvent::MessageDeduplicated { .. });
    assert_eq!(
        played.events().filter(|(_, kind)| is_dropped(kind)).count(),
        30
    );
    assert_eq!(played.tally("bank").deleted, 10);
    let mut ids: Vec<_> = played
        .answers("client")
        .into_iter()
        .filter_map(|answer| match answer {
            Response::SendMessage(sent) => Some(sent.message_id),
            _ => None,
        })
        .collect();
    // The answer to a duplicate names the message that was accepted.
    assert_eq!(ids[0], ids[1]);
    assert_eq!(ids[0], ids[10]);
    assert_ne!(ids[0], ids[30]);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 10);
}

#[test]
fn fifo_late_delete() {
    let played = play("fifo-late-delete");
    // A turn is 40.08 s: in 240 s six receives, of which five are worked through. Each delete comes 10 s
    // after the timeout.
    let consumer = played.tally("consumer");
    assert_eq!((consumer.receives, consumer.worked), (6, 5));
    assert_eq!((consumer.worked_twice, consumer.deleted), (4, 0));
    assert_eq!(consumer.errors, 5);
    let (code, text) = played.error("consumer");
    assert_eq!(code, ErrorCode::InvalidParameterValue);
    assert!(
        text.ends_with("Reason: The receipt handle has expired."),
        "{text}"
    );
    // Always the first job: the others are never received.
    let received = played.receives(played.queue("jobs.fifo"));
    assert_eq!(received, [(MessageKey(1), 6)]);
    for switch in ["Visibility timeout 60 s", "Heartbeat each 20 s"] {
        let played = play_with("fifo-late-delete", Some(switch));
        let consumer = played.tally("consumer");
        assert_eq!((consumer.worked, consumer.deleted), (3, 3), "{switch}");
        assert_eq!((consumer.worked_twice, consumer.errors), (0, 0), "{switch}");
    }
}

#[test]
fn visibility_timeout() {
    let numbers = |switch| {
        let played = play_with("visibility-timeout", switch);
        let workers = played.tally("workers");
        [
            workers.received,
            workers.worked,
            workers.worked_twice,
            workers.recognised,
        ]
    };
    // Three workers of 8.08 s a turn make 45 turns in 120 s: most of them were done before, as a message is
    // received again 5 s after each receive, and only the last of its receipt handles deletes it.
    assert_eq!(numbers(None), [45, 42, 32, 0]);
    assert_eq!(numbers(Some("Visibility timeout 30 s")), [10, 10, 0, 0]);
    assert_eq!(numbers(Some("Heartbeat each 3 s")), [10, 10, 0, 0]);
    // Fourteen times a worker sees, before or after its work, that it was done: no harm comes of it.
    assert_eq!(numbers(Some("Idempotent")), [24, 18, 0, 14]);
}

#[test]
fn at_least_once() {
    let played = play("at-least-once");
    let mailer = played.tally("mailer");
    assert_eq!(mailer.worked, 100 + mailer.worked_twice);
    // Of a hundred receives and a hundred deletes about one in twenty is missed, and has one more email sent.
    let struck = |kind: &ServiceEvent| matches!(kind, ServiceEvent::ChaosStruck { .. });
    let strikes = played.events().filter(|(_, kind)| struck(kind)).count();
    assert_eq!((strikes, mailer.worked_twice), (6, 6));
    let played = play_with("at-least-once", Some("Idempotent"));
    let mailer = played.tally("mailer");
    assert_eq!((mailer.worked_twice, mailer.recognised > 0), (0, true));
}

#[test]
fn poison_pill() {
    let played = play("poison-pill");
    // 18 good ones each. The three broken ones fail each 10 s: the first comes after 7 s, at 17 failures in
    // 180 s each; with a dead-letter queue three times each, and then they are moved.
    let (without, with) = (
        played.tally("consumer-without"),
        played.tally("consumer-with"),
    );
    assert_eq!(
        (without.worked, without.deleted, without.failed),
        (18, 18, 51)
    );
    assert_eq!((with.worked, with.deleted, with.failed), (18, 18, 9));
    assert_eq!(played.counts("orders-dlq"), [0, 3, 0]);
    assert_eq!(played.counts("orders-with"), [0, 0, 0]);
    assert_eq!(played.counts("orders-without").iter().sum::<usize>(), 3);
    let received = played.receives(played.queue("orders-with"));
    let thrice = received.iter().filter(|(_, times)| *times == 3).count();
    assert_eq!((received.len(), thrice), (21, 3));
}

#[test]
fn redrive() {
    let mut played = play("redrive");
    // Ten orders that fail twice each; then ten that succeed.
    let (broken, fixed) = (
        played.tally("broken-release"),
        played.tally("fixed-release"),
    );
    assert_eq!((broken.failed, broken.worked), (20, 0));
    assert_eq!((fixed.worked, fixed.deleted, fixed.received), (10, 10, 10));
    let moved: Vec<_> = played
        .events()
        .filter_map(|(at, kind)| match kind {
            ServiceEvent::MessageMovedByTask {
                message,
                new_message,
                ..
            } => Some((at, *message, *new_message)),
            _ => None,
        })
        .collect();
    assert_eq!(moved.len(), 10);
    assert!(
        moved
            .iter()
            .all(|(_, was, is)| is.is_some_and(|is| is != *was))
    );
    // One a second.
    assert_eq!(moved[9].0.since(moved[0].0), Span::from_secs(9));
    assert_eq!(played.counts("orders-dlq"), [0, 0, 0]);
    played.seek(119);
    assert!(played.is_finished("broken-release"));
    assert_eq!(played.counts("orders-dlq"), [0, 10, 0]);
}

#[test]
fn lambda_batch() {
    let played = play("lambda-batch");
    // Three invocations with all ten: the first two succeed each time, the third fails and ends it.
    let function = played.tally("function");
    assert_eq!((function.invocations, function.failed), (3, 3));
    assert_eq!((function.worked, function.worked_twice), (6, 4));
    assert_eq!(played.counts("orders-dlq"), [0, 10, 0]);
    let played = play_with("lambda-batch", Some("ReportBatchItemFailures"));
    let function = played.tally("function");
    assert_eq!((function.invocations, function.failed), (3, 3));
    assert_eq!((function.worked, function.worked_twice), (9, 0));
    assert_eq!(function.deleted, 9);
    assert_eq!(played.counts("orders-dlq"), [0, 1, 0]);
}

#[test]
fn long_and_short_polls() {
    let played = play("long-and-short-polls");
    // A short poll and its pause take 0.54 s, and a delete more 20 times: 147 in 80 s. A long poll ends when
    // a message comes: 20, and one in vain.
    let (short, long) = (
        played.tally("consumer-short"),
        played.tally("consumer-long"),
    );
    assert_eq!((short.deleted, long.deleted), (20, 20));
    assert_eq!((short.receives, short.empty_receives), (147, 127));
    assert_eq!((long.receives, long.empty_receives), (21, 1));
    // At times a short poll missed a message that was there.
    let queue = played.queue("short");
    let mut visible = 0;
    let mut missed = 0;
    for (_, kind) in played.events() {
        match kind {
            ServiceEvent::MessageSent { queue: of, .. } if *of == queue => visible += 1,
            ServiceEvent::MessageReceived { queue: of, .. } if *of == queue => visible -= 1,
            ServiceEvent::ReceiveCameBackEmpty { queue: of, .. } if *of == queue && visible > 0 => {
                missed += 1;
            }
            _ => {}
        }
    }
    assert_eq!(missed, 2);
}

#[test]
fn empty_receives() {
    let played = play("empty-receives");
    // Ten workers for 600 s: a turn is 1.04 s with short polls and about 20.04 s with long ones.
    let (busy, patient) = (
        played.tally("workers-busy"),
        played.tally("workers-patient"),
    );
    assert_eq!((busy.received, busy.empty_receives), (10, 5763));
    assert_eq!((patient.received, patient.empty_receives), (10, 281));
    // 4,320 times ten minutes are a month of 30 days: 25 million calls and 1.3 million.
    let month = |queue: &str| {
        let queue = played.0.world().service().find_queue(queue);
        let mut meter = *queue.expect("it is there").meter();
        meter.standard *= 4320;
        let dollars = Prices::US_EAST_1.without_free().cost(&meter) / 10_000_000;
        (meter.standard / 100_000, dollars)
    };
    // In hundreds of thousands, and in cents: $10.01 and $0.53.
    assert_eq!(month("busy"), (250, 1001));
    assert_eq!(month("patient"), (13, 53));
}

#[test]
fn batch_and_single() {
    let played = play("batch-and-single");
    for actor in ["single", "batched"] {
        assert_eq!(played.tally(&format!("producer-{actor}")).sent, 100);
        assert_eq!(played.tally(&format!("consumer-{actor}")).deleted, 100);
    }
    // A hundred sends, receives and deletes, or ten of each; a last poll in vain; and the queue's creation.
    let requests = |queue: &str| {
        let queue = played.0.world().service().find_queue(queue);
        queue.expect("it is there").meter().standard
    };
    assert_eq!(requests("single"), 302);
    assert_eq!(requests("batched"), 32);
}

#[test]
fn the_library_is_whole_and_in_groups() {
    let library = library();
    assert!(library.len() >= 16);
    let ids: BTreeSet<_> = library.iter().map(|scenario| scenario.id.clone()).collect();
    assert_eq!(ids.len(), library.len());
    let files = fs::read_dir("static/scenarios").expect("the files are there");
    let names = files.map(|file| file.expect("it can be read").path());
    let stems: BTreeSet<_> = names
        .filter_map(|path| {
            path.file_stem()
                .map(|stem| stem.to_string_lossy().into_owned())
        })
        .collect();
    assert_eq!(stems, ids, "each file is in the library under its name");
    // Those of a group stand together.
    let mut groups: Vec<_> = library.iter().map(|scenario| &scenario.group).collect();
    groups.dedup();
    let distinct: BTreeSet<_> = groups.iter().collect();
    assert_eq!(distinct.len(), groups.len());
}

#[test]
fn points_and_texts_keep_their_form() {
    for scenario in library() {
        let Scenario {
            id,
            title,
            point,
            text,
            ..
        } = &scenario;
        // They have their places: a line in the rail, a line or two on the stage, and a paragraph.
        assert!(title.len() <= 18, "{id}");
        assert!((20..=95).contains(&point.len()), "{id}: {}", point.len());
        assert_eq!(
            point.matches(['.', '?', '!']).count(),
            1,
            "{id}: one sentence"
        );
        assert!(point.ends_with('.'), "{id}");
        assert!((80..=330).contains(&text.len()), "{id}: {}", text.len());
    }
}
