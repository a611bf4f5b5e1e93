//! The event log: bounded, for display. Nothing is computed from it but pictures.

use std::collections::VecDeque;
use std::ops::Range;

use crate::sqs::api::CallId;
use crate::sqs::{self, MessageKey, QueueId};
use crate::world::{Event, EventKind};

/// The most events kept; older ones go first.
const EVENTS_MAX: usize = 100_000;

/// The events of a run, in order, without gaps, perhaps without its beginning.
#[derive(Clone, Debug, Default)]
pub struct EventLog {
    events: VecDeque<Event>,
    /// Of each message, by its key, the numbers of its events.
    by_message: Dense<VecDeque<u64>>,
    /// Of each call, by its number, the numbers of the events that begin and end it.
    by_call: Dense<CallEntry>,
    /// Purged and deleted queues, by the numbers of these events.
    emptied: VecDeque<(u64, QueueId)>,
    /// How often something that was known was forgotten, but for what is too old.
    edition: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct CallEntry {
    sent: Option<u64>,
    answered: Option<u64>,
}

/// A table over numbers that come one after the other; what is gone stays as an empty entry.
#[derive(Clone, Debug, Default)]
struct Dense<T> {
    first: u64,
    entries: VecDeque<T>,
}

impl<T: Default> Dense<T> {
    fn get(&self, number: u64) -> Option<&T> {
        let place = number.checked_sub(self.first)?;
        self.entries.get(usize::try_from(place).ok()?)
    }

    /// The entry of this number, with empty ones made on the way to it.
    fn entry(&mut self, number: u64) -> &mut T {
        if self.entries.is_empty() {
            self.first = number;
        }
        while number < self.first {
            self.entries.push_front(T::default());
            self.first -= 1;
        }
        let place = (number - self.first) as usize;
        while self.entries.len() <= place {
            self.entries.push_back(T::default());
        }
        &mut self.entries[place]
    }

    /// Drops empty entries at both ends.
    fn trim(&mut self, is_empty: impl Fn(&T) -> bool) {
        while self.entries.front().is_some_and(&is_empty) {
            self.entries.pop_front();
            self.first += 1;
        }
        while self.entries.back().is_some_and(&is_empty) {
            self.entries.pop_back();
        }
    }
}

/// A call as far as it has come: what was asked and, once it is there, the answer.
#[derive(Clone, Copy, Debug)]
pub struct CallRecord<'a> {
    /// Its number.
    pub id: CallId,
    /// A `CallSent`.
    pub sent: &'a Event,
    /// A `CallAnswered`, or the `CallDropped` of a caller that is gone.
    pub answered: Option<&'a Event>,
}

impl EventLog {
    /// The events before number `end`, oldest first.
    pub fn before(&self, end: u64) -> impl DoubleEndedIterator<Item = &Event> {
        let count = end
            .saturating_sub(self.first_id())
            .min(self.events.len() as u64);
        self.events.range(..count as usize)
    }

    /// The events before number `end` that are about a message, oldest first.
    pub fn of_message(&self, message: MessageKey, end: u64) -> impl Iterator<Item = &Event> {
        let ids = self.by_message.get(message.0).into_iter().flatten();
        ids.take_while(move |id| **id < end)
            .filter_map(|id| self.get(*id))
    }

