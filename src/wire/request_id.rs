//! What every answer carries beside its content: a request id, a date.

use uuid::Builder;

use crate::sim::{Time, digest_of};

/// The id of the request of this number: a UUID of the shape that AWS's have (version 5) `[A]`.
/// The same seed and number give the same id.
pub fn request_id(seed: u64, number: u64) -> String {
    let half = |half: &str| u128::from(digest_of(&("request id", half, seed, number)).0);
    let bits = half("high") << 64 | half("low");
    Builder::from_sha1_bytes(bits.to_be_bytes())
        .into_uuid()
        .to_string()
}

/// A time as HTTP's header `Date` has it: `Thu, 01 Jan 2026 00:00:05 GMT`. From the year 10,000
/// on it stands still.
pub fn http_date(time: Time) -> String {
    const LAST: i64 = 253_402_300_799;
    let seconds = i64::try_from(time.as_secs()).unwrap_or(LAST).min(LAST);
    let date =
        ::time::OffsetDateTime::from_unix_timestamp(seconds).expect("it is before the year 10,000");
    let (weekday, month) = (date.weekday().to_string(), date.month().to_string());
    let (hour, minute, second) = date.to_hms();
    format!(
        "{}, {:02} {} {:04} {hour:02}:{minute:02}:{second:02} GMT",
        &weekday[..3],
        date.day(),
        &month[..3],
        date.year(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn request_ids_are_pinned_and_of_version_5() {
        let id = request_id(1, 1);
        assert_eq!(id.len(), 36);
        assert_eq!(&id[14..15], "5");
        assert!("89ab".contains(&id[19..20]), "{id}");
        assert_eq!(id, request_id(1, 1));
        assert_ne!(id, request_id(1, 2));
        assert_ne!(id, request_id(2, 1));
    }

    #[test]
    fn dates() {
        for (ms, text) in [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (1_767_225_605_250, "Thu, 01 Jan 2026 00:00:05 GMT"),
            (u64::MAX, "Fri, 31 Dec 9999 23:59:59 GMT"),
        ] {
            assert_eq!(http_date(Time::from_ms(ms)), text);
        }
    }
}
