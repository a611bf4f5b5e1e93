//! What the panels of figures are told of the world that the dock is about: what it costs, and its metrics.
//!
//! They ask after each change, so the answer is `null` unless there was a beat since the one that they know of. Much is
//! told at once, so it is told as rows of numbers; `src/workbench/` knows what each is called.

use super::{NOTHING, Question, focused};
use crate::json::{self, Member};
use crate::sim::Span;
use crate::sqs::{Meter, Metric, Queue};
use crate::timeline::CallClass;
use crate::ui::session::{Selection, Session};
use crate::ui::store::Store;

/// How far back the charts look.
pub(crate) const BACK: Span = Span::from_secs(3 * 3600);
/// CloudWatch's period.
pub(crate) const MINUTE: Span = Span::from_secs(60);

type Members<'a> = Vec<(&'a str, Member<'a>)>;

impl Question {
    /// What the run costs, or else the metrics.
    pub(super) fn figures(mut self, is_cost: bool, store: &Store) -> String {
        let beat = store.read(Session::beat);
        if self.number("beat") == Ok(beat) {
            return NOTHING;
        }
        let wanted = self.text("queue").ok();
        let by_minute = self.take("by-minute").is_ok();
        focused(store).read(|session| {
            let mut told = if is_cost {
                cost(session)
            } else {
                metrics(session, wanted.as_deref(), by_minute)
            };
            told.push(("beat", Member::Natural(beat)));
            for (name, time) in [
                ("start", session.start()),
                ("now", session.now()),
                ("end", session.end()),
            ] {
                told.push((name, Member::Natural(time.as_ms())));
            }
            json::compact(&Member::Map(told))
        })
    }
}

fn numbers<'a>(numbers: impl IntoIterator<Item = u64>) -> Member<'a> {
    Member::List(numbers.into_iter().map(Member::Natural).collect())
}

/// The requests of each queue, and all; the calls by what they were.
fn cost(session: &Session) -> Members<'_> {
    let world = session.world();
    let meter = |meter: &Meter| {
        numbers([
            meter.calls,
            meter.standard,
            meter.fifo,
            meter.fair,
            meter.empty_receives,
        ])
    };
    let queues = world.queues();
    let queues = queues.map(|queue| (&**queue.name(), meter(queue.meter())));
    let counts = session.timeline().call_counts();
    vec![
        ("queues", Member::Map(queues.collect())),
        ("all", meter(world.service().meter())),
        (
            "calls",
            numbers(CallClass::ALL.map(|class| counts.of(class))),
        ),
    ]
}

/// Of one queue the values of all metrics in each minute, or how full it was in each finer period.
fn metrics<'a>(session: &'a Session, wanted: Option<&str>, by_minute: bool) -> Members<'a> {
    let queues = session.world().queues();
    let levels = session.timeline().levels();
    let mut told = vec![
        (
            "queues",
            Member::List(queues.map(|queue| Member::Text(queue.name())).collect()),
        ),
        ("period", Member::Natural(levels.period().as_ms())),
    ];
    let Some(queue) = shown(session, wanted) else {
        return told;
    };
    let now = session.now();
    let points: Vec<Member<'_>> = if by_minute {
        let back = now
            .since(session.start())
            .as_ms()
            .saturating_sub(BACK.as_ms());
        let back = back / MINUTE.as_ms() * MINUTE.as_ms();
        let points = queue.metrics(session.start() + Span::from_ms(back), now);
        let point = |point: &crate::sqs::MetricPoint| {
            let value =
                |metric: Metric| metric.value(point).map_or(Member::Absent, Member::Natural);
            let at = Member::Natural(point.at.as_ms());
            Member::List([at].into_iter().chain(Metric::ALL.map(value)).collect())
        };
        points.iter().map(point).collect()
    } else {
        let known = levels.of(queue.id()).iter();
        let known = known.take_while(|level| level.at <= now);
        let row = |level: &crate::timeline::Level| {
            numbers([
                level.at.as_ms(),
                level.visible,
                level.in_flight,
                level.delayed,
                level.empty_receives,
            ])
        };
        known.map(row).collect()
    };
    told.push(("queue", Member::Text(queue.name())));
    told.push(("points", Member::List(points)));
    told
}

/// The queue that is wanted if it is there, or the selected one, or the busiest.
fn shown<'a>(session: &'a Session, wanted: Option<&str>) -> Option<&'a Queue> {
    let world = session.world();
    let named = world.queues().find(|queue| Some(&**queue.name()) == wanted);
    let selected = match session.selection() {
        Selection::Queue(id) => world.queue(id),
        Selection::Nothing | Selection::Message(_) | Selection::Actor(_) | Selection::Call(_) => {
            None
        }
    };
    let busiest = || world.queues().max_by_key(|queue| queue.meter().calls);
    named.or(selected).or_else(busiest)
}
