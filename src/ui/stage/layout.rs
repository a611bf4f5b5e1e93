//! Where things stand on the stage: a function of which queues and actors there are, and of the
//! stage's size. Messages never move a card: the same world always stands in the same places.

use crate::sqs::QueueId;
use crate::sqs::api::Caller;
use crate::ui::bounds::bounded;

use super::geometry::{Curve, Point, Rect, Size};
use super::place::spread;
use super::view::Role;

/// What the layout depends on: a world without its messages.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Shape {
    pub queues: Vec<QueueShape>,
    pub actors: Vec<ActorShape>,
}

/// One queue.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct QueueShape {
    pub id: QueueId,
    pub dead_letter_queue: Option<QueueId>,
}

/// One actor.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ActorShape {
    pub caller: Caller,
    pub role: Role,
    pub queues: Vec<QueueId>,
}

/// Where everything is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Layout {
    /// What all of it takes; at least the stage.
    pub size: Size,
    /// Relative to text of 16 pixels.
    pub scale: f64,
    pub queues: Vec<QueueBox>,
    pub actors: Vec<ActorBox>,
    pub links: Vec<Link>,
    pub redrives: Vec<Redrive>,
}

/// A queue's card.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct QueueBox {
    pub id: QueueId,
    pub card: Rect,
    /// Delayed, visible, in flight, with their headings.
    pub zones: [Rect; 3],
    /// Where the tokens of each zone are.
    pub fields: [Rect; 3],
    /// The way of a call by hand.
    pub by_hand: Curve,
}

/// An actor's card.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ActorBox {
    pub caller: Caller,
    pub card: Rect,
    /// Where its progress runs.
    pub meter: Rect,
}

/// The way from an actor to a queue.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Link {
    pub caller: Caller,
    pub queue: QueueId,
    pub curve: Curve,
}

/// The way of a poisoned message.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Redrive {
    pub source: QueueId,
    pub target: QueueId,
    pub curve: Curve,
    /// Where "after 3 receives" begins.
    pub label: Point,
}

/// Sizes at scale 1.
const PAD: f64 = 18.0;
const HEADER: f64 = 58.0;
const ZONE_HEADER: f64 = 30.0;
const ZONE_GAP: f64 = 6.0;
const QUEUE_HEIGHT: [f64; 2] = [190.0, 370.0];
const DEAD_HEIGHT: [f64; 2] = [150.0, 210.0];
const QUEUE_WIDTH: [f64; 2] = [372.0, 820.0];
const ACTOR_WIDTH: [f64; 2] = [172.0, 250.0];
const ACTOR_HEIGHT: f64 = 114.0;
const ACTOR_GAP: f64 = 16.0;
const WIRE: [f64; 2] = [44.0, 140.0];
const HAND: f64 = 34.0;
const REDRIVE: f64 = 38.0;
const DEAD_INSET: f64 = 34.0;

/// A queue and the dead-letter queue below it.
struct Unit<'a> {
    queues: Vec<&'a QueueShape>,
}

impl Shape {
    /// Each queue that is nobody's dead-letter queue with those below it. A dead-letter queue of
    /// several sources stands below the last of them.
    fn units(&self) -> Vec<Unit<'_>> {
        let mut left: Vec<&QueueShape> = self.queues.iter().collect();
        let mut units = Vec::new();
        while let Some(first) = self.next_root(&left) {
            left.retain(|queue| queue.id != first.id);
            let mut queues = vec![first];
            let mut last = first;
            while let Some(target) = last.dead_letter_queue {
                let shared = left
                    .iter()
                    .any(|queue| queue.dead_letter_queue == Some(target));
                let Some(at) = left.iter().position(|queue| queue.id == target && !shared) else {
                    break;
                };
                last = left.remove(at);
                queues.push(last);
            }
            units.push(Unit { queues });
        }
        units
    }

    fn next_root<'a>(&self, left: &[&'a QueueShape]) -> Option<&'a QueueShape> {
        let is_target = |id| {
            left.iter()
                .any(|queue| queue.id != id && queue.dead_letter_queue == Some(id))
        };
        left.iter()
            .find(|queue| !is_target(queue.id))
            .or_else(|| left.first())
            .copied()
    }
}

