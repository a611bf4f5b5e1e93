//! Redrive policies: where a queue's dead letters go, and who may send dead letters to a queue.

use std::fmt;

use super::names::Arn;
use super::{Config, Error, ErrorCode};
use crate::json::{self, AsMember, Json, Member};

/// The attribute `RedrivePolicy`. Written as AWS's canonical JSON `[A]`.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
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
        let parsed = json_object(text);
        let Some(members) = parsed.as_ref().and_then(Json::members) else {
            return Err(Error::new(
                ErrorCode::InvalidParameterValue,
                "Invalid value for the parameter RedrivePolicy. \
                 Reason: Redrive policy is not a valid JSON map.",
            ));
        };
        let mandatory = |name: &str| {
            let value = parsed.as_ref().and_then(|parsed| parsed.get(name));
            value.ok_or_else(|| {
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
        if members.len() > 2 {
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

/// The attribute `RedriveAllowPolicy`. Written as compact JSON `[A]`.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
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
        #[derive(Clone, Copy)]
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
        let permission = |value: &Json| match value.as_text()? {
            "allowAll" => Some(Permission::AllowAll),
            "denyAll" => Some(Permission::DenyAll),
            "byQueue" => Some(Permission::ByQueue),
            _ => None,
        };
        let texts = |value: &Json| {
            let mut texts = Some(Vec::new());
            json::fill(texts.place(), value.clone()).ok()?;
            Some(texts)
        };
        let fields = || {
            let parsed = json_object(text)?;
            let known = ["redrivePermission", "sourceQueueArns"];
            let is_known = |(name, _): &(String, Json)| known.contains(&name.as_str());
            let arns = parsed.get(known[1]).unwrap_or(&Json::Null);
            parsed.members()?.iter().all(is_known).then_some(())?;
            Some((permission(parsed.get(known[0])?)?, texts(arns)?))
        };
        let Some((redrive_permission, source_queue_arns)) = fields() else {
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

impl AsMember for RedrivePolicy {
    fn member(&self) -> Member<'_> {
        Member::Map(vec![
            ("deadLetterTargetArn", self.dead_letter_target_arn.member()),
            ("maxReceiveCount", self.max_receive_count.member()),
        ])
    }
}

impl AsMember for RedriveAllowPolicy {
    fn member(&self) -> Member<'_> {
        let (permission, arns) = match self {
            Self::AllowAll => ("allowAll", None),
            Self::DenyAll => ("denyAll", None),
            Self::ByQueue { source_queue_arns } => ("byQueue", Some(source_queue_arns)),
        };
        let permission = ("redrivePermission", Member::Text(permission));
        let arns = arns.map(|arns| ("sourceQueueArns", arns.present()));
        Member::Map([permission].into_iter().chain(arns).collect())
    }
}

impl fmt::Display for RedrivePolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&json::compact(&self.member()))
    }
}

impl fmt::Display for RedriveAllowPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&json::compact(&self.member()))
    }
}

fn json_object(text: &str) -> Option<Json> {
    let parsed = json::parse(text).ok()?;
    parsed.members().is_some().then_some(parsed)
}

/// A JSON string's text; anything else as JSON. `"3"` is as good as `3` `[A]`.
fn plain_text(value: &Json) -> String {
    let text = value.as_text().map(str::to_owned);
    text.unwrap_or_else(|| json::compact(&value.member()))
}
