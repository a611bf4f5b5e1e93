//! The cards of the stage: the text of it, and what the keyboard reaches.

use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

use super::geometry::Rect;
use super::layout::{ActorBox, QueueBox};
use super::scene;
use super::view::{Doing, Role};
use crate::sqs::api::Caller;
use crate::sqs::{Counts, QueueId};
use crate::ui::describe;
use crate::ui::format;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Action, Form, Selection, Session};
use crate::ui::shell::{Dialog, Panel};
use crate::ui::text::text;
use crate::ui::widgets::{Icon, use_attention};

/// A queue with its three zones.
#[derive(PartialEq)]
pub(super) struct QueueCard {
    pub magnify: f64,
    pub on: QueueBox,
}

/// What a queue's card says.
#[derive(PartialEq)]
pub(super) struct QueueFacts {
    name: String,
    kind: String,
    note: String,
    is_dead_letter_queue: bool,
    counts: Counts,
    selected: bool,
}

fn queue_facts(session: &Session, id: QueueId) -> Option<QueueFacts> {
    let queue = session.world().queue(id)?;
    let is_dead_letter_queue = session
        .world()
        .queues()
        .any(|other| other.dead_letter_queue() == Some(id));
    let kind = match (queue.is_fifo(), is_dead_letter_queue) {
        (false, false) => text!("queue-standard"),
        (true, false) => text!("queue-fifo"),
        (_, true) => text!("queue-dead-letter"),
    };
    Some(QueueFacts {
        name: queue.name().to_string(),
        kind,
        note: describe::settings(queue.attributes()),
        is_dead_letter_queue,
        counts: queue.counts(),
        selected: session.selection() == Selection::Queue(id),
    })
}

impl Part for QueueCard {
    type Facts = Option<QueueFacts>;

    fn facts(&self, session: &Session) -> Self::Facts {
        queue_facts(session, self.on.id)
    }

    fn view(&self, facts: &Self::Facts, page: &Page) -> Html {
        let Some(facts) = facts else {
            return html! {};
        };
        let id = self.on.id;
        let counts = facts.counts;
        let zones = [
            ("delayed", Icon::Clock, text!("delayed"), counts.delayed),
            ("visible", Icon::Eye, text!("visible"), counts.visible),
            (
                "in-flight",
                Icon::Plane,
                text!("in-flight"),
                counts.in_flight,
            ),
        ];
        let card = self.on.card.before_magnifying(self.magnify);
        let class = if facts.is_dead_letter_queue {
            "queue-card dead"
        } else {
            "queue-card"
        };
        let for_queue = |key: String| format!("{key}: {}", facts.name);
        html! {
            <Card {class} style={card.style()} selected={facts.selected}>
                <div class="queue-head">
                    <div class="queue-title">
                        { card_name(&facts.name, Selection::Queue(id), facts.selected, page) }
                    </div>
                    <p class="note"><b>{ &facts.kind }</b>{ " · " }{ &facts.note }</p>
                    <div class="queue-hands">
                    <button class="button small" onclick={page.opening(Dialog::Send(Some(id)))}
                        aria-label={for_queue(text!("send"))}>
                        { Icon::Letter.show() }<span>{ text!("send") }</span>
                    </button>
                    <button class="button small" onclick={receiving(id, page)}
                        aria-label={for_queue(text!("receive"))}>
                        { Icon::Hand.show() }<span>{ text!("receive") }</span>
                    </button>
                    </div>
                </div>
                { for zones.into_iter().zip(self.on.zones).map(|((class, icon, name, count), zone)| html! {
                    <div class={format!("zone {class}")} style={within(zone.before_magnifying(self.magnify), card).style()}>
                        <span class="zone-name">{ icon.show() }{ name }</span>
                        <span class="zone-count">{ count }</span>
                    </div>
                }) }
            </Card>
        }
    }
}

