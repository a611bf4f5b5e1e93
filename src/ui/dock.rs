//! The dock: the log of calls, the newest first.

use std::rc::Rc;

use web_sys::{HtmlInputElement, HtmlSelectElement, InputEvent};
use yew::prelude::*;

use super::describe::{self, Outcome};
use super::format;
use super::session::{Action, Selection, Session};
use super::shell::{Panel, use_shell};
use super::store::{use_selector, use_store};
use super::text::{text, text_with};
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

#[component]
pub(crate) fn CallLog() -> Html {
    let filter = use_state_eq(Filter::default);
    let rows = use_selector({
        let filter = (*filter).clone();
        move |session| rows(session, &filter)
    });
    let selected = use_selector(|session| match session.selection() {
        Selection::Call(id) => Some(id),
        Selection::Nothing | Selection::Message(_) | Selection::Queue(_) | Selection::Actor(_) => {
            None
        }
    });
    let oninput = use_callback(filter.clone(), |event: InputEvent, filter| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            filter.set(Filter {
                words: input.value(),
                ..(**filter).clone()
            });
        }
    });
    let onchange = use_callback(filter.clone(), |event: Event, filter| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            let only = match select.value().as_str() {
                "fine" => Some(Outcome::Fine),
                "empty" => Some(Outcome::Empty),
                "error" => Some(Outcome::Error),
                _ => None,
            };
            filter.set(Filter {
                only,
                ..(**filter).clone()
            });
        }
    });
    html! {
        <section class="dock" aria-label={text("calls")}>
            <div class="dock-head">
                <h2>{ text("calls") }</h2>
                <input type="search" class="search" value={filter.words.clone()} {oninput}
                    placeholder={text("calls-search")} aria-label={text("calls-search")} />
                <select aria-label={text("calls-only")} {onchange}>
                    <option value="" selected={filter.only.is_none()}>{ text("calls-all") }</option>
                    <option value="fine">{ text("outcome-fine") }</option>
                    <option value="empty">{ text("outcome-empty") }</option>
                    <option value="error">{ text("outcome-error") }</option>
                </select>
            </div>
            <div class="dock-body" tabindex="0" role="region" aria-label={text("calls-list")}>
                if rows.is_empty() {
                    <p class="empty-note">{ text("calls-none") }</p>
                } else {
                    <table class="calls">
                        <thead>
                            <tr>
                                <th scope="col">{ text("call-time") }</th>
                                <th scope="col">{ text("call-caller") }</th>
                                <th scope="col">{ text("call-action") }</th>
                                <th scope="col" class="wide">{ text("call-queue") }</th>
                                <th scope="col">{ text("call-answer") }</th>
                            </tr>
                        </thead>
                        <tbody>
                            { for rows.iter().map(|row| html! {
                                <CallRow key={row.id.0} row={Rc::new(row.clone())}
                                    selected={*selected == Some(row.id)} />
                            }) }
                        </tbody>
                    </table>
                }
            </div>
        </section>
    }
}

#[derive(PartialEq, Properties)]
struct CallRowProps {
    row: Rc<Row>,
    selected: bool,
}

#[component]
fn CallRow(props: &CallRowProps) -> Html {
    let (store, shell) = (use_store(), use_shell());
    let row = &props.row;
    let onclick = use_callback(
        (store, shell, row.id),
        |_: MouseEvent, (store, shell, id)| {
            store.dispatch(Action::Select(Selection::Call(*id)));
            shell.show(Panel::Inspector);
        },
    );
    html! {
        <tr class={classes!(props.selected.then_some("selected"))}>
            <td class="mono">{ &row.at }</td>
            <td>{ &row.caller }</td>
            <td>
                <button class="link" {onclick} aria-pressed={props.selected.to_string()}>
                    { row.action }
                </button>
            </td>
            <td class="wide">{ &row.queue }</td>
            <td><span class={classes!("outcome", row.outcome.name())}>{ &row.answer }</span></td>
        </tr>
    }
}

fn rows(session: &Session, filter: &Filter) -> Vec<Row> {
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
                text_with(
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
