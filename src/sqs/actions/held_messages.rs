//! What a consumer does with a receipt handle: `DeleteMessage`, `ChangeMessageVisibility`.

use crate::sim::{Span, Time};
use crate::sqs::api::{
    ChangeMessageVisibilityRequest, ChangeMessageVisibilityResponse, DeleteMessageRequest,
    DeleteMessageResponse,
};
use crate::sqs::message::{Message, Phase};
use crate::sqs::mode::Luck;
use crate::sqs::queue::Queue;
use crate::sqs::receipt_handle::ReceiptHandle;
use crate::sqs::service::{Context, Touched};
use crate::sqs::wording::Wording;
use crate::sqs::{
    Error, ErrorCode, Event, EventKind, Outbox, QueueId, Service, Strike, VisibleBecause,
};

/// From a receive, a message can be hidden for so long in total `[D]`.
const HIDDEN_MAX: Span = Span::from_secs(43_200);

/// A change of a message's visibility timeout, unchecked.
pub(super) struct Change<'a> {
    pub(super) handle: Option<&'a String>,
    pub(super) timeout: Option<i64>,
    pub(super) wording: Wording,
}

impl Service {
    pub(in crate::sqs) fn delete_message(
        &mut self,
        context: &Context,
        request: &DeleteMessageRequest,
        touched: &mut Touched,
        out: &mut Outbox,
    ) -> Result<DeleteMessageResponse, Error> {
        let id = context.queue()?;
        self.delete_by_handle(context, id, request.receipt_handle.as_ref(), touched, out)?;
        Ok(DeleteMessageResponse {})
    }

    pub(in crate::sqs) fn change_message_visibility(
        &mut self,
        context: &Context,
        request: &ChangeMessageVisibilityRequest,
        touched: &mut Touched,
        out: &mut Outbox,
    ) -> Result<ChangeMessageVisibilityResponse, Error> {
        let id = context.queue()?;
        let change = Change {
            handle: request.receipt_handle.as_ref(),
            timeout: request.visibility_timeout,
            wording: Wording::Single,
        };
        self.change_by_handle(context, id, &change, touched, out)?;
        Ok(ChangeMessageVisibilityResponse {})
    }

    /// An old handle of a message that was received again since deletes nothing, and yet
    /// succeeds `[I]`.
    pub(super) fn delete_by_handle(
        &mut self,
        context: &Context,
        id: QueueId,
        handle: Option<&String>,
        touched: &mut Touched,
        out: &mut Outbox,
    ) -> Result<(), Error> {
        let queue = &self.queues[id];
        let text = required_handle(handle)?;
        let handle = decode(text, queue)?;
        let count = |queue: &mut Queue| queue.metrics.sums.deleted += 1;
        let Some(message) = queue.message(handle.message) else {
            self.queues.note(id, count);
            return Ok(());
        };
        if queue.is_fifo() && !is_alive_on_fifo(&handle, message, context.now) {
            return Err(handle_expired(text));
        }
        if handle.receive == message.receive_count() {
            let Context {
                now, call, caller, ..
            } = *context;
            let (message, position) = (handle.message, message.position());
            let missed = self.queues.update(id, |queue| {
                count(queue);
                let missed = queue.luck.as_mut().is_some_and(Luck::misses_delete);
                if !missed {
                    queue.delete(position);
                }
                missed
            });
            let kind = if missed {
                EventKind::ChaosStruck {
                    queue: id,
                    message,
                    caller,
                    call,
                    strike: Strike::MissedDelete,
                }
            } else {
                EventKind::MessageDeleted {
                    queue: id,
                    message,
                    caller,
                    call,
                }
            };
            out.events.push(Event { at: now, kind });
            touched.push_back(id);
        } else {
            self.queues.note(id, count);
        }
        Ok(())
    }

