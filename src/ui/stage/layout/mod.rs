//! Where things stand on the stage: a function of which queues and actors there are, and of the
//! stage's size. Messages never move a card: the same world always stands in the same places.

mod blocks;
mod boxes;
mod columns;
mod groups;
mod stack;
#[cfg(test)]
mod tests;
mod wires;

use crate::sqs::QueueId;
use crate::sqs::api::Caller;

use super::geometry::{Curve, Point, Rect, Size};
use super::view::Role;
use crate::ui::bounds::bounded;

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

/// How much a card says.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum Density {
    /// All that there is to say.
    #[default]
    Roomy,
    /// A name and what happens: there are many.
    Compact,
}

/// Where everything is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Layout {
    /// What all of it takes.
    pub size: Size,
    /// Relative to text of 16 pixels.
    pub scale: f64,
    /// How large it is shown at first: all of it, if that can be read.
    pub zoom: f64,
    pub density: Density,
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
    /// As many messages of a zone can be shown one by one.
    pub capacity: usize,
}

/// An actor's card.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ActorBox {
    pub caller: Caller,
    pub card: Rect,
    /// Where its progress runs.
    pub meter: Rect,
    /// On the left of its queues: its handle is on its right.
    pub is_left: bool,
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
const QUEUE_WIDTH: [f64; 2] = [372.0, 820.0];
const ACTOR_WIDTH: [f64; 2] = [172.0, 250.0];
const ACTOR_HEIGHT: f64 = 114.0;
const ACTOR_GAP: f64 = 16.0;
const WIRE: [f64; 2] = [44.0, 140.0];
const HAND: f64 = 34.0;
const REDRIVE: f64 = 38.0;
const DEAD_INSET: f64 = 34.0;

/// A stage with room to spare shows everything larger, up to this.
const MAGNIFY_MAX: f64 = 1.6;
/// The stage that is shown as large as the rest of the page.
const PLAIN_STAGE: Size = Size {
    width: 1080.0,
    height: 560.0,
};
/// How large the stage may be shown at first, the largest first; smaller would be hard to read.
const ZOOMS: [f64; 13] = [
    1.6, 1.45, 1.3, 1.15, 1.0, 0.92, 0.85, 0.78, 0.7, 0.62, 0.55, 0.5, 0.45,
];
/// On a narrower stage everything stands below each other.
const STACK_WIDTH_MAX: f64 = 640.0;
/// Below this, other ways to stand are better than small columns.
const COLUMNS_ZOOM_MIN: f64 = 0.85;
/// Below this, cards that say less are better than small ones that say all.
const ROOMY_ZOOM_MIN: f64 = 0.78;

/// The ways to stand.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Way {
    /// Producers, queues, consumers: three columns that fill the stage.
    Columns,
    /// Those that belong together in a block, and the blocks in rows.
    Blocks(Density),
}

impl Layout {
    /// Puts this shape on a stage of this size, as large as shows all of it and can be read.
    /// `scale` grows with the reader's text size.
    pub(crate) fn new(shape: &Shape, stage: Size, scale: f64) -> Self {
        let plain = Size {
            width: stage.width / scale,
            height: stage.height / scale,
        };
        let most = (plain.width / PLAIN_STAGE.width).min(plain.height / PLAIN_STAGE.height);
        let most = bounded(most, 1.0, MAGNIFY_MAX);
        if plain.width < STACK_WIDTH_MAX {
            let mut layout = Self::stand(shape, stage, scale, |layout, room| {
                layout.stand_in_a_stack(shape, room);
            });
            layout.zoom = 1.0;
            return layout;
        }
        let zooms = || std::iter::once(most).chain(ZOOMS.into_iter().filter(|zoom| *zoom < most));
        let tries = |way: Way, least: f64| {
            zooms()
                .take_while(move |zoom| *zoom >= least)
                .map(move |zoom| (way, zoom))
        };
        let roomy = tries(Way::Blocks(Density::Roomy), ROOMY_ZOOM_MIN);
        let compact = tries(Way::Blocks(Density::Compact), 0.0);
        let mut last = None;
        for (way, zoom) in tries(Way::Columns, COLUMNS_ZOOM_MIN)
            .chain(roomy)
            .chain(compact)
        {
            let room = Size {
                width: stage.width / zoom,
                height: stage.height / zoom,
            };
            if way == Way::Columns && room.width < columns::width_least() * scale {
                continue;
            }
            let mut layout = Self::stand(shape, room, scale, |layout, room| match way {
                Way::Columns => layout.stand_in_columns(shape, room),
                Way::Blocks(density) => layout.stand_in_blocks(shape, room, density),
            });
            layout.zoom = zoom;
            if layout.size.width <= room.width + 0.5 && layout.size.height <= room.height + 0.5 {
                return layout;
            }
            last = Some(layout);
        }
        last.unwrap_or_default()
    }

    fn stand(shape: &Shape, room: Size, scale: f64, stand: impl FnOnce(&mut Self, Size)) -> Self {
        let mut layout = Self {
            size: room,
            scale,
            zoom: 1.0,
            ..Self::default()
        };
        stand(&mut layout, room);
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
}
