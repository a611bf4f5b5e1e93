//! `DeleteQueue`, `PurgeQueue`. Both take effect at once `[I]`; AWS may take a minute.

use crate::sim::{Span, Time};
use crate::sqs::api::{
    DeleteQueueRequest, DeleteQueueResponse, PurgeQueueRequest, PurgeQueueResponse,
};
use crate::sqs::service::{Context, Touched};
use crate::sqs::{Error, ErrorCode, Event, EventKind, Outbox, Service};

/// A queue can be purged once in so long `[A]`.
const BETWEEN_PURGES: Span = Span::from_secs(60);

impl Service {
    /// Long polls that wait at the queue are answered with `QueueDoesNotExist` `[I]`. Queues that
    /// send their dead letters to it keep their redrive policies `[D]`.
    pub(in crate::sqs) fn delete_queue(
        &mut self,
        context: &Context,
        request: &DeleteQueueRequest,
        touched: &mut Touched,
        out: &mut Outbox,
    ) -> Result<DeleteQueueResponse, Error> {
        let now = context.now;
        let id = self.resolve(request.queue_url.as_ref())?;
        let queue = self.queues.remove(now, id);
        for waiter in queue.waiters() {
            touched.dismiss(waiter.call());
        }
        let kind = EventKind::QueueDeleted {
            queue: id,
            name: queue.name().clone(),
            messages: queue.len(),
        };
        out.events.push(Event { at: now, kind });
        Ok(DeleteQueueResponse {})
    }

    pub(in crate::sqs) fn purge_queue(
        &mut self,
        context: &Context,
        request: &PurgeQueueRequest,
        out: &mut Outbox,
    ) -> Result<PurgeQueueResponse, Error> {
        let now = context.now;
        let id = self.resolve(request.queue_url.as_ref())?;
        let queue = &self.queues[id];
        let is_too_early = |purged_at: Time| !(purged_at + BETWEEN_PURGES).is_due(now);
        if queue.purged_at().is_some_and(is_too_early) {
            let name = queue.name();
            return Err(Error::new(
                ErrorCode::PurgeQueueInProgress,
                format!("Only one PurgeQueue operation on {name} is allowed every 60 seconds."),
            ));
        }
        let messages = self.queues.update(id, |queue| {
            queue.purged_at = Some(now);
            queue.purge()
        });
        let kind = EventKind::QueuePurged {
            queue: id,
            messages,
        };
        out.events.push(Event { at: now, kind });
        Ok(PurgeQueueResponse {})
    }
}
