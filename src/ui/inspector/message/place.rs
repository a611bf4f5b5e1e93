//! Where a message is, why, and when that changes.

use yew::prelude::*;

use super::{link, moment};
use crate::sim::Time;
use crate::sqs::{MessageKey, QueueId};
use crate::ui::describe::{self, Change, State};
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Selection, Session};
use crate::ui::stage::scene;
use crate::ui::stage::view::Zone;
use crate::ui::text::text;

#[derive(PartialEq)]
pub(super) struct Whereabouts {
    pub(super) key: MessageKey,
}

#[derive(PartialEq)]
pub(super) struct Known {
    present: Option<Present>,
    /// What the run has next for it, where it was played already.
    ahead: Option<(Time, String)>,
    /// Whether it was sent by now.
    pub(super) is_sent: bool,
}

/// A message that is in a queue.
#[derive(PartialEq)]
struct Present {
    queue: (QueueId, String),
    zone: Zone,
    state: State,
}

impl Part for Whereabouts {
    type Facts = Known;

    fn facts(&self, session: &Session) -> Known {
        let world = session.world();
        let now = world.event_count();
        let present = world.service().find_message(self.key);
        let log = session.timeline().log();
        let mut ahead = log
            .of_message(self.key, u64::MAX)
            .skip_while(|event| event.id.0 < now);
        Known {
            present: present.map(|(queue, message)| Present {
                queue: (queue.id(), queue.name().to_string()),
                zone: scene::zone_of(message.phase()),
                state: describe::state(world, queue, message, session.now()),
            }),
            ahead: ahead.find_map(|event| Some((event.at, describe::life(world, &event.kind)?))),
            is_sent: self.key.0 <= world.service().messages_accepted(),
        }
    }

    fn view(&self, known: &Known, page: &Page) -> Html {
        let ahead = known.ahead.as_ref().map(|(at, what)| {
            html! { <p class="next">{ text!("next-known") }{": "}{ moment(*at, page) }{" "}{ what }</p> }
        });
        let Some(Present { queue, zone, state }) = &known.present else {
            let words = if known.is_sent {
                text!("message-gone")
            } else {
                text!("not-sent-yet")
            };
            return html! { <div class="why gone"><p>{ words }</p>{ ahead }</div> };
        };
        let (tone, name) = match zone {
            Zone::Delayed => ("delayed", text!("delayed")),
            Zone::Visible => ("visible", text!("visible")),
            Zone::InFlight => ("in-flight", text!("in-flight")),
        };
        let by = state.held_by.map(|call| {
            let words = text!("call-number", [("call", call.0.into())]);
            link(Selection::Call(call), words, page)
        });
        let lock = state.locked_by.map(|lock| {
            let words = text!("message-title", [("message", lock.0.into())]);
            link(Selection::Message(lock), words, page)
        });
        html! {
            <div class={format!("why {tone}")}>
                <p>
                    <strong>{ name }</strong>{ " " }{ text!("in-queue") }{ " " }
                    { link(Selection::Queue(queue.0), queue.1.clone(), page) }
                </p>
                <p>{ &state.why }{ " " }{ by }{ lock }</p>
                { for state.receives.iter().map(|line| html! { <p>{ line }</p> }) }
                { coming(text!("next-change"), &state.next, &state.next.what, page) }
                if state.next != state.expires {
                    { coming(text!("expires"), &state.expires, "", page) }
                }
                { ahead }
            </div>
        }
    }
}

fn coming(label: String, change: &Change, what: &str, page: &Page) -> Html {
    let left = text!("in-time", [("left", change.left.clone().into())]);
    html! {
        <p class="next">
            { label }{ ": " }{ moment(change.at, page) }{ " (" }{ left }{ ") " }{ what }
        </p>
    }
}
