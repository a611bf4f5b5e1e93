//! Create a queue.

use yew::prelude::*;

use super::fields::{Complaint, Entry, Typed, ask};
use super::parts::{Choice, check_box, choosing, dialog, form, option, submit_button};
use crate::json::{self, AsMember, Member};
use crate::sim::SortedMap;
use crate::sqs::AttributeName;
use crate::sqs::api::CreateQueueRequest;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Action, Form, Selection, Session};
use crate::ui::text::text;
use crate::ui::widgets::FieldKind;

const NAME: &str = "QueueName";
const FIFO: &str = "FifoQueue";
const CONTENT_BASED: &str = "ContentBasedDeduplication";
/// AWS's errors are about the policy as a whole; the number in it is what can be typed wrong.
const POLICY: &str = "RedrivePolicy";
const TARGET: &str = "deadLetterTargetArn";
const RECEIVES: &str = "maxReceiveCount";

/// The attributes that are offered, with what they are when left empty.
const OFFERED: [(AttributeName, &str); 5] = [
    (AttributeName::VisibilityTimeout, "30"),
    (AttributeName::DelaySeconds, "0"),
    (AttributeName::ReceiveMessageWaitTimeSeconds, "0"),
    (AttributeName::MessageRetentionPeriod, "345600"),
    (AttributeName::MaximumMessageSize, "1048576"),
];

/// The queues that could take dead letters: ARNs and names.
type Targets = Vec<(String, String)>;

#[derive(PartialEq)]
pub(crate) struct CreateQueueForm;

impl Part for CreateQueueForm {
    type Facts = Targets;

    fn facts(&self, session: &Session) -> Targets {
        let queues = session.world().queues();
        queues
            .map(|queue| (queue.arn().to_string(), queue.name().to_string()))
            .collect()
    }

    fn view(&self, targets: &Targets, page: &Page) -> Html {
        let typed: Typed = page.draft();
        let name = Entry {
            untouched: queue_name(targets, &typed).into(),
            hint: text!("queue-name-hint").into(),
            autofocus: true,
            ..Entry::new("queue-name", NAME)
        };
        let attribute = |(name, default): (AttributeName, &str)| {
            let name = name.as_str();
            let entry = Entry {
                kind: FieldKind::Number,
                hint: text!("empty-means", [("value", default.into())]).into(),
                ..Entry::new(format!("queue-{name}"), name)
            };
            entry.show(&typed, page)
        };
        let onsubmit = page.submitting(|page| {
            let targets = page.store.read(|session| CreateQueueForm.facts(session));
            submit(&targets, page);
        });
        let fields = html! {
            <>
                { name.show(&typed, page) }
                { check_box(FIFO, text!("fifo-choice").into(), typed.is_on(FIFO), page) }
                if typed.is_on(FIFO) {
                    { check_box(CONTENT_BASED, CONTENT_BASED.into(), typed.is_on(CONTENT_BASED), page) }
                }
                <div class="field-grid">
                    { for OFFERED.into_iter().map(attribute) }
                </div>
                if !targets.is_empty() {
                    { dead_letter_choice(targets, &typed, page) }
                }
                { typed.complaint() }
            </>
        };
        let form = form(onsubmit, fields, submit_button(text!("create-queue")));
        dialog("create-queue", text!("create-queue"), form)
    }
}

fn dead_letter_choice(targets: &Targets, typed: &Typed, page: &Page) -> Html {
    let target = typed.text(TARGET);
    let receives = Entry {
        label: RECEIVES.into(),
        kind: FieldKind::Number,
        ..Entry::new("queue-receives", POLICY)
    };
    let none = option(String::new(), text!("none"), target);
    let queues = targets.iter();
    let queues = queues.map(|(arn, name)| option(arn.clone(), name.clone(), target));
    let choice = Choice {
        id: "queue-dead-letters".into(),
        label: text!("dead-letter-queue"),
        described: None,
        options: [none].into_iter().chain(queues).collect(),
        onchange: choosing(TARGET, page),
        after: html! {},
    };
    html! {
        <div class="field-grid">
            { choice.show() }
            if !target.is_empty() {
                { receives.show(typed, page) }
            }
        </div>
    }
}

/// What was typed, or a name that nobody has.
fn queue_name(targets: &Targets, typed: &Typed) -> String {
    if let Some(name) = typed.given(NAME) {
        return name.to_owned();
    }
    let ending = if typed.is_on(FIFO) { ".fifo" } else { "" };
    let is_free = |name: &String| targets.iter().all(|(_, taken)| taken != name);
    let mut names = (1_u32..).map(|number| ["queue-", &number.to_string(), ending].concat());
    names.find(is_free).unwrap_or_default()
}

fn submit(targets: &Targets, page: &Page) {
    let mut typed: Typed = page.draft();
    let name = queue_name(targets, &typed);
    match ask(
        &page.store,
        Form::CreateQueue,
        request(name.clone(), &typed),
    ) {
        Some(Err(error)) => {
            typed.complain(Some(complain(&error)));
            page.set_draft(typed);
        }
        Some(Ok(_)) | None => {
            let created = page.store.read(|session| {
                let mut queues = session.world().queues();
                queues
                    .find(|queue| **queue.name() == *name)
                    .map(|queue| queue.id())
            });
            if let Some(id) = created {
                page.store.dispatch(Action::Select(Selection::Queue(id)));
            }
            page.shell.close();
        }
    }
}

fn request(name: String, typed: &Typed) -> CreateQueueRequest {
    let offered = OFFERED.iter().map(|(name, _)| name.as_str());
    let typed_ones = offered.filter_map(|name| Some((name.to_owned(), typed.optional(name)?)));
    let mut attributes: SortedMap<_, _> = typed_ones.collect();
    let mut set = |name: &str, value: String| {
        attributes.insert(name.to_owned(), value);
    };
    if typed.is_on(FIFO) {
        set(FIFO, "true".into());
        if typed.is_on(CONTENT_BASED) {
            set(CONTENT_BASED, "true".into());
        }
    }
    if let Some(target) = typed.optional(TARGET) {
        let receives = typed.text(POLICY).to_owned();
        let policy = Member::Map(vec![
            (TARGET, target.member()),
            (RECEIVES, receives.member()),
        ]);
        set(POLICY, json::compact(&policy));
    }
    CreateQueueRequest {
        queue_name: Some(name),
        attributes,
        ..Default::default()
    }
}

fn complain(error: &crate::sqs::Error) -> Complaint {
    let mut fields = vec![POLICY];
    fields.extend(OFFERED.iter().map(|(name, _)| name.as_str()));
    fields.push(NAME);
    // AWS speaks of the name in several ways.
    Complaint::of(error, &fields)
        .at(RECEIVES, POLICY)
        .at("edrive", POLICY)
        .at("queue name", NAME)
        .at("Queue name", NAME)
        .at("queue already exists", NAME)
        .at(".fifo", NAME)
        .at("alphanumeric", NAME)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_nobody_has_is_there_already() {
        let taken = ["queue-1", "queue-2", "queue-2.fifo"];
        let targets = taken.map(|name| (String::new(), name.to_owned())).to_vec();
        let mut typed = Typed::default();
        assert_eq!(queue_name(&targets, &typed), "queue-3");
        typed.set(FIFO, "on".to_owned());
        assert_eq!(queue_name(&targets, &typed), "queue-1.fifo");
        typed.set(NAME, String::new());
        assert_eq!(
            queue_name(&targets, &typed),
            "",
            "AWS says what it thinks of none"
        );
    }
}
