//! What is done to actors while they run: other settings, a pause, an end; and to calls, which are given
//! up.

use super::{
    Actor, Call, EventKind, Outbox, ProgramChange, Rejection, RunningChange, StrandId, Wake, World,
};
use crate::sim::Time;
use crate::sqs::api::{CallId, Caller};

impl World {
    pub(super) fn set_program(
        &mut self,
        change: &ProgramChange,
        now: Time,
        out: &mut Outbox,
    ) -> Result<(), Rejection> {
        let caller = change.caller;
        change.program.check()?;
        let new_strands = self
            .present_mut(caller)?
            .change_program(change.program.clone(), now)
            .ok_or(Rejection::OtherKindOfProgram)?;
        for index in new_strands {
            self.await_wake(StrandId { caller, index });
        }
        self.emit(now, None, EventKind::ProgramChanged { caller }, out);
        Ok(())
    }

    /// Pauses an actor, or lets it go on: then all comes to it at once that came in the meantime.
    pub(super) fn set_running(
        &mut self,
        change: &RunningChange,
        now: Time,
        out: &mut Outbox,
    ) -> Result<(), Rejection> {
        let caller = change.caller;
        let actor = self.present_mut(caller)?;
        if actor.is_running() == change.running {
            return Ok(());
        }
        actor.set_running(change.running);
        if !change.running {
            self.emit(now, None, EventKind::ActorPaused { caller }, out);
            return Ok(());
        }
        for index in actor.take_overdue() {
            let wake = Wake::Strand(StrandId { caller, index });
            self.agenda.schedule(now, wake);
        }
        for call in self.calls.iter().filter(|call| call.caller == caller) {
            if call.awaits_caller(now) {
                self.agenda.schedule(now, Wake::Reply(call.id));
            }
        }
        self.emit(now, None, EventKind::ActorResumed { caller }, out);
        Ok(())
    }

    /// Ends an actor from outside. What it asked for and did not get is never answered, and what
    /// had not reached the service never does.
    pub(super) fn remove_actor(
        &mut self,
        caller: Caller,
        now: Time,
        out: &mut Outbox,
    ) -> Result<(), Rejection> {
        self.present_mut(caller)?.remove();
        self.drop_all_of(caller, now, out);
        self.emit(now, None, EventKind::ActorRemoved { caller }, out);
        Ok(())
    }

    /// An actor waits for nothing any more.
    pub(super) fn drop_all_of(&mut self, caller: Caller, now: Time, out: &mut Outbox) {
        while let Some(place) = self.calls.iter().position(|call| call.caller == caller) {
            self.drop_call(place, now, out);
        }
        let is_its = |wake: &Wake| matches!(wake, Wake::Strand(strand) if strand.caller == caller);
        self.agenda.retain(|wake| !is_its(wake));
    }

    /// A call is given up by whoever waits for its answer: the person, or an outside program.
    pub(super) fn cancel_call(
        &mut self,
        id: CallId,
        now: Time,
        out: &mut Outbox,
    ) -> Result<(), Rejection> {
        let call = self.call(id).ok_or(Rejection::NoSuchCall(id))?;
        let (caller, index) = (call.caller, call.strand);
        let by_outside = self.actor(caller).is_some_and(Actor::is_outside);
        if caller != Caller::PERSON && !by_outside {
            return Err(Rejection::NoSuchCall(id));
        }
        self.abandon(id, now, out);
        if by_outside {
            self.relieve(StrandId { caller, index });
        }
        Ok(())
    }

    /// Nobody waits for the answer of this call any more.
    pub(super) fn abandon(&mut self, id: CallId, now: Time, out: &mut Outbox) {
        let place = self.calls.binary_search_by_key(&id, |call| call.id);
        self.drop_call(place.expect("a call that is waited for is open"), now, out);
    }

    /// Nobody waits for the answer of the call at this place any more.
    fn drop_call(&mut self, place: usize, now: Time, out: &mut Outbox) {
        let Call {
            id: call, caller, ..
        } = self.calls.remove(place);
        self.agenda
            .retain(|wake| ![Wake::Arrival(call), Wake::Reply(call)].contains(wake));
        self.service.cancel(call); // if it waits there
        self.emit(now, None, EventKind::CallDropped { call, caller }, out);
    }
}
