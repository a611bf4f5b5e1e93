//! The kernel: time, ordered wake-ups, seeded randomness, state digests.
//!
//! It knows no SQS, and it must never know a clock or the system's source of randomness:
//! time is handed in, randomness is seeded.

mod agenda;
mod digest;
mod ordered;
mod random;
mod time;

pub use agenda::Agenda;
pub use digest::{Digest, digest_of};
pub use ordered::{in_order, tree};
pub use random::Stream;
pub use time::{Span, Time};
