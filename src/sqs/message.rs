//! One message: what was sent, and what has become of it.

use std::fmt;
use std::sync::Arc;

use uuid::Uuid;

use super::api::{CallId, Caller};
use super::deduplication::id_of_body;
use super::fifo::GroupNumber;
use super::message_attributes::MessageAttribute;
use super::standard::Partition;
use crate::sim::Time;

/// Names a message to people: 1, 2, 3… in the order of accepted sends to the service. A message
/// keeps it on its way to a dead-letter queue.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct MessageKey(pub u64);

impl fmt::Display for MessageKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Where in its life a message is. Intervals are half open: at `until` the phase is over.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Phase {
    /// Sent, and not receivable yet.
    Delayed {
        /// The end of the delay.
        until: Time,
    },
    /// Receivable; on a FIFO queue, if nothing before it blocks its group.
    Visible {
        /// When it became so, for the last time.
        since: Time,
    },
    /// With a consumer, who has not deleted it yet.
    InFlight {
        /// When it was received; for one hidden again after its timeout, when that was done.
        since: Time,
        /// When it becomes visible again.
        until: Time,
        /// Who holds it.
        caller: Caller,
        /// The call by which it is hidden: the receive, or the change of visibility that hid a
        /// visible message again.
        call: CallId,
    },
}

impl Phase {
    /// When the phase ends by itself.
    pub fn until(self) -> Option<Time> {
        match self {
            Self::Delayed { until } | Self::InFlight { until, .. } => Some(until),
            Self::Visible { .. } => None,
        }
    }
}

/// The number that orders the messages of a FIFO queue; prints as AWS's 20 digits.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct SequenceNumber(pub(super) u64);

impl fmt::Display for SequenceNumber {
    /// A counter with AWS's start and a step, as AWS's numbers are not consecutive `[I]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // All but the first of the digits fit into 64 bits, for more messages than anything can hold.
        write!(f, "1{}", 8_870_671_136_435_183_616 + 256 * self.0)
    }
}

/// By what a FIFO queue recognises a send that was made before.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) enum DeduplicationId {
    /// By this text.
    Given(Arc<str>),
    /// By the body's digest, which is made when it is asked for.
    OfBody,
}

/// What few messages have; it never changes.
#[derive(Debug, Default, Eq, Hash, PartialEq)]
pub(super) struct Extras {
    /// In the order of their names.
    pub(super) attributes: Vec<(String, MessageAttribute)>,
    pub(super) trace_header: Option<String>,
}

/// What a message without extras has.
static NO_EXTRAS: Extras = Extras {
    attributes: Vec::new(),
    trace_header: None,
};

/// How a message came into a dead-letter queue.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) struct DeadLetterMove {
    pub(super) at: Time,
    pub(super) source_arn: Arc<str>,
    /// How often it had been received.
    pub(super) receive_count: u32,
}

/// A message in a queue.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Message {
    pub(super) key: MessageKey,
    pub(super) id: Uuid,
    pub(super) body: Arc<str>,
    pub(super) md5_of_body: [u8; 16],
    pub(super) extras: Option<Arc<Extras>>,
    pub(super) group_id: Option<Arc<str>>,
    /// FIFO queues only.
    pub(super) deduplication_id: Option<DeduplicationId>,
    pub(super) sent_at: Time,
    pub(super) sender: Caller,
    /// Where in its queue; given by the queue.
    pub(super) position: u64,
    /// Where in a standard queue; given by the queue.
    pub(super) partition: Partition,
    /// Its group in its queue, if it has one; given by the queue.
    pub(super) group_number: GroupNumber,
    pub(super) enqueued_at: Time,
    pub(super) moved: Option<Arc<DeadLetterMove>>,
    pub(super) receive_count: u32,
    pub(super) first_received_at: Option<Time>,
    pub(super) phase: Phase,
}

impl Message {
    /// Its name for people.
    pub fn key(&self) -> MessageKey {
        self.key
    }

