//! How many calls of which kind were answered.

use crate::sqs::api::Request;
use crate::world::{Event, EventKind};

/// The kinds of calls that matter for what a run costs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CallClass {
    /// `SendMessage` and its batch.
    Send,
    /// `ReceiveMessage`.
    Receive,
    /// `DeleteMessage` and its batch.
    Delete,
    /// `ChangeMessageVisibility` and its batch.
    ChangeVisibility,
    /// All others.
    Other,
}

impl CallClass {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Send,
        Self::Receive,
        Self::Delete,
        Self::ChangeVisibility,
        Self::Other,
    ];

    fn of(request: &Request) -> Self {
        match request.action() {
            "SendMessage" | "SendMessageBatch" => Self::Send,
            "ReceiveMessage" => Self::Receive,
            "DeleteMessage" | "DeleteMessageBatch" => Self::Delete,
            "ChangeMessageVisibility" | "ChangeMessageVisibilityBatch" => Self::ChangeVisibility,
            _ => Self::Other,
        }
    }
}

/// Answered calls, counted by their kinds.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct CallCounts([u64; CallClass::ALL.len()]);

impl CallCounts {
    /// How many of this kind.
    pub fn of(&self, class: CallClass) -> u64 {
        self.0[class as usize]
    }

    /// How many in all.
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    pub(super) fn note(&mut self, event: &Event) {
        if let EventKind::CallAnswered { request, .. } = &event.kind {
            self.0[CallClass::of(request) as usize] += 1;
        }
    }
}