    /// The calls sent before event number `end`, oldest first.
    pub fn calls(&self, end: u64) -> impl DoubleEndedIterator<Item = CallRecord<'_>> {
        let numbered = self.by_call.entries.iter().enumerate();
        numbered.filter_map(move |(place, entry)| {
            self.record(CallId(self.by_call.first + place as u64), *entry, end)
        })
    }

    /// One call, as it stood before event number `end`.
    pub fn call(&self, id: CallId, end: u64) -> Option<CallRecord<'_>> {
        self.record(id, *self.by_call.get(id.0)?, end)
    }

    /// The calls that may be in the log and were sent before event number `end`, by their numbers.
    pub fn call_numbers(&self, end: u64) -> Range<u64> {
        let sent_before = |entry: &CallEntry| entry.sent.is_none_or(|sent| sent < end);
        let count = self.by_call.entries.partition_point(sent_before);
        self.by_call.first..self.by_call.first + count as u64
    }

    /// The events from number `start` on, oldest first.
    pub fn since(&self, start: u64) -> impl Iterator<Item = &Event> {
        let place = start.saturating_sub(self.first_id());
        let place = place.min(self.events.len() as u64);
        self.events.range(place as usize..)
    }

    /// Whether an event about this message is kept.
    pub fn knows_message(&self, message: MessageKey) -> bool {
        self.by_message
            .get(message.0)
            .is_some_and(|ids| !ids.is_empty())
    }

    /// The first event after number `after` that took all messages out of this queue.
    pub fn emptied_after(&self, queue: QueueId, after: u64) -> Option<&Event> {
        let mut later = self.emptied.iter().filter(|(id, _)| *id > after);
        self.get(later.find(|(_, emptied)| *emptied == queue)?.0)
    }

    /// Changes when something that was known is forgotten, but for what is too old.
    pub fn edition(&self) -> u64 {
        self.edition
    }

    /// One event, if it is still kept.
    pub fn get(&self, id: u64) -> Option<&Event> {
        self.events
            .get(usize::try_from(id.checked_sub(self.first_id())?).ok()?)
    }

    /// The number of the first event kept.
    pub fn first_id(&self) -> u64 {
        self.events.front().map_or(0, |event| event.id.0)
    }

    /// The number of the event after the last.
    pub fn end_id(&self) -> u64 {
        self.first_id() + self.events.len() as u64
    }

    /// How many events are kept.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// Adds events; those that are known already, from before a seek, are passed over.
    pub(super) fn extend(&mut self, events: Vec<Event>) {
        for event in events {
            let next = self.events.back().map_or(event.id.0, |last| last.id.0 + 1);
            if event.id.0 < next {
                continue;
            }
            assert_eq!(event.id.0, next, "events come without gaps");
            for message in messages(&event.kind) {
                self.by_message.entry(message.0).push_back(event.id.0);
            }
            if let Some(queue) = emptied(&event.kind) {
                self.emptied.push_back((event.id.0, queue));
            }
            self.index_call(&event);
            self.events.push_back(event);
            if self.events.len() > EVENTS_MAX {
                self.forget_first();
            }
        }
    }

    /// Forgets the events from number `end` on.
    pub(super) fn truncate(&mut self, end: u64) {
        if self.end_id() > end {
            self.edition += 1;
        }
        while self.events.back().is_some_and(|event| event.id.0 >= end) {
            let event = self.events.pop_back().expect("there is a last one");
            for message in messages(&event.kind) {
                self.by_message.entry(message.0).pop_back();
            }
            if emptied(&event.kind).is_some() {
                self.emptied.pop_back();
            }
            if let EventKind::CallSent { call, .. } = event.kind {
                *self.by_call.entry(call.0) = CallEntry::default();
            }
            if let Some(call) = ended(&event) {
                self.by_call.entry(call.0).answered = None;
            }
        }
        self.trim();
    }

    /// Gets ready for event number `next`: if it would leave a gap to what is kept, the log starts anew.
    pub(super) fn make_room_for(&mut self, next: u64) {
        if !self.is_empty() && !(self.first_id()..=self.end_id()).contains(&next) {
            self.events.clear();
            self.by_message = Dense::default();
            self.by_call = Dense::default();
            self.emptied.clear();
            self.edition += 1;
        }
    }

    pub(super) fn set_edition(&mut self, edition: u64) {
        self.edition = edition;
    }

    fn record(&self, id: CallId, entry: CallEntry, end: u64) -> Option<CallRecord<'_>> {
        let event = |number: u64| self.get(number).filter(|_| number < end);
        Some(CallRecord {
            id,
            sent: entry.sent.and_then(event)?,
            answered: entry.answered.and_then(event),
        })
    }

    fn index_call(&mut self, event: &Event) {
        if let EventKind::CallSent { call, .. } = event.kind {
            self.by_call.entry(call.0).sent = Some(event.id.0);
        }
        if let Some(call) = ended(event) {
            self.by_call.entry(call.0).answered = Some(event.id.0);
        }
    }

    fn forget_first(&mut self) {
        let event = self.events.pop_front().expect("there is a first one");
        for message in messages(&event.kind) {
            self.by_message.entry(message.0).pop_front();
        }
        if emptied(&event.kind).is_some() {
            self.emptied.pop_front();
        }
        if let EventKind::CallSent { call, .. } = event.kind {
            *self.by_call.entry(call.0) = CallEntry::default();
        }
        self.trim();
    }

    fn trim(&mut self) {
        self.by_message.trim(VecDeque::is_empty);
        self.by_call.trim(|entry| entry.sent.is_none());
    }
}

