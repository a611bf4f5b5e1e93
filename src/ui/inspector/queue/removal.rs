//! Purge and delete a queue by hand; both ask first.

use yew::prelude::*;

use crate::sqs::QueueId;
use crate::sqs::api::{DeleteQueueRequest, PurgeQueueRequest, Request};
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Action, Form, HandCall, Session};
use crate::ui::text::text;

#[derive(PartialEq)]
pub(super) struct Removal {
    pub(super) id: QueueId,
}

/// What is asked about.
#[derive(Clone, Copy, Default, PartialEq)]
enum Asked {
    #[default]
    Nothing,
    Purge,
    Delete,
}

#[derive(PartialEq)]
pub(super) struct Known {
    url: String,
    name: String,
    messages: usize,
    /// AWS's text to what was tried last.
    refused: Option<String>,
}

impl Part for Removal {
    type Facts = Option<Known>;

    fn facts(&self, session: &Session) -> Self::Facts {
        let queue = session.world().queue(self.id)?;
        let refused = match session.hand_call(Form::Queue) {
            Some(HandCall::Answered(_, result)) => {
                result.as_ref().as_ref().err().map(ToString::to_string)
            }
            Some(HandCall::Waiting(_) | HandCall::Cancelled(_)) | None => None,
        };
        Some(Known {
            url: queue.url().to_string(),
            name: queue.name().to_string(),
            messages: queue.len(),
            refused,
        })
    }

    fn view(&self, known: &Self::Facts, page: &Page) -> Html {
        let Some(known) = known else {
            return html! {};
        };
        let asked: Asked = page.draft();
        let asking =
            |about: Asked| page.edit(move |asked: &mut Asked, _: MouseEvent| *asked = about);
        let url = Some(known.url.clone());
        let (question, label, request): (_, _, Request) = match asked {
            Asked::Nothing => {
                return html! {
                    <>
                        <h3>{ text!("removal") }</h3>
                        <div class="hand">
                            <button class="button" onclick={asking(Asked::Purge)}>{ text!("purge") }</button>
                            <button class="button" onclick={asking(Asked::Delete)}>{ text!("delete-queue") }</button>
                        </div>
                        if let Some(words) = &known.refused {
                            <p class="field-error" role="alert">{ words }</p>
                        }
                    </>
                };
            }
            Asked::Purge => {
                let count = ("count", known.messages.into());
                let question = text!("purge-sure", [("queue", known.name.as_str().into()), count]);
                (
                    question,
                    text!("purge"),
                    PurgeQueueRequest { queue_url: url }.into(),
                )
            }
            Asked::Delete => {
                let question = text!("delete-sure", [("queue", known.name.as_str().into())]);
                (
                    question,
                    text!("delete-queue"),
                    DeleteQueueRequest { queue_url: url }.into(),
                )
            }
        };
        let confirmed = {
            let page = page.clone();
            Callback::from(move |_: MouseEvent| {
                let (form, request) = (Form::Queue, request.clone());
                page.set_draft(Asked::Nothing);
                page.store.dispatch(Action::ByHand { form, request });
            })
        };
        html! {
            <>
                <h3>{ text!("removal") }</h3>
                <div class="why error" role="group" aria-label={label.clone()}>
                    <p>{ question }</p>
                    <div class="hand">
                        <button class="button danger" onclick={confirmed}>{ label }</button>
                        <button class="button" onclick={asking(Asked::Nothing)}>{ text!("cancel") }</button>
                    </div>
                </div>
            </>
        }
    }
}
