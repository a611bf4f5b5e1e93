//! How fast virtual time passes: arithmetic, no clock.

use std::fmt;

use super::bounds::bounded;
use crate::sim::{Span, Time};

/// Virtual time per wall time, in thousandths.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Speed(u32);

impl Speed {
    /// As fast as wall time.
    pub const REAL: Self = Self(1000);
    /// What the page offers, slowest first.
    pub const OFFERED: [Self; 12] = [
        Self(100),
        Self(500),
        Self::REAL,
        Self(2000),
        Self(5000),
        Self(10_000),
        Self(50_000),
        Self(60_000),
        Self(100_000),
        Self(1_000_000),
        Self(10_000_000),
        Self(100_000_000),
    ];

    /// The next faster speed on offer, or this one if there is none.
    pub fn faster(self) -> Self {
        Self::OFFERED
            .into_iter()
            .find(|speed| *speed > self)
            .unwrap_or(self)
    }

    /// The next slower speed on offer, or this one if there is none.
    pub fn slower(self) -> Self {
        Self::OFFERED
            .into_iter()
            .rev()
            .find(|speed| *speed < self)
            .unwrap_or(self)
    }

    /// Whether none that is offered is faster.
    pub fn is_fastest(self) -> bool {
        self.faster() == self
    }

    /// The speed on offer of so many thousandths.
    pub fn of_thousandths(thousandths: u32) -> Option<Self> {
        Self::OFFERED
            .into_iter()
            .find(|speed| speed.thousandths() == thousandths)
    }

    /// The factor in thousandths.
    pub fn thousandths(self) -> u32 {
        self.0
    }

    /// The factor.
    pub fn factor(self) -> f64 {
        f64::from(self.0) / 1000.0
    }
}

impl fmt::Display for Speed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 1000, self.0 % 1000) {
            (whole, 0) if whole >= 1000 => write!(f, "{},{:03}×", whole / 1000, whole % 1000),
            (whole, 0) => write!(f, "{whole}×"),
            (whole, rest) => {
                write!(f, "{whole}.{}×", format!("{rest:03}").trim_end_matches('0'))
            }
        }
    }
}

/// Where the playhead is, between two milliseconds too, and whether it moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Playhead {
    /// Whether it moves.
    pub playing: bool,
    /// How fast it would.
    pub speed: Speed,
    /// Milliseconds since the start, as an exact place for the picture.
    elapsed_ms: f64,
}

impl Playhead {
    /// The longest wall time that one frame may make up for, in milliseconds: a tab that was
    /// hidden does not catch up.
    pub const FRAME_MS_MAX: f64 = 100.0;

    /// At the start, and still.
    pub fn new(speed: Speed) -> Self {
        Self {
            playing: false,
            speed,
            elapsed_ms: 0.0,
        }
    }

    /// Moves by one frame that took `wall_ms` of wall time.
    pub fn pass(&mut self, wall_ms: f64) {
        let wall_ms = bounded(wall_ms, 0.0, Self::FRAME_MS_MAX);
        self.elapsed_ms += wall_ms * self.speed.factor();
    }

    /// Moves to an instant.
    pub fn put(&mut self, now: Time, start: Time) {
        self.elapsed_ms = now.since(start).as_ms() as f64;
    }

    /// The last whole millisecond that it has reached.
    pub fn now(&self, start: Time) -> Time {
        start + Span::from_ms(self.elapsed_ms as u64)
    }

    /// Milliseconds since the start.
    pub fn elapsed_ms(&self) -> f64 {
        self.elapsed_ms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeds_step_up_and_down_and_stay_at_the_ends() {
        assert_eq!(Speed::REAL.faster().to_string(), "2×");
        assert_eq!(Speed::REAL.slower().to_string(), "0.5×");
        let (first, last) = (Speed::OFFERED[0], Speed::OFFERED[11]);
        assert_eq!((first.slower(), last.faster()), (first, last));
    }

    #[test]
    fn a_hidden_tab_does_not_catch_up() {
        let mut playhead = Playhead::new(Speed::REAL);
        playhead.pass(3_600_000.0);
        assert_eq!(playhead.now(Time::default()).as_ms(), 100);
        playhead.pass(-5.0);
        assert_eq!(playhead.now(Time::default()).as_ms(), 100);
    }

    #[test]
    fn slow_motion_adds_up() {
        let mut playhead = Playhead::new(Speed::OFFERED[0]);
        for _ in 0..100 {
            playhead.pass(16.0);
        }
        // A tenth has no exact binary form: the sum may end just below.
        assert!((159..=160).contains(&playhead.now(Time::default()).as_ms()));
    }
}
