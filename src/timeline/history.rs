//! What was done to a recording, so that it can be taken back and done again.

use crate::sim::Time;
use crate::world::{Config, Input};

/// The most changes that can be taken back; older ones stay done.
const EDITS_MAX: usize = 200;

/// A change of a recording, told by what stands on its other side.
#[derive(Clone, Debug)]
pub(super) struct Edit {
    /// The instant at which it was made.
    pub(super) at: Time,
    /// How far the run of the other side was known.
    pub(super) horizon: Time,
    pub(super) other: Other,
}

/// What the recording has on the other side of a change.
#[derive(Clone, Debug)]
pub(super) enum Other {
    /// These inputs from this place on.
    Inputs { place: usize, tail: Vec<Input> },
    /// This configuration.
    Config(Box<Config>),
}

/// The changes that can be taken back, and those that were.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    done: Vec<Edit>,
    undone: Vec<Edit>,
}

/// Which way through the changes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Way {
    /// Take the last one back.
    Undo,
    /// Make the last one that was taken back again.
    Redo,
}

impl History {
    /// A new change is made; what was taken back before can't be made again.
    pub(super) fn note(&mut self, edit: Edit) {
        self.undone.clear();
        if self.done.len() == EDITS_MAX {
            self.done.remove(0);
        }
        self.done.push(edit);
    }

    /// The next change this way. Its other side is due to be handed to [`Self::put`].
    pub(super) fn take(&mut self, way: Way) -> Option<Edit> {
        match way {
            Way::Undo => self.done.pop(),
            Way::Redo => self.undone.pop(),
        }
    }

    /// A change was crossed this way; `edit` now tells what stands on the side that was left.
    pub(super) fn put(&mut self, way: Way, edit: Edit) {
        match way {
            Way::Undo => self.undone.push(edit),
            Way::Redo => self.done.push(edit),
        }
    }

    /// How many changes there are this way.
    pub(super) fn count(&self, way: Way) -> usize {
        match way {
            Way::Undo => self.done.len(),
            Way::Redo => self.undone.len(),
        }
    }
}
