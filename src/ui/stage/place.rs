//! Two small puzzles of the layout: cards in a column, tokens in a field.

use super::geometry::{Point, Rect, Size};
use crate::ui::bounds::bounded;

/// Places centres as near to their wishes (in rising order) as `pitch` apart allows, and inside
/// `bounds` if they fit there: the least squares answer, by pooling neighbours that collide.
pub(crate) fn spread(wishes: &[f64], pitch: f64, bounds: (f64, f64)) -> Vec<f64> {
    // Shifted by its rank, each centre must only not fall below the one before.
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (at, wish) in wishes.iter().enumerate() {
        let mut pool = (wish - at as f64 * pitch, 1);
        while let Some(&(mean, count)) = pools.last()
            && mean > pool.0
        {
            pools.pop();
            let total = count + pool.1;
            pool = (
                (mean * count as f64 + pool.0 * pool.1 as f64) / total as f64,
                total,
            );
        }
        pools.push(pool);
    }
    let last = wishes.len().saturating_sub(1) as f64 * pitch;
    let highest = (bounds.1 - last).max(bounds.0);
    let shifted = pools
        .into_iter()
        .flat_map(|(mean, count)| std::iter::repeat_n(mean, count));
    shifted
        .enumerate()
        .map(|(at, mean)| bounded(mean, bounds.0, highest) + at as f64 * pitch)
        .collect()
}

/// How the messages of a zone stand in its field: the first as tokens, as large as they can be. If
/// there are too many for that, the others are dots below them or beside them, and what has not even
/// room for a dot is a number.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Packing {
    /// Of one token, without its ring.
    pub radius: f64,
    /// How many are tokens.
    pub shown: usize,
    /// Those that are none.
    pub crowd: Option<Crowd>,
    across: usize,
    field: Rect,
    pitch: f64,
}

/// Messages that are not shown one by one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Crowd {
    /// How many they are.
    pub count: usize,
    /// How many of them are dots.
    pub dots: usize,
    /// Where the dots are.
    pub area: Rect,
    /// From dot to dot.
    pub pitch: f64,
    /// Dots in a row.
    pub across: usize,
    /// Where the number of the others begins: its left edge, its middle.
    pub label: Point,
    /// Dots and number.
    pub bounds: Rect,
}

/// The radii that are tried, the largest first; below `LABEL_RADIUS_MIN` a token has no number.
const RADII: [f64; 5] = [13.0, 11.0, 9.0, 7.5, 6.0];
/// Of the tokens before a crowd.
const HEAD_RADIUS: f64 = 9.0;

/// Smaller tokens have neither number nor badge.
pub(crate) const LABEL_RADIUS_MIN: f64 = 9.0;

/// From dot to dot.
const DOT_PITCH: f64 = 5.5;
/// A number below or beside the dots.
const NUMBER: Size = Size {
    width: 50.0,
    height: 15.0,
};

/// Places for tokens of this radius in a field: from one to the next, across, down.
fn places(field: Rect, radius: f64, scale: f64) -> (f64, usize, usize) {
    let pitch = radius * 2.0 + (radius * 0.75).max(5.0 * scale);
    let fit = |length: f64| (length / pitch).floor().max(0.0) as usize;
    (pitch, fit(field.width), fit(field.height))
}

impl Packing {
    /// How many tokens a field holds at most.
    pub(crate) fn capacity(field: Rect, scale: f64) -> usize {
        let (_, across, down) = places(field, RADII[RADII.len() - 1] * scale, scale);
        across * down
    }

    /// Shows `count` messages, of which the first `known` can be tokens.
    pub(crate) fn new(field: Rect, count: usize, known: usize, scale: f64) -> Self {
        for radius in RADII.map(|radius| radius * scale) {
            let (pitch, across, down) = places(field, radius, scale);
            if count <= known && count <= across * down {
                return Self {
                    radius,
                    shown: count,
                    crowd: None,
                    across,
                    field,
                    pitch,
                };
            }
        }
        Self::crowded(field, count, known, scale)
    }

    /// The first messages as tokens in rows above the crowd; in a low field before it.
    fn crowded(field: Rect, count: usize, known: usize, scale: f64) -> Self {
        let radius = HEAD_RADIUS * scale;
        let (pitch, across, down) = places(field, radius, scale);
        let is_low = field.height < pitch + (DOT_PITCH * 2.0 + NUMBER.height) * scale;
        let (across, rows) = if is_low {
            (across / 2, down.min(1))
        } else {
            (across, ((field.height * 0.5 / pitch) as usize).max(1))
        };
        let shown = (across * rows).min(known).min(count);
        let used = shown.div_ceil(across.max(1)) as f64 * pitch;
        let rest = if is_low {
            Rect {
                x: field.x + shown as f64 * pitch,
                width: field.width - shown as f64 * pitch,
                ..field
            }
        } else {
            Rect {
                y: field.y + used,
                height: field.height - used,
                ..field
            }
        };
        Self {
            radius,
            shown,
            crowd: (count > shown).then(|| Crowd::new(rest, count - shown, is_low, scale)),
            across,
            field,
            pitch,
        }
    }

    /// The centre of the token at this place.
    pub(crate) fn center(&self, at: usize) -> Point {
        let (row, column) = (at / self.across.max(1), at % self.across.max(1));
        Point::new(
            self.field.x + (column as f64 + 0.5) * self.pitch,
            self.field.y + (row as f64 + 0.5) * self.pitch,
        )
    }

    /// How far tokens beside a crowd stand below the upper edge: on the middle line of a low field.
    pub(crate) fn lower(&self) -> f64 {
        let is_beside = self
            .crowd
            .is_some_and(|crowd| self.shown > 0 && crowd.bounds.x > self.field.x);
        if is_beside {
            (self.field.height - self.height()) / 2.0
        } else {
            0.0
        }
    }

