//! SQS Playground: a faithful Amazon SQS on a virtual clock, and the page that shows it.
//!
//! The modules in reading order; each may use those before it (see ARCHITECTURE.md).

pub mod sim;
pub mod sqs;
