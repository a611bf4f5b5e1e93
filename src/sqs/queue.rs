//! A queue: its attributes, its messages, and the indexes over them.
//!
//! Every operation on a message costs O(log n). Deadlines live in ordered indexes and leave them
//! with the message, so nothing is scheduled that will not happen.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::api::{CallId, Caller};
use super::attributes::{DeduplicationScope, QueueAttributes};
use super::deduplication::Deduplication;
use super::fifo::FifoOrder;
use super::message::{Message, MessageKey, Phase, SequenceNumber};
use super::phase_index::{Order, PhaseIndex};
use super::standard::{POISON_RECEIVES, StandardOrder};
use super::waiters::{Waiter, Waiters};
use super::{Event, EventKind, Outbox, VisibleBecause};
use crate::sim::{Span, Stream, Time};

/// Names a queue; never given twice, also not to a queue that is created again.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct QueueId(pub u32);

/// How many messages are where.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct Counts {
    /// `ApproximateNumberOfMessages`.
    pub visible: usize,
    /// `ApproximateNumberOfMessagesNotVisible`.
    pub in_flight: usize,
    /// `ApproximateNumberOfMessagesDelayed`.
    pub delayed: usize,
}

/// What identifies a queue.
pub(super) struct QueueIdentity {
    pub(super) id: QueueId,
    pub(super) name: Arc<str>,
    pub(super) arn: Arc<str>,
    pub(super) url: Arc<str>,
}

/// A queue.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Queue {
    id: QueueId,
    name: Arc<str>,
    arn: Arc<str>,
    url: Arc<str>,
    created_at: Time,
    pub(super) modified_at: Time,
    pub(super) attributes: QueueAttributes,
    /// Resolved from the redrive policy whenever queues come, go or change.
    pub(super) dead_letter_queue: Option<QueueId>,
    pub(super) deduplication: Option<Deduplication>,
    pub(super) message_ids: Stream,
    pub(super) waiters: Waiters,
    messages: BTreeMap<MessageKey, Message>,
    positions: BTreeMap<u64, MessageKey>,
    last_position: u64,
    index: PhaseIndex,
    /// From when each message's retention counts.
    enqueued: BTreeSet<(Time, MessageKey)>,
}

/// What a queue next does by itself. Messages come before polls, so that a poll gets what becomes
/// visible at its own deadline.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(super) enum Due {
    /// A message expires or becomes visible.
    Message,
    /// A long poll has waited long enough.
    Poll,
}

/// A message group of a FIFO queue.
#[derive(Clone, Copy, Debug)]
pub struct GroupView<'a> {
    queue: &'a Queue,
    group: &'a super::fifo::Group,
}

impl<'a> GroupView<'a> {
    /// The group's messages in order.
    pub fn messages(self) -> impl Iterator<Item = &'a Message> {
        self.group
            .members()
            .map(move |key| &self.queue.messages[&key])
    }

    /// The first message that is in flight or delayed: it and all behind it must wait.
    pub fn locked_by(self) -> Option<MessageKey> {
        self.group.locked_by()
    }
}

impl Queue {
    pub(super) fn new(
        identity: QueueIdentity,
        attributes: QueueAttributes,
        seed: u64,
        now: Time,
    ) -> Self {
        let order = match attributes.fifo {
            None => Order::Standard(StandardOrder::default()),
            Some(_) => Order::Fifo(FifoOrder::default()),
        };
        // The scope at creation stays in force, whatever the attribute says later `[A]`.
        let deduplication = attributes
            .fifo
            .as_ref()
            .map(|fifo| match fifo.deduplication_scope {
                DeduplicationScope::Queue => Deduplication::over_queue(),
                DeduplicationScope::MessageGroup => Deduplication::over_groups(),
            });
        Self {
            message_ids: Stream::new(seed, &format!("message ids of queue {}", identity.name)),
            id: identity.id,
            name: identity.name,
            arn: identity.arn,
            url: identity.url,
            created_at: now,
            modified_at: now,
            attributes,
            dead_letter_queue: None,
            deduplication,
            waiters: Waiters::default(),
            messages: BTreeMap::new(),
            positions: BTreeMap::new(),
            last_position: 0,
            index: PhaseIndex::new(order),
            enqueued: BTreeSet::new(),
        }
    }

