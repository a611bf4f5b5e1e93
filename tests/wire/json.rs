//! AWS JSON 1.0.

use serde_json::json;
use sqs_playground::wire::{BODY_BYTES_MAX, HttpRequest, decode};

use crate::support::Endpoint;

const SERIALIZATION: &str = "com.amazon.coral.service#SerializationException";

#[test]
fn a_message_goes_there_and_back() {
    let mut sqs = Endpoint::new();
    let send = r#"{"QueueUrl":"https://sqs.us-east-1.amazonaws.com/123456789012/q","MessageBody":"hello",
        "MessageAttributes":{"color":{"DataType":"String","StringValue":"blue"}}}"#;
    let sent = sqs.json("SendMessage", send);
    let id = sent.value()["MessageId"]
        .as_str()
        .expect("a text")
        .to_owned();
    sent.is(&format!(
        r#"{{"MD5OfMessageAttributes":"da1b33cc3cbfe8b1630921e78e6b9880","MD5OfMessageBody":"5d41402abc4b2a76b9719d911017c592","MessageId":"{id}"}}"#
    ));
    let receive = r#"{"QueueUrl":"q","MessageSystemAttributeNames":["SentTimestamp"],"MessageAttributeNames":["All"]}"#;
    let received = sqs.json("ReceiveMessage", receive);
    let handle = received.value()["Messages"][0]["ReceiptHandle"].clone();
    // Keys are in alphabetical order.
    received.is(&format!(
        r#"{{"Messages":[{{"Attributes":{{"SentTimestamp":"1767225600000"}},"Body":"hello","MD5OfBody":"5d41402abc4b2a76b9719d911017c592","MD5OfMessageAttributes":"da1b33cc3cbfe8b1630921e78e6b9880","MessageAttributes":{{"color":{{"DataType":"String","StringValue":"blue"}}}},"MessageId":"{id}","ReceiptHandle":{handle}}}]}}"#
    ));
    let delete = json!({ "QueueUrl": "q", "ReceiptHandle": handle }).to_string();
    sqs.json("DeleteMessage", &delete).is("");
}

#[test]
fn binary_values_are_base64() {
    let mut sqs = Endpoint::new();
    let send = r#"{"QueueUrl":"q","MessageBody":"m","MessageAttributes":{"b":{"DataType":"Binary","BinaryValue":"AQID"}}}"#;
    sqs.json("SendMessage", send).ok();
    let receive = r#"{"QueueUrl":"q","MessageAttributeNames":["b"]}"#;
    let message = &sqs.json("ReceiveMessage", receive).value()["Messages"][0];
    let expect = json!({ "b": { "BinaryValue": "AQID", "DataType": "Binary" } });
    assert_eq!(message["MessageAttributes"], expect);
}

