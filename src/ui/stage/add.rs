//! New queues, producers and consumers, with what matters most of each; the rest is as usual.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::sqs::api::CreateQueueRequest;
use crate::sqs::{AttributeName, Queue, QueueId};
use crate::ui::forms::ask;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Action, Form, Selection, Session};
use crate::ui::shell::Dialog;
use crate::ui::text::text;
use crate::ui::widgets::{Field, FieldKind};
use crate::world::{Actor, ActorConfig, Consumer, Producer, Program, Spread, World};

use super::view::Role;

/// A name that nobody has, of this sort: `orders-1`, `orders-2`, and so on.
fn free_name(sort: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut number = 1;
    loop {
        let name = format!("{sort}-{number}");
        if !is_taken(&name) {
            return name;
        }
        number += 1;
    }
}

fn free_queue_name(world: &World, fifo: bool) -> String {
    let taken = |name: &str| {
        let name = queue_name(name, fifo);
        world.queues().any(|queue| **queue.name() == name)
    };
    queue_name(&free_name("queue", taken), fifo)
}

/// The name of a FIFO queue ends in `.fifo`: who forgets it meant it.
fn queue_name(name: &str, fifo: bool) -> String {
    let plain = name.strip_suffix(".fifo").unwrap_or(name);
    if fifo {
        format!("{plain}.fifo")
    } else {
        plain.to_owned()
    }
}

#[derive(PartialEq)]
pub(super) struct AddQueue {
    pub(super) onclose: Callback<()>,
}

/// What was typed of a queue.
#[derive(Clone, Debug, PartialEq)]
struct TypedQueue {
    name: String,
    fifo: bool,
    /// AWS's words, if it was refused.
    refused: Option<String>,
}

impl TypedQueue {
    fn of(page: &Page) -> Self {
        let typed: Option<Self> = page.draft();
        typed.unwrap_or_else(|| Self {
            name: page
                .store
                .read(|session| free_queue_name(session.world(), false)),
            fifo: false,
            refused: None,
        })
    }

    fn request(&self) -> CreateQueueRequest {
        let on = |name: AttributeName| (name.as_str().to_owned(), "true".to_owned());
        let fifo = [
            AttributeName::FifoQueue,
            AttributeName::ContentBasedDeduplication,
        ];
        let attributes = fifo.into_iter().filter(|_| self.fifo).map(on);
        CreateQueueRequest {
            queue_name: Some(self.name.clone()),
            attributes: attributes.into_iter().collect(),
            ..Default::default()
        }
    }
}

impl Part for AddQueue {
    type Facts = ();

    fn facts(&self, _: &Session) {}

    fn view(&self, (): &(), page: &Page) -> Html {
        let typed = TypedQueue::of(page);
        let onclose = self.onclose.clone();
        let more = {
            let (shell, onclose) = (page.shell.clone(), onclose.clone());
            Callback::from(move |_: MouseEvent| {
                onclose.emit(());
                shell.open(Dialog::CreateQueue);
            })
        };
        let onname = {
            let page = page.clone();
            Callback::from(move |name: String| {
                let typed = TypedQueue::of(&page);
                page.set_draft(Some(TypedQueue { name, ..typed }));
            })
        };
        let onfifo = {
            let page = page.clone();
            Callback::from(move |event: Event| {
                if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                    let (fifo, typed) = (input.checked(), TypedQueue::of(&page));
                    let name = queue_name(&typed.name, fifo);
                    page.set_draft(Some(TypedQueue {
                        name,
                        fifo,
                        ..typed
                    }));
                }
            })
        };
        let onsubmit = page.submitting(move |page| create_queue(page, &onclose));
        let error = typed.refused.map(AttrValue::from);
        html! {
            <form {onsubmit} novalidate={true}>
                <Field id="add-name" label="QueueName" value={typed.name} {error} onchange={onname} />
                <label class="check">
                    <input type="checkbox" checked={typed.fifo} onchange={onfifo} />
                    <span>{ text!("fifo-choice") }</span>
                </label>
                <div class="dialog-end">
                    <button class="button" type="button" onclick={more}>{ text!("all-options") }</button>
                    <button class="button primary" type="submit">{ text!("create") }</button>
                </div>
            </form>
        }
    }
}

