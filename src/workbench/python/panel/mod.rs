//! The Python panel on the page: what is done in it. `seen.rs` is how it looks, `question.rs` how a script is answered and
//! `naming.rs` how a file is called otherwise.

mod naming;
mod question;
mod seen;

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::files::Origin;
use super::library::Offer;
use super::runtime::{self, Editor};
use super::{Loading, Python, Run, lines, python};
use crate::json::Member;
use crate::sim::Time;
use crate::ui::listeners::Subscription;
use crate::ui::promise::then;
use crate::workbench::text::text;
use crate::workbench::{bridge, keeper};
use naming::Naming;

const INPUT: &str = "python-input";
const LOG: &str = "python-log";
const BODY: &str = "python-body";
/// What is pressed first when it is asked where scripts are to run, and when they are there.
const ANEW: &str = "python-anew";
const RUN_ALL: &str = "python-run-all";
/// What undoes the other.
const REMOVE: &str = "python-remove";
const PUT_BACK: &str = "python-put-back";

/// The panel.
pub(in crate::workbench) struct Panel {
    python: Rc<Python>,
    start: Time,
    host: NodeRef,
    /// The module that makes editors; `Err` if it can't be had.
    module: Option<Result<JsValue, ()>>,
    editor: Option<Editor>,
    /// The file that the editor shows.
    shown: String,
    /// What is shown as Python, while it is asked if the files may be replaced; nothing if nobody acts in this world.
    asks: Option<Option<Offer>>,
    /// The scenario that the page has, as scripts, and which of the worlds it has opened that is.
    offered: (u64, Option<Origin>),
    _listening: Subscription,
    /// What gets the focus when it is there, as what had it is gone.
    focus: Option<&'static str>,
    /// What is typed as the name of a file.
    naming: Option<Naming>,
    /// The question that was shown last: its run, and its number there.
    asked: Option<(u64, u64)>,
}

pub(in crate::workbench) enum Message {
    Changed,
    /// The page may have another world.
    World,
    Wanted,
    Editor(Result<JsValue, ()>),
    Typed(String),
    Show(String),
    Add,
    Naming(String),
    Rename(String),
    Remove,
    PutBack,
    Arguments(String),
    Run,
    RunAll,
    Stop(String),
    Line(Option<String>),
    GoTo(String, u32),
    Ask(bool),
    Replace(bool),
}

impl Component for Panel {
    type Message = Message;
    type Properties = ();

    fn create(context: &Context<Self>) -> Self {
        let python = python();
        let onchange = context.link().callback(|()| Message::Changed);
        python.onchange.replace(onchange);
        let onworld = context.link().callback(|()| Message::World);
        let mut panel = Self {
            python,
            start: bridge::state().start,
            host: NodeRef::default(),
            module: None,
            editor: None,
            shown: String::new(),
            asks: None,
            offered: (bridge::state().opened, Offer::origin()),
            _listening: keeper::listen(move || onworld.emit(())),
            focus: None,
            naming: None,
            asked: None,
        };
        panel.load_editor(context);
        panel
    }

    fn destroy(&mut self, _: &Context<Self>) {
        self.python.onchange.replace(Callback::noop());
        if let Some(editor) = self.editor.take() {
            editor.destroy();
        }
    }