#[test]
fn what_has_no_output_answers_with_no_byte() {
    let mut sqs = Endpoint::new();
    for (action, body) in [
        (
            "SetQueueAttributes",
            r#"{"QueueUrl":"q","Attributes":{"DelaySeconds":"0"}}"#,
        ),
        ("TagQueue", r#"{"QueueUrl":"q","Tags":{"a":"b"}}"#),
        ("UntagQueue", r#"{"QueueUrl":"q","TagKeys":["a"]}"#),
        (
            "AddPermission",
            r#"{"QueueUrl":"q","Label":"l","AWSAccountIds":["123456789012"],"Actions":["SendMessage"]}"#,
        ),
        ("RemovePermission", r#"{"QueueUrl":"q","Label":"l"}"#),
        ("PurgeQueue", r#"{"QueueUrl":"q"}"#),
        ("DeleteQueue", r#"{"QueueUrl":"q"}"#),
    ] {
        let answer = sqs.json(action, body);
        answer.is("");
        assert_eq!(
            answer.header("content-type"),
            Some("application/x-amz-json-1.0")
        );
    }
}

#[test]
fn empty_lists_and_maps_are_left_out() {
    let mut sqs = Endpoint::new();
    for (action, body) in [
        ("ReceiveMessage", r#"{"QueueUrl":"q"}"#), // A 15
        ("ListQueueTags", r#"{"QueueUrl":"q"}"#),
        ("ListDeadLetterSourceQueues", r#"{"QueueUrl":"q"}"#),
        ("GetQueueAttributes", r#"{"QueueUrl":"q"}"#),
        ("ListQueues", r#"{"QueueNamePrefix":"nothing"}"#),
    ] {
        sqs.json(action, body).is("{}");
    }
    // A 38
    let batch = r#"{"QueueUrl":"q","Entries":[{"Id":"a","MessageBody":"m"}]}"#;
    let answer = sqs.json("SendMessageBatch", batch).value();
    assert!(answer.get("Failed").is_none(), "{answer}");
}

#[test]
fn a_batch_answers_entry_by_entry() {
    // A 37
    let mut sqs = Endpoint::new();
    let batch = r#"{"QueueUrl":"q","Entries":[{"Id":"ok","MessageBody":"m"},{"Id":"bad","MessageBody":"\u0000"}]}"#;
    let answer = sqs.json("SendMessageBatch", batch).value();
    assert_eq!(answer["Failed"][0]["Code"], "InvalidMessageContents");
    assert_eq!(answer["Failed"][0]["Id"], "bad");
    assert_eq!(answer["Failed"][0]["SenderFault"], true);
    assert_eq!(answer["Successful"][0]["Id"], "ok");
}

#[test]
fn errors_carry_their_shape_and_their_query_code() {
    let mut sqs = Endpoint::new();
    // A 21
    sqs.json(
        "DeleteMessage",
        r#"{"QueueUrl":"q","ReceiptHandle":"garbage"}"#,
    )
    .refuses(
        404,
        "com.amazonaws.sqs#ReceiptHandleIsInvalid",
        "ReceiptHandleIsInvalid",
        "The input receipt handle \"garbage\" is not a valid receipt handle.",
    );
    // A 9
    sqs.json("SendMessage", r#"{"MessageBody":"m"}"#).refuses(
        400,
        "com.amazonaws.sqs#QueueDoesNotExist",
        "AWS.SimpleQueueService.NonExistentQueue",
        "The specified queue does not exist.",
    );
    // A 8
    sqs.json("SendMessage", r#"{"QueueUrl":"q","MessageBody":""}"#)
        .refuses(
            400,
            "com.amazon.coral.service#MissingRequiredParameterException",
            "MissingParameter",
            "The request must contain the parameter MessageBody.",
        );
    // A 14
    sqs.json("ReceiveMessage", r#"{"QueueUrl":"q","MaxNumberOfMessages":11}"#).refuses(
        400,
        "com.amazon.coral.service#InvalidParameterValueException",
        "InvalidParameterValue",
        "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.",
    );
}

#[test]
fn unknown_operations() {
    let mut sqs = Endpoint::new();
    let refused = |answer: &crate::support::Answer| {
        answer.refuses(
            400,
            "com.amazon.coral.service#UnknownOperationException",
            "InvalidAction",
            "The requested operation is not recognized by the service.",
        );
    };
    refused(&sqs.json("Bogus", "{}")); // A 49
    refused(&sqs.json("", "{}"));
    refused(&sqs.json("SendMessage ", "{"));
    // No target at all, or another service's.
    for target in [None, Some(("x-amz-target", "DynamoDB_20120810.ListTables"))] {
        let mut headers = vec![("content-type", "application/x-amz-json-1.0")];
        headers.extend(target);
        let http = HttpRequest {
            method: "POST",
            path: "/",
            headers: &headers,
            body: b"{}",
            ..Default::default()
        };
        refused(&sqs.exchange(&http));
    }
}

#[test]
fn bodies_that_are_not_objects() {
    // A 48
    let mut sqs = Endpoint::new();
    for (body, message) in [
        ("[]", "Start of list found where not expected"),
        ("\"x\"", "Expected structure or null"),
        ("1", "Expected structure or null"),
        ("{", "The request body is not valid JSON."),
        ("{}x", "The request body is not valid JSON."),
        (r#"{"QueueUrl":5,}"#, "The request body is not valid JSON."),
        ("\u{0}", "The request body is not valid JSON."),
    ] {
        sqs.json("ListQueues", body)
            .refuses(400, SERIALIZATION, "MalformedInput", message);
    }
    let deep = "[".repeat(100_000);
    let deep = format!(r#"{{"Unknown":{deep}"#);
    sqs.json("ListQueues", &deep).refuses(
        400,
        SERIALIZATION,
        "MalformedInput",
        "The request body is not valid JSON.",
    );
    for body in ["", "{}", "null", " {} "] {
        sqs.json("ListQueues", body).ok();
    }
}

#[test]
fn members_of_the_wrong_type() {
    let mut sqs = Endpoint::new();
    for (member, message) in [
        (
            r#""MessageBody":{}"#,
            "Start of structure or map found where not expected.",
        ),
        (
            r#""MessageBody":[1]"#,
            "Start of list found where not expected",
        ),
        (
            r#""MessageBody":1"#,
            "NUMBER_VALUE can not be converted to a String",
        ),
        (
            r#""MessageBody":true"#,
            "TRUE_VALUE can not be converted to a String",
        ),
        (
            r#""MessageBody":false"#,
            "FALSE_VALUE can not be converted to a String",
        ),
        (
            r#""DelaySeconds":"x""#,
            "STRING_VALUE can not be converted to an Integer",
        ),
        (
            r#""DelaySeconds":"""#,
            "STRING_VALUE can not be converted to an Integer",
        ),
        (
            r#""DelaySeconds":1.5"#,
            "NUMBER_VALUE can not be converted to an Integer",
        ),
        (
            r#""DelaySeconds":18446744073709551615"#,
            "NUMBER_VALUE can not be converted to an Integer",
        ),
        (
            r#""MessageAttributes":[]"#,
            "Start of list found where not expected",
        ),
        (r#""MessageAttributes":"x""#, "Expected map or null"),
        (
            r#""MessageAttributes":{"a":"x"}"#,
            "Expected structure or null",
        ),
        (
            r#""MessageAttributes":{"a":{"DataType":[]}}"#,
            "Start of list found where not expected",
        ),
    ] {
        let body = format!(r#"{{"QueueUrl":"no such queue",{member}}}"#);
        sqs.json("SendMessage", &body)
            .refuses(400, SERIALIZATION, "MalformedInput", message);
    }
    sqs.json(
        "SetQueueAttributes",
        r#"{"QueueUrl":"q","Attributes":{"Policy":[]}}"#,
    )
    .refuses(
        400,
        SERIALIZATION,
        "MalformedInput",
        "Unrecognized collection type class java.lang.String",
    );
    sqs.json("SendMessageBatch", r#"{"QueueUrl":"q","Entries":"x"}"#)
        .refuses(
            400,
            SERIALIZATION,
            "MalformedInput",
            "Expected list or null",
        );
}

#[test]
fn what_is_tolerated() {
    let mut sqs = Endpoint::new();
    for member in [
        r#""DelaySeconds":"5""#,
        r#""DelaySeconds":null,"MessageAttributes":null"#,
        r#""Unknown":{"deep":[1.5,{}]},"unknown":1e400"#,
        r#""MessageAttributes":{"a":{"DataType":"String","StringValue":"x","Unknown":1}}"#,
    ] {
        let body = format!(r#"{{"QueueUrl":"q","MessageBody":"m",{member}}}"#);
        sqs.json("SendMessage", &body).ok();
    }
}

#[test]
fn lone_surrogates_are_illegal_characters_and_pairs_are_not() {
    let mut sqs = Endpoint::new();
    // A 10
    for body in [r"\ud800", r"\uDFFF x", r"\ud83d\ud83d\ude00", r"\\\udc00"] {
        let answer = sqs.json(
            "SendMessage",
            &format!(r#"{{"QueueUrl":"q","MessageBody":"{body}"}}"#),
        );
        assert_eq!(
            answer.header("x-amzn-query-error"),
            Some("InvalidMessageContents;Sender"),
            "{body}"
        );
    }
    for body in [r"\ud83d\ude00", r"\\ud800"] {
        let body = format!(r#"{{"QueueUrl":"q","MessageBody":"{body}"}}"#);
        sqs.json("SendMessage", &body).ok();
    }
}

#[test]
fn limits() {
    let mut sqs = Endpoint::new();
    let entries = vec!["{}"; 10_001].join(",");
    sqs.json("SendMessageBatch", &format!(r#"{{"Entries":[{entries}]}}"#))
        .refuses(
            400,
            SERIALIZATION,
            "MalformedInput",
            "More than 10000 elements.",
        );
    let long = "x".repeat(BODY_BYTES_MAX + 1);
    let answer = sqs.json("SendMessage", &long);
    assert_eq!(answer.0.status, 413);
}

#[test]
fn signatures_name_a_region_and_maybe_an_account() {
    let check = |authorization: &str, region: Option<&str>, account: Option<&str>| {
        let http = HttpRequest {
            method: "POST",
            path: "/",
            headers: &[
                ("x-amz-target", "AmazonSQS.ListQueues"),
                ("authorization", authorization),
            ],
            ..Default::default()
        };
        let decoded = decode(&http).expect("it is well-formed");
        assert_eq!(decoded.region.as_deref(), region);
        assert_eq!(decoded.account.as_deref(), account);
    };
    check(
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/eu-west-1/sqs/aws4_request, SignedHeaders=host, Signature=0",
        Some("eu-west-1"),
        None,
    );
    check(
        "AWS4-HMAC-SHA256 Credential=111122223333/20260101/us-west-2/sqs/aws4_request,SignedHeaders=host",
        Some("us-west-2"),
        Some("111122223333"),
    );
    check("Bearer x", None, None);
}
