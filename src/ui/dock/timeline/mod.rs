//! The timeline: a row for each message, with bars for where it was and marks for what happened.
//!
//! The rows are elements, not a painting: only those in view are there, a theme is the style
//! sheet's business, and what is drawn is what a screen reader reads. They change a few times a
//! second; the playhead moves with each frame, and nothing else then. A bar that goes on reaches
//! to the end, and a curtain covers what is not known yet.

mod follow;
mod lives;
mod matches;
mod row;
mod tools;
mod window;

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, WheelEvent};
use yew::prelude::*;

use super::scroll::{Scroller, reveal, row_pixels};
use crate::sim::{Span, Time};
use crate::sqs::MessageKey;
use crate::ui::axis::{percent, ticks};
use crate::ui::describe;
use crate::ui::format;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Action, Selection, Session};
use crate::ui::store::{Store, Subscription};
use crate::ui::text::text;
pub(super) use matches::Filter;
use matches::Matches;
use row::{NAME_REM, ROW, ROW_REM};
use window::Window;

/// The height of the axis above the rows: `.tl-axis` in the style sheet has the same.
const AXIS_REM: f64 = 1.5;
/// About how many instants are written on the axis.
const TICKS: u64 = 8;
/// The longest part of a run in which bars can be told apart well, in milliseconds.
const READABLE: u64 = 120_000;
/// What has just happened: within this part of the window.
const RECENT: u64 = 8;
/// So close to a bar's beginning or a mark, in pixels, a click means that instant.
const CLOSE: f64 = 6.0;

/// What is shown of the run.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Shown {
    /// None for all of it.
    part: Option<Window>,
    /// Whether it goes where the playhead goes.
    follows: bool,
}

impl Shown {
    fn window(self, session: &Session) -> Window {
        self.part.unwrap_or(Window::whole(length(session)))
    }
}

/// What is shown of a run at first: all of it, or as much as can be read.
fn shown_first(session: &Session) -> Shown {
    let run = length(session);
    let now = session.now().since(session.start()).as_ms();
    let window = Window {
        from: 0,
        length: READABLE,
    };
    Shown {
        part: (run > READABLE).then(|| window.following(now, run)),
        follows: true,
    }
}

/// How long the run is: as the slider of the playhead has it; one that grows grows by steps.
fn length(session: &Session) -> u64 {
    let start = session.start();
    let end = session.end().since(start).as_ms();
    if session.timeline().horizon() < session.end() {
        return end;
    }
    let step = (end / 8).next_power_of_two();
    end.next_multiple_of(step)
}

#[derive(PartialEq)]
pub(super) struct Timeline {
    pub filter: Filter,
    pub onfilter: Callback<Filter>,
}

/// When to look again, and how many worlds were opened before.
type Moment = (u64, u64);

impl Part for Timeline {
    type Facts = Moment;

    fn facts(&self, session: &Session) -> Moment {
        (session.beat(), session.opened())
    }

