//! The stage: queues and actors as cards, and canvases below and above them with what connects them
//! and what moves.
//!
//! The cards are the document's text: they are what is read, focused and clicked. The canvases are for
//! the eye only; a twin in words says what they show.

mod camera;
mod canvas;
mod cards;
mod connect;
pub(super) mod edge;
mod explain;
mod find;
#[cfg(test)]
mod fixture;
mod geometry;
mod gestures;
mod hit;
mod layout;
mod legend;
mod paint;
mod painting;
mod place;
mod pointer;
mod popover;
pub(super) mod scene;
mod send;
mod tokens;
mod twin;
pub(super) mod view;
mod viewpoint;
mod you;

use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Interval;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, FocusEvent, HtmlElement, KeyboardEvent, ResizeObserver};
use yew::prelude::*;

use super::bounds::bounded;
use super::page::Page;
use super::part::Part;
use super::session::{Action, Selection, Session};
use super::shell::Dialog;
use super::store::{Store, Subscription};
use super::text::text;
use super::widgets::Icon;
use crate::sqs::api::Caller;
use crate::sqs::{MessageKey, QueueId};
use cards::{ActorCard, QueueCard};
use connect::Connector;
use explain::{Tip, tip_view};
use geometry::{Rect, Size};
use layout::{ActorBox, Layout, QueueBox, Shape};
use pointer::Pointers;
use popover::{Focus, Open};
use tokens::{Spot, Tokens};
use twin::Told;
use viewpoint::Viewpoint;
use you::You;

/// Where the stage stands before the browser has said how large it is.
const FIRST_SIZE: Size = Size {
    width: 1100.0,
    height: 560.0,
};
/// How far an arrow key moves the stage, in pixels.
const ARROW: f64 = 60.0;

#[derive(PartialEq)]
pub(crate) struct Stage;

/// What the stage as a whole depends on.
#[derive(Clone, PartialEq)]
pub(crate) struct StageFacts {
    shape: Rc<Shape>,
    /// Which scenario is open.
    scenario: Option<usize>,
    selection: Selection,
}

impl Part for Stage {
    type Facts = StageFacts;

    fn facts(&self, session: &Session) -> StageFacts {
        StageFacts {
            shape: Rc::new(scene::shape(session.world())),
            scenario: session.scenario().map(|(index, _)| index),
            selection: session.selection(),
        }
    }

    fn view(&self, facts: &StageFacts, page: &Page) -> Html {
        html! { <Floor facts={facts.clone()} page={page.clone()} /> }
    }
}

#[derive(PartialEq, Properties)]
struct FloorProps {
    facts: StageFacts,
    page: Page,
}

/// The stage as large as there is room.
struct Floor {
    nodes: Nodes,
    viewpoint: Viewpoint,
    /// How large it is, and how large its text.
    room: (Size, f64),
    layout: Rc<Layout>,
    open: Option<Open>,
    /// What has the focus for as long as it is open.
    focus: Option<(Open, Focus)>,
    tip: Option<Tip>,
    has_legend: bool,
    told: Told,
    /// Opens a popover near a place of the world.
    onopen: Callback<Open>,
    onclose: Callback<()>,
    onfound: Callback<MessageKey>,
    onlegend: Callback<MouseEvent>,
    /// What the viewpoint has followed already.
    followed: Option<Followed>,
    running: Option<Running>,
}

/// The elements that are more than their text.
#[derive(Default)]
struct Nodes {
    stage: NodeRef,
    world: NodeRef,
    below: NodeRef,
    above: NodeRef,
    panel: NodeRef,
}

struct Followed {
    layout: Rc<Layout>,
    size: Size,
    scenario: Option<usize>,
    selection: Selection,
}

/// What goes on for as long as the stage is there, and ends with it.
struct Running {
    _painting: Option<Subscription>,
    _events: Vec<EventListener>,
    _size: Option<SizeWatch>,
    _telling: Interval,
}

/// Something about the stage is to be otherwise.
enum Change {
    Room((Size, f64)),
    /// A popover where it stands in the view.
    Open(Option<Open>),
    /// A popover near a place of the world.
    OpenNear(Open),
    Find,
    Found(MessageKey),
    Tip(Option<Tip>),
    Legend(bool),
    ToggleLegend,
    /// What is told in words may have changed.
    Tell,
}

impl Component for Floor {
    type Message = Change;
    type Properties = FloorProps;

