//! The service: who calls when, what is due, and who gets which reply.

use std::collections::VecDeque;
use std::sync::Arc;

use super::api::{CallId, Caller, ReceiveMessageResponse, Request, Response};
use super::cost::Meter;
use super::message::{Message, MessageKey};
use super::mode::{Mode, Poll};
use super::queue::{Due, Queue};
use super::queues::Queues;
use super::{Error, Event, EventKind, Outbox, QueueId, Reply};
use crate::sim::{SortedMap, Time};

/// What a service is made of at first.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Config {
    /// Twelve digits.
    pub account: String,
    /// Like `eu-west-1`.
    pub region: String,
    /// From which all its random numbers follow.
    pub seed: u64,
    /// What its standard queues are like.
    pub mode: Mode,
    /// Whether AWS's throughput quotas of FIFO queues are enforced.
    pub fifo_throttling: bool,
}

impl Config {
    /// A strict service.
    pub fn new(account: impl Into<String>, region: impl Into<String>, seed: u64) -> Self {
        Self {
            account: account.into(),
            region: region.into(),
            seed,
            mode: Mode::Strict,
            fifo_throttling: false,
        }
    }
}

/// Amazon SQS for one account in one region. A clone is a snapshot.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Service {
    pub(super) config: Config,
    pub(super) queues: Queues,
    pub(super) messages_accepted: u64,
    pub(super) meter: Meter,
    /// The waiting long polls: at which queue, and their number there.
    pub(super) waiting: SortedMap<CallId, (QueueId, u64)>,
}

/// Who calls, and when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    pub(super) now: Time,
    pub(super) call: CallId,
    pub(super) caller: Caller,
    /// The queue whose URL the request names.
    pub(super) queue: Option<QueueId>,
}

impl Context {
    /// The queue that the request must name.
    ///
    /// # Errors
    /// `QueueDoesNotExist`.
    pub(super) fn queue(&self) -> Result<QueueId, Error> {
        self.queue.ok_or_else(Error::no_such_queue)
    }
}

/// What an action has to say to its caller.
pub(super) enum Answer {
    /// The reply.
    Now(Response),
    /// A long poll waits; the reply comes later.
    Later,
}

/// Who else an action concerns.
pub(super) struct Touched {
    /// Whether anybody waits at all.
    someone_waits: bool,
    /// The queues whose waiters may have something to get.
    queues: VecDeque<QueueId>,
    /// The waiters whose queue is gone.
    dismissed: Vec<CallId>,
}

impl Touched {
    pub(super) fn push_back(&mut self, queue: QueueId) {
        if self.someone_waits {
            self.queues.push_back(queue);
        }
    }

    pub(super) fn dismiss(&mut self, call: CallId) {
        self.dismissed.push(call);
    }
}

impl Service {
    /// A service without queues.
    pub fn new(config: &Config) -> Self {
        Self {
            config: config.clone(),
            queues: Queues::default(),
            messages_accepted: 0,
            meter: Meter::default(),
            waiting: SortedMap::new(),
        }
    }

    /// Handles a request. Its reply comes at once, but that to a long poll that finds nothing;
    /// replies to other calls that it lets go on follow its own.
    ///
    /// # Panics
    /// If something that was due at `now` has not been handled, or if the call waits already.
    pub fn call(
        &mut self,
        now: Time,
        call: CallId,
        caller: Caller,
        request: &Request,
        out: &mut Outbox,
    ) {
        if let Some(due) = self.poll_timeout() {
            assert!(
                !due.is_due(now),
                "what is due at {due} comes before a call at {now}"
            );
        }
        assert!(!self.waiting.contains_key(&call), "a call is made once");
        let find = |name| self.find_queue(name).map(Queue::id);
        let context = Context {
            now,
            call,
            caller,
            queue: request.queue_reference().and_then(find),
        };
        let mut touched = self.untouched();
        self.queues.turn_to(now);
        let answer = match self.throttle(&context, request) {
            Ok(()) => self.perform(&context, request, &mut touched, out),
            Err(error) => Err(error),
        };
        let result = match answer {
            Ok(Answer::Now(response)) => Some(Ok(response)),
            Ok(Answer::Later) => None,
            Err(error) => Some(Err(error)),
        };
        let find = |name| self.find_queue(name).map(Queue::id);
        let id = context
            .queue
            .or_else(|| request.queue_named().and_then(find));
        if let Some(result) = result {
            self.meter_call(id, Some(request), &result);
            out.replies.push(Reply { call, result });
        }
        self.serve_waiters(now, touched, out);
    }

