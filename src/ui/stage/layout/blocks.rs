//! Many queues and actors: each cluster is a block, with its producers on the left, its queues in
//! columns and its consumers on the right; the blocks stand in rows, like words on a page.

use super::groups::{Cluster, Unit};
use super::{
    ACTOR_GAP, ACTOR_HEIGHT, ActorBox, ActorShape, Density, HAND, Layout, PAD, QueueBox, REDRIVE,
    Shape,
};
use crate::ui::stage::geometry::{Rect, Size};

/// What things take at scale 1.
struct Sizes {
    queue: Size,
    dead: f64,
    dead_inset: f64,
    actor: Size,
    actor_gap: f64,
    /// Between actors and queues, and between columns of queues.
    wire: f64,
    /// Between blocks.
    gap: f64,
}

impl Sizes {
    fn of(density: Density) -> Self {
        match density {
            Density::Roomy => Self {
                queue: Size {
                    width: 372.0,
                    height: 180.0,
                },
                dead: 150.0,
                dead_inset: 20.0,
                actor: Size {
                    width: 172.0,
                    height: ACTOR_HEIGHT,
                },
                actor_gap: ACTOR_GAP,
                wire: 56.0,
                gap: 30.0,
            },
            Density::Compact => Self {
                queue: Size {
                    width: 260.0,
                    height: 132.0,
                },
                dead: 118.0,
                dead_inset: 8.0,
                actor: Size {
                    width: 132.0,
                    height: 66.0,
                },
                actor_gap: 12.0,
                wire: 34.0,
                gap: 18.0,
            },
        }
    }

    fn unit_height(&self, unit: &Unit<'_>) -> f64 {
        HAND + self.queue.height + unit.below() as f64 * (REDRIVE + self.dead)
    }

    /// What so many actors below each other take.
    fn actors_height(&self, count: usize) -> f64 {
        (count as f64 * (self.actor.height + self.actor_gap) - self.actor_gap).max(0.0)
    }

    fn columns_width(&self, columns: usize, width: f64, gap: f64) -> f64 {
        (columns as f64 * (width + gap) - gap).max(0.0)
    }
}

/// A cluster, measured.
struct Block<'a> {
    cluster: Cluster<'a>,
    /// How many units stand in each column of queues.
    columns: Vec<usize>,
    /// How many actors stand beside each other on the left and on the right.
    across: [usize; 2],
    size: Size,
}

impl<'a> Block<'a> {
    fn new(cluster: Cluster<'a>, sizes: &Sizes, height_max: f64) -> Self {
        let heights: Vec<f64> = cluster
            .units
            .iter()
            .map(|unit| sizes.unit_height(unit))
            .collect();
        let columns = shared_out(&heights, height_max);
        let mut first = 0;
        let mut queues_height = 0.0_f64;
        for count in &columns {
            let column = &heights[first..first + count];
            queues_height =
                queues_height.max(column.iter().sum::<f64>() + sizes.gap * (*count as f64 - 1.0));
            first += count;
        }
        let sides = [cluster.left.len(), cluster.right.len()];
        let room = queues_height.max(height_max * 0.5);
        let across = sides.map(|count| {
            let mut across = 1;
            while across < count && sizes.actors_height(count.div_ceil(across)) > room {
                across += 1;
            }
            if count == 0 { 0 } else { across }
        });
        let mut size = Size {
            width: sizes.columns_width(columns.len(), sizes.queue.width, sizes.wire),
            height: queues_height,
        };
        for (count, across) in sides.into_iter().zip(across) {
            if count > 0 {
                let width = sizes.columns_width(across, sizes.actor.width, sizes.actor_gap);
                size.width += width
                    + if columns.is_empty() {
                        sizes.actor_gap
                    } else {
                        sizes.wire
                    };
                size.height = size.height.max(sizes.actors_height(count.div_ceil(across)));
            }
        }
        Self {
            cluster,
            columns,
            across,
            size,
        }
    }
}

/// Shares heights out to as few columns as are no higher than `most`, and as even as can be: how
/// many go to each.
fn shared_out(heights: &[f64], most: f64) -> Vec<usize> {
    let fill = |most: f64| {
        let mut columns: Vec<(f64, usize)> = Vec::new();
        for height in heights {
            match columns.last_mut() {
                Some((used, count)) if *used + height <= most => {
                    *used += height;
                    *count += 1;
                }
                _ => columns.push((*height, 1)),
            }
        }
        columns
    };
    let fewest = fill(most).len();
    let all: f64 = heights.iter().sum();
    let mut even = all / fewest.max(1) as f64;
    while even < most && fill(even).len() > fewest {
        even += 20.0;
    }
    let columns = fill(even.min(most));
    columns.into_iter().map(|(_, count)| count).collect()
}

