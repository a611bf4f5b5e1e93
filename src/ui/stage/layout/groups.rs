//! What belongs together: a queue with the dead-letter queues below it, and queues with the actors
//! that talk to them.

use super::{ActorShape, QueueShape, Shape};
use crate::sqs::QueueId;

/// A queue and the dead-letter queues below it.
pub(super) struct Unit<'a> {
    pub(super) queues: Vec<&'a QueueShape>,
}

/// What is connected by wires and arrows, and by none to anything else.
#[derive(Default)]
pub(super) struct Cluster<'a> {
    pub(super) units: Vec<Unit<'a>>,
    pub(super) left: Vec<&'a ActorShape>,
    pub(super) right: Vec<&'a ActorShape>,
}

impl Unit<'_> {
    pub(super) fn has(&self, id: QueueId) -> bool {
        self.queues.iter().any(|queue| queue.id == id)
    }

    /// How many dead-letter queues stand below the first.
    pub(super) fn below(&self) -> usize {
        self.queues.len() - 1
    }
}

impl Shape {
    /// Each queue that is nobody's dead-letter queue with those below it. A dead-letter queue of
    /// several sources stands below the last of them.
    pub(super) fn units(&self) -> Vec<Unit<'_>> {
        let mut left: Vec<&QueueShape> = self.queues.iter().collect();
        let mut units = Vec::new();
        while let Some(first) = next_root(&left) {
            left.retain(|queue| queue.id != first.id);
            let mut queues = vec![first];
            let mut last = first;
            while let Some(target) = last.dead_letter_queue {
                let shared = left
                    .iter()
                    .any(|queue| queue.dead_letter_queue == Some(target));
                let Some(at) = left.iter().position(|queue| queue.id == target && !shared) else {
                    break;
                };
                last = left.remove(at);
                queues.push(last);
            }
            units.push(Unit { queues });
        }
        units
    }

    /// The actors on one side of the queues.
    pub(super) fn side(&self, is_left: bool) -> impl Iterator<Item = &ActorShape> {
        self.actors
            .iter()
            .filter(move |actor| actor.role.is_left() == is_left)
    }

    /// The clusters in the order of their first queues; actors without a queue come last, together.
    pub(super) fn clusters(&self) -> Vec<Cluster<'_>> {
        let units = self.units();
        // Each unit's cluster is named by its first unit.
        let mut names: Vec<usize> = (0..units.len()).collect();
        let unit_of = |id: QueueId| units.iter().position(|unit| unit.has(id));
        let mut join = |one: usize, other: usize| {
            let (low, high) = (names[one].min(names[other]), names[one].max(names[other]));
            for name in &mut names {
                if *name == high {
                    *name = low;
                }
            }
        };
        for (at, unit) in units.iter().enumerate() {
            let targets = unit
                .queues
                .iter()
                .filter_map(|queue| queue.dead_letter_queue);
            for target in targets.filter_map(unit_of) {
                join(at, target);
            }
        }
        for actor in &self.actors {
            let mut mine = actor.queues.iter().copied().filter_map(unit_of);
            if let Some(first) = mine.next() {
                mine.for_each(|other| join(first, other));
            }
        }
        let homes: Vec<Option<usize>> = self
            .actors
            .iter()
            .map(|actor| {
                actor
                    .queues
                    .iter()
                    .find_map(|id| Some(names[unit_of(*id)?]))
            })
            .collect();
        let mut clusters: Vec<(usize, Cluster<'_>)> = Vec::new();
        for (unit, name) in units.into_iter().zip(&names) {
            match clusters.iter_mut().find(|(known, _)| known == name) {
                Some((_, cluster)) => cluster.units.push(unit),
                None => clusters.push((
                    *name,
                    Cluster {
                        units: vec![unit],
                        ..Cluster::default()
                    },
                )),
            }
        }
        let mut loose = Cluster::default();
        for (actor, home) in self.actors.iter().zip(homes) {
            let cluster = clusters
                .iter_mut()
                .find(|(name, _)| Some(*name) == home)
                .map_or(&mut loose, |(_, cluster)| cluster);
            if actor.role.is_left() {
                cluster.left.push(actor);
            } else {
                cluster.right.push(actor);
            }
        }
        let mut clusters: Vec<Cluster<'_>> =
            clusters.into_iter().map(|(_, cluster)| cluster).collect();
        if !loose.left.is_empty() || !loose.right.is_empty() {
            clusters.push(loose);
        }
        clusters
    }
}

fn next_root<'a>(left: &[&'a QueueShape]) -> Option<&'a QueueShape> {
    let is_target = |id| {
        left.iter()
            .any(|queue| queue.id != id && queue.dead_letter_queue == Some(id))
    };
    left.iter()
        .find(|queue| !is_target(queue.id))
        .or_else(|| left.first())
        .copied()
}
