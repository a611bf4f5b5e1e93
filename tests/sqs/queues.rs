//! Creating, finding, listing and configuring queues.

use sqs_playground::sqs::api::{
    CreateQueueRequest, CreateQueueResponse, GetQueueAttributesRequest, GetQueueUrlRequest,
    ListQueuesRequest, Response,
};
use sqs_playground::sqs::{Error, ErrorCode};

use crate::support::{
    Sqs, arn, check_error, check_invalid, create_queue, message, redrive_to, set_attributes,
};

const BAD_NAME: &str =
    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length";
const BAD_FIFO_NAME: &str = "The name of a FIFO queue can only include alphanumeric characters, \
                             hyphens, or underscores, must end with .fifo suffix and be 1 to 80 \
                             in length";

#[test]
fn a_fresh_queue_has_exactly_these_attributes() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let attributes = sqs.attributes("q");
    let expected = [
        ("ApproximateNumberOfMessages", "0"),
        ("ApproximateNumberOfMessagesDelayed", "0"),
        ("ApproximateNumberOfMessagesNotVisible", "0"),
        ("CreatedTimestamp", "1767225600"),
        ("DelaySeconds", "0"),
        ("LastModifiedTimestamp", "1767225600"),
        ("MaximumMessageSize", "1048576"),
        ("MessageRetentionPeriod", "345600"),
        ("QueueArn", &arn("q")),
        ("ReceiveMessageWaitTimeSeconds", "0"),
        ("SqsManagedSseEnabled", "true"),
        ("VisibilityTimeout", "30"),
    ];
    assert_eq!(
        attributes,
        expected
            .map(|(name, value)| (name.into(), value.into()))
            .into()
    );
}

#[test]
fn a_fifo_queue_has_four_more() {
    let mut sqs = Sqs::with_queue("q.fifo", &[("FifoQueue", "True")]);
    let attributes = sqs.attributes("q.fifo");
    assert_eq!(attributes.len(), 16);
    for (name, value) in [
        ("ContentBasedDeduplication", "false"),
        ("DeduplicationScope", "queue"),
        ("FifoQueue", "true"),
        ("FifoThroughputLimit", "perQueue"),
    ] {
        assert_eq!(attributes[name], value);
    }
}

#[test]
fn names_must_suit_the_type() {
    let mut sqs = Sqs::new();
    let fifo = [("FifoQueue", "true")];
    check_invalid(sqs.call(create_queue("x.fifo", &[])), BAD_NAME);
    check_invalid(sqs.call(create_queue("x", &fifo)), BAD_FIFO_NAME);
    check_invalid(sqs.call(create_queue("a b", &[])), BAD_NAME);
    check_invalid(sqs.call(create_queue(&"a".repeat(81), &[])), BAD_NAME);
    check_invalid(
        sqs.call(create_queue("", &[])),
        "Queue name cannot be empty",
    );
    check_invalid(
        sqs.call(CreateQueueRequest::default()),
        "Value for parameter QueueName is invalid. Reason: Must specify a queue name.",
    );
    let longest = format!("{}.fifo", "a".repeat(75));
    sqs.create(&longest, &fifo);
    assert!(sqs.queue(&longest).is_fifo());
}

#[test]
fn attributes_that_do_not_exist_or_do_not_suit_the_type() {
    let mut sqs = Sqs::new();
    for (name, value, text) in [
        ("Foobar", "1", "Unknown Attribute Foobar."),
        ("QueueArn", "x", "Unknown Attribute QueueArn."),
        ("FifoQueue", "false", "Unknown Attribute FifoQueue."),
        (
            "ContentBasedDeduplication",
            "true",
            "Unknown Attribute ContentBasedDeduplication.",
        ),
        (
            "DeduplicationScope",
            "queue",
            "You can specify the DeduplicationScope only when FifoQueue is set to true.",
        ),
        (
            "FifoThroughputLimit",
            "perQueue",
            "You can specify the FifoThroughputLimit only when FifoQueue is set to true.",
        ),
    ] {
        let refused = sqs.call(create_queue("q", &[(name, value)]));
        check_error(refused, ErrorCode::InvalidAttributeName, text);
    }
    assert_eq!(sqs.service.queues().count(), 0);
}

