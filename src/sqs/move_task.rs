//! Message move tasks: what empties a dead-letter queue again, at its own pace.
//!
//! A task belongs to the queue that it empties, and goes with it.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

use uuid::Uuid;

use super::api::{CallId, Caller};
use super::base64;
use crate::json::{self, AsMember, Member};
use crate::sim::{Span, Time};

/// Moves a second if the request names no maximum; AWS does not say what it does then `[I]`.
const DEFAULT_RATE: u32 = 500;
/// A task fetches so many messages at a time, and moves them also if it is cancelled meanwhile: on
/// AWS a task with ten messages that was cancelled after two had moved eight in the end `[A]`.
pub(super) const FETCH_MAX: usize = 8;
/// A task runs for so long at most `[D]`.
const RUN_MAX: Span = Span::from_secs(36 * 3600);
/// As many tasks can be listed `[D]`.
const REMEMBERED: usize = 10;

/// How a task is.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum MoveTaskStatus {
    /// It moves messages.
    Running,
    /// It was cancelled, and moves what it has fetched.
    Cancelling,
    /// It was cancelled, and is over.
    Cancelled,
    /// It found nothing more to move.
    Completed,
    /// It could not go on.
    Failed(MoveTaskFailure),
}

/// Why a task failed.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum MoveTaskFailure {
    /// There is no queue any more where the message should go.
    NoDestination,
    /// The message is to go where it came from, and did not come as a dead letter.
    UnknownSource,
    /// The task has run for 36 hours.
    TookTooLong,
}

impl MoveTaskStatus {
    /// As AWS spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "RUNNING",
            Self::Cancelling => "CANCELLING",
            Self::Cancelled => "CANCELLED",
            Self::Completed => "COMPLETED",
            Self::Failed(_) => "FAILED",
        }
    }

    /// `FailureReason`.
    pub fn failure_reason(self) -> Option<&'static str> {
        match self {
            Self::Failed(MoveTaskFailure::NoDestination) => {
                Some("AWS.SimpleQueueService.NonExistentQueue") // [A]
            }
            Self::Failed(MoveTaskFailure::UnknownSource) => {
                Some("CouldNotDetermineMessageSource") // [T]
            }
            Self::Failed(MoveTaskFailure::TookTooLong) => Some("TaskTimedOut"), // [I]
            Self::Running | Self::Cancelling | Self::Cancelled | Self::Completed => None,
        }
    }
}

/// What a request asks of a task.
pub(super) struct MoveTerms {
    /// An ARN; each message's own source if there is none.
    pub(super) destination: Option<Arc<str>>,
    /// 1 to 500 messages a second.
    pub(super) rate: Option<u32>,
}

/// A message move task.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct MoveTask {
    id: Uuid,
    caller: Caller,
    call: CallId,
    destination: Option<Arc<str>>,
    rate: Option<u32>,
    started_at: Time,
    to_move: u64,
    moved: u64,
    /// Moves after which what was fetched is moved.
    fetched: u64,
    status: MoveTaskStatus,
}

impl MoveTask {
    pub(super) fn new(
        id: Uuid,
        by: (Caller, CallId),
        terms: MoveTerms,
        now: Time,
        visible: usize,
    ) -> Self {
        Self {
            id,
            caller: by.0,
            call: by.1,
            destination: terms.destination,
            rate: terms.rate,
            started_at: now,
            to_move: visible as u64,
            moved: 0,
            fetched: 0,
            status: MoveTaskStatus::Running,
        }
    }

    /// Whether it has nothing to do any more, as long as it sees so many messages.
    pub(super) fn is_over(&self, receivable: usize) -> bool {
        let is_cancelled = self.status == MoveTaskStatus::Cancelling;
        receivable == 0 || (is_cancelled && self.moved == self.fetched)
    }

    /// Fetches if nothing is left of what it has fetched before.
    pub(super) fn fetch(&mut self, receivable: usize) {
        if self.moved == self.fetched {
            self.fetched += receivable.min(FETCH_MAX) as u64;
        }
    }

    /// Counts a message that was moved.
    pub(super) fn count_move(&mut self) {
        self.moved += 1;
        assert!(self.moved <= self.fetched, "only what was fetched is moved");
    }

