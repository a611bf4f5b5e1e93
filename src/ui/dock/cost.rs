//! What the run costs, as AWS bills it, and what a month of the same would.

use yew::prelude::*;

use crate::sim::Span;
use crate::sqs::{Meter, Prices};
use crate::timeline::CallClass;
use crate::ui::format::{self, dollars, grouped};
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::Session;
use crate::ui::text::text;

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
    full: u128,
    /// If what is free each month is.
    beyond_free: u128,
    /// Of the full price, what the empty receives cost.
    empty: u128,
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

/// A queue's requests, or what is said of all.
struct Line {
    name: String,
    meter: Meter,
    empties: Empties,
}

fn lines(session: &Session) -> (Vec<Line>, Line) {
    let world = session.world();
    let mut fifo = 0;
    let line = |queue: &crate::sqs::Queue| {
        let meter = *queue.meter();
        let mut empties = Empties::default();
        if queue.is_fifo() {
            empties.fifo = meter.empty_receives;
        } else {
            empties.standard = meter.empty_receives;
        }
        fifo += empties.fifo;
        Line {
            name: queue.name().to_string(),
            meter,
            empties,
        }
    };
    let queues = world.queues().map(line).collect();
    let meter = *world.service().meter();
    let all = Line {
        name: text!("cost-all"),
        meter,
        empties: Empties {
            standard: meter.empty_receives.saturating_sub(fifo),
            fifo,
        },
    };
    (queues, all)
}

/// What the run costs, beside the name of the tab.
#[derive(PartialEq)]
pub(super) struct Amount;

impl Part for Amount {
    /// In billionths of a US dollar.
    type Facts = u128;

    fn facts(&self, session: &Session) -> u128 {
        PRICES
            .without_free()
            .cost(session.world().service().meter())
    }

    fn view(&self, billionths: &u128, _: &Page) -> Html {
        html! { <span class="amount" aria-hidden="true">{ dollars(*billionths) }</span> }
    }
}

#[derive(PartialEq)]
pub(super) struct Cost;

impl Part for Cost {
    /// When to look again.
    type Facts = u64;

    fn facts(&self, session: &Session) -> u64 {
        session.beat()
    }

    fn view(&self, _: &u64, page: &Page) -> Html {
        page.store.read(view)
    }
}

fn view(session: &Session) -> Html {
    let (queues, all) = lines(session);
    let elapsed = session.now().since(session.start());
    html! {
        <div class="dock-body cost" tabindex="0" role="region" aria-label={text!("cost")}>
            { sums(&all, elapsed) }
            <table class="cost-table">
                <thead><tr>
                    <th scope="col">{ text!("queue") }</th>
                    { for headings().map(|heading| html! { <th scope="col">{ heading }</th> }) }
                </tr></thead>
                <tbody>
                    { for queues.iter().map(line_html) }
                </tbody>
                <tfoot>{ line_html(&all) }</tfoot>
            </table>
            <p class="note">{ by_class(session, &all.meter) }</p>
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
fn by_class(session: &Session, meter: &Meter) -> String {
    let counts = session.timeline().call_counts();
    let of = |class| grouped(counts.of(class)).into();
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
    let million = |nanos: u64| dollars(u128::from(nanos) * 1_000_000).into();
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
    use crate::ui::session::Action;

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
        let mut session = Session::of("slow-and-fast");
        session.apply(Action::Seek(session.start() + Span::from_secs(60)));
        let (queues, all) = lines(&session);
        let calls: u64 = queues.iter().map(|line| line.meter.calls).sum();
        assert!(calls > 0 && calls <= all.meter.calls);
        assert_eq!(
            all.empties.standard + all.empties.fifo,
            all.meter.empty_receives
        );
        let counts = session.timeline().call_counts();
        assert!(counts.of(CallClass::Receive) >= all.meter.empty_receives);
    }
}
