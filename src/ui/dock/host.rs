//! A place for a panel of the workbench: the console in the dock, a call in the inspector.

use web_sys::Element;
use yew::prelude::*;

use crate::ui::bridge::Workbench;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::Session;
use crate::ui::text::text;

/// An element that belongs to the workbench for as long as it is there.
#[derive(PartialEq)]
pub(crate) struct Host {
    /// What it shows there, as the workbench calls it.
    pub(crate) name: &'static str,
}

/// What it keeps.
#[derive(Default)]
struct Kept {
    node: NodeRef,
    lent: Option<Lent>,
}

/// The element is the workbench's until this is dropped.
struct Lent {
    name: &'static str,
    workbench: Workbench,
}

impl Drop for Lent {
    fn drop(&mut self) {
        self.workbench.hide(self.name);
    }
}

impl Part for Host {
    type Facts = ();

    fn facts(&self, _: &Session) {}

    fn view(&self, (): &(), page: &Page) -> Html {
        let node = page.kept::<Kept>().borrow().node.clone();
        html! {
            <>
                <div ref={node} class="workbench-host"></div>
                <p class="note workbench-coming">{ text!("workbench-coming") }</p>
            </>
        }
    }

    fn shown(&self, page: &Page) {
        let kept = page.kept::<Kept>();
        let node = kept.borrow().node.clone();
        if kept.borrow().lent.is_some() {
            return;
        }
        if let Some(element) = node.cast::<Element>() {
            let workbench = page.workbench.clone();
            workbench.show(self.name, element);
            let name = self.name;
            kept.borrow_mut().lent = Some(Lent { name, workbench });
        }
    }
}
