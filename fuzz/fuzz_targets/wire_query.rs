//! Any form of the query protocol.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sqs_playground::wire::{HttpRequest, decode, encode};

fuzz_target!(|body: &[u8]| {
    let http = HttpRequest {
        method: "POST",
        path: "/000000000000/q",
        body,
        ..Default::default()
    };
    if let Err(refusal) = decode(&http) {
        encode(refusal.format, "id", &Err(refusal.error));
    }
});
