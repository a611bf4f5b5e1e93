//! Pointers and wheels on the stage: look around, point, click, connect.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, MouseEvent, PointerEvent, WheelEvent};
use yew::Callback;

use super::connect::{Connector, connect};
use super::explain::{Tip, explain};
use super::geometry::Point;
use super::gestures::Gestures;
use super::hit::{Target, hit};
use super::layout::Layout;
use super::popover::Open;
use super::scene;
use super::viewpoint::Viewpoint;
use crate::ui::page::Page;
use crate::ui::session::{Action, Selection};
use crate::ui::store::Store;

/// So long a finger rests before it asks what a sign means, in milliseconds.
const PRESS_MS: u32 = 500;
/// What a turn of the wheel by so many pixels doubles.
const WHEEL_DOUBLE: f64 = 400.0;

/// A line that is drawn from a handle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Connecting {
    pub(super) from: Connector,
    /// Where the pointer is in the world.
    pub(super) to: Point,
    /// Whether it has moved: else it is a press.
    pub(super) moved: bool,
}

/// What the pointers do; clones are the same.
#[derive(Clone, Default)]
pub(super) struct Pointers {
    gestures: Rc<RefCell<Gestures>>,
    connecting: Rc<Cell<Option<Connecting>>>,
    /// The next click ends a drag, and is none.
    swallow: Rc<Cell<bool>>,
    press: Rc<RefCell<Option<Timeout>>>,
}

impl Pointers {
    /// The line that is drawn now.
    pub(super) fn connecting(&self) -> Option<Connecting> {
        self.connecting.get().filter(|connecting| connecting.moved)
    }
}

/// What listens needs.
pub(super) struct Listening {
    pub(super) page: Page,
    pub(super) viewpoint: Viewpoint,
    pub(super) pointers: Pointers,
    pub(super) tip: Callback<Option<Tip>>,
    pub(super) open: Callback<Option<Open>>,
    pub(super) stage: Option<HtmlElement>,
}

/// Listens until what is returned is dropped.
pub(super) fn listen(listening: Listening) -> Vec<EventListener> {
    let Some(stage) = listening.stage.clone() else {
        return Vec::new();
    };
    let listening = Rc::new(listening);
    let on = |target: &Element, name: &'static str, act: fn(&Listening, &Event)| {
        let listening = Rc::clone(&listening);
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(target, name, options, move |event| act(&listening, event))
    };
    let mut listeners = vec![
        on(&stage, "pointerdown", |listening, event| {
            event
                .dyn_ref()
                .into_iter()
                .for_each(|event| listening.down(event));
        }),
        on(&stage, "pointermove", |listening, event| {
            event
                .dyn_ref()
                .into_iter()
                .for_each(|event| listening.moved(event));
        }),
        on(&stage, "pointerup", |listening, event| {
            event
                .dyn_ref()
                .into_iter()
                .for_each(|event| listening.up(event, true));
        }),
        on(&stage, "pointercancel", |listening, event| {
            event
                .dyn_ref()
                .into_iter()
                .for_each(|event| listening.up(event, false));
        }),
        on(&stage, "click", |listening, event| {
            event
                .dyn_ref()
                .into_iter()
                .for_each(|event| listening.click(event));
        }),
        on(&stage, "wheel", |listening, event| {
            event
                .dyn_ref()
                .into_iter()
                .for_each(|event| listening.wheel(event));
        }),
        on(&stage, "pointerleave", |listening, _| {
            listening.tip.emit(None)
        }),
    ];
    // Signs with a text of their own are also in the strip below the stage.
    if let Some(section) = stage.closest(".stage").ok().flatten() {
        for name in ["pointerover", "focusin"] {
            listeners.push(on(&section, name, |listening, event| {
                listening.point_out(event)
            }));
        }
        listeners.push(on(&section, "focusout", |listening, _| {
            listening.tip.emit(None)
        }));
    }
    listeners
}

fn closest(event: &Event, selector: &str) -> Option<Element> {
    let element = event.target()?.dyn_into::<Element>().ok()?;
    element.closest(selector).ok().flatten()
}

impl Listening {
    fn at(&self, event: &MouseEvent) -> Option<Point> {
        self.viewpoint.in_view(event.client_x(), event.client_y())
    }

    /// What is at a point of the view.
    fn target(&self, at: Point) -> Option<Target> {
        let (layout, point) = (
            self.viewpoint.layout(),
            self.viewpoint.camera().to_world(at),
        );
        target_at(&self.page.store, &layout, point)
    }

    fn down(&self, event: &PointerEvent) {
        self.tip.emit(None);
        self.pointers.swallow.set(false);
        let Some(at) = self.at(event) else { return };
        if event.button() != 0 {
            return;
        }
        let handle = closest(event, "[data-connector]")
            .and_then(|handle| handle.get_attribute("data-connector"));
        if let Some(from) = handle.and_then(|name| super::connector_of(&name)) {
            let to = self.viewpoint.camera().to_world(at);
            self.pointers.connecting.set(Some(Connecting {
                from,
                to,
                moved: false,
            }));
            return;
        }
        self.open.emit(None);
        self.pointers
            .gestures
            .borrow_mut()
            .down(event.pointer_id(), at);
        if event.pointer_type() == "touch" {
            self.ask_when_it_rests(at);
        }
    }

    /// A finger that rests on a sign asks what it means.
    fn ask_when_it_rests(&self, at: Point) {
        let Some(words) = self.words_at(at) else {
            return;
        };
        let (tip, swallow) = (self.tip.clone(), Rc::clone(&self.pointers.swallow));
        let press = Timeout::new(PRESS_MS, move || {
            swallow.set(true);
            tip.emit(Some(Tip { words, at }));
        });
        *self.pointers.press.borrow_mut() = Some(press);
    }

