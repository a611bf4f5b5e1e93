//! How full the queues were: samples along a run, however long it is, in bounded memory.
//!
//! CloudWatch looks once a minute; this looks once a second, and less often the longer the run.

use crate::sim::{Span, Time};
use crate::sqs::QueueId;
use crate::world::World;

/// The most periods. When a run outgrows them, they become twice as long.
const PERIODS_MAX: u64 = 512;
/// How long a period is at first.
const FIRST_PERIOD: Span = Span::from_secs(1);
/// Of so many queues at most.
const QUEUES_MAX: usize = 64;

/// The state of a queue at an instant, and after it until the next sample.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Level {
    /// When: what happens at this very instant is not in it.
    pub at: Time,
    /// Visible messages.
    pub visible: u64,
    /// Messages in flight.
    pub in_flight: u64,
    /// Delayed messages.
    pub delayed: u64,
    /// Receives that came back empty, since the queue was created.
    pub empty_receives: u64,
}

impl Level {
    fn is_like(&self, other: &Self) -> bool {
        Self {
            at: self.at,
            ..*other
        } == *self
    }
}

#[derive(Clone, Debug)]
struct Series {
    queue: QueueId,
    levels: Vec<Level>,
}

/// The samples of all queues, from the start of a run to as far as it was computed.
#[derive(Clone, Debug)]
pub struct Levels {
    start: Time,
    period: Span,
    /// The end of the period that is open.
    due: Time,
    series: Vec<Series>,
}

impl Levels {
    pub(super) fn new(start: Time) -> Self {
        Self {
            start,
            period: FIRST_PERIOD,
            due: start + FIRST_PERIOD,
            series: Vec::new(),
        }
    }

    /// How long a period is; samples are taken at their ends.
    pub fn period(&self) -> Span {
        self.period
    }

    /// The samples of a queue, oldest first; where there is none, it was as before.
    pub fn of(&self, queue: QueueId) -> &[Level] {
        let series = self.series.iter().find(|series| series.queue == queue);
        series.map_or(&[], |series| &series.levels)
    }

    /// Takes samples of a world that has done everything before `now`, and nothing since the
    /// open period's end.
    pub(super) fn note(&mut self, now: Time, world: &World) {
        if !self.due.is_due(now) {
            return;
        }
        for queue in world.queues().take(QUEUES_MAX) {
            let counts = queue.counts();
            let level = Level {
                at: self.due,
                visible: counts.visible as u64,
                in_flight: counts.in_flight as u64,
                delayed: counts.delayed as u64,
                empty_receives: queue.meter().empty_receives,
            };
            self.push(queue.id(), level);
        }
        self.due = self.end_after(now);
        while self.due.since(self.start).as_ms() / self.period.as_ms() > PERIODS_MAX {
            self.widen();
            self.due = self.end_after(now);
        }
    }

    /// Forgets what comes after `now`.
    pub(super) fn cut(&mut self, now: Time) {
        for series in &mut self.series {
            let kept = series.levels.partition_point(|level| level.at <= now);
            series.levels.truncate(kept);
        }
        self.series.retain(|series| !series.levels.is_empty());
        self.due = self.due.min(self.end_after(now));
    }

    fn end_after(&self, now: Time) -> Time {
        let period = self.period.as_ms();
        let periods = now.since(self.start).as_ms() / period + 1;
        self.start + Span::from_ms(periods.saturating_mul(period))
    }

    fn push(&mut self, queue: QueueId, level: Level) {
        let series = self.series.iter_mut().find(|series| series.queue == queue);
        if let Some(series) = series {
            if !series
                .levels
                .last()
                .is_some_and(|last| last.is_like(&level))
            {
                series.levels.push(level);
            }
        } else if self.series.len() < QUEUES_MAX {
            let levels = vec![level];
            self.series.push(Series { queue, levels });
        }
    }

    fn widen(&mut self) {
        self.period = self.period + self.period;
        let (start, period) = (self.start, self.period.as_ms());
        for series in &mut self.series {
            let mut kept: Vec<Level> = Vec::new();
            for mut level in series.levels.drain(..) {
                let periods = level.at.since(start).as_ms().div_ceil(period);
                level.at = start + Span::from_ms(periods * period);
                if kept.last().is_some_and(|last| last.at == level.at) {
                    kept.pop();
                }
                if !kept.last().is_some_and(|last| last.is_like(&level)) {
                    kept.push(level);
                }
            }
            series.levels = kept;
        }
    }
}
