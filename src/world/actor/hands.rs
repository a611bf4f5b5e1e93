//! What a step of a program has at hand, what it decides, and the work on a message, which consumers and
//! Lambda functions do alike.

use super::strand::{Held, Strand};
use super::tally::Tally;
use crate::sim::{Stream, Time};
use crate::sqs::api::{Caller, Request};
use crate::sqs::{Error, MessageKey, Service};
use crate::world::worked::Worked;
use crate::world::{EventKind, Spread};

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
