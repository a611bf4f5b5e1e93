//! How much room the dock has: a handle above it to drag, or to move by keys.
//!
//! The height is a custom property of the page's main part, so that only the style sheet knows
//! who else stands there.

use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::Session;
use crate::ui::text::text;
use crate::ui::theme::{remember, remembered};

/// Where the height is remembered, in pixels.
const KEY: &str = "dock-height";
/// What a key moves by, in pixels.
const STEP: i32 = 24;
const LEAST: i32 = 128;
/// The most of the main part's height, in hundredths.
const MOST_SHARE: i32 = 72;
/// What is left above a dock that is put away: its tabs.
const CLOSED: &str = "2.75rem";

/// The height as it is now, of a main part so high.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
struct Height {
    pixels: i32,
    room: i32,
}

impl Height {
    fn most(self) -> i32 {
        (self.room * MOST_SHARE / 100).max(LEAST)
    }

    fn with(self, pixels: i32) -> Self {
        Self {
            pixels: pixels.clamp(LEAST, self.most()),
            ..self
        }
    }

    /// What a key makes of it.
    fn moved_by(self, key: &str) -> Option<Self> {
        let pixels = match key {
            "ArrowUp" => self.pixels + STEP,
            "ArrowDown" => self.pixels - STEP,
            "PageUp" => self.pixels + 4 * STEP,
            "PageDown" => self.pixels - 4 * STEP,
            "Home" => LEAST,
            "End" => self.most(),
            _ => return None,
        };
        Some(self.with(pixels))
    }
}

/// The edge between the stage and the dock.
#[derive(PartialEq)]
pub(super) struct Handle {
    pub open: bool,
    pub onopen: Callback<bool>,
}

/// What it keeps.
#[derive(Default)]
struct Kept {
    node: NodeRef,
    height: Height,
    /// What was seen to: whether the dock is open.
    open: Option<bool>,
}

impl Part for Handle {
    type Facts = ();

    fn facts(&self, _: &Session) {}

    fn view(&self, (): &(), page: &Page) -> Html {
        let kept = page.kept::<Kept>();
        let (node, height) = {
            let kept = kept.borrow();
            (kept.node.clone(), kept.height)
        };
        let open = self.open;
        let set = {
            let (node, again) = (node.clone(), page.again());
            Callback::from(move |next: Height| {
                put(&node, next);
                remember(KEY, &next.pixels.to_string());
                kept.borrow_mut().height = next;
                again.emit(());
            })
        };
        let onkeydown = {
            let (node, set, onopen) = (node.clone(), set.clone(), self.onopen.clone());
            Callback::from(move |event: KeyboardEvent| {
                if event.key() == "Enter" {
                    event.prevent_default();
                    onopen.emit(!open);
                    return;
                }
                let next = measure(&node).and_then(|height| height.moved_by(&event.key()));
                if let Some(next) = next.filter(|_| open) {
                    event.prevent_default();
                    set.emit(next);
                }
            })
        };
        let onpointerdown = Callback::from(|event: PointerEvent| {
            if let Some(handle) = event.target_dyn_into::<Element>() {
                let _ = handle.set_pointer_capture(event.pointer_id());
            }
        });
        let onpointermove = {
            let (node, onopen) = (node.clone(), self.onopen.clone());
            Callback::from(move |event: PointerEvent| {
                if event.buttons() & 1 == 0 {
                    return;
                }
                let Some((dock, height)) = dock_of(&node).zip(measure(&node)) else {
                    return;
                };
                let bottom = dock.get_bounding_client_rect().bottom();
                onopen.emit(true);
                let pixels = (bottom - f64::from(event.client_y())).round();
                set.emit(height.with(pixels as i32));
            })
        };
        let ondblclick = self.onopen.reform(move |_: MouseEvent| !open);
        html! {
            <div class="dock-handle" ref={node} role="separator" aria-orientation="horizontal" tabindex="0"
                aria-label={text!("dock-handle")} title={text!("dock-handle-hint")}
                aria-valuemin={LEAST.to_string()} aria-valuemax={height.most().to_string()}
                aria-valuenow={if open { height.pixels } else { 0 }.to_string()} aria-controls={super::PANEL}
                {onkeydown} {onpointerdown} {onpointermove} {ondblclick} />
        }
    }

    /// Gives the dock its height when it is opened, and takes it when it is put away.
    fn shown(&self, page: &Page) {
        let kept = page.kept::<Kept>();
        let mut kept = kept.borrow_mut();
        if kept.open.replace(self.open) == Some(self.open) {
            return;
        }
        let node = &kept.node;
        if !self.open {
            show(node, Some(CLOSED));
            return;
        }
        let chosen: Option<i32> = remembered(KEY).and_then(|pixels| pixels.parse().ok());
        show(node, chosen.map(|pixels| format!("{pixels}px")).as_deref());
        let Some(measured) = measure(node) else {
            return;
        };
        if chosen.is_some_and(|pixels| pixels != measured.with(pixels).pixels) {
            put(node, measured.with(measured.pixels));
        }
        kept.height = measured;
        drop(kept);
        page.again().emit(());
    }
}

fn dock_of(handle: &NodeRef) -> Option<Element> {
    handle.cast::<Element>()?.parent_element()
}

fn main_of(handle: &NodeRef) -> Option<HtmlElement> {
    use wasm_bindgen::JsCast;
    dock_of(handle)?.parent_element()?.dyn_into().ok()
}

fn measure(handle: &NodeRef) -> Option<Height> {
    Some(Height {
        pixels: dock_of(handle)?.get_bounding_client_rect().height().round() as i32,
        room: main_of(handle)?.client_height(),
    })
}

fn put(handle: &NodeRef, height: Height) {
    show(handle, Some(&format!("{}px", height.pixels)));
}

/// Gives the dock this height, or the one of the style sheet.
fn show(handle: &NodeRef, height: Option<&str>) {
    let Some(main) = main_of(handle) else {
        return;
    };
    let _ = match height {
        Some(height) => main.style().set_property("--dock", height),
        None => main.style().remove_property("--dock").map(|_| ()),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_move_the_edge_within_its_limits() {
        let height = Height {
            pixels: 200,
            room: 800,
        };
        let by = |key| height.moved_by(key).map(|height| height.pixels);
        assert_eq!(by("ArrowUp"), Some(224));
        assert_eq!(by("PageDown"), Some(LEAST));
        assert_eq!((by("Home"), by("End")), (Some(LEAST), Some(576)));
        assert_eq!(by("Enter"), None);
        assert_eq!(height.with(9999).pixels, 576);
        assert_eq!(Height::default().with(500).pixels, LEAST, "no room at all");
    }
}
