//! The attributes of queues that are worth telling: those that a new queue would not have.

use crate::sim::SortedMap;
use crate::sqs::{AttributeName, Queue, QueueAttributes};

/// How infrastructure code writes an attribute.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    /// A whole number.
    Number,
    /// True or false.
    Flag,
    /// A text.
    Text,
    /// JSON.
    Document,
}

/// An attribute with its names elsewhere.
pub(super) struct Row {
    pub(super) name: AttributeName,
    /// The argument of Terraform's `aws_sqs_queue`.
    pub(super) terraform: &'static str,
    pub(super) kind: Kind,
}

const fn row(name: AttributeName, terraform: &'static str, kind: Kind) -> Row {
    Row {
        name,
        terraform,
        kind,
    }
}

/// All attributes that can be set. CloudFormation has SQS's own names.
pub(super) const TABLE: [Row; 15] = [
    row(AttributeName::FifoQueue, "fifo_queue", Kind::Flag),
    row(
        AttributeName::ContentBasedDeduplication,
        "content_based_deduplication",
        Kind::Flag,
    ),
    row(
        AttributeName::DeduplicationScope,
        "deduplication_scope",
        Kind::Text,
    ),
    row(
        AttributeName::FifoThroughputLimit,
        "fifo_throughput_limit",
        Kind::Text,
    ),
    row(AttributeName::DelaySeconds, "delay_seconds", Kind::Number),
    row(
        AttributeName::MaximumMessageSize,
        "max_message_size",
        Kind::Number,
    ),
    row(
        AttributeName::MessageRetentionPeriod,
        "message_retention_seconds",
        Kind::Number,
    ),
    row(
        AttributeName::ReceiveMessageWaitTimeSeconds,
        "receive_wait_time_seconds",
        Kind::Number,
    ),
    row(
        AttributeName::VisibilityTimeout,
        "visibility_timeout_seconds",
        Kind::Number,
    ),
    row(
        AttributeName::SqsManagedSseEnabled,
        "sqs_managed_sse_enabled",
        Kind::Flag,
    ),
    row(
        AttributeName::KmsMasterKeyId,
        "kms_master_key_id",
        Kind::Text,
    ),
    row(
        AttributeName::KmsDataKeyReusePeriodSeconds,
        "kms_data_key_reuse_period_seconds",
        Kind::Number,
    ),
    row(
        AttributeName::RedrivePolicy,
        "redrive_policy",
        Kind::Document,
    ),
    row(
        AttributeName::RedriveAllowPolicy,
        "redrive_allow_policy",
        Kind::Document,
    ),
    row(AttributeName::Policy, "policy", Kind::Document),
];

/// The attributes of a queue that differ from those of a new one of its type.
pub(super) fn changed(queue: &Queue) -> SortedMap<String, String> {
    let ours = queue.attributes();
    let new = if queue.is_fifo() {
        QueueAttributes::of_fifo_queue()
    } else {
        QueueAttributes::of_standard_queue()
    };
    let has_key = ours.print(AttributeName::KmsMasterKeyId).is_some();
    let mut changed = SortedMap::new();
    for Row { name, .. } in &TABLE {
        let Some(value) = ours.print(*name) else {
            continue;
        };
        // A key of KMS says so already.
        if has_key && *name == AttributeName::SqsManagedSseEnabled {
            continue;
        }
        let usual = if *name == AttributeName::FifoQueue {
            None
        } else if *name == AttributeName::KmsDataKeyReusePeriodSeconds {
            Some(new.kms_data_key_reuse_period_seconds.to_string())
        } else {
            new.print(*name)
        };
        if usual.as_ref() != Some(&value) {
            changed.insert(name.as_str().to_owned(), value);
        }
    }
    changed
}
