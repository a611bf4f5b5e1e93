//! Programs: what an actor does, as data.
//!
//! Each has the shape of the usual tutorial script: a loop that calls, waits for the answer, and
//! sleeps. Times are in milliseconds and count from the answer; AWS's parameters carry AWS's names
//! and units.

mod consumer;
mod lambda;
mod outside;
mod producer;
mod spread;
mod template;

use std::sync::Arc;

pub use consumer::{AfterWork, AttributeEquals, Consumer, OnFailure, Poison};
pub use lambda::Lambda;
pub use outside::{Ending, Outside};
pub use producer::Producer;
pub use spread::{Exponential, Spread, Uniform};
pub(super) use template::fill;
pub use template::{TemplatePart, template_parts};

use super::config::{ConfigError, Limits, within};
use crate::json::{self, AsMember, FillChoice, Member, Place, members};
use crate::sim::Stream;
use crate::sqs::api::Request;

/// What an actor does.
#[derive(Clone, Debug, Eq, Hash)]
#[expect(
    clippy::derived_hash_with_manual_eq,
    reason = "those that read the same have the same hash"
)]
pub enum Program {
    /// Sends messages.
    Producer(Producer),
    /// Receives, works, deletes.
    Consumer(Consumer),
    /// The same as Lambda does it.
    Lambda(Lambda),
    /// Reads a queue's counts.
    Monitor(Monitor),
    /// Makes calls one after the other.
    Script(Script),
    /// Runs elsewhere.
    Outside(Outside),
}

/// Reads the three counts of a queue, sleeps, and so on for ever.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Monitor {
    /// The queue's name.
    pub queue: String,
    /// Sleep after each answer; a second if left out.
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
    /// The request; a message's body and ids are templates, as a producer's, where `n`
    /// is the number of the repetition, from 1.
    pub call: Request,
    /// How often.
    pub times: u32,
    /// Sleep after each answer.
    pub pause_ms: u64,
}

members! {
    Monitor {
        queue required,
        pause_ms,
    }
    Script {
        steps,
    }
    ScriptStep {
        call required,
        times,
        pause_ms,
    }
}

impl Default for Monitor {
    /// Each second.
    fn default() -> Self {
        Self {
            queue: String::new(),
            pause_ms: 1000,
        }
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

/// As they read: to compare each setting would be a lot of code in the page.
impl PartialEq for Program {
    fn eq(&self, other: &Self) -> bool {
        json::compact(&self.member()) == json::compact(&other.member())
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
            Self::Lambda(program) => ("lambda", program.member()),
            Self::Monitor(program) => ("monitor", program.member()),
            Self::Script(program) => ("script", program.member()),
            Self::Outside(program) => ("outside", program.member()),
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
            "lambda" => Self::Lambda(Lambda::default()),
            "monitor" => Self::Monitor(Monitor::default()),
            "script" => Self::Script(Script::default()),
            "outside" => Self::Outside(Outside::default()),
            _ => return None,
        };
        Some(match self {
            Self::Producer(program) => program.place(),
            Self::Consumer(program) => program.place(),
            Self::Lambda(program) => program.place(),
            Self::Monitor(program) => program.place(),
            Self::Script(program) => program.place(),
            Self::Outside(program) => program.place(),
        })
    }
}

impl Program {
    /// The names or URLs of the queues that it talks to, each once.
    pub fn queues(&self) -> Vec<&str> {
        match self {
            Self::Producer(program) => vec![&program.queue],
            Self::Consumer(program) => vec![&program.queue],
            Self::Lambda(program) => vec![&program.queue],
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
            Self::Outside(program) => program.queues.iter().map(String::as_str).collect(),
        }
    }

    /// Whether the two are of one kind.
    pub fn same_kind(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// How many strands do this at the same time.
    pub fn strands(&self) -> usize {
        match self {
            Self::Consumer(program) => program.concurrency.unwrap_or(1) as usize,
            Self::Lambda(program) => program.strands(),
            Self::Producer(_) | Self::Monitor(_) | Self::Script(_) | Self::Outside(_) => 1,
        }
    }

    /// Whether it keeps the limits. What AWS would refuse is not checked here: the service does.
    ///
    /// # Errors
    /// The first limit that it breaks.
    pub fn check(&self) -> Result<(), ConfigError> {
        match self {
            Self::Producer(program) => program.check(),
            Self::Consumer(program) => program.check(),
            Self::Lambda(program) => program.check(),
            Self::Monitor(program) => within("pause_ms", program.pause_ms, 0, Limits::PAUSE_MS),
            Self::Script(program) => {
                within("steps", program.steps.len() as u64, 0, Limits::STEPS as u64)?;
                program.steps.iter().try_for_each(|step| {
                    within("times", step.times.into(), 1, Limits::REPEATS.into())?;
                    within("pause_ms", step.pause_ms, 0, Limits::PAUSE_MS)
                })
            }
            Self::Outside(program) => within(
                "queues",
                program.queues.len() as u64,
                0,
                Limits::STEPS as u64,
            ),
        }
    }
}

/// The request with its templates filled in where it is a send.
pub(super) fn fill_request(request: &Request, n: u32, luck: &mut Stream) -> Request {
    let mut request = request.clone();
    if let Request::SendMessage(send) = &mut request {
        if let Some(body) = &mut send.message_body {
            *body = Arc::from(fill(body, n, luck));
        }
        let ids = [
            &mut send.message_group_id,
            &mut send.message_deduplication_id,
        ];
        for text in ids.into_iter().flatten() {
            *text = fill(text, n, luck);
        }
    }
    request
}
