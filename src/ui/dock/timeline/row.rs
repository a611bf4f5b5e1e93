//! A message's row: what is drawn of its life in a window, what it says, and where a click leads.

use yew::prelude::*;

use super::lives::{Bar, Life, Mark, MarkKind, State, life};
use super::since_start;
use super::window::Window;
use crate::sim::{Span, Time};
use crate::sqs::MessageKey;
use crate::ui::axis::percent;
use crate::ui::describe;
use crate::ui::format;
use crate::ui::session::{Selection, Session};
use crate::ui::text::text;

/// The height of a row, as a number and as the style sheet takes it.
pub(super) const ROW_REM: f64 = 1.5;
pub(super) const ROW: &str = "1.5rem";
/// The width of the names: `.tl-name` in the style sheet has the same.
pub(super) const NAME_REM: f64 = 3.5;
/// Shorter bars, and marks closer together, are drawn as one.
const FINE: f64 = 0.003;
/// The least share of the window in which a holder's name is written.
const NAMED: f64 = 0.06;

/// The element of a row.
pub(super) fn id(place: usize) -> String {
    format!("tl-{place}")
}

/// A bar as it is drawn.
#[derive(Clone, Debug, PartialEq)]
struct Drawn {
    bar: Bar,
    left: f64,
    width: f64,
}

/// The bars in the window; those too short to be told apart as one, which is the last of them.
fn drawn_bars(life: &Life, window: Window, place: impl Fn(Time) -> u64) -> Vec<Drawn> {
    let mut drawn: Vec<Drawn> = Vec::new();
    for bar in &life.bars {
        let left = window.bounded_share(place(bar.from));
        let right = bar.to.map_or(1.0, |to| window.bounded_share(place(to)));
        let is_out = bar.to.is_some_and(|to| place(to) < window.from)
            || place(bar.from) > window.from + window.length;
        if is_out {
            continue;
        }
        if let Some(last) = drawn.last_mut()
            && right - last.left < FINE
        {
            (last.bar, last.width) = (*bar, right - last.left);
            continue;
        }
        drawn.push(Drawn {
            bar: *bar,
            left,
            width: right - left,
        });
    }
    drawn
}

fn drawn_marks(life: &Life, window: Window, place: impl Fn(Time) -> u64) -> Vec<(f64, Mark)> {
    let mut drawn: Vec<(f64, Mark)> = Vec::new();
    for mark in &life.marks {
        let share = window.share(place(mark.at) as f64);
        let is_near = |last: &(f64, Mark)| share - last.0 < FINE && last.1.kind == mark.kind;
        if (0.0..=1.0).contains(&share) && !drawn.last().is_some_and(is_near) {
            drawn.push((share, *mark));
        }
    }
    drawn
}

/// Where a click at a share of the window leads: into the bar that is there, or to the beginning
/// of one or a mark that is close by.
pub(super) fn target(
    session: &Session,
    key: MessageKey,
    window: Window,
    share: f64,
    close: f64,
) -> Option<Time> {
    let life = life(session.timeline().log(), key);
    let known = session.timeline().horizon();
    let at = (session.start() + Span::from_ms(window.at(share))).min(known);
    let distance =
        |instant: Time| (window.share(since_start(session, instant) as f64) - share).abs();
    let begins = life.bars.iter().map(|bar| bar.from);
    let marks = life.marks.iter().map(|mark| mark.at);
    let nearest = begins
        .chain(marks)
        .min_by(|one, other| distance(*one).total_cmp(&distance(*other)));
    nearest
        .filter(|instant| distance(*instant) <= close)
        .or_else(|| life.bar_at(at).map(|_| at))
}

/// As the style sheet names what a bar shows.
fn tone(bar: &Bar) -> &'static str {
    match (bar.state, bar.is_dead) {
        (State::Visible, true) => "bar dead",
        (State::Delayed, _) => "bar delayed",
        (State::Visible, false) => "bar visible",
        (State::InFlight(_), false) => "bar in-flight",
        (State::InFlight(_), true) => "bar in-flight of-dead",
    }
}

/// As the style sheet names a mark, with its sign.
fn sign(kind: MarkKind) -> (&'static str, &'static str) {
    match kind {
        MarkKind::Sent => ("mark sent", ""),
        MarkKind::Received => ("mark received", ""),
        MarkKind::Deleted => ("mark deleted", "✓"),
        MarkKind::Expired => ("mark expired", "✗"),
        MarkKind::Deduplicated => ("mark deduplicated", "≡"),
        MarkKind::Moved => ("mark moved", "↷"),
        MarkKind::Missed => ("mark missed", "!"),
    }
}

fn mark_words(kind: MarkKind) -> String {
    match kind {
        MarkKind::Sent => text!("mark-sent"),
        MarkKind::Received => text!("mark-received"),
        MarkKind::Deleted => text!("mark-deleted"),
        MarkKind::Expired => text!("mark-expired"),
        MarkKind::Deduplicated => text!("mark-deduplicated"),
        MarkKind::Moved => text!("mark-moved"),
        MarkKind::Missed => text!("mark-missed"),
    }
}

