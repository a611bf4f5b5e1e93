//! `ReceiveMessage`: what can be received, and what goes to the dead-letter queue instead.

use std::sync::Arc;

use crate::sim::{Span, Time};
use crate::sqs::api::{ReceiveMessageRequest, ReceiveMessageResponse, ReceivedMessage, Response};
use crate::sqs::attempts::Attempt;
use crate::sqs::md5::hex;
use crate::sqs::message::{DeadLetterMove, DeduplicationId, Message, MessageKey, Phase, text_of};
use crate::sqs::mode::{Luck, Poll};
use crate::sqs::queue::{IN_FLIGHT_MAX, Queue};
use crate::sqs::receipt_handle::ReceiptHandle;
use crate::sqs::selection::Selection;
use crate::sqs::service::{Answer, Context, Touched};
use crate::sqs::standard::Reach;
use crate::sqs::validate::check_id;
use crate::sqs::waiters::{ReceiveTerms, Waiter};
use crate::sqs::{
    Error, ErrorCode, Event, EventKind, Outbox, QueueId, Service, Strike, VisibleBecause,
};

/// What a receive does with a message that it meets.
enum Pick {
    /// What is at this position.
    Deliver(u64),
    MoveToDeadLetterQueue(MessageKey),
}

impl Service {
    pub(in crate::sqs) fn receive_message(
        &mut self,
        context: &Context,
        request: &ReceiveMessageRequest,
        touched: &mut Touched,
        out: &mut Outbox,
    ) -> Result<Answer, Error> {
        let Context {
            now, call, caller, ..
        } = *context;
        let id = context.queue()?;
        let (terms, wait) = check(&self.queues[id], request)?;
        let poll = if wait.is_zero() {
            Poll::Short
        } else {
            Poll::Long
        };
        let reach = self.reach(id, poll);
        let messages = self.collect(context, id, reach, &terms, touched, out);
        if messages.is_empty() && !wait.is_zero() {
            let until = now + wait;
            let kind = EventKind::LongPollStarted {
                queue: id,
                caller,
                call,
                until,
            };
            out.events.push(Event { at: now, kind });
            let waiter = Waiter {
                call,
                caller,
                since: now,
                until,
                terms,
            };
            let arrival = self.queues.update(id, |queue| queue.waiters.add(waiter));
            self.waiting.insert(call, (id, arrival));
            return Ok(Answer::Later);
        }
        if messages.is_empty() {
            check_in_flight(&self.queues[id])?;
            let count = |queue: &mut Queue| queue.metrics.sums.empty_receives += 1;
            self.queues.note(id, count);
            let kind = EventKind::ReceiveCameBackEmpty {
                queue: id,
                caller,
                call,
                sampled: match reach {
                    Reach::Only(partition) => Some(partition),
                    Reach::From(_) => None,
                },
            };
            out.events.push(Event { at: now, kind });
        }
        touched.push_back(id);
        Ok(Answer::Now(Response::ReceiveMessage(
            ReceiveMessageResponse { messages },
        )))
    }

    /// Where a receive looks that begins now.
    pub(in crate::sqs) fn reach(&mut self, id: QueueId, poll: Poll) -> Reach {
        if self.queues[id].luck.is_none() {
            return Reach::EVERYWHERE;
        }
        self.queues.note(id, |queue| queue.reach(poll))
    }

    /// Receives what there is, and moves what was received too often.
    pub(in crate::sqs) fn collect(
        &mut self,
        context: &Context,
        id: QueueId,
        reach: Reach,
        terms: &ReceiveTerms,
        touched: &mut Touched,
        out: &mut Outbox,
    ) -> Vec<ReceivedMessage> {
        if let Some(messages) = self.repeat_attempt(context, id, terms, out) {
            return messages;
        }
        let mut messages = Vec::new();
        let mut keys = Vec::new();
        // When all that it met was moved, what comes behind may be within reach now.
        while messages.is_empty() {
            let picks = picks(&self.queues[id], context.now, reach, terms.messages_max);
            if picks.is_empty() {
                break;
            }
            messages.reserve(picks.len());
            for pick in picks {
                match pick {
                    Pick::Deliver(position) => {
                        let (key, message) = self.deliver(context, id, position, terms, out);
                        messages.push(message);
                        if terms.attempt.is_some() {
                            keys.push(key);
                        }
                    }
                    Pick::MoveToDeadLetterQueue(key) => {
                        touched.push_back(self.move_to_dead_letter_queue(context, id, key, out));
                    }
                }
            }
        }
        if let Some(attempt_id) = &terms.attempt
            && !keys.is_empty()
        {
            self.queues.update(id, |queue| {
                let count = |key| {
                    queue
                        .message(key)
                        .expect("it was delivered")
                        .receive_count()
                };
                let attempt = Attempt {
                    received_at: context.now,
                    until: context.now + terms.visibility_timeout,
                    messages: keys.into_iter().map(|key| (key, count(key))).collect(),
                };
                queue.attempts.remember(attempt_id, attempt);
            });
        }
        messages
    }

