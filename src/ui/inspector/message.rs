//! A message: why it is where it is, its whole life, what can be done to it by hand.

use yew::prelude::*;

use super::{Fact, fact_list, heading, link};
use crate::sqs::api::{
    CallId, Caller, ChangeMessageVisibilityRequest, DeleteMessageRequest, Request,
};
use crate::sqs::{AttributeValue, Message, MessageKey, Phase, Queue, QueueId};
use crate::ui::describe;
use crate::ui::format;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Action, Form, HandCall, Selection, Session};
use crate::ui::stage::scene;
use crate::ui::stage::view::Zone;
use crate::ui::text::text;
use crate::world::EventKind;

/// What "extend" sets the visibility timeout to, in seconds.
const EXTEND_SECONDS: i64 = 60;

#[derive(PartialEq)]
pub(super) struct MessageLife {
    pub(super) key: MessageKey,
}

/// What is known of a message.
#[derive(PartialEq)]
pub(super) struct Known {
    present: Option<Present>,
    events: Vec<LifeEvent>,
    /// As it is in its queue, or as it was sent.
    body: Option<String>,
}

/// An event with what it came from.
#[derive(PartialEq)]
struct LifeEvent {
    id: u64,
    at: String,
    words: String,
    call: Option<CallId>,
}

/// A message that is in a queue.
#[derive(PartialEq)]
struct Present {
    queue: QueueId,
    queue_name: String,
    tone: &'static str,
    state: String,
    why: Vec<String>,
    facts: Vec<Fact>,
}

fn find(session: &Session, key: MessageKey) -> Option<(&Queue, &Message)> {
    session
        .world()
        .queues()
        .find_map(|queue| Some((queue, queue.message(key)?)))
}

fn present(session: &Session, key: MessageKey) -> Option<Present> {
    let (queue, message) = find(session, key)?;
    let world = session.world();
    let (tone, state) = match scene::zone_of(message.phase()) {
        Zone::Delayed => ("delayed", text!("delayed")),
        Zone::Visible => ("visible", text!("visible")),
        Zone::InFlight => ("in-flight", text!("in-flight")),
    };
    let mut facts = vec![
        ("MessageId".to_owned(), message.id().to_string()),
        (text!("fact-size"), format::bytes(message.size())),
        (
            text!("fact-sender"),
            describe::caller(world, message.sender()),
        ),
    ];
    let fifo = [
        (
            "MessageGroupId",
            message.group_id().map(ToString::to_string),
        ),
        (
            "MessageDeduplicationId",
            message.deduplication_id().map(|id| id.to_string()),
        ),
        (
            "SequenceNumber",
            message.sequence_number().map(|number| number.to_string()),
        ),
        (
            "DeadLetterQueueSourceArn",
            message.dead_letter_source().map(ToString::to_string),
        ),
    ];
    facts.extend(
        fifo.into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?))),
    );
    facts.extend(message.attributes().iter().map(|(name, attribute)| {
        let value = match &attribute.value {
            AttributeValue::Text(text) => text.clone(),
            AttributeValue::Binary(bytes) => format::bytes(bytes.len()),
        };
        (
            name.clone(),
            text!(
                "attribute-value",
                [
                    ("value", value.into()),
                    ("type", attribute.data_type.as_str().into()),
                ],
            ),
        )
    }));
    Some(Present {
        queue: queue.id(),
        queue_name: queue.name().to_string(),
        tone,
        state,
        why: describe::why(world, queue, key, session.now()),
        facts,
    })
}

fn life(session: &Session, key: MessageKey) -> Vec<LifeEvent> {
    let log = session.timeline().log();
    log.of_message(key, session.world().event_count())
        .filter_map(|event| {
            let cause = event.cause.and_then(|cause| log.get(cause.0));
            let call = match cause.map(|cause| &cause.kind) {
                Some(EventKind::CallSent { call, .. } | EventKind::CallAnswered { call, .. }) => {
                    Some(*call)
                }
                _ => None,
            };
            Some(LifeEvent {
                id: event.id.0,
                at: format::elapsed(event.at.since(session.start())),
                words: describe::life(session.world(), &event.kind)?,
                call,
            })
        })
        .collect()
}

fn body(session: &Session, key: MessageKey) -> Option<String> {
    match find(session, key) {
        Some((_, message)) => Some(message.body().to_string()),
        None => sent_body(session, key),
    }
}

/// The body of a message that is gone, as it was sent.
fn sent_body(session: &Session, key: MessageKey) -> Option<String> {
    let log = session.timeline().log();
    let first = log.of_message(key, session.world().event_count()).next()?;
    let cause = log.get(first.cause?.0)?;
    let EventKind::CallSent { request, .. } = &cause.kind else {
        return None;
    };
    let Request::SendMessage(request) = &**request else {
        return None;
    };
    request.message_body.as_ref().map(ToString::to_string)
}

