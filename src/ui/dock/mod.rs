//! The dock: what is looked at beside the stage, one tab in front at a time. A tab that is not in
//! front is not there, and costs nothing.

mod amount;
mod calls;
mod choice;
mod height;
mod host;
mod scroll;
mod strip;
mod timeline;

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::page::Page;
use super::part::Part;
use super::session::Session;
use super::text::text;
use super::theme::{remember, remembered};
#[cfg(feature = "workbench")]
pub(crate) use choice::choice;
use height::Handle;
pub(crate) use host::Host;
pub(crate) use strip::DensityStrip;

/// What can be in front.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum Tab {
    #[default]
    Timeline,
    Console,
    Python,
    Calls,
    Metrics,
    Cost,
}

/// Where the tab in front is remembered.
const KEY: &str = "dock-tab";
/// Where the tabs' contents are.
const PANEL: &str = "dock-panel";

impl Tab {
    const ALL: [Self; 6] = [
        Self::Timeline,
        Self::Console,
        Self::Python,
        Self::Calls,
        Self::Metrics,
        Self::Cost,
    ];

    /// As it is remembered.
    fn name(self) -> &'static str {
        match self {
            Self::Timeline => "timeline",
            Self::Console => "console",
            Self::Python => "python",
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
            Self::Timeline => text!("timeline"),
            Self::Console => text!("console"),
            Self::Python => text!("python"),
            Self::Calls => text!("calls"),
            Self::Metrics => text!("metrics"),
            Self::Cost => text!("cost"),
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

/// What is chosen in the dock; in a tab it is still chosen when the tab comes to the front again.
#[derive(Clone)]
struct Draft {
    tab: Tab,
    is_open: bool,
    messages: timeline::Filter,
    calls: calls::Filter,
}

impl Default for Draft {
    fn default() -> Self {
        let known = remembered(KEY).and_then(|name| Tab::named(&name));
        Self {
            tab: known.unwrap_or_default(),
            is_open: true,
            messages: timeline::Filter::default(),
            calls: calls::Filter::default(),
        }
    }
}

#[derive(PartialEq)]
pub(crate) struct Dock;

impl Part for Dock {
    type Facts = ();

    fn facts(&self, _: &Session) {}

    fn view(&self, (): &(), page: &Page) -> Html {
        let draft: Draft = page.draft();
        let front = draft.tab;
        let show = page.edit(|draft: &mut Draft, tab: Tab| {
            draft.tab = tab;
            draft.is_open = true;
            remember(KEY, tab.name());
        });
        let onkeydown = {
            let (show, page) = (show.clone(), page.clone());
            Callback::from(move |event: KeyboardEvent| {
                // Of two quick keys the second may come before the first is shown.
                let front = page.draft::<Draft>().tab;
                if let Some(next) = front.reached_by(&event.key()) {
                    event.prevent_default();
                    show.emit(next);
                    focus(&next.id());
                }
            })
        };
        let onopen = page.edit(|draft: &mut Draft, is_open: bool| draft.is_open = is_open);
        html! {
            <section class="dock" aria-label={text!("dock")}>
                { Handle { open: draft.is_open, onopen }.show() }
                <div class="dock-tabs" role="tablist" aria-label={text!("dock")} {onkeydown}>
                    { for Tab::ALL.into_iter().map(|tab| {
                        let is_front = tab == front;
                        html! {
                            <button role="tab" id={tab.id()} aria-controls={PANEL}
                                aria-selected={is_front.to_string()}
                                tabindex={if is_front { "0" } else { "-1" }}
                                onclick={show.reform(move |_: MouseEvent| tab)}>
                                { tab.label() }
                                if tab == Tab::Cost { { amount::Amount.show() } }
                            </button>
                        }
                    }) }
                </div>
                <div class="dock-panel" role="tabpanel" id={PANEL} aria-labelledby={front.id()}>
                    if draft.is_open { { in_front(draft, page) } }
                </div>
            </section>
        }
    }
}

fn in_front(draft: Draft, page: &Page) -> Html {
    match draft.tab {
        Tab::Timeline => timeline::Timeline {
            filter: draft.messages,
            onfilter: page.edit(|draft: &mut Draft, filter| draft.messages = filter),
        }
        .show_as("timeline"),
        Tab::Console => Host { name: "console" }.show_as("console"),
        Tab::Python => Host { name: "python" }.show_as("python"),
        Tab::Calls => calls::CallLog {
            filter: draft.calls,
            onfilter: page.edit(|draft: &mut Draft, filter| draft.calls = filter),
        }
        .show_as("calls"),
        Tab::Metrics => Host { name: "metrics" }.show_as("metrics"),
        Tab::Cost => Host { name: "cost" }.show_as("cost"),
    }
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
