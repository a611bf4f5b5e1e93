//! What a send may contain, and what is wrong with those that are refused.

use sqs_playground::sqs::ErrorCode;
use sqs_playground::sqs::api::{MessageAttributeValue, SendMessageRequest};

use crate::support::{
    Sqs, check_error, check_invalid, fifo_message, message, receive, text_attribute,
};

const NO_DEDUPLICATION: &str = "The queue should either have ContentBasedDeduplication enabled or \
                                MessageDeduplicationId provided explicitly";

fn missing(parameter: &str) -> String {
    format!("The request must contain the parameter {parameter}.")
}

#[test]
fn a_send_needs_a_queue_and_a_body() {
    let mut sqs = Sqs::with_queue("q", &[]);
    for body in [None, Some("".into())] {
        let request = SendMessageRequest {
            message_body: body,
            ..message("q", "")
        };
        check_error(
            sqs.call(request),
            ErrorCode::MissingParameter,
            &missing("MessageBody"),
        );
    }
    let request = SendMessageRequest {
        queue_url: None,
        ..message("", "x")
    };
    let text = "The specified queue does not exist.";
    check_error(sqs.call(request), ErrorCode::QueueDoesNotExist, text);
}

#[test]
fn ids_are_of_letters_digits_and_punctuation() {
    let mut sqs = Sqs::with_queue("q.fifo", &[("FifoQueue", "true")]);
    sqs.create("q", &[]);
    let longest = "x".repeat(128);
    for good in ["a", &longest, r##"!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"##] {
        sqs.send(fifo_message("q.fifo", good, good, "x"));
        sqs.send(SendMessageRequest {
            message_group_id: Some(good.into()),
            ..message("q", "x")
        });
    }
    let too_long = "x".repeat(129);
    for bad in ["", "a b", "ä", &too_long] {
        let text = |parameter: &str| {
            format!(
                "Value {bad} for parameter {parameter} is invalid. Reason: {parameter} can only \
                 include alphanumeric and punctuation characters. 1 to 128 in length."
            )
        };
        let refused = sqs.call(fifo_message("q.fifo", bad, "d", "x"));
        check_invalid(refused, &text("MessageGroupId"));
        let refused = sqs.call(fifo_message("q.fifo", "g", bad, "x"));
        check_invalid(refused, &text("MessageDeduplicationId"));
    }
}

#[test]
fn a_fifo_queue_needs_group_and_deduplication_id() {
    let mut sqs = Sqs::with_queue("q.fifo", &[("FifoQueue", "true")]);
    let refused = sqs.call(message("q.fifo", "x"));
    check_error(
        refused,
        ErrorCode::MissingParameter,
        &missing("MessageGroupId"),
    );
    let request = SendMessageRequest {
        message_group_id: Some("g".into()),
        ..message("q.fifo", "x")
    };
    check_invalid(sqs.call(request.clone()), NO_DEDUPLICATION);
    sqs.set("q.fifo", &[("ContentBasedDeduplication", "true")]);
    sqs.send(request);
}

#[test]
fn a_standard_queue_takes_groups_and_no_deduplication_ids() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let request = fifo_message("q", "g", "d", "x");
    check_invalid(
        sqs.call(request.clone()),
        "The request include parameter MessageDeduplicationId which is not valid for this queue \
         type",
    );
    let sent = sqs.send(SendMessageRequest {
        message_deduplication_id: None,
        ..request
    });
    assert_eq!(sent.sequence_number, None);
    let received = sqs.receive_one("q", 30);
    assert_eq!(received.attributes["MessageGroupId"], "g");
    assert_eq!(received.attributes.get("SequenceNumber"), None);
}

