//! Let an actor in: its kind, its name, its queue, and the settings of its program.

use yew::prelude::*;

use super::fields::{Complaint, Entry, Typed};
use super::parts::{self, button, choosing, dialog, submit_button};
use super::program::{Fields, KINDS, changed, complain};
use super::send::likely_target;
use crate::sqs::Queue;
use crate::sqs::api::{Request, SendMessageRequest};
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Action, Notice, Selection, Session};
use crate::ui::shell::Dialog;
use crate::ui::text::{format, text};
use crate::ui::widgets::{FieldKind, Icon};
use crate::world::{
    ActorConfig, Consumer, Lambda, Monitor, Producer, Program, Script, ScriptStep, Spread,
};

const KIND: &str = "kind";
pub(super) const NAME: &str = "name";
const QUEUE: &str = "queue";
const START: &str = "start_after_ms";

/// The group and the deduplication id with which messages of a FIFO queue start.
const IDS: [&str; 2] = ["group-{n%3}", "{n}-{random:1000000}"];

#[derive(Clone, Copy, PartialEq)]
pub(crate) struct AddActorForm {
    /// The kind to begin with, if one was asked for.
    pub(crate) kind: Option<&'static str>,
}

/// What there is already.
#[derive(PartialEq)]
pub(crate) struct Facts {
    queues: Vec<Target>,
    /// The place of the queue to begin with.
    first: usize,
    /// The names that are taken.
    names: Vec<String>,
    /// What was asked for, or is missing most: somebody who sends, else somebody who receives.
    kind: &'static str,
}

/// A queue to choose.
#[derive(PartialEq)]
struct Target {
    name: String,
    /// Whether a send needs a deduplication id.
    needs_deduplication_id: bool,
}

impl Part for AddActorForm {
    type Facts = Facts;

    fn facts(&self, session: &Session) -> Facts {
        let world = session.world();
        let likely = likely_target(session);
        let target = |queue: &Queue| Target {
            name: queue.name().to_string(),
            needs_deduplication_id: queue
                .attributes()
                .fifo
                .as_ref()
                .is_some_and(|fifo| !fifo.content_based_deduplication),
        };
        let sends = |program: &Program| matches!(program, Program::Producer(_));
        let has_producer = world.actors().any(|actor| sends(actor.program()));
        let place = world.queues().position(|queue| Some(queue.id()) == likely);
        Facts {
            queues: world.queues().map(target).collect(),
            first: place.unwrap_or(0),
            names: names(session),
            kind: self.kind.unwrap_or(KINDS[usize::from(has_producer)].word),
        }
    }

    fn view(&self, facts: &Facts, page: &Page) -> Html {
        let typed: Typed = page.draft();
        let body = if facts.queues.is_empty() {
            let create = page.opening(Dialog::CreateQueue);
            let label = text!("create-queue");
            html! {
                <>
                    <p class="note">{ text!("add-actor-no-queue") }</p>
                    <div class="dialog-end">
                        { button("button primary", Some(Icon::Plus), label, create) }
                    </div>
                </>
            }
        } else {
            fields(*self, facts, &typed, page)
        };
        dialog("add-actor", text!("add-actor"), body)
    }
}

/// The names of the actors of the world.
pub(super) fn names(session: &Session) -> Vec<String> {
    let actors = session.world().actors();
    actors.map(|actor| actor.name().to_owned()).collect()
}

fn fields(form: AddActorForm, facts: &Facts, typed: &Typed, page: &Page) -> Html {
    let program = starting(facts, typed);
    let queues: Vec<_> = facts
        .queues
        .iter()
        .map(|queue| queue.name.clone())
        .collect();
    let name = Entry {
        label: text!("actor-name").into(),
        hint: text!("actor-name-hint").into(),
        untouched: suggested_name(facts, typed).into(),
        ..Entry::new("add-actor-name", NAME)
    };
    let start = Entry {
        label: text!("set-start-after").into(),
        hint: text!("set-start-after-hint").into(),
        kind: FieldKind::Number,
        ..Entry::new("add-actor-start", START)
    };
    let settings = Fields {
        prefix: "add-actor",
        program: &program,
        queues: &queues,
        typed,
        page,
    };
    let fields = html! {
        <>
            { kind_choice(kind(facts, typed), page) }
            // Another kind has fields of its own, though some have the names of others.
            <div key={kind(facts, typed)}>
                { settings.show(name.show(typed, page), start.show(typed, page)) }
            </div>
            { typed.complaint() }
        </>
    };
    let onsubmit = page.submitting(move |page| submit(form, page));
    parts::form(onsubmit, fields, submit_button(text!("add-actor-do")))
}

fn kind_choice(chosen: &str, page: &Page) -> Html {
    html! {
        <fieldset class="kinds">
            <legend>{ text!("actor-kind") }</legend>
            { for KINDS.iter().map(|kind| {
                let onchange = choosing(KIND, page);
                let checked = kind.word == chosen;
                html! {
                    <label class="check">
                        <input type="radio" name="actor-kind" value={kind.word} {checked} autofocus={checked} {onchange} />
                        <span><b>{ format(kind.label, &[]) }</b><span class="note">{ format(kind.hint, &[]) }</span></span>
                    </label>
                }
            }) }
        </fieldset>
    }
}

fn kind<'a>(facts: &'a Facts, typed: &'a Typed) -> &'a str {
    typed.given(KIND).unwrap_or(facts.kind)
}

/// The kind, with a number if that is taken.
fn suggested_name(facts: &Facts, typed: &Typed) -> String {
    let kind = kind(facts, typed);
    let is_free = |name: &String| !facts.names.contains(name);
    let numbered = (2_u32..).map(|number| [kind, "-", &number.to_string()].concat());
    let mut names = [kind.to_owned()].into_iter().chain(numbered);
    names.find(is_free).unwrap_or_default()
}

