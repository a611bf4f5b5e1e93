//! The one ordered set: pairs of integers, in order. All that is ordered by anything but its
//! arrival is told as such pairs, so that the page carries the code of one tree.

use std::collections::BTreeMap;

/// A set of pairs, ordered by the first integer and then by the second.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct Pairs {
    /// Pairs whose second integers differ in the last six bits only share an entry, with a bit for
    /// each: where numbers are dense, as the positions of visible messages, that is small.
    words: BTreeMap<[u64; 2], u64>,
}

/// Where a pair is: the key, and its bit.
fn split([first, second]: [u64; 2]) -> ([u64; 2], u64) {
    ([first, second / 64], 1 << (second % 64))
}

fn join([first, second]: [u64; 2], bits: u64) -> [u64; 2] {
    [first, second * 64 + u64::from(bits.trailing_zeros())]
}

impl Pairs {
    /// Adds a pair, and says whether it is new.
    pub fn insert(&mut self, pair: [u64; 2]) -> bool {
        let (key, bit) = split(pair);
        if let Some(word) = self.words.get_mut(&key) {
            let is_new = *word & bit == 0;
            *word |= bit;
            return is_new;
        }
        self.words.insert(key, bit);
        true
    }

    /// Takes a pair away, and says whether it was there.
    pub fn remove(&mut self, pair: [u64; 2]) -> bool {
        let (key, bit) = split(pair);
        let Some(word) = self.words.get_mut(&key) else {
            return false;
        };
        let was_there = *word & bit != 0;
        *word &= !bit;
        if *word == 0 {
            self.words.remove(&key);
        }
        was_there
    }

    /// Whether it has a pair.
    pub fn contains(&self, pair: [u64; 2]) -> bool {
        let (key, bit) = split(pair);
        self.words.get(&key).is_some_and(|word| word & bit != 0)
    }

    /// The first pair.
    pub fn first(&self) -> Option<[u64; 2]> {
        let (key, bits) = self.words.first_key_value()?;
        Some(join(*key, *bits))
    }

    /// Whether it has no pair.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The pairs from this one on, in order.
    pub fn starting_at(&self, start: [u64; 2]) -> impl Iterator<Item = [u64; 2]> {
        let (start, first) = split(start);
        let mut words = self.words.range(start..);
        let (mut key, mut bits) = (start, 0);
        std::iter::from_fn(move || {
            while bits == 0 {
                let (next, word) = words.next()?;
                (key, bits) = (*next, *word);
                if key == start {
                    bits &= first.wrapping_neg(); // the bits before have been asked to go
                }
            }
            let pair = join(key, bits);
            bits &= bits - 1;
            Some(pair)
        })
    }

    /// All pairs in order.
    pub fn iter(&self) -> impl Iterator<Item = [u64; 2]> {
        self.starting_at([0, 0])
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::sim::Stream;

    #[test]
    fn it_is_a_set() {
        let mut luck = Stream::new(1, "pairs");
        for second_max in [3, 200, 100_000] {
            let (mut set, mut pairs) = (BTreeSet::new(), Pairs::default());
            for _ in 0..2000 {
                let mut pair = || [luck.between(0, 4), luck.between(0, second_max)];
                let (added, removed, start) = (pair(), pair(), pair());
                assert_eq!(pairs.insert(added), set.insert(added));
                assert_eq!(pairs.remove(removed), set.remove(&removed));
                assert_eq!(pairs.contains(start), set.contains(&start));
                assert!(
                    pairs
                        .starting_at(start)
                        .take(3)
                        .eq(set.range(start..).take(3).copied())
                );
                assert_eq!(pairs.first(), set.first().copied());
            }
            assert!(pairs.iter().eq(set.iter().copied()));
            for pair in set {
                assert!(!pairs.is_empty());
                assert!(pairs.remove(pair));
            }
            assert_eq!(pairs, Pairs::default());
        }
    }
}
