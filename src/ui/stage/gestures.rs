//! Fingers and pointers on the stage: what a drag or a pinch asks of the camera. Pure.

use super::geometry::Point;

/// A pointer that has moved less has not dragged.
const DRAG_MIN: f64 = 5.0;

/// The pointers that are down.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gestures {
    /// By their numbers, with where each is.
    down: Vec<(i32, Point)>,
    start: Point,
    dragging: bool,
}

/// What the camera is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Sweep {
    pub dx: f64,
    pub dy: f64,
    pub zoom: f64,
    /// What keeps its place while it zooms.
    pub about: Point,
}

impl Gestures {
    /// A pointer goes down.
    pub(crate) fn down(&mut self, pointer: i32, at: Point) {
        self.down.retain(|(known, _)| *known != pointer);
        if self.down.is_empty() {
            self.start = at;
            self.dragging = false;
        } else {
            // Two fingers never click.
            self.dragging = true;
        }
        self.down.push((pointer, at));
    }

    /// A pointer moves. Nothing is asked for as long as that may still become a click.
    pub(crate) fn moved(&mut self, pointer: i32, to: Point) -> Option<Sweep> {
        let before = self.pose();
        let (_, at) = self.down.iter_mut().find(|(known, _)| *known == pointer)?;
        if !self.dragging && self.start.distance(to) < DRAG_MIN {
            return None;
        }
        *at = to;
        self.dragging = true;
        let (middle, spread) = self.pose();
        let zoom = if before.1 > 0.0 && spread > 0.0 {
            spread / before.1
        } else {
            1.0
        };
        Some(Sweep {
            dx: middle.x - before.0.x,
            dy: middle.y - before.0.y,
            zoom,
            about: middle,
        })
    }

    /// A pointer goes up, or is lost. Whether it has dragged: then it has not clicked.
    pub(crate) fn up(&mut self, pointer: i32) -> bool {
        self.down.retain(|(known, _)| *known != pointer);
        self.dragging
    }

    /// The middle of the first two pointers, and how far they are apart.
    fn pose(&self) -> (Point, f64) {
        match self.down[..] {
            [] => (Point::default(), 0.0),
            [(_, only)] => (only, 0.0),
            [(_, one), (_, other), ..] => (
                Point::new(f64::midpoint(one.x, other.x), f64::midpoint(one.y, other.y)),
                one.distance(other),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> Point {
        Point::new(x, y)
    }

    #[test]
    fn a_trembling_finger_clicks() {
        let mut gestures = Gestures::default();
        gestures.down(1, at(100.0, 100.0));
        assert_eq!(gestures.moved(1, at(102.0, 101.0)), None);
        assert!(!gestures.up(1), "not dragged");
    }

    #[test]
    fn one_finger_pans() {
        let mut gestures = Gestures::default();
        gestures.down(1, at(100.0, 100.0));
        let sweep = gestures.moved(1, at(130.0, 90.0)).expect("a drag");
        assert!((sweep.dx - 30.0).abs() < 1e-9 && (sweep.dy + 10.0).abs() < 1e-9);
        assert!((sweep.zoom - 1.0).abs() < 1e-9);
        assert!(gestures.up(1), "no click");
    }

    #[test]
    fn two_fingers_zoom_about_their_middle() {
        let mut gestures = Gestures::default();
        gestures.down(1, at(100.0, 100.0));
        gestures.down(2, at(200.0, 100.0));
        let sweep = gestures.moved(2, at(300.0, 100.0)).expect("a pinch");
        assert!((sweep.zoom - 2.0).abs() < 1e-9);
        assert!(sweep.about.distance(at(200.0, 100.0)) < 1e-9);
        gestures.up(2);
        let sweep = gestures.moved(1, at(90.0, 100.0)).expect("on with one");
        assert!((sweep.dx + 10.0).abs() < 1e-9 && (sweep.zoom - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_pointer_that_is_not_down_asks_for_nothing() {
        assert_eq!(Gestures::default().moved(1, at(9.0, 9.0)), None);
    }
}
