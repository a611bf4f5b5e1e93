//! Programs: what an actor does, as data.
//!
//! Each has the shape of the usual tutorial script: a loop that calls, waits for the answer, and
//! sleeps. Times are in milliseconds and count from the answer; AWS's parameters carry AWS's names
//! and units.

use std::str::FromStr;
use std::sync::Arc;

use super::config::{ConfigError, Limits, within};
use crate::json::{AsMember, FillChoice, Member, Place, members};
use crate::sim::SortedMap;
use crate::sqs::api::{MessageAttributeValue, Request};

/// What an actor does.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Program {
    /// Sends messages.
    Producer(Producer),
    /// Receives, works, deletes.
    Consumer(Consumer),
    /// Reads a queue's counts.
    Monitor(Monitor),
    /// Makes calls one after the other.
    Script(Script),
}

/// Sends one message, waits for the answer, sleeps, and so on.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct Producer {
    /// The queue's name.
    pub queue: String,
    /// How many messages; for ever if left out.
    pub count: Option<u32>,
    /// Sleep after each answer.
    pub pause_ms: u64,
    /// The body; `{n}` becomes the number of the message, from 1.
    pub body: String,
    /// `DelaySeconds` of each send.
    pub delay_seconds: Option<i64>,
    /// Attributes of each message.
    pub message_attributes: SortedMap<String, MessageAttributeValue>,
    /// `MessageGroupId`, with `{n}`.
    pub message_group_id: Option<String>,
    /// `MessageDeduplicationId`, with `{n}`.
    pub message_deduplication_id: Option<String>,
}

/// Receives, works on each message in turn, deletes it, sleeps, and so on.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct Consumer {
    /// The queue's name.
    pub queue: String,
    /// `MaxNumberOfMessages` of each receive; AWS's default is 1.
    pub max_number_of_messages: Option<i64>,
    /// `VisibilityTimeout` of each receive; the queue's if left out.
    pub visibility_timeout: Option<i64>,
    /// `WaitTimeSeconds` of each receive; the queue's if left out.
    pub wait_time_seconds: Option<i64>,
    /// Work on each message, before its delete.
    pub work_ms: u64,
    /// Whether a message that was worked on is deleted.
    pub after_work: AfterWork,
    /// Sleep after the last message of a receive, and after an empty one.
    pub pause_ms: u64,
    /// Ends after so many empty receives in a row; never if left out.
    pub stop_after_empty: Option<u32>,
}

/// What a consumer does with a message that it has worked on.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum AfterWork {
    /// Deletes it.
    #[default]
    Delete,
    /// Leaves it: it comes back when its visibility timeout is over.
    Keep,
}

/// Reads the three counts of a queue, sleeps, and so on for ever.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct Monitor {
    /// The queue's name.
    pub queue: String,
    /// Sleep after each answer.
    pub pause_ms: u64,
}

/// Makes calls one after the other, and ends; an error ends it at once, as an exception would.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct Script {
    /// The calls.
    pub steps: Vec<ScriptStep>,
}

/// One step of a script.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct ScriptStep {
    /// The request; in a message's body `{n}` becomes the number of the repetition, from 1.
    pub call: Request,
    /// How often.
    pub times: u32,
    /// Sleep after each answer.
    pub pause_ms: u64,
}

members! {
    Producer {
        queue required,
        count,
        pause_ms required,
        body required,
        delay_seconds,
        message_attributes,
        message_group_id,
        message_deduplication_id,
    }
    Consumer {
        queue required,
        max_number_of_messages,
        visibility_timeout,
        wait_time_seconds,
        work_ms,
        after_work required,
        pause_ms,
        stop_after_empty,
    }
    Monitor {
        queue required,
        pause_ms required,
    }
    Script {
        steps required,
    }
    ScriptStep {
        call required,
        times,
        pause_ms,
    }
}

impl Default for ScriptStep {
    /// Once.
    fn default() -> Self {
        Self {
            call: Request::default(),
            times: 1,
            pause_ms: 0,
        }
    }
}

