//! How a script runs.

use super::hands::{Hands, Next};
use crate::sim::Span;
use crate::sqs::Error;
use crate::sqs::api::Response;
use crate::world::Script;
use crate::world::program::fill_request;

/// The next call, if there is one.
pub(super) fn next_step(program: &Script, hands: &mut Hands<'_, '_>) -> Next {
    match program.steps.get(hands.memory.step) {
        None => Next::Finish,
        Some(step) => Next::Call {
            request: fill_request(&step.call, hands.memory.done + 1, hands.luck),
            about: Vec::new(),
        },
    }
}

/// Its call was answered.
pub(super) fn answer(
    program: &Script,
    hands: &mut Hands<'_, '_>,
    result: &Result<Response, Error>,
) -> Next {
    if let Err(error) = result {
        return Next::Fail(error.clone());
    }
    let Some(step) = program.steps.get(hands.memory.step) else {
        return Next::Finish;
    };
    hands.memory.done += 1;
    if hands.memory.done >= step.times {
        hands.memory.step += 1;
        hands.memory.done = 0;
    }
    if step.pause_ms > 0 {
        return Next::Sleep(hands.around.now + Span::from_ms(step.pause_ms));
    }
    next_step(program, hands)
}
