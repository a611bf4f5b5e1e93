//! Ordered maps and sets that are small as WebAssembly.
//!
//! The standard library's trees are 4 to 5 kB of code for each type that they hold, and here there
//! are dozens of types. These are lists of short lists: as fast for what the page and the server
//! hold, at a third of the code.

use std::borrow::Borrow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::iter::Flatten;
use std::ops::Index;
use std::{mem, slice, vec};

/// Entries in a chunk.
const CHUNK_MAX: usize = 64;

/// A map in the order of its keys.
#[derive(Clone)]
pub struct SortedMap<K, V> {
    /// None of them is empty, but the first `used_up` ones are.
    chunks: Vec<Vec<(K, V)>>,
    /// Most of what is taken out of a queue is its head, and to close up each time is slow.
    used_up: usize,
    len: usize,
}

/// A set in the order of its elements.
#[derive(Clone, Eq, Hash, PartialEq)]
pub struct SortedSet<T>(SortedMap<T, ()>);

/// Which chunk, and which of its entries.
type At = (usize, usize);

impl<K: Ord, V> SortedMap<K, V> {
    /// An empty map.
    pub const fn new() -> Self {
        Self {
            chunks: Vec::new(),
            used_up: 0,
            len: 0,
        }
    }

    /// Puts a value in, and returns the one that was there.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.find(&key) {
            Ok((chunk, at)) => Some(mem::replace(&mut self.chunks[chunk][at].1, value)),
            Err(at) => {
                self.put(at, (key, value));
                None
            }
        }
    }

    /// The value of this key; a new one if there is none.
    pub fn or_default(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        self.entry_or_default(key).1
    }

    /// The same, with the key that is there.
    pub fn entry_or_default(&mut self, key: K) -> (&K, &mut V)
    where
        V: Default,
    {
        let (chunk, at) = match self.find(&key) {
            Ok(place) => place,
            Err(place) => self.put(place, (key, V::default())),
        };
        let (key, value) = &mut self.chunks[chunk][at];
        (key, value)
    }

    /// Takes a value out.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let at = self.find(key).ok()?;
        Some(self.take(at).1)
    }

    /// Takes the first entry out.
    pub fn pop_first(&mut self) -> Option<(K, V)> {
        (self.len > 0).then(|| self.take((self.used_up, 0)))
    }

    /// Takes everything out.
    pub fn clear(&mut self) {
        *self = Self::new();
    }

    /// The value of this key, to change it.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let (chunk, at) = self.find(key).ok()?;
        Some(&mut self.chunks[chunk][at].1)
    }

    /// The values in the order of their keys, to change them.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.chunks.iter_mut().flatten().map(|(_, value)| value)
    }

    /// The value of this key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let (chunk, at) = self.find(key).ok()?;
        Some(&self.chunks[chunk][at].1)
    }

    /// The entry of this key.
    pub fn get_key_value<Q: Ord + ?Sized>(&self, key: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        let (chunk, at) = self.find(key).ok()?;
        let (key, value) = &self.chunks[chunk][at];
        Some((key, value))
    }

    /// Whether there is this key.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).is_ok()
    }

    /// The first entry.
    pub fn first_key_value(&self) -> Option<(&K, &V)> {
        self.iter().next()
    }

    /// The last entry.
    pub fn last_key_value(&self) -> Option<(&K, &V)> {
        let (key, value) = self.chunks.last()?.last()?;
        Some((key, value))
    }

    /// The entries from this key on.
    pub fn range_from<'a, Q: Ord + ?Sized>(
        &'a self,
        key: &Q,
    ) -> impl Iterator<Item = (&'a K, &'a V)> + use<'a, K, V, Q>
    where
        K: Borrow<Q>,
    {
        let (Ok(place) | Err(place)) = self.find(key);
        self.entries_from(place)
    }

    /// All keys in their order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    /// All values in the order of their keys.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Where the key is, or where it would be.
    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Result<At, At>
    where
        K: Borrow<Q>,
    {
        let (mut low, mut high) = (self.used_up, self.chunks.len());
        // Most of what is new comes last.
        let mut probe = high.saturating_sub(1);
        while low < high {
            if self.chunks[probe][0].0.borrow() <= key {
                low = probe + 1;
            } else {
                high = probe;
            }
            probe = usize::midpoint(low, high);
        }
        let chunk = low.saturating_sub(1).max(self.used_up);
        let Some(entries) = self.chunks.get(chunk) else {
            return Err((chunk, 0));
        };
        let place = entries.binary_search_by(|(other, _)| other.borrow().cmp(key));
        place.map(|at| (chunk, at)).map_err(|at| (chunk, at))
    }

    /// Adds an entry where its key was not found; returns where it is.
    fn put(&mut self, (chunk, at): At, entry: (K, V)) -> At {
        self.len += 1;
        if self.chunks.len() == chunk {
            self.chunks.push(Vec::new());
        }
        let entries = &mut self.chunks[chunk];
        if entries.len() < CHUNK_MAX {
            entries.insert(at, entry);
            return (chunk, at);
        }
        // What grows at its end leaves full chunks behind.
        let half = if at == CHUNK_MAX { at } else { CHUNK_MAX / 2 };
        let mut upper = entries.split_off(half);
        let place = if at < half {
            entries.insert(at, entry);
            (chunk, at)
        } else {
            upper.insert(at - half, entry);
            (chunk + 1, at - half)
        };
        self.chunks.insert(chunk + 1, upper);
        place
    }

    fn take(&mut self, (chunk, at): At) -> (K, V) {
        self.len -= 1;
        let entry = self.chunks[chunk].remove(at);
        let left = self.chunks[chunk].len();
        let next = self.chunks.get(chunk + 1).map(Vec::len);
        if left == 0 && chunk == self.used_up {
            self.chunks[chunk] = Vec::new();
            self.used_up += 1;
            if self.used_up * 2 > self.chunks.len() {
                self.chunks.drain(..self.used_up);
                self.used_up = 0;
            }
        } else if left == 0 {
            self.chunks.remove(chunk);
        } else if next.is_some_and(|next| left + next <= CHUNK_MAX / 2) {
            let mut next = self.chunks.remove(chunk + 1);
            self.chunks[chunk].append(&mut next);
        }
        entry
    }
}

