//! What the stage shows, without where: plain data, made from the world by `scene`.

use std::sync::Arc;

use crate::sim::Time;
use crate::sqs::api::{CallId, Caller};
use crate::sqs::{MessageKey, QueueId};
use crate::ui::bounds::bounded;

/// The world as the stage sees it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct StageView {
    /// In the order of their creation.
    pub queues: Vec<QueueView>,
    /// In the order of the scenario.
    pub actors: Vec<ActorView>,
    /// The calls under way.
    pub calls: Vec<CallView>,
    /// What has just passed, the oldest first.
    pub traces: Vec<Trace>,
    /// The messages that have just gone from queue to queue, the oldest first.
    pub moves: Vec<Move>,
    /// Where the selected message is.
    pub selected: Option<Place>,
}

/// Where a message is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Place {
    pub key: MessageKey,
    pub queue: QueueId,
    pub zone: Zone,
    /// Its message group, in a FIFO queue.
    pub group: Option<Arc<str>>,
}

/// One queue.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct QueueView {
    pub id: QueueId,
    pub kind: QueueKind,
    /// Where its poisoned messages go.
    pub dead_letters: Option<DeadLetters>,
    /// Whether it is some other queue's dead-letter queue.
    pub is_dead_letter_queue: bool,
    /// Delayed, visible, in flight.
    pub zones: [ZoneView; 3],
    /// The message groups of a FIFO queue that have messages, as many as can be shown.
    pub lanes: Vec<LaneView>,
    /// How many there are.
    pub groups: usize,
    /// What empties it, or has just emptied it.
    pub move_task: Option<MoveTaskView>,
}

/// A message move task.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct MoveTaskView {
    /// Where the next message goes, if that is known.
    pub target: Option<QueueId>,
    pub moved: u64,
    pub to_move: u64,
}

/// What SQS calls a queue's type.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum QueueKind {
    Standard,
    Fifo,
}

/// A redrive policy.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct DeadLetters {
    pub target: QueueId,
    /// The policy's `maxReceiveCount`.
    pub after_receives: u32,
}

/// The three states of a message, which are the three zones of a queue.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Zone {
    Delayed,
    Visible,
    InFlight,
}

/// What is in one zone.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ZoneView {
    /// All of them.
    pub count: usize,
    /// The first of them, as many as can be shown.
    pub tokens: Vec<TokenView>,
}

/// One message.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TokenView {
    pub key: MessageKey,
    /// Receives so far.
    pub receives: u32,
    /// When it came into this state.
    pub since: Time,
    /// What runs down: its delay, or its visibility timeout.
    pub ring: Option<Ring>,
    /// Which lane of the queue it is in.
    pub lane: Option<usize>,
}

/// A time that runs down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ring {
    pub since: Time,
    pub until: Time,
}

/// One message group.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LaneView {
    pub name: Arc<str>,
    /// A message of it is in flight: nobody gets another.
    pub locked: bool,
    /// How many messages are in each zone.
    pub counts: [usize; 3],
}

/// One producer, consumer, monitor or script.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ActorView {
    pub caller: Caller,
    /// What it does at the same time: one thing, or one for each of its workers or pollers.
    pub strands: Vec<Doing>,
}

/// What an actor is for.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Role {
    Producer,
    Consumer,
    Lambda,
    Monitor,
    Script,
}

/// What an actor does.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Doing {
    /// Waits for its next turn.
    Sleeping(Ring),
    /// Waits for an answer.
    Calling,
    /// A receive of its waits at the service.
    LongPolling(Ring),
    /// Has a message in hand.
    Working(MessageKey, Ring),
    /// Waits to invoke a function that was busy.
    Throttled(Ring),
    /// Crashed in the middle of its work, and starts again.
    Crashed(Ring),
    /// Is held still by the person.
    Paused,
    /// Waits for nothing in this world: what it runs is elsewhere.
    Idle,
    /// Is done for good.
    Finished,
    /// Was ended by a person, or with the page that ran it.
    Stopped,
    /// Was ended by an error.
    Failed,
}

/// One call under way.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CallView {
    pub id: CallId,
    pub caller: Caller,
    pub queue: Option<QueueId>,
    pub cargo: Cargo,
    pub leg: Leg,
}

/// The wire of a call that was answered a moment ago: at a usual speed the network is too quick for
/// the eye.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Trace {
    pub caller: Caller,
    pub queue: QueueId,
    pub cargo: Cargo,
    pub at: Time,
}

/// A message that has just gone from one queue to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Move {
    pub message: MessageKey,
    pub source: QueueId,
    pub target: QueueId,
    pub why: MoveReason,
    pub at: Time,
}

/// Why a message went to another queue.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum MoveReason {
    /// It was received too often.
    Poisoned,
    /// A message move task took it.
    Redriven,
}

/// Where a call is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Leg {
    /// On its way to the service.
    There(Ring),
    /// A long poll that waits.
    Waiting(Ring),
    /// The answer is on its way to the caller.
    Back(Ring),
}

/// What a call carries.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cargo {
    /// A message to a queue.
    Send,
    /// A wish for messages.
    Receive,
    /// A wish to forget one.
    Delete,
    /// Anything else that is asked.
    Ask,
    /// So many messages, and the first of them.
    Messages(usize, Option<MessageKey>),
    /// A receive without a message.
    Nothing,
    /// Done.
    Fine,
    /// Refused.
    Error,
}

impl Zone {
    /// In the order of a message's life, which is the order on the stage.
    pub(crate) const ALL: [Self; 3] = [Self::Delayed, Self::Visible, Self::InFlight];
}

impl Ring {
    /// The share that is left at `now_ms`, 1 to 0.
    pub(crate) fn left(self, now_ms: f64) -> f64 {
        1.0 - self.gone(now_ms)
    }

    /// The share that is over at `now_ms`, 0 to 1.
    pub(crate) fn gone(self, now_ms: f64) -> f64 {
        let (since, until) = (self.since.as_ms() as f64, self.until.as_ms() as f64);
        if until <= since {
            1.0
        } else {
            bounded((now_ms - since) / (until - since), 0.0, 1.0)
        }
    }

    /// The milliseconds that are left at `now_ms`.
    pub(crate) fn left_ms(self, now_ms: f64) -> f64 {
        (self.until.as_ms() as f64 - now_ms).max(0.0)
    }
}

impl Role {
    /// Producers stand on the left of the queues, the others on the right.
    pub(crate) fn is_left(self) -> bool {
        match self {
            Self::Producer | Self::Script => true,
            Self::Consumer | Self::Lambda | Self::Monitor => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_runs_down_once_and_stays_empty() {
        let ring = Ring {
            since: Time::from_ms(1000),
            until: Time::from_ms(3000),
        };
        for (now, left) in [
            (0.0, 1.0),
            (1000.0, 1.0),
            (1500.0, 0.75),
            (3000.0, 0.0),
            (9000.0, 0.0),
        ] {
            assert!((ring.left(now) - left).abs() < 1e-9, "at {now}");
        }
        let none = Ring {
            since: Time::from_ms(5),
            until: Time::from_ms(5),
        };
        assert!(none.left(5.0).abs() < 1e-9);
    }
}
