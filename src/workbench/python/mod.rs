//! The Python panel: scripts with boto3 that run in the page, against its service and on its clock.
//!
//! There is one, and it lives as long as the page: scripts go on while another tab is in front. The runtime is imported
//! when somebody does something in the panel. What a script says goes over the bridge to the session, what the session
//! has for it goes back; neither is done while the other is at it, so nothing is borrowed twice.

mod driver;
mod environment;
mod files;
mod http;
mod identity;
mod library;
mod lines;
mod output;
mod outside;
mod panel;
mod runtime;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::prelude::*;
use yew::Callback;

use super::offline;
use crate::sim::Time;
use crate::ui::listeners::Subscription;
use crate::ui::promise::then;
use files::{Files, Removed};
pub(super) use lines::show as show_line;
use output::Output;
pub(super) use panel::Panel;
pub(super) use runtime::folder;
use runtime::{Host, Script};

/// What is new is shown so soon, in milliseconds: more often it would only keep scripts from what they do.
const SHOW_MS: u32 = 50;

thread_local! {
    static PYTHON: Rc<Python> = Rc::new(Python {
        files: RefCell::new(Files::kept()),
        removed: RefCell::default(),
        runs: RefCell::default(),
        made: Cell::default(),
        misses: Cell::default(),
        loading: RefCell::new(Loading::Idle),
        host: RefCell::default(),
        heard: RefCell::default(),
        is_working: Cell::default(),
        listening: RefCell::default(),
        showing: RefCell::default(),
        wanted_line: RefCell::default(),
        onchange: RefCell::default(),
    });
}

/// The panel's state, for whoever shows it and for what drives it.
struct Python {
    files: RefCell<Files>,
    /// What was removed last, with its run, while it can be put back.
    removed: RefCell<Option<(Removed, Option<Run>)>>,
    /// Of each script the last run.
    runs: RefCell<Vec<Run>>,
    made: Cell<u64>,
    /// How often something of the bundle could not be had.
    misses: Cell<u32>,
    loading: RefCell<Loading>,
    host: RefCell<Option<Host>>,
    /// What scripts have said, by the number of their run, as JSON.
    heard: RefCell<VecDeque<(u64, String)>>,
    is_working: Cell<bool>,
    /// While scripts run.
    listening: RefCell<Option<Subscription>>,
    showing: RefCell<Option<Timeout>>,
    /// The line that is to be shown, of the file in front.
    wanted_line: RefCell<Option<u32>>,
    /// Told of changes, while the panel is shown.
    onchange: RefCell<Callback<()>>,
}

/// Whether the runtime is there.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Loading {
    Idle,
    /// So many bytes of so many.
    Coming(u64, u64),
    Ready,
    /// The page has no bundle.
    Absent,
    /// The browser can't; these can.
    Unsupported(String),
    Failed(String),
}

/// How a run goes.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Phase {
    /// For the runtime, or for a script that is to end before.
    Waiting,
    Running,
    /// The world or the runtime would not have it.
    Refused(String),
    /// As the runtime calls its end; with its exit code, and more words.
    Over(String, Option<String>, String),
}

/// A line of a script.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Place {
    file: String,
    line: u32,
    function: String,
}

/// A run of a script.
struct Run {
    number: u64,
    file: String,
    phase: Phase,
    /// A script that has to have ended before.
    after: Option<u64>,
    /// Its actor.
    caller: Option<u64>,
    script: Option<Script>,
    output: Output,
    /// The lines that it waits for its person to type: under which number, and after which prompt.
    inputs: Vec<(u64, String)>,
    /// Answers to what is no request of this service; it gets them when it wakes up.
    refused: Vec<(u64, crate::wire::HttpResponse)>,
    /// Whether it was asked to end.
    is_interrupted: bool,
    /// Whether it was told that there is one region.
    has_noted_region: bool,
    /// Of an error: where it came by, the innermost last.
    frames: Vec<Place>,
    /// When it began, or ended.
    at: Time,
}

impl Run {
    fn is_live(&self) -> bool {
        matches!(self.phase, Phase::Waiting | Phase::Running)
    }
}

