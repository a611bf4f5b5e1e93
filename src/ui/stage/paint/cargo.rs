//! How a call under way is drawn: each sort has a shape of its own, not only a colour.

use super::tokens::paint_ring;
use super::ways::paint_you;
use super::{DisplayList, Ink, Mark, Moment, Motion, Pen};
use crate::sqs::api::Caller;
use crate::ui::format;
use crate::ui::stage::geometry::{Curve, Point, Rect};
use crate::ui::stage::layout::Layout;
use crate::ui::stage::view::{CallView, Cargo, Leg, Ring};

/// The colour of a trace.
pub(super) fn ink_of(cargo: &Cargo) -> Ink {
    match cargo {
        Cargo::Send | Cargo::Receive | Cargo::Delete | Cargo::Ask => Ink::Action,
        Cargo::Messages(..) => Ink::InFlight,
        Cargo::Nothing | Cargo::Fine => Ink::Muted,
        Cargo::Error => Ink::Dead,
    }
}

/// Paints a call on its way, or where it waits.
pub(super) fn paint_call(call: &CallView, layout: &Layout, moment: Moment, list: &mut DisplayList) {
    let Some(curve) = call.queue.and_then(|queue| layout.way(call.caller, queue)) else {
        return;
    };
    let scale = layout.scale;
    let at = match call.leg {
        Leg::There(ring) => curve.at(share(ring, moment)),
        Leg::Back(ring) => curve.reversed().at(share(ring, moment)),
        Leg::Waiting(ring) => {
            return paint_waiting(curve.end, ring, scale, moment, list);
        }
    };
    paint_cargo(&call.cargo, at, scale, list);
    if call.caller == Caller::PERSON {
        paint_you(at, scale, list);
    }
}

/// How far along its way something is.
fn share(ring: Ring, moment: Moment) -> f64 {
    match moment.motion {
        Motion::Full => ring.gone(moment.now_ms),
        Motion::Reduced => 0.5,
    }
}

/// A long poll: an open ring on the queue's edge that runs down.
fn paint_waiting(at: Point, ring: Ring, scale: f64, moment: Moment, list: &mut DisplayList) {
    let radius = 8.0 * scale;
    list.push(Mark::Disc {
        center: at,
        radius,
        fill: Some(Ink::Surface),
        pen: None,
    });
    paint_ring(at, radius, ring, Ink::Visible, scale, moment, list);
    list.push(Mark::Disc {
        center: at,
        radius: 2.0 * scale,
        fill: Some(Ink::Visible),
        pen: None,
    });
    let beside = Point::new(at.x, at.y - 17.0 * scale);
    let left = format::whole(ring.left_ms(moment.now_ms));
    list.push(Mark::sign(beside, left, 11.0 * scale, Ink::Visible));
}

fn paint_cargo(cargo: &Cargo, at: Point, scale: f64, list: &mut DisplayList) {
    let ring = |ink| {
        let pen = Some(Pen::new(ink, 1.8 * scale));
        Mark::Disc {
            center: at,
            radius: 8.0 * scale,
            fill: Some(Ink::Surface),
            pen,
        }
    };
    match cargo {
        Cargo::Send => paint_letter(at, scale, list),
        Cargo::Receive => {
            list.push(ring(Ink::Action));
            list.push(Mark::Disc {
                center: at,
                radius: 2.5 * scale,
                fill: Some(Ink::Action),
                pen: None,
            });
        }
        Cargo::Delete => {
            list.push(ring(Ink::Action));
            paint_cross(at, 3.0 * scale, scale, list);
        }
        Cargo::Ask => {
            list.push(ring(Ink::Action));
            list.push(Mark::sign(at, "?", 11.0 * scale, Ink::Action));
        }
        Cargo::Messages(count, first) => {
            let radius = 10.0 * scale;
            list.push(Mark::Disc {
                center: at,
                radius,
                fill: Some(Ink::InFlight),
                pen: None,
            });
            let number = first.map(|key| key.0.to_string()).unwrap_or_default();
            let size = if number.len() > 2 { 8.5 } else { 10.5 };
            list.push(Mark::sign(at, number, size * scale, Ink::OnFill));
            if *count > 1 {
                let beside = Point::new(at.x + 13.0 * scale, at.y - 9.0 * scale);
                list.push(Mark::label(
                    beside,
                    format!("\u{d7}{count}"),
                    11.0 * scale,
                    Ink::Text,
                ));
            }
        }
        Cargo::Nothing => {
            let pen = Some(Pen::dashed(Ink::Muted, 1.6 * scale));
            let radius = 8.0 * scale;
            list.push(Mark::Disc {
                center: at,
                radius,
                fill: Some(Ink::Surface),
                pen,
            });
        }
        Cargo::Fine => {
            list.push(ring(Ink::Muted));
            let tick = [(-3.5, 0.0), (-1.0, 3.0), (3.5, -2.5)];
            list.push(Mark::Lines {
                points: tick
                    .map(|(x, y)| Point::new(at.x + x * scale, at.y + y * scale))
                    .into(),
                closed: false,
                fill: None,
                pen: Some(Pen::new(Ink::Muted, 1.8 * scale)),
            });
        }
        Cargo::Error => {
            let tips = [(0.0, -11.0), (11.0, 0.0), (0.0, 11.0), (-11.0, 0.0)];
            list.push(Mark::Lines {
                points: tips
                    .map(|(x, y)| Point::new(at.x + x * scale, at.y + y * scale))
                    .into(),
                closed: true,
                fill: Some(Ink::Dead),
                pen: None,
            });
            list.push(Mark::sign(at, "!", 12.0 * scale, Ink::OnFill));
        }
    }
}

/// A message on its way to a queue: a closed letter.
pub(super) fn paint_letter(at: Point, scale: f64, list: &mut DisplayList) {
    let rect = Rect {
        x: at.x - 10.0 * scale,
        y: at.y - 7.0 * scale,
        width: 20.0 * scale,
        height: 14.0 * scale,
    };
    list.push(Mark::Box {
        rect,
        radius: 3.0 * scale,
        fill: Some(Ink::Action),
        pen: None,
    });
    let flap = [(-7.0, -4.0), (0.0, 1.5), (7.0, -4.0)];
    list.push(Mark::Lines {
        points: flap
            .map(|(x, y)| Point::new(at.x + x * scale, at.y + y * scale))
            .into(),
        closed: false,
        fill: None,
        pen: Some(Pen::new(Ink::OnFill, 1.6 * scale)),
    });
}

fn paint_cross(at: Point, arm: f64, scale: f64, list: &mut DisplayList) {
    for side in [1.0, -1.0] {
        let start = Point::new(at.x - arm, at.y - arm * side);
        let end = Point::new(at.x + arm, at.y + arm * side);
        let pen = Pen::new(Ink::Action, 1.8 * scale);
        list.push(Mark::Curve {
            curve: Curve::straight(start, end),
            pen,
        });
    }
}
