//! The page renders natively: its first state, as the document that a screen reader gets.
#![cfg(feature = "page")]

use sqs_playground::ui::App;
use yew::LocalServerRenderer;

async fn page() -> String {
    LocalServerRenderer::<App>::new()
        .hydratable(false)
        .render()
        .await
}

#[tokio::test(flavor = "current_thread")]
async fn the_page_opens_with_a_scenario_at_its_start() {
    let page = page().await;
    for text in [
        "SQS Playground",
        "First queue",
        "A receive only hides a message",
        "00:00.000",
        "Jan 1 2026, 00:00:00 UTC",
    ] {
        assert!(page.contains(text), "no {text:?} in {page}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn every_landmark_has_a_name() {
    let page = page().await;
    for landmark in ["<nav ", "<aside ", "<section "] {
        for element in page.split(landmark).skip(1) {
            let tag = element.split('>').next().unwrap_or_default();
            assert!(tag.contains("aria-label"), "{landmark}{tag}> has no name");
        }
    }
    assert_eq!(page.matches("<main").count(), 1);
    assert_eq!(page.matches("<h1").count(), 1);
}

#[tokio::test(flavor = "current_thread")]
async fn every_button_without_a_text_has_a_label() {
    let page = page().await;
    for element in page.split("<button").skip(1) {
        let (tag, rest) = element.split_once('>').expect("a tag ends");
        let inside = rest.split("</button>").next().unwrap_or_default();
        let text: String = inside
            .split('<')
            .filter_map(|part| part.split_once('>'))
            .map(|(_, text)| text)
            .collect();
        let plain = inside.split('<').next().unwrap_or_default();
        let named =
            tag.contains("aria-label") || !text.trim().is_empty() || !plain.trim().is_empty();
        assert!(named, "<button{tag}> says nothing");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn no_key_of_the_catalogue_is_shown_in_place_of_its_text() {
    let page = page().await;
    for key in [
        "stage-queues",
        "next-event",
        "legend-delayed",
        "calls-none",
        "playhead-value",
    ] {
        assert!(
            !page.contains(&format!(">{key}<")) && !page.contains(&format!("\"{key}\"")),
            "{key}"
        );
    }
}
