//! Tags of queues.

use sqs_playground::sim::SortedMap;
use sqs_playground::sqs::ErrorCode;
use sqs_playground::sqs::api::{
    CreateQueueRequest, ListQueueTagsRequest, Response, TagQueueRequest, UntagQueueRequest,
};

use crate::support::{Sqs, check_error, check_invalid, create_queue, map};

fn tag(queue: &str, tags: &[(&str, &str)]) -> TagQueueRequest {
    TagQueueRequest {
        queue_url: Some(queue.into()),
        tags: map(tags),
    }
}

fn untag(queue: &str, keys: &[&str]) -> UntagQueueRequest {
    UntagQueueRequest {
        queue_url: Some(queue.into()),
        tag_keys: keys.iter().map(|key| (*key).into()).collect(),
    }
}

fn tags(sqs: &mut Sqs, queue: &str) -> SortedMap<String, String> {
    match sqs.call(ListQueueTagsRequest {
        queue_url: Some(queue.into()),
    }) {
        Ok(Response::ListQueueTags(response)) => response.tags,
        other => panic!("{other:?}"),
    }
}

#[test]
fn tags_are_added_overwritten_and_removed() {
    let mut sqs = Sqs::with_queue("q", &[]);
    assert_eq!(tags(&mut sqs, "q"), map(&[]));
    sqs.call(tag("q", &[("a", "1"), ("A", "2"), ("empty", "")]))
        .expect("they are good");
    sqs.call(tag("q", &[("a", "3"), ("b", "4")]))
        .expect("they are good");
    let expected = [("A", "2"), ("a", "3"), ("b", "4"), ("empty", "")];
    assert_eq!(
        tags(&mut sqs, "q"),
        map(&expected),
        "keys are case-sensitive"
    );
    sqs.call(untag("q", &["a", "unknown"]))
        .expect("unknown keys are ignored");
    assert_eq!(
        tags(&mut sqs, "q"),
        map(&[("A", "2"), ("b", "4"), ("empty", "")])
    );
    assert_eq!(sqs.queue("q").tags().len(), 3);
}

#[test]
fn a_queue_is_created_with_tags_once() {
    let mut sqs = Sqs::new();
    let request = |tags: &[(&str, &str)]| CreateQueueRequest {
        tags: map(tags),
        ..create_queue("q", &[])
    };
    sqs.call(request(&[("a", "1")])).expect("they are good");
    assert_eq!(tags(&mut sqs, "q"), map(&[("a", "1")]));
    sqs.call(request(&[("a", "2")]))
        .expect("tags are not compared");
    assert_eq!(tags(&mut sqs, "q"), map(&[("a", "1")]));
    let bad = CreateQueueRequest {
        queue_name: Some("bad".into()),
        ..request(&[("", "")])
    };
    check_invalid(
        sqs.call(bad),
        "Tag keys must be between 1 and 128 characters in length.",
    );
    assert!(sqs.service.find_queue("bad").is_none());
}

#[test]
fn something_must_be_there() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let text = "The request must contain the parameter Tags.";
    check_error(sqs.call(tag("q", &[])), ErrorCode::MissingParameter, text);
    let text = "The request must contain the parameter TagKeys.";
    check_error(sqs.call(untag("q", &[])), ErrorCode::MissingParameter, text);
    let text = "The specified queue does not exist.";
    for reply in [
        sqs.call(tag("x", &[("a", "1")])),
        sqs.call(untag("x", &["a"])),
        sqs.call(ListQueueTagsRequest { queue_url: None }),
    ] {
        check_error(reply, ErrorCode::QueueDoesNotExist, text);
    }
}

#[test]
fn keys_and_values_have_limits() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let (key, value) = ("ключ 0".to_owned() + &"k".repeat(122), "ä".repeat(256));
    sqs.call(tag("q", &[(&key, &value), ("_.:/=+-@ ", "_.:/=+-@ ")]))
        .expect("they are good");
    let key_length = "Tag keys must be between 1 and 128 characters in length.";
    let signs = "Tag keys and values can only include letters, digits, white space and _.:/=+-@";
    for (key, value, text) in [
        ("", "x", key_length),
        (&*"k".repeat(129), "x", key_length),
        (
            "k",
            &"v".repeat(257),
            "Tag values must be between 0 and 256 characters in length.",
        ),
        (
            "aws:k",
            "x",
            "Tag keys must not start with 'aws:', which is reserved.",
        ),
        ("k!", "x", signs),
        ("k", "x\n", signs),
    ] {
        check_invalid(sqs.call(tag("q", &[(key, value)])), text);
    }
    assert_eq!(tags(&mut sqs, "q").len(), 2);
}

#[test]
fn a_queue_has_fifty_tags_at_most() {
    let mut sqs = Sqs::with_queue("q", &[]);
    for key in 0..50 {
        sqs.call(tag("q", &[(&format!("key {key}"), "x")]))
            .expect("there is room");
    }
    check_invalid(
        sqs.call(tag("q", &[("one more", "x")])),
        "Too many tags added for queue q.",
    );
    sqs.call(tag("q", &[("key 7", "y")]))
        .expect("it is there already");
    sqs.call(untag("q", &["key 7"])).expect("it is there");
    sqs.call(tag("q", &[("one more", "x")]))
        .expect("there is room again");
}
