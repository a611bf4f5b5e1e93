//! Where each message stands on its queue's card: shared by what paints and by what is hit.

use crate::sim::Time;
use crate::sqs::MessageKey;

use super::geometry::{Point, Rect};
use super::layout::QueueBox;
use super::place::{Crowd, Packing};
use super::view::{LaneView, Place, QueueKind, QueueView, Ring, TokenView, Zone};

/// The messages of one queue, placed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Tokens {
    pub placed: Vec<Placed>,
    /// What stands for those that have no room.
    pub crowds: Vec<Gathered>,
    /// The rows of a FIFO queue.
    pub lanes: Vec<Lane>,
    /// Groups without a row.
    pub lanes_hidden: usize,
    /// Where that is said.
    pub lanes_note: Rect,
}

/// Messages of one zone that are not shown one by one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Gathered {
    pub zone: Zone,
    /// In this lane of a FIFO queue.
    pub lane: Option<usize>,
    pub crowd: Crowd,
}

/// One message in its place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Placed {
    pub key: MessageKey,
    pub zone: Zone,
    pub center: Point,
    pub radius: f64,
    pub receives: u32,
    pub since: Time,
    pub ring: Option<Ring>,
    /// Visible, and yet nobody gets it: its group is locked.
    pub held_back: bool,
}

/// What shows a message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Spot {
    /// Its token: the middle, and how large it is.
    Token(Point, f64),
    /// It is one of those that are here.
    Crowd(Rect),
}

impl Spot {
    pub(crate) fn center(self) -> Point {
        match self {
            Self::Token(center, _) => center,
            Self::Crowd(rect) => rect.center(),
        }
    }
}

/// One message group's row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Lane {
    /// Which of the view's lanes.
    pub lane: usize,
    /// Across all three zones.
    pub row: Rect,
    /// Where the lock is drawn.
    pub lock: Point,
    pub locked: bool,
}

/// The lowest row of a message group.
pub(crate) const LANE_HEIGHT_MIN: f64 = 22.0;
/// The share of the first field that a group's name takes.
const LANE_NAME: f64 = 0.56;
const LOCK: f64 = 24.0;
const HINT: f64 = 20.0;
/// A lower field has no room for a hint.
const HINTED_HEIGHT_MIN: f64 = 70.0;

/// Whether a line below the tokens says when the next of them leaves.
pub(crate) fn has_hint(zone: Zone, field: Rect, scale: f64) -> bool {
    zone != Zone::Visible && field.height >= HINTED_HEIGHT_MIN * scale
}

impl Tokens {
    /// Places the messages of this queue on its card.
    pub(crate) fn place(queue: &QueueView, on: &QueueBox, scale: f64) -> Self {
        let mut tokens = Self::default();
        match queue.kind {
            QueueKind::Standard => {
                for (zone, (view, field)) in
                    Zone::ALL.into_iter().zip(queue.zones.iter().zip(on.fields))
                {
                    let field = if has_hint(zone, field, scale) {
                        Rect {
                            height: field.height - HINT * scale,
                            ..field
                        }
                    } else {
                        field
                    };
                    let all: Vec<&TokenView> = view.tokens.iter().collect();
                    tokens.pack(zone, &all, view.count, field, scale, None);
                }
            }
            QueueKind::Fifo => tokens.place_in_lanes(queue, on, scale),
        }
        tokens
    }

    fn place_in_lanes(&mut self, queue: &QueueView, on: &QueueBox, scale: f64) {
        let [first, middle, last] = on.fields;
        let least = LANE_HEIGHT_MIN * scale;
        let fit = (first.height / least).floor().max(0.0) as usize;
        let shown = if queue.groups > fit {
            fit.saturating_sub(1).min(queue.lanes.len())
        } else {
            queue.lanes.len()
        };
        self.lanes_hidden = queue.groups - shown;
        let rows = shown + usize::from(self.lanes_hidden > 0);
        let height = (first.height / rows.max(1) as f64).max(least);
        for (at, lane) in queue.lanes.iter().enumerate().take(shown) {
            let y = first.y + at as f64 * height;
            let name = first.width * LANE_NAME;
            let lock = LOCK * scale;
            let fields = [
                Rect {
                    x: first.x + name,
                    y,
                    width: first.width - name,
                    height,
                },
                Rect {
                    x: middle.x,
                    y,
                    width: (middle.width - lock).max(0.0),
                    height,
                },
                Rect {
                    x: last.x,
                    y,
                    width: last.width,
                    height,
                },
            ];
            for ((zone, view), field) in Zone::ALL.into_iter().zip(&queue.zones).zip(fields) {
                let mine: Vec<&TokenView> = view
                    .tokens
                    .iter()
                    .filter(|token| token.lane == Some(at))
                    .collect();
                let count = lane.counts[zone as usize];
                self.pack(zone, &mine, count, field, scale, Some((at, lane.locked)));
            }
            self.lanes.push(Lane {
                lane: at,
                row: Rect {
                    x: first.x,
                    y,
                    width: last.right() - first.x,
                    height,
                },
                lock: Point::new(middle.right() - lock / 2.0, y + height / 2.0),
                locked: lane.locked,
            });
        }
        self.lanes_note = Rect {
            y: first.y + shown as f64 * height,
            width: last.right() - first.x,
            height: least,
            ..first
        };
    }

