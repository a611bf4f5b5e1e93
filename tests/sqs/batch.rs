//! Batches: what fails as a whole, what fails alone, and that an entry does what a single request does.

use sqs_playground::sim::SortedMap;
use sqs_playground::sqs::api::{
    BatchResultEntry, BatchResultErrorEntry, ChangeMessageVisibilityBatchRequest,
    ChangeMessageVisibilityBatchRequestEntry, ChangeMessageVisibilityBatchResponse,
    DeleteMessageBatchRequest, DeleteMessageBatchRequestEntry, DeleteMessageBatchResponse,
    MessageAttributeValue, Response, SendMessageBatchRequest, SendMessageBatchRequestEntry,
    SendMessageBatchResponse, SendMessageRequest,
};
use sqs_playground::sqs::{Error, ErrorCode};

use crate::support::{
    Sqs, bodies_of, check_error, check_invalid, fifo_message, handles_of, long_poll, message,
    receive, text_attribute,
};

const BAD_ID: &str = "A batch entry id can only contain alphanumeric characters, hyphens and \
                      underscores. It can be at most 80 letters long.";
const NO_DEDUPLICATION: &str = "The queue should either have ContentBasedDeduplication enabled or \
                                MessageDeduplicationId provided explicitly";

pub(crate) fn entry(id: &str, body: &str) -> SendMessageBatchRequestEntry {
    SendMessageBatchRequestEntry {
        id: Some(id.into()),
        message_body: Some(body.into()),
        ..Default::default()
    }
}

pub(crate) fn fifo_entry(id: &str, group: &str, body: &str) -> SendMessageBatchRequestEntry {
    SendMessageBatchRequestEntry {
        message_group_id: Some(group.into()),
        message_deduplication_id: Some(id.into()),
        ..entry(id, body)
    }
}

pub(crate) fn send_batch(
    queue: &str,
    entries: Vec<SendMessageBatchRequestEntry>,
) -> SendMessageBatchRequest {
    SendMessageBatchRequest {
        queue_url: Some(queue.into()),
        entries: Some(entries),
    }
}

/// Entries get the ids 1, 2, 3…
pub(crate) fn delete_batch(queue: &str, handles: &[String]) -> DeleteMessageBatchRequest {
    let entry = |(index, handle): (usize, &String)| DeleteMessageBatchRequestEntry {
        id: Some((index + 1).to_string()),
        receipt_handle: Some(handle.clone()),
    };
    DeleteMessageBatchRequest {
        queue_url: Some(queue.into()),
        entries: Some(handles.iter().enumerate().map(entry).collect()),
    }
}

/// Entries get the ids 1, 2, 3…
pub(crate) fn change_batch(
    queue: &str,
    changes: &[(&str, i64)],
) -> ChangeMessageVisibilityBatchRequest {
    let entry = |(index, (handle, seconds)): (usize, &(&str, i64))| {
        ChangeMessageVisibilityBatchRequestEntry {
            id: Some((index + 1).to_string()),
            receipt_handle: Some((*handle).into()),
            visibility_timeout: Some(*seconds),
        }
    };
    ChangeMessageVisibilityBatchRequest {
        queue_url: Some(queue.into()),
        entries: Some(changes.iter().enumerate().map(entry).collect()),
    }
}

