//! The page as a whole: what stands where, and what lives as long as the page.

use yew::prelude::*;

use super::dock::CallLog;
use super::forms::{CreateQueueForm, RecordingForm, SendForm};
use super::frame::FrameLoop;
use super::help::Help;
use super::inspector::Inspector;
use super::keys;
use super::notice::NoticeBar;
use super::page::Page;
use super::part::Part;
use super::rail::Rail;
use super::scrubber::Scrubber;
use super::session::Session;
use super::shell::{Dialog, Panel, Shell};
use super::stage::Stage;
use super::store::Store;
use super::text::text;
use super::theme::Theme;
use super::top_bar::TopBar;

/// The page.
#[component]
pub fn App() -> Html {
    let dialog = use_state_eq(|| None::<Dialog>);
    let panel = use_state_eq(|| Panel::Stage);
    let theme = use_state_eq(Theme::default);
    let page = use_memo((), |()| {
        let shell = Shell::new(dialog.setter(), panel.setter());
        Page::new(Store::new(Session::new()), shell)
    });
    let page = (*page).clone();

    use_effect_with((), {
        let theme = theme.setter();
        move |()| theme.set(Theme::remembered())
    });
    let ontheme = use_callback(theme.clone(), |(), theme| {
        let next = theme.next();
        next.remember();
        theme.set(next);
    });
    use_effect_with(*theme, |theme| theme.show());
    use_effect_with(page.clone(), |page| {
        let frames = FrameLoop::start(page.store.clone());
        move || drop(frames)
    });
    use_effect_with((page.clone(), ontheme.clone()), |(page, ontheme)| {
        let keys = keys::listen(page.clone(), ontheme.clone());
        move || drop(keys)
    });

    let tabs = tabs(*panel, &page);
    html! {
        <ContextProvider<Page> context={page}>
            <div class="app" data-panel={panel.name()}>
                { TopBar { theme: *theme, ontheme }.show() }
                { tabs }
                { Rail.show() }
                <main class="main">
                    <section class="stage" aria-label={text("stage")}>
                        { Stage.show() }
                        { NoticeBar.show() }
                    </section>
                    { Scrubber.show() }
                    { CallLog.show() }
                </main>
                { Inspector.show() }
            </div>
            {
                match *dialog {
                    None => html! {},
                    Some(Dialog::CreateQueue) => CreateQueueForm.show_as("create-queue"),
                    Some(Dialog::Send(to)) => SendForm { to }.show_as("send"),
                    Some(Dialog::Recording) => RecordingForm.show_as("recording"),
                    Some(Dialog::Help) => Help.show_as("help"),
                }
            }
        </ContextProvider<Page>>
    }
}

/// On narrow screens: which of the panels is in front.
fn tabs(current: Panel, page: &Page) -> Html {
    html! {
        <nav class="tabs" aria-label={text("panels")}>
            { for Panel::ALL.into_iter().map(|panel| {
                let shell = page.shell.clone();
                let onclick = Callback::from(move |_: MouseEvent| shell.show(panel));
                let label = match panel {
                    Panel::Stage => text("stage"),
                    Panel::Inspector => text("inspector"),
                    Panel::Calls => text("calls"),
                    Panel::Scenarios => text("scenarios"),
                };
                let current = (panel == current).then_some("true");
                html! { <button key={panel.name()} aria-current={current} {onclick}>{ label }</button> }
            }) }
        </nav>
    }
}
