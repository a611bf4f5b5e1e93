//! The metrics of a queue: small charts with CloudWatch's names, or the same as a table.

mod chart;
mod series;

use std::cell::RefCell;

use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use super::bridge;
use super::text::text;
use crate::json::Member;
use crate::sim::Span;
use crate::ui::axis::{percent, ticks};
use crate::ui::bridge::figures::MINUTE;
use crate::ui::dock::choice;
use crate::ui::format;
use crate::ui::listeners::Subscription;
use crate::ui::text as page;
use chart::{HEIGHT, Series, WIDTH};
use series::Told;

/// About how many instants are written below a chart.
const TICKS: u64 = 4;
/// The most rows of the table: the newest periods.
const ROWS_MAX: usize = 240;

thread_local! {
    /// Still chosen when the panel comes to the front again.
    static CHOSEN: RefCell<Chosen> = RefCell::default();
}

/// What is shown.
#[derive(Clone, Default)]
pub(super) struct Chosen {
    /// Empty follows the selection.
    queue: String,
    /// All, or the one of this name.
    metric: String,
    is_fine: bool,
    is_table: bool,
}

/// The panel.
pub(super) struct Metrics {
    chosen: Chosen,
    told: Option<Told>,
    /// The instant whose values are shown, in milliseconds since the start.
    looked_at: Option<u64>,
    _listening: Subscription,
}

pub(super) enum Message {
    Changed,
    Choose(fn(&mut Chosen, String), String),
    LookAt(Option<u64>),
    Seek(u64),
}

impl Component for Metrics {
    type Message = Message;
    type Properties = ();

    fn create(context: &Context<Self>) -> Self {
        let link = context.link().clone();
        let mut metrics = Self {
            chosen: CHOSEN.with_borrow(Clone::clone),
            told: None,
            looked_at: None,
            _listening: bridge::listen(move || link.send_message(Message::Changed)),
        };
        metrics.look();
        metrics
    }

    fn update(&mut self, _: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Changed => return self.look(),
            Message::Choose(choose, value) => {
                choose(&mut self.chosen, value);
                CHOSEN.set(self.chosen.clone());
                self.told = None;
                self.look();
            }
            Message::LookAt(instant) => {
                let is_new = self.looked_at != instant;
                self.looked_at = instant;
                return is_new;
            }
            Message::Seek(at) => {
                if let Some(told) = &self.told {
                    let to = (told.start + Span::from_ms(at)).min(told.end);
                    // The page says why, if it can't.
                    let _sought = bridge::ask("seek", vec![("to", Member::Natural(to.as_ms()))]);
                }
                return false;
            }
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        self.told
            .as_ref()
            .map(|told| self.show(told, context))
            .unwrap_or_default()
    }
}

/// What there is to tell, unless nothing has changed since this beat.
fn ask(beat: Option<u64>, queue: &str, is_fine: bool) -> Option<Told> {
    let mut with = vec![("queue", Member::Text(queue))];
    if !is_fine {
        with.push(("by-minute", Member::Flag(true)));
    }
    Told::read(&bridge::figures("metrics", beat, with)?)
}

impl Metrics {
    /// Finds out what there is to show. Whether that is something else.
    fn look(&mut self) -> bool {
        let beat = self.told.as_ref().and_then(|told| told.beat);
        let told = ask(beat, &self.chosen.queue, self.chosen.is_fine);
        let is_new = told.is_some();
        self.told = told.or(self.told.take());
        is_new
    }

    fn show(&self, told: &Told, context: &Context<Self>) -> Html {
        let (chosen, looked_at) = (&self.chosen, self.looked_at);
        let (window, now) = (told.window(), told.elapsed());
        let (all, period) = if chosen.is_fine {
            (told.by_period(), told.period)
        } else {
            (told.by_minute(), MINUTE.as_ms())
        };
        let names: Vec<&'static str> = all.iter().map(|series| series.name).collect();
        let is_one = names.contains(&chosen.metric.as_str());
        let shown: Vec<Series> = all
            .into_iter()
            .filter(|series| !is_one || series.name == chosen.metric)
            .collect();

        let link = context.link();
        let onpointermove =
            link.callback(move |event: PointerEvent| Message::LookAt(instant_at(&event, window)));
        let onpointerleave = link.callback(|_: PointerEvent| Message::LookAt(None));
        let onclick = link
            .batch_callback(move |event: MouseEvent| instant_at(&event, window).map(Message::Seek));
        let onkeydown = link.batch_callback(move |event: KeyboardEvent| {
            let at = looked_at.unwrap_or(now);
            let look_at = |at: u64| Message::LookAt(Some(at.clamp(window.0, window.0 + window.1)));
            let messages = match event.key().as_str() {
                "ArrowLeft" => vec![look_at((at / period).saturating_sub(1) * period)],
                "ArrowRight" => vec![look_at((at / period + 1) * period)],
                "Enter" => vec![Message::Seek(at), look_at(at)],
                "Escape" if looked_at.is_some() => vec![Message::LookAt(None)],
                _ => return Vec::new(),
            };
            event.prevent_default();
            messages
        });
        let label = page::text!("metrics");
        html! {
            <>
                <div class="dock-head">{ self.tools(told, &names, context) }</div>
                if shown.is_empty() {
                    <div class="dock-body" tabindex="0" role="region" aria-label={label}>
                        <p class="empty-note">
                            { if chosen.is_fine { text!("metrics-none-fine") } else { text!("metrics-none") } }
                        </p>
                    </div>
                } else if chosen.is_table {
                    <div class="dock-body" tabindex="0" role="region" aria-label={label}>
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
    fn tools(&self, told: &Told, names: &[&'static str], context: &Context<Self>) -> Html {
        let chosen = &self.chosen;
        let select = |choose: fn(&mut Chosen, String)| {
            let choose = move |value: String| Message::Choose(choose, value);
            context.link().callback(choose)
        };
        let twice = |name: &str| (name.to_owned(), name.to_owned());
        let queues = told.queues.iter().map(|name| twice(name)).collect();
        let each = names.iter().map(|name| twice(name)).collect();
        let finer = format::duration(Span::from_ms(told.period));
        let finer = text!("metrics-fine", [("time", finer.into())]);
        let periods = [("minute", text!("metrics-minute")), ("fine", finer)];
        let periods = periods.map(|(value, name)| (value.to_owned(), name));
        let period = if chosen.is_fine { "fine" } else { "minute" };
        let ontable = context.link().batch_callback(|event: Event| {
            let input = event.target_dyn_into::<HtmlInputElement>()?;
            let is_table = input.checked().to_string();
            let choose = |chosen: &mut Chosen, value: String| chosen.is_table = value == "true";
            Some(Message::Choose(choose, is_table))
        });
        html! {
            <>
                { choice(page::text!("queue"), None, queues, &told.queue,
                    select(|chosen, value| chosen.queue = value)) }
                { choice(page::text!("metrics"), Some(text!("metrics-all")), each, &chosen.metric,
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
