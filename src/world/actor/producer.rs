//! How a producer runs.

use super::hands::{Hands, Next};
use super::{RETRY_AFTER, call, filled};
use crate::sim::Span;
use crate::sqs::Error;
use crate::sqs::api::{
    Response, SendMessageBatchRequest, SendMessageBatchRequestEntry, SendMessageRequest,
};
use crate::world::Producer;
use crate::world::program::fill;

/// It starts, or its sleep is over.
pub(super) fn wake(program: &Producer, hands: &mut Hands<'_, '_>) -> Next {
    let sent = hands.memory.done;
    let left = program
        .count
        .map_or(u32::MAX, |count| count.saturating_sub(sent));
    if left == 0 {
        return Next::Finish;
    }
    let Some(batch_size) = program.batch_size else {
        let SendMessageBatchRequestEntry {
            message_body,
            delay_seconds,
            message_attributes,
            message_deduplication_id,
            message_group_id,
            ..
        } = entry(program, sent, hands);
        return call(SendMessageRequest {
            queue_url: Some(program.queue.clone()),
            message_body,
            delay_seconds,
            message_attributes,
            message_deduplication_id,
            message_group_id,
            ..Default::default()
        });
    };
    let entries = (0..batch_size.min(left)).map(|more| entry(program, sent + more, hands));
    call(SendMessageBatchRequest {
        queue_url: Some(program.queue.clone()),
        entries: Some(entries.collect()),
    })
}

/// Its send was answered. Entries of a batch that failed are not sent again, as in a program that
/// does not look at them.
pub(super) fn answer(
    program: &Producer,
    hands: &mut Hands<'_, '_>,
    result: &Result<Response, Error>,
) -> Next {
    let now = hands.around.now;
    let sent = match result {
        Err(_) => {
            let pause = program.pause_ms.draw(hands.luck);
            return Next::Sleep(now + pause.max(RETRY_AFTER));
        }
        Ok(Response::SendMessageBatch(response)) => {
            response.successful.len() + response.failed.len()
        }
        Ok(_) => 1,
    } as u32;
    hands.memory.done = hands.memory.done.saturating_add(sent);
    if program
        .count
        .is_some_and(|count| hands.memory.done >= count)
    {
        return Next::Finish;
    }
    let pauses = (0..sent).map(|_| program.pause_ms.draw(hands.luck));
    Next::Sleep(now + pauses.fold(Span::ZERO, |sum, pause| sum + pause))
}

/// The message that is sent after so many others.
fn entry(program: &Producer, sent: u32, hands: &mut Hands<'_, '_>) -> SendMessageBatchRequestEntry {
    let n = program.start.unwrap_or(1).saturating_add(sent);
    SendMessageBatchRequestEntry {
        id: Some(n.to_string()),
        message_body: Some(fill(program.body_after(sent), n, hands.luck).into()),
        delay_seconds: program.delay_seconds,
        message_attributes: program.message_attributes.clone(),
        message_group_id: filled(&program.message_group_id, n, hands.luck),
        message_deduplication_id: filled(&program.message_deduplication_id, n, hands.luck),
        ..Default::default()
    }
}
