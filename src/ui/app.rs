//! The page as a whole: what stands where, and what lives as long as the page.

use yew::prelude::*;

use super::dock::Dock;
use super::forms::{CreateQueueForm, RecordingForm, SendForm};
use super::frame::FrameLoop;
use super::help::Help;
use super::inspector::Inspector;
use super::keys;
use super::notice::NoticeBar;
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
    let store = (*use_memo((), |()| Store::new(Session::new()))).clone();
    let dialog = use_state_eq(|| None::<Dialog>);
    let panel = use_state_eq(|| Panel::Stage);
    let theme = use_state_eq(Theme::default);
    let shell = (*use_memo((), |()| Shell::new(dialog.setter(), panel.setter()))).clone();

    use_effect_with(store.clone(), |store| {
        let frames = FrameLoop::start(store.clone());
        move || drop(frames)
    });
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
    use_effect_with(
        (store.clone(), shell.clone(), ontheme.clone()),
        |(store, shell, ontheme)| {
            let keys = keys::listen(store.clone(), shell.clone(), ontheme.clone());
            move || drop(keys)
        },
    );

    html! {
        <ContextProvider<Store> context={store}>
            <ContextProvider<Shell> context={shell}>
                <div class="app" data-panel={panel.name()}>
                    <TopBar theme={*theme} {ontheme} />
                    <Tabs panel={*panel} />
                    <Rail />
                    <main class="main">
                        <section class="stage" aria-label={text("stage")}>
                            <Stage />
                            <NoticeBar />
                        </section>
                        <Scrubber />
                        <Dock />
                    </main>
                    <Inspector />
                </div>
                {
                    match *dialog {
                        None => html! {},
                        Some(Dialog::CreateQueue) => html! { <CreateQueueForm /> },
                        Some(Dialog::Send(to)) => html! { <SendForm {to} /> },
                        Some(Dialog::Recording) => html! { <RecordingForm /> },
                        Some(Dialog::Help) => html! { <Help /> },
                    }
                }
            </ContextProvider<Shell>>
        </ContextProvider<Store>>
    }
}

#[derive(PartialEq, Properties)]
struct TabsProps {
    panel: Panel,
}

/// On narrow screens: which of the panels is in front.
#[component]
fn Tabs(props: &TabsProps) -> Html {
    let shell = super::shell::use_shell();
    html! {
        <nav class="tabs" aria-label={text("panels")}>
            { for Panel::ALL.into_iter().map(|panel| {
                let shell = shell.clone();
                let onclick = Callback::from(move |_: MouseEvent| shell.show(panel));
                let label = match panel {
                    Panel::Stage => text("stage"),
                    Panel::Inspector => text("inspector"),
                    Panel::Dock => text("timeline"),
                    Panel::Scenarios => text("scenarios"),
                };
                let current = (panel == props.panel).then_some("true");
                html! { <button key={panel.name()} aria-current={current} {onclick}>{ label }</button> }
            }) }
        </nav>
    }
}
