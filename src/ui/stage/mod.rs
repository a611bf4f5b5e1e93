//! The stage: queues and actors as cards, and above them a canvas with what moves.
//!
//! The cards are the document's text: they are what is read, focused and clicked. The canvas
//! is for the eye only; what it shows is in the inspector, too.

mod canvas;
mod cards;
mod cargo;
#[cfg(test)]
mod fixture;
mod geometry;
mod hit;
mod layout;
mod paint;
mod place;
pub(super) mod scene;
mod tokens;
pub(super) mod view;

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlCanvasElement, HtmlElement, MouseEvent, ResizeObserver};
use yew::prelude::*;

use super::page::{Page, use_page};
use super::part::Part;
use super::session::{Action, Selection, Session};
use super::shell::Dialog;
use super::store::Store;
use super::text::text;
use super::widgets::Icon;
use crate::sim::Span;
use crate::ui::bounds::bounded;
use crate::ui::format::decimal;
use canvas::Painter;
use cards::{ActorCard, QueueCard};
use geometry::{Point, Size};
use hit::{Target, hit};
use layout::{Layout, Shape};
use paint::{Moment, Motion, paint};

/// For so long something is shown as new, in milliseconds of wall time.
const FRESH_MS: f64 = 450.0;
/// The same in virtual time, at most: when much happens at once, little of it is news.
const FRESH_VIRTUAL_MS_MAX: f64 = 1500.0;

/// Where the stage stands before the browser has said how large it is.
const FIRST_SIZE: Size = Size {
    width: 1100.0,
    height: 560.0,
};

#[derive(PartialEq)]
pub(crate) struct Stage;

impl Part for Stage {
    type Facts = Rc<Shape>;

    fn facts(&self, session: &Session) -> Self::Facts {
        Rc::new(scene::shape(session.world()))
    }

    fn view(&self, shape: &Self::Facts, _: &Page) -> Html {
        html! { <Floor {shape} /> }
    }
}

#[derive(PartialEq, Properties)]
struct FloorProps {
    shape: Rc<Shape>,
}

/// The stage as large as there is room.
#[component]
fn Floor(props: &FloorProps) -> Html {
    let page = use_page();
    let shape = &props.shape;
    let room = use_state_eq(|| (FIRST_SIZE, 1.0));
    let magnify = magnification(*room);
    let layout = use_memo((Rc::clone(shape), *room), move |(shape, (size, scale))| {
        Layout::new(shape, *size, scale * magnify)
    });
    // What the painter reads: the layout of the last render.
    let shown = use_mut_ref(|| Rc::clone(&layout));
    *shown.borrow_mut() = Rc::clone(&layout);

    let (scroller, canvas) = (use_node_ref(), use_node_ref());
    use_effect_with(scroller.clone(), {
        let room = room.setter();
        move |scroller| watch_size(scroller, room)
    });
    use_effect_with((page.store.clone(), canvas.clone()), {
        let shown = Rc::clone(&shown);
        move |(store, canvas)| {
            let painter = canvas.cast::<HtmlCanvasElement>().and_then(Painter::new);
            let subscription = painter.map(|painter| keep_painting(store, painter, shown));
            move || drop(subscription)
        }
    });

    let onclick = Callback::from({
        let (page, scroller, shown) = (page.clone(), scroller.clone(), Rc::clone(&shown));
        move |event: MouseEvent| {
            let Some(point) = point_of(&event, &scroller) else {
                return;
            };
            match target_at(&page.store, &shown.borrow(), point) {
                Some(target) => page.select(selection_of(target)),
                None => page.store.dispatch(Action::Select(Selection::Nothing)),
            }
        }
    });
    let onmousemove = Callback::from({
        let (store, scroller) = (page.store.clone(), scroller.clone());
        move |event: MouseEvent| {
            let Some(point) = point_of(&event, &scroller) else {
                return;
            };
            let target = target_at(&store, &shown.borrow(), point);
            let points = matches!(target, Some(Target::Message(..) | Target::Call(_)));
            if let Some(element) = scroller.cast::<HtmlElement>() {
                let _ = element.class_list().toggle_with_force("pointing", points);
            }
        }
    });

    let size = layout.size;
    let floor = format!(
        "width:{}px;height:{}px",
        decimal(size.width, 1),
        decimal(size.height, 1)
    );
    let zoom = format!("zoom:{}", decimal(magnify, 3));
    html! {
        <div class="stage-scroller" ref={scroller} {onclick} {onmousemove}>
            <div class="stage-floor" style={floor.clone()}>
                if shape.queues.is_empty() {
                    if shape.actors.is_empty() {
                        { empty_stage(&page) }
                    } else {
                        <p class="empty-stage">{ text!("queues-none") }</p>
                    }
                }
                <ul class="cards" style={zoom.clone()} aria-label={text!("stage-queues")}>
                    { for layout.queues.iter().map(|on| {
                        QueueCard { on: on.clone(), magnify }.show_as(on.id.0)
                    }) }
                </ul>
                <ul class="cards" style={zoom} aria-label={text!("stage-actors")}>
                    { for layout.actors.iter().map(|on| {
                        ActorCard { on: on.clone(), magnify }.show_as(on.caller.0)
                    }) }
                </ul>
                <canvas ref={canvas} style={floor} aria-hidden="true" />
            </div>
        </div>
    }
}