    fn moved(&self, event: &PointerEvent) {
        let Some(at) = self.at(event) else { return };
        if let Some(connecting) = self.pointers.connecting.get() {
            self.capture(event);
            let to = self.viewpoint.camera().to_world(at);
            let moved = connecting.moved || to.distance(connecting.to) > 4.0;
            let to = if moved { to } else { connecting.to };
            self.pointers.connecting.set(Some(Connecting {
                to,
                moved,
                ..connecting
            }));
            return;
        }
        let sweep = self
            .pointers
            .gestures
            .borrow_mut()
            .moved(event.pointer_id(), at);
        if let Some(sweep) = sweep {
            self.pointers.press.borrow_mut().take();
            self.capture(event);
            self.viewpoint.pan(sweep.dx, sweep.dy);
            if (sweep.zoom - 1.0).abs() > 1e-6 {
                self.viewpoint.zoom(sweep.zoom, sweep.about);
            }
            return;
        }
        if event.pointer_type() == "mouse" && closest(event, "[data-tip]").is_none() {
            let target = self.target(at);
            let points = matches!(target, Some(Target::Message(..) | Target::Call(_)));
            if let Some(stage) = &self.stage {
                let _ = stage.class_list().toggle_with_force("pointing", points);
            }
            let words =
                target.and_then(|target| self.page.store.read(|session| explain(session, target)));
            self.tip.emit(words.map(|words| Tip { words, at }));
        }
    }

    /// What moves on belongs to the stage, also beyond its edge. Not before it moves: else the buttons
    /// on the cards would not be clicked.
    fn capture(&self, event: &PointerEvent) {
        if let Some(stage) = &self.stage {
            // A pointer that is gone already is no error.
            let _ = stage.set_pointer_capture(event.pointer_id());
        }
    }

    fn up(&self, event: &PointerEvent, is_done: bool) {
        self.pointers.press.borrow_mut().take();
        if let Some(connecting) = self.pointers.connecting.take() {
            self.pointers.swallow.set(connecting.moved);
            if connecting.moved && is_done {
                self.connect(connecting);
            }
            return;
        }
        if self.pointers.gestures.borrow_mut().up(event.pointer_id()) {
            self.pointers.swallow.set(true);
        }
    }

    /// A line was drawn to a place: if that is a queue, the two are connected.
    fn connect(&self, connecting: Connecting) {
        let layout = self.viewpoint.layout();
        let mut queues = layout.queues.iter();
        let Some(to) = queues.find(|queue| queue.card.contains(connecting.to)) else {
            return;
        };
        let action = self
            .page
            .store
            .read(|session| connect(session.world(), connecting.from, Some(to.id)));
        if let Some(action) = action {
            self.page.store.dispatch(action);
        }
    }

    fn click(&self, event: &MouseEvent) {
        if self.pointers.swallow.take() {
            event.stop_propagation();
            event.prevent_default();
            return;
        }
        if closest(event, "button").is_some() {
            return;
        }
        let target = self.at(event).and_then(|at| self.target(at));
        let selection = selection_of(target);
        if selection == Selection::Nothing {
            self.page.store.dispatch(Action::Select(selection));
        } else {
            self.page.select(selection);
        }
    }

    fn wheel(&self, event: &WheelEvent) {
        let Some(at) = self.at(event) else { return };
        self.tip.emit(None);
        let lines = if event.delta_mode() == WheelEvent::DOM_DELTA_LINE {
            16.0
        } else {
            1.0
        };
        let (dx, dy) = (event.delta_x() * lines, event.delta_y() * lines);
        let changes = if event.ctrl_key() || event.meta_key() {
            let factor = if dy < 0.0 {
                1.0 - dy / WHEEL_DOUBLE
            } else {
                1.0 / (1.0 + dy / WHEEL_DOUBLE)
            };
            self.viewpoint.zoom(factor, at) || event.ctrl_key()
        } else if event.shift_key() && dx.abs() < 1.0 {
            self.viewpoint.pan(-dy, 0.0)
        } else {
            self.viewpoint.pan(-dx, -dy)
        };
        if changes {
            event.prevent_default();
        }
    }

    fn words_at(&self, at: Point) -> Option<String> {
        let target = self.target(at)?;
        self.page.store.read(|session| explain(session, target))
    }

    /// Shows the text of a sign that carries one.
    fn point_out(&self, event: &Event) {
        let Some(sign) = closest(event, "[data-tip]") else {
            return;
        };
        let bounds = sign.get_bounding_client_rect();
        let at = self.viewpoint.in_view(
            (bounds.left() + bounds.width() / 2.0) as i32,
            bounds.top() as i32,
        );
        let words = sign.get_attribute("data-tip");
        if let (Some(at), Some(words)) = (at, words) {
            self.tip.emit(Some(Tip { words, at }));
        }
    }
}

fn target_at(store: &Store, layout: &Layout, point: Point) -> Option<Target> {
    store.read(|session| {
        let view = scene::view(session.world(), layout);
        hit(&view, layout, point, super::now_ms(session))
    })
}

/// What a click on the stage selects.
fn selection_of(target: Option<Target>) -> Selection {
    match target {
        None => Selection::Nothing,
        Some(Target::Message(_, key)) => Selection::Message(key),
        Some(Target::Call(id)) => Selection::Call(id),
        Some(
            Target::Queue(id)
            | Target::Crowd(id, _)
            | Target::Lock(id, _)
            | Target::Zone(id, _)
            | Target::Redrive(id),
        ) => Selection::Queue(id),
        Some(Target::Actor(caller) | Target::Wire(caller, _)) => Selection::Actor(caller),
    }
}
