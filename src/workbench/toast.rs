//! What the workbench has to tell outside of its dialogs: one line at a time, at the foot of the page.

use std::cell::RefCell;

use yew::prelude::*;

use super::roots::{self, Root};
use super::text::text;
use crate::ui::widgets::Icon;

/// Where it stands.
const PLACE: &str = "workbench-toast";

thread_local! {
    static SHOWN: RefCell<Option<Root>> = const { RefCell::new(None) };
}

/// Something to tell.
pub(super) struct Toast {
    words: String,
    offer: Option<(String, Callback<()>)>,
}

impl Toast {
    pub(super) fn new(words: String) -> Self {
        Self { words, offer: None }
    }

    /// With something to do about it.
    pub(super) fn offering(self, label: String, action: Callback<()>) -> Self {
        Self {
            offer: Some((label, action)),
            ..self
        }
    }
}

/// Shows it in place of the one before.
pub(super) fn show(toast: Toast) {
    hide();
    let Some(place) = roots::at_the_end(PLACE) else {
        return;
    };
    let _ = place.set_attribute("role", "status");
    let Toast { words, offer } = toast;
    let content = html! {
        <p class="notice">
            <span>{ words }</span>
            if let Some((label, action)) = offer {
                <button class="button" onclick={move |_: MouseEvent| { hide(); action.emit(()); }}>
                    { label }
                </button>
            }
            <button class="button icon-only" aria-label={text!("dismiss")} onclick={|_: MouseEvent| hide()}>
                { Icon::Close.show() }
            </button>
        </p>
    };
    SHOWN.set(Some(Root::within(&place, content)));
}

/// Puts it away.
pub(super) fn hide() {
    drop(SHOWN.take());
}
