//! An axis of time: round instants to write under it, and lengths that read well.

use super::format;
use crate::sim::Span;

const SECOND: u64 = 1000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// Lengths that read well, in milliseconds.
pub(crate) const LENGTHS: [u64; 27] = [
    10,
    20,
    50,
    100,
    200,
    500,
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    4 * DAY,
    7 * DAY,
    14 * DAY,
];

/// A mark on the axis.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tick {
    /// Where, as a share of the axis.
    pub share: f64,
    pub label: String,
}

/// About `wanted` round instants between two, in milliseconds since the start.
pub(crate) fn ticks(from_ms: u64, length_ms: u64, wanted: u64) -> Vec<Tick> {
    let least = (length_ms / wanted).max(1);
    let longer = LENGTHS.into_iter().find(|length| *length >= least);
    let step = longer.unwrap_or(least.next_multiple_of(7 * DAY));
    let mut at = from_ms.next_multiple_of(step);
    let mut ticks = Vec::new();
    while at <= from_ms + length_ms {
        ticks.push(Tick {
            share: (at - from_ms) as f64 / length_ms as f64,
            label: label(at, step),
        });
        at += step;
    }
    ticks
}

/// A share as the style sheet takes it.
pub(crate) fn percent(share: f64) -> String {
    format!("{}%", format::decimal(100.0 * share, 3))
}

/// Minutes and seconds as on a clock face; words for days without hours.
fn label(at_ms: u64, step_ms: u64) -> String {
    if step_ms >= DAY {
        return format::duration(Span::from_ms(at_ms));
    }
    let (days, hours) = (at_ms / DAY, at_ms / HOUR % 24);
    let (minutes, seconds, ms) = (at_ms / MINUTE % 60, at_ms / SECOND % 60, at_ms % SECOND);
    let mut label = if at_ms >= DAY {
        let day = format::duration(Span::from_ms(days * DAY));
        let label = format!("{day} {hours:02}:{minutes:02}");
        if step_ms < MINUTE {
            format!("{label}:{seconds:02}")
        } else {
            label
        }
    } else if at_ms >= HOUR {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    };
    if step_ms < SECOND {
        label.push_str(&format!(".{:02}", ms / 10));
    }
    label
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_few_and_round() {
        for seconds in [1, 7, 60, 300, 3600, 86_400, 1_209_600, 40_000_000] {
            let ticks = ticks(0, seconds * 1000, 6);
            assert!((2..=8).contains(&ticks.len()), "{seconds} s: {ticks:?}");
            assert!(ticks.iter().all(|tick| (0.0..=1.0).contains(&tick.share)));
        }
    }

    #[test]
    fn labels_say_no_more_than_they_must() {
        let labels = |from, length| {
            let ticks = ticks(from, length, 4);
            ticks
                .into_iter()
                .map(|tick| tick.label)
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(labels(0, 60_000), "0:00 0:15 0:30 0:45 1:00");
        let spaced = |from, length| labels(from, length).replace('\u{a0}', " ");
        assert_eq!(
            spaced(3 * DAY, 60_000),
            "3 d 00:00:00 3 d 00:00:15 3 d 00:00:30 3 d 00:00:45 3 d 00:01:00"
        );
        assert_eq!(
            spaced(DAY, 4 * MINUTE),
            "1 d 00:00 1 d 00:01 1 d 00:02 1 d 00:03 1 d 00:04"
        );
        assert_eq!(
            labels(61_100, 200),
            "1:01.10 1:01.15 1:01.20 1:01.25 1:01.30"
        );
        assert_eq!(
            labels(3_600_000, 120_000),
            "1:00:00 1:00:30 1:01:00 1:01:30 1:02:00"
        );
    }
}
