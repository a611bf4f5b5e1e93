//! What the run costs, as AWS bills it, and what a month of the same would.

use yew::prelude::*;

use super::use_beat;
use crate::sim::Span;
use crate::sqs::{Meter, Prices};
use crate::timeline::CallClass;
use crate::ui::format;
use crate::ui::session::Session;
use crate::ui::text::{text, text_with};

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

/// Billionths of a US dollar as an amount: `$1,234.50`, `$0.0312`, `$0.0000612`.
fn money(nanos: u128) -> String {
    let places: u32 = match nanos {
        0 => 2,
        1_000_000_000.. => 2,
        10_000_000.. => 4,
        _ => 7,
    };
    let unit = 10_u128.pow(9 - places);
    let rounded = (nanos + unit / 2) / unit;
    let scale = 10_u128.pow(places);
    let (whole, part) = (rounded / scale, rounded % scale);
    let mut digits = format!("{part:0width$}", width = places as usize);
    while digits.len() > 2 && digits.ends_with('0') {
        digits.pop();
    }
    format!(
        "${}.{digits}",
        grouped(u64::try_from(whole).unwrap_or(u64::MAX))
    )
}

/// A number with commas: `1,234,567`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
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
        name: text("cost-all"),
        meter,
        empties: Empties {
            standard: meter.empty_receives.saturating_sub(fifo),
            fifo,
        },
    };
    (queues, all)
}

/// What the run costs, beside the name of the tab.
#[component]
pub(super) fn Amount() -> Html {
    let store = use_beat();
    let nanos = store.read(|session| {
        let meter = session.world().service().meter();
        PRICES.without_free().cost(meter)
    });
    html! { <span class="amount" aria-hidden="true">{ money(nanos) }</span> }
}

#[component]
pub(super) fn Panel() -> Html {
    let store = use_beat();
    store.read(|session| {
        let (queues, all) = lines(session);
        let elapsed = session.now().since(session.start());
        html! {
            <div class="dock-body cost" tabindex="0" role="region" aria-label={text("cost")}>
                { sums(&all, elapsed) }
                <table class="cost-table">
                    <thead><tr>
                        <th scope="col">{ text("queue") }</th>
                        { for ["cost-calls", "cost-standard", "cost-fifo", "cost-fair", "cost-empty", "cost-price"]
                            .map(|key| html! { <th scope="col">{ heading(key) }</th> }) }
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
    })
}

fn heading(key: &str) -> String {
    match key {
        "cost-calls" => text("cost-calls"),
        "cost-standard" => text("cost-standard"),
        "cost-fifo" => text("cost-fifo"),
        "cost-fair" => text("cost-fair"),
        "cost-empty" => text("cost-empty"),
        _ => text("cost-price"),
    }
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
            <td>{ money(bill.full) }</td>
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
    let later = || text("cost-too-short");
    let month = meter_per_month(meter, elapsed);
    let empties = Empties {
        standard: per_month(all.empties.standard, elapsed),
        fifo: per_month(all.empties.fifo, elapsed),
    };
    let monthly = Bill::new(&month, empties);
    let percent = (meter.empty_receives * 100 + requests / 2) / requests.max(1);
    html! {
        <dl class="sums">
            { card("sum", text("cost-run"), money(bill.full), [
                text_with("cost-run-requests", [("count", count(requests))]),
                text_with("cost-run-time", [("time", format::duration(Span::from_secs(elapsed.as_secs())).into())]),
            ]) }
            if has_rate {
                { card("sum", text("cost-month"), money(monthly.full), [
                    text_with("cost-month-requests", [("count", count(month.standard.saturating_add(month.fifo)))]),
                    text_with("cost-month-free", [("amount", money(monthly.beyond_free).into())]),
                ]) }
                { card("sum empty", text("cost-polling"), money(monthly.empty), [
                    text_with("cost-polling-run",
                        [("count", count(meter.empty_receives)), ("amount", money(bill.empty).into())]),
                    text_with("cost-polling-share", [("percent", percent.into())]),
                ]) }
            } else {
                { card("sum", text("cost-month"), "–".into(), [later(), String::new()]) }
                { card("sum empty", text("cost-polling"), "–".into(), [later(), String::new()]) }
            }
        </dl>
    }
}

/// The calls by what they were.
fn by_class(session: &Session, meter: &Meter) -> String {
    let counts = session.timeline().call_counts();
    let of = |class| grouped(counts.of(class)).into();
    let chunks = (meter.standard + meter.fifo).saturating_sub(meter.calls);
    text_with(
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
    let million = |nanos: u64| money(u128::from(nanos) * 1_000_000).into();
    text_with(
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
    fn amounts_read_well_and_round() {
        for (nanos, text) in [
            (0, "$0.00"),
            (400, "$0.0000004"),
            (61_200, "$0.0000612"),
            (2_000_000, "$0.002"),
            (31_249_999, "$0.0312"),
            (999_960_000, "$1.00"),
            (1_234_504_999_999, "$1,234.50"),
            (40_000_000_000_000, "$40,000.00"),
        ] {
            assert_eq!(money(nanos), text);
        }
        assert_eq!(
            [0, 999, 1000, 1_234_567].map(grouped),
            ["0", "999", "1,000", "1,234,567"]
        );
    }

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
        let mut session = Session::new();
        session.apply(Action::OpenScenario(2));
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
