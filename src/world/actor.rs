//! Actors: programs that run. Each is a small state machine: it is woken or answered, and says what
//! it does next.

use std::collections::VecDeque;

use super::network::leg;
use super::program::{AfterWork, fill, fill_request};
use super::{ActorConfig, Consumer, NetworkConfig, Producer, Program, Script};
use crate::sim::{Span, Stream, Time};
use crate::sqs::api::{
    CallId, Caller, DeleteMessageRequest, GetQueueAttributesRequest, ReceiveMessageRequest,
    Request, Response, SendMessageRequest,
};
use crate::sqs::{Error, MessageKey};

/// What a program does about an error that it has no rule for: it sleeps at least so long.
const RETRY_AFTER: Span = Span::from_secs(1);

/// The three counts that a monitor reads.
const COUNTS: [&str; 3] = [
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesDelayed",
    "ApproximateNumberOfMessagesNotVisible",
];

/// A program that runs.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Actor {
    caller: Caller,
    name: String,
    program: Program,
    link: Stream,
    activity: Activity,
    memory: Memory,
    tally: Tally,
}

/// What an actor is doing.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Activity {
    /// It has not started yet.
    Starting {
        /// When it will.
        until: Time,
    },
    /// It sleeps.
    Sleeping {
        /// Since when.
        since: Time,
        /// Until when.
        until: Time,
    },
    /// It waits for the answer of a call.
    Calling {
        /// Which.
        call: CallId,
    },
    /// It works on a message.
    Working {
        /// On which.
        message: MessageKey,
        /// Since when.
        since: Time,
        /// Until when.
        until: Time,
    },
    /// It came to its end.
    Finished,
    /// It was ended by an error.
    Failed {
        /// Which.
        error: Error,
    },
}

/// A message that a consumer holds.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Held {
    /// Which.
    pub message: MessageKey,
    /// The handle of the receive that it came with.
    pub receipt_handle: String,
}

/// What an actor has done so far.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct Tally {
    /// Calls answered, whatever the answer.
    pub calls: u64,
    /// Messages sent.
    pub sent: u64,
    /// Receives answered.
    pub receives: u64,
    /// Messages received.
    pub received: u64,
    /// Receives that came back empty.
    pub empty_receives: u64,
    /// Messages worked on to the end.
    pub worked: u64,
    /// Deletes that succeeded.
    pub deleted: u64,
    /// Calls that were answered with an error.
    pub errors: u64,
    /// The last such error.
    pub last_error: Option<Error>,
    /// A monitor's last reading: visible, delayed, not visible.
    pub reading: Option<[u64; 3]>,
}

/// What a program remembers between its steps.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
struct Memory {
    /// Producer: messages sent; script: repetitions of the step that are done.
    done: u32,
    /// Script: steps that are done.
    step: usize,
    /// Consumer: received, and not yet dealt with. The first is being worked on or deleted.
    held: VecDeque<Held>,
    /// Consumer: empty receives in a row.
    empty_in_a_row: u32,
}

/// What an actor does next.
pub(super) enum Next {
    /// Make a call, about these messages.
    Call {
        request: Request,
        about: Vec<MessageKey>,
    },
    /// Sleep.
    Sleep(Span),
    /// Work on a message.
    Work { message: MessageKey, span: Span },
    /// Come to an end.
    Finish,
    /// End by an error.
    Fail(Error),
}

impl Actor {
    pub(super) fn new(caller: Caller, config: &ActorConfig, seed: u64, now: Time) -> Self {
        let until = now + Span::from_ms(config.start_after_ms);
        Self {
            caller,
            name: config.name.clone(),
            program: config.program.clone(),
            link: Stream::new(seed, &format!("link {} {}", caller.0, config.name)),
            activity: Activity::Starting { until },
            memory: Memory::default(),
            tally: Tally::default(),
        }
    }

    /// Goes on with other settings. False if the program is of another kind.
    pub(super) fn change_program(&mut self, program: Program) -> bool {
        let same_kind = self.program.same_kind(&program);
        if same_kind {
            self.program = program;
        }
        same_kind
    }

    pub(super) fn set_activity(&mut self, activity: Activity) {
        self.activity = activity;
    }

    /// One leg of its link.
    pub(super) fn latency(&mut self, network: NetworkConfig) -> Span {
        leg(&mut self.link, network)
    }

