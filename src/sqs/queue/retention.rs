//! Which message of a queue is the oldest, and so expires first.

use std::sync::Arc;

use crate::sim::{Numbered, Pairs, Time};
use crate::sqs::message::Message;

/// Almost all messages are in the queue in the order in which their retention began: it is enough
/// to know the first of these. The others, dead letters and what was put to the back, are few.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(super) struct Retention {
    /// From when the retention counts of the first that is in order, and its position.
    first: Option<(Time, u64)>,
    /// From when that of the last counts which was in order.
    last: Time,
    /// The others likewise.
    others: Pairs,
}

impl Retention {
    /// A message comes into the queue, behind all others.
    pub(super) fn insert(&mut self, message: &Message) {
        let Message {
            enqueued_at,
            position,
            ..
        } = *message;
        if enqueued_at < self.last {
            self.others.insert([enqueued_at.as_ms(), position]);
        } else {
            self.last = enqueued_at;
            self.first.get_or_insert((enqueued_at, position));
        }
    }

    /// A message has gone from the queue, where these are left.
    pub(super) fn remove(&mut self, message: &Message, left: &Numbered<Arc<Message>>) {
        let position = message.position;
        if self.first.is_none_or(|(_, first)| first != position) {
            self.others.remove([message.enqueued_at.as_ms(), position]);
            return;
        }
        let mut next = left.next_from(position);
        while let Some((position, message)) = next
            && self.is_other(message)
        {
            next = left.next_from(position + 1);
        }
        self.first = next.map(|(position, message)| (message.enqueued_at, position));
    }

    /// From when the retention of the oldest message counts, and its position.
    pub(super) fn oldest(&self) -> Option<(Time, u64)> {
        let other = self.others.first();
        let other = other.map(|[at, position]| (Time::from_ms(at), position));
        match (self.first, other) {
            (Some(first), Some(other)) => Some(first.min(other)),
            (first, other) => first.or(other),
        }
    }

    fn is_other(&self, message: &Message) -> bool {
        self.others
            .contains([message.enqueued_at.as_ms(), message.position])
    }
}
