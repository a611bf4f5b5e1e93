//! What forms are made of besides their fields of text: the frame, choices, boxes to check, buttons.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::fields::Typed;
use crate::ui::page::Page;
use crate::ui::widgets::{DialogFrame, Icon};

/// A dialog with something in it.
pub(super) fn dialog(id: &'static str, title: String, inside: Html) -> Html {
    html! { <DialogFrame {id} {title}>{ inside }</DialogFrame> }
}

/// The form of a dialog; `end` are its buttons.
pub(super) fn form(onsubmit: Callback<SubmitEvent>, fields: Html, end: Html) -> Html {
    html! {
        <form {onsubmit} novalidate={true}>
            { fields }
            <div class="dialog-end">{ end }</div>
        </form>
    }
}

/// The button that sends a form.
pub(super) fn submit_button(label: String) -> Html {
    html! { <button class="button primary" type="submit">{ label }</button> }
}

/// Another button of a form.
pub(super) fn button(
    class: &'static str,
    icon: Option<Icon>,
    label: String,
    onclick: Callback<MouseEvent>,
) -> Html {
    html! {
        <button {class} type="button" {onclick}>{ icon.map(Icon::show) }{ label }</button>
    }
}

/// What is wrong.
pub(super) fn wrong(words: Option<AttrValue>) -> Html {
    match words {
        Some(words) => html! { <p class="field-error" role="alert">{ words }</p> },
        None => html! {},
    }
}

/// One of several.
pub(super) struct Choice {
    /// Unique on the page.
    pub(super) id: String,
    pub(super) label: String,
    /// The id of what describes it.
    pub(super) described: Option<String>,
    pub(super) options: Html,
    pub(super) onchange: Callback<Event>,
    /// What follows it, such as what is wrong with it.
    pub(super) after: Html,
}

impl Choice {
    pub(super) fn show(self) -> Html {
        html! {
            <div key={self.id.clone()} class="field">
                <label for={self.id.clone()}>{ self.label }</label>
                <select id={self.id} aria-describedby={self.described} onchange={self.onchange}>
                    { self.options }
                </select>
                { self.after }
            </div>
        }
    }
}

/// What can be chosen.
pub(super) fn option(value: String, label: String, chosen: &str) -> Html {
    let selected = value == chosen;
    html! { <option {value} {selected}>{ label }</option> }
}

/// A box to check.
pub(super) fn check_box(field: &'static str, label: Html, is_on: bool, page: &Page) -> Html {
    html! {
        <label key={field} class="check">
            <input type="checkbox" value="true" checked={is_on} onchange={choosing(field, page)} />
            <span>{ label }</span>
        </label>
    }
}

/// Keeps what is chosen or checked as the text of this field.
pub(super) fn choosing(field: &'static str, page: &Page) -> Callback<Event> {
    page.edit(move |typed: &mut Typed, event| typed.set(field, chosen(&event)))
}

/// What was chosen; of a box, whether it is checked, as [`Typed::is_on`] reads it.
pub(super) fn chosen(event: &Event) -> String {
    let Some(target) = event.target() else {
        return String::new();
    };
    if let Some(select) = target.dyn_ref::<HtmlSelectElement>() {
        return select.value();
    }
    match target.dyn_ref::<HtmlInputElement>() {
        Some(input) if input.checked() => input.value(),
        Some(_) | None => String::new(),
    }
}
