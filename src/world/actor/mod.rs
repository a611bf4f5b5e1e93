//! Actors: programs that run. Each strand of one is a small state machine: it is woken or answered, and
//! says what it does next.

mod consumer;
mod hands;
mod lambda;
mod outside;
mod producer;
mod script;
mod strand;
mod tally;

pub(super) use hands::{Around, Next};
pub use strand::{Activity, Held, Strand};
pub use tally::Tally;

use hands::{Hands, Memory};
use strand::Asked;
use tally::COUNTS;

use super::network::leg;
use super::program::fill;
use super::{ActorConfig, Monitor, NetworkConfig, Program};
use crate::sim::{Span, Stream, Time};
use crate::sqs::api::{
    Caller, DeleteMessageBatchRequest, DeleteMessageBatchRequestEntry, GetQueueAttributesRequest,
    Request, Response,
};
use crate::sqs::{Error, MessageKey};

/// What a program does about an error that it has no rule for: it sleeps at least so long.
const RETRY_AFTER: Span = Span::from_secs(1);

/// A program that runs.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Actor {
    caller: Caller,
    name: String,
    program: Program,
    /// How long its calls take.
    link: Stream,
    /// All else that is left to chance.
    luck: Stream,
    /// At least one.
    strands: Vec<Strand>,
    memory: Memory,
    tally: Tally,
    is_running: bool,
}

impl Actor {
    pub(super) fn new(caller: Caller, config: &ActorConfig, seed: u64, now: Time) -> Self {
        let stream = |of| Stream::new(seed, &format!("{of} {} {}", caller.0, config.name));
        let mut actor = Self {
            caller,
            name: config.name.clone(),
            program: config.program.clone(),
            link: stream("link"),
            luck: stream("luck"),
            strands: Vec::new(),
            memory: Memory::default(),
            tally: Tally::default(),
            is_running: true,
        };
        actor.grow(now + Span::from_ms(config.start_after_ms));
        actor
    }

    /// Goes on with other settings, and returns its new strands. None if the program is of another kind.
    ///
    /// Strands that are now too many end when they have dealt with what they hold.
    pub(super) fn change_program(&mut self, program: Program, now: Time) -> Option<Vec<usize>> {
        if !self.program.same_kind(&program) {
            return None;
        }
        self.program = program;
        let starts = match self.strands[0].activity {
            Activity::Starting { until } => until,
            Activity::Sleeping { .. }
            | Activity::Calling { .. }
            | Activity::Working { .. }
            | Activity::Throttled { .. }
            | Activity::Crashed { .. }
            | Activity::Finished
            | Activity::Ended { .. }
            | Activity::Idle
            | Activity::Failed { .. }
            | Activity::Removed => now,
        };
        Some(self.grow(starts))
    }

    /// Adds the strands that are missing.
    fn grow(&mut self, starts: Time) -> Vec<usize> {
        let first = self.strands.len();
        let wanted = self.program.strands().max(first);
        self.strands
            .resize_with(wanted, || Strand::starting(starts));
        (first..wanted).collect()
    }

    pub(super) fn set_name(&mut self, name: String) {
        self.name = name;
    }

    pub(super) fn set_running(&mut self, is_running: bool) {
        self.is_running = is_running;
    }

    /// The strands whose time came while it was paused.
    pub(super) fn take_overdue(&mut self) -> Vec<usize> {
        let strands = self.strands.iter_mut().enumerate();
        strands
            .filter_map(|(index, strand)| std::mem::take(&mut strand.is_overdue).then_some(index))
            .collect()
    }

    /// Takes it out of the world.
    pub(super) fn remove(&mut self) {
        self.strands = vec![Strand::doing(Activity::Removed)];
        self.is_running = true;
    }

    pub(super) fn strand_mut(&mut self, index: usize) -> &mut Strand {
        &mut self.strands[index]
    }

    /// Ends a strand that is one too many. They end for good from the last on, so that each keeps its
    /// place.
    pub(super) fn retire(&mut self, index: usize) {
        self.strands[index].activity = Activity::Finished;
        let wanted = self.program.strands();
        while self.strands.len() > wanted
            && self
                .strands
                .last()
                .is_some_and(|strand| strand.activity == Activity::Finished)
        {
            self.strands.pop();
        }
    }

    /// One leg of its link.
    pub(super) fn latency(&mut self, network: NetworkConfig) -> Span {
        leg(&mut self.link, network)
    }

    /// The time that a strand waited for has come.
    pub(super) fn wake(&mut self, index: usize, around: &mut Around<'_>) -> Next {
        let (program, mut hands) = self.hands(index, around);
        match program {
            Program::Producer(program) => producer::wake(program, &mut hands),
            Program::Consumer(program) => consumer::wake(program, &mut hands),
            Program::Lambda(program) => lambda::wake(program, &mut hands),
            Program::Monitor(program) => read(program),
            Program::Script(program) => script::next_step(program, &mut hands),
            Program::Outside(_) => unreachable!("what is outside takes no steps in here"),
        }
    }

