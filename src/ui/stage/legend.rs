//! The signs of the stage in a strip below it, each with its name; what it means is said on hover and
//! focus. Who knows them puts the strip away, and it stays away.

use yew::prelude::*;

use crate::ui::text::text;
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

/// Each sign as the style sheet names it, its name, and what it means.
fn signs() -> [(&'static str, String, String); 9] {
    [
        ("delayed", text!("delayed"), text!("legend-delayed")),
        ("visible", text!("visible"), text!("legend-visible")),
        ("in-flight", text!("in-flight"), text!("legend-in-flight")),
        ("received", text!("sign-received"), text!("help-badge")),
        ("dead", text!("sign-dead"), text!("legend-dead")),
        ("locked", text!("sign-locked"), text!("legend-locked")),
        ("poll", text!("sign-poll"), text!("help-poll")),
        ("call", text!("sign-call"), text!("help-travel")),
        ("many", text!("sign-many"), text!("legend-many")),
    ]
}

/// The strip.
pub(super) fn legend(onclose: Callback<MouseEvent>) -> Html {
    html! {
        <div class="legend-strip" role="group" aria-label={text!("legend")}>
            <ul>
                { for signs().into_iter().map(|(class, name, meaning)| html! {
                    <li key={class}>
                        <button type="button" class="sign" data-tip={meaning.clone()}>
                            <span class={format!("swatch {class}")} aria-hidden="true" />
                            { name }
                            <span class="unseen">{ meaning }</span>
                        </button>
                    </li>
                }) }
            </ul>
            <button class="button icon-only small" aria-label={text!("legend-hide")} onclick={onclose}>
                { Icon::Close.show() }
            </button>
        </div>
    }
}
