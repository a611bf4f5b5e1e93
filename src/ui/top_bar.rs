//! The top bar: what is open, the virtual clock, and what makes it run.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::format;
use super::page::Page;
use super::part::Part;
use super::playback::Speed;
use super::rail::from_workbench;
use super::session::{Action, Session};
use super::shell::Dialog;
use super::text::text;
use super::theme::Theme;
use super::widgets::Icon;

#[derive(PartialEq)]
pub(crate) struct TopBar {
    pub(crate) theme: Theme,
}

impl Part for TopBar {
    /// What is open.
    type Facts = Option<String>;

    fn facts(&self, session: &Session) -> Self::Facts {
        session.scenario().map(|(_, open)| open.title.clone())
    }

    fn view(&self, title: &Self::Facts, page: &Page) -> Html {
        let shell = page.shell.clone();
        let ontheme = Callback::from(move |_| shell.next_theme());
        let shell = page.shell.clone();
        let onpresent = Callback::from(move |_| shell.toggle_present());
        let (icon, theme) = match self.theme {
            Theme::Auto => (Icon::HalfMoon, text!("theme-auto")),
            Theme::Dark => (Icon::Moon, text!("theme-dark")),
            Theme::Light => (Icon::Sun, text!("theme-light")),
        };
        html! {
            <header class="top-bar">
                <div class="brand">
                    <h1>{ text!("app-name") }</h1>
                    <p class="open-name">
                        { title.clone().unwrap_or_else(|| text!("own-world")) }
                    </p>
                </div>
                { Transport.show() }
                { Clock.show() }
                <div class="top-end">
                    { UndoAndRedo.show() }
                    <button class="button compare" onclick={page.opening(Dialog::Compare)}>
                        { Icon::Twins.show() }<span>{ text!("compare") }</span>
                    </button>
                    <div class="share">{ from_workbench("share", Icon::Plane, text!("share"), page) }</div>
                    <div class="present">{ icon_button(Icon::Fit, text!("present"), onpresent) }</div>
                    { icon_button(icon, theme, ontheme) }
                    { icon_button(Icon::Help, text!("help"), page.opening_of_workbench("help")) }
                </div>
            </header>
        }
    }
}

fn icon_button(icon: Icon, label: String, onclick: Callback<MouseEvent>) -> Html {
    let label = AttrValue::from(label);
    html! {
        <button class="button icon-only" aria-label={&label} title={label} {onclick}>
            { icon.show() }
        </button>
    }
}

#[derive(PartialEq)]
struct Transport;

impl Part for Transport {
    /// Whether time passes, and how fast it would.
    type Facts = (bool, Speed);

    fn facts(&self, session: &Session) -> Self::Facts {
        (session.is_playing(), session.speed())
    }

    fn view(&self, &(is_playing, speed): &Self::Facts, page: &Page) -> Html {
        let (icon, label) = if is_playing {
            (Icon::Pause, text!("pause"))
        } else {
            (Icon::Play, text!("play"))
        };
        let step = |icon, label, action| icon_button(icon, label, page.doing(action));
        html! {
            <div class="transport" role="group" aria-label={text!("transport")}>
                { step(Icon::Start, text!("restart"), Action::Restart) }
                { step(Icon::Back, text!("step-back"), Action::StepBack) }
                <button class="button primary play" onclick={page.doing(Action::TogglePlay)}>
                    { icon.show() }<span>{ label }</span>
                </button>
                { step(Icon::Next, text!("next-event"), Action::NextEvent) }
                { step(Icon::Rest, text!("run-until-rest"), Action::RunUntilRest) }
                { speed_choice(speed, page) }
            </div>
        }
    }
}

fn speed_choice(speed: Speed, page: &Page) -> Html {
    let store = page.store.clone();
    let onchange = Callback::from(move |event: Event| {
        let chosen = event
            .target_dyn_into::<HtmlSelectElement>()
            .and_then(|select| Speed::OFFERED.get(usize::try_from(select.selected_index()).ok()?));
        if let Some(speed) = chosen {
            store.dispatch(Action::SetSpeed(*speed));
        }
    });
    html! {
        <select class="speed" aria-label={text!("speed")} title={text!("speed")} {onchange}>
            { for Speed::OFFERED.iter().map(|offered| html! {
                <option selected={*offered == speed}>{ offered.to_string() }</option>
            }) }
        </select>
    }
}

/// Takes changes back, and makes them again.
#[derive(PartialEq)]
struct UndoAndRedo;

impl Part for UndoAndRedo {
    type Facts = (usize, usize);

    fn facts(&self, session: &Session) -> Self::Facts {
        session.undo_and_redo_counts()
    }

    fn view(&self, &(undo, redo): &Self::Facts, page: &Page) -> Html {
        let button = |icon: Icon, label: String, action, count| {
            html! {
                <button class="button icon-only" aria-label={label.clone()} title={label}
                    disabled={count == 0} onclick={page.doing(action)}>
                    { icon.show() }
                </button>
            }
        };
        html! {
            <div class="undo" role="group" aria-label={text!("changes")}>
                { button(Icon::Undo, text!("undo"), Action::Undo, undo) }
                { button(Icon::Redo, text!("redo"), Action::Redo, redo) }
            </div>
        }
    }
}

/// The virtual clock.
#[derive(PartialEq)]
struct Clock;

#[derive(PartialEq)]
struct Times {
    elapsed: String,
    calendar: String,
}

impl Part for Clock {
    type Facts = Times;

    fn facts(&self, session: &Session) -> Times {
        Times {
            elapsed: format::elapsed(session.now().since(session.start())),
            calendar: match session.seeking() {
                Some(_) => text!("seeking"),
                None => format::calendar(session.now()),
            },
        }
    }

    fn view(&self, times: &Times, page: &Page) -> Html {
        html! {
            <div class="clock" role="timer" aria-label={text!("clock")}>
                <button class="elapsed" title={text!("jump")} onclick={page.opening_of_workbench("jump")}>
                    { &times.elapsed }
                </button>
                <span class="calendar">{ &times.calendar }</span>
            </div>
        }
    }
}