    /// Its `MessageId`; kept on the move to a dead-letter queue `[A]`.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// The body as sent.
    pub fn body(&self) -> &Arc<str> {
        &self.body
    }

    /// The message attributes in the order of their names.
    pub fn attributes(&self) -> &[(String, MessageAttribute)] {
        &self.extras().attributes
    }

    /// The system attribute `AWSTraceHeader`.
    pub fn trace_header(&self) -> Option<&str> {
        self.extras().trace_header.as_deref()
    }

    /// Who sent it.
    pub fn sender(&self) -> Caller {
        self.sender
    }

    /// Its `MessageGroupId`; every message of a FIFO queue has one.
    pub fn group_id(&self) -> Option<&Arc<str>> {
        self.group_id.as_ref()
    }

    /// Its group in its queue.
    pub(super) fn group_number(&self) -> Option<GroupNumber> {
        self.group_id.as_ref().map(|_| self.group_number)
    }

    /// FIFO queues: given by the sender, or the body's SHA-256; in a FIFO dead-letter queue the
    /// message id `[D]`.
    pub fn deduplication_id(&self) -> Option<Arc<str>> {
        let id = self.deduplication_id.as_ref()?;
        Some(match id {
            DeduplicationId::Given(id) => Arc::clone(id),
            DeduplicationId::OfBody => id_of_body(&self.body).into(),
        })
    }

    /// FIFO queues: its place in the queue.
    pub fn sequence_number(&self) -> Option<SequenceNumber> {
        let is_in_fifo_queue = self.deduplication_id.is_some();
        is_in_fifo_queue.then_some(SequenceNumber(self.position))
    }

    /// In which partition of a standard queue it is; 0 in a strict or FIFO queue.
    pub fn partition(&self) -> Partition {
        self.partition
    }

    /// Where it is in its queue.
    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// When it was sent; kept on the move to a dead-letter queue.
    pub fn sent_at(&self) -> Time {
        self.sent_at
    }

    /// From when its retention counts.
    pub fn enqueued_at(&self) -> Time {
        self.enqueued_at
    }

    /// When it came into this queue as a dead letter.
    pub fn moved_at(&self) -> Option<Time> {
        self.moved.as_ref().map(|moved| moved.at)
    }

    /// The ARN of the queue from which it came as a dead letter.
    pub fn dead_letter_source(&self) -> Option<&Arc<str>> {
        self.moved.as_ref().map(|moved| &moved.source_arn)
    }

    /// How often it was received, over all its queues.
    pub fn receive_count(&self) -> u32 {
        self.receive_count
    }

    /// When it was received for the first time; kept on the move to a dead-letter queue `[I]`.
    pub fn first_received_at(&self) -> Option<Time> {
        self.first_received_at
    }

    /// Where in its life it is.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// Whether it came as a dead letter in this very instant, and was not received since.
    pub(super) fn has_just_moved(&self, now: Time) -> bool {
        self.moved
            .as_ref()
            .is_some_and(|moved| moved.at == now && moved.receive_count == self.receive_count)
    }

    /// What counts against `MaximumMessageSize`: body, and names, types and values of the
    /// message attributes, in bytes. System attributes do not count `[D]`.
    pub fn size(&self) -> usize {
        size_of_message(&self.body, self.attributes())
    }

    fn extras(&self) -> &Extras {
        self.extras.as_deref().unwrap_or(&NO_EXTRAS)
    }
}

/// A message id as callers see it.
pub(super) fn text_of(id: Uuid) -> String {
    let mut buffer = Uuid::encode_buffer();
    id.hyphenated().encode_lower(&mut buffer).to_owned()
}

/// See [`Message::size`].
pub(super) fn size_of_message(body: &str, attributes: &[(String, MessageAttribute)]) -> usize {
    body.len()
        + attributes
            .iter()
            .map(|(name, attribute)| name.len() + attribute.size())
            .sum::<usize>()
}
