//! What goes into a world and what comes out of it.

use std::fmt;
use std::sync::Arc;

use super::{ActorConfig, ConfigError, Ending, Program};
use crate::json::{AsMember, FillChoice, Member, Place, members};
use crate::sim::Time;
use crate::sqs::api::{CallId, Caller, Request, Response};
use crate::sqs::{self, Error, MessageKey, QueueId};

/// Something from outside, at an instant: the only thing that is ever recorded.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct Input {
    /// When; it acts after everything that is due then.
    pub at: Time,
    /// What.
    pub kind: InputKind,
}

/// What can come from outside.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum InputKind {
    /// A call by the person's own hand. It has no network: it arrives, and is answered, at once.
    Call(Arc<Request>),
    /// A new actor.
    AddActor(ActorConfig),
    /// An actor goes on with another program of the same kind.
    SetProgram(ProgramChange),
    /// An actor is paused, or goes on.
    SetRunning(RunningChange),
    /// An actor is called otherwise.
    RenameActor(NameChange),
    /// An actor is ended from outside: its calls are dropped, and what it held comes back when its
    /// visibility timeout is over.
    RemoveActor(Caller),
    /// A call that waits is given up by its caller, as a client that drops its connection: nobody will
    /// hear its answer. Calls by hand can be, and those of outside programs.
    CancelCall(CallId),
    /// An outside program calls.
    OutsideCall(OutsideCall),
    /// An outside program is to be woken at a time.
    OutsideWait(OutsideWait),
    /// An outside program does not want to be woken any more.
    OutsideStopWait(OutsideStopWait),
    /// An outside program has ended; calls that it left open are dropped.
    OutsideEnd(OutsideEnd),
}

/// See [`InputKind::OutsideCall`].
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct OutsideCall {
    /// Whose.
    pub caller: Caller,
    /// What it asks.
    pub request: Arc<Request>,
    /// It gives up if there is no answer after so many milliseconds; if left out, after a minute, as
    /// boto3 does.
    pub timeout_ms: Option<u64>,
    /// The line of its code, if that is known.
    pub line: Option<SourceLine>,
}

impl OutsideCall {
    /// After so long without an answer a call is given up, if it does not say otherwise: boto3's default.
    pub const TIMEOUT_MS: u64 = 60_000;
}

/// A line of an outside program's code.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct SourceLine {
    /// The file; if left out, the one that the actor is called after.
    pub file: Option<String>,
    /// The number, from 1.
    pub line: u32,
}

/// See [`InputKind::OutsideWait`].
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct OutsideWait {
    /// Whose.
    pub caller: Caller,
    /// When to wake it: at least a millisecond and at most [`Limits::WAIT_MS`](super::Limits::WAIT_MS)
    /// from now.
    pub until: Time,
}

/// See [`InputKind::OutsideStopWait`].
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct OutsideStopWait {
    /// Whose.
    pub caller: Caller,
    /// The strand that sleeps.
    pub strand: u32,
}

/// See [`InputKind::OutsideEnd`].
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct OutsideEnd {
    /// Whose.
    pub caller: Caller,
    /// How.
    pub how: Ending,
    /// Why, in its own words.
    pub why: Option<String>,
}

/// See [`InputKind::SetProgram`].
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct ProgramChange {
    /// Whose.
    pub caller: Caller,
    /// The program from now on.
    pub program: Program,
}

/// See [`InputKind::SetRunning`].
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct RunningChange {
    /// Whose.
    pub caller: Caller,
    /// Whether it runs from now on.
    pub running: bool,
}

/// See [`InputKind::RenameActor`].
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct NameChange {
    /// Whose.
    pub caller: Caller,
    /// What people call it from now on.
    pub name: String,
}

members! {
    Input {
        at required,
        kind required,
    }
    ProgramChange {
        caller required,
        program required,
    }
    RunningChange {
        caller required,
        running required,
    }
    NameChange {
        caller required,
        name required,
    }
    OutsideCall {
        caller required,
        request required,
        timeout_ms,
        line,
    }
    SourceLine {
        file,
        line required,
    }
    OutsideWait {
        caller required,
        until required,
    }
    OutsideStopWait {
        caller required,
        strand required,
    }
    OutsideEnd {
        caller required,
        how required,
        why,
    }
}

impl Default for InputKind {
    /// A call that changes nothing.
    fn default() -> Self {
        Self::Call(Arc::default())
    }
}

