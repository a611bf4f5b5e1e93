//! Keyframes: snapshots along a run, dense where it is young and even where it is old, bounded in
//! number and in bytes.

use crate::sim::Time;
use crate::world::World;

/// Steps between two snapshots at the young end.
const STEPS_APART: u64 = 256;
/// The most snapshots kept.
const KEYFRAMES_MAX: usize = 64;
/// About the most bytes kept; the first and the last snapshot are kept whatever they take.
const BYTES_MAX: usize = 64 << 20;

/// A snapshot.
#[derive(Clone, Debug)]
pub(super) struct Keyframe {
    pub(super) at: Time,
    /// Steps from the start to here.
    pub(super) steps: u64,
    /// Inputs that have acted.
    pub(super) applied: usize,
    pub(super) world: World,
}

/// The snapshots, in the order of their steps; the first is the start.
#[derive(Clone, Debug, Default)]
pub(super) struct Keyframes {
    frames: Vec<Keyframe>,
    bytes: usize,
}

impl Keyframes {
    /// Whether a snapshot after so many steps is worth its memory.
    pub(super) fn wants(&self, steps: u64) -> bool {
        self.frames
            .last()
            .is_none_or(|last| steps >= last.steps + STEPS_APART)
    }

    /// Adds a snapshot that is later than all others, and thins the old ones.
    pub(super) fn keep(&mut self, frame: Keyframe) {
        self.bytes += frame.world.approximate_bytes();
        self.frames.push(frame);
        while self.frames.len() > 2 && (self.frames.len() > KEYFRAMES_MAX || self.bytes > BYTES_MAX)
        {
            let index = self.least_missed();
            self.bytes -= self.frames.remove(index).world.approximate_bytes();
        }
    }

    /// Removes the snapshots of more than `steps` steps.
    pub(super) fn forget_after(&mut self, steps: u64) {
        self.frames.retain(|frame| frame.steps <= steps);
        self.bytes = self
            .frames
            .iter()
            .map(|frame| frame.world.approximate_bytes())
            .sum();
    }

    /// The last snapshot at or before `target`.
    pub(super) fn nearest(&self, target: Time) -> Option<&Keyframe> {
        let after = self.frames.partition_point(|frame| frame.at <= target);
        after.checked_sub(1).map(|index| &self.frames[index])
    }

    /// The last snapshot at or before `target` in which at most so many inputs have acted.
    pub(super) fn last_within(&self, applied: usize, target: Time) -> Option<&Keyframe> {
        let mut latest_first = self.frames.iter().rev();
        latest_first.find(|frame| frame.applied <= applied && frame.at <= target)
    }

    pub(super) fn len(&self) -> usize {
        self.frames.len()
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
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
    use super::*;
    use crate::world::Config;

    fn kept_after(steps: u64) -> Keyframes {
        let world = World::new(&Config::new(1));
        let mut keyframes = Keyframes::default();
        for step in 0..=steps {
            if keyframes.wants(step) {
                let at = Time::from_ms(step);
                keyframes.keep(Keyframe {
                    at,
                    steps: step,
                    applied: 0,
                    world: world.clone(),
                });
            }
        }
        keyframes
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
            let most = (age / 2 + 8 * STEPS_APART).min(1_000_000 / 25);
            assert!(target - from <= most, "{target}: {}", target - from);
        }
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
