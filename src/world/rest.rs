//! Whether anything but polls still happens.

use super::{Activity, Actor, Program, Strand, World};
use crate::sqs::{MoveTask, MoveTaskStatus, Queue};

impl World {
    /// Whether nothing but polls and expiry happens from here on without a new input: every program
    /// that sends has ended, no message is delayed or in flight, on its way or being moved, and none
    /// waits in a queue from which somebody receives.
    pub fn is_at_rest(&self) -> bool {
        let quiet = |queue: &Queue| {
            let counts = queue.counts();
            counts.delayed == 0
                && counts.in_flight == 0
                && !queue.move_tasks().any(moves)
                && (counts.visible == 0 || !self.actors().any(|actor| self.polls(actor, queue)))
        };
        !self.actors().any(still_acts) && self.queues().all(quiet)
    }

    fn polls(&self, actor: &Actor, queue: &Queue) -> bool {
        let is_this = |named: &str| {
            let found = self.service().find_queue(named);
            found.is_some_and(|found| found.id() == queue.id())
        };
        match actor.program() {
            Program::Consumer(program) => !has_ended(actor) && is_this(&program.queue),
            Program::Lambda(program) => !has_ended(actor) && is_this(&program.queue),
            Program::Producer(_)
            | Program::Monitor(_)
            | Program::Script(_)
            | Program::Outside(_) => false,
        }
    }
}

/// Whether what it does is more than to poll.
fn still_acts(actor: &Actor) -> bool {
    if has_ended(actor) {
        return false;
    }
    match actor.program() {
        Program::Producer(_) | Program::Script(_) => true,
        Program::Outside(_) => actor
            .strands()
            .any(|strand| *strand.activity() != Activity::Idle),
        Program::Monitor(_) => false,
        Program::Consumer(_) | Program::Lambda(_) => actor.strands().any(is_busy),
    }
}

/// Whether a strand does anything but poll and sleep.
fn is_busy(strand: &Strand) -> bool {
    let polls = matches!(
        strand.activity(),
        Activity::Sleeping { .. }
            | Activity::Calling { .. }
            | Activity::Idle
            | Activity::Finished
            | Activity::Ended { .. }
            | Activity::Failed { .. }
            | Activity::Removed
    );
    !polls || strand.held().next().is_some()
}

fn moves(task: &MoveTask) -> bool {
    matches!(
        task.status(),
        MoveTaskStatus::Running | MoveTaskStatus::Cancelling
    )
}

/// Whether it does nothing any more, or nothing until somebody lets it go on.
fn has_ended(actor: &Actor) -> bool {
    !actor.is_running() || actor.strands().all(Strand::has_ended)
}
