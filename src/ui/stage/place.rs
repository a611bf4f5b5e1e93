//! Two small puzzles of the layout: cards in a column, tokens in a field.

use super::geometry::{Point, Rect};
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

/// How tokens stand in a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Packing {
    /// Of one token, without its ring.
    pub radius: f64,
    /// How many are shown.
    pub shown: usize,
    /// How many are not.
    pub hidden: usize,
    across: usize,
    field: Rect,
    pitch: f64,
}

/// The radii that are tried, the largest first; below `LABEL_RADIUS_MIN` a token has no number.
const RADII: [f64; 6] = [13.0, 11.0, 9.0, 7.5, 6.0, 5.0];

/// Smaller tokens have neither number nor badge.
pub(crate) const LABEL_RADIUS_MIN: f64 = 9.0;

impl Packing {
    /// Shows `count` tokens as large as they can be; what does not even fit when small is hidden
    /// behind a "+N" in the last place.
    pub(crate) fn new(field: Rect, count: usize, scale: f64) -> Self {
        let mut best = Self {
            radius: 0.0,
            shown: 0,
            hidden: count,
            across: 1,
            field,
            pitch: 1.0,
        };
        for radius in RADII.map(|radius| radius * scale) {
            let pitch = radius * 2.0 + (radius * 0.75).max(5.0 * scale);
            let across = (field.width / pitch).floor().max(0.0) as usize;
            let down = (field.height / pitch).floor().max(0.0) as usize;
            let places = across * down;
            if places == 0 {
                continue;
            }
            if places >= count {
                return Self {
                    radius,
                    shown: count,
                    hidden: 0,
                    across,
                    field,
                    pitch,
                };
            }
            // "+1234" takes the width of about 40 pixels.
            let taken = ((40.0 * scale / pitch).ceil() as usize).min(across);
            let shown = places - taken;
            best = Self {
                radius,
                shown,
                hidden: count - shown,
                across,
                field,
                pitch,
            };
        }
        best
    }

    /// The centre of the token at this place.
    pub(crate) fn center(&self, at: usize) -> Point {
        let (row, column) = (at / self.across.max(1), at % self.across.max(1));
        Point::new(
            self.field.x + (column as f64 + 0.5) * self.pitch,
            self.field.y + (row as f64 + 0.5) * self.pitch,
        )
    }

    /// How much of the field's height is used.
    pub(crate) fn height(&self) -> f64 {
        self.shown.div_ceil(self.across.max(1)) as f64 * self.pitch
    }

    /// Where "+N" begins: its left edge, its middle.
    pub(crate) fn overflow(&self) -> Point {
        let next = self.center(self.shown);
        Point::new(next.x - self.radius, next.y)
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

    #[test]
    fn tokens_shrink_before_they_hide() {
        let field = Rect {
            x: 10.0,
            y: 20.0,
            width: 140.0,
            height: 90.0,
        };
        let radii = [1, 6, 12, 30].map(|count| {
            let packing = Packing::new(field, count, 1.0);
            assert_eq!((packing.shown, packing.hidden), (count, 0));
            packing.radius
        });
        assert!(
            radii.is_sorted_by(|large, small| large >= small),
            "{radii:?}"
        );
        let many = Packing::new(field, 1000, 1.0);
        assert!(many.shown > 20 && many.shown + many.hidden == 1000);
        for at in 0..many.shown {
            assert!(field.contains(many.center(at)));
        }
        assert!(field.contains(many.overflow()));
    }

    #[test]
    fn a_field_without_room_hides_all() {
        let packing = Packing::new(Rect::default(), 3, 1.0);
        assert_eq!((packing.shown, packing.hidden), (0, 3));
    }
}
