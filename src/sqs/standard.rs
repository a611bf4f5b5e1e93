//! The order in which a standard queue hands out its messages: by partitions, and in a partition
//! by their positions.
//!
//! In the strict mode there is one partition, that is, perfect order and full batches.

use std::ops::Range;

use super::fair::FairShare;
use super::message::Message;

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

    /// The places to look at, and then others.
    pub(super) fn places(self) -> (Range<u64>, Range<u64>) {
        match self {
            Self::From(first) => (place(first, 0)..u64::MAX, 0..place(first, 0)),
            Self::Only(only) => (place(only, 0)..place(only + 1, 0), 0..0),
        }
    }
}

/// The visible messages. A message's place is its partition, and then its position.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(super) struct StandardOrder {
    pub(super) fair: FairShare,
    /// How many messages are visible in each partition. (Not `usize`: an array hashes as its bytes,
    /// and these would be other ones on 32 bits.)
    sizes: [u64; PARTITIONS as usize],
}

impl StandardOrder {
    pub(super) fn show(&mut self, message: &Message) {
        self.fair.show(message.group_number(), place_of(message));
        self.sizes[usize::from(message.partition)] += 1;
    }

    pub(super) fn hide(&mut self, message: &Message) {
        self.fair.hide(message.group_number(), place_of(message));
        self.sizes[usize::from(message.partition)] -= 1;
    }

    /// The positions of what can be received, in the order in which it is.
    pub(super) fn candidates(&self, reach: Reach) -> impl Iterator<Item = u64> {
        let position = |place| place & ((1 << POSITION_BITS) - 1);
        self.fair.candidates(reach).map(position)
    }

    /// How many messages are visible in each partition.
    pub(super) fn sizes(&self) -> &[u64; PARTITIONS as usize] {
        &self.sizes
    }
}

fn place_of(message: &Message) -> u64 {
    place(message.partition, message.position)
}

fn place(partition: Partition, position: u64) -> u64 {
    u64::from(partition) << POSITION_BITS | position
}
