//! The message groups of a queue: on a FIFO queue what locks them, on a fair queue who is noisy.

use yew::prelude::*;

use super::{link, moment};
use crate::sim::Time;
use crate::sqs::{GroupView, MessageKey, Queue, QueueId, TenantView};
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Selection, Session};
use crate::ui::text::text;

/// Groups that are listed.
const LISTED_MAX: usize = 60;

#[derive(PartialEq)]
pub(super) struct Groups {
    pub(super) id: QueueId,
}

/// The first groups of a queue.
#[derive(Default, PartialEq)]
pub(super) struct Listed {
    is_fifo: bool,
    fifo: Vec<FifoGroup>,
    tenants: Vec<(String, TenantView)>,
    more: usize,
}

#[derive(PartialEq)]
struct FifoGroup {
    name: String,
    messages: usize,
    /// By which message, and until when if nothing comes before.
    lock: Option<(MessageKey, Option<Time>)>,
}

fn fifo_group(queue: &Queue, name: &str, group: GroupView<'_>) -> FifoGroup {
    let until = |key| {
        queue
            .message(key)
            .and_then(|message| message.phase().until())
    };
    let counts = group.counts();
    FifoGroup {
        name: name.to_owned(),
        messages: counts.visible + counts.in_flight + counts.delayed,
        lock: group.locked_by().map(|key| (key, until(key))),
    }
}

impl Part for Groups {
    type Facts = Listed;

    fn facts(&self, session: &Session) -> Listed {
        let Some(queue) = session.world().queue(self.id) else {
            return Listed::default();
        };
        let count = if queue.is_fifo() {
            queue.group_count()
        } else {
            queue.tenant_count()
        };
        let fifo = queue.groups().take(LISTED_MAX);
        let tenants = queue.tenants().take(LISTED_MAX);
        Listed {
            is_fifo: queue.is_fifo(),
            fifo: fifo
                .map(|(name, group)| fifo_group(queue, name, group))
                .collect(),
            tenants: tenants
                .map(|(name, tenant)| (name.to_string(), tenant))
                .collect(),
            more: count.saturating_sub(LISTED_MAX),
        }
    }

    fn view(&self, groups: &Listed, page: &Page) -> Html {
        let is_empty = groups.fifo.is_empty() && groups.tenants.is_empty();
        let about = match (groups.is_fifo, is_empty) {
            (true, true) => text!("groups-none"),
            (true, false) => text!("groups-fifo"),
            (false, true) => text!("groups-not-fair"),
            (false, false) => text!("groups-fair"),
        };
        html! {
            <>
                <p class="note">{ about }</p>
                <ul class="groups">
                    { for groups.fifo.iter().map(|group| fifo(group, page)) }
                    { for groups.tenants.iter().map(|(name, tenant)| fair(name, tenant)) }
                </ul>
                if groups.more > 0 {
                    <p class="note">{ text!("messages-more", [("count", groups.more.into())]) }</p>
                }
            </>
        }
    }
}

fn fifo(group: &FifoGroup, page: &Page) -> Html {
    html! {
        <li key={group.name.clone()} class={if group.lock.is_some() { "locked" } else { "" }}>
            <strong>{ &group.name }</strong>
            <span>{ text!("messages-count", [("count", group.messages.into())]) }</span>
            if let Some((key, until)) = group.lock {
                <span class="note">
                    { text!("group-locked") }{ " " }
                    { link(Selection::Message(key), text!("message-title", [("message", key.0.into())]), page) }
                    if let Some(until) = until {
                        { " " }{ text!("until") }{ " " }{ moment(until, page) }
                    }
                </span>
            }
        </li>
    }
}

fn fair(name: &str, tenant: &TenantView) -> Html {
    let counts = text!(
        "tenant-counts",
        [
            ("visible", tenant.visible.into()),
            ("hidden", tenant.in_flight.into()),
            ("delayed", tenant.delayed.into()),
        ],
    );
    html! {
        <li key={name.to_owned()} class={if tenant.is_noisy { "noisy" } else { "" }}>
            <strong>{ name.to_owned() }</strong>
            <span>{ counts }</span>
            if tenant.is_noisy {
                <span class="note">{ text!("tenant-noisy") }</span>
            }
        </li>
    }
}
