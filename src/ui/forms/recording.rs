//! The recording: the whole run as text, to keep and to open again.

use yew::prelude::*;

use super::fields::{Complaint, Entry, Typed};
use super::parts::{dialog, form, submit_button};
use crate::ui::format;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Action, Notice, Session};
use crate::ui::shell::Panel;
use crate::ui::text::text;
use crate::ui::widgets::FieldKind;

const TEXT: &str = "recording";

#[derive(PartialEq)]
pub(crate) struct RecordingForm;

impl Part for RecordingForm {
    type Facts = ();

    fn facts(&self, _: &Session) {}

    fn view(&self, (): &(), page: &Page) -> Html {
        let typed: Typed = page.draft();
        let recording = recording(&typed, page);
        let file = format!(
            "data:application/json,{}",
            format::percent_encoded(&recording)
        );
        let entry = Entry {
            label: text!("recording-text").into(),
            hint: text!("recording-hint").into(),
            kind: FieldKind::Lines,
            untouched: recording.into(),
            ..Entry::new("recording-text", TEXT)
        };
        let end = html! {
            <>
                <a class="button" href={file} download="recording.json">{ text!("download") }</a>
                { submit_button(text!("recording-open")) }
            </>
        };
        let form = form(page.submitting(submit), entry.show(&typed, page), end);
        dialog("recording", text!("recording"), form)
    }
}

/// What was typed; the run as it is until something was.
fn recording(typed: &Typed, page: &Page) -> String {
    match typed.given(TEXT) {
        Some(text) => text.to_owned(),
        None => page.store.read(Session::recording_json),
    }
}

fn submit(page: &Page) {
    let mut typed: Typed = page.draft();
    page.store
        .dispatch(Action::OpenRecording(recording(&typed, page)));
    let refused = page.store.read(|session| match session.notice() {
        Some(Notice::Refused(why)) => Some(Complaint::at_field(TEXT, why.clone())),
        Some(_) | None => None,
    });
    if refused.is_some() {
        page.store.dispatch(Action::DismissNotice);
        typed.complain(refused);
        page.set_draft(typed);
    } else {
        page.shell.show(Panel::Stage);
        page.shell.close();
    }
}
