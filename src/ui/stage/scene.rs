//! From the world to the view: the one place where the stage meets the core.

use std::sync::Arc;

use crate::sim::{Time, in_order};
use crate::sqs::api::{CallId, Request, Response};
use crate::sqs::{Error, Message, MessageKey, Phase, Queue, QueueId, Waiter};
use crate::timeline::EventLog;
use crate::world::{Activity, Actor, Call, CallPhase, EventKind, Program, World};

use super::layout::{ActorShape, QueueShape, Shape};
use super::view::*;

/// More tokens than any zone can show.
const TOKENS_MAX: usize = 500;
/// How many messages of a queue are looked at for those.
const LOOKED_AT_MAX: usize = 4000;
/// How many events are looked at for traces.
const TRACED_MAX: usize = 64;

type Polls = Vec<(CallId, Ring)>;

/// The view of this world.
pub(crate) fn view(world: &World) -> StageView {
    let polls = polls(world);
    StageView {
        queues: world
            .queues()
            .map(|queue| queue_view(world, queue))
            .collect(),
        actors: world
            .actors()
            .map(|actor| actor_view(actor, world.config().start, &polls))
            .collect(),
        calls: world
            .calls()
            .filter_map(|call| call_view(call, &polls))
            .collect(),
        traces: Vec::new(),
    }
}

/// What the layout needs of this world.
pub(crate) fn shape(world: &World) -> Shape {
    let queue = |queue: &Queue| QueueShape {
        id: queue.id(),
        dead_letter_queue: queue.dead_letter_queue(),
    };
    let actor = |actor: &Actor| ActorShape {
        caller: actor.caller(),
        role: role_of(actor.program()),
        queues: queues_of(world, actor.program()),
    };
    Shape {
        queues: world.queues().map(queue).collect(),
        actors: world.actors().map(actor).collect(),
    }
}

/// The queues of this program that exist.
pub(crate) fn queues_of(world: &World, program: &Program) -> Vec<QueueId> {
    let named = program.queues();
    let is_meant = |queue: &Queue, name: &str| *name == **queue.name() || *name == **queue.url();
    world
        .queues()
        .filter(|queue| named.iter().any(|name| is_meant(queue, name)))
        .map(Queue::id)
        .collect()
}

/// What a program is for.
pub(crate) fn role_of(program: &Program) -> Role {
    match program {
        Program::Producer(_) => Role::Producer,
        Program::Consumer(_) | Program::Lambda(_) => Role::Consumer,
        Program::Monitor(_) => Role::Monitor,
        Program::Script(_) => Role::Script,
    }
}

/// The long polls that wait, by their calls.
fn polls(world: &World) -> Polls {
    let ring = |waiter: &Waiter| Ring {
        since: waiter.since(),
        until: waiter.until(),
    };
    let waiters = world.queues().flat_map(Queue::waiters);
    waiters
        .map(|waiter| (waiter.call(), ring(waiter)))
        .collect()
}

fn poll_of(polls: &Polls, call: CallId) -> Option<Ring> {
    let mut polls = polls.iter();
    Some(polls.find(|(of, _)| *of == call)?.1)
}

/// What one actor does.
pub(crate) fn doing_of(world: &World, actor: &Actor) -> Doing {
    doing(actor, world.config().start, &polls(world))
}

fn queue_view(world: &World, queue: &Queue) -> QueueView {
    let dead_letters = queue.dead_letter_queue().zip(queue.max_receive_count());
    let lanes: Vec<LaneView> = queue
        .groups()
        .map(|(name, group)| LaneView {
            name: Arc::clone(name),
            locked: group.locked_by().is_some(),
        })
        .collect();
    let counts = queue.counts();
    let mut zones = [counts.delayed, counts.visible, counts.in_flight].map(|count| ZoneView {
        count,
        tokens: Vec::new(),
    });
    for message in queue.messages().take(LOOKED_AT_MAX) {
        let zone = &mut zones[zone_of(message.phase()) as usize];
        if zone.tokens.len() < TOKENS_MAX {
            zone.tokens.push(token_view(message, &lanes));
        }
    }
    order(&mut zones[Zone::Delayed as usize], |ring| ring.until);
    order(&mut zones[Zone::InFlight as usize], |ring| ring.since);
    QueueView {
        id: queue.id(),
        kind: if queue.is_fifo() {
            QueueKind::Fifo
        } else {
            QueueKind::Standard
        },
        dead_letters: dead_letters.map(|(target, after_receives)| DeadLetters {
            target,
            after_receives,
        }),
        is_dead_letter_queue: world
            .queues()
            .any(|other| other.dead_letter_queue() == Some(queue.id())),
        zones,
        lanes,
    }
}

/// Puts tokens in the order of an end of their rings.
fn order(zone: &mut ZoneView, end: fn(Ring) -> Time) {
    zone.tokens = in_order(&zone.tokens, |token| {
        [token.ring.map_or(0, |ring| end(ring).as_ms()), 0]
    });
}

