//! A message: why it is where it is, its whole life, what it carries, what can be done to it by hand.

mod contents;
mod hand;
mod life;
mod place;

use yew::prelude::*;

use self::contents::Contents;
#[cfg(test)]
pub(super) use self::contents::sent_body;
use self::hand::HandActions;
use self::life::Life;
use self::place::Whereabouts;
use super::{fact_list, heading, link, moment};
use crate::sqs::MessageKey;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::Session;
use crate::ui::text::text;

/// Whether a message was sent by now, and what is said of the beginning of its life if that is forgotten.
#[cfg(test)]
pub(super) fn known_of(session: &Session, key: MessageKey) -> (bool, Option<String>) {
    let is_sent = Whereabouts { key }.facts(session).is_sent;
    (is_sent, Life { key }.facts(session).forgotten)
}

#[derive(PartialEq)]
pub(super) struct MessageLife {
    pub(super) key: MessageKey,
}

impl Part for MessageLife {
    type Facts = ();

    fn facts(&self, _: &Session) {}

    fn view(&self, (): &(), page: &Page) -> Html {
        let key = self.key;
        let title = text!("message-title", [("message", key.0.into())]);
        html! {
            <>
                { heading(&text!("message"), &title, "", page) }
                { Whereabouts { key }.show() }
                { HandActions { key }.show() }
                { Life { key }.show() }
                { Contents { key }.show() }
            </>
        }
    }
}