impl<K, V> SortedMap<K, V> {
    fn entries_from(&self, (chunk, at): At) -> Entries<'_, K, V> {
        let mut chunks = self.chunks[chunk..].iter();
        let first = chunks.next().map_or(&[][..], |chunk| &chunk[at..]);
        Entries {
            chunks,
            chunk: first.iter(),
        }
    }

    /// All entries in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.entries_from((self.used_up, 0))
    }
}

/// Entries in their order. Written out, as the standard library's `flatten` can also go
/// backwards, which is code.
struct Entries<'a, K, V> {
    chunks: slice::Iter<'a, Vec<(K, V)>>,
    chunk: slice::Iter<'a, (K, V)>,
}

impl<'a, K, V> Iterator for Entries<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((key, value)) = self.chunk.next() {
                return Some((key, value));
            }
            self.chunk = self.chunks.next()?.iter();
        }
    }
}

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        Self {
            chunks: Vec::new(),
            used_up: 0,
            len: 0,
        }
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for SortedMap<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.iter().eq(other.iter())
    }
}

impl<K: Eq, V: Eq> Eq for SortedMap<K, V> {}

impl<K: Hash, V: Hash> Hash for SortedMap<K, V> {
    /// As the standard library's tree of the same entries.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.len.hash(state);
        for entry in self.iter() {
            entry.hash(state);
        }
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for SortedMap<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<K: Ord, V> Extend<(K, V)> for SortedMap<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for SortedMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for SortedMap<K, V> {
    fn from(entries: [(K, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<K, V> IntoIterator for SortedMap<K, V> {
    type Item = (K, V);
    type IntoIter = Flatten<vec::IntoIter<Vec<(K, V)>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.chunks.into_iter().flatten()
    }
}

impl<K: Ord + Borrow<Q>, Q: Ord + ?Sized, V> Index<&Q> for SortedMap<K, V> {
    type Output = V;

    fn index(&self, key: &Q) -> &V {
        self.get(key).expect("the key is there")
    }
}

impl<T: Ord> SortedSet<T> {
    /// An empty set.
    pub const fn new() -> Self {
        Self(SortedMap::new())
    }

    /// Puts an element in, and tells whether it is new.
    pub fn insert(&mut self, element: T) -> bool {
        self.0.insert(element, ()).is_none()
    }

    /// Takes an element out, and tells whether it was there.
    pub fn remove<Q: Ord + ?Sized>(&mut self, element: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.0.remove(element).is_some()
    }

    /// Takes the first element out.
    pub fn pop_first(&mut self) -> Option<T> {
        self.0.pop_first().map(|(element, ())| element)
    }

    /// The first element.
    pub fn first(&self) -> Option<&T> {
        self.iter().next()
    }

    /// All elements in their order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.keys()
    }

    /// The elements from this one on.
    pub fn range_from<'a, Q: Ord + ?Sized>(
        &'a self,
        element: &Q,
    ) -> impl Iterator<Item = &'a T> + use<'a, T, Q>
    where
        T: Borrow<Q>,
    {
        self.0.range_from(element).map(|(element, ())| element)
    }

    /// How many elements there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T> Default for SortedSet<T> {
    fn default() -> Self {
        Self(SortedMap::default())
    }
}

impl<T: fmt::Debug> fmt::Debug for SortedSet<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set()
            .entries(self.0.iter().map(|(element, ())| element))
            .finish()
    }
}