    fn pack(
        &mut self,
        zone: Zone,
        tokens: &[&TokenView],
        count: usize,
        field: Rect,
        scale: f64,
        lane: Option<(usize, bool)>,
    ) {
        let packing = Packing::new(field, count, tokens.len(), scale);
        // In a lane, tokens stand on its middle line, but a crowd has its own.
        let down = match (lane, packing.crowd) {
            (Some(_), None) => (field.height - packing.height()) / 2.0,
            (Some(_), Some(_)) | (None, _) => packing.lower(),
        };
        let shift = |point: Point| Point::new(point.x, point.y + down.max(0.0));
        for (at, token) in tokens.iter().enumerate().take(packing.shown) {
            self.placed.push(Placed {
                key: token.key,
                zone,
                center: shift(packing.center(at)),
                radius: packing.radius,
                receives: token.receives,
                since: token.since,
                ring: token.ring,
                held_back: zone == Zone::Visible && lane.is_some_and(|(_, locked)| locked),
            });
        }
        self.crowds.extend(packing.crowd.map(|crowd| Gathered {
            zone,
            lane: lane.map(|(at, _)| at),
            crowd,
        }));
    }

    /// What shows this message, with the lanes of its queue's view: the middle of its token and
    /// nothing, or the mark of a crowd that it is in.
    pub(crate) fn spot(&self, place: &Place, lanes: &[LaneView]) -> Option<Spot> {
        if let Some(token) = self.placed.iter().find(|token| token.key == place.key) {
            return Some(Spot::Token(token.center, token.radius));
        }
        let lane = match &place.group {
            None => None,
            Some(group) => match lanes.iter().position(|lane| lane.name == *group) {
                Some(lane) if lane < self.lanes.len() => Some(lane),
                Some(_) | None => return Some(Spot::Crowd(self.lanes_note)),
            },
        };
        let mut crowds = self.crowds.iter();
        let is_meant = |gathered: &&Gathered| gathered.zone == place.zone && gathered.lane == lane;
        crowds
            .find(is_meant)
            .map(|gathered| Spot::Crowd(gathered.crowd.bounds))
    }

    /// The message at this point.
    pub(crate) fn at(&self, point: Point) -> Option<&Placed> {
        self.placed
            .iter()
            .find(|token| token.center.distance(point) <= token.radius + 4.0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn every_token_stands_in_its_zone() {
        let (view, layout) = fixture::scene();
        for queue in &view.queues {
            let on = layout.queue(queue.id).expect("placed");
            let tokens = Tokens::place(queue, on, 1.0);
            assert!(!tokens.placed.is_empty());
            for token in &tokens.placed {
                let zone = on.zones[Zone::ALL
                    .iter()
                    .position(|z| *z == token.zone)
                    .expect("one")];
                assert!(zone.contains(token.center), "{token:?} outside {zone:?}");
            }
        }
    }

    #[test]
    fn nothing_is_forgotten() {
        let (mut view, layout) = fixture::scene();
        let queue = &mut view.queues[0];
        queue.zones[1].count = 5000;
        let on = layout.queue(queue.id).expect("placed");
        let tokens = Tokens::place(queue, on, 1.0);
        let visible = tokens
            .placed
            .iter()
            .filter(|token| token.zone == Zone::Visible)
            .count();
        let hidden: usize = tokens
            .crowds
            .iter()
            .map(|gathered| gathered.crowd.count)
            .sum();
        assert_eq!(visible + hidden, 5000);
    }

    #[test]
    fn a_locked_group_holds_its_visible_messages_back() {
        let (view, layout) = fixture::scene();
        let fifo = view
            .queues
            .iter()
            .find(|queue| queue.kind == QueueKind::Fifo)
            .expect("one");
        let tokens = Tokens::place(fifo, layout.queue(fifo.id).expect("placed"), 1.0);
        assert!(tokens.lanes.iter().any(|lane| lane.locked));
        assert!(tokens.placed.iter().any(|token| token.held_back));
    }
}
