//! Where in the run how much happened: a strip of bars on the playhead's axis.

use std::fmt::Write;

use yew::prelude::*;

use crate::sim::Span;
use crate::timeline::{Density, EventCounts, EventGroup};
use crate::ui::format;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::Session;
use crate::ui::text::text;

/// The height of the strip, in units of its drawing.
const HEIGHT: u64 = 100;
/// The least that something takes of it, so that it is seen.
const LEAST: u64 = 14;

/// The most columns.
const COLUMNS: f64 = 170.0;

#[derive(PartialEq)]
pub(crate) struct DensityStrip;

impl Part for DensityStrip {
    /// When to look again.
    type Facts = u64;

    fn facts(&self, session: &Session) -> u64 {
        session.beat()
    }

    fn view(&self, _: &u64, page: &Page) -> Html {
        let (paths, words, wide) = page.store.read(|session| {
            let density = session.timeline().density();
            let end = session.end().since(session.start()).as_ms();
            let wide = end as f64 / density.width().as_ms() as f64;
            // Columns that are wide enough to be seen.
            let together = (wide / COLUMNS).ceil().max(1.0);
            let columns = density.buckets().chunks(together as usize);
            let columns: Vec<_> = columns.map(EventCounts::sum).collect();
            (paths(&columns), words(density), wide / together)
        });
        html! {
            <svg class="strip" role="img" aria-label={words} preserveAspectRatio="none"
                viewBox={format!("0 0 {} {HEIGHT}", format::decimal(wide.max(1.0), 3))}>
                { for paths.into_iter().zip(NAMES).map(|(path, name)| html! {
                    <path class={name} d={path} />
                }) }
            </svg>
        }
    }
}

/// As the style sheet names the groups.
const NAMES: [&str; 5] = ["sends", "receives", "deletes", "losses", "errors"];

/// One shape for each group: a column stands from the bottom up to the top of its group, and those
/// drawn later stand before it.
fn paths(buckets: &[EventCounts]) -> [String; 5] {
    let most = buckets.iter().map(EventCounts::total).max().unwrap_or(0);
    let mut paths = [const { String::new() }; 5];
    for (x, bucket) in buckets.iter().enumerate() {
        let total = bucket.total();
        if total == 0 {
            continue;
        }
        // The root, so that a burst does not flatten all the rest.
        let height = LEAST + (HEIGHT - LEAST) * (total * 10_000 / most).isqrt() / 100;
        let mut above = total;
        for (path, group) in paths.iter_mut().zip(EventGroup::ALL) {
            let count = bucket.of(group);
            if count > 0 {
                let top = height * above / total;
                // A string takes all that is written.
                let _ = write!(path, "M{x} {HEIGHT}v-{top}h.8v{top}z");
            }
            above -= count;
        }
    }
    paths
}

/// The same in words.
fn words(density: &Density) -> String {
    let total = density.total();
    let count = |group| total.of(group).into();
    let busiest = density.buckets().iter().enumerate();
    let busiest = busiest.max_by_key(|(place, bucket)| (bucket.total(), usize::MAX - place));
    let at = busiest.map_or(0, |(place, _)| place as u64 * density.width().as_ms());
    text!(
        "strip",
        [
            ("sends", count(EventGroup::Sends)),
            ("receives", count(EventGroup::Receives)),
            ("deletes", count(EventGroup::Deletes)),
            ("losses", count(EventGroup::Losses)),
            ("errors", count(EventGroup::Errors)),
            ("busiest", format::elapsed(Span::from_ms(at)).into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::session::Action;

    #[test]
    fn columns_are_stacked_and_the_tallest_fills_the_strip() {
        let mut session = Session::of("first-messages");
        session.apply(Action::Seek(session.start() + Span::from_secs(12)));
        let density = session.timeline().density();
        let [sends, receives, deletes, ..] = paths(density.buckets());
        assert!(
            (sends + &receives).contains(&format!("v-{HEIGHT}h")),
            "{receives}"
        );
        assert!(!receives.is_empty() && deletes.is_empty());
        let words = words(density);
        assert!(words.contains("100 sends"), "{words}");
    }
}
