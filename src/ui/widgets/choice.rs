//! One of a few: buttons side by side, of which one is pressed.

use yew::prelude::*;

/// The choice with this name; `pick` gets the place of the one that is clicked.
pub(crate) fn choice(label: &str, names: &[String], chosen: usize, pick: &Callback<usize>) -> Html {
    html! {
        <div class="choice" role="group" aria-label={label.to_owned()}>
            { for names.iter().enumerate().map(|(place, name)| {
                let onclick = pick.reform(move |_: MouseEvent| place);
                let pressed = if place == chosen { "true" } else { "false" };
                html! { <button type="button" key={place} aria-pressed={pressed} {onclick}>{ name }</button> }
            }) }
        </div>
    }
}
