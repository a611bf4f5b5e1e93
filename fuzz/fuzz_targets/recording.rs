//! Any text as a recording.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sqs_playground::timeline::Recording;

fuzz_target!(|text: &str| {
    let _either_is_fine = Recording::from_json(text);
});
