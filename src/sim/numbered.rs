//! Things by numbers that only grow, such as the messages of a queue by their positions.

use std::collections::VecDeque;

/// A chunk has room for the things of so many numbers: one bit each of an integer.
const CHUNK: u64 = u64::BITS as u64;

/// Things by their numbers, in order. To add, look up and take away costs the same however many
/// there are, as long as not most of the numbers between them are missing; then it is a search
/// among the chunks. A chunk goes with the last thing in it.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Numbered<T> {
    numbers: Numbers,
    /// The things of each chunk.
    items: VecDeque<Vec<T>>,
}

/// The numbers that are taken: all that does not depend on what the things are.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
struct Numbers {
    /// In order.
    chunks: VecDeque<Chunk>,
    len: usize,
}

#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
struct Chunk {
    /// Its first number, divided by the places in a chunk.
    number: u64,
    /// Which places are taken, the first the lowest bit.
    taken: u64,
}

/// Where a thing is: its chunk, and its place among the things there.
type Place = (usize, usize);

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self {
            numbers: Numbers::default(),
            items: VecDeque::new(),
        }
    }
}

impl<T> Numbered<T> {
    /// Adds a thing.
    ///
    /// # Panics
    /// If its number is not larger than those of all others.
    pub fn push(&mut self, number: u64, item: T) {
        self.numbers.push(number);
        if self.items.len() < self.numbers.chunks.len() {
            self.items.push_back(Vec::new());
        }
        let last = self.items.back_mut();
        last.expect("each chunk has its things").push(item);
    }

    /// Takes a thing away.
    pub fn remove(&mut self, number: u64) -> Option<T> {
        let (chunk, place) = self.numbers.remove(number)?;
        let items = self.items.get_mut(chunk)?;
        let item = items.remove(place);
        if items.is_empty() {
            self.items.remove(chunk);
        }
        Some(item)
    }

    /// Changes a thing.
    pub fn get_mut(&mut self, number: u64) -> Option<&mut T> {
        let (chunk, place) = self.numbers.find(number)?;
        self.items.get_mut(chunk)?.get_mut(place)
    }

    /// The thing of this number.
    pub fn get(&self, number: u64) -> Option<&T> {
        self.at(self.numbers.find(number)?)
    }

    /// The first thing.
    pub fn first(&self) -> Option<(u64, &T)> {
        self.next_from(0)
    }

    /// The first thing that has this number or a larger one.
    pub fn next_from(&self, number: u64) -> Option<(u64, &T)> {
        let (number, place) = self.numbers.next_from(number)?;
        Some((number, self.at(place)?))
    }

    /// All in order.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.items.iter().flatten()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.numbers.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.numbers.len == 0
    }

    fn at(&self, (chunk, place): Place) -> Option<&T> {
        self.items.get(chunk)?.get(place)
    }
}

impl<T> std::ops::Index<u64> for Numbered<T> {
    type Output = T;

    fn index(&self, number: u64) -> &T {
        self.get(number).expect("the number is taken")
    }
}

impl Numbers {
    fn push(&mut self, number: u64) {
        let (number, bit) = split(number);
        self.len += 1;
        if let Some(last) = self.chunks.back_mut() {
            let grows = last.number < number || (last.number == number && last.taken < bit);
            assert!(grows, "numbers grow");
            if last.number == number {
                last.taken |= bit;
                return;
            }
        }
        let taken = bit;
        self.chunks.push_back(Chunk { number, taken });
    }

    /// Where it was; its chunk is gone if nothing else was there.
    fn remove(&mut self, number: u64) -> Option<Place> {
        let (chunk, place) = self.find(number)?;
        let taken = &mut self.chunks.get_mut(chunk)?.taken;
        *taken &= !split(number).1;
        self.len -= 1;
        if *taken == 0 {
            self.chunks.remove(chunk);
        }
        Some((chunk, place))
    }

    fn find(&self, number: u64) -> Option<Place> {
        let (number, bit) = split(number);
        // As a rule, no chunk is missing before it.
        let from_front = number.wrapping_sub(self.chunks.front()?.number) as usize;
        let (index, chunk) = match self.chunks.get(from_front) {
            Some(chunk) if chunk.number == number => (from_front, chunk),
            Some(_) | None => {
                let index = self.search(number).ok()?;
                (index, self.chunks.get(index)?)
            }
        };
        let taken = chunk.taken;
        (taken & bit != 0).then_some((index, count(taken & (bit - 1))))
    }