impl AsMember for InputKind {
    /// `{"Call":{"SendMessage":{"QueueUrl":…}}}`
    fn member(&self) -> Member<'_> {
        let (kind, value) = match self {
            Self::Call(request) => ("Call", request.member()),
            Self::AddActor(config) => ("AddActor", config.member()),
            Self::SetProgram(change) => ("SetProgram", change.member()),
            Self::SetRunning(change) => ("SetRunning", change.member()),
            Self::RenameActor(change) => ("RenameActor", change.member()),
            Self::RemoveActor(caller) => ("RemoveActor", caller.member()),
            Self::CancelCall(call) => ("CancelCall", call.member()),
            Self::OutsideCall(call) => ("OutsideCall", call.member()),
            Self::OutsideWait(wait) => ("OutsideWait", wait.member()),
            Self::OutsideStopWait(wait) => ("OutsideStopWait", wait.member()),
            Self::OutsideEnd(end) => ("OutsideEnd", end.member()),
        };
        Member::Choice(kind, Box::new(value))
    }

    fn place(&mut self) -> Place<'_> {
        Place::Choice(self)
    }
}

impl FillChoice for InputKind {
    fn choose(&mut self, kind: &str) -> Option<Place<'_>> {
        *self = match kind {
            "Call" => Self::Call(Arc::default()),
            "AddActor" => Self::AddActor(ActorConfig::default()),
            "SetProgram" => Self::SetProgram(ProgramChange::default()),
            "SetRunning" => Self::SetRunning(RunningChange::default()),
            "RenameActor" => Self::RenameActor(NameChange::default()),
            "RemoveActor" => Self::RemoveActor(Caller::default()),
            "CancelCall" => Self::CancelCall(CallId(0)),
            "OutsideCall" => Self::OutsideCall(OutsideCall::default()),
            "OutsideWait" => Self::OutsideWait(OutsideWait::default()),
            "OutsideStopWait" => Self::OutsideStopWait(OutsideStopWait::default()),
            "OutsideEnd" => Self::OutsideEnd(OutsideEnd::default()),
            _ => return None,
        };
        Some(match self {
            Self::Call(request) => Arc::make_mut(request).place(),
            Self::AddActor(config) => config.place(),
            Self::SetProgram(change) => change.place(),
            Self::SetRunning(change) => change.place(),
            Self::RenameActor(change) => change.place(),
            Self::RemoveActor(caller) => caller.place(),
            Self::CancelCall(call) => call.place(),
            Self::OutsideCall(call) => call.place(),
            Self::OutsideWait(wait) => wait.place(),
            Self::OutsideStopWait(wait) => wait.place(),
            Self::OutsideEnd(end) => end.place(),
        })
    }
}

impl AsMember for CallId {
    /// Its number.
    fn member(&self) -> Member<'_> {
        self.0.member()
    }

    fn place(&mut self) -> Place<'_> {
        self.0.place()
    }
}

impl AsMember for Caller {
    /// Its number.
    fn member(&self) -> Member<'_> {
        self.0.member()
    }

    fn place(&mut self) -> Place<'_> {
        self.0.place()
    }
}

/// An input that makes no sense in this world.
#[derive(Clone, Eq, PartialEq)]
pub enum Rejection {
    /// There is no such actor.
    NoSuchActor(Caller),
    /// No such call waits, or it is nobody's who gives calls up.
    NoSuchCall(CallId),
    /// No outside program runs there any more.
    NotOutside(Caller),
    /// An outside program waits for too much at the same time.
    TooManyWaits,
    /// An outside program does not sleep there.
    NoSuchWait(u32),
    /// The world is full.
    TooManyActors,
    /// A producer can't become a consumer.
    OtherKindOfProgram,
    /// The actor or its program breaks a limit.
    Config(ConfigError),
}

