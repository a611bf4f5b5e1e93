//! A message with two clicks: the first opens this with a body that will do, the second sends it.

use std::sync::Arc;

use web_sys::SubmitEvent;
use yew::prelude::*;

use crate::sqs::QueueId;
use crate::sqs::api::{Request, SendMessageRequest};
use crate::ui::forms::ask;
use crate::ui::session::{Form, Session};
use crate::ui::shell::{Dialog, use_shell};
use crate::ui::store::use_store;
use crate::ui::text::{text, text_with};
use crate::ui::widgets::{Field, FieldKind};
use crate::world::InputKind;

#[derive(PartialEq, Properties)]
pub(super) struct QuickSendProps {
    pub(super) to: QueueId,
    pub(super) onclose: Callback<()>,
}

/// What the form begins with.
#[derive(Clone, Debug, PartialEq)]
struct Draft {
    body: String,
    /// For a FIFO queue.
    group: Option<String>,
    /// For a FIFO queue that does not find duplicates by their content.
    deduplication: Option<String>,
}

impl Draft {
    fn new(session: &Session, to: QueueId) -> Self {
        let inputs = session.timeline().recording().inputs.iter();
        let sends = inputs.filter(|input| match &input.kind {
            InputKind::Call(request) => matches!(**request, Request::SendMessage(_)),
            InputKind::AddActor(_) | InputKind::SetProgram(_) => false,
        });
        let number = sends.count() + 1;
        let queue = session.world().queue(to);
        let fifo = queue.and_then(|queue| queue.attributes().fifo.as_ref());
        let needs_id = fifo.is_some_and(|fifo| !fifo.content_based_deduplication);
        Self {
            body: text_with("send-body", [("number", number.into())]),
            group: fifo.map(|_| "group-1".to_owned()),
            deduplication: needs_id.then(|| format!("id-{number}")),
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

#[component]
pub(super) fn QuickSend(props: &QuickSendProps) -> Html {
    let (store, shell, to) = (use_store(), use_shell(), props.to);
    let draft = use_state(|| store.read(|session| Draft::new(session, to)));
    let error = use_state_eq(|| None::<AttrValue>);
    let onsubmit = use_callback(
        (
            store,
            draft.clone(),
            error.clone(),
            props.onclose.clone(),
            to,
        ),
        |event: SubmitEvent, (store, draft, error, onclose, to)| {
            event.prevent_default();
            let request = store.read(|session| draft.request(session, *to));
            let Some(request) = request else { return };
            match ask(store, Form::Send, request) {
                Some(Err(refused)) => error.set(Some(refused.to_string().into())),
                Some(Ok(_)) | None => onclose.emit(()),
            }
        },
    );
    let edit = |change: fn(&mut Draft, String)| {
        let draft = draft.clone();
        Callback::from(move |value| {
            let mut next = (*draft).clone();
            change(&mut next, value);
            draft.set(next);
        })
    };
    let more = use_callback(
        (shell, props.onclose.clone(), to),
        |_: MouseEvent, (shell, onclose, to)| {
            onclose.emit(());
            shell.open(Dialog::Send(Some(*to)));
        },
    );
    html! {
        <form {onsubmit} novalidate={true}>
            <Field id="quick-body" label="MessageBody" kind={FieldKind::Lines} value={draft.body.clone()}
                error={(*error).clone()} onchange={edit(|draft, value| draft.body = value)} />
            if let Some(group) = &draft.group {
                <Field id="quick-group" label="MessageGroupId" value={group.clone()}
                    onchange={edit(|draft, value| draft.group = Some(value))} />
            }
            <div class="dialog-end">
                <button class="button" type="button" onclick={more}>{ text("all-options") }</button>
                <button class="button primary" type="submit">{ text("send") }</button>
            </div>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::session::{Action, HandCall};

    #[test]
    fn a_draft_can_be_sent_as_it_is_to_any_queue() {
        let mut session = Session::new();
        for scenario in 0..session.library().len() {
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
