//! Points, rectangles, curves: all in CSS pixels, all pure.

use crate::ui::bounds::bounded;
use crate::ui::format::decimal;

/// A place.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Point {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

/// How large something is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Size {
    /// Across.
    pub width: f64,
    /// Down.
    pub height: f64,
}

/// A box.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Rect {
    /// Its left edge.
    pub x: f64,
    /// Its upper edge.
    pub y: f64,
    /// Across.
    pub width: f64,
    /// Down.
    pub height: f64,
}

/// A cubic curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Curve {
    /// Where it starts.
    pub start: Point,
    /// What it starts towards.
    pub leave: Point,
    /// What it arrives from.
    pub arrive: Point,
    /// Where it ends.
    pub end: Point,
}

impl Point {
    pub(crate) fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    pub(crate) fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

impl Rect {
    pub(crate) fn right(self) -> f64 {
        self.x + self.width
    }

    pub(crate) fn bottom(self) -> f64 {
        self.y + self.height
    }

    pub(crate) fn center(self) -> Point {
        Point::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    pub(crate) fn contains(self, point: Point) -> bool {
        (self.x..=self.right()).contains(&point.x) && (self.y..=self.bottom()).contains(&point.y)
    }

    /// The box as it is written in an element that is magnified.
    pub(crate) fn before_magnifying(self, by: f64) -> Self {
        Self {
            x: self.x / by,
            y: self.y / by,
            width: self.width / by,
            height: self.height / by,
        }
    }

    /// As the style of an element that is placed by it.
    pub(crate) fn style(self) -> String {
        format!(
            "left:{}px;top:{}px;width:{}px;height:{}px",
            decimal(self.x, 1),
            decimal(self.y, 1),
            decimal(self.width, 1),
            decimal(self.height, 1)
        )
    }
}

impl Curve {
    /// A straight way.
    pub(crate) fn straight(start: Point, end: Point) -> Self {
        Self {
            start,
            leave: start,
            arrive: end,
            end,
        }
    }

    /// A way that leaves and arrives level.
    pub(crate) fn level(start: Point, end: Point) -> Self {
        let middle = f64::midpoint(start.x, end.x);
        Self {
            start,
            leave: Point::new(middle, start.y),
            arrive: Point::new(middle, end.y),
            end,
        }
    }

    /// The point at this share of the way, 0 to 1.
    pub(crate) fn at(self, share: f64) -> Point {
        let t = bounded(share, 0.0, 1.0);
        let u = 1.0 - t;
        let [a, b, c, d] = [u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t];
        Point::new(
            a * self.start.x + b * self.leave.x + c * self.arrive.x + d * self.end.x,
            a * self.start.y + b * self.leave.y + c * self.arrive.y + d * self.end.y,
        )
    }

    /// The way back.
    pub(crate) fn reversed(self) -> Self {
        Self {
            start: self.end,
            leave: self.arrive,
            arrive: self.leave,
            end: self.start,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_runs_from_its_start_to_its_end() {
        let (start, end) = (Point::new(10.0, 20.0), Point::new(110.0, 60.0));
        for curve in [Curve::level(start, end), Curve::straight(start, end)] {
            assert!(curve.at(0.0).distance(start) < 1e-9);
            assert!(curve.at(1.0).distance(end) < 1e-9);
            assert!(curve.reversed().at(0.25).distance(curve.at(0.75)) < 1e-9);
        }
    }
}
