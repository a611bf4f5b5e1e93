//! How the console looks, and what it does with keys, pastes and files.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use web_sys::{
    ClipboardEvent, DragEvent, Element, File, FileList, HtmlInputElement, HtmlTextAreaElement,
};
use yew::prelude::*;

use super::line::{Line, Paste, with_space};
use super::screen::{Block, Kind};
use super::terminal::{Status, Terminal};
use super::{Console, console};
use crate::console::{Completions, FILE_BYTES_MAX, PENDING_BYTES_MAX, PROMPT, TooLong};
use crate::sim::Time;
use crate::ui::format::elapsed;
use crate::ui::promise::then;
use crate::ui::widgets::Icon;
use crate::workbench::bridge;
use crate::workbench::text::text;

/// The most lines of what is typed that are in sight.
const ROWS_MAX: usize = 8;
/// The most possibilities that are shown.
const CANDIDATES_MAX: usize = 60;
/// Closer to the end than this, in pixels, is at the end.
const AT_END: i32 = 12;

const LINE: &str = "console-line";
const HINT: &str = "console-hint";

/// The panel.
pub(in crate::workbench) struct Panel {
    console: Rc<Console>,
    log: NodeRef,
    line: NodeRef,
    files: NodeRef,
    /// Whether what is new is scrolled into sight.
    follows: bool,
    /// What the word at the cursor can become.
    candidates: Option<Completions>,
    /// What was typed before an older command was recalled.
    draft: String,
    /// After Escape, Tab leaves the line as it leaves others.
    tab_leaves: Rc<Cell<bool>>,
    is_dropping: bool,
}

pub(in crate::workbench) enum Message {
    Changed,
    Input,
    Do(Command),
    Pasted(Paste),
    Choose(usize),
    Suggest(String),
    Scrolled,
    Dragged(bool),
    Dropped(Option<FileList>),
    Picked,
    Read(String, Vec<u8>),
    Play,
    Focus,
}

/// What a key or a button does.
#[derive(Clone, Copy)]
pub(in crate::workbench) enum Command {
    Submit,
    Complete,
    Older,
    Newer,
    /// Puts the possibilities away; the next Tab leaves the line.
    Escape,
    Interrupt,
    Clear,
}

impl Component for Panel {
    type Message = Message;
    type Properties = ();

    fn create(context: &Context<Self>) -> Self {
        let console = console();
        let onchange = context.link().callback(|()| Message::Changed);
        console.onchange.replace(onchange);
        Self {
            console,
            log: NodeRef::default(),
            line: NodeRef::default(),
            files: NodeRef::default(),
            follows: true,
            candidates: None,
            draft: String::new(),
            tab_leaves: Rc::default(),
            is_dropping: false,
        }
    }

    fn destroy(&mut self, _: &Context<Self>) {
        self.console.onchange.replace(Callback::noop());
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Changed => {}
            Message::Input => {
                self.console.line.replace(typed(&self.line).text);
                self.candidates = None;
            }
            Message::Do(command) => self.do_it(command),
            Message::Pasted(paste) => self.paste(paste),
            Message::Choose(place) => self.choose(place),
            Message::Suggest(command) => self.put(&Line::at_the_end(command)),
            Message::Scrolled => {
                self.follows = self.is_at_end();
                return false;
            }
            Message::Dragged(is_over) => {
                let was = std::mem::replace(&mut self.is_dropping, is_over);
                return was != is_over;
            }
            Message::Dropped(files) => {
                self.is_dropping = false;
                self.read(context, files);
            }
            Message::Picked => {
                if let Some(input) = self.files.cast::<HtmlInputElement>() {
                    self.read(context, input.files());
                    input.set_value("");
                }
            }
            Message::Read(name, bytes) => {
                self.console.act(|terminal| terminal.add_file(&name, bytes))
            }
            Message::Play => drop(bridge::ask("play", Vec::new())),
            Message::Focus => {
                self.focus();
                return false;
            }
        }
        true
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if self.follows
            && let Some(log) = self.log.cast::<Element>()
        {
            let is_empty = self
                .console
                .read(|terminal| terminal.screen().blocks().next().is_none());
            log.set_scroll_top(if is_empty { 0 } else { log.scroll_height() });
        }
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let link = context.link();
        let drag = |is_over| {
            link.callback(move |event: DragEvent| {
                event.prevent_default();
                Message::Dragged(is_over)
            })
        };
        let ondrop = link.callback(|event: DragEvent| {
            event.prevent_default();
            Message::Dropped(event.data_transfer().and_then(|dropped| dropped.files()))
        });
        let onkeydown = {
            let line = self.line.clone();
            link.batch_callback(move |event: KeyboardEvent| {
                let command = control_of(&event, &line)?;
                event.prevent_default();
                Some(Message::Do(command))
            })
        };
        html! {
            <>
                <div class="dock-head console-head">{ self.head(context) }</div>
                <div class={if self.is_dropping { "dock-body console dropping" } else { "dock-body console" }}
                    {onkeydown} ondragover={drag(true)} ondragleave={drag(false)} {ondrop}>
                    { self.log(context) }
                    { self.candidates(context) }
                    { self.line(context) }
                </div>
            </>
        }
    }
}

