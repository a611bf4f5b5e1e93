//! How much happened when: counts of events along a run, however long it is, in bounded memory.
//!
//! The event log forgets; this does not. Each event is counted once, also when a replay hands it in
//! again.

use crate::sim::{Span, Time};
use crate::sqs;
use crate::world::{Event, EventKind};

/// The most buckets. When a run outgrows them, each takes its neighbour in.
const BUCKETS_MAX: usize = 512;
/// How long a bucket is at first.
const FIRST_WIDTH: Span = Span::from_ms(125);

/// What kinds of events are counted; others are not.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum EventGroup {
    /// Messages that were sent, by whom or what ever, and duplicates that were dropped.
    Sends,
    /// Messages that were received.
    Receives,
    /// Messages that were deleted, queues that were purged or deleted.
    Deletes,
    /// Messages that expired or became dead letters.
    Losses,
    /// Calls that were answered with an error.
    Errors,
}

impl EventGroup {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Sends,
        Self::Receives,
        Self::Deletes,
        Self::Losses,
        Self::Errors,
    ];

    /// The group of an event.
    pub fn of(kind: &EventKind) -> Option<Self> {
        match kind {
            EventKind::Service(kind) => Self::of_service(kind),
            EventKind::CallAnswered { result, .. } => result.is_err().then_some(Self::Errors),
            EventKind::CallSent { .. }
            | EventKind::ActorAdded { .. }
            | EventKind::CallDropped { .. }
            | EventKind::ProgramChanged { .. }
            | EventKind::ActorPaused { .. }
            | EventKind::ActorResumed { .. }
            | EventKind::ActorRenamed { .. }
            | EventKind::ActorRemoved { .. }
            | EventKind::WorkStarted { .. }
            | EventKind::WorkFinished { .. }
            | EventKind::WorkedTwice { .. }
            | EventKind::WorkFailed { .. }
            | EventKind::ConsumerCrashed { .. }
            | EventKind::InvocationStarted { .. }
            | EventKind::InvocationThrottled { .. }
            | EventKind::ActorFinished { .. }
            | EventKind::OutsideEnded { .. }
            | EventKind::ActorFailed { .. } => None,
        }
    }

    fn of_service(kind: &sqs::EventKind) -> Option<Self> {
        use sqs::EventKind as Kind;
        Some(match kind {
            Kind::MessageSent { .. }
            | Kind::MessageDeduplicated { .. }
            | Kind::MessageMovedByTask { .. } => Self::Sends,
            Kind::MessageReceived { .. } => Self::Receives,
            Kind::MessageDeleted { .. } | Kind::QueuePurged { .. } | Kind::QueueDeleted { .. } => {
                Self::Deletes
            }
            Kind::MessageExpired { .. } | Kind::MessageMovedToDeadLetterQueue { .. } => {
                Self::Losses
            }
            Kind::QueueCreated { .. }
            | Kind::QueueAttributesSet { .. }
            | Kind::MessageBecameVisible { .. }
            | Kind::MessageDelayChanged { .. }
            | Kind::MessageVisibilityChanged { .. }
            | Kind::MessageMoveTaskStarted { .. }
            | Kind::MessageMoveTaskEnded { .. }
            | Kind::LongPollStarted { .. }
            | Kind::ReceiveCameBackEmpty { .. }
            | Kind::ChaosStruck { .. } => return None,
        })
    }
}

/// Events, counted by their groups.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct EventCounts([u64; EventGroup::ALL.len()]);

impl EventCounts {
    /// How many of this group.
    pub fn of(&self, group: EventGroup) -> u64 {
        self.0[group as usize]
    }

    /// How many in all.
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    /// All of these together.
    pub fn sum(buckets: &[Self]) -> Self {
        let mut sum = Self::default();
        for bucket in buckets {
            sum.add(bucket);
        }
        sum
    }

    /// Counts an event.
    pub(super) fn note(&mut self, kind: &EventKind) {
        if let Some(group) = EventGroup::of(kind) {
            self.0[group as usize] += 1;
        }
    }

    fn add(&mut self, other: &Self) {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            *own += other;
        }
    }

    fn without(mut self, other: &Self) -> Self {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            *own = own.saturating_sub(other);
        }
        self
    }
}

/// The counts along a run, from its start to as far as it was computed.
#[derive(Clone, Debug)]
pub struct Density {
    start: Time,
    width: Span,
    buckets: Vec<EventCounts>,
    /// The number of the first event that was not counted yet.
    next: u64,
}

impl Density {
    pub(super) fn new(start: Time) -> Self {
        Self {
            start,
            width: FIRST_WIDTH,
            buckets: Vec::new(),
            next: 0,
        }
    }

    /// How long a bucket is; the first begins with the run.
    pub fn width(&self) -> Span {
        self.width
    }

    /// The buckets, up to the last in which something happened.
    pub fn buckets(&self) -> &[EventCounts] {
        &self.buckets
    }

