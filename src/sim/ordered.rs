//! One sort for all, so that the page stays small: the standard library's is 3 to 4 kB of code for each
//! type, and it also sorts what it collects into a tree. This one is plain, stable, and never slow.

use std::cmp::Ordering;

/// The items in the order of their keys; equal keys keep their order.
pub fn in_order<T: Clone>(items: &[T], key: impl Fn(&T) -> [u64; 2]) -> Vec<T> {
    let mut places: Vec<u32> = (0..).zip(items).map(|(place, _)| place).collect();
    let key = |place: u32| key(&items[place as usize]);
    sort(&mut places, &|one, other| key(one).cmp(&key(other)));
    let item = |place: u32| items[place as usize].clone();
    places.into_iter().map(item).collect()
}

/// The one sort that all share, of numbers that stand for something: runs of 1, 2, 4 and so on are
/// merged in pairs.
pub(super) fn sort(numbers: &mut Vec<u32>, compare: &dyn Fn(u32, u32) -> Ordering) {
    let mut width = 1;
    while width < numbers.len() {
        let mut merged = Vec::with_capacity(numbers.len());
        for runs in numbers.chunks(2 * width) {
            let (mut left, mut right) = runs.split_at(width.min(runs.len()));
            while let ([one, after_one @ ..], [other, after_other @ ..]) = (left, right) {
                if compare(*one, *other).is_gt() {
                    merged.push(*other);
                    right = after_other;
                } else {
                    merged.push(*one);
                    left = after_one;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        *numbers = merged;
        width *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Stream;

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

    #[test]
    fn it_sorts_as_the_standard_library_does() {
        let mut luck = Stream::new(1, "sort");
        for count in [0, 1, 2, 3, 4, 5, 31, 32, 33, 1000] {
            let items: Vec<u64> = (0..count).map(|_| luck.between(0, count / 2)).collect();
            let tagged: Vec<(u64, u64)> = items.into_iter().zip(0..).collect();
            let mut expected = tagged.clone();
            expected.sort_by_key(|item| item.0);
            assert_eq!(in_order(&tagged, |item| [item.0, 0]), expected);
        }
    }
}
