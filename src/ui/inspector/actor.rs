//! An actor: what it does now, what its program is, what it has done, its switch.

use std::rc::Rc;

use yew::prelude::*;

use super::overview::Switches;
use super::{heading, link, moment};
use crate::json::{self, AsMember};
use crate::sim::Time;
use crate::sqs::api::Caller;
use crate::ui::describe;
use crate::ui::format;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Selection, Session};
use crate::ui::stage::scene;
use crate::ui::text::text;
use crate::ui::widgets::Code;
use crate::world::{Activity, Program, Tally};

#[derive(PartialEq)]
pub(super) struct ActorDetails {
    pub(super) caller: Caller,
}

/// What changes seldom.
#[derive(PartialEq)]
pub(super) struct Details {
    name: String,
    role: String,
    program: Program,
    queues: Vec<(Selection, String)>,
}

impl Part for ActorDetails {
    type Facts = Option<Details>;

    fn facts(&self, session: &Session) -> Self::Facts {
        let world = session.world();
        let actor = world.actor(self.caller)?;
        let queues = scene::queues_of(world, actor.program());
        let named = |id| (Selection::Queue(id), describe::queue(world, id));
        Some(Details {
            name: actor.name().to_owned(),
            role: describe::role(scene::role_of(actor.program())),
            program: actor.program().clone(),
            queues: queues.into_iter().map(named).collect(),
        })
    }

    fn view(&self, details: &Self::Facts, page: &Page) -> Html {
        let caller = self.caller;
        let Some(details) = details else {
            return heading(&text!("actor"), &text!("actor-gone"), "", page);
        };
        html! {
            <>
                { heading(&details.role, &details.name, "", page) }
                { Doing { caller }.show() }
                { Switches { of: Some(caller) }.show() }
                { program(&details.program) }
                <h3>{ text!("queues") }</h3>
                <ul class="links">
                    { for details.queues.iter().map(|(selection, name)| html! {
                        <li>{ link(*selection, name.clone(), page) }</li>
                    }) }
                </ul>
                { Done { caller }.show() }
            </>
        }
    }
}

/// The program, in words and as data.
fn program(program: &Program) -> Html {
    let code = Code {
        id: "program",
        title: text!("program"),
        text: Rc::from(json::pretty(&program.member())),
        other: None,
    };
    html! {
        <>
            <p class="summary">{ describe::program(program) }</p>
            { code.show_as("program") }
        </>
    }
}

/// What an actor does now.
#[derive(PartialEq)]
struct Doing {
    caller: Caller,
}

#[derive(PartialEq)]
struct Now {
    words: String,
    /// With what.
    on: Option<(Selection, String)>,
    until: Option<(Time, String)>,
    error: Option<String>,
}

impl Part for Doing {
    type Facts = Option<Now>;

    fn facts(&self, session: &Session) -> Self::Facts {
        let world = session.world();
        let actor = world.actor(self.caller)?;
        let (words, on, until) = match actor.activity() {
            Activity::Starting { until } => (text!("doing-starting"), None, Some(*until)),
            Activity::Sleeping { until, .. } => (text!("doing-sleeping"), None, Some(*until)),
            Activity::Working { message, until, .. } => {
                let title = text!("message-title", [("message", message.0.into())]);
                let on = Some((Selection::Message(*message), title));
                (text!("doing-working"), on, Some(*until))
            }
            Activity::Calling { call } => {
                let title = text!("call-number", [("call", call.0.into())]);
                let on = Some((Selection::Call(*call), title));
                (describe::calling(world, actor), on, None)
            }
            Activity::Finished => (text!("doing-finished"), None, None),
            Activity::Failed { .. } => (text!("doing-failed"), None, None),
        };
        let error = match actor.activity() {
            Activity::Failed { error } => Some(error),
            Activity::Starting { .. }
            | Activity::Sleeping { .. }
            | Activity::Calling { .. }
            | Activity::Working { .. }
            | Activity::Finished => actor.tally().last_error.as_ref(),
        };
        let left = |until: Time| format::running(until.since(session.now()).as_ms() as f64);
        Some(Now {
            words,
            on,
            until: until.map(|until| (until, left(until))),
            error: error.map(ToString::to_string),
        })
    }

