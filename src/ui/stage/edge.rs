//! What stands at the edges of the stage: to add, to find, to look closer; and what these open.

use web_sys::{HtmlInputElement, InputEvent};
use yew::prelude::*;

use super::add::{AddActor, AddQueue};
use super::connect::{Connector, connect};
use super::find::find;
use super::popover::{Open, Popover};
use super::send::QuickSend;
use super::view::Role;
use super::viewpoint::Viewpoint;
use crate::sqs::{MessageKey, QueueId};
use crate::ui::describe;
use crate::ui::store::{Store, use_selector, use_store};
use crate::ui::text::{text, text_with};
use crate::ui::widgets::{Icon, IconView};

/// The keyboard's way to the buttons: their ids.
pub(crate) const LARGER: &str = "stage-larger";
pub(crate) const SMALLER: &str = "stage-smaller";
pub(crate) const FIT: &str = "stage-fit";
pub(crate) const FIND: &str = "stage-find";

/// The bar above the stage.
pub(super) fn bar(
    open: &UseStateHandle<Option<Open>>,
    legend: (bool, Callback<MouseEvent>),
) -> Html {
    let opener = |which: Open, label: String, icon: Icon, id: &'static str| {
        let is_open = **open == Some(which);
        let open = open.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            open.set(if is_open { None } else { Some(which) });
        });
        html! {
            <button type="button" class="button small" {id} aria-expanded={is_open.to_string()} {onclick}>
                <IconView {icon} />{ label }
            </button>
        }
    };
    let (is_shown, ontoggle) = legend;
    html! {
        <div class="stage-bar" role="toolbar" aria-label={text("stage-tools")}>
            { opener(Open::AddProducer, text("role-producer"), Icon::Plus, "add-producer") }
            { opener(Open::AddQueue, text("queue"), Icon::Plus, "add-a-queue") }
            { opener(Open::AddConsumer, text("role-consumer"), Icon::Plus, "add-consumer") }
            <span class="spring" />
            { opener(Open::Find, text("find"), Icon::Find, FIND) }
            <button type="button" class="button small" aria-pressed={is_shown.to_string()} onclick={ontoggle}>
                <IconView icon={Icon::Help} />{ text("legend-show") }
            </button>
        </div>
    }
}

/// The zoom buttons in the corner.
pub(super) fn lens(viewpoint: &Viewpoint) -> Html {
    let button = |id: &'static str, label: String, icon: Icon, act: fn(&Viewpoint)| {
        let viewpoint = viewpoint.clone();
        let onclick = Callback::from(move |_: MouseEvent| act(&viewpoint));
        html! {
            <button type="button" class="button icon-only small" {id} aria-label={label.clone()} title={label} {onclick}>
                <IconView {icon} />
            </button>
        }
    };
    html! {
        <div class="lens" role="group" aria-label={text("lens")}>
            { button(SMALLER, text("stage-smaller"), Icon::Minus, |view| view.step(false)) }
            { button(FIT, text("stage-fit"), Icon::Fit, Viewpoint::reset) }
            { button(LARGER, text("stage-larger"), Icon::Plus, |view| view.step(true)) }
        </div>
    }
}

#[derive(PartialEq, Properties)]
pub(super) struct OpenedProps {
    pub(super) open: Open,
    pub(super) place: AttrValue,
    pub(super) onclose: Callback<()>,
    pub(super) onfound: Callback<MessageKey>,
}

