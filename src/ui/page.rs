//! What every part of the page can reach: the session, what is open, its own draft.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use yew::prelude::*;

use super::bridge::Workbench;
use super::session::{Action, Selection, Side};
use super::shell::{Dialog, Panel, Shell};
use super::store::Store;

/// The page, as one of its parts sees it. It never changes itself, so that reading it renders
/// nobody again; clones are the same page.
#[derive(Clone)]
pub(crate) struct Page {
    pub(crate) store: Store,
    pub(crate) shell: Shell,
    pub(crate) workbench: Workbench,
    draft: Draft,
}

/// What was typed or chosen in a part and is no part of the session. It ends with the part.
#[derive(Clone)]
struct Draft {
    kept: Rc<RefCell<Rc<dyn Any>>>,
    onchange: Callback<()>,
}

/// What changes a draft by something.
type Edit<T, V> = dyn Fn(&mut T, V);

impl Page {
    pub(crate) fn new(store: Store, shell: Shell) -> Self {
        Self {
            workbench: Workbench::new(store.clone(), shell.clone()),
            store,
            shell,
            draft: Draft::new(Callback::noop()),
        }
    }

    /// The same page for a part that is told when its draft changes.
    pub(crate) fn with_draft(self, onchange: Callback<()>) -> Self {
        let draft = Draft::new(onchange);
        Self { draft, ..self }
    }

    /// The page as the parts of one of two worlds see it that are compared.
    pub(crate) fn at(&self, side: Side) -> Self {
        Self {
            store: self.store.at(side),
            draft: Draft::new(Callback::noop()),
            ..self.clone()
        }
    }

    /// The part's draft.
    pub(crate) fn draft<T: Clone + Default + 'static>(&self) -> T {
        let kept = self.draft.kept.borrow();
        kept.downcast_ref::<T>().cloned().unwrap_or_default()
    }

    /// Puts another draft in its place.
    pub(crate) fn set_draft<T: 'static>(&self, draft: T) {
        self.draft.put(Rc::new(draft));
    }

    /// In place of a draft: what the part keeps from one time it is shown to the next, and may change
    /// without being shown again. What it holds on to must not hold the page.
    pub(crate) fn kept<T: Default + 'static>(&self) -> Rc<RefCell<T>> {
        let kept = Rc::clone(&self.draft.kept.borrow());
        kept.downcast().unwrap_or_else(|_| {
            let made = Rc::<RefCell<T>>::default();
            *self.draft.kept.borrow_mut() = Rc::clone(&made) as Rc<dyn Any>;
            made
        })
    }

    /// Has the part shown again.
    pub(crate) fn again(&self) -> Callback<()> {
        self.draft.onchange.clone()
    }

    /// What changes the draft by something from the page: a text, a choice, a click.
    pub(crate) fn edit<T: Clone + Default + 'static, V: 'static>(
        &self,
        change: impl Fn(&mut T, V) + 'static,
    ) -> Callback<V> {
        self.change_with(Rc::new(change))
    }

    /// Once for each sort of draft and thing, and not for each change: that would weigh much.
    fn change_with<T: Clone + Default + 'static, V: 'static>(
        &self,
        change: Rc<Edit<T, V>>,
    ) -> Callback<V> {
        let page = self.clone();
        Callback::from(move |value| {
            let mut draft = page.draft();
            change(&mut draft, value);
            page.set_draft(draft);
        })
    }

    /// Has a form do something in place of the browser's own way to send it.
    pub(crate) fn submitting(&self, submit: impl Fn(&Self) + 'static) -> Callback<SubmitEvent> {
        let page = self.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            submit(&page);
        })
    }

    /// A click that does something to the session.
    pub(crate) fn doing(&self, action: Action) -> Callback<MouseEvent> {
        let store = self.store.clone();
        Callback::from(move |_| store.dispatch(action.clone()))
    }

    /// A click that selects something, and does nothing else.
    pub(crate) fn selecting(&self, selection: Selection) -> Callback<MouseEvent> {
        let page = self.clone();
        Callback::from(move |event: MouseEvent| {
            event.stop_propagation();
            page.select(selection);
        })
    }

    /// A click that opens a dialog, and does nothing else.
    pub(crate) fn opening(&self, dialog: Dialog) -> Callback<MouseEvent> {
        let shell = self.shell.clone();
        Callback::from(move |event: MouseEvent| {
            event.stop_propagation();
            shell.open(dialog);
        })
    }

    /// A click that opens a dialog of the workbench.
    pub(crate) fn opening_of_workbench(&self, name: &'static str) -> Callback<MouseEvent> {
        let workbench = self.workbench.clone();
        Callback::from(move |_| workbench.open(name, ""))
    }

    /// Shows something in the inspector.
    pub(crate) fn select(&self, selection: Selection) {
        self.store.dispatch(Action::Select(selection));
        self.shell.show(Panel::Inspector);
    }

    /// Has a line of a script's code shown, `file:line`.
    pub(crate) fn show_line(&self, line: &str) {
        self.workbench.open("python-line", line);
    }
}

impl Draft {
    fn new(onchange: Callback<()>) -> Self {
        Self {
            kept: Rc::new(RefCell::new(Rc::new(()))),
            onchange,
        }
    }

    fn put(&self, draft: Rc<dyn Any>) {
        *self.kept.borrow_mut() = draft;
        self.onchange.emit(());
    }
}

impl PartialEq for Page {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.draft.kept, &other.draft.kept)
    }
}
