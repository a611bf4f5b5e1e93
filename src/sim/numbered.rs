//! Things by numbers that only grow, such as the messages of a queue by their positions.

use std::collections::VecDeque;

/// A chunk has room for the things of so many numbers: one bit each of an integer.
const CHUNK: u64 = u64::BITS as u64;

/// Things by their numbers, in order. To add, look up and take away costs the same however many
/// there are, as long as not most of the numbers between them are missing; then it is a search
/// among the chunks. A chunk goes with the last thing in it.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Numbered<T> {
    /// In order.
    chunks: VecDeque<Chunk<T>>,
    len: usize,
}

#[derive(Clone, Debug, Eq, Hash, PartialEq)]
struct Chunk<T> {
    /// The number of its first place, divided by the places in a chunk.
    number: u64,
    /// Which places are taken, the first the lowest bit.
    taken: u64,
    items: Vec<T>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self {
            chunks: VecDeque::new(),
            len: 0,
        }
    }
}

impl<T> Numbered<T> {
    /// Adds a thing.
    ///
    /// # Panics
    /// If its number is not larger than those of all others.
    pub fn push(&mut self, number: u64, item: T) {
        let bit = 1 << (number % CHUNK);
        let number = number / CHUNK;
        match self.chunks.back_mut() {
            Some(last) if last.number == number => {
                assert!(last.taken < bit, "numbers grow");
                last.taken |= bit;
                last.items.push(item);
            }
            last => {
                assert!(last.is_none_or(|last| last.number < number), "numbers grow");
                self.chunks.push_back(Chunk {
                    number,
                    taken: bit,
                    items: vec![item],
                });
            }
        }
        self.len += 1;
    }

    /// Takes a thing away.
    pub fn remove(&mut self, number: u64) -> Option<T> {
        let index = self.search(number / CHUNK).ok()?;
        let chunk = self.chunks.get_mut(index)?;
        let place = chunk.place(number)?;
        self.len -= 1;
        chunk.taken &= !(1 << (number % CHUNK));
        let item = chunk.items.remove(place);
        if chunk.items.is_empty() {
            self.chunks.remove(index);
        }
        Some(item)
    }

    /// Changes a thing.
    pub fn get_mut(&mut self, number: u64) -> Option<&mut T> {
        let index = self.search(number / CHUNK).ok()?;
        let chunk = self.chunks.get_mut(index)?;
        let place = chunk.place(number)?;
        chunk.items.get_mut(place)
    }

    /// Takes all away.
    pub fn clear(&mut self) {
        self.chunks.clear();
        self.len = 0;
    }

    /// The thing of this number.
    pub fn get(&self, number: u64) -> Option<&T> {
        let chunk = self.chunks.get(self.search(number / CHUNK).ok()?)?;
        chunk.items.get(chunk.place(number)?)
    }

    /// The first thing.
    pub fn first(&self) -> Option<(u64, &T)> {
        self.next_from(0)
    }

    /// The first thing that has this number or a larger one.
    pub fn next_from(&self, number: u64) -> Option<(u64, &T)> {
        let index = match self.search(number / CHUNK) {
            Ok(index) => {
                let chunk = self.chunks.get(index)?;
                let rest = chunk.taken & (u64::MAX << (number % CHUNK));
                if rest != 0 {
                    return chunk.item(rest);
                }
                index + 1
            }
            Err(index) => index,
        };
        let chunk = self.chunks.get(index)?;
        chunk.item(chunk.taken)
    }

    /// All in order.
    pub fn iter(&self) -> impl Iterator<Item = (u64, &T)> {
        self.chunks.iter().flat_map(|chunk| {
            let mut rest = chunk.taken;
            chunk.items.iter().map(move |item| {
                let place = u64::from(rest.trailing_zeros());
                rest &= rest - 1;
                (chunk.number * CHUNK + place, item)
            })
        })
    }

    /// All in order, without their numbers.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.chunks.iter().flat_map(|chunk| &chunk.items)
    }

    /// All in order, to change them.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.chunks.iter_mut().flat_map(|chunk| &mut chunk.items)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Where the chunk of this number is, or where it would be. It is easy as long as no chunk is
    /// missing before it, or none behind it.
    fn search(&self, number: u64) -> Result<usize, usize> {
        let (Some(first), Some(last)) = (self.chunks.front(), self.chunks.back()) else {
            return Err(0);
        };
        if number < first.number {
            return Err(0);
        }
        if last.number < number {
            return Err(self.chunks.len());
        }
        let from_front = (number - first.number) as usize;
        let from_back = (self.chunks.len() - 1).checked_sub((last.number - number) as usize);
        let is_there = |index: &usize| {
            let chunk = self.chunks.get(*index);
            chunk.is_some_and(|chunk| chunk.number == number)
        };
        let easy = [Some(from_front), from_back].into_iter().flatten();
        match easy.into_iter().find(is_there) {
            Some(index) => Ok(index),
            None => self
                .chunks
                .binary_search_by_key(&number, |chunk| chunk.number),
        }
    }
}

impl<T> std::ops::Index<u64> for Numbered<T> {
    type Output = T;

    fn index(&self, number: u64) -> &T {
        self.get(number).expect("the number is taken")
    }
}

impl<T> Chunk<T> {
    /// Where the thing of this number is.
    fn place(&self, number: u64) -> Option<usize> {
        let bit = 1 << (number % CHUNK);
        let before = self.taken & (bit - 1);
        (self.taken & bit != 0).then_some(before.count_ones() as usize)
    }

    /// The first of the things with these bits.
    fn item(&self, rest: u64) -> Option<(u64, &T)> {
        let number = self.number * CHUNK + u64::from(rest.trailing_zeros());
        Some((number, self.items.get(self.place(number)?)?))
    }
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
            let all = || map.iter().map(|(number, item)| (*number, item));
            assert!(numbered.iter().eq(all()));
            assert!(numbered.values().eq(map.values()));
            assert_eq!(numbered.first(), all().next());
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
        one.clear();
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
