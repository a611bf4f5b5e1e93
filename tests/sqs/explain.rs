//! Why messages can be received, or cannot: what is said before a receive is what it then does.

use std::collections::BTreeSet;

use proptest::prelude::*;
use sqs_playground::sim::Span;
use sqs_playground::sqs::api::{CallId, Caller};
use sqs_playground::sqs::{Config, EventKind, MessageKey, Mode, Why};

use crate::support::{ACCOUNT, Sqs, fifo_message, long_poll, message, receive, redrive_to};

fn whys(sqs: &Sqs, queue: &str) -> Vec<Why> {
    let explained = sqs.service.explain(sqs.queue(queue).id(), sqs.now);
    explained
        .into_iter()
        .map(|explained| explained.why)
        .collect()
}

#[test]
fn a_standard_queue() {
    let mut sqs = Sqs::with_queue("q", &[("MessageRetentionPeriod", "60")]);
    sqs.send_all("q", "1 2");
    sqs.send(sqs_playground::sqs::api::SendMessageRequest {
        delay_seconds: Some(5),
        ..message("q", "3")
    });
    let call = sqs.start(receive("q", 1, 30));
    let until = |seconds| sqs.now + Span::from_secs(seconds);
    assert_eq!(
        whys(&sqs, "q"),
        [
            Why::InFlight {
                until: until(30),
                caller: Caller::PERSON,
                call
            },
            Why::Receivable,
            Why::Delayed { until: until(5) },
        ]
    );
    let explained = sqs.service.explain(sqs.queue("q").id(), sqs.now);
    assert!(
        explained
            .iter()
            .all(|message| message.expires_at == until(60))
    );
    let nowhere = sqs_playground::sqs::QueueId(99);
    assert_eq!(sqs.service.explain(nowhere, sqs.now), []);
}

#[test]
fn a_fifo_queue_names_the_message_that_locks_the_group() {
    let mut sqs = Sqs::with_queue("q.fifo", &[("FifoQueue", "true")]);
    sqs.send_to_groups("q.fifo", "g1m1 g1m2 g2m1 g1m3");
    let handle = sqs.receive(receive("q.fifo", 2, 30))[0]
        .receipt_handle
        .clone();
    sqs.change("q.fifo", &handle, 0).expect("it is held");
    let whys = whys(&sqs, "q.fifo");
    assert_eq!(whys[0], Why::Receivable);
    assert!(matches!(whys[1], Why::InFlight { .. }));
    assert_eq!(
        whys[2..],
        [Why::Receivable, Why::GroupLocked { by: MessageKey(2) }]
    );
}

#[test]
fn a_message_that_was_received_too_often() {
    let mut sqs = Sqs::with_queue("d", &[]);
    sqs.create("q", &[("RedrivePolicy", &redrive_to("d", 1))]);
    sqs.send_all("q", "1");
    sqs.receive(receive("q", 1, 0));
    let target = sqs.queue("d").id();
    assert_eq!(whys(&sqs, "q"), [Why::MovesToDeadLetterQueue { target }]);
    sqs.receive(receive("q", 1, 0));
    assert_eq!(whys(&sqs, "q"), []);
    assert_eq!(whys(&sqs, "d"), [Why::Receivable]);
}