    /// Puts a message at the end of the queue, in the phase that it has, and numbers it
    /// if it is a FIFO queue.
    pub(super) fn insert(&mut self, mut message: Message) -> Option<SequenceNumber> {
        let key = message.key;
        assert_eq!(
            message.fifo.is_some(),
            self.is_fifo(),
            "a message suits its queue"
        );
        assert!(
            !self.messages.contains_key(&key),
            "a message is in a queue once"
        );
        message.position = self.next_position();
        if let Some(fifo) = &mut message.fifo {
            fifo.sequence_number = SequenceNumber(message.position);
        }
        self.positions.insert(message.position, key);
        self.enqueued.insert((message.enqueued_at, key));
        self.index.insert(&message);
        let sequence_number = message.sequence_number();
        self.messages.insert(key, message);
        sequence_number
    }

    /// Takes a message out of the queue.
    ///
    /// # Panics
    /// If it is not there.
    pub(super) fn remove(&mut self, key: MessageKey) -> Message {
        let message = self
            .messages
            .remove(&key)
            .expect("the caller has found the message here");
        self.index.remove(&message);
        self.positions.remove(&message.position);
        self.enqueued.remove(&(message.enqueued_at, key));
        message
    }

    /// Moves a message into another phase. On a standard queue, one that was received often goes
    /// to the back when it becomes visible `[D]`.
    ///
    /// # Panics
    /// If it is not there.
    pub(super) fn set_phase(&mut self, key: MessageKey, phase: Phase) {
        let next_position = self.last_position + 1;
        let message = self
            .messages
            .get_mut(&key)
            .expect("the caller has found the message here");
        self.index.leave(message);
        message.phase = phase;
        let is_poison = matches!(self.index.order, Order::Standard(_))
            && matches!(phase, Phase::Visible { .. })
            && message.receive_count >= POISON_RECEIVES;
        if is_poison {
            self.positions.remove(&message.position);
            self.positions.insert(next_position, key);
            self.last_position = next_position;
            message.position = next_position;
        }
        self.index.enter(message);
    }

    /// Counts a receive, and hides the message for `visibility_timeout`; it stays visible if
    /// that is nothing.
    pub(super) fn mark_received(
        &mut self,
        now: Time,
        key: MessageKey,
        visibility_timeout: Span,
        by: (Caller, CallId),
    ) -> &Message {
        let message = self
            .messages
            .get_mut(&key)
            .expect("the caller has found the message here");
        message.receive_count += 1;
        message.first_received_at.get_or_insert(now);
        let phase = if visibility_timeout.is_zero() {
            Phase::Visible { since: now }
        } else {
            let (caller, call) = by;
            Phase::InFlight {
                since: now,
                until: now + visibility_timeout,
                caller,
                call,
            }
        };
        self.set_phase(key, phase);
        &self.messages[&key]
    }

    /// Removes what has outlived its retention, in whatever phase it is `[D]`.
    pub(super) fn expire_due(&mut self, now: Time, out: &mut Outbox) {
        while let Some(&(enqueued_at, message)) = self.enqueued.first()
            && (enqueued_at + self.attributes.retention()).is_due(now)
        {
            self.remove(message);
            let kind = EventKind::MessageExpired {
                queue: self.id,
                message,
            };
            out.events.push(Event { at: now, kind });
        }
    }