fn create_queue(page: &Page, onclose: &Callback<()>) {
    let typed = TypedQueue::of(page);
    if let Some(Err(refused)) = ask(&page.store, Form::CreateQueue, typed.request()) {
        let refused = Some(refused.to_string());
        return page.set_draft(Some(TypedQueue { refused, ..typed }));
    }
    let created = page.store.read(|session| {
        let mut queues = session.world().queues();
        queues
            .find(|queue| **queue.name() == *typed.name)
            .map(Queue::id)
    });
    if let Some(id) = created {
        page.store.dispatch(Action::Select(Selection::Queue(id)));
    }
    onclose.emit(());
}

#[derive(PartialEq)]
pub(super) struct AddActor {
    pub(super) role: Role,
    pub(super) onclose: Callback<()>,
}

/// What was typed; numbers are in seconds.
#[derive(Clone, Debug, PartialEq)]
struct Typed {
    name: String,
    queue: Option<QueueId>,
    /// A producer's pause, or a consumer's work.
    seconds: String,
    body: String,
    /// What was typed for seconds is none.
    wrong: bool,
}

impl Typed {
    fn of(page: &Page, role: Role) -> Self {
        let typed: Option<Self> = page.draft();
        typed.unwrap_or_else(|| page.store.read(|session| Self::new(session, role)))
    }

    fn new(session: &Session, role: Role) -> Self {
        let world = session.world();
        let sort = match role {
            Role::Producer | Role::Script => "producer",
            Role::Consumer | Role::Monitor => "consumer",
        };
        let taken = |name: &str| world.actors().any(|actor| actor.name() == name);
        let queue = match session.selection() {
            Selection::Queue(id) => Some(id),
            Selection::Nothing
            | Selection::Message(_)
            | Selection::Actor(_)
            | Selection::Call(_) => world.queues().next().map(Queue::id),
        };
        Self {
            name: free_name(sort, taken),
            queue,
            seconds: "1".into(),
            body: "message {n}".into(),
            wrong: false,
        }
    }

    /// The actor that was asked for; none without a queue.
    fn config(&self, world: &World, role: Role) -> Option<ActorConfig> {
        let queue = world.queue(self.queue?)?;
        let ms = milliseconds(&self.seconds)?;
        let program = match role {
            Role::Producer | Role::Script => {
                let fifo = queue.attributes().fifo.as_ref();
                let needs_id = fifo.is_some_and(|fifo| !fifo.content_based_deduplication);
                Program::Producer(Producer {
                    queue: queue.name().to_string(),
                    pause_ms: Spread::Fixed(ms),
                    body: self.body.clone(),
                    message_group_id: fifo.map(|_| "group-1".to_owned()),
                    message_deduplication_id: needs_id.then(|| format!("{}-{{n}}", self.name)),
                    ..Producer::default()
                })
            }
            Role::Consumer | Role::Monitor => Program::Consumer(Consumer {
                queue: queue.name().to_string(),
                wait_time_seconds: Some(20),
                work_ms: Spread::Fixed(ms),
                ..Consumer::default()
            }),
        };
        Some(ActorConfig {
            name: self.name.clone(),
            program,
            ..ActorConfig::default()
        })
    }
}

/// Seconds with up to three decimals, as milliseconds.
fn milliseconds(typed: &str) -> Option<u64> {
    let typed = typed.trim();
    let (whole, part) = typed.split_once('.').unwrap_or((typed, ""));
    if part.len() > 3 || (whole.is_empty() && part.is_empty()) {
        return None;
    }
    let digits = |text: &str| -> Option<u64> {
        if text.is_empty() {
            Some(0)
        } else {
            text.parse().ok()
        }
    };
    let thousandths = digits(&format!("{part:0<3}"))?;
    digits(whole)?.checked_mul(1000)?.checked_add(thousandths)
}

impl Part for AddActor {
    /// The queues to choose from.
    type Facts = Vec<(QueueId, String)>;

    fn facts(&self, session: &Session) -> Self::Facts {
        let queues = session.world().queues();
        queues
            .map(|queue| (queue.id(), queue.name().to_string()))
            .collect()
    }

