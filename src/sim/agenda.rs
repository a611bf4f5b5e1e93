//! The agenda: what is to happen when, in one total order.

use std::collections::BTreeMap;

use super::Time;

/// Wake-ups in the order of their instants; those of one instant in the order in which they
/// were scheduled.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Agenda<K> {
    entries: BTreeMap<(Time, u64), K>,
    scheduled: u64,
}

impl<K> Default for Agenda<K> {
    fn default() -> Self {
        Self {
            entries: BTreeMap::new(),
            scheduled: 0,
        }
    }
}

impl<K> Agenda<K> {
    /// Adds a wake-up at `at`.
    pub fn schedule(&mut self, at: Time, kind: K) {
        self.entries.insert((at, self.scheduled), kind);
        self.scheduled += 1;
    }

    /// Takes the first wake-up that is due at `now`.
    pub fn pop_due(&mut self, now: Time) -> Option<(Time, K)> {
        let first = self.entries.first_entry()?;
        if !first.key().0.is_due(now) {
            return None;
        }
        let ((at, _), kind) = first.remove_entry();
        Some((at, kind))
    }

    /// Removes every wake-up for which `keep` is false.
    pub fn retain(&mut self, mut keep: impl FnMut(&K) -> bool) {
        self.entries.retain(|_, kind| keep(kind));
    }

    /// The instant of the first wake-up.
    pub fn next(&self) -> Option<Time> {
        self.entries.first_key_value().map(|((at, _), _)| *at)
    }

    /// How many wake-ups wait.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_instant_keeps_the_order_of_scheduling() {
        let mut agenda = Agenda::default();
        agenda.schedule(Time::from_ms(2), 'c');
        agenda.schedule(Time::from_ms(1), 'a');
        agenda.schedule(Time::from_ms(1), 'b');
        let mut seen = Vec::new();
        while let Some((_, kind)) = agenda.pop_due(Time::from_ms(1)) {
            seen.push(kind);
        }
        assert_eq!(seen, ['a', 'b']);
        assert_eq!(agenda.next(), Some(Time::from_ms(2)));
    }
}
