//! The long polls that wait at a queue, oldest first.

use std::sync::Arc;

use super::api::{CallId, Caller};
use super::selection::Selection;
use crate::sim::{Numbered, Pairs, Span, Time};

/// What a receive asks for, with the queue's defaults filled in when it arrived.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) struct ReceiveTerms {
    pub(super) messages_max: usize,
    pub(super) visibility_timeout: Span,
    pub(super) selection: Selection,
    /// `ReceiveRequestAttemptId`.
    pub(super) attempt: Option<Arc<str>>,
}

/// A long poll that waits for messages.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Waiter {
    pub(super) call: CallId,
    pub(super) caller: Caller,
    pub(super) since: Time,
    pub(super) until: Time,
    pub(super) terms: ReceiveTerms,
}

impl Waiter {
    /// The call that waits for its reply.
    pub fn call(&self) -> CallId {
        self.call
    }

    /// Who waits.
    pub fn caller(&self) -> Caller {
        self.caller
    }

    /// When the call arrived.
    pub fn since(&self) -> Time {
        self.since
    }

    /// When it is answered at the latest.
    pub fn until(&self) -> Time {
        self.until
    }

    /// How many messages it takes at most.
    pub fn messages_max(&self) -> usize {
        self.terms.messages_max
    }

    /// For how long it hides what it gets.
    pub fn visibility_timeout(&self) -> Span {
        self.terms.visibility_timeout
    }
}

/// The waiters of one queue. The oldest is served first `[I]`.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(super) struct Waiters {
    by_arrival: Numbered<Arc<Waiter>>,
    /// When each has waited long enough, with its arrival.
    deadlines: Pairs,
    arrivals: u64,
}

impl Waiters {
    /// Adds a waiter; the number is for [`Self::remove`].
    pub(super) fn add(&mut self, waiter: Waiter) -> u64 {
        self.arrivals += 1;
        self.deadlines.insert([waiter.until.as_ms(), self.arrivals]);
        self.by_arrival.push(self.arrivals, Arc::new(waiter));
        self.arrivals
    }

    pub(super) fn remove(&mut self, arrival: u64) -> Option<Arc<Waiter>> {
        let waiter = self.by_arrival.remove(arrival)?;
        let known = self.deadlines.remove([waiter.until.as_ms(), arrival]);
        assert!(known, "every waiter has a deadline");
        Some(waiter)
    }

    pub(super) fn take_due(&mut self, now: Time) -> Option<Arc<Waiter>> {
        let [until, arrival] = self.deadlines.first()?;
        if Time::from_ms(until).is_due(now) {
            self.remove(arrival)
        } else {
            None
        }
    }

    pub(super) fn take_oldest(&mut self) -> Option<Arc<Waiter>> {
        let (arrival, _) = self.by_arrival.first()?;
        self.remove(arrival)
    }

    pub(super) fn oldest(&self) -> Option<&Arc<Waiter>> {
        self.by_arrival.first().map(|(_, waiter)| waiter)
    }

    pub(super) fn next_deadline(&self) -> Option<Time> {
        self.deadlines
            .first()
            .map(|[until, _]| Time::from_ms(until))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Waiter> {
        self.by_arrival.values().map(|waiter| &**waiter)
    }

    pub(super) fn len(&self) -> usize {
        self.by_arrival.len()
    }
}