/// A click that receives by hand, and shows the queue with what came.
fn receiving(id: QueueId, page: &Page) -> Callback<MouseEvent> {
    let page = page.clone();
    Callback::from(move |event: MouseEvent| {
        event.stop_propagation();
        let store = &page.store;
        let request = store.read(|session| describe::receive_request(session.world(), id));
        let Some(request) = request else { return };
        store.dispatch(Action::Select(Selection::Queue(id)));
        store.dispatch(Action::ByHand {
            form: Form::Receive,
            request,
        });
        page.shell.show(Panel::Inspector);
    })
}

fn card_name(name: &str, selection: Selection, selected: bool, page: &Page) -> Html {
    html! {
        <button class="card-name" onclick={page.selecting(selection)} aria-pressed={selected.to_string()}>
            { name }
        </button>
    }
}

#[derive(PartialEq, Properties)]
struct CardProps {
    class: &'static str,
    style: String,
    selected: bool,
    children: Html,
}

/// Scrolls itself into sight when it becomes selected, if it is out of sight.
#[component]
fn Card(props: &CardProps) -> Html {
    let node = use_attention(props.selected, |card| {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        options.set_inline(ScrollLogicalPosition::Nearest);
        card.scroll_into_view_with_scroll_into_view_options(&options);
    });
    let selected = if props.selected { "selected" } else { "" };
    html! {
        <li ref={node} class={format!("card {} {selected}", props.class)} style={props.style.clone()}>
            { props.children.clone() }
        </li>
    }
}

/// The box as seen from the corner of the card; its border takes a pixel.
fn within(zone: Rect, card: Rect) -> Rect {
    Rect {
        x: zone.x - card.x - 1.0,
        y: zone.y - card.y - 1.0,
        ..zone
    }
}

/// A producer, consumer, monitor or script.
#[derive(PartialEq)]
pub(super) struct ActorCard {
    pub magnify: f64,
    pub on: ActorBox,
}

/// What an actor's card says.
#[derive(PartialEq)]
pub(super) struct ActorFacts {
    name: String,
    role: Role,
    summary: String,
    status: String,
    class: &'static str,
    selected: bool,
}

fn actor_facts(session: &Session, caller: Caller) -> Option<ActorFacts> {
    let actor = session.world().actor(caller)?;
    let doing = scene::doing_of(session.world(), actor);
    let now_ms = super::now_ms(session);
    let left = |ring: super::view::Ring| format::running(ring.left_ms(now_ms));
    let (class, status) = match &doing {
        Doing::Sleeping(ring) => (
            "actor-card idle",
            text!("actor-sleeping", [("time", left(*ring).into())]),
        ),
        Doing::Calling => (
            "actor-card calling",
            describe::calling(session.world(), actor),
        ),
        Doing::LongPolling(ring) => (
            "actor-card polling",
            text!("actor-polling", [("time", left(*ring).into())]),
        ),
        Doing::Working(message, ring) => (
            "actor-card working",
            text!(
                "actor-working",
                [("message", message.0.into()), ("time", left(*ring).into())],
            ),
        ),
        Doing::Finished => ("actor-card idle", text!("actor-finished")),
        Doing::Failed => ("actor-card failed", text!("actor-failed")),
    };
    Some(ActorFacts {
        name: actor.name().to_owned(),
        role: scene::role_of(actor.program()),
        summary: describe::program(actor.program()),
        status,
        class,
        selected: session.selection() == Selection::Actor(caller),
    })
}

impl Part for ActorCard {
    type Facts = Option<ActorFacts>;

    fn facts(&self, session: &Session) -> Self::Facts {
        actor_facts(session, self.on.caller)
    }

    fn view(&self, facts: &Self::Facts, page: &Page) -> Html {
        let Some(facts) = facts else {
            return html! {};
        };
        let selection = Selection::Actor(self.on.caller);
        let style = self.on.card.before_magnifying(self.magnify).style();
        html! {
            <Card class={facts.class} {style} selected={facts.selected}>
                { card_name(&facts.name, selection, facts.selected, page) }
                <span class="summary"><b>{ describe::role(facts.role) }</b>{ " · " }{ &facts.summary }</span>
                <span class="status">{ &facts.status }</span>
            </Card>
        }
    }
}