    pub(super) fn cancel(&mut self) {
        self.status = MoveTaskStatus::Cancelling;
    }

    /// How it ends if nothing goes wrong.
    pub(super) fn status_at_end(&self) -> MoveTaskStatus {
        match self.status {
            MoveTaskStatus::Cancelling => MoveTaskStatus::Cancelled,
            MoveTaskStatus::Running => MoveTaskStatus::Completed,
            MoveTaskStatus::Cancelled | MoveTaskStatus::Completed | MoveTaskStatus::Failed(_) => {
                panic!("a task ends once")
            }
        }
    }

    pub(super) fn is_too_old(&self, now: Time) -> bool {
        (self.started_at + RUN_MAX).is_due(now)
    }

    /// When it makes its next move: the first at once, the others evenly.
    pub(super) fn next_at(&self) -> Time {
        let rate = u64::from(self.rate.unwrap_or(DEFAULT_RATE));
        self.started_at + Span::from_ms(self.moved * 1000 / rate)
    }

    /// Its number, as in its handle.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// Its `TaskHandle`, by the ARN of the queue that it empties.
    pub fn handle(&self, source_arn: &str) -> String {
        TaskHandle::of(self.id, source_arn).to_string()
    }

    /// Who started it.
    pub fn caller(&self) -> Caller {
        self.caller
    }

    /// The call that started it.
    pub fn call(&self) -> CallId {
        self.call
    }

    /// The ARN of the queue where all messages go; if there is none, each goes to its own source.
    pub fn destination(&self) -> Option<&Arc<str>> {
        self.destination.as_ref()
    }

    /// Messages a second at most, if the request named a maximum.
    pub fn rate(&self) -> Option<u32> {
        self.rate
    }

    /// When it was started.
    pub fn started_at(&self) -> Time {
        self.started_at
    }

    /// How many messages there were at the start.
    pub fn to_move(&self) -> u64 {
        self.to_move
    }

    /// How many it has moved.
    pub fn moved(&self) -> u64 {
        self.moved
    }

    /// How it is.
    pub fn status(&self) -> MoveTaskStatus {
        self.status
    }
}

/// The tasks of one queue: the one that runs, and the last ones that ran.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(super) struct MoveTasks {
    pub(super) active: Option<MoveTask>,
    /// Newest first.
    over: VecDeque<MoveTask>,
}

impl MoveTasks {
    /// Ends the task that runs.
    ///
    /// # Panics
    /// If none does.
    pub(super) fn end(&mut self, status: MoveTaskStatus) {
        let mut task = self.active.take().expect("a task that ends has run");
        task.status = status;
        self.over.push_front(task);
        self.over.truncate(REMEMBERED);
    }

    /// Newest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = &MoveTask> {
        self.active.iter().chain(&self.over)
    }

    /// When the task that runs makes its next move.
    pub(super) fn next_deadline(&self) -> Option<Time> {
        self.active.as_ref().map(MoveTask::next_at)
    }
}

/// What a `TaskHandle` says `[A]`.
pub(super) struct TaskHandle {
    pub(super) task_id: String,
    pub(super) source_arn: String,
}

impl AsMember for TaskHandle {
    fn member(&self) -> Member<'_> {
        Member::Map(vec![
            (Self::TASK, self.task_id.member()),
            (Self::SOURCE, self.source_arn.member()),
        ])
    }
}

impl TaskHandle {
    const TASK: &str = "taskId";
    const SOURCE: &str = "sourceArn";

    pub(super) fn of(task: Uuid, source_arn: &str) -> Self {
        Self {
            task_id: task.to_string(),
            source_arn: source_arn.to_owned(),
        }
    }

    /// Reads a handle; nothing if the text never was one.
    pub(super) fn decode(text: &str) -> Option<Self> {
        let json = String::from_utf8(base64::decode(text)?).ok()?;
        let json = json::parse(&json).ok()?;
        let member = |name| json.get(name)?.as_text().map(str::to_owned);
        Some(Self {
            task_id: member(Self::TASK)?,
            source_arn: member(Self::SOURCE)?,
        })
    }
}

impl fmt::Display for TaskHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&base64::encode(json::compact(&self.member()).as_bytes()))
    }
}
