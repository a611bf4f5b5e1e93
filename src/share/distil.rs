//! What was built in a run, as a scenario to start from.

use super::document::Document;
use crate::scenario::Scenario;
use crate::sim::Span;
use crate::sqs::api::Request;
use crate::timeline::Timeline;
use crate::world::{ActorConfig, InputKind, Limits, World};

/// The shortest scenario, in seconds.
const LENGTH_MIN: u64 = 60;

/// The scenario whose world begins with the queues and the actors that the run has where its playhead
/// stands. What was made by hand is made at the start there; messages that were sent by hand are not
/// sent.
pub fn distil(document: &Document, title: &str) -> Scenario {
    let recording = &document.recording;
    let start = recording.config.start;
    let seconds = document.at.since(start).as_ms().div_ceil(1000);
    let mut scenario = match &document.scenario {
        Some(scenario) => scenario.clone(),
        None => Scenario {
            id: "own".into(),
            group: String::new(),
            title: title.to_owned(),
            point: String::new(),
            text: String::new(),
            length_seconds: seconds.max(LENGTH_MIN),
            world: recording.config.clone(),
            switches: Vec::new(),
        },
    };
    scenario.world = recording.config.clone();
    let done = recording.inputs.iter();
    let done: Vec<&InputKind> = done
        .take_while(|input| input.at <= document.at)
        .map(|input| &input.kind)
        .collect();
    if done.is_empty() {
        return scenario;
    }
    title.clone_into(&mut scenario.title);
    for kind in done {
        if let InputKind::Call(request) = kind {
            build(&mut scenario.world.set_up, request);
        }
    }
    scenario.world.set_up.truncate(Limits::STEPS);
    let mut timeline = Timeline::new(recording.clone());
    timeline.seek(document.at, usize::MAX);
    scenario.world.actors = actors_of(timeline.world());
    let actors = &scenario.world.actors;
    scenario.switches.retain(|switch| {
        let mut named = actors.iter().filter(|actor| actor.name == switch.actor);
        named.any(|actor| actor.program.same_kind(&switch.program))
    });
    scenario
}

/// Does what a call does to queues in the calls of a set-up.
fn build(set_up: &mut Vec<Request>, request: &Request) {
    match request {
        Request::CreateQueue(_)
        | Request::SetQueueAttributes(_)
        | Request::TagQueue(_)
        | Request::UntagQueue(_)
        | Request::AddPermission(_)
        | Request::RemovePermission(_) => set_up.push(request.clone()),
        Request::DeleteQueue(_) => {
            let gone = name_of(request).map(str::to_owned);
            set_up.retain(|made| name_of(made) != gone.as_deref());
        }
        Request::CancelMessageMoveTask(_)
        | Request::ChangeMessageVisibility(_)
        | Request::ChangeMessageVisibilityBatch(_)
        | Request::DeleteMessage(_)
        | Request::DeleteMessageBatch(_)
        | Request::GetQueueAttributes(_)
        | Request::GetQueueUrl(_)
        | Request::ListDeadLetterSourceQueues(_)
        | Request::ListMessageMoveTasks(_)
        | Request::ListQueues(_)
        | Request::ListQueueTags(_)
        | Request::PurgeQueue(_)
        | Request::ReceiveMessage(_)
        | Request::SendMessage(_)
        | Request::SendMessageBatch(_)
        | Request::StartMessageMoveTask(_) => {}
    }
}

/// The name of the queue that a call is about.
fn name_of(request: &Request) -> Option<&str> {
    if let Request::CreateQueue(create) = request {
        return create.queue_name.as_deref();
    }
    let named = request.queue_named()?;
    Some(named.rsplit('/').next().unwrap_or(named))
}

/// The actors that a world has, as they are now.
pub fn actors_of(world: &World) -> Vec<ActorConfig> {
    let own = &world.config().actors;
    let mut now: Vec<ActorConfig> = world
        .actors()
        .map(|actor| {
            let place = actor.caller().0.checked_sub(1).map(|place| place as usize);
            let own = place.and_then(|place| own.get(place));
            ActorConfig {
                name: actor.name().to_owned(),
                start_after_ms: own.map_or(Span::ZERO.as_ms(), |own| own.start_after_ms),
                program: actor.program().clone(),
            }
        })
        .collect();
    now.truncate(Limits::ACTORS);
    now
}