#[test]
fn values_have_ranges() {
    let mut sqs = Sqs::with_queue("q", &[]);
    for (name, low, high) in [
        ("DelaySeconds", 0, 900),
        ("MaximumMessageSize", 1024, 1_048_576),
        ("MessageRetentionPeriod", 60, 1_209_600),
        ("ReceiveMessageWaitTimeSeconds", 0, 20),
        ("VisibilityTimeout", 0, 43_200),
        ("KmsDataKeyReusePeriodSeconds", 60, 86_400),
    ] {
        for good in [low, high] {
            sqs.set("q", &[(name, &good.to_string())]);
        }
        for bad in [
            (low - 1).to_string(),
            (high + 1).to_string(),
            "+60".into(),
            "x".into(),
        ] {
            let refused = sqs.call(set_attributes("q", &[(name, &bad)]));
            let text = format!("Invalid value for the parameter {name}.");
            check_error(refused, ErrorCode::InvalidAttributeValue, &text);
        }
    }
}

#[test]
fn creating_again_compares_only_what_is_given() {
    let mut sqs = Sqs::with_queue("q", &[("VisibilityTimeout", "30")]);
    let text = "A queue already exists with the same name and a different value for attribute VisibilityTimeout";
    let other = sqs.call(create_queue(
        "q",
        &[("DelaySeconds", "0"), ("VisibilityTimeout", "31")],
    ));
    check_error(other, ErrorCode::QueueNameExists, text);
    let url = "https://sqs.us-east-1.amazonaws.com/123456789012/q";
    let same = Ok(Response::CreateQueue(CreateQueueResponse {
        queue_url: url.into(),
    }));
    assert_eq!(sqs.call(create_queue("q", &[])), same);
    assert_eq!(
        sqs.call(create_queue("q", &[("VisibilityTimeout", "030")])),
        same
    );
    sqs.set(
        "q",
        &[
            ("VisibilityTimeout", "31"),
            ("Policy", r#"{"Id": "x", "Statement": []}"#),
        ],
    );
    assert_eq!(
        sqs.call(create_queue("q", &[("VisibilityTimeout", "31")])),
        same
    );
    let policy = r#"{"Statement":[],"Id":"x"}"#;
    assert_eq!(sqs.call(create_queue("q", &[("Policy", policy)])), same);
    assert_eq!(sqs.service.queues().count(), 1);
}

#[test]
fn the_type_of_a_queue_is_fixed() {
    let mut sqs = Sqs::with_queue("q.fifo", &[("FifoQueue", "true")]);
    sqs.create("q", &[]);
    sqs.set("q.fifo", &[("FifoQueue", "true")]);
    check_error(
        sqs.call(set_attributes("q.fifo", &[("FifoQueue", "false")])),
        ErrorCode::InvalidAttributeValue,
        "Invalid value for the parameter FifoQueue. \
         Reason: Modifying queue type is not supported.",
    );
    check_error(
        sqs.call(set_attributes("q", &[("FifoQueue", "true")])),
        ErrorCode::InvalidAttributeName,
        "Unknown Attribute FifoQueue.",
    );
}

#[test]
fn high_throughput_needs_the_scope_of_groups() {
    let limit = ("FifoThroughputLimit", "perMessageGroupId");
    let scope = ("DeduplicationScope", "messageGroup");
    let text = "The perMessageGroupId value is allowed only when the value for DeduplicationScope \
                is messageGroup";
    let mut sqs = Sqs::with_queue("q.fifo", &[("FifoQueue", "true")]);
    check_invalid(sqs.call(set_attributes("q.fifo", &[limit])), text);
    sqs.set("q.fifo", &[limit, scope]);
    check_invalid(
        sqs.call(set_attributes("q.fifo", &[("DeduplicationScope", "queue")])),
        text,
    );
}

#[test]
fn setting_is_atomic() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let before = sqs.queue("q").attributes().clone();
    let given = [("DelaySeconds", "5"), ("VisibilityTimeout", "x")];
    sqs.call(set_attributes("q", &given))
        .expect_err("one value is wrong");
    assert_eq!(sqs.queue("q").attributes(), &before);
    check_error(
        sqs.call(set_attributes("q", &[])),
        ErrorCode::MissingParameter,
        "The request must contain the parameter Attribute.Name.",
    );
    sqs.pass_secs(5);
    sqs.set("q", &[("DelaySeconds", "5")]);
    let attributes = sqs.attributes("q");
    assert_eq!(attributes["LastModifiedTimestamp"], "1767225605");
    assert_eq!(attributes["CreatedTimestamp"], "1767225600");
}

