//! The camera as the page has it: what pointers and keys change, and what cards and canvases follow.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use web_sys::{Element, HtmlElement};
use yew::NodeRef;

use super::camera::{Camera, ZOOM_STEP};
use super::geometry::{Point, Rect, Size};
use super::layout::Layout;
use crate::ui::format::decimal;

/// Smaller than this part of what the layout was made for is hard to read.
const LEGIBLE: f64 = 0.7;
/// The same for one of two worlds that are compared: what is in the one and not in the other counts more.
const LEGIBLE_COMPARED: f64 = 0.6;

/// The last place looked from; clones are the same.
#[derive(Clone)]
pub(super) struct Viewpoint {
    inner: Rc<Inner>,
}

struct Inner {
    camera: Cell<Camera>,
    /// Whether the person has chosen it: then it is kept when the world changes.
    chosen: Cell<bool>,
    view: Cell<Size>,
    layout: RefCell<Rc<Layout>>,
    /// The element that shows the world, and the one that holds the cards.
    stage: NodeRef,
    world: NodeRef,
    /// How much smaller than it was made for all of the layout may be shown.
    least: f64,
}

/// So small that only names can be read.
const FAR: f64 = 0.6;

impl PartialEq for Viewpoint {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.inner, &other.inner)
    }
}

impl Viewpoint {
    pub(super) fn new(stage: NodeRef, world: NodeRef, is_compared: bool) -> Self {
        Self {
            inner: Rc::new(Inner {
                camera: Cell::default(),
                chosen: Cell::default(),
                view: Cell::default(),
                layout: RefCell::default(),
                stage,
                world,
                least: if is_compared {
                    LEGIBLE_COMPARED
                } else {
                    LEGIBLE
                },
            }),
        }
    }

    pub(super) fn camera(&self) -> Camera {
        self.inner.camera.get()
    }

    pub(super) fn layout(&self) -> Rc<Layout> {
        Rc::clone(&self.inner.layout.borrow())
    }

    pub(super) fn view(&self) -> Size {
        self.inner.view.get()
    }

    /// Another layout, or another room for it. The camera stays where the person has put it.
    pub(super) fn show(&self, layout: &Rc<Layout>, view: Size) {
        *self.inner.layout.borrow_mut() = Rc::clone(layout);
        self.inner.view.set(view);
        if self.inner.chosen.get() {
            self.set(self.camera().held(layout.size, view));
        } else {
            self.set(plain(layout, view, self.inner.least));
        }
    }

    /// As the layout was made for the stage; another press shows all of it, however small.
    pub(super) fn reset(&self) {
        let (layout, view) = (self.layout(), self.view());
        let plain = plain(&layout, view, self.inner.least);
        let all = Camera::fit(layout.size, view, layout.zoom);
        let was_plain = !self.inner.chosen.get();
        self.inner.chosen.set(was_plain);
        self.set(if was_plain { all } else { plain });
    }

    /// Forgets what the person has chosen: another world is shown.
    pub(super) fn forget(&self) {
        self.inner.chosen.set(false);
        self.show(&self.layout(), self.view());
    }

    /// One step larger or smaller, about the middle.
    pub(super) fn step(&self, larger: bool) {
        let Size { width, height } = self.view();
        let factor = if larger { ZOOM_STEP } else { 1.0 / ZOOM_STEP };
        self.zoom(factor, Point::new(width / 2.0, height / 2.0));
    }

    /// Whether that changed anything.
    pub(super) fn zoom(&self, factor: f64, about: Point) -> bool {
        let size = self.layout().size;
        self.choose(self.camera().zoomed(factor, about, size, self.view()))
    }

    /// Whether that changed anything.
    pub(super) fn pan(&self, dx: f64, dy: f64) -> bool {
        let size = self.layout().size;
        self.choose(self.camera().panned(dx, dy, size, self.view()))
    }

    /// Brings a part of the world into sight.
    pub(super) fn bring_in(&self, part: Rect) {
        let camera = self.camera().showing(part, self.layout().size, self.view());
        self.choose(camera);
    }

    /// Puts a point of the world into the middle, large enough to be seen.
    pub(super) fn centre(&self, on: Point) {
        let (size, view) = (self.layout().size, self.view());
        let camera = self.camera();
        let middle = camera.to_view(on);
        let near = camera.zoomed((1.0 / camera.zoom).max(1.0), middle, size, view);
        self.choose(near.centred(on, size, view));
    }

    /// Where this point of the window is in the view.
    pub(super) fn in_view(&self, x: i32, y: i32) -> Option<Point> {
        let element = self.inner.stage.cast::<Element>()?;
        let bounds = element.get_bounding_client_rect();
        Some(Point::new(
            f64::from(x) - bounds.left(),
            f64::from(y) - bounds.top(),
        ))
    }

    fn choose(&self, camera: Camera) -> bool {
        let changes = camera != self.camera();
        if changes {
            self.inner.chosen.set(true);
            self.set(camera);
        }
        changes
    }

    fn set(&self, camera: Camera) {
        self.inner.camera.set(camera);
        let Some(world) = self.inner.world.cast::<HtmlElement>() else {
            return;
        };
        // Whole pixels keep the text crisp.
        let transform = format!(
            "translate({}px,{}px) scale({})",
            decimal(camera.corner.x.round(), 1),
            decimal(camera.corner.y.round(), 1),
            decimal(camera.zoom, 4)
        );
        let _ = world.style().set_property("transform", &transform);
        let _ = world
            .class_list()
            .toggle_with_force("far", camera.zoom < FAR);
    }
}

/// All of the layout if that leaves it legible, else its upper end as large as it was made for.
fn plain(layout: &Layout, view: Size, least: f64) -> Camera {
    let all = Camera::fit(layout.size, view, layout.zoom);
    if all.zoom >= least * layout.zoom {
        all
    } else {
        Camera::at(layout.zoom, layout.size, view)
    }
}
