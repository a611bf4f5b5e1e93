//! What each sign on the stage means, in words.

use yew::prelude::*;

use super::geometry::{Point, Size};
use super::hit::Target;
use super::scene;
use super::view::{Doing, Ring, Zone};
use crate::sqs::api::{CallId, Caller};
use crate::sqs::{MessageKey, Queue, QueueId};
use crate::ui::bounds::bounded;
use crate::ui::describe;
use crate::ui::format;
use crate::ui::format::decimal;
use crate::ui::session::Session;
use crate::ui::text::text;
use crate::world::{Activity, Actor, CallPhase, World};

/// What is to be said about a thing on the stage; nothing about what speaks for itself.
pub(super) fn explain(session: &Session, target: Target) -> Option<String> {
    let world = session.world();
    match target {
        Target::Message(queue, key) => explain_message(session, queue, key),
        Target::Crowd(id, zone) => {
            let counts = world.queue(id)?.counts();
            let count = match zone {
                Zone::Delayed => counts.delayed,
                Zone::Visible => counts.visible,
                Zone::InFlight => counts.in_flight,
            };
            let count = format::grouped(count as u64).into();
            Some(text!("explain-crowd", [("count", count)]))
        }
        Target::Zone(_, zone) => Some(zone_in_words(zone)),
        Target::Lock(id, lane) => explain_lock(world.queue(id)?, lane),
        Target::Call(id) => explain_call(world, id),
        Target::Redrive(source) => {
            let source = world.queue(source)?;
            let target = describe::queue(world, source.dead_letter_queue()?);
            let count = source.max_receive_count()?;
            Some(text!(
                "explain-redrive",
                [("queue", target.into()), ("count", count.into())],
            ))
        }
        Target::Wire(caller, queue) => Some(explain_wire(world, caller, queue)),
        Target::Queue(_) | Target::Actor(_) => None,
    }
}

/// What a zone is.
pub(super) fn zone_in_words(zone: Zone) -> String {
    match zone {
        Zone::Delayed => text!("legend-delayed"),
        Zone::Visible => text!("legend-visible"),
        Zone::InFlight => text!("legend-in-flight"),
    }
}

fn explain_message(session: &Session, queue: QueueId, key: MessageKey) -> Option<String> {
    let world = session.world();
    let queue = world.queue(queue)?;
    let state = describe::state(world, queue, queue.message(key)?, session.now());
    let title = text!("message-title", [("message", key.0.into())]);
    let first = format!("{title}. {}", state.why);
    let receives = state.receives.into_iter().take(1);
    Some(receives.fold(first, |text, line| format!("{text} {line}")))
}

fn explain_lock(queue: &Queue, lane: usize) -> Option<String> {
    let (name, group) = queue.groups().nth(lane)?;
    Some(text!(
        "explain-lock",
        [
            ("group", name.to_string().into()),
            ("message", group.locked_by()?.0.into()),
        ],
    ))
}

fn explain_wire(world: &World, caller: Caller, queue: QueueId) -> String {
    text!(
        "explain-wire",
        [
            ("actor", describe::caller(world, caller).into()),
            ("queue", describe::queue(world, queue).into()),
        ],
    )
}

/// A call under way.
pub(super) fn explain_call(world: &World, id: CallId) -> Option<String> {
    let call = world.call(id)?;
    let queue = call.queue.map(|queue| describe::queue(world, queue));
    let gaps = [
        ("actor", describe::caller(world, call.caller).into()),
        ("action", call.request.action().into()),
        ("queue", queue.unwrap_or_default().into()),
    ];
    Some(match &call.phase {
        CallPhase::Requesting { .. } => text!("explain-request", gaps),
        CallPhase::AtService { .. } => text!("explain-poll", gaps),
        CallPhase::Replying { .. } => text!("explain-reply", gaps),
    })
}

/// With more actors than this, what they do is told in whole seconds.
const TENTHS_MAX: usize = 12;

