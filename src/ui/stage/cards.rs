//! The cards of the stage: the text of it, and what the keyboard reaches.

use yew::prelude::*;

use super::connect::{Connector, can_connect};
use super::explain;
use super::geometry::{Point, Rect};
use super::layout::{ActorBox, Density, QueueBox};
use super::popover::Open;
use super::scene;
use super::view::{Role, Zone};
use crate::sqs::api::{Caller, CancelMessageMoveTaskRequest, Request, StartMessageMoveTaskRequest};
use crate::sqs::{Counts, MoveTaskStatus, QueueId};
use crate::ui::describe;
use crate::ui::format;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Action, Form, Selection, Session};
use crate::ui::store::Store;
use crate::ui::text::text;
use crate::ui::widgets::Icon;

/// A queue with its three zones.
#[derive(PartialEq)]
pub(super) struct QueueCard {
    pub on: QueueBox,
    pub density: Density,
    /// Opens a popover near a place of the world.
    pub onopen: Callback<Open>,
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
    task: TaskFacts,
}

/// A queue's message move task.
#[derive(Clone, Copy, PartialEq)]
enum TaskFacts {
    /// Nobody empties it; it can be emptied if it is a dead-letter queue.
    None,
    /// Messages moved, of how many, and how many a second at most.
    Running(u64, u64, Option<u32>),
    /// What was fetched is still moved.
    Cancelling,
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
    let task = queue.move_tasks().next().map(|task| match task.status() {
        MoveTaskStatus::Running => {
            TaskFacts::Running(task.moved(), task.to_move().max(task.moved()), task.rate())
        }
        MoveTaskStatus::Cancelling => TaskFacts::Cancelling,
        MoveTaskStatus::Cancelled | MoveTaskStatus::Completed | MoveTaskStatus::Failed(_) => {
            TaskFacts::None
        }
    });
    Some(QueueFacts {
        name: queue.name().to_string(),
        kind,
        note: describe::settings(queue.attributes()),
        is_dead_letter_queue,
        counts: queue.counts(),
        selected: session.selection() == Selection::Queue(id),
        task: task.unwrap_or(TaskFacts::None),
    })
}

/// Starts to empty a dead-letter queue, or stops it.
fn redrive_request(session: &Session, id: QueueId) -> Option<Request> {
    let queue = session.world().queue(id)?;
    let running = queue
        .move_tasks()
        .next()
        .filter(|task| scene::is_running(task));
    Some(match running {
        Some(task) => CancelMessageMoveTaskRequest {
            task_handle: Some(task.handle(queue.arn())),
        }
        .into(),
        None => StartMessageMoveTaskRequest {
            source_arn: Some(queue.arn().to_string()),
            ..Default::default()
        }
        .into(),
    })
}

fn by_hand(store: &Store, form: Form, request: Option<Request>) {
    if let Some(request) = request {
        store.dispatch(Action::ByHand { form, request });
    }
}

impl Part for QueueCard {
    type Facts = Option<QueueFacts>;

    fn facts(&self, session: &Session) -> Self::Facts {
        queue_facts(session, self.on.id)
    }

    fn view(&self, facts: &Self::Facts, page: &Page) -> Html {
        match facts {
            Some(facts) => show_queue(self, facts, page),
            None => html! {},
        }
    }
}

fn show_queue(props: &QueueCard, facts: &QueueFacts, page: &Page) -> Html {
    let (on, store) = (&props.on, &page.store);
    let id = on.id;
    let button = |icon: Icon, key: String, class: &'static str, act: Box<dyn Fn()>| {
        let label = format!("{key}: {}", facts.name);
        let onclick = Callback::from(move |event: MouseEvent| {
            event.stop_propagation();
            act();
        });
        html! {
            <button class={class} aria-label={label} {onclick}>{ icon.show() }<span>{ key }</span></button>
        }
    };
    let send = {
        let (onopen, at) = (
            props.onopen.clone(),
            Point::new(on.card.center().x, on.card.y),
        );
        move || onopen.emit(Open::Send(id, at))
    };
    let receive = {
        let store = store.clone();
        move || {
            store.dispatch(Action::Select(Selection::Queue(id)));
            let request = store.read(|session| describe::receive_request(session.world(), id));
            by_hand(&store, Form::Receive, request);
        }
    };
    let redrive = {
        let store = store.clone();
        move || {
            let request = store.read(|session| redrive_request(session, id));
            by_hand(&store, Form::MoveTask, request);
        }
    };
    let counts = facts.counts;
    let zones = [
        (
            "delayed",
            Icon::Clock,
            text!("delayed"),
            counts.delayed,
            Zone::Delayed,
        ),
        (
            "visible",
            Icon::Eye,
            text!("visible"),
            counts.visible,
            Zone::Visible,
        ),
        (
            "in-flight",
            Icon::Plane,
            text!("in-flight"),
            counts.in_flight,
            Zone::InFlight,
        ),
    ];
    let note = match facts.task {
        TaskFacts::None => facts.note.clone(),
        TaskFacts::Running(moved, all, rate) => running_note(moved, all, rate),
        TaskFacts::Cancelling => text!("redrive-cancelling"),
    };
    let class = card_class(
        "queue-card",
        facts.is_dead_letter_queue.then_some("dead"),
        facts.selected,
        props.density,
    );
    const BUTTON: &str = "button small";
    const TASK: &str = "button small task";
    html! {
        <li {class} style={on.card.style()} data-card={format!("q{}", id.0)}>
            <div class="queue-head">
                <div class="queue-title">
                    { card_name(&facts.name, Selection::Queue(id), facts.selected, page) }
                </div>
                <p class="note">
                    if facts.task == TaskFacts::None {
                        <b>{ &facts.kind }</b>{ " · " }
                    }
                    { note }
                </p>
                <div class="queue-hands">
                    {
                        match facts.task {
                            TaskFacts::Running(..) => button(Icon::Close, text!("redrive-cancel"), TASK, Box::new(redrive)),
                            TaskFacts::None if facts.is_dead_letter_queue && counts.visible > 0 => {
                                button(Icon::Redrive, text!("redrive-start"), TASK, Box::new(redrive))
                            }
                            TaskFacts::None | TaskFacts::Cancelling => html! {},
                        }
                    }
                    { button(Icon::Letter, text!("send"), BUTTON, Box::new(send)) }
                    { button(Icon::Hand, text!("receive"), BUTTON, Box::new(receive)) }
                </div>
            </div>
            { for zones.into_iter().zip(on.zones).map(|((class, icon, name, count, zone), place)| html! {
                <div class={format!("zone {class}")} style={within(place, on.card).style()}>
                    <span class="zone-name" data-tip={explain::zone_in_words(zone)}>{ icon.show() }<span>{ name }</span></span>
                    <span class="zone-count">{ count }</span>
                </div>
            }) }
            { handle(store, Connector::Queue(id), on.card, "below", &props.onopen) }
        </li>
    }
}

