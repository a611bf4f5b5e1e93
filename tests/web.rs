//! What only a real browser can tell. `cargo xtask test --only wasm` runs these in a headless Chromium.
//!
//! Every test here is a `#[wasm_bindgen_test]`: a plain test would be skipped without a word.
#![cfg(target_arch = "wasm32")]

use gloo_timers::future::TimeoutFuture;
use sqs_playground::scenario::find;
use sqs_playground::sim::Span;
use sqs_playground::timeline::Recording;
use sqs_playground::ui::App;
use sqs_playground::ui::session::{Action, Opening, Session};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element, HtmlCanvasElement, HtmlElement};

wasm_bindgen_test_configure!(run_in_browser);

fn document() -> Document {
    let window = web_sys::window().expect("tests run in a window");
    window.document().expect("a window has a document")
}

/// A page of its own, once it has rendered.
async fn page() -> Element {
    let root = document().create_element("div").expect("a div can be made");
    let body = document().body().expect("a document has a body");
    body.append_child(&root)
        .expect("a div can stand in the body");
    yew::Renderer::<App>::with_root(root.clone()).render();
    TimeoutFuture::new(100).await;
    root
}

fn click(page: &Element, label: &str) {
    let buttons = page
        .query_selector_all("button")
        .expect("the selector is well formed");
    let mut wanted = (0..buttons.length()).filter_map(|place| {
        let button: HtmlElement = buttons.get(place)?.dyn_into().ok()?;
        let name = button.get_attribute("aria-label").or(button.text_content());
        (name.as_deref().map(str::trim) == Some(label)).then_some(button)
    });
    let button = wanted
        .next_back()
        .unwrap_or_else(|| panic!("there is no button {label}"));
    button.click();
}

fn text_of(page: &Element, selector: &str) -> String {
    let found = page
        .query_selector(selector)
        .expect("the selector is well formed");
    found
        .and_then(|element| element.text_content())
        .unwrap_or_default()
}

#[wasm_bindgen_test]
async fn the_page_plays_in_animation_frames_and_stands_when_paused() {
    let page = page().await;
    let start = text_of(&page, ".elapsed");
    click(&page, "Play");
    TimeoutFuture::new(400).await;
    click(&page, "Pause");
    TimeoutFuture::new(50).await;
    let later = text_of(&page, ".elapsed");
    assert_ne!(start, later, "the virtual clock runs");
    TimeoutFuture::new(200).await;
    assert_eq!(text_of(&page, ".elapsed"), later, "and stands");
    page.remove();
}

#[wasm_bindgen_test]
async fn the_stage_is_painted() {
    let page = page().await;
    // The first scenario; the others come from the workbench, which is not here. Its sender creates the queue.
    click(&page, "Play");
    TimeoutFuture::new(1000).await;
    click(&page, "Pause");
    assert!(text_of(&page, ".queue-card").contains("my-queue"));
    let canvas = page
        .query_selector("canvas")
        .expect("the selector is well formed");
    let canvas: HtmlCanvasElement = canvas
        .and_then(|canvas| canvas.dyn_into().ok())
        .expect("the stage has a canvas");
    assert!(canvas.width() > 0 && canvas.height() > 0);
    page.remove();
}

#[wasm_bindgen_test]
fn seek_equals_play_here_too() {
    let mut played = Session::new();
    let (place, scenario) = find("fifo").expect("the library has it");
    played.apply(Action::Open(Box::new(Opening {
        at: scenario.world.start,
        recording: Recording::new(scenario.world.clone()),
        scenario: Some(scenario),
        place: Some(place),
    })));
    played.apply(Action::Seek(played.start() + Span::from_secs(40)));
    let mut sought = played.clone();
    sought.apply(Action::Seek(sought.start() + Span::from_secs(100)));
    sought.apply(Action::Seek(sought.start() + Span::from_secs(40)));
    assert_eq!(played.world().digest(), sought.world().digest());
}
