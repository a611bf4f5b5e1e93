//! The order in which a FIFO queue hands out its messages: the groups, and what blocks them.
//!
//! In a group, only the messages before the first hidden one can be received `[A]`. Among the
//! groups, the one whose head became visible first comes first, with all that can be received of
//! it `[I]`: this one rule reproduces every sequence that was recorded on AWS.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Messages from the head of the queue in which a receive looks for groups `[D]`: a long backlog
/// of one blocked group hides the groups behind it.
pub(super) const LOOK_AHEAD: usize = 120_000;

/// Names a group inside of its queue, as long as it has messages.
pub(super) type GroupNumber = u32;

/// The groups of a FIFO queue that have messages.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) struct FifoOrder {
    /// How many messages a receive looks at.
    look_ahead: usize,
    /// How many messages there are up to the horizon; fewer than `look_ahead` only if none lies
    /// beyond.
    in_sight: usize,
    /// The position of the last message that a receive looks at.
    horizon: u64,
    numbers: BTreeMap<Arc<str>, GroupNumber>,
    groups: BTreeMap<GroupNumber, Group>,
    last_number: GroupNumber,
    /// The groups whose head can be received, by the head's rank.
    ready: BTreeMap<u64, GroupNumber>,
    last_rank: u64,
    /// How many groups have messages in flight.
    groups_in_flight: u64,
}

/// The messages of one group.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) struct Group {
    id: Arc<str>,
    /// The positions of the members, with a rank that grows with each message that becomes
    /// visible: the order in which they did.
    members: BTreeMap<u64, u64>,
    /// The positions of the members that are delayed or in flight.
    hidden: BTreeSet<u64>,
    /// How many are in flight.
    in_flight: u64,
    /// The rank under which the group is in `ready`.
    ready_rank: Option<u64>,
}

impl FifoOrder {
    pub(super) fn new(look_ahead: usize) -> Self {
        Self {
            look_ahead,
            in_sight: 0,
            horizon: 0,
            numbers: BTreeMap::new(),
            groups: BTreeMap::new(),
            last_number: 0,
            ready: BTreeMap::new(),
            last_rank: 0,
            groups_in_flight: 0,
        }
    }

    /// Adds a hidden message at the end of its group. Returns the group's number, and its id,
    /// shared.
    pub(super) fn insert(&mut self, group_id: Arc<str>, position: u64) -> (GroupNumber, Arc<str>) {
        let number = match self.numbers.get(&group_id) {
            Some(number) => *number,
            None => self.open_group(group_id),
        };
        let group = self.group_mut(number);
        assert!(
            group
                .members
                .last_key_value()
                .is_none_or(|(last, _)| *last < position),
            "positions grow"
        );
        group.members.insert(position, 0);
        group.hidden.insert(position);
        if self.in_sight < self.look_ahead {
            self.in_sight += 1;
            self.horizon = position;
        }
        let group_id = Arc::clone(&self.groups[&number].id);
        (number, group_id)
    }

    pub(super) fn show(&mut self, number: GroupNumber, position: u64) {
        self.last_rank += 1;
        let rank = self.last_rank;
        let group = self.group_mut(number);
        let was_hidden = group.hidden.remove(&position);
        assert!(was_hidden, "only a hidden message becomes visible");
        let before = group.members.insert(position, rank);
        assert!(before.is_some(), "hidden messages are members");
        self.refresh(number);
    }

    pub(super) fn hide(&mut self, number: GroupNumber, position: u64) {
        let group = self.group_mut(number);
        assert!(
            group.members.contains_key(&position),
            "only a member can be hidden"
        );
        let was_visible = group.hidden.insert(position);
        assert!(was_visible, "only a visible message can be hidden");
        self.refresh(number);
    }

    /// A hidden message begins to be in flight.
    pub(super) fn hold(&mut self, number: GroupNumber) {
        let group = self.group_mut(number);
        group.in_flight += 1;
        let is_first = group.in_flight == 1;
        self.groups_in_flight += u64::from(is_first);
    }

    /// A message is not in flight any more.
    pub(super) fn release(&mut self, number: GroupNumber) {
        let group = self.group_mut(number);
        group.in_flight -= 1;
        let was_last = group.in_flight == 0;
        self.groups_in_flight -= u64::from(was_last);
    }

    /// How many groups have messages in flight.
    pub(super) fn groups_in_flight(&self) -> u64 {
        self.groups_in_flight
    }

    /// Removes a message, hidden or not. Then [`Self::extend_sight`] is due.
    pub(super) fn remove(&mut self, number: GroupNumber, position: u64) {
        let group = self.group_mut(number);
        let member = group.members.remove(&position);
        assert!(member.is_some(), "only a member can be removed");
        group.hidden.remove(&position);
        if position <= self.horizon {
            self.in_sight -= 1;
        }
        self.refresh(number);
        let group = self.group_mut(number);
        if group.members.is_empty() {
            let id = Arc::clone(&group.id);
            self.groups.remove(&number);
            self.numbers.remove(&id);
        }
    }

