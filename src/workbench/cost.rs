//! What the run costs, as AWS bills it, and what a month of the same would.

use yew::prelude::*;

use super::bridge::{self, number, numbers};
use super::text::text;
use crate::json::Json;
use crate::sim::{Span, Time};
use crate::sqs::{Meter, Prices};
use crate::timeline::CallClass;
use crate::ui::format::{self, dollars, grouped};
use crate::ui::listeners::Subscription;
use crate::ui::text as page;

const PRICES: Prices = Prices::US_EAST_1;
/// A month has 30 days.
const MONTH: Span = Span::from_secs(30 * 86_400);
/// So long a run must be, for a rate to mean anything.
const RATE_FROM: Span = Span::from_secs(1);

/// Receives that came back empty, by the price of their queues.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Empties {
    standard: u64,
    fifo: u64,
}

/// What a meter shows costs, in billionths of a US dollar.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Bill {
    /// If nothing is free.
    full: u64,
    /// If what is free each month is.
    beyond_free: u64,
    /// Of the full price, what the empty receives cost.
    empty: u64,
}

impl Bill {
    fn new(meter: &Meter, empties: Empties) -> Self {
        let paid = PRICES.without_free();
        let full = paid.cost(meter);
        let without = Meter {
            standard: meter.standard.saturating_sub(empties.standard),
            fifo: meter.fifo.saturating_sub(empties.fifo),
            ..*meter
        };
        Self {
            full,
            beyond_free: PRICES.cost(meter),
            empty: full - paid.cost(&without),
        }
    }
}

/// So many in a month, if it goes on as it did for so long.
fn per_month(count: u64, elapsed: Span) -> u64 {
    let month = u128::from(count) * u128::from(MONTH.as_ms());
    u64::try_from(month / u128::from(elapsed.as_ms().max(1))).unwrap_or(u64::MAX)
}

fn meter_per_month(meter: &Meter, elapsed: Span) -> Meter {
    Meter {
        calls: per_month(meter.calls, elapsed),
        standard: per_month(meter.standard, elapsed),
        fifo: per_month(meter.fifo, elapsed),
        fair: per_month(meter.fair, elapsed),
        empty_receives: per_month(meter.empty_receives, elapsed),
    }
}

/// The requests of a queue, or of all.
struct Line {
    name: String,
    meter: Meter,
    empties: Empties,
}

/// What the page tells of the run.
struct Told {
    beat: Option<u64>,
    elapsed: Span,
    queues: Vec<Line>,
    all: Line,
    /// How many calls of each class were answered.
    calls: Vec<u64>,
}

impl Told {
    fn read(told: &Json) -> Option<Self> {
        let Json::Object(queues) = told.get("queues")? else {
            return None;
        };
        let mut fifo = 0;
        let line = |(name, counts): &(String, Json)| {
            let meter = meter(counts)?;
            let mut empties = Empties::default();
            if name.ends_with(".fifo") {
                empties.fifo = meter.empty_receives;
            } else {
                empties.standard = meter.empty_receives;
            }
            fifo += empties.fifo;
            let name = name.clone();
            Some(Line {
                name,
                meter,
                empties,
            })
        };
        let queues = queues.iter().map(line).collect::<Option<_>>()?;
        let meter = meter(told.get("all")?)?;
        let time = |name| told.get(name).and_then(number).map(Time::from_ms);
        Some(Self {
            beat: told.get("beat").and_then(number),
            elapsed: time("now")?.since(time("start")?),
            queues,
            all: Line {
                name: text!("cost-all"),
                meter,
                empties: Empties {
                    standard: meter.empty_receives.saturating_sub(fifo),
                    fifo,
                },
            },
            calls: numbers(told.get("calls")?),
        })
    }
}

/// As the page tells it.
fn meter(counts: &Json) -> Option<Meter> {
    let counts: [u64; 5] = numbers(counts).try_into().ok()?;
    let [calls, standard, fifo, fair, empty_receives] = counts;
    Some(Meter {
        calls,
        standard,
        fifo,
        fair,
        empty_receives,
    })
}

