//! A labelled field of a form, with what is wrong with it right below.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement, InputEvent};
use yew::prelude::*;

use super::use_attention;

/// What is typed into it.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum FieldKind {
    /// A line.
    #[default]
    Line,
    /// A line of digits.
    Number,
    /// Several lines.
    Lines,
}

#[derive(PartialEq, Properties)]
pub(crate) struct FieldProps {
    /// Unique on the page.
    pub id: AttrValue,
    pub label: AttrValue,
    pub value: AttrValue,
    /// Says what is allowed, or what happens when it is left empty.
    #[prop_or_default]
    pub hint: AttrValue,
    /// AWS's text, verbatim.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    #[prop_or_default]
    pub kind: FieldKind,
    #[prop_or_default]
    pub autofocus: bool,
    pub onchange: Callback<String>,
}

#[component]
pub(crate) fn Field(props: &FieldProps) -> Html {
    let FieldProps {
        id,
        label,
        value,
        hint,
        error,
        kind,
        ..
    } = props;
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let node = use_attention(error.is_some(), |element| {
        // It can only fail for an element that is not in the document.
        let _ = element.focus();
    });
    let mut described = Vec::new();
    if error.is_some() {
        described.push(error_id.clone());
    }
    if !hint.is_empty() {
        described.push(hint_id.clone());
    }
    let described = (!described.is_empty()).then(|| described.join(" "));
    let invalid = error.is_some().then_some("true");
    let onchange = props.onchange.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        let Some(element) = event.target() else {
            return;
        };
        if let Some(line) = element.dyn_ref::<HtmlInputElement>() {
            onchange.emit(line.value());
        } else if let Some(lines) = element.dyn_ref::<HtmlTextAreaElement>() {
            onchange.emit(lines.value());
        }
    });
    html! {
        <div class={classes!("field", error.is_some().then_some("wrong"))}>
            <label for={id}>{ label }</label>
            if *kind == FieldKind::Lines {
                <textarea ref={node} id={id} rows="4" autofocus={props.autofocus} spellcheck="false" value={value}
                    aria-describedby={described} aria-invalid={invalid} {oninput} />
            } else {
                <input ref={node} id={id} type="text" autocomplete="off" spellcheck="false" value={value}
                    inputmode={(*kind == FieldKind::Number).then_some("numeric")}
                    autofocus={props.autofocus}
                    aria-describedby={described} aria-invalid={invalid} {oninput} />
            }
            if let Some(error) = error {
                <p class="field-error" id={error_id} role="alert">{ error }</p>
            }
            if !hint.is_empty() {
                <p class="field-hint" id={hint_id}>{ hint }</p>
            }
        </div>
    }
}
