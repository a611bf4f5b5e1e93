//! Where each message stands on its queue's card: shared by what paints and by what is hit.

use crate::sim::Time;
use crate::sqs::MessageKey;

use super::geometry::{Point, Rect};
use super::layout::QueueBox;
use super::place::Packing;
use super::view::{QueueKind, QueueView, Ring, TokenView, Zone};

/// The messages of one queue, placed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Tokens {
    pub placed: Vec<Placed>,
    /// What stands for those that have no room.
    pub more: Vec<More>,
    /// The rows of a FIFO queue.
    pub lanes: Vec<Lane>,
    /// Groups without a row.
    pub lanes_hidden: usize,
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

/// "+N" at a place: its left edge, its middle.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct More {
    pub at: Point,
    pub count: usize,
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

const LANE_HEIGHT_MIN: f64 = 22.0;
/// The share of the first field that a group's name takes.
const LANE_NAME: f64 = 0.56;
const LOCK: f64 = 24.0;
const HINT: f64 = 20.0;

impl Tokens {
    /// Places the messages of this queue on its card.
    pub(crate) fn place(queue: &QueueView, on: &QueueBox, scale: f64) -> Self {
        let mut tokens = Self::default();
        match queue.kind {
            QueueKind::Standard => {
                for (zone, (view, field)) in
                    Zone::ALL.into_iter().zip(queue.zones.iter().zip(on.fields))
                {
                    let field = if zone == Zone::Visible {
                        field
                    } else {
                        Rect {
                            height: (field.height - HINT * scale).max(0.0),
                            ..field
                        }
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
        let shown = if queue.lanes.len() > fit {
            fit.saturating_sub(1)
        } else {
            queue.lanes.len()
        };
        self.lanes_hidden = queue.lanes.len() - shown;
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
                self.pack(zone, &mine, mine.len(), field, scale, Some(lane.locked));
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
    }

    fn pack(
        &mut self,
        zone: Zone,
        tokens: &[&TokenView],
        count: usize,
        field: Rect,
        scale: f64,
        lane_locked: Option<bool>,
    ) {
        let packing = Packing::new(field, count, scale);
        // In a lane, tokens stand on its middle line.
        let down = match lane_locked {
            Some(_) => (field.height - packing.height()) / 2.0,
            None => 0.0,
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
                held_back: zone == Zone::Visible && lane_locked == Some(true),
            });
        }
        let hidden = count - packing.shown.min(tokens.len());
        if hidden > 0 {
            self.more.push(More {
                at: shift(packing.overflow()),
                count: hidden,
            });
        }
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
        let hidden: usize = tokens.more.iter().map(|more| more.count).sum();
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
