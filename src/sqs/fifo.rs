//! The order in which a FIFO queue hands out its messages: the groups, and what blocks them.
//!
//! In a group, only the messages before the first hidden one can be received `[A]`. Among the
//! groups, the one whose head became visible first comes first, with all that can be received of
//! it `[I]`: this one rule reproduces every sequence that was recorded on AWS.

use std::sync::Arc;

use crate::sim::{SortedMap, SortedSet};

/// Messages from the head of the queue in which a receive looks for groups `[D]`: a long backlog
/// of one blocked group hides the groups behind it.
pub(super) const LOOK_AHEAD: usize = 120_000;

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
    groups: SortedMap<Arc<str>, Group>,
    /// The groups whose head can be received, by the head's rank.
    ready: SortedSet<(u64, Arc<str>)>,
    ranks: u64,
    /// How many groups have messages in flight.
    groups_in_flight: u64,
}

/// The messages of one group.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(super) struct Group {
    /// The positions of the members, with a rank that grows with each message that becomes
    /// visible: the order in which they did.
    members: SortedMap<u64, u64>,
    /// The positions of the members that are delayed or in flight.
    hidden: SortedSet<u64>,
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
            groups: SortedMap::new(),
            ready: SortedSet::new(),
            ranks: 0,
            groups_in_flight: 0,
        }
    }

    /// Adds a hidden message at the end of its group.
    pub(super) fn insert(&mut self, group_id: &Arc<str>, position: u64) {
        let group = self.groups.or_default(Arc::clone(group_id));
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
    }

    pub(super) fn show(&mut self, group_id: &str, position: u64) {
        self.ranks += 1;
        let rank = self.ranks;
        let group = self.group_mut(group_id);
        let was_hidden = group.hidden.remove(&position);
        assert!(was_hidden, "only a hidden message becomes visible");
        let before = group.members.insert(position, rank);
        assert!(before.is_some(), "hidden messages are members");
        self.refresh(group_id);
    }

    pub(super) fn hide(&mut self, group_id: &str, position: u64) {
        let group = self.group_mut(group_id);
        assert!(
            group.members.contains_key(&position),
            "only a member can be hidden"
        );
        let was_visible = group.hidden.insert(position);
        assert!(was_visible, "only a visible message can be hidden");
        self.refresh(group_id);
    }

    /// A hidden message begins to be in flight.
    pub(super) fn hold(&mut self, group_id: &str) {
        let group = self.group_mut(group_id);
        group.in_flight += 1;
        let is_first = group.in_flight == 1;
        self.groups_in_flight += u64::from(is_first);
    }

    /// A message is not in flight any more.
    pub(super) fn release(&mut self, group_id: &str) {
        let group = self.group_mut(group_id);
        group.in_flight -= 1;
        let was_last = group.in_flight == 0;
        self.groups_in_flight -= u64::from(was_last);
    }

    /// How many groups have messages in flight.
    pub(super) fn groups_in_flight(&self) -> u64 {
        self.groups_in_flight
    }

    /// Removes a message, hidden or not. Then [`Self::extend_sight`] is due.
    pub(super) fn remove(&mut self, group_id: &str, position: u64) {
        let group = self.group_mut(group_id);
        let member = group.members.remove(&position);
        assert!(member.is_some(), "only a member can be removed");
        group.hidden.remove(&position);
        if position <= self.horizon {
            self.in_sight -= 1;
        }
        self.refresh(group_id);
    }

    /// The horizon, if there is room for a message beyond it.
    pub(super) fn horizon_with_room(&self) -> Option<u64> {
        (self.in_sight < self.look_ahead).then_some(self.horizon)
    }

    /// Moves the horizon to the next message behind it.
    pub(super) fn extend_sight(&mut self, group_id: &str, position: u64) {
        assert!(position > self.horizon, "the horizon moves on");
        self.in_sight += 1;
        self.horizon = position;
        self.refresh(group_id);
    }

    /// What can be received, in the order in which it is.
    pub(super) fn candidates(&self) -> impl Iterator<Item = u64> {
        self.ready
            .iter()
            .flat_map(|(_, group_id)| self.groups[group_id].receivable(self.horizon))
    }

    pub(super) fn group(&self, group_id: &str) -> Option<&Group> {
        self.groups.get(group_id)
    }

    /// Whether a receive looks at this position.
    pub(super) fn is_in_sight(&self, position: u64) -> bool {
        position <= self.horizon
    }

    pub(super) fn groups(&self) -> impl Iterator<Item = (&Arc<str>, &Group)> {
        self.groups.iter()
    }

    fn group_mut(&mut self, group_id: &str) -> &mut Group {
        self.groups
            .get_mut(group_id)
            .expect("a group lives as long as it has messages")
    }

    /// Brings `ready` in line with a group that has changed, and drops the group if it is empty.
    fn refresh(&mut self, group_id: &str) {
        let (group_id, group) = self
            .groups
            .get_key_value(group_id)
            .expect("the group was there just now");
        let group_id = Arc::clone(group_id);
        let (before, rank) = (group.ready_rank, group.rank_of_head(self.horizon));
        if group.members.is_empty() {
            self.groups.remove(&group_id);
        } else if before != rank {
            self.group_mut(&group_id).ready_rank = rank;
        }
        if before == rank {
            return;
        }
        if let Some(before) = before {
            self.ready.remove(&(before, Arc::clone(&group_id)));
        }
        if let Some(rank) = rank {
            self.ready.insert((rank, group_id));
        }
    }
}

impl Group {
    /// The positions of its messages in order.
    pub(super) fn members(&self) -> impl Iterator<Item = u64> {
        self.members.keys().copied()
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
        for (position, group_id) in [(1, "a"), (2, "a"), (3, "a"), (4, "a"), (5, "b"), (6, "c")] {
            order.insert(&group_id.into(), position);
            order.show(group_id, position);
        }
        assert_eq!(keys(&order), [1, 2, 3]);
        order.hide("a", 1);
        assert_eq!(
            keys(&order),
            [0; 0],
            "a blocked backlog hides the other groups"
        );
        for (removed, group_id, next) in [(1, "a", 4), (2, "b", 5)] {
            order.remove("a", removed);
            assert_eq!(order.horizon_with_room(), Some(next - 1));
            order.extend_sight(if next == 4 { "a" } else { group_id }, next);
        }
        assert_eq!(keys(&order), [3, 4, 5]);
        order.remove("c", 6);
        assert_eq!(
            order.horizon_with_room(),
            None,
            "what lies beyond is no loss"
        );
        order.remove("b", 5);
        assert_eq!(order.horizon_with_room(), Some(5));
        order.insert(&"d".into(), 7);
        order.show("d", 7);
        assert_eq!(keys(&order), [3, 4, 7]);
    }
}
