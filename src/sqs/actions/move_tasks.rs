//! `StartMessageMoveTask`, `ListMessageMoveTasks`, `CancelMessageMoveTask`, and what a task does
//! when its time has come.

use std::sync::Arc;

use uuid::{Builder, Uuid};

use super::send::{Checked, Placed};
use crate::sim::{Stream, Time};
use crate::sqs::api::{
    CancelMessageMoveTaskRequest, CancelMessageMoveTaskResponse, ListMessageMoveTasksRequest,
    ListMessageMoveTasksResponse, ListMessageMoveTasksResultEntry, StartMessageMoveTaskRequest,
    StartMessageMoveTaskResponse,
};
use crate::sqs::message::{Message, MessageKey};
use crate::sqs::message_attributes::{AttributeValue, MessageAttribute};
use crate::sqs::move_task::{
    FETCH_MAX, MoveTask, MoveTaskFailure, MoveTaskStatus, MoveTerms, TaskHandle,
};
use crate::sqs::names::Arn;
use crate::sqs::queue::Queue;
use crate::sqs::service::{Context, Touched};
use crate::sqs::standard::Reach;
use crate::sqs::{Error, ErrorCode, Event, EventKind, Outbox, QueueId, Service};

/// Tasks that run at one time `[D]`.
const ACTIVE_MAX: usize = 100;

/// What a task does next.
enum Step {
    Move {
        message: MessageKey,
        target: QueueId,
    },
    End(MoveTaskStatus),
}

impl Service {
    /// The task makes its first move at once `[A]`.
    pub(in crate::sqs) fn start_message_move_task(
        &mut self,
        context: &Context,
        request: &StartMessageMoveTaskRequest,
        touched: &mut Touched,
        out: &mut Outbox,
    ) -> Result<StartMessageMoveTaskResponse, Error> {
        let (source, terms) = self.check_move_task(request)?;
        let Context {
            now, call, caller, ..
        } = *context;
        let task_id = self.task_id(source, now);
        let queue = &self.queues[source];
        let task_handle = TaskHandle::of(task_id, queue.arn()).to_string();
        let messages = queue.counts().visible;
        let task = MoveTask::new(task_id, (caller, call), terms, now, messages);
        self.queues
            .update(source, |queue| queue.move_tasks.active = Some(task));
        let kind = EventKind::MessageMoveTaskStarted {
            source,
            caller,
            call,
            messages,
        };
        out.events.push(Event { at: now, kind });
        self.go_on_with_move_task(now, source, touched, out);
        Ok(StartMessageMoveTaskResponse { task_handle })
    }

    pub(in crate::sqs) fn list_message_move_tasks(
        &self,
        request: &ListMessageMoveTasksRequest,
    ) -> Result<ListMessageMoveTasksResponse, Error> {
        let queue = self.source_queue(request.source_arn.as_deref())?;
        let max = match request.max_results.unwrap_or(1) {
            max @ 1..=10 => max as usize,
            _ => {
                return Err(refused(
                    "Value for parameter MaxResults is invalid. \
                     Reason: You must enter a number that's between 1 and 10.",
                ));
            }
        };
        let tasks = queue.move_tasks().take(max);
        Ok(ListMessageMoveTasksResponse {
            results: tasks.map(|task| result_for(queue, task)).collect(),
        })
    }

    pub(in crate::sqs) fn cancel_message_move_task(
        &mut self,
        request: &CancelMessageMoveTaskRequest,
    ) -> Result<CancelMessageMoveTaskResponse, Error> {
        let text = request
            .task_handle
            .as_deref()
            .ok_or_else(|| Error::missing("TaskHandle"))?;
        let handle = TaskHandle::decode(text)
            .ok_or_else(|| refused("Value for parameter TaskHandle is invalid."))?;
        let queue = self
            .queue_by_arn(&handle.source_arn)
            .ok_or_else(|| no_such_resource("SourceArn"))?;
        let is_meant = |task: &&MoveTask| task.id().to_string() == handle.task_id;
        let Some(task) = queue.move_tasks().find(is_meant) else {
            return Err(Error::new(
                ErrorCode::ResourceNotFound,
                "Task does not exist.",
            ));
        };
        if task.status() != MoveTaskStatus::Running {
            return Err(refused("Only active tasks can be cancelled."));
        }
        let (source, moved) = (queue.id(), task.moved());
        self.queues.update(source, |queue| {
            let task = queue.move_tasks.active.as_mut();
            task.expect("the task runs").cancel();
        });
        Ok(CancelMessageMoveTaskResponse {
            approximate_number_of_messages_moved: moved as i64,
        })
    }