/// A program of this kind that does something worth a look.
fn starting(facts: &Facts, typed: &Typed) -> Program {
    let chosen = typed.given(QUEUE);
    let mut queues = facts.queues.iter();
    let target = queues
        .find(|queue| Some(&*queue.name) == chosen)
        .or_else(|| facts.queues.get(facts.first));
    let queue = target.map(|queue| queue.name.clone()).unwrap_or_default();
    let is_fifo = queue.ends_with(".fifo");
    let needs_id = target.is_some_and(|queue| queue.needs_deduplication_id);
    let group = is_fifo.then(|| IDS[0].to_owned());
    let deduplication_id = needs_id.then(|| IDS[1].to_owned());
    let second = Spread::Fixed(1000);
    match kind(facts, typed) {
        "consumer" => Program::Consumer(Consumer {
            queue,
            wait_time_seconds: Some(10),
            work_ms: second,
            ..Default::default()
        }),
        "lambda" => Program::Lambda(Lambda {
            queue,
            work_ms: second,
            ..Default::default()
        }),
        "monitor" => Program::Monitor(Monitor {
            queue,
            ..Default::default()
        }),
        "script" => Program::Script(Script {
            steps: vec![ScriptStep {
                call: Request::SendMessage(SendMessageRequest {
                    queue_url: Some(queue),
                    message_body: Some("step {n}".into()),
                    message_group_id: group,
                    message_deduplication_id: deduplication_id,
                    ..Default::default()
                }),
                times: 3,
                pause_ms: 1000,
            }],
        }),
        _ => Program::Producer(Producer {
            queue,
            pause_ms: second,
            body: "order {n}".into(),
            message_group_id: group,
            message_deduplication_id: deduplication_id,
            ..Default::default()
        }),
    }
}

fn submit(form: AddActorForm, page: &Page) {
    let mut typed: Typed = page.draft();
    let facts = page.store.read(|session| form.facts(session));
    let added =
        config(&facts, &typed).and_then(|config| do_or_complain(page, Action::AddActor(config)));
    match added {
        Ok(()) => {
            let newest = |session: &Session| {
                let actors = session.world().actors();
                actors.last().map(crate::world::Actor::caller)
            };
            if let Some(caller) = page.store.read(newest) {
                page.select(Selection::Actor(caller));
            }
            page.shell.close();
        }
        Err(complaint) => {
            typed.complain(Some(complaint));
            page.set_draft(typed);
        }
    }
}

fn config(facts: &Facts, typed: &Typed) -> Result<ActorConfig, Complaint> {
    let suggested = suggested_name(facts, typed);
    let config = ActorConfig {
        name: free_name(typed.given(NAME).unwrap_or(&suggested), &facts.names)?,
        start_after_ms: match typed.number(START)?.map(u64::try_from) {
            None => 0,
            Some(Ok(start)) => start,
            Some(Err(_)) => return Err(Complaint::at_field(START, text!("not-a-number"))),
        },
        program: changed(&starting(facts, typed), typed)?,
    };
    config
        .check()
        .map_err(|error| complain(&error, &[NAME, START]))?;
    Ok(config)
}

/// The name, if nobody has it: people tell actors by their names.
pub(super) fn free_name(name: &str, taken: &[String]) -> Result<String, Complaint> {
    let name = name.trim().to_owned();
    if taken.contains(&name) {
        return Err(Complaint::at_field(NAME, text!("actor-name-taken")));
    }
    Ok(name)
}

/// Does it; if the world refuses, the form says why and not a notice.
pub(super) fn do_or_complain(page: &Page, action: Action) -> Result<(), Complaint> {
    page.store.dispatch(action);
    let refused = page.store.read(|session| match session.notice() {
        Some(Notice::Refused(why)) => Some(why.clone()),
        Some(_) | None => None,
    });
    match refused {
        None => Ok(()),
        Some(why) => {
            page.store.dispatch(Action::DismissNotice);
            Err(Complaint::of_all(why))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{self, AsMember};

    #[test]
    fn every_kind_starts_with_a_program_that_says_all_that_its_queue_needs() {
        for (queue, needs_id, count) in [("q", false, 0), ("q.fifo", false, 1), ("q.fifo", true, 2)]
        {
            let facts = |kind| Facts {
                queues: vec![Target {
                    name: queue.to_owned(),
                    needs_deduplication_id: needs_id,
                }],
                first: 0,
                names: vec!["producer".to_owned()],
                kind,
            };
            for kind in &KINDS {
                let program = starting(&facts(kind.word), &Typed::default());
                assert_eq!(program.check(), Ok(()));
                assert_eq!(program.queues(), [queue], "{}", kind.word);
                let text = json::compact(&program.member());
                assert!(text.starts_with(&format!("{{\"{}\"", kind.word)), "{text}");
                let ids = IDS.iter().filter(|id| text.contains(**id)).count();
                let sends = matches!(kind.word, "producer" | "script");
                let expected = if sends { count } else { 0 };
                assert_eq!(ids, expected, "{text}");
                let config = config(&facts(kind.word), &Typed::default());
                let name = config.map(|config| config.name);
                let free = if kind.word == "producer" {
                    "producer-2"
                } else {
                    kind.word
                };
                assert_eq!(name, Ok(free.to_owned()));
            }
        }
    }

    #[test]
    fn a_name_is_taken_once() {
        let taken = ["shop".to_owned()];
        assert!(free_name(" shop ", &taken).is_err());
        assert_eq!(free_name(" shop 2", &taken), Ok("shop 2".to_owned()));
    }
}
