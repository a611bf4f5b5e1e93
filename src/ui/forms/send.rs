//! Send a message, or several that are numbered.

use crate::sim::SortedMap;

use yew::prelude::*;

use super::fields::{Complaint, Entry, Typed, ask};
use super::parts::{Choice, button, choosing, dialog, form, option, submit_button};
use crate::sqs::QueueId;
use crate::sqs::api::{
    BatchResultErrorEntry, MessageAttributeValue, Response, SendMessageBatchRequest,
    SendMessageBatchRequestEntry, SendMessageRequest,
};
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Form, Selection, Session};
use crate::ui::store::Store;
use crate::ui::text::text;
use crate::ui::widgets::{FieldKind, Icon};

const BODY: &str = "MessageBody";
const DELAY: &str = "DelaySeconds";
const GROUP: &str = "MessageGroupId";
const DEDUPLICATION: &str = "MessageDeduplicationId";
const ATTRIBUTE: &str = "MessageAttributes";

/// How many messages.
const COUNT: &str = "count";
/// The most at once, in batches of ten.
const COUNT_MAX: i64 = 1000;
/// How many attributes are being typed.
const ATTRIBUTES: &str = "attributes";

/// The fields of an attribute: its name, its type, its value.
type AttributeFields = [&'static str; 3];

/// As many as AWS allows, and one more to see what it says.
const ATTRIBUTE_FIELDS: [AttributeFields; 11] = [
    ["name-1", "type-1", "value-1"],
    ["name-2", "type-2", "value-2"],
    ["name-3", "type-3", "value-3"],
    ["name-4", "type-4", "value-4"],
    ["name-5", "type-5", "value-5"],
    ["name-6", "type-6", "value-6"],
    ["name-7", "type-7", "value-7"],
    ["name-8", "type-8", "value-8"],
    ["name-9", "type-9", "value-9"],
    ["name-10", "type-10", "value-10"],
    ["name-11", "type-11", "value-11"],
];

const TYPES: [&str; 3] = ["String", "Number", "Binary"];

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
        dialog("send", text!("send-message"), fields)
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
    let count = Entry {
        kind: FieldKind::Number,
        label: text!("send-count").into(),
        untouched: "1".into(),
        ..entry("send-count", COUNT, text!("send-count-hint"))
    };
    let url = target.url.clone();
    let queues = targets.iter();
    let queues = queues.map(|queue| option(queue.url.clone(), queue.name.clone(), &url));
    let queue = Choice {
        id: "send-queue".into(),
        label: text!("queue"),
        described: None,
        options: queues.collect(),
        onchange: choosing(QUEUE, page),
        after: html! {},
    };
    let fields = html! {
        <>
            { queue.show() }
            { body.show(typed, page) }
            <div class="field-grid">
                { delay.show(typed, page) }
                { entry("send-group", GROUP, group_hint).show(typed, page) }
                if target.fifo {
                    { deduplication.show(typed, page) }
                }
                { count.show(typed, page) }
            </div>
            { attributes(typed, page) }
            { typed.complaint() }
        </>
    };
    let onsubmit = page.submitting(move |page| submit(&url, page));
    form(onsubmit, fields, submit_button(text!("send")))
}

/// The attributes that are being typed.
fn attributes(typed: &Typed, page: &Page) -> Html {
    let shown = typed.text(ATTRIBUTES).parse().unwrap_or(0);
    let add = page.edit(move |typed: &mut Typed, _: MouseEvent| {
        typed.set(ATTRIBUTES, (shown + 1).to_string());
    });
    html! {
        <fieldset class="message-attributes">
            <legend>{ ATTRIBUTE }</legend>
            { for ATTRIBUTE_FIELDS.iter().take(shown).enumerate().map(|(place, fields)| {
                attribute(place + 1, *fields, typed, page)
            }) }
            { typed.error(ATTRIBUTE) }
            if shown < ATTRIBUTE_FIELDS.len() {
                { button("button small", Some(Icon::Plus), text!("attribute-add"), add) }
            }
        </fieldset>
    }
}