    /// Moves one message, or ends the task of this queue, or both.
    pub(in crate::sqs) fn go_on_with_move_task(
        &mut self,
        now: Time,
        source: QueueId,
        touched: &mut Touched,
        out: &mut Outbox,
    ) {
        match self.next_step(now, source) {
            Step::End(status) => self.end_move_task(now, source, status, out),
            Step::Move { message, target } => {
                self.move_again(now, source, message, target, out);
                touched.push_back(target);
                let queue = &self.queues[source];
                let task = active_task(queue);
                if task.is_over(receivable(queue)) {
                    let status = task.status_at_end();
                    self.end_move_task(now, source, status, out);
                }
            }
        }
    }

    fn next_step(&self, now: Time, source: QueueId) -> Step {
        use MoveTaskFailure::{NoDestination, TookTooLong, UnknownSource};
        let queue = &self.queues[source];
        let task = active_task(queue);
        let message = match queue.candidates(Reach::EVERYWHERE).next() {
            Some(message) if !task.is_over(receivable(queue)) => message,
            Some(_) | None => return Step::End(task.status_at_end()),
        };
        if task.is_too_old(now) {
            return Step::End(MoveTaskStatus::Failed(TookTooLong));
        }
        let Some(arn) = task.destination().or(message.dead_letter_source()) else {
            return Step::End(MoveTaskStatus::Failed(UnknownSource));
        };
        match self.queue_by_arn(arn) {
            None => Step::End(MoveTaskStatus::Failed(NoDestination)),
            Some(target) => Step::Move {
                message: message.key(),
                target: target.id(),
            },
        }
    }

    /// Takes a message out of the source, and sends it to the target as a new one, in the name of
    /// who started the task `[D]`: with a new id, a new send time, the target's delay, and no
    /// receives so far `[I]`.
    fn move_again(
        &mut self,
        now: Time,
        source: QueueId,
        message: MessageKey,
        target: QueueId,
        out: &mut Outbox,
    ) {
        let (moved, context) = self.queues.update(source, |queue| {
            let count = receivable(queue);
            let task = queue.move_tasks.active.as_mut().expect("the task runs");
            task.fetch(count);
            task.count_move();
            let (call, caller) = (task.call(), task.caller());
            let context = Context {
                now,
                call,
                caller,
                queue: None,
            };
            (queue.remove(message), context)
        });
        let checked = sent_again(&moved, &self.queues[target]);
        let delay = checked.delay;
        let new_message = match self.place(&context, target, checked) {
            Placed::New(key, _, _) => Some(key),
            Placed::Duplicate(_) => None,
        };
        let kind = EventKind::MessageMovedByTask {
            source,
            target,
            message,
            new_message,
            delay,
        };
        out.events.push(Event { at: now, kind });
    }

    fn end_move_task(
        &mut self,
        now: Time,
        source: QueueId,
        status: MoveTaskStatus,
        out: &mut Outbox,
    ) {
        self.queues
            .update(source, |queue| queue.move_tasks.end(status));
        let kind = EventKind::MessageMoveTaskEnded { source, status };
        out.events.push(Event { at: now, kind });
    }

    /// The checks in the order of AWS's table `[I]`.
    fn check_move_task(
        &self,
        request: &StartMessageMoveTaskRequest,
    ) -> Result<(QueueId, MoveTerms), Error> {
        let source = self.source_queue(request.source_arn.as_deref())?;
        let is_source_of_letters = |queue: &Queue| queue.dead_letter_queue() == Some(source.id());
        if !self.queues.iter().any(is_source_of_letters) {
            return Err(refused(
                "Source queue must be configured as a Dead Letter Queue.",
            ));
        }
        let destination = request
            .destination_arn
            .as_deref()
            .map(|arn| self.destination_queue(source, arn))
            .transpose()?;
        let rate = match request.max_number_of_messages_per_second {
            None => None,
            Some(rate @ 1..=500) => Some(rate as u32),
            Some(_) => {
                return Err(refused(
                    "Value for parameter MaxNumberOfMessagesPerSecond is invalid. \
                     Reason: You must enter a number that's between 1 and 500.",
                ));
            }
        };
        if source.move_tasks.active.is_some() {
            return Err(refused(
                "There is already a task running. \
                 Only one active task is allowed for a source queue arn at a given time.",
            ));
        }
        let has_active = |queue: &&Queue| queue.move_tasks.active.is_some();
        if self.queues.iter().filter(has_active).count() >= ACTIVE_MAX {
            // The text is our choice `[I]`.
            return Err(Error::new(
                ErrorCode::OverLimit,
                format!("There are already {ACTIVE_MAX} tasks running."),
            ));
        }
        let destination = destination.map(|queue| Arc::clone(queue.arn()));
        Ok((source.id(), MoveTerms { destination, rate }))
    }

