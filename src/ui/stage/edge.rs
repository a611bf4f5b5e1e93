//! What stands at the edges of the stage: to add, to find, to look closer; and what these open.

use web_sys::{HtmlInputElement, InputEvent};
use yew::prelude::*;

use super::connect::{Connector, connect};
use super::find::find;
use super::popover::{Open, popover};
use super::send::QuickSend;
use super::viewpoint::Viewpoint;
use crate::sqs::{MessageKey, Queue, QueueId};
use crate::ui::describe;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::Session;
use crate::ui::shell::Dialog;
use crate::ui::store::Store;
use crate::ui::text::text;
use crate::ui::widgets::Icon;

/// The keyboard's way to the buttons: their classes.
pub(crate) const LARGER: &str = "stage-larger";
pub(crate) const SMALLER: &str = "stage-smaller";
pub(crate) const FIT: &str = "stage-fit";
pub(crate) const FIND: &str = "stage-find";

/// The bar above the stage.
pub(super) fn bar(
    (is_finding, onfind): (bool, Callback<MouseEvent>),
    (is_shown, ontoggle): (bool, Callback<MouseEvent>),
    page: &Page,
) -> Html {
    let adder = |dialog, label: String, class: &'static str| Tool {
        class,
        icon: Icon::Plus,
        label,
        opens: Some("dialog"),
        onclick: page.opening(dialog),
        ..Tool::default()
    };
    let [producer, consumer] = ["producer", "consumer"].map(|kind| Dialog::AddActor(Some(kind)));
    let finding = Tool {
        class: FIND,
        icon: Icon::Find,
        label: text!("find"),
        expanded: Some(is_finding.to_string()),
        onclick: onfind,
        ..Tool::default()
    };
    let legend = Tool {
        label: text!("legend-show"),
        pressed: Some(is_shown.to_string()),
        onclick: ontoggle,
        ..Tool::default()
    };
    html! {
        <div class="stage-bar" role="group" aria-label={text!("stage-tools")}>
            { adder(producer, text!("role-producer"), "add-producer").show() }
            { adder(Dialog::CreateQueue, text!("queue"), "add-a-queue").show() }
            { adder(consumer, text!("role-consumer"), "add-consumer").show() }
            <span class="spring" />
            { finding.show() }
            { legend.show() }
        </div>
    }
}

/// A button of the bar.
struct Tool {
    class: &'static str,
    icon: Icon,
    label: String,
    opens: Option<&'static str>,
    expanded: Option<String>,
    pressed: Option<String>,
    onclick: Callback<MouseEvent>,
}

impl Default for Tool {
    fn default() -> Self {
        Self {
            class: "",
            icon: Icon::Help,
            label: String::new(),
            opens: None,
            expanded: None,
            pressed: None,
            onclick: Callback::noop(),
        }
    }
}

impl Tool {
    fn show(self) -> Html {
        html! {
            <button type="button" class={format!("button small {}", self.class)} aria-haspopup={self.opens}
                aria-expanded={self.expanded} aria-pressed={self.pressed} onclick={self.onclick}>
                { self.icon.show() }<span>{ self.label }</span>
            </button>
        }
    }
}

/// The zoom buttons in the corner.
pub(super) fn lens(viewpoint: &Viewpoint) -> Html {
    let button = |class: &'static str, label: String, icon: Icon, act: fn(&Viewpoint)| {
        let viewpoint = viewpoint.clone();
        let onclick = Callback::from(move |_: MouseEvent| act(&viewpoint));
        html! {
            <button type="button" class={format!("button icon-only small {class}")} aria-label={label.clone()} title={label} {onclick}>
                { icon.show() }
            </button>
        }
    };
    html! {
        <div class="lens" role="group" aria-label={text!("lens")}>
            { button(SMALLER, text!("stage-smaller"), Icon::Minus, |view| view.step(false)) }
            { button(FIT, text!("stage-fit"), Icon::Fit, Viewpoint::reset) }
            { button(LARGER, text!("stage-larger"), Icon::Plus, |view| view.step(true)) }
        </div>
    }
}

