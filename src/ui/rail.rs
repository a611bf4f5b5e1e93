//! The left rail: the scenarios to start from, and a world of one's own.

use std::rc::Rc;

use yew::prelude::*;

use super::page::Page;
use super::part::Part;
use super::session::{Action, Session};
use super::shell::{Dialog, Panel};
use super::text::text;
use super::widgets::Icon;
use crate::scenario::Scenario;

/// The seed of a world of one's own: the same for everybody, so that what they see is the same.
const SEED: u64 = 1;

#[derive(PartialEq)]
pub(crate) struct Rail;

impl Part for Rail {
    /// The scenario that is open, and how many worlds were opened before: one may have brought a scenario.
    type Facts = (Option<usize>, u64);

    fn facts(&self, session: &Session) -> Self::Facts {
        let open = session.scenario().map(|(index, _)| index);
        (open, session.opened())
    }

    fn view(&self, (open, _): &Self::Facts, page: &Page) -> Html {
        let library = page.store.read(|session| Rc::clone(session.library()));
        let item = |action: Action, title: String, current: bool| {
            let page = page.clone();
            let onclick = Callback::from(move |_: MouseEvent| {
                page.store.dispatch(action.clone());
                page.shell.show(Panel::Stage);
            });
            html! {
                <li>
                    <button class="rail-item" aria-current={current.then_some("true")} {onclick}>
                        { title }
                    </button>
                </li>
            }
        };
        let mut place = 0;
        let mut listed = |scenario: &Scenario| {
            let index = place;
            place += 1;
            item(
                Action::OpenScenario(index),
                scenario.title.clone(),
                *open == Some(index),
            )
        };
        let groups = library.chunk_by(|one, next| one.group == next.group);
        let opener = |dialog, icon: Icon, label| {
            html! {
                <button class="button" onclick={page.opening(dialog)}>{ icon.show() }{ label }</button>
            }
        };
        html! {
            <nav class="rail" aria-label={text!("scenarios")}>
                <h2>{ text!("scenarios") }</h2>
                <div class="rail-list">
                    { for groups.map(|group| html! {
                        <>
                            <h3>{ &group[0].group }</h3>
                            <ul>{ for group.iter().map(&mut listed) }</ul>
                        </>
                    }) }
                </div>
                <ul>
                    { item(Action::OpenEmpty { seed: SEED }, text!("empty-world"), open.is_none()) }
                </ul>
                <div class="rail-actions">
                    { opener(Dialog::CreateQueue, Icon::Plus, text!("create-queue")) }
                    { opener(Dialog::AddActor(None), Icon::Plus, text!("add-actor")) }
                    { opener(Dialog::Send(None), Icon::Letter, text!("send-message")) }
                    { from_workbench("files", Icon::Tape, text!("files"), page) }
                    { from_workbench("takeaway", Icon::Hand, text!("takeaway"), page) }
                    { from_workbench("settings", Icon::HalfMoon, text!("settings"), page) }
                </div>
            </nav>
        }
    }
}

/// Opens a dialog of the workbench.
pub(crate) fn from_workbench(name: &'static str, icon: Icon, label: String, page: &Page) -> Html {
    let workbench = page.workbench.clone();
    html! {
        <button class="button" onclick={move |_: MouseEvent| workbench.open(name, "")}>
            { icon.show() }<span>{ label }</span>
        </button>
    }
}
