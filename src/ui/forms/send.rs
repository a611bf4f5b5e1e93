//! Send a message.

use std::sync::Arc;

use web_sys::{HtmlSelectElement, SubmitEvent};
use yew::prelude::*;

use super::fields::{Complaint, ask, number, optional};
use crate::sim::SortedMap;
use crate::sqs::QueueId;
use crate::sqs::api::{MessageAttributeValue, SendMessageRequest};
use crate::ui::session::{Form, Selection, Session};
use crate::ui::shell::use_shell;
use crate::ui::store::{use_selector, use_store};
use crate::ui::text::text;
use crate::ui::widgets::{DialogFrame, Field, FieldKind};

const BODY: &str = "MessageBody";
const DELAY: &str = "DelaySeconds";
const GROUP: &str = "MessageGroupId";
const DEDUPLICATION: &str = "MessageDeduplicationId";
const ATTRIBUTE: &str = "MessageAttributes";

#[derive(PartialEq, Properties)]
pub(crate) struct SendFormProps {
    pub to: Option<QueueId>,
}

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq)]
struct Typed {
    body: String,
    delay: String,
    group: String,
    deduplication: String,
    attribute_name: String,
    attribute_value: String,
}

/// A queue to choose.
#[derive(Clone, Debug, PartialEq)]
struct Target {
    id: QueueId,
    name: String,
    url: String,
    fifo: bool,
}

impl Typed {
    fn request(&self, url: &str) -> Result<SendMessageRequest, Complaint> {
        let mut message_attributes = SortedMap::new();
        if !self.attribute_name.is_empty() || !self.attribute_value.is_empty() {
            let value = MessageAttributeValue {
                data_type: "String".into(),
                string_value: Some(self.attribute_value.clone()),
                ..Default::default()
            };
            message_attributes.insert(self.attribute_name.clone(), value);
        }
        Ok(SendMessageRequest {
            queue_url: Some(url.to_owned()),
            message_body: Some(Arc::from(self.body.as_str())),
            delay_seconds: number(&self.delay, DELAY)?,
            message_group_id: optional(&self.group),
            message_deduplication_id: optional(&self.deduplication),
            message_attributes,
            ..Default::default()
        })
    }
}

#[component]
pub(crate) fn SendForm(props: &SendFormProps) -> Html {
    let (store, shell) = (use_store(), use_shell());
    let targets = use_selector(|session| {
        let target = |queue: &crate::sqs::Queue| Target {
            id: queue.id(),
            name: queue.name().to_string(),
            url: queue.url().to_string(),
            fifo: queue.is_fifo(),
        };
        session.world().queues().map(target).collect::<Vec<_>>()
    });
    let likely = use_selector(likely_target);
    let chosen = use_state_eq(|| props.to.or(*likely));
    let typed = use_state(Typed::default);
    let complaint = use_state(|| None::<Complaint>);
    let target = targets
        .iter()
        .find(|target| Some(target.id) == *chosen)
        .or_else(|| targets.first())
        .cloned();
    let onclose = use_callback(shell.clone(), |(), shell| shell.close());
    let onsubmit = use_callback(
        (
            store,
            shell,
            typed.clone(),
            complaint.clone(),
            target.clone(),
        ),
        |event: SubmitEvent, (store, shell, typed, complaint, target)| {
            event.prevent_default();
            let Some(target) = target else { return };
            let request = match typed.request(&target.url) {
                Ok(request) => request,
                Err(wrong) => return complaint.set(Some(wrong)),
            };
            match ask(store, Form::Send, request) {
                Some(Err(error)) => complaint.set(Some(complain(&error))),
                Some(Ok(_)) | None => shell.close(),
            }
        },
    );
    let onchange = use_callback((targets.clone(), chosen), {
        |event: Event, (targets, chosen)| {
            let at = event
                .target_dyn_into::<HtmlSelectElement>()
                .and_then(|select| usize::try_from(select.selected_index()).ok());
            if let Some(target) = at.and_then(|at| targets.get(at)) {
                chosen.set(Some(target.id));
            }
        }
    });
    let edit = |change: fn(&mut Typed, String)| {
        let typed = typed.clone();
        Callback::from(move |value| {
            let mut next = (*typed).clone();
            change(&mut next, value);
            typed.set(next);
        })
    };
    let wrong = |field| Complaint::about(complaint.as_ref(), field);
    let Some(target) = target else {
        return html! {
            <DialogFrame id="send" title={text("send-message")} {onclose}>
                <p class="note">{ text("send-no-queue") }</p>
            </DialogFrame>
        };
    };
    html! {
        <DialogFrame id="send" title={text("send-message")} {onclose}>
            <form {onsubmit} novalidate={true}>
                <div class="field">
                    <label for="send-queue">{ text("queue") }</label>
                    <select id="send-queue" {onchange}>
                        { for targets.iter().map(|offered| html! {
                            <option selected={offered.id == target.id}>{ &offered.name }</option>
                        }) }
                    </select>
                </div>
                <Field id="send-body" label={BODY} kind={FieldKind::Lines} autofocus={true}
                    value={typed.body.clone()}
                    error={wrong(BODY)} onchange={edit(|typed, value| typed.body = value)} />
                <div class="field-grid">
                    <Field id="send-delay" label={DELAY} kind={FieldKind::Number}
                        value={typed.delay.clone()} hint={text("send-delay-hint")} error={wrong(DELAY)}
                        onchange={edit(|typed, value| typed.delay = value)} />
                    <Field id="send-group" label={GROUP} value={typed.group.clone()} error={wrong(GROUP)}
                        hint={if target.fifo { text("send-group-hint") } else { text("optional") }}
                        onchange={edit(|typed, value| typed.group = value)} />
                    if target.fifo {
                        <Field id="send-deduplication" label={DEDUPLICATION}
                            value={typed.deduplication.clone()} error={wrong(DEDUPLICATION)}
                            hint={text("send-deduplication-hint")}
                            onchange={edit(|typed, value| typed.deduplication = value)} />
                    }
                    <Field id="send-attribute-name" label={text("attribute-name")}
                        value={typed.attribute_name.clone()} error={wrong(ATTRIBUTE)}
                        hint={text("optional")}
                        onchange={edit(|typed, value| typed.attribute_name = value)} />
                    <Field id="send-attribute-value" label={text("attribute-string")}
                        value={typed.attribute_value.clone()} hint={text("optional")}
                        onchange={edit(|typed, value| typed.attribute_value = value)} />
                </div>
                if let Some(words) = Complaint::about_all(complaint.as_ref()) {
                    <p class="field-error" role="alert">{ words }</p>
                }
                <div class="dialog-end">
                    <button class="button primary" type="submit">{ text("send") }</button>
                </div>
            </form>
        </DialogFrame>
    }
}

/// The queue that is selected; else the first that is nobody's dead-letter queue.
fn likely_target(session: &Session) -> Option<QueueId> {
    let world = session.world();
    match session.selection() {
        Selection::Queue(id) => Some(id),
        Selection::Nothing | Selection::Message(_) | Selection::Actor(_) | Selection::Call(_) => {
            world.queues().map(crate::sqs::Queue::id).find(|id| {
                world
                    .queues()
                    .all(|other| other.dead_letter_queue() != Some(*id))
            })
        }
    }
}

fn complain(error: &crate::sqs::Error) -> Complaint {
    Complaint::of(error, &[BODY, DELAY, DEDUPLICATION, GROUP, ATTRIBUTE])
        .at("ContentBasedDeduplication", DEDUPLICATION)
        .at("attribute", ATTRIBUTE)
        .at("shorter than", BODY)
        .at("essage", BODY)
}
