//! Sharing: a run as a file, as a link, and in a store that keeps it.
//!
//! Pure: it knows neither the browser nor a clock. What comes from outside, a file, a link or what a
//! store gives back, is read within limits, and what can't be read is an error that says why.

mod distil;
mod document;
mod link;
mod pack;
pub mod workspaces;

pub use distil::{actors_of, distil};
pub use document::{Document, DocumentError, scenario_to_json};
pub use link::{LENGTH_MAX, LinkError, decode, encode};
