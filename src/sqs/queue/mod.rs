//! A queue: its attributes, its messages, and the indexes over them.
//!
//! An operation on a message costs about the same whatever else is in the queue. Deadlines live in
//! ordered indexes and leave them with the message, so nothing is scheduled that will not happen.
//! Clones share the messages until one of them changes.

mod clock;
mod gauges;
mod retention;
mod view;

use std::sync::Arc;

use super::api::{CallId, Caller};
use super::attempts::Attempts;
use super::attributes::{DeduplicationScope, QueueAttributes};
use super::cost::Meter;
use super::deduplication::Deduplication;
use super::fifo::{FifoOrder, LOOK_AHEAD};
use super::message::{Message, MessageKey, Phase, SequenceNumber};
use super::metrics::Metrics;
use super::mode::{Luck, Poll};
use super::move_task::MoveTasks;
use super::phase_index::{Order, PhaseIndex};
use super::service::Config;
use super::standard::{POISON_RECEIVES, Reach, StandardOrder};
use super::throttle::Throttle;
use super::waiters::Waiters;
use crate::sim::{Index, Numbered, SortedMap, Span, Stream, Time, hash_of_number};

pub(super) use clock::Due;
use retention::Retention;
pub use view::GroupView;

/// Messages in flight per queue, of both types `[D]`.
pub(super) const IN_FLIGHT_MAX: usize = 120_000;

const FOUND: &str = "the caller has found the message here";

/// Names a queue; never given twice, also not to a queue that is created again.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
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
    /// When it was last touched.
    now: Time,
    /// What it will do by itself, as the wake-ups have it.
    pub(super) scheduled: Option<(Time, Due)>,
    pub(super) modified_at: Time,
    pub(super) purged_at: Option<Time>,
    pub(super) attributes: QueueAttributes,
    pub(super) tags: SortedMap<String, String>,
    /// Resolved from the redrive policy whenever queues come, go or change.
    pub(super) dead_letter_queue: Option<QueueId>,
    pub(super) deduplication: Option<Deduplication>,
    pub(super) message_ids: Stream,
    /// None if it is strict or FIFO.
    pub(super) luck: Option<Luck>,
    pub(super) waiters: Waiters,
    pub(super) metrics: Metrics,
    pub(super) meter: Meter,
    pub(super) move_tasks: MoveTasks,
    /// FIFO queues: for retries of receives.
    pub(super) attempts: Attempts,
    /// FIFO queues of a service with quotas.
    pub(super) throttle: Throttle,
    /// In the order of the queue: by their positions.
    messages: Numbered<Arc<Message>>,
    /// By the messages' keys.
    positions: Index,
    last_position: u64,
    index: PhaseIndex,
    retention: Retention,
}

impl Queue {
    pub(super) fn new(
        identity: QueueIdentity,
        attributes: QueueAttributes,
        config: &Config,
        now: Time,
    ) -> Self {
        let seed = config.seed;
        let order = match attributes.fifo {
            None => Order::Standard(StandardOrder::default()),
            Some(_) => Order::Fifo(FifoOrder::new(LOOK_AHEAD)),
        };
        // The scope at creation stays in force, whatever the attribute says later `[A]`.
        let deduplication = attributes
            .fifo
            .as_ref()
            .map(|fifo| match fifo.deduplication_scope {
                DeduplicationScope::Queue => Deduplication::over_queue(),
                DeduplicationScope::MessageGroup => Deduplication::over_groups(),
            });
        // A queue that is created again has other luck than the one before.
        let stream =
            |of: &str| Stream::new(seed, &format!("{of} of queue {} of {now}", identity.name));
        let luck = match attributes.fifo {
            None => Luck::new(config.mode, || stream("luck")),
            Some(_) => None,
        };
        Self {
            message_ids: stream("message ids"),
            id: identity.id,
            name: identity.name,
            arn: identity.arn,
            url: identity.url,
            created_at: now,
            now,
            scheduled: None,
            modified_at: now,
            purged_at: None,
            attributes,
            tags: SortedMap::new(),
            dead_letter_queue: None,
            deduplication,
            luck,
            waiters: Waiters::default(),
            metrics: Metrics::new(now),
            meter: Meter::default(),
            attempts: Attempts::default(),
            throttle: Throttle::default(),
            move_tasks: MoveTasks::default(),
            messages: Numbered::default(),
            positions: Index::default(),
            last_position: 0,
            index: PhaseIndex::new(order),
            retention: Retention::default(),
        }
    }

    /// Puts a message at the end of the queue, in the phase that it has, and numbers it
    /// if it is a FIFO queue.
    pub(super) fn insert(&mut self, mut message: Message) -> Option<SequenceNumber> {
        let key = message.key;
        assert_eq!(
            message.deduplication_id.is_some(),
            self.is_fifo(),
            "a message suits its queue"
        );
        self.last_position += 1;
        let position = self.last_position;
        message.position = position;
        message.partition = match &mut self.luck {
            Some(luck) => luck.partition_of_arrival(),
            None => 0,
        };
        assert_eq!(self.position_of(key), None, "a message is in a queue once");
        self.index.insert(self.now, &mut message);
        let sequence_number = message.sequence_number();
        self.put(Arc::new(message));
        sequence_number
    }

    /// Brings it up to a time, before anything happens to it then.
    pub(super) fn turn_to(&mut self, now: Time) {
        if self.metrics.is_over(now) {
            self.metrics.turn_to(now, self.gauges());
        }
        self.now = now;
        if let Order::Standard(order) = &mut self.index.order {
            order.fair.calm_due(now);
        }
    }

