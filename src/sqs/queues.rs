//! All queues of the account, findable by number, by name, and by what is due next.

use std::collections::VecDeque;
use std::sync::Arc;

use super::QueueId;
use super::queue::{Due, Queue};
use crate::sim::{Pairs, SortedMap, Span, Time};

/// The queues. A queue changes only in [`Queues::update`], which keeps the wake-ups right.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(super) struct Queues {
    by_id: SortedMap<QueueId, Box<Queue>>,
    by_name: SortedMap<Arc<str>, QueueId>,
    /// One for each queue that has anything to do by itself.
    wakeups: Pairs,
    created: u32,
    /// When it is for what happens.
    now: Time,
    reserved: ReservedNames,
}

/// For so long the name of a deleted queue cannot be used again `[A]`.
const RESERVATION: Span = Span::from_secs(60);

/// The names of queues that were deleted a short time ago, and until when they are reserved.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
struct ReservedNames(VecDeque<(Time, Arc<str>)>);

impl ReservedNames {
    /// Reserves a name, and forgets what is over.
    fn add(&mut self, now: Time, name: &Arc<str>) {
        while self
            .0
            .pop_front_if(|(until, _)| until.is_due(now))
            .is_some()
        {}
        self.0.push_back((now + RESERVATION, Arc::clone(name)));
    }

    fn has(&self, now: Time, name: &str) -> bool {
        let is_it = |(until, other): &(Time, Arc<str>)| **other == *name && !until.is_due(now);
        self.0.iter().any(is_it)
    }
}

/// A wake-up as a pair of integers, in the same order.
fn pair((at, due): (Time, Due), id: QueueId) -> [u64; 2] {
    [at.as_ms(), (due as u64) << 32 | u64::from(id.0)]
}

impl Queues {
    /// Sets the time for what happens next.
    pub(super) fn turn_to(&mut self, now: Time) {
        self.now = now;
    }

    /// The number of the next queue.
    pub(super) fn next_id(&mut self) -> QueueId {
        self.created += 1;
        QueueId(self.created)
    }

    pub(super) fn insert(&mut self, queue: Queue) {
        assert_eq!(queue.next_due(), None, "a new queue has nothing to do");
        let before = self.by_name.insert(Arc::clone(queue.name()), queue.id());
        assert_eq!(before, None, "a name belongs to one queue");
        self.by_id.insert(queue.id(), Box::new(queue));
        self.link_dead_letter_queues();
    }

    /// Takes a queue away, and reserves its name.
    ///
    /// # Panics
    /// If it is not there.
    pub(super) fn remove(&mut self, now: Time, id: QueueId) -> Queue {
        let queue = self
            .by_id
            .remove(&id)
            .expect("the caller has found the queue");
        if let Some(scheduled) = queue.scheduled {
            self.wakeups.remove(pair(scheduled, id));
        }
        self.by_name.remove(queue.name());
        self.reserved.add(now, queue.name());
        self.link_dead_letter_queues();
        *queue
    }

    /// Whether a queue of this name was deleted so short a time ago that the name is not free.
    pub(super) fn is_reserved(&self, now: Time, name: &str) -> bool {
        self.reserved.has(now, name)
    }

    /// Changes a queue.
    ///
    /// # Panics
    /// If it is not there.
    pub(super) fn update<R>(&mut self, id: QueueId, change: impl FnOnce(&mut Queue) -> R) -> R {
        let queue = self
            .by_id
            .get_mut(&id)
            .expect("the caller has found the queue");
        queue.turn_to(self.now);
        let result = change(queue);
        let (before, after) = (queue.scheduled, queue.next_due());
        if before != after {
            queue.scheduled = after;
            if let Some(before) = before {
                self.wakeups.remove(pair(before, id));
            }
            if let Some(after) = after {
                self.wakeups.insert(pair(after, id));
            }
        }
        result
    }

    /// Changes what a queue counts and remembers, but nothing of what it does by itself: then
    /// there are no wake-ups to mend.
    ///
    /// # Panics
    /// If it is not there.
    pub(super) fn note<R>(&mut self, id: QueueId, change: impl FnOnce(&mut Queue) -> R) -> R {
        let queue = self.by_id.get_mut(&id);
        let queue = queue.expect("the caller has found the queue");
        queue.turn_to(self.now);
        change(queue)
    }

    /// Resolves every redrive policy anew: to be called when queues or redrive policies changed.
    pub(super) fn link_dead_letter_queues(&mut self) {
        let by_name = &self.by_name;
        for queue in self.by_id.values_mut() {
            let target = queue.attributes.redrive_policy.as_ref();
            queue.dead_letter_queue =
                target.and_then(|policy| by_name.get(policy.target_name()).copied());
        }
    }

    /// What is due first.
    pub(super) fn next_due(&self) -> Option<(Time, Due, QueueId)> {
        let [at, due_and_id] = self.wakeups.first()?;
        let due = [Due::Message, Due::MoveTask, Due::Poll][(due_and_id >> 32) as usize];
        Some((Time::from_ms(at), due, QueueId(due_and_id as u32)))
    }

    pub(super) fn get(&self, id: QueueId) -> Option<&Queue> {
        self.by_id.get(&id).map(|queue| &**queue)
    }

    pub(super) fn named(&self, name: &str) -> Option<&Queue> {
        self.get(*self.by_name.get(name)?)
    }

    /// In order of creation.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Queue> {
        self.by_id.values().map(|queue| &**queue)
    }

    /// The names from `start` on, in their order.
    pub(super) fn names_from(&self, start: &str) -> impl Iterator<Item = &Arc<str>> {
        self.by_name.starting_at(start).map(|(name, _)| name)
    }
}

impl std::ops::Index<QueueId> for Queues {
    type Output = Queue;

    fn index(&self, id: QueueId) -> &Queue {
        &self.by_id[&id]
    }
}
