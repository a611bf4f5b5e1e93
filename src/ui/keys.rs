//! The keyboard: which key does what. The help dialog shows the same table.

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::page::Page;
use super::session::{Action, Selection};
use super::shell::Dialog;
use super::stage::edge;

/// What a key does.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Command {
    TogglePlay,
    NextEvent,
    StepBack,
    Restart,
    RunUntilRest,
    Jump,
    Compare,
    Undo,
    Redo,
    Faster,
    Slower,
    CreateQueue,
    AddActor,
    Send,
    Larger,
    Smaller,
    Fit,
    Find,
    Theme,
    Present,
    Deselect,
    Help,
}

/// Each command with its key, as the browser names it.
pub(crate) const KEYS: [(&str, Command); 22] = [
    (" ", Command::TogglePlay),
    (".", Command::NextEvent),
    (",", Command::StepBack),
    ("Home", Command::Restart),
    ("End", Command::RunUntilRest),
    ("g", Command::Jump),
    ("c", Command::Compare),
    ("u", Command::Undo),
    ("U", Command::Redo),
    ("+", Command::Faster),
    ("-", Command::Slower),
    ("n", Command::CreateQueue),
    ("a", Command::AddActor),
    ("s", Command::Send),
    ("]", Command::Larger),
    ("[", Command::Smaller),
    ("0", Command::Fit),
    ("/", Command::Find),
    ("t", Command::Theme),
    ("p", Command::Present),
    ("Escape", Command::Deselect),
    ("?", Command::Help),
];

/// Listens until dropped.
pub(crate) struct Keys {
    _listeners: [EventListener; 2],
}

/// Starts to listen.
pub(crate) fn listen(page: Page) -> Option<Keys> {
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
        run(command, &page);
    });
    Some(Keys {
        _listeners: [pointer, keys],
    })
}

fn command_of(event: &KeyboardEvent, pointing: bool) -> Option<Command> {
    let key = event.key();
    let command = if event.ctrl_key() || event.meta_key() {
        // As in every editor, beside the keys of the map.
        match (key.as_str(), event.shift_key()) {
            ("z", false) => Command::Undo,
            ("Z", true) | ("y", false) => Command::Redo,
            _ => return None,
        }
    } else {
        KEYS.into_iter().find(|(known, _)| *known == key)?.1
    };
    // What has the focus may have a use of its own for the key.
    if event.alt_key() || event.default_prevented() {
        return None;
    }
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let is_in = |what: &str| {
        target
            .as_ref()
            .is_some_and(|at| at.closest(what).ok().flatten().is_some())
    };
    // What is typed is typed; the playhead has its own Home and End; a dialog its own Escape.
    if is_in(
        "input:not([type=checkbox], [type=range]), textarea, select, dialog, [contenteditable]",
    ) {
        return None;
    }
    if matches!(command, Command::Restart | Command::RunUntilRest) && is_in("input[type=range]") {
        return None;
    }
    if command == Command::TogglePlay && !pointing && is_in("button, a, summary, input") {
        return None;
    }
    Some(command)
}

fn run(command: Command, page: &Page) {
    let Page {
        store,
        shell,
        workbench,
        ..
    } = page;
    match command {
        Command::TogglePlay => store.dispatch(Action::TogglePlay),
        Command::NextEvent => store.dispatch(Action::NextEvent),
        Command::StepBack => store.dispatch(Action::StepBack),
        Command::Restart => store.dispatch(Action::Restart),
        Command::RunUntilRest => store.dispatch(Action::RunUntilRest),
        Command::Jump => workbench.open("jump", ""),
        Command::Compare => shell.open(Dialog::Compare),
        Command::Undo => store.dispatch(Action::Undo),
        Command::Redo => store.dispatch(Action::Redo),
        Command::Faster => {
            let speed = store.read(|session| session.speed().faster());
            store.dispatch(Action::SetSpeed(speed));
        }
        Command::Slower => {
            let speed = store.read(|session| session.speed().slower());
            store.dispatch(Action::SetSpeed(speed));
        }
        Command::CreateQueue => shell.open(Dialog::CreateQueue),
        Command::AddActor => shell.open(Dialog::AddActor(None)),
        Command::Send => shell.open(Dialog::Send(None)),
        Command::Larger => press(edge::LARGER),
        Command::Smaller => press(edge::SMALLER),
        Command::Fit => press(edge::FIT),
        Command::Find => press(edge::FIND),
        Command::Theme => shell.next_theme(),
        Command::Present => shell.toggle_present(),
        Command::Deselect => {
            store.dispatch(Action::Select(Selection::Nothing));
            shell.end_present();
        }
        Command::Help => workbench.open("help", ""),
    }
}

/// Does what the first button of this class does.
fn press(button: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    let found =
        document.and_then(|document| document.query_selector(&format!(".{button}")).ok()?);
    if let Some(button) = found.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        button.click();
    }
}
