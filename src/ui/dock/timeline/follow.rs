//! To follow what happens from row to row, without a jump for each event.

use std::ops::Range;

use crate::sim::Time;
use crate::sqs::MessageKey;
use crate::timeline::EventLog;

/// So many events are looked back at, at most.
const LOOKED_AT_MAX: usize = 400;

/// The row to bring into view: that of the message to which something happened last, unless
/// something has happened since `recent` to one that is in view. `end` is the number of the
/// first event that lies ahead.
pub(super) fn row_to_reveal(
    log: &EventLog,
    end: u64,
    recent: Time,
    rows: &[MessageKey],
    in_view: &Range<usize>,
) -> Option<usize> {
    let mut latest = None;
    for event in log.before(end).rev().take(LOOKED_AT_MAX) {
        let row = event
            .kind
            .message()
            .and_then(|key| rows.binary_search(&key).ok());
        if let Some(row) = row {
            if event.at >= recent && in_view.contains(&row) {
                return None;
            }
            latest = latest.or(Some(row));
        }
        if event.at < recent && latest.is_some() {
            break;
        }
    }
    latest.filter(|row| !in_view.contains(row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Span;
    use crate::ui::session::{Action, Session};

    #[test]
    fn only_what_is_out_of_sight_is_brought_into_view() {
        let mut session = Session::of("first-messages");
        session.apply(Action::Seek(session.start() + Span::from_secs(12)));
        let (log, end) = (session.timeline().log(), session.world().event_count());
        let rows: Vec<_> = (1..=100).map(MessageKey).collect();
        let reveal = |seconds, in_view| {
            let recent = session.start() + Span::from_secs(seconds);
            row_to_reveal(log, end, recent, &rows, &in_view)
        };
        // Ten are received every half second from the tenth on.
        let latest = reveal(11, 0..5).expect("what was received last is out of sight");
        assert!((30..60).contains(&latest), "{latest}");
        assert_eq!(reveal(11, latest..latest + 5), None);
        assert_eq!(
            reveal(10, 0..5),
            None,
            "the first five were received at the tenth second"
        );
        assert_eq!(row_to_reveal(log, end, session.start(), &[], &(0..5)), None);
    }
}
