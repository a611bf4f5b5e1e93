//! The attributes of a queue: typed, parsed from a request, printed for a response.

use std::str::FromStr;

use super::attribute_names::{AttributeKind, AttributeName, unknown_attribute};
use super::redrive::{RedriveAllowPolicy, RedrivePolicy};
use super::{Config, Error, ErrorCode};
use crate::json::{self, Json};
use crate::sim::{SortedMap, Span};

/// What encrypts the messages; it changes nothing that a caller sees.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Encryption {
    /// Nothing.
    Off,
    /// Keys of SQS: the default of new queues.
    SqsManaged,
    /// A key of KMS.
    Kms {
        /// `KmsMasterKeyId`.
        master_key_id: String,
    },
}

/// Where a deduplication id is unique.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum DeduplicationScope {
    /// In the queue.
    Queue,
    /// In the message group.
    MessageGroup,
}

/// What AWS's throughput quota applies to.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum FifoThroughputLimit {
    /// The queue.
    PerQueue,
    /// Each message group.
    PerMessageGroupId,
}

/// What only FIFO queues have.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct FifoAttributes {
    /// `ContentBasedDeduplication`: a send may leave out its deduplication id.
    pub content_based_deduplication: bool,
    /// `DeduplicationScope` as set; in force stays the one at the queue's creation `[A]`.
    pub deduplication_scope: DeduplicationScope,
    /// `FifoThroughputLimit`.
    pub fifo_throughput_limit: FifoThroughputLimit,
}

/// The attributes that can be set.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct QueueAttributes {
    /// 0 to 900.
    pub delay_seconds: u32,
    /// Bytes, 1,024 to 1,048,576.
    pub maximum_message_size: u32,
    /// Seconds, 60 to 1,209,600.
    pub message_retention_period: u32,
    /// 0 to 20.
    pub receive_message_wait_time_seconds: u32,
    /// Seconds, 0 to 43,200.
    pub visibility_timeout: u32,
    /// Compact JSON.
    pub policy: Option<String>,
    /// Where dead letters go.
    pub redrive_policy: Option<RedrivePolicy>,
    /// Whose dead letters come; absent allows all.
    pub redrive_allow_policy: Option<RedriveAllowPolicy>,
    /// What encrypts the messages.
    pub encryption: Encryption,
    /// 60 to 86,400; counts with KMS only.
    pub kms_data_key_reuse_period_seconds: u32,
    /// FIFO queues only.
    pub fifo: Option<FifoAttributes>,
}

impl QueueAttributes {
    /// What a new standard queue has.
    pub fn of_standard_queue() -> Self {
        Self {
            delay_seconds: 0,
            maximum_message_size: 1_048_576,
            message_retention_period: 345_600,
            receive_message_wait_time_seconds: 0,
            visibility_timeout: 30,
            policy: None,
            redrive_policy: None,
            redrive_allow_policy: None,
            encryption: Encryption::SqsManaged,
            kms_data_key_reuse_period_seconds: 300,
            fifo: None,
        }
    }

    /// What a new FIFO queue has.
    pub fn of_fifo_queue() -> Self {
        let fifo = FifoAttributes {
            content_based_deduplication: false,
            deduplication_scope: DeduplicationScope::Queue,
            fifo_throughput_limit: FifoThroughputLimit::PerQueue,
        };
        Self {
            fifo: Some(fifo),
            ..Self::of_standard_queue()
        }
    }

    /// These attributes with what a request gives; what depends on other queues is not checked.
    ///
    /// # Errors
    /// `InvalidAttributeName`, `InvalidAttributeValue`, `InvalidParameterValue`.
    pub(super) fn with(
        &self,
        given: &SortedMap<String, String>,
        config: &Config,
    ) -> Result<Self, Error> {
        let mut changed = self.clone();
        let given = self.check_names(given)?;
        for &(name, value) in &given {
            changed.set(name, value, config)?;
        }
        if let Some(fifo) = &changed.fifo
            && fifo.fifo_throughput_limit == FifoThroughputLimit::PerMessageGroupId
            && fifo.deduplication_scope == DeduplicationScope::Queue
        {
            return Err(Error::new(
                ErrorCode::InvalidParameterValue,
                "The perMessageGroupId value is allowed only when the value for \
                 DeduplicationScope is messageGroup",
            ));
        }
        check_encryption(&given)?;
        Ok(changed)
    }