    /// Answers a receive as the one before that had the same `ReceiveRequestAttemptId`: with the
    /// same messages and handles, hidden anew. Does so as long as all are in flight as that left
    /// them `[D]`; else the receive is a new one `[I]`.
    fn repeat_attempt(
        &mut self,
        context: &Context,
        id: QueueId,
        terms: &ReceiveTerms,
        out: &mut Outbox,
    ) -> Option<Vec<ReceivedMessage>> {
        let Context {
            now, call, caller, ..
        } = *context;
        let attempt_id = terms.attempt.as_ref()?;
        self.queues.update(id, |queue| {
            let mut attempt = queue.attempts.find(now, attempt_id)?.clone();
            let is_untouched = |(key, receive): &(MessageKey, u32)| {
                let as_left = |message: &Message| {
                    message.receive_count() == *receive
                        && message.phase().until() == Some(attempt.until)
                };
                queue.message(*key).is_some_and(as_left)
            };
            if !attempt.messages.iter().all(is_untouched) {
                return None;
            }
            attempt.until = now + terms.visibility_timeout;
            let until = attempt.until;
            let phase = if terms.visibility_timeout.is_zero() {
                Phase::Visible { since: now }
            } else {
                let since = attempt.received_at;
                Phase::InFlight {
                    since,
                    until,
                    caller,
                    call,
                }
            };
            let mut messages = Vec::new();
            for &(message, _) in &attempt.messages {
                queue.metrics.sums.received += 1;
                queue.set_phase(message, phase);
                let kind = EventKind::MessageVisibilityChanged {
                    queue: id,
                    message,
                    caller,
                    call,
                    until,
                };
                out.events.push(Event { at: now, kind });
                if let Phase::Visible { .. } = phase {
                    let because = VisibleBecause::ChangedToZero;
                    let kind = EventKind::MessageBecameVisible {
                        queue: id,
                        message,
                        because,
                    };
                    out.events.push(Event { at: now, kind });
                }
                let message = queue.message(message).expect("it was there just now");
                let received_at = attempt.received_at;
                messages.push(response_for(message, id, received_at, &terms.selection));
            }
            *queue.attempts.find(now, attempt_id)? = attempt;
            Some(messages)
        })
    }

    fn deliver(
        &mut self,
        context: &Context,
        id: QueueId,
        position: u64,
        terms: &ReceiveTerms,
        out: &mut Outbox,
    ) -> (MessageKey, ReceivedMessage) {
        let Context {
            now, call, caller, ..
        } = *context;
        self.queues.update(id, |queue| {
            let missed = queue.luck.as_mut().is_some_and(Luck::misses_receive);
            let timeout = if missed {
                Span::ZERO
            } else {
                terms.visibility_timeout
            };
            queue.metrics.sums.received += 1;
            let message = queue.mark_received(now, position, timeout, (caller, call));
            let key = message.key();
            let kind = EventKind::MessageReceived {
                queue: id,
                message: key,
                caller,
                call,
                until: now + timeout,
                receive_count: message.receive_count(),
            };
            out.events.push(Event { at: now, kind });
            if missed {
                let strike = Strike::MissedReceive;
                let kind = EventKind::ChaosStruck {
                    queue: id,
                    message: key,
                    caller,
                    call,
                    strike,
                };
                out.events.push(Event { at: now, kind });
            }
            (key, response_for(message, id, now, &terms.selection))
        })
    }

    /// Moves a message, and says where it is now. It keeps its id, content, send time and receive
    /// count `[A]`, and is visible at once, whatever the delay of the target `[A]`.
    fn move_to_dead_letter_queue(
        &mut self,
        context: &Context,
        source: QueueId,
        key: MessageKey,
        out: &mut Outbox,
    ) -> QueueId {
        let now = context.now;
        let queue = &self.queues[source];
        let source_arn = queue.arn().clone();
        let target = queue
            .dead_letter_queue()
            .expect("a message is picked if there is one");
        let mut message = self.queues.update(source, |queue| queue.remove(key));
        let receive_count = message.receive_count();
        message.moved = Some(Arc::new(DeadLetterMove {
            at: now,
            source_arn,
            receive_count,
        }));
        message.phase = Phase::Visible { since: now };
        if message.deduplication_id.is_some() {
            // In a FIFO dead-letter queue the retention starts anew `[D]`; in a standard one it
            // goes on.
            message.enqueued_at = now;
            message.deduplication_id = Some(DeduplicationId::Given(text_of(message.id).into()));
        }
        let kind = EventKind::MessageMovedToDeadLetterQueue {
            source,
            target,
            message: key,
            receive_count,
            call: context.call,
        };
        out.events.push(Event { at: now, kind });
        self.queues.update(target, |queue| {
            queue.insert(message);
            // It may be too old already for the retention of its new queue.
            queue.expire_due(now, out);
        });
        target
    }
}

