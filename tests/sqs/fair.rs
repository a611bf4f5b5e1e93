//! Fair queues: a standard queue whose messages carry a `MessageGroupId`.

use std::collections::BTreeMap;

use proptest::prelude::*;
use sqs_playground::sqs::api::{ReceivedMessage, SendMessageRequest};
use sqs_playground::sqs::{Config, Mode, TenantView};

use crate::support::{ACCOUNT, Sqs, bodies_of, message, receive};

fn tenants_message(group: &str, body: &str) -> SendMessageRequest {
    SendMessageRequest {
        message_group_id: Some(group.into()),
        ..message("q", body)
    }
}

fn send(sqs: &mut Sqs, group: &str, count: usize) {
    for _ in 0..count {
        sqs.send(tenants_message(group, group));
    }
}

fn take(sqs: &mut Sqs, count: usize) -> Vec<ReceivedMessage> {
    let mut got = Vec::new();
    while got.len() < count {
        let max = (count - got.len()).min(10) as i64;
        let some = sqs.receive(receive("q", max, 3600));
        assert!(!some.is_empty(), "there is enough");
        got.extend(some);
    }
    got
}

fn tenant(sqs: &Sqs, group: &str) -> Option<TenantView> {
    let mut tenants = sqs.queue("q").tenants();
    tenants
        .find(|(id, _)| &***id == group)
        .map(|(_, view)| view)
}

fn is_noisy(sqs: &Sqs, group: &str) -> bool {
    tenant(sqs, group).is_some_and(|tenant| tenant.is_noisy)
}

#[test]
fn a_tenant_with_thirty_in_flight_and_more_than_a_tenth_lets_others_go_first() {
    let mut sqs = Sqs::with_queue("q", &[]);
    send(&mut sqs, "a", 50);
    take(&mut sqs, 29);
    assert!(!is_noisy(&sqs, "a"), "29 are too few");
    take(&mut sqs, 1);
    assert!(is_noisy(&sqs, "a"));
    assert_eq!(
        tenant(&sqs, "a"),
        Some(TenantView {
            visible: 20,
            in_flight: 30,
            delayed: 0,
            is_noisy: true
        })
    );
    send(&mut sqs, "b", 2);
    sqs.send(message("q", "nobody"));
    assert_eq!(
        sqs.bodies("q", 10, 3600),
        "b b nobody a a a a a a a",
        "later, and yet first; the noisy one gets the rest"
    );
}

#[test]
fn a_tenth_of_all_in_flight_is_not_too_much() {
    let mut sqs = Sqs::with_queue("q", &[]);
    for _ in 0..300 {
        sqs.send(message("q", "nobody"));
    }
    take(&mut sqs, 300);
    send(&mut sqs, "a", 40);
    take(&mut sqs, 33);
    assert!(!is_noisy(&sqs, "a"), "33 of 333 are less than a tenth");
    take(&mut sqs, 1);
    assert!(is_noisy(&sqs, "a"), "34 of 334 are more");
}

#[test]
fn a_tenant_that_needs_much_of_the_consumers_time_lets_others_go_first() {
    let mut sqs = Sqs::with_queue("q", &[]);
    send(&mut sqs, "slow", 10);
    send(&mut sqs, "quick", 10);
    let got = take(&mut sqs, 20);
    sqs.pass_secs(1);
    for message in &got[10..15] {
        sqs.delete("q", &message.receipt_handle)
            .expect("it is held");
    }
    // The first that is deleted has all the time that was used so far.
    assert!(is_noisy(&sqs, "quick"));
    sqs.pass_secs(59);
    sqs.delete("q", &got[0].receipt_handle).expect("it is held");
    // 60 seconds of 65.
    assert!(is_noisy(&sqs, "slow"));
    for message in &got[15..] {
        sqs.delete("q", &message.receipt_handle)
            .expect("it is held");
    }
    assert_eq!(tenant(&sqs, "quick"), None, "its backlog is consumed");
    send(&mut sqs, "slow", 1);
    send(&mut sqs, "quick", 1);
    assert_eq!(sqs.bodies("q", 10, 30), "quick slow");
}

#[test]
fn time_that_was_used_long_ago_does_not_count() {
    for (minutes, noisy) in [(4, false), (7, true)] {
        let mut sqs = Sqs::with_queue("q", &[("VisibilityTimeout", "3600")]);
        for _ in 0..10 {
            sqs.send(message("q", "nobody"));
        }
        let got = take(&mut sqs, 10);
        sqs.pass_secs(60);
        for message in &got {
            sqs.delete("q", &message.receipt_handle)
                .expect("it is held");
        }
        sqs.pass_secs(minutes * 60);
        send(&mut sqs, "a", 2);
        let got = take(&mut sqs, 1);
        sqs.pass_secs(10);
        sqs.delete("q", &got[0].receipt_handle).expect("it is held");
        assert_eq!(is_noisy(&sqs, "a"), noisy, "after {minutes} minutes");
    }
}

#[test]
fn among_noisy_tenants_the_one_with_the_fewest_in_flight_comes_first() {
    let mut sqs = Sqs::with_queue("q", &[]);
    send(&mut sqs, "a", 33);
    take(&mut sqs, 33);
    send(&mut sqs, "b", 30);
    take(&mut sqs, 30);
    send(&mut sqs, "a", 10);
    send(&mut sqs, "b", 10);
    assert!(is_noisy(&sqs, "a") && is_noisy(&sqs, "b"));
    // 30 against 33: three of b, and then in turn.
    let bodies = sqs.bodies("q", 10, 3600);
    assert_eq!(bodies.matches('b').count(), 7);
    assert!(bodies.starts_with("b b b"), "{bodies}");
}

