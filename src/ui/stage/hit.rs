//! What is at a point of the stage's world.

use crate::sqs::api::{CallId, Caller};
use crate::sqs::{MessageKey, QueueId};

use super::geometry::{Curve, Point};
use super::layout::Layout;
use super::tokens::Tokens;
use super::view::{Leg, StageView, Zone};

/// Something that can be pointed at.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Target {
    Call(CallId),
    Message(QueueId, MessageKey),
    /// Messages that are not shown one by one.
    Crowd(QueueId, Zone),
    /// The lock of a message group: the queue, and which of its lanes.
    Lock(QueueId, usize),
    Zone(QueueId, Zone),
    Queue(QueueId),
    Actor(Caller),
    /// The arrow to a dead-letter queue, from its source.
    Redrive(QueueId),
    /// The way between an actor and a queue.
    Wire(Caller, QueueId),
}

/// How far from a moving call a pointer may be.
const REACH: f64 = 14.0;
/// How far from a line.
const LINE_REACH: f64 = 6.0;

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
    if let Some(target) = on_queue(view, layout, point) {
        return Some(target);
    }
    let mut actors = layout.actors.iter();
    if let Some(actor) = actors.find(|actor| actor.card.contains(point)) {
        return Some(Target::Actor(actor.caller));
    }
    let near = |curve: Curve| curve.distance(point) <= LINE_REACH * layout.scale;
    let mut redrives = layout.redrives.iter();
    if let Some(redrive) = redrives.find(|redrive| near(redrive.curve)) {
        return Some(Target::Redrive(redrive.source));
    }
    let link = layout.links.iter().find(|link| near(link.curve))?;
    Some(Target::Wire(link.caller, link.queue))
}

fn on_queue(view: &StageView, layout: &Layout, point: Point) -> Option<Target> {
    let mut boxes = layout.queues.iter();
    let on = boxes.find(|queue| queue.card.contains(point))?;
    let queue = view.queues.iter().find(|queue| queue.id == on.id)?;
    let tokens = Tokens::place(queue, on, layout.scale);
    if let Some(token) = tokens.at(point) {
        return Some(Target::Message(on.id, token.key));
    }
    let mut crowds = tokens.crowds.iter();
    if let Some(gathered) = crowds.find(|gathered| gathered.crowd.bounds.contains(point)) {
        return Some(Target::Crowd(on.id, gathered.zone));
    }
    let mut locks = tokens.lanes.iter().filter(|lane| lane.locked);
    if let Some(lane) = locks.find(|lane| lane.lock.distance(point) <= REACH * layout.scale) {
        return Some(Target::Lock(on.id, lane.lane));
    }
    let zone = on.zones.iter().position(|zone| zone.contains(point));
    Some(zone.map_or(Target::Queue(on.id), |zone| {
        Target::Zone(on.id, Zone::ALL[zone])
    }))
}

#[cfg(test)]
mod tests {
    use super::super::camera::Camera;
    use super::super::fixture;
    use super::super::geometry::Size;
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
    fn through_any_camera_the_same_thing_is_hit() {
        let (mut view, layout) = fixture::scene();
        view.calls.clear();
        let stage = Size {
            width: 600.0,
            height: 400.0,
        };
        let token = Tokens::place(&view.queues[0], &layout.queues[0], 1.0).placed[0].clone();
        let start = Camera::at(1.0, layout.size, stage);
        let zoomed = start.zoomed(2.5, Point::new(200.0, 100.0), layout.size, stage);
        for camera in [
            start,
            zoomed,
            zoomed.panned(-90.0, -70.0, layout.size, stage),
        ] {
            let seen = camera.to_view(token.center);
            let target = hit(&view, &layout, camera.to_world(seen), fixture::NOW_MS);
            assert_eq!(target, Some(Target::Message(view.queues[0].id, token.key)));
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

    #[test]
    fn signs_between_the_tokens_can_be_hit() {
        let (mut view, layout) = fixture::scene();
        view.calls.clear();
        view.queues[0].zones[1].count = 5000;
        let tokens = Tokens::place(&view.queues[0], &layout.queues[0], 1.0);
        let at = |point| hit(&view, &layout, point, fixture::NOW_MS);
        let crowd = tokens.crowds[0].crowd;
        let id = view.queues[0].id;
        assert_eq!(
            at(crowd.area.center()),
            Some(Target::Crowd(id, Zone::Visible))
        );
        assert_eq!(at(crowd.label), Some(Target::Crowd(id, Zone::Visible)));
        let redrive = &layout.redrives[0];
        assert_eq!(
            at(redrive.curve.at(0.5)),
            Some(Target::Redrive(redrive.source))
        );
        let link = &layout.links[0];
        assert_eq!(
            at(link.curve.at(0.5)),
            Some(Target::Wire(link.caller, link.queue))
        );
        let fifo = &view.queues[2];
        let lanes = Tokens::place(fifo, layout.queue(fifo.id).expect("placed"), 1.0).lanes;
        assert_eq!(at(lanes[0].lock), Some(Target::Lock(fifo.id, 0)));
    }
}
