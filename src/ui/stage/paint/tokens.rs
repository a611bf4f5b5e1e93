//! One message: its token, its ring, its receive count.

use super::{DisplayList, Ink, Mark, Moment, Motion, Pen, freshness, ink_of_zone};
use crate::ui::bounds::bounded;
use crate::ui::stage::geometry::{Curve, Point, Rect};
use crate::ui::stage::place::LABEL_RADIUS_MIN;
use crate::ui::stage::tokens::Placed;
use crate::ui::stage::view::{Ring, Zone};

/// Of a digit, as a share of the letters' size.
const DIGIT_WIDTH: f64 = 0.6;

pub(super) fn paint_token(
    token: &Placed,
    dead: bool,
    scale: f64,
    moment: Moment,
    list: &mut DisplayList,
) {
    let (center, radius) = (token.center, token.radius);
    let ink = ink_of_zone(token.zone, dead);
    let filled = token.zone == Zone::Visible && !token.held_back;
    let body = if filled { ink } else { Ink::Surface };
    let outline = (!filled && token.ring.is_none()).then(|| Pen::dashed(ink, 1.5 * scale));
    if dead {
        let side = radius * 1.8;
        let rect = Rect {
            x: center.x - side / 2.0,
            y: center.y - side / 2.0,
            width: side,
            height: side,
        };
        let pen = outline.or_else(|| (!filled).then(|| Pen::new(ink, 1.5 * scale)));
        list.push(Mark::Box {
            rect,
            radius: 4.0 * scale,
            fill: Some(body),
            pen,
        });
    } else {
        list.push(Mark::Disc {
            center,
            radius,
            fill: Some(body),
            pen: outline,
        });
    }
    if let Some(ring) = token.ring {
        paint_ring(center, radius + scale, ring, ink, scale, moment, list);
    }
    if radius >= LABEL_RADIUS_MIN * scale {
        let number = token.key.0.to_string();
        let shrink = if number.len() > 2 {
            2.0 / number.len() as f64 + 0.22
        } else {
            1.0
        };
        let size = (radius * 0.86 * shrink).max(7.0 * scale);
        // A number that is cut is another number.
        if DIGIT_WIDTH * size * number.len() as f64 <= 1.9 * radius {
            let ink = if filled { Ink::OnFill } else { Ink::Text };
            list.push(Mark::sign(center, number, size, ink));
        }
        if token.receives > 0 {
            paint_badge(token, ink, scale, list);
        }
    }
    let fresh = freshness(token.since, moment);
    if fresh > 0.0 {
        let grown = match moment.motion {
            Motion::Full => 8.0 * (1.0 - fresh),
            Motion::Reduced => 4.0,
        };
        let pen = Pen {
            strength: fresh * 0.8,
            ..Pen::new(ink, 2.0 * scale)
        };
        list.push(Mark::Disc {
            center,
            radius: radius + (2.0 + grown) * scale,
            fill: None,
            pen: Some(pen),
        });
    }
}

/// How often it was received, at its shoulder.
fn paint_badge(token: &Placed, ink: Ink, scale: f64, list: &mut DisplayList) {
    let off = token.radius * 0.8;
    let at = Point::new(token.center.x + off, token.center.y - off);
    let pen = Some(Pen::new(ink, 1.2 * scale));
    let radius = (token.radius * 0.5).max(6.0 * scale);
    list.push(Mark::Disc {
        center: at,
        radius,
        fill: Some(Ink::Surface),
        pen,
    });
    list.push(Mark::sign(
        at,
        token.receives.to_string(),
        radius * 1.3,
        Ink::Text,
    ));
}

/// What is left, clockwise from the top.
pub(super) fn paint_ring(
    center: Point,
    radius: f64,
    ring: Ring,
    ink: Ink,
    scale: f64,
    moment: Moment,
    list: &mut DisplayList,
) {
    let width = bounded(radius * 0.17, 1.4, 3.0 * scale);
    let track = Pen::new(Ink::Track, width);
    list.push(Mark::Disc {
        center,
        radius,
        fill: None,
        pen: Some(track),
    });
    let share = ring.left(moment.now_ms);
    if share > 0.0 {
        list.push(Mark::Arc {
            center,
            radius,
            share,
            pen: Pen::new(ink, width),
        });
    }
}

pub(super) fn paint_lock(at: Point, scale: f64, list: &mut DisplayList) {
    let pen = Pen::new(Ink::InFlight, 1.6 * scale);
    let body = Rect {
        x: at.x - 5.0 * scale,
        y: at.y - scale,
        width: 10.0 * scale,
        height: 8.0 * scale,
    };
    let shackle = Curve {
        start: Point::new(at.x - 3.0 * scale, body.y),
        leave: Point::new(at.x - 3.5 * scale, body.y - 7.5 * scale),
        arrive: Point::new(at.x + 3.5 * scale, body.y - 7.5 * scale),
        end: Point::new(at.x + 3.0 * scale, body.y),
    };
    list.push(Mark::Curve {
        curve: shackle,
        pen,
    });
    list.push(Mark::Box {
        rect: body,
        radius: 1.5 * scale,
        fill: Some(Ink::InFlight),
        pen: None,
    });
}
