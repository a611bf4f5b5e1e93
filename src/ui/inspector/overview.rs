//! Nothing is selected: what this world is about, and its switches.

use web_sys::{Event, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::link;
use crate::sqs::api::Caller;
use crate::sqs::{Mode, QueueId};
use crate::ui::describe;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Action, Selection, Session};
use crate::ui::stage::scene;
use crate::ui::text::text;
use crate::world::Actor;

/// The modes of standard queues, by the names that recordings give them.
const MODES: [(&str, Mode); 3] = [
    ("strict", Mode::Strict),
    ("aws-like", Mode::AwsLike),
    ("chaos", Mode::Chaos),
];

#[derive(PartialEq)]
pub(super) struct Overview;

/// What there is in this world.
#[derive(PartialEq)]
pub(super) struct Inventory {
    title: String,
    point: String,
    text: String,
    queues: Vec<(QueueId, String)>,
    actors: Vec<(Caller, String, String)>,
}

impl Part for Overview {
    type Facts = Inventory;

    fn facts(&self, session: &Session) -> Inventory {
        let (title, point, text) = session.scenario().map_or_else(
            || (text!("own-world"), String::new(), text!("own-world-text")),
            |(_, open)| (open.title.clone(), open.point.clone(), open.text.clone()),
        );
        let (queues, actors) = (session.world().queues(), session.world().actors());
        Inventory {
            title,
            point,
            text,
            queues: queues
                .map(|queue| (queue.id(), queue.name().to_string()))
                .collect(),
            actors: actors
                .map(|actor| {
                    let role = describe::role(scene::role_of(actor.program()));
                    (actor.caller(), actor.name().to_owned(), role)
                })
                .collect(),
        }
    }

    fn view(&self, there: &Inventory, page: &Page) -> Html {
        html! {
            <>
                <header class="inspector-head">
                    <div>
                        <p class="kind">{ text!("scenario") }</p>
                        <h2>{ &there.title }</h2>
                    </div>
                </header>
                if !there.point.is_empty() {
                    <p class="point">{ &there.point }</p>
                }
                <p class="summary">{ &there.text }</p>
                { Switches { of: None }.show() }
                { Rules.show() }
                <h3>{ text!("queues") }</h3>
                if there.queues.is_empty() {
                    <p class="empty-note">{ text!("queues-none") }</p>
                }
                <ul class="links">
                    { for there.queues.iter().map(|(id, name)| html! {
                        <li key={id.0}>{ link(Selection::Queue(*id), name.clone(), page) }</li>
                    }) }
                </ul>
                if !there.actors.is_empty() {
                    <h3>{ text!("actors") }</h3>
                    <ul class="links">
                        { for there.actors.iter().map(|(caller, name, role)| html! {
                            <li key={caller.0}>
                                { link(Selection::Actor(*caller), name.clone(), page) }
                                <span class="note">{ role }</span>
                            </li>
                        }) }
                    </ul>
                }
            </>
        }
    }
}

/// The switches of the scenario.
#[derive(PartialEq)]
pub(super) struct Switches {
    /// Only those of this actor.
    pub(super) of: Option<Caller>,
}

#[derive(PartialEq)]
pub(super) struct Shown {
    index: usize,
    label: String,
    actor: String,
    is_there: bool,
    is_on: bool,
}

impl Part for Switches {
    type Facts = Vec<Shown>;

    fn facts(&self, session: &Session) -> Self::Facts {
        session
            .switches()
            .enumerate()
            .filter(|(_, (_, actor))| self.of.is_none() || actor.map(Actor::caller) == self.of)
            .map(|(index, (switch, actor))| Shown {
                index,
                label: switch.label.clone(),
                actor: actor.map_or(&*switch.actor, Actor::name).to_owned(),
                is_there: actor.is_some(),
                is_on: actor.is_some_and(|actor| *actor.program() == switch.program),
            })
            .collect()
    }

    fn view(&self, switches: &Self::Facts, page: &Page) -> Html {
        if switches.is_empty() {
            return html! {};
        }
        html! {
            <>
                <h3>{ text!("switches") }</h3>
                { for switches.iter().map(|switch| {
                    let (store, index) = (page.store.clone(), switch.index);
                    let onchange = Callback::from(move |event: Event| {
                        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                            store.dispatch(Action::SetSwitch { index, on: input.checked() });
                        }
                    });
                    html! {
                        <label class="switch" key={index}>
                            <input type="checkbox" role="switch" checked={switch.is_on} disabled={!switch.is_there} {onchange} />
                            <span>{ &switch.label }<span class="note">{ &switch.actor }</span></span>
                        </label>
                    }
                }) }
            </>
        }
    }
}

/// What the world's luck is made of: its seed, and how standard queues are.
#[derive(PartialEq)]
struct Rules;

impl Part for Rules {
    type Facts = (u64, Mode);

    fn facts(&self, session: &Session) -> Self::Facts {
        let config = session.world().config();
        (config.seed, config.mode)
    }

    fn view(&self, &(seed, mode): &Self::Facts, page: &Page) -> Html {
        let store = page.store.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            // Without a source of randomness the button takes the next seed.
            let seed = getrandom::u32().map_or(seed + 1, u64::from);
            store.dispatch(Action::Reseed { seed });
        });
        let store = page.store.clone();
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
                <h3>{ text!("rules") }</h3>
                <div class="rules">
                    <label for="mode">{ text!("rules-mode") }</label>
                    <select id="mode" {onchange}>
                        { for MODES.into_iter().map(|(name, offered)| html! {
                            <option value={name} selected={offered == mode}>{ name }</option>
                        }) }
                    </select>
                    <span>{ text!("rules-seed", [("seed", seed.into())]) }</span>
                    <button class="button small" {onclick}>{ text!("rules-reseed") }</button>
                </div>
                <p class="note">
                    {
                        match mode {
                            Mode::Strict => text!("mode-strict"),
                            Mode::AwsLike => text!("mode-aws-like"),
                            Mode::Chaos => text!("mode-chaos"),
                        }
                    }
                </p>
            </>
        }
    }
}
