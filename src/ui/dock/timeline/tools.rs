//! What is above the rows: the filters, and what part of the run is shown.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::super::choice::choice;
use super::{Filter, Shown, Window, length};
use crate::sqs::QueueId;
use crate::sqs::api::Caller;
use crate::ui::describe;
use crate::ui::store::Store;
use crate::ui::text::text;
use crate::world::Program;

/// The choices of what is shown.
pub(super) fn filters(
    store: &Store,
    (filter, onfilter): (&Filter, &Callback<Filter>),
    groups: &[String],
) -> Html {
    let set = |change: fn(&mut Filter, String)| {
        let (filter, onfilter) = (filter.clone(), onfilter.clone());
        Callback::from(move |value: String| {
            let mut next = filter.clone();
            change(&mut next, value);
            onfilter.emit(next);
        })
    };
    let (queues, consumers) = store.read(|session| {
        let world = session.world();
        let queues = world.queues();
        let queues: Vec<_> = queues
            .map(|queue| (queue.id().0.to_string(), queue.name().to_string()))
            .collect();
        let receives = |program: &Program| {
            matches!(
                program,
                Program::Consumer(_) | Program::Script(_) | Program::Outside(_)
            )
        };
        let mut consumers = vec![Caller::PERSON];
        let actors = world.actors().filter(|actor| receives(actor.program()));
        consumers.extend(actors.map(|actor| actor.caller()));
        let named = |caller: &Caller| (caller.0.to_string(), describe::caller(world, *caller));
        (queues, consumers.iter().map(named).collect())
    });
    let groups: Vec<_> = groups
        .iter()
        .map(|group| (group.clone(), group.clone()))
        .collect();
    let oninput = set(|filter, words| filter.words = words);
    let oninput = Callback::from(move |event: InputEvent| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            oninput.emit(input.value());
        }
    });
    let number = |chosen: Option<u32>| chosen.map(|number| number.to_string()).unwrap_or_default();
    html! {
        <>
            <input type="search" class="search" value={filter.words.clone()} {oninput}
                placeholder={text!("timeline-search")} aria-label={text!("timeline-search")} />
            { choice(text!("call-queue"), Some(text!("all-queues")), queues,
                &number(filter.queue.map(|queue| queue.0)),
                set(|filter, value| filter.queue = value.parse().ok().map(QueueId))) }
            { choice(text!("role-consumer"), Some(text!("all-consumers")), consumers,
                &number(filter.consumer.map(|consumer| consumer.0)),
                set(|filter, value| filter.consumer = value.parse().ok().map(Caller))) }
            if !groups.is_empty() || !filter.group.is_empty() {
                { choice(text!("message-group"), Some(text!("all-groups")), groups, &filter.group,
                    set(|filter, value| filter.group = value)) }
            }
        </>
    }
}

/// The buttons for what part of the run is shown.
pub(super) fn zooms(store: &Store, current: Shown, window: Window, set: &Callback<Shown>) -> Html {
    let button = |label: String, sign: &'static str, onclick, disabled: bool| {
        html! {
            <button class="button small icon-only" aria-label={label.clone()} title={label} {onclick} {disabled}>
                { sign }
            </button>
        }
    };
    let run = store.read(length);
    let around = store.read(|session| {
        let now = session.now().since(session.start()).as_ms();
        window.bounded_share(now)
    });
    let set = |next: Shown| set.reform(move |_: MouseEvent| next);
    let zoomed = |closer: bool| {
        let zoomed = window.zoomed(closer, around, run);
        let part = (zoomed != Window::whole(run)).then_some(zoomed);
        set(Shown { part, ..current })
    };
    let moved = |by: f64| {
        let part = current.part.map(|window| window.moved(by, run));
        set(Shown { part, ..current })
    };
    let is_whole = current.part.is_none();
    let follows = Shown {
        follows: !current.follows,
        ..current
    };
    html! {
        <span class="tl-zooms" role="group" aria-label={text!("zoom")}>
            { button(text!("zoom-earlier"), "‹", moved(-0.5), is_whole) }
            { button(text!("zoom-later"), "›", moved(0.5), is_whole) }
            { button(text!("zoom-out"), "−", zoomed(false), is_whole) }
            { button(text!("zoom-in"), "+", zoomed(true), false) }
            { button(text!("zoom-whole"), "↔", set(Shown { part: None, ..current }), is_whole) }
            <button class="button small" aria-pressed={current.follows.to_string()}
                title={text!("zoom-follow-hint")} onclick={set(follows)}>
                { text!("zoom-follow") }
            </button>
        </span>
    }
}
