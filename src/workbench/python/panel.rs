//! How the Python panel looks.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::driver::phase_words;
use super::files::{Files, Origin};
use super::library::Offer;
use super::output::Block;
use super::outside::Outside;
use super::runtime::{self, Editor};
use super::{Loading, Phase, Python, Run, lines, python};
use crate::json::Member;
use crate::sim::Time;
use crate::topology::SET_UP;
use crate::ui::format::elapsed;
use crate::ui::listeners::Subscription;
use crate::ui::promise::then;
use crate::ui::widgets::Icon;
use crate::workbench::text::text;
use crate::workbench::{bridge, keeper};

const INPUT: &str = "python-input";
const BODY: &str = "python-body";
/// What is pressed first when it is asked where scripts are to run, and when they are there.
const ANEW: &str = "python-anew";
const RUN_ALL: &str = "python-run-all";

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
    Rename(String),
    Remove,
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
            Message::Show(name) => self.python.files.borrow_mut().show(&name),
            Message::Add => {
                let mut files = python.files.borrow_mut();
                files.add();
                files.keep();
            }
            Message::Rename(name) => {
                let mut files = python.files.borrow_mut();
                let was = files.front().name.clone();
                if !python.is_live(&was) && files.rename(&name) {
                    files.keep();
                }
            }
            Message::Remove => {
                let mut files = python.files.borrow_mut();
                if !python.is_live(&files.front().name.clone()) {
                    files.remove();
                    files.keep();
                }
            }
            Message::Arguments(arguments) => {
                let mut files = python.files.borrow_mut();
                files.front_mut().arguments = arguments;
                files.keep();
            }
            Message::Run => {
                let file = python.files.borrow().front().clone();
                if file.is_script() {
                    python.run(&[file.name]);
                }
            }
            Message::RunAll => {
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
                self.python.files.borrow_mut().show(&file);
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
        let document = web_sys::window().and_then(|window| window.document());
        if let Some(element) = self.focus.take()
            && let Some(element) = document.and_then(|document| document.get_element_by_id(element))
            && let Ok(element) = element.dyn_into::<HtmlElement>()
        {
            let _focused = element.focus();
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

// What is seen.
impl Panel {
    fn head(&self, context: &Context<Self>, runs: &[Run]) -> Html {
        let link = context.link();
        let files = self.python.files.borrow();
        let front = files.front();
        let is_live = self.python.is_live(&front.name);
        let was_interrupted = run_of(runs, &front.name).is_some_and(|run| run.is_interrupted);
        let name = front.name.clone();
        if let Some(offer) = &self.asks {
            let cancel = link.callback(|_| Message::Ask(false));
            let Some(offer) = offer else {
                return html! {
                    <>
                        <p class="note" role="status">{ text!("python-show-nothing") }</p>
                        <button id={ANEW} type="button" class="button small" onclick={cancel}>{ text!("python-cancel") }</button>
                    </>
                };
            };
            return html! {
                <>
                    <p class="note" role="status">{ text!("python-replace", [("count", offer.files.len().into())]) }</p>
                    <button id={ANEW} type="button" class="button small primary" onclick={link.callback(|_| Message::Replace(true))}>
                        { text!("python-replace-anew") }
                    </button>
                    <button type="button" class="button small" onclick={link.callback(|_| Message::Replace(false))}>
                        { text!("python-replace-here") }
                    </button>
                    <button type="button" class="button small" onclick={cancel}>{ text!("python-cancel") }</button>
                </>
            };
        }
        // Those that belong together are meant to be run together.
        let is_one_of_many = files.origin().is_some() && files.mains().len() > 1;
        let (one, all) = if is_one_of_many {
            ("", " primary")
        } else {
            (" primary", "")
        };
        html! {
            <>
                <p class="note" role="status">{ self.status() }</p>
                if is_live {
                    <button type="button" class="button small" title={text!("python-stop-hint")}
                        onclick={link.callback(move |_| Message::Stop(name.clone()))}>
                        { if was_interrupted { text!("python-kill") } else { text!("python-stop") } }
                    </button>
                } else {
                    <button type="button" class={["button small", one].concat()} disabled={!front.is_script()}
                        onclick={link.callback(|_| Message::Run)}>
                        { Icon::Play.show() }{ text!("python-run") }
                    </button>
                }
                <button id={RUN_ALL} type="button" class={["button small", all].concat()} onclick={link.callback(|_| Message::RunAll)}>
                    if is_one_of_many { { Icon::Play.show() } }
                    { text!("python-run-all") }
                </button>
                <button type="button" class="button small" title={text!("python-show-hint")}
                    onclick={link.callback(|_| Message::Ask(true))}>
                    { text!("python-show") }
                </button>
            </>
        }
    }

    /// How the runtime comes along.
    fn status(&self) -> Html {
        match &*self.python.loading.borrow() {
            Loading::Idle | Loading::Ready => Html::default(),
            Loading::Coming(loaded, total) => {
                let (come, all) = (megabytes(*loaded), megabytes(*total));
                html! {
                    <>
                        <progress max={total.max(&1).to_string()} value={loaded.to_string()} aria-label={text!("python-progress")} />
                        { " " }{ text!("python-coming", [("loaded", come.into()), ("total", all.into())]) }
                    </>
                }
            }
            Loading::Absent => text!("python-absent-short").into(),
            Loading::Unsupported(_) => text!("python-unsupported-short").into(),
            Loading::Failed(_) => text!("python-failed-short").into(),
        }
    }

    fn tabs(&self, context: &Context<Self>, runs: &[Run]) -> Html {
        let link = context.link();
        let files = self.python.files.borrow();
        let front = files.front().name.clone();
        html! {
            <div class="python-tabs" role="group" aria-label={text!("python-files")}>
                { for files.all().iter().map(|file| {
                    let is_front = file.name == front;
                    let name = file.name.clone();
                    let mark = run_of(runs, &file.name).map(|run| mark(&run.phase));
                    html! {
                        <button type="button" key={&*file.name} aria-pressed={is_front.to_string()}
                            onclick={link.callback(move |_| Message::Show(name.clone()))}>
                            { &*file.name }
                            if let Some((mark, words)) = mark {
                                <span class="python-mark" aria-hidden="true">{ mark }</span>
                                <span class="unseen">{ words }</span>
                            }
                        </button>
                    }
                }) }
                <button type="button" class="python-add" aria-label={text!("python-add")} title={text!("python-add")}
                    onclick={link.callback(|_| Message::Add)}>{ Icon::Plus.show() }</button>
            </div>
        }
    }

    fn properties(&self, context: &Context<Self>, runs: &[Run]) -> Html {
        let link = context.link();
        let files = self.python.files.borrow();
        let file = files.front();
        let is_live = self.python.is_live(&file.name);
        let changed = |message: fn(String) -> Message| {
            link.batch_callback(move |event: Event| {
                let input = event.target_dyn_into::<HtmlInputElement>()?;
                Some(message(input.value()))
            })
        };
        html! {
            <div class="python-properties" key={&*file.name}>
                <label for="python-name">{ text!("python-name") }</label>
                <input id="python-name" value={file.name.clone()} disabled={is_live} maxlength="64"
                    autocomplete="off" spellcheck="false" onchange={changed(Message::Rename)} />
                if file.is_script() {
                    <label for="python-arguments">{ text!("python-arguments") }</label>
                    <input id="python-arguments" value={file.arguments.clone()} autocomplete="off" spellcheck="false"
                        onchange={changed(Message::Arguments)} />
                }
                <button type="button" class="button small" disabled={is_live || files.all().len() < 2}
                    onclick={link.callback(|_| Message::Remove)}>{ text!("python-remove") }</button>
                if file.is_script() && run_of(runs, &file.name).is_some() {
                    // Before, it stands where the output will be.
                    <details>
                        <summary>{ text!("python-outside-short") }</summary>
                        <Outside file={file.clone()} />
                    </details>
                }
            </div>
        }
    }

    fn output(&self, context: &Context<Self>, run: Option<&Run>) -> Html {
        let link = context.link();
        let Some(run) = run else {
            return self.welcome(context);
        };
        let input = run.inputs.first();
        html! {
            <>
                <div class="python-phase" role="status">
                    <strong>{ &*run.file }</strong>
                    <span class={if is_bad(&run.phase) { "python-bad" } else { "" }}>{ phase_words(&run.phase) }</span>
                    if matches!(run.phase, Phase::Over(..)) {
                        <time class="python-end">{ elapsed(run.at.since(self.start)) }</time>
                    }
                </div>
                if !run.frames.is_empty() {
                    <div class="python-frames">
                        { for run.frames.iter().rev().map(|place| {
                            let (file, line) = (place.file.clone(), place.line);
                            html! {
                                <button type="button" class="candidate" onclick={link.callback(move |_| Message::GoTo(file.clone(), line))}>
                                    { format!("{}:{} {}", place.file, place.line, place.function) }
                                </button>
                            }
                        }) }
                    </div>
                }
                // It is laid out from its end, and so stays there by itself.
                <div class="python-log" key={run.number} role="log" tabindex="0" aria-label={text!("python-output")}>
                    <div>
                        if run.output.has_dropped { <p class="note">{ text!("console-dropped") }</p> }
                        { for run.output.blocks().map(|block| html! {
                            <Piece key={block.number} block={block.clone()} start={self.start} />
                        }) }
                    </div>
                </div>
                if let Some((_, prompt)) = input {
                    { line_input(context, prompt) }
                }
            </>
        }
    }

    /// What there is before anything has run.
    fn welcome(&self, context: &Context<Self>) -> Html {
        let files = self.python.files.borrow();
        let front = files.front();
        let words = match &*self.python.loading.borrow() {
            Loading::Absent => Some(text!("python-absent")),
            Loading::Unsupported(browsers) => Some(text!(
                "python-unsupported",
                [("browsers", browsers.clone().into())]
            )),
            Loading::Failed(why) => {
                Some(text!("python-load-failed", [("why", why.clone().into())]))
            }
            Loading::Idle | Loading::Coming(..) | Loading::Ready => None,
        };
        html! {
            <div class="python-welcome" tabindex="0" role="region" aria-label={text!("python-about")}>
                { self.offer(context, files.origin()) }
                if let Some(words) = words {
                    <p class="python-bad" role="alert">{ words }</p>
                } else if let Some(origin) = files.origin() {
                    { told(origin, &files) }
                } else {
                    <p>{ text!("python-welcome") }</p>
                }
                if front.is_script() { <Outside file={front.clone()} /> }
            </div>
        }
    }
}

impl Panel {
    /// That the scenario can be had as scripts, unless they are here.
    fn offer(&self, context: &Context<Self>, shown: Option<&Origin>) -> Html {
        let Some(offered) = self
            .offered
            .1
            .as_ref()
            .filter(|offered| shown != Some(offered))
        else {
            return Html::default();
        };
        let title = ("title", offered.title.clone().into());
        html! {
            <p class="python-offer">
                { if offered.is_own { text!("python-offer-own", [title]) } else { text!("python-offer-written", [title]) } }
                { " " }
                <button type="button" class="button small" onclick={context.link().callback(|_| Message::Ask(true))}>
                    { text!("python-offer-show") }
                </button>
            </p>
        }
    }
}

// What is done.
impl Panel {
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

/// Where the files came from, and what to do with them.
fn told(origin: &Origin, files: &Files) -> Html {
    let title = || ("title", origin.title.clone().into());
    let words = match (origin.is_own, origin.title.is_empty()) {
        (true, _) => text!("python-from-own", [title()]),
        (false, false) => text!("python-from-written", [title()]),
        (false, true) => text!("python-from-world"),
    };
    let mains = files.mains();
    let how = if mains.iter().any(|name| name == SET_UP) {
        Some(text!("python-run-all-after"))
    } else if mains.len() > 1 {
        Some(text!("python-run-all-together"))
    } else {
        None
    };
    html! {
        <>
            <p>{ words }{ " " }{ how }</p>
            if files.all().iter().any(|file| !file.arguments.is_empty()) {
                <p>{ text!("python-with-arguments") }</p>
            }
        </>
    }
}

fn run_of<'a>(runs: &'a [Run], file: &str) -> Option<&'a Run> {
    runs.iter().find(|run| run.file == file)
}

/// A sign beside the name of a script.
fn mark(phase: &Phase) -> (&'static str, String) {
    let sign = match phase {
        Phase::Waiting => "…",
        Phase::Running => "▶",
        Phase::Over(state, ..) if state == "ended" => "✓",
        Phase::Refused(_) | Phase::Over(..) => "✗",
    };
    (sign, phase_words(phase))
}

fn is_bad(phase: &Phase) -> bool {
    match phase {
        Phase::Waiting | Phase::Running => false,
        Phase::Refused(_) => true,
        Phase::Over(state, ..) => matches!(&**state, "failed" | "deadlock" | "crashed"),
    }
}

/// A script asks its person for a line.
fn line_input(context: &Context<Panel>, prompt: &str) -> Html {
    let link = context.link();
    let onsubmit = link.batch_callback(|event: SubmitEvent| {
        event.prevent_default();
        let document = web_sys::window()?.document()?;
        let input = document.get_element_by_id(INPUT)?;
        let input = input.dyn_into::<HtmlInputElement>().ok()?;
        let line = input.value();
        input.set_value("");
        Some(Message::Line(Some(line)))
    });
    html! {
        <form class="console-line python-line" {onsubmit}>
            <label for={INPUT}>{ if prompt.is_empty() { text!("python-input") } else { prompt.to_owned() } }</label>
            <input id={INPUT} autocomplete="off" spellcheck="false" />
            <button type="submit" class="button small primary">{ text!("python-enter") }</button>
            <button type="button" class="button small" onclick={link.callback(|_| Message::Line(None))}>
                { text!("python-end-of-input") }
            </button>
        </form>
    }
}

/// In megabytes, with one digit behind the point.
fn megabytes(count: u64) -> String {
    let tenths = count / 100_000;
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

#[derive(PartialEq, Properties)]
struct PieceProps {
    block: Block,
    start: Time,
}

/// A block of the output; it is shown again only if it has changed.
#[component]
fn Piece(props: &PieceProps) -> Html {
    let PieceProps { block, start } = props;
    html! {
        <div class={if block.is_error { "python-error" } else { "" }}>
            <time class="python-time">{ elapsed(block.at.since(*start)) }</time>
            <span>
                { for block.spans().into_iter().map(|(style, text)| match style.class() {
                    Some(class) => html! { <span {class}>{ text }</span> },
                    None => text.into(),
                }) }
            </span>
        </div>
    }
}