    /// The first number that is taken and not smaller, and where it is.
    fn next_from(&self, number: u64) -> Option<(u64, Place)> {
        let (number, bit) = split(number);
        let (Ok(mut chunk) | Err(mut chunk)) = self.search(number);
        let mut found = self.chunks.get(chunk)?;
        let mut rest = found.taken;
        if found.number == number {
            rest &= bit.wrapping_neg();
        }
        if rest == 0 {
            chunk += 1;
            found = self.chunks.get(chunk)?;
            rest = found.taken;
        }
        let place = rest.trailing_zeros();
        let number = found.number * CHUNK + u64::from(place);
        Some((number, (chunk, count(found.taken & !rest))))
    }

    /// Where the chunk of this number is, or where it would be. It is easy as long as no chunk is
    /// missing before it, or none behind it.
    fn search(&self, number: u64) -> Result<usize, usize> {
        let (Some(first), Some(last)) = (self.chunks.front(), self.chunks.back()) else {
            return Err(0);
        };
        let is_at = |index| {
            let chunk: Option<&Chunk> = self.chunks.get(index);
            chunk.is_some_and(|chunk| chunk.number == number)
        };
        let from_front = number.wrapping_sub(first.number) as usize;
        if is_at(from_front) {
            return Ok(from_front);
        }
        let behind = last.number.wrapping_sub(number) as usize;
        let from_back = self.chunks.len().wrapping_sub(1).wrapping_sub(behind);
        if is_at(from_back) {
            return Ok(from_back);
        }
        self.chunks
            .binary_search_by_key(&number, |chunk| chunk.number)
    }
}

/// The number of the chunk, and the bit of the place.
fn split(number: u64) -> (u64, u64) {
    (number / CHUNK, 1 << (number % CHUNK))
}

fn count(bits: u64) -> usize {
    bits.count_ones() as usize
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::sim::Stream;

    #[test]
    fn it_is_a_map() {
        let mut luck = Stream::new(1, "numbered");
        for (step_max, keep_percent) in [(1, 50), (3, 90), (1, 1), (5000, 50), (90, 20)] {
            let (mut map, mut numbered) = (BTreeMap::new(), Numbered::default());
            let mut last = luck.between(0, 1000);
            for round in 0..1000 {
                last += luck.between(1, step_max);
                map.insert(last, round);
                numbered.push(last, round);
                if luck.between(1, 100) > keep_percent {
                    let number = luck.between(last.saturating_sub(500), last + 1);
                    let found = map.range(number..).next();
                    assert_eq!(
                        numbered.next_from(number),
                        found.map(|(n, item)| (*n, item))
                    );
                    let number = found.map_or(number, |(number, _)| *number);
                    assert_eq!(numbered.remove(number), map.remove(&number));
                }
                if let Some(item) = numbered.get_mut(last) {
                    *item += 1;
                    map.entry(last).and_modify(|item| *item += 1);
                }
                let number = luck.between(0, last);
                assert_eq!(numbered.get(number), map.get(&number));
                assert_eq!(numbered.len(), map.len());
            }
            assert!(numbered.values().eq(map.values()));
            let first = map.first_key_value();
            assert_eq!(
                numbered.first(),
                first.map(|(number, item)| (*number, item))
            );
        }
    }

    #[test]
    fn what_is_left_alone_decides_what_is_equal() {
        let (mut one, mut other) = (Numbered::default(), Numbered::default());
        for number in 0..200 {
            one.push(number, ());
        }
        for number in (0..200).filter(|number| *number != 150) {
            one.remove(number);
        }
        assert!(!one.is_empty());
        assert_ne!(one, other);
        other.push(150, ());
        assert_eq!(one, other);
        assert_eq!(one.remove(150), Some(()));
        assert_eq!(one, Numbered::default());
    }

    #[test]
    #[should_panic(expected = "numbers grow")]
    fn numbers_grow() {
        let mut numbered = Numbered::default();
        numbered.push(7, ());
        numbered.push(7, ());
    }
}