impl From<ConfigError> for Rejection {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

/// As it reads: what would be derived is a lot of code in the page.
impl fmt::Debug for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchActor(caller) => write!(f, "there is no actor {}", caller.0),
            Self::NoSuchCall(call) => write!(f, "call {} can't be given up", call.0),
            Self::NotOutside(caller) => write!(f, "actor {} is no script that runs", caller.0),
            Self::TooManyWaits => {
                let most = super::Limits::OUTSIDE_WAITS;
                write!(
                    f,
                    "a script waits for at most {most} things at the same time"
                )
            }
            Self::NoSuchWait(strand) => write!(f, "strand {strand} does not sleep"),
            Self::TooManyActors => {
                write!(f, "a world has at most {} actors", super::Limits::ACTORS)
            }
            Self::OtherKindOfProgram => {
                write!(
                    f,
                    "an actor keeps its kind: only a program's settings can change"
                )
            }
            Self::Config(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Rejection {}

/// Names an event: 0, 1, 2, … in the order in which they happen.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct EventId(pub u64);

/// Something that happened: for display, never read back by the world.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Event {
    /// Its number.
    pub id: EventId,
    /// What it came from, where that is an event.
    pub cause: Option<EventId>,
    /// When.
    pub at: Time,
    /// What.
    pub kind: EventKind,
}

/// What can happen.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum EventKind {
    /// Inside the service.
    Service(sqs::EventKind),
    /// A caller sent a request.
    CallSent {
        /// The call.
        call: CallId,
        /// Who.
        caller: Caller,
        /// The queue it is about, if there is one by that name.
        queue: Option<QueueId>,
        /// What.
        request: Arc<Request>,
        /// The line of an outside program's code, if that is known.
        line: Option<Arc<SourceLine>>,
    },
    /// The answer reached the caller.
    CallAnswered {
        /// The call.
        call: CallId,
        /// Who.
        caller: Caller,
        /// The queue it is about.
        queue: Option<QueueId>,
        /// What was asked.
        request: Arc<Request>,
        /// When it was asked.
        sent_at: Time,
        /// The messages it was about.
        messages: Vec<MessageKey>,
        /// The answer.
        result: Arc<Result<Response, Error>>,
    },
    /// An actor came.
    ActorAdded {
        /// Who.
        caller: Caller,
    },
    /// A call's caller is gone or has given it up, and nobody will hear its answer.
    CallDropped {
        /// The call.
        call: CallId,
        /// Who.
        caller: Caller,
    },
    /// An actor's program has other settings.
    ProgramChanged {
        /// Whose.
        caller: Caller,
    },
    /// An actor was paused.
    ActorPaused {
        /// Who.
        caller: Caller,
    },
    /// An actor that was paused goes on.
    ActorResumed {
        /// Who.
        caller: Caller,
    },
    /// An actor has another name.
    ActorRenamed {
        /// Who.
        caller: Caller,
    },
    /// An actor was taken out of the world.
    ActorRemoved {
        /// Who.
        caller: Caller,
    },
    /// A consumer began to work on a message.
    WorkStarted {
        /// Who.
        caller: Caller,
        /// On what.
        message: MessageKey,
        /// Until when.
        until: Time,
    },
    /// A consumer has worked on a message to the end.
    WorkFinished {
        /// Who.
        caller: Caller,
        /// On what.
        message: MessageKey,
    },
    /// The work that just came to its end had been done before, and does harm.
    WorkedTwice {
        /// Who.
        caller: Caller,
        /// On what.
        message: MessageKey,
        /// Who did it before.
        before: Caller,
    },
    /// The work on a message failed.
    WorkFailed {
        /// Whose.
        caller: Caller,
        /// On what.
        message: MessageKey,
    },
    /// A consumer crashed in the middle of its work.
    ConsumerCrashed {
        /// Who.
        caller: Caller,
        /// On what it worked.
        message: MessageKey,
        /// How many messages it held, with this one.
        held: usize,
        /// When it starts again.
        until: Time,
    },
    /// A Lambda function was invoked.
    InvocationStarted {
        /// Whose it is.
        caller: Caller,
        /// With how many messages.
        messages: usize,
    },
    /// A Lambda function was busy, and refused an invocation.
    InvocationThrottled {
        /// Whose it is.
        caller: Caller,
        /// With how many messages.
        messages: usize,
    },
    /// A program came to its end.
    ActorFinished {
        /// Whose.
        caller: Caller,
    },
    /// An outside program ended, but not as it should.
    OutsideEnded {
        /// Whose.
        caller: Caller,
        /// How.
        how: Ending,
        /// Why, in its own words; may be empty.
        why: Arc<str>,
    },
    /// A program ended by an error that it does not handle.
    ActorFailed {
        /// Whose.
        caller: Caller,
        /// The error.
        error: Error,
    },
}

/// What a world asks of whoever runs it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Effect {
    /// Hand this answer to the person.
    Reply {
        /// The call.
        call: CallId,
        /// The answer.
        result: Arc<Result<Response, Error>>,
    },
    /// Hand this to an outside program, if it runs.
    HandOver(HandOver),
}