/// The messages whose lives an event belongs to: the one that it is about, and the one that a
/// message move task made of that.
fn messages(kind: &EventKind) -> impl Iterator<Item = MessageKey> {
    let made =
        if let EventKind::Service(sqs::EventKind::MessageMovedByTask { new_message, .. }) = kind {
            *new_message
        } else {
            None
        };
    [kind.message(), made].into_iter().flatten()
}

/// The queue that an event took all messages out of.
fn emptied(kind: &EventKind) -> Option<QueueId> {
    if let EventKind::Service(
        sqs::EventKind::QueuePurged { queue, .. } | sqs::EventKind::QueueDeleted { queue, .. },
    ) = kind
    {
        Some(*queue)
    } else {
        None
    }
}

/// The call that ends with this event.
fn ended(event: &Event) -> Option<CallId> {
    if let EventKind::CallAnswered { call, .. } | EventKind::CallDropped { call, .. } = event.kind {
        Some(call)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Time;
    use crate::sqs::api::Caller;
    use crate::world::{EventId, EventKind};

    fn event(id: u64) -> Event {
        let kind = EventKind::WorkStarted {
            caller: Caller(1),
            message: MessageKey(id % 2),
            until: Time::from_ms(id),
        };
        Event {
            id: EventId(id),
            cause: None,
            at: Time::from_ms(id),
            kind,
        }
    }

    #[test]
    fn a_replay_adds_nothing_twice() {
        let mut log = EventLog::default();
        log.extend((0..6).map(event).collect());
        log.extend((2..8).map(event).collect());
        assert_eq!(log.before(u64::MAX).count(), 8);
        let of_one: Vec<_> = log
            .of_message(MessageKey(1), 6)
            .map(|event| event.id.0)
            .collect();
        assert_eq!(of_one, [1, 3, 5]);
    }

    #[test]
    fn a_cut_forgets_the_future() {
        let mut log = EventLog::default();
        log.extend((0..6).map(event).collect());
        log.truncate(3);
        assert_eq!(log.len(), 3);
        assert_eq!(log.of_message(MessageKey(1), 9).count(), 1);
    }

    #[test]
    fn the_log_is_bounded_and_can_start_anew() {
        let mut log = EventLog::default();
        log.extend((0..EVENTS_MAX as u64 + 10).map(event).collect());
        assert_eq!((log.len(), log.first_id()), (EVENTS_MAX, 10));
        assert!(log.get(9).is_none());
        log.make_room_for(5);
        log.extend((5..8).map(event).collect());
        assert_eq!((log.len(), log.first_id()), (3, 5));
    }

    #[test]
    fn ahead_of_a_gap_the_log_starts_anew() {
        let mut log = EventLog::default();
        log.extend((0..6).map(event).collect());
        log.make_room_for(6);
        assert_eq!((log.len(), log.edition()), (6, 0));
        log.make_room_for(9);
        log.extend((9..12).map(event).collect());
        assert_eq!((log.len(), log.first_id(), log.edition()), (3, 9, 1));
        assert_eq!(log.of_message(MessageKey(1), 12).count(), 2);
    }
}
