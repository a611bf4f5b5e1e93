//! SQS Playground: a faithful Amazon SQS on a virtual clock, and the page that shows it.
//!
//! The modules in reading order; each may use those before it (see ARCHITECTURE.md).

pub mod json;
pub mod sim;
pub mod sqs;

pub mod cli;
pub mod wire;
pub mod world;

pub mod timeline;

pub mod console;
pub mod scenario;

#[cfg(feature = "page")]
pub mod ui;

#[cfg(feature = "workbench")]
pub mod workbench;
