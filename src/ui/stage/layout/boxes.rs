//! The parts of one card.

use super::{ActorBox, Density, HAND, QueueBox};
use crate::sqs::QueueId;
use crate::sqs::api::Caller;
use crate::ui::stage::geometry::{Curve, Point, Rect};
use crate::ui::stage::place::Packing;

const ZONE_GAP: f64 = 6.0;

impl Density {
    /// The name, and what a queue is.
    fn header(self) -> f64 {
        match self {
            Self::Roomy => 58.0,
            Self::Compact => 42.0,
        }
    }

    /// The name of a zone, and how much is in it.
    fn zone_header(self) -> f64 {
        match self {
            Self::Roomy => 30.0,
            Self::Compact => 26.0,
        }
    }
}

impl QueueBox {
    /// `card` is at scale 1.
    pub(super) fn new(id: QueueId, card: Rect, scale: f64, density: Density) -> Self {
        let header = density.header();
        let width = (card.width - 4.0 * ZONE_GAP) / 3.0;
        let zone = |at: usize| Rect {
            x: card.x + ZONE_GAP + at as f64 * (width + ZONE_GAP),
            y: card.y + header,
            width,
            height: card.height - header - ZONE_GAP,
        };
        let field = |zone: Rect| Rect {
            x: zone.x + 8.0,
            y: zone.y + density.zone_header(),
            width: (zone.width - 16.0).max(0.0),
            height: (zone.height - density.zone_header() - 4.0).max(0.0),
        };
        let zones = [zone(0), zone(1), zone(2)];
        let fields = zones.map(|zone| scaled(field(zone), scale));
        let hand = Point::new(card.center().x, card.y - HAND + 6.0);
        let edge = Point::new(card.center().x, card.y);
        Self {
            id,
            card: scaled(card, scale),
            zones: zones.map(|zone| scaled(zone, scale)),
            capacity: Packing::capacity(fields[1], scale),
            fields,
            by_hand: Curve::straight(scaled_point(hand, scale), scaled_point(edge, scale)),
        }
    }
}

impl ActorBox {
    /// `card` is at scale 1.
    pub(super) fn new(caller: Caller, card: Rect, scale: f64, is_left: bool) -> Self {
        let meter = Rect {
            x: card.x + 14.0,
            y: card.bottom() - 11.0,
            width: (card.width - 28.0).max(0.0),
            height: 4.0,
        };
        Self {
            caller,
            card: scaled(card, scale),
            meter: scaled(meter, scale),
            is_left,
        }
    }
}

fn scaled(rect: Rect, scale: f64) -> Rect {
    Rect {
        x: rect.x * scale,
        y: rect.y * scale,
        width: rect.width * scale,
        height: rect.height * scale,
    }
}

fn scaled_point(point: Point, scale: f64) -> Point {
    Point::new(point.x * scale, point.y * scale)
}
