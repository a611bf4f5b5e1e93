//! Has the canvases painted, each frame in which there is something new.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::{HtmlCanvasElement, MediaQueryList};
use yew::NodeRef;

use super::camera::Camera;
use super::canvas::Painter;
use super::geometry::Size;
use super::layout::Layout;
use super::paint::{Moment, Motion, Picture, paint, paint_connecting};
use super::pointer::{Connecting, Pointers};
use super::scene;
use super::viewpoint::Viewpoint;
use crate::sim::Span;
use crate::ui::session::{Selection, Session};
use crate::ui::store::{Store, Subscription};

/// For so long something is shown as new, in milliseconds of wall time.
const FRESH_MS: f64 = 450.0;
/// The same in virtual time, at most: when much happens at once, little of it is news.
const FRESH_VIRTUAL_MS_MAX: f64 = 1500.0;

/// All that a picture depends on: the same of it is the same picture.
#[derive(Clone, PartialEq)]
struct Cause {
    moment: Moment,
    /// Numbers that change with the world.
    events: u64,
    inputs: usize,
    selection: Selection,
    layout: Rc<Layout>,
    connecting: Option<Connecting>,
}

/// Paints until the subscription ends.
pub(super) fn keep(
    store: &Store,
    canvases: [&NodeRef; 2],
    viewpoint: &Viewpoint,
    pointers: &Pointers,
) -> Option<Subscription> {
    let [below, above] = canvases.map(|canvas| {
        let canvas = canvas.cast::<HtmlCanvasElement>();
        canvas.and_then(Painter::new)
    });
    let painters = RefCell::new([below?, above?]);
    let quiet = web_sys::window().and_then(|window| {
        let query = window.match_media("(prefers-reduced-motion: reduce)");
        query.ok().flatten()
    });
    let last: RefCell<Option<(Cause, Picture)>> = RefCell::default();
    let (painted, viewpoint, pointers) = (store.clone(), viewpoint.clone(), pointers.clone());
    Some(store.subscribe_painter(move || {
        let reduced = quiet.as_ref().is_some_and(MediaQueryList::matches) || is_less_wanted();
        let layout = viewpoint.layout();
        let cause = painted.read(|session| cause(session, layout, reduced, pointers.connecting()));
        let mut last = last.borrow_mut();
        let known = last.as_ref().is_some_and(|(before, _)| *before == cause);
        if !known {
            let picture = painted.read(|session| picture(session, &cause));
            *last = Some((cause, picture));
        }
        if let Some((_, Picture { below, above })) = &*last {
            let (camera, view): (Camera, Size) = (viewpoint.camera(), viewpoint.view());
            let [below_painter, above_painter] = &mut *painters.borrow_mut();
            below_painter.draw(below, camera, view);
            above_painter.draw(above, camera, view);
        }
    }))
}

/// Whether the settings ask for less motion.
fn is_less_wanted() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let root = document.and_then(|document| document.document_element());
    root.is_some_and(|root| root.has_attribute("data-less-motion"))
}

fn cause(
    session: &Session,
    layout: Rc<Layout>,
    reduced: bool,
    connecting: Option<Connecting>,
) -> Cause {
    Cause {
        moment: Moment {
            now_ms: super::now_ms(session),
            motion: if reduced {
                Motion::Reduced
            } else {
                Motion::Full
            },
            fresh_ms: (FRESH_MS * session.speed().factor()).min(FRESH_VIRTUAL_MS_MAX),
        },
        events: session.world().event_count(),
        inputs: session.timeline().recording().inputs.len(),
        selection: session.selection(),
        layout,
        connecting,
    }
}

fn picture(session: &Session, cause: &Cause) -> Picture {
    let Cause { moment, layout, .. } = cause;
    let world = session.world();
    let mut view = scene::view(world, layout);
    view.selected = match cause.selection {
        Selection::Message(key) => scene::place_of(world, key),
        Selection::Nothing | Selection::Queue(_) | Selection::Actor(_) | Selection::Call(_) => None,
    };
    let since = session.now() - Span::from_ms(moment.fresh_ms as u64);
    scene::add_recent(&mut view, session.timeline().log(), world, since);
    let mut picture = paint(&view, layout, *moment);
    if let Some(connecting) = cause.connecting {
        paint_connecting(connecting, layout, &mut picture.above);
    }
    picture
}
