//! What can be done to an actor while it runs: other settings, a pause, another name, its end.

use yew::prelude::*;

use super::add_actor::{NAME, do_or_complain, free_name, names};
use super::fields::{Complaint, Entry, Typed};
use super::parts::{button, submit_button};
use super::program::{Fields, changed, complain};
use crate::sqs::api::Caller;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Action, Session};
use crate::ui::text::text;
use crate::ui::widgets::Icon;
use crate::world::{ActorConfig, NameChange, Program, ProgramChange, RunningChange};

/// Which of the forms is open, among what was typed.
const OPEN: &str = "open";
const EDIT: &str = "edit";
const RENAME: &str = "rename";
const REMOVE: &str = "remove";

#[derive(PartialEq)]
pub(crate) struct ProgramForm {
    pub(crate) caller: Caller,
}

/// The actor as it is.
#[derive(PartialEq)]
pub(crate) struct Facts {
    name: String,
    program: Program,
    is_running: bool,
    queues: Vec<String>,
}

impl Part for ProgramForm {
    /// None if it is not there, or was removed.
    type Facts = Option<Facts>;

    fn facts(&self, session: &Session) -> Self::Facts {
        let world = session.world();
        let actor = world.actor(self.caller)?;
        if actor.is_removed() {
            return None;
        }
        Some(Facts {
            name: actor.name().to_owned(),
            program: actor.program().clone(),
            is_running: actor.is_running(),
            queues: world
                .queues()
                .map(|queue| queue.name().to_string())
                .collect(),
        })
    }

    fn view(&self, facts: &Self::Facts, page: &Page) -> Html {
        let Some(facts) = facts else {
            return html! {};
        };
        let typed: Typed = page.draft();
        let caller = self.caller;
        let opener = |form: &'static str, label: String| {
            let is_open = typed.text(OPEN) == form;
            let onclick = page.edit(move |typed: &mut Typed, _: MouseEvent| {
                *typed = Typed::default();
                if !is_open {
                    typed.set(OPEN, form.to_owned());
                }
            });
            html! {
                <button type="button" class="button small" aria-expanded={is_open.to_string()} {onclick}>{ label }</button>
            }
        };
        let running = !facts.is_running;
        let run = Action::SetRunning(RunningChange { caller, running });
        let (icon, label) = if running {
            (Icon::Play, text!("actor-resume"))
        } else {
            (Icon::Pause, text!("actor-pause"))
        };
        let form = match typed.text(OPEN) {
            EDIT => edit(caller, facts, &typed, page),
            RENAME => rename(caller, facts, &typed, page),
            REMOVE => remove(caller, facts, page),
            _ => html! {},
        };
        html! {
            <div class="change-actor">
                <div class="hand">
                    { button("button small", Some(icon), label, page.doing(run)) }
                    if !matches!(facts.program, Program::Outside(_)) {
                        { opener(EDIT, text!("actor-edit")) }
                    }
                    { opener(RENAME, text!("actor-rename")) }
                    { opener(REMOVE, text!("actor-remove")) }
                </div>
                { form }
            </div>
        }
    }
}

fn edit(caller: Caller, facts: &Facts, typed: &Typed, page: &Page) -> Html {
    let settings = Fields {
        prefix: "program",
        program: &facts.program,
        queues: &facts.queues,
        typed,
        page,
    };
    let submit = move |page: &Page| {
        apply(page, caller, &|facts, typed| {
            let program = changed(&facts.program, typed)?;
            Ok(Action::SetProgram(ProgramChange { caller, program }))
        });
    };
    html! {
        <form key={EDIT} aria-label={text!("actor-edit")} onsubmit={page.submitting(submit)} novalidate={true}>
            { settings.show(html! {}, html! {}) }
            { typed.complaint() }
            { end(text!("actor-apply"), page) }
        </form>
    }
}

fn rename(caller: Caller, facts: &Facts, typed: &Typed, page: &Page) -> Html {
    let name = Entry {
        label: text!("actor-name").into(),
        untouched: facts.name.clone().into(),
        autofocus: true,
        ..Entry::new("rename-actor", NAME)
    };
    let submit = move |page: &Page| {
        apply(page, caller, &|facts, typed| {
            let given = typed.given(NAME).unwrap_or(&facts.name);
            let mut taken = page.store.read(names);
            taken.retain(|name| *name != facts.name);
            let name = free_name(given, &taken)?;
            let config = ActorConfig {
                name: name.clone(),
                ..Default::default()
            };
            config.check().map_err(|error| complain(&error, &[NAME]))?;
            Ok(Action::RenameActor(NameChange { caller, name }))
        });
    };
    html! {
        <form key={RENAME} aria-label={text!("actor-rename")} onsubmit={page.submitting(submit)} novalidate={true}>
            { name.show(typed, page) }
            { typed.complaint() }
            { end(text!("actor-rename-do"), page) }
        </form>
    }
}

fn remove(caller: Caller, facts: &Facts, page: &Page) -> Html {
    let sends = match facts.program {
        Program::Producer(_) | Program::Script(_) | Program::Outside(_) => {
            Some(text!("actor-remove-sent"))
        }
        Program::Consumer(_) | Program::Lambda(_) | Program::Monitor(_) => None,
    };
    let receives = match facts.program {
        Program::Consumer(_) | Program::Lambda(_) | Program::Script(_) | Program::Outside(_) => {
            Some(text!("actor-remove-held"))
        }
        Program::Producer(_) | Program::Monitor(_) => None,
    };
    let submit = move |page: &Page| apply(page, caller, &|_, _| Ok(Action::RemoveActor(caller)));
    html! {
        <form key={REMOVE} class="why error" aria-label={text!("actor-remove")} onsubmit={page.submitting(submit)}>
            <p><strong>{ text!("actor-remove-ask", [("name", facts.name.clone().into())]) }</strong></p>
            <p>{ text!("actor-remove-calls") }{ " " }{ sends }{ receives }</p>
            { end(text!("actor-remove-do"), page) }
        </form>
    }
}

/// The buttons at the end of a form.
fn end(label: String, page: &Page) -> Html {
    let onclick = page.edit(|typed: &mut Typed, _: MouseEvent| *typed = Typed::default());
    html! {
        <div class="hand">
            { submit_button(label) }
            { button("button", None, text!("cancel"), onclick) }
        </div>
    }
}

/// Does what a form says. The settings stay open, to try others; the other forms have had their say.
fn apply(
    page: &Page,
    caller: Caller,
    action: &dyn Fn(&Facts, &Typed) -> Result<Action, Complaint>,
) {
    let Some(facts) = page
        .store
        .read(|session| ProgramForm { caller }.facts(session))
    else {
        return;
    };
    let mut typed: Typed = page.draft();
    let done = action(&facts, &typed).and_then(|action| do_or_complain(page, action));
    match done {
        Ok(()) => {
            let stays = typed.text(OPEN) == EDIT;
            typed = Typed::default();
            if stays {
                typed.set(OPEN, EDIT.to_owned());
            }
        }
        Err(complaint) => typed.complain(Some(complaint)),
    }
    page.set_draft(typed);
}
