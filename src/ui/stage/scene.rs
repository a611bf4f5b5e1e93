//! From the world to the view: the one place where the stage meets the core.

use std::sync::Arc;

use crate::sim::Time;
use crate::sqs::api::{CallId, Request, Response};
use crate::sqs::{
    Counts, Error, EventKind as ServiceEvent, Message, MessageKey, MoveTask, MoveTaskStatus, Phase,
    Queue, QueueId, Waiter,
};
use crate::timeline::EventLog;
use crate::world::{Activity, Actor, Call, CallPhase, Ending, Event, EventKind, Program, World};

use super::layout::{ActorShape, Layout, QueueBox, QueueShape, Shape};
use super::tokens::LANE_HEIGHT_MIN;
use super::view::*;

/// How many messages of a queue are looked at for those that are shown one by one.
const LOOKED_AT_MAX: usize = 1500;
/// How many strands of an actor are shown.
const STRANDS_MAX: usize = 12;
/// How many events are looked at for what has just passed.
const RECENT_MAX: usize = 256;
/// How many traces and moves are shown.
const TRACED_MAX: usize = 64;

type Polls = Vec<(CallId, Ring)>;

/// The view of this world, with as many messages as this layout has room for.
pub(crate) fn view(world: &World, layout: &Layout) -> StageView {
    let polls = polls(world);
    let on_stage = layout.queues.iter();
    StageView {
        queues: on_stage
            .filter_map(|on| Some(queue_view(world, world.queue(on.id)?, on, layout.scale)))
            .collect(),
        actors: actors(world)
            .map(|actor| actor_view(actor, world.config().start, &polls))
            .collect(),
        calls: world
            .calls()
            .filter_map(|call| call_view(call, &polls))
            .collect(),
        ..StageView::default()
    }
}

/// Where a message is.
pub(crate) fn place_of(world: &World, key: MessageKey) -> Option<Place> {
    let mut queues = world.queues();
    queues.find_map(|queue| {
        let message = queue.message(key)?;
        let group = message.group_id().filter(|_| queue.is_fifo());
        Some(Place {
            key,
            queue: queue.id(),
            zone: zone_of(message.phase()),
            group: group.cloned(),
        })
    })
}