// What is seen.
impl Panel {
    /// What it does at the moment, and what can be done about it.
    fn head(&self, context: &Context<Self>) -> Html {
        let link = context.link();
        let (status, awaits_time, playing, is_busy) = self.console.read(|terminal| {
            let start = terminal.page().start;
            (
                status_words(terminal.status(), start),
                terminal.awaits_time(),
                terminal.page().playing,
                terminal.is_busy(),
            )
        });
        let stands = awaits_time && !playing;
        html! {
            <>
                <p class="note console-status" role="status">
                    { status }
                    if stands { { " " }<strong>{ text!("console-time-stands") }</strong> }
                </p>
                if stands {
                    <button type="button" class="button small primary" onclick={link.callback(|_| Message::Play)}>
                        { Icon::Play.show() }{ text!("console-play") }
                    </button>
                }
                if is_busy {
                    <button type="button" class="button small" onclick={link.callback(|_| Message::Do(Command::Interrupt))}>
                        { text!("console-stop") }
                    </button>
                }
                <input ref={&self.files} id="console-files" type="file" multiple={true} class="unseen"
                    aria-label={text!("console-files-label")} onchange={link.callback(|_| Message::Picked)} />
                <label class="button small" for="console-files" title={text!("console-files-label")}>
                    { text!("console-files") }
                </label>
                <button type="button" class="button small" onclick={link.callback(|_| Message::Do(Command::Clear))}>
                    { text!("console-clear") }
                </button>
            </>
        }
    }

    fn log(&self, context: &Context<Self>) -> Html {
        let link = context.link();
        // A click that selects nothing goes on with the line, as in a terminal.
        let onclick =
            link.batch_callback(|_: MouseEvent| (!is_selecting()).then_some(Message::Focus));
        let (blocks, start, has_dropped) = self.console.read(|terminal| {
            let screen = terminal.screen();
            let blocks: Vec<Block> = screen.blocks().cloned().collect();
            (blocks, terminal.page().start, screen.has_dropped())
        });
        let is_empty = blocks.is_empty();
        html! {
            <div ref={&self.log} class="console-log" role="log" tabindex="0" aria-label={text!("console-log")}
                {onclick} onscroll={link.callback(|_| Message::Scrolled)}>
                if has_dropped { <p class="note">{ text!("console-dropped") }</p> }
                if is_empty { { welcome(context) } }
                { for blocks.into_iter().map(|block| html! {
                    <Piece key={block.number} block={block.clone()} {start} />
                }) }
            </div>
        }
    }

    fn candidates(&self, context: &Context<Self>) -> Html {
        let words = self
            .candidates
            .as_ref()
            .map_or(&[][..], |found| &found.words);
        let more = words.len().saturating_sub(CANDIDATES_MAX);
        let count = words.len();
        html! {
            <div class="console-candidates" role="group" aria-label={text!("console-candidates")}>
                <span class="unseen" role="status">
                    if count > 0 { { text!("console-candidates-count", [("count", count.into())]) } }
                </span>
                { for words.iter().take(CANDIDATES_MAX).enumerate().map(|(place, word)| {
                    let onclick = context.link().callback(move |_: MouseEvent| Message::Choose(place));
                    html! { <button key={place} type="button" class="candidate" {onclick}>{ word }</button> }
                }) }
                if more > 0 { <span class="note">{ text!("console-candidates-more", [("count", more.into())]) }</span> }
            </div>
        }
    }

