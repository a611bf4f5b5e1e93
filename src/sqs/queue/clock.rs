//! What a queue does by itself as time goes by.

use super::Queue;
use crate::sim::{Time, in_order};
use crate::sqs::message::{Message, Phase};
use crate::sqs::{Event, EventKind, Outbox, VisibleBecause};

/// What a queue next does by itself. Messages come before polls, so that a poll gets what becomes
/// visible at its own deadline.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(in crate::sqs) enum Due {
    /// A message expires or becomes visible, or a noisy tenant is quiet again.
    Message,
    /// A message move task makes its next move.
    MoveTask,
    /// A long poll has waited long enough.
    Poll,
}

impl Queue {
    /// Removes what has outlived its retention, in whatever phase it is `[D]`.
    pub(in crate::sqs) fn expire_due(&mut self, now: Time, out: &mut Outbox) {
        while let Some((enqueued_at, position)) = self.retention.oldest()
            && (enqueued_at + self.attributes.retention()).is_due(now)
        {
            let message = self.messages[position].key;
            self.remove(message);
            let kind = EventKind::MessageExpired {
                queue: self.id,
                message,
            };
            out.events.push(Event { at: now, kind });
        }
    }

    /// Shows the messages whose delay or visibility timeout is over.
    pub(in crate::sqs) fn show_due(&mut self, now: Time, out: &mut Outbox) {
        while let Some((until, position)) = self.index.next_deadline()
            && until.is_due(now)
        {
            let Message { key, phase, .. } = *self.messages[position];
            let because = match phase {
                Phase::Delayed { .. } => VisibleBecause::DelayOver,
                Phase::InFlight { .. } => VisibleBecause::VisibilityTimeoutOver,
                Phase::Visible { .. } => panic!("a visible message has no deadline"),
            };
            let message = key;
            self.set_phase(message, Phase::Visible { since: until });
            let kind = EventKind::MessageBecameVisible {
                queue: self.id,
                message,
                because,
            };
            out.events.push(Event { at: until, kind });
        }
    }

    /// Applies a FIFO queue's new `DelaySeconds` to the messages that were never received `[D]`:
    /// each is delayed until `SentTimestamp` plus the new delay, also if it was visible already
    /// `[I]`.
    pub(in crate::sqs) fn apply_delay_to_all(&mut self, now: Time, out: &mut Outbox) {
        let delay = self.attributes.delay();
        let never_received: Vec<_> = self
            .messages
            .values()
            .filter(|message| message.receive_count == 0)
            .map(|message| (message.sent_at(), message.position, message.key))
            .collect();
        let order = |(sent_at, position, _): &(Time, u64, _)| [sent_at.as_ms(), *position];
        for (sent_at, position, message) in in_order(&never_received, order) {
            let until = sent_at + delay;
            let is_over = until.is_due(now);
            let phase = match self.messages[position].phase {
                Phase::Visible { .. } if is_over => continue,
                Phase::Delayed { until: before } if before == until => continue,
                Phase::Delayed { .. } if is_over => Phase::Visible { since: now },
                Phase::Delayed { .. } | Phase::Visible { .. } => Phase::Delayed { until },
                Phase::InFlight { .. } => panic!("a message in flight was received"),
            };
            self.set_phase(message, phase);
            let queue = self.id;
            let kind = if is_over {
                let because = VisibleBecause::QueueDelayLowered;
                EventKind::MessageBecameVisible {
                    queue,
                    message,
                    because,
                }
            } else {
                EventKind::MessageDelayChanged {
                    queue,
                    message,
                    until,
                }
            };
            out.events.push(Event { at: now, kind });
        }
    }

    /// When it next has something to do by itself, and what.
    pub(in crate::sqs) fn next_due(&self) -> Option<(Time, Due)> {
        let mut first = None;
        let mut consider = |at: Option<Time>, due| {
            if let Some(at) = at
                && first.is_none_or(|first| (at, due) < first)
            {
                first = Some((at, due));
            }
        };
        let oldest = self.retention.oldest();
        let expiry = oldest.map(|(at, _)| at + self.attributes.retention());
        consider(expiry, Due::Message);
        consider(self.index.next_deadline().map(|(at, _)| at), Due::Message);
        consider(self.index.next_calm(), Due::Message);
        consider(self.move_tasks.next_deadline(), Due::MoveTask);
        consider(self.waiters.next_deadline(), Due::Poll);
        first
    }
}
