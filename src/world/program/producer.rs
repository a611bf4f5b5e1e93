//! The settings of a producer.

use crate::sim::SortedMap;

use super::Spread;
use crate::json::members;
use crate::sqs::api::MessageAttributeValue;
use crate::world::config::{ConfigError, Limits, within};

/// Sends, waits for the answer, sleeps, and so on.
///
/// Bodies, groups and deduplication ids are templates: `{n}` becomes the number of the message, `{n%3}`
/// what remains of it after a division by 3, `{random:3}` 0, 1 or 2 by chance.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct Producer {
    /// The queue's name.
    pub queue: String,
    /// How many messages; for ever if left out.
    pub count: Option<u32>,
    /// The number of the first message; 1 if left out.
    pub start: Option<u32>,
    /// Sleep after each answer, one for each message sent: a batch of ten sleeps ten of them, so
    /// that batches change the calls and not the rate.
    pub pause_ms: Spread,
    /// The body.
    pub body: String,
    /// Bodies to send in turn, and again from the first, in place of `body`.
    pub bodies: Vec<String>,
    /// So many messages a `SendMessageBatch`, 1 to 10; single sends if left out.
    pub batch_size: Option<u32>,
    /// `DelaySeconds` of each message.
    pub delay_seconds: Option<i64>,
    /// Attributes of each message.
    pub message_attributes: SortedMap<String, MessageAttributeValue>,
    /// `MessageGroupId`.
    pub message_group_id: Option<String>,
    /// `MessageDeduplicationId`.
    pub message_deduplication_id: Option<String>,
}

members! {
    Producer {
        queue required,
        count,
        start,
        pause_ms required,
        body,
        bodies,
        batch_size,
        delay_seconds,
        message_attributes,
        message_group_id,
        message_deduplication_id,
    }
}

impl Producer {
    /// The template of the body of the message that is sent after so many others.
    pub(in crate::world) fn body_after(&self, sent: u32) -> &str {
        if self.bodies.is_empty() {
            return &self.body;
        }
        &self.bodies[sent as usize % self.bodies.len()]
    }

    pub(super) fn check(&self) -> Result<(), ConfigError> {
        self.pause_ms.check("pause_ms")?;
        within("bodies", self.bodies.len() as u64, 0, Limits::STEPS as u64)?;
        within("batch_size", self.batch_size.unwrap_or(1).into(), 1, 10)
    }
}
