//! The page without a network, and the offer of a newer version: the page's side of `static/sw.js`.
//!
//! A newer version is fetched while the page is open, and waits. It is taken over when the person says so, and only
//! the page in which that was said is loaded anew: what runs elsewhere goes on with the files that it began with.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState,
};
use yew::prelude::*;

use super::roots;
use super::text::text;
use crate::ui::promise::then;

/// The service worker's file, beside the page.
const WORKER: &str = "./sw.js";
/// What it is told when the newer version is wanted.
const TAKE_OVER: &str = "take-over";
/// What it is told of a folder that it is to keep.
const KEEP: &str = "keep";
/// Where the offer stands in the document.
const PLACE: &str = "new-version";

/// Has the page kept for when there is no network. Browsers without service workers, and pages that did not come over
/// HTTPS or from this machine, go on without.
pub(super) fn begin() {
    let Some(container) = container() else {
        return;
    };
    let registered = Closure::once_into_js(|registration: JsValue| {
        // Who tests the page may block workers, and then there is none.
        if let Ok(registration) = registration.dyn_into() {
            watch(&Rc::new(registration));
        }
    });
    // A browser may be told to keep nothing; the page works all the same.
    let refused = Closure::once_into_js(|_: JsValue| ());
    then(&container.register(WORKER), &registered, &refused);
}

/// Has a folder of files kept, too, which is used for the first time.
pub(super) fn keep(folder: &str) {
    let Some(ready) = container().and_then(|container| container.ready().ok()) else {
        return;
    };
    let message = Object::new();
    // A plain object takes any member.
    let _ = Reflect::set(&message, &KEEP.into(), &folder.into());
    let is_there = Closure::once_into_js(move |registration: JsValue| {
        let worker = registration
            .dyn_into::<ServiceWorkerRegistration>()
            .ok()
            .and_then(|registration| registration.active());
        if let Some(worker) = worker {
            // A worker that is gone keeps nothing, and the next one is asked with the next use.
            let _ = worker.post_message(&message);
        }
    });
    let never = Closure::once_into_js(|_: JsValue| ());
    then(&ready, &is_there, &never);
}

fn container() -> Option<ServiceWorkerContainer> {
    let navigator = web_sys::window()?.navigator();
    let container = Reflect::get(&navigator, &"serviceWorker".into()).ok()?;
    container.dyn_into().ok()
}

/// Offers each version that is newer than the one that answers for this page.
fn watch(registration: &Rc<ServiceWorkerRegistration>) {
    if let Some(waiting) = registration.waiting() {
        offer(&waiting);
    }
    let found = {
        let registration = Rc::clone(registration);
        move || {
            if let Some(worker) = registration.installing() {
                offer_when_installed(&worker);
            }
        }
    };
    // For as long as the page lives.
    let found = Closure::<dyn Fn()>::new(found).into_js_value();
    registration.set_onupdatefound(Some(found.unchecked_ref()));
}

fn offer_when_installed(worker: &ServiceWorker) {
    let changed = {
        let worker = worker.clone();
        move || {
            if worker.state() == ServiceWorkerState::Installed {
                offer(&worker);
            }
        }
    };
    let changed = Closure::<dyn Fn()>::new(changed).into_js_value();
    worker.set_onstatechange(Some(changed.unchecked_ref()));
}

fn offer(worker: &ServiceWorker) {
    let answers = container().and_then(|container| container.controller());
    // The first version of all is there at once.
    if answers.is_some() {
        let worker = worker.clone();
        let take = Callback::from(move |()| take_over(&worker));
        roots::show_at_the_end(PLACE, html! { <Offer {take} /> });
    }
}

fn take_over(worker: &ServiceWorker) {
    let Some(container) = container() else {
        return;
    };
    let is_first = Cell::new(true);
    let reload = move || {
        if is_first.replace(false)
            && let Some(window) = web_sys::window()
        {
            // If the browser does not, the person will.
            let _ = window.location().reload();
        }
    };
    let reload = Closure::<dyn Fn()>::new(reload).into_js_value();
    container.set_oncontrollerchange(Some(reload.unchecked_ref()));
    // A worker that is gone has been taken over elsewhere.
    let _ = worker.post_message(&TAKE_OVER.into());
}

#[derive(PartialEq, Properties)]
struct OfferProps {
    take: Callback<()>,
}

#[component]
fn Offer(props: &OfferProps) -> Html {
    let later = use_state(|| false);
    if *later {
        return html! {};
    }
    let onlater = Callback::from(move |_: MouseEvent| later.set(true));
    html! {
        <div class="new-version" role="status">
            <p>{ text!("new-version") }</p>
            <button class="button primary" onclick={props.take.reform(|_: MouseEvent| ())}>
                { text!("new-version-take") }
            </button>
            <button class="button" onclick={onlater}>{ text!("new-version-later") }</button>
        </div>
    }
}
