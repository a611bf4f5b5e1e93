//! Times and numbers as people read them.

use time::OffsetDateTime;

use super::text::text;
use crate::sim::{Span, Time};

const SECOND: u64 = 1000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// A number with so many decimals: `12.50`. The page formats no float in any other way: the
/// general code for that is large, and pixels and percents do not need it.
pub(crate) fn decimal(value: f64, places: u32) -> String {
    let scale = 10_u64.pow(places);
    let scaled = (value.abs() * scale as f64).round() as u64;
    let sign = if value < 0.0 && scaled > 0 { "-" } else { "" };
    let width = places as usize;
    format!("{sign}{}.{:0width$}", scaled / scale, scaled % scale)
}

/// A time that runs: `1.9 s`, `2 min 5 s`, `3 h 12 min`, `4 d 1 h`.
pub(crate) fn running(ms: f64) -> String {
    let whole = ms.max(0.0) as u64;
    if whole < MINUTE {
        let tenths = whole / 100;
        return text!(
            "time-seconds",
            [("seconds", format!("{}.{}", tenths / 10, tenths % 10).into())],
        );
    }
    duration(Span::from_ms(whole / SECOND * SECOND))
}

/// A time that runs, in whole units: `12 s`, `3 min 20 s`. What is left of a second counts as one.
pub(crate) fn whole(ms: f64) -> String {
    let seconds = (ms.max(0.0) / SECOND as f64).ceil() as u64;
    duration(Span::from_secs(seconds))
}

/// A length of time in its two largest units: `20 s`, `0.25 s`, `4 d`, `1 h 30 min`.
pub(crate) fn duration(span: Span) -> String {
    let ms = span.as_ms();
    let pair = |large: u64, small: u64| (ms / large, ms % large / small);
    let (large, small) = if ms < MINUTE {
        let seconds = span.to_string();
        let seconds = seconds.trim_end_matches(" s").to_owned();
        (text!("time-seconds", [("seconds", seconds.into())]), None)
    } else if ms < HOUR {
        let (minutes, seconds) = pair(MINUTE, SECOND);
        let seconds = (seconds > 0).then(|| text!("time-seconds", [("seconds", seconds.into())]));
        (
            text!("time-minutes", [("minutes", minutes.into())]),
            seconds,
        )
    } else if ms < DAY {
        let (hours, minutes) = pair(HOUR, MINUTE);
        let minutes = (minutes > 0).then(|| text!("time-minutes", [("minutes", minutes.into())]));
        (text!("time-hours", [("hours", hours.into())]), minutes)
    } else {
        let (days, hours) = pair(DAY, HOUR);
        let hours = (hours > 0).then(|| text!("time-hours", [("hours", hours.into())]));
        (text!("time-days", [("days", days.into())]), hours)
    };
    small.map_or(large.clone(), |small| format!("{large} {small}"))
}

/// The same, of so many seconds.
pub(crate) fn seconds(seconds: u32) -> String {
    duration(Span::from_secs(seconds.into()))
}

/// A time since the start: `00:51.700`, `1:02:03.456`, `2 d 01:02:03.456`.
pub(crate) fn elapsed(span: Span) -> String {
    let ms = span.as_ms();
    let (minutes, seconds, thousandths) = (ms / MINUTE % 60, ms / SECOND % 60, ms % SECOND);
    let (days, hours) = (ms / DAY, ms / HOUR % 24);
    let rest = format!("{minutes:02}:{seconds:02}.{thousandths:03}");
    if days > 0 {
        format!(
            "{} {hours:02}:{rest}",
            text!("time-days", [("days", days.into())])
        )
    } else if hours > 0 {
        format!("{hours}:{rest}")
    } else {
        rest
    }
}

/// The calendar and the clock of the virtual world: `Jan 1 2026, 00:00:51 UTC`.
pub(crate) fn calendar(now: Time) -> String {
    let date = i64::try_from(now.as_secs())
        .ok()
        .map(OffsetDateTime::from_unix_timestamp);
    let Some(Ok(date)) = date else {
        return now.to_string();
    };
    let (hour, minute, second) = date.to_hms();
    let months = text!("months");
    let month = months
        .split_whitespace()
        .nth(usize::from(u8::from(date.month())) - 1);
    text!(
        "calendar",
        [
            ("month", month.unwrap_or_default().into()),
            ("day", u32::from(date.day()).into()),
            ("year", date.year().to_string().into()),
            ("time", format!("{hour:02}:{minute:02}:{second:02}").into()),
        ],
    )
}

