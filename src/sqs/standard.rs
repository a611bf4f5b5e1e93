//! The order in which a standard queue hands out its messages: by partitions, and in a partition
//! by their positions.
//!
//! In the strict mode there is one partition, that is, perfect order and full batches.

use std::collections::BTreeSet;

/// After so many receives a message that becomes visible goes to the back of the queue `[D]`;
/// that each such return does so is our choice `[I]`.
pub(super) const POISON_RECEIVES: u32 = 3;

/// Partitions of a queue that is not strict: as many as a recorded trace of a small queue needs
/// at least `[A]`.
pub(super) const PARTITIONS: u8 = 6;

/// Positions have this many bits, partitions the others of a place.
const POSITION_BITS: u32 = 56;

/// A part of a standard queue, with an order of its own.
pub type Partition = u8;

/// Which partitions a receive looks at.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Reach {
    /// All, beginning with this one.
    From(Partition),
    /// This one alone.
    Only(Partition),
}

impl Reach {
    /// All partitions.
    pub(super) const EVERYWHERE: Self = Self::From(0);
}

/// The visible messages.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(super) struct StandardOrder {
    /// Where each message is: the partition, then the position.
    visible: BTreeSet<u64>,
    /// How many messages are visible in each partition.
    sizes: [usize; PARTITIONS as usize],
}

impl StandardOrder {
    pub(super) fn show(&mut self, partition: Partition, position: u64) {
        let is_new = self.visible.insert(place(partition, position));
        assert!(is_new, "a position belongs to one message");
        self.sizes[usize::from(partition)] += 1;
    }

    pub(super) fn hide(&mut self, partition: Partition, position: u64) {
        let was_visible = self.visible.remove(&place(partition, position));
        assert!(was_visible, "only a visible message can be hidden");
        self.sizes[usize::from(partition)] -= 1;
    }

    /// The positions of what can be received, in the order in which it is.
    pub(super) fn candidates(&self, reach: Reach) -> impl Iterator<Item = u64> {
        let (first, others) = match reach {
            Reach::From(first) => (place(first, 0)..u64::MAX, 0..place(first, 0)),
            Reach::Only(only) => (place(only, 0)..place(only + 1, 0), 0..0),
        };
        let places = self.visible.range(first).chain(self.visible.range(others));
        places.map(|place| position(*place))
    }

    /// How many messages are visible in each partition.
    pub(super) fn sizes(&self) -> &[usize; PARTITIONS as usize] {
        &self.sizes
    }
}

fn place(partition: Partition, position: u64) -> u64 {
    u64::from(partition) << POSITION_BITS | position
}

fn position(place: u64) -> u64 {
    place & ((1 << POSITION_BITS) - 1)
}