fn attribute(
    number: usize,
    [name, kind, value]: AttributeFields,
    typed: &Typed,
    page: &Page,
) -> Html {
    let labelled = |id: &str, field, label: String| Entry {
        label: label.into(),
        ..Entry::new(format!("send-{id}-{number}"), field)
    };
    let chosen = typed.given(kind).unwrap_or(TYPES[0]);
    let value_label = if chosen == "Binary" {
        text!("attribute-base64")
    } else {
        text!("attribute-string")
    };
    let types = TYPES.iter();
    let data_type = Choice {
        id: format!("send-type-{number}"),
        label: "DataType".into(),
        described: None,
        options: types
            .map(|offered| option((*offered).into(), (*offered).into(), chosen))
            .collect(),
        onchange: choosing(kind, page),
        after: html! {},
    };
    html! {
        <div class="attribute-row" key={number}>
            { labelled("name", name, text!("attribute-name")).show(typed, page) }
            { data_type.show() }
            { labelled("value", value, value_label).show(typed, page) }
        </div>
    }
}

/// What was typed, in terms of the service.
struct Message {
    body: String,
    delay_seconds: Option<i64>,
    group: Option<String>,
    deduplication: Option<String>,
    attributes: SortedMap<String, MessageAttributeValue>,
}

impl Message {
    fn of(typed: &Typed) -> Result<Self, Complaint> {
        Ok(Self {
            body: typed.text(BODY).to_owned(),
            delay_seconds: typed.number(DELAY)?,
            group: typed.optional(GROUP),
            deduplication: typed.optional(DEDUPLICATION),
            attributes: message_attributes(typed),
        })
    }

    fn single(self, url: &str) -> SendMessageRequest {
        SendMessageRequest {
            queue_url: Some(url.to_owned()),
            message_body: Some(self.body.into()),
            delay_seconds: self.delay_seconds,
            message_group_id: self.group,
            message_deduplication_id: self.deduplication,
            message_attributes: self.attributes,
            ..Default::default()
        }
    }

    /// The message of this number.
    fn numbered(&self, number: i64) -> SendMessageBatchRequestEntry {
        let fill = |text: &str| text.replace("{n}", &number.to_string());
        let of = |text: &Option<String>| text.as_deref().map(fill);
        SendMessageBatchRequestEntry {
            id: Some(number.to_string()),
            message_body: Some(fill(&self.body).into()),
            delay_seconds: self.delay_seconds,
            message_group_id: of(&self.group),
            message_deduplication_id: of(&self.deduplication),
            message_attributes: self.attributes.clone(),
            ..Default::default()
        }
    }
}

fn message_attributes(typed: &Typed) -> SortedMap<String, MessageAttributeValue> {
    let mut attributes = SortedMap::new();
    for [name, kind, value] in ATTRIBUTE_FIELDS {
        let (name, text) = (typed.text(name), typed.text(value).to_owned());
        if name.is_empty() && text.is_empty() {
            continue;
        }
        let data_type = typed.given(kind).unwrap_or(TYPES[0]).to_owned();
        let is_binary = data_type == "Binary";
        let value = MessageAttributeValue {
            data_type,
            string_value: (!is_binary).then(|| text.clone()),
            binary_value: is_binary.then_some(text),
            ..Default::default()
        };
        attributes.insert(name.to_owned(), value);
    }
    attributes
}

fn submit(url: &str, page: &Page) {
    let mut typed: Typed = page.draft();
    if let Err(complaint) = send(url, &typed, &page.store) {
        typed.complain(Some(complaint));
        page.set_draft(typed);
    } else {
        page.shell.close();
    }
}

