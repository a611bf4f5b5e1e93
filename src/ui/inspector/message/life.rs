//! The life of a message: its events, with times and causes.

use yew::prelude::*;

use super::{link, moment};
use crate::sqs::MessageKey;
use crate::ui::describe;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Selection, Session};
use crate::ui::text::text;
use crate::world::{Event, EventKind};

/// Events that are listed: the last ones.
const LISTED_MAX: usize = 200;

#[derive(PartialEq)]
pub(super) struct Life {
    pub(super) key: MessageKey,
}

/// What has happened so far.
#[derive(PartialEq)]
pub(super) struct Events {
    earlier: usize,
    listed: Vec<Event>,
}

impl Part for Life {
    type Facts = Events;

    fn facts(&self, session: &Session) -> Events {
        let log = session.timeline().log();
        let events = || log.of_message(self.key, session.world().event_count());
        let earlier = events().count().saturating_sub(LISTED_MAX);
        Events {
            earlier,
            listed: events().skip(earlier).cloned().collect(),
        }
    }

    fn view(&self, events: &Events, page: &Page) -> Html {
        html! {
            <>
                <h3>{ text!("life") }</h3>
                if events.earlier > 0 {
                    <p class="note">{ text!("life-earlier", [("count", events.earlier.into())]) }</p>
                }
                <ol class="life">
                    { for events.listed.iter().map(|event| entry(event, page)) }
                </ol>
            </>
        }
    }
}

fn entry(event: &Event, page: &Page) -> Html {
    let (words, call) = page.store.read(|session| {
        let log = session.timeline().log();
        let cause = event.cause.and_then(|cause| log.get(cause.0));
        let call = match cause.map(|cause| &cause.kind) {
            Some(EventKind::CallSent { call, .. } | EventKind::CallAnswered { call, .. }) => {
                Some(*call)
            }
            _ => None,
        };
        (describe::life(session.world(), &event.kind), call)
    });
    let Some(words) = words else {
        return html! {};
    };
    html! {
        <li key={event.id.0}>
            { moment(event.at, page) }
            <span>
                { words }
                if let Some(call) = call {
                    { " " }
                    { link(Selection::Call(call), text!("call-number", [("call", call.0.into())]), page) }
                }
            </span>
        </li>
    }
}
