//! The core's things in words: programs, settings, events, answers.

use super::format;
use super::session::Session;
use super::stage::view::Role;
use super::text::text;
use crate::sim::{Span, Time};
use crate::sqs::api::{CallId, Caller, ReceiveMessageRequest, Request, Response};
use crate::sqs::{
    self, Error, Message, MessageKey, Phase, Queue, QueueAttributes, QueueId, Strike,
    VisibleBecause, Why,
};
use crate::world::{
    Activity, Actor, AfterWork, Ending, EventKind, Exponential, Program, SourceLine, Spread,
    Uniform, World,
};

/// Joins what there is to say.
fn listed(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().collect::<Vec<_>>().join(" · ")
}

fn ms(ms: u64) -> String {
    format::duration(Span::from_ms(ms))
}

fn spread(spread: &Spread) -> String {
    match *spread {
        Spread::Fixed(fixed) => ms(fixed),
        Spread::Uniform(Uniform { min, max }) => text!(
            "spread-uniform",
            [("least", ms(min).into()), ("most", ms(max).into())],
        ),
        Spread::Exponential(Exponential { mean }) => {
            text!("spread-exponential", [("mean", ms(mean).into())])
        }
    }
}

fn whole(seconds: i64) -> String {
    u32::try_from(seconds).map_or_else(|_| seconds.to_string(), format::seconds)
}

/// From when on events are known, if not from the start: only the newest are kept.
pub(crate) fn forgotten(session: &Session) -> Option<String> {
    let log = session.timeline().log();
    let first = log.get(log.first_id()).filter(|first| first.id.0 > 0)?;
    let time = format::elapsed(first.at.since(session.start()));
    Some(text!("timeline-forgotten", [("time", time.into())]))
}

/// The settings of a queue that change what one sees.
pub(crate) fn settings(attributes: &QueueAttributes) -> String {
    let time = |seconds| [("time", format::seconds(seconds).into())];
    let visibility = text!("setting-visibility", time(attributes.visibility_timeout));
    let delay = (attributes.delay_seconds > 0)
        .then(|| text!("setting-delay", time(attributes.delay_seconds)));
    let wait = attributes.receive_message_wait_time_seconds;
    let poll = (wait > 0).then(|| text!("setting-long-poll", time(wait)));
    listed([Some(visibility), delay, poll].into_iter().flatten())
}

/// What a role is called.
pub(crate) fn role(role: Role) -> String {
    match role {
        Role::Producer => text!("role-producer"),
        Role::Consumer => text!("role-consumer"),
        Role::Lambda => text!("role-lambda"),
        Role::Monitor => text!("role-monitor"),
        Role::Script => text!("role-script"),
    }
}

/// A program in a line.
pub(crate) fn program(program: &Program) -> String {
    match program {
        Program::Producer(program) => {
            let pause = text!("program-each", [("time", spread(&program.pause_ms).into())]);
            let delay = program
                .delay_seconds
                .map(|delay| text!("setting-delay", [("time", whole(delay).into())]));
            let count = program
                .count
                .map(|count| text!("program-count", [("count", count.into())]));
            listed([Some(pause), delay, count].into_iter().flatten())
        }
        Program::Consumer(program) => {
            let visibility = program
                .visibility_timeout
                .map(|time| text!("setting-visibility", [("time", whole(time).into())]));
            let poll = program
                .wait_time_seconds
                .filter(|time| *time > 0)
                .map(|time| text!("setting-long-poll", [("time", whole(time).into())]));
            let work = (!program.work_ms.is_zero())
                .then(|| text!("program-work", [("time", spread(&program.work_ms).into())]));
            let pause = (!program.pause_ms.is_zero()).then(|| {
                text!(
                    "program-pause",
                    [("time", spread(&program.pause_ms).into())],
                )
            });
            let keep = (program.after_work == AfterWork::Keep).then(|| text!("program-keep"));
            let workers = program
                .concurrency
                .map(|count| text!("program-workers", [("count", count.into())]));
            listed(
                [keep, workers, visibility, work, pause, poll]
                    .into_iter()
                    .flatten(),
            )
        }
        Program::Lambda(program) => {
            let batch = program.batch_size.unwrap_or(10);
            let batch = text!("program-lambda", [("count", batch.into())]);
            let work = (!program.work_ms.is_zero())
                .then(|| text!("program-work", [("time", spread(&program.work_ms).into())]));
            listed([Some(batch), work].into_iter().flatten())
        }
        Program::Monitor(program) => {
            text!("program-monitor", [("time", ms(program.pause_ms).into())])
        }
        Program::Script(program) => {
            text!("program-script", [("count", program.steps.len().into())])
        }
        Program::Outside(_) => text!("program-outside"),
    }
}