    /// The call for which a strand waited was answered.
    pub(super) fn answer(
        &mut self,
        index: usize,
        around: &mut Around<'_>,
        result: &Result<Response, Error>,
        messages: &[MessageKey],
    ) -> Next {
        self.tally.count(result);
        let (program, mut hands) = self.hands(index, around);
        match program {
            Program::Producer(program) => producer::answer(program, &mut hands, result),
            Program::Consumer(program) => consumer::answer(program, &mut hands, result, messages),
            Program::Lambda(program) => lambda::answer(program, &mut hands, result, messages),
            Program::Monitor(program) => {
                let least = if result.is_err() {
                    RETRY_AFTER
                } else {
                    Span::ZERO
                };
                Next::Sleep(hands.around.now + Span::from_ms(program.pause_ms).max(least))
            }
            Program::Script(program) => script::answer(program, &mut hands, result),
            Program::Outside(_) => unreachable!("what is outside takes no steps in here"),
        }
    }

    /// A heartbeat was answered.
    pub(super) fn answer_heartbeat(&mut self, result: &Result<Response, Error>) {
        self.tally.count_heartbeat(result);
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

    /// The strand of which there is most to see.
    pub fn activity(&self) -> &Activity {
        let first = &self.strands[0];
        let most = self.strands.iter().fold(first, |most, strand| {
            if strand.interest() > most.interest() {
                strand
            } else {
                most
            }
        });
        most.activity()
    }

    /// What it does at the same time: one strand, or one for each worker or poller.
    pub fn strands(&self) -> impl ExactSizeIterator<Item = &Strand> {
        self.strands.iter()
    }

    /// What it has done.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// The messages that it holds, of each strand the one it is at first.
    pub fn held(&self) -> impl Iterator<Item = &Held> {
        self.strands.iter().flat_map(Strand::held)
    }

    /// False while it is paused: as a process that was stopped, it does nothing, and what comes for
    /// it waits, while the time for its messages runs on.
    pub fn is_running(&self) -> bool {
        self.is_running
    }

    /// Whether it was taken out of the world.
    pub fn is_removed(&self) -> bool {
        self.strands[0].activity == Activity::Removed
    }

    /// Whether nothing more will come of it.
    pub(super) fn is_finished(&self) -> bool {
        let mut strands = self.strands.iter();
        strands.all(|strand| strand.activity == Activity::Finished)
    }

    /// Its program, and all that a step of that works with.
    fn hands<'a, 'b>(
        &'a mut self,
        index: usize,
        around: &'a mut Around<'b>,
    ) -> (&'a Program, Hands<'a, 'b>) {
        let mut strands = self.strands.iter().enumerate();
        let other = |(at, strand): &(usize, &Strand)| *at != index && strand.batch.is_invoked;
        let others_invoked = strands.by_ref().filter(other).count();
        let hands = Hands {
            caller: self.caller,
            others_invoked,
            is_surplus: index >= self.program.strands(),
            strand: &mut self.strands[index],
            memory: &mut self.memory,
            tally: &mut self.tally,
            luck: &mut self.luck,
            around,
        };
        (&self.program, hands)
    }
}

/// What a monitor asks for.
fn read(program: &Monitor) -> Next {
    call(GetQueueAttributesRequest {
        queue_url: Some(program.queue.clone()),
        attribute_names: COUNTS.map(String::from).to_vec(),
    })
}

fn call(request: impl Into<Request>) -> Next {
    call_about(request, Vec::new())
}

fn call_about(request: impl Into<Request>, about: Vec<MessageKey>) -> Next {
    let request = request.into();
    Next::Call { request, about }
}

/// A template, if there is one, filled in.
fn filled(template: &Option<String>, n: u32, luck: &mut Stream) -> Option<String> {
    let template = template.as_ref()?;
    Some(fill(template, n, luck))
}

/// A delete of the next ten messages that are dealt with, if there are any.
fn delete_done(queue: &str, strand: &mut Strand) -> Option<Next> {
    if strand.done.is_empty() {
        return None;
    }
    strand.asked = Asked::DeleteBatch;
    let mut about = Vec::new();
    let mut entries = Vec::new();
    while entries.len() < 10
        && let Some(held) = strand.done.pop_front()
    {
        about.push(held.message);
        entries.push(DeleteMessageBatchRequestEntry {
            id: Some(held.message.0.to_string()),
            receipt_handle: Some(held.receipt_handle),
        });
    }
    let request = DeleteMessageBatchRequest {
        queue_url: Some(queue.to_owned()),
        entries: Some(entries),
    };
    Some(call_about(request, about))
}
