//! A chart of one metric as the path of a drawing: steps, as each value is one of a whole period.

use std::fmt::Write;

/// The width of a drawing, in its own units.
pub(super) const WIDTH: u64 = 1000;
/// The height of a drawing, in its own units.
pub(super) const HEIGHT: u64 = 100;
/// What is free above the largest value.
const AIR: u64 = 6;

/// A value for a while, in milliseconds since the start.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Step {
    pub from: u64,
    pub to: u64,
    pub value: u64,
}

/// A metric over time.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Series {
    /// As CloudWatch spells it.
    pub name: &'static str,
    /// In order; there may be gaps.
    pub steps: Vec<Step>,
}

impl Series {
    /// The value at an instant.
    pub(super) fn at(&self, at: u64) -> Option<u64> {
        let after = self.steps.partition_point(|step| step.from <= at);
        let step = self.steps.get(after.checked_sub(1)?)?;
        (at < step.to).then_some(step.value)
    }

    /// The last value.
    pub(super) fn latest(&self) -> Option<u64> {
        self.steps.last().map(|step| step.value)
    }

    /// The largest value.
    pub(super) fn most(&self) -> u64 {
        self.steps.iter().map(|step| step.value).max().unwrap_or(0)
    }

    /// The line and the area below it, of a time from `from` and so long.
    pub(super) fn paths(&self, from: u64, length: u64) -> [String; 2] {
        let most = u128::from(self.most().max(1));
        let x = |at: u64| at.saturating_sub(from).min(length) * WIDTH / length.max(1);
        let y = |value: u64| {
            let height = u128::from(value) * u128::from(HEIGHT - AIR) / most;
            HEIGHT - height as u64
        };
        let (mut line, mut area) = (String::new(), String::new());
        let mut before: Option<Step> = None;
        for step in self.steps.iter().filter(|step| step.to > from) {
            let (left, right, top) = (x(step.from), x(step.to), y(step.value));
            let goes_on = before.is_some_and(|before| before.to == step.from);
            // A string takes all that is written.
            let _ = if goes_on {
                write!(line, "V{top}H{right}")
            } else {
                write!(line, "M{left} {top}H{right}")
            };
            let _ = write!(area, "M{left} {HEIGHT}V{top}H{right}V{HEIGHT}z");
            before = Some(*step);
        }
        [line, area]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(steps: &[(u64, u64, u64)]) -> Series {
        let step = |(from, to, value): &(u64, u64, u64)| Step {
            from: *from,
            to: *to,
            value: *value,
        };
        Series {
            name: "NumberOfMessagesSent",
            steps: steps.iter().map(step).collect(),
        }
    }

    #[test]
    fn steps_join_and_gaps_stay_open() {
        let series = series(&[(0, 100, 2), (100, 200, 4), (300, 400, 0)]);
        let [line, area] = series.paths(0, 1000);
        assert_eq!(line, "M0 53H100V6H200M300 100H400");
        assert_eq!(area.matches('M').count(), 3);
        assert_eq!(
            (series.at(150), series.at(250), series.at(400)),
            (Some(4), None, None)
        );
        assert_eq!((series.latest(), series.most()), (Some(0), 4));
    }

    #[test]
    fn what_lies_before_the_window_is_left_out() {
        let series = series(&[(0, 100, 2), (100, 200, 4)]);
        assert_eq!(series.paths(100, 100)[0], "M0 6H1000");
        assert_eq!(series.paths(150, 100)[0], "M0 6H500");
    }
}
