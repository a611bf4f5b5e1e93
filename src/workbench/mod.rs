//! The workbench: what the first play does not need, as a WebAssembly of its own that the page loads later.
//!
//! It has a memory of its own, so that it reaches the session through the bridge only. It renders where the page
//! says: a panel into an element that the page gives, a dialog at the end of the document. Both are known by
//! name; a new one is a row in `panel` or in `dialog`.

mod about;
mod bridge;
mod call;
mod console;
mod copy;
mod cost;
mod files;
mod help;
mod jump;
mod keeper;
mod licences;
mod local;
mod metrics;
mod moment;
mod offline;
mod opening;
mod options;
mod python;
mod roots;
mod settings;
mod share;
mod takeaway;
mod text;
mod toast;

use std::cell::RefCell;

use js_sys::Function;
use web_sys::Element;
use yew::prelude::*;

use about::About;
use files::Files;
use help::Help;
use jump::Jump;
use roots::Root;
use settings::Settings;
use share::Share;
use takeaway::Takeaway;

/// Where the dialogs are.
const DIALOGS: &str = "workbench";

thread_local! {
    static SHOWN: RefCell<Vec<(String, Root)>> = const { RefCell::new(Vec::new()) };
}

/// The panel of a name.
fn panel(name: &str) -> Option<Html> {
    Some(match name {
        "call" => html! { <call::Call /> },
        "console" => html! { <console::Panel /> },
        "cost" => html! { <cost::Cost /> },
        "metrics" => html! { <metrics::Metrics /> },
        "python" => html! { <python::Panel /> },
        _ => return None,
    })
}

/// The dialog of a name.
fn dialog(name: &str, onclose: Callback<()>) -> Option<Html> {
    Some(match name {
        "about" => html! { <About {onclose} /> },
        "files" => html! { <Files {onclose} /> },
        "help" => html! { <Help {onclose} /> },
        "jump" => html! { <Jump {onclose} /> },
        "settings" => html! { <Settings {onclose} /> },
        "share" => html! { <Share {onclose} /> },
        "takeaway" => html! { <Takeaway {onclose} /> },
        _ => return None,
    })
}

/// Connects it with the page: `ask` answers questions, `listen` takes a function that is called after each change,
/// `broken` is told of a panic.
pub fn start(ask: Function, listen: &Function, broken: Function) {
    roots::install_panic_hook(broken);
    roots::stay_clear_of_the_page();
    bridge::connect(ask, listen);
    settings::apply_motion();
    opening::start();
    offline::begin();
}

/// Shows a panel in an element of the page, until it is hidden.
pub fn show(name: &str, host: &Element) {
    hide(name);
    if let Some(panel) = panel(name) {
        let root = Root::within(host, panel);
        SHOWN.with_borrow_mut(|shown| shown.push((name.to_owned(), root)));
    }
}

/// Shows a panel no more. What it knows is still there when it is shown again.
pub fn hide(name: &str) {
    let gone: Vec<_> =
        SHOWN.with_borrow_mut(|shown| shown.extract_if(.., |(of, _)| of == name).collect());
    // Their components end here, when nothing is borrowed.
    drop(gone);
}

/// Opens a dialog in place of the one that is open; or a scenario of the library, or a line of a script.
pub fn open(name: &str, with: &str) {
    match name {
        "scenario" => return opening::open_scenario(with),
        "python-line" => return python::show_line(with),
        _ => {}
    }
    let onclose = Callback::from(|()| hide(DIALOGS));
    hide(DIALOGS);
    let place = roots::at_the_end(DIALOGS);
    if let (Some(place), Some(dialog)) = (place, dialog(name, onclose)) {
        let root = Root::within(&place, dialog);
        SHOWN.with_borrow_mut(|shown| shown.push((DIALOGS.to_owned(), root)));
    }
}
