//! Whatever comes in: an answer or a refusal, never a panic. `fuzz/` has the same without an end.

use proptest::prelude::*;
use serde_json::{Map, Value};
use sqs_playground::timeline::Recording;
use sqs_playground::wire::{HttpRequest, decode, encode};

use crate::support::{Endpoint, REQUEST_ID};

const ACTIONS: [&str; 23] = [
    "AddPermission",
    "CancelMessageMoveTask",
    "ChangeMessageVisibility",
    "ChangeMessageVisibilityBatch",
    "CreateQueue",
    "DeleteMessage",
    "DeleteMessageBatch",
    "DeleteQueue",
    "GetQueueAttributes",
    "GetQueueUrl",
    "ListDeadLetterSourceQueues",
    "ListMessageMoveTasks",
    "ListQueues",
    "ListQueueTags",
    "PurgeQueue",
    "ReceiveMessage",
    "RemovePermission",
    "SendMessage",
    "SendMessageBatch",
    "SetQueueAttributes",
    "StartMessageMoveTask",
    "TagQueue",
    "UntagQueue",
];

const NAMES: [&str; 24] = [
    "QueueUrl",
    "QueueName",
    "Attributes",
    "tags",
    "Tags",
    "TagKeys",
    "Entries",
    "Id",
    "MessageBody",
    "DelaySeconds",
    "MessageAttributes",
    "MessageSystemAttributes",
    "DataType",
    "StringValue",
    "BinaryValue",
    "ReceiptHandle",
    "VisibilityTimeout",
    "AttributeNames",
    "MaxNumberOfMessages",
    "MaxResults",
    "NextToken",
    "SourceArn",
    "TaskHandle",
    "Label",
];

fn action() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&ACTIONS[..])
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => prop::sample::select(&NAMES[..]).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

/// JSON with members that SQS knows, of any type.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-2i64..20).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        prop::sample::select(&["q", "q.fifo", "5", "All", "String", "Policy"][..])
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 10, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..12).prop_map(Value::Array),
            prop::collection::vec((name(), inner), 0..12)
                .prop_map(|members| Value::Object(Map::from_iter(members))),
        ]
    })
}

fn form() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        name(),
        (0u32..20).prop_map(|number| number.to_string()),
        prop::sample::select(
            &[
                "Attribute",
                "Name",
                "Value",
                "Tag",
                "SendMessageBatchRequestEntry"
            ][..]
        )
        .prop_map(str::to_owned),
    ];
    let key = prop::collection::vec(part, 1..5).prop_map(|parts| parts.join("."));
    prop::collection::vec((key, any::<String>()), 0..20).prop_map(|pairs| {
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish()
    })
}

proptest! {
    #[test]
    fn any_bytes(
        method in "GET|POST|PUT|[A-Z]{0,3}",
        path in "/?[a-z0-9/._]{0,20}",
        query in any::<String>(),
        header in any::<String>(),
        body in prop::collection::vec(any::<u8>(), 0..300),
        json in any::<bool>(),
    ) {
        let headers = [("authorization", header.as_str()), ("x-amz-target", "AmazonSQS.SendMessage")];
        let headers = if json { &headers[..] } else { &headers[..1] };
        let http = HttpRequest { method: &method, path: &path, query: &query, headers, body: &body };
        if let Err(refusal) = decode(&http) {
            let answer = encode(refusal.format, REQUEST_ID, &Err(refusal.error));
            prop_assert!((400..500).contains(&answer.status));
        }
    }

    #[test]
    fn any_json(action in action(), body in value()) {
        let answer = Endpoint::new().json(action, &body.to_string());
        prop_assert!((200..500).contains(&answer.0.status));
        let body = answer.body();
        prop_assert!(body.is_empty() || serde_json::from_str::<Value>(body).is_ok());
    }

    #[test]
    fn any_text_as_json(action in action(), body in r#"[{}\[\]",:0-9a-z\\. ]{0,60}"#) {
        Endpoint::new().json(action, &body);
    }

    #[test]
    fn any_form(action in action(), form in form()) {
        let answer = Endpoint::new().form("/", &format!("Action={action}&QueueUrl=q&{form}"));
        prop_assert!((200..500).contains(&answer.0.status));
        prop_assert!(answer.body().starts_with("<?xml"));
    }

    #[test]
    fn any_recording(bytes in prop::collection::vec(any::<u8>(), 0..300), body in value()) {
        let text = String::from_utf8_lossy(&bytes);
        prop_assert!(Recording::from_json(&text).is_err());
        let text = format!(
            r#"{{"format":"sqs-playground-recording","version":1,"config":{body},"inputs":{body}}}"#
        );
        let _either_is_fine = Recording::from_json(&text);
    }
}