impl Layout {
    /// Puts this shape on a stage of this size. `scale` grows with the reader's text size.
    pub(crate) fn new(shape: &Shape, stage: Size, scale: f64) -> Self {
        let sided = QUEUE_WIDTH[0] + 2.0 * (ACTOR_WIDTH[0] + WIRE[0] + PAD);
        let mut layout = Self {
            size: stage,
            scale,
            ..Self::default()
        };
        if stage.width >= sided * scale {
            layout.stand_in_columns(shape, stage);
        } else {
            layout.stand_in_a_stack(shape, stage);
        }
        layout.draw_redrives(shape);
        layout
    }

    /// The card of this queue.
    pub(crate) fn queue(&self, id: QueueId) -> Option<&QueueBox> {
        self.queues.iter().find(|queue| queue.id == id)
    }

    /// The card of this actor.
    pub(crate) fn actor(&self, caller: Caller) -> Option<&ActorBox> {
        self.actors.iter().find(|actor| actor.caller == caller)
    }

    /// The way from this actor, or from the person's hand, to this queue.
    pub(crate) fn way(&self, caller: Caller, queue: QueueId) -> Option<Curve> {
        let link = self
            .links
            .iter()
            .find(|link| link.caller == caller && link.queue == queue);
        link.map(|link| link.curve)
            .or_else(|| self.queue(queue).map(|queue| queue.by_hand))
    }

    /// Producers, queues, consumers, from left to right.
    fn stand_in_columns(&mut self, shape: &Shape, stage: Size) {
        let scale = self.scale;
        let room = stage.width / scale;
        let alone = shape.actors.is_empty();
        let actor = if alone {
            0.0
        } else {
            bounded(room * 0.175, ACTOR_WIDTH[0], ACTOR_WIDTH[1])
        };
        let free = room - 2.0 * (PAD + actor);
        let wire = bounded(free * 0.1, WIRE[0], WIRE[1]);
        let queue = (free - 2.0 * wire).min(QUEUE_WIDTH[1]);
        let left = (room - queue - 2.0 * (wire + actor)) / 2.0;

        let units = shape.units();
        let columns = [true, false].map(|is_left| {
            shape
                .actors
                .iter()
                .filter(|actor| actor.role.is_left() == is_left)
                .collect::<Vec<_>>()
        });
        let crowd = columns.iter().map(Vec::len).max().unwrap_or(0) as f64;
        let actors_height = crowd * (ACTOR_HEIGHT + ACTOR_GAP) - ACTOR_GAP;
        let height = (stage.height / scale).max(actors_height + 2.0 * PAD);
        let stretch = Stretch::fit(&units, height);
        self.size.height = stretch.height.max(height) * scale;

        let column = Rect {
            x: left + actor + wire,
            y: 0.0,
            width: queue,
            height,
        };
        let mut y = stretch.top;
        for unit in &units {
            y = self.stand_unit(unit, y, column, &stretch);
        }
        for (column, x) in columns
            .iter()
            .zip([left, left + actor + wire + queue + wire])
        {
            self.stand_beside(column, x, actor);
        }
        self.wire_sideways(shape);
    }

    /// One queue after the other, each with its producers above and its consumers below. The queues
    /// grow into the height that is left.
    fn stand_in_a_stack(&mut self, shape: &Shape, stage: Size) {
        let least = self.stack(shape, stage, &Stretch::least());
        let units = shape.units().len();
        let spare = stage.height / self.scale - least;
        if spare > 0.0 && units > 0 {
            let queue = (QUEUE_HEIGHT[0] + spare / units as f64).min(QUEUE_HEIGHT[1]);
            (self.queues, self.actors) = Default::default();
            self.stack(
                shape,
                stage,
                &Stretch {
                    queue,
                    ..Stretch::least()
                },
            );
        }
        self.size.height = (least * self.scale).max(stage.height);
        self.wire_upright(shape);
    }