    fn view(&self, &(_, opened): &Moment, page: &Page) -> Html {
        let kept = page.kept::<Kept>();
        let set = Kept::set(&kept, page.again());
        let onclick = onclick(page, &kept);
        let onkeydown = onkeydown(page, &kept, set.clone());
        let mut kept = kept.borrow_mut();
        let in_view = kept.scroller.in_view();
        let onscroll = kept.scroller.onscroll(page.again());
        let (rows, horizon, forgotten) = page.store.read(|session| {
            if kept.opened.replace(opened) != Some(opened) {
                kept.shown = shown_first(session);
            }
            kept.window = kept.shown.window(session);
            kept.matches.update(session, &self.filter);
            let keys = kept.matches.rows();
            let places = in_view.of(keys.len());
            let active = active_row(&places, kept.active);
            let rows: Vec<Html> = places
                .map(|place| row::row(session, keys[place], (place, place == active), kept.window))
                .collect();
            let forgotten = describe::forgotten(session);
            let horizon = session.timeline().horizon().since(session.start());
            (rows, horizon, forgotten)
        });
        let Kept {
            shown,
            window,
            ref matches,
            ref scroller,
            ref over,
            ..
        } = *kept;
        let (total, known) = (matches.rows().len(), matches.known());
        let active_row = kept.active_row();
        let chosen = (&self.filter, &self.onfilter);
        let filters = tools::filters(&page.store, chosen, matches.groups());
        let drag = drag_with(&page.store, window);
        let instants = ticks(window.from, window.length, TICKS);
        let from = Span::from_ms(window.from);
        html! {
            <>
                <div class="dock-head">
                    <span class="note">
                        { text!("timeline-count", [("shown", total.into()), ("known", known.into())]) }
                    </span>
                    { filters }
                    { tools::zooms(&page.store, shown, window, &set) }
                </div>
                <div class="dock-body tl" role={if total > 0 { "grid" } else { "region" }} tabindex="0" aria-label={text!("timeline-grid")}
                    aria-rowcount={(total > 0).then(|| total.to_string())} aria-activedescendant={(total > 0).then(|| row::id(active_row))}
                    ref={scroller.node.clone()} {onscroll} {onkeydown} {onclick}>
                    <div class="tl-axis" aria-hidden="true" onpointerdown={drag.clone()} onpointermove={drag}>
                        { for instants.iter().map(|tick| html! {
                            <span style={format!("left:{}", percent(tick.share))}>{ &tick.label }</span>
                        }) }
                    </div>
                    <div class="tl-over" aria-hidden="true">
                        <div class="tl-lines" ref={over.clone()}>
                            <i class="tl-veil" /><i class="tl-curtain" />
                            <div class="tl-ticks">
                                { for instants.iter().map(|tick| html! {
                                    <i style={format!("left:{}", percent(tick.share))} />
                                }) }
                            </div>
                            <i class="tl-now" />
                        </div>
                    </div>
                    <div class="virtual" role={(total > 0).then_some("rowgroup")} style={format!("height:calc({total} * {ROW})")}>
                        { for rows }
                    </div>
                    if let Some(words) = forgotten {
                        <p class="empty-note">{ words }</p>
                    } else if known == 0 {
                        <p class="empty-note">{ text!("timeline-none") }</p>
                    }
                    { legend() }
                    <p class="unseen">{ text!("timeline-window", [
                        ("from", format::elapsed(from).into()),
                        ("to", format::elapsed(from + Span::from_ms(window.length)).into()),
                        ("known", format::elapsed(horizon).into()),
                    ]) }</p>
                </div>
            </>
        }
    }

    fn shown(&self, page: &Page) {
        let kept = page.kept::<Kept>();
        let set = Kept::set(&kept, page.again());
        let mut kept_now = kept.borrow_mut();
        kept_now.scroller.watch(ROW_REM, page.again());
        if kept_now.moving.is_none() {
            kept_now.moving = keep_moving(&page.store, &kept_now.over, &kept, set.clone());
            kept_now.wheel = listen_to_wheel(&kept, &kept_now.scroller, &page.store, set);
        }
        page.store.read(|session| {
            // While nobody sees it there is nowhere to go.
            if let Some(element) = kept_now.scroller.element()
                && element.client_height() > 0
                && kept_now.now.replace(session.now()) != Some(session.now())
                && kept_now.shown.follows
            {
                follow_rows(session, &element, kept_now.matches.rows(), kept_now.window);
            }
        });
    }
}

/// What the timeline keeps while it is in front.
struct Kept {
    shown: Shown,
    /// How many worlds were opened before the one of which something is shown.
    opened: Option<u64>,
    /// The row that the keys are about, as chosen.
    active: usize,
    matches: Matches,
    /// What was shown last.
    window: Window,
    scroller: Rc<Scroller>,
    /// What moves with the playhead.
    over: NodeRef,
    moving: Option<Subscription>,
    wheel: Option<EventListener>,
    /// The playhead, when the rows followed it.
    now: Option<Time>,
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            shown: Shown {
                part: None,
                follows: true,
            },
            opened: None,
            active: 0,
            matches: Matches::default(),
            window: Window { from: 0, length: 1 },
            scroller: Rc::default(),
            over: NodeRef::default(),
            moving: None,
            wheel: None,
            now: None,
        }
    }
}

