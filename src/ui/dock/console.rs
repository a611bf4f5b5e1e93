//! The console's place in the dock. What is in it comes from the workbench.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::ui::page::{Page, use_page};
use crate::ui::shell::Panel;
use crate::ui::text::text;

/// As the workbench calls it.
const NAME: &str = "console";

pub(super) fn show() -> Html {
    html! { <Host key={NAME} /> }
}

/// Brings the console to the front, with a command that waits to be run.
pub(crate) fn suggest(page: &Page, command: &str) {
    page.workbench.open(NAME, command);
    page.shell.show(Panel::Dock);
    let document = web_sys::window().and_then(|window| window.document());
    let tab = document.and_then(|document| document.get_element_by_id("tab-console"));
    if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
        tab.click();
    }
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
