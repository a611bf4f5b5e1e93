//! Set a queue's attributes.

use web_sys::SubmitEvent;
use yew::prelude::*;

use super::fields::{Complaint, ask};
use crate::sqs::api::SetQueueAttributesRequest;
use crate::sqs::{AttributeName, QueueAttributes, QueueId};
use crate::ui::session::Form;
use crate::ui::store::{use_selector, use_store};
use crate::ui::text::text;
use crate::ui::widgets::{Field, FieldKind};

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

#[derive(PartialEq, Properties)]
pub(crate) struct AttributesFormProps {
    pub id: QueueId,
}

#[component]
pub(crate) fn AttributesForm(props: &AttributesFormProps) -> Html {
    let id = props.id;
    let store = use_store();
    let now = use_selector(move |session| {
        let queue = session.world().queue(id)?;
        Some((queue.url().to_string(), values(queue.attributes())))
    });
    // Only what was changed; the rest follows the queue.
    let typed = use_state(|| [const { None::<String> }; OFFERED.len()]);
    let complaint = use_state(|| None::<Complaint>);
    let onsubmit = use_callback((store, typed.clone(), complaint.clone(), now.clone()), {
        |event: SubmitEvent, (store, typed, complaint, now)| {
            event.prevent_default();
            let Some((url, _)) = &**now else { return };
            let changed = OFFERED
                .iter()
                .zip(&**typed)
                .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.clone()?)));
            let request = SetQueueAttributesRequest {
                queue_url: Some(url.clone()),
                attributes: changed.collect(),
            };
            match ask(store, Form::Attributes, request) {
                Some(Err(error)) => {
                    complaint.set(Some(Complaint::of(
                        &error,
                        &OFFERED.map(AttributeName::as_str),
                    )));
                }
                Some(Ok(_)) | None => {
                    complaint.set(None);
                    typed.set([const { None }; OFFERED.len()]);
                }
            }
        }
    });
    let Some((_, values)) = &*now else {
        return html! {};
    };
    html! {
        <details class="attributes-form">
            <summary>{ text("change-attributes") }</summary>
            <form {onsubmit} novalidate={true}>
                { for OFFERED.iter().enumerate().map(|(at, name)| {
                    let typed_here = typed.clone();
                    let onchange = Callback::from(move |value| {
                        let mut next = (*typed_here).clone();
                        next[at] = Some(value);
                        typed_here.set(next);
                    });
                    html! {
                        <Field key={name.as_str()} id={format!("set-{}", name.as_str())}
                            label={name.as_str()} kind={FieldKind::Number}
                            value={typed[at].clone().unwrap_or_else(|| values[at].clone())}
                            error={Complaint::about(complaint.as_ref(), name.as_str())} {onchange} />
                    }
                }) }
                if let Some(words) = Complaint::about_all(complaint.as_ref()) {
                    <p class="field-error" role="alert">{ words }</p>
                }
                <button class="button" type="submit">{ text("save") }</button>
            </form>
        </details>
    }
}