    /// Shows the messages whose delay or visibility timeout is over.
    pub(super) fn show_due(&mut self, now: Time, out: &mut Outbox) {
        while let Some((until, position)) = self.index.next_deadline()
            && until.is_due(now)
        {
            let message = self.positions[&position];
            let because = match self.messages[&message].phase {
                Phase::Delayed { .. } => VisibleBecause::DelayOver,
                Phase::InFlight { .. } => VisibleBecause::VisibilityTimeoutOver,
                Phase::Visible { .. } => panic!("a visible message has no deadline"),
            };
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
    pub(super) fn apply_delay_to_all(&mut self, now: Time, out: &mut Outbox) {
        let delay = self.attributes.delay();
        let mut untils: Vec<_> = self
            .messages
            .values()
            .filter(|message| message.receive_count == 0)
            .map(|message| (message.sent_at() + delay, message.position, message.key))
            .collect();
        untils.sort_unstable();
        for (until, _, message) in untils {
            let is_over = until.is_due(now);
            let phase = match self.messages[&message].phase {
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

    /// Its number.
    pub fn id(&self) -> QueueId {
        self.id
    }

    /// Its name.
    pub fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// Its ARN.
    pub fn arn(&self) -> &Arc<str> {
        &self.arn
    }

    /// Its URL.
    pub fn url(&self) -> &Arc<str> {
        &self.url
    }

    /// Whether it is a FIFO queue.
    pub fn is_fifo(&self) -> bool {
        self.attributes.fifo.is_some()
    }

    /// What can be set.
    pub fn attributes(&self) -> &QueueAttributes {
        &self.attributes
    }

    /// When it was created.
    pub fn created_at(&self) -> Time {
        self.created_at
    }

    /// When its attributes were last changed.
    pub fn modified_at(&self) -> Time {
        self.modified_at
    }

    /// How many messages are where.
    pub fn counts(&self) -> Counts {
        let PhaseIndex {
            in_flight, delayed, ..
        } = self.index;
        Counts {
            visible: self.messages.len() - in_flight - delayed,
            in_flight,
            delayed,
        }
    }

    /// How many messages it has.
    pub fn len(&self) -> usize {
        self.messages.len()
    }

    /// Whether it has no message.
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    /// All messages in the order of the queue, whatever their phases.
    pub fn messages(&self) -> impl Iterator<Item = &Message> {
        self.positions.values().map(|key| &self.messages[key])
    }

    /// The message of this name, if it is in this queue.
    pub fn message(&self, key: MessageKey) -> Option<&Message> {
        self.messages.get(&key)
    }

    /// The long polls that wait here, oldest first.
    pub fn waiters(&self) -> impl Iterator<Item = &Waiter> {
        self.waiters.iter()
    }

    /// The message groups of a FIFO queue by their ids; none of a standard queue.
    pub fn groups(&self) -> impl Iterator<Item = (&Arc<str>, GroupView<'_>)> {
        let order = match &self.index.order {
            Order::Standard(_) => None,
            Order::Fifo(order) => Some(order),
        };
        let groups = order.into_iter().flat_map(FifoOrder::groups);
        groups.map(|(id, group)| (id, GroupView { queue: self, group }))
    }

    /// Where its dead letters go: the target of the redrive policy, if that queue exists.
    pub fn dead_letter_queue(&self) -> Option<QueueId> {
        self.dead_letter_queue
    }

    /// After so many receives, the next one moves a message to the dead-letter queue.
    pub fn max_receive_count(&self) -> Option<u32> {
        self.attributes
            .redrive_policy
            .as_ref()
            .map(|policy| policy.max_receive_count)
    }

    /// When a message will expire, if nothing changes.
    pub fn expires_at(&self, message: &Message) -> Time {
        message.enqueued_at + self.attributes.retention()
    }

    /// What can be received, in the order in which it is.
    pub(super) fn candidates(&self) -> impl Iterator<Item = &Message> {
        let (standard, fifo) = match &self.index.order {
            Order::Standard(order) => (Some(order), None),
            Order::Fifo(order) => (None, Some(order)),
        };
        let keys = standard.into_iter().flat_map(StandardOrder::candidates);
        keys.chain(fifo.into_iter().flat_map(FifoOrder::candidates))
            .map(|key| &self.messages[&key])
    }

    /// When it next has something to do by itself, and what.
    pub(super) fn next_due(&self) -> Option<(Time, Due)> {
        let expiry = self
            .enqueued
            .first()
            .map(|(at, _)| *at + self.attributes.retention());
        let show = self.index.next_deadline().map(|(at, _)| at);
        let message = expiry
            .into_iter()
            .chain(show)
            .min()
            .map(|at| (at, Due::Message));
        let poll = self.waiters.next_deadline().map(|at| (at, Due::Poll));
        message.into_iter().chain(poll).min()
    }

    /// See [`super::Service::approximate_bytes`].
    pub(super) fn approximate_bytes(&self) -> usize {
        let remembered = self.deduplication.as_ref().map_or(0, Deduplication::len);
        2000 + 400 * self.messages.len() + 250 * remembered + 400 * self.waiters.len()
    }

    fn next_position(&mut self) -> u64 {
        self.last_position += 1;
        self.last_position
    }
}