    fn update(&mut self, _: &Context<Self>, message: Message) -> bool {
        let python = Rc::clone(&self.python);
        match message {
            Message::Changed => self.start = bridge::state().start,
            Message::World => {
                let opened = bridge::state().opened;
                if opened == self.offered.0 {
                    return false;
                }
                self.offered = (opened, Offer::origin());
                self.asks = None;
            }
            Message::Wanted => {
                if *python.loading.borrow() == Loading::Idle {
                    python.load();
                }
                return false;
            }
            Message::Editor(module) => {
                if module.is_err() {
                    python.misses.set(python.misses.get() + 1);
                }
                self.module = Some(module);
            }
            Message::Typed(text) => {
                let mut files = python.files.borrow_mut();
                files.front_mut().text = text;
                files.keep();
                return false;
            }
            Message::Show(name) => self.show(&name),
            Message::Add => {
                self.forget();
                let mut files = python.files.borrow_mut();
                files.add();
                files.keep();
            }
            Message::Naming(name) => {
                let was_refused = self.naming().is_some_and(|naming| naming.was_refused);
                self.name(name, was_refused);
            }
            Message::Rename(name) => self.rename(name),
            Message::Remove => self.remove(),
            Message::PutBack => {
                if let Some((removed, run)) = python.removed.take() {
                    self.naming = None;
                    let mut files = python.files.borrow_mut();
                    files.put_back(removed);
                    files.keep();
                    python.runs.borrow_mut().extend(run);
                    self.focus = Some(REMOVE);
                }
            }
            Message::Arguments(arguments) => {
                let mut files = python.files.borrow_mut();
                files.front_mut().arguments = arguments;
                files.keep();
            }
            Message::Run => {
                self.forget();
                let file = python.files.borrow().front().clone();
                if file.is_script() {
                    python.run(&[file.name]);
                }
            }
            Message::RunAll => {
                self.forget();
                let mains = python.files.borrow().mains();
                python.run(&mains);
            }
            Message::Stop(file) => python.stop(&file),
            Message::Line(line) => {
                let file = python.files.borrow().front().name.clone();
                let number = run_of(&python.runs.borrow(), &file).map(|run| run.number);
                if let Some(number) = number {
                    python.type_line(number, line.as_deref());
                }
            }
            Message::GoTo(file, line) => {
                self.show(&file);
                self.fit_editor();
                if let Some(editor) = &self.editor {
                    editor.mark_line(line, "error");
                    editor.go_to(line);
                }
            }
            Message::Ask(asks) => {
                self.asks = asks.then(Offer::now);
                self.focus = Some(if asks { ANEW } else { RUN_ALL });
            }
            Message::Replace(begins_anew) => {
                self.focus = Some(RUN_ALL);
                if let Some(offer) = self.asks.take().flatten() {
                    self.show_as_python(offer, begins_anew);
                }
            }
        }
        true
    }

    fn rendered(&mut self, context: &Context<Self>, _: bool) {
        if self.editor.is_none()
            && let Some(Ok(module)) = self.module.clone()
            && let Some(host) = self.host.cast::<Element>()
        {
            self.make_editor(context, &module, &host);
        }
        self.fit_editor();
        if let Some(document) = web_sys::window().and_then(|window| window.document()) {
            if let Some(element) = self.focus.take() {
                focus(&document, element);
            }
            self.follow_question(&document);
        }
        self.show_wanted_line();
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let link = context.link();
        let files = self.python.files.borrow();
        let runs = self.python.runs.borrow();
        html! {
            <>
                <div class="dock-head python-head">{ self.head(context, &runs) }</div>
                <div class="dock-body python" id={BODY} onfocusin={link.callback(|_: FocusEvent| Message::Wanted)}>
                    <div class="python-files">
                        { self.tabs(context, &runs) }
                        <div class="python-editor" ref={&self.host}>
                            if self.module == Some(Err(())) {
                                <textarea class="python-plain" value={files.front().text.clone()} spellcheck="false"
                                    aria-label={text!("python-editor")} autocapitalize="off" autocomplete="off"
                                    oninput={link.callback(|event: InputEvent| Message::Typed(
                                        event.target_dyn_into::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default()
                                    ))} />
                            }
                        </div>
                        { self.properties(context, &runs) }
                    </div>
                    <div class="python-out">{ self.output(context, run_of(&runs, &files.front().name)) }</div>
                </div>
            </>
        }
    }
}

// What is done.
impl Panel {
    fn show(&mut self, name: &str) {
        self.naming = None;
        self.python.files.borrow_mut().show(name);
    }

    /// Goes on to something else than what was begun, or could be undone.
    fn forget(&mut self) {
        self.naming = None;
        self.python.removed.replace(None);
    }