/// A bar in words.
fn bar_words(session: &Session, bar: &Bar) -> String {
    let world = session.world();
    let at = |at: Time| format::elapsed(at.since(session.start()));
    let state = match bar.state {
        State::Delayed => text!("delayed"),
        State::Visible => text!("visible"),
        State::InFlight(holder) => {
            let holder = describe::caller(world, holder);
            text!("timeline-held", [("holder", holder.into())])
        }
    };
    let queue = describe::queue(world, bar.queue);
    let state = if bar.is_dead {
        text!(
            "timeline-dead",
            [("state", state.into()), ("queue", queue.into())],
        )
    } else {
        text!(
            "timeline-in",
            [("state", state.into()), ("queue", queue.into())],
        )
    };
    match bar.to {
        Some(to) => text!(
            "timeline-bar",
            [
                ("state", state.into()),
                ("from", at(bar.from).into()),
                ("to", at(to).into()),
                ("time", format::duration(to.since(bar.from)).into()),
            ],
        ),
        None => text!(
            "timeline-open",
            [("state", state.into()), ("from", at(bar.from).into())],
        ),
    }
}

/// The row of a message, at its place among the rows.
pub(super) fn row(
    session: &Session,
    key: MessageKey,
    (place, is_active): (usize, bool),
    window: Window,
) -> Html {
    let life = life(session.timeline().log(), key);
    let ms = |at: Time| since_start(session, at);
    let is_selected = session.selection() == Selection::Message(key);
    let bars = drawn_bars(&life, window, ms);
    let marks = drawn_marks(&life, window, ms);
    let mut words = Vec::new();
    let mut drawn = Vec::new();
    for Drawn { bar, left, width } in bars {
        let said = bar_words(session, &bar);
        let mut holder = String::new();
        if let State::InFlight(caller) = bar.state
            && width >= NAMED
        {
            holder = describe::caller(session.world(), caller);
        }
        let style = format!("left:{};width:{}", percent(left), percent(width));
        drawn.push(html! { <i class={tone(&bar)} {style} title={said.clone()}>{ holder }</i> });
        words.push(said);
    }
    for (share, mark) in marks {
        let (class, sign) = sign(mark.kind);
        let at = format::elapsed(mark.at.since(session.start()));
        let said = text!(
            "mark-at",
            [("mark", mark_words(mark.kind).into()), ("time", at.into())],
        );
        let style = format!("left:{}", percent(share));
        drawn.push(html! { <i {class} {style} title={said.clone()}>{ sign }</i> });
        words.push(said);
    }
    let class = match (is_selected, is_active) {
        (true, true) => "tl-row selected active",
        (true, false) => "tl-row selected",
        (false, true) => "tl-row active",
        (false, false) => "tl-row",
    };
    html! {
        <div key={key.0} id={id(place)} {class} role="row" aria-rowindex={(place + 1).to_string()}
            aria-selected={is_selected.to_string()} style={format!("top:calc({place} * {ROW})")}>
            <span class="tl-name" role="rowheader">{ key.0 }</span>
            <span class="tl-track" role="gridcell" aria-label={words.join("; ")}>{ for drawn }</span>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::session::Action;

    fn session() -> Session {
        let mut session = Session::of("fifo");
        session.apply(Action::Seek(session.start() + Span::from_secs(60)));
        session
    }

    #[test]
    fn a_click_leads_into_the_bar_or_to_what_is_close_by() {
        let session = session();
        let key = MessageKey(1);
        let life = life(session.timeline().log(), key);
        let held = life
            .bars
            .iter()
            .find(|bar| matches!(bar.state, State::InFlight(_)))
            .expect("it was received");
        let window = Window::whole(60_000);
        let share = |at: Time| window.share(since_start(&session, at) as f64);
        let middle = held.from
            + Span::from_ms(held.to.expect("it was deleted").since(held.from).as_ms() / 2);
        let near = 0.0005;
        let hit = |share| target(&session, key, window, share, near);
        assert_eq!(hit(share(middle)), Some(middle));
        assert_eq!(hit(share(held.from) + near / 2.0), Some(held.from));
        assert_eq!(hit(0.99), None, "it is gone by then");
    }

    #[test]
    fn bars_that_cannot_be_told_apart_are_drawn_as_one() {
        let session = session();
        let ms = |at: Time| since_start(&session, at);
        let life = life(session.timeline().log(), MessageKey(2));
        let near = drawn_bars(&life, Window::whole(60_000), ms);
        let far = drawn_bars(&life, Window::whole(86_400_000), ms);
        assert!(near.len() > 1 && far.len() == 1, "{near:?} {far:?}");
        assert!(
            near.iter()
                .all(|drawn| drawn.left >= 0.0 && drawn.left + drawn.width <= 1.0)
        );
        let before = Window {
            from: 50_000,
            length: 1000,
        };
        assert!(
            drawn_bars(&life, before, ms).is_empty(),
            "it was deleted before"
        );
        assert!(drawn_marks(&life, before, ms).is_empty());
    }
}
