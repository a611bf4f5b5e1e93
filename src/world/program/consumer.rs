//! The settings of a consumer.

use std::str::FromStr;

use super::Spread;
use crate::json::{AsMember, FillChoice, Member, Place, members};
use crate::sqs::api::ReceivedMessage;
use crate::world::config::{ConfigError, Limits, within};

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
    pub work_ms: Spread,
    /// Whether and how a message that was worked on is deleted.
    pub after_work: AfterWork,
    /// Sleep after the last message of a receive, and after an empty one.
    pub pause_ms: Spread,
    /// Ends after so many empty receives in a row; never if left out.
    pub stop_after_empty: Option<u32>,
    /// So many workers, 1 to 10, each with its own loop of receiving, working and deleting; one if
    /// left out.
    pub concurrency: Option<u32>,
    /// Whether a message that was worked on before does no harm: it is recognised by its id in a
    /// memory that all such consumers share, and deleted without work.
    pub idempotent: bool,
    /// While it works, it changes the visibility of all messages that it holds each time so many
    /// seconds have passed; never if left out.
    pub heartbeat_seconds: Option<u32>,
    /// The `VisibilityTimeout` of a heartbeat. If left out, that of the receives, or 30.
    pub heartbeat_extends_seconds: Option<i64>,
    /// How likely, in percent, a worker crashes in the middle of the work on a message: all that it
    /// holds is lost to it, and comes back when its visibility timeout is over.
    pub crash_percent: Option<u32>,
    /// After a crash the worker starts again so much later; a second if left out.
    pub restart_after_ms: Option<u64>,
    /// Messages on which the work fails, at its end; judged when a message is received.
    pub poison: Option<Poison>,
    /// What becomes of a message on which the work failed.
    pub on_failure: OnFailure,
}

members! {
    Consumer {
        queue required,
        max_number_of_messages,
        visibility_timeout,
        wait_time_seconds,
        work_ms,
        after_work required,
        pause_ms,
        stop_after_empty,
        concurrency,
        idempotent,
        heartbeat_seconds,
        heartbeat_extends_seconds,
        crash_percent,
        restart_after_ms,
        poison,
        on_failure,
    }
    AttributeEquals {
        name required,
        value required,
    }
}

/// What a consumer does with a message that it has worked on.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum AfterWork {
    /// Deletes it.
    #[default]
    Delete,
    /// Deletes it together with the others of its receive, when all of them are dealt with.
    DeleteBatch,
    /// Leaves it: it comes back when its visibility timeout is over. Without work it only looks.
    Keep,
}

/// What a consumer does with a message on which the work failed.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum OnFailure {
    /// Nothing: it comes back when its visibility timeout is over.
    #[default]
    Leave,
    /// Sets its visibility timeout to 0, so that it can be received at once.
    RetryNow,
}

/// Tells messages on which all work fails.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Poison {
    /// The body contains this text.
    BodyContains(String),
    /// A message attribute has this value.
    MessageAttribute(AttributeEquals),
}

/// See [`Poison::MessageAttribute`].
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct AttributeEquals {
    /// The attribute's name.
    pub name: String,
    /// Its `StringValue`.
    pub value: String,
}

impl Poison {
    /// Whether the message is such a one.
    pub(in crate::world) fn is(&self, message: &ReceivedMessage) -> bool {
        match self {
            Self::BodyContains(text) => message.body.contains(&**text),
            Self::MessageAttribute(poison) => {
                let attribute = message.message_attributes.get(&poison.name);
                let value = attribute.and_then(|attribute| attribute.string_value.as_ref());
                value == Some(&poison.value)
            }
        }
    }
}

impl Consumer {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        self.pause_ms.check("pause_ms")?;
        self.work_ms.check("work_ms")?;
        let restart = self.restart_after_ms.unwrap_or(0);
        within("restart_after_ms", restart, 0, Limits::PAUSE_MS)?;
        for (what, value, least, most) in [
            ("concurrency", self.concurrency, 1, Limits::CONCURRENCY),
            ("heartbeat_seconds", self.heartbeat_seconds, 1, 43_200),
            ("crash_percent", self.crash_percent, 0, 100),
        ] {
            if let Some(value) = value {
                within(what, value.into(), least, most.into())?;
            }
        }
        Ok(())
    }
}

impl AsMember for AfterWork {
    fn member(&self) -> Member<'_> {
        Member::Text(match self {
            Self::Delete => "delete",
            Self::DeleteBatch => "delete_batch",
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
            "delete_batch" => Ok(Self::DeleteBatch),
            "keep" => Ok(Self::Keep),
            _ => Err(()),
        }
    }
}

impl AsMember for OnFailure {
    fn member(&self) -> Member<'_> {
        Member::Text(match self {
            Self::Leave => "leave",
            Self::RetryNow => "retry_now",
        })
    }

    fn place(&mut self) -> Place<'_> {
        Place::Word(self)
    }
}

impl FromStr for OnFailure {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        match word {
            "leave" => Ok(Self::Leave),
            "retry_now" => Ok(Self::RetryNow),
            _ => Err(()),
        }
    }
}

impl Default for Poison {
    /// Every message.
    fn default() -> Self {
        Self::BodyContains(String::new())
    }
}

impl AsMember for Poison {
    /// `{"body_contains":"…"}` or `{"message_attribute":{"name":"…","value":"…"}}`
    fn member(&self) -> Member<'_> {
        let (kind, value) = match self {
            Self::BodyContains(text) => ("body_contains", text.member()),
            Self::MessageAttribute(attribute) => ("message_attribute", attribute.member()),
        };
        Member::Choice(kind, Box::new(value))
    }

    fn place(&mut self) -> Place<'_> {
        Place::Choice(self)
    }
}

impl FillChoice for Poison {
    fn choose(&mut self, kind: &str) -> Option<Place<'_>> {
        *self = match kind {
            "body_contains" => Self::BodyContains(String::new()),
            "message_attribute" => Self::MessageAttribute(AttributeEquals::default()),
            _ => return None,
        };
        Some(match self {
            Self::BodyContains(text) => text.place(),
            Self::MessageAttribute(attribute) => attribute.place(),
        })
    }
}
