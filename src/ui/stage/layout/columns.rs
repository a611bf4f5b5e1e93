//! A few queues with their producers on the left and their consumers on the right: they fill the
//! stage.

use super::groups::Unit;
use super::{
    ACTOR_GAP, ACTOR_HEIGHT, ACTOR_WIDTH, ActorBox, ActorShape, DEAD_INSET, Density, HAND, Layout,
    PAD, QUEUE_WIDTH, QueueBox, REDRIVE, Shape, WIRE,
};
use crate::ui::bounds::bounded;
use crate::ui::stage::geometry::{Rect, Size};
use crate::ui::stage::place::spread;

pub(super) const QUEUE_HEIGHT: [f64; 2] = [190.0, 370.0];
pub(super) const DEAD_HEIGHT: [f64; 2] = [150.0, 210.0];

/// The narrowest stage on which three columns stand.
pub(super) fn width_least() -> f64 {
    QUEUE_WIDTH[0] + 2.0 * (ACTOR_WIDTH[0] + WIRE[0] + PAD)
}

/// How the height is shared out.
pub(super) struct Stretch {
    pub(super) queue: f64,
    pub(super) dead: f64,
    pub(super) gap: f64,
    pub(super) top: f64,
    pub(super) height: f64,
}

impl Stretch {
    pub(super) fn least() -> Self {
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
        let dead = units.iter().map(Unit::below).sum::<usize>() as f64;
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

impl Layout {
    /// Producers, queues, consumers, from left to right.
    pub(super) fn stand_in_columns(&mut self, shape: &Shape, stage: Size) {
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
        let columns = [true, false].map(|is_left| shape.side(is_left).collect::<Vec<_>>());
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

    /// Stands a queue and those below it at `y`; returns where the next begins.
    pub(super) fn stand_unit(
        &mut self,
        unit: &Unit<'_>,
        mut y: f64,
        column: Rect,
        stretch: &Stretch,
    ) -> f64 {
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
            self.queues
                .push(QueueBox::new(queue.id, card, self.scale, Density::Roomy));
            y += height + REDRIVE;
        }
        y - REDRIVE + stretch.gap
    }

    /// Stands a column of actors, each as near as can be to its queues.
    fn stand_beside(&mut self, actors: &[&ActorShape], x: f64, width: f64) {
        let scale = self.scale;
        let wishes = self.wishes(actors, self.size.height / 2.0);
        let centers: Vec<f64> = wishes.iter().map(|(wish, _)| wish / scale).collect();
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
            let is_left = actor.role.is_left();
            self.actors
                .push(ActorBox::new(actor.caller, card, scale, is_left));
        }
    }

    /// The actors with the heights at which they would like to stand: the middle of their queues.
    /// From the highest to the lowest; equal wishes keep their order.
    pub(super) fn wishes<'a>(
        &self,
        actors: &[&'a ActorShape],
        otherwise: f64,
    ) -> Vec<(f64, &'a ActorShape)> {
        let mut wishes: Vec<(f64, &ActorShape)> = Vec::new();
        for actor in actors {
            let mine = actor.queues.iter().filter_map(|id| self.queue(*id));
            let (mut sum, mut count) = (0.0, 0);
            for queue in mine {
                sum += queue.card.center().y;
                count += 1;
            }
            let wish = if count == 0 {
                otherwise
            } else {
                sum / f64::from(count)
            };
            let at = wishes.partition_point(|(other, _)| *other <= wish);
            wishes.insert(at, (wish, actor));
        }
        wishes
    }
}
