//! Virtual time: milliseconds, as AWS stamps them.

use std::fmt;
use std::ops::{Add, Sub};

use time::OffsetDateTime;

/// An instant of virtual time, in milliseconds since 1970-01-01T00:00:00 UTC.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Time(u64);

/// A length of virtual time, in milliseconds.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Span(u64);

impl Time {
    /// The last instant that can be named.
    pub const MAX: Self = Self(u64::MAX);

    /// The instant `ms` milliseconds after the Unix epoch.
    pub const fn from_ms(ms: u64) -> Self {
        Self(ms)
    }

    /// Milliseconds since the Unix epoch.
    pub const fn as_ms(self) -> u64 {
        self.0
    }

    /// Whole seconds since the Unix epoch, rounded down.
    pub const fn as_secs(self) -> u64 {
        self.0 / 1000
    }

    /// The time that has passed since `earlier`; nothing if `earlier` lies ahead.
    pub const fn since(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }

    /// Whether a thing with this deadline is due at `now`: the only place that says so.
    /// Intervals are half open: at the deadline itself they are over.
    pub const fn is_due(self, now: Self) -> bool {
        self.0 <= now.0
    }
}

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// A span of `ms` milliseconds.
    pub const fn from_ms(ms: u64) -> Self {
        Self(ms)
    }

    /// A span of `seconds` seconds; the longest span if that cannot be named.
    pub const fn from_secs(seconds: u64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// The span in milliseconds.
    pub const fn as_ms(self) -> u64 {
        self.0
    }

    /// The span in whole seconds, rounded down.
    pub const fn as_secs(self) -> u64 {
        self.0 / 1000
    }

    /// Whether the span has no length.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl Add<Span> for Time {
    type Output = Self;

    /// Saturates at [`Time::MAX`].
    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl Sub<Span> for Time {
    type Output = Self;

    /// Saturates at the epoch.
    fn sub(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }
}

impl Add for Span {
    type Output = Self;

    /// Saturates.
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl fmt::Display for Time {
    /// `2026-01-01T00:00:05.250Z`; from the year 10,000 on, milliseconds since the epoch.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = i64::try_from(self.as_secs())
            .ok()
            .map(OffsetDateTime::from_unix_timestamp);
        let Some(Ok(date)) = date else {
            return write!(f, "{} ms", self.0);
        };
        let (hour, minute, second) = date.to_hms();
        write!(
            f,
            "{:04}-{:02}-{:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z",
            date.year(),
            u8::from(date.month()),
            date.day(),
            self.0 % 1000
        )
    }
}

impl fmt::Display for Span {
    /// Seconds with up to three decimals: `5 s`, `0.25 s`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, ms) = (self.0 / 1000, self.0 % 1000);
        if ms == 0 {
            write!(f, "{seconds} s")
        } else {
            let decimals = format!("{ms:03}");
            write!(f, "{seconds}.{} s", decimals.trim_end_matches('0'))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_is_due_at_its_own_instant() {
        let deadline = Time::from_ms(1000);
        assert!(!deadline.is_due(Time::from_ms(999)));
        assert!(deadline.is_due(Time::from_ms(1000)));
    }

    #[test]
    fn instants_print_as_calendar_dates() {
        for (ms, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_767_225_605_250, "2026-01-01T00:00:05.250Z"),
            (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
        ] {
            assert_eq!(Time::from_ms(ms).to_string(), text);
        }
    }

    #[test]
    fn spans_print_as_seconds() {
        assert_eq!(Span::from_secs(5).to_string(), "5 s");
        assert_eq!(Span::from_ms(250).to_string(), "0.25 s");
    }
}
