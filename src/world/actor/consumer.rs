//! How a consumer runs: each strand is a worker with its own loop of receiving, working and deleting.
//! A crash takes one worker along, as a container that is killed, and leaves the others.

use super::hands::{Hands, Next, Work};
use super::strand::{Activity, Asked};
use super::{RETRY_AFTER, call_about, delete_done};
use crate::sim::Span;
use crate::sqs::api::{
    ChangeMessageVisibilityBatchRequest, ChangeMessageVisibilityBatchRequestEntry,
    ChangeMessageVisibilityRequest, DeleteMessageRequest, ReceiveMessageRequest, Response,
};
use crate::sqs::{Error, MessageKey};
use crate::world::{AfterWork, Consumer, EventKind, OnFailure};

/// It starts, its sleep or its work is over, or it is in the middle of its work and must do
/// something there.
pub(super) fn wake(program: &Consumer, hands: &mut Hands<'_, '_>) -> Next {
    let Activity::Working { until, .. } = hands.strand.activity else {
        return receive(program, hands);
    };
    if until.is_due(hands.around.now) {
        let work = hands.end_work(program.idempotent);
        return go_on(program, hands, Some(work));
    }
    let crash_at = hands.strand.crash_at;
    if crash_at.is_some_and(|at| at.is_due(hands.around.now)) {
        return crash(program, hands);
    }
    beat(program, hands)
}

/// Its call was answered.
pub(super) fn answer(
    program: &Consumer,
    hands: &mut Hands<'_, '_>,
    result: &Result<Response, Error>,
    messages: &[MessageKey],
) -> Next {
    match (hands.strand.asked, result) {
        (Asked::Receive, Ok(Response::ReceiveMessage(response))) => {
            if !response.messages.is_empty() {
                hands.strand.empty_in_a_row = 0;
                let poison = program.poison.as_ref();
                hands.strand.hold(messages, &response.messages, poison);
                hands.strand.beat_at = None;
                return go_on(program, hands, None);
            }
            hands.strand.empty_in_a_row += 1;
            let stop_after = program.stop_after_empty;
            if stop_after.is_some_and(|n| hands.strand.empty_in_a_row >= n) {
                return Next::Finish;
            }
            pause(program, hands, Span::ZERO)
        }
        (Asked::Receive, _) => pause(program, hands, RETRY_AFTER),
        // Whether it succeeded or not: this message is dealt with.
        (Asked::Settle, _) => {
            hands.strand.held.pop_front();
            go_on(program, hands, None)
        }
        (Asked::DeleteBatch, _) => pause(program, hands, Span::ZERO),
    }
}

/// Goes through the messages that it holds; `work` says how the work on the first went, if there was any.
fn go_on(program: &Consumer, hands: &mut Hands<'_, '_>, mut work: Option<Work>) -> Next {
    if program.work_ms.is_zero() && program.after_work == AfterWork::Keep {
        hands.strand.held.clear();
    }
    while !hands.strand.held.is_empty() {
        let work = work
            .take()
            .unwrap_or_else(|| hands.begin_work(&program.work_ms, program.idempotent));
        let next = match work {
            Work::Goes(work) => return go_to_work(program, hands, work),
            Work::Done => after_work(program, hands),
            Work::Failed => after_failure(program, hands),
        };
        if let Some(next) = next {
            return next;
        }
    }
    delete_done(&program.queue, hands.strand).unwrap_or_else(|| pause(program, hands, Span::ZERO))
}

/// Decides what will happen in the middle of the work.
fn go_to_work(program: &Consumer, hands: &mut Hands<'_, '_>, work: Next) -> Next {
    let now = hands.around.now;
    hands.strand.crash_at = None;
    if let (Some(percent @ 1..), Next::Work { until, .. }) = (program.crash_percent, &work)
        && hands.luck.between(1, 100) <= percent.into()
    {
        let span = hands.luck.between(0, until.since(now).as_ms() - 1);
        hands.strand.crash_at = Some(now + Span::from_ms(span));
    }
    hands.strand.beat_at = program.heartbeat_seconds.map(|seconds| {
        let next = now + Span::from_secs(seconds.into());
        hands.strand.beat_at.map_or(next, |at| at.min(next))
    });
    work
}

