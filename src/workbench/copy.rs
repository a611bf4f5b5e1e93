//! Copies what a field has.

use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use crate::ui::promise::then;

/// Puts a text on the clipboard; where there is none, selects the field, for the person to copy.
pub(super) fn copy(field: &'static str, text: &str, copied: impl FnOnce() + 'static) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let clipboard = window.navigator().clipboard();
    if AsRef::<JsValue>::as_ref(&clipboard).is_undefined() {
        return select(field);
    }
    let done = Closure::once_into_js(move |_: JsValue| copied());
    let refused = Closure::once_into_js(move |_: JsValue| select(field));
    then(&clipboard.write_text(text), &done, &refused);
}

/// A field of ours selects all that it has when it gets the focus; of what is no field, the text is selected.
fn select(field: &str) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let found = window
        .document()
        .and_then(|document| document.get_element_by_id(field))
        .and_then(|field| field.dyn_into::<HtmlElement>().ok());
    let Some(field) = found else {
        return;
    };
    let _ = field.focus();
    if field.tag_name() == "PRE"
        && let Ok(Some(selection)) = window.get_selection()
    {
        // What is in the document can be selected.
        let _ = selection.select_all_children(&field);
    }
}