fn running_note(moved: u64, all: u64, rate: Option<u32>) -> String {
    let (moved, all) = (format::grouped(moved), format::grouped(all));
    let progress = text!(
        "redrive-progress",
        [("moved", moved.into()), ("all", all.into())],
    );
    match rate {
        Some(rate) => format!(
            "{progress} · {}",
            text!("redrive-rate", [("rate", rate.into())])
        ),
        None => progress,
    }
}

fn card_class(kind: &str, tone: Option<&str>, selected: bool, density: Density) -> String {
    let selected = if selected { " selected" } else { "" };
    let compact = match density {
        Density::Roomy => "",
        Density::Compact => " compact",
    };
    format!(
        "card {kind} {}{selected}{compact}",
        tone.unwrap_or_default()
    )
}

/// What is dragged to a queue, or pressed for a list of them.
fn handle(
    store: &Store,
    from: Connector,
    card: Rect,
    side: &'static str,
    onopen: &Callback<Open>,
) -> Html {
    let label = super::edge::connect_label(store, from);
    let name = match from {
        Connector::Actor(caller) => format!("a{}", caller.0),
        Connector::Queue(id) => format!("q{}", id.0),
    };
    let at = Point::new(card.center().x, card.bottom());
    let onopen = onopen.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        event.stop_propagation();
        onopen.emit(Open::Connect(from, at));
    });
    html! {
        <button class={format!("handle {side}")} aria-label={label.clone()} aria-haspopup="dialog"
            data-tip={label} data-connector={name} {onclick} />
    }
}

/// The box as seen from the corner of the card; its border takes a pixel.
fn within(zone: Rect, card: Rect) -> Rect {
    zone.moved(-card.x - 1.0, -card.y - 1.0)
}

/// A producer, consumer, monitor or script.
#[derive(PartialEq)]
pub(super) struct ActorCard {
    pub on: ActorBox,
    pub density: Density,
    /// Opens a popover near a place of the world.
    pub onopen: Callback<Open>,
}

/// What an actor's card says.
#[derive(PartialEq)]
pub(super) struct ActorFacts {
    name: String,
    role: Role,
    summary: String,
    status: String,
    tone: &'static str,
    selected: bool,
    can_connect: bool,
}

fn actor_facts(session: &Session, caller: Caller) -> Option<ActorFacts> {
    let actor = session.world().actor(caller)?;
    let (tone, status) = explain::status(session, actor);
    Some(ActorFacts {
        name: actor.name().to_owned(),
        role: scene::role_of(actor.program()),
        summary: describe::program(actor.program()),
        status,
        tone,
        selected: session.selection() == Selection::Actor(caller),
        can_connect: can_connect(actor.program()),
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
        let (on, caller) = (&self.on, self.on.caller);
        let class = card_class("actor-card", Some(facts.tone), facts.selected, self.density);
        let side = if on.is_left { "right" } else { "left" };
        html! {
            <li {class} style={on.card.style()} data-card={format!("a{}", caller.0)}>
                { card_name(&facts.name, Selection::Actor(caller), facts.selected, page) }
                <span class="summary"><b>{ describe::role(facts.role) }</b>{ " · " }{ &facts.summary }</span>
                <span class="status">{ &facts.status }</span>
                if facts.can_connect {
                    { handle(&page.store, Connector::Actor(caller), on.card, side, &self.onopen) }
                }
            </li>
        }
    }
}

fn card_name(name: &str, selection: Selection, selected: bool, page: &Page) -> Html {
    html! {
        <button class="card-name" onclick={page.selecting(selection)} aria-pressed={selected.to_string()}>
            { name }
        </button>
    }
}
