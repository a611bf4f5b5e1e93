//! An actor: what its program does, what it has done, its switch.

use yew::prelude::*;

use super::overview::Switches;
use super::{Fact, fact_list, heading, link};
use crate::json::{self, AsMember};
use crate::sqs::api::Caller;
use crate::ui::describe;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Selection, Session};
use crate::ui::stage::scene;
use crate::ui::text::text;
use crate::world::{Activity, Actor, Program, Tally};

#[derive(PartialEq)]
pub(super) struct ActorDetails {
    pub(super) caller: Caller,
}

#[derive(PartialEq)]
pub(super) struct Details {
    name: String,
    role: String,
    summary: String,
    program: String,
    queues: Vec<(Selection, String)>,
    facts: Vec<Fact>,
    error: Option<String>,
    working_on: Option<(Selection, String)>,
}

fn details(session: &Session, caller: Caller) -> Option<Details> {
    let actor = session.world().actor(caller)?;
    let queues = scene::queues_of(session.world(), actor.program());
    let working_on = match actor.activity() {
        Activity::Working { message, .. } => Some((
            Selection::Message(*message),
            text!("message-title", [("message", message.0.into())]),
        )),
        Activity::Calling { call } => Some((
            Selection::Call(*call),
            text!("call-number", [("call", call.0.into())]),
        )),
        Activity::Starting { .. }
        | Activity::Sleeping { .. }
        | Activity::Throttled { .. }
        | Activity::Crashed { .. }
        | Activity::Finished
        | Activity::Failed { .. }
        | Activity::Removed => None,
    };
    let failed = match actor.activity() {
        Activity::Failed { error } => Some(error.to_string()),
        Activity::Starting { .. }
        | Activity::Sleeping { .. }
        | Activity::Calling { .. }
        | Activity::Working { .. }
        | Activity::Throttled { .. }
        | Activity::Crashed { .. }
        | Activity::Finished
        | Activity::Removed => None,
    };
    let last = actor.tally().last_error.as_ref().map(ToString::to_string);
    Some(Details {
        name: actor.name().to_owned(),
        role: describe::role(scene::role_of(actor.program())),
        summary: describe::program(actor.program()),
        program: json::pretty(&actor.program().member()),
        queues: queues
            .into_iter()
            .map(|id| (Selection::Queue(id), describe::queue(session.world(), id)))
            .collect(),
        facts: facts(actor),
        error: failed.or(last),
        working_on,
    })
}

fn facts(actor: &Actor) -> Vec<Fact> {
    let tally = actor.tally();
    let sends = (text!("tally-sent"), tally.sent);
    let receives = [
        (text!("tally-receives"), tally.receives),
        (text!("tally-empty"), tally.empty_receives),
        (text!("tally-received"), tally.received),
        (text!("tally-worked"), tally.worked),
        (text!("tally-deleted"), tally.deleted),
    ];
    let mut counts = vec![(text!("tally-calls"), tally.calls)];
    match actor.program() {
        Program::Producer(_) => counts.push(sends),
        Program::Consumer(_) | Program::Lambda(_) => {
            counts.extend(receives);
            counts.extend(mishaps(tally));
        }
        Program::Monitor(_) => {}
        Program::Script(_) => {
            counts.push(sends);
            counts.extend(receives);
        }
    }
    counts.push((text!("tally-errors"), tally.errors));
    let mut facts: Vec<_> = counts
        .into_iter()
        .map(|(name, count)| (name, count.to_string()))
        .collect();
    if let Some([visible, delayed, hidden]) = tally.reading {
        let reading = text!(
            "monitor-reading",
            [
                ("visible", visible.into()),
                ("delayed", delayed.into()),
                ("hidden", hidden.into()),
            ],
        );
        facts.push((text!("monitor-last"), reading));
    }
    facts
}

/// What can go wrong with work, as far as it did, and what helps.
fn mishaps(tally: &Tally) -> impl Iterator<Item = (String, u64)> {
    let counts = [
        (text!("tally-worked-twice"), tally.worked_twice),
        (text!("tally-recognised"), tally.recognised),
        (text!("tally-failed"), tally.failed),
        (text!("tally-extended"), tally.extended),
        (text!("tally-crashes"), tally.crashes),
        (text!("tally-invocations"), tally.invocations),
        (text!("tally-throttled"), tally.throttled),
    ];
    counts.into_iter().filter(|(_, count)| *count > 0)
}

impl Part for ActorDetails {
    type Facts = Option<Details>;

    fn facts(&self, session: &Session) -> Self::Facts {
        details(session, self.caller)
    }

    fn view(&self, details: &Self::Facts, page: &Page) -> Html {
        let Some(details) = details else {
            return heading(&text!("actor"), &text!("actor-gone"), "", page);
        };
        html! {
            <>
                { heading(&details.role, &details.name, "", page) }
                <p class="summary">{ &details.summary }</p>
                { Switches { of: Some(self.caller) }.show() }
                if let Some(error) = &details.error {
                    <div class="why error">
                        <p><strong>{ text!("last-error") }</strong></p>
                        <p>{ error }</p>
                    </div>
                }
                if let Some((selection, words)) = &details.working_on {
                    <p>{ link(*selection, words.clone(), page) }</p>
                }
                <h3>{ text!("tally") }</h3>
                { fact_list(&details.facts) }
                <h3>{ text!("queues") }</h3>
                <ul class="links">
                    { for details.queues.iter().map(|(selection, name)| html! {
                        <li>{ link(*selection, name.clone(), page) }</li>
                    }) }
                </ul>
                <h3>{ text!("program") }</h3>
                <pre tabindex="0">{ &details.program }</pre>
            </>
        }
    }
}
