//! The core alone as a WebAssembly module that imports nothing, with two functions for a host to call.
//!
//! `tests/core_wasm.mjs` compares what it computes with what the same code computes natively (`examples/digests.rs`):
//! same seed, same digest, on every target. Built by `cargo xtask test --only core-wasm`.

/// The names of the scenarios, in the order of their indices.
pub(crate) fn scenario_names() -> Vec<String> {
    ["first-messages", "visibility-timeout"]
        .map(String::from)
        .into()
}

/// The digest of the state of scenario number `index` after `seconds` virtual seconds.
///
/// # Panics
/// If there is no such scenario.
pub(crate) fn state_digest(index: u32, seconds: u32) -> u64 {
    // TODO(integration): the core's own scenarios; until it is there, a stand-in.
    assert!(
        (index as usize) < scenario_names().len(),
        "there is no scenario number {index}"
    );
    (0..seconds).fold(u64::from(index), |state, _| {
        state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407)
    })
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
