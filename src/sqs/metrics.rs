//! The CloudWatch metrics of a queue, at one-minute points of virtual time.
//!
//! Nothing is scheduled for them: the first thing that happens to a queue after a minute's end closes
//! that minute, with the state in which the queue was since. Minutes in which nothing happened are
//! not stored; they follow from the one before.

use std::collections::VecDeque;

use crate::sim::{Span, Time};

const MINUTE: Span = Span::from_secs(60);
/// A queue without messages is active for so long after an action on it `[D]`.
const ACTIVE: Span = Span::from_secs(6 * 3600);
/// Minutes that are stored at most, of those in which something happened.
const POINTS_MAX: usize = 240;

/// What happened in a minute.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct Sums {
    /// Messages accepted, without dead letters and duplicates.
    pub sent: u64,
    /// Bytes of these.
    pub sent_bytes: u64,
    /// Bytes of the smallest.
    pub sent_bytes_min: u64,
    /// Bytes of the largest.
    pub sent_bytes_max: u64,
    /// Messages that receives returned.
    pub received: u64,
    /// Receives that returned none.
    pub empty_receives: u64,
    /// Deletes with a valid receipt handle, also of what is gone.
    pub deleted: u64,
    /// Sends that were dropped as duplicates.
    pub deduplicated: u64,
}

/// How many messages are where, and since when the oldest is there.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct Gauge {
    /// Visible messages.
    pub visible: u64,
    /// Messages in flight.
    pub in_flight: u64,
    /// Delayed messages.
    pub delayed: u64,
    /// When the oldest message came that was received fewer than three times.
    pub oldest: Option<Time>,
}

/// The state of a queue at the end of a minute.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct Gauges {
    /// All messages.
    pub all: Gauge,
    /// Those of quiet groups, if it is a fair queue.
    pub quiet: Option<Gauge>,
    /// FIFO queues: groups with messages in flight.
    pub groups_in_flight: Option<u64>,
    /// Fair queues: noisy groups.
    pub noisy_groups: Option<u64>,
}

/// One minute of a queue.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct MetricPoint {
    /// The minute's start, by which CloudWatch names it.
    pub at: Time,
    /// What happened in it.
    pub sums: Sums,
    /// The state at its end.
    pub gauges: Gauges,
}

/// A metric by AWS's name.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Metric {
    /// Seconds since the oldest message came.
    ApproximateAgeOfOldestMessage,
    /// The same without noisy groups.
    ApproximateAgeOfOldestMessageInQuietGroups,
    /// Groups of a FIFO queue with messages in flight.
    ApproximateNumberOfGroupsWithInflightMessages,
    /// Delayed messages.
    ApproximateNumberOfMessagesDelayed,
    /// The same without noisy groups.
    ApproximateNumberOfMessagesDelayedInQuietGroups,
    /// Messages in flight.
    ApproximateNumberOfMessagesNotVisible,
    /// The same without noisy groups.
    ApproximateNumberOfMessagesNotVisibleInQuietGroups,
    /// Visible messages.
    ApproximateNumberOfMessagesVisible,
    /// The same without noisy groups.
    ApproximateNumberOfMessagesVisibleInQuietGroups,
    /// Noisy groups of a fair queue.
    ApproximateNumberOfNoisyGroups,
    /// Sends that were dropped as duplicates.
    NumberOfDeduplicatedSentMessages,
    /// Receives that returned nothing.
    NumberOfEmptyReceives,
    /// Deletes.
    NumberOfMessagesDeleted,
    /// Messages that receives returned.
    NumberOfMessagesReceived,
    /// Messages accepted.
    NumberOfMessagesSent,
    /// Bytes of a message, on average and rounded down.
    SentMessageSize,
}

