//! Receive by hand, and what came back.

use web_sys::SubmitEvent;
use yew::prelude::*;

use super::fields::{Complaint, number};
use crate::sqs::api::{Request, Response};
use crate::sqs::{Error, MessageKey, QueueId};
use crate::ui::describe;
use crate::ui::format;
use crate::ui::session::{Action, Form, HandCall, Selection, Session};
use crate::ui::shell::{Dialog, use_shell};
use crate::ui::store::{use_selector, use_store};
use crate::ui::text::{text, text_with};
use crate::ui::widgets::{Field, FieldKind, Icon, IconView};
use crate::world::EventKind;

const COUNT: &str = "MaxNumberOfMessages";
const WAIT: &str = "WaitTimeSeconds";
const HIDE: &str = "VisibilityTimeout";

#[derive(PartialEq, Properties)]
pub(crate) struct ReceiveFormProps {
    pub id: QueueId,
}

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq)]
struct Typed {
    count: String,
    wait: String,
    hide: String,
}

/// What came back from the last receive by hand.
#[derive(Clone, Debug, PartialEq)]
enum Answer {
    Waiting,
    Empty,
    Messages(Vec<(MessageKey, String)>),
    Error(Error),
}

fn answer(session: &Session, id: QueueId) -> Option<Answer> {
    let end = session.world().event_count();
    let (call, result) = match session.hand_call(Form::Receive)? {
        HandCall::Waiting(call) => (call, None),
        HandCall::Answered(call, result) => (call, Some(result)),
    };
    let record = session.timeline().log().call(call, end)?;
    if !matches!(record.sent.kind, EventKind::CallSent { queue, .. } if queue == Some(id)) {
        return None;
    }
    let Some(result) = result else {
        return Some(Answer::Waiting);
    };
    Some(match (&*result, record.answered.map(|event| &event.kind)) {
        (Err(error), _) => Answer::Error(error.clone()),
        (
            Ok(Response::ReceiveMessage(response)),
            Some(EventKind::CallAnswered { messages, .. }),
        ) if !response.messages.is_empty() => {
            let bodies = response
                .messages
                .iter()
                .map(|message| format::clip(&message.body, 60));
            Answer::Messages(messages.iter().copied().zip(bodies).collect())
        }
        (Ok(_), _) => Answer::Empty,
    })
}

#[component]
pub(crate) fn ReceiveForm(props: &ReceiveFormProps) -> Html {
    let id = props.id;
    let (store, shell) = (use_store(), use_shell());
    let answer = use_selector(move |session| answer(session, id));
    let typed = use_state(Typed::default);
    let complaint = use_state(|| None::<Complaint>);
    let onsubmit = use_callback((store, typed.clone(), complaint.clone(), id), {
        |event: SubmitEvent, (store, typed, complaint, id)| {
            event.prevent_default();
            match request(
                store.read(|session| describe::receive_request(session.world(), *id)),
                typed,
            ) {
                Ok(Some(request)) => {
                    complaint.set(None);
                    store.dispatch(Action::ByHand {
                        form: Form::Receive,
                        request,
                    });
                }
                Ok(None) => {}
                Err(wrong) => complaint.set(Some(wrong)),
            }
        }
    });
    let refused = match &*answer {
        Some(Answer::Error(error)) => Some(Complaint::of(error, &[COUNT, WAIT, HIDE])),
        Some(Answer::Waiting | Answer::Empty | Answer::Messages(_)) | None => None,
    };
    let complaint = (*complaint).clone().or(refused);
    let wrong = |field| Complaint::about(complaint.as_ref(), field);
    let edit = |change: fn(&mut Typed, String)| {
        let typed = typed.clone();
        Callback::from(move |value| {
            let mut next = (*typed).clone();
            change(&mut next, value);
            typed.set(next);
        })
    };
    html! {
        <section class="receive" aria-label={text("by-hand")}>
            <form {onsubmit} novalidate={true}>
                <div class="hand">
                    <button class="button" type="submit">
                        <IconView icon={Icon::Hand} />{ text("receive") }
                    </button>
                    <button class="button" type="button" onclick={shell.opener(Dialog::Send(Some(id)))}>
                        <IconView icon={Icon::Letter} />{ text("send-message") }
                    </button>
                </div>
                <details>
                    <summary>{ text("receive-options") }</summary>
                    <Field id="receive-count" label={COUNT} kind={FieldKind::Number}
                        value={typed.count.clone()} hint={text("receive-count-hint")} error={wrong(COUNT)}
                        onchange={edit(|typed, value| typed.count = value)} />
                    <Field id="receive-wait" label={WAIT} kind={FieldKind::Number}
                        value={typed.wait.clone()} hint={text("receive-queue-hint")} error={wrong(WAIT)}
                        onchange={edit(|typed, value| typed.wait = value)} />
                    <Field id="receive-hide" label={HIDE} kind={FieldKind::Number}
                        value={typed.hide.clone()} hint={text("receive-queue-hint")} error={wrong(HIDE)}
                        onchange={edit(|typed, value| typed.hide = value)} />
                </details>
            </form>
            <div class="answer" role="status">
                {
                    match &*answer {
                        None | Some(Answer::Error(_)) => html! {},
                        Some(Answer::Waiting) => html! { <p>{ text("receive-waiting") }</p> },
                        Some(Answer::Empty) => html! { <p>{ text("receive-empty") }</p> },
                        Some(Answer::Messages(messages)) => html! { <Received messages={messages.clone()} /> },
                    }
                }
            </div>
            if let Some(words) = Complaint::about_all(complaint.as_ref()) {
                <p class="field-error" role="alert">{ words }</p>
            }
        </section>
    }
}

fn request(plain: Option<Request>, typed: &Typed) -> Result<Option<Request>, Complaint> {
    let Some(Request::ReceiveMessage(mut request)) = plain else {
        return Ok(None);
    };
    request.max_number_of_messages = number(&typed.count, COUNT)?;
    request.wait_time_seconds = number(&typed.wait, WAIT)?;
    request.visibility_timeout = number(&typed.hide, HIDE)?;
    Ok(Some(request.into()))
}

#[derive(PartialEq, Properties)]
struct ReceivedProps {
    messages: Vec<(MessageKey, String)>,
}

/// The messages that came, each a way to delete it.
#[component]
fn Received(props: &ReceivedProps) -> Html {
    let store = use_store();
    let count = props.messages.len();
    html! {
        <>
            <p>{ text_with("receive-got", [("count", count.into())]) }</p>
            <ul class="listed in-flight">
                { for props.messages.iter().map(|(key, body)| {
                    let (store, key) = (store.clone(), *key);
                    let onclick = Callback::from(move |_: MouseEvent| {
                        store.dispatch(Action::Select(Selection::Message(key)));
                    });
                    html! {
                        <li key={key.0}>
                            <button class="link" {onclick}>{ key.0 }</button>
                            <span class="body">{ body }</span>
                        </li>
                    }
                }) }
            </ul>
        </>
    }
}
