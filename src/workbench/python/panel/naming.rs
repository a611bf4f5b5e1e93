//! The name of the file in front: as it is typed, taken or refused.

use yew::prelude::*;

use super::seen::value_of;
use super::{Message, Panel};
use crate::workbench::python::files::{Files, Misnomer, NAME_MAX};
use crate::workbench::text::text;

/// Tells why a name was refused.
const MISNOMER: &str = "python-misnomer";

/// A name that is typed.
pub(super) struct Naming {
    /// What the file is called until then.
    file: String,
    typed: String,
    pub(super) was_refused: bool,
}

impl Panel {
    /// What is typed as the name of the file in front.
    pub(super) fn naming(&self) -> Option<&Naming> {
        let files = self.python.files.borrow();
        let naming = self.naming.as_ref();
        naming.filter(|naming| naming.file == files.front().name)
    }

    pub(super) fn name(&mut self, typed: String, was_refused: bool) {
        let file = self.python.files.borrow().front().name.clone();
        self.naming = Some(Naming {
            file,
            typed,
            was_refused,
        });
    }

    pub(super) fn rename(&mut self, name: String) {
        let was = self.python.files.borrow().front().name.clone();
        if self.python.is_live(&was) {
            return;
        }
        let renamed = self.python.files.borrow_mut().rename(&name);
        if renamed.is_err() {
            self.name(name, true);
            return;
        }
        self.naming = None;
        let files = self.python.files.borrow();
        if files.front().name != was {
            self.python.removed.replace(None);
            self.python.rename(&was, &files.front().name);
            files.keep();
        }
    }

    /// The name of the file in front, and why it can't be that one which was typed.
    pub(super) fn name_input(&self, context: &Context<Self>, files: &Files, is_live: bool) -> Html {
        let link = context.link();
        let (name, was_refused) = match self.naming() {
            Some(naming) => (naming.typed.clone(), naming.was_refused),
            None => (files.front().name.clone(), false),
        };
        let why = files.name_for(&name).err().filter(|_| was_refused);
        let invalid = why.map(|_| "true");
        html! {
            <>
                <label for="python-name">{ text!("python-name") }</label>
                <input id="python-name" value={name.clone()} disabled={is_live} autocomplete="off" spellcheck="false"
                    aria-invalid={invalid} aria-describedby={invalid.map(|_| MISNOMER)}
                    oninput={link.batch_callback(|event: InputEvent| value_of(&event).map(Message::Naming))}
                    onchange={link.batch_callback(|event: Event| value_of(&event).map(Message::Rename))} />
                if let Some(why) = why {
                    <p id={MISNOMER} class="field-error" role="alert">{ misnomer_words(why, &name) }</p>
                }
            </>
        }
    }
}

/// Why a file can't be called so.
fn misnomer_words(why: Misnomer, name: &str) -> String {
    match why {
        Misnomer::Empty => text!("python-name-empty"),
        Misnomer::Folder => text!("python-name-folder"),
        Misnomer::Long => text!("python-name-long", [("most", NAME_MAX.into())]),
        Misnomer::Taken => {
            let name = name.trim().to_owned();
            text!("python-name-taken", [("name", name.into())])
        }
    }
}
