//! The worlds, the clock, and the calls that wait: all state of the server, without a socket.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use sqs_playground::sim::{Span, Time, digest_of};
use sqs_playground::sqs::api::{CallId, Caller, Request, Response};
use sqs_playground::sqs::{Config, Error, ErrorCode, Mode, Outbox, Service};
use tokio::sync::oneshot;

use crate::clock::Clock;
use crate::options::{ClockKind, Options};

/// The most pairs of account and region.
const WORLDS_MAX: usize = 1_000;

/// What a call came to.
pub(crate) type Outcome = Result<Response, Error>;

/// All state. Whoever holds it has it alone.
pub(crate) struct Engine {
    account: String,
    seed: u64,
    mode: Mode,
    fifo_throttling: bool,
    clock_kind: ClockKind,
    clock: Clock,
    /// One service per account and region, in the order of their first use.
    worlds: Vec<Service>,
    /// The long polls: in which world, and whom to tell.
    waiting: BTreeMap<CallId, (usize, oneshot::Sender<Outcome>)>,
    /// When whoever keeps the time will look again by himself.
    armed: Option<Time>,
    calls: u64,
    out: Outbox,
}

/// The answer to a call.
pub(crate) enum Answer {
    /// At once.
    Now(Outcome),
    /// Later. To be cancelled if nobody wants it any more.
    Later(CallId, oneshot::Receiver<Outcome>),
}

/// How the clock stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ClockState {
    pub(crate) kind: ClockKind,
    pub(crate) now: Time,
    pub(crate) next_event: Option<Time>,
    pub(crate) waiting: usize,
}

/// How far to move a virtual clock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Advance {
    /// By so much.
    By(Span),
    /// To when something happens by itself; nowhere if nothing will.
    ToNextEvent,
}

impl Engine {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            account: options.account.clone(),
            seed: options.seed,
            mode: options.mode,
            fifo_throttling: options.fifo_throttling,
            clock_kind: options.clock,
            clock: Clock::new(options.clock),
            worlds: Vec::new(),
            waiting: BTreeMap::new(),
            armed: None,
            calls: 0,
            out: Outbox::default(),
        }
    }

    /// Makes a call in the world of this account (the usual one if none is named) and region.
    pub(crate) fn call(
        &mut self,
        account: Option<&str>,
        region: &str,
        request: &Request,
    ) -> Answer {
        let Some(world) = self.world(account, region) else {
            let text =
                format!("There are {WORLDS_MAX} accounts and regions; there can be no more.");
            return Answer::Now(Err(Error::new(ErrorCode::ServiceUnavailable, text)));
        };
        self.calls += 1;
        let (call, now) = (CallId(self.calls), self.clock.now());
        let service = &mut self.worlds[world];
        let out = &mut self.out;
        let handled = catch_unwind(AssertUnwindSafe(|| {
            service.handle_timeout(now, out);
            service.call(now, call, Caller::PERSON, request, out);
        }));
        let own = self.out.replies.iter().position(|reply| reply.call == call);
        let own = own.map(|place| self.out.replies.remove(place).result);
        self.deliver();
        match (handled, own) {
            (Ok(()), Some(outcome)) => Answer::Now(outcome),
            (Ok(()), None) => {
                let (sender, receiver) = oneshot::channel();
                self.waiting.insert(call, (world, sender));
                Answer::Later(call, receiver)
            }
            (Err(_), _) => {
                let text = "The simulator has failed; its log says where.";
                Answer::Now(Err(Error::new(ErrorCode::InternalFailure, text)))
            }
        }
    }

    /// Forgets a call of which nobody waits for the answer any more.
    pub(crate) fn cancel(&mut self, call: CallId) {
        if let Some((world, _)) = self.waiting.remove(&call) {
            self.worlds[world].cancel(call);
        }
    }

    /// Does what is due by now, and tells how long to wait until there is more to do for a call
    /// that waits; for ever if nothing but the next call can change that.
    pub(crate) fn keep_time(&mut self) -> Option<Duration> {
        self.run_until(self.clock.now());
        self.armed = self.next_wakeup();
        self.armed.and_then(|at| self.clock.wait_for(at))
    }

    /// Whether whoever keeps the time has to look again earlier than he knows.
    pub(crate) fn must_wake_earlier(&self) -> bool {
        let next = self.next_wakeup();
        next.is_some_and(|next| self.armed.is_none_or(|armed| next < armed))
    }

    /// Moves a virtual clock; false if the clock is real.
    pub(crate) fn advance(&mut self, advance: Advance) -> bool {
        let Clock::Virtual(now) = self.clock else {
            return false;
        };
        let target = match advance {
            Advance::By(span) => now + span,
            Advance::ToNextEvent => self.next_event().unwrap_or(now).max(now),
        };
        self.run_until(target);
        self.clock = Clock::Virtual(target);
        true
    }

    /// Forgets everything. Polls that wait are told that their queue is gone.
    pub(crate) fn reset(&mut self) {
        for (_, sender) in std::mem::take(&mut self.waiting).into_values() {
            let text = "The specified queue does not exist.";
            let gone = Error::new(ErrorCode::QueueDoesNotExist, text);
            let _caller_may_have_gone = sender.send(Err(gone));
        }
        self.worlds.clear();
        self.clock = Clock::new(self.clock_kind);
    }

    /// Lets go all calls that wait, without an answer.
    pub(crate) fn release(&mut self) {
        for call in self.waiting.keys().copied().collect::<Vec<_>>() {
            self.cancel(call);
        }
    }

    /// How the clock stands.
    pub(crate) fn clock_state(&self) -> ClockState {
        ClockState {
            kind: self.clock_kind,
            now: self.clock.now(),
            next_event: self.next_event(),
            waiting: self.waiting.len(),
        }
    }

    /// The clock.
    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
    }

    /// When a call that waits may get its answer by the passing of time alone.
    fn next_wakeup(&self) -> Option<Time> {
        if self.waiting.is_empty() {
            None
        } else {
            self.next_event()
        }
    }

    fn next_event(&self) -> Option<Time> {
        self.worlds.iter().filter_map(Service::poll_timeout).min()
    }

    /// The place of the world of this account and region, made if it is new.
    fn world(&mut self, account: Option<&str>, region: &str) -> Option<usize> {
        let account = account.unwrap_or(&self.account);
        let is_it = |world: &Service| {
            let config = world.config();
            config.account == account && config.region == region
        };
        if let Some(place) = self.worlds.iter().position(is_it) {
            return Some(place);
        }
        if self.worlds.len() == WORLDS_MAX {
            return None;
        }
        let seed = digest_of(&(self.seed, account, region)).0;
        self.worlds.push(Service::new(&Config {
            mode: self.mode,
            fifo_throttling: self.fifo_throttling,
            ..Config::new(account, region, seed)
        }));
        Some(self.worlds.len() - 1)
    }

    fn run_until(&mut self, now: Time) {
        for world in &mut self.worlds {
            world.handle_timeout(now, &mut self.out);
        }
        self.deliver();
    }

    /// Hands out the replies to calls that have waited.
    fn deliver(&mut self) {
        self.out.events.clear();
        for reply in self.out.replies.drain(..) {
            if let Some((_, sender)) = self.waiting.remove(&reply.call) {
                let _caller_may_have_gone = sender.send(reply.result);
            }
        }
    }
}
