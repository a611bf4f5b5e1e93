//! A queue's attributes as `GetQueueAttributes` prints them, each changed where it stands.

use yew::prelude::*;

use super::fields::{Complaint, Entry, Typed, ask};
use super::parts::{Choice, button, choosing, option, submit_button};
use crate::json::{self, AsMember, Member};
use crate::sim::Time;
use crate::sqs::api::SetQueueAttributesRequest;
use crate::sqs::{AttributeName, Queue, QueueId};
use crate::ui::format;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Form, Session};
use crate::ui::text::text;
use crate::ui::widgets::{FieldKind, breakable};

/// The attribute that is being changed.
const CHANGING: &str = "changing";
const TARGET: &str = "deadLetterTargetArn";
const RECEIVES: &str = "maxReceiveCount";

#[derive(PartialEq)]
pub(crate) struct AttributesForm {
    pub(crate) id: QueueId,
}

#[derive(PartialEq)]
pub(crate) struct Known {
    url: String,
    attributes: Vec<Attribute>,
    /// What can be a dead-letter queue: ARNs and names.
    targets: Vec<(String, String)>,
    policy: Option<(String, String)>,
}

#[derive(PartialEq)]
struct Attribute {
    name: AttributeName,
    /// As AWS prints it.
    value: Option<String>,
    /// The same for people, where that is something else.
    words: Option<String>,
    is_changeable: bool,
}

impl Attribute {
    fn of(queue: &Queue, name: AttributeName) -> Option<Self> {
        let value = queue.attribute(name);
        let is_changeable = name.is_changeable(queue.is_fifo());
        (is_changeable || value.is_some()).then(|| Self {
            name,
            words: value.as_deref().and_then(|value| in_words(name, value)),
            value,
            is_changeable,
        })
    }
}

/// What a value means to people.
fn in_words(name: AttributeName, value: &str) -> Option<String> {
    use AttributeName as Name;
    let number: Option<u32> = value.parse().ok();
    match name {
        Name::DelaySeconds
        | Name::KmsDataKeyReusePeriodSeconds
        | Name::MessageRetentionPeriod
        | Name::ReceiveMessageWaitTimeSeconds
        | Name::VisibilityTimeout => number.map(format::seconds),
        Name::MaximumMessageSize => number.map(|bytes| format::bytes(bytes as usize)),
        Name::CreatedTimestamp | Name::LastModifiedTimestamp => {
            let seconds: u64 = value.parse().ok()?;
            Some(format::calendar(Time::from_ms(
                seconds.saturating_mul(1000),
            )))
        }
        Name::ApproximateNumberOfMessages
        | Name::ApproximateNumberOfMessagesDelayed
        | Name::ApproximateNumberOfMessagesNotVisible
        | Name::ContentBasedDeduplication
        | Name::DeduplicationScope
        | Name::FifoQueue
        | Name::FifoThroughputLimit
        | Name::KmsMasterKeyId
        | Name::Policy
        | Name::QueueArn
        | Name::RedriveAllowPolicy
        | Name::RedrivePolicy
        | Name::SqsManagedSseEnabled => None,
    }
}

/// What an attribute is changed with.
enum Control {
    /// One of these.
    Words(&'static [&'static str]),
    Number,
    Text,
    /// With this hint.
    Json(String),
    /// A queue and a number.
    Redrive,
}

fn control(name: AttributeName) -> Control {
    use AttributeName as Name;
    match name {
        Name::ContentBasedDeduplication | Name::SqsManagedSseEnabled => {
            Control::Words(&["true", "false"])
        }
        Name::DeduplicationScope => Control::Words(&["queue", "messageGroup"]),
        Name::FifoThroughputLimit => Control::Words(&["perQueue", "perMessageGroupId"]),
        Name::Policy => Control::Json(text!("policy-hint")),
        Name::RedriveAllowPolicy => Control::Json(text!("redrive-allow-hint")),
        Name::RedrivePolicy => Control::Redrive,
        Name::KmsMasterKeyId => Control::Text,
        Name::ApproximateNumberOfMessages
        | Name::ApproximateNumberOfMessagesDelayed
        | Name::ApproximateNumberOfMessagesNotVisible
        | Name::CreatedTimestamp
        | Name::DelaySeconds
        | Name::FifoQueue
        | Name::KmsDataKeyReusePeriodSeconds
        | Name::LastModifiedTimestamp
        | Name::MaximumMessageSize
        | Name::MessageRetentionPeriod
        | Name::QueueArn
        | Name::ReceiveMessageWaitTimeSeconds
        | Name::VisibilityTimeout => Control::Number,
    }
}

impl Part for AttributesForm {
    type Facts = Option<Known>;

    fn facts(&self, session: &Session) -> Self::Facts {
        let queue = session.world().queue(self.id)?;
        let names = AttributeName::ALL.iter();
        let others = session.world().queues();
        let policy = queue.attributes().redrive_policy.as_ref();
        Some(Known {
            url: queue.url().to_string(),
            attributes: names
                .filter_map(|name| Attribute::of(queue, *name))
                .collect(),
            targets: others
                .map(|queue| (queue.arn().to_string(), queue.name().to_string()))
                .collect(),
            policy: policy.map(|policy| {
                let receives = policy.max_receive_count.to_string();
                (policy.dead_letter_target_arn.clone(), receives)
            }),
        })
    }

    fn view(&self, known: &Self::Facts, page: &Page) -> Html {
        let Some(known) = known else {
            return html! {};
        };
        let typed: Typed = page.draft();
        html! {
            <>
                <h3>{ text!("attributes") }</h3>
                <ul class="attributes">
                    { for known.attributes.iter().map(|attribute| row(attribute, known, &typed, page)) }
                </ul>
            </>
        }
    }
}

