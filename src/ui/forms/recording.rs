//! The recording: the whole run as text, to keep and to open again.

use web_sys::SubmitEvent;
use yew::prelude::*;

use crate::ui::format;
use crate::ui::session::{Action, Notice, Session};
use crate::ui::shell::{Panel, use_shell};
use crate::ui::store::use_store;
use crate::ui::text::text;
use crate::ui::widgets::{DialogFrame, Field, FieldKind};

#[component]
pub(crate) fn RecordingForm() -> Html {
    let (store, shell) = (use_store(), use_shell());
    let typed = use_state(|| store.read(Session::recording_json));
    let refused = use_state(|| None::<AttrValue>);
    let onclose = use_callback(shell.clone(), |(), shell| shell.close());
    let onsubmit = use_callback((store, shell, typed.clone(), refused.clone()), {
        |event: SubmitEvent, (store, shell, typed, refused)| {
            event.prevent_default();
            store.dispatch(Action::OpenRecording((**typed).clone()));
            let why = store.read(|session| match session.notice() {
                Some(Notice::Refused(why)) => Some(AttrValue::from(why.clone())),
                Some(_) | None => None,
            });
            if why.is_some() {
                store.dispatch(Action::DismissNotice);
                refused.set(why);
            } else {
                shell.show(Panel::Stage);
                shell.close();
            }
        }
    });
    let onchange = use_callback(typed.clone(), |value: String, typed| typed.set(value));
    let file = format!("data:application/json,{}", format::percent_encoded(&typed));
    html! {
        <DialogFrame id="recording" title={text("recording")} {onclose}>
            <form {onsubmit} novalidate={true}>
                <Field id="recording-text" label={text("recording-text")} kind={FieldKind::Lines}
                    hint={text("recording-hint")} value={(*typed).clone()}
                    error={(*refused).clone()} {onchange} />
                <div class="dialog-end">
                    <a class="button" href={file} download="recording.json">{ text("download") }</a>
                    <button class="button primary" type="submit">{ text("recording-open") }</button>
                </div>
            </form>
        </DialogFrame>
    }
}
