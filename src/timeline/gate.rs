//! The gate through which time passes while outside programs run: none of it while one of them is at
//! work, and no further than to what one of them is handed.
//!
//! So a run is the same however fast it is played and in whatever steps: what a program does depends on
//! what it is handed in which order, and that depends on the recording alone.

use std::collections::VecDeque;

use crate::sqs::api::Caller;
use crate::world::{Effect, HandOver, Handed};

/// The outside programs that run, and what they are to be handed.
#[derive(Clone, Debug, Default)]
pub struct Gate {
    live: Vec<Live>,
    /// What is to be handed over, in the order in which it came up.
    queue: VecDeque<HandOver>,
}

/// An outside program that runs.
#[derive(Clone, Debug)]
struct Live {
    caller: Caller,
    /// Whether it does nothing until it is handed something.
    is_quiet: bool,
    /// How much came up for it. A replay brings the same up again, under the same numbers.
    known: u32,
}

impl Gate {
    /// A program runs at this place from now on. It is quiet until it is handed its start.
    pub fn admit(&mut self, caller: Caller) {
        self.live.push(Live {
            caller,
            is_quiet: true,
            known: 0,
        });
    }

    /// A program runs no more.
    pub fn dismiss(&mut self, caller: Caller) {
        self.live.retain(|live| live.caller != caller);
        self.queue.retain(|handing| handing.caller != caller);
    }

    /// A program does nothing more until it is handed something; or it does something, without having
    /// been handed anything.
    pub fn set_quiet(&mut self, caller: Caller, is_quiet: bool) {
        if let Some(live) = self.find(caller) {
            live.is_quiet = is_quiet;
        }
    }

    /// The programs that run.
    pub fn live(&self) -> impl ExactSizeIterator<Item = Caller> {
        self.live.iter().map(|live| live.caller)
    }

    /// The program that is at work, if one is: time waits for it.
    pub fn busy(&self) -> Option<Caller> {
        let mut live = self.live.iter();
        Some(live.find(|live| !live.is_quiet)?.caller)
    }

    /// How many ends of sleeps in this strand of a program are still to be handed over.
    pub fn wakes(&self, caller: Caller, strand: u32) -> usize {
        let is_one = |handing: &&HandOver| {
            handing.caller == caller && handing.handed == Handed::Wake { strand }
        };
        self.queue.iter().filter(is_one).count()
    }

    /// Takes in what a world asked for, and tells whether anything of it is new to a program that runs.
    pub fn take_in(&mut self, effects: impl IntoIterator<Item = Effect>) -> bool {
        let mut is_news = false;
        for effect in effects {
            let Effect::HandOver(handing) = effect else {
                continue;
            };
            if let Some(live) = self.find(handing.caller)
                && live.known <= handing.number
            {
                live.known = handing.number + 1;
                self.queue.push_back(handing);
                is_news = true;
            }
        }
        is_news
    }

    /// What is to be handed over next, if nobody is at work; who gets it is, from now on.
    pub(super) fn open(&mut self) -> Option<HandOver> {
        if self.busy().is_some() {
            return None;
        }
        let handing = self.queue.pop_front()?;
        self.set_quiet(handing.caller, false);
        Some(handing)
    }

    /// Whether nobody is at work, and nothing is to be handed over.
    pub fn is_still(&self) -> bool {
        self.queue.is_empty() && self.busy().is_none()
    }

    /// Whether something can be handed over.
    pub(super) fn can_open(&self) -> bool {
        !self.queue.is_empty() && self.busy().is_none()
    }

    fn find(&mut self, caller: Caller) -> Option<&mut Live> {
        self.live.iter_mut().find(|live| live.caller == caller)
    }
}
