//! The sorted maps and sets, compared with those of the standard library.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use sqs_playground::sim::{SortedMap, SortedSet, digest_of};

#[derive(Clone, Debug)]
enum Deed {
    Insert(u16),
    Append,
    Remove(u16),
    PopFirst,
    OrDefault(u16),
    /// So many of the same kind in a row, so that chunks fill, split, empty and join.
    Grow(u16),
    Shrink(u16),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => (0..2000_u16).prop_map(Deed::Insert),
        2 => Just(Deed::Append),
        4 => (0..2000_u16).prop_map(Deed::Remove),
        2 => Just(Deed::PopFirst),
        1 => (0..2000_u16).prop_map(Deed::OrDefault),
        1 => (0..2000_u16).prop_map(Deed::Grow),
        1 => (0..2000_u16).prop_map(Deed::Shrink),
    ]
}

/// The same 200 keys in an order without order.
fn scattered(from: u16) -> impl Iterator<Item = u16> {
    (0..200_u16).map(move |n| (from + n * 37) % 2000)
}

proptest! {
    #[test]
    fn a_map_does_what_a_tree_does(deeds in prop::collection::vec(deed(), 0..200)) {
        let (mut ours, mut theirs) = (SortedMap::new(), BTreeMap::new());
        for (number, deed) in deeds.into_iter().enumerate() {
            let number = number as u64;
            match deed {
                Deed::Insert(key) => prop_assert_eq!(ours.insert(key, number), theirs.insert(key, number)),
                Deed::Append => {
                    let key = theirs.keys().next_back().map_or(0, |last| last + 1);
                    prop_assert_eq!(ours.insert(key, number), theirs.insert(key, number));
                }
                Deed::Remove(key) => prop_assert_eq!(ours.remove(&key), theirs.remove(&key)),
                Deed::PopFirst => prop_assert_eq!(ours.pop_first(), theirs.pop_first()),
                Deed::OrDefault(key) => {
                    *ours.or_default(key) += 1;
                    *theirs.entry(key).or_default() += 1;
                }
                Deed::Grow(from) => {
                    for key in scattered(from) {
                        prop_assert_eq!(ours.insert(key, number), theirs.insert(key, number));
                    }
                }
                Deed::Shrink(from) => {
                    for key in scattered(from) {
                        prop_assert_eq!(ours.remove(&key), theirs.remove(&key));
                    }
                }
            }
            prop_assert_eq!(ours.len(), theirs.len());
            prop_assert_eq!(ours.is_empty(), theirs.is_empty());
            prop_assert_eq!(ours.first_key_value(), theirs.first_key_value());
            prop_assert_eq!(ours.last_key_value(), theirs.last_key_value());
        }
        prop_assert!(ours.iter().eq(theirs.iter()));
        for key in 0..2000 {
            prop_assert_eq!(ours.get(&key), theirs.get(&key));
            prop_assert_eq!(ours.get_key_value(&key), theirs.get_key_value(&key));
            prop_assert_eq!(ours.contains_key(&key), theirs.contains_key(&key));
            prop_assert_eq!(ours.range_from(&key).next(), theirs.range(key..).next());
        }
        prop_assert!(ours.range_from(&1000).eq(theirs.range(1000..)));
        prop_assert_eq!(digest_of(&ours), digest_of(&theirs));
        prop_assert_eq!(format!("{ours:?}"), format!("{theirs:?}"));
        // How the entries lie does not matter.
        let again: SortedMap<u16, u64> = theirs.iter().map(|(key, value)| (*key, *value)).collect();
        prop_assert_eq!(&again, &ours);
        prop_assert!(ours.into_iter().eq(theirs));
    }

    #[test]
    fn a_set_does_what_a_tree_does(elements in prop::collection::vec(0..300_u16, 0..400)) {
        let (mut ours, mut theirs) = (SortedSet::new(), BTreeSet::new());
        for element in &elements {
            prop_assert_eq!(ours.insert(*element), theirs.insert(*element));
        }
        for element in &elements[elements.len() / 2..] {
            prop_assert_eq!(ours.remove(element), theirs.remove(element));
        }
        prop_assert!(ours.iter().eq(theirs.iter()));
        prop_assert!(ours.range_from(&100).eq(theirs.range(100..)));
        prop_assert_eq!((ours.first(), ours.len()), (theirs.first(), theirs.len()));
        prop_assert_eq!(digest_of(&ours), digest_of(&theirs));
        prop_assert_eq!(format!("{ours:?}"), format!("{theirs:?}"));
        prop_assert_eq!(ours.pop_first(), theirs.pop_first());
    }
}
