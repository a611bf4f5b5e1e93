//! The lines between the cards, and what has just passed on them.

use super::cargo::ink_of;
use super::{DisplayList, Ink, Mark, Moment, Motion, Pen, freshness, scaled};
use crate::sqs::MessageKey;
use crate::sqs::api::Caller;
use crate::ui::format;
use crate::ui::stage::geometry::{Curve, Point};
use crate::ui::stage::layout::Layout;
use crate::ui::stage::pointer::Connecting;
use crate::ui::stage::view::{Leg, MoveReason, MoveTaskView, StageView};
use crate::ui::text::text;

pub(super) fn paint_wires(view: &StageView, layout: &Layout, list: &mut DisplayList) {
    for link in &layout.links {
        let waits = view.calls.iter().any(|call| {
            call.caller == link.caller
                && call.queue == Some(link.queue)
                && matches!(call.leg, Leg::Waiting(_))
        });
        let pen = if waits {
            Pen::dashed(Ink::Visible, 1.6)
        } else {
            Pen::new(Ink::Wire, 1.6)
        };
        list.push(Mark::Curve {
            curve: link.curve,
            pen: scaled(pen, layout.scale),
        });
    }
}

pub(super) fn paint_traces(
    view: &StageView,
    layout: &Layout,
    moment: Moment,
    list: &mut DisplayList,
) {
    for trace in &view.traces {
        let Some(curve) = layout.way(trace.caller, trace.queue) else {
            continue;
        };
        let pen = Pen {
            strength: freshness(trace.at, moment),
            ..Pen::new(ink_of(&trace.cargo), 3.0)
        };
        if pen.strength > 0.0 {
            let pen = scaled(pen, layout.scale);
            list.push(Mark::Curve { curve, pen });
            if trace.caller == Caller::PERSON {
                paint_you(curve.start, layout.scale, list);
            }
        }
    }
}

pub(super) fn paint_redrives(view: &StageView, layout: &Layout, list: &mut DisplayList) {
    let scale = layout.scale;
    for redrive in &layout.redrives {
        let curve = redrive.curve;
        list.push(Mark::Curve {
            curve,
            pen: scaled(Pen::new(Ink::Dead, 1.8), scale),
        });
        list.push(arrow_head(curve, 7.0 * scale, Ink::Dead));
        let policy = view
            .queues
            .iter()
            .find(|queue| queue.id == redrive.source)
            .and_then(|queue| queue.dead_letters);
        if let Some(policy) = policy {
            let words = text!(
                "stage-after-receives",
                [("count", policy.after_receives.into())],
            );
            list.push(Mark::label(redrive.label, words, 12.0 * scale, Ink::Dead));
        }
    }
}

fn arrow_head(curve: Curve, size: f64, ink: Ink) -> Mark {
    let (tip, back) = (curve.end, curve.at(0.9));
    let length = tip.distance(back).max(1e-6);
    let (dx, dy) = ((tip.x - back.x) / length, (tip.y - back.y) / length);
    let wing = |side: f64| {
        Point::new(
            tip.x - dx * size * 1.3 - dy * size * 0.7 * side,
            tip.y - dy * size * 1.3 + dx * size * 0.7 * side,
        )
    };
    let points = vec![tip, wing(1.0), wing(-1.0)];
    Mark::Lines {
        points,
        closed: true,
        fill: Some(ink),
        pen: None,
    }
}

/// Messages that have just gone to another queue: the service moves them at once, and the eye is shown
/// the way.
pub(super) fn paint_moves(
    view: &StageView,
    layout: &Layout,
    moment: Moment,
    list: &mut DisplayList,
) {
    for moved in &view.moves {
        let (ink, curve) = match moved.why {
            MoveReason::Poisoned => {
                let mut redrives = layout.redrives.iter();
                let arrow =
                    redrives.find(|way| (way.source, way.target) == (moved.source, moved.target));
                (Ink::Dead, arrow.map(|way| way.curve))
            }
            MoveReason::Redriven => (Ink::Visible, layout.flow(moved.source, moved.target)),
        };
        let fresh = freshness(moved.at, moment);
        let Some(curve) = curve.filter(|_| fresh > 0.0) else {
            continue;
        };
        let at = match moment.motion {
            Motion::Full => curve.at(1.0 - fresh),
            Motion::Reduced => curve.at(0.5),
        };
        paint_moved(moved.message, at, ink, layout.scale, list);
    }
    for queue in &view.queues {
        let flow = queue
            .move_task
            .and_then(|task| Some((task, layout.flow(queue.id, task.target?)?)));
        if let Some((task, curve)) = flow {
            paint_flow(task, curve, layout.scale, list);
        }
    }
}

/// A message between two queues.
fn paint_moved(message: MessageKey, at: Point, ink: Ink, scale: f64, list: &mut DisplayList) {
    let radius = 9.0 * scale;
    list.push(Mark::Disc {
        center: at,
        radius,
        fill: Some(ink),
        pen: Some(Pen::new(Ink::Surface, 1.5 * scale)),
    });
    let number = message.0.to_string();
    let size = if number.len() > 2 { 7.5 } else { 9.5 };
    list.push(Mark::sign(at, number, size * scale, Ink::OnFill));
}

/// A message move task: its arrow, and how far it has come.
fn paint_flow(task: MoveTaskView, curve: Curve, scale: f64, list: &mut DisplayList) {
    let pen = Pen::dashed(Ink::Visible, 1.8);
    list.push(Mark::Curve {
        curve,
        pen: scaled(pen, scale),
    });
    list.push(arrow_head(curve, 7.0 * scale, Ink::Visible));
    let words = format!(
        "{} / {}",
        format::grouped(task.moved),
        format::grouped(task.to_move.max(task.moved))
    );
    let middle = curve.at(0.5);
    let at = Point::new(
        middle.x - (8.0 + 6.4 * words.len() as f64) * scale,
        middle.y,
    );
    list.push(Mark::label(at, words, 12.0 * scale, Ink::Visible));
}

/// A line that is drawn by hand, and the queue that it would reach.
pub(crate) fn paint_connecting(connecting: Connecting, layout: &Layout, list: &mut DisplayList) {
    let Some(start) = connecting.from.start(layout) else {
        return;
    };
    let scale = layout.scale;
    let curve = Curve::straight(start, connecting.to);
    list.push(Mark::Curve {
        curve,
        pen: scaled(Pen::dashed(Ink::Action, 2.4), scale),
    });
    list.push(arrow_head(curve, 8.0 * scale, Ink::Action));
    let mut queues = layout.queues.iter();
    let target = queues.find(|queue| queue.card.contains(connecting.to));
    list.extend(target.map(|queue| Mark::Box {
        rect: queue.card,
        radius: 12.0,
        fill: None,
        pen: Some(scaled(Pen::new(Ink::Action, 3.0), scale)),
    }));
}

/// The word beside what a person sends.
pub(super) fn paint_you(at: Point, scale: f64, list: &mut DisplayList) {
    let at = Point::new(at.x + 16.0 * scale, at.y);
    list.push(Mark::label(
        at,
        text!("stage-you"),
        12.0 * scale,
        Ink::Action,
    ));
}
