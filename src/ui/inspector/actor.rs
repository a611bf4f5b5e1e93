//! An actor: what it does now, what its program is, what it has done, its switch.

use std::rc::Rc;

use yew::prelude::*;

use super::overview::Switches;
use super::{code_line, heading, link, moment, rows};
use crate::json::{self, AsMember};
use crate::sim::Time;
use crate::sqs::api::{CallId, Caller};
use crate::ui::describe;
use crate::ui::format;
use crate::ui::forms::ProgramForm;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Selection, Session};
use crate::ui::stage::scene;
use crate::ui::text::text;
use crate::ui::widgets::Code;
use crate::world::{Activity, EventKind, Program, Tally};

/// How many calls of all are looked through for the newest of one script.
const CALLS_LOOKED_AT: usize = 200;

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
                { ProgramForm { caller }.show_as(caller.0.to_string()) }
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
    is_running: bool,
    /// What each of its workers does.
    strands: Vec<Strand>,
    error: Option<String>,
    /// Of a script: where in its code its newest call was made.
    line: Option<String>,
}

/// What one worker does.
#[derive(PartialEq)]
struct Strand {
    words: String,
    /// With what.
    on: Option<(Selection, String)>,
    until: Option<(Time, String)>,
}

fn strand(session: &Session, activity: &Activity) -> Strand {
    let (words, on, until) = match activity {
        Activity::Starting { until } => (text!("doing-starting"), None, Some(*until)),
        Activity::Sleeping { until, .. } => (text!("doing-sleeping"), None, Some(*until)),
        Activity::Throttled { until, .. } => (text!("doing-throttled"), None, Some(*until)),
        Activity::Crashed { until, .. } => (text!("doing-crashed"), None, Some(*until)),
        Activity::Working { message, until, .. } => {
            let title = text!("message-title", [("message", message.0.into())]);
            let on = Some((Selection::Message(*message), title));
            (text!("doing-working"), on, Some(*until))
        }
        Activity::Calling { call } => {
            let title = text!("call-number", [("call", call.0.into())]);
            let on = Some((Selection::Call(*call), title));
            let action = session.world().call(*call);
            let action = action.map_or("", |call| call.request.action());
            (
                text!("actor-calling", [("action", action.into())]),
                on,
                None,
            )
        }
        Activity::Idle => (text!("doing-idle"), None, None),
        Activity::Finished => (text!("doing-finished"), None, None),
        Activity::Failed { .. } => (text!("doing-failed"), None, None),
        Activity::Ended { how, .. } => (describe::ending(*how), None, None),
        Activity::Removed => (text!("doing-removed"), None, None),
    };
    let left = |until: Time| format::running(until.since(session.now()).as_ms() as f64);
    Strand {
        words,
        on,
        until: until.map(|until| (until, left(until))),
    }
}

impl Part for Doing {
    type Facts = Option<Now>;

    fn facts(&self, session: &Session) -> Self::Facts {
        let actor = session.world().actor(self.caller)?;
        let strands = actor.strands();
        let last = || actor.tally().last_error.as_ref().map(ToString::to_string);
        let error = if let Activity::Failed { error } = actor.activity() {
            Some(error.to_string())
        } else if let Activity::Ended { why, .. } = actor.activity()
            && !why.is_empty()
        {
            Some(why.to_string())
        } else {
            last()
        };
        Some(Now {
            is_running: actor.is_running(),
            strands: strands
                .map(|each| strand(session, each.activity()))
                .collect(),
            error,
            line: newest_line(session, self.caller),
        })
    }

