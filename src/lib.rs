//! SQS Playground: a faithful Amazon SQS on a virtual clock, and the page that shows it.
//!
//! The modules in reading order; each may use those before it (see ARCHITECTURE.md).

pub mod json;
pub mod sim;
pub mod sqs;

pub mod cli;
#[cfg(feature = "workbench")]
pub mod console;
pub mod wire;
pub mod world;

pub mod timeline;

pub mod scenario;
pub mod topology;

#[cfg(feature = "share")]
pub mod share;

#[cfg(feature = "page")]
pub mod ui;

#[cfg(feature = "workbench")]
pub mod workbench;
