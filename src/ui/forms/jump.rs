//! To what moment to go.

use yew::prelude::*;

use super::fields::{Complaint, Entry, Typed};
use super::parts::{dialog, form, submit_button};
use crate::ui::format;
use crate::ui::moment::moment;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Action, Session};
use crate::ui::text::text;

const MOMENT: &str = "moment";

#[derive(PartialEq)]
pub(crate) struct JumpForm;

impl Part for JumpForm {
    type Facts = ();

    fn facts(&self, _: &Session) {}

    fn view(&self, (): &(), page: &Page) -> Html {
        let typed: Typed = page.draft();
        let entry = Entry {
            label: text!("jump-moment").into(),
            hint: text!("jump-hint").into(),
            autofocus: true,
            untouched: page.store.read(elapsed).into(),
            ..Entry::new("jump-moment", MOMENT)
        };
        let form = form(
            page.submitting(submit),
            entry.show(&typed, page),
            submit_button(text!("jump-go")),
        );
        dialog("jump", text!("jump"), form)
    }
}

fn elapsed(session: &Session) -> String {
    format::elapsed(session.now().since(session.start()))
}

fn submit(page: &Page) {
    let mut typed: Typed = page.draft();
    let written = typed.given(MOMENT);
    let written = written.map_or_else(|| page.store.read(elapsed), str::to_owned);
    match moment(&written, page.store.read(Session::start)) {
        Some(moment) => {
            page.store.dispatch(Action::Pause);
            page.store.dispatch(Action::Seek(moment));
            page.shell.close();
        }
        None => {
            typed.complain(Some(Complaint::at_field(MOMENT, text!("jump-wrong"))));
            page.set_draft(typed);
        }
    }
}
