//! Recordings live for ever: each file of `golden/recordings`, written by an earlier version of the
//! format's first version, still loads, and its run is still the one that was seen then.

use sqs_playground::json::{AsMember, compact};
use sqs_playground::sim::{Span, digest_of};
use sqs_playground::timeline::{Recording, Timeline};
use sqs_playground::world::{Event, EventKind, check_invariants};

/// What one sees of an event, if there were events of its kind when the recordings were made.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "kinds that came later have no line"
)]
fn line(event: &Event) -> Option<String> {
    let at = event.at.as_ms();
    Some(match &event.kind {
        EventKind::CallSent {
            caller, request, ..
        } => format!("{at} {} asks {}", caller.0, compact(&request.member())),
        EventKind::CallAnswered {
            caller,
            messages,
            result,
            ..
        } => {
            let answer = match &**result {
                Ok(response) => response.action().to_owned(),
                Err(error) => error.to_string(),
            };
            format!("{at} {} hears {answer} about {messages:?}", caller.0)
        }
        EventKind::WorkStarted {
            caller,
            message,
            until,
        } => format!(
            "{at} {} works on {} until {}",
            caller.0,
            message.0,
            until.as_ms()
        ),
        EventKind::ActorFinished { caller } => format!("{at} {} is done", caller.0),
        EventKind::ActorFailed { caller, error } => format!("{at} {} fails: {error}", caller.0),
        _ => return None,
    })
}

#[track_caller]
fn check(recording: &str, seconds: u64, lines: usize, digest: &str) {
    let recording = Recording::from_json(recording).expect("it is still readable");
    let mut timeline = Timeline::new(recording);
    timeline.advance(timeline.start() + Span::from_secs(seconds), usize::MAX);
    assert_eq!(check_invariants(timeline.world()), Ok(()));
    let seen: Vec<String> = timeline
        .log()
        .before(timeline.world().event_count())
        .filter_map(line)
        .collect();
    let run = (seen.len(), digest_of(&seen).to_string());
    assert_eq!(run, (lines, digest.to_owned()), "{}", seen.join("\n"));
}

#[test]
fn first_messages() {
    let recording = include_str!("golden/recordings/first-messages.json");
    check(recording, 60, 228, "fd7ba742a2d93834");
}

#[test]
fn delay_queue() {
    let recording = include_str!("golden/recordings/delay-queue.json");
    check(recording, 60, 13, "a221c2977832e34a");
}

#[test]
fn slow_and_fast() {
    let recording = include_str!("golden/recordings/slow-and-fast.json");
    check(recording, 200, 1111, "7f9a3e7774ab034f");
}

#[test]
fn fifo() {
    let recording = include_str!("golden/recordings/fifo.json");
    check(recording, 120, 226, "18cd135d2ebfc83f");
}

#[test]
fn side_by_side() {
    let recording = include_str!("golden/recordings/side-by-side.json");
    check(recording, 220, 624, "c519d18ed25b0973");
}

#[test]
fn deeds() {
    let recording = include_str!("golden/recordings/deeds.json");
    check(recording, 90, 773, "5f1badb175e3135e");
}

#[test]
fn outside() {
    let recording = include_str!("golden/recordings/outside.json");
    check(recording, 60, 179, "a64f944ba52e6c0f");
}
