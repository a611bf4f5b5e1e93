//! `CreateQueue`, `GetQueueUrl`, `ListQueues`.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::sqs::api::{
    CreateQueueRequest, CreateQueueResponse, GetQueueUrlRequest, GetQueueUrlResponse,
    ListQueuesRequest, ListQueuesResponse,
};
use crate::sqs::attribute_names::AttributeName;
use crate::sqs::attributes::{QueueAttributes, parse_bool};
use crate::sqs::names::check_queue_name;
use crate::sqs::queue::{Queue, QueueIdentity};
use crate::sqs::service::Context;
use crate::sqs::{Error, ErrorCode, Event, EventKind, Outbox, Service};

/// URLs in one answer of `ListQueues` `[D]`.
const PAGE_MAX: usize = 1000;

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
        if let Some(queue) = self.queues.named(name) {
            self.check_same(queue, given)?;
        } else {
            self.open_queue(context, name, attributes, out);
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

    /// In the order of the names `[I]`. The token is the last name of the page before.
    pub(in crate::sqs) fn list_queues(
        &self,
        request: &ListQueuesRequest,
    ) -> Result<ListQueuesResponse, Error> {
        let refused = |text: &str| Err(Error::new(ErrorCode::InvalidParameterValue, text));
        let prefix = request.queue_name_prefix.as_deref().unwrap_or_default();
        let max = match request.max_results {
            None => None,
            Some(max) => match usize::try_from(max)
                .ok()
                .filter(|max| (1..=1000).contains(max))
            {
                Some(max) => Some(max),
                None => {
                    return refused(
                        "Value for parameter MaxResults is invalid. \
                         Reason: MaxResults must be an integer between 1 and 1000.",
                    );
                }
            },
        };
        let after = match (&request.next_token, max) {
            (None, _) => None,
            (Some(_), None) => {
                return refused(
                    "MaxResults is a mandatory parameter when you provide a value for NextToken.",
                );
            }
            (Some(token), Some(_)) => match last_name_of(token) {
                None => return refused("Invalid NextToken value."),
                Some(name) if !name.starts_with(prefix) => {
                    return refused(
                        "Invalid NextToken value. If you are passing in NextToken, you must not \
                         change the other request parameters.",
                    );
                }
                Some(name) => Some(name),
            },
        };
        let start = after.as_deref().unwrap_or(prefix);
        let mut names = self
            .queues
            .names_from(start)
            .take_while(|name| name.starts_with(prefix))
            .filter(|name| after.as_deref() != Some(name))
            .peekable();
        let page: Vec<_> = names.by_ref().take(max.unwrap_or(PAGE_MAX)).collect();
        let has_more = max.is_some() && names.peek().is_some();
        let last = page.last().filter(|_| has_more);
        Ok(ListQueuesResponse {
            next_token: last.map(|name| STANDARD.encode(name.as_bytes())),
            queue_urls: page.iter().map(|name| self.queue_url(name)).collect(),
        })
    }

    fn open_queue(
        &mut self,
        context: &Context,
        name: &str,
        attributes: QueueAttributes,
        out: &mut Outbox,
    ) {
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
    }

    /// Only the attributes of the request are compared, with what the queue has now `[A]`.
    fn check_same(&self, queue: &Queue, given: &BTreeMap<String, String>) -> Result<(), Error> {
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

fn last_name_of(token: &str) -> Option<String> {
    String::from_utf8(STANDARD.decode(token).ok()?).ok()
}
