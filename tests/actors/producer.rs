//! Producers.

use std::collections::BTreeMap;

use sqs_playground::sqs::api::CreateQueueRequest;
use sqs_playground::world::InputKind;

use crate::support::{ONE_QUEUE, Stage};

const FIFO_QUEUE: &str =
    r#"[{"CreateQueue":{"QueueName":"q.fifo","Attributes":{"FifoQueue":"true"}}}]"#;

#[test]
fn bodies_are_sent_in_turn_and_numbers_begin_where_they_are_told() {
    let program = r#"{"producer":{"queue":"q","pause_ms":0,"count":7,"start":10,"bodies":["a","b {n}","c {n%4}"]}}"#;
    let mut stage = Stage::new(ONE_QUEUE, &[("producer", program)]);
    stage.play_to(1000);
    // The numbers are 10 to 16: the second and fifth message have 11 and 14, the third and sixth
    // 12 and 15, which leave 0 and 3 when divided by 4.
    let sent = ["a", "b 11", "c 0", "a", "b 14", "c 3", "a"];
    assert_eq!(stage.bodies("q"), sent);
}

#[test]
fn a_batch_takes_as_many_pauses_as_it_has_messages() {
    let program =
        r#"{"producer":{"queue":"q","pause_ms":100,"count":25,"batch_size":10,"body":"{n}"}}"#;
    let mut stage = Stage::new(ONE_QUEUE, &[("producer", program)]);
    // Ten at once, 20 ms; ten pauses, ten more; ten pauses, the last five: 3 x 20 + 2 x 1000 ms.
    stage.play_to(2059);
    assert_eq!(
        (stage.tally("producer").calls, stage.tally("producer").sent),
        (2, 20)
    );
    stage.play_to(2060);
    assert_eq!(
        (stage.tally("producer").calls, stage.tally("producer").sent),
        (3, 25)
    );
    assert!(stage.is_finished("producer"));
    let numbers: Vec<String> = (1..=25).map(|n: u32| n.to_string()).collect();
    assert_eq!(stage.bodies("q"), numbers);
}

#[test]
fn single_sends_and_batches_of_one_keep_the_same_pace() {
    let single = r#"{"producer":{"queue":"q","pause_ms":480,"body":"x"}}"#;
    let batch = r#"{"producer":{"queue":"q","pause_ms":480,"batch_size":1,"body":"x"}}"#;
    let mut stage = Stage::new(ONE_QUEUE, &[("single", single), ("batch", batch)]);
    // A message each 500 ms, the first answered after 20 ms.
    stage.play_to(10_000);
    assert_eq!(
        (stage.tally("single").sent, stage.tally("batch").sent),
        (20, 20)
    );
}

#[test]
fn pauses_can_be_spread() {
    let program = |pause: &str| {
        format!(r#"{{"producer":{{"queue":"q","pause_ms":{pause},"body":"x","count":2000}}}}"#)
    };
    let fixed = program("980");
    let uniform = program(r#"{"uniform":{"min":480,"max":1480}}"#);
    let exponential = program(r#"{"exponential":{"mean":980}}"#);
    let actors = [
        ("fixed", &*fixed),
        ("uniform", &*uniform),
        ("exponential", &*exponential),
    ];
    let mut stage = Stage::new(ONE_QUEUE, &actors);
    stage.play_to(1_000_000);
    // A call and a mean pause are a second. The deviation of a uniform pause is 1000 / 12^0.5 = 289 ms,
    // of an exponential one 980 ms: of the sum of a thousand 9 s and 31 s, here four times that.
    assert_eq!(stage.tally("fixed").sent, 1000);
    let uniform = stage.tally("uniform").sent;
    assert!(uniform != 1000 && uniform.abs_diff(1000) < 37, "{uniform}");
    let exponential = stage.tally("exponential").sent;
    assert!(
        exponential != 1000 && exponential.abs_diff(1000) < 124,
        "{exponential}"
    );
}

#[test]
fn groups_and_deduplication_ids_follow_patterns() {
    let program = r#"{"producer":{"queue":"q.fifo","pause_ms":100,"count":12,"body":"{n}","message_group_id":"group-{n%3}","message_deduplication_id":"{n%6}"}}"#;
    let mut stage = Stage::new(FIFO_QUEUE, &[("producer", program)]);
    stage.play_to(10_000);
    // All twelve are accepted; the last six have the ids of the first six.
    assert_eq!(stage.tally("producer").sent, 12);
    assert_eq!(stage.bodies("q.fifo"), ["1", "2", "3", "4", "5", "6"]);
    let mut groups: BTreeMap<String, u32> = BTreeMap::new();
    for message in stage.queue("q.fifo").messages() {
        let group = message.group_id().expect("a FIFO queue has groups");
        *groups.entry(group.to_string()).or_default() += 1;
    }
    let expected = ["group-0", "group-1", "group-2"].map(|group| (group.to_owned(), 2));
    assert_eq!(groups, BTreeMap::from(expected));
}

#[test]
fn groups_can_be_left_to_chance() {
    let program = r#"{"producer":{"queue":"q.fifo","pause_ms":0,"count":300,"batch_size":10,"body":"{n}","message_group_id":"{random:3}","message_deduplication_id":"{n}"}}"#;
    let mut stage = Stage::new(FIFO_QUEUE, &[("producer", program)]);
    stage.play_to(10_000);
    let mut counts = [0_u32; 3];
    for message in stage.queue("q.fifo").messages() {
        let group = message.group_id().expect("a FIFO queue has groups");
        counts[group.parse::<usize>().expect("it is a number")] += 1;
    }
    // A hundred each; the deviation is (300 x 1/3 x 2/3)^0.5 = 8.2.
    assert_eq!(counts.iter().sum::<u32>(), 300);
    assert!(
        counts.iter().all(|count| count.abs_diff(100) < 33),
        "{counts:?}"
    );
}

#[test]
fn entries_that_fail_are_counted_and_not_sent_again() {
    let program = r#"{"producer":{"queue":"q","pause_ms":0,"count":10,"batch_size":5,"body":"x","delay_seconds":901}}"#;
    let mut stage = Stage::new(ONE_QUEUE, &[("producer", program)]);
    stage.play_to(1000);
    let tally = stage.tally("producer");
    assert_eq!((tally.calls, tally.sent, tally.errors), (2, 0, 10));
    assert!(stage.is_finished("producer"));
}

#[test]
fn a_send_that_fails_is_tried_again_after_a_second() {
    let program =
        r#"{"producer":{"queue":"late","pause_ms":0,"count":2,"body":"{n}","batch_size":1}}"#;
    let mut stage = Stage::new("[]", &[("producer", program)]);
    stage.play_to(2500);
    let create = CreateQueueRequest {
        queue_name: Some("late".into()),
        ..Default::default()
    };
    let create = InputKind::Call(std::sync::Arc::new(create.into()));
    stage.act(create).expect("a call is no nonsense");
    stage.play_to(4000);
    // Tries at 0, 1.02 and 2.04 s fail.
    assert_eq!(stage.tally("producer").errors, 3);
    assert_eq!(stage.bodies("late"), ["1", "2"]);
}
