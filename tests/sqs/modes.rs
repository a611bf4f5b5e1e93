//! Standard queues that behave as distributed: partitions, samples, and chaos.

use std::collections::BTreeSet;

use proptest::prelude::*;
use sqs_playground::sim::digest_of;
use sqs_playground::sqs::api::ReceivedMessage;
use sqs_playground::sqs::{Config, EventKind, Mode, Strike};

use crate::support::{ACCOUNT, Sqs, long_poll, message, receive};

fn sqs(mode: Mode, seed: u64) -> Sqs {
    let mut sqs = Sqs::with_config(Config {
        mode,
        ..Config::new(ACCOUNT, "us-east-1", seed)
    });
    sqs.create("q", &[]);
    sqs
}

fn numbers(messages: &[ReceivedMessage]) -> Vec<u32> {
    let number = |message: &ReceivedMessage| message.body.parse().expect("bodies are numbers");
    messages.iter().map(number).collect()
}

/// The fewest ascending runs into which these responses can be joined, each keeping its order.
fn chains(responses: &[Vec<u32>]) -> usize {
    let mut ends: Vec<u32> = Vec::new();
    for response in responses {
        let (first, last) = (response[0], response[response.len() - 1]);
        let fitting = ends.iter_mut().filter(|end| **end < first).max();
        match fitting {
            Some(end) => *end = last,
            None => ends.push(last),
        }
    }
    ends.len()
}

/// Sends 100 messages, and takes them by short polls of ten, as a trace of AWS was made.
fn trace(seed: u64) -> Vec<Vec<u32>> {
    let mut sqs = sqs(Mode::AwsLike, seed);
    for number in 1..=100 {
        sqs.send(message("q", &number.to_string()));
    }
    let mut responses = Vec::new();
    while sqs.counts("q").0 > 0 {
        let response = numbers(&sqs.receive(receive("q", 10, 30)));
        if response.is_empty() {
            assert!(matches!(
                sqs.out.events.last().map(|event| &event.kind),
                Some(EventKind::ReceiveCameBackEmpty {
                    sampled: Some(0..6),
                    ..
                })
            ));
        }
        responses.push(response);
    }
    responses
}

#[test]
fn a_trace_looks_like_the_one_of_aws() {
    let mut empty = 0;
    for seed in 0..100 {
        let responses = trace(seed);
        let full: Vec<_> = responses
            .iter()
            .filter(|response| !response.is_empty())
            .cloned()
            .collect();
        empty += responses.len() - full.len();
        assert!(full.iter().all(|response| response.is_sorted()));
        let found: BTreeSet<_> = full.iter().flatten().copied().collect();
        assert_eq!(found.len(), 100, "everything is found, and once");
        // Six partitions of about 17 are two responses each, mostly: one of ten, and a rest.
        assert!((11..=16).contains(&full.len()), "{}", full.len());
        assert!(full.iter().any(|response| response.len() < 10));
        assert!(chains(&full) <= 6);
        assert_ne!(full.concat(), (1..=100).collect::<Vec<_>>());
    }
    assert!((20..300).contains(&empty), "{empty}");
    assert_eq!(trace(5), trace(5));
    assert_ne!(trace(5), trace(6));
}

#[test]
fn a_long_poll_never_misses_and_begins_with_one_partition() {
    for seed in 0..50 {
        let mut sqs = sqs(Mode::AwsLike, seed);
        for number in 1..=25 {
            sqs.send(message("q", &number.to_string()));
        }
        let mut rest = 25_usize;
        while rest > 0 {
            let poll = sqs.start(long_poll("q", 1));
            let response = sqs.received(poll).expect("it finds something at once");
            assert_eq!(response.len(), rest.min(10), "it looks everywhere");
            rest -= response.len();
            let runs = numbers(&response);
            let descents = runs.windows(2).filter(|pair| pair[0] > pair[1]).count();
            assert!(descents < 6, "{runs:?}");
        }
        let poll = sqs.start(long_poll("q", 1));
        assert_eq!(sqs.received(poll), None);
        sqs.send(message("q", "26"));
        assert_eq!(sqs.received(poll).map(|got| got.len()), Some(1));
    }
}

