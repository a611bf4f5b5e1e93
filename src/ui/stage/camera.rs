//! What part of the stage is in sight, and how large. Pure: it knows neither pointers nor keys.
//!
//! The world is the layout's own plane; the view is the element that shows it.

use super::geometry::{Point, Rect, Size};
use crate::ui::bounds::bounded;

/// A place to look from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Camera {
    /// Pixels of the view per pixel of the world.
    pub zoom: f64,
    /// Where the world's corner lies in the view.
    pub corner: Point,
}

/// How small and how large the world can be shown.
pub(crate) const ZOOM: [f64; 2] = [0.2, 3.0];
/// What one press of a zoom key does.
pub(crate) const ZOOM_STEP: f64 = 1.25;
/// What is brought into sight keeps so far from the edge.
const MARGIN: f64 = 24.0;

impl Default for Camera {
    fn default() -> Self {
        Self {
            zoom: 1.0,
            corner: Point::default(),
        }
    }
}

impl Camera {
    /// All of the world, or from its upper end as much as `zoom` leaves room for.
    pub(crate) fn at(zoom: f64, world: Size, view: Size) -> Self {
        Self {
            zoom: bounded(zoom, ZOOM[0], ZOOM[1]),
            corner: Point::default(),
        }
        .held(world, view)
    }

    /// All of the world, however small that makes it, but no larger than `most`.
    pub(crate) fn fit(world: Size, view: Size, most: f64) -> Self {
        let across = view.width / world.width.max(1.0);
        let down = view.height / world.height.max(1.0);
        Self::at(across.min(down).min(most), world, view)
    }

    /// Larger or smaller, with the same point of the world under `about`, a point of the view.
    pub(crate) fn zoomed(self, factor: f64, about: Point, world: Size, view: Size) -> Self {
        let zoom = bounded(self.zoom * factor, ZOOM[0], ZOOM[1]);
        let under = self.to_world(about);
        Self {
            zoom,
            corner: Point::new(about.x - under.x * zoom, about.y - under.y * zoom),
        }
        .held(world, view)
    }

    /// Moved along with a drag.
    pub(crate) fn panned(self, dx: f64, dy: f64, world: Size, view: Size) -> Self {
        Self {
            corner: Point::new(self.corner.x + dx, self.corner.y + dy),
            ..self
        }
        .held(world, view)
    }

    /// Moved as little as shows this part of the world; its upper left corner if it is too large.
    pub(crate) fn showing(self, part: Rect, world: Size, view: Size) -> Self {
        let part = self.rect_to_view(part);
        let shift = |start: f64, length: f64, room: f64| {
            let margin = MARGIN.min((room - length) / 2.0).max(0.0);
            let after = (margin - start).max(0.0);
            let before = (room - margin - start - length).min(0.0);
            if after > 0.0 {
                after
            } else if start + before < margin {
                margin - start
            } else {
                before
            }
        };
        let dx = shift(part.x, part.width, view.width);
        let dy = shift(part.y, part.height, view.height);
        self.panned(dx, dy, world, view)
    }

    /// With this point of the world in the middle of the view.
    pub(crate) fn centred(self, on: Point, world: Size, view: Size) -> Self {
        let at = self.to_view(on);
        let (dx, dy) = (view.width / 2.0 - at.x, view.height / 2.0 - at.y);
        self.panned(dx, dy, world, view)
    }

    /// The point of the world at this point of the view.
    pub(crate) fn to_world(self, point: Point) -> Point {
        Point::new(
            (point.x - self.corner.x) / self.zoom,
            (point.y - self.corner.y) / self.zoom,
        )
    }

    /// Where this point of the world is in the view.
    pub(crate) fn to_view(self, point: Point) -> Point {
        Point::new(
            point.x * self.zoom + self.corner.x,
            point.y * self.zoom + self.corner.y,
        )
    }

    fn rect_to_view(self, rect: Rect) -> Rect {
        let corner = self.to_view(Point::new(rect.x, rect.y));
        Rect {
            x: corner.x,
            y: corner.y,
            width: rect.width * self.zoom,
            height: rect.height * self.zoom,
        }
    }