/// What follows on the first message's work, if that needs a call.
fn after_work(program: &Consumer, hands: &mut Hands<'_, '_>) -> Option<Next> {
    match program.after_work {
        AfterWork::Delete => {
            hands.strand.asked = Asked::Settle;
            let held = hands.first();
            let request = DeleteMessageRequest {
                queue_url: Some(program.queue.clone()),
                receipt_handle: Some(held.receipt_handle.clone()),
            };
            Some(call_about(request, vec![held.message]))
        }
        AfterWork::DeleteBatch => {
            let done = hands.strand.held.pop_front();
            hands.strand.done.extend(done);
            None
        }
        AfterWork::Keep => {
            hands.strand.held.pop_front();
            None
        }
    }
}

fn after_failure(program: &Consumer, hands: &mut Hands<'_, '_>) -> Option<Next> {
    match program.on_failure {
        OnFailure::Leave => {
            hands.strand.held.pop_front();
            None
        }
        OnFailure::RetryNow => {
            hands.strand.asked = Asked::Settle;
            let held = hands.first();
            let request = ChangeMessageVisibilityRequest {
                queue_url: Some(program.queue.clone()),
                receipt_handle: Some(held.receipt_handle.clone()),
                visibility_timeout: Some(0),
            };
            Some(call_about(request, vec![held.message]))
        }
    }
}

/// Loses all that it holds.
fn crash(program: &Consumer, hands: &mut Hands<'_, '_>) -> Next {
    let message = hands.first().message;
    let restart = program.restart_after_ms.map_or(RETRY_AFTER, Span::from_ms);
    let until = hands.around.now + restart;
    hands.tally.crashes += 1;
    hands.around.said.push(EventKind::ConsumerCrashed {
        caller: hands.caller,
        message,
        held: hands.strand.held().count(),
        until,
    });
    hands.strand.held.clear();
    hands.strand.done.clear();
    Next::Crash(until)
}

/// Hides all that it holds for longer.
fn beat(program: &Consumer, hands: &mut Hands<'_, '_>) -> Next {
    let now = hands.around.now;
    let every = program.heartbeat_seconds;
    hands.strand.beat_at = every.map(|seconds| now + Span::from_secs(seconds.into()));
    if every.is_none() {
        return Next::GoOn;
    }
    let extends = program.heartbeat_extends_seconds;
    let visibility_timeout = Some(extends.or(program.visibility_timeout).unwrap_or(30));
    let queue_url = Some(program.queue.clone());
    let about: Vec<MessageKey> = hands.strand.held().map(|held| held.message).collect();
    let entry = |held: &super::Held| ChangeMessageVisibilityBatchRequestEntry {
        id: Some(held.message.0.to_string()),
        receipt_handle: Some(held.receipt_handle.clone()),
        visibility_timeout,
    };
    let request = if about.len() > 1 {
        ChangeMessageVisibilityBatchRequest {
            queue_url,
            entries: Some(hands.strand.held().map(entry).collect()),
        }
        .into()
    } else {
        ChangeMessageVisibilityRequest {
            queue_url,
            receipt_handle: Some(hands.first().receipt_handle.clone()),
            visibility_timeout,
        }
        .into()
    };
    Next::Beat { request, about }
}

/// Sleeps its pause, or as long as needed.
fn pause(program: &Consumer, hands: &mut Hands<'_, '_>, least: Span) -> Next {
    let pause = program.pause_ms.draw(hands.luck);
    Next::Sleep(hands.around.now + pause.max(least))
}

fn receive(program: &Consumer, hands: &mut Hands<'_, '_>) -> Next {
    if hands.is_surplus {
        return Next::Retire;
    }
    hands.strand.asked = Asked::Receive;
    super::call(ReceiveMessageRequest {
        queue_url: Some(program.queue.clone()),
        message_system_attribute_names: vec!["All".into()],
        message_attribute_names: vec!["All".into()],
        max_number_of_messages: program.max_number_of_messages,
        visibility_timeout: program.visibility_timeout,
        wait_time_seconds: program.wait_time_seconds,
        ..Default::default()
    })
}