/// What the layout needs of this world.
pub(crate) fn shape(world: &World) -> Shape {
    let queue = |queue: &Queue| QueueShape {
        id: queue.id(),
        dead_letter_queue: queue.dead_letter_queue(),
    };
    let actor = |actor: &Actor| ActorShape {
        caller: actor.caller(),
        role: side_of(actor.program()),
        queues: queues_of(world, actor.program()),
    };
    Shape {
        queues: world.queues().map(queue).collect(),
        actors: actors(world).map(actor).collect(),
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

/// As what a program stands on the stage: a script that only takes messages stands where consumers do.
fn side_of(program: &Program) -> Role {
    if let Program::Outside(script) = program
        && script.is_consumer()
    {
        return Role::Consumer;
    }
    role_of(program)
}

/// What a program is for.
pub(crate) fn role_of(program: &Program) -> Role {
    match program {
        Program::Producer(_) => Role::Producer,
        Program::Consumer(_) => Role::Consumer,
        Program::Lambda(_) => Role::Lambda,
        Program::Monitor(_) => Role::Monitor,
        Program::Script(_) | Program::Outside(_) => Role::Script,
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

/// What there is most to see of an actor.
pub(crate) fn doing_of(world: &World, actor: &Actor) -> Doing {
    if actor.is_running() {
        doing(actor.activity(), world.config().start, &polls(world))
    } else {
        Doing::Paused
    }
}

/// The actors that are there.
pub(crate) fn actors(world: &World) -> impl Iterator<Item = &Actor> {
    world.actors().filter(|actor| !actor.is_removed())
}

fn queue_view(world: &World, queue: &Queue, on: &QueueBox, scale: f64) -> QueueView {
    let dead_letters = queue.dead_letter_queue().zip(queue.max_receive_count());
    let counts = counted(queue.counts());
    let mut view = QueueView {
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
        zones: counts.map(|count| ZoneView {
            count,
            tokens: Vec::new(),
        }),
        lanes: Vec::new(),
        groups: queue.group_count(),
        move_task: move_task_view(world, queue),
    };
    match view.kind {
        QueueKind::Standard => look_at_messages(&mut view, queue, on.capacity),
        QueueKind::Fifo => {
            let lanes = (on.fields[0].height / (LANE_HEIGHT_MIN * scale)) as usize;
            look_at_groups(&mut view, queue, lanes, on.capacity);
        }
    }
    view
}

fn counted(counts: Counts) -> [usize; 3] {
    [counts.delayed, counts.visible, counts.in_flight]
}

/// The first messages of each zone: the hidden ones in the order in which they come back.
fn look_at_messages(view: &mut QueueView, queue: &Queue, capacity: usize) {
    let wanted = |zone: &ZoneView| zone.tokens.len() < zone.count.min(capacity);
    let zones = &mut view.zones;
    for message in queue.hidden().take(LOOKED_AT_MAX) {
        let zone = &mut zones[zone_of(message.phase()) as usize];
        if wanted(zone) {
            zone.tokens.push(token_view(message, None));
        }
        if !wanted(&zones[Zone::Delayed as usize]) && !wanted(&zones[Zone::InFlight as usize]) {
            break;
        }
    }
    let visible = &mut zones[Zone::Visible as usize];
    for message in queue.messages().take(LOOKED_AT_MAX) {
        if !wanted(visible) {
            break;
        }
        if zone_of(message.phase()) == Zone::Visible {
            visible.tokens.push(token_view(message, None));
        }
    }
}

/// The first groups, with the first messages of each.
fn look_at_groups(view: &mut QueueView, queue: &Queue, lanes: usize, capacity: usize) {
    let shown = lanes.min(view.groups);
    let share = (capacity / shown.max(1)).max(4);
    for (lane, (name, group)) in queue.groups().take(lanes).enumerate() {
        let mut left = counted(group.counts()).map(|count| count.min(share));
        for message in group.messages().take(share * 3) {
            let zone = zone_of(message.phase()) as usize;
            if left[zone] > 0 {
                left[zone] -= 1;
                view.zones[zone]
                    .tokens
                    .push(token_view(message, Some(lane)));
            }
        }
        view.lanes.push(LaneView {
            name: Arc::clone(name),
            locked: group.locked_by().is_some(),
            counts: counted(group.counts()),
        });
    }
}

/// The task that runs.
fn move_task_view(world: &World, queue: &Queue) -> Option<MoveTaskView> {
    let task = queue.move_tasks().next().filter(|task| is_running(task))?;
    let source = || {
        let first = queue.messages().next()?;
        first.dead_letter_source().cloned()
    };
    let target = task.destination().cloned().or_else(source);
    let named = |arn: &Arc<str>| world.queues().find(|queue| queue.arn() == arn);
    Some(MoveTaskView {
        target: target.as_ref().and_then(named).map(Queue::id),
        moved: task.moved(),
        to_move: task.to_move(),
    })
}

/// Whether a task still moves messages.
pub(crate) fn is_running(task: &MoveTask) -> bool {
    match task.status() {
        MoveTaskStatus::Running | MoveTaskStatus::Cancelling => true,
        MoveTaskStatus::Cancelled | MoveTaskStatus::Completed | MoveTaskStatus::Failed(_) => false,
    }
}

/// Adds what has passed since then.
pub(crate) fn add_recent(view: &mut StageView, log: &EventLog, world: &World, since: Time) {
    let recent = log.before(world.event_count()).rev();
    let recent = recent.take_while(|event| event.at >= since);
    for event in recent.take(RECENT_MAX) {
        if let Some(trace) = trace_of(event).filter(|_| view.traces.len() < TRACED_MAX) {
            view.traces.push(trace);
        }
        if let Some(moved) = move_of(event).filter(|_| view.moves.len() < TRACED_MAX) {
            view.moves.push(moved);
        }
    }
    view.traces.reverse();
    view.moves.reverse();
}

fn trace_of(event: &Event) -> Option<Trace> {
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
}

fn move_of(event: &Event) -> Option<Move> {
    let EventKind::Service(kind) = &event.kind else {
        return None;
    };
    let at = event.at;
    if let ServiceEvent::MessageMovedToDeadLetterQueue {
        message,
        source,
        target,
        ..
    } = *kind
    {
        let why = MoveReason::Poisoned;
        return Some(Move {
            message,
            source,
            target,
            why,
            at,
        });
    }
    let ServiceEvent::MessageMovedByTask {
        message,
        new_message,
        source,
        target,
        ..
    } = *kind
    else {
        return None;
    };
    Some(Move {
        message: new_message.unwrap_or(message),
        source,
        target,
        why: MoveReason::Redriven,
        at,
    })
}

/// The zone of a message in this phase.
pub(crate) fn zone_of(phase: Phase) -> Zone {
    match phase {
        Phase::Delayed { .. } => Zone::Delayed,
        Phase::Visible { .. } => Zone::Visible,
        Phase::InFlight { .. } => Zone::InFlight,
    }
}

fn token_view(message: &Message, lane: Option<usize>) -> TokenView {
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
        lane,
    }
}

fn actor_view(actor: &Actor, start: Time, polls: &Polls) -> ActorView {
    let strands = actor.strands().take(STRANDS_MAX);
    ActorView {
        caller: actor.caller(),
        strands: if actor.is_running() {
            strands
                .map(|strand| doing(strand.activity(), start, polls))
                .collect()
        } else {
            vec![Doing::Paused]
        },
    }
}

fn doing(activity: &Activity, start: Time, polls: &Polls) -> Doing {
    let ring = |since: &Time, until: &Time| Ring {
        since: *since,
        until: *until,
    };
    match activity {
        Activity::Starting { until } => Doing::Sleeping(ring(&start, until)),
        Activity::Sleeping { since, until } => Doing::Sleeping(ring(since, until)),
        Activity::Throttled { since, until } => Doing::Throttled(ring(since, until)),
        Activity::Calling { call } => {
            poll_of(polls, *call).map_or(Doing::Calling, Doing::LongPolling)
        }
        Activity::Working {
            message,
            since,
            until,
        } => Doing::Working(*message, ring(since, until)),
        Activity::Crashed { since, until } => Doing::Crashed(ring(since, until)),
        Activity::Idle => Doing::Idle,
        Activity::Finished | Activity::Removed => Doing::Finished,
        Activity::Ended { how, .. } => match how {
            Ending::Finished => Doing::Finished,
            Ending::Killed => Doing::Stopped,
            Ending::Failed => Doing::Failed,
        },
        Activity::Failed { .. } => Doing::Failed,
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
