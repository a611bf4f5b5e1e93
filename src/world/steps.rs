//! How a world goes on: strands take their steps, and calls travel.

use std::sync::Arc;

use super::actor::{Actor, Around, Next};
use super::{
    Activity, ActorConfig, Call, CallPhase, Effect, EventId, EventKind, Outbox, SourceLine,
    StrandId, Wake, World, event, place_of,
};
use crate::sim::{Span, Time};
use crate::sqs::api::{CallId, Caller, Request};
use crate::sqs::{self, MessageKey, Queue};

/// A call that is about to be sent.
pub(super) struct Sending {
    pub(super) request: Arc<Request>,
    /// The messages that it is about, as far as known.
    pub(super) about: Vec<MessageKey>,
    /// The line of an outside program's code, if that is known.
    pub(super) line: Option<Arc<SourceLine>>,
}

impl Sending {
    pub(super) fn of(request: Arc<Request>) -> Self {
        Self {
            request,
            about: Vec::new(),
            line: None,
        }
    }
}

impl World {
    /// Lets an actor in; it wakes for the first time after its `start_after_ms`.
    pub(super) fn admit(&mut self, config: &ActorConfig, now: Time) -> Caller {
        let caller = Caller(self.actors.len() as u32 + 1);
        let actor = Actor::new(caller, config, self.config.seed, now);
        let strands = actor.strands().len();
        self.actors.push(actor);
        for index in 0..strands {
            self.await_wake(StrandId { caller, index });
        }
        caller
    }

    pub(super) fn wake_strand(&mut self, id: StrandId, now: Time, out: &mut Outbox) {
        let actor = self.at_work(id.caller);
        if !actor.is_running() {
            actor.strand_mut(id.index).is_overdue = true;
            return;
        }
        if actor.is_outside() {
            return self.wake_outside(id, now, out);
        }
        self.turn(id, now, None, out, |actor, around| {
            actor.wake(id.index, around)
        });
    }

