//! What a receive may ask for, what it returns, and in which order.

use sqs_playground::sim::Time;
use sqs_playground::sqs::api::{ReceiveMessageRequest, SendMessageRequest};

use crate::support::{Sqs, check_invalid, fifo_message, message, receive, text_attribute};

#[test]
fn ranges() {
    let mut sqs = Sqs::with_queue("q", &[]);
    for bad in [-1, 0, 11] {
        check_invalid(
            sqs.call(receive("q", bad, 0)),
            &format!(
                "Value {bad} for parameter MaxNumberOfMessages is invalid. \
                 Reason: Must be between 1 and 10, if provided."
            ),
        );
    }
    for bad in [-1, 21] {
        let request = ReceiveMessageRequest {
            wait_time_seconds: Some(bad),
            ..receive("q", 1, 0)
        };
        check_invalid(
            sqs.call(request),
            &format!(
                "Value {bad} for parameter WaitTimeSeconds is invalid. \
                 Reason: Must be >= 0 and <= 20, if provided."
            ),
        );
    }
    for bad in [-1, 43_201] {
        check_invalid(
            sqs.call(receive("q", 1, bad)),
            &format!(
                "Value {bad} for parameter VisibilityTimeout is invalid. \
                 Reason: Must be >= 0 and <= 43200, if provided."
            ),
        );
    }
}

#[test]
fn attempt_ids_are_for_fifo_queues() {
    let mut sqs = Sqs::with_queue("q", &[]);
    sqs.create("q.fifo", &[("FifoQueue", "true")]);
    let with_id = |queue: &str, id: &str| ReceiveMessageRequest {
        receive_request_attempt_id: Some(id.into()),
        ..receive(queue, 1, 30)
    };
    check_invalid(
        sqs.call(with_id("q", "a")),
        "Value a for parameter ReceiveRequestAttemptId is invalid. \
         Reason: The request include parameter that is not valid for this queue type.",
    );
    check_invalid(
        sqs.call(with_id("q.fifo", "a b")),
        "Value a b for parameter ReceiveRequestAttemptId is invalid. \
         Reason: ReceiveRequestAttemptId can only include alphanumeric and punctuation \
         characters. 1 to 128 in length.",
    );
    assert_eq!(sqs.receive(with_id("q.fifo", "a")), []);
}

#[test]
fn an_empty_queue_gives_nothing() {
    let mut sqs = Sqs::with_queue("q", &[]);
    assert_eq!(sqs.receive(receive("q", 10, 30)), []);
}

#[test]
fn a_standard_queue_is_in_perfect_order() {
    let mut sqs = Sqs::with_queue("q", &[]);
    sqs.send_all("q", "1 2 3 4 5 6 7 8 9 10 11 12");
    assert_eq!(sqs.bodies("q", 3, 5), "1 2 3");
    assert_eq!(sqs.bodies("q", 10, 5), "4 5 6 7 8 9 10 11 12");
    sqs.pass_secs(5);
    assert_eq!(sqs.bodies("q", 10, 5), "1 2 3 4 5 6 7 8 9 10");
}

#[test]
fn one_message_is_the_default() {
    let mut sqs = Sqs::with_queue("q", &[("VisibilityTimeout", "7")]);
    sqs.send_all("q", "1 2");
    let request = ReceiveMessageRequest {
        queue_url: Some("q".into()),
        ..Default::default()
    };
    assert_eq!(sqs.receive(request).len(), 1);
    assert_eq!(sqs.counts("q"), (1, 1, 0));
    sqs.set("q", &[("VisibilityTimeout", "1")]);
    sqs.pass_ms(6999);
    assert_eq!(
        sqs.counts("q"),
        (1, 1, 0),
        "the timeout is the one at the receive"
    );
    sqs.pass_ms(1);
    assert_eq!(sqs.counts("q"), (2, 0, 0));
}

#[test]
fn a_timeout_of_nothing_counts_and_does_not_hide() {
    let mut sqs = Sqs::with_queue("q", &[]);
    sqs.send(message("q", "x"));
    let first = sqs.receive_one("q", 0);
    let second = sqs.receive_one("q", 0);
    assert_eq!(first.attributes["ApproximateReceiveCount"], "1");
    assert_eq!(second.attributes["ApproximateReceiveCount"], "2");
    assert_eq!(first.message_id, second.message_id);
    assert_ne!(first.receipt_handle, second.receipt_handle);
}