    fn source_queue(&self, arn: Option<&str>) -> Result<&Queue, Error> {
        let arn = arn.ok_or_else(|| Error::missing("SourceArn"))?;
        self.queue_of_parameter("SourceArn", arn)
    }

    fn destination_queue(&self, source: &Queue, arn: &str) -> Result<&Queue, Error> {
        if **source.arn() == *arn {
            return Err(refused(
                "Source queue arn and destination queue arn cannot be the same.",
            ));
        }
        let queue = self.queue_of_parameter("DestinationArn", arn)?;
        if queue.is_fifo() != source.is_fifo() {
            return Err(refused(
                "The source queue and destination queue must be of the same queue type.",
            ));
        }
        Ok(queue)
    }

    fn queue_of_parameter(&self, parameter: &str, arn: &str) -> Result<&Queue, Error> {
        if Arn::parse(arn).is_none() {
            return Err(refused(&format!(
                "You must use this format to specify the {parameter}: \
                 arn:<partition>:<service>:<region>:<account-id>:<resource-id>"
            )));
        }
        self.queue_by_arn(arn)
            .ok_or_else(|| no_such_resource(parameter))
    }

    fn queue_by_arn(&self, arn: &str) -> Option<&Queue> {
        let queue = self.queues.named(Arn::parse(arn)?.resource)?;
        (**queue.arn() == *arn).then_some(queue)
    }

    /// The id of a task that starts now; a queue starts several in one instant only if they end in
    /// it, which makes them differ in their number.
    fn task_id(&self, source: QueueId, now: Time) -> Uuid {
        let queue = &self.queues[source];
        let earlier = queue.move_tasks().filter(|task| task.started_at() == now);
        let name = format!(
            "message move task {} of queue {} at {now}",
            earlier.count(),
            queue.name()
        );
        let mut stream = Stream::new(self.config.seed, &name);
        Builder::from_random_bytes(stream.next_u128().to_be_bytes()).into_uuid()
    }
}

fn active_task(queue: &Queue) -> &MoveTask {
    queue
        .move_tasks
        .active
        .as_ref()
        .expect("the caller knows that a task runs")
}

/// How many messages a task sees, up to what it fetches at a time.
fn receivable(queue: &Queue) -> usize {
    queue.candidates(Reach::EVERYWHERE).take(FETCH_MAX).count()
}

/// The send of a message that was sent before. In a FIFO queue its deduplication id stays `[I]`.
fn sent_again(message: &Message, target: &Queue) -> Checked {
    let trace_header = message.trace_header().map(|text| MessageAttribute {
        data_type: "String".into(),
        value: AttributeValue::Text(text.into()),
    });
    Checked {
        body: Arc::clone(message.body()),
        md5_of_body: message.md5_of_body,
        delay: target.attributes().delay(),
        attributes: message.attributes().to_vec(),
        trace_header,
        group_id: message.group_id().cloned(),
        deduplication_id: message.deduplication_id.clone(),
    }
}

fn result_for(queue: &Queue, task: &MoveTask) -> ListMessageMoveTasksResultEntry {
    let status = task.status();
    let is_running = status == MoveTaskStatus::Running;
    ListMessageMoveTasksResultEntry {
        approximate_number_of_messages_moved: task.moved() as i64,
        approximate_number_of_messages_to_move: Some(task.to_move() as i64),
        destination_arn: task.destination().map(|arn| arn.to_string()),
        failure_reason: status.failure_reason().map(str::to_owned),
        max_number_of_messages_per_second: task.rate().map(i64::from),
        source_arn: queue.arn().to_string(),
        started_timestamp: task.started_at().as_ms() as i64,
        status: status.as_str().to_owned(),
        task_handle: is_running.then(|| task.handle(queue.arn())),
    }
}

fn refused(text: &str) -> Error {
    Error::new(ErrorCode::InvalidParameterValue, text)
}

fn no_such_resource(parameter: &str) -> Error {
    Error::new(
        ErrorCode::ResourceNotFound,
        format!("The resource that you specified for the {parameter} parameter doesn't exist."),
    )
}
