//! A call: who asked, and what came of it. How it is written comes from the workbench.

use std::sync::Arc;

use yew::prelude::*;

use super::explained::ExplainCall;
use super::{code_line, heading, link, moment, rows};
use crate::sim::Time;
use crate::sqs::api::{CallId, Caller, Request, Response};
use crate::sqs::{Error, MessageKey, QueueId};
use crate::ui::describe::{self, Outcome};
use crate::ui::dock::Host;
use crate::ui::format;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Selection, Session};
use crate::ui::text::text;
use crate::world::EventKind;

#[derive(PartialEq)]
pub(super) struct CallDetails {
    pub(super) id: CallId,
}

/// What is known of a call.
#[derive(PartialEq)]
pub(super) struct Details {
    caller: (Caller, String),
    queue: Option<(QueueId, String)>,
    request: Same<Request>,
    sent_at: Time,
    /// Where in a script's code it was made.
    line: Option<String>,
    answer: Option<Answer>,
    /// When its caller gave it up, or was gone.
    dropped_at: Option<Time>,
}

#[derive(PartialEq)]
struct Answer {
    at: Time,
    result: Same<Result<Response, Error>>,
    messages: Vec<MessageKey>,
}

/// A value that is the same if it is in the same place: to compare each part of a request would be
/// a lot of code, and all that a replay's copy costs is to be shown again.
struct Same<T>(Arc<T>);

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

fn error_shape(error: &Error) -> String {
    format!("{}#{}", error.code.namespace(), error.code.shape())
}

fn details(session: &Session, id: CallId) -> Option<Details> {
    let world = session.world();
    let call = session.timeline().log().call(id, world.event_count())?;
    let EventKind::CallSent {
        caller,
        queue,
        request,
        line,
        ..
    } = &call.sent.kind
    else {
        return None;
    };
    let answer = call.answered.and_then(|answered| {
        let EventKind::CallAnswered {
            result, messages, ..
        } = &answered.kind
        else {
            return None;
        };
        Some(Answer {
            at: answered.at,
            result: Same(Arc::clone(result)),
            messages: messages.clone(),
        })
    });
    Some(Details {
        caller: (*caller, describe::caller(world, *caller)),
        queue: queue.map(|id| (id, describe::queue(world, id))),
        request: Same(Arc::clone(request)),
        sent_at: call.sent.at,
        line: line
            .as_ref()
            .map(|line| describe::source_line(world, *caller, line)),
        dropped_at: call
            .answered
            .filter(|_| answer.is_none())
            .map(|event| event.at),
        answer,
    })
}

impl Part for CallDetails {
    type Facts = Option<Details>;

    fn facts(&self, session: &Session) -> Self::Facts {
        details(session, self.id)
    }

    fn view(&self, details: &Self::Facts, page: &Page) -> Html {
        let kind = text!("call-number", [("call", self.id.0.into())]);
        let Some(details) = details else {
            return html! {
                <>
                    { heading(&kind, &text!("call-gone"), "", page) }
                    <p class="note">{ text!("call-gone-note") }</p>
                </>
            };
        };
        let answer = details.answer.as_ref();
        let outcome = match details.dropped_at {
            Some(_) => Outcome::Dropped,
            None => Outcome::of(answer.map(|answer| &*answer.result.0)),
        };
        html! {
            <>
                { heading(&kind, details.request.0.action(), &outcome.words(), page) }
                if let Some(Err(error)) = answer.map(|answer| &*answer.result.0) {
                    <div class="why error">
                        <p><strong>{ error.code.query_code() }</strong></p>
                        <p>{ &error.message }</p>
                    </div>
                }
                { rows(facts(details, page)) }
                if let Some(answer) = answer && !answer.messages.is_empty() {
                    <h3>{ text!("messages") }</h3>
                    <ul class="links row">
                        { for answer.messages.iter().map(|key| html! {
                            <li key={key.0}>{ link(Selection::Message(*key), key.to_string(), page) }</li>
                        }) }
                    </ul>
                }
                { ExplainCall { id: self.id }.show() }
                { Host { name: "call" }.show() }
            </>
        }
    }
}

fn facts(details: &Details, page: &Page) -> Vec<(String, Html)> {
    let (caller, name) = &details.caller;
    let who = if *caller == Caller::PERSON {
        html! { name }
    } else {
        link(Selection::Actor(*caller), name.clone(), page)
    };
    let mut facts = vec![(text!("call-caller"), who)];
    if let Some(line) = &details.line {
        facts.push((text!("call-line"), code_line(line, page)));
    }
    if let Some((id, name)) = &details.queue {
        let queue = link(Selection::Queue(*id), name.clone(), page);
        facts.push((text!("call-queue"), queue));
    }
    facts.push((text!("call-sent"), moment(details.sent_at, page)));
    if let Some(at) = details.dropped_at {
        facts.push((text!("call-dropped"), moment(at, page)));
    }
    let Some(answer) = &details.answer else {
        return facts;
    };
    let took = format::duration(answer.at.since(details.sent_at));
    facts.push((text!("call-answered"), moment(answer.at, page)));
    facts.push((text!("call-took"), html! { took }));
    let status = match &*answer.result.0 {
        Ok(_) => 200,
        Err(error) => u32::from(error.code.status()),
    };
    let status = text!("http-status", [("status", status.into())]);
    facts.push((text!("call-answer"), html! { status }));
    if let Err(error) = &*answer.result.0 {
        facts.push(("__type".to_owned(), html! { error_shape(error) }));
    }
    facts
}
