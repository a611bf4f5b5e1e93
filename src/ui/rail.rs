//! The left rail: the scenarios to start from, and a world of one's own.

use yew::prelude::*;

use super::session::Action;
use super::shell::{Dialog, Panel, use_shell};
use super::store::{use_selector, use_store};
use super::text::text;
use super::widgets::{Icon, IconView};

/// The seed of a world of one's own: the same for everybody, so that what they see is the same.
const SEED: u64 = 1;

#[component]
pub(crate) fn Rail() -> Html {
    let titles = use_selector(|session| {
        let title = |scenario: &crate::scenario::Scenario| scenario.title.clone();
        session.library().iter().map(title).collect::<Vec<_>>()
    });
    let open = use_selector(|session| session.scenario().map(|(index, _)| index));
    let (store, shell) = (use_store(), use_shell());
    let item = |action: Action, title: String, current: bool| {
        let (store, shell) = (store.clone(), shell.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            store.dispatch(action.clone());
            shell.show(Panel::Stage);
        });
        html! {
            <li>
                <button class="rail-item" aria-current={current.then_some("true")} {onclick}>
                    { title }
                </button>
            </li>
        }
    };
    html! {
        <nav class="rail" aria-label={text("scenarios")}>
            <h2>{ text("scenarios") }</h2>
            <ul>
                { for titles.iter().enumerate().map(|(index, title)| {
                    item(Action::OpenScenario(index), title.clone(), *open == Some(index))
                }) }
                { item(Action::OpenEmpty { seed: SEED }, text("empty-world"), open.is_none()) }
            </ul>
            <div class="rail-actions">
                <button class="button" onclick={shell.opener(Dialog::CreateQueue)}>
                    <IconView icon={Icon::Plus} />{ text("create-queue") }
                </button>
                <button class="button" onclick={shell.opener(Dialog::Send(None))}>
                    <IconView icon={Icon::Letter} />{ text("send-message") }
                </button>
                <button class="button" onclick={shell.opener(Dialog::Recording)}>
                    <IconView icon={Icon::Tape} />{ text("recording") }
                </button>
            </div>
        </nav>
    }
}
