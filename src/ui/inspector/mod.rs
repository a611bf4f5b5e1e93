//! The inspector: what is selected, explained.

mod actor;
mod call;
mod explained;
mod message;
mod overview;
mod queue;

use yew::prelude::*;

pub(super) use explained::{ExplainCall, ExplainNow};

use super::format;
use super::page::Page;
use super::part::Part;
use super::session::{Action, Selection, Session};
use super::text::text;
use super::widgets::{Icon, breakable};
use crate::sim::Time;

#[derive(PartialEq)]
pub(crate) struct Inspector;

impl Part for Inspector {
    type Facts = Selection;

    fn facts(&self, session: &Session) -> Selection {
        session.selection()
    }

    fn view(&self, selection: &Selection, _: &Page) -> Html {
        html! {
            <aside class="inspector" aria-label={text!("inspector")}>
                {
                    match *selection {
                        Selection::Nothing => overview::Overview.show_as("overview"),
                        Selection::Message(key) => message::MessageLife { key }.show_as("message"),
                        Selection::Queue(id) => queue::QueueDetails { id }.show_as(format!("queue-{}", id.0)),
                        Selection::Actor(caller) => actor::ActorDetails { caller }.show_as("actor"),
                        Selection::Call(id) => call::CallDetails { id }.show_as("call"),
                    }
                }
            </aside>
        }
    }
}

/// What is selected, and a way out.
fn heading(kind: &str, title: &str, note: &str, page: &Page) -> Html {
    let onclick = page.doing(Action::Select(Selection::Nothing));
    html! {
        <header class="inspector-head">
            <div>
                <p class="kind">{ kind }</p>
                <h2>{ title }</h2>
                if !note.is_empty() {
                    <p class="note">{ note }</p>
                }
            </div>
            <button class="button icon-only" aria-label={text!("deselect")} {onclick}>
                { Icon::Close.show() }
            </button>
        </header>
    }
}

/// A name with its value.
type Fact = (String, String);

/// Names with their values.
fn fact_list(facts: &[Fact]) -> Html {
    html! {
        <dl class="facts">
            { for facts.iter().map(|(name, value)| html! {
                <div key={name.clone()}><dt>{ breakable(name) }</dt><dd>{ value }</dd></div>
            }) }
        </dl>
    }
}

/// Names with what can be more than text.
fn rows(rows: Vec<(String, Html)>) -> Html {
    html! {
        <dl class="facts">
            { for rows.into_iter().map(|(name, value)| html! {
                <div key={name.clone()}><dt>{ name }</dt><dd>{ value }</dd></div>
            }) }
        </dl>
    }
}

/// A moment of the run, and the way there.
fn moment(at: Time, page: &Page) -> Html {
    let start = page.store.read(Session::start);
    let shown = format::elapsed(at.since(start));
    let label = text!("go-to", [("time", shown.clone().into())]);
    html! {
        <button class="link moment" aria-label={label} onclick={page.doing(Action::Seek(at))}>{ shown }</button>
    }
}

/// A text that selects something.
fn link(selection: Selection, words: String, page: &Page) -> Html {
    html! {
        <button class="link" onclick={page.selecting(selection)}>{ words }</button>
    }
}

/// A line of a script's code, and the way there.
fn code_line(line: &str, page: &Page) -> Html {
    let shown = line.to_owned();
    let page = page.clone();
    let onclick = move |_: MouseEvent| page.show_line(&shown);
    html! {
        <button class="link mono" {onclick}>{ line }</button>
    }
}

#[cfg(test)]
mod tests;
