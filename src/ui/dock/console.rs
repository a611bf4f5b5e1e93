//! The console's place in the dock. What is in it comes from the workbench.

use web_sys::Element;
use yew::prelude::*;

use crate::ui::bridge::Workbench;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::Session;
use crate::ui::text::text;

/// As the workbench calls it.
const NAME: &str = "console";

/// An element that belongs to the workbench for as long as it is there.
#[derive(PartialEq)]
pub(super) struct Console;

#[derive(Default)]
struct Kept {
    host: NodeRef,
    lent: Option<Lent>,
}

/// Takes the element back when dropped.
struct Lent(Workbench);

impl Drop for Lent {
    fn drop(&mut self) {
        self.0.hide(NAME);
    }
}

impl Part for Console {
    type Facts = ();

    fn facts(&self, _: &Session) {}

    fn view(&self, (): &(), page: &Page) -> Html {
        let host = page.kept::<Kept>().borrow().host.clone();
        html! {
            <>
                <div ref={host} class="workbench-host"></div>
                <p class="note workbench-coming">{ text!("workbench-coming") }</p>
            </>
        }
    }

    fn shown(&self, page: &Page) {
        let kept = page.kept::<Kept>();
        let host = kept.borrow().host.cast::<Element>();
        if let Some(host) = host
            && kept.borrow().lent.is_none()
        {
            page.workbench.show(NAME, host);
            kept.borrow_mut().lent = Some(Lent(page.workbench.clone()));
        }
    }
}
