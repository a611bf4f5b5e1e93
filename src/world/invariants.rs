//! What any state of a world must hold: for tests, and for whoever doubts.

use std::collections::BTreeSet;

use super::World;
use crate::sqs::Phase;
use crate::sqs::api::Caller;

/// Checks what must hold in every state.
///
/// # Errors
/// A sentence about the first thing that does not hold.
pub fn check_invariants(world: &World) -> Result<(), String> {
    let mut keys = BTreeSet::new();
    for queue in world.queues() {
        let mut counted = [0; 3];
        for message in queue.messages() {
            if !keys.insert(message.key()) {
                return Err(format!("message {} is in two places", message.key().0));
            }
            let state = match message.phase() {
                Phase::Delayed { .. } => 0,
                Phase::Visible { .. } => 1,
                Phase::InFlight { .. } => 2,
            };
            counted[state] += 1;
        }
        let counts = queue.counts();
        if counted != [counts.delayed, counts.visible, counts.in_flight] {
            return Err(format!(
                "{} counts {counts:?}, and holds {counted:?}",
                queue.name()
            ));
        }
        for waiter in queue.waiters() {
            if world.call(waiter.call()).is_none() {
                return Err(format!(
                    "a long poll at {} belongs to no call",
                    queue.name()
                ));
            }
        }
    }
    for call in world.calls() {
        if call.caller != Caller::PERSON && world.actor(call.caller).is_none() {
            return Err(format!("call {} has no caller", call.id.0));
        }
    }
    Ok(())
}
