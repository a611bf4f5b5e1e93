//! The metrics of a queue up to now: by the minute, as CloudWatch has them, and in finer steps.

use super::chart::{Series, Step};
use crate::json::Json;
use crate::sim::Time;
use crate::sqs::Metric;
use crate::ui::bridge::figures::{BACK, MINUTE};
use crate::workbench::bridge::number;

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

/// What the page tells of one queue, or of none.
#[derive(Default)]
pub(super) struct Told {
    pub(super) beat: Option<u64>,
    /// The names of all queues.
    pub(super) queues: Vec<String>,
    /// The one that this is about.
    pub(super) queue: String,
    pub(super) start: Time,
    pub(super) now: Time,
    pub(super) end: Time,
    /// The finer period, in milliseconds.
    pub(super) period: u64,
    /// In order: first when, then what was.
    points: Vec<Vec<Option<u64>>>,
}

impl Told {
    pub(super) fn read(told: &Json) -> Option<Self> {
        let natural = |name| told.get(name).and_then(number);
        let list = |name| match told.get(name) {
            Some(Json::List(list)) => list.as_slice(),
            Some(_) | None => &[],
        };
        let point = |point: &Json| {
            if let Json::List(values) = point {
                values.iter().map(number).collect()
            } else {
                Vec::new()
            }
        };
        let text = |name: &Json| name.as_text().unwrap_or_default().to_owned();
        Some(Self {
            beat: natural("beat"),
            queues: list("queues").iter().map(text).collect(),
            queue: told.get("queue").map(text).unwrap_or_default(),
            start: Time::from_ms(natural("start")?),
            now: Time::from_ms(natural("now")?),
            end: Time::from_ms(natural("end")?),
            period: natural("period")?,
            points: list("points").iter().map(point).collect(),
        })
    }

    /// How much of the run is over, in milliseconds.
    pub(super) fn elapsed(&self) -> u64 {
        self.now.since(self.start).as_ms()
    }

    /// The part of the run that the charts show, in milliseconds since the start: from where, how long.
    pub(super) fn window(&self) -> (u64, u64) {
        let (back, minute) = (BACK.as_ms(), MINUTE.as_ms());
        let end = self.end.since(self.start).as_ms();
        if end <= back {
            return (0, end.next_multiple_of(minute));
        }
        let from = self.elapsed().saturating_sub(back) / minute * minute;
        (from, back + minute)
    }

    /// When a point is, in milliseconds since the start, and what was.
    fn rows(&self) -> impl Iterator<Item = (u64, &[Option<u64>])> {
        self.points.iter().filter_map(|point| {
            let (at, values) = point.split_first()?;
            Some((Time::from_ms((*at)?).since(self.start).as_ms(), values))
        })
    }

    /// Each metric that the queue has, by the minute.
    pub(super) fn by_minute(&self) -> Vec<Series> {
        let series = |metric: Metric| {
            let step = |(from, values): (u64, &[Option<u64>])| {
                Some(Step {
                    from,
                    to: from + MINUTE.as_ms(),
                    value: (*values.get(metric as usize)?)?,
                })
            };
            Series {
                name: metric.as_str(),
                steps: self.rows().filter_map(step).collect(),
            }
        };
        let has_values = |series: &Series| !series.steps.is_empty();
        ORDER.into_iter().map(series).filter(has_values).collect()
    }

    /// The metrics that are sampled in shorter periods than CloudWatch's.
    pub(super) fn by_period(&self) -> Vec<Series> {
        let period = self.period;
        // Each tells what was in the period before it, and since, up to the next.
        let known = self.rows().map(|(at, values)| (at - period, values));
        let known: Vec<_> = known.collect();
        if known.is_empty() {
            return Vec::new();
        }
        // The last period that is over.
        let end = self.elapsed() / period * period;
        let next = |place: usize| known.get(place + 1).map_or(end, |(next, _)| *next);
        let value = |place: usize, which: usize| {
            let (_, values) = known[place];
            values.get(which).copied().flatten().unwrap_or(0)
        };
        let gauge = |metric: Metric, which: usize| Series {
            name: metric.as_str(),
            steps: (0..known.len())
                .map(|place| Step {
                    from: known[place].0,
                    to: next(place),
                    value: value(place, which),
                })
                .collect(),
        };
        let mut empty = Vec::new();
        let mut before = 0;
        for (place, (from, _)) in known.iter().enumerate() {
            let from = *from;
            let so_far = value(place, 3);
            empty.push(Step {
                from,
                to: from + period,
                value: so_far - before,
            });
            before = so_far;
            if next(place) > from + period {
                empty.push(Step {
                    from: from + period,
                    to: next(place),
                    value: 0,
                });
            }
        }
        vec![
            gauge(Metric::ApproximateNumberOfMessagesVisible, 0),
            gauge(Metric::ApproximateNumberOfMessagesNotVisible, 1),
            gauge(Metric::ApproximateNumberOfMessagesDelayed, 2),
            Series {
                name: Metric::NumberOfEmptyReceives.as_str(),
                steps: empty,
            },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Span;
    use crate::ui::session::{Action, Session};
    use crate::workbench::bridge;
    use crate::workbench::metrics::ask;

    /// What is told of the first queue after so many seconds, by the minute or finer.
    fn told(seconds: u64, is_fine: bool) -> Told {
        let (store, _listening) = bridge::tests::page();
        store.dispatch(Action::open_scenario("slow-and-fast").expect("the library has it"));
        let start = store.read(Session::start);
        store.dispatch(Action::Seek(start + Span::from_secs(seconds)));
        while store.read(|session| session.seeking().is_some()) {
            store.dispatch(Action::Frame { wall_ms: 16.0 });
        }
        let queue = store.read(|session| {
            let queue = session.world().queues().next();
            queue.map(|queue| queue.name().to_string())
        });
        let queue = queue.expect("the scenario has a queue");
        let told = ask(None, &queue, is_fine).expect("the page tells");
        assert_eq!(told.queue, queue);
        assert!(ask(told.beat, &queue, is_fine).is_none(), "nothing is new");
        told
    }

    #[test]
    fn no_metric_is_left_out() {
        assert!(Metric::ALL.iter().all(|metric| ORDER.contains(metric)));
        for (place, metric) in Metric::ALL.into_iter().enumerate() {
            assert_eq!(metric as usize, place, "as the page tells them");
        }
    }

    #[test]
    fn the_first_point_comes_after_a_whole_minute() {
        assert!(told(59, false).by_minute().is_empty());
        let told = told(60, false);
        let series = told.by_minute();
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
            let (fine, coarse) = (told(seconds, true), told(seconds, false).by_minute());
            let period = fine.period;
            let mut compared = 0;
            for fine in &fine.by_period() {
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
