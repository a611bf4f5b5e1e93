//! Outside programs: what runs elsewhere, and of which this world knows only what it asks for.

use std::hash::{Hash, Hasher};
use std::str::FromStr;

use crate::json::{AsMember, Member, Place, members};
use crate::sqs::api::Request;

/// The most queues of which an outside program's actor remembers that it called them.
const QUEUES_MAX: usize = 24;

/// A program that runs outside of the world, such as a Python script of the person's. What it does
/// comes as inputs ([`OutsideCall`](crate::world::InputKind::OutsideCall) and others), so a recording
/// replays without it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Outside {
    /// The queues that it has called, by name, in the order of its first calls.
    pub queues: Vec<String>,
    /// Whether it has sent messages, or tried to; found out as it runs, not recorded.
    sends: bool,
    /// Whether it has received messages, or tried to; as above.
    receives: bool,
}

/// How an outside program ended.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Ending {
    /// It came to its end.
    #[default]
    Finished,
    /// By an error that it did not handle, or with an exit code that is not 0.
    Failed,
    /// It was stopped from outside.
    Killed,
}

members! {
    Outside {
        queues,
    }
}

/// As it reads: programs that read the same are the same.
impl Hash for Outside {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.queues.hash(state);
    }
}

impl Outside {
    /// Whether it only takes messages, as far as it has run.
    pub fn is_consumer(&self) -> bool {
        self.receives && !self.sends
    }

    /// Remembers what it called.
    pub(in crate::world) fn note(&mut self, request: &Request) {
        use Request::{ReceiveMessage, SendMessage, SendMessageBatch};
        self.sends |= matches!(request, SendMessage(_) | SendMessageBatch(_));
        self.receives |= matches!(request, ReceiveMessage(_));
        let Some(queue) = request.queue_named() else {
            return;
        };
        let name = queue.rsplit('/').next().unwrap_or(queue);
        if self.queues.len() < QUEUES_MAX && !self.queues.iter().any(|known| known == name) {
            self.queues.push(name.to_owned());
        }
    }
}

impl AsMember for Ending {
    fn member(&self) -> Member<'_> {
        Member::Text(match self {
            Self::Finished => "finished",
            Self::Failed => "failed",
            Self::Killed => "killed",
        })
    }

    fn place(&mut self) -> Place<'_> {
        Place::Word(self)
    }
}

impl FromStr for Ending {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        match word {
            "finished" => Ok(Self::Finished),
            "failed" => Ok(Self::Failed),
            "killed" => Ok(Self::Killed),
            _ => Err(()),
        }
    }
}
