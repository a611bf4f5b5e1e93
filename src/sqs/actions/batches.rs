//! `SendMessageBatch`, `DeleteMessageBatch`, `ChangeMessageVisibilityBatch`.
//!
//! Each entry takes the path of the single action; entries go in order, and are not atomic.

use super::held_messages::Change;
use super::send::{Draft, check};
use crate::sqs::api::{
    ChangeMessageVisibilityBatchRequest, ChangeMessageVisibilityBatchResponse,
    DeleteMessageBatchRequest, DeleteMessageBatchResponse, SendMessageBatchRequest,
    SendMessageBatchResponse, SendMessageBatchResultEntry, SendMessageResponse,
};
use crate::sqs::batch::{check_entries, check_total_size, failed_entry, settle};
use crate::sqs::service::{Context, Touched};
use crate::sqs::{Error, Outbox, Service};

impl Service {
    /// On a FIFO queue one bad entry fails the whole request `[A for the ids, T for the rest]`;
    /// on a standard queue it fails alone.
    pub(in crate::sqs) fn send_message_batch(
        &mut self,
        context: &Context,
        request: &SendMessageBatchRequest,
        touched: &mut Touched,
        out: &mut Outbox,
    ) -> Result<SendMessageBatchResponse, Error> {
        let id = context.queue()?;
        let entries = check_entries(request.entries.as_ref())?;
        let drafts = entries.iter().map(Draft::of_entry).collect::<Vec<_>>();
        check_total_size(drafts.iter().map(Draft::size).sum())?;
        let queue = &self.queues[id];
        let mut checked = Vec::new();
        for draft in &drafts {
            match check(queue, draft) {
                Err(error) if queue.is_fifo() => return Err(error),
                result => checked.push(result),
            }
        }
        let mut response = SendMessageBatchResponse::default();
        for (entry, checked) in entries.iter().zip(checked) {
            match checked {
                Ok(checked) => {
                    let sent = self.send(context, id, checked, touched, out);
                    response.successful.push(sent_entry(entry.id, sent));
                }
                Err(error) => response.failed.push(failed_entry(entry.id, error)),
            }
        }
        Ok(response)
    }

    pub(in crate::sqs) fn delete_message_batch(
        &mut self,
        context: &Context,
        request: &DeleteMessageBatchRequest,
        touched: &mut Touched,
        out: &mut Outbox,
    ) -> Result<DeleteMessageBatchResponse, Error> {
        let id = context.queue()?;
        let entries = check_entries(request.entries.as_ref())?;
        let (successful, failed) = settle(&entries, |checked| {
            let handle = checked.entry.receipt_handle.as_ref();
            self.delete_by_handle(context, id, handle, touched, out)
        });
        Ok(DeleteMessageBatchResponse { successful, failed })
    }

    pub(in crate::sqs) fn change_message_visibility_batch(
        &mut self,
        context: &Context,
        request: &ChangeMessageVisibilityBatchRequest,
        touched: &mut Touched,
        out: &mut Outbox,
    ) -> Result<ChangeMessageVisibilityBatchResponse, Error> {
        let id = context.queue()?;
        let entries = check_entries(request.entries.as_ref())?;
        let (successful, failed) = settle(&entries, |checked| {
            let change = Change {
                handle: checked.entry.receipt_handle.as_ref(),
                timeout: checked.entry.visibility_timeout,
                wording: checked.wording,
            };
            self.change_by_handle(context, id, &change, touched, out)
        });
        Ok(ChangeMessageVisibilityBatchResponse { successful, failed })
    }
}

fn sent_entry(id: &str, sent: SendMessageResponse) -> SendMessageBatchResultEntry {
    SendMessageBatchResultEntry {
        id: id.to_owned(),
        md5_of_message_body: sent.md5_of_message_body,
        md5_of_message_attributes: sent.md5_of_message_attributes,
        md5_of_message_system_attributes: sent.md5_of_message_system_attributes,
        message_id: sent.message_id,
        sequence_number: sent.sequence_number,
    }
}