impl Default for Program {
    /// Does nothing.
    fn default() -> Self {
        Self::Script(Script::default())
    }
}

impl AsMember for Program {
    /// `{"monitor":{"queue":…}}`
    fn member(&self) -> Member<'_> {
        let (kind, program) = match self {
            Self::Producer(program) => ("producer", program.member()),
            Self::Consumer(program) => ("consumer", program.member()),
            Self::Monitor(program) => ("monitor", program.member()),
            Self::Script(program) => ("script", program.member()),
        };
        Member::Choice(kind, Box::new(program))
    }

    fn place(&mut self) -> Place<'_> {
        Place::Choice(self)
    }
}

impl FillChoice for Program {
    fn choose(&mut self, kind: &str) -> Option<Place<'_>> {
        *self = match kind {
            "producer" => Self::Producer(Producer::default()),
            "consumer" => Self::Consumer(Consumer::default()),
            "monitor" => Self::Monitor(Monitor::default()),
            "script" => Self::Script(Script::default()),
            _ => return None,
        };
        Some(match self {
            Self::Producer(program) => program.place(),
            Self::Consumer(program) => program.place(),
            Self::Monitor(program) => program.place(),
            Self::Script(program) => program.place(),
        })
    }
}

impl AsMember for AfterWork {
    fn member(&self) -> Member<'_> {
        Member::Text(match self {
            Self::Delete => "delete",
            Self::Keep => "keep",
        })
    }

    fn place(&mut self) -> Place<'_> {
        Place::Word(self)
    }
}

impl FromStr for AfterWork {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        match word {
            "delete" => Ok(Self::Delete),
            "keep" => Ok(Self::Keep),
            _ => Err(()),
        }
    }
}

impl Program {
    /// The names or URLs of the queues that it talks to, each once.
    pub fn queues(&self) -> Vec<&str> {
        match self {
            Self::Producer(program) => vec![&program.queue],
            Self::Consumer(program) => vec![&program.queue],
            Self::Monitor(program) => vec![&program.queue],
            Self::Script(program) => {
                let mut names = Vec::new();
                for step in &program.steps {
                    if let Some(name) = step.call.queue_named()
                        && !names.contains(&name)
                    {
                        names.push(name);
                    }
                }
                names
            }
        }
    }

    /// Whether the two are of one kind.
    pub fn same_kind(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// Whether it keeps the limits. What AWS would refuse is not checked here: the service does.
    ///
    /// # Errors
    /// The first limit that it breaks.
    pub fn check(&self) -> Result<(), ConfigError> {
        match self {
            Self::Producer(program) => within("pause_ms", program.pause_ms, 0, Limits::PAUSE_MS),
            Self::Consumer(program) => {
                within("pause_ms", program.pause_ms, 0, Limits::PAUSE_MS)?;
                within("work_ms", program.work_ms, 0, Limits::PAUSE_MS)
            }
            Self::Monitor(program) => within("pause_ms", program.pause_ms, 0, Limits::PAUSE_MS),
            Self::Script(program) => {
                within("steps", program.steps.len() as u64, 0, Limits::STEPS as u64)?;
                program.steps.iter().try_for_each(|step| {
                    within("times", step.times.into(), 1, Limits::REPEATS.into())?;
                    within("pause_ms", step.pause_ms, 0, Limits::PAUSE_MS)
                })
            }
        }
    }
}

/// The template with the number in place of each `{n}`.
pub(super) fn fill(template: &str, n: u32) -> String {
    template.replace("{n}", &n.to_string())
}

/// The request with `{n}` filled in where it is a send.
pub(super) fn fill_request(request: &Request, n: u32) -> Request {
    let mut request = request.clone();
    if let Request::SendMessage(send) = &mut request {
        let filled = |text: &mut Option<String>| {
            if let Some(text) = text {
                *text = fill(text, n);
            }
        };
        if let Some(body) = &mut send.message_body {
            *body = Arc::from(fill(body, n));
        }
        filled(&mut send.message_group_id);
        filled(&mut send.message_deduplication_id);
    }
    request
}
