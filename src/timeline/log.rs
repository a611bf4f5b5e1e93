//! The event log: bounded, for display. Nothing is computed from it but pictures.

use std::collections::VecDeque;

use crate::sqs::MessageKey;
use crate::sqs::api::CallId;
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

    /// One event, if it is still kept.
    pub fn get(&self, id: u64) -> Option<&Event> {
        self.events
            .get(usize::try_from(id.checked_sub(self.first_id())?).ok()?)
    }

    /// The number of the first event kept.
    pub fn first_id(&self) -> u64 {
        self.events.front().map_or(0, |event| event.id.0)
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
            if let Some(message) = event.kind.message() {
                self.by_message.entry(message.0).push_back(event.id.0);
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
        while self.events.back().is_some_and(|event| event.id.0 >= end) {
            let event = self.events.pop_back().expect("there is a last one");
            if let Some(message) = event.kind.message() {
                self.by_message.entry(message.0).pop_back();
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

    /// Gets ready for event number `next`: if that lies before everything kept, the log starts anew.
    pub(super) fn make_room_for(&mut self, next: u64) {
        if next < self.first_id() {
            self.events.clear();
            self.by_message = Dense::default();
            self.by_call = Dense::default();
        }
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
        if let Some(message) = event.kind.message() {
            self.by_message.entry(message.0).pop_front();
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
}
