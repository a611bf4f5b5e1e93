//! The stage as text: what the canvas shows, for those who do not see it. Bounded, and not more than
//! twice a second.

use yew::prelude::*;

use super::explain;
use super::layout::Layout;
use super::scene;
use super::view::{QueueView, TokenView, Zone};
use crate::ui::describe;
use crate::ui::format;
use crate::ui::session::Session;
use crate::ui::text::text;

/// How often it may change, in milliseconds of wall time.
pub(super) const EVERY_MS: u32 = 500;
/// Messages of a zone that are told one by one.
const MESSAGES_MAX: usize = 5;
/// Calls that are told.
const CALLS_MAX: usize = 8;

/// The stage in words: each thing with what belongs to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Told {
    queues: Vec<(String, Vec<String>)>,
    actors: Vec<String>,
    calls: Vec<String>,
}

/// Tells what is on this layout.
pub(super) fn tell(session: &Session, layout: &Layout) -> Told {
    let world = session.world();
    let view = scene::view(world, layout);
    let calls = view.calls.iter().take(CALLS_MAX);
    Told {
        queues: view
            .queues
            .iter()
            .map(|queue| (describe::queue(world, queue.id), tell_queue(session, queue)))
            .collect(),
        actors: scene::actors(world)
            .map(|actor| {
                let (_, status) = explain::status(session, actor);
                let role = describe::role(scene::role_of(actor.program()));
                format!("{}, {role}: {status}", actor.name())
            })
            .collect(),
        calls: calls
            .filter_map(|call| explain::explain_call(world, call.id))
            .collect(),
    }
}

/// A line for each zone with its first messages, and what else is to be seen on the card.
fn tell_queue(session: &Session, queue: &QueueView) -> Vec<String> {
    let world = session.world();
    let now_ms = super::now_ms(session);
    let mut lines: Vec<String> = Zone::ALL
        .into_iter()
        .zip(&queue.zones)
        .map(|(zone, view)| {
            let name = match zone {
                Zone::Delayed => text!("delayed"),
                Zone::Visible => text!("visible"),
                Zone::InFlight => text!("in-flight"),
            };
            let count = format::grouped(view.count as u64);
            let tokens = view.tokens.iter().take(MESSAGES_MAX);
            let told: Vec<String> = tokens.map(|token| tell_token(token, now_ms)).collect();
            let mut line = format!("{name}: {count}");
            if !told.is_empty() {
                line = format!("{line}. {}", told.join("; "));
            }
            let more = view.count - told.len().min(view.count);
            if more > 0 && !told.is_empty() {
                let more = format::grouped(more as u64);
                line = format!(
                    "{line}; {}",
                    text!("messages-more", [("count", more.into())])
                );
            }
            line
        })
        .collect();
    let locked = queue.lanes.iter().filter(|lane| lane.locked);
    lines.extend(locked.map(|lane| text!("twin-locked", [("group", (*lane.name).into())])));
    if let Some(policy) = queue.dead_letters {
        let target = describe::queue(world, policy.target).into();
        let count = policy.after_receives.into();
        lines.push(text!(
            "explain-redrive",
            [("queue", target), ("count", count)],
        ));
    }
    if let Some(task) = queue.move_task {
        let (moved, all) = (format::grouped(task.moved), format::grouped(task.to_move));
        lines.push(text!(
            "redrive-progress",
            [("moved", moved.into()), ("all", all.into())],
        ));
    }
    lines
}

fn tell_token(token: &TokenView, now_ms: f64) -> String {
    let mut told = text!("twin-message", [("message", token.key.0.into())]);
    if token.receives > 0 {
        let receives = text!("twin-receives", [("count", token.receives.into())]);
        told = format!("{told}, {receives}");
    }
    if let Some(ring) = token.ring {
        let left = format::whole(ring.left_ms(now_ms));
        told = format!("{told}, {}", text!("twin-left", [("time", left.into())]));
    }
    told
}

/// Not to be seen, and no live region: it is read when one goes there.
pub(super) fn twin(told: &Told) -> Html {
    let list = |lines: &[String]| -> Html {
        lines
            .iter()
            .map(|line| html! { <li>{ line }</li> })
            .collect()
    };
    html! {
        <div role="group" class="unseen" aria-label={text!("twin")}>
            <ul>
                { for told.queues.iter().map(|(name, lines)| html! {
                    <li>{ name }<ul>{ list(lines) }</ul></li>
                }) }
            </ul>
            if !told.actors.is_empty() {
                <p>{ text!("actors") }</p>
                <ul>{ list(&told.actors) }</ul>
            }
            if !told.calls.is_empty() {
                <p>{ text!("twin-calls") }</p>
                <ul>{ list(&told.calls) }</ul>
            }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::super::geometry::Size;
    use super::*;
    use crate::sim::Span;
    use crate::ui::session::Action;

    fn told(id: &str, seconds: u64) -> Told {
        let mut session = Session::of(id);
        session.apply(Action::Seek(session.start() + Span::from_secs(seconds)));
        let size = Size {
            width: 1126.0,
            height: 560.0,
        };
        let layout = Layout::new(&scene::shape(session.world()), size, 1.0);
        tell(&session, &layout)
    }

    #[test]
    fn zones_locks_arrows_and_actors_are_told() {
        let told = told("fifo", 12);
        let all = told.queues.iter().flat_map(|(_, lines)| lines);
        let all = all
            .map(|line| line.replace('\u{a0}', " "))
            .collect::<Vec<_>>()
            .join("\n");
        for part in [
            "In flight: 1. message",
            "s left",
            "locked",
            "mynewq-dlq.fifo",
            "more",
        ] {
            assert!(all.contains(part), "no {part:?} in {all}");
        }
        assert!(
            told.actors
                .iter()
                .any(|actor| actor.contains("Consumer: working on"))
        );
    }

    #[test]
    fn it_stays_short_however_many_messages_there_are() {
        let told = told("first-messages", 9);
        let length: usize = told
            .queues
            .iter()
            .flat_map(|(_, lines)| lines)
            .map(String::len)
            .sum();
        assert!(length < 600, "{length}");
        assert!(told.queues[0].1[1].starts_with("Visible: "));
    }
}