/// The panel's state.
fn python() -> Rc<Python> {
    PYTHON.with(Rc::clone)
}

impl Python {
    /// Has it shown soon.
    fn show(self: &Rc<Self>) {
        if self.showing.borrow().is_some() {
            return;
        }
        let python = Rc::clone(self);
        let showing = Timeout::new(SHOW_MS, move || {
            python.showing.replace(None);
            let onchange = python.onchange.borrow().clone();
            onchange.emit(());
        });
        self.showing.replace(Some(showing));
    }

    /// Does something with a run.
    fn with<T>(&self, number: u64, act: impl FnOnce(&mut Run) -> T) -> Option<T> {
        let mut runs = self.runs.borrow_mut();
        let run = runs.iter_mut().find(|run| run.number == number);
        run.map(act)
    }

    /// Has a script that was run called otherwise.
    fn rename(&self, was: &str, name: &str) {
        for run in &mut *self.runs.borrow_mut() {
            let places = run.frames.iter_mut().map(|place| &mut place.file);
            for file in places.chain([&mut run.file]).filter(|file| *file == was) {
                name.clone_into(file);
            }
        }
    }

    fn is_live(&self, file: &str) -> bool {
        let runs = self.runs.borrow();
        runs.iter().any(|run| run.file == file && run.is_live())
    }

    /// Sends for the runtime, unless it is there or on its way.
    fn load(self: &Rc<Self>) {
        if matches!(*self.loading.borrow(), Loading::Coming(..) | Loading::Ready) {
            return;
        }
        let Some(folder) = folder() else {
            return self.loaded(Loading::Absent);
        };
        self.loading.replace(Loading::Coming(0, 0));
        let Ok(module) = runtime::load_module(&self.address(&folder, "host.mjs")) else {
            return self.loaded(Loading::Failed(String::new()));
        };
        let came = {
            let python = Rc::clone(self);
            Closure::once_into_js(move |module: JsValue| python.begin(&module))
        };
        then(&module, &came, &self.on_failure());
        self.show();
    }

    /// The address of a module. A browser may remember that one could not be had.
    fn address(&self, folder: &str, name: &str) -> String {
        match self.misses.get() {
            0 => [folder, name].concat(),
            misses => format!("{folder}{name}?again={misses}"),
        }
    }

    fn begin(self: &Rc<Self>, module: &JsValue) {
        if let Some(browsers) = runtime::lacks(module) {
            return self.loaded(Loading::Unsupported(browsers));
        }
        let onprogress = {
            let python = Rc::clone(self);
            Closure::<dyn Fn(JsValue)>::new(move |step: JsValue| {
                let (loaded, total) = runtime::progress(&step);
                if matches!(*python.loading.borrow(), Loading::Coming(..)) {
                    python.loading.replace(Loading::Coming(loaded, total));
                }
                python.show();
            })
        };
        let host = match runtime::host(module, &onprogress.into_js_value()) {
            Ok(host) => host,
            Err(error) => return self.loaded(Loading::Failed(runtime::words(&error))),
        };
        let came = {
            let python = Rc::clone(self);
            Closure::once_into_js(move |_: JsValue| python.loaded(Loading::Ready))
        };
        then(&host.load(), &came, &self.on_failure());
        self.host.replace(Some(host));
    }

    fn on_failure(self: &Rc<Self>) -> JsValue {
        let python = Rc::clone(self);
        Closure::once_into_js(move |error: JsValue| {
            python.loaded(Loading::Failed(runtime::words(&error)));
        })
    }

    /// It came, or will not come: whoever waits for it begins, or has waited in vain.
    fn loaded(self: &Rc<Self>, loading: Loading) {
        let is_ready = loading == Loading::Ready;
        if matches!(loading, Loading::Failed(_)) {
            self.misses.set(self.misses.get() + 1);
        }
        self.loading.replace(loading);
        if is_ready {
            if let Some(folder) = folder() {
                offline::keep(&folder);
            }
            self.begin_waiting();
        } else {
            self.runs
                .borrow_mut()
                .retain(|run| run.phase != Phase::Waiting);
        }
        self.show();
    }
}