#[test]
fn a_short_poll_of_one_message_sometimes_looks_elsewhere() {
    let mut sqs = sqs(Mode::AwsLike, 1);
    sqs.send(message("q", "1"));
    let found: usize = (0..1000)
        .map(|_| sqs.receive(receive("q", 1, 0)).len())
        .sum();
    assert!((870..930).contains(&found), "{found}");
}

#[test]
fn fifo_queues_are_the_same_in_all_modes() {
    let run = |mode| {
        let mut sqs = sqs(mode, 3);
        sqs.create("q.fifo", &[("FifoQueue", "true")]);
        sqs.send_to_groups("q.fifo", "g1m1 g2m1 g1m2 g3m1");
        let bodies = sqs.bodies("q.fifo", 3, 30);
        bodies + " then " + &sqs.bodies("q.fifo", 3, 30)
    };
    assert_eq!(run(Mode::Strict), "g1m1 g1m2 g2m1 then g3m1");
    assert!(Mode::ALL.iter().all(|mode| run(*mode) == run(Mode::Strict)));
}

fn strikes(sqs: &Sqs, wanted: Strike) -> usize {
    let is_wanted = |kind: &EventKind| matches!(kind, EventKind::ChaosStruck { strike, .. } if *strike == wanted);
    let events = sqs.out.events.iter();
    events.filter(|event| is_wanted(&event.kind)).count()
}

#[test]
fn in_chaos_two_consumers_hold_one_message() {
    let mut sqs = sqs(Mode::Chaos, 1);
    for number in 1..=1000 {
        sqs.send(message("q", &number.to_string()));
    }
    let mut received = Vec::new();
    while sqs.counts("q").0 > 0 {
        received.extend(numbers(&sqs.receive(receive("q", 10, 600))));
    }
    let distinct: BTreeSet<_> = received.iter().copied().collect();
    assert_eq!(distinct.len(), 1000);
    let twice = received.len() - distinct.len();
    assert!((30..80).contains(&twice), "{twice}");
    assert_eq!(strikes(&sqs, Strike::MissedReceive), twice);
}

#[test]
fn in_chaos_some_deletes_do_not_take() {
    let mut sqs = sqs(Mode::Chaos, 1);
    let mut again = 0;
    for number in 1..=1000 {
        sqs.send(message("q", &number.to_string()));
        let got = sqs.receive(long_poll("q", 1)).remove(0);
        sqs.delete("q", &got.receipt_handle)
            .expect("it succeeds at any rate");
        let left = sqs.counts("q");
        if left != (0, 0, 0) {
            again += 1;
            while sqs.counts("q") != (0, 0, 0) {
                sqs.delete("q", &got.receipt_handle).expect("once more");
            }
        }
    }
    assert!((30..80).contains(&again), "{again}");
    assert!(strikes(&sqs, Strike::MissedDelete) >= again);
}

#[test]
fn nothing_strikes_where_there_is_no_chaos() {
    for mode in [Mode::Strict, Mode::AwsLike] {
        let mut sqs = sqs(mode, 1);
        for _ in 0..200 {
            sqs.send(message("q", "1"));
            let got = sqs.receive(long_poll("q", 1)).remove(0);
            sqs.delete("q", &got.receipt_handle).expect("it is held");
            assert_eq!(sqs.counts("q"), (0, 0, 0));
        }
        assert_eq!(strikes(&sqs, Strike::MissedReceive), 0);
        assert_eq!(strikes(&sqs, Strike::MissedDelete), 0);
    }
}

proptest! {
    /// Whatever the mode: nothing is lost, and patience finds everything.
    #[test]
    fn short_polls_find_everything_at_last(
        seed: u64, sends in 1..60_u32, max in 1..=10_i64, chaos: bool
    ) {
        let mode = if chaos { Mode::Chaos } else { Mode::AwsLike };
        let mut sqs = sqs(mode, seed);
        for number in 1..=sends {
            sqs.send(message("q", &number.to_string()));
        }
        let mut found = BTreeSet::new();
        for _ in 0..300 {
            found.extend(numbers(&sqs.receive(receive("q", max, 600))));
        }
        prop_assert_eq!(found.len() as u32, sends);
        prop_assert_eq!(sqs.counts("q"), (0, sends as usize, 0));
        let clone = sqs.service.clone();
        prop_assert_eq!(digest_of(&clone), digest_of(&sqs.service));
    }
}