/// A stage with room to spare shows everything larger, up to this.
const MAGNIFY_MAX: f64 = 1.6;
/// The stage that is shown as large as the rest of the page.
const PLAIN_STAGE: Size = Size {
    width: 1080.0,
    height: 580.0,
};

fn magnification((size, scale): (Size, f64)) -> f64 {
    let across = size.width / scale / PLAIN_STAGE.width;
    let down = size.height / scale / PLAIN_STAGE.height;
    bounded(across.min(down), 1.0, MAGNIFY_MAX)
}

/// What there is to do in a world without queues.
fn empty_stage(page: &Page) -> Html {
    html! {
        <div class="empty-stage">
            <p>{ text!("stage-empty") }</p>
            <button class="button primary" onclick={page.opening(Dialog::CreateQueue)}>
                { Icon::Plus.show() }{ text!("create-queue") }
            </button>
        </div>
    }
}

/// Keeps `room` as large as the element, and in step with the size of the text.
fn watch_size(scroller: &NodeRef, room: UseStateSetter<(Size, f64)>) -> impl FnOnce() + use<> {
    let element = scroller.cast::<HtmlElement>();
    let measure = element.clone().map(|element| {
        Closure::<dyn FnMut()>::new(move || {
            let size = Size {
                width: f64::from(element.client_width()),
                height: f64::from(element.client_height()),
            };
            if size.width > 0.0 && size.height > 0.0 {
                room.set((size, text_scale()));
            }
        })
    });
    let observer = measure
        .as_ref()
        .and_then(|measure| ResizeObserver::new(measure.as_ref().unchecked_ref()).ok());
    if let (Some(observer), Some(element)) = (&observer, &element) {
        observer.observe(element);
    }
    move || {
        if let Some(observer) = observer {
            observer.disconnect();
        }
        drop(measure);
    }
}

/// The reader's text size relative to the usual 16 pixels.
pub(super) fn text_scale() -> f64 {
    let root = web_sys::window()
        .and_then(|window| Some((window.document()?.document_element()?, window)))
        .and_then(|(root, window)| window.get_computed_style(&root).ok().flatten());
    let size = root.and_then(|style| style.get_property_value("font-size").ok());
    // The browser reads numbers already: Rust's own reader would be a large part of the page.
    let pixels = size.map_or(f64::NAN, |size| js_sys::parse_float(&size));
    if pixels.is_finite() {
        bounded(pixels / 16.0, 0.75, 3.0)
    } else {
        1.0
    }
}

fn keep_painting(
    store: &Store,
    painter: Painter,
    shown: Rc<RefCell<Rc<Layout>>>,
) -> super::store::Subscription {
    let painter = RefCell::new(painter);
    let quiet = web_sys::window().and_then(|window| {
        window
            .match_media("(prefers-reduced-motion: reduce)")
            .ok()
            .flatten()
    });
    let painted_store = store.clone();
    store.subscribe_painter(move || {
        let reduced = quiet.as_ref().is_some_and(web_sys::MediaQueryList::matches);
        let motion = if reduced {
            Motion::Reduced
        } else {
            Motion::Full
        };
        let layout = Rc::clone(&shown.borrow());
        let list = painted_store.read(|session| {
            let selected = match session.selection() {
                Selection::Message(key) => Some(key),
                Selection::Nothing
                | Selection::Queue(_)
                | Selection::Actor(_)
                | Selection::Call(_) => None,
            };
            let moment = Moment {
                now_ms: now_ms(session),
                motion,
                fresh_ms: (FRESH_MS * session.speed().factor()).min(FRESH_VIRTUAL_MS_MAX),
                selected,
            };
            let mut view = scene::view(session.world());
            let since = session.now() - Span::from_ms(moment.fresh_ms as u64);
            view.traces = scene::traces(session.timeline().log(), session.world(), since);
            paint(&view, &layout, moment)
        });
        painter.borrow_mut().draw(&list, layout.size);
    })
}

/// The exact instant of the picture.
fn now_ms(session: &Session) -> f64 {
    session.start().as_ms() as f64 + session.elapsed_ms()
}

fn point_of(event: &MouseEvent, scroller: &NodeRef) -> Option<Point> {
    let element = scroller.cast::<HtmlElement>()?;
    let bounds = element.get_bounding_client_rect();
    Some(Point::new(
        f64::from(event.client_x()) - bounds.left() + f64::from(element.scroll_left()),
        f64::from(event.client_y()) - bounds.top() + f64::from(element.scroll_top()),
    ))
}

fn target_at(store: &Store, layout: &Layout, point: Point) -> Option<Target> {
    store.read(|session| {
        hit(
            &scene::view(session.world()),
            layout,
            point,
            now_ms(session),
        )
    })
}

/// What a click on the stage selects.
fn selection_of(target: Target) -> Selection {
    match target {
        Target::Message(_, key) => Selection::Message(key),
        Target::Call(id) => Selection::Call(id),
        Target::Queue(id) => Selection::Queue(id),
        Target::Actor(caller) => Selection::Actor(caller),
    }
}
