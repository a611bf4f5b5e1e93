//! The keyboard: which key does what. The help dialog shows the same table.

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::Callback;

use super::session::{Action, Selection};
use super::shell::{Dialog, Shell};
use super::stage::edge;
use super::store::Store;

/// What a key does.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Command {
    TogglePlay,
    NextEvent,
    StepBack,
    Restart,
    Faster,
    Slower,
    CreateQueue,
    Send,
    Larger,
    Smaller,
    Fit,
    Find,
    Theme,
    Deselect,
    Help,
}

/// Each command with its key, as the browser names it.
pub(crate) const KEYS: [(&str, Command); 15] = [
    (" ", Command::TogglePlay),
    (".", Command::NextEvent),
    (",", Command::StepBack),
    ("Home", Command::Restart),
    ("+", Command::Faster),
    ("-", Command::Slower),
    ("n", Command::CreateQueue),
    ("s", Command::Send),
    ("]", Command::Larger),
    ("[", Command::Smaller),
    ("0", Command::Fit),
    ("/", Command::Find),
    ("t", Command::Theme),
    ("Escape", Command::Deselect),
    ("?", Command::Help),
];

/// Listens until dropped.
pub(crate) struct Keys {
    _listeners: [EventListener; 2],
}

/// Starts to listen.
pub(crate) fn listen(store: Store, shell: Shell, theme: Callback<()>) -> Option<Keys> {
    let document = web_sys::window()?.document()?;
    // A button that was clicked keeps the focus. For who uses a pointer the space bar then still
    // plays; for who uses the keyboard it presses the button, as everywhere.
    let pointing = Rc::new(Cell::new(false));
    let pointer = EventListener::new(&document, "pointerdown", {
        let pointing = Rc::clone(&pointing);
        move |_| pointing.set(true)
    });
    let options = EventListenerOptions::enable_prevent_default();
    let keys = EventListener::new_with_options(&document, "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        if event.key() == "Tab" {
            pointing.set(false);
        }
        let Some(command) = command_of(event, pointing.get()) else {
            return;
        };
        event.prevent_default();
        run(command, &store, &shell, &theme);
    });
    Some(Keys {
        _listeners: [pointer, keys],
    })
}

fn command_of(event: &KeyboardEvent, pointing: bool) -> Option<Command> {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return None;
    }
    let key = event.key();
    let (_, command) = KEYS.into_iter().find(|(known, _)| *known == key)?;
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let is_in = |what: &str| {
        target
            .as_ref()
            .is_some_and(|at| at.closest(what).ok().flatten().is_some())
    };
    // What is typed is typed; the playhead has its own Home; a dialog its own Escape.
    if is_in("input:not([type=checkbox]), textarea, select, dialog") {
        return None;
    }
    if command == Command::TogglePlay && !pointing && is_in("button, a, summary, input") {
        return None;
    }
    Some(command)
}

fn run(command: Command, store: &Store, shell: &Shell, theme: &Callback<()>) {
    match command {
        Command::TogglePlay => store.dispatch(Action::TogglePlay),
        Command::NextEvent => store.dispatch(Action::NextEvent),
        Command::StepBack => store.dispatch(Action::StepBack),
        Command::Restart => store.dispatch(Action::Restart),
        Command::Faster => {
            let speed = store.read(|session| session.speed().faster());
            store.dispatch(Action::SetSpeed(speed));
        }
        Command::Slower => {
            let speed = store.read(|session| session.speed().slower());
            store.dispatch(Action::SetSpeed(speed));
        }
        Command::CreateQueue => shell.open(Dialog::CreateQueue),
        Command::Send => shell.open(Dialog::Send(None)),
        Command::Larger => press(edge::LARGER),
        Command::Smaller => press(edge::SMALLER),
        Command::Fit => press(edge::FIT),
        Command::Find => press(edge::FIND),
        Command::Theme => theme.emit(()),
        Command::Deselect => store.dispatch(Action::Select(Selection::Nothing)),
        Command::Help => shell.open(Dialog::Help),
    }
}

/// Does what the button of this id does.
fn press(button: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    let button = document.and_then(|document| document.get_element_by_id(button));
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        button.click();
    }
}
