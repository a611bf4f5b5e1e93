//! One sort for all, so that the page stays small: each type that the standard library sorts is 3
//! to 4 kB of code, and it also sorts what it collects into a tree.

use std::cmp::Ordering;

/// The items in the order of their keys; equal keys keep their order.
pub fn in_order<T: Clone>(items: &[T], key: impl Fn(&T) -> [u64; 2]) -> Vec<T> {
    let mut places: Vec<u32> = (0..).zip(items).map(|(place, _)| place).collect();
    let key = |place: u32| (key(&items[place as usize]), place);
    sort(&mut places, &|one, other| key(one).cmp(&key(other)));
    let item = |place: u32| items[place as usize].clone();
    places.into_iter().map(item).collect()
}

/// The one sort that all share, of numbers that stand for something.
#[inline(never)]
pub(super) fn sort(numbers: &mut [u32], compare: &dyn Fn(u32, u32) -> Ordering) {
    numbers.sort_unstable_by(|one, other| compare(*one, *other));
}

#[cfg(test)]
mod tests {
    use super::*;

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