    fn line(&self, context: &Context<Self>) -> Html {
        let link = context.link();
        let prompt = self.console.read(|terminal| terminal.prompt().to_owned());
        let text = self.console.line.borrow().clone();
        let rows = text.split('\n').count().min(ROWS_MAX).to_string();
        let onsubmit = link.callback(|event: SubmitEvent| {
            event.prevent_default();
            Message::Do(Command::Submit)
        });
        let onkeydown = {
            let (line, tab_leaves) = (self.line.clone(), Rc::clone(&self.tab_leaves));
            link.batch_callback(move |event: KeyboardEvent| {
                let command = key_of(&event, &line, &tab_leaves)?;
                event.prevent_default();
                Some(Message::Do(command))
            })
        };
        let onpaste = {
            let line = self.line.clone();
            link.batch_callback(move |event: Event| {
                let paste = typed(&line).paste(&pasted(&event));
                if paste == Paste::Plain {
                    return None;
                }
                event.prevent_default();
                Some(Message::Pasted(paste))
            })
        };
        html! {
            <form class="console-line" {onsubmit}>
                <span class="console-prompt" aria-hidden="true">{ prompt }</span>
                <textarea ref={&self.line} id={LINE} {rows} value={text} aria-label={text!("console-command")}
                    aria-describedby={HINT} placeholder={text!("console-placeholder")}
                    autocomplete="off" autocapitalize="off" autocorrect="off" spellcheck="false" enterkeyhint="send"
                    {onkeydown} {onpaste} oninput={link.callback(|_| Message::Input)} />
                <span id={HINT} class="unseen">{ text!("console-keys") }</span>
                <button type="button" class="button small" title={text!("console-complete-hint")}
                    onclick={link.callback(|_| Message::Do(Command::Complete))}>
                    { text!("console-complete") }
                </button>
                <button type="submit" class="button small primary">{ text!("console-run") }</button>
            </form>
        }
    }
}

// What is done.
impl Panel {
    fn do_it(&mut self, command: Command) {
        match command {
            Command::Submit => self.submit(),
            Command::Complete => self.complete(),
            Command::Older => self.recall(true),
            Command::Newer => self.recall(false),
            Command::Escape => self.candidates = None,
            Command::Interrupt => self.interrupt(),
            Command::Clear => self.console.act(Terminal::clear),
        }
    }

    fn paste(&mut self, paste: Paste) {
        match paste {
            // That is the browser's business.
            Paste::Plain => {}
            Paste::TooLong => {
                let bytes_max = PENDING_BYTES_MAX;
                let words = TooLong { bytes_max }.to_string();
                self.console.act(|terminal| terminal.note(&words));
            }
            Paste::Run { commands, rest } => {
                self.put(&rest);
                self.follows = true;
                self.console.act(|terminal| terminal.submit(&commands));
            }
        }
    }

    fn submit(&mut self) {
        let line = typed(&self.line);
        self.put(&Line::default());
        self.follows = true;
        self.console.act(|terminal| terminal.submit(&line.text));
    }

    fn complete(&mut self) {
        let line = typed(&self.line);
        let found = self
            .console
            .read(|terminal| terminal.complete(&line.text, line.cursor()));
        self.put(&line.completed(&found));
        self.candidates = (found.words.len() > 1).then_some(found);
        self.focus();
    }

    fn choose(&mut self, place: usize) {
        let Some(found) = self.candidates.take() else {
            return;
        };
        if let Some(word) = found.words.get(place) {
            let line = typed(&self.line).with_word(found.from, &with_space(word));
            self.put(&line);
        }
        self.focus();
    }

