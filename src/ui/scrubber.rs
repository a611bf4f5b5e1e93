//! The playhead: a slider over the run, from its start to as far as it reaches.

use web_sys::{HtmlInputElement, InputEvent};
use yew::prelude::*;

use super::format;
use super::page::Page;
use super::part::Part;
use super::session::{Action, Session};
use super::text::text;
use crate::sim::Span;

/// About how many times stand below the slider.
const TICKS: u64 = 6;

/// Lengths between ticks that read well, in seconds.
const STEPS: [u64; 16] = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 86_400, 604_800,
];

#[derive(PartialEq)]
pub(crate) struct Scrubber;

/// What the slider shows, since the start of the run.
#[derive(PartialEq)]
pub(crate) struct Reach {
    now: Span,
    end: Span,
    computed: Span,
}

impl Part for Scrubber {
    type Facts = Reach;

    fn facts(&self, session: &Session) -> Reach {
        let start = session.start();
        Reach {
            now: session.now().since(start),
            end: session.end().since(start),
            computed: session.timeline().horizon().since(start),
        }
    }

    fn view(&self, &Reach { now, end, computed }: &Reach, page: &Page) -> Html {
        let end_ms = end.as_ms().max(1);
        let store = page.store.clone();
        let oninput = Callback::from(move |event: InputEvent| {
            let typed = event
                .target_dyn_into::<HtmlInputElement>()
                .map(|input| input.value_as_number());
            if let Some(ms) = typed.filter(|ms| ms.is_finite() && *ms >= 0.0) {
                let start = store.read(|session| session.start());
                store.dispatch(Action::Seek(start + Span::from_ms(ms as u64)));
            }
        });
        let share = |span: Span| 100.0 * span.as_ms() as f64 / end_ms as f64;
        let style = format!(
            "--played:{}%;--computed:{}%",
            format::decimal(share(now), 3),
            format::decimal(share(computed).min(100.0), 3)
        );
        let words = text!(
            "playhead-value",
            [
                ("now", format::elapsed(now).into()),
                ("end", format::elapsed(end).into()),
            ],
        );
        html! {
            <div class="scrubber" {style}>
                <input type="range" aria-label={text!("playhead")} aria-valuetext={words}
                    min="0" max={end_ms.to_string()} step={step_ms(end_ms).to_string()}
                    value={now.as_ms().to_string()} {oninput} />
                <div class="ticks" aria-hidden="true">
                    { for ticks(end_ms).into_iter().map(|tick| html! {
                        <span style={format!("left:{}%", format::decimal(share(tick), 3))}>{ tick_label(tick) }</span>
                    }) }
                </div>
            </div>
        }
    }
}

/// What an arrow key moves the playhead by: a fine part of the whole, but a round one.
fn step_ms(end_ms: u64) -> u64 {
    let fine = end_ms / 1000;
    [1, 10, 100, 1000, 10_000, 60_000]
        .into_iter()
        .rev()
        .find(|step| *step <= fine)
        .unwrap_or(1)
}

fn ticks(end_ms: u64) -> Vec<Span> {
    let wanted = end_ms / 1000 / TICKS;
    let step = STEPS
        .into_iter()
        .find(|step| *step >= wanted.max(1))
        .unwrap_or(wanted.max(1));
    let count = end_ms / (step * 1000);
    (0..=count).map(|at| Span::from_secs(at * step)).collect()
}

/// Minutes and seconds as on a clock face; from a day on, words.
fn tick_label(at: Span) -> String {
    let seconds = at.as_ms() / 1000;
    if seconds >= 86_400 {
        return format::duration(at);
    }
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_few_and_round() {
        for seconds in [1, 7, 60, 300, 3600, 86_400, 1_209_600, 40_000_000] {
            let ticks = ticks(seconds * 1000);
            assert!(
                (1..=8).contains(&ticks.len()),
                "{seconds} s: {} ticks",
                ticks.len()
            );
            assert!(ticks.iter().all(|tick| tick.as_ms() <= seconds * 1000));
        }
        assert_eq!(tick_label(Span::from_secs(65)), "1:05");
        assert_eq!(tick_label(Span::from_secs(3605)), "1:00:05");
    }

    #[test]
    fn an_arrow_key_moves_by_a_round_step() {
        assert_eq!(
            [500, 60_000, 300_000, 86_400_000].map(step_ms),
            [1, 10, 100, 60_000]
        );
    }
}
