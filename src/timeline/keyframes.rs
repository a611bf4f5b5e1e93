//! Keyframes: snapshots along a run, dense where it is young and even where it is old, and some more
//! where it was replayed lately; bounded in number and in bytes.

use std::collections::VecDeque;

use super::calls::CallCounts;
use super::density::EventCounts;
use crate::sim::Time;
use crate::world::World;

/// Steps between two snapshots at the young end.
const STEPS_APART: u64 = 256;
/// The most snapshots kept along the run.
const KEYFRAMES_MAX: usize = 256;
/// About the most bytes they take; the first and the last are kept whatever they take.
const BYTES_MAX: usize = 56 << 20;

/// A replay takes snapshots after whole multiples of so many steps.
const REPLAYED_STEPS_APART: u64 = 2048;
/// The most of them.
const REPLAYED_MAX: usize = 32;
/// About the most bytes they take; the last is kept whatever it takes.
const REPLAYED_BYTES_MAX: usize = 8 << 20;

/// A snapshot.
#[derive(Clone, Debug)]
pub(super) struct Keyframe {
    pub(super) at: Time,
    /// Steps from the start to here.
    pub(super) steps: u64,
    /// Inputs that have acted.
    pub(super) applied: usize,
    /// All events up to here.
    pub(super) counts: EventCounts,
    /// All calls that were answered up to here.
    pub(super) calls: CallCounts,
    pub(super) world: World,
}

impl Keyframe {
    fn bytes(&self) -> usize {
        self.world.approximate_bytes()
    }
}

/// The snapshots.
#[derive(Clone, Debug, Default)]
pub(super) struct Keyframes {
    /// In the order of their steps; the first is the start.
    frames: Vec<Keyframe>,
    bytes: usize,
    /// Taken between those by the replays of late, oldest first: who looks around does not go far.
    replayed: VecDeque<Keyframe>,
    replayed_bytes: usize,
}

impl Keyframes {
    /// Whether a snapshot after so many steps is worth its memory.
    pub(super) fn wants(&self, steps: u64) -> bool {
        match self.frames.last() {
            Some(last) if steps < last.steps => {
                steps.is_multiple_of(REPLAYED_STEPS_APART)
                    && !self.replayed.iter().any(|frame| frame.steps == steps)
            }
            last => last.is_none_or(|last| steps >= last.steps + STEPS_APART),
        }
    }

    /// Adds a snapshot that [is wanted](Self::wants), and thins the old ones.
    pub(super) fn keep(&mut self, frame: Keyframe) {
        let bytes = frame.bytes();
        if self
            .frames
            .last()
            .is_some_and(|last| frame.steps < last.steps)
        {
            self.replayed_bytes += bytes;
            self.replayed.push_back(frame);
            while self.replayed.len() > REPLAYED_MAX
                || self.replayed.len() > 1 && self.replayed_bytes > REPLAYED_BYTES_MAX
            {
                let oldest = self.replayed.pop_front();
                self.replayed_bytes -= oldest.map_or(0, |oldest| oldest.bytes());
            }
            return;
        }
        self.bytes += bytes;
        self.frames.push(frame);
        while self.frames.len() > 2 && (self.frames.len() > KEYFRAMES_MAX || self.bytes > BYTES_MAX)
        {
            let index = self.least_missed();
            self.bytes -= self.frames.remove(index).bytes();
        }
    }

    /// Removes the snapshots of more than `steps` steps.
    pub(super) fn forget_after(&mut self, steps: u64) {
        self.frames.retain(|frame| frame.steps <= steps);
        self.bytes = self.frames.iter().map(Keyframe::bytes).sum();
        self.replayed.retain(|frame| frame.steps <= steps);
        self.replayed_bytes = self.replayed.iter().map(Keyframe::bytes).sum();
    }

    /// The last snapshot at or before `target`.
    pub(super) fn nearest(&self, target: Time) -> Option<&Keyframe> {
        self.last_within(usize::MAX, target)
    }

    /// The instant of the last snapshot before `now`.
    pub(super) fn last_before(&self, now: Time) -> Option<Time> {
        let all = self.frames.iter().chain(&self.replayed);
        all.map(|frame| frame.at).filter(|at| *at < now).max()
    }

    /// The last snapshot at or before `target` in which at most so many inputs have acted.
    pub(super) fn last_within(&self, applied: usize, target: Time) -> Option<&Keyframe> {
        let all = self.frames.iter().chain(&self.replayed);
        all.filter(|frame| frame.applied <= applied && frame.at <= target)
            .max_by_key(|frame| frame.steps)
    }