impl Kept {
    /// What shows another part of the run.
    fn set(kept: &Rc<RefCell<Self>>, again: Callback<()>) -> Callback<Shown> {
        let kept = Rc::downgrade(kept);
        Callback::from(move |shown| {
            if let Some(kept) = kept.upgrade()
                && std::mem::replace(&mut kept.borrow_mut().shown, shown) != shown
            {
                again.emit(());
            }
        })
    }

    /// The row that the keys are about.
    fn active_row(&self) -> usize {
        let total = self.matches.rows().len();
        active_row(&self.scroller.in_view().of(total), self.active)
    }
}

/// A click chooses a message, and goes to the beginning of what it is on.
fn onclick(page: &Page, kept: &Rc<RefCell<Kept>>) -> Callback<MouseEvent> {
    let (page, kept) = (page.clone(), Rc::clone(kept));
    Callback::from(move |event: MouseEvent| {
        let (key, target) = {
            let mut kept = kept.borrow_mut();
            let Some((place, share, pixel)) = place_of(&event, &kept.scroller.node) else {
                return;
            };
            let Some(key) = kept.matches.rows().get(place).copied() else {
                return;
            };
            kept.active = place;
            let window = kept.window;
            let target = |share| {
                let close = CLOSE * pixel;
                page.store
                    .read(|session| row::target(session, key, window, share, close))
            };
            (key, share.and_then(target))
        };
        if let Some(target) = target {
            page.store.dispatch(Action::Seek(target));
        }
        page.select(Selection::Message(key));
        page.again().emit(());
    })
}

fn onkeydown(
    page: &Page,
    kept: &Rc<RefCell<Kept>>,
    set: Callback<Shown>,
) -> Callback<KeyboardEvent> {
    let (page, kept) = (page.clone(), Rc::clone(kept));
    Callback::from(move |event: KeyboardEvent| {
        let (shown, rows, active, message) = {
            let kept = kept.borrow();
            let (rows, active) = (kept.matches.rows(), kept.active_row());
            (kept.shown, rows.len(), active, rows.get(active).copied())
        };
        let leap = kept.borrow().scroller.in_view().of(usize::MAX).len() / 2;
        let zoom = |closer| {
            let part = page
                .store
                .read(|session| zoomed(session, shown, closer, None));
            set.emit(Shown { part, ..shown });
        };
        let row = match event.key().as_str() {
            "ArrowDown" => active + 1,
            "ArrowUp" => active.saturating_sub(1),
            "PageDown" => active + leap,
            "PageUp" => active.saturating_sub(leap),
            "Home" => 0,
            "End" => rows,
            key => {
                let Some(message) = message else {
                    return;
                };
                match key {
                    "ArrowLeft" => step(&page.store, message, false),
                    "ArrowRight" => step(&page.store, message, true),
                    "Enter" => page.select(Selection::Message(message)),
                    "+" => zoom(true),
                    "-" => zoom(false),
                    _ => return,
                }
                event.prevent_default();
                return;
            }
        };
        event.prevent_default();
        let row = row.min(rows.saturating_sub(1));
        kept.borrow_mut().active = row;
        page.again().emit(());
        if let Some(element) = kept.borrow().scroller.element() {
            reveal(&element, ROW_REM, row, AXIS_REM);
        }
    })
}

