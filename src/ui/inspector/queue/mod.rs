//! A queue: its counts and messages, its settings, its groups, its dead letters, and receiving by hand.

mod counts;
mod dead_letters;
mod groups;
mod messages;
mod removal;

use yew::prelude::*;

use super::{heading, link, moment, rows};
use crate::sqs::QueueId;
use crate::ui::forms::{AttributesForm, ReceiveForm, TagsForm};
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::Session;
use crate::ui::text::text;
use crate::ui::widgets::choice;

#[derive(PartialEq)]
pub(super) struct QueueDetails {
    pub(super) id: QueueId,
}

impl Part for QueueDetails {
    /// Its name, and what kind of queue it is.
    type Facts = Option<(String, bool)>;

    fn facts(&self, session: &Session) -> Self::Facts {
        let queue = session.world().queue(self.id)?;
        Some((queue.name().to_string(), queue.is_fifo()))
    }

    fn view(&self, facts: &Self::Facts, page: &Page) -> Html {
        let Some((name, is_fifo)) = facts else {
            return html! {
                <>
                    { heading(&text!("queue"), &text!("queue-gone"), "", page) }
                    <p class="note">{ text!("queue-gone-note") }</p>
                </>
            };
        };
        let kind = if *is_fifo {
            text!("queue-fifo")
        } else {
            text!("queue-standard")
        };
        let id = self.id;
        let tabs = [
            text!("messages"),
            text!("settings"),
            text!("groups"),
            text!("dead-letters"),
        ];
        let chosen: usize = page.draft();
        let pick = page.edit(|chosen: &mut usize, place| *chosen = place);
        // Only the tab in front is there: the others cost nothing.
        let tab = match chosen {
            1 => html! {
                <>
                    { AttributesForm { id }.show() }
                    { TagsForm { id }.show() }
                    { removal::Removal { id }.show() }
                </>
            },
            2 => groups::Groups { id }.show_as("groups"),
            3 => dead_letters::DeadLetters { id }.show_as("dead-letters"),
            _ => html! {
                <>
                    { counts::Counts { id }.show() }
                    { ReceiveForm { id }.show() }
                    { messages::Messages { id }.show() }
                </>
            },
        };
        html! {
            <>
                { heading(&text!("queue"), name, &kind, page) }
                { choice(&text!("queue-tabs"), &tabs, chosen, &pick) }
                <div key={chosen}>{ tab }</div>
            </>
        }
    }
}
