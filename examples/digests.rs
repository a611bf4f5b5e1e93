//! Prints the state digest of every scenario after a minute as JSON, for `tests/core_wasm.mjs` to compare with:
//! `{"seconds":60,"digests":[["first-messages","0123456789abcdef"]]}`.

#[path = "core_wasm.rs"]
mod core_wasm;

const SECONDS: u32 = 60;

fn main() {
    let names = core_wasm::scenario_names();
    let digests: Vec<_> = (0..core_wasm::scenario_count())
        .zip(names)
        .map(|(index, name)| (name, format!("{:016x}", core_wasm::digest(index, SECONDS))))
        .collect();
    println!(
        "{}",
        serde_json::json!({ "seconds": SECONDS, "digests": digests })
    );
}
