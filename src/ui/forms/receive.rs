//! Receive by hand, and what came back.

use yew::prelude::*;

use super::fields::{Complaint, Entry, Typed};
use super::parts::button;
use crate::sqs::api::{CallId, Request, Response};
use crate::sqs::{Error, MessageKey, QueueId};
use crate::ui::describe;
use crate::ui::format;
use crate::ui::inspector::{ExplainCall, ExplainNow};
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Action, Form, HandCall, Selection, Session};
use crate::ui::shell::Dialog;
use crate::ui::text::text;
use crate::ui::widgets::{FieldKind, Icon};
use crate::world::EventKind;

const COUNT: &str = "MaxNumberOfMessages";
const WAIT: &str = "WaitTimeSeconds";
const HIDE: &str = "VisibilityTimeout";

#[derive(PartialEq)]
pub(crate) struct ReceiveForm {
    pub(crate) id: QueueId,
}

/// What came back from the last receive by hand.
#[derive(PartialEq)]
pub(crate) enum Answer {
    Waiting,
    Empty(CallId),
    Messages(CallId, Vec<(MessageKey, String)>),
    Error(Error),
}

/// Whether and how to explain.
const EXPLAIN: &str = "explain";
/// What a receive did.
const WITH_A_RECEIVE: &str = "with";
/// What a receive would do.
const WITHOUT: &str = "without";

fn answer(session: &Session, id: QueueId) -> Option<Answer> {
    let end = session.world().event_count();
    let (call, result) = match session.hand_call(Form::Receive)? {
        HandCall::Waiting(call) => (call, None),
        HandCall::Answered(call, result) => (call, Some(result)),
        HandCall::Cancelled(_) => return None,
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
            Answer::Messages(call, messages.iter().copied().zip(bodies).collect())
        }
        (Ok(_), _) => Answer::Empty(call),
    })
}

impl Part for ReceiveForm {
    type Facts = Option<Answer>;

    fn facts(&self, session: &Session) -> Self::Facts {
        answer(session, self.id)
    }

    fn view(&self, answer: &Self::Facts, page: &Page) -> Html {
        let id = self.id;
        let mut typed: Typed = page.draft();
        if let (Some(Answer::Error(error)), false) = (answer, typed.has_complaint()) {
            typed.complain(Some(Complaint::of(error, &[COUNT, WAIT, HIDE])));
        }
        let number = |id: &'static str, name, hint: String| {
            let entry = Entry {
                kind: FieldKind::Number,
                hint: hint.into(),
                ..Entry::new(id, name)
            };
            entry.show(&typed, page)
        };
        let send = Dialog::Send(Some(id));
        let explain = typed.text(EXPLAIN).to_owned();
        let without = page.edit(|typed: &mut Typed, _: MouseEvent| {
            let is_on = typed.text(EXPLAIN) == WITHOUT;
            typed.set(EXPLAIN, if is_on { "" } else { WITHOUT }.to_owned());
        });
        let explaining = {
            let page = page.clone();
            Callback::from(move |_: MouseEvent| {
                // Time must stand, or the reasons have changed before they are read.
                page.store.dispatch(Action::Pause);
                submit(id, WITH_A_RECEIVE, &page);
            })
        };
        let pressed = if explain == WITHOUT { "true" } else { "false" };
        html! {
            <section class="receive" aria-label={text!("by-hand")}>
                <form onsubmit={page.submitting(move |page| submit(id, "", page))} novalidate={true}>
                    <div class="hand">
                        <button class="button" type="submit">
                            { Icon::Hand.show() }{ text!("receive") }
                        </button>
                        { button("button", None, text!("receive-explain"), explaining) }
                        <button class="button" type="button" aria-pressed={pressed} onclick={without}>
                            { text!("explain-now") }
                        </button>
                        { button("button", Some(Icon::Letter), text!("send-message"), page.opening(send)) }
                    </div>
                    <details>
                        <summary>{ text!("receive-options") }</summary>
                        { number("receive-count", COUNT, text!("receive-count-hint")) }
                        { number("receive-wait", WAIT, text!("receive-queue-hint")) }
                        { number("receive-hide", HIDE, text!("receive-queue-hint")) }
                    </details>
                </form>
                <div class="answer" role="status">
                    {
                        match answer {
                            None | Some(Answer::Error(_)) => html! {},
                            Some(Answer::Waiting) => html! { <p>{ text!("receive-waiting") }</p> },
                            Some(Answer::Empty(_)) => html! { <p>{ text!("receive-empty") }</p> },
                            Some(Answer::Messages(_, messages)) => received(messages, page),
                        }
                    }
                </div>
                {
                    match (explain.as_str(), answer) {
                        (WITHOUT, _) => ExplainNow { id }.show_as("now"),
                        (WITH_A_RECEIVE, Some(Answer::Empty(call) | Answer::Messages(call, _))) => {
                            ExplainCall { id: *call }.show_as("call")
                        }
                        _ => html! {},
                    }
                }
                { typed.complaint() }
            </section>
        }
    }
}

fn submit(id: QueueId, explain: &str, page: &Page) {
    let mut typed: Typed = page.draft();
    typed.set(EXPLAIN, explain.to_owned());
    let plain = page
        .store
        .read(|session| describe::receive_request(session.world(), id));
    let request = request(plain, &typed);
    typed.complain(request.as_ref().err().cloned());
    page.set_draft(typed);
    if let Ok(Some(request)) = request {
        let form = Form::Receive;
        page.store.dispatch(Action::ByHand { form, request });
    }
}

fn request(plain: Option<Request>, typed: &Typed) -> Result<Option<Request>, Complaint> {
    let Some(Request::ReceiveMessage(mut request)) = plain else {
        return Ok(None);
    };
    request.max_number_of_messages = typed.number(COUNT)?;
    request.wait_time_seconds = typed.number(WAIT)?;
    request.visibility_timeout = typed.number(HIDE)?;
    Ok(Some(request.into()))
}

/// The messages that came, each a way to delete it.
fn received(messages: &[(MessageKey, String)], page: &Page) -> Html {
    html! {
        <>
            <p>{ text!("receive-got", [("count", messages.len().into())]) }</p>
            <ul class="listed in-flight">
                { for messages.iter().map(|(key, body)| html! {
                    <li key={key.0}>
                        <button class="link" onclick={page.selecting(Selection::Message(*key))}>{ key.0 }</button>
                        <span class="body">{ body }</span>
                    </li>
                }) }
            </ul>
        </>
    }
}