    fn create(context: &Context<Self>) -> Self {
        let FloorProps { facts, page } = context.props();
        let nodes = Nodes::default();
        let room = (FIRST_SIZE, 1.0);
        let layout = Rc::new(Layout::new(&facts.shape, room.0, room.1));
        let link = context.link();
        Self {
            viewpoint: Viewpoint::new(
                nodes.stage.clone(),
                nodes.world.clone(),
                page.store.is_compared(),
            ),
            told: page.store.read(|session| twin::tell(session, &layout)),
            nodes,
            room,
            layout,
            open: None,
            focus: None,
            tip: None,
            has_legend: true,
            onopen: link.callback(Change::OpenNear),
            onclose: link.callback(|()| Change::Open(None)),
            onfound: link.callback(Change::Found),
            onlegend: link.callback(|_: MouseEvent| Change::ToggleLegend),
            followed: None,
            running: None,
        }
    }

    fn changed(&mut self, context: &Context<Self>, before: &FloorProps) -> bool {
        if context.props().facts.shape != before.facts.shape {
            self.lay_out(context);
        }
        true
    }

    fn update(&mut self, context: &Context<Self>, change: Change) -> bool {
        match change {
            Change::Room(room) => {
                let is_new = room != self.room;
                if is_new {
                    self.room = room;
                    self.lay_out(context);
                }
                is_new
            }
            Change::Open(open) => replace(&mut self.open, open),
            Change::OpenNear(open) => {
                replace(&mut self.open, Some(open.seen_by(self.viewpoint.camera())))
            }
            Change::Find => {
                let is_open = self.open == Some(Open::Find);
                replace(&mut self.open, (!is_open).then_some(Open::Find))
            }
            Change::Found(key) => {
                self.open = None;
                show_found(&context.props().page.store, &self.viewpoint, key);
                true
            }
            Change::Tip(tip) => replace(&mut self.tip, tip),
            Change::Legend(is_shown) => replace(&mut self.has_legend, is_shown),
            Change::ToggleLegend => {
                self.has_legend = !self.has_legend;
                legend::remember(self.has_legend);
                true
            }
            Change::Tell => {
                let told = self.tell(context);
                replace(&mut self.told, told)
            }
        }
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let FloorProps { facts, page } = context.props();
        let onfind = context.link().callback(|_: MouseEvent| Change::Find);
        let finding = (self.open == Some(Open::Find), onfind);
        html! {
            <>
                { edge::bar(finding, (self.has_legend, self.onlegend.clone()), page) }
                <div class="stage-room">
                    { self.world(context.link().callback(Change::Tip)) }
                    { nothing(&facts.shape, page) }
                    { You.show() }
                    { edge::lens(&self.viewpoint) }
                    { self.over(page) }
                </div>
                { twin::twin(&self.told) }
                { if self.has_legend { legend::legend(self.onlegend.clone()) } else { html! {} } }
            </>
        }
    }

    fn rendered(&mut self, context: &Context<Self>, is_first: bool) {
        self.follow(context.props());
        self.hold_focus();
        if is_first {
            self.running = Some(self.run(context));
        }
    }
}

/// Puts something in its place; whether it is something else.
fn replace<T: PartialEq>(place: &mut T, new: T) -> bool {
    let is_new = *place != new;
    *place = new;
    is_new
}

impl Floor {
    fn lay_out(&mut self, context: &Context<Self>) {
        let (size, scale) = self.room;
        self.layout = Rc::new(Layout::new(&context.props().facts.shape, size, scale));
        self.told = self.tell(context);
    }

    fn tell(&self, context: &Context<Self>) -> Told {
        let store = &context.props().page.store;
        store.read(|session| twin::tell(session, &self.layout))
    }

    /// Everything that needs the elements.
    fn run(&self, context: &Context<Self>) -> Running {
        let (link, page) = (context.link(), &context.props().page);
        let Nodes { below, above, .. } = &self.nodes;
        let pointers = Pointers::default();
        let stage = self.nodes.stage.cast::<HtmlElement>();
        link.send_message(Change::Legend(legend::is_shown_at_first()));
        let tell = link.callback(|()| Change::Tell);
        Running {
            _painting: painting::keep(&page.store, [below, above], &self.viewpoint, &pointers),
            _size: stage
                .clone()
                .and_then(|stage| SizeWatch::new(stage, link.callback(Change::Room))),
            _events: pointer::listen(pointer::Listening {
                page: page.clone(),
                viewpoint: self.viewpoint.clone(),
                pointers,
                tip: link.callback(Change::Tip),
                open: link.callback(Change::Open),
                stage,
            }),
            _telling: Interval::new(twin::EVERY_MS, move || tell.emit(())),
        }
    }

