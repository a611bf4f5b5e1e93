//! The metrics of a queue: small charts with CloudWatch's names, or the same as a table.

mod chart;
mod series;

use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use super::choice::choice;
use crate::sim::Span;
use crate::sqs::QueueId;
use crate::ui::axis::{percent, ticks};
use crate::ui::format;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Action, Selection, Session};
use crate::ui::store::Store;
use crate::ui::text::text;
use chart::{HEIGHT, Series, WIDTH};
use series::{MINUTE, by_minute, by_period, window};

/// About how many instants are written below a chart.
const TICKS: u64 = 4;
/// The most rows of the table: the newest periods.
const ROWS_MAX: usize = 240;

/// What is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Chosen {
    /// None follows the selection.
    queue: Option<QueueId>,
    /// All, or the one of this name.
    metric: String,
    is_fine: bool,
    is_table: bool,
}

impl Chosen {
    /// The chosen queue if it is there, or the selected one, or the busiest.
    fn queue(&self, session: &Session) -> Option<QueueId> {
        let world = session.world();
        let selected = match session.selection() {
            Selection::Queue(id) => Some(id),
            Selection::Nothing
            | Selection::Message(_)
            | Selection::Actor(_)
            | Selection::Call(_) => None,
        };
        let busiest = world.queues().max_by_key(|queue| queue.meter().calls);
        let busiest = busiest.map(crate::sqs::Queue::id);
        let wanted = [self.queue, selected, busiest].into_iter().flatten();
        wanted.into_iter().find(|id| world.queue(*id).is_some())
    }

    fn period(&self, session: &Session) -> u64 {
        if self.is_fine {
            session.timeline().levels().period().as_ms()
        } else {
            MINUTE
        }
    }

    fn series(&self, session: &Session) -> Vec<Series> {
        match self.queue(session) {
            None => Vec::new(),
            Some(queue) if self.is_fine => by_period(session, queue),
            Some(queue) => by_minute(session, queue),
        }
    }
}

#[derive(PartialEq)]
pub(super) struct Metrics {
    pub chosen: Chosen,
    pub onchoose: Callback<Chosen>,
}

impl Part for Metrics {
    /// When to look again.
    type Facts = u64;

    fn facts(&self, session: &Session) -> u64 {
        session.beat()
    }

    fn view(&self, _: &u64, page: &Page) -> Html {
        self.show_at(page)
    }
}

impl Metrics {
    fn show_at(&self, page: &Page) -> Html {
        let (store, chosen) = (&page.store, &self.chosen);
        // The instant whose values are shown, in milliseconds since the start.
        let looked_at: Option<u64> = page.draft();
        let (all, window, now, period) = store.read(|session| {
            let now = session.now().since(session.start()).as_ms();
            (
                chosen.series(session),
                window(session),
                now,
                chosen.period(session),
            )
        });
        let names: Vec<&'static str> = all.iter().map(|series| series.name).collect();
        let is_one = names.contains(&chosen.metric.as_str());
        let shown: Vec<Series> = all
            .into_iter()
            .filter(|series| !is_one || series.name == chosen.metric)
            .collect();

        let onpointermove = {
            let page = page.clone();
            Callback::from(move |event: PointerEvent| page.set_draft(instant_at(&event, window)))
        };
        let onpointerleave = {
            let page = page.clone();
            Callback::from(move |_: PointerEvent| page.set_draft(None::<u64>))
        };
        let seek = {
            let store = store.clone();
            move |at: u64| {
                let (start, end) = store.read(|session| (session.start(), session.end()));
                store.dispatch(Action::Seek((start + Span::from_ms(at)).min(end)));
            }
        };
        let onclick = {
            let seek = seek.clone();
            Callback::from(move |event: MouseEvent| {
                if let Some(at) = instant_at(&event, window) {
                    seek(at);
                }
            })
        };
        let onkeydown = {
            let page = page.clone();
            Callback::from(move |event: KeyboardEvent| {
                let at = looked_at.unwrap_or(now);
                let next = match event.key().as_str() {
                    "ArrowLeft" => Some((at / period).saturating_sub(1) * period),
                    "ArrowRight" => Some((at / period + 1) * period),
                    "Enter" => {
                        seek(at);
                        Some(at)
                    }
                    "Escape" if looked_at.is_some() => None,
                    _ => return,
                };
                event.prevent_default();
                page.set_draft(next.map(|at| at.clamp(window.0, window.0 + window.1)));
            })
        };
        html! {
            <>
                <div class="dock-head">{ self.tools(store, &names) }</div>
                if shown.is_empty() {
                    <div class="dock-body" tabindex="0" role="region" aria-label={text!("metrics")}>
                        <p class="empty-note">
                            { if chosen.is_fine { text!("metrics-none-fine") } else { text!("metrics-none") } }
                        </p>
                    </div>
                } else if chosen.is_table {
                    <div class="dock-body" tabindex="0" role="region" aria-label={text!("metrics")}>
                        { table(&shown, period) }
                    </div>
                } else {
                    <div class={if is_one { "dock-body charts one" } else { "dock-body charts" }} tabindex="0" role="group"
                        aria-label={text!("metrics-charts")} {onpointermove} {onpointerleave} {onclick} {onkeydown}>
                        { for shown.iter().map(|series| figure(series, window, now, looked_at)) }
                        <p class="unseen" role="status">{ spoken(&shown, looked_at) }</p>
                    </div>
                }
            </>
        }
    }