fn check(queue: &Queue, request: &ReceiveMessageRequest) -> Result<(ReceiveTerms, Span), Error> {
    let attributes = queue.attributes();
    let messages_max = match request.max_number_of_messages.unwrap_or(1) {
        max @ 1..=10 => max as usize,
        other => {
            let reason = "Must be between 1 and 10, if provided.";
            return Err(Error::invalid("MaxNumberOfMessages", other, reason));
        }
    };
    let seconds = |parameter: &str, given: Option<i64>, default: u32, max: i64| match given {
        None => Ok(Span::from_secs(default.into())),
        Some(seconds) if (0..=max).contains(&seconds) => Ok(Span::from_secs(seconds as u64)),
        Some(other) => {
            let reason = format!("Must be >= 0 and <= {max}, if provided.");
            Err(Error::invalid(parameter, other, &reason))
        }
    };
    let default = attributes.receive_message_wait_time_seconds;
    let wait = seconds("WaitTimeSeconds", request.wait_time_seconds, default, 20)?;
    let (given, default) = (request.visibility_timeout, attributes.visibility_timeout);
    let visibility_timeout = seconds("VisibilityTimeout", given, default, 43_200)?;
    if let Some(id) = &request.receive_request_attempt_id {
        const NAME: &str = "ReceiveRequestAttemptId";
        if !queue.is_fifo() {
            let reason = "The request include parameter that is not valid for this queue type.";
            return Err(Error::invalid(NAME, id, reason));
        }
        check_id(NAME, id)?;
    }
    let selection = Selection::new(
        &request.attribute_names,
        &request.message_system_attribute_names,
        &request.message_attribute_names,
    );
    Ok((
        ReceiveTerms {
            messages_max,
            visibility_timeout,
            selection,
            attempt: request.receive_request_attempt_id.as_deref().map(Arc::from),
        },
        wait,
    ))
}

/// A short poll of a standard queue that has too much in flight fails; a long poll, and any poll
/// of a FIFO queue, finds nothing `[D]`.
fn check_in_flight(queue: &Queue) -> Result<(), Error> {
    if queue.is_fifo() || queue.counts().in_flight < IN_FLIGHT_MAX {
        return Ok(());
    }
    Err(Error::new(
        ErrorCode::OverLimit,
        "Too many messages have been received without being deleted. Please delete your received \
         messages or let them timeout before receiving more.",
    ))
}

/// What a receive meets, in order, until it has enough.
///
/// A message that came as a dead letter is not moved on in the instant of its arrival `[I]`: otherwise two
/// queues that are each other's dead-letter queues, both with waiters, would never come to rest.
fn picks(queue: &Queue, now: Time, reach: Reach, messages_max: usize) -> Vec<Pick> {
    let room = IN_FLIGHT_MAX
        .saturating_sub(queue.counts().in_flight)
        .min(messages_max);
    let receives_max = queue.dead_letter_queue().and(queue.max_receive_count());
    let mut picks = Vec::with_capacity(room);
    let mut delivered = 0;
    let mut candidates = queue.candidates(reach);
    while delivered < room
        && let Some(message) = candidates.next()
    {
        if receives_max.is_none_or(|max| message.receive_count() < max) {
            picks.push(Pick::Deliver(message.position()));
            delivered += 1;
        } else if !message.has_just_moved(now) {
            picks.push(Pick::MoveToDeadLetterQueue(message.key()));
        }
    }
    picks
}

impl Message {
    /// The message as a receive that asks for everything shows it, with the receipt handle of its
    /// last receive, if that was at `received_at`.
    pub fn as_received(&self, queue: QueueId, received_at: Time) -> ReceivedMessage {
        response_for(self, queue, received_at, &Selection::everything())
    }
}

fn response_for(
    message: &Message,
    queue: QueueId,
    now: Time,
    selection: &Selection,
) -> ReceivedMessage {
    let handle = ReceiptHandle {
        queue,
        message: message.key(),
        receive: message.receive_count(),
        received_at: now,
    };
    let (message_attributes, md5_of_message_attributes) = selection.message_attributes(message);
    ReceivedMessage {
        attributes: selection.system_attributes(message),
        body: message.body().clone(),
        md5_of_body: hex(&message.md5_of_body),
        md5_of_message_attributes,
        message_attributes,
        message_id: text_of(message.id()),
        receipt_handle: handle.encode(),
    }
}
