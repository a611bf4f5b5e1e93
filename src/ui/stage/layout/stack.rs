//! A narrow stage: one queue after the other, each with its producers above and its consumers below.

use super::columns::{QUEUE_HEIGHT, Stretch};
use super::{ACTOR_GAP, ACTOR_HEIGHT, ActorBox, ActorShape, Layout, PAD, Shape};
use crate::ui::stage::geometry::{Rect, Size};

/// An actor's card takes at least so much.
const WIDTH_MIN: f64 = 156.0;

impl Layout {
    /// The queues grow into the height that is left.
    pub(super) fn stand_in_a_stack(&mut self, shape: &Shape, stage: Size) {
        let least = self.stack(shape, stage, &Stretch::least());
        let units = shape.units().len();
        let spare = stage.height / self.scale - least;
        if spare > 0.0 && units > 0 {
            let queue = (QUEUE_HEIGHT[0] + spare / units as f64).min(QUEUE_HEIGHT[1]);
            (self.queues, self.actors) = Default::default();
            let stretch = Stretch {
                queue,
                ..Stretch::least()
            };
            self.stack(shape, stage, &stretch);
        }
        self.size.height = (least * self.scale).max(stage.height);
        self.wire_upright(shape);
    }

    /// Stands all cards below each other; returns the height that they take at scale 1.
    fn stack(&mut self, shape: &Shape, stage: Size, stretch: &Stretch) -> f64 {
        let pad = PAD * 0.6;
        let column = Rect {
            x: pad,
            y: 0.0,
            width: stage.width / self.scale - 2.0 * pad,
            height: 0.0,
        };
        let units = shape.units();
        let home = |actor: &ActorShape| {
            let first = actor.queues.first();
            let holds = first.map(|id| units.iter().position(|unit| unit.has(*id)));
            holds.flatten().unwrap_or(0)
        };
        let mut y = pad;
        for (at, unit) in units.iter().enumerate() {
            for is_left in [true, false] {
                if !is_left {
                    y = self.stand_unit(unit, y, column, stretch);
                }
                let here: Vec<_> = shape
                    .side(is_left)
                    .filter(|actor| home(actor) == at)
                    .collect();
                y = self.stand_in_rows(&here, y, column);
            }
        }
        if units.is_empty() {
            y = self.stand_in_rows(&shape.actors.iter().collect::<Vec<_>>(), y, column);
        }
        y + pad
    }

    /// Stands actors in rows; returns where the next thing begins.
    fn stand_in_rows(&mut self, actors: &[&ActorShape], mut y: f64, column: Rect) -> f64 {
        if actors.is_empty() {
            return y;
        }
        let fit = ((column.width + ACTOR_GAP) / (WIDTH_MIN + ACTOR_GAP))
            .floor()
            .max(1.0);
        let across = (fit as usize).min(actors.len());
        let width = (column.width - (across - 1) as f64 * ACTOR_GAP) / across as f64;
        y += ACTOR_GAP;
        for row in actors.chunks(across) {
            for (at, actor) in row.iter().enumerate() {
                let card = Rect {
                    x: column.x + at as f64 * (width + ACTOR_GAP),
                    y,
                    width,
                    height: ACTOR_HEIGHT,
                };
                let is_left = actor.role.is_left();
                self.actors
                    .push(ActorBox::new(actor.caller, card, self.scale, is_left));
            }
            y += ACTOR_HEIGHT + ACTOR_GAP;
        }
        y
    }
}
