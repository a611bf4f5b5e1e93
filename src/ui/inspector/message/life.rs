//! The life of a message: its events, with times and causes.

use yew::prelude::*;

use super::{link, moment};
use crate::sim::Time;
use crate::sqs::api::CallId;
use crate::sqs::{EventKind as ServiceEvent, MessageKey};
use crate::ui::describe;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Selection, Session};
use crate::ui::text::text;
use crate::world::{Event, EventKind};

/// Events that are listed: the last ones.
const LISTED_MAX: usize = 100;

#[derive(PartialEq)]
pub(super) struct Life {
    pub(super) key: MessageKey,
}

/// What has happened so far.
#[derive(PartialEq)]
pub(super) struct Events {
    earlier: usize,
    /// That the beginning is not known any more.
    pub(super) forgotten: Option<String>,
    listed: Vec<Entry>,
}

/// An event with what it came from.
#[derive(PartialEq)]
struct Entry {
    id: u64,
    at: Time,
    words: String,
    call: Option<CallId>,
}

fn entry(session: &Session, event: &Event) -> Option<Entry> {
    let log = session.timeline().log();
    let cause = event.cause.and_then(|cause| log.get(cause.0));
    let call = match cause.map(|cause| &cause.kind) {
        Some(EventKind::CallSent { call, .. } | EventKind::CallAnswered { call, .. }) => {
            Some(*call)
        }
        _ => None,
    };
    Some(Entry {
        id: event.id.0,
        at: event.at,
        words: describe::life(session.world(), &event.kind)?,
        call,
    })
}

impl Part for Life {
    type Facts = Events;

    fn facts(&self, session: &Session) -> Events {
        let log = session.timeline().log();
        let events = || log.of_message(self.key, session.world().event_count());
        let earlier = events().count().saturating_sub(LISTED_MAX);
        let first = events().next().map(|event| &event.kind);
        let is_whole = matches!(
            first,
            Some(EventKind::Service(ServiceEvent::MessageSent { .. }))
        );
        Events {
            earlier,
            forgotten: describe::forgotten(session).filter(|_| !is_whole),
            listed: events()
                .skip(earlier)
                .filter_map(|event| entry(session, event))
                .collect(),
        }
    }

    fn view(&self, events: &Events, page: &Page) -> Html {
        html! {
            <>
                <h3>{ text!("life") }</h3>
                if events.earlier > 0 {
                    <p class="note">{ text!("life-earlier", [("count", events.earlier.into())]) }</p>
                }
                if let Some(words) = &events.forgotten {
                    <p class="note">{ words }</p>
                }
                <ol class="life">
                    { for events.listed.iter().map(|entry| html! {
                        <li key={entry.id}>
                            { moment(entry.at, page) }
                            <span>
                                { &entry.words }
                                if let Some(call) = entry.call {
                                    { " " }
                                    { link(Selection::Call(call), text!("call-number", [("call", call.0.into())]), page) }
                                }
                            </span>
                        </li>
                    }) }
                </ol>
            </>
        }
    }
}
