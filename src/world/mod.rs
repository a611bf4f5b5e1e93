//! The composition: the service, a simulated network, and actors, on one agenda.
//!
//! Inputs in, events and effects out. The world is handed the time, never asks for it, and is
//! the whole truth: a clone is a snapshot, and equal worlds have equal futures. It must never know
//! how fast somebody watches.

mod actor;
mod config;
mod event;
mod invariants;
mod manage;
mod network;
mod outside;
mod program;
mod rest;
mod steps;
mod worked;

use std::sync::Arc;

pub use actor::{Activity, Actor, Held, Strand, Tally};
pub use config::{ActorConfig, Config, ConfigError, Limits, NetworkConfig};
pub use event::{
    Effect, Event, EventId, EventKind, HandOver, Handed, Input, InputKind, NameChange, Outbox,
    OutsideCall, OutsideEnd, OutsideStopWait, OutsideWait, ProgramChange, Rejection, RunningChange,
    SourceLine,
};
pub use invariants::check_invariants;
pub use network::{Call, CallPhase};
pub use program::{
    AfterWork, AttributeEquals, Consumer, Ending, Exponential, Lambda, Monitor, OnFailure, Outside,
    Poison, Producer, Program, Script, ScriptStep, Spread, TemplatePart, Uniform, template_parts,
};

use crate::sim::{Agenda, Digest, Time, digest_of};
use crate::sqs::api::{CallId, Caller};
use crate::sqs::{self, Queue, QueueId, Service};
use steps::Sending;
use worked::Worked;

/// A whole simulated world.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct World {
    config: Arc<Config>,
    service: Service,
    /// By their callers, which count from 1.
    actors: Vec<Actor>,
    /// Those under way, by their numbers.
    calls: Vec<Call>,
    agenda: Agenda<Wake>,
    worked: Worked,
    calls_made: u64,
    events_made: u64,
}

/// About how many bytes a message that an actor holds takes.
const HELD_BYTES: usize = size_of::<Held>() + 160;

/// What the agenda wakes the world for.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
enum Wake {
    /// The request with this index in the configuration's set-up.
    SetUp(usize),
    /// A strand whose time has come.
    Strand(StrandId),
    /// A request reaches the service.
    Arrival(CallId),
    /// A reply reaches its caller.
    Reply(CallId),
}

/// Names a strand of an actor.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
struct StrandId {
    caller: Caller,
    index: usize,
}

impl StrandId {
    /// Where calls by hand come from.
    const PERSON: Self = Self {
        caller: Caller::PERSON,
        index: 0,
    };
}

impl World {
    /// The world at its start, before anything has happened.
    ///
    /// # Panics
    /// If the configuration breaks its limits: see [`Config::check`].
    pub fn new(config: &Config) -> Self {
        assert_eq!(
            config.check(),
            Ok(()),
            "a configuration is checked where it comes in"
        );
        let mut world = Self {
            service: Service::new(&sqs::Config {
                account: config.account.clone(),
                region: config.region.clone(),
                seed: config.seed,
                mode: config.mode,
                fifo_throttling: config.fifo_throttling,
            }),
            config: Arc::new(config.clone()),
            actors: Vec::new(),
            calls: Vec::new(),
            agenda: Agenda::default(),
            worked: Worked::default(),
            calls_made: 0,
            events_made: 0,
        };
        for index in 0..config.set_up.len() {
            world.agenda.schedule(config.start, Wake::SetUp(index));
        }
        for actor in &config.actors {
            world.admit(actor, config.start);
        }
        world
    }

    /// Applies an input, after everything that is due at its instant.
    ///
    /// Returns the number of the call if the input made one.
    ///
    /// # Errors
    /// A [`Rejection`] if the input makes no sense in this world, which it then leaves as it was.
    /// What the service refuses is no rejection, but the call's answer.
    pub fn handle_input(
        &mut self,
        input: &Input,
        out: &mut Outbox,
    ) -> Result<Option<CallId>, Rejection> {
        self.handle_timeout(input.at, out);
        match &input.kind {
            InputKind::Call(request) => {
                let (by_hand, sending) = (StrandId::PERSON, Sending::of(Arc::clone(request)));
                let call = self.open_call(by_hand, sending, input.at, None, out);
                self.arrive(call, input.at, out);
                return Ok(Some(call));
            }
            InputKind::AddActor(config) => {
                config.check()?;
                if self.actors().count() >= Limits::ACTORS
                    || self.actors.len() >= Limits::ACTORS_EVER
                {
                    return Err(Rejection::TooManyActors);
                }
                let caller = self.admit(config, input.at);
                self.emit(input.at, None, EventKind::ActorAdded { caller }, out);
            }
            InputKind::SetProgram(change) => self.set_program(change, input.at, out)?,
            InputKind::SetRunning(change) => self.set_running(change, input.at, out)?,
            InputKind::RenameActor(NameChange { caller, name }) => {
                config::check_name(name)?;
                self.present_mut(*caller)?.set_name(name.clone());
                let renamed = EventKind::ActorRenamed { caller: *caller };
                self.emit(input.at, None, renamed, out);
            }
            InputKind::RemoveActor(caller) => self.remove_actor(*caller, input.at, out)?,
            InputKind::CancelCall(call) => self.cancel_call(*call, input.at, out)?,
            InputKind::OutsideCall(call) => {
                return Ok(Some(self.outside_call(call, input.at, out)?));
            }
            InputKind::OutsideWait(wait) => self.outside_wait(wait, input.at)?,
            InputKind::OutsideStopWait(stop) => self.outside_stop_wait(stop)?,
            InputKind::OutsideEnd(end) => self.outside_end(end, input.at, out)?,
        }
        Ok(None)
    }

