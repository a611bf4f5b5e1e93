//! The page as a whole: what stands where, and what lives as long as the page.

use yew::prelude::*;

use super::comparison::{Focused, Stages};
use super::forms::{AddActorForm, CompareForm, CreateQueueForm, JumpForm, RecordingForm, SendForm};
use super::frame::FrameLoop;
use super::help::Help;
use super::keys::{self, Keys};
use super::page::Page;
use super::part::Part;
use super::rail::Rail;
use super::scrubber::Scrubber;
use super::session::Session;
use super::shell::{Change, Dialog, Panel, Shell};
use super::store::Store;
use super::text::text;
use super::theme::Theme;
use super::top_bar::TopBar;
use super::widgets::Icon;

/// The page.
pub struct App {
    page: Page,
    open: Open,
    /// What goes on until the page ends.
    running: Option<(FrameLoop, Option<Keys>)>,
}

/// What is open.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Open {
    dialog: Option<Dialog>,
    panel: Panel,
    theme: Theme,
    /// Something of the workbench is wanted, and it could not be loaded.
    lacks_workbench: bool,
}

impl Component for App {
    type Message = Change;
    type Properties = ();

    fn create(context: &Context<Self>) -> Self {
        let shell = Shell::new(context.link().callback(|change| change));
        Self {
            page: Page::new(Store::new(Session::new()), shell),
            open: Open {
                dialog: None,
                panel: Panel::Stage,
                theme: Theme::default(),
                lacks_workbench: false,
            },
            running: None,
        }
    }

    fn rendered(&mut self, context: &Context<Self>, is_first: bool) {
        if is_first {
            let frames = FrameLoop::start(self.page.store.clone());
            self.running = Some((frames, keys::listen(self.page.clone())));
            let theme = Change::Theme(Theme::remembered());
            context.link().send_message(theme);
            self.page.workbench.prefetch();
        }
    }

    fn update(&mut self, _: &Context<Self>, change: Change) -> bool {
        let before = self.open;
        match change {
            Change::Dialog(dialog) => self.open.dialog = dialog,
            Change::Panel(panel) => self.open.panel = panel,
            Change::Theme(theme) => self.show_theme(theme),
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
            lacks_workbench,
        } = self.open;
        html! {
            <ContextProvider<Page> context={self.page.clone()}>
                <div class="app" data-panel={panel.name()}
                    data-lacks-workbench={lacks_workbench.then_some("true")}>
                    { TopBar { theme }.show() }
                    { tabs(panel, &self.page) }
                    { Rail.show() }
                    <main class="main">
                        { Stages.show() }
                        { Scrubber.show() }
                        { Focused::Dock.show() }
                    </main>
                    { Focused::Inspector.show() }
                </div>
                if lacks_workbench { { missing(&self.page) } }
                {
                    match dialog {
                        None => html! {},
                        Some(Dialog::CreateQueue) => CreateQueueForm.show_as("create-queue"),
                        Some(Dialog::Send(to)) => SendForm { to }.show_as("send"),
                        Some(Dialog::AddActor(kind)) => AddActorForm { kind }.show_as("add-actor"),
                        Some(Dialog::Recording) => RecordingForm.show_as("recording"),
                        Some(Dialog::Compare) => CompareForm.show_as("compare"),
                        Some(Dialog::Jump) => JumpForm.show_as("jump"),
                        Some(Dialog::Help) => Help.show_as("help"),
                    }
                }
            </ContextProvider<Page>>
        }
    }
}

impl App {
    fn show_theme(&mut self, theme: Theme) {
        theme.show();
        self.open.theme = theme;
    }
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
