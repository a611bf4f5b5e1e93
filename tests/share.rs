//! Links and files: what goes out comes back, a link of old stays what it was, and no link or file,
//! however broken or hostile, does more than be refused with a reason.
#![cfg(feature = "share")]

use std::fs;
use std::path::{Path, PathBuf};

use sqs_playground::scenario::{Scenario, library};
use sqs_playground::share::{Document, LinkError, decode, encode, scenario_to_json};
use sqs_playground::sim::{Span, Stream};
use sqs_playground::sqs::api::{Caller, Request, SendMessageRequest};
use sqs_playground::timeline::{Recording, Timeline};
use sqs_playground::world::{InputKind, RunningChange};

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("the file is text")
}

fn send(queue: &str, body: &str) -> InputKind {
    let request = SendMessageRequest {
        queue_url: Some(queue.to_owned()),
        message_body: Some(body.into()),
        ..SendMessageRequest::default()
    };
    InputKind::Call(Request::from(request).into())
}

/// Ten minutes of a scenario with something done in it each twenty seconds.
fn ten_minutes(scenario: Scenario) -> Document {
    let mut document = Document::of_scenario(scenario);
    let mut timeline = Timeline::new(document.recording);
    for step in 0_u64..30 {
        let at = timeline.start() + Span::from_ms(step * 20_000 + step * step * 7);
        timeline.advance(at, usize::MAX);
        let done = if step % 3 == 0 {
            timeline.act(send("donors", &format!("by hand {step}")))
        } else {
            let running = RunningChange {
                caller: Caller(1),
                running: step % 3 == 2,
            };
            timeline.act(InputKind::SetRunning(running))
        };
        // Not every scenario has an actor.
        let _accepted = done.is_ok();
    }
    timeline.advance(timeline.start() + Span::from_secs(600), usize::MAX);
    document.at = timeline.now();
    document.recording = timeline.recording().clone();
    document
}

#[test]
fn a_link_brings_back_the_same_run_at_the_same_instant() {
    for scenario in library() {
        let document = ten_minutes(scenario);
        let link = encode(&document).expect("it is short enough");
        assert_eq!(decode(&link), Ok(document));
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        assert!(link.chars().all(is_plain), "{link}");
    }
}

/// The promise: under 2 KB for ten minutes with a thousand messages.
#[test]
fn a_link_is_short() {
    for scenario in library() {
        let id = scenario.id.clone();
        let fresh = encode(&Document::of_scenario(scenario.clone())).expect("it is short");
        let played = encode(&ten_minutes(scenario)).expect("it is short");
        assert!(fresh.len() < 400, "{id}: {} characters", fresh.len());
        assert!(played.len() < 1500, "{id}: {} characters", played.len());
        println!("{id}: {} fresh, {} played", fresh.len(), played.len());
    }
}

#[test]
fn a_run_too_large_for_a_link_is_refused() {
    let mut stream = Stream::new(1, "bodies");
    let mut document = Document::of_scenario(library().remove(0));
    let mut timeline = Timeline::new(document.recording);
    for _ in 0..3000 {
        let body: String = (0..4).map(|_| format!("{:x}", stream.next_u64())).collect();
        timeline.act(send("orders", &body)).expect("anybody sends");
    }
    document.recording = timeline.recording().clone();
    assert_eq!(encode(&document), Err(LinkError::TooLong));
    let file = document.to_json();
    assert_eq!(Document::from_json(&file), Ok(document));
}

#[test]
fn links_of_old_are_what_they_were() {
    for path in files("tests/data/links", "link") {
        let link = read(&path);
        let document = decode(link.trim_end());
        let document = document.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let expected = read(&path.with_extension("json"));
        assert_eq!(
            document.to_json(),
            expected.trim_end(),
            "{}",
            path.display()
        );
    }
}

/// One character, at any place, replaced, dropped, doubled or swapped with the next, or all from there
/// on cut off.
#[test]
fn no_mutated_link_does_more_than_be_refused() {
    let mut tried = 0;
    for path in files("tests/data/links", "link") {
        let link = read(&path);
        let link: Vec<char> = link.trim_end().chars().collect();
        for at in 0..link.len() {
            let (before, after) = (&link[..at], &link[at + 1..]);
            let letter = link[at];
            let mut swapped = after.to_vec();
            swapped.insert(1.min(swapped.len()), letter);
            let mutations: [Vec<char>; 7] = [
                [before, &['A'], after].concat(),
                [before, &['_'], after].concat(),
                [before, &['é'], after].concat(),
                [before, after].concat(),
                [before, &[letter, letter], after].concat(),
                [before, &swapped].concat(),
                before.to_vec(),
            ];
            for mutation in mutations {
                let text: String = mutation.iter().collect();
                tried += 1;
                match decode(&text) {
                    Err(error) => assert!(!error.to_string().is_empty()),
                    Ok(_) => assert_eq!(mutation, link, "a sum of four bytes sees it"),
                }
            }
        }
    }
    assert!(tried > 200);
}

#[test]
fn what_never_was_a_link_is_refused() {
    let long = "1.".to_owned() + &"A".repeat(100_000);
    let cases = [
        ("", "the link was cut off or altered on its way"),
        ("1.", "the link was cut off or altered on its way"),
        ("1.!!!!", "the link was cut off or altered on its way"),
        ("1.AAAA", "the link was cut off or altered on its way"),
        (
            "<img src=x onerror=alert(1)>",
            "the link was cut off or altered on its way",
        ),
        (
            "2.AAAA",
            "the link is of a later version of the playground than this one",
        ),
        (&long, "a link has at most 32000 characters"),
    ];
    for (link, expected) in cases {
        let error = decode(link).expect_err(link);
        assert_eq!(error.to_string(), expected, "{link:.40}");
    }
}

#[test]
fn a_scenario_opens_from_its_file() {
    for path in files("static/scenarios", "json") {
        let text = read(&path);
        let document = Document::from_json(&text).expect("the library's files open");
        let scenario = Scenario::from_json(&text).expect("the library's files open");
        assert_eq!(document.recording, Recording::new(scenario.world.clone()));
        assert_eq!(document.at, scenario.world.start);
        let written = scenario_to_json(&scenario);
        assert!(written.contains("sqs-playground-scenario"));
        assert_eq!(Document::from_json(&written), Ok(document.clone()));
        assert_eq!(document.scenario, Some(scenario));
    }
}

#[test]
fn a_recording_opens_from_its_file() {
    for path in files("tests/golden/recordings", "json") {
        let text = read(&path);
        let document = Document::from_json(&text).expect("recordings live for ever");
        let recording = Recording::from_json(&text).expect("recordings live for ever");
        assert_eq!(document, Document::new(recording));
        let written = document.to_json();
        assert_eq!(Document::from_json(&written), Ok(document));
    }
}