    /// The horizon, if there is room for a message beyond it.
    pub(super) fn horizon_with_room(&self) -> Option<u64> {
        (self.in_sight < self.look_ahead).then_some(self.horizon)
    }

    /// Moves the horizon to the next message behind it.
    pub(super) fn extend_sight(&mut self, number: GroupNumber, position: u64) {
        assert!(position > self.horizon, "the horizon moves on");
        self.in_sight += 1;
        self.horizon = position;
        self.refresh(number);
    }

    /// The positions of what can be received, in the order in which it is.
    pub(super) fn candidates(&self) -> impl Iterator<Item = u64> {
        let ready = self.ready.values();
        ready.flat_map(|number| self.groups[number].receivable(self.horizon))
    }

    pub(super) fn group(&self, number: GroupNumber) -> &Group {
        &self.groups[&number]
    }

    /// Whether a receive looks at this position.
    pub(super) fn is_in_sight(&self, position: u64) -> bool {
        position <= self.horizon
    }

    /// The groups by their ids.
    pub(super) fn groups(&self) -> impl Iterator<Item = (&Arc<str>, &Group)> {
        let numbers = self.numbers.iter();
        numbers.map(|(id, number)| (id, &self.groups[number]))
    }

    /// How many groups there are.
    pub(super) fn group_count(&self) -> usize {
        self.numbers.len()
    }

    fn open_group(&mut self, id: Arc<str>) -> GroupNumber {
        self.last_number += 1;
        let number = self.last_number;
        let group = Group {
            id: Arc::clone(&id),
            members: BTreeMap::new(),
            hidden: BTreeSet::new(),
            in_flight: 0,
            ready_rank: None,
        };
        self.groups.insert(number, group);
        self.numbers.insert(id, number);
        number
    }

    fn group_mut(&mut self, number: GroupNumber) -> &mut Group {
        self.groups
            .get_mut(&number)
            .expect("a group lives as long as it has messages")
    }

    /// Brings `ready` in line with a group that has changed.
    fn refresh(&mut self, number: GroupNumber) {
        let horizon = self.horizon;
        let group = self.group_mut(number);
        let (before, rank) = (group.ready_rank, group.rank_of_head(horizon));
        if before == rank {
            return;
        }
        group.ready_rank = rank;
        if let Some(before) = before {
            self.ready.remove(&before);
        }
        if let Some(rank) = rank {
            self.ready.insert(rank, number);
        }
    }
}

impl Group {
    /// The positions of its messages in order.
    pub(super) fn members(&self) -> impl Iterator<Item = u64> {
        self.members.keys().copied()
    }

    /// How many messages it has; how many of these are hidden; how many of these are in flight.
    pub(super) fn sizes(&self) -> (usize, usize, usize) {
        (
            self.members.len(),
            self.hidden.len(),
            self.in_flight as usize,
        )
    }

    /// The position of the first message that is delayed or in flight: it and all after it must wait.
    pub(super) fn locked_by(&self) -> Option<u64> {
        self.hidden.first().copied()
    }

    fn receivable(&self, horizon: u64) -> impl Iterator<Item = u64> {
        let end = self
            .hidden
            .first()
            .copied()
            .unwrap_or(u64::MAX)
            .min(horizon + 1);
        self.members().take_while(move |position| *position < end)
    }

    /// The rank of the first message, if it can be received.
    fn rank_of_head(&self, horizon: u64) -> Option<u64> {
        let (position, rank) = self.members.first_key_value()?;
        let is_receivable = *position <= horizon && self.hidden.first() != Some(position);
        is_receivable.then_some(*rank)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(order: &FifoOrder) -> Vec<u64> {
        order.candidates().collect()
    }

    #[test]
    fn groups_beyond_the_horizon_come_into_sight() {
        let mut order = FifoOrder::new(3);
        let mut numbers = BTreeMap::new();
        for (position, group_id) in [(1, "a"), (2, "a"), (3, "a"), (4, "a"), (5, "b"), (6, "c")] {
            let (number, _) = order.insert(group_id.into(), position);
            order.show(number, position);
            numbers.insert(group_id, number);
        }
        assert_eq!(keys(&order), [1, 2, 3]);
        order.hide(numbers["a"], 1);
        assert_eq!(
            keys(&order),
            [0; 0],
            "a blocked backlog hides the other groups"
        );
        for (removed, group_id, next) in [(1, "a", 4), (2, "b", 5)] {
            order.remove(numbers["a"], removed);
            assert_eq!(order.horizon_with_room(), Some(next - 1));
            order.extend_sight(numbers[group_id], next);
        }
        assert_eq!(keys(&order), [3, 4, 5]);
        order.remove(numbers["c"], 6);
        assert_eq!(
            order.horizon_with_room(),
            None,
            "what lies beyond is no loss"
        );
        order.remove(numbers["b"], 5);
        assert_eq!(order.horizon_with_room(), Some(5));
        let (number, _) = order.insert("d".into(), 7);
        order.show(number, 7);
        assert_eq!(keys(&order), [3, 4, 7]);
    }
}