    fn view(&self, now: &Self::Facts, page: &Page) -> Html {
        let Some(now) = now else {
            return html! {};
        };
        html! {
            <>
                <div class="why">
                    <p>
                        <strong>{ text!("doing-now") }</strong>{ " " }{ &now.words }
                        if let Some((selection, title)) = &now.on {
                            { " " }{ link(*selection, title.clone(), page) }
                        }
                        if let Some((until, left)) = &now.until {
                            { " " }{ text!("until") }{ " " }{ moment(*until, page) }
                            { " (" }{ text!("in-time", [("left", left.clone().into())]) }{ ")" }
                        }
                    </p>
                </div>
                if let Some(error) = &now.error {
                    <div class="why error">
                        <p><strong>{ text!("last-error") }</strong></p>
                        <p>{ error }</p>
                    </div>
                }
            </>
        }
    }
}

/// What an actor has done so far, each count with what it counts.
#[derive(PartialEq)]
struct Done {
    caller: Caller,
}

/// The place of a count, its name, and what it counts.
type Count = (usize, String, String);

impl Part for Done {
    /// Also what a monitor has read.
    type Facts = Option<(Vec<u64>, bool, bool, Option<[u64; 3]>)>;

    fn facts(&self, session: &Session) -> Self::Facts {
        let actor = session.world().actor(self.caller)?;
        let tally = actor.tally();
        let (sends, receives) = match actor.program() {
            Program::Producer(_) => (true, false),
            Program::Consumer(_) => (false, true),
            Program::Monitor(_) => (false, false),
            Program::Script(_) => (true, true),
        };
        Some((numbers(tally), sends, receives, tally.reading))
    }

    fn view(&self, facts: &Self::Facts, _: &Page) -> Html {
        let Some((numbers, sends, receives, reading)) = facts else {
            return html! {};
        };
        let [calls, sent, received @ .., errors] = names();
        let mut shown = vec![calls];
        if *sends {
            shown.push(sent);
        }
        if *receives {
            shown.extend(received);
        }
        shown.push(errors);
        let reading = reading.map(|[visible, delayed, hidden]| {
            text!(
                "monitor-reading",
                [
                    ("visible", visible.into()),
                    ("delayed", delayed.into()),
                    ("hidden", hidden.into()),
                ],
            )
        });
        html! {
            <>
                <h3>{ text!("tally") }</h3>
                <dl class="facts tally">
                    { for shown.into_iter().map(|(place, name, words)| html! {
                        <div key={place}>
                            <dt>{ name }<span class="note">{ words }</span></dt>
                            <dd>{ numbers[place] }</dd>
                        </div>
                    }) }
                    if let Some(reading) = reading {
                        <div><dt>{ text!("monitor-last") }</dt><dd>{ reading }</dd></div>
                    }
                </dl>
            </>
        }
    }
}

fn numbers(tally: &Tally) -> Vec<u64> {
    vec![
        tally.calls,
        tally.sent,
        tally.receives,
        tally.empty_receives,
        tally.received,
        tally.worked,
        tally.deleted,
        tally.errors,
    ]
}

/// The places of the counts, their names, and what they count.
fn names() -> [Count; 8] {
    [
        (0, text!("tally-calls"), text!("tally-calls-note")),
        (1, text!("tally-sent"), text!("tally-sent-note")),
        (2, text!("tally-receives"), text!("tally-receives-note")),
        (3, text!("tally-empty"), text!("tally-empty-note")),
        (4, text!("tally-received"), text!("tally-received-note")),
        (5, text!("tally-worked"), text!("tally-worked-note")),
        (6, text!("tally-deleted"), text!("tally-deleted-note")),
        (7, text!("tally-errors"), text!("tally-errors-note")),
    ]
}
