//! What is at a point of the stage.

use crate::sqs::api::{CallId, Caller};
use crate::sqs::{MessageKey, QueueId};

use super::geometry::Point;
use super::layout::Layout;
use super::tokens::Tokens;
use super::view::{Leg, StageView};

/// Something that can be pointed at.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Target {
    Call(CallId),
    Message(QueueId, MessageKey),
    Queue(QueueId),
    Actor(Caller),
}

/// How far from a moving call a pointer may be.
const REACH: f64 = 14.0;

/// The uppermost thing at this point.
pub(crate) fn hit(view: &StageView, layout: &Layout, point: Point, now_ms: f64) -> Option<Target> {
    let call = view.calls.iter().rev().find(|call| {
        let way = call.queue.and_then(|queue| layout.way(call.caller, queue));
        way.is_some_and(|curve| {
            let at = match call.leg {
                Leg::There(ring) => curve.at(ring.gone(now_ms)),
                Leg::Back(ring) => curve.reversed().at(ring.gone(now_ms)),
                Leg::Waiting(_) => curve.end,
            };
            at.distance(point) <= REACH * layout.scale
        })
    });
    if let Some(call) = call {
        return Some(Target::Call(call.id));
    }
    if let Some(on) = layout
        .queues
        .iter()
        .find(|queue| queue.card.contains(point))
    {
        let queue = view.queues.iter().find(|queue| queue.id == on.id)?;
        let tokens = Tokens::place(queue, on, layout.scale);
        let message = tokens
            .at(point)
            .map(|token| Target::Message(on.id, token.key));
        return Some(message.unwrap_or(Target::Queue(on.id)));
    }
    let actor = layout
        .actors
        .iter()
        .find(|actor| actor.card.contains(point))?;
    Some(Target::Actor(actor.caller))
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn every_token_can_be_hit_where_it_is_painted() {
        let (mut view, layout) = fixture::scene();
        view.calls.clear();
        for queue in &view.queues {
            let tokens = Tokens::place(queue, layout.queue(queue.id).expect("placed"), 1.0);
            for token in &tokens.placed {
                let target = hit(&view, &layout, token.center, fixture::NOW_MS);
                assert_eq!(target, Some(Target::Message(queue.id, token.key)));
            }
        }
    }

    #[test]
    fn cards_and_calls_can_be_hit_and_the_floor_cannot() {
        let (view, layout) = fixture::scene();
        let at = |point| hit(&view, &layout, point, fixture::NOW_MS);
        let actor = &layout.actors[0];
        assert_eq!(at(actor.card.center()), Some(Target::Actor(actor.caller)));
        let queue = &layout.queues[0];
        let header = Point::new(queue.card.x + 4.0, queue.card.y + 4.0);
        assert_eq!(at(header), Some(Target::Queue(queue.id)));
        let waiting = view.calls.last().expect("a long poll");
        let way = layout.way(waiting.caller, queue.id).expect("a link");
        assert_eq!(at(way.end), Some(Target::Call(waiting.id)));
        assert_eq!(at(Point::new(1.0, 1.0)), None);
    }
}
