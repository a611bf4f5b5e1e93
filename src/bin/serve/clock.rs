//! Which time it is: the system's, or one that is moved by hand.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use sqs_playground::sim::{Span, Time};

use crate::options::ClockKind;

/// Where a virtual clock starts: 2026-01-01T00:00:00Z.
const START: Time = Time::from_ms(1_767_225_600_000);

/// A clock that never goes back.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Clock {
    /// The system's, read once and carried on by its monotonic one.
    Real {
        /// When it was read.
        since: Instant,
        /// What it said.
        start: Time,
    },
    /// Stands still until it is moved.
    Virtual(Time),
}

impl Clock {
    /// A clock at its start.
    pub(crate) fn new(kind: ClockKind) -> Self {
        match kind {
            ClockKind::Real => {
                let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH);
                Self::Real {
                    since: Instant::now(),
                    start: Time::from_ms(0) + span(since_epoch.unwrap_or_default()),
                }
            }
            ClockKind::Virtual => Self::Virtual(START),
        }
    }

    /// The time.
    pub(crate) fn now(&self) -> Time {
        match *self {
            Self::Real { since, start } => start + span(since.elapsed()),
            Self::Virtual(now) => now,
        }
    }

    /// How long to wait for an instant; none if no waiting helps.
    pub(crate) fn wait_for(&self, at: Time) -> Option<Duration> {
        match self {
            // A millisecond more, for what the division has cut off.
            Self::Real { .. } => Some(Duration::from_millis(at.since(self.now()).as_ms() + 1)),
            Self::Virtual(_) => None,
        }
    }
}

fn span(duration: Duration) -> Span {
    Span::from_ms(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX))
}