/// What is open, in its place.
pub(super) fn opened(
    open: Open,
    panel: &NodeRef,
    place: String,
    onclose: Callback<()>,
    onfound: Callback<MessageKey>,
    page: &Page,
) -> Html {
    let close = onclose.clone();
    let (label, inside) = match open {
        Open::Find => (text!("find-message"), Finder { onfound }.show_as("find")),
        Open::Send(to, _) => {
            let name = page
                .store
                .read(|session| describe::queue(session.world(), to));
            let label = text!("send-to", [("queue", name.into())]);
            (label, QuickSend { to, onclose }.show_as("send"))
        }
        Open::Connect(from, _) => {
            let label = connect_label(&page.store, from);
            (label, ConnectMenu { from, onclose }.show_as("connect"))
        }
    };
    popover(panel, label, place, close, inside)
}

/// What the handle of a connector says.
pub(super) fn connect_label(store: &Store, from: Connector) -> String {
    store.read(|session| match from {
        Connector::Actor(caller) => {
            let actor = describe::caller(session.world(), caller);
            text!("connect-actor", [("actor", actor.into())])
        }
        Connector::Queue(id) => {
            let queue = describe::queue(session.world(), id);
            text!("connect-queue", [("queue", queue.into())])
        }
    })
}

/// The queues to connect with: the keyboard's way to what a drag does.
#[derive(PartialEq)]
struct ConnectMenu {
    from: Connector,
    onclose: Callback<()>,
}

impl Part for ConnectMenu {
    /// The queues, and none if that is a choice.
    type Facts = Vec<(Option<QueueId>, String)>;

    fn facts(&self, session: &Session) -> Self::Facts {
        let world = session.world();
        let choices = world.queues().map(|queue| Some(queue.id()));
        let none = match self.from {
            Connector::Actor(_) => None,
            Connector::Queue(id) => world.queue(id).and_then(Queue::dead_letter_queue),
        };
        choices
            .chain(none.map(|_| None))
            .filter(|to| connect(world, self.from, *to).is_some())
            .map(|to| {
                let name = to.map(|id| describe::queue(world, id));
                (to, name.unwrap_or_else(|| text!("none")))
            })
            .collect()
    }

    fn view(&self, queues: &Self::Facts, page: &Page) -> Html {
        if queues.is_empty() {
            return html! { <p class="note">{ text!("connect-none") }</p> };
        }
        html! {
            <ul class="choices">
                { for queues.iter().map(|(to, name)| {
                    let (store, from, to) = (page.store.clone(), self.from, *to);
                    let onclose = self.onclose.clone();
                    let onclick = Callback::from(move |_: MouseEvent| {
                        let action = store.read(|session| connect(session.world(), from, to));
                        action.into_iter().for_each(|action| store.dispatch(action));
                        onclose.emit(());
                    });
                    html! { <li><button type="button" class="rail-item" {onclick}>{ name }</button></li> }
                }) }
            </ul>
        }
    }
}

/// Finds a message: what was found stays as it was when it was typed.
#[derive(PartialEq)]
struct Finder {
    onfound: Callback<MessageKey>,
}

impl Part for Finder {
    type Facts = ();

    fn facts(&self, _: &Session) {}

    fn view(&self, (): &(), page: &Page) -> Html {
        let words: String = page.draft();
        let oninput = page.edit(|words: &mut String, event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                *words = input.value();
            }
        });
        let found = page.store.read(|session| find(session.world(), &words));
        html! {
            <>
                <input type="search" class="search" value={words.clone()} {oninput}
                    placeholder={text!("find-hint")} aria-label={text!("find-message")} />
                <p class="note" role="status">
                    if !words.trim().is_empty() {
                        { text!("find-count", [("count", found.len().into())]) }
                    }
                </p>
                <ul class="choices found">
                    { for found.iter().map(|found| {
                        let (onfound, key) = (self.onfound.clone(), found.key);
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
}
