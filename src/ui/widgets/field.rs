//! A labelled field of a form, with what is wrong with it right below.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, HtmlTextAreaElement, InputEvent};
use yew::prelude::*;

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

pub(crate) struct Field {
    node: NodeRef,
    was_wrong: bool,
}

impl Component for Field {
    type Message = ();
    type Properties = FieldProps;

    fn create(_: &Context<Self>) -> Self {
        Self {
            node: NodeRef::default(),
            was_wrong: false,
        }
    }

    fn view(&self, context: &Context<Self>) -> Html {
        show(context.props(), &self.node)
    }

    /// What has become wrong takes the focus.
    fn rendered(&mut self, context: &Context<Self>, _: bool) {
        let is_wrong = context.props().error.is_some();
        if is_wrong
            && !self.was_wrong
            && let Some(element) = self.node.cast::<HtmlElement>()
        {
            // It can only fail for an element that is not in the document.
            let _ = element.focus();
        }
        self.was_wrong = is_wrong;
    }
}

fn show(props: &FieldProps, node: &NodeRef) -> Html {
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
        <div class={if error.is_some() { "field wrong" } else { "field" }}>
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
