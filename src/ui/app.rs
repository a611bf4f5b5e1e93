//! The page as a whole: what stands where, and what lives as long as the page.

use yew::prelude::*;

use super::address::{self, Address, View};
use super::comparison::{Focused, Stages};
use super::forms::{AddActorForm, CompareForm, CreateQueueForm, SendForm};
use super::frame::FrameLoop;
use super::keys::{self, Keys};
use super::page::Page;
use super::part::Part;
use super::rail::Rail;
use super::scrubber::Scrubber;
use super::session::Session;
use super::shell::{Change, Dialog, Panel, Shell};
use super::store::Store;
use super::text::text;
use super::theme::{Theme, remembered};
use super::top_bar::TopBar;
use super::widgets::Icon;

/// Where a store keeps which run was open last.
pub(crate) const LAST: &str = "sqs-playground/last";

/// The page.
pub struct App {
    page: Page,
    open: Open,
    /// The panels that the address leaves out, as classes of the style sheet.
    without: Option<String>,
    /// Where all of an embedded page is.
    in_full: String,
    /// What goes on until the page ends.
    running: Option<(FrameLoop, Option<Keys>)>,
}

/// What is open.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Open {
    dialog: Option<Dialog>,
    panel: Panel,
    theme: Theme,
    view: View,
    /// Something is to be opened with the page: a link, or the last run.
    is_opening: bool,
    /// Something of the workbench is wanted, and it could not be loaded.
    lacks_workbench: bool,
}

impl Component for App {
    type Message = Change;
    type Properties = ();

    fn create(context: &Context<Self>) -> Self {
        let shell = Shell::new(context.link().callback(|change| change));
        let (query, fragment) = address().unwrap_or_default();
        let address = Address::read(&query, &fragment);
        Self {
            page: Page::new(Store::new(Session::new()), shell),
            open: Open {
                dialog: None,
                panel: Panel::Stage,
                theme: address.theme.unwrap_or_default(),
                view: address.view,
                is_opening: address.has_run || remembered(LAST).is_some(),
                lacks_workbench: false,
            },
            without: address.without,
            in_full: address::in_full(&query) + &fragment,
            running: None,
        }
    }

    fn rendered(&mut self, context: &Context<Self>, is_first: bool) {
        if is_first {
            let frames = FrameLoop::start(self.page.store.clone());
            self.running = Some((frames, keys::listen(self.page.clone())));
            let theme = Some(self.open.theme).filter(|theme| *theme != Theme::Auto);
            let theme = Change::Theme(theme.unwrap_or_else(Theme::remembered));
            context.link().send_message(theme);
            if self.open.is_opening {
                self.page.workbench.open("opening", "");
            } else {
                self.page.workbench.prefetch();
            }
        }
    }

    fn update(&mut self, _: &Context<Self>, change: Change) -> bool {
        let before = self.open;
        match change {
            Change::Dialog(dialog) => self.open.dialog = dialog,
            Change::Panel(panel) => self.open.panel = panel,
            Change::Theme(theme) => self.show_theme(theme),
            Change::TogglePresent if before.view == View::Full => self.open.view = View::Present,
            Change::TogglePresent | Change::EndPresent => {
                if before.view == View::Present {
                    self.open.view = View::Full;
                }
            }
            Change::Opened => self.open.is_opening = false,
            Change::WorkbenchMissing(is_missing) => self.open.lacks_workbench = is_missing,
            Change::NextTheme => {
                self.show_theme(before.theme.next());
                self.open.theme.remember();
            }
        }
        self.open != before
    }