#[test]
fn encryption_is_by_one_kind_of_key() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let kms = [
        "KmsMasterKeyId",
        "KmsDataKeyReusePeriodSeconds",
        "SqsManagedSseEnabled",
    ];
    let shown = |sqs: &mut Sqs| {
        let attributes = sqs.attributes("q");
        kms.map(|name| attributes.get(name).cloned().unwrap_or_default())
    };
    assert_eq!(shown(&mut sqs), ["", "", "true"]);
    sqs.set("q", &[("KmsMasterKeyId", "alias/aws/sqs")]);
    assert_eq!(shown(&mut sqs), ["alias/aws/sqs", "300", "false"]);
    sqs.set("q", &[("KmsMasterKeyId", "")]);
    assert_eq!(shown(&mut sqs), ["", "", "false"]);
    check_error(
        sqs.call(set_attributes(
            "q",
            &[("KmsMasterKeyId", "k"), ("SqsManagedSseEnabled", "true")],
        )),
        ErrorCode::InvalidAttributeName,
        "You can use one type of server-side encryption (SSE) at one time. \
         You can either enable KMS SSE or SQS SSE.",
    );
    sqs.set("q", &[("KmsMasterKeyId", "k")]);
    sqs.set("q", &[("SqsManagedSseEnabled", "True")]);
    assert_eq!(shown(&mut sqs), ["", "", "true"]);
}

