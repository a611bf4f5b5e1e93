//! Messages that nobody wanted in time.

use sqs_playground::sqs::EventKind;
use sqs_playground::sqs::api::SendMessageRequest;

use crate::support::{Sqs, message};

fn with_a_minute() -> Sqs {
    Sqs::with_queue("q", &[("MessageRetentionPeriod", "60")])
}

#[test]
fn a_message_expires_in_every_phase() {
    let mut sqs = with_a_minute();
    sqs.send(message("q", "in flight"));
    sqs.receive_one("q", 600);
    sqs.send(message("q", "visible"));
    sqs.send(SendMessageRequest {
        delay_seconds: Some(900),
        ..message("q", "delayed")
    });
    sqs.pass_ms(59_999);
    assert_eq!(sqs.counts("q"), (1, 1, 1));
    sqs.take_events();
    sqs.pass_ms(1);
    assert_eq!(sqs.counts("q"), (0, 0, 0));
    let events = sqs.take_events();
    assert_eq!(events.len(), 3);
    assert!(
        events
            .iter()
            .all(|event| matches!(event, EventKind::MessageExpired { .. }))
    );
    assert_eq!(sqs.service.poll_timeout(), None);
}

#[test]
fn it_expires_at_its_deadline_although_the_call_is_late() {
    let mut sqs = with_a_minute();
    let sent_at = sqs.now;
    sqs.send(message("q", "x"));
    sqs.pass_secs(1000);
    let event = sqs.out.events.last().expect("the message expired");
    assert_eq!(event.at, sent_at + sqs_playground::sim::Span::from_secs(60));
}

#[test]
fn receives_do_not_extend_it() {
    let mut sqs = with_a_minute();
    sqs.send(message("q", "x"));
    for _ in 0..5 {
        sqs.receive_one("q", 10);
        sqs.pass_secs(10);
    }
    assert_eq!(sqs.counts("q"), (1, 0, 0));
    sqs.pass_secs(10);
    assert_eq!(sqs.counts("q"), (0, 0, 0));
}

#[test]
fn a_new_period_is_for_all_messages() {
    let mut sqs = with_a_minute();
    sqs.send(message("q", "old"));
    sqs.pass_secs(50);
    sqs.set("q", &[("MessageRetentionPeriod", "120")]);
    sqs.send(message("q", "new"));
    sqs.pass_secs(50);
    assert_eq!(sqs.counts("q"), (2, 0, 0), "longer lets live");
    sqs.set("q", &[("MessageRetentionPeriod", "60")]);
    assert_eq!(sqs.bodies("q", 10, 0), "new", "shorter ends at once");
    let expired = sqs
        .out
        .events
        .iter()
        .find(|event| matches!(event.kind, EventKind::MessageExpired { .. }));
    assert_eq!(expired.map(|event| event.at), Some(sqs.now));
    sqs.pass_secs(10);
    assert_eq!(sqs.counts("q"), (0, 0, 0));
}

#[test]
fn expiry_comes_before_visibility_at_the_same_instant() {
    let mut sqs = with_a_minute();
    sqs.send(message("q", "x"));
    sqs.receive_one("q", 60);
    let poll = sqs.start(crate::support::long_poll("q", 20));
    sqs.take_events();
    sqs.pass_secs(60);
    assert_eq!(sqs.received(poll), Some(vec![]));
    let shown = |event: &EventKind| matches!(event, EventKind::MessageBecameVisible { .. });
    assert!(!sqs.take_events().iter().any(shown));
}
