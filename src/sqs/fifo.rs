//! The order in which a FIFO queue hands out its messages: the groups, and what blocks them.
//!
//! In a group, only the messages before the first hidden one can be received `[A]`. Among the
//! groups, the one whose head became visible first comes first, with all that can be received of
//! it `[I]`: this one rule reproduces every sequence that was recorded on AWS.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::MessageKey;

/// The groups of a FIFO queue that have messages.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(super) struct FifoOrder {
    groups: BTreeMap<Arc<str>, Group>,
    /// The groups whose head can be received, by the head's rank.
    ready: BTreeSet<(u64, Arc<str>)>,
    ranks: u64,
}

/// The messages of one group.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(super) struct Group {
    members: BTreeMap<u64, Member>,
    /// The positions of the members that are delayed or in flight.
    hidden: BTreeSet<u64>,
    /// The rank under which the group is in `ready`.
    ready_rank: Option<u64>,
}

#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
struct Member {
    key: MessageKey,
    /// Grows with each message that becomes visible: the order in which they did.
    rank: u64,
}

impl FifoOrder {
    /// Adds a hidden message at the end of its group.
    pub(super) fn insert(&mut self, group_id: &Arc<str>, position: u64, key: MessageKey) {
        let group = self.groups.entry(Arc::clone(group_id)).or_default();
        assert!(
            group
                .members
                .last_key_value()
                .is_none_or(|(last, _)| *last < position),
            "positions grow"
        );
        group.members.insert(position, Member { key, rank: 0 });
        group.hidden.insert(position);
        self.refresh(group_id);
    }

    pub(super) fn show(&mut self, group_id: &str, position: u64) {
        self.ranks += 1;
        let rank = self.ranks;
        let group = self.group_mut(group_id);
        let was_hidden = group.hidden.remove(&position);
        assert!(was_hidden, "only a hidden message becomes visible");
        group
            .members
            .get_mut(&position)
            .expect("hidden messages are members")
            .rank = rank;
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

    /// Removes a message, hidden or not.
    pub(super) fn remove(&mut self, group_id: &str, position: u64) {
        let group = self.group_mut(group_id);
        let member = group.members.remove(&position);
        assert!(member.is_some(), "only a member can be removed");
        group.hidden.remove(&position);
        self.refresh(group_id);
    }

    /// What can be received, in the order in which it is.
    pub(super) fn candidates(&self) -> impl Iterator<Item = MessageKey> {
        self.ready
            .iter()
            .flat_map(|(_, group_id)| self.groups[group_id].receivable())
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
        let (before, rank) = (group.ready_rank, group.rank_of_head());
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
    pub(super) fn members(&self) -> impl Iterator<Item = MessageKey> {
        self.members.values().map(|member| member.key)
    }

    /// The first message that is delayed or in flight: it and all after it must wait.
    pub(super) fn locked_by(&self) -> Option<MessageKey> {
        self.hidden
            .first()
            .map(|position| self.members[position].key)
    }

    fn receivable(&self) -> impl Iterator<Item = MessageKey> {
        let end = self.hidden.first().copied().unwrap_or(u64::MAX);
        self.members.range(..end).map(|(_, member)| member.key)
    }

    fn rank_of_head(&self) -> Option<u64> {
        let (position, head) = self.members.first_key_value()?;
        (self.hidden.first() != Some(position)).then_some(head.rank)
    }
}
