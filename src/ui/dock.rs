//! The dock: the log of calls, the newest first.

use std::rc::Rc;

use web_sys::{HtmlInputElement, HtmlSelectElement, InputEvent};
use yew::prelude::*;

use super::describe::{self, Outcome};
use super::format;
use super::page::Page;
use super::part::Part;
use super::session::{Selection, Session};
use super::text::text;
use crate::sqs::api::CallId;
use crate::timeline::CallRecord;
use crate::world::EventKind;

/// Rows that are shown.
const ROWS_MAX: usize = 80;
/// Calls that are looked through for those.
const LOOKED_AT_MAX: usize = 4000;

/// Which calls to show.
#[derive(Clone, Debug, Default, PartialEq)]
struct Filter {
    words: String,
    only: Option<Outcome>,
}

/// One call.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    id: CallId,
    at: String,
    caller: String,
    action: &'static str,
    queue: String,
    outcome: Outcome,
    answer: String,
}

#[derive(PartialEq)]
pub(crate) struct CallLog;

impl Part for CallLog {
    type Facts = ();

    fn facts(&self, _: &Session) {}

    fn view(&self, (): &(), page: &Page) -> Html {
        let filter: Filter = page.draft();
        let oninput = page.edit(|filter: &mut Filter, event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                filter.words = input.value();
            }
        });
        let onchange = page.edit(|filter: &mut Filter, event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                filter.only = match select.value().as_str() {
                    "fine" => Some(Outcome::Fine),
                    "empty" => Some(Outcome::Empty),
                    "error" => Some(Outcome::Error),
                    _ => None,
                };
            }
        });
        html! {
            <section class="dock" aria-label={text!("calls")}>
                <div class="dock-head">
                    <h2>{ text!("calls") }</h2>
                    <input type="search" class="search" value={filter.words.clone()} {oninput}
                        placeholder={text!("calls-search")} aria-label={text!("calls-search")} />
                    <select aria-label={text!("calls-only")} {onchange}>
                        <option value="" selected={filter.only.is_none()}>{ text!("calls-all") }</option>
                        <option value="fine">{ text!("outcome-fine") }</option>
                        <option value="empty">{ text!("outcome-empty") }</option>
                        <option value="error">{ text!("outcome-error") }</option>
                    </select>
                </div>
                <div class="dock-body" tabindex="0" role="region" aria-label={text!("calls-list")}>
                    { CallTable { filter }.show() }
                </div>
            </section>
        }
    }
}

#[derive(PartialEq)]
struct CallTable {
    filter: Filter,
}

impl Part for CallTable {
    type Facts = Vec<Rc<Row>>;

    fn facts(&self, session: &Session) -> Self::Facts {
        rows(session, &self.filter)
    }

    fn view(&self, rows: &Self::Facts, _: &Page) -> Html {
        if rows.is_empty() {
            return html! { <p class="empty-note">{ text!("calls-none") }</p> };
        }
        html! {
            <table class="calls">
                <thead>
                    <tr>
                        <th scope="col">{ text!("call-time") }</th>
                        <th scope="col">{ text!("call-caller") }</th>
                        <th scope="col">{ text!("call-action") }</th>
                        <th scope="col" class="wide">{ text!("call-queue") }</th>
                        <th scope="col">{ text!("call-answer") }</th>
                    </tr>
                </thead>
                <tbody>
                    { for rows.iter().map(|row| CallRow(Rc::clone(row)).show_as(row.id.0)) }
                </tbody>
            </table>
        }
    }
}

#[derive(PartialEq)]
struct CallRow(Rc<Row>);

impl Part for CallRow {
    /// Whether it is selected.
    type Facts = bool;

    fn facts(&self, session: &Session) -> bool {
        session.selection() == Selection::Call(self.0.id)
    }

    fn view(&self, is_selected: &bool, page: &Page) -> Html {
        let row = &*self.0;
        let onclick = page.selecting(Selection::Call(row.id));
        html! {
            <tr class={if *is_selected { "selected" } else { "" }}>
                <td class="mono">{ &row.at }</td>
                <td>{ &row.caller }</td>
                <td>
                    <button class="link" {onclick} aria-pressed={is_selected.to_string()}>
                        { row.action }
                    </button>
                </td>
                <td class="wide">{ &row.queue }</td>
                <td><span class={format!("outcome {}", row.outcome.name())}>{ &row.answer }</span></td>
            </tr>
        }
    }
}

fn rows(session: &Session, filter: &Filter) -> Vec<Rc<Row>> {
    let end = session.world().event_count();
    let words = filter.words.to_ascii_lowercase();
    session
        .timeline()
        .log()
        .calls(end)
        .rev()
        .take(LOOKED_AT_MAX)
        .filter(|call| filter.only.is_none_or(|only| outcome(call) == only))
        .filter_map(|call| row(session, call))
        .filter(|row| words.is_empty() || row.has(&words))
        .take(ROWS_MAX)
        .map(Rc::new)
        .collect()
}

fn outcome(call: &CallRecord<'_>) -> Outcome {
    match call.answered.map(|event| &event.kind) {
        Some(EventKind::CallAnswered { result, .. }) => Outcome::of(Some(result)),
        Some(EventKind::CallDropped { .. }) => Outcome::Dropped,
        _ => Outcome::of(None),
    }
}

fn row(session: &Session, call: CallRecord<'_>) -> Option<Row> {
    let EventKind::CallSent {
        caller,
        queue,
        request,
        ..
    } = &call.sent.kind
    else {
        return None;
    };
    let world = session.world();
    let outcome = outcome(&call);
    let answer = match call.answered.map(|event| &event.kind) {
        Some(EventKind::CallAnswered {
            result, messages, ..
        }) => match (&**result, outcome) {
            (Err(error), _) => error.code.query_code().to_owned(),
            (Ok(_), Outcome::Fine) if !messages.is_empty() => {
                let keys: Vec<String> = messages.iter().map(|key| key.0.to_string()).collect();
                text!(
                    "answer-messages",
                    [
                        ("count", messages.len().into()),
                        ("messages", keys.join(", ").into()),
                    ],
                )
            }
            (Ok(_), _) => outcome.words(),
        },
        _ => outcome.words(),
    };
    let named = || {
        request
            .queue_named()
            .map(|name| name.rsplit('/').next().unwrap_or(name).into())
    };
    Some(Row {
        id: call.id,
        at: format::elapsed(call.sent.at.since(session.start())),
        caller: describe::caller(world, *caller),
        action: request.action(),
        queue: queue
            .map(|id| describe::queue(world, id))
            .or_else(named)
            .unwrap_or_default(),
        outcome,
        answer,
    })
}

impl Row {
    fn has(&self, words: &str) -> bool {
        [&self.caller, self.action, &self.queue, &self.answer]
            .iter()
            .any(|text| text.to_ascii_lowercase().contains(words))
    }
}
