//! The settings of a Lambda function that is fed from a queue.

use super::{Poison, Spread};
use crate::json::members;
use crate::world::config::{ConfigError, Limits, within};

/// An event source mapping and its function: pollers that receive, gather batches, invoke the
/// function with each, and delete what it has dealt with.
///
/// Simplified: the number of pollers is fixed, where Lambda adds and removes some by the backlog;
/// a batch has no limit of 6 MB; the function has no timeout and no cold start; and what is throttled is
/// tried again each second.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct Lambda {
    /// The queue's name.
    pub queue: String,
    /// Pollers, each of which has one batch at a time: it polls, or waits for its invocation. Lambda
    /// starts with 5 `[D]`.
    pub pollers: Option<u32>,
    /// The most messages of an invocation: 10 if left out, up to 10,000, of a FIFO queue up to 10 `[D]`.
    pub batch_size: Option<u32>,
    /// Gathers a batch for so long after its first message, 0 to 300 s; not at all if left out. More
    /// than 10 messages need at least 1 s, and FIFO queues have none `[D]`.
    pub batch_window_seconds: Option<u32>,
    /// The most invocations that this queue causes at a time, 2 to 1000 `[D]`: so many pollers poll at
    /// most, and what is not polled stays visible.
    pub maximum_concurrency: Option<u32>,
    /// The most invocations that the function accepts at a time, as its reserved concurrency does. What
    /// is beyond is throttled after it was received, tried again until its visibility timeout is over, and
    /// then dropped: back in the queue, one receive older `[D]`.
    pub function_concurrency: Option<u32>,
    /// Work on each message of a batch, one after the other.
    pub work_ms: Spread,
    /// Messages on which the work fails.
    pub poison: Option<Poison>,
    /// Whether the function answers with the messages that failed: then the others are deleted. Without,
    /// the first failure ends the invocation, and the whole batch comes back `[D]`. Of a FIFO queue all that
    /// follows in the group of a message that failed is reported as failed too, without work `[I]`.
    pub report_batch_item_failures: bool,
    /// As for a [`Consumer`](super::Consumer).
    pub idempotent: bool,
}

members! {
    Lambda {
        queue required,
        pollers,
        batch_size,
        batch_window_seconds,
        maximum_concurrency,
        function_concurrency,
        work_ms,
        poison,
        report_batch_item_failures,
        idempotent,
    }
}

impl Lambda {
    /// The most messages of an invocation.
    pub(in crate::world) fn batch_size(&self) -> usize {
        self.batch_size.unwrap_or(10) as usize
    }

    /// How many pollers there are, that may poll.
    pub(super) fn strands(&self) -> usize {
        let most = self.maximum_concurrency.unwrap_or(u32::MAX);
        self.pollers.unwrap_or(5).min(most) as usize
    }

    pub(super) fn check(&self) -> Result<(), ConfigError> {
        self.work_ms.check("work_ms")?;
        let is_fifo = self.queue.ends_with(".fifo");
        let size = self.batch_size() as u64;
        within("batch_size", size, 1, if is_fifo { 10 } else { 10_000 })?;
        let window = self.batch_window_seconds.unwrap_or(0);
        let (least, most) = (u64::from(size > 10), if is_fifo { 0 } else { 300 });
        within("batch_window_seconds", window.into(), least, most)?;
        for (what, value, least, most) in [
            ("pollers", self.pollers, 1, Limits::POLLERS),
            ("maximum_concurrency", self.maximum_concurrency, 2, 1000),
            ("function_concurrency", self.function_concurrency, 0, 1000),
        ] {
            if let Some(value) = value {
                within(what, value.into(), least, most.into())?;
            }
        }
        Ok(())
    }
}