    /// Does all that is due at or before `now`, each thing at its own time.
    pub fn handle_timeout(&mut self, now: Time, out: &mut Outbox) {
        while let Some((at, due, id)) = self.queues.next_due()
            && at.is_due(now)
        {
            self.queues.turn_to(at);
            match due {
                Due::Message => {
                    self.queues.update(id, |queue| {
                        queue.expire_due(at, out);
                        queue.show_due(at, out);
                    });
                    let mut touched = self.untouched();
                    touched.push_back(id);
                    self.serve_waiters(at, touched, out);
                }
                Due::MoveTask => {
                    let mut touched = self.untouched();
                    self.go_on_with_move_task(at, id, &mut touched, out);
                    self.serve_waiters(at, touched, out);
                }
                Due::Poll => self.end_poll(at, id, out),
            }
        }
    }

    /// Forgets a long poll whose caller has gone; messages that it would have got stay. Does
    /// nothing if the call does not wait.
    pub fn cancel(&mut self, call: CallId) {
        if let Some((queue, arrival)) = self.waiting.remove(&call) {
            let waiter = self
                .queues
                .update(queue, |queue| queue.waiters.remove(arrival));
            assert!(
                waiter.is_some_and(|waiter| waiter.call == call),
                "waiting calls are waiters"
            );
            self.meter_call(Some(queue), None, &Ok(no_messages()));
        }
    }

    /// When it next has something to do by itself.
    pub fn poll_timeout(&self) -> Option<Time> {
        self.queues.next_due().map(|(at, _, _)| at)
    }

    /// What it is made of.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The queues in the order of their creation.
    pub fn queues(&self) -> impl Iterator<Item = &Queue> {
        self.queues.iter()
    }

    /// The queue of this number, if it exists.
    pub fn queue(&self, id: QueueId) -> Option<&Queue> {
        self.queues.get(id)
    }

    /// The queue of this URL or bare name, if it exists.
    pub fn find_queue(&self, url_or_name: &str) -> Option<&Queue> {
        self.queues.named(self.config.name_in_url(url_or_name)?)
    }

    /// How many messages were accepted so far; each has the next number.
    pub fn messages_accepted(&self) -> u64 {
        self.messages_accepted
    }

    /// A message and the queue where it is, if it still exists. Looks into every queue.
    pub fn find_message(&self, key: MessageKey) -> Option<(&Queue, &Message)> {
        self.queues
            .iter()
            .find_map(|queue| Some((queue, queue.message(key)?)))
    }

    /// The URL of the queue of this name, whether it exists or not.
    pub fn queue_url(&self, name: &str) -> String {
        self.config.queue_url(name)
    }

    /// The requests that were made to it, as AWS bills them.
    pub fn meter(&self) -> &Meter {
        &self.meter
    }

    /// About how much memory a clone takes, in bytes; bodies, which clones share, not counted.
    pub fn approximate_bytes(&self) -> usize {
        1000 + self
            .queues
            .iter()
            .map(Queue::approximate_bytes)
            .sum::<usize>()
    }

    /// The queue that a request names.
    pub(super) fn resolve(&self, queue_url: Option<&String>) -> Result<QueueId, Error> {
        let queue = queue_url.and_then(|url| self.find_queue(url));
        queue.map(Queue::id).ok_or_else(Error::no_such_queue)
    }

    fn untouched(&self) -> Touched {
        Touched {
            someone_waits: !self.waiting.is_empty(),
            queues: VecDeque::new(),
            dismissed: Vec::new(),
        }
    }

