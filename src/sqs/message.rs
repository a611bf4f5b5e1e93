//! One message: what was sent, and what has become of it.

use std::fmt;
use std::sync::Arc;

use uuid::Uuid;

use super::api::{CallId, Caller};
use super::message_attributes::MessageAttribute;
use super::standard::Partition;
use crate::sim::{SortedMap, Time};

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
        write!(
            f,
            "{}",
            18_870_671_136_435_183_616 + 256 * u128::from(self.0)
        )
    }
}

/// What was sent; it never changes.
#[derive(Debug, Eq, Hash, PartialEq)]
pub(super) struct Content {
    pub(super) id: Uuid,
    pub(super) body: Arc<str>,
    /// Lower-case hex.
    pub(super) md5_of_body: String,
    pub(super) attributes: SortedMap<String, MessageAttribute>,
    pub(super) trace_header: Option<String>,
    pub(super) group_id: Option<Arc<str>>,
    pub(super) sent_at: Time,
    pub(super) sender: Caller,
}

/// What a FIFO queue adds to a message.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) struct FifoIdentity {
    pub(super) deduplication_id: Arc<str>,
    pub(super) sequence_number: SequenceNumber,
}

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
    pub(super) content: Arc<Content>,
    pub(super) fifo: Option<FifoIdentity>,
    /// Where in its queue; given by the queue.
    pub(super) position: u64,
    /// Where in a standard queue; given by the queue.
    pub(super) partition: Partition,
    pub(super) enqueued_at: Time,
    pub(super) moved: Option<DeadLetterMove>,
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
        self.content.id
    }

    /// The body as sent.
    pub fn body(&self) -> &Arc<str> {
        &self.content.body
    }

    /// The message attributes by their names.
    pub fn attributes(&self) -> &SortedMap<String, MessageAttribute> {
        &self.content.attributes
    }

    /// The system attribute `AWSTraceHeader`.
    pub fn trace_header(&self) -> Option<&str> {
        self.content.trace_header.as_deref()
    }

    /// Who sent it.
    pub fn sender(&self) -> Caller {
        self.content.sender
    }

    /// Its `MessageGroupId`; every message of a FIFO queue has one.
    pub fn group_id(&self) -> Option<&Arc<str>> {
        self.content.group_id.as_ref()
    }

    /// FIFO queues: given by the sender, or the body's SHA-256; in a FIFO dead-letter queue the
    /// message id `[D]`.
    pub fn deduplication_id(&self) -> Option<&Arc<str>> {
        self.fifo.as_ref().map(|fifo| &fifo.deduplication_id)
    }

    /// FIFO queues: its place in the queue.
    pub fn sequence_number(&self) -> Option<SequenceNumber> {
        self.fifo.as_ref().map(|fifo| fifo.sequence_number)
    }

    /// In which partition of a standard queue it is; 0 in a strict or FIFO queue.
    pub fn partition(&self) -> Partition {
        self.partition
    }

    /// When it was sent; kept on the move to a dead-letter queue.
    pub fn sent_at(&self) -> Time {
        self.content.sent_at
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
        size_of_message(&self.content.body, &self.content.attributes)
    }
}

/// See [`Message::size`].
pub(super) fn size_of_message(
    body: &str,
    attributes: &SortedMap<String, MessageAttribute>,
) -> usize {
    body.len()
        + attributes
            .iter()
            .map(|(name, attribute)| name.len() + attribute.size())
            .sum::<usize>()
}
