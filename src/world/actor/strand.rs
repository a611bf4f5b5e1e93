//! Strands: an actor does one or several things at the same time, each in a strand of its own.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::sim::Time;
use crate::sqs::api::{CallId, ReceivedMessage};
use crate::sqs::{Error, MessageKey};
use crate::world::{Ending, Poison};

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
    /// It waits for nothing in this world: an outside program that computes, or that waits for
    /// something outside.
    Idle,
    /// It came to its end.
    Finished,
    /// An outside program that ended, but not as it should.
    Ended {
        /// How.
        how: Ending,
        /// Why, in its own words; may be empty.
        why: Arc<str>,
    },
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
    /// When it gives up the call for whose answer it waits.
    pub(in crate::world) gives_up_at: Option<Time>,
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
            gives_up_at: None,
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
            Activity::Calling { .. } => self.gives_up_at,
            Activity::Idle
            | Activity::Finished
            | Activity::Ended { .. }
            | Activity::Failed { .. }
            | Activity::Removed => None,
        }
    }

    /// Whether nothing more comes of it.
    pub(in crate::world) fn has_ended(&self) -> bool {
        matches!(
            self.activity,
            Activity::Finished
                | Activity::Ended { .. }
                | Activity::Failed { .. }
                | Activity::Removed
        )
    }

    /// How much there is to see of it.
    pub(super) fn interest(&self) -> u8 {
        match self.activity {
            Activity::Working { .. } => 7,
            Activity::Crashed { .. } => 6,
            Activity::Throttled { .. } => 5,
            Activity::Calling { .. } => 4,
            Activity::Sleeping { .. } => 3,
            Activity::Starting { .. } | Activity::Idle => 2,
            Activity::Failed { .. } | Activity::Ended { .. } => 1,
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
