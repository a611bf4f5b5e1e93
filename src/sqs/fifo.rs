//! The order in which a FIFO queue hands out its messages: the groups, and what blocks them.
//!
//! In a group, only the messages before the first hidden one can be received `[A]`. Among the
//! groups, the one whose head became visible first comes first, with all that can be received of
//! it `[I]`: this one rule reproduces every sequence that was recorded on AWS.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::sim::{Names, Pairs};

/// Messages from the head of the queue in which a receive looks for groups `[D]`: a long backlog
/// of one blocked group hides the groups behind it.
pub(super) const LOOK_AHEAD: usize = 120_000;

/// Names a group inside of its queue, as long as it has messages.
pub(super) type GroupNumber = u32;

/// What a message has for a rank as long as it is hidden.
const HIDDEN: u64 = 0;

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
    names: Names,
    /// By their numbers, also those that nobody has.
    groups: Vec<Group>,
    /// The groups whose head can be received, by the head's rank.
    ready: Pairs,
    last_rank: u64,
    /// How many groups have messages in flight.
    groups_in_flight: u64,
}

/// The messages of one group.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(super) struct Group {
    /// In the order of their positions.
    members: VecDeque<Member>,
    /// How many are delayed or in flight.
    hidden: u64,
    /// How many are in flight.
    in_flight: u64,
    /// The rank under which the group is in `ready`.
    ready_rank: Option<u64>,
}

#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
struct Member {
    position: u64,
    /// It grows with each message that becomes visible: the order in which they did.
    rank: u64,
}

impl FifoOrder {
    pub(super) fn new(look_ahead: usize) -> Self {
        Self {
            look_ahead,
            in_sight: 0,
            horizon: 0,
            names: Names::default(),
            groups: Vec::new(),
            ready: Pairs::default(),
            last_rank: 0,
            groups_in_flight: 0,
        }
    }

    /// Adds a hidden message at the end of its group. Returns the group's number, and its id,
    /// shared.
    pub(super) fn insert(&mut self, group_id: Arc<str>, position: u64) -> (GroupNumber, Arc<str>) {
        let known = self.names.number_of(&group_id);
        let number = known.unwrap_or_else(|| self.names.insert(group_id));
        if self.groups.len() <= number as usize {
            self.groups.push(Group::default());
        }
        let group = self.group_mut(number);
        let last = group.members.back();
        assert!(
            last.is_none_or(|last| last.position < position),
            "positions grow"
        );
        let rank = HIDDEN;
        group.members.push_back(Member { position, rank });
        group.hidden += 1;
        if self.in_sight < self.look_ahead {
            self.in_sight += 1;
            self.horizon = position;
        }
        (number, Arc::clone(self.names.name(number)))
    }

    pub(super) fn show(&mut self, number: GroupNumber, position: u64) {
        self.last_rank += 1;
        let rank = self.last_rank;
        let group = self.group_mut(number);
        let before = group.rank(position, rank);
        assert_eq!(before, HIDDEN, "only a hidden message becomes visible");
        group.hidden -= 1;
        self.refresh(number);
    }

    pub(super) fn hide(&mut self, number: GroupNumber, position: u64) {
        let group = self.group_mut(number);
        let before = group.rank(position, HIDDEN);
        assert_ne!(before, HIDDEN, "only a visible message can be hidden");
        group.hidden += 1;
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
        let member = group.members.remove(group.place(position));
        let is_hidden = member.is_some_and(|member| member.rank == HIDDEN);
        group.hidden -= u64::from(is_hidden);
        if position <= self.horizon {
            self.in_sight -= 1;
        }
        self.refresh(number);
        let group = self.group_mut(number);
        if group.members.is_empty() {
            *group = Group::default();
            self.names.remove(number);
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
        let ready = self.ready.iter();
        ready.flat_map(|[_, number]| self.groups[number as usize].receivable(self.horizon))
    }

    pub(super) fn group(&self, number: GroupNumber) -> &Group {
        &self.groups[number as usize]
    }

    /// Whether a receive looks at this position.
    pub(super) fn is_in_sight(&self, position: u64) -> bool {
        position <= self.horizon
    }

    /// The group of this id.
    pub(super) fn named(&self, id: &str) -> Option<&Group> {
        Some(self.group(self.names.number_of(id)?))
    }

    /// The groups by their ids, as many as [are listed](Names::in_order).
    pub(super) fn groups(&self) -> impl Iterator<Item = (&Arc<str>, &Group)> {
        let names = self.names.in_order();
        names.map(|(id, number)| (id, self.group(number)))
    }

    /// How many groups there are.
    pub(super) fn group_count(&self) -> usize {
        self.names.len()
    }

    fn group_mut(&mut self, number: GroupNumber) -> &mut Group {
        &mut self.groups[number as usize]
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
            self.ready.remove([before, number.into()]);
        }
        if let Some(rank) = rank {
            self.ready.insert([rank, number.into()]);
        }
    }
}

impl Group {
    /// The positions of its messages in order.
    pub(super) fn members(&self) -> impl Iterator<Item = u64> {
        self.members.iter().map(|member| member.position)
    }

    /// How many messages it has; how many of these are hidden; how many of these are in flight.
    pub(super) fn sizes(&self) -> (usize, usize, usize) {
        (
            self.members.len(),
            self.hidden as usize,
            self.in_flight as usize,
        )
    }

    /// The position of the first message that is delayed or in flight: it and all after it must wait.
    pub(super) fn locked_by(&self) -> Option<u64> {
        if self.hidden == 0 {
            return None;
        }
        let first = self.members.iter().find(|member| member.rank == HIDDEN);
        first.map(|member| member.position)
    }

    fn receivable(&self, horizon: u64) -> impl Iterator<Item = u64> {
        let is_receivable =
            move |member: &&Member| member.rank != HIDDEN && member.position <= horizon;
        let receivable = self.members.iter().take_while(is_receivable);
        receivable.map(|member| member.position)
    }

    /// The rank of the first message, if it can be received.
    fn rank_of_head(&self, horizon: u64) -> Option<u64> {
        let Member { position, rank } = *self.members.front()?;
        (rank != HIDDEN && position <= horizon).then_some(rank)
    }

    /// Gives a member a rank; returns the one that it had.
    fn rank(&mut self, position: u64, rank: u64) -> u64 {
        let place = self.place(position);
        std::mem::replace(&mut self.members[place].rank, rank)
    }

    /// Where a member is.
    fn place(&self, position: u64) -> usize {
        let is_at = |member: Option<&Member>| member.is_some_and(|at| at.position == position);
        // Messages come at the end, and go at the front.
        if is_at(self.members.front()) {
            return 0;
        }
        if is_at(self.members.back()) {
            return self.members.len() - 1;
        }
        let place = self
            .members
            .binary_search_by_key(&position, |member| member.position);
        place.expect("the message is in its group")
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
        let mut numbers = std::collections::BTreeMap::new();
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
