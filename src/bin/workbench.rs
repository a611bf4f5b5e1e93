//! The workbench's entry point: what the page calls when it has loaded it.

fn main() {}

#[cfg(target_arch = "wasm32")]
mod exports {
    #![expect(unreachable_pub, reason = "what the page calls has to be public")]

    use js_sys::Function;
    use sqs_playground::workbench;
    use wasm_bindgen::prelude::wasm_bindgen;
    use web_sys::Element;

    #[wasm_bindgen]
    pub fn start(ask: Function, listen: Function, broken: Function) {
        workbench::start(ask, &listen, broken);
    }

    #[wasm_bindgen]
    pub fn show(name: &str, host: Element) {
        workbench::show(name, &host);
    }

    #[wasm_bindgen]
    pub fn hide(name: &str) {
        workbench::hide(name);
    }

    #[wasm_bindgen]
    pub fn open(name: &str, with: &str) {
        workbench::open(name, with);
    }
}