    pub(super) fn len(&self) -> usize {
        self.frames.len() + self.replayed.len()
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes + self.replayed_bytes
    }

    /// The snapshot, neither first nor last, whose loss leaves the smallest gap for its age. All that
    /// is older than an eighth of the run is equally old.
    fn least_missed(&self) -> usize {
        let newest = self.frames.last().expect("there are more than two").steps;
        let cost = |index: usize| {
            let gap = self.frames[index + 1].steps - self.frames[index - 1].steps;
            let age = (newest - self.frames[index].steps).min(newest / 8) + 1;
            (gap, age)
        };
        (1..self.frames.len() - 1)
            .min_by(|a, b| {
                let ((gap_a, age_a), (gap_b, age_b)) = (cost(*a), cost(*b));
                (u128::from(gap_a) * u128::from(age_b))
                    .cmp(&(u128::from(gap_b) * u128::from(age_a)))
            })
            .expect("there are more than two")
    }
}

#[cfg(test)]
mod tests {
    use std::ops::RangeInclusive;

    use super::*;
    use crate::world::Config;

    fn kept_after(steps: u64) -> Keyframes {
        let mut keyframes = Keyframes::default();
        go_through(&mut keyframes, 0..=steps);
        keyframes
    }

    fn go_through(keyframes: &mut Keyframes, steps: RangeInclusive<u64>) {
        let world = World::new(&Config::new(1));
        for step in steps {
            if keyframes.wants(step) {
                let at = Time::from_ms(step);
                keyframes.keep(Keyframe {
                    at,
                    steps: step,
                    applied: 0,
                    counts: EventCounts::default(),
                    calls: CallCounts::default(),
                    world: world.clone(),
                });
            }
        }
    }

    #[test]
    fn a_long_run_keeps_few_and_no_replay_is_long() {
        let keyframes = kept_after(1_000_000);
        assert!(keyframes.len() <= KEYFRAMES_MAX);
        assert_eq!(keyframes.frames[0].steps, 0);
        // Whatever the target, the replay is short against the run, and against the target's age.
        for target in (0..1_000_000u64).step_by(997) {
            let from = keyframes
                .nearest(Time::from_ms(target))
                .expect("the start is kept")
                .steps;
            let age = 1_000_000 - target;
            let most = (age / 2 + 8 * STEPS_APART).min(1_000_000 / 100);
            assert!(target - from <= most, "{target}: {}", target - from);
        }
    }

    #[test]
    fn a_replay_leaves_snapshots_so_that_the_next_one_nearby_is_short() {
        let mut keyframes = kept_after(4_000_000);
        let steps_at = |keyframes: &Keyframes, at| {
            let nearest = keyframes.nearest(Time::from_ms(at));
            nearest.expect("the start is kept").steps
        };
        let target = 400_000;
        let from = steps_at(&keyframes, target);
        assert!(target - from > REPLAYED_STEPS_APART);
        let before = keyframes.len();
        for _ in 0..2 {
            go_through(&mut keyframes, from + 1..=target);
        }
        let taken = (target / REPLAYED_STEPS_APART - from / REPLAYED_STEPS_APART) as usize;
        assert_eq!(keyframes.len(), before + taken);
        assert!(target - steps_at(&keyframes, target) < REPLAYED_STEPS_APART);
        go_through(&mut keyframes, 0..=1_000_000);
        assert_eq!(keyframes.replayed.len(), REPLAYED_MAX);
        keyframes.forget_after(1_000);
        assert!(keyframes.replayed.is_empty() && keyframes.replayed_bytes == 0);
    }

    #[test]
    fn the_nearest_is_never_after_the_target() {
        let keyframes = kept_after(3 * STEPS_APART);
        let at = |ms| {
            keyframes
                .nearest(Time::from_ms(ms))
                .expect("the start is kept")
                .steps
        };
        assert_eq!(at(STEPS_APART - 1), 0);
        assert_eq!(at(STEPS_APART), STEPS_APART);
    }

    #[test]
    fn what_lies_ahead_of_a_cut_is_forgotten() {
        let mut keyframes = kept_after(4 * STEPS_APART);
        keyframes.forget_after(STEPS_APART);
        assert_eq!(keyframes.len(), 2);
        assert_eq!(
            keyframes.nearest(Time::MAX).expect("two are left").steps,
            STEPS_APART
        );
    }
}
