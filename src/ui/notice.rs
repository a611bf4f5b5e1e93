//! What the session has to tell: a line at the foot of the stage.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::format;
use super::session::{Action, Notice};
use super::store::{use_dispatch, use_selector, use_store};
use super::text::{text, text_with};
use super::widgets::{Icon, IconView};

/// How long a notice stays that nothing depends on, in milliseconds.
const PASSING_MS: u32 = 12_000;

#[component]
pub(crate) fn NoticeBar() -> Html {
    let notice = use_selector(|session| session.notice().cloned());
    let dismiss = use_dispatch(Action::DismissNotice);
    let undo = use_dispatch(Action::Undo);
    let store = use_store();
    use_effect_with((store, (*notice).clone()), |(store, notice)| {
        let store = store.clone();
        let passes = matches!(
            notice,
            Some(Notice::FutureCut | Notice::Undone | Notice::Redone)
        );
        let dismiss = move || store.dispatch(Action::DismissNotice);
        let timeout = passes.then(|| Timeout::new(PASSING_MS, dismiss));
        move || drop(timeout)
    });
    let words = match &*notice {
        None => None,
        Some(Notice::Idle) => Some(text("notice-idle")),
        Some(Notice::ScenarioSeen) => Some(text("notice-seen")),
        Some(Notice::FutureCut) => Some(text("notice-cut")),
        Some(Notice::Undone) => Some(text("notice-undone")),
        Some(Notice::Redone) => Some(text("notice-redone")),
        Some(Notice::AtRest) => Some(text("notice-rest")),
        Some(Notice::NeverRests(span)) => Some(text_with(
            "notice-never-rests",
            [("span", format::duration(*span).into())],
        )),
        Some(Notice::Refused(why)) => {
            Some(text_with("notice-refused", [("why", why.as_str().into())]))
        }
    };
    html! {
        <div class="notice-place" role="status">
            if let Some(words) = words {
                <p class="notice">
                    <span>{ words }</span>
                    if *notice == Some(Notice::FutureCut) {
                        <button class="button" onclick={undo}>
                            <IconView icon={Icon::Undo} />{ text("undo") }
                        </button>
                    }
                    <button class="button icon-only" aria-label={text("dismiss")} onclick={dismiss}>
                        <IconView icon={Icon::Close} />
                    </button>
                </p>
            }
        </div>
    }
}