    /// Stands all cards below each other; returns the height that they take at scale 1.
    fn stack(&mut self, shape: &Shape, stage: Size, stretch: &Stretch) -> f64 {
        let pad = PAD * 0.6;
        let room = stage.width / self.scale - 2.0 * pad;
        let column = Rect {
            x: pad,
            y: 0.0,
            width: room,
            height: 0.0,
        };
        let units = shape.units();
        let home = |actor: &ActorShape| {
            let holds = |unit: &Unit<'_>| {
                unit.queues
                    .iter()
                    .any(|queue| actor.queues.first() == Some(&queue.id))
            };
            units.iter().position(holds).unwrap_or(0)
        };
        let mut y = pad;
        for (at, unit) in units.iter().enumerate() {
            for is_left in [true, false] {
                if !is_left {
                    y = self.stand_unit(unit, y, column, stretch);
                }
                let here = shape
                    .actors
                    .iter()
                    .filter(|actor| actor.role.is_left() == is_left && home(actor) == at);
                y = self.stand_in_rows(&here.collect::<Vec<_>>(), y, column);
            }
        }
        if units.is_empty() {
            y = self.stand_in_rows(&shape.actors.iter().collect::<Vec<_>>(), y, column);
        }
        y + pad
    }

    /// Stands a queue and those below it at `y`; returns where the next begins.
    fn stand_unit(&mut self, unit: &Unit<'_>, mut y: f64, column: Rect, stretch: &Stretch) -> f64 {
        y += HAND;
        for (depth, queue) in unit.queues.iter().enumerate() {
            let (inset, height) = if depth == 0 {
                (0.0, stretch.queue)
            } else {
                (DEAD_INSET, stretch.dead)
            };
            let card = Rect {
                x: column.x + inset,
                y,
                width: column.width - 2.0 * inset,
                height,
            };
            self.queues.push(QueueBox::new(queue.id, card, self.scale));
            y += height + REDRIVE;
        }
        y - REDRIVE + stretch.gap
    }

    /// Stands a column of actors, each as near as can be to its queues.
    fn stand_beside(&mut self, actors: &[&ActorShape], x: f64, width: f64) {
        let scale = self.scale;
        let mut wishes: Vec<(f64, &ActorShape)> = Vec::new();
        for actor in actors {
            let centers: Vec<f64> = actor
                .queues
                .iter()
                .filter_map(|id| self.queue(*id))
                .map(|queue| queue.card.center().y / scale)
                .collect();
            let wish = if centers.is_empty() {
                self.size.height / scale / 2.0
            } else {
                centers.iter().sum::<f64>() / centers.len() as f64
            };
            let at = wishes.partition_point(|(other, _)| *other <= wish);
            wishes.insert(at, (wish, actor));
        }
        let centers: Vec<f64> = wishes.iter().map(|(wish, _)| *wish).collect();
        let half = PAD + ACTOR_HEIGHT / 2.0;
        let bounds = (half, self.size.height / scale - half);
        let placed = spread(&centers, ACTOR_HEIGHT + ACTOR_GAP, bounds);
        for ((_, actor), center) in wishes.iter().zip(placed) {
            let card = Rect {
                x,
                y: center - ACTOR_HEIGHT / 2.0,
                width,
                height: ACTOR_HEIGHT,
            };
            self.actors.push(ActorBox::new(actor.caller, card, scale));
        }
    }

    /// Stands actors in rows; returns where the next thing begins.
    fn stand_in_rows(&mut self, actors: &[&ActorShape], mut y: f64, column: Rect) -> f64 {
        if actors.is_empty() {
            return y;
        }
        let fit = ((column.width + ACTOR_GAP) / (156.0 + ACTOR_GAP))
            .floor()
            .max(1.0);
        let across = (fit as usize).min(actors.len());
        let width = (column.width - (across - 1) as f64 * ACTOR_GAP) / across as f64;
        y += ACTOR_GAP;
        for row in actors.chunks(across) {
            for (at, actor) in row.iter().enumerate() {
                let x = column.x + at as f64 * (width + ACTOR_GAP);
                let card = Rect {
                    x,
                    y,
                    width,
                    height: ACTOR_HEIGHT,
                };
                self.actors
                    .push(ActorBox::new(actor.caller, card, self.scale));
            }
            y += ACTOR_HEIGHT + ACTOR_GAP;
        }
        y
    }

    /// Wires from the inner edge of each actor to ports on the sides of its queues.
    fn wire_sideways(&mut self, shape: &Shape) {
        for is_left in [true, false] {
            for queue in &self.queues {
                let mut ends: Vec<&ActorBox> = Vec::new();
                let here = shape
                    .actors
                    .iter()
                    .filter(|actor| actor.role.is_left() == is_left)
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
    fn wire_upright(&mut self, shape: &Shape) {
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

    fn draw_redrives(&mut self, shape: &Shape) {
        for source in &shape.queues {
            let (Some(target), Some(from)) = (source.dead_letter_queue, self.queue(source.id))
            else {
                continue;
            };
            let Some(to) = self.queue(target) else {
                continue;
            };
            let (from, to, scale) = (from.card, to.card, self.scale);
            let next_below = (to.y - from.bottom()).abs() < (REDRIVE + 2.0) * scale;
            let (curve, label) = if next_below {
                let x = to.center().x;
                let (start, end) = (Point::new(x, from.bottom()), Point::new(x, to.y));
                let middle = f64::midpoint(start.y, end.y);
                (
                    Curve::straight(start, end),
                    Point::new(x + 12.0 * scale, middle),
                )
            } else {
                let start = Point::new(from.x + 16.0 * scale, from.bottom());
                let end = Point::new(to.x, to.y + 20.0 * scale);
                let out = Point::new(start.x, end.y);
                let label = Point::new(start.x + 10.0 * scale, from.bottom() + 14.0 * scale);
                (
                    Curve {
                        start,
                        leave: out,
                        arrive: out,
                        end,
                    },
                    label,
                )
            };
            self.redrives.push(Redrive {
                source: source.id,
                target,
                curve,
                label,
            });
        }
    }
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

/// How the height is shared out.
struct Stretch {
    queue: f64,
    dead: f64,
    gap: f64,
    top: f64,
    height: f64,
}

impl Stretch {
    fn least() -> Self {
        Self {
            queue: QUEUE_HEIGHT[0],
            dead: DEAD_HEIGHT[0],
            gap: 8.0,
            top: 0.0,
            height: 0.0,
        }
    }

    /// Lets the queues grow into the height there is, each kind up to its most.
    fn fit(units: &[Unit<'_>], height: f64) -> Self {
        let roots = units.len() as f64;
        let dead = units
            .iter()
            .map(|unit| unit.queues.len() - 1)
            .sum::<usize>() as f64;
        let gap = 10.0;
        let fixed = roots * (HAND + gap) + dead * REDRIVE + PAD;
        let least = fixed + roots * QUEUE_HEIGHT[0] + dead * DEAD_HEIGHT[0];
        let growth =
            roots * (QUEUE_HEIGHT[1] - QUEUE_HEIGHT[0]) + dead * (DEAD_HEIGHT[1] - DEAD_HEIGHT[0]);
        let share = if growth > 0.0 {
            bounded((height - least) / growth, 0.0, 1.0)
        } else {
            0.0
        };
        let at = |[low, high]: [f64; 2]| low + share * (high - low);
        let used = least + share * growth;
        let spare = (height - used).max(0.0);
        Self {
            queue: at(QUEUE_HEIGHT),
            dead: at(DEAD_HEIGHT),
            gap: gap + spare / (roots + 1.0),
            top: spare / (roots + 1.0) * 0.8,
            height: used,
        }
    }
}

impl QueueBox {
    /// `card` is at scale 1.
    fn new(id: QueueId, card: Rect, scale: f64) -> Self {
        let width = (card.width - 4.0 * ZONE_GAP) / 3.0;
        let zone = |at: usize| Rect {
            x: card.x + ZONE_GAP + at as f64 * (width + ZONE_GAP),
            y: card.y + HEADER,
            width,
            height: card.height - HEADER - ZONE_GAP,
        };
        let field = |zone: Rect| Rect {
            x: zone.x + 8.0,
            y: zone.y + ZONE_HEADER,
            width: (zone.width - 16.0).max(0.0),
            height: (zone.height - ZONE_HEADER - 4.0).max(0.0),
        };
        let zones = [zone(0), zone(1), zone(2)];
        let hand = Point::new(card.center().x, card.y - HAND + 6.0);
        let by_hand = Curve::straight(hand, Point::new(card.center().x, card.y));
        Self {
            id,
            card: scaled(card, scale),
            zones: zones.map(|zone| scaled(zone, scale)),
            fields: zones.map(|zone| scaled(field(zone), scale)),
            by_hand: Curve {
                start: scaled_point(by_hand.start, scale),
                leave: scaled_point(by_hand.leave, scale),
                arrive: scaled_point(by_hand.arrive, scale),
                end: scaled_point(by_hand.end, scale),
            },
        }
    }
}

impl ActorBox {
    /// `card` is at scale 1.
    fn new(caller: Caller, card: Rect, scale: f64) -> Self {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(queues: &[(u32, Option<u32>)], actors: &[(Role, &[u32])]) -> Shape {
        let queue = |&(id, target): &(u32, Option<u32>)| QueueShape {
            id: QueueId(id),
            dead_letter_queue: target.map(QueueId),
        };
        let actor = |(at, (role, queues)): (usize, &(Role, &[u32]))| ActorShape {
            caller: Caller(at as u32 + 1),
            role: *role,
            queues: queues.iter().copied().map(QueueId).collect(),
        };
        Shape {
            queues: queues.iter().map(queue).collect(),
            actors: actors.iter().enumerate().map(actor).collect(),
        }
    }

    fn apart(layout: &Layout) {
        let queues = layout.queues.iter().map(|queue| queue.card);
        let cards: Vec<Rect> = queues
            .chain(layout.actors.iter().map(|actor| actor.card))
            .collect();
        for (at, one) in cards.iter().enumerate() {
            assert!(
                one.x >= 0.0 && one.right() <= layout.size.width + 0.5,
                "{one:?} sticks out"
            );
            assert!(
                one.y >= 0.0 && one.bottom() <= layout.size.height + 0.5,
                "{one:?} sticks out"
            );
            for other in &cards[at + 1..] {
                let beside = one.right() <= other.x + 0.5 || other.right() <= one.x + 0.5;
                let below = one.bottom() <= other.y + 0.5 || other.bottom() <= one.y + 0.5;
                assert!(beside || below, "{one:?} covers {other:?}");
            }
        }
    }

    #[test]
    fn cards_never_cover_each_other() {
        use Role::{Consumer, Monitor, Producer, Script};
        let one: &[u32] = &[0];
        let shapes = [
            shape(&[], &[]),
            shape(&[], &[(Producer, &[]), (Consumer, &[])]),
            shape(&[(0, None)], &[(Producer, one), (Consumer, one)]),
            shape(
                &[(0, Some(1)), (1, None)],
                &[(Producer, one), (Consumer, one), (Monitor, &[1])],
            ),
            shape(
                &[(0, Some(2)), (1, Some(2)), (2, None)],
                &[(Script, &[0, 1, 2])],
            ),
            shape(&[(0, Some(1)), (1, Some(0))], &[]),
            shape(
                &[
                    (0, None),
                    (1, None),
                    (2, None),
                    (3, None),
                    (4, None),
                    (5, None),
                    (6, None),
                    (7, None),
                ],
                &[(Producer, one); 6],
            ),
            shape(&[(0, None)], &[(Consumer, one); 12]),
        ];
        for shape in &shapes {
            for width in [320.0, 360.0, 800.0, 1126.0, 2400.0] {
                for height in [300.0, 560.0, 1300.0] {
                    for scale in [1.0, 1.5] {
                        apart(&Layout::new(shape, Size { width, height }, scale));
                    }
                }
            }
        }
    }

    #[test]
    fn a_dead_letter_queue_stands_right_below_its_source() {
        let shape = shape(&[(7, None), (3, Some(7)), (5, None)], &[]);
        let layout = Layout::new(
            &shape,
            Size {
                width: 1100.0,
                height: 700.0,
            },
            1.0,
        );
        let order: Vec<u32> = layout.queues.iter().map(|queue| queue.id.0).collect();
        assert_eq!(order, [3, 7, 5]);
        assert_eq!(layout.redrives.len(), 1);
    }

    #[test]
    fn a_lone_queue_fills_the_stage() {
        let one: &[u32] = &[0];
        let shape = shape(
            &[(0, None)],
            &[(Role::Producer, one), (Role::Consumer, one)],
        );
        let layout = Layout::new(
            &shape,
            Size {
                width: 1126.0,
                height: 560.0,
            },
            1.0,
        );
        let card = layout.queues[0].card;
        assert!(card.height > 300.0 && card.width > 450.0, "{card:?}");
        assert!((card.center().x - 563.0).abs() < 1.0);
        assert_eq!(layout.links.len(), 2);
        assert!(layout.size.height <= 560.0);
    }

    #[test]
    fn the_hand_reaches_every_queue() {
        let layout = Layout::new(
            &shape(&[(4, None)], &[]),
            Size {
                width: 360.0,
                height: 500.0,
            },
            1.0,
        );
        let way = layout.way(Caller::PERSON, QueueId(4)).expect("by hand");
        assert!((way.end.y - layout.queues[0].card.y).abs() < 1e-9);
    }
}