    /// What was counted over the whole run.
    pub fn total(&self) -> EventCounts {
        EventCounts::sum(&self.buckets)
    }

    /// Counts those of the events, which are in order, that were not counted before.
    pub(super) fn extend(&mut self, events: &[Event]) {
        for event in events {
            if event.id.0 < self.next {
                continue;
            }
            self.next = event.id.0 + 1;
            if EventGroup::of(&event.kind).is_some() {
                self.bucket_at(event.at).note(&event.kind);
            }
        }
    }

    /// Forgets the events from number `next` on, which happen at `now` or later; `before` counts
    /// all earlier ones.
    pub(super) fn cut(&mut self, now: Time, next: u64, before: &EventCounts) {
        self.next = self.next.min(next);
        let place = self.place_of(now);
        self.buckets.truncate(place);
        while self.buckets.last().is_some_and(|last| last.total() == 0) {
            self.buckets.pop();
        }
        let last = before.without(&EventCounts::sum(&self.buckets));
        if last.total() > 0 {
            *self.bucket_at(now) = last;
        }
    }

    fn place_of(&self, at: Time) -> usize {
        (at.since(self.start).as_ms() / self.width.as_ms()) as usize
    }

    fn bucket_at(&mut self, at: Time) -> &mut EventCounts {
        while self.place_of(at) >= BUCKETS_MAX {
            self.widen();
        }
        let place = self.place_of(at);
        while self.buckets.len() <= place {
            self.buckets.push(EventCounts::default());
        }
        &mut self.buckets[place]
    }

    fn widen(&mut self) {
        self.width = self.width + self.width;
        self.buckets = self.buckets.chunks(2).map(EventCounts::sum).collect();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sqs::{MessageKey, QueueId};
    use crate::world::EventId;

    fn event(id: u64, at: u64, group: usize) -> Event {
        let (queue, message) = (QueueId(1), MessageKey(id));
        let kind = match group {
            0 => sqs::EventKind::MessageExpired { queue, message },
            1 => sqs::EventKind::QueuePurged { queue, messages: 1 },
            _ => sqs::EventKind::QueueAttributesSet { queue },
        };
        Event {
            id: EventId(id),
            cause: None,
            at: Time::from_ms(at),
            kind: EventKind::Service(kind),
        }
    }

    fn counts(events: &[Event]) -> EventCounts {
        let mut counts = EventCounts::default();
        for event in events {
            counts.note(&event.kind);
        }
        counts
    }

    /// Events with these pauses between them.
    fn run(steps: &[(u64, usize)]) -> Vec<Event> {
        let mut at = 0;
        let numbered = steps.iter().zip(0..);
        let event = |((pause, group), id): (&(u64, usize), u64)| {
            at += pause;
            event(id, at, *group)
        };
        numbered.map(event).collect()
    }

    fn check(density: &Density, events: &[Event]) {
        let width = density.width.as_ms();
        assert!(density.buckets.len() <= BUCKETS_MAX);
        assert_eq!(density.total(), counts(events));
        for (place, bucket) in density.buckets.iter().enumerate() {
            let within = |event: &&Event| event.at.as_ms() / width == place as u64;
            let inside: Vec<_> = events.iter().filter(within).cloned().collect();
            assert_eq!(*bucket, counts(&inside), "bucket {place} of {width} ms");
        }
    }

    proptest! {
        #[test]
        fn buckets_count_what_a_naive_count_does(
            steps in prop::collection::vec((prop_oneof![0..3u64, 0..400u64, 0..20_000u64], 0..3usize), 0..300),
            again in prop::collection::vec((0..300usize, 0..300usize), 0..4),
            cut in 0..300usize,
            later in prop::collection::vec((0..900u64, 0..3usize), 0..50),
        ) {
            let events = run(&steps);
            let mut density = Density::new(Time::default());
            density.extend(&events);
            for (from, to) in again {
                let to = to.min(events.len());
                density.extend(&events[from.min(to)..to]);
            }
            check(&density, &events);

            // The future is cut, and goes on in another way.
            let kept = &events[..cut.min(events.len())];
            let now = kept.last().map_or(Time::default(), |event| event.at);
            density.cut(now, kept.len() as u64, &counts(kept));
            check(&density, kept);
            let mut all = kept.to_vec();
            for (pause, group) in later {
                let at = all.last().map_or(0, |event| event.at.as_ms()) + pause;
                all.push(event(all.len() as u64, at, group));
            }
            density.extend(&all);
            check(&density, &all);
        }
    }

    #[test]
    fn a_long_run_keeps_few_buckets() {
        let mut density = Density::new(Time::default());
        for id in 0..100_000 {
            density.extend(&[event(id, id * 10_000, 0)]);
        }
        assert_eq!(density.total().of(EventGroup::Losses), 100_000);
        assert!((BUCKETS_MAX / 2..=BUCKETS_MAX).contains(&density.buckets().len()));
    }
}
