//! The simulated network: calls on their way, and how long a leg takes.

use std::sync::Arc;

use super::{EventId, NetworkConfig};
use crate::sim::{Span, Stream, Time};
use crate::sqs::api::{CallId, Caller, Request, Response};
use crate::sqs::{Error, MessageKey, QueueId};

/// A call that is under way: asked for, and its answer not yet there.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Call {
    /// Its number.
    pub id: CallId,
    /// Who called.
    pub caller: Caller,
    /// Which of the caller's strands.
    pub strand: usize,
    /// Whether the caller goes on meanwhile: a heartbeat.
    pub is_heartbeat: bool,
    /// What was asked.
    pub request: Arc<Request>,
    /// The queue that it is about, if that was there when it was sent.
    pub queue: Option<QueueId>,
    /// The event of its sending.
    pub event: EventId,
    /// When it was sent.
    pub sent_at: Time,
    /// The messages that it is about, as far as known.
    pub messages: Vec<MessageKey>,
    /// Where it is.
    pub phase: CallPhase,
}

/// Where a call is.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum CallPhase {
    /// On its way to the service.
    Requesting {
        /// When it left.
        since: Time,
        /// When it arrives.
        until: Time,
    },
    /// At the service: a long poll that waits.
    AtService {
        /// When it arrived.
        since: Time,
    },
    /// The answer is on its way back.
    Replying {
        /// When it left.
        since: Time,
        /// When it arrives.
        until: Time,
        /// What it says.
        result: Arc<Result<Response, Error>>,
    },
}

impl Call {
    /// Whether the answer is there, and waits for a caller that is paused.
    pub(super) fn awaits_caller(&self, now: Time) -> bool {
        matches!(self.phase, CallPhase::Replying { until, .. } if until.is_due(now))
    }
}

/// How long one leg takes: equally likely anywhere within the bounds.
pub(super) fn leg(stream: &mut Stream, network: NetworkConfig) -> Span {
    Span::from_ms(stream.between(network.latency_ms_min, network.latency_ms_max))
}
