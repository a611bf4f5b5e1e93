//! Long lists of which only the part in view is there.

use std::ops::Range;

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

/// What is in view of an element that scrolls, whose rows are so many rem high; and what it calls
/// when it scrolls.
#[hook]
pub(super) fn use_in_view(scroller: &NodeRef, rem: f64) -> (InView, Callback<Event>) {
    let in_view = use_state_eq(|| InView::FIRST);
    let row = use_mut_ref(|| 0.0);
    let measure = use_callback(scroller.clone(), {
        let (in_view, row) = (in_view.setter(), row.clone());
        move |(): (), scroller: &NodeRef| {
            let row = *row.borrow();
            if let Some(element) = scroller.cast::<Element>().filter(|_| row > 0.0) {
                let top = f64::from(element.scroll_top().max(0));
                in_view.set(InView::new(top, f64::from(element.client_height()), row));
            }
        }
    });
    use_effect_with(scroller.clone(), {
        let measure = measure.clone();
        move |scroller| {
            let resized = Closure::<dyn FnMut()>::new(move || {
                *row.borrow_mut() = row_pixels(rem);
                measure.emit(());
            });
            let observer = ResizeObserver::new(resized.as_ref().unchecked_ref()).ok();
            if let (Some(observer), Some(element)) = (&observer, scroller.cast::<Element>()) {
                observer.observe(&element);
            }
            move || {
                if let Some(observer) = observer {
                    observer.disconnect();
                }
                drop(resized);
            }
        }
    });
    (*in_view, measure.reform(|_| ()))
}

/// Scrolls as little as it takes to have a row in view, below what sticks to the top.
pub(super) fn reveal(scroller: &NodeRef, rem: f64, row: usize, head_rem: f64) {
    let Some(element) = scroller.cast::<Element>() else {
        return;
    };
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