/// Brings the row of what has just happened into view, if nothing in view has a part in it.
fn follow_rows(session: &Session, element: &Element, rows: &[MessageKey], window: Window) {
    let row = row_pixels(ROW_REM);
    let first = f64::from(element.scroll_top()) / row;
    let count = (f64::from(element.client_height()) - row_pixels(AXIS_REM)) / row;
    let in_view = first.ceil() as usize..(first + count).max(0.0) as usize;
    let recent = session.now() - Span::from_ms(window.length / RECENT);
    let end = session.world().event_count();
    let log = session.timeline().log();
    if let Some(place) = follow::row_to_reveal(log, end, recent, rows, &in_view) {
        // In the middle: what happens next may be above or below.
        let top = (place as f64 - count / 2.0).max(0.0) * row;
        element.set_scroll_top(top as i32);
    }
}

/// What the bars and signs mean.
fn legend() -> Html {
    let bar = |class: &'static str, name: String| html! { <li><i {class} />{ name }</li> };
    let sign = |class: &'static str, sign: &'static str, name: String| {
        html! { <li><i {class}>{ sign }</i>{ name }</li> }
    };
    html! {
        <ul class="tl-legend" aria-hidden="true">
            { bar("bar delayed", text!("delayed")) }
            { bar("bar visible", text!("visible")) }
            { bar("bar in-flight", text!("in-flight")) }
            { bar("bar dead", text!("queue-dead-letter")) }
            { sign("mark deleted", "✓", text!("mark-deleted")) }
            { sign("mark expired", "✗", text!("mark-expired")) }
            { sign("mark moved", "↷", text!("mark-moved")) }
            { sign("mark deduplicated", "≡", text!("mark-deduplicated")) }
        </ul>
    }
}

/// The row that the keys are about: the chosen one, or the nearest to it that is there.
fn active_row(there: &Range<usize>, chosen: usize) -> usize {
    chosen.min(there.end.saturating_sub(1)).max(there.start)
}

fn zoomed(session: &Session, shown: Shown, closer: bool, around: Option<f64>) -> Option<Window> {
    let (window, run) = (shown.window(session), length(session));
    let now = session.now().since(session.start()).as_ms();
    let zoomed = window.zoomed(closer, around.unwrap_or(window.bounded_share(now)), run);
    (zoomed != Window::whole(run)).then_some(zoomed)
}

/// Goes to the event of a message before or after now.
fn step(store: &Store, key: MessageKey, forward: bool) {
    let target = store.read(|session| {
        let now = session.now();
        let log = session.timeline().log();
        let mut instants = log.of_message(key, u64::MAX).map(|event| event.at);
        if forward {
            instants.find(|at| *at > now)
        } else {
            instants.take_while(|at| *at < now).last()
        }
    });
    if let Some(target) = target {
        store.dispatch(Action::Seek(target));
    }
}

/// The row under a pointer, the share of the axis unless it is over the names, and a pixel's share.
fn place_of(event: &MouseEvent, scroller: &NodeRef) -> Option<(usize, Option<f64>, f64)> {
    let element = scroller.cast::<Element>()?;
    let bounds = element.get_bounding_client_rect();
    let down = f64::from(event.client_y()) - bounds.top() - row_pixels(AXIS_REM);
    let across = f64::from(event.client_x()) - bounds.left() - row_pixels(NAME_REM);
    if down < 0.0 {
        return None;
    }
    let row = (down + f64::from(element.scroll_top())) / row_pixels(ROW_REM);
    let width = f64::from(element.client_width()) - row_pixels(NAME_REM);
    let share = (across >= 0.0 && width > 0.0).then(|| across / width);
    Some((row as usize, share, 1.0 / width.max(1.0)))
}

/// A press on the axis goes there, and a drag along it.
fn drag_with(store: &Store, window: Window) -> Callback<PointerEvent> {
    let store = store.clone();
    Callback::from(move |event: PointerEvent| {
        let axis = event
            .target_dyn_into::<Element>()
            .and_then(|element| element.closest(".tl-axis").ok().flatten());
        let Some(axis) = axis.filter(|_| event.buttons() & 1 == 1) else {
            return;
        };
        // A pointer that is gone already needs no capture.
        let _ = axis.set_pointer_capture(event.pointer_id());
        let bounds = axis.get_bounding_client_rect();
        let share = (f64::from(event.client_x()) - bounds.left()) / bounds.width().max(1.0);
        let (start, end) = store.read(|session| (session.start(), session.end()));
        let target = start + Span::from_ms(window.at(share));
        store.dispatch(Action::Seek(target.min(end)));
    })
}

