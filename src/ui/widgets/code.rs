//! A text to read and to copy.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use yew::prelude::*;

use super::Icon;
use crate::ui::format;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::promise::then;
use crate::ui::session::Session;
use crate::ui::text::text;

/// Characters that are shown; a copy has all of them.
const SHOWN_MAX: usize = 20_000;

/// A text with its title, and buttons to copy it.
#[derive(PartialEq)]
pub(crate) struct Code {
    /// Unique on the page.
    pub(crate) id: &'static str,
    pub(crate) title: String,
    pub(crate) text: Rc<str>,
    /// What else can be copied, with the label of its button.
    pub(crate) other: Option<(String, Rc<str>)>,
}

/// What has become of the last copy.
#[derive(Clone, Default, PartialEq)]
struct Copied {
    text: Option<Rc<str>>,
    /// There is no clipboard, so the text is selected for the person to copy.
    by_hand: bool,
}

impl Part for Code {
    type Facts = ();

    fn facts(&self, _: &Session) {}

    fn view(&self, (): &(), page: &Page) -> Html {
        let copied: Copied = page.draft();
        let id = self.id;
        let button = |label: &str, whole: &Rc<str>| {
            let is_copied = copied.text.as_ref() == Some(whole);
            let words = match (is_copied, copied.by_hand) {
                (false, _) => label.to_owned(),
                (true, false) => text!("copied"),
                (true, true) => text!("copy-by-hand"),
            };
            let (page, whole) = (page.clone(), Rc::clone(whole));
            let onclick = Callback::from(move |_: MouseEvent| {
                let (page, text) = (page.clone(), Some(Rc::clone(&whole)));
                copy(id, &whole, move |by_hand| {
                    let text = text.clone();
                    page.set_draft(Copied { text, by_hand });
                });
            });
            html! {
                <button type="button" class="button small" {onclick}>
                    { if is_copied { Icon::Check.show() } else { Icon::Copy.show() } }
                    <span aria-live="polite">{ words }</span>
                </button>
            }
        };
        let buttons = html! {
            <>
                if let Some((label, other)) = &self.other {
                    { button(label, other) }
                }
                { button(&text!("copy"), &self.text) }
            </>
        };
        code(id, &self.title, &self.text, buttons)
    }
}

/// A text with its title and what can be done with it.
pub(crate) fn code(id: &'static str, title: &str, text: &str, buttons: Html) -> Html {
    let title_id = format!("{id}-title");
    html! {
        <section class="code" aria-labelledby={title_id.clone()}>
            <header>
                <h3 id={title_id}>{ title }</h3>
                { buttons }
            </header>
            <pre {id} tabindex="0">{ format::clip(text, SHOWN_MAX) }</pre>
        </section>
    }
}

/// Puts a text on the clipboard; where there is none, selects what is shown, and tells that it has to
/// be copied by hand.
pub(crate) fn copy(id: &'static str, text: &str, done: impl Fn(bool) + Clone + 'static) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let clipboard = window.navigator().clipboard();
    if AsRef::<JsValue>::as_ref(&clipboard).is_undefined() {
        select(id);
        return done(true);
    }
    // Each is called at most once, and the other one never.
    let copied = {
        let done = done.clone();
        Closure::once_into_js(move |_: JsValue| done(false))
    };
    let refused = Closure::once_into_js(move |_: JsValue| {
        select(id);
        done(true);
    });
    let promise = clipboard.write_text(text);
    then(&promise, &copied, &refused);
}

/// Selects the text that is shown.
fn select(id: &str) {
    let window = web_sys::window();
    let shown = window
        .as_ref()
        .and_then(|window| window.document()?.get_element_by_id(id));
    let selection = window.and_then(|window| window.get_selection().ok()?);
    if let (Some(selection), Some(shown)) = (selection, shown) {
        // What is in the document can be selected.
        let _ = selection.select_all_children(&shown);
    }
}