    /// Its sleep or its work is over, or it starts.
    pub(super) fn wake(&mut self, _now: Time) -> Next {
        if let Activity::Working { .. } = self.activity {
            self.tally.worked += 1;
            return self.after_work();
        }
        match &self.program {
            Program::Producer(program) => self.send(program),
            Program::Consumer(program) => receive(program),
            Program::Monitor(program) => Next::Call {
                request: GetQueueAttributesRequest {
                    queue_url: Some(program.queue.clone()),
                    attribute_names: COUNTS.map(String::from).to_vec(),
                }
                .into(),
                about: Vec::new(),
            },
            Program::Script(program) => self.next_step(program),
        }
    }

    /// Its call was answered.
    pub(super) fn answer(
        &mut self,
        _now: Time,
        result: &Result<Response, Error>,
        messages: &[MessageKey],
    ) -> Next {
        self.tally.count(result);
        match &self.program {
            Program::Producer(program) => {
                let pause = Span::from_ms(program.pause_ms);
                if result.is_err() {
                    return Next::Sleep(pause.max(RETRY_AFTER));
                }
                self.memory.done = self.memory.done.saturating_add(1);
                if program.count.is_some_and(|count| self.memory.done >= count) {
                    return Next::Finish;
                }
                Next::Sleep(pause)
            }
            Program::Consumer(_) => self.consumer_answer(result, messages),
            Program::Monitor(program) => {
                let pause = Span::from_ms(program.pause_ms);
                Next::Sleep(if result.is_err() {
                    pause.max(RETRY_AFTER)
                } else {
                    pause
                })
            }
            Program::Script(program) => {
                if let Err(error) = result {
                    return Next::Fail(error.clone());
                }
                let Some(step) = program.steps.get(self.memory.step) else {
                    return Next::Finish;
                };
                self.memory.done += 1;
                if self.memory.done >= step.times {
                    self.memory.step += 1;
                    self.memory.done = 0;
                }
                if step.pause_ms > 0 {
                    return Next::Sleep(Span::from_ms(step.pause_ms));
                }
                self.next_step(program)
            }
        }
    }

