//! A moment of a run, as people write it.

use time::{Date, Month};

use crate::sim::{Span, Time};

const SECOND: u64 = 1000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// The furthest moment after the start: more than any retention, in days.
const DAYS_MAX: u64 = 36_500;

/// What is written counts from the start of the run (`90`, `1:30`, `2:05:00.5`, `45 min`, `4 d 1:00:00`)
/// unless it is a UTC date with a time (`2026-01-01 00:01:30`, `2026-01-01T00:01:30Z`). None if it is
/// neither, or before the start.
pub(crate) fn moment(written: &str, start: Time) -> Option<Time> {
    let written = written.trim();
    let moment = match written.split_once(['T', ' ']) {
        Some((date, time)) if date.matches('-').count() == 2 => calendar(date, time)?,
        _ => start + elapsed(written)?,
    };
    let furthest = start + Span::from_ms(DAYS_MAX * DAY);
    (start..=furthest).contains(&moment).then_some(moment)
}

fn calendar(date: &str, time: &str) -> Option<Time> {
    let mut parts = date.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = Month::try_from(parts.next()?.parse::<u8>().ok()?).ok()?;
    let date = Date::from_calendar_date(year, month, parts.next()?.parse().ok()?).ok()?;
    let midnight = date.midnight().assume_utc().unix_timestamp();
    let time = clock_face(time.trim_end_matches('Z').trim())?;
    if time.as_ms() >= DAY {
        return None;
    }
    let midnight = u64::try_from(midnight).ok()?.checked_mul(SECOND)?;
    Some(Time::from_ms(midnight) + time)
}

/// Numbers with units, or a clock's face, or both.
fn elapsed(written: &str) -> Option<Span> {
    let mut total = 0_u64;
    let mut rest = written;
    let mut some = false;
    while !rest.is_empty() {
        let end = rest
            .find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, '.' | ':'))
            .unwrap_or(rest.len());
        let (number, after) = rest.split_at(end);
        let after = after.trim_start_matches([' ', '\u{a0}']);
        let end = after
            .find(|letter: char| !letter.is_ascii_alphabetic())
            .unwrap_or(after.len());
        let (unit, after) = after.split_at(end);
        let ms = if unit.is_empty() {
            clock_face(number)?.as_ms()
        } else {
            decimal(number, unit_ms(unit)?)?
        };
        total = total.checked_add(ms)?;
        rest = after.trim_start_matches([' ', '\u{a0}', ',']);
        some = true;
    }
    some.then_some(Span::from_ms(total))
}

fn unit_ms(unit: &str) -> Option<u64> {
    Some(match unit {
        "ms" => 1,
        "s" | "sec" | "second" | "seconds" => SECOND,
        "m" | "min" | "minute" | "minutes" => MINUTE,
        "h" | "hour" | "hours" => HOUR,
        "d" | "day" | "days" => DAY,
        _ => return None,
    })
}

/// `SS`, `MM:SS` or `HH:MM:SS`, the seconds with decimals or without.
fn clock_face(written: &str) -> Option<Span> {
    let mut total = 0_u64;
    let mut parts = written.split(':').rev();
    total = total.checked_add(decimal(parts.next()?, SECOND)?)?;
    for unit in [MINUTE, HOUR] {
        if let Some(part) = parts.next() {
            total = total.checked_add(part.parse::<u64>().ok()?.checked_mul(unit)?)?;
        }
    }
    parts.next().is_none().then_some(Span::from_ms(total))
}

/// A decimal number of units, in milliseconds; what is finer is cut off.
fn decimal(written: &str, unit_ms: u64) -> Option<u64> {
    let (whole, part) = written.split_once('.').unwrap_or((written, ""));
    if whole.is_empty() || !part.bytes().all(|digit| digit.is_ascii_digit()) || part.len() > 9 {
        return None;
    }
    let scale = 10_u64.pow(part.len() as u32);
    let part = if part.is_empty() {
        0
    } else {
        part.parse::<u64>().ok()?
    };
    let finer = part.checked_mul(unit_ms)? / scale;
    whole
        .parse::<u64>()
        .ok()?
        .checked_mul(unit_ms)?
        .checked_add(finer)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-01-01T00:00:00 UTC.
    const START: u64 = 1_767_225_600_000;

    fn ms(written: &str) -> Option<u64> {
        let start = Time::from_ms(START);
        moment(written, start).map(|moment| moment.since(start).as_ms())
    }

    #[test]
    fn moments_are_read_as_people_write_them() {
        for (written, expected) in [
            ("90", 90_000),
            (" 1:30 ", 90_000),
            ("01:12.570", 72_570),
            ("2:05:00.5", 7_500_500),
            ("45 min", 2_700_000),
            ("1.5h", 5_400_000),
            ("4 d", 345_600_000),
            ("4\u{a0}d 01:02:03.456", 349_323_456),
            ("2 min 5 s", 125_000),
            ("250 ms", 250),
            ("2026-01-01 00:01:30", 90_000),
            ("2026-01-02T00:00:00Z", 86_400_000),
            ("2026-01-01T00:00:00.250Z", 250),
        ] {
            assert_eq!(ms(written), Some(expected), "{written}");
        }
    }

    #[test]
    fn what_is_no_moment_of_the_run_is_none() {
        for written in [
            "",
            "soon",
            "-5",
            "1:2:3:4",
            "5 parsecs",
            "1..5",
            ".5",
            "1:",
            "2025-12-31 23:59:59",
            "2026-02-30 00:00:00",
            "2026-01-01 24:00:00",
            "99999999999999999999",
            "99999999999999999 d",
            "40000 d",
        ] {
            assert_eq!(ms(written), None, "{written}");
        }
    }
}
