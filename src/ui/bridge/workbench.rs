//! Brings the workbench: a second WebAssembly with all that the first play does not need.
//!
//! It is loaded when the browser has nothing else to do, or at once when somebody wants something of
//! it. If it can't be loaded, or breaks, that is told, with a way to try again; the page goes on.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::Element;

use super::ask;
use crate::ui::promise::then;
use crate::ui::session::Action;
use crate::ui::shell::Shell;
use crate::ui::store::{Store, Subscription};

/// Changes with each build, so that no cache has a workbench of another one.
const BUILD: &str = env!("SQS_PLAYGROUND_BUILD");

#[wasm_bindgen]
extern "C" {
    /// In `index.html`, as only a script can import.
    #[wasm_bindgen(catch, js_name = loadWorkbench)]
    fn load(version: &str) -> Result<Promise, JsValue>;

    /// What `src/bin/workbench.rs` exports.
    #[derive(Clone)]
    type Module;
    #[wasm_bindgen(method, catch)]
    fn start(
        this: &Module,
        ask: &JsValue,
        listen: &JsValue,
        broken: &JsValue,
    ) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn show(this: &Module, name: &str, host: &Element) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn hide(this: &Module, name: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn open(this: &Module, name: &str, with: &str) -> Result<(), JsValue>;
}

/// A handle on the workbench; clones are the same.
#[derive(Clone)]
pub(crate) struct Workbench(Rc<Inner>);

struct Inner {
    store: Store,
    shell: Shell,
    module: RefCell<Option<Module>>,
    coming: Cell<bool>,
    /// How often it was sent for. What belongs to an earlier one is over.
    attempt: Cell<u32>,
    /// What it shows, or is to show when it has come.
    hosts: RefCell<Vec<(&'static str, Element)>>,
    /// What it is to open when it has come, one after the other, and with what.
    wanted: RefCell<Vec<(&'static str, String)>>,
    /// What it is told of.
    listening: RefCell<Vec<Subscription>>,
}

impl Workbench {
    pub(crate) fn new(store: Store, shell: Shell) -> Self {
        Self(Rc::new(Inner {
            store,
            shell,
            module: RefCell::default(),
            coming: Cell::default(),
            attempt: Cell::default(),
            hosts: RefCell::default(),
            wanted: RefCell::default(),
            listening: RefCell::default(),
        }))
    }

    /// Has it come when the browser has time.
    pub(crate) fn prefetch(&self) {
        let workbench = self.clone();
        let load = Closure::once_into_js(move |_: JsValue| workbench.load());
        let load = load.unchecked_ref();
        if let Some(window) = web_sys::window()
            && window.request_idle_callback(load).is_err()
        {
            // Not every browser tells when it is idle.
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(load, 500);
        }
    }

    /// Shows a panel of it in an element.
    pub(crate) fn show(&self, name: &'static str, host: Element) {
        if let Some(module) = self.module() {
            // What breaks there is told by `broken`.
            let _ = module.show(name, &host);
        }
        self.0.hosts.borrow_mut().push((name, host));
        self.load();
    }

    /// Shows it no more.
    pub(crate) fn hide(&self, name: &'static str) {
        self.0
            .hosts
            .borrow_mut()
            .retain(|(shown, _)| *shown != name);
        if let Some(module) = self.module() {
            let _ = module.hide(name);
        }
    }

    /// Opens a dialog of it, or has it do something with a text.
    pub(crate) fn open(&self, name: &'static str, with: &str) {
        match self.module() {
            Some(module) => drop(module.open(name, with)),
            None => self.0.wanted.borrow_mut().push((name, with.to_owned())),
        }
        self.load();
    }

    /// Sends for it, unless it is there or on its way.
    pub(crate) fn load(&self) {
        if self.0.coming.get() || self.module().is_some() {
            return;
        }
        self.0.shell.tell_workbench_missing(false);
        let attempt = self.0.attempt.get() + 1;
        self.0.attempt.set(attempt);
        let version = match attempt {
            1 => BUILD.to_owned(),
            // A browser may remember that a module could not be had.
            _ => [BUILD, "-", &attempt.to_string()].concat(),
        };
        let Ok(promise) = load(&version) else {
            return self.miss();
        };
        self.0.coming.set(true);
        let came = {
            let workbench = self.clone();
            Closure::once_into_js(move |module: JsValue| workbench.begin(module.unchecked_into()))
        };
        let failed = {
            let workbench = self.clone();
            Closure::once_into_js(move |_: JsValue| workbench.miss())
        };
        then(&promise, &came, &failed);
    }

    fn begin(&self, module: Module) {
        let inner = &self.0;
        inner.coming.set(false);
        let answer = {
            let (store, shell) = (inner.store.clone(), inner.shell.clone());
            Closure::<dyn Fn(String) -> String>::new(move |question: String| {
                ask(&store, &shell, &question)
            })
        };
        let listen = {
            let workbench = self.clone();
            Closure::<dyn Fn(Function)>::new(move |listener| workbench.listen(listener))
        };
        let broken = {
            let (workbench, attempt) = (self.clone(), inner.attempt.get());
            Closure::<dyn Fn()>::new(move || workbench.break_off(attempt))
        };
        let (answer, listen) = (answer.into_js_value(), listen.into_js_value());
        if module
            .start(&answer, &listen, &broken.into_js_value())
            .is_err()
        {
            return self.miss();
        }
        *inner.module.borrow_mut() = Some(module.clone());
        let hosts = inner.hosts.borrow().clone();
        for (name, host) in hosts {
            let _ = module.show(name, &host);
        }
        let wanted = inner.wanted.take();
        for (name, with) in wanted {
            let _ = module.open(name, &with);
        }
    }

    /// It, if it is there; nothing is borrowed while it runs.
    fn module(&self) -> Option<Module> {
        self.0.module.borrow().clone()
    }

    fn listen(&self, listener: Function) {
        let subscription = self.0.store.subscribe(move || {
            let _ = listener.call0(&JsValue::NULL);
        });
        self.0.listening.borrow_mut().push(subscription);
    }

    /// It has panicked: no more of it, and room for another one.
    fn break_off(&self, attempt: u32) {
        let inner = &self.0;
        if inner.attempt.get() != attempt {
            return;
        }
        inner.listening.borrow_mut().clear();
        inner.shell.tell_opened();
        inner.module.borrow_mut().take();
        for (_, host) in &*inner.hosts.borrow() {
            host.set_text_content(None);
        }
        // Nobody runs its scripts any more.
        if inner.store.read(|session| session.scripts().len() > 0) {
            inner.store.dispatch(Action::KeepScripts);
            inner.store.dispatch(Action::EndScripts);
        }
        self.miss();
    }

    /// It isn't there. Who wants nothing of it need not know.
    fn miss(&self) {
        let inner = &self.0;
        inner.coming.set(false);
        let is_wanted = !inner.wanted.borrow().is_empty() || !inner.hosts.borrow().is_empty();
        inner.shell.tell_workbench_missing(is_wanted);
    }

    /// Does without it.
    pub(crate) fn renounce(&self) {
        self.0.wanted.take();
        self.0.shell.tell_opened();
        self.0.shell.tell_workbench_missing(false);
    }
}
