//! Long lists of which only the part in view is there.

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

use crate::ui::stage::text_scale;

/// Rows come and go by so many, so that most scrolling changes nothing.
const BLOCK: usize = 4;

/// Which rows are in view, roughly: a few more on either side are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct InView {
    first: usize,
    count: usize,
}

impl InView {
    /// Before anything is measured.
    pub(super) const FIRST: Self = Self {
        first: 0,
        count: 24,
    };

    fn new(top: f64, height: f64, row: f64) -> Self {
        let first = (top / row) as usize / BLOCK * BLOCK;
        let count = (height / row) as usize + 1;
        Self {
            first: first.saturating_sub(BLOCK),
            count: count.next_multiple_of(BLOCK) + 3 * BLOCK,
        }
    }

    /// The rows that are there, of so many.
    pub(super) fn of(self, total: usize) -> Range<usize> {
        let first = self.first.min(total.saturating_sub(self.count));
        first..total.min(first + self.count)
    }
}

/// The height of a row, in pixels.
pub(super) fn row_pixels(rem: f64) -> f64 {
    16.0 * rem * text_scale()
}

/// An element that scrolls, and which of its rows are in view.
pub(super) struct Scroller {
    pub(super) node: NodeRef,
    in_view: Cell<InView>,
    /// The height of a row in pixels, once it is known.
    row: Cell<f64>,
    resized: RefCell<Option<Resized>>,
}

/// Watches an element's size until dropped.
struct Resized {
    observer: ResizeObserver,
    _call: Closure<dyn FnMut()>,
}

impl Drop for Resized {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

impl Default for Scroller {
    fn default() -> Self {
        Self {
            node: NodeRef::default(),
            in_view: Cell::new(InView::FIRST),
            row: Cell::new(0.0),
            resized: RefCell::default(),
        }
    }
}

impl Scroller {
    /// What is in view, as far as measured.
    pub(super) fn in_view(&self) -> InView {
        self.in_view.get()
    }

    /// What the element calls when it scrolls; `again` has the list shown again.
    pub(super) fn onscroll(self: &Rc<Self>, again: Callback<()>) -> Callback<Event> {
        let scroller = Rc::clone(self);
        Callback::from(move |_| scroller.measure(&again))
    }

    /// Watches the element's size, once it is there; its rows are so many rem high.
    pub(super) fn watch(self: &Rc<Self>, rem: f64, again: Callback<()>) {
        let Some(element) = self.element().filter(|_| self.resized.borrow().is_none()) else {
            return;
        };
        let scroller = Rc::downgrade(self);
        let call = Closure::<dyn FnMut()>::new(move || {
            if let Some(scroller) = scroller.upgrade() {
                scroller.row.set(row_pixels(rem));
                scroller.measure(&again);
            }
        });
        if let Ok(observer) = ResizeObserver::new(call.as_ref().unchecked_ref()) {
            observer.observe(&element);
            let _call = call;
            *self.resized.borrow_mut() = Some(Resized { observer, _call });
        }
    }

    pub(super) fn element(&self) -> Option<Element> {
        self.node.cast()
    }

    fn measure(&self, again: &Callback<()>) {
        let row = self.row.get();
        if let Some(element) = self.element().filter(|_| row > 0.0) {
            let top = f64::from(element.scroll_top().max(0));
            let in_view = InView::new(top, f64::from(element.client_height()), row);
            if self.in_view.replace(in_view) != in_view {
                again.emit(());
            }
        }
    }
}

/// Scrolls as little as it takes to have a row in view, below what sticks to the top.
pub(super) fn reveal(element: &Element, rem: f64, row: usize, head_rem: f64) {
    let height = row_pixels(rem);
    let top = row as f64 * height;
    let room = f64::from(element.client_height()) - row_pixels(head_rem);
    let now = f64::from(element.scroll_top());
    let least = top + height - room;
    element.set_scroll_top(now.max(least).min(top) as i32);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_view_is_there_and_little_else() {
        for total in [0, 3, 40, 10_000] {
            for top in [0.0, 17.0, 24.0 * 30.0, 24.0 * 9_990.0] {
                let rows = InView::new(top, 200.0, 24.0).of(total);
                assert!(rows.len() <= 24 && rows.end <= total);
                for row in 0..total {
                    let from = row as f64 * 24.0;
                    // A browser does not scroll beyond the last row.
                    let top = top.min((24.0 * total as f64 - 200.0).max(0.0));
                    if from + 24.0 > top && from < top + 200.0 {
                        assert!(rows.contains(&row), "{row} of {total} at {top}: {rows:?}");
                    }
                }
            }
        }
    }
}