/// Sends what was typed; one message by itself, several in batches, up to the first that fails.
fn send(url: &str, typed: &Typed, store: &Store) -> Result<(), Complaint> {
    let message = Message::of(typed)?;
    let count = typed.number(COUNT)?.unwrap_or(1);
    if !(1..=COUNT_MAX).contains(&count) {
        let words = text!("send-count-wrong", [("most", (COUNT_MAX as u64).into())]);
        return Err(Complaint::at_field(COUNT, words));
    }
    if count == 1 {
        let answer = ask(store, Form::Send, message.single(url));
        return match answer {
            Some(Err(error)) => Err(complain(&error)),
            Some(Ok(_)) | None => Ok(()),
        };
    }
    let mut next = 1;
    while next <= count {
        let last = count.min(next + 9);
        let request = SendMessageBatchRequest {
            queue_url: Some(url.to_owned()),
            entries: Some(
                (next..=last)
                    .map(|number| message.numbered(number))
                    .collect(),
            ),
        };
        match ask(store, Form::Send, request) {
            Some(Err(error)) => return Err(complain(&error)),
            Some(Ok(Response::SendMessageBatch(response))) => {
                if let Some(failed) = response.failed.first() {
                    return Err(complain_of_entry(failed));
                }
            }
            Some(Ok(_)) | None => {}
        }
        next = last + 1;
    }
    Ok(())
}

/// What is wrong with one of several messages.
fn complain_of_entry(failed: &BatchResultErrorEntry) -> Complaint {
    let text = failed.message.clone().unwrap_or_default();
    let words = format!("{}: {}: {text}", failed.id, failed.code);
    located(Complaint::named(&text, words, FIELDS))
}

/// The queue that is selected; else the first that is nobody's dead-letter queue.
pub(super) fn likely_target(session: &Session) -> Option<QueueId> {
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

/// The fields that AWS names.
const FIELDS: &[&str] = &[BODY, DELAY, DEDUPLICATION, GROUP, ATTRIBUTE];

fn complain(error: &crate::sqs::Error) -> Complaint {
    located(Complaint::of(error, FIELDS))
}

/// At the field that AWS speaks of in another way.
fn located(complaint: Complaint) -> Complaint {
    complaint
        .at("ContentBasedDeduplication", DEDUPLICATION)
        .at("attribute", ATTRIBUTE)
        .at("shorter than", BODY)
        .at("essage", BODY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(texts: &[(&'static str, &str)]) -> Typed {
        let mut typed = Typed::default();
        for (field, text) in texts {
            typed.set(field, (*text).to_owned());
        }
        typed
    }

    #[test]
    fn attributes_are_of_the_type_that_was_chosen() {
        let typed = typed(&[
            ("name-1", "color"),
            ("value-1", "blue"),
            ("name-3", "picture"),
            ("type-3", "Binary"),
            ("value-3", "iVBORw0K"),
        ]);
        let attributes = message_attributes(&typed);
        assert_eq!(attributes.len(), 2, "the second row is empty");
        assert_eq!(attributes["color"].data_type, "String");
        assert_eq!(attributes["color"].string_value.as_deref(), Some("blue"));
        assert_eq!(
            attributes["picture"].binary_value.as_deref(),
            Some("iVBORw0K")
        );
        assert_eq!(attributes["picture"].string_value, None);
    }

    #[test]
    fn several_messages_are_numbered() {
        let typed = typed(&[(BODY, "order {n}"), (GROUP, "g{n}"), (DELAY, "7")]);
        let Ok(message) = Message::of(&typed) else {
            panic!("7 is a number");
        };
        let entry = message.numbered(12);
        assert_eq!(entry.id.as_deref(), Some("12"));
        assert_eq!(entry.message_body.as_deref(), Some("order 12"));
        assert_eq!(entry.message_group_id.as_deref(), Some("g12"));
        assert_eq!(
            (entry.delay_seconds, entry.message_deduplication_id),
            (Some(7), None)
        );
    }

    #[test]
    fn what_is_wrong_with_an_entry_is_said_at_its_field() {
        let failed = BatchResultErrorEntry {
            id: "3".into(),
            code: "InvalidParameterValue".into(),
            message: Some("Value 901 for parameter DelaySeconds is invalid.".into()),
            sender_fault: true,
        };
        let complaint = complain_of_entry(&failed);
        let words = Complaint::about(Some(&complaint), DELAY).expect("it is about the delay");
        assert_eq!(
            &*words,
            "3: InvalidParameterValue: Value 901 for parameter DelaySeconds is invalid."
        );
    }
}
