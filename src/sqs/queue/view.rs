//! What can be seen of a queue from outside.

use std::sync::Arc;

use super::{Counts, Queue, QueueId};
use crate::sim::{Names, SortedMap, Time};
use crate::sqs::attributes::QueueAttributes;
use crate::sqs::cost::Meter;
use crate::sqs::fair::TenantView;
use crate::sqs::fifo::{FifoOrder, Group};
use crate::sqs::message::{Message, MessageKey};
use crate::sqs::move_task::MoveTask;
use crate::sqs::phase_index::{Order, PhaseIndex};
use crate::sqs::waiters::Waiter;

/// A message group of a FIFO queue.
#[derive(Clone, Copy, Debug)]
pub struct GroupView<'a> {
    queue: &'a Queue,
    group: &'a Group,
}

impl<'a> GroupView<'a> {
    /// The group's messages in order.
    pub fn messages(self) -> impl Iterator<Item = &'a Message> {
        self.group
            .members()
            .map(move |position| &*self.queue.messages[position])
    }

    /// How many of its messages are where.
    pub fn counts(self) -> Counts {
        let (all, hidden, in_flight) = self.group.sizes();
        Counts {
            visible: all - hidden,
            in_flight,
            delayed: hidden - in_flight,
        }
    }

    /// The first message that is in flight or delayed: it and all behind it must wait.
    pub fn locked_by(self) -> Option<MessageKey> {
        let position = self.group.locked_by()?;
        Some(self.queue.messages[position].key)
    }
}

impl Queue {
    /// Its number.
    pub fn id(&self) -> QueueId {
        self.id
    }

    /// Its name.
    pub fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// Its ARN.
    pub fn arn(&self) -> &Arc<str> {
        &self.arn
    }

    /// Its URL.
    pub fn url(&self) -> &Arc<str> {
        &self.url
    }

    /// Whether it is a FIFO queue.
    pub fn is_fifo(&self) -> bool {
        self.attributes.fifo.is_some()
    }

    /// What can be set.
    pub fn attributes(&self) -> &QueueAttributes {
        &self.attributes
    }

    /// Its tags.
    pub fn tags(&self) -> &SortedMap<String, String> {
        &self.tags
    }

    /// When it was purged, for the last time.
    pub fn purged_at(&self) -> Option<Time> {
        self.purged_at
    }

    /// When it was created.
    pub fn created_at(&self) -> Time {
        self.created_at
    }

    /// When its attributes were last changed.
    pub fn modified_at(&self) -> Time {
        self.modified_at
    }

    /// The requests that were made to it, as AWS bills them.
    pub fn meter(&self) -> &Meter {
        &self.meter
    }

    /// How many messages are where.
    pub fn counts(&self) -> Counts {
        let PhaseIndex {
            in_flight, delayed, ..
        } = self.index;
        Counts {
            visible: self.messages.len() - in_flight - delayed,
            in_flight,
            delayed,
        }
    }

    /// How many messages it has.
    pub fn len(&self) -> usize {
        self.messages.len()
    }

    /// Whether it has no message.
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    /// All messages in the order of the queue, whatever their phases.
    pub fn messages(&self) -> impl Iterator<Item = &Message> {
        self.messages.values().map(|message| &**message)
    }

    /// The messages that are delayed or in flight, the next to become visible first.
    pub fn hidden(&self) -> impl Iterator<Item = &Message> {
        let positions = self.index.hidden();
        positions.map(|position| &*self.messages[position])
    }

    /// The message of this name, if it is in this queue.
    pub fn message(&self, key: MessageKey) -> Option<&Message> {
        let position = self.position_of(key)?;
        Some(&self.messages[position])
    }

    /// The long polls that wait here, oldest first.
    pub fn waiters(&self) -> impl Iterator<Item = &Waiter> {
        self.waiters.iter()
    }

    /// The message move tasks that empty this queue, newest first: the one that runs, and some
    /// that are over.
    pub fn move_tasks(&self) -> impl Iterator<Item = &MoveTask> {
        self.move_tasks.iter()
    }

    /// How many message groups a FIFO queue has; none of a standard queue.
    pub fn group_count(&self) -> usize {
        match &self.index.order {
            Order::Standard(_) => 0,
            Order::Fifo(order) => order.group_count(),
        }
    }

    /// The most message groups that are listed.
    pub const GROUPS_LISTED_MAX: usize = Names::LISTED_MAX;

    /// How many message groups a standard queue has: it is a fair queue if there are any.
    pub fn tenant_count(&self) -> usize {
        match &self.index.order {
            Order::Standard(order) => order.fair.tenant_count(),
            Order::Fifo(_) => 0,
        }
    }

    /// One message group of a FIFO queue.
    pub fn group(&self, id: &str) -> Option<GroupView<'_>> {
        let Order::Fifo(order) = &self.index.order else {
            return None;
        };
        let group = order.named(id)?;
        Some(GroupView { queue: self, group })
    }

    /// The message groups of a FIFO queue by their ids, at most [`Self::GROUPS_LISTED_MAX`] of them;
    /// none of a standard queue.
    pub fn groups(&self) -> impl Iterator<Item = (&Arc<str>, GroupView<'_>)> {
        let order = match &self.index.order {
            Order::Standard(_) => None,
            Order::Fifo(order) => Some(order),
        };
        let groups = order.into_iter().flat_map(FifoOrder::groups);
        groups.map(|(id, group)| (id, GroupView { queue: self, group }))
    }

    /// The message of a FIFO queue for which this one, which is behind it in its group, must wait.
    pub(in crate::sqs) fn lock_before(&self, message: &Message) -> Option<MessageKey> {
        let Order::Fifo(order) = &self.index.order else {
            return None;
        };
        let lock = order.group(message.group_number).locked_by()?;
        (lock < message.position).then(|| self.messages[lock].key)
    }

    /// Whether a receive looks so far.
    pub(in crate::sqs) fn is_in_sight(&self, message: &Message) -> bool {
        match &self.index.order {
            Order::Standard(_) => true,
            Order::Fifo(order) => order.is_in_sight(message.position),
        }
    }

    /// The message groups of a standard queue by their ids, at most [`Self::GROUPS_LISTED_MAX`] of them.
    pub fn tenants(&self) -> impl Iterator<Item = (&Arc<str>, TenantView)> {
        let order = match &self.index.order {
            Order::Standard(order) => Some(order),
            Order::Fifo(_) => None,
        };
        order.into_iter().flat_map(|order| order.fair.tenants())
    }

    /// Whether it is a standard queue with message groups.
    pub(in crate::sqs) fn is_fair(&self) -> bool {
        match &self.index.order {
            Order::Standard(order) => order.fair.has_tenants(),
            Order::Fifo(_) => false,
        }
    }

    /// Where its dead letters go: the target of the redrive policy, if that queue exists.
    pub fn dead_letter_queue(&self) -> Option<QueueId> {
        self.dead_letter_queue
    }

    /// After so many receives, the next one moves a message to the dead-letter queue.
    pub fn max_receive_count(&self) -> Option<u32> {
        self.attributes
            .redrive_policy
            .as_ref()
            .map(|policy| policy.max_receive_count)
    }

    /// When a message will expire, if nothing changes.
    pub fn expires_at(&self, message: &Message) -> Time {
        message.enqueued_at + self.attributes.retention()
    }
}
