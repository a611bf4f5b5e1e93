//! What a FIFO queue remembers of the receives of the last five minutes that named their attempt.

use std::sync::Arc;

use super::MessageKey;
use crate::sim::{Index, Numbered, Span, Time, hash_of_text};

/// From the first receive with an id; a retry does not extend it `[D]`.
const WINDOW: Span = Span::from_secs(300);

/// What a receive got.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) struct Attempt {
    /// When.
    pub(super) received_at: Time,
    /// Its messages are hidden until then.
    pub(super) until: Time,
    /// Its messages, and their receive counts.
    pub(super) messages: Vec<(MessageKey, u32)>,
}

/// The attempts by their ids.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(super) struct Attempts {
    /// In their order; also those that were replaced.
    attempts: Numbered<(Arc<str>, Attempt)>,
    last_number: u64,
    /// The numbers of the last attempts of each id.
    numbers: Index,
}

impl Attempts {
    /// Forgets what is over at `now`, and looks for an attempt.
    pub(super) fn find(&mut self, now: Time, id: &str) -> Option<&mut Attempt> {
        while let Some((first, (id, attempt))) = self.attempts.first()
            && (attempt.received_at + WINDOW).is_due(now)
        {
            self.numbers
                .remove(hash_of_text(id), &|number| number == first);
            self.attempts.remove(first);
        }
        let number = self
            .numbers
            .find(hash_of_text(id), &|number| *self.attempts[number].0 == *id)?;
        self.attempts.get_mut(number).map(|(_, attempt)| attempt)
    }

    /// Remembers an attempt; what had its id before is of no use any more.
    pub(super) fn remember(&mut self, id: &Arc<str>, attempt: Attempt) {
        self.last_number += 1;
        let attempts = &self.attempts;
        let hash = hash_of_text(id);
        self.numbers
            .remove(hash, &|number| attempts[number].0 == *id);
        let hash_of = |number| hash_of_text(&attempts[number].0);
        self.numbers.insert(hash, self.last_number, &hash_of);
        self.attempts
            .push(self.last_number, (Arc::clone(id), attempt));
    }

    pub(super) fn len(&self) -> usize {
        self.attempts.len()
    }
}
