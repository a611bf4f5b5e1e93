//! What an actor has done, in numbers.

use crate::sqs::Error;
use crate::sqs::api::{BatchResultErrorEntry, Response};

/// The three counts that a monitor reads.
pub(super) const COUNTS: [&str; 3] = [
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesDelayed",
    "ApproximateNumberOfMessagesNotVisible",
];

/// What an actor has done so far.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct Tally {
    /// Calls answered, whatever the answer.
    pub calls: u64,
    /// Messages sent.
    pub sent: u64,
    /// Receives answered.
    pub receives: u64,
    /// Messages received.
    pub received: u64,
    /// Receives that came back empty.
    pub empty_receives: u64,
    /// Messages worked on to the end, with success.
    pub worked: u64,
    /// Of these, how many had been worked on to the end before, by anybody, where that does harm.
    pub worked_twice: u64,
    /// Messages of which an idempotent consumer saw, before the work or at its end, that they had
    /// been worked on before.
    pub recognised: u64,
    /// Messages on which the work failed.
    pub failed: u64,
    /// Messages whose delete succeeded.
    pub deleted: u64,
    /// Messages that heartbeats kept hidden.
    pub extended: u64,
    /// Crashes.
    pub crashes: u64,
    /// Invocations of a Lambda function.
    pub invocations: u64,
    /// Invocations that were refused, each try counted.
    pub throttled: u64,
    /// Calls that were answered with an error, and entries of batches that failed.
    pub errors: u64,
    /// The last error that a call was answered with.
    pub last_error: Option<Error>,
    /// A monitor's last reading: visible, delayed, not visible.
    pub reading: Option<[u64; 3]>,
}

impl Tally {
    pub(super) fn count(&mut self, result: &Result<Response, Error>) {
        self.calls += 1;
        match result {
            Err(error) => {
                self.errors += 1;
                self.last_error = Some(error.clone());
            }
            Ok(Response::SendMessage(_)) => self.sent += 1,
            Ok(Response::ReceiveMessage(response)) => {
                self.receives += 1;
                self.received += response.messages.len() as u64;
                self.empty_receives += u64::from(response.messages.is_empty());
            }
            Ok(Response::SendMessageBatch(response)) => {
                self.sent += response.successful.len() as u64;
                self.count_failed(&response.failed);
            }
            Ok(Response::DeleteMessage(_)) => self.deleted += 1,
            Ok(Response::DeleteMessageBatch(response)) => {
                self.deleted += response.successful.len() as u64;
                self.count_failed(&response.failed);
            }
            Ok(Response::ChangeMessageVisibilityBatch(response)) => {
                self.count_failed(&response.failed);
            }
            Ok(Response::GetQueueAttributes(response)) => {
                let count = |name| response.attributes.get(name).and_then(|n| n.parse().ok());
                if let [Some(visible), Some(delayed), Some(hidden)] = COUNTS.map(count) {
                    self.reading = Some([visible, delayed, hidden]);
                }
            }
            Ok(
                Response::AddPermission(_)
                | Response::CancelMessageMoveTask(_)
                | Response::ChangeMessageVisibility(_)
                | Response::CreateQueue(_)
                | Response::DeleteQueue(_)
                | Response::GetQueueUrl(_)
                | Response::ListDeadLetterSourceQueues(_)
                | Response::ListMessageMoveTasks(_)
                | Response::ListQueues(_)
                | Response::ListQueueTags(_)
                | Response::PurgeQueue(_)
                | Response::RemovePermission(_)
                | Response::SetQueueAttributes(_)
                | Response::StartMessageMoveTask(_)
                | Response::TagQueue(_)
                | Response::UntagQueue(_),
            ) => {}
        }
    }

    /// Counts the answer to a heartbeat.
    pub(super) fn count_heartbeat(&mut self, result: &Result<Response, Error>) {
        self.count(result);
        if let Ok(Response::ChangeMessageVisibility(_)) = result {
            self.extended += 1;
        }
        if let Ok(Response::ChangeMessageVisibilityBatch(response)) = result {
            self.extended += response.successful.len() as u64;
        }
    }

    fn count_failed(&mut self, failed: &[BatchResultErrorEntry]) {
        self.errors += failed.len() as u64;
    }
}