    /// Another command of the past takes the place of what is typed.
    fn recall(&mut self, is_older: bool) {
        let recalled = {
            let mut terminal = self.console.terminal.borrow_mut();
            if is_older && !terminal.is_recalling() {
                self.draft = typed(&self.line).text;
            }
            if is_older {
                terminal.older()
            } else {
                terminal.newer()
            }
        };
        if let Some(command) = recalled {
            let is_recalling = self.console.read(Terminal::is_recalling);
            let text = if is_recalling {
                command
            } else {
                std::mem::take(&mut self.draft)
            };
            self.put(&Line::at_the_end(text));
        }
    }

    fn interrupt(&mut self) {
        let line = typed(&self.line);
        self.put(&Line::default());
        self.follows = true;
        self.console.act(|terminal| {
            if terminal.is_busy() {
                terminal.interrupt();
            } else {
                terminal.forget_line(&line.text);
            }
        });
    }

    /// Reads files that were given to us; each is told when it is there.
    fn read(&self, context: &Context<Self>, files: Option<FileList>) {
        let files = files.into_iter();
        let files =
            files.flat_map(|files| (0..files.length()).filter_map(move |place| files.get(place)));
        for file in files {
            self.read_one(context, &file);
        }
    }

    fn read_one(&self, context: &Context<Self>, file: &File) {
        let name = file.name();
        if file.size() > FILE_BYTES_MAX as f64 {
            let bytes_max = FILE_BYTES_MAX;
            let words = TooLong { bytes_max }.to_string();
            self.console
                .act(|terminal| terminal.note(&[&*name, ": ", &words].concat()));
            return;
        }
        let read = {
            let (link, name) = (context.link().clone(), name.clone());
            Closure::once_into_js(move |buffer: JsValue| {
                let bytes = Uint8Array::new(&buffer).to_vec();
                link.send_message(Message::Read(name, bytes));
            })
        };
        let failed = {
            let console = Rc::clone(&self.console);
            Closure::once_into_js(move |_: JsValue| {
                let words = text!("console-file-unread", [("name", name.into())]);
                console.act(|terminal| terminal.note(&words));
            })
        };
        then(&file.array_buffer(), &read, &failed);
    }

    /// Has something else typed.
    fn put(&mut self, line: &Line) {
        self.candidates = None;
        self.console.line.replace(line.text.clone());
        if let Some(area) = self.line.cast::<HtmlTextAreaElement>() {
            area.set_value(&line.text);
            // A place within the text is no error.
            let _ = area.set_selection_range(line.from, line.to);
        }
    }

    fn focus(&self) {
        if let Some(area) = self.line.cast::<HtmlTextAreaElement>() {
            let _ = area.focus();
        }
    }

    fn is_at_end(&self) -> bool {
        let log = self.log.cast::<Element>();
        log.is_none_or(|log| log.scroll_top() + log.client_height() + AT_END >= log.scroll_height())
    }
}

/// What a key does in the line.
fn key_of(event: &KeyboardEvent, line: &NodeRef, tab_leaves: &Cell<bool>) -> Option<Command> {
    let has_modifier = event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key();
    if event.is_composing() || has_modifier {
        return None;
    }
    let tab_leaves = tab_leaves.replace(event.key() == "Escape");
    let line = typed(line);
    match &*event.key() {
        "Enter" => Some(Command::Submit),
        "Tab" if !tab_leaves && !line.text.is_empty() => Some(Command::Complete),
        "ArrowUp" if line.is_in_first() => Some(Command::Older),
        "ArrowDown" if line.is_in_last() => Some(Command::Newer),
        "Escape" => Some(Command::Escape),
        _ => None,
    }
}

/// What a key does anywhere in the console.
fn control_of(event: &KeyboardEvent, line: &NodeRef) -> Option<Command> {
    if !event.ctrl_key() || event.shift_key() || event.alt_key() || event.meta_key() {
        return None;
    }
    let line = typed(line);
    match &*event.key() {
        // What is selected is copied.
        "c" if !is_selecting() && line.from == line.to => Some(Command::Interrupt),
        "l" => Some(Command::Clear),
        _ => None,
    }
}

/// What is typed, as the browser has it.
fn typed(line: &NodeRef) -> Line {
    let Some(area) = line.cast::<HtmlTextAreaElement>() else {
        return Line::default();
    };
    let place = |place: Result<Option<u32>, JsValue>| place.ok().flatten().unwrap_or_default();
    Line {
        text: area.value(),
        from: place(area.selection_start()),
        to: place(area.selection_end()),
    }
}

