//! The top bar: what is open, the virtual clock, and what makes it run.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::format;
use super::playback::Speed;
use super::session::Action;
use super::shell::{Dialog, use_shell};
use super::store::{use_dispatch, use_selector, use_store};
use super::text::text;
use super::theme::Theme;
use super::widgets::{Icon, IconView};

#[derive(PartialEq, Properties)]
pub(crate) struct TopBarProps {
    pub theme: Theme,
    pub ontheme: Callback<()>,
}

#[component]
pub(crate) fn TopBar(props: &TopBarProps) -> Html {
    let title = use_selector(|session| session.scenario().map(|(_, open)| open.title.clone()));
    let shell = use_shell();
    let (icon, theme) = match props.theme {
        Theme::Auto => (Icon::HalfMoon, text("theme-auto")),
        Theme::Dark => (Icon::Moon, text("theme-dark")),
        Theme::Light => (Icon::Sun, text("theme-light")),
    };
    html! {
        <header class="top-bar">
            <div class="brand">
                <h1>{ text("app-name") }</h1>
                <p class="open-name">
                    { (*title).clone().unwrap_or_else(|| text("own-world")) }
                </p>
            </div>
            <Transport />
            <Clock />
            <div class="top-end">
                <UndoAndRedo />
                <button class="button icon-only" aria-label={theme.clone()} title={theme}
                    onclick={props.ontheme.reform(|_: MouseEvent| ())}>
                    <IconView {icon} />
                </button>
                <button class="button icon-only" aria-label={text("help")} title={text("help")}
                    onclick={shell.opener(Dialog::Help)}>
                    <IconView icon={Icon::Help} />
                </button>
            </div>
        </header>
    }
}

#[component]
fn Transport() -> Html {
    let playing = use_selector(|session| session.is_playing());
    let restart = use_dispatch(Action::Restart);
    let back = use_dispatch(Action::StepBack);
    let toggle = use_dispatch(Action::TogglePlay);
    let next = use_dispatch(Action::NextEvent);
    let rest = use_dispatch(Action::RunUntilRest);
    let (icon, label) = if *playing {
        (Icon::Pause, text("pause"))
    } else {
        (Icon::Play, text("play"))
    };
    html! {
        <div class="transport" role="group" aria-label={text("transport")}>
            <StepButton icon={Icon::Start} label={text("restart")} onclick={restart} />
            <StepButton icon={Icon::Back} label={text("step-back")} onclick={back} />
            <button class="button primary play" onclick={toggle}>
                <IconView {icon} /><span>{ label }</span>
            </button>
            <StepButton icon={Icon::Next} label={text("next-event")} onclick={next} />
            <StepButton icon={Icon::Rest} label={text("run-until-rest")} onclick={rest} />
            <SpeedChoice />
        </div>
    }
}

/// Takes changes back, and makes them again.
#[component]
fn UndoAndRedo() -> Html {
    let counts = use_selector(|session| session.undo_and_redo_counts());
    let (undo, redo) = (use_dispatch(Action::Undo), use_dispatch(Action::Redo));
    let button = |icon, label: &str, onclick, count| {
        html! {
            <button class="button icon-only" aria-label={text(label)} title={text(label)}
                disabled={count == 0} {onclick}>
                <IconView {icon} />
            </button>
        }
    };
    html! {
        <div class="undo" role="group" aria-label={text("changes")}>
            { button(Icon::Undo, "undo", undo, counts.0) }
            { button(Icon::Redo, "redo", redo, counts.1) }
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct StepButtonProps {
    icon: Icon,
    label: AttrValue,
    onclick: Callback<MouseEvent>,
}

#[component]
fn StepButton(props: &StepButtonProps) -> Html {
    html! {
        <button class="button icon-only" aria-label={&props.label} title={&props.label}
            onclick={&props.onclick}>
            <IconView icon={props.icon} />
        </button>
    }
}

#[component]
fn SpeedChoice() -> Html {
    let speed = use_selector(|session| session.speed());
    let store = use_store();
    let onchange = use_callback(store, |event: Event, store| {
        let chosen = event
            .target_dyn_into::<HtmlSelectElement>()
            .and_then(|select| Speed::OFFERED.get(usize::try_from(select.selected_index()).ok()?));
        if let Some(speed) = chosen {
            store.dispatch(Action::SetSpeed(*speed));
        }
    });
    html! {
        <select class="speed" aria-label={text("speed")} title={text("speed")} {onchange}>
            { for Speed::OFFERED.iter().map(|offered| html! {
                <option selected={*offered == *speed}>{ offered.to_string() }</option>
            }) }
        </select>
    }
}

/// The virtual clock.
#[component]
fn Clock() -> Html {
    let shell = use_shell();
    let times = use_selector(|session| {
        let elapsed = format::elapsed(session.now().since(session.start()));
        (
            elapsed,
            format::calendar(session.now()),
            session.seeking().is_some(),
        )
    });
    let (elapsed, calendar, seeking) = &*times;
    html! {
        <div class="clock" role="timer" aria-label={text("clock")}>
            <button class="elapsed" title={text("jump")} onclick={shell.opener(Dialog::Jump)}>
                { elapsed }
            </button>
            <span class="calendar">
                if *seeking { { text("seeking") } } else { { calendar } }
            </span>
        </div>
    }
}
