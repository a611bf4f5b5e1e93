//! What a script asks its person: the field for the answer, and the keyboard in it.

use wasm_bindgen::JsCast as _;
use web_sys::{Document, HtmlInputElement};
use yew::prelude::*;

use super::{INPUT, LOG, Message, Panel, focus, run_of};
use crate::workbench::text::text;

impl Panel {
    /// Has the keyboard where the script in front asks for a line, and not lost when it asks no more.
    pub(super) fn follow_question(&mut self, document: &Document) {
        let files = self.python.files.borrow();
        let runs = self.python.runs.borrow();
        let run = run_of(&runs, &files.front().name).filter(|run| run.is_live());
        let question = run.and_then(|run| Some((run.number, run.inputs.first()?.0)));
        if let Some(question) = question {
            if self.asked.replace(question) != Some(question) && is_at_hand(document) {
                focus(document, INPUT);
            }
        } else if let Some((number, _)) = self.asked
            && !runs.iter().any(|run| run.number == number && run.is_live())
        {
            self.asked = None;
            let is_nowhere = document
                .active_element()
                .is_none_or(|at| at.tag_name() == "BODY");
            if is_nowhere {
                focus(document, LOG);
            }
        }
    }
}

/// Whether its person is at the panel, or at nothing else.
fn is_at_hand(document: &Document) -> bool {
    let is_there = |selectors| matches!(document.query_selector(selectors), Ok(Some(_)));
    let Some(at) = document
        .active_element()
        .filter(|at| at.tag_name() != "BODY")
    else {
        return !is_there("dialog[open]");
    };
    matches!(at.closest(".python, .python-head"), Ok(Some(_)))
}

/// A script asks its person for a line, or did and may again.
pub(super) fn line_input(context: &Context<Panel>, run: u64, prompt: Option<&str>) -> Html {
    let link = context.link();
    let waits = prompt.is_some();
    let onsubmit = link.batch_callback(move |event: SubmitEvent| {
        event.prevent_default();
        if !waits {
            // What is typed ahead is for the next question.
            return None;
        }
        let document = web_sys::window()?.document()?;
        let input = document.get_element_by_id(INPUT)?;
        let input = input.dyn_into::<HtmlInputElement>().ok()?;
        let line = input.value();
        input.set_value("");
        Some(Message::Line(Some(line)))
    });
    let label = prompt.filter(|prompt| !prompt.trim().is_empty());
    html! {
        <form class="console-line python-line" key={run} {onsubmit}>
            <label for={INPUT}>{ label.map_or_else(|| text!("python-input"), str::to_owned) }</label>
            <input id={INPUT} autocomplete="off" spellcheck="false" />
            <button type="submit" class="button small primary" disabled={!waits}>{ text!("python-enter") }</button>
            <button type="button" class="button small" disabled={!waits} onclick={link.callback(|_| Message::Line(None))}>
                { text!("python-end-of-input") }
            </button>
        </form>
    }
}