/// The partition at which the last empty receive looked.
fn last_sample(sqs: &Sqs) -> Option<u8> {
    match sqs.out.events.last().map(|event| &event.kind) {
        Some(EventKind::ReceiveCameBackEmpty { sampled, .. }) => *sampled,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_short_poll_that_looked_elsewhere() {
    let config = Config {
        mode: Mode::AwsLike,
        ..Config::new(ACCOUNT, "us-east-1", 1)
    };
    let mut sqs = Sqs::with_config(config);
    sqs.create("q", &[]);
    sqs.send_all("q", "1");
    while !sqs.receive(receive("q", 1, 0)).is_empty() {}
    let message = sqs.queue("q").messages().next().expect("it is there");
    let (partition, sampled) = (message.partition(), last_sample(&sqs));
    assert_ne!(sampled, Some(partition));
    let explained = sqs
        .service
        .explain_receive(sqs.queue("q").id(), sqs.now, sampled);
    assert_eq!(explained[0].why, Why::NotSampled { partition });
}

#[derive(Clone, Debug)]
enum Step {
    Send {
        group: u8,
        delay: i64,
    },
    Receive {
        max: i64,
        timeout: i64,
        is_long: bool,
    },
    Delete(prop::sample::Index),
    Change(prop::sample::Index, i64),
    Pass {
        seconds: u64,
    },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let timeout = || prop_oneof![Just(0_i64), 1..10_i64];
    let index = any::<prop::sample::Index>;
    let step = prop_oneof![
        3 => (0..3_u8, timeout()).prop_map(|(group, delay)| Step::Send { group, delay }),
        3 => (1..=10_i64, timeout(), any::<bool>())
            .prop_map(|(max, timeout, is_long)| Step::Receive { max, timeout, is_long }),
        1 => index().prop_map(Step::Delete),
        1 => (index(), timeout()).prop_map(|(index, timeout)| Step::Change(index, timeout)),
        1 => (0..10_u64).prop_map(|seconds| Step::Pass { seconds }),
    ];
    prop::collection::vec(step, 1..80)
}

/// What a receive has done with the messages that it met: returned, and moved.
fn met(sqs: &Sqs, call: CallId) -> (BTreeSet<MessageKey>, BTreeSet<MessageKey>) {
    let mut met = (BTreeSet::new(), BTreeSet::new());
    for event in &sqs.out.events {
        if let EventKind::MessageReceived {
            call: by, message, ..
        } = event.kind
            && by == call
        {
            met.0.insert(message);
        }
        if let EventKind::MessageMovedToDeadLetterQueue {
            call: by, message, ..
        } = event.kind
            && by == call
        {
            met.1.insert(message);
        }
    }
    met
}

proptest! {
    #[test]
    fn a_receive_does_what_was_said_before(
        steps in steps(), is_fifo: bool, mode in prop::sample::select(&Mode::ALL[..])
    ) {
        let config = Config { mode, ..Config::new(ACCOUNT, "us-east-1", 1) };
        let mut sqs = Sqs::with_config(config);
        let (queue, dead, attributes) = if is_fifo {
            ("q.fifo", "d.fifo", &[("FifoQueue", "true")][..])
        } else {
            ("q", "d", &[][..])
        };
        sqs.create(dead, attributes);
        let policy = redrive_to(dead, 2);
        sqs.create(queue, &[attributes, &[("RedrivePolicy", &policy)]].concat());
        let mut handles = Vec::new();
        for (number, step) in steps.into_iter().enumerate() {
            match step {
                Step::Send { group, .. } if is_fifo => {
                    let id = number.to_string();
                    sqs.send(fifo_message(queue, &group.to_string(), &id, "x"));
                }
                Step::Send { delay, .. } => {
                    let mut request = message(queue, "x");
                    request.delay_seconds = Some(delay);
                    sqs.send(request);
                }
                Step::Receive { max, timeout, is_long } => {
                    let (before, id) = (sqs.clone(), sqs.queue(queue).id());
                    let mut request = receive(queue, max, timeout);
                    request.wait_time_seconds = Some(is_long.into());
                    let call = sqs.start(request);
                    let got = sqs.received(call);
                    let waits = got.is_none();
                    let got = got.unwrap_or_default();
                    let (returned, moved) = met(&sqs, call);
                    let sampled = if mode == Mode::Strict || is_fifo || is_long {
                        None
                    } else if got.is_empty() {
                        last_sample(&sqs)
                    } else {
                        let key = returned.first().expect("it got something");
                        before.queue(queue).message(*key).map(|message| message.partition())
                    };
                    let full = got.len() == max as usize;
                    for explained in before.service.explain_receive(id, sqs.now, sampled) {
                        let key = explained.message;
                        match explained.why {
                            Why::Receivable => {
                                prop_assert!(full || returned.contains(&key));
                            }
                            Why::MovesToDeadLetterQueue { .. } => {
                                prop_assert!(!returned.contains(&key));
                                prop_assert!(full || moved.contains(&key));
                            }
                            Why::Delayed { .. }
                            | Why::InFlight { .. }
                            | Why::GroupLocked { .. }
                            | Why::OutOfSight
                            | Why::NotSampled { .. }
                            | Why::TooManyInFlight
                            | Why::JustMoved => {
                                prop_assert!(!returned.contains(&key), "{:?}", explained);
                                prop_assert!(!moved.contains(&key), "{:?}", explained);
                            }
                        }
                        // What is hidden is received by a receive at its end, if it gets there.
                        if let Why::Delayed { until } | Why::InFlight { until, .. } = explained.why {
                            let mut later = before.clone();
                            later.pass(until.since(later.now));
                            let whys = later.service.explain(id, later.now);
                            let then = whys.iter().find(|then| then.message == key);
                            let then = then.expect("it is still there").why;
                            prop_assert!(
                                !matches!(then, Why::Delayed { .. } | Why::InFlight { .. }),
                                "{:?}", then
                            );
                        }
                    }
                    if waits {
                        sqs.cancel(call);
                    }
                    handles.extend(got.into_iter().map(|message| message.receipt_handle));
                }
                Step::Delete(index) if !handles.is_empty() => {
                    // It may have expired.
                    drop(sqs.delete(queue, &index.get(&handles).clone()));
                }
                Step::Change(index, timeout) if !handles.is_empty() => {
                    drop(sqs.change(queue, &index.get(&handles).clone(), timeout));
                }
                Step::Delete(_) | Step::Change(..) => {}
                Step::Pass { seconds } => sqs.pass_secs(seconds),
            }
        }
        let poll = sqs.start(long_poll(queue, 1));
        if sqs.reply(poll).is_none() {
            prop_assert!(!whys(&sqs, queue).contains(&Why::Receivable));
        }
    }
}
