//! The stage: queues and actors as cards, and canvases below and above them with what connects them
//! and what moves.
//!
//! The cards are the document's text: they are what is read, focused and clicked. The canvases are for
//! the eye only; a twin in words says what they show.

mod add;
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

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, FocusEvent, HtmlElement, KeyboardEvent, ResizeObserver};
use yew::prelude::*;

use super::bounds::bounded;
use super::page::{Page, use_page};
use super::part::Part;
use super::session::{Action, Selection, Session};
use super::shell::Dialog;
use super::store::Store;
use super::text::text;
use super::widgets::Icon;
use crate::sqs::api::Caller;
use crate::sqs::{MessageKey, QueueId};
use cards::{ActorCard, QueueCard};
use connect::Connector;
use explain::{Tip, tip_view};
use geometry::{Rect, Size};
use layout::{Layout, Shape};
use pointer::Pointers;
use popover::Open;
use tokens::{Spot, Tokens};
use twin::Twin;
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

    fn view(&self, facts: &StageFacts, _: &Page) -> Html {
        html! { <Floor facts={facts.clone()} /> }
    }
}

#[derive(PartialEq, Properties)]
struct FloorProps {
    facts: StageFacts,
}

/// The stage as large as there is room.
#[component]
fn Floor(props: &FloorProps) -> Html {
    let page = use_page();
    let store = page.store.clone();
    let StageFacts {
        shape,
        scenario,
        selection,
    } = &props.facts;
    let room = use_state_eq(|| (FIRST_SIZE, 1.0));
    let layout = use_memo((Rc::clone(shape), *room), |(shape, (size, scale))| {
        Layout::new(shape, *size, *scale)
    });
    let [stage, world, below, above] = [
        use_node_ref(),
        use_node_ref(),
        use_node_ref(),
        use_node_ref(),
    ];
    let viewpoint = (*use_memo((), |()| Viewpoint::new(stage.clone(), world.clone()))).clone();
    let pointers = (*use_memo((), |()| Pointers::default())).clone();
    let open = use_state_eq(|| None::<Open>);
    let tip = use_state_eq(|| None::<Tip>);
    let legend_shown = use_state_eq(|| true);

    use_effect_with(
        (Rc::clone(&layout), room.0, viewpoint.clone()),
        |(layout, size, viewpoint)| {
            viewpoint.show(layout, *size);
        },
    );
    use_effect_with((*scenario, viewpoint.clone()), |(_, viewpoint)| {
        viewpoint.forget()
    });
    use_effect_with((), {
        let shown = legend_shown.setter();
        move |()| shown.set(legend::is_shown_at_first())
    });
    use_effect_with(stage.clone(), {
        let room = room.setter();
        move |stage| watch_size(stage, room)
    });
    use_effect_with((store.clone(), viewpoint.clone()), {
        let (below, above, pointers) = (below.clone(), above.clone(), pointers.clone());
        move |(store, viewpoint)| {
            let painting = painting::keep(store, [&below, &above], viewpoint, &pointers);
            move || drop(painting)
        }
    });
    use_effect_with((store.clone(), viewpoint.clone(), stage.clone()), {
        let (pointers, open, tip) = (pointers, open.setter(), tip.setter());
        let page = page.clone();
        move |(_, viewpoint, stage)| {
            let events = pointer::listen(pointer::Listening {
                page,
                viewpoint: viewpoint.clone(),
                pointers,
                tip,
                open,
                stage: stage.cast::<HtmlElement>(),
            });
            move || drop(events)
        }
    });
    use_in_sight(*selection, &store, &viewpoint, &layout);

    let onopen = use_callback(
        (open.clone(), viewpoint.clone()),
        |which: Open, (open, viewpoint)| {
            let camera = viewpoint.camera();
            open.set(Some(match which {
                Open::Send(id, at) => Open::Send(id, camera.to_view(at)),
                Open::Connect(from, at) => Open::Connect(from, camera.to_view(at)),
                Open::AddProducer | Open::AddQueue | Open::AddConsumer | Open::Find => which,
            }));
        },
    );
    let onclose = use_callback(open.clone(), |(), open| open.set(None));
    let onfound = use_callback(
        (store.clone(), viewpoint.clone(), open.clone()),
        |key: MessageKey, (store, viewpoint, open)| {
            // It may stand below the list in which it was found.
            open.set(None);
            store.dispatch(Action::Select(Selection::Message(key)));
            let spot = store.read(|session| spot_of(session, &viewpoint.layout(), key));
            if let Some(spot) = spot {
                viewpoint.centre(spot.center());
            }
        },
    );
    let onlegend = use_callback(legend_shown.clone(), |_: MouseEvent, shown| {
        legend::remember(!**shown);
        shown.set(!**shown);
    });
    let onkeydown = use_callback(
        (viewpoint.clone(), tip.clone()),
        |event: KeyboardEvent, (viewpoint, tip)| {
            if event.key() == "Escape" {
                tip.set(None);
            }
            let target = event.target_dyn_into::<Element>();
            let is_stage = target.is_some_and(|at| at.class_list().contains("stage-view"));
            let (dx, dy) = match event.key().as_str() {
                "ArrowLeft" => (ARROW, 0.0),
                "ArrowRight" => (-ARROW, 0.0),
                "ArrowUp" => (0.0, ARROW),
                "ArrowDown" => (0.0, -ARROW),
                _ => return,
            };
            if is_stage {
                event.prevent_default();
                viewpoint.pan(dx, dy);
            }
        },
    );
    let onfocusin = use_callback(viewpoint.clone(), |event: FocusEvent, viewpoint| {
        if let Some(card) = card_of(event.target()) {
            let part = card_rect(&viewpoint.layout(), &card);
            part.into_iter().for_each(|part| viewpoint.bring_in(part));
        }
    });

    let density = layout.density;
    html! {
        <>
            { edge::bar(&open, (*legend_shown, onlegend.clone())) }
            <div class="stage-room">
                <div class="stage-view" ref={stage} tabindex="0" role="group" aria-label={text!("stage-view")}
                    {onkeydown} {onfocusin}>
                    <canvas ref={below} aria-hidden="true" />
                    <div class="stage-world" ref={world}>
                        <ul class="cards" aria-label={text!("stage-queues")}>
                            { for layout.queues.iter().map(|on| {
                                let (on, onopen) = (on.clone(), onopen.clone());
                                let id = on.id.0;
                                QueueCard { on, density, onopen }.show_as(id)
                            }) }
                        </ul>
                        <ul class="cards" aria-label={text!("stage-actors")}>
                            { for layout.actors.iter().map(|on| {
                                let (on, onopen) = (on.clone(), onopen.clone());
                                let caller = on.caller.0;
                                ActorCard { on, density, onopen }.show_as(caller)
                            }) }
                        </ul>
                    </div>
                    <canvas ref={above} aria-hidden="true" />
                </div>
                if shape.queues.is_empty() {
                    if shape.actors.is_empty() {
                        { empty_stage(page.opening(Dialog::CreateQueue)) }
                    } else {
                        <p class="empty-stage">{ text!("queues-none") }</p>
                    }
                }
                { You.show() }
                { edge::lens(&viewpoint) }
                if let Some(open) = *open {
                    { edge::opened(open, open.place(room.0), onclose, onfound, &page) }
                }
                if let Some(tip) = &*tip {
                    { tip_view(tip, room.0) }
                }
            </div>
            <Twin viewpoint={viewpoint} layout={Rc::clone(&layout)} />
            if *legend_shown {
                { legend::legend(onlegend) }
            }
        </>
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

/// Brings the card of what is selected into sight, when that changes.
#[hook]
fn use_in_sight(selection: Selection, store: &Store, viewpoint: &Viewpoint, layout: &Rc<Layout>) {
    let store = store.clone();
    use_effect_with(
        (selection, viewpoint.clone(), Rc::clone(layout)),
        move |(selected, viewpoint, layout)| {
            let part = match *selected {
                Selection::Queue(id) => layout.queue(id).map(|on| on.card),
                Selection::Actor(caller) => layout.actor(caller).map(|on| on.card),
                Selection::Message(key) => store
                    .read(|session| scene::place_of(session.world(), key))
                    .and_then(|place| Some(layout.queue(place.queue)?.card)),
                Selection::Nothing | Selection::Call(_) => None,
            };
            part.into_iter().for_each(|part| viewpoint.bring_in(part));
        },
    );
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

/// Keeps `room` as large as the element, and in step with the size of the text.
fn watch_size(stage: &NodeRef, room: UseStateSetter<(Size, f64)>) -> impl FnOnce() + use<> {
    let element = stage.cast::<HtmlElement>();
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

/// The exact instant of the picture.
fn now_ms(session: &Session) -> f64 {
    session.start().as_ms() as f64 + session.elapsed_ms()
}
