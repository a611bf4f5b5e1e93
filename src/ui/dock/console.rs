//! The console's place in the dock. What is in it comes from the workbench.

use web_sys::Element;
use yew::prelude::*;

use crate::ui::page::use_page;
use crate::ui::text::text;

/// As the workbench calls it.
const NAME: &str = "console";

pub(super) fn show() -> Html {
    html! { <Host key={NAME} /> }
}

/// An element that belongs to the workbench for as long as it is there.
#[component]
fn Host() -> Html {
    let page = use_page();
    let host = use_node_ref();
    use_effect_with(host.clone(), move |host| {
        let workbench = page.workbench;
        if let Some(host) = host.cast::<Element>() {
            workbench.show(NAME, host);
        }
        move || workbench.hide(NAME)
    });
    html! {
        <>
            <div ref={host} class="workbench-host"></div>
            <p class="note workbench-coming">{ text!("workbench-coming") }</p>
        </>
    }
}