    /// The choices of what is shown.
    fn tools(&self, store: &Store, names: &[&'static str]) -> Html {
        let chosen = &self.chosen;
        let (queues, current, period) = store.read(|session| {
            let queues = session.world().queues();
            let queues: Vec<_> = queues
                .map(|queue| (queue.id().0.to_string(), queue.name().to_string()))
                .collect();
            let period = session.timeline().levels().period();
            (queues, chosen.queue(session), format::duration(period))
        });
        let select = |change: fn(&mut Chosen, String)| {
            let (chosen, onchoose) = (chosen.clone(), self.onchoose.clone());
            Callback::from(move |value: String| {
                let mut next = chosen.clone();
                change(&mut next, value);
                onchoose.emit(next);
            })
        };
        let current = current.map(|id| id.0.to_string()).unwrap_or_default();
        let named = |name: &&str| ((*name).to_owned(), (*name).to_owned());
        let each = names.iter().map(named).collect();
        let finer = text!("metrics-fine", [("time", period.into())]);
        let periods = [("minute", text!("metrics-minute")), ("fine", finer)];
        let periods = periods.map(|(value, name)| (value.to_owned(), name));
        let period = if chosen.is_fine { "fine" } else { "minute" };
        let ontable = {
            let (chosen, onchoose) = (chosen.clone(), self.onchoose.clone());
            Callback::from(move |event: Event| {
                if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                    onchoose.emit(Chosen {
                        is_table: input.checked(),
                        ..chosen.clone()
                    });
                }
            })
        };
        html! {
            <>
                { choice(text!("queue"), None, queues, &current,
                    select(|chosen, value| chosen.queue = value.parse().ok().map(QueueId))) }
                { choice(text!("metrics"), Some(text!("metrics-all")), each, &chosen.metric,
                    select(|chosen, value| chosen.metric = value)) }
                { choice(text!("metrics-periods"), None, periods.to_vec(), period,
                    select(|chosen, value| chosen.is_fine = value == "fine")) }
                <label class="check-inline">
                    <input type="checkbox" checked={chosen.is_table} onchange={ontable} />
                    { text!("metrics-table") }
                </label>
            </>
        }
    }
}

/// The instant under a pointer that is over a chart.
fn instant_at(event: &MouseEvent, (from, length): (u64, u64)) -> Option<u64> {
    let chart = event
        .target_dyn_into::<Element>()?
        .closest(".chart")
        .ok()??;
    let bounds = chart.get_bounding_client_rect();
    let share = (f64::from(event.client_x()) - bounds.left()) / bounds.width().max(1.0);
    (0.0..=1.0)
        .contains(&share)
        .then(|| from + (share * length as f64) as u64)
}

fn figure(series: &Series, window: (u64, u64), now: u64, looked_at: Option<u64>) -> Html {
    let (from, length) = window;
    let [line, area] = series.paths(from, length);
    let share = |at: u64| percent(at.saturating_sub(from) as f64 / length as f64);
    let value = match looked_at {
        Some(at) => series.at(at),
        None => series.latest(),
    };
    let value = value.map_or_else(|| "–".to_owned(), |value| value.to_string());
    let words = text!(
        "metrics-chart",
        [
            ("name", series.name.into()),
            ("latest", series.latest().unwrap_or(0).into()),
            ("most", series.most().into()),
        ],
    );
    html! {
        <figure key={series.name}>
            <figcaption><span>{ series.name }</span><b>{ value }</b></figcaption>
            <div class="chart">
                <svg role="img" aria-label={words} preserveAspectRatio="none"
                    viewBox={format!("0 0 {WIDTH} {HEIGHT}")}>
                    <path class="area" d={area} /><path class="line" d={line} />
                </svg>
                <span class="most" aria-hidden="true">{ series.most() }</span>
                <i class="tl-now" style={format!("left:{}", share(now))} />
                if let Some(at) = looked_at {
                    <i class="looked-at" style={format!("left:{}", share(at))} />
                }
            </div>
            <div class="chart-ticks" aria-hidden="true">
                { for ticks(from, length, TICKS).into_iter().map(|tick| html! {
                    <span style={format!("left:{}", percent(tick.share))}>{ tick.label }</span>
                }) }
            </div>
        </figure>
    }
}

/// What a screen reader says of the instant that is looked at.
fn spoken(shown: &[Series], looked_at: Option<u64>) -> String {
    let Some(at) = looked_at else {
        return String::new();
    };
    let mut words = format::elapsed(Span::from_ms(at));
    for series in shown {
        if let Some(value) = series.at(at) {
            words.push_str(&format!(", {} {value}", series.name));
        }
    }
    words
}

/// A row for each period in which something is known, the newest first.
fn table(shown: &[Series], period: u64) -> Html {
    let mut instants: Vec<u64> = Vec::new();
    for step in shown.iter().flat_map(|series| &series.steps) {
        if let Err(place) = instants.binary_search(&step.from) {
            instants.insert(place, step.from);
        }
    }
    let time = |at: u64| format::elapsed(Span::from_ms(at));
    html! {
        <table class="cost-table">
            <thead><tr>
                <th scope="col">{ text!("metrics-period",
                    [("time", format::duration(Span::from_ms(period)).into())]) }</th>
                { for shown.iter().map(|series| html! { <th scope="col">{ series.name }</th> }) }
            </tr></thead>
            <tbody>
                { for instants.iter().rev().take(ROWS_MAX).map(|at| html! {
                    <tr key={*at}>
                        <th scope="row">{ time(*at) }</th>
                        { for shown.iter().map(|series| html! {
                            <td>{ series.at(*at).map(|value| value.to_string()) }</td>
                        }) }
                    </tr>
                }) }
            </tbody>
        </table>
    }
}
