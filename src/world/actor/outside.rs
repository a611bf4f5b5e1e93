//! An outside program's place in the world. Each of its strands is one thing that it waits for: an answer
//! or the end of a sleep. One that waits for nothing is idle, and the next wait takes it.

use super::{Actor, Strand};
use crate::sqs::Error;
use crate::sqs::api::{Request, Response};
use crate::world::{Activity, Ending, Limits, Program};

impl Actor {
    /// Whether it is the place of an outside program that has not ended.
    pub fn is_outside(&self) -> bool {
        matches!(self.program, Program::Outside(_)) && !self.strands[0].has_ended()
    }

    /// The strand that takes the next call or wait of its outside program; none if it has too many.
    pub fn free_strand(&self) -> Option<usize> {
        let mut strands = self.strands.iter();
        let idle = strands.position(|strand| strand.activity == Activity::Idle);
        let place = idle.unwrap_or(self.strands.len());
        (place < Limits::OUTSIDE_WAITS).then_some(place)
    }

    /// Makes the free strand wait.
    pub(in crate::world) fn occupy(&mut self, place: usize) -> &mut Strand {
        if place == self.strands.len() {
            self.strands.push(Strand::doing(Activity::Idle));
        }
        &mut self.strands[place]
    }

    /// A strand waits no more. Those at the end that wait for nothing go, but for the first.
    pub(in crate::world) fn relieve(&mut self, place: usize) {
        self.strands[place] = Strand::doing(Activity::Idle);
        while self.strands.len() > 1
            && self
                .strands
                .last()
                .is_some_and(|strand| strand.activity == Activity::Idle)
        {
            self.strands.pop();
        }
    }

    /// The number of what is handed over next.
    pub(in crate::world) fn next_handed(&mut self) -> u32 {
        let number = self.memory.done;
        self.memory.done += 1;
        number
    }

    /// A call was answered.
    pub(in crate::world) fn count_answer(&mut self, result: &Result<Response, Error>) {
        self.tally.count(result);
    }

    /// It calls.
    pub(in crate::world) fn note_call(&mut self, request: &Request) {
        if let Program::Outside(program) = &mut self.program {
            program.note(request);
        }
    }

    /// Its program has ended.
    pub(in crate::world) fn end(&mut self, how: Ending, why: &str) {
        let activity = match how {
            Ending::Finished => Activity::Finished,
            Ending::Failed | Ending::Killed => Activity::Ended {
                how,
                why: why.into(),
            },
        };
        self.strands = vec![Strand::doing(activity)];
        self.is_running = true;
    }
}
