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

impl Point {
    /// How far `point` is from the straight line between this one and `end`.
    fn distance_to_line(self, end: Self, point: Self) -> f64 {
        let (dx, dy) = (end.x - self.x, end.y - self.y);
        let length = (dx * dx + dy * dy).max(1e-9);
        let share = ((point.x - self.x) * dx + (point.y - self.y) * dy) / length;
        let share = bounded(share, 0.0, 1.0);
        point.distance(Self::new(self.x + share * dx, self.y + share * dy))
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

    /// The box moved so far.
    pub(crate) fn moved(self, dx: f64, dy: f64) -> Self {
        Self {
            x: self.x + dx,
            y: self.y + dy,
            ..self
        }
    }

    /// The smallest box around the two; one that is empty does not count.
    pub(crate) fn with(self, other: Self) -> Self {
        if self.width <= 0.0 || self.height <= 0.0 {
            return other;
        }
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self {
            x,
            y,
            width: self.right().max(other.right()) - x,
            height: self.bottom().max(other.bottom()) - y,
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

    /// How far a point is from it, about.
    pub(crate) fn distance(self, point: Point) -> f64 {
        const PARTS: u32 = 48;
        let at = |part: u32| self.at(f64::from(part) / f64::from(PARTS));
        (0..PARTS)
            .map(|part| at(part).distance_to_line(at(part + 1), point))
            .fold(f64::INFINITY, f64::min)
    }

    /// The way moved so far.
    pub(crate) fn moved(self, dx: f64, dy: f64) -> Self {
        let moved = |point: Point| Point::new(point.x + dx, point.y + dy);
        Self {
            start: moved(self.start),
            leave: moved(self.leave),
            arrive: moved(self.arrive),
            end: moved(self.end),
        }
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
