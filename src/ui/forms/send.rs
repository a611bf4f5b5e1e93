//! Send a message.

use std::collections::BTreeMap;
use std::sync::Arc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::fields::{Complaint, Entry, Typed, ask};
use crate::sqs::QueueId;
use crate::sqs::api::{MessageAttributeValue, SendMessageRequest};
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Form, Selection, Session};
use crate::ui::text::text;
use crate::ui::widgets::{DialogFrame, FieldKind};

const BODY: &str = "MessageBody";
const DELAY: &str = "DelaySeconds";
const GROUP: &str = "MessageGroupId";
const DEDUPLICATION: &str = "MessageDeduplicationId";
const ATTRIBUTE: &str = "MessageAttributes";
const ATTRIBUTE_VALUE: &str = "StringValue";

/// The URL of the queue that was chosen.
const QUEUE: &str = "QueueUrl";

#[derive(PartialEq)]
pub(crate) struct SendForm {
    pub(crate) to: Option<QueueId>,
}

/// A queue to choose.
#[derive(PartialEq)]
pub(crate) struct Target {
    name: String,
    url: String,
    fifo: bool,
}

/// The queues, and the place of the one to begin with.
type Targets = (Vec<Target>, usize);

impl Part for SendForm {
    type Facts = Targets;

    fn facts(&self, session: &Session) -> Targets {
        let first = self.to.or_else(|| likely_target(session));
        let queues = || session.world().queues();
        let targets = queues().map(|queue| Target {
            name: queue.name().to_string(),
            url: queue.url().to_string(),
            fifo: queue.is_fifo(),
        });
        let place = queues().position(|queue| Some(queue.id()) == first);
        (targets.collect(), place.unwrap_or(0))
    }

    fn view(&self, targets: &Targets, page: &Page) -> Html {
        let typed: Typed = page.draft();
        let fields = match target(targets, &typed) {
            Some(target) => fields(target, &targets.0, &typed, page),
            None => html! { <p class="note">{ text!("send-no-queue") }</p> },
        };
        html! {
            <DialogFrame id="send" title={text!("send-message")}>
                { fields }
            </DialogFrame>
        }
    }
}

/// The queue that was chosen, or the one to begin with.
fn target<'a>((targets, first): &'a Targets, typed: &Typed) -> Option<&'a Target> {
    let chosen = typed.given(QUEUE);
    targets
        .iter()
        .find(|target| Some(&*target.url) == chosen)
        .or_else(|| targets.get(*first))
}

fn fields(target: &Target, targets: &[Target], typed: &Typed, page: &Page) -> Html {
    let onchange = page.edit(|typed: &mut Typed, event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            typed.set(QUEUE, select.value());
        }
    });
    let entry = |id: &'static str, name, hint: String| Entry {
        hint: hint.into(),
        ..Entry::new(id, name)
    };
    let body = Entry {
        kind: FieldKind::Lines,
        autofocus: true,
        ..Entry::new("send-body", BODY)
    };
    let delay = Entry {
        kind: FieldKind::Number,
        ..entry("send-delay", DELAY, text!("send-delay-hint"))
    };
    let group_hint = if target.fifo {
        text!("send-group-hint")
    } else {
        text!("optional")
    };
    let deduplication = entry(
        "send-deduplication",
        DEDUPLICATION,
        text!("send-deduplication-hint"),
    );
    let attribute_name = Entry {
        label: text!("attribute-name").into(),
        ..entry("send-attribute-name", ATTRIBUTE, text!("optional"))
    };
    let attribute_value = Entry {
        label: text!("attribute-string").into(),
        ..entry("send-attribute-value", ATTRIBUTE_VALUE, text!("optional"))
    };
    let url = target.url.clone();
    html! {
        <form onsubmit={page.submitting(move |page| submit(&url, page))} novalidate={true}>
            <div class="field">
                <label for="send-queue">{ text!("queue") }</label>
                <select id="send-queue" {onchange}>
                    { for targets.iter().map(|offered| html! {
                        <option value={offered.url.clone()} selected={offered == target}>{ &offered.name }</option>
                    }) }
                </select>
            </div>
            { body.show(typed, page) }
            <div class="field-grid">
                { delay.show(typed, page) }
                { entry("send-group", GROUP, group_hint).show(typed, page) }
                if target.fifo {
                    { deduplication.show(typed, page) }
                }
                { attribute_name.show(typed, page) }
                { attribute_value.show(typed, page) }
            </div>
            { typed.complaint() }
            <div class="dialog-end">
                <button class="button primary" type="submit">{ text!("send") }</button>
            </div>
        </form>
    }
}

fn submit(url: &str, page: &Page) {
    let mut typed: Typed = page.draft();
    let complaint = match request(url, &typed) {
        Ok(request) => match ask(&page.store, Form::Send, request) {
            Some(Err(error)) => complain(&error),
            Some(Ok(_)) | None => return page.shell.close(),
        },
        Err(wrong) => wrong,
    };
    typed.complain(Some(complaint));
    page.set_draft(typed);
}

fn request(url: &str, typed: &Typed) -> Result<SendMessageRequest, Complaint> {
    let (name, value) = (typed.text(ATTRIBUTE), typed.text(ATTRIBUTE_VALUE));
    let mut message_attributes = BTreeMap::new();
    if !name.is_empty() || !value.is_empty() {
        let value = MessageAttributeValue {
            data_type: "String".into(),
            string_value: Some(value.to_owned()),
            ..Default::default()
        };
        message_attributes.insert(name.to_owned(), value);
    }
    Ok(SendMessageRequest {
        queue_url: Some(url.to_owned()),
        message_body: Some(Arc::from(typed.text(BODY))),
        delay_seconds: typed.number(DELAY)?,
        message_group_id: typed.optional(GROUP),
        message_deduplication_id: typed.optional(DEDUPLICATION),
        message_attributes,
        ..Default::default()
    })
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