/// The panel.
pub(super) struct Cost {
    told: Option<Told>,
    _listening: Subscription,
}

impl Component for Cost {
    type Message = ();
    type Properties = ();

    fn create(context: &Context<Self>) -> Self {
        let link = context.link().clone();
        Self {
            told: ask(None),
            _listening: bridge::listen(move || link.send_message(())),
        }
    }

    fn update(&mut self, _: &Context<Self>, (): ()) -> bool {
        let told = ask(self.told.as_ref().and_then(|told| told.beat));
        let is_new = told.is_some();
        self.told = told.or(self.told.take());
        is_new
    }

    fn view(&self, _: &Context<Self>) -> Html {
        self.told.as_ref().map(view).unwrap_or_default()
    }
}

/// What there is to tell, unless nothing has changed since this beat.
fn ask(beat: Option<u64>) -> Option<Told> {
    Told::read(&bridge::figures("cost", beat, Vec::new())?)
}

fn view(told: &Told) -> Html {
    html! {
        <div class="dock-body cost" tabindex="0" role="region" aria-label={page::text!("cost")}>
            { sums(&told.all, told.elapsed) }
            <table class="cost-table">
                <thead><tr>
                    <th scope="col">{ page::text!("queue") }</th>
                    { for headings().map(|heading| html! { <th scope="col">{ heading }</th> }) }
                </tr></thead>
                <tbody>
                    { for told.queues.iter().map(line_html) }
                </tbody>
                <tfoot>{ line_html(&told.all) }</tfoot>
            </table>
            <p class="note">{ by_class(&told.calls, &told.all.meter) }</p>
            <p class="note">{ assumptions() }</p>
        </div>
    }
}

fn headings() -> [String; 6] {
    [
        text!("cost-calls"),
        text!("cost-standard"),
        text!("cost-fifo"),
        text!("cost-fair"),
        text!("cost-empty"),
        text!("cost-price"),
    ]
}

fn line_html(line: &Line) -> Html {
    let meter = &line.meter;
    let bill = Bill::new(meter, line.empties);
    let counts = [
        meter.calls,
        meter.standard,
        meter.fifo,
        meter.fair,
        meter.empty_receives,
    ];
    html! {
        <tr>
            <th scope="row">{ &line.name }</th>
            { for counts.map(|count| html! { <td>{ grouped(count) }</td> }) }
            <td>{ dollars(bill.full) }</td>
        </tr>
    }
}

/// The amounts that matter, with what they are made of.
fn sums(all: &Line, elapsed: Span) -> Html {
    let meter = &all.meter;
    let bill = Bill::new(meter, all.empties);
    let requests = meter.standard + meter.fifo;
    let card = |class: &'static str, name: String, amount: String, notes: [String; 2]| {
        html! {
            <div class={class}>
                <dt>{ name }</dt>
                <dd>
                    <strong>{ amount }</strong>
                    { for notes.map(|note| html! { <span>{ note }</span> }) }
                </dd>
            </div>
        }
    };
    let count = |count: u64| grouped(count).into();
    let has_rate = elapsed >= RATE_FROM;
    let later = || text!("cost-too-short");
    let month = meter_per_month(meter, elapsed);
    let empties = Empties {
        standard: per_month(all.empties.standard, elapsed),
        fifo: per_month(all.empties.fifo, elapsed),
    };
    let monthly = Bill::new(&month, empties);
    let percent = (meter.empty_receives * 100 + requests / 2) / requests.max(1);
    html! {
        <dl class="sums">
            { card("sum", text!("cost-run"), dollars(bill.full), [
                text!("cost-run-requests", [("count", count(requests))]),
                text!("cost-run-time", [("time", format::duration(Span::from_secs(elapsed.as_secs())).into())]),
            ]) }
            if has_rate {
                { card("sum", text!("cost-month"), dollars(monthly.full), [
                    text!("cost-month-requests", [("count", count(month.standard.saturating_add(month.fifo)))]),
                    text!("cost-month-free", [("amount", dollars(monthly.beyond_free).into())]),
                ]) }
                { card("sum empty", text!("cost-polling"), dollars(monthly.empty), [
                    text!("cost-polling-run",
                        [("count", count(meter.empty_receives)), ("amount", dollars(bill.empty).into())]),
                    text!("cost-polling-share", [("percent", percent.into())]),
                ]) }
            } else {
                { card("sum", text!("cost-month"), "–".into(), [later(), String::new()]) }
                { card("sum empty", text!("cost-polling"), "–".into(), [later(), String::new()]) }
            }
        </dl>
    }
}