    /// The attribute as a response shows it, if it has a value. What only the queue knows is
    /// none of ours.
    pub fn print(&self, name: AttributeName) -> Option<String> {
        use AttributeName as Name;
        let fifo = self.fifo.as_ref();
        match name {
            Name::ApproximateNumberOfMessages
            | Name::ApproximateNumberOfMessagesDelayed
            | Name::ApproximateNumberOfMessagesNotVisible
            | Name::CreatedTimestamp
            | Name::LastModifiedTimestamp
            | Name::QueueArn => None,
            Name::ContentBasedDeduplication => {
                fifo.map(|fifo| fifo.content_based_deduplication.to_string())
            }
            Name::DeduplicationScope => fifo.map(|fifo| match fifo.deduplication_scope {
                DeduplicationScope::Queue => "queue".into(),
                DeduplicationScope::MessageGroup => "messageGroup".into(),
            }),
            Name::FifoQueue => fifo.map(|_| "true".into()),
            Name::FifoThroughputLimit => fifo.map(|fifo| match fifo.fifo_throughput_limit {
                FifoThroughputLimit::PerQueue => "perQueue".into(),
                FifoThroughputLimit::PerMessageGroupId => "perMessageGroupId".into(),
            }),
            Name::DelaySeconds => Some(self.delay_seconds.to_string()),
            Name::KmsDataKeyReusePeriodSeconds => self
                .kms_master_key_id()
                .map(|_| self.kms_data_key_reuse_period_seconds.to_string()),
            Name::KmsMasterKeyId => self.kms_master_key_id().map(str::to_owned),
            Name::MaximumMessageSize => Some(self.maximum_message_size.to_string()),
            Name::MessageRetentionPeriod => Some(self.message_retention_period.to_string()),
            Name::Policy => self.policy.clone(),
            Name::ReceiveMessageWaitTimeSeconds => {
                Some(self.receive_message_wait_time_seconds.to_string())
            }
            Name::RedriveAllowPolicy => self.redrive_allow_policy.as_ref().map(ToString::to_string),
            Name::RedrivePolicy => self.redrive_policy.as_ref().map(ToString::to_string),
            Name::SqsManagedSseEnabled => {
                Some((self.encryption == Encryption::SqsManaged).to_string())
            }
            Name::VisibilityTimeout => Some(self.visibility_timeout.to_string()),
        }
    }

