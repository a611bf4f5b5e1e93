//! To what moment to go.

use web_sys::SubmitEvent;
use yew::prelude::*;

use crate::ui::format;
use crate::ui::moment::moment;
use crate::ui::session::Action;
use crate::ui::shell::use_shell;
use crate::ui::store::use_store;
use crate::ui::text::text;
use crate::ui::widgets::{DialogFrame, Field};

#[component]
pub(crate) fn JumpForm() -> Html {
    let (store, shell) = (use_store(), use_shell());
    let typed = use_state(|| {
        let elapsed = |session: &crate::ui::session::Session| {
            format::elapsed(session.now().since(session.start()))
        };
        store.read(elapsed)
    });
    let wrong = use_state_eq(|| None::<AttrValue>);
    let onclose = use_callback(shell.clone(), |(), shell| shell.close());
    let onsubmit = use_callback((store, shell, typed.clone(), wrong.clone()), {
        |event: SubmitEvent, (store, shell, typed, wrong)| {
            event.prevent_default();
            match moment(typed, store.read(|session| session.start())) {
                Some(moment) => {
                    store.dispatch(Action::Pause);
                    store.dispatch(Action::Seek(moment));
                    shell.close();
                }
                None => wrong.set(Some(text("jump-wrong").into())),
            }
        }
    });
    let onchange = use_callback(
        (typed.clone(), wrong.clone()),
        |value: String, (typed, wrong)| {
            wrong.set(None);
            typed.set(value);
        },
    );
    html! {
        <DialogFrame id="jump" title={text("jump")} {onclose}>
            <form {onsubmit} novalidate={true}>
                <Field id="jump-moment" label={text("jump-moment")} hint={text("jump-hint")}
                    value={(*typed).clone()} error={(*wrong).clone()} autofocus={true} {onchange} />
                <div class="dialog-end">
                    <button class="button primary" type="submit">{ text("jump-go") }</button>
                </div>
            </form>
        </DialogFrame>
    }
}
