//! Who is told of changes. Nothing is borrowed while a listener runs, so it may end itself or add others.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

type Listener = Rc<dyn Fn()>;

/// Who listens to the same; clones are the same list.
#[derive(Clone, Default)]
pub(crate) struct Listeners {
    inner: Rc<Inner>,
}

#[derive(Default)]
struct Inner {
    all: RefCell<Vec<(u64, Listener)>>,
    last: Cell<u64>,
}

/// Ends a listener when dropped.
pub(crate) struct Subscription {
    listeners: Listeners,
    number: u64,
}

impl Listeners {
    /// Calls `listener` whenever it is told, until the subscription ends.
    pub(crate) fn subscribe(&self, listener: impl Fn() + 'static) -> Subscription {
        self.add(Rc::new(listener))
    }

    fn add(&self, listener: Listener) -> Subscription {
        let number = self.inner.last.get() + 1;
        self.inner.last.set(number);
        self.inner.all.borrow_mut().push((number, listener));
        let listeners = self.clone();
        Subscription { listeners, number }
    }

    /// Tells everybody who listens now.
    pub(crate) fn tell(&self) {
        let all = self.inner.all.borrow().clone();
        for (_, listener) in all {
            listener();
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut all = self.listeners.inner.all.borrow_mut();
        all.retain(|(number, _)| *number != self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listener_may_add_others_and_end_itself() {
        let listeners = Listeners::default();
        let told = Rc::new(Cell::new(0));
        let kept: Rc<RefCell<Vec<Subscription>>> = Rc::default();
        let first = {
            let (listeners, told, kept) = (listeners.clone(), Rc::clone(&told), Rc::clone(&kept));
            listeners.clone().subscribe(move || {
                told.set(told.get() + 1);
                kept.borrow_mut().clear();
                let told = Rc::clone(&told);
                let other = listeners.subscribe(move || told.set(told.get() + 10));
                kept.borrow_mut().push(other);
            })
        };
        kept.borrow_mut().push(first);
        listeners.tell();
        assert_eq!(
            told.get(),
            1,
            "who comes while it is told is told the next time"
        );
        listeners.tell();
        assert_eq!(told.get(), 11);
        kept.borrow_mut().clear();
        listeners.tell();
        assert_eq!(told.get(), 11);
    }
}