/// What is open.
#[component]
pub(super) fn Opened(props: &OpenedProps) -> Html {
    let store = use_store();
    let onclose = &props.onclose;
    let (label, inside) = match props.open {
        Open::AddProducer => (
            text("add-producer"),
            html! { <AddActor role={Role::Producer} {onclose} /> },
        ),
        Open::AddQueue => (text("create-queue"), html! { <AddQueue {onclose} /> }),
        Open::AddConsumer => (
            text("add-consumer"),
            html! { <AddActor role={Role::Consumer} {onclose} /> },
        ),
        Open::Find => (
            text("find-message"),
            html! { <Finder onfound={&props.onfound} /> },
        ),
        Open::Send(to, _) => {
            let name = store.read(|session| describe::queue(session.world(), to));
            (
                text_with("send-to", [("queue", name.into())]),
                html! { <QuickSend {to} {onclose} /> },
            )
        }
        Open::Connect(from, _) => (
            connect_label(&store, from),
            html! { <ConnectMenu {from} {onclose} /> },
        ),
    };
    html! {
        <Popover {label} place={&props.place} {onclose}>{ inside }</Popover>
    }
}

/// What the handle of a connector says.
pub(super) fn connect_label(store: &Store, from: Connector) -> String {
    store.read(|session| match from {
        Connector::Actor(caller) => {
            let actor = describe::caller(session.world(), caller);
            text_with("connect-actor", [("actor", actor.into())])
        }
        Connector::Queue(id) => {
            let queue = describe::queue(session.world(), id);
            text_with("connect-queue", [("queue", queue.into())])
        }
    })
}

#[derive(PartialEq, Properties)]
struct ConnectMenuProps {
    from: Connector,
    onclose: Callback<()>,
}

/// The queues to connect with: the keyboard's way to what a drag does.
#[component]
fn ConnectMenu(props: &ConnectMenuProps) -> Html {
    let (store, from) = (use_store(), props.from);
    let queues = use_selector(move |session| {
        let world = session.world();
        let choices = world.queues().map(|queue| Some(queue.id()));
        let none = match from {
            Connector::Actor(_) => None,
            Connector::Queue(id) => world.queue(id).and_then(|queue| queue.dead_letter_queue()),
        };
        choices
            .chain(none.map(|_| None))
            .filter(|to| connect(world, from, *to).is_some())
            .map(|to| {
                let name = to.map(|id| describe::queue(world, id));
                (to, name.unwrap_or_else(|| text("none")))
            })
            .collect::<Vec<(Option<QueueId>, String)>>()
    });
    if queues.is_empty() {
        return html! { <p class="note">{ text("connect-none") }</p> };
    }
    html! {
        <ul class="choices">
            { for queues.iter().map(|(to, name)| {
                let (store, to, onclose) = (store.clone(), *to, props.onclose.clone());
                let onclick = Callback::from(move |_: MouseEvent| {
                    let action = store.read(|session| connect(session.world(), from, to));
                    if let Some(action) = action {
                        store.dispatch(action);
                    }
                    onclose.emit(());
                });
                html! { <li><button type="button" class="rail-item" {onclick}>{ name }</button></li> }
            }) }
        </ul>
    }
}

#[derive(PartialEq, Properties)]
struct FinderProps {
    onfound: Callback<MessageKey>,
}

/// Finds a message: what was found stays as it was when it was typed.
#[component]
fn Finder(props: &FinderProps) -> Html {
    let store = use_store();
    let words = use_state_eq(String::new);
    let oninput = use_callback(words.clone(), |event: InputEvent, words| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            words.set(input.value());
        }
    });
    let found = use_memo((*words).clone(), |words| {
        store.read(|session| find(session.world(), words))
    });
    html! {
        <>
            <input type="search" class="search" value={(*words).clone()} {oninput}
                placeholder={text("find-hint")} aria-label={text("find-message")} />
            <p class="note" role="status">
                if !words.trim().is_empty() {
                    { text_with("find-count", [("count", found.len().into())]) }
                }
            </p>
            <ul class="choices found">
                { for found.iter().map(|found| {
                    let (onfound, key) = (props.onfound.clone(), found.key);
                    let onclick = Callback::from(move |_: MouseEvent| onfound.emit(key));
                    html! {
                        <li key={key.0}>
                            <button type="button" class="rail-item" {onclick}>
                                <b>{ key.0 }</b>{ " " }{ &found.body }
                                <span class="note">{ &found.place }</span>
                            </button>
                        </li>
                    }
                }) }
            </ul>
        </>
    }
}
