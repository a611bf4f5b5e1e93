//! The cards of the stage: the text of it, and what the keyboard reaches.

use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

use super::geometry::Rect;
use super::layout::{ActorBox, QueueBox};
use super::scene;
use super::view::{Doing, Role};
use crate::sqs::api::Caller;
use crate::sqs::{Counts, QueueId};
use crate::ui::describe;
use crate::ui::format;
use crate::ui::session::{Action, Form, Selection, Session};
use crate::ui::shell::{Dialog, Panel, use_shell};
use crate::ui::store::{use_selector, use_store};
use crate::ui::text::{text, text_with};
use crate::ui::widgets::{Icon, IconView};

#[derive(PartialEq, Properties)]
pub(super) struct QueueCardProps {
    pub magnify: f64,
    pub on: QueueBox,
}

/// What a queue's card says.
#[derive(PartialEq)]
struct QueueFacts {
    name: AttrValue,
    kind: AttrValue,
    note: AttrValue,
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
        (false, false) => text("queue-standard"),
        (true, false) => text("queue-fifo"),
        (_, true) => text("queue-dead-letter"),
    };
    Some(QueueFacts {
        name: queue.name().to_string().into(),
        kind: kind.into(),
        note: describe::settings(queue.attributes()).into(),
        is_dead_letter_queue,
        counts: queue.counts(),
        selected: session.selection() == Selection::Queue(id),
    })
}

/// A queue with its three zones.
#[component]
pub(super) fn QueueCard(props: &QueueCardProps) -> Html {
    let on = &props.on;
    let id = on.id;
    let facts = use_selector(move |session| queue_facts(session, id));
    let node = use_in_sight(facts.as_ref().as_ref().is_some_and(|facts| facts.selected));
    let (store, shell) = (use_store(), use_shell());
    let select = use_callback((store.clone(), shell.clone(), id), {
        |event: MouseEvent, (store, shell, id)| {
            event.stop_propagation();
            store.dispatch(Action::Select(Selection::Queue(*id)));
            shell.show(Panel::Inspector);
        }
    });
    let receive = use_callback((store, shell.clone(), id), {
        |event: MouseEvent, (store, shell, id)| {
            event.stop_propagation();
            let request = store.read(|session| describe::receive_request(session.world(), *id));
            let Some(request) = request else { return };
            store.dispatch(Action::Select(Selection::Queue(*id)));
            store.dispatch(Action::ByHand {
                form: Form::Receive,
                request,
            });
            shell.show(Panel::Inspector);
        }
    });
    let Some(facts) = &*facts else {
        return html! {};
    };
    let counts = facts.counts;
    let zones = [
        ("delayed", Icon::Clock, text("delayed"), counts.delayed),
        ("visible", Icon::Eye, text("visible"), counts.visible),
        (
            "in-flight",
            Icon::Plane,
            text("in-flight"),
            counts.in_flight,
        ),
    ];
    let card = on.card.before_magnifying(props.magnify);
    let class = classes!(
        "card",
        "queue-card",
        facts.is_dead_letter_queue.then_some("dead"),
        facts.selected.then_some("selected"),
    );
    let for_queue = |key: String| format!("{key}: {}", facts.name);
    html! {
        <li ref={node} {class} style={card.style()}>
            <div class="queue-head">
                <div class="queue-title">
                    <button class="card-name" onclick={select}
                        aria-pressed={facts.selected.to_string()}>
                        { &facts.name }
                    </button>
                </div>
                <p class="note"><b>{ &facts.kind }</b>{ " · " }{ &facts.note }</p>
                <div class="queue-hands">
                <button class="button small" onclick={shell.opener(Dialog::Send(Some(id)))}
                    aria-label={for_queue(text("send"))}>
                    <IconView icon={Icon::Letter} /><span>{ text("send") }</span>
                </button>
                <button class="button small" onclick={receive}
                    aria-label={for_queue(text("receive"))}>
                    <IconView icon={Icon::Hand} /><span>{ text("receive") }</span>
                </button>
                </div>
            </div>
            { for zones.into_iter().zip(on.zones).map(|((class, icon, name, count), zone)| html! {
                <div class={classes!("zone", class)} style={within(zone.before_magnifying(props.magnify), card).style()}>
                    <span class="zone-name"><IconView {icon} />{ name }</span>
                    <span class="zone-count">{ count }</span>
                </div>
            }) }
        </li>
    }
}

