//! How much a standard queue shows of the many servers that it is made of.

use std::fmt;
use std::str::FromStr;

use super::standard::{PARTITIONS, Partition};
use crate::json::{AsMember, Member, Place};
use crate::sim::Stream;

/// Of a thousand short polls that could find messages, so many look at a partition without any
/// `[I]`.
const EMPTY_SAMPLES_PER_MILLE: u64 = 100;
/// Of a thousand deliveries, so many leave the message visible `[I]`.
const DUPLICATES_PER_MILLE: u64 = 50;
/// Of a thousand deletes, so many are answered and forgotten `[I]`.
const LOST_DELETES_PER_MILLE: u64 = 50;

/// What the standard queues of a service are like. FIFO queues are the same in all modes.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Mode {
    /// Perfect order, full batches, no duplicates: more than AWS promises.
    #[default]
    Strict,
    /// Six partitions: a send lands in any of them, and a short poll looks at one.
    AwsLike,
    /// The same, and now and then a server misses a receive or a delete, so that a message comes
    /// twice.
    Chaos,
}

impl Mode {
    /// All modes, from the tamest on.
    pub const ALL: [Self; 3] = [Self::Strict, Self::AwsLike, Self::Chaos];

    /// Its name in configurations and on command lines.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::AwsLike => "aws-like",
            Self::Chaos => "chaos",
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Mode {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut modes = Self::ALL.into_iter();
        modes.find(|mode| mode.as_str() == text).ok_or(())
    }
}

impl AsMember for Mode {
    fn member(&self) -> Member<'_> {
        Member::Text(self.as_str())
    }

    fn place(&mut self) -> Place<'_> {
        Place::Word(self)
    }
}

/// Whether a receive asks some servers, or all.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Poll {
    /// `WaitTimeSeconds` 0.
    Short,
    /// It waits for what it does not find at once.
    Long,
}

/// The luck of a standard queue that is not strict.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) struct Luck {
    stream: Stream,
    mode: Mode,
}

impl Luck {
    /// The luck of a queue; a strict one needs none.
    pub(super) fn new(mode: Mode, stream: impl FnOnce() -> Stream) -> Option<Self> {
        (mode != Mode::Strict).then(|| Self {
            stream: stream(),
            mode,
        })
    }

    /// Where a message lands.
    pub(super) fn partition_of_arrival(&mut self) -> Partition {
        self.partition_by(&[1; PARTITIONS as usize])
    }

    /// The partition at which a receive looks, or looks first: one with messages, each message
    /// equally likely, or for some short polls one without.
    pub(super) fn sample(&mut self, poll: Poll, sizes: &[u64; PARTITIONS as usize]) -> Partition {
        let misses = poll == Poll::Short && self.strikes(EMPTY_SAMPLES_PER_MILLE);
        let empty = sizes.map(|size| u64::from(size == 0));
        let has = |weights: &[u64]| weights.iter().any(|weight| *weight > 0);
        if has(&empty) && (misses || !has(sizes)) {
            self.partition_by(&empty)
        } else {
            self.partition_by(sizes)
        }
    }

    /// Whether a server misses that a message was received, and goes on showing it.
    pub(super) fn misses_receive(&mut self) -> bool {
        self.mode == Mode::Chaos && self.strikes(DUPLICATES_PER_MILLE)
    }

    /// Whether a server misses that a message was deleted, and keeps it.
    pub(super) fn misses_delete(&mut self) -> bool {
        self.mode == Mode::Chaos && self.strikes(LOST_DELETES_PER_MILLE)
    }

    fn strikes(&mut self, per_mille: u64) -> bool {
        self.stream.between(1, 1000) <= per_mille
    }

    /// A partition, with a probability in proportion to its weight. One has a weight.
    fn partition_by(&mut self, weights: &[u64; PARTITIONS as usize]) -> Partition {
        let total = weights.iter().sum();
        let mut rest = self.stream.between(1, total);
        for (partition, &weight) in (0..PARTITIONS).zip(weights) {
            if rest <= weight {
                return partition;
            }
            rest -= weight;
        }
        unreachable!("the weights add up to their total")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[test]
    fn samples_follow_the_sizes() {
        let mut luck =
            Luck::new(Mode::AwsLike, || Stream::new(1, "luck")).expect("it is not strict");
        let mut seen = [0; 6];
        for _ in 0..10_000 {
            seen[usize::from(luck.sample(Poll::Short, &[0, 30, 0, 10, 0, 0]))] += 1;
        }
        let misses: usize = [0, 2, 4, 5].map(|partition| seen[partition]).iter().sum();
        assert!((900..1100).contains(&misses), "{seen:?}");
        assert!((6500..7000).contains(&seen[1]), "{seen:?}");
        for _ in 0..1000 {
            assert_eq!(luck.sample(Poll::Long, &[0, 0, 0, 0, 0, 1]), 5);
        }
    }

    #[test]
    fn names_read_back() {
        for mode in Mode::ALL {
            assert_eq!(mode.to_string().parse(), Ok(mode));
            assert_eq!(json::compact(&mode.member()), format!("\"{mode}\""));
        }
        assert_eq!("lenient".parse::<Mode>(), Err(()));
    }
}
