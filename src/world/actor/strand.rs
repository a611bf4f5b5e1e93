//! Strands: an actor does one or several things at the same time, each in a strand of its own.

use std::collections::VecDeque;

use super::tally::Tally;
use crate::sim::{Stream, Time};
use crate::sqs::api::{CallId, Caller, ReceivedMessage, Request};
use crate::sqs::{Error, MessageKey, Service};
use crate::world::program::Poison;
use crate::world::worked::Worked;
use crate::world::{EventKind, Spread};

/// What an actor, or a strand of it, is doing.
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
    /// Its batch was refused by a function that is busy; it tries again.
    Throttled {
        /// Since when.
        since: Time,
        /// When it does.
        until: Time,
    },
    /// It crashed in the middle of its work.
    Crashed {
        /// When.
        since: Time,
        /// When it starts again.
        until: Time,
    },
    /// It came to its end.
    Finished,
    /// It was ended by an error.
    Failed {
        /// Which.
        error: Error,
    },
    /// It was taken out of the world; only its name and what it did are left.
    Removed,
}

/// A message that a consumer holds.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Held {
    /// Which.
    pub message: MessageKey,
    /// The handle of the receive that it came with.
    pub receipt_handle: String,
    /// Its message group.
    pub group: Option<String>,
    /// Whether the work on it will fail.
    pub is_poison: bool,
}

/// One of the things that an actor does at the same time.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Strand {
    pub(in crate::world) activity: Activity,
    /// Its time came while the actor was paused.
    pub(in crate::world) is_overdue: bool,
    /// What it asked for with its last call.
    pub(super) asked: Asked,
    /// Received, and not yet dealt with. The first is being worked on or deleted.
    pub(super) held: VecDeque<Held>,
    /// Dealt with, and to be deleted.
    pub(super) done: VecDeque<Held>,
    /// Empty receives in a row.
    pub(super) empty_in_a_row: u32,
    /// When it sends the next heartbeat.
    pub(super) beat_at: Option<Time>,
    /// When it crashes in the middle of this work.
    pub(super) crash_at: Option<Time>,
    /// A poller's batch.
    pub(super) batch: Batch,
}

/// What a consumer's or a poller's call was for.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub(super) enum Asked {
    /// New messages.
    #[default]
    Receive,
    /// An end with the first message that it holds.
    Settle,
    /// A delete of what was done.
    DeleteBatch,
}

/// What a poller knows of its batch.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(super) struct Batch {
    /// More messages are gathered until then.
    pub(super) gather_until: Time,
    /// The visibility timeout of the first is over then.
    pub(super) good_until: Time,
    /// The function has it.
    pub(super) is_invoked: bool,
    /// The groups in which a message failed.
    pub(super) failed_groups: Vec<String>,
}

/// What a strand does next.
pub(in crate::world) enum Next {
    /// Make a call, about these messages, and wait for its answer.
    Call {
        request: Request,
        about: Vec<MessageKey>,
    },
    /// Make a call, and go on working.
    Beat {
        request: Request,
        about: Vec<MessageKey>,
    },
    /// Go on working.
    GoOn,
    /// Sleep until then.
    Sleep(Time),
    /// Work on a message until then.
    Work { message: MessageKey, until: Time },
    /// Wait until then for a function that is busy.
    Throttled(Time),
    /// Lie there until then.
    Crash(Time),
    /// Come to an end.
    Finish,
    /// Come to an end because there are to be fewer strands.
    Retire,
    /// End by an error.
    Fail(Error),
}

/// What a program remembers that has one strand.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(super) struct Memory {
    /// Producer: messages sent; script: repetitions of the step that are done.
    pub(super) done: u32,
    /// Script: steps that are done.
    pub(super) step: usize,
}

/// What a step of an actor can see of its world.
pub(in crate::world) struct Around<'a> {
    pub(in crate::world) now: Time,
    pub(in crate::world) service: &'a Service,
    pub(in crate::world) worked: &'a mut Worked,
    /// What is to be told, in order.
    pub(in crate::world) said: Vec<EventKind>,
}

/// All that a step of a program works with, but the program.
pub(super) struct Hands<'a, 'b> {
    pub(super) caller: Caller,
    /// How many strands beside this one are in an invocation.
    pub(super) others_invoked: usize,
    /// Whether there are to be fewer strands, without this one.
    pub(super) is_surplus: bool,
    pub(super) strand: &'a mut Strand,
    pub(super) memory: &'a mut Memory,
    pub(super) tally: &'a mut Tally,
    pub(super) luck: &'a mut Stream,
    pub(super) around: &'a mut Around<'b>,
}

