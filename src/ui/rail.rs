//! The left rail: the scenarios to start from, and a world of one's own.

use yew::prelude::*;

use super::page::Page;
use super::part::Part;
use super::session::{Action, Session};
use super::shell::{Dialog, Panel};
use super::text::text;
use super::widgets::Icon;
use crate::scenario::Listed;

/// The seed of a world of one's own: the same for everybody, so that what they see is the same.
const SEED: u64 = 1;

/// The place of a scenario that was asked for and is not here, and how many worlds were opened then.
type Awaited = Option<(usize, u64)>;

#[derive(PartialEq)]
pub(crate) struct Rail;

impl Part for Rail {
    /// The scenario that is open, and how many worlds were opened before: one may have brought a scenario.
    type Facts = (Option<usize>, u64);

    fn facts(&self, session: &Session) -> Self::Facts {
        let open = session.scenario().map(|(index, _)| index);
        (open, session.opened())
    }

    fn view(&self, (open, opened): &Self::Facts, page: &Page) -> Html {
        let item = |onclick: Callback<MouseEvent>, title: &str, current: bool| {
            html! {
                <li>
                    <button class="rail-item" aria-current={current.then_some("true")} {onclick}>
                        { title }
                    </button>
                </li>
            }
        };
        let awaited: Awaited = page.draft();
        let mut place = 0;
        let mut listed = |scenario: &Listed<'_>| {
            let index = place;
            place += 1;
            let is_coming = awaited == Some((index, *opened)) && *open != Some(index);
            let title = if is_coming {
                text!("scenario-coming", [("title", scenario.title.into())])
            } else {
                scenario.title.to_owned()
            };
            item(
                opening(index, scenario.id, page),
                &title,
                *open == Some(index),
            )
        };
        let lists = page.store.read(|session| {
            let library = session.listed();
            let groups = library.chunk_by(|one, next| one.group == next.group);
            groups
                .map(|group| {
                    html! {
                        <>
                            <h3>{ group[0].group }</h3>
                            <ul>{ for group.iter().map(&mut listed) }</ul>
                        </>
                    }
                })
                .collect::<Html>()
        });
        let empty = {
            let page = page.clone();
            Callback::from(move |_: MouseEvent| {
                page.store.dispatch(Action::OpenEmpty { seed: SEED });
                page.shell.show(Panel::Stage);
            })
        };
        let opener = |dialog, icon: Icon, label| {
            html! {
                <button class="button" onclick={page.opening(dialog)}>{ icon.show() }{ label }</button>
            }
        };
        html! {
            <nav class="rail" aria-label={text!("scenarios")}>
                <h2>{ text!("scenarios") }</h2>
                <div class="rail-list">
                    { lists }
                </div>
                <ul>
                    { item(empty, &text!("empty-world"), open.is_none()) }
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

/// Opens a scenario; the workbench has those that are not here.
fn opening(place: usize, id: &str, page: &Page) -> Callback<MouseEvent> {
    let (page, id) = (page.clone(), id.to_owned());
    Callback::from(move |_| {
        page.shell.show(Panel::Stage);
        let known = |session: &Session| (session.has_scenario(place), session.opened());
        let (is_here, opened) = page.store.read(known);
        if is_here {
            return page.store.dispatch(Action::OpenScenario(place));
        }
        page.set_draft::<Awaited>(Some((place, opened)));
        page.workbench.open("scenario", &id);
    })
}

/// Opens a dialog of the workbench.
pub(crate) fn from_workbench(name: &'static str, icon: Icon, label: String, page: &Page) -> Html {
    html! {
        <button class="button" onclick={page.opening_of_workbench(name)}>
            { icon.show() }<span>{ label }</span>
        </button>
    }
}
