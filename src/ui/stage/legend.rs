//! The signs of the stage in a strip below it, each with its name; what it means is said on hover and
//! focus. Who knows them puts the strip away, and it stays away.

use yew::prelude::*;

use crate::ui::text::{format, place_of_text, text};
use crate::ui::widgets::Icon;

const KEY: &str = "legend";
const AWAY: &str = "away";

/// In a narrower window the strip is shown only if it was asked for.
const WIDTH_MIN: f64 = 800.0;

/// Whether the strip is shown at first: as it was left, else if there is room.
pub(super) fn is_shown_at_first() -> bool {
    let stored = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
    let width = web_sys::window().and_then(|window| window.inner_width().ok()?.as_f64());
    stored.map_or(width.is_none_or(|width| width >= WIDTH_MIN), |state| {
        state != AWAY
    })
}

/// Remembers it; a browser that keeps nothing is no error.
pub(super) fn remember(is_open: bool) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(KEY, if is_open { "shown" } else { AWAY });
    }
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// A sign as the style sheet names it, and the places of the texts of its name and of what it means.
type Sign = (&'static str, usize, usize);

const SIGNS: [Sign; 9] = [
    (
        "delayed",
        place_of_text!("delayed"),
        place_of_text!("legend-delayed"),
    ),
    (
        "visible",
        place_of_text!("visible"),
        place_of_text!("legend-visible"),
    ),
    (
        "in-flight",
        place_of_text!("in-flight"),
        place_of_text!("legend-in-flight"),
    ),
    (
        "received",
        place_of_text!("sign-received"),
        place_of_text!("help-badge"),
    ),
    (
        "dead",
        place_of_text!("sign-dead"),
        place_of_text!("legend-dead"),
    ),
    (
        "locked",
        place_of_text!("sign-locked"),
        place_of_text!("legend-locked"),
    ),
    (
        "poll",
        place_of_text!("sign-poll"),
        place_of_text!("help-poll"),
    ),
    (
        "call",
        place_of_text!("sign-call"),
        place_of_text!("help-travel"),
    ),
    (
        "many",
        place_of_text!("sign-many"),
        place_of_text!("legend-many"),
    ),
];

fn sign((class, name, meaning): Sign) -> Html {
    let meaning = format(meaning, &[]);
    html! {
        <li key={class}>
            <button type="button" class="sign" data-tip={meaning.clone()}>
                <span class={["swatch ", class].concat()} aria-hidden="true" />
                { format(name, &[]) }
                <span class="unseen">{ meaning }</span>
            </button>
        </li>
    }
}

/// The strip.
pub(super) fn legend(onclose: Callback<MouseEvent>) -> Html {
    html! {
        <div class="legend-strip" role="group" aria-label={text!("legend")}>
            <ul>
                { for SIGNS.into_iter().map(sign) }
            </ul>
            <button class="button icon-only small" aria-label={text!("legend-hide")} onclick={onclose}>
                { Icon::Close.show() }
            </button>
        </div>
    }
}
