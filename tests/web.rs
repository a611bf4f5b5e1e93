//! What only a real browser can tell. `cargo xtask test --only wasm` runs these in a headless Chromium.
//!
//! Every test here is a `#[wasm_bindgen_test]`: a plain test would be skipped without a word.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn there_is_a_document() {
    let document = web_sys::window().and_then(|window| window.document());
    assert!(document.is_some_and(|document| document.body().is_some()));
}