#[test]
fn after_three_receives_a_message_goes_to_the_back() {
    let mut sqs = Sqs::with_queue("q", &[]);
    sqs.send_all("q", "poison 2 3");
    for _ in 0..2 {
        assert_eq!(sqs.bodies("q", 1, 1), "poison");
        sqs.pass_secs(1);
    }
    assert_eq!(sqs.bodies("q", 1, 1), "poison");
    sqs.pass_secs(1);
    assert_eq!(sqs.bodies("q", 10, 30), "2 3 poison");
    // In one receive that hides nothing, nobody comes twice.
    sqs.pass_secs(30);
    assert_eq!(sqs.bodies("q", 10, 0), "2 3 poison");
    assert_eq!(sqs.bodies("q", 10, 0), "2 3 poison");
}

#[test]
fn system_attributes() {
    let mut sqs = Sqs::with_queue("q", &[]);
    sqs.create("q.fifo", &[("FifoQueue", "true")]);
    sqs.send(message("q", "x"));
    sqs.send(fifo_message("q.fifo", "g", "d", "x"));
    sqs.pass_ms(250);
    sqs.receive_one("q", 0);
    sqs.pass_ms(250);
    let received = sqs.receive_one("q", 0);
    let expected = [
        ("ApproximateFirstReceiveTimestamp", "1767225600250"),
        ("ApproximateReceiveCount", "2"),
        ("SenderId", "AIDAPLAY0000000000000"),
        ("SentTimestamp", "1767225600000"),
    ];
    assert_eq!(
        received.attributes,
        expected
            .map(|(name, value)| (name.into(), value.into()))
            .into()
    );
    let received = sqs.receive_one("q.fifo", 0);
    assert_eq!(received.attributes.len(), 7);
    for (name, value) in [
        ("MessageDeduplicationId", "d"),
        ("MessageGroupId", "g"),
        ("SequenceNumber", "18870671136435183872"),
    ] {
        assert_eq!(received.attributes[name], value);
    }
}

#[test]
fn which_names_are_asked_for() {
    let mut sqs = Sqs::with_queue("q", &[]);
    sqs.send(message("q", "x"));
    for (old, new, expected) in [
        (vec![], vec![], 0),
        (vec![], vec!["not-a-real-name"], 0),
        (vec![], vec!["SenderId"], 1),
        (vec!["SenderId"], vec![], 1),
        (vec!["SenderId", "VisibilityTimeout"], vec!["All"], 4),
        (vec!["All"], vec!["SenderId"], 1),
        (vec![], vec!["SenderId", "SenderId", "SequenceNumber"], 1),
    ] {
        let names = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
        let received = sqs.receive(ReceiveMessageRequest {
            attribute_names: names(old.clone()),
            message_system_attribute_names: names(new.clone()),
            ..receive("q", 1, 0)
        });
        assert_eq!(received[0].attributes.len(), expected, "{old:?} {new:?}");
    }
}

#[test]
fn filters_of_message_attributes() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let attribute = |name: &str, value| (name.to_owned(), text_attribute("String", value));
    sqs.send(SendMessageRequest {
        message_attributes: [
            attribute("Help.Me", "Me"),
            attribute("Hello", "There"),
            attribute("General", "Kenobi"),
        ]
        .into(),
        ..message("q", "x")
    });
    let all = Some("4c360f3fdafd970e05fae2f149d997f5");
    for (filters, digest, count) in [
        (vec![], None, 0),
        (vec!["Hello"], Some("a311262e065454b75da111d535b8dacd"), 1),
        (vec!["Hel.*"], Some("83fee93c1bcd8b9a5a923ffacdc636c7"), 2),
        (
            vec!["Hello", "General"],
            Some("fca026605781cb4126a1e9044df24232"),
            2,
        ),
        (vec!["All"], all, 3),
        (vec![".*"], all, 3),
        (vec!["*"], all, 3),
        (vec!["hello", "AWS.", "..foo", "Hel*"], None, 0),
    ] {
        let received = sqs.receive(ReceiveMessageRequest {
            message_attribute_names: filters.iter().map(|&name| name.into()).collect(),
            ..receive("q", 1, 0)
        });
        assert_eq!(
            received[0].md5_of_message_attributes.as_deref(),
            digest,
            "{filters:?}"
        );
        assert_eq!(received[0].message_attributes.len(), count, "{filters:?}");
    }
}

#[test]
fn messages_are_found_by_their_keys() {
    let mut sqs = Sqs::with_queue("q", &[]);
    sqs.create("r", &[]);
    sqs.send(message("q", "1"));
    sqs.send(message("r", "2"));
    let (queue, message) = sqs
        .service
        .find_message(sqs_playground::sqs::MessageKey(2))
        .expect("the second message exists");
    assert_eq!((&**queue.name(), &**message.body()), ("r", "2"));
    assert_eq!(message.sent_at(), Time::from_ms(1_767_225_600_000));
}