impl Part for MessageLife {
    type Facts = Known;

    fn facts(&self, session: &Session) -> Known {
        Known {
            present: present(session, self.key),
            events: life(session, self.key),
            body: body(session, self.key),
        }
    }

    fn view(&self, known: &Known, page: &Page) -> Html {
        let title = text!("message-title", [("message", self.key.0.into())]);
        html! {
            <>
                { heading(&text!("message"), &title, "", page) }
                if let Some(present) = &known.present {
                    { where_it_is(present, page) }
                    { HandActions { key: self.key }.show() }
                } else {
                    <div class="why gone"><p>{ text!("message-gone") }</p></div>
                }
                <h3>{ text!("life") }</h3>
                <ol class="life">
                    { for known.events.iter().map(|event| html! {
                        <li key={event.id}>
                            <time>{ &event.at }</time>
                            <span>
                                { &event.words }
                                if let Some(call) = event.call {
                                    { " " }
                                    { link(Selection::Call(call),
                                        text!("call-number", [("call", call.0.into())]), page) }
                                }
                            </span>
                        </li>
                    }) }
                </ol>
                if let Some(body) = &known.body {
                    <h3>{ text!("body") }</h3>
                    <pre tabindex="0">{ body }</pre>
                }
                if let Some(present) = &known.present {
                    <h3>{ text!("attributes") }</h3>
                    { fact_list(&present.facts) }
                }
            </>
        }
    }
}

/// Where it is, and why.
fn where_it_is(present: &Present, page: &Page) -> Html {
    html! {
        <div class={format!("why {}", present.tone)}>
            <p>
                <strong>{ &present.state }</strong>{ " " }
                { text!("in-queue") }{ " " }
                { link(Selection::Queue(present.queue), present.queue_name.clone(), page) }
            </p>
            { for present.why.iter().map(|line| html! { <p>{ line }</p> }) }
        </div>
    }
}

/// What the person can do to it, who holds it or has held it.
#[derive(PartialEq)]
struct Handle {
    url: String,
    receipt: String,
    /// Held now, by the person.
    held: bool,
}

fn handle(session: &Session, key: MessageKey) -> Option<Handle> {
    let (queue, message) = find(session, key)?;
    let held = matches!(
        message.phase(),
        Phase::InFlight {
            caller: Caller::PERSON,
            ..
        }
    );
    let receipt = session.hand_receipt(key)?;
    Some(Handle {
        url: queue.url().to_string(),
        receipt,
        held,
    })
}

#[derive(PartialEq)]
struct HandActions {
    key: MessageKey,
}

impl Part for HandActions {
    /// The handle, and AWS's text to what was tried last.
    type Facts = (Option<Handle>, Option<String>);

    fn facts(&self, session: &Session) -> Self::Facts {
        let refused = match session.hand_call(Form::Message) {
            Some(HandCall::Answered(_, result)) => {
                result.as_ref().as_ref().err().map(ToString::to_string)
            }
            Some(HandCall::Waiting(_)) | None => None,
        };
        (handle(session, self.key), refused)
    }

    fn view(&self, (handle, refused): &Self::Facts, page: &Page) -> Html {
        let Some(handle) = handle else {
            return html! { <p class="note">{ text!("hand-receive-first") }</p> };
        };
        let act = |label: String, request: Request| {
            let form = Form::Message;
            let onclick = page.doing(Action::ByHand { form, request });
            html! { <button class="button" {onclick}>{ label }</button> }
        };
        let (url, receipt) = (Some(handle.url.clone()), Some(handle.receipt.clone()));
        let change = |seconds: i64| ChangeMessageVisibilityRequest {
            queue_url: url.clone(),
            receipt_handle: receipt.clone(),
            visibility_timeout: Some(seconds),
        };
        let delete = DeleteMessageRequest {
            queue_url: url.clone(),
            receipt_handle: receipt.clone(),
        };
        html! {
            <div class="hand" role="group" aria-label={text!("by-hand")}>
                { act(text!("delete"), delete.into()) }
                { act(text!("show-now"), change(0).into()) }
                { act(text!("extend", [("time", format::seconds(EXTEND_SECONDS as u32).into())]),
                    change(EXTEND_SECONDS).into()) }
                if !handle.held {
                    <p class="note">{ text!("hand-stale") }</p>
                }
                if let Some(words) = refused {
                    <p class="field-error" role="alert">{ words }</p>
                }
            </div>
        }
    }
}