#[test]
fn policies() {
    let mut sqs = Sqs::with_queue("q", &[("Policy", "{ \"Id\" : \"a b\" }")]);
    assert_eq!(sqs.attributes("q")["Policy"], r#"{"Id":"a b"}"#);
    sqs.set("q", &[("Policy", "")]);
    assert_eq!(sqs.attributes("q").get("Policy"), None);
    let long = format!(r#"{{"Id":"{}"}}"#, "x".repeat(8192));
    for bad in ["x", "[]", "1", &long] {
        check_error(
            sqs.call(set_attributes("q", &[("Policy", bad)])),
            ErrorCode::InvalidAttributeValue,
            "Invalid value for the parameter Policy.",
        );
    }
    let many = format!(r#"{{"Statement":[{}{{}}]}}"#, "{},".repeat(20));
    let text = "21 statements were found in the submitted policy, max allowed is 20";
    let set = sqs.call(set_attributes("q", &[("Policy", &many)]));
    check_error(set, ErrorCode::OverLimit, text);
    check_invalid(sqs.call(create_queue("r", &[("Policy", &many)])), text);
}

#[test]
fn redrive_policies_are_checked() {
    let mut sqs = Sqs::with_queue("q", &[]);
    sqs.create("d", &[]);
    sqs.create("d.fifo", &[("FifoQueue", "true")]);
    sqs.create(
        "closed",
        &[("RedriveAllowPolicy", r#"{"redrivePermission":"denyAll"}"#)],
    );
    let refused = |json: &str, reason: &str, sqs: &mut Sqs| {
        let text = format!("Value {json} for parameter RedrivePolicy is invalid. Reason: {reason}");
        check_invalid(
            sqs.call(set_attributes("q", &[("RedrivePolicy", json)])),
            &text,
        );
    };
    let no_count = "Redrive policy does not contain mandatory attribute: maxReceiveCount.";
    let no_target = "Redrive policy does not contain mandatory attribute: deadLetterTargetArn.";
    refused("{}", no_count, &mut sqs);
    refused(r#"{"maxReceiveCount":1}"#, no_target, &mut sqs);
    for count in ["0", "1001", "-1"] {
        let json = format!(r#"{{"maxReceiveCount":{count},"deadLetterTargetArn":"x"}}"#);
        let reason = format!(
            "Invalid value for maxReceiveCount: {count}, \
             valid values are from 1 to 1000 both inclusive."
        );
        refused(&json, &reason, &mut sqs);
    }
    for (target, reason) in [
        ("x", "Dead-letter target ARN should be fully qualified ARN."),
        (
            "arn:aws:sns:us-east-1:123456789012:d",
            "Only SQS queues are valid resources for deadLetterTargetArn.",
        ),
        (
            "arn:aws:sqs:us-east-1:210987654321:d",
            "Dead-letter target owner should be same as the source.",
        ),
        (&arn("nowhere"), "Dead letter target does not exist."),
        (
            &arn("d.fifo"),
            "Dead-letter queue must be same type of queue as the source..",
        ),
        (
            &arn("closed"),
            "Dead letter target does not allow this source queue.",
        ),
    ] {
        let json = format!(r#"{{"maxReceiveCount":3,"deadLetterTargetArn":"{target}"}}"#);
        refused(&json, reason, &mut sqs);
    }
    let extra = format!(
        r#"{{"maxReceiveCount":3,"deadLetterTargetArn":"{}","x":1}}"#,
        arn("d")
    );
    let reason = "Only following attributes are supported: [maxReceiveCount, deadLetterTargetArn].";
    refused(&extra, reason, &mut sqs);
    for json in ["x", "[]", "3"] {
        check_invalid(
            sqs.call(set_attributes("q", &[("RedrivePolicy", json)])),
            "Invalid value for the parameter RedrivePolicy. \
             Reason: Redrive policy is not a valid JSON map.",
        );
    }
}

#[test]
fn redrive_policies_are_printed_canonically_and_removed_by_nothing() {
    let mut sqs = Sqs::with_queue("q", &[]);
    sqs.create("d", &[]);
    let given = format!(
        r#"{{ "maxReceiveCount": "3", "deadLetterTargetArn": "{}" }}"#,
        arn("d")
    );
    sqs.set("q", &[("RedrivePolicy", &given)]);
    assert_eq!(sqs.attributes("q")["RedrivePolicy"], redrive_to("d", 3));
    assert_eq!(
        sqs.queue("q").dead_letter_queue(),
        Some(sqs.queue("d").id())
    );
    assert_eq!(sqs.queue("q").max_receive_count(), Some(3));
    sqs.set("q", &[("RedrivePolicy", "")]);
    assert_eq!(sqs.attributes("q").get("RedrivePolicy"), None);
    assert_eq!(sqs.queue("q").dead_letter_queue(), None);
    sqs.set("q", &[("RedrivePolicy", &redrive_to("q", 1))]);
    assert_eq!(
        sqs.queue("q").dead_letter_queue(),
        Some(sqs.queue("q").id())
    );
}

#[test]
fn redrive_allow_policies() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let arns: Vec<_> = (0..11)
        .map(|i| format!("\"{}\"", arn(&format!("s{i}"))))
        .collect();
    let by_queue = |count: usize| {
        let arns = arns[..count].join(",");
        format!(r#"{{"redrivePermission":"byQueue","sourceQueueArns":[{arns}]}}"#)
    };
    let mut refuse = |json: &str, reason: &str| {
        let text = format!(
            "Value {json} for parameter RedriveAllowPolicy is invalid. \
             Reason: Amazon SQS can't create the redrive allow policy. {reason}"
        );
        check_invalid(
            sqs.call(set_attributes("q", &[("RedriveAllowPolicy", json)])),
            &text,
        );
    };
    let no_arns = "When you specify the byQueue permission type, you must also specify one or \
                   more sourceQueueArns values.";
    refuse(r#"{"redrivePermission":"byQueue"}"#, no_arns);
    refuse(&by_queue(0), no_arns);
    refuse(
        &by_queue(11),
        "The maximum number of source queue ARNs you can specify is 10.",
    );
    refuse(
        r#"{"redrivePermission":"denyAll","sourceQueueArns":["x"]}"#,
        "To specify one or more source queue ARNs, you must set redrivePermission to byQueue.",
    );
    for json in ["x", "[]", "{}", r#"{"redrivePermission":"maybe"}"#] {
        check_invalid(
            sqs.call(set_attributes("q", &[("RedriveAllowPolicy", json)])),
            "Invalid value for the parameter RedriveAllowPolicy. Reason: Amazon SQS can't create \
             the redrive allow policy, as it’s in an unsupported format.",
        );
    }
    sqs.set("q", &[("RedriveAllowPolicy", &by_queue(2))]);
    assert_eq!(sqs.attributes("q")["RedriveAllowPolicy"], by_queue(2));
    sqs.create("s1", &[("RedrivePolicy", &redrive_to("q", 1))]);
    sqs.call(create_queue(
        "s2",
        &[("RedrivePolicy", &redrive_to("q", 1))],
    ))
    .expect_err("s2 is not among the sources");
    // Later changes do not detach a source.
    sqs.set(
        "q",
        &[(
            "RedriveAllowPolicy",
            r#"{ "redrivePermission": "denyAll" }"#,
        )],
    );
    assert_eq!(
        sqs.attributes("q")["RedriveAllowPolicy"],
        r#"{"redrivePermission":"denyAll"}"#
    );
    assert_eq!(
        sqs.queue("s1").dead_letter_queue(),
        Some(sqs.queue("q").id())
    );
}

#[test]
fn getting_attributes_by_name() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let mut get = |names: &[&str]| {
        let attribute_names = names.iter().map(|&name| name.into()).collect();
        let request = GetQueueAttributesRequest {
            queue_url: Some("q".into()),
            attribute_names,
        };
        let Response::GetQueueAttributes(response) = sqs.call(request)? else {
            panic!("the response is of another action");
        };
        Ok(response.attributes.keys().cloned().collect::<Vec<_>>())
    };
    assert_eq!(get(&[]), Ok(vec![]));
    assert_eq!(get(&["Policy", "FifoQueue"]), Ok(vec![]));
    assert_eq!(
        get(&["QueueArn", "QueueArn"]),
        Ok(vec!["QueueArn".to_owned()])
    );
    let unknown = "Unknown Attribute Foobar.";
    check_error(
        get(&["QueueArn", "Foobar"]),
        ErrorCode::InvalidAttributeName,
        unknown,
    );
}

#[test]
fn queues_are_found_by_url_or_name() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let url = sqs.service.queue_url("q");
    for name in [&url, "q", "https://queue.amazonaws.com/123456789012/q"] {
        sqs.send(message(name, "x"));
    }
    for name in ["", "r", "https://queue.amazonaws.com/210987654321/q"] {
        check_error(
            sqs.call(message(name, "x")),
            ErrorCode::QueueDoesNotExist,
            "The specified queue does not exist.",
        );
    }
    let mut get = |name: &str, owner: Option<&str>| {
        sqs.call(GetQueueUrlRequest {
            queue_name: Some(name.into()),
            queue_owner_aws_account_id: owner.map(str::to_owned),
        })
    };
    assert!(get("q", None).is_ok_and(|response| format!("{response:?}").contains(&url)));
    get("q", Some("123456789012")).expect("the account is ours");
    get("q", Some("210987654321")).expect_err("the account is not ours");
    let none = "Value for parameter QueueName is invalid. Reason: Must specify a queue name.";
    check_invalid(get("", None), none);
    get("r", None).expect_err("there is no such queue");
}

fn list(
    sqs: &mut Sqs,
    prefix: &str,
    max_results: Option<i64>,
    next_token: Option<String>,
) -> Result<(Vec<String>, Option<String>), Error> {
    let queue_name_prefix = Some(prefix.into());
    let request = ListQueuesRequest {
        queue_name_prefix,
        max_results,
        next_token,
    };
    let Response::ListQueues(response) = sqs.call(request)? else {
        panic!("the response is of another action");
    };
    let name = |url: &String| url.rsplit('/').next().unwrap_or_default().to_owned();
    Ok((
        response.queue_urls.iter().map(name).collect(),
        response.next_token,
    ))
}

#[test]
fn queues_are_listed_by_name_in_pages() {
    let mut sqs = Sqs::new();
    for name in ["b2", "a1", "b1", "b3", "B4", "c"] {
        sqs.create(name, &[]);
    }
    let names = |text: &str| {
        text.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        list(&mut sqs, "", None, None),
        Ok((names("B4 a1 b1 b2 b3 c"), None))
    );
    assert_eq!(list(&mut sqs, "x", None, None), Ok((vec![], None)));
    let (first, token) = list(&mut sqs, "b", Some(2), None).expect("the request is right");
    assert_eq!(first, names("b1 b2"));
    let (second, end) = list(&mut sqs, "b", Some(2), token.clone()).expect("so is this");
    assert_eq!((second, end), (names("b3"), None));
    assert_eq!(
        list(&mut sqs, "b", Some(3), None),
        Ok((names("b1 b2 b3"), None))
    );
    check_invalid(
        list(&mut sqs, "a", Some(2), token.clone()),
        "Invalid NextToken value. If you are passing in NextToken, you must not change the other \
         request parameters.",
    );
    check_invalid(
        list(&mut sqs, "b", None, token),
        "MaxResults is a mandatory parameter when you provide a value for NextToken.",
    );
    check_invalid(
        list(&mut sqs, "b", Some(2), Some("?".into())),
        "Invalid NextToken value.",
    );
    for max in [0, 1001] {
        check_invalid(
            list(&mut sqs, "", Some(max), None),
            "Value for parameter MaxResults is invalid. \
             Reason: MaxResults must be an integer between 1 and 1000.",
        );
    }
}

#[test]
fn without_a_page_size_a_thousand_are_listed() {
    let mut sqs = Sqs::new();
    for i in 0..1001 {
        sqs.create(&format!("q{i:04}"), &[]);
    }
    let (names, token) = list(&mut sqs, "", None, None).expect("the request is right");
    assert_eq!((names.len(), token), (1000, None));
    let (names, token) = list(&mut sqs, "", Some(1000), None).expect("the request is right");
    assert_eq!((names.len(), token.is_some()), (1000, true));
}
