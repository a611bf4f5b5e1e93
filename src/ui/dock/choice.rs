//! A choice among a few things, as all tabs of the dock offer it.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// What can be chosen: a value and what it is called.
pub(crate) type Choice = (String, String);

/// Offers these, the first of them often all together; tells the value of another that is chosen.
pub(crate) fn choice(
    label: String,
    all: Option<String>,
    choices: Vec<Choice>,
    chosen: &str,
    onchoose: Callback<String>,
) -> Html {
    let onchange = Callback::from(move |event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            onchoose.emit(select.value());
        }
    });
    html! {
        <select aria-label={label} {onchange}>
            if let Some(all) = all {
                <option value="" selected={chosen.is_empty()}>{ all }</option>
            }
            { for choices.into_iter().map(|(value, name)| {
                let selected = value == chosen;
                html! { <option {value} {selected}>{ name }</option> }
            }) }
        </select>
    }
}