pub(crate) fn sent(reply: Result<Response, Error>) -> SendMessageBatchResponse {
    match reply {
        Ok(Response::SendMessageBatch(response)) => response,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn deleted(reply: Result<Response, Error>) -> DeleteMessageBatchResponse {
    match reply {
        Ok(Response::DeleteMessageBatch(response)) => response,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn changed(reply: Result<Response, Error>) -> ChangeMessageVisibilityBatchResponse {
    match reply {
        Ok(Response::ChangeMessageVisibilityBatch(response)) => response,
        other => panic!("{other:?}"),
    }
}

fn ids(entries: &[BatchResultEntry]) -> Vec<&str> {
    entries.iter().map(|entry| &*entry.id).collect()
}

#[track_caller]
fn check_failed(failed: &[BatchResultErrorEntry], expected: &[(&str, &str, &str)]) {
    let found: Vec<_> = failed
        .iter()
        .map(|entry| {
            (
                &*entry.id,
                &*entry.code,
                entry.message.as_deref().unwrap_or_default(),
            )
        })
        .collect();
    assert_eq!(found, expected);
    assert!(failed.iter().all(|entry| entry.sender_fault));
}

#[test]
fn the_entries_of_every_batch_are_counted_and_named() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let numbered = |count: usize| (1..=count).map(|id| entry(&id.to_string(), "x")).collect();
    let text = "The request must contain the parameter Entries.";
    let queue_url = Some("q".to_owned());
    let absent = [
        sqs.call(SendMessageBatchRequest {
            queue_url: queue_url.clone(),
            entries: None,
        }),
        sqs.call(DeleteMessageBatchRequest {
            queue_url: queue_url.clone(),
            entries: None,
        }),
        sqs.call(ChangeMessageVisibilityBatchRequest {
            queue_url,
            entries: None,
        }),
    ];
    for reply in absent {
        check_error(reply, ErrorCode::MissingParameter, text);
    }
    let empty = [
        (
            sqs.call(send_batch("q", vec![])),
            "SendMessageBatchRequestEntry",
        ),
        (
            sqs.call(delete_batch("q", &[])),
            "DeleteMessageBatchRequestEntry",
        ),
        (
            sqs.call(change_batch("q", &[])),
            "ChangeMessageVisibilityBatchRequestEntry",
        ),
    ];
    for (reply, name) in empty {
        let text = format!("There should be at least one {name} in the request.");
        check_error(reply, ErrorCode::EmptyBatchRequest, &text);
    }
    let text = "Maximum number of entries per request are 10. You have sent 20.";
    let too_many = ErrorCode::TooManyEntriesInBatchRequest;
    check_error(sqs.call(send_batch("q", numbered(20))), too_many, text);
    check_error(
        sqs.call(delete_batch("q", &vec!["x".into(); 20])),
        too_many,
        text,
    );
    check_error(sqs.call(change_batch("q", &[("x", 1); 20])), too_many, text);
    assert_eq!(sqs.queue("q").len(), 0, "nothing of such a batch is done");
    let response = sent(sqs.call(send_batch("q", numbered(10))));
    assert_eq!((response.successful.len(), response.failed.len()), (10, 0));
}

#[test]
fn ids_are_there_well_formed_and_distinct() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let nameless = SendMessageBatchRequestEntry {
        id: None,
        ..entry("", "x")
    };
    check_error(
        sqs.call(send_batch("q", vec![entry("a", "x"), nameless])),
        ErrorCode::MissingParameter,
        "The request must contain the parameter SendMessageBatchRequestEntry.2.Id.",
    );
    let longest = "x".repeat(80);
    for good in ["a", "A-_9", &longest] {
        sqs.call(send_batch("q", vec![entry(good, "x")]))
            .expect("the id is good");
    }
    for bad in ["", "a b", "a.b", "ä", &"x".repeat(81)] {
        let reply = sqs.call(send_batch("q", vec![entry("a", "x"), entry(bad, "x")]));
        check_error(reply, ErrorCode::InvalidBatchEntryId, BAD_ID);
    }
    let entries = ["id_1", "id_2", "id_3", "id_2", "id_1"].map(|id| entry(id, "x"));
    let reply = sqs.call(send_batch("q", entries.into()));
    check_error(
        reply,
        ErrorCode::BatchEntryIdsNotDistinct,
        "Id id_2 repeated.",
    );
    assert_eq!(sqs.queue("q").len(), 3);
}

#[test]
fn the_messages_of_a_batch_share_a_mebibyte() {
    let mut sqs = Sqs::with_queue("q", &[("MaximumMessageSize", "1024")]);
    let half = "x".repeat(524_288);
    let entries = || vec![entry("a", &half), entry("b", &half)];
    let response = sent(sqs.call(send_batch("q", entries())));
    assert_eq!(response.failed.len(), 2, "each is too long for the queue");
    let mut attributed = entries();
    attributed[0].message_attributes = [("a".into(), text_attribute("String", "bc"))].into(); // 9 bytes
    check_error(
        sqs.call(send_batch("q", attributed)),
        ErrorCode::BatchRequestTooLong,
        "Batch requests cannot be longer than 1048576 bytes. You have sent 1048585 bytes.",
    );
    for (base64, size) in [
        ("AQID", 1_048_577 + 3),
        ("AQI=", 1_048_577 + 2),
        ("AQ==", 1_048_577 + 1),
    ] {
        let attribute = MessageAttributeValue {
            data_type: String::new(),
            binary_value: Some(base64.into()),
            ..Default::default()
        };
        let mut attributed = entries();
        attributed[1].message_attributes = [("b".into(), attribute)].into();
        check_error(
            sqs.call(send_batch("q", attributed)),
            ErrorCode::BatchRequestTooLong,
            &format!(
                "Batch requests cannot be longer than 1048576 bytes. You have sent {size} bytes."
            ),
        );
    }
    let alone = vec![entry("a", &"x".repeat(1_048_577))];
    check_error(
        sqs.call(send_batch("q", alone)),
        ErrorCode::BatchRequestTooLong,
        "Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.",
    );
}

#[test]
fn on_a_standard_queue_entries_fail_alone() {
    let mut sqs = Sqs::with_queue("q", &[("MaximumMessageSize", "1024")]);
    let number = |text: &str| SortedMap::from([("n".to_owned(), text_attribute("Number", text))]);
    let list = MessageAttributeValue {
        string_list_values: vec!["x".into()],
        ..text_attribute("String", "x")
    };
    let entries = vec![
        SendMessageBatchRequestEntry {
            message_body: None,
            ..entry("a", "")
        },
        entry("b", "good"),
        entry("c", &"x".repeat(1025)),
        entry("d", "\0"),
        SendMessageBatchRequestEntry {
            message_deduplication_id: Some("x".into()),
            ..entry("e", "x")
        },
        SendMessageBatchRequestEntry {
            message_group_id: Some("a b".into()),
            ..entry("f", "x")
        },
        SendMessageBatchRequestEntry {
            delay_seconds: Some(901),
            ..entry("g", "x")
        },
        SendMessageBatchRequestEntry {
            message_attributes: number("x"),
            ..entry("h", "x")
        },
        SendMessageBatchRequestEntry {
            message_attributes: [("l".into(), list)].into(),
            ..entry("i", "x")
        },
        SendMessageBatchRequestEntry {
            message_attributes: number("1"),
            delay_seconds: Some(1),
            message_group_id: Some("g".into()),
            ..entry("j", "good too")
        },
    ];
    let response = sent(sqs.call(send_batch("q", entries)));
    let invalid = "InvalidParameterValue";
    check_failed(
        &response.failed,
        &[
            (
                "a",
                "MissingParameter",
                "The request must contain the parameter SendMessageBatchRequestEntry.1.MessageBody.",
            ),
            (
                "c",
                invalid,
                "One or more parameters cannot be validated. \
                 Reason: Message must be shorter than 1024 bytes.",
            ),
            (
                "d",
                "InvalidMessageContents",
                "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | \
                 #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF",
            ),
            (
                "e",
                invalid,
                "The request include parameter that is not valid for this queue type",
            ),
            (
                "f",
                invalid,
                "MessageGroupId can only include alphanumeric and punctuation characters. \
                 1 to 128 in length",
            ),
            (
                "g",
                invalid,
                "Value 901 for parameter DelaySeconds is invalid. \
                 Reason: DelaySeconds must be >= 0 and <= 900.",
            ),
            (
                "h",
                invalid,
                "Can't cast the value of message (user) attribute 'n' to a number.",
            ),
            (
                "i",
                "AWS.SimpleQueueService.UnsupportedOperation",
                "Message attribute list values in SendMessageBatch operation are not supported.",
            ),
        ],
    );
    let successful: Vec<_> = response.successful.iter().map(|entry| &*entry.id).collect();
    assert_eq!(successful, ["b", "j"]);
    assert_eq!(sqs.counts("q"), (1, 0, 1));
}

#[test]
fn on_a_fifo_queue_one_bad_entry_fails_all() {
    let mut sqs = Sqs::with_queue(
        "q.fifo",
        &[("FifoQueue", "true"), ("MaximumMessageSize", "1024")],
    );
    let good = || fifo_entry("a", "g", "x");
    let mut refused =
        |bad: SendMessageBatchRequestEntry| sqs.call(send_batch("q.fifo", vec![good(), bad]));
    let no_group = SendMessageBatchRequestEntry {
        message_group_id: None,
        ..fifo_entry("b", "", "x")
    };
    check_invalid(
        refused(no_group),
        "The request must contain the parameter MessageGroupId.",
    );
    let no_id = SendMessageBatchRequestEntry {
        message_deduplication_id: None,
        ..fifo_entry("b", "g", "x")
    };
    check_invalid(refused(no_id), NO_DEDUPLICATION);
    check_invalid(
        refused(fifo_entry("b", "g", &"x".repeat(1025))),
        "One or more parameters cannot be validated. \
         Reason: Message must be shorter than 1024 bytes.",
    );
    let delayed = SendMessageBatchRequestEntry {
        delay_seconds: Some(1),
        ..fifo_entry("b", "g", "x")
    };
    check_invalid(
        refused(delayed),
        "Value 1 for parameter DelaySeconds is invalid. \
         Reason: The request include parameter that is not valid for this queue type.",
    );
    check_invalid(
        refused(fifo_entry("b", "g g", "x")),
        "MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length",
    );
    assert_eq!(sqs.queue("q.fifo").len(), 0);
    sqs.set("q.fifo", &[("ContentBasedDeduplication", "true")]);
    let no_id = SendMessageBatchRequestEntry {
        message_deduplication_id: None,
        ..fifo_entry("b", "g", "y")
    };
    let response = sent(sqs.call(send_batch("q.fifo", vec![good(), no_id])));
    assert_eq!(response.successful.len(), 2);
}

#[test]
fn an_entry_is_answered_as_a_single_send_is() {
    let attributes = || SortedMap::from([("color".to_owned(), text_attribute("String", "blue"))]);
    let trace = || {
        SortedMap::from([(
            "AWSTraceHeader".to_owned(),
            text_attribute("String", "Root=1"),
        )])
    };
    for queue in ["q", "q.fifo"] {
        let mut single = Sqs::new();
        let is_fifo = queue.ends_with("fifo");
        single.create(
            queue,
            if is_fifo {
                &[("FifoQueue", "true")]
            } else {
                &[]
            },
        );
        let mut batch = single.clone();
        let request = SendMessageRequest {
            message_attributes: attributes(),
            message_system_attributes: trace(),
            ..if is_fifo {
                fifo_message(queue, "g", "1", "hello")
            } else {
                message(queue, "hello")
            }
        };
        let alone = single.send(request);
        let entry = SendMessageBatchRequestEntry {
            message_attributes: attributes(),
            message_system_attributes: trace(),
            ..if is_fifo {
                fifo_entry("1", "g", "hello")
            } else {
                entry("1", "hello")
            }
        };
        let mut response = sent(batch.call(send_batch(queue, vec![entry])));
        let entry = response.successful.remove(0);
        assert_eq!(entry.id, "1");
        assert_eq!(entry.message_id, alone.message_id);
        assert_eq!(entry.md5_of_message_body, alone.md5_of_message_body);
        assert_eq!(
            entry.md5_of_message_attributes,
            alone.md5_of_message_attributes
        );
        assert_eq!(
            entry.md5_of_message_system_attributes,
            alone.md5_of_message_system_attributes
        );
        assert_eq!(entry.sequence_number, alone.sequence_number);
        assert_eq!(entry.sequence_number.is_some(), is_fifo);
        assert_eq!(
            single.service, batch.service,
            "the queue is the same after both"
        );
    }
}

#[test]
fn duplicates_in_a_batch_succeed_and_are_dropped() {
    let mut sqs = Sqs::with_queue(
        "q.fifo",
        &[("FifoQueue", "true"), ("ContentBasedDeduplication", "true")],
    );
    let same = |id: &str| SendMessageBatchRequestEntry {
        message_deduplication_id: None,
        ..fifo_entry(id, "g", "same")
    };
    let entries = vec![
        same("1"),
        same("2"),
        fifo_entry("3", "g", "other"),
        same("4"),
    ];
    let response = sent(sqs.call(send_batch("q.fifo", entries)));
    let id = |index: usize| &*response.successful[index].message_id;
    assert_eq!(response.successful.len(), 4);
    assert_eq!((id(0), id(0)), (id(1), id(3)));
    assert_ne!(id(0), id(2));
    assert_eq!(sqs.bodies("q.fifo", 10, 30), "same other");
}

#[test]
fn a_waiter_gets_the_whole_batch() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let poll = sqs.start(long_poll("q", 20));
    let batch = sqs.start(send_batch("q", vec![entry("1", "a"), entry("2", "b")]));
    assert_eq!(
        sqs.received(poll).map(|messages| bodies_of(&messages)),
        Some("a b".into())
    );
    let replies = sqs.replies();
    assert_eq!(replies[replies.len() - 2..], [batch, poll]);
}

#[test]
fn deleting_by_the_batch() {
    let mut sqs = Sqs::with_queue("q", &[]);
    sqs.send_all("q", "a b c d");
    let mut handles = handles_of(&sqs.receive(receive("q", 3, 30)));
    handles.insert(1, "garbage".into());
    handles.push(handles[0].clone());
    let mut request = delete_batch("q", &handles);
    let entries = request.entries.as_mut().expect("there are some");
    entries.push(DeleteMessageBatchRequestEntry {
        id: Some("6".into()),
        receipt_handle: None,
    });
    let response = deleted(sqs.call(request));
    assert_eq!(
        ids(&response.successful),
        ["1", "3", "4", "5"],
        "twice the same is no failure"
    );
    check_failed(
        &response.failed,
        &[
            (
                "2",
                "ReceiptHandleIsInvalid",
                "The input receipt handle \"garbage\" is not a valid receipt handle.",
            ),
            (
                "6",
                "MissingParameter",
                "The request must contain the parameter ReceiptHandle.",
            ),
        ],
    );
    assert_eq!(sqs.counts("q"), (1, 0, 0));
}

#[test]
fn deleting_what_has_expired_on_a_fifo_queue() {
    let mut sqs = Sqs::with_queue("q.fifo", &[("FifoQueue", "true")]);
    sqs.send_to_groups("q.fifo", "g1m1 g2m1");
    let handles = handles_of(&sqs.receive(receive("q.fifo", 10, 1)));
    sqs.change("q.fifo", &handles[1], 10)
        .expect("it is in flight");
    sqs.pass_secs(1);
    let response = deleted(sqs.call(delete_batch("q.fifo", &handles)));
    assert_eq!(ids(&response.successful), ["2"]);
    let text = format!(
        "Value {} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.",
        handles[0]
    );
    check_failed(&response.failed, &[("1", "InvalidParameterValue", &text)]);
}

#[test]
fn changing_visibility_by_the_batch() {
    let mut sqs = Sqs::with_queue("q", &[]);
    sqs.send_all("q", "a b c d");
    let handles = handles_of(&sqs.receive(receive("q", 4, 30)));
    sqs.delete("q", &handles[3]).expect("it is in flight");
    sqs.pass_ms(1);
    let mut request = change_batch(
        "q",
        &[
            (&handles[0], 0),
            ("x", 1),
            (&handles[1], -85),
            (&handles[1], 43_200),
            (&handles[2], 1),
            (&handles[3], 1),
        ],
    );
    let entries = request.entries.as_mut().expect("there are some");
    entries.push(ChangeMessageVisibilityBatchRequestEntry {
        visibility_timeout: None,
        ..entries[0].clone()
    });
    entries[6].id = Some("7".into());
    let response = changed(sqs.call(request));
    assert_eq!(ids(&response.successful), ["1", "5"]);
    let gone = format!(
        "Value {} for parameter ReceiptHandle is invalid. \
         Reason: Message does not exist or is not available for visibility timeout change.",
        handles[3]
    );
    let invalid = "InvalidParameterValue";
    check_failed(
        &response.failed,
        &[
            (
                "2",
                "ReceiptHandleIsInvalid",
                "The input receipt handle \"x\" is not a valid receipt handle.",
            ),
            (
                "3",
                invalid,
                "Value -85 for parameter VisibilityTimeout is invalid. \
                 Reason: VisibilityTimeout must be an integer between 0 and 43200.",
            ),
            (
                "4",
                invalid,
                "Value 43200 for parameter VisibilityTimeout is invalid. Reason: \
                 Total VisibilityTimeout for the message is beyond the limit [43200 seconds]",
            ),
            ("6", invalid, &gone),
            (
                "7",
                "MissingParameter",
                "The request must contain the parameter \
                 ChangeMessageVisibilityBatchRequestEntry.7.VisibilityTimeout.",
            ),
        ],
    );
    assert_eq!(sqs.bodies("q", 10, 30), "a");
    sqs.pass_secs(1);
    assert_eq!(sqs.bodies("q", 10, 30), "c");
}

#[test]
fn entries_change_one_after_the_other() {
    let mut sqs = Sqs::with_queue("q", &[]);
    sqs.send_all("q", "a");
    let handle = sqs.receive_one("q", 30).receipt_handle;
    changed(sqs.call(change_batch("q", &[(&handle, 0), (&handle, 5)])));
    assert_eq!(sqs.counts("q"), (0, 1, 0));
    changed(sqs.call(change_batch("q", &[(&handle, 5), (&handle, 0)])));
    assert_eq!(sqs.counts("q"), (1, 0, 0));
}
