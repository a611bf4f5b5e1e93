//! The programs that actors run: each setting does what it says, counted, with the arithmetic.
//!
//! Every leg of the network takes 10 ms here, so a call takes 20 ms.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a test picks the events that it is about"
)]

mod consumer;
mod harm;
mod json;
mod lambda;
mod manage;
mod outside;
mod producer;
mod support;
mod travel;
