//! The one loop of animation frames: wall time in, virtual time and a picture out.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::format::decimal;
use super::session::{BEAT_MS, Session};
use super::store::Store;

type Tick = Closure<dyn FnMut(f64)>;

/// Runs until dropped.
pub(crate) struct FrameLoop {
    handle: Rc<Cell<i32>>,
    tick: Rc<RefCell<Option<Tick>>>,
}

/// How long a frame goes on with a way that takes more than one, such as a long seek.
const ERRAND_MS: f64 = 30.0;

/// How often it is shown what scripts do as fast as they can, in milliseconds: nobody can follow that, and to show
/// it takes longer than to do it.
const FLYING_MS: f64 = 100.0;

/// What a frame does, one after the other, as the page's root element names the means.
const PARTS: [&str; 3] = [
    "data-frame-ms-simulate",
    "data-frame-ms-follow",
    "data-frame-ms-paint",
];

/// How long the script of a frame takes, for whoever measures. What the components render again comes
/// after it.
#[derive(Default)]
struct Meter {
    worst_ms: f64,
    sums_ms: [f64; PARTS.len()],
    frames: u32,
    since: f64,
}

/// How long the parts of one frame take.
struct Laps {
    before: f64,
    taken_ms: [f64; PARTS.len()],
}

impl Laps {
    fn start() -> Self {
        Self {
            before: clock(),
            taken_ms: Default::default(),
        }
    }

    fn lap(&mut self, part: usize) {
        let now = clock();
        self.taken_ms[part] = now - self.before;
        self.before = now;
    }
}

impl FrameLoop {
    /// Starts the loop for this store.
    pub(crate) fn start(store: Store) -> Self {
        let handle = Rc::new(Cell::new(0));
        let tick: Rc<RefCell<Option<Tick>>> = Rc::default();
        let mut before: Option<f64> = None;
        let mut shown = 0.0;
        let mut meter = Meter::default();
        let closure = Closure::new({
            let (handle, tick) = (Rc::clone(&handle), Rc::clone(&tick));
            move |now: f64| {
                let wall_ms = before.map_or(0.0, |before| now - before);
                before = Some(now);
                let mut laps = Laps::start();
                let is_due = now - shown >= FLYING_MS || !store.read(Session::is_flying);
                if is_due {
                    shown = now;
                }
                let is_moving = store.read(Session::is_moving);
                // Also while time stands, a script may do something.
                if store.has_to_tell() || is_moving {
                    store.pass(if is_moving { wall_ms } else { BEAT_MS });
                    while store.read(Session::may_go_on) && clock() - laps.before < ERRAND_MS {
                        store.pass(0.0);
                    }
                    laps.lap(0);
                    if is_due {
                        store.tell();
                    } else {
                        store.tell_soon();
                    }
                    laps.lap(1);
                }
                if is_due {
                    store.paint();
                }
                laps.lap(2);
                meter.note(now, &laps);
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
    fn note(&mut self, now: f64, laps: &Laps) {
        let mut script_ms = 0.0;
        for (sum, taken) in self.sums_ms.iter_mut().zip(laps.taken_ms) {
            *sum += taken;
            script_ms += taken;
        }
        self.worst_ms = self.worst_ms.max(script_ms);
        self.frames += 1;
        if now - self.since < 1000.0 {
            return;
        }
        let root = web_sys::window().and_then(|window| window.document()?.document_element());
        if let Some(root) = root {
            let mean = |sum: f64| decimal(sum / f64::from(self.frames), 2);
            for (name, sum) in PARTS.into_iter().zip(self.sums_ms) {
                let _ = root.set_attribute(name, &mean(sum));
            }
            let all = self.sums_ms.into_iter().sum();
            let _ = root.set_attribute("data-frame-ms-max", &decimal(self.worst_ms, 2));
            let _ = root.set_attribute("data-frame-ms-mean", &mean(all));
            let _ = root.set_attribute("data-frames", &self.frames.to_string());
        }
        *self = Self {
            since: now,
            ..Self::default()
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