    fn remove(&mut self) {
        let name = self.python.files.borrow().front().name.clone();
        if self.python.is_live(&name) {
            return;
        }
        self.forget();
        let mut files = self.python.files.borrow_mut();
        if let Some(removed) = files.remove() {
            files.keep();
            let mut runs = self.python.runs.borrow_mut();
            let place = runs.iter().position(|run| run.file == name);
            let run = place.map(|place| runs.remove(place));
            self.python.removed.replace(Some((removed, run)));
            self.focus = Some(PUT_BACK);
        }
    }

    fn load_editor(&mut self, context: &Context<Self>) {
        let Some(folder) = runtime::folder() else {
            self.module = Some(Err(()));
            self.python.load();
            return;
        };
        let address = self.python.address(&folder, "editor.js");
        let Ok(module) = runtime::load_module(&address) else {
            self.module = Some(Err(()));
            return;
        };
        let link = context.link().clone();
        let came =
            Closure::once_into_js(move |module| link.send_message(Message::Editor(Ok(module))));
        let link = context.link().clone();
        let failed =
            Closure::once_into_js(move |_: JsValue| link.send_message(Message::Editor(Err(()))));
        then(&module, &came, &failed);
    }

    fn make_editor(&mut self, context: &Context<Self>, module: &JsValue, host: &Element) {
        let link = context.link().clone();
        let onchange =
            Closure::<dyn Fn(String)>::new(move |text| link.send_message(Message::Typed(text)));
        let link = context.link().clone();
        let onrun = Closure::<dyn Fn()>::new(move || link.send_message(Message::Run));
        let file = self.python.files.borrow().front().clone();
        let editor = runtime::editor(
            module,
            host,
            &text!("python-editor"),
            (&file.name, &file.text),
            &onchange.into_js_value(),
            &onrun.into_js_value(),
        );
        match editor {
            Ok(editor) => {
                self.editor = Some(editor);
                self.shown = file.name;
            }
            Err(_) => context.link().send_message(Message::Editor(Err(()))),
        }
    }

    /// Has the editor show the file in front.
    fn fit_editor(&mut self) {
        let files = self.python.files.borrow();
        let front = files.front();
        if let Some(editor) = &self.editor
            && self.shown != front.name
        {
            editor.open(&front.name, &front.text);
            self.shown = front.name.clone();
        }
    }

    /// Marks the line that is to be shown, as soon as there is something to show it in.
    fn show_wanted_line(&self) {
        let Some(line) = *self.python.wanted_line.borrow() else {
            return;
        };
        if let Some(editor) = &self.editor {
            editor.mark_line(line, "now");
            editor.go_to(line);
        } else if self.module == Some(Err(()))
            && let Some(area) = self.host.cast::<Element>()
            && let Ok(Some(area)) = area.query_selector("textarea")
            && let Ok(area) = area.dyn_into::<HtmlTextAreaElement>()
        {
            let (start, end) = lines::span(&area.value(), line);
            // Browsers scroll to where the cursor is when a field gets the focus.
            let _selected = area.set_selection_range(start, start);
            let _focused = area.focus();
            let _selected = area.set_selection_range(start, end);
        } else {
            return;
        }
        self.python.wanted_line.replace(None);
    }

    /// Has the world as scripts, in place of all files.
    fn show_as_python(&mut self, offer: Offer, begins_anew: bool) {
        self.forget();
        let mut files = self.python.files.borrow_mut();
        files.replace(offer.files, offer.origin);
        files.keep();
        drop(files);
        self.python.runs.borrow_mut().retain(Run::is_live);
        self.shown.clear();
        if begins_anew {
            let (recording, at) = (offer.empty.to_json(), offer.empty.config.start);
            let at = Member::Natural(at.as_ms());
            let recording = Member::Text(&recording);
            let _opened = bridge::ask("open-recording", vec![("recording", recording), ("at", at)]);
        }
    }
}

fn focus(document: &Document, id: &str) {
    let element = document.get_element_by_id(id);
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _focused = element.focus();
    }
}

/// The last run of a script.
fn run_of<'a>(runs: &'a [Run], file: &str) -> Option<&'a Run> {
    runs.iter().find(|run| run.file == file)
}
