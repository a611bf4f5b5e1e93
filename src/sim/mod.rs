//! The kernel: time, ordered wake-ups, seeded randomness, state digests, and the few collections
//! that all else is made of.
//!
//! It knows no SQS, and it must never know a clock or the system's source of randomness:
//! time is handed in, randomness is seeded.

mod agenda;
mod digest;
mod index;
mod names;
mod numbered;
mod ordered;
mod pairs;
mod random;
mod sorted_map;
mod time;

pub use agenda::Agenda;
pub use digest::{Digest, digest_of};
pub use index::{Index, hash_of_number, hash_of_text};
pub use names::Names;
pub use numbered::Numbered;
pub use ordered::in_order;
pub use pairs::Pairs;
pub use random::Stream;
pub use sorted_map::SortedMap;
pub use time::{Span, Time};
