//! How a Lambda function and its event source mapping run. Each strand is a poller: it receives, gathers
//! a batch, invokes the function, waits for its end, deletes, and polls again.

use super::hands::{Hands, Next, Work};
use super::strand::{Activity, Asked, Batch};
use super::{RETRY_AFTER, call, delete_done};
use crate::sim::Span;
use crate::sqs::api::{ReceiveMessageRequest, Response};
use crate::sqs::{Error, MessageKey};
use crate::world::{EventKind, Lambda};

/// The longest long poll, which pollers use `[D]`.
const POLL_SECONDS_MAX: u64 = 20;

/// It starts, its sleep is over, or the work on a message is.
pub(super) fn wake(program: &Lambda, hands: &mut Hands<'_, '_>) -> Next {
    match hands.strand.activity {
        Activity::Working { .. } => {
            let work = hands.end_work(program.idempotent);
            go_on(program, hands, Some(work))
        }
        Activity::Throttled { .. } => {
            // [D] It is tried again until the visibility timeout is over, and dropped then.
            if hands.strand.batch.good_until.is_due(hands.around.now) {
                hands.strand.held.clear();
                return poll(program, hands);
            }
            invoke(program, hands)
        }
        Activity::Starting { .. }
        | Activity::Sleeping { .. }
        | Activity::Calling { .. }
        | Activity::Crashed { .. }
        | Activity::Idle
        | Activity::Finished
        | Activity::Ended { .. }
        | Activity::Failed { .. }
        | Activity::Removed => poll(program, hands),
    }
}

/// Its call was answered.
pub(super) fn answer(
    program: &Lambda,
    hands: &mut Hands<'_, '_>,
    result: &Result<Response, Error>,
    messages: &[MessageKey],
) -> Next {
    let now = hands.around.now;
    match (hands.strand.asked, result) {
        (Asked::Receive, Ok(Response::ReceiveMessage(response))) => {
            if hands.strand.held.is_empty() {
                begin_batch(program, hands);
            }
            let poison = program.poison.as_ref();
            hands.strand.hold(messages, &response.messages, poison);
            poll(program, hands)
        }
        (Asked::Receive, _) => Next::Sleep(now + RETRY_AFTER),
        (Asked::Settle | Asked::DeleteBatch, _) => delete_and_poll(program, hands),
    }
}

/// The next messages that come are the first of a batch.
fn begin_batch(program: &Lambda, hands: &mut Hands<'_, '_>) {
    let now = hands.around.now;
    let window = program.batch_window_seconds.unwrap_or(0);
    let queue = hands.around.service.find_queue(&program.queue);
    let hidden = queue.map_or(0, |queue| queue.attributes().visibility_timeout);
    hands.strand.batch = Batch {
        gather_until: now + Span::from_secs(window.into()),
        good_until: now + Span::from_secs(hidden.into()),
        ..Batch::default()
    };
}

/// Asks for more messages, unless the batch is full or was gathered for long enough. The function
/// may so be called a little after the end of the window, as on AWS.
fn poll(program: &Lambda, hands: &mut Hands<'_, '_>) -> Next {
    let room = program.batch_size().saturating_sub(hands.strand.held.len());
    let mut wait = POLL_SECONDS_MAX;
    if hands.strand.held.is_empty() {
        if hands.is_surplus {
            return Next::Retire;
        }
    } else {
        let left = hands.strand.batch.gather_until.since(hands.around.now);
        if room == 0 || left.is_zero() {
            return invoke(program, hands);
        }
        wait = wait.min(left.as_ms().div_ceil(1000));
    }
    hands.strand.asked = Asked::Receive;
    call(ReceiveMessageRequest {
        queue_url: Some(program.queue.clone()),
        message_system_attribute_names: vec!["All".into()],
        message_attribute_names: vec!["All".into()],
        max_number_of_messages: Some(room.min(10) as i64),
        wait_time_seconds: Some(wait as i64),
        ..Default::default()
    })
}

/// Hands the batch to the function, if that is not busy.
fn invoke(program: &Lambda, hands: &mut Hands<'_, '_>) -> Next {
    let caller = hands.caller;
    let messages = hands.strand.held.len();
    let most = program.function_concurrency;
    if most.is_some_and(|most| hands.others_invoked >= most as usize) {
        hands.tally.throttled += 1;
        let throttled = EventKind::InvocationThrottled { caller, messages };
        hands.around.said.push(throttled);
        let again = hands.around.now + RETRY_AFTER;
        return Next::Throttled(again.min(hands.strand.batch.good_until));
    }
    hands.strand.batch.is_invoked = true;
    hands.tally.invocations += 1;
    let started = EventKind::InvocationStarted { caller, messages };
    hands.around.said.push(started);
    go_on(program, hands, None)
}

/// Goes through the batch; `work` says how the work on the first message went, if there was any.
fn go_on(program: &Lambda, hands: &mut Hands<'_, '_>, mut work: Option<Work>) -> Next {
    while let Some(first) = hands.strand.held.front() {
        let groups = &hands.strand.batch.failed_groups;
        if first
            .group
            .as_ref()
            .is_some_and(|group| groups.contains(group))
        {
            hands.strand.held.pop_front();
            continue;
        }
        let work = work
            .take()
            .unwrap_or_else(|| hands.begin_work(&program.work_ms, program.idempotent));
        match work {
            Work::Goes(work) => return work,
            Work::Done => {
                let done = hands.strand.held.pop_front();
                hands.strand.done.extend(done);
            }
            Work::Failed if program.report_batch_item_failures => {
                let failed = hands.strand.held.pop_front();
                let group = failed.and_then(|held| held.group);
                hands.strand.batch.failed_groups.extend(group);
            }
            Work::Failed => {
                hands.strand.held.clear();
                hands.strand.done.clear();
            }
        }
    }
    hands.strand.batch.is_invoked = false;
    delete_and_poll(program, hands)
}

fn delete_and_poll(program: &Lambda, hands: &mut Hands<'_, '_>) -> Next {
    delete_done(&program.queue, hands.strand).unwrap_or_else(|| poll(program, hands))
}
