//! Redrive policies: where a queue's dead letters go, and who may send dead letters to a queue.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::names::Arn;
use super::{Config, Error, ErrorCode};

/// The attribute `RedrivePolicy`. Serializes to AWS's canonical JSON `[A]`.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RedrivePolicy {
    /// The ARN of the dead-letter queue.
    pub dead_letter_target_arn: String,
    /// 1 to 1,000: after so many receives, the next one moves the message.
    pub max_receive_count: u32,
}

impl RedrivePolicy {
    /// Reads what a request gives, and checks all that does not depend on other queues.
    ///
    /// # Errors
    /// `InvalidParameterValue`.
    pub(super) fn parse(text: &str, config: &Config) -> Result<Self, Error> {
        let refused = |reason: &str| Error::invalid("RedrivePolicy", text, reason);
        let Some(map) = json_object(text) else {
            return Err(Error::new(
                ErrorCode::InvalidParameterValue,
                "Invalid value for the parameter RedrivePolicy. \
                 Reason: Redrive policy is not a valid JSON map.",
            ));
        };
        let mandatory = |name: &str| {
            map.get(name).ok_or_else(|| {
                refused(&format!(
                    "Redrive policy does not contain mandatory attribute: {name}."
                ))
            })
        };
        let count = mandatory("maxReceiveCount")?;
        let target = mandatory("deadLetterTargetArn")?;
        let count_text = plain_text(count);
        let Some(max_receive_count) = count_text
            .parse()
            .ok()
            .filter(|count| (1..=1000).contains(count))
        else {
            return Err(refused(&format!(
                "Invalid value for maxReceiveCount: {count_text}, \
                 valid values are from 1 to 1000 both inclusive."
            )));
        };
        let dead_letter_target_arn = plain_text(target);
        let Some(arn) = Arn::parse(&dead_letter_target_arn) else {
            return Err(refused(
                "Dead-letter target ARN should be fully qualified ARN.",
            ));
        };
        if map.len() > 2 {
            return Err(refused(
                "Only following attributes are supported: [maxReceiveCount, deadLetterTargetArn].",
            ));
        }
        if arn.service != "sqs" {
            return Err(refused(
                "Only SQS queues are valid resources for deadLetterTargetArn.",
            ));
        }
        if arn.account != config.account {
            return Err(refused(
                "Dead-letter target owner should be same as the source.",
            ));
        }
        if arn.region != config.region {
            return Err(refused("Dead letter target does not exist."));
        }
        Ok(Self {
            dead_letter_target_arn,
            max_receive_count,
        })
    }

    /// The target's name.
    pub(super) fn target_name(&self) -> &str {
        let arn = Arn::parse(&self.dead_letter_target_arn).expect("it was checked when it was set");
        arn.resource
    }
}

/// The attribute `RedriveAllowPolicy`. Serializes to compact JSON `[A]`.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(
    tag = "redrivePermission",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum RedriveAllowPolicy {
    /// Every queue may name this one as its dead-letter queue.
    AllowAll,
    /// No queue may.
    DenyAll,
    /// These may.
    ByQueue {
        /// 1 to 10 ARNs.
        source_queue_arns: Vec<String>,
    },
}

impl RedriveAllowPolicy {
    /// Reads what a request gives.
    ///
    /// # Errors
    /// `InvalidParameterValue`.
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        struct Fields {
            redrive_permission: Permission,
            source_queue_arns: Option<Vec<String>>,
        }
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        enum Permission {
            AllowAll,
            DenyAll,
            ByQueue,
        }
        const PREFIX: &str = "Amazon SQS can't create the redrive allow policy.";
        let refused = |reason: &str| {
            Err(Error::invalid(
                "RedriveAllowPolicy",
                text,
                &format!("{PREFIX} {reason}"),
            ))
        };
        let fields = json_object(text).and_then(|map| Fields::deserialize(Value::Object(map)).ok());
        let Some(Fields {
            redrive_permission,
            source_queue_arns,
        }) = fields
        else {
            return Err(Error::new(
                ErrorCode::InvalidParameterValue,
                "Invalid value for the parameter RedriveAllowPolicy. Reason: Amazon SQS can't \
                 create the redrive allow policy, as it’s in an unsupported format.",
            ));
        };
        match (redrive_permission, source_queue_arns) {
            (Permission::AllowAll, None) => Ok(Self::AllowAll),
            (Permission::DenyAll, None) => Ok(Self::DenyAll),
            (Permission::AllowAll | Permission::DenyAll, Some(_)) => refused(
                "To specify one or more source queue ARNs, you must set redrivePermission to \
                 byQueue.",
            ),
            (Permission::ByQueue, Some(arns)) if arns.len() > 10 => {
                refused("The maximum number of source queue ARNs you can specify is 10.")
            }
            (Permission::ByQueue, Some(source_queue_arns)) if !source_queue_arns.is_empty() => {
                Ok(Self::ByQueue { source_queue_arns })
            }
            (Permission::ByQueue, Some(_) | None) => refused(
                "When you specify the byQueue permission type, you must also specify one or more \
                 sourceQueueArns values.",
            ),
        }
    }

    /// Whether the queue with this ARN may send its dead letters here.
    pub(super) fn allows(&self, source_arn: &str) -> bool {
        match self {
            Self::AllowAll => true,
            Self::DenyAll => false,
            Self::ByQueue { source_queue_arns } => {
                source_queue_arns.iter().any(|arn| arn == source_arn)
            }
        }
    }
}

impl fmt::Display for RedrivePolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).expect("text and a number serialize"))
    }
}

impl fmt::Display for RedriveAllowPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).expect("texts serialize"))
    }
}

fn json_object(text: &str) -> Option<Map<String, Value>> {
    match serde_json::from_str(text) {
        Ok(Value::Object(map)) => Some(map),
        Ok(_) | Err(_) => None,
    }
}

/// A JSON string's text; anything else as JSON. `"3"` is as good as `3` `[A]`.
fn plain_text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