    /// Lets a strand take a step, and does what it decided.
    fn turn(
        &mut self,
        id: StrandId,
        now: Time,
        cause: Option<EventId>,
        out: &mut Outbox,
        step: impl FnOnce(&mut Actor, &mut Around<'_>) -> Next,
    ) {
        let mut around = Around {
            now,
            service: &self.service,
            worked: &mut self.worked,
            said: Vec::new(),
        };
        let place = place_of(id.caller).expect("the person takes no steps");
        let next = step(&mut self.actors[place], &mut around);
        for kind in around.said {
            self.emit(now, cause, kind, out);
        }
        self.follow(id, next, now, cause, out);
    }

    /// Does what a strand decided.
    fn follow(
        &mut self,
        id: StrandId,
        next: Next,
        now: Time,
        cause: Option<EventId>,
        out: &mut Outbox,
    ) {
        let (caller, since) = (id.caller, now);
        let activity = match next {
            Next::Call { request, about } => {
                let sending = self.sending(request, about);
                let call = self.send(id, sending, now, cause, out);
                Activity::Calling { call }
            }
            Next::Beat { request, about } => {
                let sending = self.sending(request, about);
                let call = self.send(id, sending, now, cause, out);
                let call = self.call_mut(call).expect("the call was just opened");
                call.is_heartbeat = true;
                return self.await_wake(id);
            }
            Next::GoOn => return self.await_wake(id),
            Next::Sleep(until) => Activity::Sleeping { since, until },
            Next::Work { message, until } => {
                let kind = EventKind::WorkStarted {
                    caller,
                    message,
                    until,
                };
                self.emit(now, cause, kind, out);
                Activity::Working {
                    message,
                    since,
                    until,
                }
            }
            Next::Throttled(until) => Activity::Throttled { since, until },
            Next::Crash(until) => Activity::Crashed { since, until },
            Next::Finish => Activity::Finished,
            Next::Retire => return self.at_work(caller).retire(id.index),
            Next::Fail(error) => Activity::Failed { error },
        };
        let ended = match &activity {
            Activity::Failed { error } => Some(EventKind::ActorFailed {
                caller,
                error: error.clone(),
            }),
            Activity::Finished => Some(EventKind::ActorFinished { caller }),
            Activity::Starting { .. }
            | Activity::Sleeping { .. }
            | Activity::Calling { .. }
            | Activity::Working { .. }
            | Activity::Throttled { .. }
            | Activity::Crashed { .. }
            | Activity::Idle
            | Activity::Ended { .. }
            | Activity::Removed => None,
        };
        let actor = self.at_work(caller);
        actor.strand_mut(id.index).activity = activity;
        let goes_on = !actor.is_finished();
        match ended {
            None => self.await_wake(id),
            Some(EventKind::ActorFinished { .. }) if goes_on => {}
            Some(ended) => {
                self.emit(now, cause, ended, out);
            }
        }
    }

    /// Schedules a strand, if it waits for a time.
    pub(super) fn await_wake(&mut self, id: StrandId) {
        let actor = self.at_work(id.caller);
        if let Some(at) = actor.strand_mut(id.index).wakes_at() {
            self.agenda.schedule(at, Wake::Strand(id));
        }
    }

    /// Sends an actor's call on its way.
    pub(super) fn send(
        &mut self,
        id: StrandId,
        sending: Sending,
        now: Time,
        cause: Option<EventId>,
        out: &mut Outbox,
    ) -> CallId {
        let call = self.open_call(id, sending, now, cause, out);
        let until = now + self.link(id.caller);
        let entry = self.call_mut(call).expect("the call was just opened");
        entry.phase = CallPhase::Requesting { since: now, until };
        self.agenda.schedule(until, Wake::Arrival(call));
        call
    }

    pub(super) fn open_call(
        &mut self,
        StrandId { caller, index }: StrandId,
        Sending {
            request,
            about,
            line,
        }: Sending,
        now: Time,
        cause: Option<EventId>,
        out: &mut Outbox,
    ) -> CallId {
        self.calls_made += 1;
        let id = CallId(self.calls_made);
        let queue = request
            .queue_reference()
            .and_then(|reference| self.service.find_queue(reference))
            .map(Queue::id);
        let kind = EventKind::CallSent {
            call: id,
            caller,
            queue,
            request: Arc::clone(&request),
            line,
        };
        let event = self.emit(now, cause, kind, out);
        let phase = CallPhase::AtService { since: now };
        let sent_at = now;
        let messages = about;
        let call = Call {
            id,
            caller,
            strand: index,
            is_heartbeat: false,
            request,
            queue,
            event,
            sent_at,
            messages,
            phase,
        };
        self.calls.push(call); // numbers grow: the order stays
        id
    }

    /// A request reaches the service.
    pub(super) fn arrive(&mut self, id: CallId, now: Time, out: &mut Outbox) {
        let call = self.call_mut(id).expect("a call on its way is open");
        call.phase = CallPhase::AtService { since: now };
        let (caller, request, cause) = (call.caller, Arc::clone(&call.request), call.event);
        let mut said = sqs::Outbox::default();
        self.service.call(now, id, caller, &request, &mut said);
        self.absorb(said, now, Some(cause), out);
    }

    /// Takes in what the service said.
    pub(super) fn absorb(
        &mut self,
        said: sqs::Outbox,
        now: Time,
        cause: Option<EventId>,
        out: &mut Outbox,
    ) {
        for event in said.events {
            if let Some((call, message)) = event::message_of_call(&event.kind)
                && let Some(call) = self.call_mut(call)
                && !call.messages.contains(&message)
            {
                call.messages.push(message);
            }
            self.emit(event.at, cause, EventKind::Service(event.kind), out);
        }
        for reply in said.replies {
            let call = self
                .call_mut(reply.call)
                .expect("the service answers open calls");
            let result = Arc::new(reply.result);
            if call.caller == Caller::PERSON {
                call.phase = CallPhase::Replying {
                    since: now,
                    until: now,
                    result,
                };
                self.deliver(reply.call, now, out);
                continue;
            }
            let caller = call.caller;
            let until = now + self.link(caller);
            let call = self
                .call_mut(reply.call)
                .expect("the service answers open calls");
            call.phase = CallPhase::Replying {
                since: now,
                until,
                result,
            };
            self.agenda.schedule(until, Wake::Reply(reply.call));
        }
    }

    /// A reply reaches its caller, or waits for one that is paused.
    pub(super) fn deliver(&mut self, id: CallId, now: Time, out: &mut Outbox) {
        let place = self.calls.binary_search_by_key(&id, |call| call.id);
        let place = place.expect("a call on its way is open");
        let by = self.calls[place].caller;
        if self.actor(by).is_some_and(|actor| !actor.is_running()) {
            return;
        }
        let call = self.calls.remove(place);
        let CallPhase::Replying { result, .. } = call.phase else {
            unreachable!("only a reply is delivered")
        };
        let kind = EventKind::CallAnswered {
            call: id,
            caller: call.caller,
            queue: call.queue,
            request: call.request,
            sent_at: call.sent_at,
            messages: call.messages.clone(),
            result: Arc::clone(&result),
        };
        let event = self.emit(now, Some(call.event), kind, out);
        if call.caller == Caller::PERSON {
            out.effects.push(Effect::Reply { call: id, result });
            return;
        }
        if call.is_heartbeat {
            return self.at_work(call.caller).answer_heartbeat(&result);
        }
        let strand = StrandId {
            caller: call.caller,
            index: call.strand,
        };
        if self.at_work(call.caller).is_outside() {
            return self.answer_outside(strand, id, result, out);
        }
        self.turn(strand, now, Some(event), out, |actor, around| {
            actor.answer(strand.index, around, &result, &call.messages)
        });
    }

    /// One leg of an actor's way to the service or back.
    fn link(&mut self, caller: Caller) -> Span {
        let network = self.config.network;
        self.at_work(caller).latency(network)
    }

    /// What a program in here sends.
    fn sending(&self, request: Request, about: Vec<MessageKey>) -> Sending {
        Sending {
            about,
            ..Sending::of(Arc::new(self.with_full_url(request)))
        }
    }

    /// Programs may name a queue by its bare name; what they send is the URL, as an SDK's user would.
    fn with_full_url(&self, mut request: Request) -> Request {
        if let Some(reference) = request.queue_reference_mut()
            && !reference.contains('/')
        {
            *reference = self.service.queue_url(reference);
        }
        request
    }
}
