//! Any body for any action of AWS JSON; the first line of the input names the action.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sqs_playground::wire::{HttpRequest, decode, encode};

fuzz_target!(|input: &[u8]| {
    let (action, body) = input
        .iter()
        .position(|byte| *byte == b'\n')
        .map_or((&b"SendMessage"[..], input), |end| (&input[..end], &input[end + 1..]));
    let target = format!("AmazonSQS.{}", String::from_utf8_lossy(action));
    let http = HttpRequest {
        method: "POST",
        path: "/",
        query: "",
        headers: &[("x-amz-target", &target)],
        body,
    };
    if let Err(refusal) = decode(&http) {
        encode(refusal.format, "id", &Err(refusal.error));
    }
});
