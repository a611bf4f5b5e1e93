//! A call: what was asked, what was answered, as JSON.

use yew::prelude::*;

use super::{Fact, fact_list, heading, link};
use crate::json::{self, Member, Shape};
use crate::sqs::api::CallId;
use crate::sqs::{Error, MessageKey};
use crate::ui::describe::{self, Outcome};
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

#[derive(PartialEq)]
pub(super) struct Details {
    action: &'static str,
    facts: Vec<Fact>,
    outcome: Outcome,
    request: String,
    response: Option<String>,
    error: Option<Error>,
    messages: Vec<MessageKey>,
}

fn details(session: &Session, id: CallId) -> Option<Details> {
    let world = session.world();
    let call = session.timeline().log().call(id, world.event_count())?;
    let EventKind::CallSent {
        caller,
        queue,
        request,
        ..
    } = &call.sent.kind
    else {
        return None;
    };
    let since_start = |time: crate::sim::Time| format::elapsed(time.since(session.start()));
    let mut facts = vec![
        (text!("call-caller"), describe::caller(world, *caller)),
        (text!("call-sent"), since_start(call.sent.at)),
    ];
    if let Some(queue) = queue {
        facts.push((text!("call-queue"), describe::queue(world, *queue)));
    }
    let mut details = Details {
        action: request.action(),
        facts,
        outcome: Outcome::Waiting,
        request: wire_json(request.shape()),
        response: None,
        error: None,
        messages: Vec::new(),
    };
    if let Some(answered) = call.answered
        && let EventKind::CallAnswered {
            result, messages, ..
        } = &answered.kind
    {
        let took = answered.at.since(call.sent.at);
        details
            .facts
            .push((text!("call-answered"), since_start(answered.at)));
        details
            .facts
            .push((text!("call-took"), format::duration(took)));
        details.outcome = Outcome::of(Some(result));
        details.response = result
            .as_ref()
            .as_ref()
            .ok()
            .map(|response| wire_json(response.shape()));
        details.error = result.as_ref().as_ref().err().cloned();
        details.messages.clone_from(messages);
    } else if call.answered.is_some() {
        details.outcome = Outcome::Dropped;
    }
    Some(details)
}

/// The JSON of the wire.
fn wire_json(shape: &dyn Shape) -> String {
    json::pretty(&Member::Shape(shape))
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
        html! {
            <>
                { heading(&kind, details.action, &details.outcome.words(), page) }
                if let Some(error) = &details.error {
                    <div class="why error">
                        <p>
                            <strong>{ error.code.query_code() }</strong>{ " " }
                            { text!("http-status", [("status", u32::from(error.code.status()).into())]) }
                        </p>
                        <p>{ &error.message }</p>
                    </div>
                }
                { fact_list(&details.facts) }
                if !details.messages.is_empty() {
                    <h3>{ text!("messages") }</h3>
                    <ul class="links row">
                        { for details.messages.iter().map(|key| html! {
                            <li key={key.0}>{ link(Selection::Message(*key), key.0.to_string(), page) }</li>
                        }) }
                    </ul>
                }
                <h3>{ text!("request") }</h3>
                <pre tabindex="0">{ &details.request }</pre>
                if let Some(response) = &details.response {
                    <h3>{ text!("response") }</h3>
                    <pre tabindex="0">{ response }</pre>
                }
            </>
        }
    }
}
