//! The throughput quotas of FIFO queues, where the service has them.

use sqs_playground::sqs::api::{
    DeleteMessageBatchRequest, ReceiveMessageRequest, SendMessageBatchRequest,
    SendMessageBatchRequestEntry,
};
use sqs_playground::sqs::{Config, ErrorCode};

use crate::support::{ACCOUNT, Sqs, check_error, fifo_message, message, receive};

const HIGH: [(&str, &str); 2] = [
    ("DeduplicationScope", "messageGroup"),
    ("FifoThroughputLimit", "perMessageGroupId"),
];

fn sqs(region: &str, fifo_throttling: bool, attributes: &[(&str, &str)]) -> Sqs {
    let mut sqs = Sqs::with_config(Config {
        fifo_throttling,
        ..Config::new(ACCOUNT, region, 1)
    });
    sqs.create("q", &[]);
    sqs.create("q.fifo", &[&[("FifoQueue", "true")], attributes].concat());
    sqs
}

/// Sends until one is refused, at most `max`; says how many were accepted.
fn sends(sqs: &mut Sqs, group: impl Fn(u32) -> String, max: u32) -> u32 {
    let first = sqs.out.replies.len();
    for number in 0..max {
        let id = format!("{first}-{number}");
        let reply = sqs.call(fifo_message("q.fifo", &group(number), &id, "x"));
        sqs.out.events.clear();
        sqs.out.replies.truncate(first);
        if reply.is_err() {
            check_error(reply, ErrorCode::RequestThrottled, "Request is throttled.");
            return number;
        }
    }
    max
}

#[test]
fn a_fifo_queue_takes_three_hundred_calls_a_second_of_a_kind() {
    let mut sqs = sqs("us-east-1", true, &[]);
    let any = |number: u32| number.to_string();
    assert_eq!(sends(&mut sqs, any, 1000), 300);
    let empty = ReceiveMessageRequest {
        queue_url: Some("q.fifo".into()),
        ..Default::default()
    };
    for _ in 0..300 {
        sqs.receive(empty.clone());
    }
    let refused = sqs.call(empty);
    assert_eq!(refused.expect_err("it is one too many").code.status(), 403);
    for _ in 0..300 {
        let delete = DeleteMessageBatchRequest {
            queue_url: Some("q.fifo".into()),
            entries: Some(Vec::new()),
        };
        let error = sqs.call(delete).expect_err("it has no entries");
        assert_eq!(error.code, ErrorCode::EmptyBatchRequest);
    }
    let error = sqs.delete("q.fifo", "x").expect_err("it is one too many");
    assert_eq!(error.code, ErrorCode::RequestThrottled);
    sqs.attributes("q.fifo");
    sqs.pass_ms(999);
    assert_eq!(sends(&mut sqs, any, 10), 0);
    sqs.pass_ms(1);
    assert_eq!(sends(&mut sqs, any, 1000), 300);
}

#[test]
fn a_batch_is_one_call() {
    let mut sqs = sqs("us-east-1", true, &[]);
    for number in 0..300 {
        let entry = |index: u32| SendMessageBatchRequestEntry {
            id: Some(index.to_string()),
            message_body: Some("x".into()),
            message_group_id: Some("g".into()),
            message_deduplication_id: Some(format!("{number}-{index}")),
            ..Default::default()
        };
        let request = SendMessageBatchRequest {
            queue_url: Some("q.fifo".into()),
            entries: Some((0..10).map(entry).collect()),
        };
        sqs.call(request).expect("it is within the quota");
    }
    assert_eq!(sqs.counts("q.fifo").0, 3000);
    assert_eq!(sends(&mut sqs, |_| "g".into(), 1), 0);
}

#[test]
fn high_throughput_has_the_regions_quota_and_one_for_each_group() {
    let mut sqs = sqs("eu-north-1", true, &HIGH);
    assert_eq!(sends(&mut sqs, |_| "a".into(), 1000), 300);
    assert_eq!(sends(&mut sqs, |_| "b".into(), 1000), 300);
    assert_eq!(sends(&mut sqs, |number| number.to_string(), 5000), 1800);
}

#[test]
fn neither_standard_queues_nor_other_services_refuse() {
    let mut strict = sqs("us-east-1", true, &[]);
    for _ in 0..400 {
        strict.send(message("q", "x"));
        strict.receive(receive("q", 1, 0));
    }
    assert_eq!(
        sends(&mut sqs("us-east-1", false, &[]), |n| n.to_string(), 400),
        400
    );
}