fn row(attribute: &Attribute, known: &Known, typed: &Typed, page: &Page) -> Html {
    let name = attribute.name.as_str();
    if typed.text(CHANGING) == name {
        return html! { <li key={name} class="changing">{ change(attribute, known, typed, page) }</li> };
    }
    let onclick = page.edit(move |typed: &mut Typed, _: MouseEvent| {
        *typed = Typed::default();
        typed.set(CHANGING, name.to_owned());
    });
    html! {
        <li key={name}>
            <span class="name">{ breakable(name) }</span>
            <span>
                <span class="value">{ attribute.value.clone().unwrap_or_else(|| text!("none")) }</span>
                if let Some(words) = &attribute.words {
                    <span class="note">{ words }</span>
                }
            </span>
            if attribute.is_changeable {
                <button class="button small" aria-label={text!("change-named", [("name", name.into())])} {onclick}>
                    { text!("change") }
                </button>
            }
        </li>
    }
}

fn change(attribute: &Attribute, known: &Known, typed: &Typed, page: &Page) -> Html {
    let name = attribute.name.as_str();
    let value = attribute.value.clone().unwrap_or_default();
    let entry = Entry {
        autofocus: true,
        untouched: value.clone().into(),
        ..Entry::new(format!("set-{name}"), name)
    };
    let fields = match control(attribute.name) {
        Control::Number => Entry {
            kind: FieldKind::Number,
            ..entry
        }
        .show(typed, page),
        Control::Text => entry.show(typed, page),
        Control::Json(hint) => Entry {
            kind: FieldKind::Lines,
            hint: hint.into(),
            ..entry
        }
        .show(typed, page),
        Control::Words(words) => {
            let options = words
                .iter()
                .map(|word| ((*word).to_owned(), (*word).to_owned()));
            let shown = typed.given(name).unwrap_or(&value);
            select(name, name, options.collect(), shown, typed, page)
        }
        Control::Redrive => redrive(known, typed, page),
    };
    let url = known.url.clone();
    let policy = known.policy.clone();
    let attribute = attribute.name;
    let onsubmit = page.submitting(move |page| submit(&url, attribute, policy.as_ref(), page));
    let cancel = page.edit(|typed: &mut Typed, _: MouseEvent| *typed = Typed::default());
    html! {
        <form {onsubmit} novalidate={true}>
            { fields }
            <div class="hand">
                { submit_button(text!("save")) }
                { button("button", None, text!("cancel"), cancel) }
            </div>
        </form>
    }
}

/// One of several, by values and labels.
fn select(
    label: &'static str,
    name: &'static str,
    options: Vec<(String, String)>,
    shown: &str,
    typed: &Typed,
    page: &Page,
) -> Html {
    let options = options.into_iter();
    let choice = Choice {
        id: format!("set-{label}"),
        label: label.into(),
        described: None,
        options: options
            .map(|(value, label)| option(value, label, shown))
            .collect(),
        onchange: choosing(name, page),
        after: typed.error(name),
    };
    choice.show()
}

fn redrive(known: &Known, typed: &Typed, page: &Page) -> Html {
    let (target, receives) = known.policy.clone().unwrap_or_default();
    let shown = typed.given(TARGET).unwrap_or(&target).to_owned();
    let mut options = vec![(String::new(), text!("none"))];
    options.extend(known.targets.iter().cloned());
    let receives = Entry {
        kind: FieldKind::Number,
        untouched: receives.into(),
        hint: text!("receives-hint").into(),
        ..Entry::new("set-maxReceiveCount", RECEIVES)
    };
    html! {
        <>
            { select(AttributeName::RedrivePolicy.as_str(), TARGET, options, &shown, typed, page) }
            if !shown.is_empty() {
                { receives.show(typed, page) }
            }
        </>
    }
}

fn submit(url: &str, attribute: AttributeName, policy: Option<&(String, String)>, page: &Page) {
    let mut typed: Typed = page.draft();
    let name = attribute.as_str();
    let is_redrive = attribute == AttributeName::RedrivePolicy;
    let value = if is_redrive {
        Some(redrive_policy(&typed, policy))
    } else {
        typed.given(name).map(str::to_owned)
    };
    let Some(value) = value else {
        return page.set_draft(Typed::default());
    };
    let request = SetQueueAttributesRequest {
        queue_url: Some(url.to_owned()),
        attributes: [(name.to_owned(), value)].into_iter().collect(),
    };
    match ask(&page.store, Form::Attributes, request) {
        Some(Err(error)) => {
            let place = match is_redrive {
                true if error.message.contains(RECEIVES) => RECEIVES,
                true => TARGET,
                false => name,
            };
            typed.complain(Some(Complaint::at_field(place, error.to_string())));
        }
        Some(Ok(_)) | None => typed = Typed::default(),
    }
    page.set_draft(typed);
}

/// The policy as it was typed; an empty one removes it.
fn redrive_policy(typed: &Typed, now: Option<&(String, String)>) -> String {
    let (target, receives) = now.cloned().unwrap_or_default();
    let target = typed.given(TARGET).unwrap_or(&target).to_owned();
    let receives = typed.given(RECEIVES).unwrap_or(&receives).to_owned();
    if target.is_empty() {
        return String::new();
    }
    json::compact(&Member::Map(vec![
        (TARGET, target.member()),
        (RECEIVES, receives.member()),
    ]))
}