fn pasted(event: &Event) -> String {
    let event = event.dyn_ref::<ClipboardEvent>();
    let data = event.and_then(ClipboardEvent::clipboard_data);
    data.and_then(|data| data.get_data("text").ok())
        .unwrap_or_default()
}

#[derive(PartialEq, Properties)]
struct PieceProps {
    block: Block,
    start: Time,
}

/// A block of the screen; it is shown again only if it has changed.
#[component]
fn Piece(props: &PieceProps) -> Html {
    let PieceProps { block, start } = props;
    let class = match block.kind {
        Kind::Typed => "console-typed",
        Kind::Output => "console-output",
        Kind::Error => "console-error",
        Kind::Note => "console-note",
    };
    html! {
        <div {class}>
            if block.kind == Kind::Typed {
                <time class="console-time">{ elapsed(block.at.since(*start)) }</time>
                <span class="console-prompt">{ &*block.prompt }</span>
            }
            { &*block.text }
        </div>
    }
}

/// What is there before anything else: what it is, and commands to begin with.
fn welcome(context: &Context<Panel>) -> Html {
    let queues = bridge::queues();
    let examples = examples(queues.first().map(|(name, _)| &**name));
    html! {
        <div class="console-welcome">
            <p>{ text!("console-welcome") }</p>
            <ul>
                { for examples.into_iter().map(|example| {
                    let command = example.clone();
                    let onclick = context.link().batch_callback(move |event: MouseEvent| {
                        event.stop_propagation();
                        vec![Message::Suggest(command.clone()), Message::Focus]
                    });
                    html! {
                        <li><button type="button" class="candidate" {onclick}>
                            <span class="console-prompt" aria-hidden="true">{ PROMPT }</span>{ example }
                        </button></li>
                    }
                }) }
            </ul>
        </div>
    }
}

/// Commands to begin with, in a world whose first queue has this name.
fn examples(queue: Option<&str>) -> Vec<String> {
    let name = queue.unwrap_or("jobs");
    let mut examples = Vec::new();
    if queue.is_none() {
        examples.push(format!("aws sqs create-queue --queue-name {name}"));
    }
    let send = if name.ends_with(".fifo") {
        " --message-group-id a --message-deduplication-id 1"
    } else {
        ""
    };
    examples.extend([
        format!("URL=$(aws sqs get-queue-url --queue-name {name} --query QueueUrl --output text)"),
        format!("aws sqs send-message --queue-url $URL --message-body 'hello'{send}"),
        "aws sqs receive-message --queue-url $URL --wait-time-seconds 20".to_owned(),
        "aws sqs get-queue-attributes --queue-url $URL --attribute-names All --output table"
            .to_owned(),
        "aws sqs help".to_owned(),
    ]);
    examples
}

/// What the terminal does, in words.
fn status_words(status: &Status, start: Time) -> String {
    let at = |at: &Time| elapsed(at.since(start));
    match status {
        Status::Ready => String::new(),
        Status::Continues => text!("console-continues"),
        Status::Asks(_) => text!("console-asks"),
        Status::Runs => text!("console-runs"),
        Status::WaitsForAnswer(None) => text!("console-waits"),
        Status::WaitsForAnswer(Some(until)) => {
            text!("console-waits-until", [("time", at(until).into())])
        }
        Status::Sleeps(until) => text!("console-sleeps", [("time", at(until).into())]),
    }
}

/// Whether something of the page is selected.
fn is_selecting() -> bool {
    let selection = web_sys::window().and_then(|window| window.get_selection().ok()?);
    selection.is_some_and(|selection| !selection.is_collapsed())
}

#[cfg(test)]
mod tests {
    use super::examples;

    #[test]
    fn the_examples_fit_the_world() {
        assert!(examples(None)[0].ends_with("create-queue --queue-name jobs"));
        let fifo = examples(Some("work.fifo"));
        assert!(fifo[0].contains("--queue-name work.fifo"));
        assert!(fifo[1].contains("--message-group-id"));
    }
}
