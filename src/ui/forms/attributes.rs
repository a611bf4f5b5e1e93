//! Set a queue's attributes.

use yew::prelude::*;

use super::fields::{Complaint, Entry, Typed, ask};
use crate::sim::tree;
use crate::sqs::api::SetQueueAttributesRequest;
use crate::sqs::{AttributeName, QueueAttributes, QueueId};
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Form, Session};
use crate::ui::text::text;
use crate::ui::widgets::FieldKind;

/// The attributes that are offered.
const OFFERED: [AttributeName; 4] = [
    AttributeName::VisibilityTimeout,
    AttributeName::DelaySeconds,
    AttributeName::ReceiveMessageWaitTimeSeconds,
    AttributeName::MessageRetentionPeriod,
];

fn values(attributes: &QueueAttributes) -> [String; OFFERED.len()] {
    [
        attributes.visibility_timeout,
        attributes.delay_seconds,
        attributes.receive_message_wait_time_seconds,
        attributes.message_retention_period,
    ]
    .map(|value| value.to_string())
}

#[derive(PartialEq)]
pub(crate) struct AttributesForm {
    pub(crate) id: QueueId,
}

impl Part for AttributesForm {
    type Facts = Option<[String; OFFERED.len()]>;

    fn facts(&self, session: &Session) -> Self::Facts {
        Some(values(session.world().queue(self.id)?.attributes()))
    }

    fn view(&self, values: &Self::Facts, page: &Page) -> Html {
        let Some(values) = values else {
            return html! {};
        };
        // Only what was changed; the rest follows the queue.
        let typed: Typed = page.draft();
        let id = self.id;
        html! {
            <details class="attributes-form">
                <summary>{ text!("change-attributes") }</summary>
                <form onsubmit={page.submitting(move |page| submit(id, page))} novalidate={true}>
                    { for OFFERED.iter().zip(values).map(|(name, value)| {
                        let name = name.as_str();
                        let entry = Entry {
                            kind: FieldKind::Number,
                            untouched: value.clone().into(),
                            ..Entry::new(format!("set-{name}"), name)
                        };
                        entry.show(&typed, page)
                    }) }
                    { typed.complaint() }
                    <button class="button" type="submit">{ text!("save") }</button>
                </form>
            </details>
        }
    }
}

fn submit(id: QueueId, page: &Page) {
    let queue = |session: &Session| Some(session.world().queue(id)?.url().to_string());
    let Some(url) = page.store.read(queue) else {
        return;
    };
    let names = OFFERED.map(AttributeName::as_str);
    let mut typed: Typed = page.draft();
    let changed = names
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), typed.given(name)?.to_owned())));
    let request = SetQueueAttributesRequest {
        queue_url: Some(url),
        attributes: tree(changed),
    };
    match ask(&page.store, Form::Attributes, request) {
        Some(Err(error)) => typed.complain(Some(Complaint::of(&error, &names))),
        Some(Ok(_)) | None => typed = Typed::default(),
    }
    page.set_draft(typed);
}
