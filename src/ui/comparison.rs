//! Two worlds side by side, and what each has come to.

use yew::prelude::*;

use super::dock::Dock;
use super::format;
use super::forms::in_words;
use super::inspector::Inspector;
use super::notice::NoticeBar;
use super::page::Page;
use super::part::Part;
use super::session::{Action, Figure, FigureName, Session, Side};
use super::stage::Stage;
use super::text::text;
use super::widgets::Icon;
use crate::sim::Span;
use crate::timeline::Change;

/// The stage; two of them, if two worlds are compared.
#[derive(PartialEq)]
pub(crate) struct Stages;

impl Part for Stages {
    /// What is changed in the second world.
    type Facts = Option<Vec<Change>>;

    fn facts(&self, session: &Session) -> Self::Facts {
        session.changes().map(<[Change]>::to_vec)
    }

    fn view(&self, changes: &Self::Facts, page: &Page) -> Html {
        let Some(changes) = changes else {
            return html! {
                <div class="stages">
                    <section class="stage" aria-label={text!("stage")}>
                        { Stage.show() }
                        { NoticeBar.show() }
                    </section>
                </div>
            };
        };
        let words: Vec<_> = changes.iter().map(in_words).collect();
        html! {
            <div class="stages compared">
                { one_of_two(Side::AsItIs, text!("compare-as-it-is"), page) }
                { one_of_two(Side::Changed, words.join(" · "), page) }
                { Outcomes.show() }
            </div>
        }
    }
}

fn one_of_two(side: Side, title: String, page: &Page) -> Html {
    let name = match side {
        Side::AsItIs => "as-it-is",
        Side::Changed => "changed",
    };
    html! {
        <section key={name} class={format!("stage {name}")} aria-label={title.clone()}>
            <h2 class="side-title">{ title }</h2>
            <ContextProvider<Page> context={page.at(side)}>
                { Stage.show() }
                if side == Side::AsItIs {
                    { NoticeBar.show() }
                }
            </ContextProvider<Page>>
        </section>
    }
}

/// A part about one world: about the one in which something was selected last.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Focused {
    Dock,
    Inspector,
}

impl Part for Focused {
    type Facts = Side;

    fn facts(&self, session: &Session) -> Side {
        session.focus()
    }

    fn view(&self, side: &Side, page: &Page) -> Html {
        let key = match side {
            Side::AsItIs => "as-it-is",
            Side::Changed => "changed",
        };
        html! {
            <ContextProvider<Page> {key} context={page.at(*side)}>
                {
                    match self {
                        Self::Dock => Dock.show(),
                        Self::Inspector => Inspector.show(),
                    }
                }
            </ContextProvider<Page>>
        }
    }
}

/// What the two worlds have come to, as a table.
#[derive(PartialEq)]
struct Outcomes;

impl Part for Outcomes {
    type Facts = Vec<[Figure; 2]>;

    fn facts(&self, session: &Session) -> Self::Facts {
        session.outcomes().unwrap_or_default()
    }

    fn view(&self, outcomes: &Self::Facts, page: &Page) -> Html {
        let row = |title: String, side: usize| {
            html! {
                <tr>
                    <th scope="row">{ title }</th>
                    { for outcomes.iter().map(|pair| {
                        let differs = pair[0].value != pair[1].value;
                        let class = if differs { "differs" } else { "" };
                        html! { <td {class}>{ show_figure(pair[side]) }</td> }
                    }) }
                </tr>
            }
        };
        html! {
            <div class="outcomes" role="region" aria-label={text!("compare-outcome")} tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <td>
                                <button class="button small" onclick={page.doing(Action::EndComparison)}>
                                    { Icon::Close.show() }{ text!("compare-end") }
                                </button>
                            </td>
                            { for outcomes.iter().map(|pair| html! {
                                <th scope="col">{ name_of(pair[0].name) }</th>
                            }) }
                        </tr>
                    </thead>
                    <tbody>
                        { row(text!("compare-as-it-is"), 0) }
                        { row(text!("compare-changed"), 1) }
                    </tbody>
                </table>
            </div>
        }
    }
}

fn name_of(name: FigureName) -> String {
    match name {
        FigureName::Sent => text!("figure-sent"),
        FigureName::Worked => text!("figure-worked"),
        FigureName::WorkedTwice => text!("figure-worked-twice"),
        FigureName::Deleted => text!("figure-deleted"),
        FigureName::Visible => text!("figure-visible"),
        FigureName::DeadLetters => text!("figure-dead-letters"),
        FigureName::OldestSeconds => text!("figure-oldest"),
        FigureName::EmptyReceives => text!("figure-empty"),
        FigureName::Errors => text!("figure-errors"),
        FigureName::Requests => text!("figure-requests"),
        FigureName::Cost => text!("figure-cost"),
    }
}

fn show_figure(figure: Figure) -> String {
    match figure.name {
        FigureName::OldestSeconds => format::duration(Span::from_secs(figure.value)),
        FigureName::Cost => format::dollars(figure.value),
        FigureName::Sent
        | FigureName::Worked
        | FigureName::WorkedTwice
        | FigureName::Deleted
        | FigureName::Visible
        | FigureName::DeadLetters
        | FigureName::EmptyReceives
        | FigureName::Errors
        | FigureName::Requests => figure.value.to_string(),
    }
}
