//! Why each message of a queue can be received, or cannot.

use super::api::{CallId, Caller};
use super::message::{Message, MessageKey, Phase};
use super::queue::{IN_FLIGHT_MAX, Queue};
use super::standard::Partition;
use super::{QueueId, Service};
use crate::sim::Time;

/// A message, and what a receive would do with it.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Explained {
    /// The message.
    pub message: MessageKey,
    /// What stands in its way, if anything does.
    pub why: Why,
    /// When it will expire, if nothing changes.
    pub expires_at: Time,
}

/// What a receive would do with a message, and why.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Why {
    /// Return it, unless it has enough before it gets there.
    Receivable,
    /// Nothing: it is delayed.
    Delayed {
        /// The end of the delay.
        until: Time,
    },
    /// Nothing: it is with a consumer.
    InFlight {
        /// The end of its visibility timeout.
        until: Time,
        /// Whose it is.
        caller: Caller,
        /// The call that hides it.
        call: CallId,
    },
    /// Nothing: in its group, a message before it is delayed or in flight.
    GroupLocked {
        /// The first of these.
        by: MessageKey,
    },
    /// Nothing: there are more messages before it than a receive of a FIFO queue looks at.
    OutOfSight,
    /// Nothing: a short poll looked at another partition.
    NotSampled {
        /// Where the message is.
        partition: Partition,
    },
    /// Nothing: the queue has as much in flight as it can have.
    TooManyInFlight,
    /// Not return it, but move it to the dead-letter queue: it was received too often.
    MovesToDeadLetterQueue {
        /// That queue.
        target: QueueId,
    },
    /// Nothing: it came as a dead letter at this instant, and would move on at once.
    JustMoved,
}

impl Service {
    /// What a receive of this queue at `now` that looks everywhere would do with each message, in
    /// the order of the queue; nothing if there is no such queue.
    pub fn explain(&self, queue: QueueId, now: Time) -> Vec<Explained> {
        self.explain_receive(queue, now, None)
    }

    /// The same for a receive that looked at one partition alone. With the state at an empty
    /// receive, and its `sampled`, this says why it was empty; what that receive itself has moved
    /// to the dead-letter queue is not there any more.
    pub fn explain_receive(
        &self,
        queue: QueueId,
        now: Time,
        sampled: Option<Partition>,
    ) -> Vec<Explained> {
        let Some(queue) = self.queue(queue) else {
            return Vec::new();
        };
        let explain = |message: &Message| Explained {
            message: message.key(),
            why: why(queue, message, now, sampled),
            expires_at: queue.expires_at(message),
        };
        queue.messages().map(explain).collect()
    }
}

fn why(queue: &Queue, message: &Message, now: Time, sampled: Option<Partition>) -> Why {
    match message.phase() {
        Phase::Delayed { until } => return Why::Delayed { until },
        Phase::InFlight {
            until,
            caller,
            call,
            ..
        } => {
            return Why::InFlight {
                until,
                caller,
                call,
            };
        }
        Phase::Visible { .. } => {}
    }
    let partition = message.partition();
    let receives_max = queue.max_receive_count();
    let is_dead = receives_max.is_some_and(|max| message.receive_count() >= max);
    if queue.counts().in_flight >= IN_FLIGHT_MAX {
        Why::TooManyInFlight
    } else if let Some(by) = queue.lock_before(message) {
        Why::GroupLocked { by }
    } else if !queue.is_in_sight(message) {
        Why::OutOfSight
    } else if sampled.is_some_and(|sampled| sampled != partition) {
        Why::NotSampled { partition }
    } else if let Some(target) = queue.dead_letter_queue().filter(|_| is_dead) {
        if message.has_just_moved(now) {
            Why::JustMoved
        } else {
            Why::MovesToDeadLetterQueue { target }
        }
    } else {
        Why::Receivable
    }
}
