//! What can be done to a message by hand.

use yew::prelude::*;

use crate::sqs::api::{Caller, ChangeMessageVisibilityRequest, DeleteMessageRequest, Request};
use crate::sqs::{MessageKey, Phase};
use crate::ui::format;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Action, Form, HandCall, Session};
use crate::ui::text::text;

/// What "extend" sets the visibility timeout to, in seconds.
const EXTEND_SECONDS: i64 = 60;

/// What the person can do to it, who holds it or has held it.
#[derive(PartialEq)]
pub(super) struct Handle {
    url: String,
    receipt: String,
    /// Held now, by the person.
    held: bool,
}

fn handle(session: &Session, key: MessageKey) -> Option<Handle> {
    let (queue, message) = session.world().service().find_message(key)?;
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
pub(super) struct HandActions {
    pub(super) key: MessageKey,
}

impl Part for HandActions {
    /// The handle, and AWS's text to what was tried last.
    type Facts = (Option<Handle>, Option<String>);

    fn facts(&self, session: &Session) -> Self::Facts {
        let refused = match session.hand_call(Form::Message) {
            Some(HandCall::Answered(_, result)) => {
                result.as_ref().as_ref().err().map(ToString::to_string)
            }
            Some(HandCall::Waiting(_) | HandCall::Cancelled(_)) | None => None,
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
