//! Lengths of time that may differ from one time to the next.

use std::str::FromStr;

use crate::json::{AsMember, FillChoice, FillNumberOrChoice, Member, Place, members};
use crate::sim::{Span, Stream};
use crate::world::config::{ConfigError, Limits, within};

/// A length of time in milliseconds, drawn anew each time.
///
/// As JSON a bare number, `{"uniform":{"min":…,"max":…}}` or `{"exponential":{"mean":…}}`.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Spread {
    /// Always the same.
    Fixed(u64),
    /// Anything within bounds, each equally likely.
    Uniform(Uniform),
    /// Short mostly, and long at times: as between arrivals that know nothing of each other.
    Exponential(Exponential),
}

/// See [`Spread::Uniform`].
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct Uniform {
    /// The shortest.
    pub min: u64,
    /// The longest.
    pub max: u64,
}

/// See [`Spread::Exponential`].
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct Exponential {
    /// The mean. The longest is twenty times as long.
    pub mean: u64,
}

members! {
    Uniform {
        min required,
        max required,
    }
    Exponential {
        mean required,
    }
}

/// An exponential time is cut off at so many means: one in 485 million is longer.
const MEANS_MAX: u64 = 20;

impl Default for Spread {
    /// No time at all.
    fn default() -> Self {
        Self::Fixed(0)
    }
}

impl Spread {
    /// Whether it never takes any time.
    pub fn is_zero(&self) -> bool {
        *self == Self::Fixed(0)
    }

    /// The next length. A fixed one draws nothing.
    pub(in crate::world) fn draw(&self, luck: &mut Stream) -> Span {
        Span::from_ms(match *self {
            Self::Fixed(ms) => ms,
            Self::Uniform(Uniform { min, max }) => luck.between(min, max),
            Self::Exponential(Exponential { mean }) => exponential(mean, luck),
        })
    }

    pub(super) fn check(&self, what: &'static str) -> Result<(), ConfigError> {
        match *self {
            Self::Fixed(ms) | Self::Exponential(Exponential { mean: ms }) => {
                within(what, ms, 0, Limits::PAUSE_MS)
            }
            Self::Uniform(Uniform { min, max }) => {
                within(what, min, 0, max)?;
                within(what, max, min, Limits::PAUSE_MS)
            }
        }
    }
}

/// Von Neumann's method, which needs comparisons only: the run of falling numbers that begins with
/// `x` has an odd length with probability e^-x. Each try that fails adds a whole mean.
fn exponential(mean: u64, luck: &mut Stream) -> u64 {
    for means in 0..MEANS_MAX {
        let first = luck.next_u64();
        let (mut last, mut is_odd) = (first, true);
        loop {
            let next = luck.next_u64();
            if next >= last {
                break;
            }
            last = next;
            is_odd = !is_odd;
        }
        if is_odd {
            let part = (u128::from(mean) * u128::from(first)) >> 64;
            return mean * means + part as u64;
        }
    }
    mean * MEANS_MAX
}

impl AsMember for Spread {
    fn member(&self) -> Member<'_> {
        match self {
            Self::Fixed(ms) => ms.member(),
            Self::Uniform(bounds) => Member::Choice("uniform", Box::new(bounds.member())),
            Self::Exponential(mean) => Member::Choice("exponential", Box::new(mean.member())),
        }
    }

    fn place(&mut self) -> Place<'_> {
        Place::NumberOrChoice(self)
    }
}

impl FromStr for Spread {
    type Err = std::num::ParseIntError;

    fn from_str(digits: &str) -> Result<Self, Self::Err> {
        digits.parse().map(Self::Fixed)
    }
}

impl FillChoice for Spread {
    fn choose(&mut self, kind: &str) -> Option<Place<'_>> {
        *self = match kind {
            "uniform" => Self::Uniform(Uniform::default()),
            "exponential" => Self::Exponential(Exponential::default()),
            _ => return None,
        };
        match self {
            Self::Fixed(_) => None,
            Self::Uniform(bounds) => Some(bounds.place()),
            Self::Exponential(mean) => Some(mean.place()),
        }
    }
}

impl FillNumberOrChoice for Spread {}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(spread: Spread) -> Vec<u64> {
        let mut luck = Stream::new(1, "spread");
        (0..20_000)
            .map(|_| spread.draw(&mut luck).as_ms())
            .collect()
    }

    #[test]
    fn a_uniform_spread_keeps_its_bounds_and_reaches_them() {
        let times = drawn(Spread::Uniform(Uniform { min: 10, max: 30 }));
        assert_eq!(times.iter().min(), Some(&10));
        assert_eq!(times.iter().max(), Some(&30));
    }

    #[test]
    fn an_exponential_spread_has_its_mean_and_its_tail() {
        let times = drawn(Spread::Exponential(Exponential { mean: 1000 }));
        let mean = times.iter().sum::<u64>() / 20_000;
        assert!((980..1020).contains(&mean), "{mean}");
        // e^-1 = 36.8 % are longer than the mean, e^-3 = 5 % longer than three.
        for (longer_than, expected) in [(1000, 7358), (3000, 996)] {
            let longer = times.iter().filter(|ms| **ms > longer_than).count();
            assert!(longer.abs_diff(expected) < 200, "{longer} of {expected}");
        }
    }

    #[test]
    fn a_fixed_spread_draws_nothing() {
        let mut luck = Stream::new(1, "spread");
        Spread::Fixed(7).draw(&mut luck);
        assert_eq!(luck, Stream::new(1, "spread"));
    }
}