    /// Has the focus go to what was opened, and back when it closes.
    fn hold_focus(&mut self) {
        let panel = &self.nodes.panel;
        match (self.open, self.focus.take()) {
            (Some(open), Some((held, focus))) if held == open => self.focus = Some((held, focus)),
            (Some(open), _) => self.focus = Some((open, Focus::enter(panel))),
            (None, Some((_, focus))) => focus.leave(),
            (None, None) => {}
        }
    }

    /// Has the viewpoint follow another layout, another world, another selection.
    fn follow(&mut self, props: &FloorProps) {
        let now = Followed {
            layout: Rc::clone(&self.layout),
            size: self.room.0,
            scenario: props.facts.scenario,
            selection: props.facts.selection,
        };
        let before = self.followed.as_ref();
        let is_laid_out = before.is_none_or(|before| !Rc::ptr_eq(&before.layout, &now.layout));
        if is_laid_out || before.is_none_or(|before| before.size != now.size) {
            self.viewpoint.show(&now.layout, now.size);
        }
        if before.is_none_or(|before| before.scenario != now.scenario) {
            self.viewpoint.forget();
        }
        if is_laid_out || before.is_none_or(|before| before.selection != now.selection) {
            let part = card_of_selected(now.selection, &props.page.store, &now.layout);
            part.into_iter()
                .for_each(|part| self.viewpoint.bring_in(part));
        }
        self.followed = Some(now);
    }

    /// The cards, between what is painted below them and what is painted above.
    fn world(&self, ontip: Callback<Option<Tip>>) -> Html {
        let Nodes {
            stage,
            world,
            below,
            above,
            panel: _,
        } = &self.nodes;
        let density = self.layout.density;
        let queue = |on: &QueueBox| {
            let (on, onopen) = (on.clone(), self.onopen.clone());
            let id = on.id.0;
            QueueCard {
                on,
                density,
                onopen,
            }
            .show_as(id)
        };
        let actor = |on: &ActorBox| {
            let (on, onopen) = (on.clone(), self.onopen.clone());
            let caller = on.caller.0;
            ActorCard {
                on,
                density,
                onopen,
            }
            .show_as(caller)
        };
        let viewpoint = self.viewpoint.clone();
        let onkeydown = Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                ontip.emit(None);
            }
            pan(&viewpoint, &event);
        });
        let viewpoint = self.viewpoint.clone();
        let onfocusin = Callback::from(move |event: FocusEvent| bring_in(&viewpoint, &event));
        html! {
            <div class="stage-view" ref={stage} tabindex="0" role="group" aria-label={text!("stage-view")}
                {onkeydown} {onfocusin}>
                <canvas ref={below} aria-hidden="true" />
                <div class="stage-world" ref={world}>
                    { cards(text!("stage-queues"), self.layout.queues.iter().map(queue).collect()) }
                    { cards(text!("stage-actors"), self.layout.actors.iter().map(actor).collect()) }
                </div>
                <canvas ref={above} aria-hidden="true" />
            </div>
        }
    }

    /// What is open over the stage.
    fn over(&self, page: &Page) -> Html {
        let (size, _) = self.room;
        let opened = self.open.map(|open| {
            let place = open.place(size);
            let (onclose, onfound) = (self.onclose.clone(), self.onfound.clone());
            edge::opened(open, &self.nodes.panel, place, onclose, onfound, page)
        });
        let tip = self.tip.as_ref().map(|tip| tip_view(tip, size));
        html! { <>{ opened }{ tip }</> }
    }
}

fn cards(label: String, cards: Html) -> Html {
    html! { <ul class="cards" aria-label={label}>{ cards }</ul> }
}

/// An arrow key moves the stage.
fn pan(viewpoint: &Viewpoint, event: &KeyboardEvent) {
    let target = event.target_dyn_into::<Element>();
    let (dx, dy) = match event.key().as_str() {
        "ArrowLeft" => (ARROW, 0.0),
        "ArrowRight" => (-ARROW, 0.0),
        "ArrowUp" => (0.0, ARROW),
        "ArrowDown" => (0.0, -ARROW),
        _ => return,
    };
    if target.is_some_and(|at| at.class_list().contains("stage-view")) {
        event.prevent_default();
        viewpoint.pan(dx, dy);
    }
}