    /// Who it is to the service.
    pub fn caller(&self) -> Caller {
        self.caller
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it runs.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// What it is doing.
    pub fn activity(&self) -> &Activity {
        &self.activity
    }

    /// What it has done.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// The messages that it holds, the one it is at first.
    pub fn held(&self) -> impl Iterator<Item = &Held> {
        self.memory.held.iter()
    }

    /// When it starts, if it has not started yet; else the past.
    pub(super) fn starts_at(&self) -> Time {
        match self.activity {
            Activity::Starting { until } => until,
            Activity::Sleeping { .. }
            | Activity::Calling { .. }
            | Activity::Working { .. }
            | Activity::Finished
            | Activity::Failed { .. } => Time::default(),
        }
    }

    fn send(&self, program: &Producer) -> Next {
        if program.count.is_some_and(|count| self.memory.done >= count) {
            return Next::Finish;
        }
        let n = self.memory.done.saturating_add(1);
        let filled = |template: &Option<String>| template.as_ref().map(|text| fill(text, n));
        Next::Call {
            request: SendMessageRequest {
                queue_url: Some(program.queue.clone()),
                message_body: Some(fill(&program.body, n).into()),
                delay_seconds: program.delay_seconds,
                message_attributes: program.message_attributes.clone(),
                message_group_id: filled(&program.message_group_id),
                message_deduplication_id: filled(&program.message_deduplication_id),
                ..Default::default()
            }
            .into(),
            about: Vec::new(),
        }
    }

    fn next_step(&self, program: &Script) -> Next {
        match program.steps.get(self.memory.step) {
            None => Next::Finish,
            Some(step) => Next::Call {
                request: fill_request(&step.call, self.memory.done + 1),
                about: Vec::new(),
            },
        }
    }

    fn consumer_answer(
        &mut self,
        result: &Result<Response, Error>,
        messages: &[MessageKey],
    ) -> Next {
        let Program::Consumer(program) = &self.program else {
            unreachable!("only a consumer gets here")
        };
        let pause = Span::from_ms(program.pause_ms);
        match result {
            Ok(Response::ReceiveMessage(response)) if response.messages.is_empty() => {
                self.memory.empty_in_a_row += 1;
                if program
                    .stop_after_empty
                    .is_some_and(|n| self.memory.empty_in_a_row >= n)
                {
                    return Next::Finish;
                }
                Next::Sleep(pause)
            }
            Ok(Response::ReceiveMessage(response)) => {
                self.memory.empty_in_a_row = 0;
                assert_eq!(
                    messages.len(),
                    response.messages.len(),
                    "each message has its key"
                );
                let held = messages
                    .iter()
                    .zip(&response.messages)
                    .map(|(key, message)| Held {
                        message: *key,
                        receipt_handle: message.receipt_handle.clone(),
                    });
                self.memory.held.extend(held);
                self.work_on_first()
            }
            // A delete, whether it succeeded or not: this message is dealt with.
            _ if !self.memory.held.is_empty() => {
                self.memory.held.pop_front();
                self.work_on_first()
            }
            _ => Next::Sleep(pause.max(RETRY_AFTER)),
        }
    }

    /// Starts with the next message that it holds, or sleeps.
    fn work_on_first(&mut self) -> Next {
        let Program::Consumer(program) = &self.program else {
            unreachable!("only a consumer holds messages")
        };
        let Some(held) = self.memory.held.front() else {
            return Next::Sleep(Span::from_ms(program.pause_ms));
        };
        match (program.work_ms, program.after_work) {
            (0, AfterWork::Delete) => self.after_work(),
            (0, AfterWork::Keep) => {
                self.memory.held.clear();
                Next::Sleep(Span::from_ms(program.pause_ms))
            }
            (work_ms, _) => Next::Work {
                message: held.message,
                span: Span::from_ms(work_ms),
            },
        }
    }

    /// The work on the first message is done.
    fn after_work(&mut self) -> Next {
        let Program::Consumer(program) = &self.program else {
            unreachable!("only a consumer works")
        };
        let held = self.memory.held.front().expect("work is on a held message");
        match program.after_work {
            AfterWork::Delete => Next::Call {
                request: DeleteMessageRequest {
                    queue_url: Some(program.queue.clone()),
                    receipt_handle: Some(held.receipt_handle.clone()),
                }
                .into(),
                about: vec![held.message],
            },
            AfterWork::Keep => {
                self.memory.held.pop_front();
                self.work_on_first()
            }
        }
    }
}

fn receive(program: &Consumer) -> Next {
    Next::Call {
        request: ReceiveMessageRequest {
            queue_url: Some(program.queue.clone()),
            message_system_attribute_names: vec!["All".into()],
            message_attribute_names: vec!["All".into()],
            max_number_of_messages: program.max_number_of_messages,
            visibility_timeout: program.visibility_timeout,
            wait_time_seconds: program.wait_time_seconds,
            ..Default::default()
        }
        .into(),
        about: Vec::new(),
    }
}

impl Tally {
    fn count(&mut self, result: &Result<Response, Error>) {
        self.calls += 1;
        match result {
            Err(error) => {
                self.errors += 1;
                self.last_error = Some(error.clone());
            }
            Ok(Response::SendMessage(_)) => self.sent += 1,
            Ok(Response::ReceiveMessage(response)) => {
                self.receives += 1;
                self.received += response.messages.len() as u64;
                self.empty_receives += u64::from(response.messages.is_empty());
            }
            Ok(Response::SendMessageBatch(response)) => {
                self.sent += response.successful.len() as u64;
            }
            Ok(Response::DeleteMessage(_)) => self.deleted += 1,
            Ok(Response::DeleteMessageBatch(response)) => {
                self.deleted += response.successful.len() as u64;
            }
            Ok(Response::GetQueueAttributes(response)) => {
                let count = |name| response.attributes.get(name).and_then(|n| n.parse().ok());
                if let [Some(visible), Some(delayed), Some(hidden)] = COUNTS.map(count) {
                    self.reading = Some([visible, delayed, hidden]);
                }
            }
            Ok(
                Response::AddPermission(_)
                | Response::CancelMessageMoveTask(_)
                | Response::ChangeMessageVisibility(_)
                | Response::ChangeMessageVisibilityBatch(_)
                | Response::CreateQueue(_)
                | Response::DeleteQueue(_)
                | Response::GetQueueUrl(_)
                | Response::ListDeadLetterSourceQueues(_)
                | Response::ListMessageMoveTasks(_)
                | Response::ListQueues(_)
                | Response::ListQueueTags(_)
                | Response::PurgeQueue(_)
                | Response::RemovePermission(_)
                | Response::SetQueueAttributes(_)
                | Response::StartMessageMoveTask(_)
                | Response::TagQueue(_)
                | Response::UntagQueue(_),
            ) => {}
        }
    }
}
