//! The ways between the cards: calls, and dead letters.

use super::{ACTOR_GAP, ActorBox, HAND, Layout, Link, QueueBox, REDRIVE, Redrive, Shape};
use crate::sqs::QueueId;
use crate::ui::stage::geometry::{Curve, Point, Rect};

impl Layout {
    /// Wires from the inner edge of each actor to ports on the sides of its queues.
    pub(super) fn wire_sideways(&mut self, shape: &Shape) {
        for is_left in [true, false] {
            for queue in &self.queues {
                let mut ends: Vec<&ActorBox> = Vec::new();
                let here = shape
                    .side(is_left)
                    .filter(|actor| actor.queues.contains(&queue.id))
                    .filter_map(|actor| self.actors.iter().find(|at| at.caller == actor.caller));
                for end in here {
                    let at = ends.partition_point(|other| other.card.y <= end.card.y);
                    ends.insert(at, end);
                }
                let ports = ends.len() as f64;
                for (at, actor) in ends.iter().enumerate() {
                    let share = 0.5 + 0.5 * ((at as f64 + 0.5) / ports - 0.5);
                    let port = queue.card.y + queue.card.height * share;
                    let center = actor.card.center().y;
                    let (start, end) = if is_left {
                        (actor.card.right(), queue.card.x)
                    } else {
                        (actor.card.x, queue.card.right())
                    };
                    let curve = Curve::level(Point::new(start, center), Point::new(end, port));
                    self.links.push(Link {
                        caller: actor.caller,
                        queue: queue.id,
                        curve,
                    });
                }
            }
        }
    }

    /// Wires from the upper or lower edge of each actor to its nearest queue.
    pub(super) fn wire_upright(&mut self, shape: &Shape) {
        for actor in &shape.actors {
            let Some(from) = self.actors.iter().find(|at| at.caller == actor.caller) else {
                continue;
            };
            let center = from.card.center();
            let distance = |queue: &&QueueBox| (queue.card.center().y - center.y).abs();
            let mine = self
                .queues
                .iter()
                .filter(|queue| actor.queues.contains(&queue.id));
            let Some(queue) = mine.min_by(|a, b| distance(a).total_cmp(&distance(b))) else {
                continue;
            };
            let curve = upright(from.card, queue.card, self.scale);
            self.links.push(Link {
                caller: actor.caller,
                queue: queue.id,
                curve,
            });
        }
    }

    pub(super) fn draw_redrives(&mut self, shape: &Shape) {
        for source in &shape.queues {
            let (Some(target), Some(from)) = (source.dead_letter_queue, self.queue(source.id))
            else {
                continue;
            };
            let Some(to) = self.queue(target) else {
                continue;
            };
            let (curve, label) = arrow(from.card, to.card, self.scale);
            self.redrives.push(Redrive {
                source: source.id,
                target,
                curve,
                label,
            });
        }
    }

    /// The way of messages that are moved from one queue to another: beside the arrow by which they
    /// came, if they go back on it.
    pub(crate) fn flow(&self, from: QueueId, to: QueueId) -> Option<Curve> {
        let back = self
            .redrives
            .iter()
            .find(|redrive| redrive.source == to && redrive.target == from);
        if let Some(redrive) = back {
            return Some(redrive.curve.reversed().moved(-18.0 * self.scale, 0.0));
        }
        let (from, to) = (self.queue(from)?, self.queue(to)?);
        Some(arrow(from.card, to.card, self.scale).0)
    }
}

/// From a queue to its dead-letter queue, and where to write beside it.
fn arrow(from: Rect, to: Rect, scale: f64) -> (Curve, Point) {
    let is_over = to.x < from.right() && from.x < to.right();
    let next_below = is_over && (to.y - from.bottom()).abs() < (REDRIVE + 2.0) * scale;
    if next_below {
        let x = to.center().x;
        let (start, end) = (Point::new(x, from.bottom()), Point::new(x, to.y));
        let middle = f64::midpoint(start.y, end.y);
        return (
            Curve::straight(start, end),
            Point::new(x + 12.0 * scale, middle),
        );
    }
    let low = from.bottom() - 14.0 * scale;
    let label = Point::new(from.x + 18.0 * scale, from.bottom() + 12.0 * scale);
    let port = to.y + 22.0 * scale;
    if !is_over {
        let (start, end) = if to.x >= from.right() {
            (from.right(), to.x)
        } else {
            (from.x, to.right())
        };
        return (
            Curve::level(Point::new(start, low), Point::new(end, port)),
            label,
        );
    }
    // Round what stands between them.
    let out = from.x.min(to.x) - 30.0 * scale;
    let curve = Curve {
        start: Point::new(from.x, low),
        leave: Point::new(out, low),
        arrive: Point::new(out, port),
        end: Point::new(to.x, port),
    };
    (curve, label)
}

/// From an actor above or below a queue: straight if they are neighbours, else round what stands
/// between them, by the nearer margin.
fn upright(actor: Rect, queue: Rect, scale: f64) -> Curve {
    let (from, to) = (actor.center(), queue.center());
    let (start, end) = if from.y > to.y {
        (actor.y, queue.bottom())
    } else {
        (actor.bottom(), queue.y)
    };
    if (start - end).abs() <= (HAND + 2.0 * ACTOR_GAP) * scale {
        return Curve::straight(Point::new(from.x, start), Point::new(from.x, end));
    }
    let (start_x, end_x, out) = if from.x <= to.x {
        (actor.x, queue.x, -12.0 * scale)
    } else {
        (actor.right(), queue.right(), 12.0 * scale)
    };
    Curve {
        start: Point::new(start_x, from.y),
        leave: Point::new(start_x + out, from.y),
        arrive: Point::new(end_x + out, to.y),
        end: Point::new(end_x, to.y),
    }
}