    /// Does everything that is due at or before `now`, each thing at its own instant.
    pub fn handle_timeout(&mut self, now: Time, out: &mut Outbox) {
        while self.handle_next(now, out) {}
    }

    /// Does the first thing that is due at or before `now`, if there is one.
    pub fn handle_next(&mut self, now: Time, out: &mut Outbox) -> bool {
        let Some(at) = self.poll_timeout().filter(|at| at.is_due(now)) else {
            return false;
        };
        // Deadlines of the service come before what else is due at the same instant: a message
        // whose delay ends now can be received now.
        if self.service.poll_timeout() == Some(at) {
            let mut said = sqs::Outbox::default();
            self.service.handle_timeout(at, &mut said);
            self.absorb(said, at, None, out);
            return true;
        }
        let (_, wake) = self
            .agenda
            .pop_due(at)
            .expect("the agenda named this instant");
        match wake {
            Wake::SetUp(index) => {
                let sending = Sending::of(Arc::new(self.config.set_up[index].clone()));
                let call = self.open_call(StrandId::PERSON, sending, at, None, out);
                self.arrive(call, at, out);
            }
            Wake::Strand(id) => self.wake_strand(id, at, out),
            Wake::Arrival(call) => self.arrive(call, at, out),
            Wake::Reply(call) => self.deliver(call, at, out),
        }
        true
    }

    /// When the world next has something to do.
    pub fn poll_timeout(&self) -> Option<Time> {
        [self.service.poll_timeout(), self.agenda.next()]
            .into_iter()
            .flatten()
            .min()
    }

    /// What the world was made from.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The service.
    pub fn service(&self) -> &Service {
        &self.service
    }

    /// The queues, in the order of their creation.
    pub fn queues(&self) -> impl Iterator<Item = &Queue> {
        self.service.queues()
    }

    /// One queue.
    pub fn queue(&self, id: QueueId) -> Option<&Queue> {
        self.service.queue(id)
    }

    /// The actors that are there, in the order in which they came.
    pub fn actors(&self) -> impl Iterator<Item = &Actor> {
        self.actors.iter().filter(|actor| !actor.is_removed())
    }

    /// One actor, also one that was removed.
    pub fn actor(&self, caller: Caller) -> Option<&Actor> {
        self.actors.get(place_of(caller)?)
    }

    /// The calls that are under way, oldest first.
    pub fn calls(&self) -> impl Iterator<Item = &Call> {
        self.calls.iter()
    }

    /// One call, while it is under way.
    pub fn call(&self, id: CallId) -> Option<&Call> {
        let place = self.calls.binary_search_by_key(&id, |call| call.id).ok()?;
        self.calls.get(place)
    }

    /// How many events there have been; also the number of the next one.
    pub fn event_count(&self) -> u64 {
        self.events_made
    }

    /// The digest of the whole state.
    pub fn digest(&self) -> Digest {
        digest_of(self)
    }

    /// About how many bytes a clone of this world takes, for bounding snapshots.
    pub fn approximate_bytes(&self) -> usize {
        let strands = |actor: &Actor| {
            actor.strands().len() * size_of::<Strand>() + actor.held().count() * HELD_BYTES
        };
        self.service.approximate_bytes()
            + self.actors.len() * (size_of::<Actor>() + 512)
            + self.actors.iter().map(strands).sum::<usize>()
            + self.worked.len() * size_of::<(u64, Caller)>()
            + (self.calls.len() + self.agenda.len()) * (size_of::<Call>() + 64)
    }

    /// An actor that has something to do.
    fn at_work(&mut self, caller: Caller) -> &mut Actor {
        self.present_mut(caller)
            .expect("what an actor has to do goes with it")
    }

    fn present_mut(&mut self, caller: Caller) -> Result<&mut Actor, Rejection> {
        place_of(caller)
            .and_then(|place| self.actors.get_mut(place))
            .filter(|actor| !actor.is_removed())
            .ok_or(Rejection::NoSuchActor(caller))
    }

    fn call_mut(&mut self, id: CallId) -> Option<&mut Call> {
        let place = self.calls.binary_search_by_key(&id, |call| call.id).ok()?;
        self.calls.get_mut(place)
    }

    fn emit(
        &mut self,
        at: Time,
        cause: Option<EventId>,
        kind: EventKind,
        out: &mut Outbox,
    ) -> EventId {
        let id = EventId(self.events_made);
        self.events_made += 1;
        out.events.push(Event {
            id,
            cause,
            at,
            kind,
        });
        id
    }
}

/// The place of a caller among the actors; the person has none.
fn place_of(caller: Caller) -> Option<usize> {
    (caller.0 as usize).checked_sub(1)
}
