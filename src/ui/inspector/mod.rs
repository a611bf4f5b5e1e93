//! The inspector: what is selected, explained.

mod actor;
mod call;
mod message;
mod overview;
mod queue;

use yew::prelude::*;

use super::session::{Action, Selection};
use super::shell::{Panel, use_shell};
use super::store::{use_selector, use_store};
use super::text::text;
use super::widgets::{Icon, IconView};

#[component]
pub(crate) fn Inspector() -> Html {
    let selection = use_selector(|session| session.selection());
    html! {
        <aside class="inspector" aria-label={text("inspector")}>
            {
                match *selection {
                    Selection::Nothing => html! { <overview::Overview /> },
                    Selection::Message(key) => html! { <message::MessageLife message={key} /> },
                    Selection::Queue(id) => html! { <queue::QueueDetails key={id.0} {id} /> },
                    Selection::Actor(caller) => html! { <actor::ActorDetails {caller} /> },
                    Selection::Call(id) => html! { <call::CallDetails {id} /> },
                }
            }
        </aside>
    }
}

#[derive(PartialEq, Properties)]
struct HeadingProps {
    kind: AttrValue,
    title: AttrValue,
    #[prop_or_default]
    note: AttrValue,
}

/// What is selected, and a way out.
#[component]
fn Heading(props: &HeadingProps) -> Html {
    let store = use_store();
    let onclick = use_callback(store, |_: MouseEvent, store| {
        store.dispatch(Action::Select(Selection::Nothing));
    });
    html! {
        <header class="inspector-head">
            <div>
                <p class="kind">{ &props.kind }</p>
                <h2>{ &props.title }</h2>
                if !props.note.is_empty() {
                    <p class="note">{ &props.note }</p>
                }
            </div>
            <button class="button icon-only" aria-label={text("deselect")} {onclick}>
                <IconView icon={Icon::Close} />
            </button>
        </header>
    }
}

/// A name with its value.
type Fact = (String, String);

#[derive(PartialEq, Properties)]
struct FactsProps {
    facts: Vec<Fact>,
}

/// Names with their values.
#[component]
fn Facts(props: &FactsProps) -> Html {
    html! {
        <dl class="facts">
            { for props.facts.iter().map(|(name, value)| html! {
                <div key={name.clone()}><dt>{ name }</dt><dd>{ value }</dd></div>
            }) }
        </dl>
    }
}

#[derive(PartialEq, Properties)]
struct SelectLinkProps {
    selection: Selection,
    children: Html,
}

/// A text that selects something.
#[component]
fn SelectLink(props: &SelectLinkProps) -> Html {
    let (store, shell) = (use_store(), use_shell());
    let onclick = use_callback((store, shell, props.selection), {
        |_: MouseEvent, (store, shell, selection)| {
            store.dispatch(Action::Select(*selection));
            shell.show(Panel::Inspector);
        }
    });
    html! {
        <button class="link" {onclick}>{ props.children.clone() }</button>
    }
}