/// Scrolls a card into sight when it becomes selected, if it is out of sight.
#[hook]
fn use_in_sight(selected: bool) -> NodeRef {
    let node = use_node_ref();
    use_effect_with((node.clone(), selected), |(node, selected)| {
        if *selected && let Some(card) = node.cast::<Element>() {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            options.set_inline(ScrollLogicalPosition::Nearest);
            card.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    node
}

/// The box as seen from the corner of the card; its border takes a pixel.
fn within(zone: Rect, card: Rect) -> Rect {
    Rect {
        x: zone.x - card.x - 1.0,
        y: zone.y - card.y - 1.0,
        ..zone
    }
}

#[derive(PartialEq, Properties)]
pub(super) struct ActorCardProps {
    pub magnify: f64,
    pub on: ActorBox,
}

/// What an actor's card says.
#[derive(PartialEq)]
struct ActorFacts {
    name: AttrValue,
    role: Role,
    summary: AttrValue,
    status: AttrValue,
    tone: &'static str,
    selected: bool,
}

fn actor_facts(session: &Session, caller: Caller) -> Option<ActorFacts> {
    let actor = session.world().actor(caller)?;
    let doing = scene::doing_of(session.world(), actor);
    let now_ms = super::now_ms(session);
    let left = |ring: super::view::Ring| format::running(ring.left_ms(now_ms));
    let (tone, status) = match &doing {
        Doing::Sleeping(ring) => (
            "idle",
            text_with("actor-sleeping", [("time", left(*ring).into())]),
        ),
        Doing::Calling => ("calling", describe::calling(session.world(), actor)),
        Doing::LongPolling(ring) => (
            "polling",
            text_with("actor-polling", [("time", left(*ring).into())]),
        ),
        Doing::Working(message, ring) => (
            "working",
            text_with(
                "actor-working",
                [("message", message.0.into()), ("time", left(*ring).into())],
            ),
        ),
        Doing::Finished => ("idle", text("actor-finished")),
        Doing::Failed => ("failed", text("actor-failed")),
    };
    Some(ActorFacts {
        name: actor.name().to_owned().into(),
        role: scene::role_of(actor.program()),
        summary: describe::program(actor.program()).into(),
        status: status.into(),
        tone,
        selected: session.selection() == Selection::Actor(caller),
    })
}

/// A producer, consumer, monitor or script.
#[component]
pub(super) fn ActorCard(props: &ActorCardProps) -> Html {
    let on = &props.on;
    let caller = on.caller;
    let facts = use_selector(move |session| actor_facts(session, caller));
    let node = use_in_sight(facts.as_ref().as_ref().is_some_and(|facts| facts.selected));
    let (store, shell) = (use_store(), use_shell());
    let select = use_callback((store, shell, caller), {
        |event: MouseEvent, (store, shell, caller)| {
            event.stop_propagation();
            store.dispatch(Action::Select(Selection::Actor(*caller)));
            shell.show(Panel::Inspector);
        }
    });
    let Some(facts) = &*facts else {
        return html! {};
    };
    let class = classes!(
        "card",
        "actor-card",
        facts.tone,
        facts.selected.then_some("selected")
    );
    html! {
        <li ref={node} {class} style={on.card.before_magnifying(props.magnify).style()}>
            <button class="card-name" onclick={select} aria-pressed={facts.selected.to_string()}>
                { &facts.name }
            </button>
            <span class="summary"><b>{ describe::role(facts.role) }</b>{ " · " }{ &facts.summary }</span>
            <span class="status">{ &facts.status }</span>
        </li>
    }
}