    fn view(&self, queues: &Self::Facts, page: &Page) -> Html {
        if queues.is_empty() {
            return html! { <p class="note">{ text!("add-no-queue") }</p> };
        }
        let (role, onclose) = (self.role, self.onclose.clone());
        let typed = Typed::of(page, role);
        let edit = |change: fn(&mut Typed, String)| {
            let page = page.clone();
            Callback::from(move |value| {
                let mut typed = Typed::of(&page, role);
                change(&mut typed, value);
                page.set_draft(Some(typed));
            })
        };
        let onqueue = {
            let (page, queues) = (page.clone(), queues.clone());
            Callback::from(move |event: Event| {
                let select = event.target_dyn_into::<HtmlSelectElement>();
                let at = select.and_then(|select| usize::try_from(select.selected_index()).ok());
                let queue = at.and_then(|at| Some(queues.get(at)?.0));
                let typed = Typed::of(&page, role);
                page.set_draft(Some(Typed { queue, ..typed }));
            })
        };
        let is_producer = role == Role::Producer;
        let label = if is_producer {
            text!("add-pause")
        } else {
            text!("add-work")
        };
        let error = typed.wrong.then(|| AttrValue::from(text!("not-seconds")));
        let onsubmit = page.submitting(move |page| add_actor(page, role, &onclose));
        html! {
            <form {onsubmit} novalidate={true}>
                <Field id="add-name" label={text!("add-name")} value={typed.name}
                    onchange={edit(|typed, value| typed.name = value)} />
                <div class="field">
                    <label for="add-queue">{ text!("queue") }</label>
                    <select id="add-queue" onchange={onqueue}>
                        { for queues.iter().map(|(id, name)| html! {
                            <option selected={Some(*id) == typed.queue}>{ name }</option>
                        }) }
                    </select>
                </div>
                <Field id="add-seconds" {label} value={typed.seconds} kind={FieldKind::Number} {error}
                    onchange={edit(|typed, value| typed.seconds = value)} />
                if is_producer {
                    <Field id="add-body" label="MessageBody" value={typed.body} hint={text!("add-body-hint")}
                        onchange={edit(|typed, value| typed.body = value)} />
                }
                <div class="dialog-end">
                    <button class="button primary" type="submit">{ text!("create") }</button>
                </div>
            </form>
        }
    }
}

fn add_actor(page: &Page, role: Role, onclose: &Callback<()>) {
    let typed = Typed::of(page, role);
    let config = page
        .store
        .read(|session| typed.config(session.world(), role));
    let Some(config) = config else {
        return page.set_draft(Some(Typed {
            wrong: true,
            ..typed
        }));
    };
    page.store.dispatch(Action::AddActor(config));
    let last = page
        .store
        .read(|session| session.world().actors().last().map(Actor::caller));
    let last = last.map_or(Selection::Nothing, Selection::Actor);
    page.store.dispatch(Action::Select(last));
    onclose.emit(());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Span;
    use crate::sqs::api::Caller;
    use crate::ui::stage::fixture::world_with;

    #[test]
    fn names_are_free_and_fit_the_queue() {
        let world = world_with(0);
        assert_eq!(free_queue_name(&world, false), "queue-1");
        assert_eq!(free_queue_name(&world, true), "queue-1.fifo");
        assert_eq!(queue_name("a.fifo", false), "a");
        assert_eq!(free_name("x", |name| name != "x-3"), "x-3");
    }

    #[test]
    fn seconds_are_read_as_typed() {
        for (typed, ms) in [
            ("1", Some(1000)),
            (" 0.25 ", Some(250)),
            (".5", Some(500)),
            ("2.", Some(2000)),
            ("", None),
            ("1.2345", None),
            ("one", None),
            ("-1", None),
        ] {
            assert_eq!(milliseconds(typed), ms, "{typed:?}");
        }
    }

    #[test]
    fn what_was_added_by_default_sends_and_receives() {
        let mut session = Session::new();
        session.apply(Action::OpenEmpty { seed: 1 });
        for fifo in [false, true] {
            let name = free_queue_name(session.world(), fifo);
            let attributes = fifo.then(|| ("FifoQueue".to_owned(), "true".to_owned()));
            let request = CreateQueueRequest {
                queue_name: Some(name),
                attributes: attributes.into_iter().collect(),
                ..Default::default()
            };
            session.apply(Action::ByHand {
                form: Form::CreateQueue,
                request: request.into(),
            });
            let id = session.world().queues().last().expect("created").id();
            session.apply(Action::Select(Selection::Queue(id)));
            for role in [Role::Producer, Role::Consumer] {
                let caller = Caller(session.world().actors().count() as u32 + 1);
                let config = Typed::new(&session, role).config(session.world(), role);
                session.apply(Action::AddActor(config.expect("complete")));
                assert!(session.world().actor(caller).is_some());
            }
        }
        session.apply(Action::Seek(session.now() + Span::from_secs(12)));
        for actor in session.world().actors() {
            let tally = actor.tally();
            assert_eq!(tally.errors, 0, "{:?}", tally.last_error);
            assert!(
                tally.sent + tally.deleted > 5,
                "{} did little",
                actor.name()
            );
        }
    }
}