    /// How much of the field's height the tokens use.
    pub(crate) fn height(&self) -> f64 {
        self.shown.div_ceil(self.across.max(1)) as f64 * self.pitch
    }
}

impl Crowd {
    /// As many dots as there is room for; the number, if one is needed, stands beside them in a low
    /// field, else below.
    fn new(rest: Rect, count: usize, is_low: bool, scale: f64) -> Self {
        let pitch = DOT_PITCH * scale;
        let fit = |length: f64| (length / pitch).floor().max(0.0) as usize;
        let all = fit(rest.width) * fit(rest.height);
        let area = match (count <= all, is_low) {
            (true, _) => rest,
            (false, true) => Rect {
                width: (rest.width - NUMBER.width * scale).max(0.0),
                ..rest
            },
            (false, false) => Rect {
                height: (rest.height - NUMBER.height * scale).max(0.0),
                ..rest
            },
        };
        let (across, down) = (fit(area.width), fit(area.height));
        let dots = count.min(across * down);
        let rows = dots.div_ceil(across.max(1)) as f64;
        // In a low field the dots stand on its middle line.
        let lower = if is_low {
            (area.height - rows * pitch) / 2.0
        } else {
            0.0
        };
        let area = Rect {
            y: area.y + lower.max(0.0),
            height: rows * pitch,
            width: across as f64 * pitch,
            ..area
        };
        let label = if is_low {
            Point::new(area.right() + 3.0 * scale, rest.center().y)
        } else {
            Point::new(rest.x, area.bottom() + NUMBER.height * scale / 2.0)
        };
        let number = Rect {
            x: label.x,
            y: label.y - NUMBER.height * scale / 2.0,
            width: NUMBER.width * scale,
            height: NUMBER.height * scale,
        };
        Self {
            count,
            dots,
            area,
            pitch,
            across,
            label,
            bounds: if dots < count {
                area.with(number)
            } else {
                area
            },
        }
    }

    /// How many have not even a dot.
    pub(crate) fn uncounted(&self) -> usize {
        self.count - self.dots
    }

    /// The rows of dots: where each begins, and how many dots it has.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (Point, usize)> {
        let full = self.dots / self.across.max(1);
        let last = self.dots % self.across.max(1);
        let counts = std::iter::repeat_n(self.across, full).chain((last > 0).then_some(last));
        let (corner, pitch) = (Point::new(self.area.x, self.area.y), self.pitch);
        counts.enumerate().map(move |(row, count)| {
            let start = Point::new(
                corner.x + pitch / 2.0,
                corner.y + (row as f64 + 0.5) * pitch,
            );
            (start, count)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(one: &[f64], other: &[f64]) {
        assert_eq!(one.len(), other.len());
        assert!(
            one.iter().zip(other).all(|(a, b)| (a - b).abs() < 1e-9),
            "{one:?} {other:?}"
        );
    }

    #[test]
    fn cards_stand_where_they_wish_if_they_can() {
        close(
            &spread(&[100.0, 300.0], 50.0, (0.0, 400.0)),
            &[100.0, 300.0],
        );
        close(&spread(&[100.0, 100.0], 50.0, (0.0, 400.0)), &[75.0, 125.0]);
        close(
            &spread(&[0.0, 0.0, 0.0], 50.0, (30.0, 400.0)),
            &[30.0, 80.0, 130.0],
        );
        close(
            &spread(&[400.0, 400.0], 50.0, (30.0, 400.0)),
            &[350.0, 400.0],
        );
        close(&spread(&[], 50.0, (30.0, 400.0)), &[]);
    }

    fn field(width: f64, height: f64) -> Rect {
        Rect {
            x: 10.0,
            y: 20.0,
            width,
            height,
        }
    }

    #[test]
    fn tokens_shrink_before_they_crowd() {
        let field = field(140.0, 90.0);
        let radii = [1, 6, 12, 28].map(|count| {
            let packing = Packing::new(field, count, count, 1.0);
            assert_eq!((packing.shown, packing.crowd), (count, None));
            packing.radius
        });
        assert!(
            radii.is_sorted_by(|large, small| large >= small),
            "{radii:?}"
        );
    }

    #[test]
    fn a_crowd_counts_every_message_once() {
        for (width, height) in [(140.0, 90.0), (110.0, 24.0), (80.0, 40.0), (260.0, 250.0)] {
            let field = field(width, height);
            for count in [40, 300, 2000, 120_000] {
                let packing = Packing::new(field, count, 240, 1.0);
                let crowd = packing.crowd.unwrap_or_default();
                assert_eq!(packing.shown + crowd.count, count);
                assert_eq!(
                    crowd.rows().map(|(_, dots)| dots).sum::<usize>() + crowd.uncounted(),
                    crowd.count
                );
                for at in 0..packing.shown {
                    assert!(field.contains(packing.center(at)));
                    assert!(!crowd.area.contains(packing.center(at)), "a dot on a token");
                }
                for (start, dots) in crowd.rows() {
                    let end = Point::new(start.x + (dots - 1) as f64 * crowd.pitch, start.y);
                    assert!(field.contains(start) && field.contains(end), "{crowd:?}");
                }
                if crowd.uncounted() > 0 {
                    assert!(field.contains(crowd.label), "{crowd:?} in {field:?}");
                }
            }
        }
    }

    #[test]
    fn a_field_without_room_counts_all() {
        let packing = Packing::new(Rect::default(), 3, 3, 1.0);
        let crowd = packing.crowd.expect("no room for a token");
        assert_eq!((packing.shown, crowd.uncounted()), (0, 3));
    }
}