/// What an actor does, as a class of the style sheet and in words.
pub(super) fn status(session: &Session, actor: &Actor) -> (&'static str, String) {
    let world = session.world();
    let now_ms = super::now_ms(session);
    let in_tenths = world.actors().count() <= TENTHS_MAX;
    let left = |ring: Ring| {
        let left_ms = ring.left_ms(now_ms);
        let time = if in_tenths {
            format::running(left_ms)
        } else {
            format::whole(left_ms)
        };
        ("time", time.into())
    };
    let (class, words) = match scene::doing_of(world, actor) {
        Doing::Sleeping(ring) => ("idle", text!("actor-sleeping", [left(ring)])),
        Doing::Calling => ("calling", describe::calling(world, actor)),
        Doing::LongPolling(ring) => ("polling", text!("actor-polling", [left(ring)])),
        Doing::Working(message, ring) => (
            "working",
            text!("actor-working", [("message", message.0.into()), left(ring)],),
        ),
        Doing::Throttled(ring) => ("throttled", text!("actor-throttled", [left(ring)])),
        Doing::Crashed(ring) => ("failed", text!("actor-crashed", [left(ring)])),
        Doing::Paused => ("idle", text!("actor-paused")),
        Doing::Idle => ("idle", text!("actor-idle")),
        Doing::Finished => ("idle", text!("actor-finished")),
        Doing::Stopped => ("idle", text!("actor-stopped")),
        Doing::Failed => ("failed", text!("actor-failed")),
    };
    let strands = actor.strands().len();
    let is_working = |activity: &Activity| matches!(activity, Activity::Working { .. });
    let working = actor
        .strands()
        .filter(|strand| is_working(strand.activity()))
        .count();
    if strands > 1 && working > 1 {
        let gaps = [("count", working.into()), ("all", strands.into())];
        return (class, text!("actor-strands", gaps));
    }
    (class, words)
}

/// An explanation, and where it is shown in the view.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tip {
    pub(super) words: String,
    pub(super) at: Point,
}

/// A tip takes at most so much.
const TIP: Size = Size {
    width: 288.0,
    height: 120.0,
};

/// Where a tip about this point stands, so that it is inside the view and not under the pointer.
fn corner(at: Point, view: Size) -> Point {
    let x = bounded(at.x + 14.0, 8.0, (view.width - TIP.width - 8.0).max(8.0));
    let y = if at.y + 20.0 + TIP.height > view.height {
        (at.y - TIP.height - 14.0).max(8.0)
    } else {
        at.y + 20.0
    };
    Point::new(x, y)
}

/// The tip as an element; what is above its point is pushed down to it.
pub(super) fn tip_view(tip: &Tip, view: Size) -> Html {
    let at = corner(tip.at, view);
    let is_above = at.y < tip.at.y;
    let style = if is_above {
        format!(
            "left:{}px;bottom:{}px",
            decimal(at.x, 1),
            decimal(view.height - tip.at.y + 14.0, 1)
        )
    } else {
        format!("left:{}px;top:{}px", decimal(at.x, 1), decimal(at.y, 1))
    };
    html! { <p class="stage-tip" role="tooltip" {style}>{ &tip.words }</p> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::session::Action;

    #[test]
    fn every_sign_of_a_running_world_is_explained() {
        let mut session = Session::of("fifo");
        session.apply(Action::Seek(
            session.start() + crate::sim::Span::from_secs(12),
        ));
        let world = session.world();
        let source = world
            .queues()
            .find(|queue| queue.dead_letter_queue().is_some());
        let source = source.expect("one");
        let message = source.messages().next().expect("one").key();
        let actor = world.actors().next().expect("one").caller();
        for (target, words) in [
            (Target::Message(source.id(), message), "Message"),
            (Target::Crowd(source.id(), Zone::Visible), "messages"),
            (Target::Zone(source.id(), Zone::Delayed), "Delayed"),
            (Target::Lock(source.id(), 0), "locked"),
            (Target::Redrive(source.id()), "mynewq-dlq.fifo"),
            (Target::Wire(actor, source.id()), "mynewq.fifo"),
        ] {
            let said = explain(&session, target).unwrap_or_default();
            assert!(said.contains(words), "{target:?}: {said}");
        }
        assert_eq!(explain(&session, Target::Queue(source.id())), None);
    }

    #[test]
    fn a_tip_stays_in_the_view() {
        let view = Size {
            width: 360.0,
            height: 500.0,
        };
        for at in [
            Point::new(0.0, 0.0),
            Point::new(355.0, 10.0),
            Point::new(100.0, 495.0),
        ] {
            let corner = corner(at, view);
            assert!(corner.x >= 8.0 && corner.x + TIP.width <= view.width);
            assert!(corner.y >= 8.0 && corner.y + TIP.height <= view.height);
        }
    }
}