/// How an outside program ended.
pub(crate) fn ending(how: Ending) -> String {
    match how {
        Ending::Finished => text!("doing-finished"),
        Ending::Failed => text!("doing-failed"),
        Ending::Killed => text!("doing-killed"),
    }
}

/// What an actor waits for that has called.
pub(crate) fn calling(world: &World, actor: &Actor) -> String {
    let Activity::Calling { call } = actor.activity() else {
        return String::new();
    };
    let action = world.call(*call).map_or("", |call| call.request.action());
    text!("actor-calling", [("action", action.into())])
}

/// A caller by name.
pub(crate) fn caller(world: &World, caller: Caller) -> String {
    if caller == Caller::PERSON {
        return text!("you");
    }
    let actor = world.actor(caller);
    actor.map_or_else(|| caller.0.to_string(), |actor| actor.name().to_owned())
}

/// Where in a script's code a call was made, as `file:line`.
pub(crate) fn source_line(world: &World, of: Caller, line: &SourceLine) -> String {
    let file = line.file.clone().unwrap_or_else(|| caller(world, of));
    [&file, ":", &line.line.to_string()].concat()
}

/// A queue by name.
pub(crate) fn queue(world: &World, id: QueueId) -> String {
    world
        .queue(id)
        .map_or_else(|| id.0.to_string(), |queue| queue.name().to_string())
}

/// A plain receive of everything a message has.
pub(crate) fn receive_request(world: &World, id: QueueId) -> Option<Request> {
    let queue = world.queue(id)?;
    let all = || vec!["All".to_owned()];
    Some(
        ReceiveMessageRequest {
            queue_url: Some(queue.url().to_string()),
            message_system_attribute_names: all(),
            message_attribute_names: all(),
            ..Default::default()
        }
        .into(),
    )
}

/// What an answer comes to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Outcome {
    Waiting,
    Fine,
    Empty,
    Error,
    Dropped,
}

impl Outcome {
    pub(crate) fn of(result: Option<&Result<Response, Error>>) -> Self {
        match result {
            None => Self::Waiting,
            Some(Err(_)) => Self::Error,
            Some(Ok(Response::ReceiveMessage(response))) if response.messages.is_empty() => {
                Self::Empty
            }
            Some(Ok(_)) => Self::Fine,
        }
    }

    /// As the style sheet names it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Fine => "fine",
            Self::Empty => "empty",
            Self::Error => "error",
            Self::Dropped => "dropped",
        }
    }

    pub(crate) fn words(self) -> String {
        match self {
            Self::Waiting => text!("outcome-waiting"),
            Self::Fine => text!("outcome-fine"),
            Self::Empty => text!("outcome-empty"),
            Self::Error => text!("outcome-error"),
            Self::Dropped => text!("outcome-dropped"),
        }
    }
}

/// Where a message is in its life, why, and when that ends.
#[derive(PartialEq)]
pub(crate) struct State {
    /// Why it is where it is, in a sentence.
    pub(crate) why: String,
    /// The call that hides it.
    pub(crate) held_by: Option<CallId>,
    /// The message that locks its group.
    pub(crate) locked_by: Option<MessageKey>,
    /// The next change that comes by itself.
    pub(crate) next: Change,
    /// What its receives have to do with it.
    pub(crate) receives: Vec<String>,
    /// Its end, unless something comes before.
    pub(crate) expires: Change,
}

/// A change to come.
#[derive(PartialEq)]
pub(crate) struct Change {
    pub(crate) at: Time,
    /// How long until then.
    pub(crate) left: String,
    pub(crate) what: String,
}

