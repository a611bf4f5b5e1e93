//! What any state of a world must hold: for tests, and for whoever doubts.

use std::collections::{BTreeMap, BTreeSet};

use super::{Activity, Actor, Call, CallPhase, Limits, StrandId, Wake, World};
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
    if !world.worked.is_in_order() || world.worked.len() > Limits::WORKED {
        return Err("the memory of work is out of order".into());
    }
    let mut wakes = BTreeMap::new();
    for wake in world.agenda.kinds() {
        *wakes.entry(*wake).or_insert(0) += 1;
    }
    for call in world.calls() {
        check_call(world, call, &mut wakes)?;
    }
    for actor in world.actors() {
        check_actor(world, actor, &mut wakes)?;
    }
    wakes.retain(|wake, _| !matches!(wake, Wake::SetUp(_)));
    match wakes.first_key_value() {
        Some((wake, count)) => Err(format!("{wake:?} waits {count} times for nobody")),
        None => Ok(()),
    }
}

/// What waits in the agenda, and how often.
type Wakes = BTreeMap<Wake, usize>;

fn check_call(world: &World, call: &Call, wakes: &mut Wakes) -> Result<(), String> {
    let id = call.id.0;
    if call.caller == Caller::PERSON {
        return Ok(());
    }
    let Some(actor) = world.actor(call.caller).filter(|actor| !actor.is_removed()) else {
        return Err(format!("call {id} has no caller"));
    };
    let wake = match call.phase {
        CallPhase::Requesting { .. } => Wake::Arrival(call.id),
        CallPhase::AtService { .. } => return Ok(()),
        CallPhase::Replying { .. } => Wake::Reply(call.id),
    };
    let is_kept = !actor.is_running() && wake == Wake::Reply(call.id);
    match wakes.remove(&wake) {
        Some(1) => Ok(()),
        None if is_kept => Ok(()),
        count => Err(format!("call {id} is to move on {count:?} times")),
    }
}

fn check_actor(world: &World, actor: &Actor, wakes: &mut Wakes) -> Result<(), String> {
    let caller = actor.caller();
    for (index, strand) in actor.strands().enumerate() {
        let place = format!("strand {index} of {}", actor.name());
        let count = wakes.remove(&Wake::Strand(StrandId { caller, index }));
        let waits = usize::from(strand.wakes_at().is_some() && !strand.is_overdue);
        if count.unwrap_or(0) != waits || (strand.is_overdue && actor.is_running()) {
            return Err(format!("{place} wakes {count:?} times"));
        }
        if let Activity::Calling { call } = strand.activity() {
            let call = world.call(*call).ok_or(format!("{place} has no call"))?;
            if (call.caller, call.strand, call.is_heartbeat) != (caller, index, false) {
                return Err(format!("{place} waits for the call of another"));
            }
        }
    }
    Ok(())
}
