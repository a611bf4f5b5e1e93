//! The dock: what is looked at beside the stage, one tab in front at a time. A tab that is not in
//! front is not there, and costs nothing.

mod calls;
mod cost;
mod height;
mod metrics;
mod scroll;
mod strip;
mod timeline;

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::store::{use_selector, use_store};
use super::text::text;
use super::theme::{remember, remembered};
use height::Handle;
pub(crate) use strip::DensityStrip;

/// What can be in front.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum Tab {
    #[default]
    Timeline,
    Calls,
    Metrics,
    Cost,
}

/// Where the tab in front is remembered.
const KEY: &str = "dock-tab";
/// Where the tabs' contents are.
const PANEL: &str = "dock-panel";

impl Tab {
    const ALL: [Self; 4] = [Self::Timeline, Self::Calls, Self::Metrics, Self::Cost];

    /// As it is remembered.
    fn name(self) -> &'static str {
        match self {
            Self::Timeline => "timeline",
            Self::Calls => "calls",
            Self::Metrics => "metrics",
            Self::Cost => "cost",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.name() == name)
    }

    fn label(self) -> String {
        match self {
            Self::Timeline => text("timeline"),
            Self::Calls => text("calls"),
            Self::Metrics => text("metrics"),
            Self::Cost => text("cost"),
        }
    }

    /// Its element.
    fn id(self) -> String {
        format!("tab-{}", self.name())
    }

    /// The tab that a key leads to from this one.
    fn reached_by(self, key: &str) -> Option<Self> {
        let place = self as usize;
        let count = Self::ALL.len();
        let place = match key {
            "ArrowRight" => (place + 1) % count,
            "ArrowLeft" => (place + count - 1) % count,
            "Home" => 0,
            "End" => count - 1,
            _ => return None,
        };
        Some(Self::ALL[place])
    }
}

#[component]
pub(crate) fn Dock() -> Html {
    let tab = use_state_eq(Tab::default);
    let open = use_state_eq(|| true);
    // What was chosen in a tab is still chosen when it comes to the front again.
    let timeline_filter = use_state_eq(timeline::Filter::default);
    let call_filter = use_state_eq(calls::Filter::default);
    let chosen_metrics = use_state_eq(metrics::Chosen::default);
    use_effect_with((), {
        let tab = tab.setter();
        move |()| {
            if let Some(known) = remembered(KEY).and_then(|name| Tab::named(&name)) {
                tab.set(known);
            }
        }
    });
    let front = *tab;
    let show = {
        let (tab, open) = (tab.setter(), open.setter());
        move |next: Tab| {
            tab.set(next);
            open.set(true);
            remember(KEY, next.name());
        }
    };
    let onkeydown = {
        let show = show.clone();
        Callback::from(move |event: KeyboardEvent| {
            if let Some(next) = front.reached_by(&event.key()) {
                event.prevent_default();
                show(next);
                focus(&next.id());
            }
        })
    };
    html! {
        <section class="dock" aria-label={text("dock")}>
            <Handle open={*open} onopen={open_setter(&open)} />
            <div class="dock-tabs" role="tablist" aria-label={text("dock")} {onkeydown}>
                { for Tab::ALL.into_iter().map(|tab| {
                    let show = show.clone();
                    let onclick = Callback::from(move |_: MouseEvent| show(tab));
                    let is_front = tab == front;
                    html! {
                        <button role="tab" id={tab.id()} aria-controls={PANEL}
                            aria-selected={is_front.to_string()}
                            tabindex={if is_front { "0" } else { "-1" }} {onclick}>
                            { tab.label() }
                            if tab == Tab::Cost { <cost::Amount /> }
                        </button>
                    }
                }) }
            </div>
            <div class="dock-panel" role="tabpanel" id={PANEL} aria-labelledby={front.id()}>
                if *open {
                    {
                        match front {
                            Tab::Timeline => html! { <timeline::Panel filter={timeline_filter} /> },
                            Tab::Calls => html! { <calls::CallLog filter={call_filter} /> },
                            Tab::Metrics => html! { <metrics::Panel chosen={chosen_metrics} /> },
                            Tab::Cost => html! { <cost::Panel /> },
                        }
                    }
                }
            </div>
        </section>
    }
}

fn open_setter(open: &UseStateHandle<bool>) -> Callback<bool> {
    let open = open.setter();
    Callback::from(move |is_open| open.set(is_open))
}

/// Renders again a few times a second while time passes, and after each action.
#[hook]
fn use_beat() -> super::store::Store {
    let _beat = use_selector(|session| session.beat());
    use_store()
}

fn focus(id: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    let element = document.and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::Tab;

    #[test]
    fn arrow_keys_go_round_the_tabs() {
        for tab in Tab::ALL {
            let next = tab.reached_by("ArrowRight");
            assert_eq!(
                next.and_then(|next| next.reached_by("ArrowLeft")),
                Some(tab)
            );
            assert_eq!(Tab::named(tab.name()), Some(tab));
        }
        assert_eq!(Tab::Cost.reached_by("ArrowRight"), Some(Tab::Timeline));
        assert_eq!(Tab::Calls.reached_by("End"), Some(Tab::Cost));
        assert_eq!(Tab::Calls.reached_by("x"), None);
    }
}