/// The wheel with Ctrl zooms, sideways or with Shift it moves along.
fn listen_to_wheel(
    kept: &Rc<RefCell<Kept>>,
    scroller: &Scroller,
    store: &Store,
    set: Callback<Shown>,
) -> Option<EventListener> {
    let element = scroller.element()?;
    let options = EventListenerOptions::enable_prevent_default();
    let (kept, store, scroller) = (Rc::downgrade(kept), store.clone(), element.clone());
    let turned = move |event: &Event| {
        let (event, kept) = (event.dyn_ref::<WheelEvent>()?, kept.upgrade()?);
        let shown = kept.borrow().shown;
        let bounds = scroller.get_bounding_client_rect();
        let left = bounds.left() + row_pixels(NAME_REM);
        let width = bounds.right() - left;
        let part = if event.ctrl_key() {
            let around = (f64::from(event.client_x()) - left) / width;
            let closer = event.delta_y() < 0.0;
            store.read(|session| zoomed(session, shown, closer, Some(around)))
        } else {
            let pixels = if event.shift_key() && event.delta_x() == 0.0 {
                event.delta_y()
            } else {
                event.delta_x()
            };
            if pixels.abs() < event.delta_y().abs() && !event.shift_key() {
                return None;
            }
            let run = store.read(length);
            shown.part.map(|window| window.moved(pixels / width, run))
        };
        set.emit(Shown { part, ..shown });
        event.prevent_default();
        Some(())
    };
    let listener = EventListener::new_with_options(&element, "wheel", options, move |event| {
        turned(event);
    });
    Some(listener)
}

/// Keeps the playhead, the veil over what comes after it, and the curtain before what is not
/// known where they belong, with each frame.
fn keep_moving(
    store: &Store,
    over: &NodeRef,
    kept: &Rc<RefCell<Kept>>,
    set: Callback<Shown>,
) -> Option<Subscription> {
    let over = over.cast::<Element>()?;
    let find = |selector: &str| {
        let found = over.query_selector(selector).ok().flatten();
        found.and_then(|element| element.dyn_into::<HtmlElement>().ok())
    };
    let moved = [find(".tl-veil")?, find(".tl-now")?, find(".tl-curtain")?];
    let before = Cell::new(None);
    let (painted, kept) = (store.clone(), Rc::downgrade(kept));
    Some(store.subscribe_painter(move || {
        let Some(kept) = kept.upgrade() else {
            return;
        };
        let Kept { window, shown, .. } = *kept.borrow();
        let (now, horizon, run) = painted.read(|session| {
            let horizon = session.timeline().horizon().since(session.start());
            (
                session.elapsed_ms(),
                horizon.as_ms() as f64,
                length(session),
            )
        });
        let state = (now, horizon, window);
        if before.get() == Some(state) {
            return;
        }
        let had_moved = before
            .get()
            .is_some_and(|(earlier, ..): (f64, f64, Window)| (earlier - now).abs() > 0.0);
        before.set(Some(state));
        let now_share = window.share(now);
        let known_share = window.share(horizon.max(now));
        for (element, share) in moved.iter().zip([now_share, now_share, known_share]) {
            let left = percent(crate::ui::bounds::bounded(share, -0.01, 1.01));
            let _ = element.style().set_property("left", &left);
        }
        let next = window.following(now as u64, run);
        if shown.follows && had_moved && next != window && window != Window::whole(run) {
            set.emit(Shown {
                part: Some(next),
                ..shown
            });
        }
    }))
}

/// A time since the start.
fn since_start(session: &Session, at: Time) -> u64 {
    at.since(session.start()).as_ms()
}