#[test]
fn a_noisy_tenant_is_quiet_again_without_backlog_or_after_five_idle_minutes() {
    let mut sqs = Sqs::with_queue("q", &[]);
    send(&mut sqs, "a", 31);
    let got = take(&mut sqs, 30);
    assert!(is_noisy(&sqs, "a"));
    for message in &got {
        sqs.change("q", &message.receipt_handle, 0)
            .expect("it is held");
    }
    assert_eq!(tenant(&sqs, "a").map(|tenant| tenant.in_flight), Some(0));
    sqs.pass_ms(299_999);
    send(&mut sqs, "b", 1);
    assert_eq!(sqs.bodies("q", 1, 0), "b");
    sqs.pass_ms(1);
    assert_eq!(sqs.bodies("q", 1, 30), "a", "it is the older one");
    assert!(!is_noisy(&sqs, "a"));
    let mut sqs = Sqs::with_queue("q", &[]);
    send(&mut sqs, "a", 30);
    for message in take(&mut sqs, 30) {
        assert!(is_noisy(&sqs, "a"));
        sqs.delete("q", &message.receipt_handle)
            .expect("it is held");
    }
    assert_eq!(tenant(&sqs, "a"), None);
}

#[test]
fn a_fair_queue_is_no_fifo_queue() {
    let mut sqs = Sqs::with_queue("q", &[]);
    send(&mut sqs, "a", 2);
    sqs.send(SendMessageRequest {
        delay_seconds: Some(5),
        ..tenants_message("a", "late")
    });
    let got = sqs.receive(receive("q", 1, 30));
    assert_eq!(got[0].attributes["MessageGroupId"], "a");
    assert_eq!(sqs.bodies("q", 10, 30), "a", "no group is locked");
    assert_eq!(tenant(&sqs, "a").map(|tenant| tenant.delayed), Some(1));
    sqs.pass_secs(5);
    assert_eq!(sqs.bodies("q", 10, 30), "late");
}

#[derive(Clone, Debug)]
enum Step {
    Send { group: u8, count: usize },
    Receive { max: i64, timeout: i64 },
    Delete(prop::sample::Index),
    Pass { seconds: u64 },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        (0..5_u8, 1..20_usize).prop_map(|(group, count)| Step::Send { group, count }),
        (1..=10_i64, prop_oneof![Just(0), Just(20), Just(600)])
            .prop_map(|(max, timeout)| Step::Receive { max, timeout }),
        (1..=10_i64).prop_map(|max| Step::Receive { max, timeout: 600 }),
        any::<prop::sample::Index>().prop_map(Step::Delete),
        (0..200_u64).prop_map(|seconds| Step::Pass { seconds }),
    ];
    prop::collection::vec(step, 1..120)
}

proptest! {
    /// Quiet tenants' messages come first in every response that finds all partitions.
    #[test]
    fn quiet_tenants_come_first(steps in steps(), is_strict: bool) {
        let mode = if is_strict { Mode::Strict } else { Mode::AwsLike };
        let config = Config { mode, ..Config::new(ACCOUNT, "us-east-1", 1) };
        let mut sqs = Sqs::with_config(config);
        sqs.create("q", &[]);
        let mut handles: Vec<String> = Vec::new();
        for step in steps {
            match step {
                Step::Send { group: 0, count } => {
                    (0..count).for_each(|_| drop(sqs.send(message("q", "0"))));
                }
                Step::Send { group, count } => send(&mut sqs, &group.to_string(), count),
                Step::Receive { max, timeout } => {
                    let before: BTreeMap<_, _> = sqs
                        .queue("q")
                        .tenants()
                        .map(|(id, view)| (id.to_string(), view))
                        .collect();
                    let noisy = |group: &str| before.get(group).is_some_and(|view| view.is_noisy);
                    let counts = sqs.counts("q");
                    let mut request = receive("q", max, timeout);
                    request.wait_time_seconds = Some(if is_strict { 0 } else { 1 });
                    let call = sqs.start(request);
                    let got = sqs.received(call);
                    if got.is_none() {
                        sqs.cancel(call);
                    }
                    let got = got.unwrap_or_default();
                    prop_assert_eq!(got.len(), counts.0.min(max as usize));
                    let order: Vec<_> = bodies_of(&got).split_whitespace().map(noisy).collect();
                    prop_assert!(order.is_sorted(), "{:?}", order);
                    handles.extend(got.into_iter().map(|message| message.receipt_handle));
                }
                Step::Delete(index) if !handles.is_empty() => {
                    let handle = index.get(&handles).clone();
                    sqs.delete("q", &handle).expect("a handle is a handle");
                }
                Step::Delete(_) => {}
                Step::Pass { seconds } => sqs.pass_secs(seconds),
            }
            let mut sums = (0, 0, 0);
            for message in sqs.queue("q").messages() {
                prop_assert!(message.group_id().is_none_or(|id| tenant(&sqs, id).is_some()));
            }
            for (_, view) in sqs.queue("q").tenants() {
                sums.0 += view.visible;
                sums.1 += view.in_flight;
                sums.2 += view.delayed;
            }
            let counts = sqs.counts("q");
            prop_assert!(sums.0 <= counts.0 && sums.1 <= counts.1 && sums.2 <= counts.2);
        }
    }
}
