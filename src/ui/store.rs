//! The store: a stable handle on the session, and who listens to it.
//!
//! The page changes the session by `dispatch` only. No borrow of the session is held while a
//! listener runs, so a listener may dispatch.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::crash;
use super::listeners::Listeners;
pub(crate) use super::listeners::Subscription;
use super::session::{Action, Session, Side};

/// A handle on the session; clones are the same store.
#[derive(Clone)]
pub(crate) struct Store {
    inner: Rc<Inner>,
    /// Of which of two worlds that are compared.
    side: Side,
}

struct Inner {
    session: RefCell<Session>,
    /// Called when something may have changed.
    listeners: Listeners,
    /// Called after those, once a frame.
    painters: Listeners,
    /// Whether a script has changed something that nobody was told of.
    is_changed: Cell<bool>,
}

impl Store {
    pub(crate) fn new(session: Session) -> Self {
        crash::keep(session.recording_json());
        let (listeners, painters) = Default::default();
        Self {
            inner: Rc::new(Inner {
                session: RefCell::new(session),
                listeners,
                painters,
                is_changed: Cell::new(false),
            }),
            side: Side::AsItIs,
        }
    }

    /// The store of one of two worlds that are compared.
    pub(crate) fn at(&self, side: Side) -> Self {
        let inner = Rc::clone(&self.inner);
        Self { inner, side }
    }

    /// Lets wall time pass in the session; to [`Self::tell`] is due.
    pub(crate) fn pass(&self, wall_ms: f64) {
        let frame = Action::Frame { wall_ms };
        self.inner.session.borrow_mut().apply(frame);
    }

    /// Changes the session for a script; [`Self::tell_soon`] is due, if there is something to be seen.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut Session) -> T) -> T {
        change(&mut self.inner.session.borrow_mut())
    }

    /// Has the next frame tell whoever listens: a script changes much in each.
    pub(crate) fn tell_soon(&self) {
        self.inner.is_changed.set(true);
    }

    /// Whether [`Self::tell_soon`] was asked for since the last time.
    pub(crate) fn has_to_tell(&self) -> bool {
        self.inner.is_changed.take()
    }

    /// Tells whoever listens.
    pub(crate) fn tell(&self) {
        self.inner.listeners.tell();
    }

    /// Changes the session, then tells whoever listens.
    pub(crate) fn dispatch(&self, action: Action) {
        let action = match self.side {
            Side::AsItIs => action,
            Side::Changed => Action::InChanged(Box::new(action)),
        };
        let is_recorded = !matches!(action, Action::Seek(_) | Action::Select(_));
        self.inner.session.borrow_mut().apply(action);
        if is_recorded {
            crash::keep(self.inner.session.borrow().recording_json());
        }
        self.tell();
    }

    /// Looks at the session.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&Session) -> T) -> T {
        look(self.inner.session.borrow().side(self.side))
    }

    /// Whether it is of one of two worlds.
    pub(crate) fn is_compared(&self) -> bool {
        self.inner.session.borrow().changes().is_some()
    }

    /// Has everybody who paints paint.
    pub(crate) fn paint(&self) {
        self.inner.painters.tell();
    }

    /// Calls `listener` after each action, until the subscription ends.
    pub(crate) fn subscribe(&self, listener: impl Fn() + 'static) -> Subscription {
        self.inner.listeners.subscribe(listener)
    }

    /// Calls `painter` at the end of each frame, until the subscription ends.
    pub(crate) fn subscribe_painter(&self, painter: impl Fn() + 'static) -> Subscription {
        self.inner.painters.subscribe(painter)
    }
}

impl PartialEq for Store {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.inner, &other.inner) && self.side == other.side
    }
}
