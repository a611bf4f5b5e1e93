//! The playhead: a slider over the run, from its start to as far as it reaches.

use web_sys::{HtmlInputElement, InputEvent};
use yew::prelude::*;

use super::axis::{percent, ticks};
use super::dock::DensityStrip;
use super::format;
use super::page::Page;
use super::part::Part;
use super::session::{Action, Session};
use super::text::text;
use crate::sim::Span;

/// About how many times stand below the slider.
const TICKS: u64 = 6;

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
        let share = |span: Span| percent((span.as_ms() as f64 / end_ms as f64).min(1.0));
        let style = format!("--played:{};--computed:{}", share(now), share(computed));
        let words = text!(
            "playhead-value",
            [
                ("now", format::elapsed(now).into()),
                ("end", format::elapsed(end).into()),
            ],
        );
        html! {
            <div class="scrubber" {style}>
                { DensityStrip.show() }
                <input type="range" aria-label={text!("playhead")} aria-valuetext={words}
                    min="0" max={end_ms.to_string()} step={step_ms(end_ms).to_string()}
                    value={now.as_ms().to_string()} {oninput} />
                <div class="ticks" aria-hidden="true">
                    { for ticks(0, end_ms, TICKS).into_iter().map(|tick| html! {
                        <span style={format!("left:{}", percent(tick.share))}>{ tick.label }</span>
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arrow_key_moves_by_a_round_step() {
        assert_eq!(
            [500, 60_000, 300_000, 86_400_000].map(step_ms),
            [1, 10, 100, 60_000]
        );
    }
}