    /// Refuses a policy of more than 20 statements.
    ///
    /// # Errors
    /// The code that the action uses for it `[T]`.
    pub(super) fn check_statements(&self, code: ErrorCode) -> Result<(), Error> {
        let policy = self
            .policy
            .as_deref()
            .and_then(|text| json::parse(text).ok());
        match policy.as_ref().and_then(|policy| policy.get("Statement")) {
            Some(Json::List(statements)) if statements.len() > 20 => {
                let count = statements.len();
                let text = "statements were found in the submitted policy, max allowed is 20";
                Err(Error::new(code, format!("{count} {text}")))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Whether an attribute means the same in both: JSON is compared by content `[I]`.
    pub(super) fn agrees(&self, other: &Self, name: AttributeName) -> bool {
        let content = |text: String| json::parse(&text).unwrap_or(Json::Text(text));
        match (self.print(name), other.print(name)) {
            (Some(this), Some(that)) => content(this).agrees(&content(that)),
            (this, that) => this == that,
        }
    }

    /// `DelaySeconds`.
    pub fn delay(&self) -> Span {
        Span::from_secs(self.delay_seconds.into())
    }

    /// `MessageRetentionPeriod`.
    pub fn retention(&self) -> Span {
        Span::from_secs(self.message_retention_period.into())
    }

    fn kms_master_key_id(&self) -> Option<&str> {
        match &self.encryption {
            Encryption::Kms { master_key_id } => Some(master_key_id),
            Encryption::Off | Encryption::SqsManaged => None,
        }
    }

    /// Names that exist, can be set, and suit the queue's type.
    fn check_names<'a>(
        &self,
        given: &'a SortedMap<String, String>,
    ) -> Result<Vec<(AttributeName, &'a str)>, Error> {
        let unknown =
            |text: &str| Error::new(ErrorCode::InvalidAttributeName, unknown_attribute(text));
        let mut names = Vec::new();
        for (text, value) in given.iter() {
            let name = AttributeName::from_str(text).map_err(|()| unknown(text))?;
            if name.kind() == AttributeKind::ReadOnly {
                return Err(unknown(text));
            }
            names.push((name, value.as_str()));
        }
        for (name, _) in &names {
            let is_misplaced = name.kind() == AttributeKind::Fifo && self.fifo.is_none();
            let needs_fifo_queue = [
                AttributeName::DeduplicationScope,
                AttributeName::FifoThroughputLimit,
            ]
            .contains(name);
            if is_misplaced && needs_fifo_queue {
                let text = name.as_str();
                return Err(Error::new(
                    ErrorCode::InvalidAttributeName,
                    format!("You can specify the {text} only when FifoQueue is set to true."),
                ));
            } else if is_misplaced {
                return Err(unknown(name.as_str()));
            }
        }
        Ok(names)
    }

    fn set(&mut self, name: AttributeName, text: &str, config: &Config) -> Result<(), Error> {
        use AttributeName as Name;
        let wrong = || invalid_value(name);
        let number = |low, high| parse_number(text, low, high).ok_or_else(wrong);
        let optional = (!text.is_empty()).then_some(text);
        let fifo = self.fifo.as_mut();
        match name {
            Name::ApproximateNumberOfMessages
            | Name::ApproximateNumberOfMessagesDelayed
            | Name::ApproximateNumberOfMessagesNotVisible
            | Name::CreatedTimestamp
            | Name::LastModifiedTimestamp
            | Name::QueueArn => panic!("read-only names were refused"),
            Name::ContentBasedDeduplication => {
                let value = parse_bool(text).ok_or_else(wrong)?;
                fifo.expect(FIFO_ONLY).content_based_deduplication = value;
            }
            Name::DeduplicationScope => {
                fifo.expect(FIFO_ONLY).deduplication_scope = match text {
                    "queue" => DeduplicationScope::Queue,
                    "messageGroup" => DeduplicationScope::MessageGroup,
                    _ => return Err(wrong()),
                };
            }
            Name::FifoQueue => match parse_bool(text) {
                Some(true) => {}
                Some(false) => {
                    return Err(Error::new(
                        ErrorCode::InvalidAttributeValue,
                        "Invalid value for the parameter FifoQueue. \
                         Reason: Modifying queue type is not supported.",
                    ));
                }
                None => return Err(wrong()),
            },
            Name::FifoThroughputLimit => {
                fifo.expect(FIFO_ONLY).fifo_throughput_limit = match text {
                    "perQueue" => FifoThroughputLimit::PerQueue,
                    "perMessageGroupId" => FifoThroughputLimit::PerMessageGroupId,
                    _ => return Err(wrong()),
                };
            }
            Name::DelaySeconds => self.delay_seconds = number(0, 900)?,
            Name::KmsDataKeyReusePeriodSeconds => {
                self.kms_data_key_reuse_period_seconds = number(60, 86_400)?;
            }
            Name::KmsMasterKeyId => match optional {
                Some(id) => {
                    self.encryption = Encryption::Kms {
                        master_key_id: id.to_owned(),
                    }
                }
                None if self.kms_master_key_id().is_some() => {
                    self.encryption = Encryption::Off;
                    self.kms_data_key_reuse_period_seconds = 300;
                }
                None => {}
            },
            Name::MaximumMessageSize => self.maximum_message_size = number(1024, 1_048_576)?,
            Name::MessageRetentionPeriod => {
                self.message_retention_period = number(60, 1_209_600)?;
            }
            Name::Policy => self.policy = optional.map(parse_policy).transpose()?,
            Name::ReceiveMessageWaitTimeSeconds => {
                self.receive_message_wait_time_seconds = number(0, 20)?;
            }
            Name::RedriveAllowPolicy => {
                self.redrive_allow_policy = optional.map(RedriveAllowPolicy::parse).transpose()?;
            }
            Name::RedrivePolicy => {
                self.redrive_policy = optional
                    .map(|text| RedrivePolicy::parse(text, config))
                    .transpose()?;
            }
            Name::SqsManagedSseEnabled => {
                // With KMS in force, `true` replaces it `[I]`, and `false` changes nothing.
                match parse_bool(text).ok_or_else(wrong)? {
                    true => self.encryption = Encryption::SqsManaged,
                    false if self.encryption == Encryption::SqsManaged => {
                        self.encryption = Encryption::Off;
                    }
                    false => {}
                }
            }
            Name::VisibilityTimeout => self.visibility_timeout = number(0, 43_200)?,
        }
        Ok(())
    }
}

const FIFO_ONLY: &str = "the names were checked against the type of the queue";

/// AWS takes `True` for `true` `[A]`.
pub(super) fn parse_bool(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

fn invalid_value(name: AttributeName) -> Error {
    Error::new(
        ErrorCode::InvalidAttributeValue,
        format!("Invalid value for the parameter {}.", name.as_str()),
    )
}

/// Digits only: neither a sign nor white space.
fn parse_number(text: &str, low: u32, high: u32) -> Option<u32> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse()
        .ok()
        .filter(|number| (low..=high).contains(number))
}

/// One request cannot ask for both kinds `[A]`.
fn check_encryption(given: &[(AttributeName, &str)]) -> Result<(), Error> {
    let value = |wanted| {
        given
            .iter()
            .find(|(name, _)| *name == wanted)
            .map(|(_, value)| *value)
    };
    let wants_sqs = value(AttributeName::SqsManagedSseEnabled).and_then(parse_bool) == Some(true);
    let wants_kms = value(AttributeName::KmsMasterKeyId).is_some_and(|id| !id.is_empty());
    if wants_sqs && wants_kms {
        return Err(Error::new(
            ErrorCode::InvalidAttributeName,
            "You can use one type of server-side encryption (SSE) at one time. \
             You can either enable KMS SSE or SQS SSE.",
        ));
    }
    Ok(())
}

/// A policy is a JSON object of at most 8,192 bytes; it is kept without white space.
fn parse_policy(text: &str) -> Result<String, Error> {
    let is_object = matches!(json::parse(text), Ok(Json::Object(_)));
    if !is_object || text.len() > 8192 {
        return Err(invalid_value(AttributeName::Policy));
    }
    Ok(compact(text))
}

/// JSON text without the white space between its tokens.
fn compact(json: &str) -> String {
    let mut in_string = false;
    let mut escaped = false;
    let keep = |c: &char| {
        if in_string {
            in_string = escaped || *c != '"';
            escaped = !escaped && *c == '\\';
            return true;
        }
        in_string = *c == '"';
        !c.is_ascii_whitespace()
    };
    json.chars().filter(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compacting_spares_strings() {
        let json = "{ \"a b\" : [ 1 ,\n \"x \\\" y \\\\\" ] , \"c\": \" \" }";
        assert_eq!(compact(json), r#"{"a b":[1,"x \" y \\"],"c":" "}"#);
    }
}