#[test]
fn delays() {
    let mut sqs = Sqs::with_queue("q", &[("DelaySeconds", "5")]);
    sqs.create("q.fifo", &[("FifoQueue", "true"), ("DelaySeconds", "5")]);
    let delayed = |delay, request| SendMessageRequest {
        delay_seconds: Some(delay),
        ..request
    };
    for bad in [-1, 901, 1000] {
        check_invalid(
            sqs.call(delayed(bad, message("q", "x"))),
            &format!(
                "Value {bad} for parameter DelaySeconds is invalid. \
                 Reason: DelaySeconds must be >= 0 and <= 900."
            ),
        );
    }
    check_invalid(
        sqs.call(delayed(2, fifo_message("q.fifo", "g", "d", "x"))),
        "Value 2 for parameter DelaySeconds is invalid. \
         Reason: The request include parameter that is not valid for this queue type.",
    );
    sqs.send(delayed(0, fifo_message("q.fifo", "g", "d", "x")));
    assert_eq!(sqs.counts("q.fifo"), (0, 0, 1), "the queue's delay applies");
    sqs.send(delayed(0, message("q", "now")));
    sqs.send(message("q", "default"));
    sqs.send(delayed(900, message("q", "longest")));
    assert_eq!(sqs.counts("q"), (1, 0, 2));
    sqs.pass_ms(4999);
    assert_eq!(sqs.bodies("q", 10, 0), "now");
    sqs.pass_ms(1);
    assert_eq!(sqs.bodies("q", 10, 0), "now default");
    assert_eq!(sqs.counts("q.fifo"), (1, 0, 0));
    sqs.pass_secs(895);
    assert_eq!(sqs.counts("q"), (3, 0, 0));
}

#[test]
fn a_standard_queues_new_delay_is_for_later_sends() {
    let mut sqs = Sqs::with_queue("q", &[("DelaySeconds", "5")]);
    sqs.send(message("q", "x"));
    sqs.set("q", &[("DelaySeconds", "0")]);
    assert_eq!(sqs.counts("q"), (0, 0, 1));
    sqs.send(message("q", "y"));
    assert_eq!(sqs.counts("q"), (1, 0, 1));
}

#[test]
fn size_counts_body_and_attributes() {
    let mut sqs = Sqs::with_queue("q", &[("MaximumMessageSize", "1024")]);
    let text = "One or more parameters are invalid. \
                Reason: Message must be shorter than 1024 bytes.";
    sqs.send(message("q", &"x".repeat(1024)));
    sqs.send(message("q", &"é".repeat(512)));
    check_invalid(sqs.call(message("q", &"x".repeat(1025))), text);
    // The name, the type and the value take 15 bytes; three raw bytes count as three.
    let blob = MessageAttributeValue {
        data_type: "Binary".into(),
        binary_value: Some("AQID".into()),
        ..Default::default()
    };
    for (attribute, bytes) in [(text_attribute("String", "blue"), 15), (blob, 14)] {
        let with_body = |length: usize| SendMessageRequest {
            message_attributes: [("color".into(), attribute.clone())].into(),
            message_system_attributes: [(
                "AWSTraceHeader".into(),
                text_attribute("String", "does not count"),
            )]
            .into(),
            ..message("q", &"x".repeat(length))
        };
        sqs.send(with_body(1024 - bytes));
        check_invalid(sqs.call(with_body(1025 - bytes)), text);
    }
}

#[test]
fn control_characters_are_refused() {
    let mut sqs = Sqs::with_queue("q", &[]);
    for bad in ["\0", "a\u{fffe}", "\u{1f}"] {
        check_error(
            sqs.call(message("q", bad)),
            ErrorCode::InvalidMessageContents,
            "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | \
             #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF",
        );
    }
    sqs.send(message("q", "\t\r\n \u{85}\u{fffd}\u{10ffff}{"));
}

