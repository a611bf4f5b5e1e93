//! A script's HTTP requests, and the answers to them.

use crate::json::{Json, Member};
use crate::sim::Time;
use crate::sqs::Error;
use crate::sqs::api::{Request, Response};
use crate::wire::{self, HttpRequest, HttpResponse};

/// What a script asks; or the answer to what is no request of this service.
pub(super) fn decode(message: &Json, now: Time, seed: u64) -> Result<Request, HttpResponse> {
    let text = |name| {
        message
            .get(name)
            .and_then(Json::as_text)
            .unwrap_or_default()
    };
    let url = text("url");
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.find('/').map_or("/", |place| &rest[place..]);
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let names: Vec<(String, &str)> = message
        .get("headers")
        .and_then(Json::members)
        .unwrap_or_default()
        .iter()
        .filter_map(|(name, value)| Some((name.to_ascii_lowercase(), value.as_text()?)))
        .collect();
    let headers: Vec<(&str, &str)> = names
        .iter()
        .map(|(name, value)| (&**name, *value))
        .collect();
    let decoded = wire::decode(&HttpRequest {
        method: text("method"),
        path,
        query,
        headers: &headers,
        body: text("body").as_bytes(),
    });
    match decoded {
        Ok(decoded) => Ok(decoded.request),
        Err(refusal) => {
            let id = wire::request_id(seed, now.as_ms());
            Err(wire::encode(refusal.format, &id, &Err(refusal.error)))
        }
    }
}

/// The answer to a call of this number.
pub(super) fn encode(
    at: Time,
    seed: u64,
    call: u64,
    result: &Result<Response, Error>,
) -> HttpResponse {
    wire::encode_for_script(at, &wire::request_id(seed, call), result)
}

/// Has a script be told an answer.
pub(super) fn tell(response: &HttpResponse, tell: impl FnOnce(Vec<(&'static str, Member<'_>)>)) {
    let body = String::from_utf8_lossy(&response.body);
    let headers = response.headers.iter();
    let headers = headers.map(|(name, value)| (*name, Member::Text(value)));
    tell(vec![
        ("status", Member::Natural(response.status.into())),
        ("headers", Member::Map(headers.collect())),
        ("body", Member::Text(&body)),
    ]);
}
