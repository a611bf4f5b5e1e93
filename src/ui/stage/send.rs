//! A message with two clicks: the first opens this with a body that will do, the second sends it.

use std::sync::Arc;

use yew::prelude::*;

use crate::sqs::QueueId;
use crate::sqs::api::{Request, SendMessageRequest};
use crate::ui::forms::ask;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Form, Session};
use crate::ui::shell::Dialog;
use crate::ui::text::text;
use crate::ui::widgets::{Field, FieldKind};
use crate::world::InputKind;

/// What the form begins with.
#[derive(Clone, Debug, PartialEq)]
struct Draft {
    body: String,
    /// For a FIFO queue.
    group: Option<String>,
    /// For a FIFO queue that does not find duplicates by their content.
    deduplication: Option<String>,
    /// AWS's words, if it was refused.
    refused: Option<String>,
}

impl Draft {
    fn new(session: &Session, to: QueueId) -> Self {
        let inputs = session.timeline().recording().inputs.iter();
        let sends = inputs.filter(|input| matches!(&input.kind, InputKind::Call(request) if matches!(**request, Request::SendMessage(_))));
        let number = sends.count() + 1;
        let queue = session.world().queue(to);
        let fifo = queue.and_then(|queue| queue.attributes().fifo.as_ref());
        let needs_id = fifo.is_some_and(|fifo| !fifo.content_based_deduplication);
        Self {
            body: text!("send-body", [("number", number.into())]),
            group: fifo.map(|_| "group-1".to_owned()),
            deduplication: needs_id.then(|| format!("id-{number}")),
            refused: None,
        }
    }

    fn request(&self, session: &Session, to: QueueId) -> Option<SendMessageRequest> {
        Some(SendMessageRequest {
            queue_url: Some(session.world().queue(to)?.url().to_string()),
            message_body: Some(Arc::from(self.body.as_str())),
            message_group_id: self.group.clone(),
            message_deduplication_id: self.deduplication.clone(),
            ..Default::default()
        })
    }
}

#[derive(PartialEq)]
pub(super) struct QuickSend {
    pub(super) to: QueueId,
    pub(super) onclose: Callback<()>,
}

impl Part for QuickSend {
    type Facts = ();

    fn facts(&self, _: &Session) {}

    fn view(&self, (): &(), page: &Page) -> Html {
        let (to, onclose) = (self.to, self.onclose.clone());
        let draft = draft_of(page, to);
        let edit = |change: fn(&mut Draft, String)| {
            let page = page.clone();
            Callback::from(move |value| {
                let mut draft = draft_of(&page, to);
                change(&mut draft, value);
                page.set_draft(Some(draft));
            })
        };
        let more = {
            let (shell, onclose) = (page.shell.clone(), onclose.clone());
            Callback::from(move |_: MouseEvent| {
                onclose.emit(());
                shell.open(Dialog::Send(Some(to)));
            })
        };
        let onsubmit = page.submitting(move |page| submit(page, to, &onclose));
        let error = draft.refused.map(AttrValue::from);
        html! {
            <form {onsubmit} novalidate={true}>
                <Field id="quick-body" label="MessageBody" kind={FieldKind::Lines} value={draft.body}
                    {error} onchange={edit(|draft, value| draft.body = value)} />
                if let Some(group) = draft.group {
                    <Field id="quick-group" label="MessageGroupId" value={group}
                        onchange={edit(|draft, value| draft.group = Some(value))} />
                }
                <div class="dialog-end">
                    <button class="button" type="button" onclick={more}>{ text!("all-options") }</button>
                    <button class="button primary" type="submit">{ text!("send") }</button>
                </div>
            </form>
        }
    }
}

fn draft_of(page: &Page, to: QueueId) -> Draft {
    let draft: Option<Draft> = page.draft();
    draft.unwrap_or_else(|| page.store.read(|session| Draft::new(session, to)))
}

fn submit(page: &Page, to: QueueId, onclose: &Callback<()>) {
    let mut draft = draft_of(page, to);
    let request = page.store.read(|session| draft.request(session, to));
    let Some(request) = request else { return };
    match ask(&page.store, Form::Send, request) {
        Some(Err(refused)) => {
            draft.refused = Some(refused.to_string());
            page.set_draft(Some(draft));
        }
        Some(Ok(_)) | None => onclose.emit(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::session::{Action, HandCall};

    #[test]
    fn a_draft_can_be_sent_as_it_is_to_any_queue() {
        let mut session = Session::new();
        for scenario in 0..session.listed().len() {
            session.apply(Action::OpenScenario(scenario));
            let ids: Vec<_> = session
                .world()
                .queues()
                .map(crate::sqs::Queue::id)
                .collect();
            for (at, id) in ids.into_iter().enumerate() {
                let draft = Draft::new(&session, id);
                assert!(draft.body.contains(&(at + 1).to_string()));
                let request = draft
                    .request(&session, id)
                    .expect("the queue is there")
                    .into();
                session.apply(Action::ByHand {
                    form: Form::Send,
                    request,
                });
                let answer = session.hand_call(Form::Send);
                let fine = matches!(&answer, Some(HandCall::Answered(_, result)) if result.is_ok());
                assert!(fine, "{answer:?}");
            }
        }
    }
}
