//! What of the Python panel is seen: its heads, its files and what a script prints.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::question::line_input;
use super::{ANEW, LOG, Message, PUT_BACK, Panel, REMOVE, RUN_ALL, run_of};
use crate::sim::Time;
use crate::topology::SET_UP;
use crate::ui::format::elapsed;
use crate::ui::widgets::Icon;
use crate::workbench::python::driver::phase_words;
use crate::workbench::python::files::{Files, Origin};
use crate::workbench::python::output::Block;
use crate::workbench::python::outside::Outside;
use crate::workbench::python::{Loading, Phase, Run};
use crate::workbench::text::text;

impl Panel {
    pub(super) fn head(&self, context: &Context<Self>, runs: &[Run]) -> Html {
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
                if self.python.removed.borrow().is_some() {
                    <button id={PUT_BACK} type="button" class="button small" onclick={link.callback(|_| Message::PutBack)}>
                        { text!("python-put-back") }
                    </button>
                }
                if is_live {
                    // It stands where Run did, under the pointer of who clicks twice.
                    <button type="button" class="button small" title={text!("python-stop-hint")}
                        onclick={link.batch_callback(move |click: MouseEvent| {
                            (click.detail() < 2).then(|| Message::Stop(name.clone()))
                        })}>
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

    /// What was removed, or how the runtime comes along.
    fn status(&self) -> Html {
        if let Some((removed, _)) = &*self.python.removed.borrow() {
            let file = removed.file.name.clone();
            return text!("python-removed", [("file", file.into())]).into();
        }
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

    pub(super) fn tabs(&self, context: &Context<Self>, runs: &[Run]) -> Html {
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

    pub(super) fn properties(&self, context: &Context<Self>, runs: &[Run]) -> Html {
        let link = context.link();
        let files = self.python.files.borrow();
        let file = files.front();
        let is_live = self.python.is_live(&file.name);
        html! {
            <div class="python-properties">
                { self.name_input(context, &files, is_live) }
                if file.is_script() {
                    <label for="python-arguments">{ text!("python-arguments") }</label>
                    <input id="python-arguments" value={file.arguments.clone()} autocomplete="off" spellcheck="false"
                        oninput={link.batch_callback(|event: InputEvent| value_of(&event).map(Message::Arguments))} />
                }
                <button id={REMOVE} type="button" class="button small" disabled={is_live || files.all().len() < 2}
                    onclick={link.callback(|_| Message::Remove)}>{ text!("python-remove") }</button>
                if file.is_script() && run_of(runs, &file.name).is_some() {
                    // Before, it stands where the output will be.
                    <details>
                        <summary>{ text!("python-outside-short") }</summary>
                        <Outside file={file.clone()} count={files.all().len()} />
                    </details>
                }
            </div>
        }
    }

    pub(super) fn output(&self, context: &Context<Self>, run: Option<&Run>) -> Html {
        let link = context.link();
        let Some(run) = run else {
            return self.welcome(context);
        };
        // Between two questions the field stays where it is, and so does the keyboard.
        let has_asked = run.is_live() && self.asked.is_some_and(|(number, _)| number == run.number);
        let prompt = run.inputs.first().map(|(_, prompt)| &**prompt);
        let times = run
            .output
            .blocks()
            .map(|block| elapsed(block.at.since(self.start)));
        let widest = times
            .map(|time| time.chars().count())
            .max()
            .unwrap_or_default();
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
                <div id={LOG} class="python-log" key={run.number} role="log" tabindex="0" aria-label={text!("python-output")}>
                    <div style={format!("--python-time:{widest}ch")}>
                        if run.output.has_dropped { <p class="note">{ text!("console-dropped") }</p> }
                        { for run.output.blocks().map(|block| html! {
                            <Piece key={block.number} block={block.clone()} start={self.start} />
                        }) }
                    </div>
                </div>
                if prompt.is_some() || has_asked {
                    { line_input(context, run.number, prompt) }
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
                if front.is_script() { <Outside file={front.clone()} count={files.all().len()} /> }
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

/// What is typed in a field.
pub(super) fn value_of(event: &Event) -> Option<String> {
    let input: HtmlInputElement = event.target_dyn_into()?;
    Some(input.value())
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
