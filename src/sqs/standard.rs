//! The order in which a standard queue hands out its messages.
//!
//! This is the strict order: one partition, that is, perfect order and full batches. AWS promises
//! less.

use std::collections::BTreeMap;

use super::MessageKey;

/// After so many receives a message that becomes visible goes to the back of the queue `[D]`;
/// that each such return does so is our choice `[I]`.
pub(super) const POISON_RECEIVES: u32 = 3;

/// The visible messages by their positions in the queue.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(super) struct StandardOrder {
    visible: BTreeMap<u64, MessageKey>,
}

impl StandardOrder {
    pub(super) fn show(&mut self, position: u64, key: MessageKey) {
        let before = self.visible.insert(position, key);
        assert_eq!(before, None, "a position belongs to one message");
    }

    pub(super) fn hide(&mut self, position: u64) {
        let before = self.visible.remove(&position);
        assert!(before.is_some(), "only a visible message can be hidden");
    }

    /// What can be received, in the order in which it is.
    pub(super) fn candidates(&self) -> impl Iterator<Item = MessageKey> {
        self.visible.values().copied()
    }
}
