//! The agenda: what is to happen when, in one total order.

use super::Time;

/// Wake-ups in the order of their instants; those of one instant in the order in which they
/// were scheduled.
///
/// Made for few: a wake-up costs a shift of those before it.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Agenda<K> {
    /// The first to come is the last.
    entries: Vec<Entry<K>>,
    scheduled: u64,
}

#[derive(Clone, Debug, Eq, Hash, PartialEq)]
struct Entry<K> {
    at: Time,
    number: u64,
    kind: K,
}

impl<K> Default for Agenda<K> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            scheduled: 0,
        }
    }
}

impl<K> Agenda<K> {
    /// Adds a wake-up at `at`.
    pub fn schedule(&mut self, at: Time, kind: K) {
        let number = self.scheduled;
        self.scheduled += 1;
        let place = self
            .entries
            .partition_point(|entry| (entry.at, entry.number) > (at, number));
        self.entries.insert(place, Entry { at, number, kind });
    }

    /// Takes the first wake-up that is due at `now`.
    pub fn pop_due(&mut self, now: Time) -> Option<(Time, K)> {
        let entry = self.entries.pop_if(|entry| entry.at.is_due(now))?;
        Some((entry.at, entry.kind))
    }

    /// The instant of the first wake-up.
    pub fn next(&self) -> Option<Time> {
        self.entries.last().map(|entry| entry.at)
    }

    /// Drops the wake-ups that `keep` refuses.
    pub fn retain(&mut self, mut keep: impl FnMut(&K) -> bool) {
        self.entries.retain(|entry| keep(&entry.kind));
    }

    /// What waits, in no order.
    pub fn kinds(&self) -> impl Iterator<Item = &K> {
        self.entries.iter().map(|entry| &entry.kind)
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