    /// On a standard queue every handle of a message that still exists will do `[A]`: it hides
    /// again what is visible.
    pub(super) fn change_by_handle(
        &mut self,
        context: &Context,
        id: QueueId,
        change: &Change<'_>,
        touched: &mut Touched,
        out: &mut Outbox,
    ) -> Result<(), Error> {
        let Context {
            now, call, caller, ..
        } = *context;
        let queue = &self.queues[id];
        let text = required_handle(change.handle)?;
        let timeout = required_timeout(change)?;
        let handle = decode(text, queue)?;
        let Some(message) = queue.message(handle.message) else {
            return Err(Error::invalid(
                "ReceiptHandle",
                text,
                "Message does not exist or is not available for visibility timeout change.",
            ));
        };
        if queue.is_fifo() && !is_alive_on_fifo(&handle, message, now) {
            return Err(handle_expired(text));
        }
        let hidden = now.since(handle.received_at) + timeout;
        if hidden > HIDDEN_MAX {
            return Err(Error::invalid(
                "VisibilityTimeout",
                timeout.as_secs(),
                "Total VisibilityTimeout for the message is beyond the limit [43200 seconds]",
            ));
        }
        let (message, until) = (handle.message, now + timeout);
        let kind = EventKind::MessageVisibilityChanged {
            queue: id,
            message,
            caller,
            call,
            until,
        };
        out.events.push(Event { at: now, kind });
        let before = self.queues[id]
            .message(message)
            .expect("it was found just now")
            .phase();
        let phase = changed_phase(before, timeout, context);
        if phase != before {
            self.queues
                .update(id, |queue| queue.set_phase(message, phase));
        }
        if let (Phase::InFlight { .. }, Phase::Visible { .. }) = (before, phase) {
            let because = VisibleBecause::ChangedToZero;
            let kind = EventKind::MessageBecameVisible {
                queue: id,
                message,
                because,
            };
            out.events.push(Event { at: now, kind });
        }
        touched.push_back(id);
        Ok(())
    }
}

fn required_handle(given: Option<&String>) -> Result<&str, Error> {
    let given = given.filter(|text| !text.is_empty());
    given
        .map(String::as_str)
        .ok_or_else(|| Error::missing("ReceiptHandle"))
}

fn required_timeout(change: &Change<'_>) -> Result<Span, Error> {
    let missing = || change.wording.missing("VisibilityTimeout");
    let seconds = change.timeout.ok_or_else(missing)?;
    u64::try_from(seconds)
        .ok()
        .filter(|seconds| *seconds <= HIDDEN_MAX.as_secs())
        .map(Span::from_secs)
        .ok_or_else(|| change.wording.visibility_timeout_out_of_range(seconds))
}

/// A handle of another queue is as invalid as garbage `[I]`.
fn decode(text: &str, queue: &Queue) -> Result<ReceiptHandle, Error> {
    let handle = ReceiptHandle::decode(text).filter(|handle| handle.queue == queue.id());
    handle.ok_or_else(|| {
        Error::new(
            ErrorCode::ReceiptHandleIsInvalid,
            format!("The input receipt handle \"{text}\" is not a valid receipt handle."),
        )
    })
}

/// On a FIFO queue a handle ends with its visibility timeout `[A]`; one that came with a timeout
/// of 0 serves in the millisecond of its receive `[A]`.
fn is_alive_on_fifo(handle: &ReceiptHandle, message: &Message, now: Time) -> bool {
    let is_hidden = matches!(message.phase(), Phase::InFlight { .. });
    handle.receive == message.receive_count() && (is_hidden || handle.received_at == now)
}

fn handle_expired(handle: &str) -> Error {
    Error::invalid("ReceiptHandle", handle, "The receipt handle has expired.")
}

/// In flight for `timeout` from now, with the consumer who has it, or else with who asks.
fn changed_phase(before: Phase, timeout: Span, context: &Context) -> Phase {
    let Context {
        now, call, caller, ..
    } = *context;
    let until = now + timeout;
    match before {
        Phase::Visible { since } if timeout.is_zero() => Phase::Visible { since },
        Phase::InFlight { .. } if timeout.is_zero() => Phase::Visible { since: now },
        Phase::Visible { .. } => Phase::InFlight {
            since: now,
            until,
            caller,
            call,
        },
        Phase::InFlight {
            since,
            caller,
            call,
            ..
        } => Phase::InFlight {
            since,
            until,
            caller,
            call,
        },
        Phase::Delayed { .. } => panic!("a message with a handle was received"),
    }
}
