//! What becomes of a promise of the browser's.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Calls one of two functions when a promise is settled.
pub(crate) fn then(promise: &Promise, kept: &JsValue, broken: &JsValue) {
    let method = Reflect::get(promise, &"then".into());
    if let Some(method) = method
        .ok()
        .and_then(|method| method.dyn_into::<Function>().ok())
    {
        // `then` itself never throws.
        let _ = method.call2(promise, kept, broken);
    }
}
