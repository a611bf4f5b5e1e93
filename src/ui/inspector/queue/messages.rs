//! The messages of a queue, the first of them.

use yew::prelude::*;

use super::link;
use crate::sqs::{MessageKey, Phase, Queue, QueueId};
use crate::ui::describe;
use crate::ui::format;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Selection, Session};
use crate::ui::stage::scene;
use crate::ui::stage::view::Zone;
use crate::ui::text::text;

/// Messages that are listed.
const LISTED_MAX: usize = 60;

#[derive(PartialEq)]
pub(super) struct Messages {
    pub(super) id: QueueId,
}

/// The first messages, and how many there are.
#[derive(PartialEq)]
pub(super) struct Head {
    listed: Vec<Listed>,
    count: usize,
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

impl Part for Messages {
    type Facts = Option<Head>;

    fn facts(&self, session: &Session) -> Self::Facts {
        let queue = session.world().queue(self.id)?;
        Some(Head {
            listed: listed(queue, session),
            count: queue.len(),
        })
    }

    fn view(&self, head: &Self::Facts, page: &Page) -> Html {
        let Some(Head { listed, count }) = head else {
            return html! {};
        };
        html! {
            <>
                <h3>{ text!("messages-count", [("count", (*count).into())]) }</h3>
                <ul class="listed">
                    { for listed.iter().map(|message| html! {
                        <li key={message.key.0} class={zone_class(message.zone)}>
                            { link(Selection::Message(message.key), message.key.0.to_string(), page) }
                            <span class="state">{ zone_name(message.zone) }</span>
                            <span class="body">{ &message.body }</span>
                            <span class="note">{ &message.note }</span>
                        </li>
                    }) }
                </ul>
                if *count > listed.len() {
                    <p class="note">
                        { text!("messages-more", [("count", (count - listed.len()).into())]) }
                    </p>
                }
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
