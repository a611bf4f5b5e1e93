//! Numbers for names, such as those of message groups.

use std::sync::Arc;

use super::index::{Index, hash_of_text};
use super::ordered::sort;

/// Names, each with a number as long as it is here; then another gets it.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct Names {
    numbers: Index,
    names: Vec<Option<Arc<str>>>,
    free: Vec<u32>,
}

const TAKEN: &str = "the number of a name is its own until the name goes";

impl Names {
    /// The most names that are listed.
    pub const LISTED_MAX: usize = 256;

    /// Adds a name that is not here.
    pub fn insert(&mut self, name: Arc<str>) -> u32 {
        let number = self.free.pop().unwrap_or_else(|| {
            self.names.push(None);
            (self.names.len() - 1) as u32
        });
        let hash = hash_of_text(&name);
        let names = &self.names;
        let hash_of = |number| hash_of_text(names[number as usize].as_ref().expect(TAKEN));
        self.numbers.insert(hash, number.into(), &hash_of);
        self.names[number as usize] = Some(name);
        number
    }

    /// Takes a name away.
    ///
    /// # Panics
    /// If no name has this number.
    pub fn remove(&mut self, number: u32) {
        let name = self.names[number as usize].take().expect(TAKEN);
        let hash = hash_of_text(&name);
        self.numbers
            .remove(hash, &|found| found == u64::from(number));
        self.free.push(number);
    }

    /// The number of a name.
    pub fn number_of(&self, name: &str) -> Option<u32> {
        let is_it = |number| self.names[number as usize].as_deref() == Some(name);
        let number = self.numbers.find(hash_of_text(name), &is_it)?;
        Some(number as u32)
    }

    /// A name.
    ///
    /// # Panics
    /// If no name has this number.
    pub fn name(&self, number: u32) -> &Arc<str> {
        self.names[number as usize].as_ref().expect(TAKEN)
    }

    /// The names in their order, with their numbers; of more than [`Self::LISTED_MAX`] those with the
    /// lowest numbers, so that it costs the same however many there are, and none comes or goes
    /// because others do.
    pub fn in_order(&self) -> impl Iterator<Item = (&Arc<str>, u32)> {
        let names = self.names.iter().zip(0..);
        let taken = names.filter(|(name, _)| name.is_some());
        let first = taken.take(Self::LISTED_MAX);
        let mut numbers: Vec<u32> = first.map(|(_, number)| number).collect();
        sort(&mut numbers, &|one, other| {
            self.name(one).cmp(self.name(other))
        });
        let named = |number| (self.name(number), number);
        numbers.into_iter().map(named)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.names.len() - self.free.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_its_number_until_it_goes() {
        let mut names = Names::default();
        let [c, a, b] = ["c", "a", "b"].map(|name| names.insert(name.into()));
        let listed = |names: &Names| {
            let listed = names
                .in_order()
                .map(|(name, number)| (name.to_string(), number));
            listed.collect::<Vec<_>>()
        };
        let named = |name: &str, number| (name.to_owned(), number);
        assert_eq!(
            listed(&names),
            [named("a", a), named("b", b), named("c", c)]
        );
        assert_eq!(names.number_of("b"), Some(b));
        names.remove(a);
        assert_eq!(names.number_of("a"), None);
        assert_eq!((names.len(), names.is_empty()), (2, false));
        assert_eq!(names.insert("d".into()), a);
        assert_eq!(&**names.name(a), "d");
        assert_eq!(
            listed(&names),
            [named("b", b), named("c", c), named("d", a)]
        );
    }

    #[test]
    fn a_list_is_in_order_whatever_the_count_and_keeps_whom_it_has() {
        let mut names = Names::default();
        let listed = |names: &Names| -> Vec<String> {
            let listed = names.in_order();
            listed.map(|(name, _)| name.to_string()).collect()
        };
        let name_of = |place: usize| format!("{:05}", place * 7919 % 10_007);
        for count in 1..=10_000 {
            names.insert(name_of(count - 1).into());
            if [1, 2, Names::LISTED_MAX, Names::LISTED_MAX + 1, 10_000].contains(&count) {
                let among = 0..count.min(Names::LISTED_MAX);
                let mut expected: Vec<String> = among.map(name_of).collect();
                expected.sort();
                assert_eq!(listed(&names), expected, "{count}");
            }
        }
    }
}