impl Strand {
    pub(super) fn starting(until: Time) -> Self {
        Self::doing(Activity::Starting { until })
    }

    pub(super) fn doing(activity: Activity) -> Self {
        Self {
            activity,
            is_overdue: false,
            asked: Asked::default(),
            held: VecDeque::new(),
            done: VecDeque::new(),
            empty_in_a_row: 0,
            beat_at: None,
            crash_at: None,
            batch: Batch::default(),
        }
    }

    /// What it is doing.
    pub fn activity(&self) -> &Activity {
        &self.activity
    }

    /// The messages that it holds, the one it is at first.
    pub fn held(&self) -> impl Iterator<Item = &Held> {
        self.held.iter().chain(&self.done)
    }

    /// When it must be woken, if it waits for a time.
    pub(in crate::world) fn wakes_at(&self) -> Option<Time> {
        match self.activity {
            Activity::Working { until, since, .. } => {
                let sooner = [self.beat_at, self.crash_at].into_iter().flatten();
                Some(sooner.fold(until, Time::min).max(since))
            }
            Activity::Starting { until }
            | Activity::Sleeping { until, .. }
            | Activity::Throttled { until, .. }
            | Activity::Crashed { until, .. } => Some(until),
            Activity::Calling { .. }
            | Activity::Finished
            | Activity::Failed { .. }
            | Activity::Removed => None,
        }
    }

    /// How much there is to see of it.
    pub(super) fn interest(&self) -> u8 {
        match self.activity {
            Activity::Working { .. } => 7,
            Activity::Crashed { .. } => 6,
            Activity::Throttled { .. } => 5,
            Activity::Calling { .. } => 4,
            Activity::Sleeping { .. } => 3,
            Activity::Starting { .. } => 2,
            Activity::Failed { .. } => 1,
            Activity::Finished | Activity::Removed => 0,
        }
    }

    /// Takes in the messages of a receive.
    pub(super) fn hold(
        &mut self,
        keys: &[MessageKey],
        messages: &[ReceivedMessage],
        poison: Option<&Poison>,
    ) {
        assert_eq!(keys.len(), messages.len(), "each message has its key");
        for (key, message) in keys.iter().zip(messages) {
            self.held.push_back(Held {
                message: *key,
                receipt_handle: message.receipt_handle.clone(),
                group: message.attributes.get("MessageGroupId").cloned(),
                is_poison: poison.is_some_and(|poison| poison.is(message)),
            });
        }
    }
}

/// Where the work on a message stands.
pub(super) enum Work {
    /// It takes until a later time.
    Goes(Next),
    /// It succeeded, or need not be done.
    Done,
    /// It failed.
    Failed,
}

impl Hands<'_, '_> {
    /// Begins to work on the first message that it holds.
    pub(super) fn begin_work(&mut self, work_ms: &Spread, is_idempotent: bool) -> Work {
        let message = self.first().message;
        if is_idempotent && self.around.worked.contains(message) {
            self.tally.recognised += 1;
            return Work::Done;
        }
        let span = work_ms.draw(self.luck);
        if span.is_zero() {
            return self.end_work(is_idempotent);
        }
        let until = self.around.now + span;
        Work::Goes(Next::Work { message, until })
    }

    /// The work on the first message that it holds is over.
    pub(super) fn end_work(&mut self, is_idempotent: bool) -> Work {
        let caller = self.caller;
        let Held {
            message, is_poison, ..
        } = *self.first();
        if is_poison {
            self.tally.failed += 1;
            let failed = EventKind::WorkFailed { caller, message };
            self.around.said.push(failed);
            return Work::Failed;
        }
        self.tally.worked += 1;
        let finished = EventKind::WorkFinished { caller, message };
        self.around.said.push(finished);
        match self.around.worked.finish(message, caller) {
            Some(_) if is_idempotent => self.tally.recognised += 1,
            Some(before) => {
                self.tally.worked_twice += 1;
                self.around.said.push(EventKind::WorkedTwice {
                    caller,
                    message,
                    before,
                });
            }
            None => {}
        }
        Work::Done
    }

    /// The message that it is at.
    pub(super) fn first(&self) -> &Held {
        let first = self.strand.held.front();
        first.expect("work is on a held message")
    }
}
