//! What the service tells the world: events for display, replies for the callers.

use std::sync::Arc;

use super::api::{CallId, Caller, Response};
use super::{Error, MessageKey, MoveTaskStatus, Partition, QueueId};
use crate::sim::{Span, Time};

/// Something that happened inside the service.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Event {
    /// When.
    pub at: Time,
    /// What.
    pub kind: EventKind,
}

/// What can happen inside the service.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum EventKind {
    /// A queue is there.
    QueueCreated {
        /// The new queue.
        queue: QueueId,
        /// Its name.
        name: Arc<str>,
    },
    /// A queue's attributes were changed.
    QueueAttributesSet {
        /// The queue.
        queue: QueueId,
    },
    /// All messages of a queue were deleted; no other events say so.
    QueuePurged {
        /// The queue.
        queue: QueueId,
        /// How many there were.
        messages: usize,
    },
    /// A queue was deleted with all its messages; no other events say so.
    QueueDeleted {
        /// The queue that was.
        queue: QueueId,
        /// Its name.
        name: Arc<str>,
        /// How many messages it had.
        messages: usize,
    },
    /// A message was accepted.
    MessageSent {
        /// Where it is.
        queue: QueueId,
        /// Which it is.
        message: MessageKey,
        /// Who sent it.
        caller: Caller,
        /// The call.
        call: CallId,
        /// Hidden for so long at first.
        delay: Span,
    },
    /// A send was accepted, and dropped as a duplicate of an earlier one.
    MessageDeduplicated {
        /// The queue.
        queue: QueueId,
        /// The message that was accepted first; it may be gone.
        original: MessageKey,
        /// Who sent the duplicate.
        caller: Caller,
        /// The call.
        call: CallId,
    },
    /// A hidden message can be received.
    MessageBecameVisible {
        /// The queue.
        queue: QueueId,
        /// The message.
        message: MessageKey,
        /// Why now.
        because: VisibleBecause,
    },
    /// A FIFO queue's `DelaySeconds` was changed, and a message that was never received is now
    /// hidden until another time, also if it was visible already.
    MessageDelayChanged {
        /// The queue.
        queue: QueueId,
        /// The message.
        message: MessageKey,
        /// Hidden until then.
        until: Time,
    },
    /// A message went to a consumer, and is in flight.
    MessageReceived {
        /// The queue.
        queue: QueueId,
        /// The message.
        message: MessageKey,
        /// To whom.
        caller: Caller,
        /// The call that it answers.
        call: CallId,
        /// Hidden until then; visible if that is now.
        until: Time,
        /// How often it was received, this time included.
        receive_count: u32,
    },
    /// The hidden time of a message was changed.
    MessageVisibilityChanged {
        /// The queue.
        queue: QueueId,
        /// The message.
        message: MessageKey,
        /// By whom.
        caller: Caller,
        /// The call.
        call: CallId,
        /// Hidden until then; visible at once if it is now.
        until: Time,
    },
    /// A message was deleted.
    MessageDeleted {
        /// The queue.
        queue: QueueId,
        /// The message.
        message: MessageKey,
        /// By whom.
        caller: Caller,
        /// The call.
        call: CallId,
    },
    /// A message outlived its retention period.
    MessageExpired {
        /// The queue.
        queue: QueueId,
        /// The message.
        message: MessageKey,
    },
    /// A message was received too often, and went to the dead-letter queue.
    MessageMovedToDeadLetterQueue {
        /// From here.
        source: QueueId,
        /// To there.
        target: QueueId,
        /// The message.
        message: MessageKey,
        /// Receives so far.
        receive_count: u32,
        /// The receive that moved it.
        call: CallId,
    },
    /// A message move task began to empty a dead-letter queue.
    MessageMoveTaskStarted {
        /// The dead-letter queue.
        source: QueueId,
        /// Who started it.
        caller: Caller,
        /// The call.
        call: CallId,
        /// How many messages it sees.
        messages: usize,
    },
    /// A message move task sent a message again, and deleted it from the dead-letter queue.
    MessageMovedByTask {
        /// From here.
        source: QueueId,
        /// To there.
        target: QueueId,
        /// The message that was.
        message: MessageKey,
        /// The message that it became; none if the target took it for a duplicate.
        new_message: Option<MessageKey>,
        /// The new message is hidden for so long at first.
        delay: Span,
    },
    /// A message move task is over. One whose queue was deleted is over without a word.
    MessageMoveTaskEnded {
        /// The dead-letter queue.
        source: QueueId,
        /// How it ended.
        status: MoveTaskStatus,
    },
    /// A long poll found nothing, and waits.
    LongPollStarted {
        /// The queue.
        queue: QueueId,
        /// Who waits.
        caller: Caller,
        /// The call.
        call: CallId,
        /// At the latest until then.
        until: Time,
    },
    /// A receive was answered without a message.
    ReceiveCameBackEmpty {
        /// The queue.
        queue: QueueId,
        /// Whose.
        caller: Caller,
        /// The call.
        call: CallId,
        /// A short poll of a queue with partitions looked at this one alone.
        sampled: Option<Partition>,
    },
    /// A server of a chaotic queue was out of step.
    ChaosStruck {
        /// The queue.
        queue: QueueId,
        /// The message that suffers.
        message: MessageKey,
        /// Whose call it missed.
        caller: Caller,
        /// That call.
        call: CallId,
        /// How.
        strike: Strike,
    },
}

/// What a server of a chaotic queue has missed.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Strike {
    /// That a message was received: it stays visible, and a second consumer may get it, too.
    MissedReceive,
    /// That a message was deleted: the call succeeds, and the message is still there.
    MissedDelete,
}

/// Why a hidden message became visible.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum VisibleBecause {
    /// Its delay is over.
    DelayOver,
    /// Its visibility timeout ran out before it was deleted.
    VisibilityTimeoutOver,
    /// Somebody changed its visibility timeout to 0.
    ChangedToZero,
    /// A FIFO queue's `DelaySeconds` was lowered.
    QueueDelayLowered,
}

/// The answer to a call, at once or, for a long poll, later.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Reply {
    /// The call that it answers.
    pub call: CallId,
    /// What the caller gets.
    pub result: Result<Response, Error>,
}

/// Where the service puts what it has to say, in order.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Outbox {
    /// What happened.
    pub events: Vec<Event>,
    /// What the callers get.
    pub replies: Vec<Reply>,
}
