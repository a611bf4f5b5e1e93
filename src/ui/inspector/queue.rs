//! A queue: its counts, its messages, receiving by hand, its attributes.

use yew::prelude::*;

use super::{Fact, fact_list, heading, link};
use crate::sqs::{AttributeName, MessageKey, Phase, Queue, QueueId};
use crate::ui::describe;
use crate::ui::format;
use crate::ui::forms::{AttributesForm, ReceiveForm};
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Selection, Session};
use crate::ui::stage::scene;
use crate::ui::stage::view::Zone;
use crate::ui::text::text;

/// Messages that are listed.
const LISTED_MAX: usize = 60;

#[derive(PartialEq)]
pub(super) struct QueueDetails {
    pub(super) id: QueueId,
}

#[derive(PartialEq)]
pub(super) struct Details {
    name: String,
    kind: String,
    count: usize,
    facts: Vec<Fact>,
    messages: Vec<Listed>,
}

/// A message of the list.
#[derive(PartialEq)]
struct Listed {
    key: MessageKey,
    zone: Zone,
    note: String,
    body: String,
}

fn listed(queue: &Queue, session: &Session) -> Vec<Listed> {
    queue
        .messages()
        .take(LISTED_MAX)
        .map(|message| {
            let until = |until: crate::sim::Time| format::elapsed(until.since(session.start()));
            let note = match message.phase() {
                Phase::Delayed { until: end } => {
                    text!("listed-until", [("until", until(end).into())])
                }
                Phase::InFlight {
                    until: end, caller, ..
                } => text!(
                    "listed-held",
                    [
                        ("holder", describe::caller(session.world(), caller).into()),
                        ("until", until(end).into()),
                    ],
                ),
                Phase::Visible { .. } => String::new(),
            };
            Listed {
                key: message.key(),
                zone: scene::zone_of(message.phase()),
                note,
                body: format::clip(message.body(), 60),
            }
        })
        .collect()
}

fn facts(queue: &Queue, session: &Session) -> Vec<Fact> {
    let counts = queue.counts();
    let attributes = queue.attributes();
    let name = |name: AttributeName| name.as_str().to_owned();
    let mut facts = vec![
        (
            name(AttributeName::ApproximateNumberOfMessages),
            counts.visible.to_string(),
        ),
        (
            name(AttributeName::ApproximateNumberOfMessagesNotVisible),
            counts.in_flight.to_string(),
        ),
        (
            name(AttributeName::ApproximateNumberOfMessagesDelayed),
            counts.delayed.to_string(),
        ),
        (name(AttributeName::QueueArn), queue.arn().to_string()),
        ("QueueUrl".to_owned(), queue.url().to_string()),
        (
            name(AttributeName::MaximumMessageSize),
            format::bytes(attributes.maximum_message_size as usize),
        ),
    ];
    if let Some((target, most)) = queue.dead_letter_queue().zip(queue.max_receive_count()) {
        let target = describe::queue(session.world(), target);
        facts.push((
            name(AttributeName::RedrivePolicy),
            text!(
                "redrive-policy",
                [("queue", target.into()), ("count", most.into())],
            ),
        ));
    }
    facts
}

impl Part for QueueDetails {
    type Facts = Option<Details>;

    fn facts(&self, session: &Session) -> Self::Facts {
        let queue = session.world().queue(self.id)?;
        Some(Details {
            name: queue.name().to_string(),
            kind: if queue.is_fifo() {
                text!("queue-fifo")
            } else {
                text!("queue-standard")
            },
            count: queue.len(),
            facts: facts(queue, session),
            messages: listed(queue, session),
        })
    }

    fn view(&self, details: &Self::Facts, page: &Page) -> Html {
        let Some(details) = details else {
            return html! {
                <>
                    { heading(&text!("queue"), &text!("queue-gone"), "", page) }
                    <p class="note">{ text!("queue-gone-note") }</p>
                </>
            };
        };
        let (id, count, messages) = (self.id, details.count, &details.messages);
        html! {
            <>
                { heading(&text!("queue"), &details.name, &details.kind, page) }
                { ReceiveForm { id }.show() }
                <h3>{ text!("messages-count", [("count", count.into())]) }</h3>
                <ul class="listed">
                    { for messages.iter().map(|message| html! {
                        <li key={message.key.0} class={zone_class(message.zone)}>
                            { link(Selection::Message(message.key), message.key.0.to_string(), page) }
                            <span class="state">{ zone_name(message.zone) }</span>
                            <span class="body">{ &message.body }</span>
                            <span class="note">{ &message.note }</span>
                        </li>
                    }) }
                </ul>
                if count > messages.len() {
                    <p class="note">
                        { text!("messages-more", [("count", (count - messages.len()).into())]) }
                    </p>
                }
                { AttributesForm { id }.show() }
                <h3>{ text!("attributes") }</h3>
                { fact_list(&details.facts) }
            </>
        }
    }
}

fn zone_class(zone: Zone) -> &'static str {
    match zone {
        Zone::Delayed => "delayed",
        Zone::Visible => "visible",
        Zone::InFlight => "in-flight",
    }
}

fn zone_name(zone: Zone) -> String {
    match zone {
        Zone::Delayed => text!("delayed"),
        Zone::Visible => text!("visible"),
        Zone::InFlight => text!("in-flight"),
    }
}