impl Metric {
    /// All metrics in alphabetical order.
    pub const ALL: [Self; 16] = [
        Self::ApproximateAgeOfOldestMessage,
        Self::ApproximateAgeOfOldestMessageInQuietGroups,
        Self::ApproximateNumberOfGroupsWithInflightMessages,
        Self::ApproximateNumberOfMessagesDelayed,
        Self::ApproximateNumberOfMessagesDelayedInQuietGroups,
        Self::ApproximateNumberOfMessagesNotVisible,
        Self::ApproximateNumberOfMessagesNotVisibleInQuietGroups,
        Self::ApproximateNumberOfMessagesVisible,
        Self::ApproximateNumberOfMessagesVisibleInQuietGroups,
        Self::ApproximateNumberOfNoisyGroups,
        Self::NumberOfDeduplicatedSentMessages,
        Self::NumberOfEmptyReceives,
        Self::NumberOfMessagesDeleted,
        Self::NumberOfMessagesReceived,
        Self::NumberOfMessagesSent,
        Self::SentMessageSize,
    ];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ApproximateAgeOfOldestMessage => "ApproximateAgeOfOldestMessage",
            Self::ApproximateAgeOfOldestMessageInQuietGroups => {
                "ApproximateAgeOfOldestMessageInQuietGroups"
            }
            Self::ApproximateNumberOfGroupsWithInflightMessages => {
                "ApproximateNumberOfGroupsWithInflightMessages"
            }
            Self::ApproximateNumberOfMessagesDelayed => "ApproximateNumberOfMessagesDelayed",
            Self::ApproximateNumberOfMessagesDelayedInQuietGroups => {
                "ApproximateNumberOfMessagesDelayedInQuietGroups"
            }
            Self::ApproximateNumberOfMessagesNotVisible => "ApproximateNumberOfMessagesNotVisible",
            Self::ApproximateNumberOfMessagesNotVisibleInQuietGroups => {
                "ApproximateNumberOfMessagesNotVisibleInQuietGroups"
            }
            Self::ApproximateNumberOfMessagesVisible => "ApproximateNumberOfMessagesVisible",
            Self::ApproximateNumberOfMessagesVisibleInQuietGroups => {
                "ApproximateNumberOfMessagesVisibleInQuietGroups"
            }
            Self::ApproximateNumberOfNoisyGroups => "ApproximateNumberOfNoisyGroups",
            Self::NumberOfDeduplicatedSentMessages => "NumberOfDeduplicatedSentMessages",
            Self::NumberOfEmptyReceives => "NumberOfEmptyReceives",
            Self::NumberOfMessagesDeleted => "NumberOfMessagesDeleted",
            Self::NumberOfMessagesReceived => "NumberOfMessagesReceived",
            Self::NumberOfMessagesSent => "NumberOfMessagesSent",
            Self::SentMessageSize => "SentMessageSize",
        }
    }

    /// Its value in a minute, if the queue has this metric then.
    pub fn value(self, point: &MetricPoint) -> Option<u64> {
        let MetricPoint { sums, gauges, .. } = point;
        let (all, quiet) = (gauges.all, gauges.quiet);
        let age = |gauge: Gauge| {
            let age = |oldest| (point.at + MINUTE).since(oldest).as_secs();
            gauge.oldest.map_or(0, age)
        };
        match self {
            Self::ApproximateAgeOfOldestMessage => Some(age(all)),
            Self::ApproximateAgeOfOldestMessageInQuietGroups => quiet.map(age),
            Self::ApproximateNumberOfGroupsWithInflightMessages => gauges.groups_in_flight,
            Self::ApproximateNumberOfMessagesDelayed => Some(all.delayed),
            Self::ApproximateNumberOfMessagesDelayedInQuietGroups => {
                quiet.map(|gauge| gauge.delayed)
            }
            Self::ApproximateNumberOfMessagesNotVisible => Some(all.in_flight),
            Self::ApproximateNumberOfMessagesNotVisibleInQuietGroups => {
                quiet.map(|gauge| gauge.in_flight)
            }
            Self::ApproximateNumberOfMessagesVisible => Some(all.visible),
            Self::ApproximateNumberOfMessagesVisibleInQuietGroups => {
                quiet.map(|gauge| gauge.visible)
            }
            Self::ApproximateNumberOfNoisyGroups => gauges.noisy_groups,
            Self::NumberOfDeduplicatedSentMessages => {
                gauges.groups_in_flight.map(|_| sums.deduplicated)
            }
            Self::NumberOfEmptyReceives => Some(sums.empty_receives),
            Self::NumberOfMessagesDeleted => Some(sums.deleted),
            Self::NumberOfMessagesReceived => Some(sums.received),
            Self::NumberOfMessagesSent => Some(sums.sent),
            Self::SentMessageSize => sums.sent_bytes.checked_div(sums.sent),
        }
    }
}