/// The calls that were answered since then, the oldest first.
pub(crate) fn traces(log: &EventLog, world: &World, since: Time) -> Vec<Trace> {
    let recent = log.before(world.event_count()).rev();
    let mut traces: Vec<Trace> = recent
        .take_while(|event| event.at >= since)
        .take(TRACED_MAX)
        .filter_map(|event| {
            let EventKind::CallAnswered {
                caller,
                queue,
                request,
                messages,
                result,
                ..
            } = &event.kind
            else {
                return None;
            };
            let back = cargo_back(result, messages);
            Some(Trace {
                caller: *caller,
                queue: (*queue)?,
                cargo: if back == Cargo::Fine {
                    cargo_there(request)
                } else {
                    back
                },
                at: event.at,
            })
        })
        .collect();
    traces.reverse();
    traces
}

/// The zone of a message in this phase.
pub(crate) fn zone_of(phase: Phase) -> Zone {
    match phase {
        Phase::Delayed { .. } => Zone::Delayed,
        Phase::Visible { .. } => Zone::Visible,
        Phase::InFlight { .. } => Zone::InFlight,
    }
}

fn token_view(message: &Message, lanes: &[LaneView]) -> TokenView {
    let (since, ring) = match message.phase() {
        Phase::Delayed { until } => (message.enqueued_at(), Some(until)),
        Phase::Visible { since } => (since, None),
        Phase::InFlight { since, until, .. } => (since, Some(until)),
    };
    TokenView {
        key: message.key(),
        receives: message.receive_count(),
        since,
        ring: ring.map(|until| Ring { since, until }),
        lane: message
            .group_id()
            .and_then(|id| lanes.iter().position(|lane| lane.name == *id)),
    }
}

fn actor_view(actor: &Actor, start: Time, polls: &Polls) -> ActorView {
    ActorView {
        caller: actor.caller(),
        doing: doing(actor, start, polls),
    }
}

fn doing(actor: &Actor, start: Time, polls: &Polls) -> Doing {
    match actor.activity() {
        Activity::Starting { until } => Doing::Sleeping(Ring {
            since: start,
            until: *until,
        }),
        Activity::Sleeping { since, until } | Activity::Throttled { since, until } => {
            Doing::Sleeping(Ring {
                since: *since,
                until: *until,
            })
        }
        Activity::Calling { call } => {
            poll_of(polls, *call).map_or(Doing::Calling, Doing::LongPolling)
        }
        Activity::Working {
            message,
            since,
            until,
        } => Doing::Working(
            *message,
            Ring {
                since: *since,
                until: *until,
            },
        ),
        Activity::Finished | Activity::Removed => Doing::Finished,
        Activity::Crashed { .. } | Activity::Failed { .. } => Doing::Failed,
    }
}

fn call_view(call: &Call, polls: &Polls) -> Option<CallView> {
    let (cargo, leg) = match &call.phase {
        CallPhase::Requesting { since, until } => (
            cargo_there(&call.request),
            Leg::There(Ring {
                since: *since,
                until: *until,
            }),
        ),
        CallPhase::AtService { .. } => (Cargo::Receive, Leg::Waiting(poll_of(polls, call.id)?)),
        CallPhase::Replying {
            since,
            until,
            result,
        } => (
            cargo_back(result, &call.messages),
            Leg::Back(Ring {
                since: *since,
                until: *until,
            }),
        ),
    };
    Some(CallView {
        id: call.id,
        caller: call.caller,
        queue: call.queue,
        cargo,
        leg,
    })
}

fn cargo_there(request: &Request) -> Cargo {
    match request {
        Request::SendMessage(_) | Request::SendMessageBatch(_) => Cargo::Send,
        Request::ReceiveMessage(_) => Cargo::Receive,
        Request::DeleteMessage(_) | Request::DeleteMessageBatch(_) => Cargo::Delete,
        Request::AddPermission(_)
        | Request::CancelMessageMoveTask(_)
        | Request::ChangeMessageVisibility(_)
        | Request::ChangeMessageVisibilityBatch(_)
        | Request::CreateQueue(_)
        | Request::DeleteQueue(_)
        | Request::GetQueueAttributes(_)
        | Request::GetQueueUrl(_)
        | Request::ListDeadLetterSourceQueues(_)
        | Request::ListMessageMoveTasks(_)
        | Request::ListQueues(_)
        | Request::ListQueueTags(_)
        | Request::PurgeQueue(_)
        | Request::RemovePermission(_)
        | Request::SetQueueAttributes(_)
        | Request::StartMessageMoveTask(_)
        | Request::TagQueue(_)
        | Request::UntagQueue(_) => Cargo::Ask,
    }
}

fn cargo_back(result: &Result<Response, Error>, messages: &[MessageKey]) -> Cargo {
    match result {
        Err(_) => Cargo::Error,
        Ok(Response::ReceiveMessage(response)) if response.messages.is_empty() => Cargo::Nothing,
        Ok(Response::ReceiveMessage(response)) => {
            Cargo::Messages(response.messages.len(), messages.first().copied())
        }
        Ok(_) => Cargo::Fine,
    }
}
