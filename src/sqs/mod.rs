//! The service: Amazon SQS as a state machine that is handed the time.
//!
//! Requests and errors carry AWS's names, and AWS's texts. It knows no network, no actors, no
//! bytes on a wire, and never a clock. References like `[A]` in comments grade the evidence
//! of a rule: A recorded on AWS, D documented by AWS, T transcribed by third parties, I our choice.

pub mod api;
mod error;
mod event;

pub use error::{Error, ErrorCode};
pub use event::{Event, EventKind, Outbox, Reply, VisibleBecause};