/// A minute as it is stored.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
struct Minute {
    point: MetricPoint,
    /// When there was an action on the queue.
    accessed_at: Time,
}

impl Minute {
    /// This minute, and those without any event from then until `end`, as far as the queue is
    /// active in them.
    fn until(self, end: Time) -> impl Iterator<Item = MetricPoint> {
        let Self { point, accessed_at } = self;
        let all = point.gauges.all;
        let has_messages = all.visible + all.in_flight + all.delayed > 0;
        let active_until = if has_messages {
            end
        } else {
            end.min(accessed_at + ACTIVE)
        };
        let later = (1..).map(move |minutes| MetricPoint {
            at: point.at + Span::from_secs(60 * minutes),
            sums: Sums::default(),
            ..point
        });
        let is_active = move |point: &MetricPoint| point.at < active_until;
        std::iter::once(point).chain(later).take_while(is_active)
    }
}

/// What is counted at a queue, and was.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) struct Metrics {
    /// The start of the minute that is open.
    minute: Time,
    pub(super) sums: Sums,
    accessed_at: Time,
    /// The minutes before, oldest first.
    history: VecDeque<Minute>,
}

impl Metrics {
    /// Those of a queue that is created now.
    pub(super) fn new(now: Time) -> Self {
        Self {
            minute: start_of_minute(now),
            sums: Sums::default(),
            accessed_at: now,
            history: VecDeque::new(),
        }
    }

    /// Whether the open minute is over.
    pub(super) fn is_over(&self, now: Time) -> bool {
        (self.minute + MINUTE).is_due(now)
    }

    /// Closes the open minute, which is over; `gauges` is how the queue has been since.
    pub(super) fn turn_to(&mut self, now: Time, gauges: Gauges) {
        if self.history.len() >= POINTS_MAX {
            self.history.pop_front();
        }
        self.history.push_back(self.close(gauges));
        self.minute = start_of_minute(now);
        self.sums = Sums::default();
    }

    pub(super) fn note_access(&mut self, now: Time) {
        self.accessed_at = now;
    }

    pub(super) fn note_send(&mut self, bytes: usize) {
        let (sums, bytes) = (&mut self.sums, bytes as u64);
        sums.sent_bytes_min = match sums.sent {
            0 => bytes,
            _ => sums.sent_bytes_min.min(bytes),
        };
        sums.sent_bytes_max = sums.sent_bytes_max.max(bytes);
        sums.sent_bytes += bytes;
        sums.sent += 1;
    }

    /// The minutes that begin at `start` or later and are over at `now`; those that are not
    /// stored any more, and those in which the queue was not active, are left out.
    pub(super) fn points(&self, start: Time, now: Time, gauges: Gauges) -> Vec<MetricPoint> {
        let open = self.close(gauges);
        let stored = self.history.iter().copied().chain([open]);
        let next_starts = self.history.iter().skip(1).map(|minute| minute.point.at);
        let ends = next_starts.chain((!self.history.is_empty()).then_some(self.minute));
        stored
            .zip(ends.chain([start_of_minute(now)]))
            .filter(|(_, end)| *end > start)
            .flat_map(|(minute, end)| minute.until(end))
            .filter(|point| point.at >= start && (point.at + MINUTE).is_due(now))
            .collect()
    }

    pub(super) fn approximate_bytes(&self) -> usize {
        self.history.capacity() * size_of::<Minute>()
    }

    fn close(&self, gauges: Gauges) -> Minute {
        let (sums, at) = (self.sums, self.minute);
        Minute {
            point: MetricPoint { at, sums, gauges },
            accessed_at: self.accessed_at,
        }
    }
}

fn start_of_minute(at: Time) -> Time {
    Time::from_ms(at.as_ms() - at.as_ms() % MINUTE.as_ms())
}