    /// Held so that the world cannot get lost: in the middle where there is room to spare, else
    /// without a gap at either end.
    pub(crate) fn held(self, world: Size, view: Size) -> Self {
        let hold = |corner: f64, world: f64, view: f64| {
            let length = world * self.zoom;
            if length <= view + 0.5 {
                (view - length) / 2.0
            } else {
                bounded(corner, view - length, 0.0)
            }
        };
        Self {
            corner: Point::new(
                hold(self.corner.x, world.width, view.width),
                hold(self.corner.y, world.height, view.height),
            ),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORLD: Size = Size {
        width: 2000.0,
        height: 1000.0,
    };
    const VIEW: Size = Size {
        width: 800.0,
        height: 500.0,
    };

    fn near(one: Point, other: Point) {
        assert!(one.distance(other) < 1e-6, "{one:?} is not {other:?}");
    }

    #[test]
    fn a_fit_shows_all_of_the_world_in_the_middle() {
        let camera = Camera::fit(WORLD, VIEW, 1.0);
        assert!((camera.zoom - 0.4).abs() < 1e-9);
        near(camera.to_view(Point::default()), Point::new(0.0, 50.0));
        near(
            camera.to_view(Point::new(2000.0, 1000.0)),
            Point::new(800.0, 450.0),
        );
        let small = Size {
            width: 100.0,
            height: 100.0,
        };
        assert!(
            (Camera::fit(small, VIEW, 1.5).zoom - 1.5).abs() < 1e-9,
            "no larger than asked"
        );
    }

    #[test]
    fn to_the_view_and_back_is_the_same_point() {
        let camera = Camera::at(1.7, WORLD, VIEW).panned(-333.0, -120.0, WORLD, VIEW);
        for point in [
            Point::default(),
            Point::new(12.0, 700.0),
            Point::new(1999.0, 3.0),
        ] {
            near(camera.to_world(camera.to_view(point)), point);
        }
    }

    #[test]
    fn zooming_keeps_what_is_under_the_pointer() {
        let camera = Camera::at(1.0, WORLD, VIEW).panned(-500.0, -200.0, WORLD, VIEW);
        let about = Point::new(300.0, 200.0);
        let under = camera.to_world(about);
        for factor in [1.25, 2.0, 0.9] {
            near(
                camera.zoomed(factor, about, WORLD, VIEW).to_world(about),
                under,
            );
        }
        let most = camera.zoomed(100.0, about, WORLD, VIEW).zoom;
        let least = camera.zoomed(0.001, about, WORLD, VIEW).zoom;
        assert!((most - ZOOM[1]).abs() < 1e-9 && (least - ZOOM[0]).abs() < 1e-9);
    }

    #[test]
    fn the_world_cannot_get_lost() {
        let camera = Camera::at(1.0, WORLD, VIEW);
        let (left, right) = (
            camera.panned(9999.0, 9999.0, WORLD, VIEW),
            camera.panned(-9999.0, -9999.0, WORLD, VIEW),
        );
        near(left.corner, Point::default());
        near(
            right.to_view(Point::new(2000.0, 1000.0)),
            Point::new(800.0, 500.0),
        );
    }

    #[test]
    fn what_is_asked_for_comes_into_sight() {
        let start = Camera::at(1.0, WORLD, VIEW);
        let part = Rect {
            x: 1500.0,
            y: 800.0,
            width: 200.0,
            height: 100.0,
        };
        let camera = start.showing(part, WORLD, VIEW);
        let (first, last) = (
            camera.to_view(Point::new(part.x, part.y)),
            camera.to_view(Point::new(part.right(), part.bottom())),
        );
        assert!(first.x >= 0.0 && first.y >= 0.0 && last.x <= 800.0 && last.y <= 500.0);
        assert_eq!(
            camera.showing(part, WORLD, VIEW),
            camera,
            "and then it stays"
        );
        let middle = start.centred(Point::new(1000.0, 500.0), WORLD, VIEW);
        near(
            middle.to_view(Point::new(1000.0, 500.0)),
            Point::new(400.0, 250.0),
        );
    }

    #[test]
    fn what_is_larger_than_the_view_shows_its_corner() {
        let part = Rect {
            x: 100.0,
            y: 0.0,
            width: 1500.0,
            height: 90.0,
        };
        let camera = Camera::at(1.0, WORLD, VIEW).panned(-900.0, 0.0, WORLD, VIEW);
        let corner = camera
            .showing(part, WORLD, VIEW)
            .to_view(Point::new(part.x, part.y));
        near(corner, Point::default());
    }
}
