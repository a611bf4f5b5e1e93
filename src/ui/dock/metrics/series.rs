//! The metrics of a queue up to now: by the minute, as CloudWatch has them, and in finer steps.

use super::chart::{Series, Step};
use crate::sim::{Span, Time};
use crate::sqs::{Metric, QueueId};
use crate::timeline::Level;
use crate::ui::session::Session;

/// CloudWatch's period.
pub(super) const MINUTE: u64 = 60_000;
/// How far back the charts look, in milliseconds.
const BACK: u64 = 3 * 60 * MINUTE;

/// The metrics, those that most questions are about first.
const ORDER: [Metric; Metric::ALL.len()] = [
    Metric::ApproximateNumberOfMessagesVisible,
    Metric::ApproximateNumberOfMessagesNotVisible,
    Metric::ApproximateNumberOfMessagesDelayed,
    Metric::ApproximateAgeOfOldestMessage,
    Metric::NumberOfMessagesSent,
    Metric::NumberOfMessagesReceived,
    Metric::NumberOfMessagesDeleted,
    Metric::NumberOfEmptyReceives,
    Metric::ApproximateNumberOfGroupsWithInflightMessages,
    Metric::NumberOfDeduplicatedSentMessages,
    Metric::SentMessageSize,
    Metric::ApproximateNumberOfNoisyGroups,
    Metric::ApproximateNumberOfMessagesVisibleInQuietGroups,
    Metric::ApproximateNumberOfMessagesNotVisibleInQuietGroups,
    Metric::ApproximateNumberOfMessagesDelayedInQuietGroups,
    Metric::ApproximateAgeOfOldestMessageInQuietGroups,
];

/// The part of the run that the charts show, in milliseconds since the start: from where, how long.
pub(super) fn window(session: &Session) -> (u64, u64) {
    let now = session.now().since(session.start()).as_ms();
    let end = session.end().since(session.start()).as_ms();
    if end <= BACK {
        return (0, end.next_multiple_of(MINUTE));
    }
    let from = now.saturating_sub(BACK) / MINUTE * MINUTE;
    (from, BACK + MINUTE)
}

/// Each metric that the queue has, by the minute.
pub(super) fn by_minute(session: &Session, queue: QueueId) -> Vec<Series> {
    let Some(queue) = session.world().queue(queue) else {
        return Vec::new();
    };
    let start = session.start();
    let (from, _) = window(session);
    let points = queue.metrics(start + Span::from_ms(from), session.now());
    let series = |metric: Metric| {
        let step = |point: &crate::sqs::MetricPoint| {
            let from = point.at.since(start).as_ms();
            let value = metric.value(point)?;
            Some(Step {
                from,
                to: from + MINUTE,
                value,
            })
        };
        Series {
            name: metric.as_str(),
            steps: points.iter().filter_map(step).collect(),
        }
    };
    let has_values = |series: &Series| !series.steps.is_empty();
    ORDER.into_iter().map(series).filter(has_values).collect()
}

/// The metrics that are sampled in shorter periods than CloudWatch's.
pub(super) fn by_period(session: &Session, queue: QueueId) -> Vec<Series> {
    let levels = session.timeline().levels();
    let period = levels.period().as_ms();
    let start = session.start();
    let known = levels.of(queue);
    let count = known.partition_point(|level| level.at <= session.now());
    let known = &known[..count];
    // The last period that is over.
    let end = session.now().since(start).as_ms() / period * period;
    let begin = |at: Time| at.since(start).as_ms() - period;
    let next = |place: usize| known.get(place + 1).map_or(end, |next| begin(next.at));
    let gauge = |metric: Metric, of: fn(&Level) -> u64| Series {
        name: metric.as_str(),
        steps: (0..known.len())
            .map(|place| Step {
                from: begin(known[place].at),
                to: next(place),
                value: of(&known[place]),
            })
            .collect(),
    };
    let mut empty = Vec::new();
    let mut before = 0;
    for (place, level) in known.iter().enumerate() {
        let from = begin(level.at);
        let value = level.empty_receives - before;
        before = level.empty_receives;
        empty.push(Step {
            from,
            to: from + period,
            value,
        });
        if next(place) > from + period {
            empty.push(Step {
                from: from + period,
                to: next(place),
                value: 0,
            });
        }
    }
    if known.is_empty() {
        return Vec::new();
    }
    vec![
        gauge(Metric::ApproximateNumberOfMessagesVisible, |level| {
            level.visible
        }),
        gauge(Metric::ApproximateNumberOfMessagesNotVisible, |level| {
            level.in_flight
        }),
        gauge(Metric::ApproximateNumberOfMessagesDelayed, |level| {
            level.delayed
        }),
        Series {
            name: Metric::NumberOfEmptyReceives.as_str(),
            steps: empty,
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::session::Action;

    fn session(seconds: u64) -> (Session, QueueId) {
        let mut session = Session::of("slow-and-fast");
        session.apply(Action::Seek(session.start() + Span::from_secs(seconds)));
        while session.seeking().is_some() {
            session.apply(Action::Frame { wall_ms: 16.0 });
        }
        let queue = session.world().queues().next().map(crate::sqs::Queue::id);
        (session, queue.expect("the scenario has a queue"))
    }

    #[test]
    fn no_metric_is_left_out() {
        assert!(Metric::ALL.iter().all(|metric| ORDER.contains(metric)));
    }

    #[test]
    fn the_first_point_comes_after_a_whole_minute() {
        let (session, queue) = session(59);
        assert!(by_minute(&session, queue).is_empty());
        let (session, queue) = self::session(60);
        let series = by_minute(&session, queue);
        let sent = series
            .iter()
            .find(|series| series.name == "NumberOfMessagesSent");
        let sent = sent.expect("every queue has it");
        assert_eq!(sent.steps.len(), 1);
        assert!(sent.at(30_000).is_some_and(|value| value > 0));
    }

    #[test]
    fn the_finer_view_agrees_with_the_minutes() {
        for seconds in [180, 700, 4000] {
            let (session, queue) = session(seconds);
            let (fine, coarse) = (by_period(&session, queue), by_minute(&session, queue));
            let period = session.timeline().levels().period().as_ms();
            let mut compared = 0;
            for fine in &fine {
                let coarse = coarse.iter().find(|coarse| coarse.name == fine.name);
                let coarse = coarse.expect("CloudWatch has it, too");
                for step in coarse
                    .steps
                    .iter()
                    .filter(|step| step.to.is_multiple_of(period))
                {
                    let value = if fine.name == "NumberOfEmptyReceives" {
                        (step.from..step.to)
                            .step_by(period as usize)
                            .filter_map(|at| fine.at(at))
                            .sum()
                    } else {
                        fine.at(step.to - 1).expect("all periods are sampled")
                    };
                    let is_whole =
                        step.from.is_multiple_of(period) || fine.name != "NumberOfEmptyReceives";
                    assert!(
                        !is_whole || value == step.value,
                        "{} {step:?} {value}",
                        fine.name
                    );
                    compared += 1;
                }
            }
            assert!(compared > 4, "{seconds} s");
        }
    }
}
