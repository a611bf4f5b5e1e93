//! `CreateQueue`, `GetQueueUrl`.

use std::sync::Arc;

use crate::sim::SortedMap;
use crate::sqs::api::{
    CreateQueueRequest, CreateQueueResponse, GetQueueUrlRequest, GetQueueUrlResponse,
};
use crate::sqs::attribute_names::AttributeName;
use crate::sqs::attributes::{QueueAttributes, parse_bool};
use crate::sqs::names::check_queue_name;
use crate::sqs::queue::{Queue, QueueIdentity};
use crate::sqs::service::Context;
use crate::sqs::tags::check_tags;
use crate::sqs::{Error, ErrorCode, Event, EventKind, Outbox, QueueId, Service};

impl Service {
    pub(in crate::sqs) fn create_queue(
        &mut self,
        context: &Context,
        request: &CreateQueueRequest,
        out: &mut Outbox,
    ) -> Result<CreateQueueResponse, Error> {
        let given = &request.attributes;
        let name = match request.queue_name.as_deref() {
            None => return Err(no_queue_name()),
            Some("") => {
                let message = "Queue name cannot be empty";
                return Err(Error::new(ErrorCode::InvalidParameterValue, message));
            }
            Some(name) => name,
        };
        let is_fifo = given.get("FifoQueue").and_then(|text| parse_bool(text)) == Some(true);
        check_queue_name(name, is_fifo)?;
        let defaults = if is_fifo {
            QueueAttributes::of_fifo_queue()
        } else {
            QueueAttributes::of_standard_queue()
        };
        let attributes = defaults.with(given, &self.config)?;
        self.check_redrive_target(name, &attributes, given)?;
        attributes.check_statements(ErrorCode::InvalidParameterValue)?;
        check_tags(name, &SortedMap::new(), &request.tags)?;
        if self.queues.is_reserved(context.now, name) {
            return Err(Error::new(
                ErrorCode::QueueDeletedRecently,
                "You must wait 60 seconds after deleting a queue before you can create another \
                 with the same name.",
            ));
        }
        if let Some(queue) = self.queues.named(name) {
            // Tags are neither compared nor added `[I]`.
            self.check_same(queue, given)?;
        } else {
            let id = self.open_queue(context, name, attributes, out);
            let tags = request.tags.clone();
            self.queues.update(id, |queue| queue.tags = tags);
        }
        Ok(CreateQueueResponse {
            queue_url: self.queue_url(name),
        })
    }

    pub(in crate::sqs) fn get_queue_url(
        &self,
        request: &GetQueueUrlRequest,
    ) -> Result<GetQueueUrlResponse, Error> {
        let name = request.queue_name.as_deref().unwrap_or_default();
        if name.is_empty() {
            return Err(no_queue_name());
        }
        let owner = request.queue_owner_aws_account_id.as_deref();
        let is_ours = owner.is_none_or(|owner| owner == self.config.account);
        let queue = self
            .queues
            .named(name)
            .filter(|_| is_ours)
            .ok_or_else(Error::no_such_queue)?;
        Ok(GetQueueUrlResponse {
            queue_url: queue.url().to_string(),
        })
    }

    fn open_queue(
        &mut self,
        context: &Context,
        name: &str,
        attributes: QueueAttributes,
        out: &mut Outbox,
    ) -> QueueId {
        let id = self.queues.next_id();
        let name: Arc<str> = name.into();
        let identity = QueueIdentity {
            id,
            name: Arc::clone(&name),
            arn: self.config.queue_arn(&name).into(),
            url: self.queue_url(&name).into(),
        };
        self.queues
            .insert(Queue::new(identity, attributes, &self.config, context.now));
        let kind = EventKind::QueueCreated { queue: id, name };
        out.events.push(Event {
            at: context.now,
            kind,
        });
        id
    }

    /// Only the attributes of the request are compared, with what the queue has now `[A]`.
    fn check_same(&self, queue: &Queue, given: &SortedMap<String, String>) -> Result<(), Error> {
        let wanted = queue.attributes().with(given, &self.config)?;
        let differing = AttributeName::ALL
            .iter()
            .filter(|name| given.contains_key(name.as_str()))
            .find(|name| !wanted.agrees(queue.attributes(), **name));
        let Some(name) = differing else {
            return Ok(());
        };
        let name = name.as_str();
        Err(Error::new(
            ErrorCode::QueueNameExists,
            format!(
                "A queue already exists with the same name and a different value for attribute \
                 {name}"
            ),
        ))
    }
}

fn no_queue_name() -> Error {
    Error::new(
        ErrorCode::InvalidParameterValue,
        "Value for parameter QueueName is invalid. Reason: Must specify a queue name.",
    )
}