/// A card that the keyboard has reached comes into sight.
fn bring_in(viewpoint: &Viewpoint, event: &FocusEvent) {
    if let Some(card) = card_of(event.target()) {
        let part = card_rect(&viewpoint.layout(), &card);
        part.into_iter().for_each(|part| viewpoint.bring_in(part));
    }
}

/// Selects what was found, and shows it: it may stand below the list in which it was found.
fn show_found(store: &Store, viewpoint: &Viewpoint, key: MessageKey) {
    store.dispatch(Action::Select(Selection::Message(key)));
    let spot = store.read(|session| spot_of(session, &viewpoint.layout(), key));
    if let Some(spot) = spot {
        viewpoint.centre(spot.center());
    }
}

/// What is said of a world in which there is no queue.
fn nothing(shape: &Shape, page: &Page) -> Html {
    match (shape.queues.is_empty(), shape.actors.is_empty()) {
        (false, _) => html! {},
        (true, false) => html! { <p class="empty-stage">{ text!("queues-none") }</p> },
        (true, true) => empty_stage(page.opening(Dialog::CreateQueue)),
    }
}

/// What there is to do in a world without queues.
fn empty_stage(create: Callback<MouseEvent>) -> Html {
    html! {
        <div class="empty-stage">
            <p>{ text!("stage-empty") }</p>
            <button class="button primary" onclick={create}>
                { Icon::Plus.show() }{ text!("create-queue") }
            </button>
        </div>
    }
}

/// The card of what is selected, or in which it is.
fn card_of_selected(selection: Selection, store: &Store, layout: &Layout) -> Option<Rect> {
    match selection {
        Selection::Queue(id) => layout.queue(id).map(|on| on.card),
        Selection::Actor(caller) => layout.actor(caller).map(|on| on.card),
        Selection::Message(key) => store
            .read(|session| scene::place_of(session.world(), key))
            .and_then(|place| Some(layout.queue(place.queue)?.card)),
        Selection::Nothing | Selection::Call(_) => None,
    }
}

/// What shows this message on this layout.
fn spot_of(session: &Session, layout: &Layout, key: MessageKey) -> Option<Spot> {
    let place = scene::place_of(session.world(), key)?;
    let view = scene::view(session.world(), layout);
    let queue = view.queues.iter().find(|queue| queue.id == place.queue)?;
    let tokens = Tokens::place(queue, layout.queue(queue.id)?, layout.scale);
    tokens.spot(&place, &queue.lanes)
}

/// The name of the card around an element that the keyboard has reached, as its attribute has it. A card
/// that is clicked stays where it is, or the pointer would miss it.
fn card_of(target: Option<web_sys::EventTarget>) -> Option<String> {
    let element = target?.dyn_into::<Element>().ok()?;
    if !element.matches(":focus-visible").unwrap_or_default() {
        return None;
    }
    let card = element.closest("[data-card]").ok()??;
    card.get_attribute("data-card")
}

/// What an attribute names: `q3` is a queue, `a2` an actor.
fn connector_of(name: &str) -> Option<Connector> {
    let number = name.get(1..)?.parse().ok()?;
    match name.as_bytes().first()? {
        b'q' => Some(Connector::Queue(QueueId(number))),
        b'a' => Some(Connector::Actor(Caller(number))),
        _ => None,
    }
}

fn card_rect(layout: &Layout, name: &str) -> Option<Rect> {
    match connector_of(name)? {
        Connector::Queue(id) => layout.queue(id).map(|on| on.card),
        Connector::Actor(caller) => layout.actor(caller).map(|on| on.card),
    }
}

/// Tells how large an element is, and its text, each time when that changes.
struct SizeWatch {
    observer: ResizeObserver,
    _measure: Closure<dyn FnMut()>,
}

impl SizeWatch {
    fn new(element: HtmlElement, tell: Callback<(Size, f64)>) -> Option<Self> {
        let watched = element.clone();
        let measure = Closure::<dyn FnMut()>::new(move || {
            let size = Size {
                width: f64::from(element.client_width()),
                height: f64::from(element.client_height()),
            };
            if size.width > 0.0 && size.height > 0.0 {
                tell.emit((size, text_scale()));
            }
        });
        let observer = ResizeObserver::new(measure.as_ref().unchecked_ref()).ok()?;
        observer.observe(&watched);
        Some(Self {
            observer,
            _measure: measure,
        })
    }
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
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

/// The exact instant of the picture.
fn now_ms(session: &Session) -> f64 {
    session.start().as_ms() as f64 + session.elapsed_ms()
}
