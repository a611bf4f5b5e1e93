//! A hash table that is only looked up, never walked, so that its order does not matter.

use std::fmt;
use std::hash::{Hash, Hasher};

use hashbrown::HashTable;
use siphasher::sip::SipHasher13;

/// Finds the numbers of things that are kept elsewhere by hashes of theirs.
///
/// It follows from those things: two are equal wherever the things are, and it adds nothing to a
/// digest.
#[derive(Clone, Default)]
pub struct Index(HashTable<u64>);

impl Index {
    /// The number with this hash that is the right one.
    pub fn find(&self, hash: u64, is_right: &dyn Fn(u64) -> bool) -> Option<u64> {
        self.0.find(hash, |number| is_right(*number)).copied()
    }

    /// Adds a number; `hash_of` tells the hashes of those that are there.
    pub fn insert(&mut self, hash: u64, number: u64, hash_of: &dyn Fn(u64) -> u64) {
        self.0
            .insert_unique(hash, number, |number| hash_of(*number));
    }

    /// Takes away the number with this hash that is the right one.
    pub fn remove(&mut self, hash: u64, is_right: &dyn Fn(u64) -> bool) -> Option<u64> {
        let found = self.0.find_entry(hash, |number| is_right(*number)).ok()?;
        Some(found.remove().0)
    }

    /// Takes all away.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

/// The hash of an integer: its last bits are the integer's own, so that what has neighbouring
/// numbers is found nearby; the others, by which the table tells those apart, are mixed.
pub fn hash_of_number(number: u64) -> u64 {
    number ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15) << 25
}

/// The hash of a text.
pub fn hash_of_text(text: &str) -> u64 {
    let mut hasher = SipHasher13::new();
    hasher.write(text.as_bytes());
    hasher.finish()
}

impl PartialEq for Index {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Index {}

impl Hash for Index {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Index")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_tells_things_with_one_hash_apart() {
        let mut index = Index::default();
        let hash = |number: u64| hash_of_number(number / 2);
        for number in 0..1000 {
            index.insert(hash(number), number, &hash);
        }
        for number in 0..1000 {
            assert_eq!(
                index.find(hash(number), &|found| found == number),
                Some(number)
            );
        }
        assert_eq!(index.remove(hash(7), &|found| found == 7), Some(7));
        assert_eq!(index.find(hash(7), &|found| found == 7), None);
        assert_eq!(index.find(hash(7), &|found| found == 6), Some(6));
        index.clear();
        assert_eq!(index.find(hash(6), &|_| true), None);
    }

    #[test]
    fn hashes_differ() {
        assert_ne!(hash_of_text("a"), hash_of_text("b"));
        assert_ne!(hash_of_number(1), hash_of_number(2));
    }
}
