//! Parts of the page: each takes something from the session, and is shown again when, and only
//! when, that changes.
//!
//! A part is data and two pure functions. What Yew needs of a component exists once, for all of
//! them.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use yew::prelude::*;
use yew::virtual_dom::{Key, VComp};

use super::page::Page;
use super::session::Session;
use super::store::Subscription;

/// A part of the page.
pub(crate) trait Part: PartialEq + 'static {
    /// What it takes from the session.
    type Facts: PartialEq + 'static;

    /// Takes it.
    fn facts(&self, session: &Session) -> Self::Facts;

    /// How it looks.
    fn view(&self, facts: &Self::Facts, page: &Page) -> Html;

    /// What is to be done whenever its elements are there, or changed.
    fn shown(&self, _page: &Page) {}

    /// Puts it into the page.
    fn show(self) -> Html
    where
        Self: Sized,
    {
        follow(Erased(Rc::new(self)), None)
    }

    /// Puts it into a list, or in the place of another part with which it shares nothing.
    fn show_as(self, key: impl Into<Key>) -> Html
    where
        Self: Sized,
    {
        follow(Erased(Rc::new(self)), Some(key.into()))
    }
}

/// The component of a part, made in one place for all of them.
fn follow(part: Erased, key: Option<Key>) -> Html {
    VComp::new::<Follower>(Rc::new(FollowerProps { part }), key).into()
}

/// A part whose type is forgotten.
trait AnyPart {
    fn facts(&self, session: &Session) -> Rc<dyn Any>;
    fn is_same_fact(&self, one: &dyn Any, other: &dyn Any) -> bool;
    fn view(&self, facts: &dyn Any, page: &Page) -> Html;
    fn shown(&self, page: &Page);
    fn is(&self, other: &dyn Any) -> bool;
    fn as_any(&self) -> &dyn Any;
}

impl<P: Part> AnyPart for P {
    fn facts(&self, session: &Session) -> Rc<dyn Any> {
        Rc::new(Part::facts(self, session))
    }

    fn is_same_fact(&self, one: &dyn Any, other: &dyn Any) -> bool {
        one.downcast_ref::<P::Facts>() == other.downcast_ref::<P::Facts>()
    }

    fn view(&self, facts: &dyn Any, page: &Page) -> Html {
        let facts = facts.downcast_ref();
        Part::view(self, facts.expect("the part took these facts itself"), page)
    }

    fn shown(&self, page: &Page) {
        Part::shown(self, page);
    }

    fn is(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[derive(Clone)]
struct Erased(Rc<dyn AnyPart>);

impl PartialEq for Erased {
    fn eq(&self, other: &Self) -> bool {
        self.0.is(other.0.as_any())
    }
}

#[derive(PartialEq, Properties)]
struct FollowerProps {
    part: Erased,
}

/// Keeps a part in step with the session.
struct Follower {
    page: Page,
    shown: Rc<RefCell<Shown>>,
    following: Option<Subscription>,
}

#[derive(Clone)]
struct Shown {
    part: Erased,
    facts: Rc<dyn Any>,
}

impl Shown {
    fn new(part: &Erased, page: &Page) -> Self {
        Self {
            part: part.clone(),
            facts: page.store.read(|session| part.0.facts(session)),
        }
    }
}

impl Component for Follower {
    type Message = ();
    type Properties = FollowerProps;

    fn create(context: &Context<Self>) -> Self {
        let page = context.link().context::<Page>(Callback::noop());
        let (page, _) = page.expect("the page is there before its parts");
        Self {
            shown: Rc::new(RefCell::new(Shown::new(&context.props().part, &page))),
            page: page.with_draft(context.link().callback(|()| ())),
            following: None,
        }
    }

    fn changed(&mut self, context: &Context<Self>, _: &FollowerProps) -> bool {
        *self.shown.borrow_mut() = Shown::new(&context.props().part, &self.page);
        true
    }

    fn view(&self, _: &Context<Self>) -> Html {
        let Shown { part, facts } = &*self.shown.borrow();
        part.0.view(&**facts, &self.page)
    }

    fn rendered(&mut self, context: &Context<Self>, is_first: bool) {
        let part = self.shown.borrow().part.clone();
        part.0.shown(&self.page);
        if !is_first {
            return;
        }
        let (store, shown) = (self.page.store.clone(), Rc::clone(&self.shown));
        let link = context.link().clone();
        self.following = Some(self.page.store.subscribe(move || {
            let Shown { part, facts } = shown.borrow().clone();
            let now = store.read(|session| part.0.facts(session));
            if !part.0.is_same_fact(&*now, &*facts) {
                shown.borrow_mut().facts = now;
                link.send_message(());
            }
        }));
    }
}
