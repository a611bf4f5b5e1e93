//! What a FIFO queue remembers of the receives of the last five minutes that named their attempt.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::MessageKey;
use crate::sim::{Span, Time};

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
    by_id: BTreeMap<Arc<str>, Attempt>,
    /// The ends of their windows, in order; an attempt that was replaced has two.
    windows: VecDeque<(Time, Arc<str>)>,
}

impl Attempts {
    /// Forgets what is over at `now`, and looks for an attempt.
    pub(super) fn find(&mut self, now: Time, id: &str) -> Option<&mut Attempt> {
        while let Some((end, id)) = self.windows.front()
            && end.is_due(now)
        {
            let is_last = |attempt: &Attempt| attempt.received_at + WINDOW == *end;
            if self.by_id.get(id).is_some_and(is_last) {
                self.by_id.remove(id);
            }
            self.windows.pop_front();
        }
        self.by_id.get_mut(id)
    }

    /// Remembers an attempt; what had its id before is of no use any more.
    pub(super) fn remember(&mut self, id: &Arc<str>, attempt: Attempt) {
        let end = attempt.received_at + WINDOW;
        self.windows.push_back((end, Arc::clone(id)));
        self.by_id.insert(Arc::clone(id), attempt);
    }

    pub(super) fn len(&self) -> usize {
        self.windows.len()
    }
}
