//! What outside programs do comes as inputs, and what they wait for leaves as effects. The world knows
//! nothing else of them, so a recording replays without them.

use std::sync::Arc;

use super::config::within;
use super::steps::Sending;
use super::{
    Activity, Actor, Effect, Ending, EventKind, HandOver, Handed, Limits, Outbox, OutsideCall,
    OutsideEnd, OutsideStopWait, OutsideWait, Rejection, StrandId, Wake, World,
};
use crate::sim::{Span, Time};
use crate::sqs::Error;
use crate::sqs::api::{CallId, Caller, Response};

impl World {
    /// Sends an outside program's call on its way.
    pub(super) fn outside_call(
        &mut self,
        asked: &OutsideCall,
        now: Time,
        out: &mut Outbox,
    ) -> Result<CallId, Rejection> {
        let caller = asked.caller;
        let file = asked.line.as_ref().and_then(|line| line.file.as_deref());
        within("file", length(file), 0, Limits::NOTE as u64)?;
        let actor = self.outside_mut(caller)?;
        let index = actor.free_strand().ok_or(Rejection::TooManyWaits)?;
        actor.occupy(index);
        actor.note_call(&asked.request);
        let timeout_ms = asked
            .timeout_ms
            .unwrap_or(OutsideCall::TIMEOUT_MS)
            .min(Limits::WAIT_MS);
        let id = StrandId { caller, index };
        let sending = Sending {
            request: Arc::clone(&asked.request),
            about: Vec::new(),
            line: asked.line.clone().map(Arc::new),
        };
        let call = self.send(id, sending, now, None, out);
        let strand = self.at_work(caller).strand_mut(index);
        strand.activity = Activity::Calling { call };
        strand.gives_up_at = Some(now + Span::from_ms(timeout_ms));
        self.await_wake(id);
        Ok(call)
    }

    /// An outside program sleeps, or one of its threads.
    pub(super) fn outside_wait(&mut self, wait: &OutsideWait, now: Time) -> Result<(), Rejection> {
        let caller = wait.caller;
        let (soonest, latest) = (Span::from_ms(1), Span::from_ms(Limits::WAIT_MS));
        let until = wait.until.clamp(now + soonest, now + latest);
        let actor = self.outside_mut(caller)?;
        let index = actor.free_strand().ok_or(Rejection::TooManyWaits)?;
        actor.occupy(index).activity = Activity::Sleeping { since: now, until };
        self.await_wake(StrandId { caller, index });
        Ok(())
    }

    /// An outside program does not need to be woken any more.
    pub(super) fn outside_stop_wait(&mut self, stop: &OutsideStopWait) -> Result<(), Rejection> {
        let (caller, index) = (stop.caller, stop.strand as usize);
        let actor = self.outside_mut(caller)?;
        let sleeps = |activity: &Activity| matches!(activity, Activity::Sleeping { .. });
        let strand = actor.strands().nth(index);
        if !strand.is_some_and(|strand| sleeps(strand.activity())) {
            return Err(Rejection::NoSuchWait(stop.strand));
        }
        self.relieve(StrandId { caller, index });
        Ok(())
    }

    /// An outside program has ended.
    pub(super) fn outside_end(
        &mut self,
        end: &OutsideEnd,
        now: Time,
        out: &mut Outbox,
    ) -> Result<(), Rejection> {
        let (caller, how) = (end.caller, end.how);
        within("why", length(end.why.as_deref()), 0, Limits::NOTE as u64)?;
        let why: Arc<str> = end.why.as_deref().unwrap_or_default().into();
        self.outside_mut(caller)?.end(how, &why);
        self.drop_all_of(caller, now, out);
        let ended = match how {
            Ending::Finished => EventKind::ActorFinished { caller },
            Ending::Failed | Ending::Killed => EventKind::OutsideEnded { caller, how, why },
        };
        self.emit(now, None, ended, out);
        Ok(())
    }

    /// The time for which a strand of an outside program waited has come.
    pub(super) fn wake_outside(&mut self, id: StrandId, now: Time, out: &mut Outbox) {
        let strand = id.index as u32;
        let handed = match self.at_work(id.caller).strand_mut(id.index).activity {
            Activity::Starting { .. } => Handed::Start,
            Activity::Calling { call } => {
                self.abandon(call, now, out);
                Handed::Timeout { call }
            }
            Activity::Sleeping { .. }
            | Activity::Idle
            | Activity::Working { .. }
            | Activity::Throttled { .. }
            | Activity::Crashed { .. }
            | Activity::Finished
            | Activity::Ended { .. }
            | Activity::Failed { .. }
            | Activity::Removed => Handed::Wake { strand },
        };
        self.hand_over(id, handed, out);
    }

    /// A call of an outside program is answered.
    pub(super) fn answer_outside(
        &mut self,
        id: StrandId,
        call: CallId,
        result: Arc<Result<Response, Error>>,
        out: &mut Outbox,
    ) {
        self.at_work(id.caller).count_answer(&result);
        self.hand_over(id, Handed::Reply { call, result }, out);
    }

    /// A strand of an outside program waits for nothing any more.
    pub(super) fn relieve(&mut self, id: StrandId) {
        self.agenda.retain(|wake| *wake != Wake::Strand(id));
        self.at_work(id.caller).relieve(id.index);
    }

    fn hand_over(&mut self, id: StrandId, handed: Handed, out: &mut Outbox) {
        self.relieve(id);
        let caller = id.caller;
        let number = self.at_work(caller).next_handed();
        out.effects.push(Effect::HandOver(HandOver {
            caller,
            number,
            handed,
        }));
    }

    fn outside_mut(&mut self, caller: Caller) -> Result<&mut Actor, Rejection> {
        let actor = self.present_mut(caller)?;
        if actor.is_outside() {
            Ok(actor)
        } else {
            Err(Rejection::NotOutside(caller))
        }
    }
}

/// In characters.
fn length(text: Option<&str>) -> u64 {
    text.map_or(0, |text| text.chars().count() as u64)
}
