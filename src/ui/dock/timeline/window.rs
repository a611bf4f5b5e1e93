//! Which part of the run is shown, and how places in it are shares of its length.

use crate::ui::axis::LENGTHS;
use crate::ui::bounds::bounded;

/// The shortest part.
const LENGTH_MIN: u64 = 100;

/// A part of the run, in milliseconds since its start.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Window {
    pub from: u64,
    pub length: u64,
}

impl Window {
    /// All of a run that is so long.
    pub(super) fn whole(length: u64) -> Self {
        Self {
            from: 0,
            length: length.max(LENGTH_MIN),
        }
    }

    /// Where an instant is.
    pub(super) fn share(self, at_ms: f64) -> f64 {
        (at_ms - self.from as f64) / self.length as f64
    }

    /// The same, held within the window.
    pub(super) fn bounded_share(self, at_ms: u64) -> f64 {
        bounded(self.share(at_ms as f64), 0.0, 1.0)
    }

    /// What is at a share.
    pub(super) fn at(self, share: f64) -> u64 {
        self.from + (bounded(share, 0.0, 1.0) * self.length as f64).round() as u64
    }

    /// Shows less of a run that is so long, or more, around a place that stays where it is.
    pub(super) fn zoomed(self, closer: bool, around: f64, run: u64) -> Self {
        let length = if closer {
            let mut shorter = LENGTHS.into_iter().rev();
            shorter.find(|length| *length < self.length)
        } else {
            LENGTHS.into_iter().find(|length| *length > self.length)
        };
        let least = LENGTH_MIN.min(run);
        let length = length.unwrap_or(self.length).clamp(least, run.max(least));
        let kept = self.at(around) as f64;
        let from = kept - bounded(around, 0.0, 1.0) * length as f64;
        Self { from: 0, length }.starting_at(from, run)
    }

    /// Shows an earlier or later part: by this share of its length.
    pub(super) fn moved(self, by: f64, run: u64) -> Self {
        self.starting_at(self.from as f64 + by * self.length as f64, run)
    }

    /// The window that has an instant in sight: this one, if it has.
    pub(super) fn following(self, at_ms: u64, run: u64) -> Self {
        let share = self.share(at_ms as f64);
        if (0.0..0.96).contains(&share) || self.from + self.length >= run && share >= 0.0 {
            return self;
        }
        // Turned like a page: then it stands still for a while.
        self.starting_at(at_ms as f64 - 0.2 * self.length as f64, run)
    }

    fn starting_at(self, from: f64, run: u64) -> Self {
        let last = run.saturating_sub(self.length) as f64;
        Self {
            from: bounded(from.round(), 0.0, last) as u64,
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zooming_keeps_the_place_and_comes_back() {
        let whole = Window::whole(120_000);
        let closer = whole.zoomed(true, 0.5, 120_000);
        assert_eq!((closer.from, closer.length), (30_000, 60_000));
        assert_eq!(closer.zoomed(false, 0.5, 120_000), whole);
        assert_eq!(whole.zoomed(false, 0.5, 120_000), whole, "no more than all");
        let mut closest = whole;
        for _ in 0..40 {
            closest = closest.zoomed(true, 1.0, 120_000);
        }
        assert_eq!((closest.from, closest.length), (119_900, LENGTH_MIN));
    }

    #[test]
    fn a_window_stays_within_the_run() {
        let window = Window::whole(60_000).zoomed(true, 0.0, 60_000);
        assert_eq!(window.moved(-1.0, 60_000).from, 0);
        assert_eq!(window.moved(9.0, 60_000).from, 30_000);
    }

    #[test]
    fn to_follow_turns_pages() {
        let window = Window {
            from: 0,
            length: 10_000,
        };
        assert_eq!(window.following(5000, 60_000), window);
        assert_eq!(window.following(9700, 60_000).from, 7700);
        assert_eq!(window.following(59_900, 60_000).from, 50_000);
        let last = window.moved(99.0, 60_000);
        assert_eq!(last.following(59_900, 60_000), last);
        assert_eq!(last.following(1000, 60_000).from, 0);
    }

    #[test]
    fn places_and_shares_agree() {
        let window = Window {
            from: 1000,
            length: 2000,
        };
        assert_eq!(window.at(window.bounded_share(2500)), 2500);
        assert!(window.bounded_share(99) < f64::EPSILON);
    }
}