impl Layout {
    pub(super) fn stand_in_blocks(&mut self, shape: &Shape, stage: Size, density: Density) {
        self.density = density;
        let scale = self.scale;
        let sizes = Sizes::of(density);
        let room = Size {
            width: stage.width / scale - 2.0 * PAD,
            height: stage.height / scale - 2.0 * PAD,
        };
        let blocks: Vec<Block<'_>> = shape
            .clusters()
            .into_iter()
            .map(|cluster| Block::new(cluster, &sizes, room.height))
            .collect();
        let rows = rows_of(&blocks, room.width, sizes.gap);
        let used: f64 = rows.iter().map(|row| row.height).sum::<f64>()
            + sizes.gap * (rows.len().max(1) - 1) as f64;
        // What is left over goes between the rows, and between the blocks of a row.
        let spare = ((room.height - used) / (rows.len() + 1) as f64).max(0.0);
        let mut y = PAD + spare;
        let mut widest = room.width;
        let mut blocks = blocks.iter();
        for row in &rows {
            let spare_across = ((room.width - row.width) / (row.count + 1) as f64).max(0.0);
            let mut x = PAD + spare_across;
            for block in blocks.by_ref().take(row.count) {
                let lower = (row.height - block.size.height) / 2.0;
                self.stand_block(block, &sizes, x, y + lower);
                x += block.size.width + sizes.gap + spare_across;
            }
            widest = widest.max(row.width);
            y += row.height + sizes.gap + spare;
        }
        let height = used.max(room.height) + 2.0 * PAD;
        self.size = Size {
            width: (widest + 2.0 * PAD) * scale,
            height: height * scale,
        };
        self.wire_sideways(shape);
    }

    /// Stands a block with its corner there.
    fn stand_block(&mut self, block: &Block<'_>, sizes: &Sizes, x: f64, y: f64) {
        let cluster = &block.cluster;
        let has_queues = !block.columns.is_empty();
        let side = |at: usize| {
            let width = sizes.columns_width(block.across[at], sizes.actor.width, sizes.actor_gap);
            let wire = if has_queues {
                sizes.wire
            } else {
                sizes.actor_gap
            };
            if block.across[at] == 0 {
                0.0
            } else {
                width + wire
            }
        };
        let mut column_x = x + side(0);
        let mut units = cluster.units.iter();
        for count in &block.columns {
            let column: Vec<&Unit<'_>> = units.by_ref().take(*count).collect();
            let used: f64 = column.iter().map(|unit| sizes.unit_height(unit)).sum();
            let gap = if *count > 1 {
                sizes
                    .gap
                    .min((block.size.height - used) / (*count - 1) as f64)
                    .max(0.0)
            } else {
                0.0
            };
            let used = used + gap * (*count as f64 - 1.0);
            let mut at = y + (block.size.height - used) / 2.0;
            for unit in column {
                self.stand_small_unit(unit, sizes, column_x, at);
                at += sizes.unit_height(unit) + gap;
            }
            column_x += sizes.queue.width + sizes.wire;
        }
        let right = if has_queues { column_x } else { x + side(0) };
        let middle = y + block.size.height / 2.0;
        self.stand_in_grid(&cluster.left, block.across[0], sizes, x, middle);
        self.stand_in_grid(&cluster.right, block.across[1], sizes, right, middle);
    }

    fn stand_small_unit(&mut self, unit: &Unit<'_>, sizes: &Sizes, x: f64, y: f64) {
        let mut y = y + HAND;
        for (depth, queue) in unit.queues.iter().enumerate() {
            let (inset, height) = if depth == 0 {
                (0.0, sizes.queue.height)
            } else {
                (sizes.dead_inset, sizes.dead)
            };
            let card = Rect {
                x: x + inset,
                y,
                width: sizes.queue.width - 2.0 * inset,
                height,
            };
            self.queues
                .push(QueueBox::new(queue.id, card, self.scale, self.density));
            y += height + REDRIVE;
        }
    }

    /// Stands actors in rows of so many about `middle`, those of the upper queues first.
    fn stand_in_grid(
        &mut self,
        actors: &[&ActorShape],
        across: usize,
        sizes: &Sizes,
        x: f64,
        middle: f64,
    ) {
        if actors.is_empty() {
            return;
        }
        let wishes = self.wishes(actors, middle * self.scale);
        let height = sizes.actors_height(actors.len().div_ceil(across));
        for (at, (_, actor)) in wishes.into_iter().enumerate() {
            let (row, column) = ((at / across) as f64, (at % across) as f64);
            let card = Rect {
                x: x + column * (sizes.actor.width + sizes.actor_gap),
                y: middle - height / 2.0 + row * (sizes.actor.height + sizes.actor_gap),
                width: sizes.actor.width,
                height: sizes.actor.height,
            };
            let is_left = actor.role.is_left();
            self.actors
                .push(ActorBox::new(actor.caller, card, self.scale, is_left));
        }
    }
}

/// Some blocks beside each other.
struct Row {
    count: usize,
    width: f64,
    height: f64,
}

/// As many blocks to a row as there is room for.
fn rows_of(blocks: &[Block<'_>], room: f64, gap: f64) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for Block { size, .. } in blocks {
        match rows.last_mut() {
            Some(row) if row.width + gap + size.width <= room => {
                row.count += 1;
                row.width += gap + size.width;
                row.height = row.height.max(size.height);
            }
            _ => rows.push(Row {
                count: 1,
                width: size.width,
                height: size.height,
            }),
        }
    }
    rows
}