/// The calls by what they were.
fn by_class(calls: &[u64], meter: &Meter) -> String {
    let of = |class: CallClass| grouped(calls.get(class as usize).copied().unwrap_or(0)).into();
    let chunks = (meter.standard + meter.fifo).saturating_sub(meter.calls);
    text!(
        "cost-classes",
        [
            ("send", of(CallClass::Send)),
            ("receive", of(CallClass::Receive)),
            ("delete", of(CallClass::Delete)),
            ("visibility", of(CallClass::ChangeVisibility)),
            ("other", of(CallClass::Other)),
            ("chunks", grouped(chunks).into()),
        ],
    )
}

fn assumptions() -> String {
    let first = &PRICES.tiers[0];
    let million = |nanos: u64| dollars(nanos * 1_000_000).into();
    text!(
        "cost-assumptions",
        [
            ("standard", million(first.standard)),
            ("fifo", million(first.fifo)),
            ("fair", million(PRICES.fair_surcharge)),
            ("free", grouped(PRICES.free).into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::session::{Action, Session};

    #[test]
    fn a_month_is_the_run_many_times() {
        let meter = Meter {
            calls: 30,
            standard: 20,
            fifo: 10,
            fair: 0,
            empty_receives: 12,
        };
        // Each minute of a month of 43,200.
        let month = meter_per_month(&meter, Span::from_secs(60));
        assert_eq!((month.standard, month.fifo), (864_000, 432_000));
        let empties = Empties {
            standard: 8 * 43_200,
            fifo: 4 * 43_200,
        };
        let bill = Bill::new(&month, empties);
        assert_eq!(bill.full, 864_000 * 400 + 432_000 * 500);
        assert_eq!(bill.beyond_free, (432_000 - 136_000) * 500);
        assert_eq!(bill.empty, 345_600 * 400 + 172_800 * 500);
        assert_eq!(per_month(1, Span::ZERO), MONTH.as_ms());
    }

    #[test]
    fn the_queues_and_the_rest_are_the_whole() {
        let (store, _listening) = bridge::tests::page();
        store.dispatch(Action::open_scenario("slow-and-fast").expect("the library has it"));
        let start = store.read(Session::start);
        store.dispatch(Action::Seek(start + Span::from_secs(60)));
        let told = ask(None).expect("the page tells");
        assert_eq!(told.elapsed, Span::from_secs(60));
        let all = &told.all;
        let calls: u64 = told.queues.iter().map(|line| line.meter.calls).sum();
        assert!(calls > 0 && calls <= all.meter.calls);
        assert_eq!(
            all.empties.standard + all.empties.fifo,
            all.meter.empty_receives
        );
        assert!(told.calls[CallClass::Receive as usize] >= all.meter.empty_receives);
        assert_eq!(
            told.calls,
            store.read(|session| {
                let counts = session.timeline().call_counts();
                CallClass::ALL.map(|class| counts.of(class))
            })
        );
        assert!(ask(told.beat).is_none(), "nothing is new");
        store.dispatch(Action::NextEvent);
        assert!(ask(told.beat).is_some());
    }
}
