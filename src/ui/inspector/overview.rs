//! Nothing is selected: what this world is about, and its switches.

use web_sys::{Event, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::SelectLink;
use crate::sqs::Mode;
use crate::sqs::api::Caller;
use crate::ui::describe;
use crate::ui::session::{Action, Selection};
use crate::ui::stage::scene;
use crate::ui::store::{use_selector, use_store};
use crate::ui::text::{text, text_with};

/// The modes of standard queues, by the names that recordings give them.
const MODES: [(&str, Mode); 3] = [
    ("strict", Mode::Strict),
    ("aws-like", Mode::AwsLike),
    ("chaos", Mode::Chaos),
];

#[component]
pub(super) fn Overview() -> Html {
    let open = use_selector(|session| {
        session
            .scenario()
            .map(|(_, open)| (open.title.clone(), open.summary.clone()))
    });
    let queues = use_selector(|session| {
        let queues = session.world().queues();
        queues
            .map(|queue| (queue.id(), queue.name().to_string()))
            .collect::<Vec<_>>()
    });
    let actors = use_selector(|session| {
        let actors = session.world().actors();
        actors
            .map(|actor| {
                let role = describe::role(scene::role_of(actor.program()));
                (actor.caller(), actor.name().to_owned(), role)
            })
            .collect::<Vec<_>>()
    });
    let (title, summary) = (*open)
        .clone()
        .unwrap_or_else(|| (text("own-world"), text("own-world-summary")));
    html! {
        <>
            <header class="inspector-head">
                <div>
                    <p class="kind">{ text("scenario") }</p>
                    <h2>{ title }</h2>
                </div>
            </header>
            <p class="summary">{ summary }</p>
            <Switches />
            <Rules />
            <h3>{ text("queues") }</h3>
            if queues.is_empty() {
                <p class="empty-note">{ text("queues-none") }</p>
            }
            <ul class="links">
                { for queues.iter().map(|(id, name)| html! {
                    <li key={id.0}>
                        <SelectLink selection={Selection::Queue(*id)}>{ name }</SelectLink>
                    </li>
                }) }
            </ul>
            if !actors.is_empty() {
                <h3>{ text("actors") }</h3>
                <ul class="links">
                    { for actors.iter().map(|(caller, name, role)| html! {
                        <li key={caller.0}>
                            <SelectLink selection={Selection::Actor(*caller)}>{ name }</SelectLink>
                            <span class="note">{ role }</span>
                        </li>
                    }) }
                </ul>
            }
            <h3>{ text("legend") }</h3>
            <ul class="legend">
                <li class="delayed">{ text("legend-delayed") }</li>
                <li class="visible">{ text("legend-visible") }</li>
                <li class="in-flight">{ text("legend-in-flight") }</li>
                <li class="dead">{ text("legend-dead") }</li>
            </ul>
        </>
    }
}

#[derive(PartialEq, Properties)]
pub(super) struct SwitchesProps {
    /// Only those of this actor.
    #[prop_or_default]
    pub of: Option<Caller>,
}

/// The switches of the scenario.
#[component]
pub(super) fn Switches(props: &SwitchesProps) -> Html {
    let of = props.of;
    let switches = use_selector(move |session| {
        let actor = of.and_then(|caller| session.world().actor(caller));
        session
            .switches()
            .enumerate()
            .filter(|(_, (switch, _))| {
                of.is_none() || actor.is_some_and(|actor| actor.name() == switch.actor)
            })
            .map(|(index, (switch, on))| (index, switch.label.clone(), switch.actor.clone(), on))
            .collect::<Vec<_>>()
    });
    let store = use_store();
    if switches.is_empty() {
        return html! {};
    }
    html! {
        <>
            <h3>{ text("switches") }</h3>
            { for switches.iter().map(|(index, label, actor, on)| {
                let (store, index) = (store.clone(), *index);
                let onchange = Callback::from(move |event: Event| {
                    if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                        store.dispatch(Action::SetSwitch { index, on: input.checked() });
                    }
                });
                html! {
                    <label class="switch" key={index}>
                        <input type="checkbox" role="switch" checked={*on} {onchange} />
                        <span>{ label }<span class="note">{ actor }</span></span>
                    </label>
                }
            }) }
        </>
    }
}

/// What the world's luck is made of: its seed, and how standard queues are.
#[component]
fn Rules() -> Html {
    let rules = use_selector(|session| {
        let config = session.world().config();
        (config.seed, config.mode)
    });
    let (seed, mode) = *rules;
    let store = use_store();
    let onclick = {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| {
            // Without a source of randomness the button takes the next seed.
            let seed = getrandom::u32().map_or(seed + 1, u64::from);
            store.dispatch(Action::Reseed { seed });
        })
    };
    let onchange = Callback::from(move |event: Event| {
        let chosen = event
            .target_dyn_into::<HtmlSelectElement>()
            .map(|select| select.value());
        let mode = MODES
            .into_iter()
            .find(|(name, _)| Some(*name) == chosen.as_deref());
        if let Some((_, mode)) = mode {
            store.dispatch(Action::SetMode(mode));
        }
    });
    html! {
        <>
            <h3>{ text("rules") }</h3>
            <div class="rules">
                <label for="mode">{ text("rules-mode") }</label>
                <select id="mode" {onchange}>
                    { for MODES.into_iter().map(|(name, offered)| html! {
                        <option value={name} selected={offered == mode}>{ name }</option>
                    }) }
                </select>
                <span>{ text_with("rules-seed", [("seed", seed.into())]) }</span>
                <button class="button small" {onclick}>{ text("rules-reseed") }</button>
            </div>
            <p class="note">
                {
                    match mode {
                        Mode::Strict => text("mode-strict"),
                        Mode::AwsLike => text("mode-aws-like"),
                        Mode::Chaos => text("mode-chaos"),
                    }
                }
            </p>
        </>
    }
}
