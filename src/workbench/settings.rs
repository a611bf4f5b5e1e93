//! The settings: how the page looks, speaks and moves. The browser remembers them.

use web_sys::{HtmlSelectElement, Storage};
use yew::prelude::*;

use super::bridge;
use super::text::text;
use crate::json::Member;
use crate::ui::playback::Speed;
use crate::ui::theme::Theme;
use crate::ui::widgets::DialogFrame;

/// Where the browser keeps them. The theme's is the page's own.
const THEME: &str = "theme";
const SPEED: &str = "sqs-playground/speed";
const MOTION: &str = "sqs-playground/motion";
/// The attribute of the document's root that asks for less motion.
const LESS_MOTION: &str = "data-less-motion";

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

fn remembered(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// A browser that keeps nothing is no error: the setting holds until the page ends.
fn remember(key: &str, value: Option<&str>) {
    let Some(storage) = storage() else {
        return;
    };
    let _best_effort = match value {
        Some(value) => storage.set_item(key, value),
        None => storage.remove_item(key),
    };
}

/// Less motion, if that was chosen.
pub(super) fn apply_motion() {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    if let Some(root) = root {
        let _ = match remembered(MOTION).as_deref() {
            Some("less") => root.set_attribute(LESS_MOTION, ""),
            _ => root.remove_attribute(LESS_MOTION),
        };
    }
}

/// The speed with which a page begins, if one was chosen.
pub(super) fn apply_speed() {
    if let Some(speed) = remembered_speed() {
        let thousandths = Member::Natural(speed.thousandths().into());
        let _known = bridge::ask("speed", vec![("thousandths", thousandths)]);
    }
}

fn remembered_speed() -> Option<Speed> {
    Speed::of_thousandths(remembered(SPEED)?.parse().ok()?)
}

fn set_theme(theme: Theme) {
    remember(THEME, Some(theme.name()));
    let _shown = bridge::ask("theme", vec![("theme", Member::Text(theme.name()))]);
}

fn set_speed(speed: Speed) {
    let thousandths = speed.thousandths().to_string();
    remember(
        SPEED,
        Some(&thousandths)
            .filter(|_| speed != Speed::REAL)
            .map(String::as_str),
    );
    let thousandths = Member::Natural(speed.thousandths().into());
    let _known = bridge::ask("speed", vec![("thousandths", thousandths)]);
}

fn set_motion(is_less: bool) {
    remember(MOTION, is_less.then_some("less"));
    apply_motion();
}

/// A labelled choice of one among several, told by its place.
pub(super) fn select(
    id: &'static str,
    label: String,
    names: &[String],
    chosen: usize,
    onchoose: impl Fn(usize) + 'static,
) -> Html {
    let onchange = move |event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        let place = select.and_then(|select| usize::try_from(select.selected_index()).ok());
        if let Some(place) = place {
            onchoose(place);
        }
    };
    html! {
        <div class="field">
            <label for={id}>{ label }</label>
            <select {id} {onchange}>
                { for names.iter().enumerate().map(|(place, name)| html! {
                    <option key={place} selected={place == chosen}>{ name }</option>
                }) }
            </select>
        </div>
    }
}

/// The themes, and what each is called.
pub(super) fn themes() -> [(Theme, String); 3] {
    [
        (Theme::Auto, text!("theme-auto")),
        (Theme::Dark, text!("theme-dark")),
        (Theme::Light, text!("theme-light")),
    ]
}

#[derive(PartialEq, Properties)]
pub(super) struct SettingsProps {
    pub onclose: Callback<()>,
}

#[component]
pub(super) fn Settings(props: &SettingsProps) -> Html {
    let update = use_force_update();
    let themes = themes();
    let names = themes.clone().map(|(_, name)| name);
    let theme = remembered(THEME).and_then(|name| Theme::named(&name));
    let theme = theme.unwrap_or_default();
    let chosen = themes.iter().position(|(known, _)| *known == theme);
    let changed = |change: fn(usize)| {
        let update = update.clone();
        move |place| {
            change(place);
            update.force_update();
        }
    };
    let set = |place: usize| {
        let all = [Theme::Auto, Theme::Dark, Theme::Light];
        set_theme(all[place.min(2)]);
    };
    let theme = select(
        "settings-theme",
        text!("theme"),
        &names,
        chosen.unwrap_or(0),
        changed(set),
    );

    let names = [text!("language-en")];
    let language = select("settings-language", text!("language"), &names, 0, |_| ());

    let names = Speed::OFFERED.map(|speed| speed.to_string());
    let speed = remembered_speed().unwrap_or(Speed::REAL);
    let chosen = Speed::OFFERED.iter().position(|offered| *offered == speed);
    let set = |place: usize| set_speed(Speed::OFFERED.get(place).copied().unwrap_or(Speed::REAL));
    let chosen = chosen.unwrap_or(0);
    let speed = select(
        "settings-speed",
        text!("speed-default"),
        &names,
        chosen,
        changed(set),
    );

    let names = [text!("motion-auto"), text!("motion-less")];
    let is_less = remembered(MOTION).as_deref() == Some("less");
    let set = |place| set_motion(place == 1);
    let motion = select(
        "settings-motion",
        text!("motion"),
        &names,
        usize::from(is_less),
        changed(set),
    );

    let onreset = {
        let update = update.clone();
        Callback::from(move |_: MouseEvent| {
            set_theme(Theme::Auto);
            set_speed(Speed::REAL);
            set_motion(false);
            update.force_update();
        })
    };
    let is_kept = storage().is_some();
    html! {
        <DialogFrame id="settings" title={text!("settings")} onclose={props.onclose.clone()}>
            <div class="field-grid">{ theme }{ language }{ speed }{ motion }</div>
            <p class="note">
                { if is_kept { text!("settings-kept") } else { text!("settings-not-kept") } }
            </p>
            <div class="dialog-end">
                <button type="button" class="button" onclick={onreset}>{ text!("settings-reset") }</button>
            </div>
        </DialogFrame>
    }
}