/// The state of a message of a queue.
pub(crate) fn state(world: &World, queue: &Queue, message: &Message, now: Time) -> State {
    let change = |at: Time, what: String| {
        let left = format::running(at.since(now).as_ms() as f64);
        Change { at, left, what }
    };
    let until = |time: Time| {
        let time = format::elapsed(time.since(world.config().start));
        ("until", time.into())
    };
    let expires_at = queue.expires_at(message);
    let (mut held_by, mut locked_by) = (None, None);
    let (why, next) = match message.phase() {
        Phase::Delayed { until: end } => (
            text!("why-delayed", [until(end)]),
            change(end, text!("next-visible")),
        ),
        Phase::InFlight {
            until: end,
            caller: holder,
            call,
            ..
        } => {
            held_by = Some(call);
            let why = if holder == Caller::PERSON {
                text!("why-in-hand", [until(end)])
            } else {
                let holder = caller(world, holder);
                text!("why-in-flight", [("holder", holder.into()), until(end)])
            };
            (why, change(end, text!("next-back")))
        }
        Phase::Visible { since } => match lock_before(queue, message) {
            Some((group, lock)) => {
                locked_by = Some(lock);
                let lock = [("group", group.into()), ("message", lock.0.into())];
                let freed = locked_by.and_then(|lock| queue.message(lock)?.phase().until());
                (
                    text!("why-locked", lock),
                    change(freed.unwrap_or(expires_at), text!("next-group")),
                )
            }
            None => (
                text!("why-visible", [until(since)]),
                change(expires_at, text!("next-expires")),
            ),
        },
    };
    let expires = change(expires_at, text!("next-expires"));
    let next = if expires.at < next.at {
        change(expires_at, text!("next-expires"))
    } else {
        next
    };
    State {
        why,
        held_by,
        locked_by,
        next,
        receives: receives(world, queue, message),
        expires,
    }
}

/// How often it was received, and what that leads to.
fn receives(world: &World, queue: &Queue, message: &Message) -> Vec<String> {
    let count = message.receive_count();
    let mut lines = Vec::new();
    if count > 0 {
        lines.push(text!("why-received", [("count", count.into())]));
    }
    if let Some((target, most)) = queue.dead_letter_queue().zip(queue.max_receive_count()) {
        let target = ("queue", self::queue(world, target).into());
        lines.push(if count >= most {
            let counts = [("count", count.into()), ("most", most.into()), target];
            text!("why-poisoned", counts)
        } else {
            let more = most - count;
            text!("why-dead-letter", [target, ("count", more.into())])
        });
    }
    lines
}

/// The message that locks this one's group, and the group, unless it is this one.
fn lock_before(queue: &Queue, message: &Message) -> Option<(String, MessageKey)> {
    let own = message.group_id()?;
    let group = queue.group(own)?;
    let lock = group.locked_by().filter(|lock| *lock != message.key())?;
    Some((own.to_string(), lock))
}

/// What a receive does with a message that does not come.
pub(crate) fn reason(world: &World, why: Why) -> String {
    let since_start = |time: Time| format::elapsed(time.since(world.config().start));
    match why {
        Why::Receivable => text!("reason-receivable"),
        Why::Delayed { until } => {
            text!("reason-delayed", [("until", since_start(until).into())])
        }
        Why::InFlight {
            until,
            caller: holder,
            ..
        } => text!(
            "reason-in-flight",
            [
                ("until", since_start(until).into()),
                ("who", caller(world, holder).into()),
            ],
        ),
        Why::GroupLocked { by } => text!("reason-locked", [("message", by.0.into())]),
        Why::OutOfSight => text!("reason-out-of-sight"),
        Why::NotSampled { partition } => {
            let number = u32::from(partition) + 1;
            text!("reason-not-sampled", [("partition", number.into())])
        }
        Why::TooManyInFlight => text!("reason-too-many"),
        Why::MovesToDeadLetterQueue { target } => {
            text!("reason-moves", [("queue", queue(world, target).into())])
        }
        Why::JustMoved => text!("reason-just-moved"),
    }
}

