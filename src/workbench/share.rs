//! The share dialog: the run as a link, as an element for another page, or, too large for both, as a file.

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::options::{Shows, Wanted};
use super::settings::{select, themes};
use super::text::text;
use super::{copy, files, keeper};
use crate::share::{Document, LinkError, encode};
use crate::ui::format;
use crate::ui::playback::Speed;
use crate::ui::widgets::{DialogFrame, Icon};

/// The panels beside the stage that an address can name.
const PANELS: [&str; 3] = ["scenarios", "inspector", "timeline"];

#[derive(PartialEq, Properties)]
pub(super) struct ShareProps {
    pub onclose: Callback<()>,
}

/// What was chosen.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Chosen {
    wanted: Wanted,
    /// Whether the link starts where the playhead is.
    from_here: bool,
    /// What was copied last.
    copied: Option<&'static str>,
}

pub(super) struct Share {
    /// The run as it was when the dialog opened: it does not change behind it.
    document: Document,
    link: Result<String, LinkError>,
    chosen: Chosen,
}

pub(super) enum Message {
    Choose(Box<dyn FnOnce(&mut Chosen)>),
    Copy(&'static str),
    Copied(&'static str),
}

impl Component for Share {
    type Message = Message;
    type Properties = ShareProps;

    fn create(_: &Context<Self>) -> Self {
        keeper::check(true);
        let document = keeper::with(|keeper| keeper.document.clone());
        let document = document.expect("the keeper is there before any dialog");
        // Where the link starts is told beside it, so that one can see and change it.
        let from_start = Document {
            at: document.recording.config.start,
            ..document.clone()
        };
        Self {
            link: encode(&from_start),
            chosen: Chosen {
                from_here: document.at > from_start.at,
                ..Chosen::default()
            },
            document,
        }
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Choose(choose) => {
                choose(&mut self.chosen);
                self.chosen.copied = None;
            }
            Message::Copy(id) => {
                let text = if id == ADDRESS {
                    self.address()
                } else {
                    self.frame()
                };
                let link = context.link().clone();
                copy::copy(id, &text, move || link.send_message(Message::Copied(id)));
                return false;
            }
            Message::Copied(id) => self.chosen.copied = Some(id),
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let content = match &self.link {
            Ok(_) => self.view_link(context),
            Err(error) => {
                let why = [("why", error.to_string().into())];
                html! {
                    <>
                        <p>{ text!("share-too-large", why) }</p>
                        <div class="dialog-end">
                            <button type="button" class="button primary"
                                onclick={|_: MouseEvent| files::save_recording()}>
                                { text!("save-file") }
                            </button>
                        </div>
                    </>
                }
            }
        };
        let onclose = context.props().onclose.clone();
        html! { <DialogFrame id="share" title={text!("share")} {onclose}>{ content }</DialogFrame> }
    }
}

const ADDRESS: &str = "share-address";
const FRAME: &str = "share-frame";

impl Share {
    fn wanted(&self) -> Wanted {
        let start = self.document.recording.config.start;
        Wanted {
            at: self.chosen.from_here.then(|| self.document.at.since(start)),
            ..self.chosen.wanted.clone()
        }
    }

    fn address(&self) -> String {
        let location = web_sys::window().map(|window| window.location());
        let base = location
            .and_then(|location| Some(location.origin().ok()? + &location.pathname().ok()?));
        let link = self.link.as_deref().unwrap_or_default();
        self.wanted().address(&base.unwrap_or_default(), link)
    }

    fn frame(&self) -> String {
        let address = self.address().replace('&', "&amp;");
        let title = text!("app-name");
        format!(
            "<iframe src=\"{address}\" title=\"{title}\" width=\"960\" height=\"600\" allow=\"clipboard-write\"></iframe>"
        )
    }

    fn view_link(&self, context: &Context<Self>) -> Html {
        let address = self.address();
        let length = [("count", (address.len() as u64).into())];
        let frame = (self.chosen.wanted.shows == Shows::Embed).then(|| self.frame());
        html! {
            <>
                <p>{ text!("share-text") }</p>
                <div class="field copied-field">
                    <label for={ADDRESS}>{ text!("share-link") }</label>
                    <input id={ADDRESS} type="text" readonly=true value={address} onfocus={select_all} />
                    { self.copy_button(context, ADDRESS) }
                    <p class="field-hint">{ text!("share-length", length) }</p>
                </div>
                if let Some(frame) = frame {
                    <div class="field copied-field">
                        <label for={FRAME}>{ text!("share-frame") }</label>
                        <textarea id={FRAME} rows="3" readonly=true value={frame} onfocus={select_all} />
                        { self.copy_button(context, FRAME) }
                    </div>
                }
                <fieldset class="share-options">
                    <legend>{ text!("share-options") }</legend>
                    { self.view_options(context) }
                </fieldset>
                <div class="dialog-end">
                    <button type="button" class="button" onclick={|_: MouseEvent| files::save_recording()}>
                        { text!("save-file") }
                    </button>
                </div>
            </>
        }
    }

    fn view_options(&self, context: &Context<Self>) -> Html {
        let Chosen {
            wanted, from_here, ..
        } = &self.chosen;
        let elapsed = self.document.at.since(self.document.recording.config.start);
        let moment = [("moment", format::elapsed(elapsed).into())];
        let here = check(
            text!("share-from-here", moment),
            *from_here,
            choose(context, |chosen, ()| chosen.from_here = !chosen.from_here),
        );
        let play = check(
            text!("share-play"),
            wanted.play,
            choose(context, |chosen, ()| {
                chosen.wanted.play = !chosen.wanted.play
            }),
        );
        let names = [
            text!("view-all"),
            text!("view-embed"),
            text!("view-present"),
        ];
        let shown = [Shows::All, Shows::Embed, Shows::Present];
        let at = shown.iter().position(|shows| *shows == wanted.shows);
        let pick = choose(context, move |chosen, place: usize| {
            chosen.wanted.shows = shown[place.min(2)];
        });
        let view = select(
            "share-view",
            text!("share-view"),
            &names,
            at.unwrap_or(0),
            move |place| {
                pick.emit(place);
            },
        );
        let mut names = vec![text!("as-reader-has")];
        names.extend(Speed::OFFERED.map(|speed| speed.to_string()));
        let at = wanted
            .speed
            .and_then(|speed| Speed::OFFERED.iter().position(|it| *it == speed));
        let pick = choose(context, |chosen, place: usize| {
            chosen.wanted.speed = place
                .checked_sub(1)
                .and_then(|at| Speed::OFFERED.get(at).copied());
        });
        let at = at.map_or(0, |at| at + 1);
        let speed = select("share-speed", text!("speed"), &names, at, move |place| {
            pick.emit(place)
        });
        let all = themes();
        let mut names = vec![text!("as-reader-has")];
        names.extend(all[1..].iter().map(|(_, name)| name.clone()));
        let at = wanted
            .theme
            .and_then(|theme| all.iter().position(|(it, _)| *it == theme));
        let pick = choose(context, |chosen, place: usize| {
            let theme = themes().get(place).map(|(theme, _)| *theme);
            chosen.wanted.theme = theme.filter(|_| place > 0);
        });
        let theme = select(
            "share-theme",
            text!("theme"),
            &names,
            at.unwrap_or(0),
            move |place| {
                pick.emit(place);
            },
        );
        html! {
            <>
                { here }{ play }
                <div class="field-grid">{ view }{ speed }{ theme }</div>
                { self.view_panels(context) }
            </>
        }
    }

    /// Which panels there are beside the stage.
    fn view_panels(&self, context: &Context<Self>) -> Html {
        let labels = [
            text!("panel-scenarios"),
            text!("panel-inspector"),
            text!("panel-timeline"),
        ];
        let wanted = &self.chosen.wanted;
        let by_itself: &[&str] = if wanted.shows == Shows::All {
            &PANELS
        } else {
            &[]
        };
        let shown = wanted.panels.clone().unwrap_or_else(|| by_itself.to_vec());
        let boxes = PANELS.into_iter().zip(labels).map(|(panel, label)| {
            let others = shown.clone();
            let toggle = choose(context, move |chosen, ()| {
                let mut panels = others.clone();
                match panels.iter().position(|other| *other == panel) {
                    Some(at) => drop(panels.remove(at)),
                    None => panels.push(panel),
                }
                chosen.wanted.panels = Some(panels);
            });
            check(label, shown.contains(&panel), toggle)
        });
        html! {
            <fieldset class="share-panels">
                <legend>{ text!("share-panels") }</legend>
                { for boxes }
            </fieldset>
        }
    }

    fn copy_button(&self, context: &Context<Self>, id: &'static str) -> Html {
        let is_copied = self.chosen.copied == Some(id);
        let onclick = context
            .link()
            .callback(move |_: MouseEvent| Message::Copy(id));
        html! {
            <button type="button" class="button primary" {onclick}>
                { if is_copied { Icon::Check.show() } else { Icon::Copy.show() } }
                <span aria-live="polite">
                    { if is_copied { text!("copied") } else { text!("copy") } }
                </span>
            </button>
        }
    }
}

/// What a choice changes.
fn choose<V: 'static>(
    context: &Context<Share>,
    change: impl Fn(&mut Chosen, V) + Clone + 'static,
) -> Callback<V> {
    context.link().callback(move |value: V| {
        let change = change.clone();
        Message::Choose(Box::new(move |chosen| change(chosen, value)))
    })
}

fn check(label: String, checked: bool, ontoggle: Callback<()>) -> Html {
    let onchange = ontoggle.reform(|_: Event| ());
    html! {
        <label class="check"><input type="checkbox" {checked} {onchange} /><span>{ label }</span></label>
    }
}

fn select_all(event: FocusEvent) {
    if let Some(line) = event.target_dyn_into::<HtmlInputElement>() {
        line.select();
    } else if let Some(lines) = event.target_dyn_into::<HtmlTextAreaElement>() {
        lines.select();
    }
}
