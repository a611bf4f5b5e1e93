//! The bundle of `cargo xtask python`, from which the editor and the runtime are imported: `static/python/host.mjs`
//! and `xtask/editor/editor.mjs` say what they do.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::Element;

#[wasm_bindgen]
extern "C" {
    /// In `index.html`, as only a script can import.
    #[wasm_bindgen(catch, js_name = loadModule)]
    pub(super) fn load_module(address: &str) -> Result<Promise, JsValue>;

    #[derive(Clone)]
    pub(super) type Host;
    #[wasm_bindgen(method)]
    pub(super) fn load(this: &Host) -> Promise;
    #[wasm_bindgen(method, catch)]
    pub(super) fn start(
        this: &Host,
        order: &JsValue,
        onmessage: &JsValue,
    ) -> Result<Script, JsValue>;

    /// A script that runs.
    #[derive(Clone)]
    pub(super) type Script;
    #[wasm_bindgen(method, catch)]
    pub(super) fn tell(this: &Script, message: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn kill(this: &Script, now: f64) -> Result<(), JsValue>;

    #[derive(Clone)]
    pub(super) type Editor;
    #[wasm_bindgen(method)]
    pub(super) fn open(this: &Editor, name: &str, text: &str);
    #[wasm_bindgen(method, js_name = goTo)]
    pub(super) fn go_to(this: &Editor, line: u32);
    #[wasm_bindgen(method, js_name = markLine)]
    pub(super) fn mark_line(this: &Editor, line: u32, kind: &str);
    #[wasm_bindgen(method)]
    pub(super) fn destroy(this: &Editor);
}

/// Where the bundle is; nothing in a page without one.
pub(in crate::workbench) fn folder() -> Option<String> {
    let document = web_sys::window()?.document()?;
    let meta = document
        .query_selector("meta[name=python]")
        .ok()
        .flatten()?;
    let folder = meta.get_attribute("content")?;
    (!folder.is_empty()).then_some(folder)
}

/// Whether this browser can run it, after its module; if not, which can.
pub(super) fn lacks(module: &JsValue) -> Option<String> {
    let get = |name: &str| Reflect::get(module, &name.into()).ok();
    let is_supported: Function = get("isSupported")?.dyn_into().ok()?;
    let supported = is_supported.call0(&JsValue::NULL).ok()?.is_truthy();
    if supported {
        None
    } else {
        get("BROWSERS")?.as_string()
    }
}

/// A runtime of its module, which tells its progress.
pub(super) fn host(module: &JsValue, onprogress: &JsValue) -> Result<Host, JsValue> {
    let constructor: Function = Reflect::get(module, &"Python".into())?.dyn_into()?;
    let options = js_sys::Object::new();
    Reflect::set(&options, &"onprogress".into(), onprogress)?;
    let host = Reflect::construct(&constructor, &Array::of1(&options))?;
    Ok(host.unchecked_into())
}

/// The two numbers of a step of the progress.
pub(super) fn progress(step: &JsValue) -> (u64, u64) {
    let number = |name: &str| Reflect::get(step, &name.into()).ok()?.as_f64();
    let number = |name| number(name).unwrap_or_default() as u64;
    (number("loaded"), number("total"))
}

/// An editor of its module, in an element.
pub(super) fn editor(
    module: &JsValue,
    parent: &Element,
    label: &str,
    (name, text): (&str, &str),
    onchange: &JsValue,
    onrun: &JsValue,
) -> Result<Editor, JsValue> {
    let create: Function = Reflect::get(module, &"createEditor".into())?.dyn_into()?;
    let options = js_sys::Object::new();
    for (name, value) in [
        ("label", &JsValue::from(label)),
        ("name", &name.into()),
        ("text", &text.into()),
        ("onchange", onchange),
        ("onrun", onrun),
    ] {
        Reflect::set(&options, &name.into(), value)?;
    }
    let editor = create.call2(&JsValue::NULL, parent, &options)?;
    Ok(editor.unchecked_into())
}

/// What an exception says.
pub(super) fn words(error: &JsValue) -> String {
    let message = Reflect::get(error, &"message".into()).ok();
    let message = message.and_then(|message| message.as_string());
    message.or_else(|| error.as_string()).unwrap_or_default()
}
