//! `GetQueueAttributes`, `SetQueueAttributes`.

use std::str::FromStr;

use crate::sim::SortedMap;
use crate::sqs::api::{
    GetQueueAttributesRequest, GetQueueAttributesResponse, SetQueueAttributesRequest,
    SetQueueAttributesResponse,
};
use crate::sqs::attribute_names::{AttributeName, unknown_attribute};
use crate::sqs::attributes::QueueAttributes;
use crate::sqs::queue::Queue;
use crate::sqs::redrive::RedriveAllowPolicy;
use crate::sqs::service::{Context, Touched};
use crate::sqs::{Error, ErrorCode, Event, EventKind, Outbox, Service};

impl Service {
    pub(in crate::sqs) fn get_queue_attributes(
        &self,
        request: &GetQueueAttributesRequest,
    ) -> Result<GetQueueAttributesResponse, Error> {
        let queue = &self.queues[self.resolve(request.queue_url.as_ref())?];
        let mut wanted = Vec::new();
        for text in &request.attribute_names {
            match (text.as_str(), AttributeName::from_str(text)) {
                ("All", _) => wanted.extend(AttributeName::ALL),
                (_, Ok(name)) => wanted.push(name),
                (_, Err(())) => {
                    let message = unknown_attribute(text);
                    return Err(Error::new(ErrorCode::InvalidAttributeName, message));
                }
            }
        }
        let printed = |name: AttributeName| Some((name.as_str().to_owned(), print(queue, name)?));
        Ok(GetQueueAttributesResponse {
            attributes: wanted.into_iter().filter_map(printed).collect(),
        })
    }

    /// Checks everything first, then changes everything `[I]`.
    pub(in crate::sqs) fn set_queue_attributes(
        &mut self,
        context: &Context,
        request: &SetQueueAttributesRequest,
        touched: &mut Touched,
        out: &mut Outbox,
    ) -> Result<SetQueueAttributesResponse, Error> {
        let now = context.now;
        let id = self.resolve(request.queue_url.as_ref())?;
        let given = &request.attributes;
        if given.is_empty() {
            return Err(Error::missing("Attribute.Name"));
        }
        let queue = &self.queues[id];
        let attributes = queue.attributes().with(given, &self.config)?;
        self.check_redrive_target(queue.name(), &attributes, given)?;
        if given.contains_key(AttributeName::Policy.as_str()) {
            attributes.check_statements(ErrorCode::OverLimit)?;
        }
        out.events.push(Event {
            at: now,
            kind: EventKind::QueueAttributesSet { queue: id },
        });
        self.queues.update(id, |queue| {
            let delay_before = queue.attributes().delay();
            queue.attributes = attributes;
            queue.modified_at = now;
            queue.expire_due(now, out);
            // A standard queue's new delay is for later sends only `[D]`.
            if queue.is_fifo() && queue.attributes().delay() != delay_before {
                queue.apply_delay_to_all(now, out);
            }
        });
        self.queues.link_dead_letter_queues();
        touched.push_back(id);
        Ok(SetQueueAttributesResponse {})
    }

    /// Checks the target of a redrive policy in a request for the queue of this name. A queue
    /// may be its own target `[A]`, also while it is created `[I]`.
    pub(super) fn check_redrive_target(
        &self,
        name: &str,
        attributes: &QueueAttributes,
        given: &SortedMap<String, String>,
    ) -> Result<(), Error> {
        let text = given.get(AttributeName::RedrivePolicy.as_str());
        let (Some(text), Some(policy)) = (text, &attributes.redrive_policy) else {
            return Ok(());
        };
        let refused = |reason: &str| Err(Error::invalid("RedrivePolicy", text, reason));
        let target_name = policy.target_name();
        let target = match self.queues.named(target_name) {
            _ if target_name == name => attributes,
            Some(queue) => queue.attributes(),
            None => return refused("Dead letter target does not exist."),
        };
        if target.fifo.is_some() != attributes.fifo.is_some() {
            return refused("Dead-letter queue must be same type of queue as the source..");
        }
        let source_arn = self.config.queue_arn(name);
        let is_open = |allow: &RedriveAllowPolicy| allow.allows(&source_arn);
        if !target.redrive_allow_policy.as_ref().is_none_or(is_open) {
            return refused("Dead letter target does not allow this source queue.");
        }
        Ok(())
    }
}

impl Queue {
    /// An attribute as `GetQueueAttributes` prints it, if it has a value.
    pub fn attribute(&self, name: AttributeName) -> Option<String> {
        print(self, name)
    }
}

fn print(queue: &Queue, name: AttributeName) -> Option<String> {
    use AttributeName as Name;
    match name {
        Name::ApproximateNumberOfMessages => Some(queue.counts().visible.to_string()),
        Name::ApproximateNumberOfMessagesDelayed => Some(queue.counts().delayed.to_string()),
        Name::ApproximateNumberOfMessagesNotVisible => Some(queue.counts().in_flight.to_string()),
        Name::CreatedTimestamp => Some(queue.created_at().as_secs().to_string()),
        Name::LastModifiedTimestamp => Some(queue.modified_at().as_secs().to_string()),
        Name::QueueArn => Some(queue.arn().to_string()),
        Name::ContentBasedDeduplication
        | Name::DeduplicationScope
        | Name::DelaySeconds
        | Name::FifoQueue
        | Name::FifoThroughputLimit
        | Name::KmsDataKeyReusePeriodSeconds
        | Name::KmsMasterKeyId
        | Name::MaximumMessageSize
        | Name::MessageRetentionPeriod
        | Name::Policy
        | Name::ReceiveMessageWaitTimeSeconds
        | Name::RedriveAllowPolicy
        | Name::RedrivePolicy
        | Name::SqsManagedSseEnabled
        | Name::VisibilityTimeout => queue.attributes().print(name),
    }
}