    /// Takes the message at a position out of the queue, because a consumer deletes it.
    ///
    /// # Panics
    /// If there is none.
    pub(super) fn delete(&mut self, position: u64) {
        let message = self.take(position);
        self.index.note_delete(self.now, &message);
        self.forget(&message);
    }

    /// Takes a message out of the queue.
    ///
    /// # Panics
    /// If it is not there.
    pub(super) fn remove(&mut self, key: MessageKey) -> Message {
        let position = self.position_of(key).expect(FOUND);
        let message = self.take(position);
        self.forget(&message);
        Arc::unwrap_or_clone(message)
    }

    /// Removes all messages, and forgets the sends that could have duplicates `[A]`. Returns how
    /// many messages there were.
    pub(super) fn purge(&mut self) -> usize {
        let count = self.messages.len();
        while let Some((_, message)) = self.messages.first() {
            self.remove(message.key);
        }
        if let Some(deduplication) = &mut self.deduplication {
            deduplication.forget_all();
        }
        count
    }

    /// Moves a message into another phase. On a standard queue, one that was received often goes
    /// to the back when it becomes visible `[D]`.
    ///
    /// # Panics
    /// If it is not there.
    pub(super) fn set_phase(&mut self, key: MessageKey, phase: Phase) {
        let position = self.position_of(key).expect(FOUND);
        self.change(position, |message| message.phase = phase);
    }

    /// Counts a receive of the message at a position, and hides it for `visibility_timeout`; it
    /// stays visible if that is nothing.
    ///
    /// # Panics
    /// If there is none.
    pub(super) fn mark_received(
        &mut self,
        now: Time,
        position: u64,
        visibility_timeout: Span,
        by: (Caller, CallId),
    ) -> &Message {
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
        let position = self.change(position, |message| {
            message.receive_count += 1;
            message.first_received_at.get_or_insert(now);
            message.phase = phase;
        });
        &self.messages[position]
    }

    /// Where a receive that begins now will look.
    pub(super) fn reach(&mut self, poll: Poll) -> Reach {
        let (Order::Standard(order), Some(luck)) = (&self.index.order, &mut self.luck) else {
            return Reach::EVERYWHERE;
        };
        let sampled = luck.sample(poll, order.sizes());
        match poll {
            Poll::Short => Reach::Only(sampled),
            Poll::Long => Reach::From(sampled),
        }
    }

    /// What can be received, in the order in which it is.
    pub(super) fn candidates(&self, reach: Reach) -> impl Iterator<Item = &Message> {
        let (standard, fifo) = match &self.index.order {
            Order::Standard(order) => (Some(order), None),
            Order::Fifo(order) => (None, Some(order)),
        };
        let positions = standard
            .into_iter()
            .flat_map(move |order| order.candidates(reach));
        positions
            .chain(fifo.into_iter().flat_map(FifoOrder::candidates))
            .map(|position| &*self.messages[position])
    }

    /// See [`super::Service::approximate_bytes`].
    pub(super) fn approximate_bytes(&self) -> usize {
        let remembered = self.deduplication.as_ref().map_or(0, Deduplication::len);
        self.metrics.approximate_bytes()
            + 2000
            + 300 * self.messages.len()
            + 100 * remembered
            + 400 * (self.waiters.len() + self.attempts.len())
    }

    /// Where a message is.
    fn position_of(&self, key: MessageKey) -> Option<u64> {
        let is_it = |position| self.messages[position].key == key;
        self.positions.find(hash_of_number(key.0), &is_it)
    }

    /// Puts a message where its position says: behind all others.
    fn put(&mut self, message: Arc<Message>) {
        let (hash, position) = (hash_of_number(message.key.0), message.position);
        let messages = &self.messages;
        let hash_of = |position| hash_of_number(messages[position].key.0);
        self.positions.insert(hash, position, &hash_of);
        self.retention.insert(&message);
        self.messages.push(position, message);
    }

    /// Takes a message away; the indexes over the phases still have it.
    fn take(&mut self, position: u64) -> Arc<Message> {
        let message = self.messages.remove(position).expect(FOUND);
        let hash = hash_of_number(message.key.0);
        let known = self.positions.remove(hash, &|other| other == position);
        assert_eq!(known, Some(position), "a message can be found by its key");
        self.retention.remove(&message, &self.messages);
        message
    }

    /// Takes a message out of the indexes over the phases.
    fn forget(&mut self, message: &Message) {
        self.index.remove(self.now, message);
        self.index.extend_sight(&self.messages);
    }

    /// Changes a message's phase and what goes with it; returns where it is then.
    fn change(&mut self, position: u64, change: impl FnOnce(&mut Message)) -> u64 {
        let message = Arc::make_mut(self.messages.get_mut(position).expect(FOUND));
        self.index.leave(self.now, message);
        change(message);
        let is_poison = matches!(self.index.order, Order::Standard(_))
            && matches!(message.phase, Phase::Visible { .. })
            && message.receive_count >= POISON_RECEIVES;
        if is_poison {
            return self.move_to_back(position);
        }
        self.index.enter(self.now, message);
        position
    }

    /// Gives a message that has left its phase the last position.
    fn move_to_back(&mut self, position: u64) -> u64 {
        let mut message = self.take(position);
        self.last_position += 1;
        Arc::make_mut(&mut message).position = self.last_position;
        self.index.enter(self.now, &message);
        self.put(message);
        self.last_position
    }
}