/// An amount in billionths of a US dollar: `$1,234.50`, `$0.0312`, `$0.0000612`.
pub(crate) fn dollars(billionths: u64) -> String {
    let places: u32 = match billionths {
        0 => 2,
        1_000_000_000.. => 2,
        10_000_000.. => 4,
        _ => 7,
    };
    let unit = 10_u64.pow(9 - places);
    let rounded = billionths.saturating_add(unit / 2) / unit;
    let scale = 10_u64.pow(places);
    let (whole, part) = (rounded / scale, rounded % scale);
    let mut digits = format!("{part:0width$}", width = places as usize);
    while digits.len() > 2 && digits.ends_with('0') {
        digits.pop();
    }
    format!("${}.{digits}", grouped(whole))
}

/// A number with commas: `1,234,567`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A size: `41 bytes`, `256 KiB`, `1 MiB`.
pub(crate) fn bytes(count: usize) -> String {
    const KIB: usize = 1024;
    const MIB: usize = KIB * KIB;
    if count >= MIB && count.is_multiple_of(MIB) {
        text!("size-mib", [("count", (count / MIB).into())])
    } else if count >= KIB && count.is_multiple_of(KIB) {
        text!("size-kib", [("count", (count / KIB).into())])
    } else {
        text!("size-bytes", [("count", count.into())])
    }
}

/// At most so many characters, the last of them an ellipsis if any are missing.
pub(crate) fn clip(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut clipped: String = text.chars().take(most.saturating_sub(1)).collect();
    clipped.push('…');
    clipped
}

/// As the address of a link has it.
pub(crate) fn percent_encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A number and its unit stay on one line.
    fn plain(text: &str) -> String {
        text.replace('\u{a0}', " ")
    }

    #[test]
    fn times_read_well() {
        for (ms, text) in [
            (0.0, "0.0 s"),
            (1949.0, "1.9 s"),
            (59_999.0, "59.9 s"),
            (125_400.0, "2 min 5 s"),
            (3_600_000.0, "1 h"),
            (90_000_000.0, "1 d 1 h"),
        ] {
            assert_eq!(plain(&running(ms)), text);
        }
        assert_eq!(
            (plain(&whole(19_001.0)), plain(&whole(0.0))),
            ("20 s".into(), "0 s".into())
        );
        assert_eq!(
            [grouped(7), grouped(999), grouped(9123), grouped(120_000)],
            ["7", "999", "9,123", "120,000"]
        );
        assert_eq!(plain(&seconds(20)), "20 s");
        assert_eq!(plain(&seconds(345_600)), "4 d");
        assert_eq!(plain(&duration(Span::from_ms(250))), "0.25 s");
    }

    #[test]
    fn the_clock_shows_what_it_needs() {
        for (ms, text) in [
            (51_700, "00:51.700"),
            (3_723_456, "1:02:03.456"),
            (176_523_456, "2 d 01:02:03.456"),
        ] {
            assert_eq!(plain(&elapsed(Span::from_ms(ms))), text);
        }
        assert_eq!(
            calendar(Time::from_ms(1_767_225_651_700)),
            "Jan 1 2026, 00:00:51 UTC"
        );
    }

    #[test]
    fn sizes_and_names_stay_short() {
        assert_eq!(
            (bytes(1), bytes(41), bytes(262_144)),
            ("1 byte".into(), "41 bytes".into(), "256 KiB".into())
        );
        assert_eq!(
            (clip("orders", 6), clip("orders", 4)),
            ("orders".into(), "ord…".into())
        );
    }

    #[test]
    fn addresses_are_plain() {
        assert_eq!(percent_encoded("{\"a\": é}"), "%7B%22a%22%3A%20%C3%A9%7D");
    }

    #[test]
    fn amounts_read_well_and_round() {
        for (billionths, text) in [
            (0, "$0.00"),
            (400, "$0.0000004"),
            (61_200, "$0.0000612"),
            (2_000_000, "$0.002"),
            (31_249_999, "$0.0312"),
            (999_960_000, "$1.00"),
            (1_234_504_999_999, "$1,234.50"),
            (40_000_000_000_000, "$40,000.00"),
        ] {
            assert_eq!(dollars(billionths), text);
        }
        assert_eq!(
            [0, 999, 1000, 1_234_567].map(grouped),
            ["0", "999", "1,000", "1,234,567"]
        );
    }
}
