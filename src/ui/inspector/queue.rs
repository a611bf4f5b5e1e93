//! A queue: its counts, its messages, receiving by hand, its attributes.

use yew::prelude::*;

use super::{Facts, Heading, SelectLink};
use crate::sqs::{AttributeName, MessageKey, Phase, Queue, QueueId};
use crate::ui::describe;
use crate::ui::format;
use crate::ui::forms::{AttributesForm, ReceiveForm};
use crate::ui::session::{Selection, Session};
use crate::ui::stage::scene;
use crate::ui::stage::view::Zone;
use crate::ui::store::use_selector;
use crate::ui::text::{text, text_with};

/// Messages that are listed.
const LISTED_MAX: usize = 60;

#[derive(PartialEq, Properties)]
pub(super) struct QueueDetailsProps {
    pub id: QueueId,
}

/// A message of the list.
#[derive(Clone, Debug, PartialEq)]
struct Listed {
    key: MessageKey,
    zone: Zone,
    note: String,
    body: String,
}

fn listed(session: &Session, id: QueueId) -> Vec<Listed> {
    let Some(queue) = session.world().queue(id) else {
        return Vec::new();
    };
    queue
        .messages()
        .take(LISTED_MAX)
        .map(|message| {
            let until = |until: crate::sim::Time| format::elapsed(until.since(session.start()));
            let note = match message.phase() {
                Phase::Delayed { until: end } => {
                    text_with("listed-until", [("until", until(end).into())])
                }
                Phase::InFlight {
                    until: end, caller, ..
                } => text_with(
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

fn facts(queue: &Queue, session: &Session) -> Vec<(String, String)> {
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
            text_with(
                "redrive-policy",
                [("queue", target.into()), ("count", most.into())],
            ),
        ));
    }
    facts
}

#[component]
pub(super) fn QueueDetails(props: &QueueDetailsProps) -> Html {
    let id = props.id;
    let facts = use_selector(move |session| {
        let queue = session.world().queue(id)?;
        let kind = if queue.is_fifo() {
            text("queue-fifo")
        } else {
            text("queue-standard")
        };
        Some((
            queue.name().to_string(),
            kind,
            queue.len(),
            facts(queue, session),
        ))
    });
    let messages = use_selector(move |session| listed(session, id));
    let Some((name, kind, count, facts)) = &*facts else {
        return html! {
            <>
                <Heading kind={text("queue")} title={text("queue-gone")} />
                <p class="note">{ text("queue-gone-note") }</p>
            </>
        };
    };
    html! {
        <>
            <Heading kind={text("queue")} title={name.clone()} note={kind.clone()} />
            <ReceiveForm {id} />
            <h3>{ text_with("messages-count", [("count", (*count).into())]) }</h3>
            <ul class="listed">
                { for messages.iter().map(|message| html! {
                    <li key={message.key.0} class={zone_class(message.zone)}>
                        <SelectLink selection={Selection::Message(message.key)}>
                            { message.key.0 }
                        </SelectLink>
                        <span class="state">{ zone_name(message.zone) }</span>
                        <span class="body">{ &message.body }</span>
                        <span class="note">{ &message.note }</span>
                    </li>
                }) }
            </ul>
            if *count > messages.len() {
                <p class="note">
                    { text_with("messages-more", [("count", (count - messages.len()).into())]) }
                </p>
            }
            <AttributesForm {id} />
            <h3>{ text("attributes") }</h3>
            <Facts facts={facts.clone()} />
        </>
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
        Zone::Delayed => text("delayed"),
        Zone::Visible => text("visible"),
        Zone::InFlight => text("in-flight"),
    }
}
