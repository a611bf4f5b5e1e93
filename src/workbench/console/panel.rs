//! The console's panel: calls by hand as text.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{HtmlFormElement, HtmlInputElement};
use yew::prelude::*;

use super::bridge;
use super::text::text;
use crate::json::{self, AsMember, Json, Member};

thread_local! {
    static LOG: RefCell<Vec<Entry>> = const { RefCell::new(Vec::new()) };
}

/// A call, and what is known of its answer.
#[derive(Clone)]
struct Entry {
    line: String,
    answer: String,
    /// The call that waits for its answer.
    waiting: Option<Json>,
}

impl Entry {
    fn new(line: String, told: Result<Json, String>) -> Self {
        let mut entry = Self {
            line,
            answer: String::new(),
            waiting: None,
        };
        entry.note(told);
        entry
    }

    fn note(&mut self, told: Result<Json, String>) {
        self.waiting = None;
        self.answer = match told {
            Ok(answer) if answer.get("waiting").is_some() => {
                self.waiting = answer.get("call").cloned();
                text!("console-waits")
            }
            Ok(answer) => {
                let answered = answer.get("response").or(answer.get("error"));
                json::pretty(&answered.map_or(Member::Absent, AsMember::member))
            }
            Err(why) => why,
        };
    }

    /// Asks again for an answer that is awaited.
    fn ask_again(&mut self) {
        if let Some(call) = self.waiting.take() {
            self.note(bridge::ask("answer", vec![("call", call.member())]));
        }
    }
}

/// Takes an action and its parameters, and shows the answer.
#[component]
pub(super) fn Console() -> Html {
    let update = use_force_update();
    use_effect_with((), {
        let update = update.clone();
        move |()| {
            let listening = bridge::listen(move || {
                let waits = LOG.with_borrow(|log| log.iter().any(|entry| entry.waiting.is_some()));
                if waits {
                    LOG.with_borrow_mut(|log| log.iter_mut().for_each(Entry::ask_again));
                    update.force_update();
                }
            });
            move || drop(listening)
        }
    });
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let form = event.target_dyn_into::<HtmlFormElement>();
        let input = form.and_then(|form| form.get_with_index(0));
        if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
            let told = call(&input.value());
            let entry = Entry::new(input.value(), told);
            LOG.with_borrow_mut(|log| log.push(entry));
            input.set_value("");
            update.force_update();
        }
    });
    let log = LOG.with_borrow(Clone::clone);
    html! {
        <form class="dock-body console" {onsubmit}>
            <div role="log" aria-label={text!("console-log")}>
                { for log.into_iter().map(|Entry { line, answer, .. }| html! {
                    <><pre>{ line }</pre><pre>{ answer }</pre></>
                }) }
            </div>
            <label for="console-line">{ text!("console-prompt") }</label>
            <input type="text" id="console-line" autocomplete="off" spellcheck="false"
                placeholder={text!("console-hint")} />
        </form>
    }
}

fn call(line: &str) -> Result<Json, String> {
    let (action, parameters) = line.split_once(' ').unwrap_or((line, "{}"));
    let parameters = json::parse(parameters).map_err(|malformed| malformed.to_string())?;
    let call = Json::Object(vec![(action.to_owned(), parameters)]);
    bridge::ask("call", vec![("call", call.member())])
}
