//! What the session has to tell: a line at the foot of the stage.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::format;
use super::page::Page;
use super::part::Part;
use super::session::{Action, Notice, Session};
use super::text::text;
use super::widgets::Icon;

/// How long a notice stays that nothing depends on, in milliseconds.
const PASSING_MS: u32 = 12_000;

#[derive(PartialEq)]
pub(crate) struct NoticeBar;

impl Part for NoticeBar {
    type Facts = Option<Notice>;

    fn facts(&self, session: &Session) -> Self::Facts {
        session.notice().cloned()
    }

    fn view(&self, notice: &Self::Facts, page: &Page) -> Html {
        let words = match notice {
            None => None,
            Some(Notice::Point(point)) => Some(point.clone()),
            Some(Notice::Idle) => Some(text!("notice-idle")),
            Some(Notice::ScenarioSeen) => Some(text!("notice-seen")),
            Some(Notice::FutureCut) => Some(text!("notice-cut")),
            Some(Notice::WouldEndScripts) => Some(text!("notice-would-end")),
            Some(Notice::Undone) => Some(text!("notice-undone")),
            Some(Notice::Redone) => Some(text!("notice-redone")),
            Some(Notice::AtRest) => Some(text!("notice-rest")),
            Some(Notice::NeverRests(span)) => Some(text!(
                "notice-never-rests",
                [("span", format::duration(*span).into())],
            )),
            Some(Notice::Refused(why)) => {
                Some(text!("notice-refused", [("why", why.as_str().into())]))
            }
        };
        let passes = matches!(
            notice,
            Some(Notice::FutureCut | Notice::Undone | Notice::Redone)
        );
        let class = match notice {
            Some(Notice::Point(_)) => "notice opening",
            _ => "notice",
        };
        let dismiss = page.doing(Action::DismissNotice);
        html! {
            <div class="notice-place" role="status">
                if let Some(words) = words {
                    <p {class}>
                        <span>{ words }</span>
                        if *notice == Some(Notice::FutureCut) {
                            <button class="button" onclick={page.doing(Action::Undo)}>
                                { Icon::Undo.show() }{ text!("undo") }
                            </button>
                        }
                        if *notice == Some(Notice::WouldEndScripts) {
                            <button class="button" onclick={page.doing(Action::EndScripts)}>
                                { text!("notice-end-scripts") }
                            </button>
                        }
                        <button class="button icon-only" aria-label={text!("dismiss")} onclick={dismiss}>
                            { Icon::Close.show() }
                        </button>
                    </p>
                }
                if passes {
                    { Passing.show() }
                }
            </div>
        }
    }
}

/// Puts the notice away after a while; shows nothing itself.
#[derive(PartialEq)]
struct Passing;

impl Part for Passing {
    type Facts = ();

    fn facts(&self, _: &Session) {}

    fn view(&self, (): &(), _: &Page) -> Html {
        html! {}
    }

    fn shown(&self, page: &Page) {
        let timeout = page.kept::<Option<Timeout>>();
        let mut timeout = timeout.borrow_mut();
        if timeout.is_none() {
            let store = page.store.clone();
            let dismiss = move || store.dispatch(Action::DismissNotice);
            *timeout = Some(Timeout::new(PASSING_MS, dismiss));
        }
    }
}
