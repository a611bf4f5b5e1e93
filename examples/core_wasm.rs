//! The core alone as a WebAssembly module that imports nothing, with two functions for a host to call.
//!
//! `tests/core_wasm.mjs` compares what it computes with what the same code computes natively (`examples/digests.rs`):
//! same seed, same digest, on every target. Built by `cargo xtask test --only core-wasm`.

#[path = "../benches/driver/mod.rs"]
#[expect(dead_code, reason = "the benchmarks use the rest")]
mod driver;

use sqs_playground::scenario::library;
use sqs_playground::sim::Span;
use sqs_playground::timeline::{Recording, Timeline};

/// The names of the scenarios, in the order of their indices.
pub(crate) fn scenario_names() -> Vec<String> {
    library().into_iter().map(|scenario| scenario.id).collect()
}

/// The digest of the state of scenario number `index` after `seconds` virtual seconds, by way of a
/// seek back from twice as far: what replays here replays there.
///
/// # Panics
/// If there is no such scenario.
pub(crate) fn state_digest(index: u32, seconds: u32) -> u64 {
    let scenario = &library()[index as usize];
    let mut timeline = Timeline::new(Recording::new(scenario.world.clone()));
    let there = timeline.start() + Span::from_secs(seconds.into());
    timeline.advance(there + Span::from_secs(seconds.into()), usize::MAX);
    timeline.seek(there, usize::MAX);
    timeline.world().digest().0
}

/// How many scenarios there are.
#[expect(
    unsafe_code,
    reason = "a host finds the function by its plain name; no other function of this module has it"
)]
#[unsafe(no_mangle)]
pub(crate) extern "C" fn scenario_count() -> u32 {
    u32::try_from(scenario_names().len()).expect("scenarios are few")
}

/// See [`state_digest`]; traps if there is no such scenario.
#[expect(
    unsafe_code,
    reason = "a host finds the function by its plain name; no other function of this module has it"
)]
#[unsafe(no_mangle)]
pub(crate) extern "C" fn digest(index: u32, seconds: u32) -> u64 {
    state_digest(index, seconds)
}

/// Sends, receives and deletes so many messages, one after the other, among a thousand others: for
/// `benches/wasm.mjs`.
#[expect(
    unsafe_code,
    reason = "a host finds the function by its plain name; no other function of this module has it"
)]
#[unsafe(no_mangle)]
pub(crate) extern "C" fn cycles(count: u32) {
    let mut driver = driver::Driver::new(driver::Kind::Standard, 1000);
    for _ in 0..count {
        driver.cycle();
    }
}
