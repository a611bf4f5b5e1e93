//! AWS's throughput quotas of FIFO queues, for a service that is to refuse what is beyond.
//!
//! A quota holds for each second of the clock `[I]`. Calls in batches count once, so that ten
//! messages a call make AWS's tenfold number of messages.

use super::api::Request;
use super::attributes::{FifoAttributes, FifoThroughputLimit};
use super::queue::Queue;
use super::service::Context;
use super::{Error, ErrorCode, Service};
use crate::sim::{Names, Time};

/// Calls a second of one kind at a FIFO queue, and at one of its groups `[D]`.
const CALLS_PER_SECOND: u32 = 300;

/// What has a quota of its own; single calls and batches share it `[I]`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    Send,
    Receive,
    Delete,
}

/// The calls at one FIFO queue in the current second.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(super) struct Throttle {
    second: u64,
    /// By kind.
    calls: [u32; 3],
    groups: Names,
    /// Sends by message group.
    sends: Vec<u32>,
}

impl Throttle {
    /// Counts a call if it is within the quotas of the queue and of the groups that it sends to,
    /// and says whether it is.
    fn admits(&mut self, now: Time, kind: Kind, calls_max: u32, groups: &[&str]) -> bool {
        if self.second != now.as_secs() {
            *self = Self {
                second: now.as_secs(),
                ..Self::default()
            };
        }
        let calls = &mut self.calls[kind as usize];
        let is_busy = |group: &&str| {
            let number = self.groups.number_of(group);
            number.is_some_and(|number| self.sends[number as usize] >= CALLS_PER_SECOND)
        };
        if *calls >= calls_max || groups.iter().any(is_busy) {
            return false;
        }
        *calls += 1;
        for group in groups {
            if let Some(number) = self.groups.number_of(group) {
                self.sends[number as usize] += 1;
            } else {
                self.groups.insert((*group).into());
                self.sends.push(1);
            }
        }
        true
    }
}

impl Service {
    /// Refuses a call beyond the quotas, if this service has any.
    ///
    /// # Errors
    /// `RequestThrottled` `[A]`.
    pub(super) fn throttle(&mut self, context: &Context, request: &Request) -> Result<(), Error> {
        if !self.config().fifo_throttling {
            return Ok(());
        }
        let queue = request
            .queue_reference()
            .and_then(|url| self.find_queue(url));
        let (Some(kind), Some(queue)) = (kind_of(request), queue) else {
            return Ok(());
        };
        let Some(fifo) = &queue.attributes().fifo else {
            return Ok(());
        };
        let (id, calls_max) = (queue.id(), calls_max(fifo, &self.config().region));
        let groups = groups_of(request, fifo);
        let admits =
            |queue: &mut Queue| queue.throttle.admits(context.now, kind, calls_max, &groups);
        if self.queues.note(id, admits) {
            return Ok(());
        }
        Err(Error::new(
            ErrorCode::RequestThrottled,
            "Request is throttled.",
        ))
    }
}

fn kind_of(request: &Request) -> Option<Kind> {
    if let Request::SendMessage(_) | Request::SendMessageBatch(_) = request {
        Some(Kind::Send)
    } else if let Request::ReceiveMessage(_) = request {
        Some(Kind::Receive)
    } else if let Request::DeleteMessage(_) | Request::DeleteMessageBatch(_) = request {
        Some(Kind::Delete)
    } else {
        None
    }
}

/// The groups that a send must find below their quota; the queue's own is lower for a queue
/// without high throughput. Receives and deletes of a group are not counted `[I]`.
fn groups_of<'a>(request: &'a Request, fifo: &FifoAttributes) -> Vec<&'a str> {
    let mut groups = Vec::new();
    let mut add = |group: &'a Option<String>| {
        if let Some(group) = group.as_deref()
            && !groups.contains(&group)
        {
            groups.push(group);
        }
    };
    match (fifo.fifo_throughput_limit, request) {
        (FifoThroughputLimit::PerMessageGroupId, Request::SendMessage(request)) => {
            add(&request.message_group_id);
        }
        (FifoThroughputLimit::PerMessageGroupId, Request::SendMessageBatch(request)) => {
            let entries = request.entries.iter().flatten();
            entries.for_each(|entry| add(&entry.message_group_id));
        }
        _ => {}
    }
    groups
}

/// Calls a second of one kind at a queue with these attributes in this region `[D]`.
fn calls_max(fifo: &FifoAttributes, region: &str) -> u32 {
    match (fifo.fifo_throughput_limit, region) {
        (FifoThroughputLimit::PerQueue, _) => CALLS_PER_SECOND,
        (_, "us-east-1" | "us-west-2" | "eu-west-1") => 70_000,
        (_, "us-east-2" | "eu-central-1") => 19_000,
        (_, "ap-south-1" | "ap-southeast-1" | "ap-southeast-2" | "ap-northeast-1") => 9000,
        (_, "eu-west-2" | "sa-east-1") => 4500,
        (FifoThroughputLimit::PerMessageGroupId, _) => 2400,
    }
}
