//! The one loop of animation frames: wall time in, virtual time and a picture out.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::format::decimal;
use super::session::{Action, Session};
use super::store::Store;

type Tick = Closure<dyn FnMut(f64)>;

/// Runs until dropped.
pub(crate) struct FrameLoop {
    handle: Rc<Cell<i32>>,
    tick: Rc<RefCell<Option<Tick>>>,
}

/// How long the script of a frame takes, for whoever measures.
struct Meter {
    worst_ms: f64,
    sum_ms: f64,
    frames: u32,
    since: f64,
}

impl FrameLoop {
    /// Starts the loop for this store.
    pub(crate) fn start(store: Store) -> Self {
        let handle = Rc::new(Cell::new(0));
        let tick: Rc<RefCell<Option<Tick>>> = Rc::default();
        let mut before: Option<f64> = None;
        let mut meter = Meter {
            worst_ms: 0.0,
            sum_ms: 0.0,
            frames: 0,
            since: 0.0,
        };
        let closure = Closure::new({
            let (handle, tick) = (Rc::clone(&handle), Rc::clone(&tick));
            move |now: f64| {
                let wall_ms = before.map_or(0.0, |before| now - before);
                before = Some(now);
                let started = clock();
                if store.read(Session::is_moving) {
                    store.dispatch(Action::Frame { wall_ms });
                }
                store.paint();
                meter.note(now, clock() - started);
                handle.set(request(&tick));
            }
        });
        *tick.borrow_mut() = Some(closure);
        handle.set(request(&tick));
        Self { handle, tick }
    }
}

impl Drop for FrameLoop {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            // A handle that has run already is no error.
            let _ = window.cancel_animation_frame(self.handle.get());
        }
        self.tick.borrow_mut().take();
    }
}

impl Meter {
    /// Writes the worst and the mean of the last second on the document's element.
    fn note(&mut self, now: f64, script_ms: f64) {
        self.worst_ms = self.worst_ms.max(script_ms);
        self.sum_ms += script_ms;
        self.frames += 1;
        if now - self.since < 1000.0 {
            return;
        }
        let root = web_sys::window().and_then(|window| window.document()?.document_element());
        if let Some(root) = root {
            let mean = self.sum_ms / f64::from(self.frames);
            let _ = root.set_attribute("data-frame-ms-max", &decimal(self.worst_ms, 2));
            let _ = root.set_attribute("data-frame-ms-mean", &decimal(mean, 2));
            let _ = root.set_attribute("data-frames", &self.frames.to_string());
        }
        *self = Self {
            worst_ms: 0.0,
            sum_ms: 0.0,
            frames: 0,
            since: now,
        };
    }
}

fn request(tick: &Rc<RefCell<Option<Tick>>>) -> i32 {
    let tick = tick.borrow();
    let (Some(window), Some(tick)) = (web_sys::window(), tick.as_ref()) else {
        return 0;
    };
    window
        .request_animation_frame(tick.as_ref().unchecked_ref())
        .unwrap_or_default()
}

fn clock() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |clock| clock.now())
}
