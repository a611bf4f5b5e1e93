//! Prints what the scenarios of the library come to, and their scripts, as JSON, for `tests/python/library.mjs` to run and
//! to compare.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use sqs_playground::scenario::{self, Scenario, library};
use sqs_playground::sqs::QueueId;
use sqs_playground::sqs::api::{Request, Response};
use sqs_playground::timeline::{Recording, Timeline};
use sqs_playground::topology::{SourceFile, scripts_of, side_by_side};
use sqs_playground::world::{Activity, Actor, EventKind, Program};

/// What came of a queue.
#[derive(Clone, Copy, Default)]
struct Counts {
    sent: u64,
    received: u64,
    /// Received, and not for the first time.
    again: u64,
    deleted: u64,
    /// Worked on to the end though somebody had done that before.
    twice: u64,
    /// Calls that send, receive, delete, or change the visibility.
    calls: u64,
    left: u64,
}

/// Whether a call sends, receives, deletes, or changes the visibility.
fn is_about_messages(request: &Request) -> bool {
    let action = request.action();
    action.contains("Message") && !action.contains("Task")
}

fn consumed(actor: &Actor) -> Option<&str> {
    match actor.program() {
        Program::Consumer(consumer) => Some(&consumer.queue),
        Program::Lambda(lambda) => Some(&lambda.queue),
        Program::Producer(_) | Program::Monitor(_) | Program::Script(_) | Program::Outside(_) => {
            None
        }
    }
}

/// Plays it to its length.
fn played(scenario: &Scenario) -> Timeline {
    let mut timeline = Timeline::new(Recording::new(scenario.world.clone()));
    timeline.advance(scenario.end(), usize::MAX);
    timeline
}

fn counts(timeline: &Timeline) -> BTreeMap<String, Counts> {
    let world = timeline.world();
    let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
    let mut names: BTreeMap<QueueId, String> = BTreeMap::new();
    for queue in world.queues() {
        let state = queue.counts();
        let left = (state.delayed + state.visible + state.in_flight) as u64;
        names.insert(queue.id(), queue.name().to_string());
        let blank = Counts::default();
        counts.insert(queue.name().to_string(), Counts { left, ..blank });
    }
    for actor in world.actors() {
        let consumed = consumed(actor).and_then(|queue| counts.get_mut(queue));
        if let Some(queue) = consumed {
            queue.twice += actor.tally().worked_twice;
        }
    }
    let mut seen = BTreeSet::new();
    for event in timeline.log().before(world.event_count()) {
        let EventKind::CallAnswered {
            queue: Some(queue),
            request,
            result,
            ..
        } = &event.kind
        else {
            continue;
        };
        if !is_about_messages(request) {
            continue;
        }
        let name = names.get(queue).expect("no scenario deletes a queue");
        let queue = counts.get_mut(name).expect("it has its counts");
        queue.calls += 1;
        match result.as_ref() {
            Ok(Response::SendMessage(_)) => queue.sent += 1,
            Ok(Response::SendMessageBatch(batch)) => queue.sent += batch.successful.len() as u64,
            Ok(Response::ReceiveMessage(received)) => {
                queue.received += received.messages.len() as u64;
                for message in &received.messages {
                    queue.again += u64::from(!seen.insert(message.message_id.clone()));
                }
            }
            Ok(Response::DeleteMessage(_)) => queue.deleted += 1,
            Ok(Response::DeleteMessageBatch(batch)) => {
                queue.deleted += batch.successful.len() as u64;
            }
            Ok(_) | Err(_) => {}
        }
    }
    counts
}

fn told(scenario: &Scenario) -> Value {
    let timeline = played(scenario);
    let queues = counts(&timeline).into_iter().map(|(name, queue)| {
        let Counts {
            sent,
            received,
            again,
            deleted,
            twice,
            calls,
            left,
        } = queue;
        let told = json!({
            "sent": sent, "received": received, "again": again, "deleted": deleted,
            "twice": twice, "calls": calls, "left": left,
        });
        (name, told)
    });
    let failed = |actor: &&Actor| matches!(actor.activity(), Activity::Failed { .. });
    let failing = timeline.world().actors().filter(failed);
    let own = scenario::scripts_of(&scenario.id).iter();
    let own = own
        .map(|file| json!({ "name": file.name, "arguments": file.arguments, "text": file.text }));
    let mut written = scripts_of(&scenario.world);
    written.extend(side_by_side(&written));
    let written = written
        .into_iter()
        .map(|SourceFile { name, text }| json!({ "name": name, "arguments": "", "text": text }));
    json!({
        "id": scenario.id,
        "seconds": scenario.length_seconds,
        "seed": scenario.world.seed,
        "mode": scenario.world.mode.as_str(),
        "failing": failing.count(),
        "queues": queues.collect::<serde_json::Map<_, _>>(),
        "own": own.collect::<Vec<_>>(),
        "written": written.collect::<Vec<_>>(),
    })
}

fn main() {
    let told: Vec<Value> = library().iter().map(told).collect();
    println!("{}", Value::from(told));
}