/// An event of a message's life.
pub(crate) fn life(world: &World, kind: &EventKind) -> Option<String> {
    let by = |who: Caller| ("who", caller(world, who).into());
    let since_start = |time: Time| format::elapsed(time.since(world.config().start));
    Some(match kind {
        EventKind::Service(kind) => return service_event(world, kind),
        EventKind::WorkStarted {
            caller: who, until, ..
        } => text!(
            "life-work",
            [by(*who), ("until", since_start(*until).into())],
        ),
        EventKind::WorkFinished { caller: who, .. } => text!("life-worked", [by(*who)]),
        EventKind::WorkedTwice {
            caller: who,
            before,
            ..
        } => text!(
            "life-worked-twice",
            [by(*who), ("before", caller(world, *before).into())],
        ),
        EventKind::WorkFailed { caller: who, .. } => text!("life-failed", [by(*who)]),
        EventKind::ConsumerCrashed {
            caller: who, until, ..
        } => text!(
            "life-crashed",
            [by(*who), ("until", since_start(*until).into())],
        ),
        EventKind::CallSent { .. }
        | EventKind::CallAnswered { .. }
        | EventKind::CallDropped { .. }
        | EventKind::ActorAdded { .. }
        | EventKind::ProgramChanged { .. }
        | EventKind::ActorPaused { .. }
        | EventKind::ActorResumed { .. }
        | EventKind::ActorRenamed { .. }
        | EventKind::ActorRemoved { .. }
        | EventKind::InvocationStarted { .. }
        | EventKind::InvocationThrottled { .. }
        | EventKind::ActorFinished { .. }
        | EventKind::OutsideEnded { .. }
        | EventKind::ActorFailed { .. } => return None,
    })
}

fn service_event(world: &World, kind: &sqs::EventKind) -> Option<String> {
    use sqs::EventKind as Kind;
    let by = |who: Caller| ("who", caller(world, who).into());
    let at = |time: Time| {
        (
            "until",
            format::elapsed(time.since(world.config().start)).into(),
        )
    };
    Some(match kind {
        Kind::MessageSent {
            caller: who, delay, ..
        } if delay.is_zero() => text!("life-sent", [by(*who)]),
        Kind::MessageSent {
            caller: who, delay, ..
        } => text!(
            "life-sent-delay",
            [by(*who), ("delay", format::duration(*delay).into())],
        ),
        Kind::MessageDeduplicated { caller: who, .. } => text!("life-deduplicated", [by(*who)]),
        Kind::MessageBecameVisible { because, .. } => match because {
            VisibleBecause::DelayOver => text!("life-delay-over"),
            VisibleBecause::VisibilityTimeoutOver => text!("life-timeout-over"),
            VisibleBecause::ChangedToZero => text!("life-changed-to-zero"),
            VisibleBecause::QueueDelayLowered => text!("life-delay-lowered"),
        },
        Kind::MessageDelayChanged { until, .. } => text!("life-delay-changed", [at(*until)]),
        Kind::MessageReceived {
            caller: who,
            until,
            receive_count,
            ..
        } => text!(
            "life-received",
            [by(*who), ("count", (*receive_count).into()), at(*until)],
        ),
        Kind::MessageVisibilityChanged {
            caller: who, until, ..
        } => text!("life-visibility-changed", [by(*who), at(*until)]),
        Kind::MessageDeleted { caller: who, .. } => text!("life-deleted", [by(*who)]),
        Kind::MessageExpired { .. } => text!("life-expired"),
        Kind::MessageMovedToDeadLetterQueue {
            target,
            receive_count,
            ..
        } => text!(
            "life-dead-letter",
            [
                ("queue", queue(world, *target).into()),
                ("count", (*receive_count).into()),
            ],
        ),
        Kind::MessageMovedByTask {
            target,
            new_message: Some(key),
            ..
        } => text!(
            "life-moved-by-task",
            [
                ("queue", queue(world, *target).into()),
                ("message", key.to_string().into()),
            ],
        ),
        Kind::MessageMovedByTask {
            target,
            new_message: None,
            ..
        } => text!(
            "life-dropped-by-task",
            [("queue", queue(world, *target).into())],
        ),
        Kind::ChaosStruck {
            strike: Strike::MissedReceive,
            caller: who,
            ..
        } => text!("life-missed-receive", [by(*who)]),
        Kind::ChaosStruck {
            strike: Strike::MissedDelete,
            caller: who,
            ..
        } => text!("life-missed-delete", [by(*who)]),
        Kind::QueueCreated { .. }
        | Kind::QueueAttributesSet { .. }
        | Kind::QueuePurged { .. }
        | Kind::QueueDeleted { .. }
        | Kind::MessageMoveTaskStarted { .. }
        | Kind::MessageMoveTaskEnded { .. }
        | Kind::LongPollStarted { .. }
        | Kind::ReceiveCameBackEmpty { .. } => return None,
    })
}