#[test]
fn message_attributes_are_checked() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let value =
        |data_type: &str, string: Option<&str>, binary: Option<&str>| MessageAttributeValue {
            data_type: data_type.into(),
            string_value: string.map(str::to_owned),
            binary_value: binary.map(str::to_owned),
            ..Default::default()
        };
    let text = || value("String", Some("x"), None);
    let name = "Message (user) attribute name must";
    let reserved = "You can't use message attribute names beginning with 'AWS.' or 'Amazon'. \
                    These strings are reserved for internal use.";
    let long = "n".repeat(257);
    let long_type = format!("String.{}", "n".repeat(250));
    for (attribute, value, expected) in [
        (
            "",
            text(),
            "The request must contain non-empty message (user) attribute names.".into(),
        ),
        (&long, text(), format!("{name} be shorter than 256 bytes.")),
        ("aws.x", text(), reserved.into()),
        ("AMAZON.x", text(), reserved.into()),
        (
            ".x",
            text(),
            format!("{name} not begin with character '.'."),
        ),
        ("x.", text(), format!("{name} not end with character '.'.")),
        (
            "x..y",
            text(),
            format!("{name} not have successive '.' characters."),
        ),
        (
            "X",
            value("", Some("x"), None),
            "The message (user) attribute 'X' must contain a non-empty message attribute type."
                .into(),
        ),
        (
            "X",
            value("Float", Some("x"), None),
            "The type of message (user) attribute 'X' is invalid. You must use only the following \
             supported type prefixes: Binary, Number, String."
                .into(),
        ),
        (
            "X",
            value(&long_type, Some("x"), None),
            "Message (user) attribute type must be shorter than 256 bytes.".into(),
        ),
        (
            "X",
            value("String", None, None),
            "The message (user) attribute 'X' must contain a non-empty message attribute value."
                .into(),
        ),
        (
            "X",
            value("String", Some(""), None),
            "Message (user) attribute 'X' must contain a non-empty value of type 'String'.".into(),
        ),
        (
            "X",
            value("String", Some("x"), Some("AA==")),
            "Message (user) attribute 'X' must have a single value.".into(),
        ),
        (
            "X",
            value("String", None, Some("AA==")),
            "Message (user) attribute 'X' with type 'String' must use field 'String'.".into(),
        ),
        (
            "X",
            value("Binary", Some("x"), None),
            "Message (user) attribute 'X' with type 'Binary' must use field 'Binary'.".into(),
        ),
        (
            "Age",
            value("Number", Some("twenty"), None),
            "Can't cast the value of message (user) attribute 'Age' to a number.".into(),
        ),
    ] {
        let message_attributes = [(attribute.to_owned(), value)].into();
        let request = SendMessageRequest {
            message_attributes,
            ..message("q", "x")
        };
        check_invalid(sqs.call(request), &expected);
    }
    let many = |count: usize| SendMessageRequest {
        message_attributes: (0..count).map(|i| (format!("k{i}"), text())).collect(),
        ..message("q", "x")
    };
    sqs.send(many(10));
    let too_many = "Number of message attributes [11] exceeds the allowed maximum [10].";
    check_invalid(sqs.call(many(11)), too_many);
    let longest = "n".repeat(256);
    for good in ["Amazon", "attr.1øßä", &longest] {
        let message_attributes = [(good.to_owned(), text())].into();
        sqs.send(SendMessageRequest {
            message_attributes,
            ..message("q", "x")
        });
    }
}

#[test]
fn lists_are_not_supported() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let list = MessageAttributeValue {
        string_list_values: vec!["x".into()],
        ..text_attribute("String", "x")
    };
    let message_attributes = [("X".into(), list)].into();
    check_error(
        sqs.call(SendMessageRequest {
            message_attributes,
            ..message("q", "x")
        }),
        ErrorCode::UnsupportedOperation,
        "Message attribute list values in SendMessage operation are not supported.",
    );
}

#[test]
fn the_only_system_attribute_is_the_trace_header() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let message_system_attributes = [("Hello".into(), text_attribute("String", "x"))].into();
    check_invalid(
        sqs.call(SendMessageRequest {
            message_system_attributes,
            ..message("q", "x")
        }),
        "Message system attribute name 'Hello' is invalid.",
    );
}

#[test]
fn message_ids_are_random_uuids_and_follow_from_the_seed() {
    let ids = || {
        let mut sqs = Sqs::with_queue("q", &[]);
        [(); 3].map(|()| sqs.send(message("q", "x")).message_id)
    };
    let [first, second, third] = ids();
    assert_eq!(ids(), [first.clone(), second.clone(), third.clone()]);
    assert!(first != second && second != third);
    let is_v4 = |id: &str| id.len() == 36 && &id[14..15] == "4" && "89ab".contains(&id[19..20]);
    assert!(is_v4(&first) && is_v4(&second), "{first} {second}");
}

#[test]
fn refused_sends_change_nothing() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let before = sqs.out.events.clone();
    sqs.call(message("q", "\0")).expect_err("the body is wrong");
    assert_eq!(sqs.out.events, before);
    assert_eq!(sqs.counts("q"), (0, 0, 0));
    sqs.send(message("q", "x"));
    assert_eq!(sqs.receive(receive("q", 10, 30)).len(), 1);
}