    fn view(&self, now: &Self::Facts, page: &Page) -> Html {
        let Some(now) = now else {
            return html! {};
        };
        html! {
            <>
                <div class="why">
                    if !now.is_running {
                        <p><strong>{ text!("doing-paused") }</strong></p>
                    }
                    { for now.strands.iter().enumerate().map(|(place, strand)| doing(place, strand, page)) }
                </div>
                if let Some(line) = &now.line {
                    { rows(vec![(text!("call-line"), code_line(line, page))]) }
                }
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

/// Where in its code a script made its newest call, if that was not long ago.
fn newest_line(session: &Session, of: Caller) -> Option<String> {
    let world = session.world();
    let Program::Outside(_) = world.actor(of)?.program() else {
        return None;
    };
    let log = session.timeline().log();
    let end = world.event_count();
    for call in log.call_numbers(end).rev().take(CALLS_LOOKED_AT) {
        let kind = log.call(CallId(call), end).map(|call| &call.sent.kind);
        if let Some(EventKind::CallSent { caller, line, .. }) = kind
            && *caller == of
        {
            return line
                .as_ref()
                .map(|line| describe::source_line(world, of, line));
        }
    }
    None
}

fn doing(place: usize, strand: &Strand, page: &Page) -> Html {
    html! {
        <p key={place}>
            if place == 0 {
                <strong>{ text!("doing-now") }</strong>{ " " }
            }
            { &strand.words }
            if let Some((selection, title)) = &strand.on {
                { " " }{ link(*selection, title.clone(), page) }
            }
            if let Some((until, left)) = &strand.until {
                { " " }{ text!("until") }{ " " }{ moment(*until, page) }
                { " (" }{ text!("in-time", [("left", left.clone().into())]) }{ ")" }
            }
        </p>
    }
}

/// What an actor has done so far, each count with what it counts.
#[derive(PartialEq)]
struct Done {
    caller: Caller,
}

/// A count, its name, and what it counts.
type Count = (u64, String, String);

/// What there is to tell of a tally.
#[derive(PartialEq)]
struct Told {
    tally: Tally,
    sends: bool,
    receives: bool,
}

impl Part for Done {
    type Facts = Option<Told>;

    fn facts(&self, session: &Session) -> Self::Facts {
        let actor = session.world().actor(self.caller)?;
        let (sends, receives) = match actor.program() {
            Program::Producer(_) => (true, false),
            Program::Consumer(_) | Program::Lambda(_) => (false, true),
            Program::Monitor(_) => (false, false),
            Program::Script(_) | Program::Outside(_) => (true, true),
        };
        Some(Told {
            tally: actor.tally().clone(),
            sends,
            receives,
        })
    }

    fn view(&self, told: &Self::Facts, _: &Page) -> Html {
        let Some(told) = told else {
            return html! {};
        };
        let counts = counts(told);
        let reading = told.tally.reading.map(|[visible, delayed, hidden]| {
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
                    { for counts.iter().map(|(count, name, words)| html! {
                        <div key={name.clone()}>
                            <dt>{ name }<span class="note">{ words }</span></dt>
                            <dd>{ count }</dd>
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

fn counts(told: &Told) -> Vec<Count> {
    let Told {
        tally,
        sends,
        receives,
    } = told;
    let mut counts = vec![(tally.calls, text!("tally-calls"), text!("tally-calls-note"))];
    if *sends {
        counts.push((tally.sent, text!("tally-sent"), text!("tally-sent-note")));
    }
    if *receives {
        counts.extend([
            (
                tally.receives,
                text!("tally-receives"),
                text!("tally-receives-note"),
            ),
            (
                tally.empty_receives,
                text!("tally-empty"),
                text!("tally-empty-note"),
            ),
            (
                tally.received,
                text!("tally-received"),
                text!("tally-received-note"),
            ),
            (
                tally.worked,
                text!("tally-worked"),
                text!("tally-worked-note"),
            ),
        ]);
        counts.extend(mishaps(tally));
        counts.push((
            tally.deleted,
            text!("tally-deleted"),
            text!("tally-deleted-note"),
        ));
    }
    counts.push((
        tally.errors,
        text!("tally-errors"),
        text!("tally-errors-note"),
    ));
    counts
}

/// What can go wrong with work, as far as it did, and what helps.
fn mishaps(tally: &Tally) -> impl Iterator<Item = Count> {
    let counts = [
        (
            tally.worked_twice,
            text!("tally-worked-twice"),
            text!("tally-worked-twice-note"),
        ),
        (
            tally.recognised,
            text!("tally-recognised"),
            text!("tally-recognised-note"),
        ),
        (
            tally.failed,
            text!("tally-failed"),
            text!("tally-failed-note"),
        ),
        (
            tally.extended,
            text!("tally-extended"),
            text!("tally-extended-note"),
        ),
        (
            tally.crashes,
            text!("tally-crashes"),
            text!("tally-crashes-note"),
        ),
        (
            tally.invocations,
            text!("tally-invocations"),
            text!("tally-invocations-note"),
        ),
        (
            tally.throttled,
            text!("tally-throttled"),
            text!("tally-throttled-note"),
        ),
    ];
    counts.into_iter().filter(|(count, _, _)| *count > 0)
}