    fn perform(
        &mut self,
        context: &Context,
        request: &Request,
        touched: &mut Touched,
        out: &mut Outbox,
    ) -> Result<Answer, Error> {
        let response = match request {
            Request::AddPermission(request) => {
                Response::AddPermission(self.add_permission(context, request, out)?)
            }
            Request::CancelMessageMoveTask(request) => {
                Response::CancelMessageMoveTask(self.cancel_message_move_task(request)?)
            }
            Request::ChangeMessageVisibility(request) => Response::ChangeMessageVisibility(
                self.change_message_visibility(context, request, touched, out)?,
            ),
            Request::ChangeMessageVisibilityBatch(request) => {
                Response::ChangeMessageVisibilityBatch(
                    self.change_message_visibility_batch(context, request, touched, out)?,
                )
            }
            Request::CreateQueue(request) => {
                Response::CreateQueue(self.create_queue(context, request, out)?)
            }
            Request::DeleteMessage(request) => {
                Response::DeleteMessage(self.delete_message(context, request, touched, out)?)
            }
            Request::DeleteMessageBatch(request) => Response::DeleteMessageBatch(
                self.delete_message_batch(context, request, touched, out)?,
            ),
            Request::DeleteQueue(request) => {
                Response::DeleteQueue(self.delete_queue(context, request, touched, out)?)
            }
            Request::GetQueueAttributes(request) => {
                Response::GetQueueAttributes(self.get_queue_attributes(request)?)
            }
            Request::GetQueueUrl(request) => Response::GetQueueUrl(self.get_queue_url(request)?),
            Request::ListDeadLetterSourceQueues(request) => {
                Response::ListDeadLetterSourceQueues(self.list_dead_letter_source_queues(request)?)
            }
            Request::ListMessageMoveTasks(request) => {
                Response::ListMessageMoveTasks(self.list_message_move_tasks(request)?)
            }
            Request::ListQueues(request) => Response::ListQueues(self.list_queues(request)?),
            Request::ListQueueTags(request) => {
                Response::ListQueueTags(self.list_queue_tags(request)?)
            }
            Request::PurgeQueue(request) => {
                Response::PurgeQueue(self.purge_queue(context, request, out)?)
            }
            Request::ReceiveMessage(request) => {
                return self.receive_message(context, request, touched, out);
            }
            Request::RemovePermission(request) => {
                Response::RemovePermission(self.remove_permission(context, request, out)?)
            }
            Request::SendMessage(request) => {
                Response::SendMessage(self.send_message(context, request, touched, out)?)
            }
            Request::SendMessageBatch(request) => {
                Response::SendMessageBatch(self.send_message_batch(context, request, touched, out)?)
            }
            Request::SetQueueAttributes(request) => Response::SetQueueAttributes(
                self.set_queue_attributes(context, request, touched, out)?,
            ),
            Request::StartMessageMoveTask(request) => Response::StartMessageMoveTask(
                self.start_message_move_task(context, request, touched, out)?,
            ),
            Request::TagQueue(request) => Response::TagQueue(self.tag_queue(request)?),
            Request::UntagQueue(request) => Response::UntagQueue(self.untag_queue(request)?),
        };
        Ok(Answer::Now(response))
    }

    /// Gives the waiters of these queues what they can get, the oldest first; those whose queue is
    /// gone learn that `[I]`.
    pub(super) fn serve_waiters(&mut self, now: Time, mut touched: Touched, out: &mut Outbox) {
        for call in touched.dismissed.drain(..) {
            self.waiting.remove(&call);
            let result = Err(Error::no_such_queue());
            self.meter_call(None, None, &result);
            out.replies.push(Reply { call, result });
        }
        while let Some(id) = touched.queues.pop_front() {
            while let Some(waiter) = self.queues[id].waiters.oldest().map(Arc::clone) {
                let context = Context {
                    now,
                    call: waiter.call,
                    caller: waiter.caller,
                    queue: Some(id),
                };
                let messages = {
                    let reach = self.reach(id, Poll::Long);
                    self.collect(&context, id, reach, &waiter.terms, &mut touched, out)
                };
                if messages.is_empty() {
                    break;
                }
                self.queues.update(id, |queue| queue.waiters.take_oldest());
                self.waiting.remove(&waiter.call);
                let response = Response::ReceiveMessage(ReceiveMessageResponse { messages });
                let (call, result) = (waiter.call, Ok(response));
                self.meter_call(Some(id), None, &result);
                out.replies.push(Reply { call, result });
            }
        }
    }

    /// Answers one long poll of which the time is over.
    fn end_poll(&mut self, now: Time, queue: QueueId, out: &mut Outbox) {
        let waiter = self.queues.update(queue, |queue| {
            queue.metrics.sums.empty_receives += 1;
            queue.waiters.take_due(now)
        });
        let waiter = waiter.expect("the queue said that a poll is due");
        let (call, caller) = (waiter.call, waiter.caller);
        self.waiting.remove(&call);
        let kind = EventKind::ReceiveCameBackEmpty {
            queue,
            caller,
            call,
            sampled: None,
        };
        out.events.push(Event { at: now, kind });
        let result = Ok(no_messages());
        self.meter_call(Some(queue), None, &result);
        out.replies.push(Reply { call, result });
    }
}

fn no_messages() -> Response {
    Response::ReceiveMessage(ReceiveMessageResponse::default())
}
