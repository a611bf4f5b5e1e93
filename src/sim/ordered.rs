//! One sort for all, so that the page stays small: each type that the standard library sorts is 3
//! to 4 kB of code, and it also sorts what it collects into a tree.

use std::collections::BTreeMap;

/// A tree of these entries; of two with one key the later stays.
pub fn tree<K: Ord, V>(entries: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut tree = BTreeMap::new();
    for (key, value) in entries {
        tree.insert(key, value);
    }
    tree
}

/// The items in the order of their keys; equal keys keep their order.
pub fn in_order<T: Clone>(items: &[T], key: impl Fn(&T) -> [u64; 2]) -> Vec<T> {
    let mut places: Vec<_> = items.iter().map(key).zip(0..).collect();
    sort(&mut places);
    let item = |(_, place): &([u64; 2], usize)| items[*place].clone();
    places.iter().map(item).collect()
}

/// The one sort that all share.
#[inline(never)]
fn sort(places: &mut [([u64; 2], usize)]) {
    places.sort_unstable();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_later_of_two_entries_stays() {
        let entries = [("a", 1), ("b", 2), ("a", 3)];
        assert_eq!(tree(entries), BTreeMap::from(entries));
    }

    #[test]
    fn equal_keys_keep_their_order() {
        let items = ["bb", "a", "cc", "", "d"];
        let ordered = in_order(&items, |text| [text.len() as u64, 0]);
        assert_eq!(ordered, ["", "a", "d", "bb", "cc"]);
    }

    #[test]
    fn the_second_part_of_a_key_decides_among_equal_first_ones() {
        let items = [[1, 9], [1, 2], [0, 5]];
        assert_eq!(in_order(&items, |item| *item), [[0, 5], [1, 2], [1, 9]]);
    }
}
