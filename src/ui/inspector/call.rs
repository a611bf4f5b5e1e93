//! A call: what was asked and answered, on the wire, in boto3 and with the AWS CLI.

use std::rc::Rc;
use std::sync::Arc;

use yew::prelude::*;

use super::explained::ExplainCall;
use super::{heading, link, moment, rows};
use crate::cli;
use crate::json::{self, Member};
use crate::sim::Time;
use crate::sqs::api::{CallId, Caller, Request, Response};
use crate::sqs::{Error, MessageKey, QueueId};
use crate::ui::describe::{self, Outcome};
use crate::ui::dock::host;
use crate::ui::format;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Selection, Session};
use crate::ui::text::text;
use crate::ui::widgets::{Code, choice};
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
    region: String,
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

/// How a call is written.
#[derive(Clone, Copy, Default)]
enum Tongue {
    #[default]
    Json,
    Boto3,
    Cli,
}

const TONGUES: [Tongue; 3] = [Tongue::Json, Tongue::Boto3, Tongue::Cli];

impl Tongue {
    fn request(self, request: &Request) -> String {
        match self {
            Self::Json => json::pretty(&Member::Shape(request.shape())),
            Self::Boto3 => cli::boto3_call(request),
            Self::Cli => cli::aws_command(request),
        }
    }

    fn answer(self, action: &str, result: &Result<Response, Error>) -> String {
        match (self, result) {
            (Self::Json, Ok(response)) => json::pretty(&Member::Shape(response.shape())),
            (Self::Json, Err(error)) => error_json(error),
            (Self::Boto3, Ok(response)) => cli::boto3_response(response),
            (Self::Boto3, Err(error)) => cli::boto3_error(action, error),
            (Self::Cli, Ok(response)) => cli::aws_output(response),
            (Self::Cli, Err(error)) => cli::aws_error(action, error),
        }
    }
}

/// The body of an error on the wire.
fn error_json(error: &Error) -> String {
    let shape = error_shape(error);
    json::pretty(&Member::Map(vec![
        ("__type", Member::Text(&shape)),
        ("message", Member::Text(&error.message)),
    ]))
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
        region: world.config().region.clone(),
        request: Same(Arc::clone(request)),
        sent_at: call.sent.at,
        line: line.as_ref().map(|line| {
            let named = || describe::caller(world, *caller);
            let file = line.file.clone().unwrap_or_else(named);
            format!("{file}:{}", line.line)
        }),
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
                { written(details, page) }
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
        facts.push((text!("call-line"), html! { <code>{ line }</code> }));
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

/// The request and the answer, in the tongue that was chosen.
fn written(details: &Details, page: &Page) -> Html {
    let chosen: usize = page.draft();
    let tongue = TONGUES.get(chosen).copied().unwrap_or_default();
    let request = &*details.request.0;
    let script = match tongue {
        Tongue::Boto3 => Some((
            text!("copy-script"),
            Rc::from(cli::boto3_script(request, &details.region)),
        )),
        Tongue::Json | Tongue::Cli => None,
    };
    let repeat = match tongue {
        Tongue::Cli => {
            let (page, command) = (page.clone(), cli::aws_command(request));
            Some(move |_: MouseEvent| host::suggest(&page, &command))
        }
        Tongue::Json | Tongue::Boto3 => None,
    };
    let asked = Code {
        id: "call-request",
        title: text!("request"),
        text: tongue.request(request).into(),
        other: script,
    };
    let answered = details.answer.as_ref().map(|answer| Code {
        id: "call-response",
        title: text!("response"),
        text: tongue.answer(request.action(), &answer.result.0).into(),
        other: None,
    });
    let names = [
        text!("tongue-json"),
        text!("tongue-boto3"),
        text!("tongue-cli"),
    ];
    let pick = page.edit(|chosen: &mut usize, place| *chosen = place);
    html! {
        <>
            { choice(&text!("tongue"), &names, chosen, &pick) }
            { asked.show_as("request") }
            if let Some(onclick) = repeat {
                <button type="button" class="button small" {onclick}>{ text!("to-console") }</button>
            }
            if let Some(answered) = answered {
                if answered.text.is_empty() {
                    <h3>{ text!("response") }</h3>
                    <p class="note">{ text!("prints-nothing") }</p>
                } else {
                    { answered.show_as("response") }
                }
            }
        </>
    }
}
