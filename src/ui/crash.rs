//! What remains when the page crashes: a message, and the recording, so that nothing is lost.
//!
//! It uses the document alone, not the components, which may be what broke.

use std::cell::RefCell;
use std::panic::PanicHookInfo;

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, HtmlTextAreaElement};

use super::format::percent_encoded;
use super::text::text;

thread_local! {
    static RECORDING: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Remembers the recording as it stands.
pub(crate) fn keep(recording: String) {
    RECORDING.with(|kept| {
        if let Ok(mut kept) = kept.try_borrow_mut() {
            *kept = recording;
        }
    });
}

/// Shows the overlay from now on when the page panics. To be called before the first render.
pub fn install_panic_hook() {
    yew::set_custom_panic_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
        show(info);
    }));
}

/// Best effort: in a page that is broken anything may fail.
fn show(info: &PanicHookInfo<'_>) -> Option<()> {
    let document = web_sys::window()?.document()?;
    if document.get_element_by_id("crash").is_some() {
        return None;
    }
    let overlay = add(&document, document.body()?.as_ref(), "section", "")?;
    overlay.set_id("crash");
    overlay.set_class_name("crash");
    overlay.set_attribute("role", "alertdialog").ok()?;
    overlay
        .set_attribute("aria-labelledby", "crash-title")
        .ok()?;
    add(&document, &overlay, "h1", &text!("crash-title"))?.set_id("crash-title");
    add(&document, &overlay, "p", &text!("crash-text"))?;
    add(&document, &overlay, "pre", &info.to_string())?;
    let label = add(&document, &overlay, "label", &text!("crash-recording"))?;
    label.set_attribute("for", "crash-recording").ok()?;
    let area: HtmlTextAreaElement = add(&document, &overlay, "textarea", "")?.dyn_into().ok()?;
    area.set_id("crash-recording");
    area.set_read_only(true);
    let recording = RECORDING.with(|kept| kept.try_borrow().map(|kept| kept.clone()).ok())?;
    area.set_value(&recording);
    let link = add(&document, &overlay, "a", &text!("crash-download"))?;
    let encoded = percent_encoded(&recording);
    link.set_attribute("href", &format!("data:application/json,{encoded}"))
        .ok()?;
    link.set_attribute("download", "recording.json").ok()?;
    link.set_class_name("button primary");
    let reload = add(&document, &overlay, "a", &text!("crash-reload"))?;
    reload.set_attribute("href", "").ok()?;
    reload.set_class_name("button");
    link.dyn_into::<HtmlElement>().ok()?.focus().ok()
}

fn add(document: &Document, parent: &Element, tag: &str, text: &str) -> Option<Element> {
    let element = document.create_element(tag).ok()?;
    element.set_text_content(Some(text));
    parent.append_child(&element).ok()?;
    Some(element)
}
