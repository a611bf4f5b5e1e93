//! Where the workbench stands in the page's document, which the page renders too.

use std::cell::RefCell;

use js_sys::{Function, Reflect};
use wasm_bindgen::JsValue;
use web_sys::{Document, Element};
use yew::prelude::*;
use yew::{AppHandle, Renderer};

/// What Yew calls the number of a root on its element.
const NUMBER: &str = "__yew_subtree_id";
/// More roots than the page ever has.
const ROOTS_MAX: u32 = 1000;

thread_local! {
    static LASTING: RefCell<Vec<(String, Root)>> = const { RefCell::new(Vec::new()) };
    static BROKEN: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Something that is shown, until dropped.
pub(super) struct Root {
    place: Element,
    handle: Option<AppHandle<Shown>>,
}

#[derive(PartialEq, Properties)]
struct ShownProps {
    content: Html,
}

#[component]
fn Shown(props: &ShownProps) -> Html {
    props.content.clone()
}

impl Root {
    /// Shows something in an element of its own within another, which is empty but for that.
    pub(super) fn within(host: &Element, content: Html) -> Self {
        let place = document().create_element("div").expect("a div can be made");
        place.set_class_name("workbench-root");
        host.replace_children_with_node_1(&place);
        let renderer =
            Renderer::<Shown>::with_root_and_props(place.clone(), ShownProps { content });
        Self {
            handle: Some(renderer.render()),
            place,
        }
    }
}

impl Drop for Root {
    fn drop(&mut self) {
        if let Some(handle) = self.handle.take() {
            handle.destroy();
        }
        self.place.remove();
    }
}

/// Shows something at the end of the document for as long as the page lives, in place of what was there of this id.
pub(super) fn show_at_the_end(id: &str, content: Html) {
    if let Some(place) = at_the_end(id) {
        let root = Root::within(&place, content);
        let known = LASTING.with_borrow_mut(|lasting| {
            let known = lasting
                .extract_if(.., |(of, _)| of == id)
                .collect::<Vec<_>>();
            lasting.push((id.to_owned(), root));
            known
        });
        // Its component ends here, when nothing is borrowed.
        drop(known);
    }
}

/// An empty element of this id at the end of the document.
pub(super) fn at_the_end(id: &str) -> Option<Element> {
    let document = document();
    if let Some(known) = document.get_element_by_id(id) {
        return Some(known);
    }
    let place = document.create_element("div").ok()?;
    place.set_id(id);
    document.body()?.append_child(&place).ok()?;
    Some(place)
}

/// Makes sure that no root of ours has the number of a root of the page's.
///
/// Yew numbers its roots from 1, marks elements with the number, and finds out by it who is to handle an event. Page
/// and workbench are two Yews that do not know of each other; with the same number, each would take the other's
/// events for its own.
pub(super) fn stay_clear_of_the_page() {
    let number = |element: &Element| {
        let number = Reflect::get(element, &NUMBER.into()).ok();
        number
            .and_then(|number| number.as_f64())
            .unwrap_or_default()
    };
    let page = document().get_element_by_id("app");
    let taken = page.as_ref().map_or(0.0, number);
    for _ in 0..ROOTS_MAX {
        let place = document().create_element("div").expect("a div can be made");
        let props = ShownProps {
            content: Html::default(),
        };
        Renderer::<Shown>::with_root_and_props(place.clone(), props)
            .render()
            .destroy();
        if number(&place) > taken {
            return;
        }
    }
}

/// Has the page know of a panic, after which nothing here works any more.
pub(super) fn install_panic_hook(broken: Function) {
    BROKEN.set(Some(broken));
    yew::set_custom_panic_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
        let broken = BROKEN.with_borrow_mut(Option::take);
        if let Some(broken) = broken {
            // The page does what it can; there is nobody else to tell.
            let _ = broken.call0(&JsValue::NULL);
        }
    }));
}

fn document() -> Document {
    let window = web_sys::window().expect("the workbench runs in a window");
    window.document().expect("a window has a document")
}