    fn view(&self, _: &Context<Self>) -> Html {
        let Open {
            dialog,
            panel,
            theme,
            view,
            is_opening,
            lacks_workbench,
        } = self.open;
        let without = match (&self.without, view) {
            (Some(without), _) => without,
            (None, View::Full) => "",
            (None, View::Embed | View::Present) => " no-rail no-inspector no-dock",
        };
        let class = ["app", without].concat();
        html! {
            <ContextProvider<Page> context={self.page.clone()}>
                <div {class} data-panel={panel.name()} data-view={view_name(view)}
                    data-lacks-workbench={lacks_workbench.then_some("true")}>
                    { TopBar { theme }.show() }
                    { self.corner() }
                    { tabs(panel, &self.page) }
                    { Rail.show() }
                    <main class="main">
                        { Stages.show() }
                        { Scrubber.show() }
                        { Focused::Dock.show() }
                    </main>
                    { Focused::Inspector.show() }
                </div>
                if is_opening { <p class="awaiting" role="status">{ text!("opening") }</p> }
                if lacks_workbench { { missing(&self.page) } }
                {
                    match dialog {
                        None => html! {},
                        Some(Dialog::CreateQueue) => CreateQueueForm.show_as("create-queue"),
                        Some(Dialog::Send(to)) => SendForm { to }.show_as("send"),
                        Some(Dialog::AddActor(kind)) => AddActorForm { kind }.show_as("add-actor"),
                        Some(Dialog::Compare) => CompareForm.show_as("compare"),
                    }
                }
            </ContextProvider<Page>>
        }
    }
}

impl App {
    /// What leads to all of the page, where there is less.
    fn corner(&self) -> Html {
        let shell = self.page.shell.clone();
        match self.open.view {
            View::Full => html! {},
            View::Embed => html! {
                <nav class="corner" aria-label={text!("app-name")}>
                    <a class="button" href={self.in_full.clone()} target="_blank" rel="noopener">
                        { text!("in-full") }
                    </a>
                </nav>
            },
            View::Present => html! {
                <nav class="corner" aria-label={text!("app-name")}>
                    <button class="button" onclick={move |_: MouseEvent| shell.toggle_present()}>
                        { text!("end-present") }
                    </button>
                </nav>
            },
        }
    }

    fn show_theme(&mut self, theme: Theme) {
        theme.show();
        self.open.theme = theme;
    }
}

fn view_name(view: View) -> Option<&'static str> {
    match view {
        View::Full => None,
        View::Embed => Some("embed"),
        View::Present => Some("present"),
    }
}

/// The query and the fragment of the page's address.
fn address() -> Option<(String, String)> {
    // Rendered natively, in a test, the page has none.
    if !cfg!(target_arch = "wasm32") {
        return None;
    }
    let location = web_sys::window()?.location();
    Some((location.search().ok()?, location.hash().ok()?))
}

/// What is wanted could not be loaded; it can be tried again.
fn missing(page: &Page) -> Html {
    let (again, renounce) = (page.workbench.clone(), page.workbench.clone());
    html! {
        <div class="workbench-missing" role="alert">
            <p class="notice">
                <span>{ text!("workbench-missing") }</span>
                <button class="button" onclick={move |_: MouseEvent| again.load()}>
                    { text!("try-again") }
                </button>
                <button class="button icon-only" aria-label={text!("dismiss")}
                    onclick={move |_: MouseEvent| renounce.renounce()}>
                    { Icon::Close.show() }
                </button>
            </p>
        </div>
    }
}

/// On narrow screens: which of the panels is in front.
fn tabs(current: Panel, page: &Page) -> Html {
    html! {
        <nav class="tabs" aria-label={text!("panels")}>
            { for Panel::ALL.into_iter().map(|panel| {
                let shell = page.shell.clone();
                let onclick = Callback::from(move |_: MouseEvent| shell.show(panel));
                let label = match panel {
                    Panel::Stage => text!("stage"),
                    Panel::Inspector => text!("inspector"),
                    Panel::Dock => text!("timeline"),
                    Panel::Scenarios => text!("scenarios"),
                };
                let current = (panel == current).then_some("true");
                html! { <button key={panel.name()} aria-current={current} {onclick}>{ label }</button> }
            }) }
        </nav>
    }
}