/// Something that an outside program waited for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct HandOver {
    /// Whose.
    pub caller: Caller,
    /// So many things were handed to it before: a replay hands the same over with the same numbers.
    pub number: u32,
    /// What.
    pub handed: Handed,
}

/// What an outside program is handed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Handed {
    /// Its start.
    Start,
    /// The end of a sleep.
    Wake {
        /// The strand that slept.
        strand: u32,
    },
    /// The answer to a call.
    Reply {
        /// The call.
        call: CallId,
        /// The answer.
        result: Arc<Result<Response, Error>>,
    },
    /// There was no answer to a call for so long that it is given up.
    Timeout {
        /// The call.
        call: CallId,
    },
}

/// Where a world puts what it has to say, in order.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Outbox {
    /// What happened.
    pub events: Vec<Event>,
    /// What is asked.
    pub effects: Vec<Effect>,
}

impl EventKind {
    /// The message that this event is about, if it is about one.
    pub fn message(&self) -> Option<MessageKey> {
        match self {
            Self::Service(kind) => message_of(kind),
            Self::WorkStarted { message, .. }
            | Self::WorkFinished { message, .. }
            | Self::WorkedTwice { message, .. }
            | Self::WorkFailed { message, .. }
            | Self::ConsumerCrashed { message, .. } => Some(*message),
            Self::CallSent { .. }
            | Self::CallAnswered { .. }
            | Self::CallDropped { .. }
            | Self::ActorAdded { .. }
            | Self::ProgramChanged { .. }
            | Self::ActorPaused { .. }
            | Self::ActorResumed { .. }
            | Self::ActorRenamed { .. }
            | Self::ActorRemoved { .. }
            | Self::InvocationStarted { .. }
            | Self::InvocationThrottled { .. }
            | Self::ActorFinished { .. }
            | Self::OutsideEnded { .. }
            | Self::ActorFailed { .. } => None,
        }
    }
}

fn message_of(kind: &sqs::EventKind) -> Option<MessageKey> {
    use sqs::EventKind as Kind;
    match kind {
        Kind::MessageSent { message, .. }
        | Kind::MessageDeduplicated {
            original: message, ..
        }
        | Kind::MessageBecameVisible { message, .. }
        | Kind::MessageDelayChanged { message, .. }
        | Kind::MessageReceived { message, .. }
        | Kind::MessageVisibilityChanged { message, .. }
        | Kind::MessageDeleted { message, .. }
        | Kind::MessageExpired { message, .. }
        | Kind::MessageMovedToDeadLetterQueue { message, .. }
        | Kind::MessageMovedByTask { message, .. }
        | Kind::ChaosStruck { message, .. } => Some(*message),
        Kind::QueueCreated { .. }
        | Kind::QueueAttributesSet { .. }
        | Kind::QueuePurged { .. }
        | Kind::QueueDeleted { .. }
        | Kind::MessageMoveTaskStarted { .. }
        | Kind::MessageMoveTaskEnded { .. }
        | Kind::LongPollStarted { .. }
        | Kind::ReceiveCameBackEmpty { .. } => None,
    }
}

/// The call that an event belongs to, with its message, where the call carries that message.
pub(super) fn message_of_call(kind: &sqs::EventKind) -> Option<(CallId, MessageKey)> {
    use sqs::EventKind as Kind;
    match kind {
        Kind::MessageSent { call, message, .. }
        | Kind::MessageDeduplicated {
            call,
            original: message,
            ..
        }
        | Kind::MessageReceived { call, message, .. }
        | Kind::MessageVisibilityChanged { call, message, .. }
        | Kind::MessageDeleted { call, message, .. }
        | Kind::ChaosStruck { call, message, .. } => Some((*call, *message)),
        Kind::QueueCreated { .. }
        | Kind::QueueAttributesSet { .. }
        | Kind::QueuePurged { .. }
        | Kind::QueueDeleted { .. }
        | Kind::MessageMoveTaskStarted { .. }
        | Kind::MessageMoveTaskEnded { .. }
        | Kind::MessageBecameVisible { .. }
        | Kind::MessageDelayChanged { .. }
        | Kind::MessageExpired { .. }
        | Kind::MessageMovedToDeadLetterQueue { .. }
        | Kind::MessageMovedByTask { .. }
        | Kind::LongPollStarted { .. }
        | Kind::ReceiveCameBackEmpty { .. } => None,
    }
}
