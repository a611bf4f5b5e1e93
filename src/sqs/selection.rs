//! Which attributes a receive asks for.

use super::api::{Caller, MessageAttributeValue};
use super::md5::md5_of_attributes;
use super::message::Message;
use crate::sim::SortedMap;

/// A system attribute of a received message.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
enum SystemAttribute {
    ApproximateFirstReceiveTimestamp,
    ApproximateReceiveCount,
    AwsTraceHeader,
    DeadLetterQueueSourceArn,
    MessageDeduplicationId,
    MessageGroupId,
    SenderId,
    SentTimestamp,
    SequenceNumber,
}

impl SystemAttribute {
    const ALL: [Self; 9] = [
        Self::ApproximateFirstReceiveTimestamp,
        Self::ApproximateReceiveCount,
        Self::AwsTraceHeader,
        Self::DeadLetterQueueSourceArn,
        Self::MessageDeduplicationId,
        Self::MessageGroupId,
        Self::SenderId,
        Self::SentTimestamp,
        Self::SequenceNumber,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::ApproximateFirstReceiveTimestamp => "ApproximateFirstReceiveTimestamp",
            Self::ApproximateReceiveCount => "ApproximateReceiveCount",
            Self::AwsTraceHeader => "AWSTraceHeader",
            Self::DeadLetterQueueSourceArn => "DeadLetterQueueSourceArn",
            Self::MessageDeduplicationId => "MessageDeduplicationId",
            Self::MessageGroupId => "MessageGroupId",
            Self::SenderId => "SenderId",
            Self::SentTimestamp => "SentTimestamp",
            Self::SequenceNumber => "SequenceNumber",
        }
    }

    fn of(self, message: &Message) -> Option<String> {
        match self {
            Self::ApproximateFirstReceiveTimestamp => {
                message.first_received_at().map(|at| at.as_ms().to_string())
            }
            Self::ApproximateReceiveCount => Some(message.receive_count().to_string()),
            Self::AwsTraceHeader => message.trace_header().map(str::to_owned),
            Self::DeadLetterQueueSourceArn => {
                message.dead_letter_source().map(|arn| arn.to_string())
            }
            Self::MessageDeduplicationId => message.deduplication_id().map(|id| id.to_string()),
            Self::MessageGroupId => message.group_id().map(|id| id.to_string()),
            Self::SenderId => Some(sender_id(message.sender())),
            Self::SentTimestamp => Some(message.sent_at().as_ms().to_string()),
            Self::SequenceNumber => message.sequence_number().map(|number| number.to_string()),
        }
    }
}

/// A caller as an IAM user's id: `AIDA` and 17 characters `[D]`.
fn sender_id(caller: Caller) -> String {
    format!("AIDAPLAY{:013}", caller.0)
}

/// Which message attributes, by name.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
enum NameFilter {
    All,
    Exactly(String),
    Prefix(String),
}

impl NameFilter {
    /// Every text is a filter; one that is not a legal name matches nothing `[A]`.
    fn parse(text: &str) -> Self {
        match text {
            "All" | ".*" | "*" => Self::All,
            _ => match text.strip_suffix(".*") {
                Some(prefix) => Self::Prefix(prefix.to_owned()),
                None => Self::Exactly(text.to_owned()),
            },
        }
    }

    fn matches(&self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::Exactly(wanted) => name == wanted,
            Self::Prefix(prefix) => name.starts_with(prefix.as_str()),
        }
    }
}

/// What a receive wants to know of each message.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(super) struct Selection {
    /// Each once.
    system: Vec<SystemAttribute>,
    message: Vec<NameFilter>,
}

/// The message attributes of a response, and their digest.
pub(super) type SelectedAttributes = (SortedMap<String, MessageAttributeValue>, Option<String>);

impl Selection {
    /// `MessageSystemAttributeNames` win over the deprecated `AttributeNames` `[A]`. Names that
    /// do not exist are ignored `[A]`.
    pub(super) fn new(
        attribute_names: &[String],
        message_system_attribute_names: &[String],
        message_attribute_names: &[String],
    ) -> Self {
        let system_names = if message_system_attribute_names.is_empty() {
            attribute_names
        } else {
            message_system_attribute_names
        };
        let is_wanted = |attribute: &SystemAttribute| {
            system_names
                .iter()
                .any(|name| name == "All" || name == attribute.name())
        };
        let wanted = || SystemAttribute::ALL.into_iter().filter(is_wanted);
        Self {
            system: if system_names.is_empty() {
                Vec::new()
            } else {
                wanted().collect()
            },
            message: message_attribute_names
                .iter()
                .map(|name| NameFilter::parse(name))
                .collect(),
        }
    }

    /// All that there is.
    pub(super) fn everything() -> Self {
        Self {
            system: SystemAttribute::ALL.to_vec(),
            message: vec![NameFilter::All],
        }
    }

    /// The system attributes wanted that the message has.
    pub(super) fn system_attributes(&self, message: &Message) -> SortedMap<String, String> {
        let of = |attribute: &SystemAttribute| {
            Some((attribute.name().to_owned(), attribute.of(message)?))
        };
        self.system.iter().filter_map(of).collect()
    }

    /// The message attributes wanted, with the digest over just these `[A]`.
    pub(super) fn message_attributes(&self, message: &Message) -> SelectedAttributes {
        if self.message.is_empty() {
            return SelectedAttributes::default();
        }
        let is_wanted = |name: &str| self.message.iter().any(|filter| filter.matches(name));
        let selected = || {
            message
                .attributes()
                .iter()
                .filter(|(name, _)| is_wanted(name))
        };
        let digest = md5_of_attributes(selected().map(|(name, value)| (name.as_str(), value)));
        let values = selected().map(|(name, value)| (name.clone(), value.to_api()));
        (values.collect(), digest)
    }
}
