//! A message: why it is where it is, its whole life, what can be done to it by hand.

use yew::prelude::*;

use super::{Facts, Heading, SelectLink};
use crate::sqs::api::{
    CallId, Caller, ChangeMessageVisibilityRequest, DeleteMessageRequest, Request,
};
use crate::sqs::{AttributeValue, Message, MessageKey, Phase, Queue, QueueId};
use crate::ui::describe;
use crate::ui::format;
use crate::ui::session::{Action, Form, HandCall, Selection, Session};
use crate::ui::stage::scene;
use crate::ui::stage::view::Zone;
use crate::ui::store::{use_selector, use_store};
use crate::ui::text::{text, text_with};
use crate::world::EventKind;

/// What "extend" sets the visibility timeout to, in seconds.
const EXTEND_SECONDS: i64 = 60;

#[derive(PartialEq, Properties)]
pub(super) struct MessageLifeProps {
    pub message: MessageKey,
}

/// An event with what it came from.
#[derive(Clone, Debug, PartialEq)]
struct LifeEvent {
    id: u64,
    at: String,
    words: String,
    call: Option<CallId>,
}

/// A message that is in a queue.
#[derive(Clone, Debug, PartialEq)]
struct Present {
    queue: QueueId,
    queue_name: String,
    tone: &'static str,
    state: String,
    why: Vec<String>,
    body: String,
    facts: Vec<(String, String)>,
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
        Zone::Delayed => ("delayed", text("delayed")),
        Zone::Visible => ("visible", text("visible")),
        Zone::InFlight => ("in-flight", text("in-flight")),
    };
    let mut facts = vec![
        ("MessageId".to_owned(), message.id().to_string()),
        (text("fact-size"), format::bytes(message.size())),
        (
            text("fact-sender"),
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
            text_with(
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
        body: message.body().to_string(),
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

#[component]
pub(super) fn MessageLife(props: &MessageLifeProps) -> Html {
    let key = props.message;
    let present = use_selector(move |session| present(session, key));
    let events = use_selector(move |session| life(session, key));
    let gone = use_selector(move |session| sent_body(session, key));
    let title = text_with("message-title", [("message", key.0.into())]);
    html! {
        <>
            <Heading kind={text("message")} title={title} />
            if let Some(present) = &*present {
                <div class={classes!("why", present.tone)}>
                    <p>
                        <strong>{ &present.state }</strong>{ " " }
                        { text("in-queue") }{ " " }
                        <SelectLink selection={Selection::Queue(present.queue)}>
                            { &present.queue_name }
                        </SelectLink>
                    </p>
                    { for present.why.iter().map(|line| html! { <p>{ line }</p> }) }
                </div>
                <HandActions message={key} />
            } else {
                <div class="why gone"><p>{ text("message-gone") }</p></div>
            }
            <h3>{ text("life") }</h3>
            <ol class="life">
                { for events.iter().map(|event| html! {
                    <li key={event.id}>
                        <time>{ &event.at }</time>
                        <span>
                            { &event.words }
                            if let Some(call) = event.call {
                                { " " }
                                <SelectLink selection={Selection::Call(call)}>
                                    { text_with("call-number", [("call", call.0.into())]) }
                                </SelectLink>
                            }
                        </span>
                    </li>
                }) }
            </ol>
            if let Some(body) = present.as_ref().as_ref().map(|at| at.body.clone()).or((*gone).clone()) {
                <h3>{ text("body") }</h3>
                <pre tabindex="0">{ body }</pre>
            }
            if let Some(present) = &*present {
                <h3>{ text("attributes") }</h3>
                <Facts facts={present.facts.clone()} />
            }
        </>
    }
}

/// What the person can do to it, who holds it or has held it.
#[derive(Clone, Debug, PartialEq)]
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

#[component]
fn HandActions(props: &MessageLifeProps) -> Html {
    let key = props.message;
    let handle = use_selector(move |session| handle(session, key));
    let error = use_selector(|session| match session.hand_call(Form::Message) {
        Some(HandCall::Answered(_, result)) => result.as_ref().as_ref().err().cloned(),
        Some(HandCall::Waiting(_)) | None => None,
    });
    let store = use_store();
    let Some(handle) = &*handle else {
        return html! { <p class="note">{ text("hand-receive-first") }</p> };
    };
    let act = |label: String, request: Request| {
        let store = store.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            store.dispatch(Action::ByHand {
                form: Form::Message,
                request: request.clone(),
            });
        });
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
        <div class="hand" role="group" aria-label={text("by-hand")}>
            { act(text("delete"), delete.into()) }
            { act(text("show-now"), change(0).into()) }
            { act(text_with("extend", [("time", format::seconds(EXTEND_SECONDS as u32).into())]),
                change(EXTEND_SECONDS).into()) }
            if !handle.held {
                <p class="note">{ text("hand-stale") }</p>
            }
            if let Some(error) = &*error {
                <p class="field-error" role="alert">{ error.to_string() }</p>
            }
        </div>
    }
}
