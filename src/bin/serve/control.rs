//! What is not SQS: the clock's hands, and a new start.

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{self, HeaderValue};
use hyper::{Response, StatusCode};
use serde_json::{Value, json};
use sqs_playground::sim::Span;

use crate::engine::{Advance, ClockState};
use crate::http::Server;
use crate::options::ClockKind;

/// The longest single step, in seconds: about a hundred years.
const SECONDS_MAX: f64 = 3_200_000_000.0;

/// Answers a request to a path that starts with `/_`.
pub(crate) fn handle(
    server: &Server,
    method: &str,
    path: &str,
    body: &[u8],
) -> Response<Full<Bytes>> {
    match (method, path) {
        ("GET", "/_clock") => clock(&server.engine().clock_state()),
        ("POST", "/_clock/advance") => advance(server, body),
        ("POST", "/_reset") => {
            server.engine().reset();
            clock(&server.engine().clock_state())
        }
        (_, "/_clock" | "/_clock/advance" | "/_reset") => {
            refuse(StatusCode::METHOD_NOT_ALLOWED, "not by this method")
        }
        _ => refuse(
            StatusCode::NOT_FOUND,
            "there are GET /_clock, POST /_clock/advance, POST /_reset",
        ),
    }
}

fn advance(server: &Server, body: &[u8]) -> Response<Full<Bytes>> {
    let Some(advance) = parse(body) else {
        return refuse(
            StatusCode::BAD_REQUEST,
            "the body is {\"seconds\": N} or {\"until\": \"next-event\"}",
        );
    };
    let mut engine = server.engine();
    if engine.advance(advance) {
        clock(&engine.clock_state())
    } else {
        refuse(
            StatusCode::CONFLICT,
            "the clock is real; start with --clock virtual to move it",
        )
    }
}

fn parse(body: &[u8]) -> Option<Advance> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let body = body.as_object().filter(|body| body.len() == 1)?;
    if let Some(until) = body.get("until") {
        return (until == "next-event").then_some(Advance::ToNextEvent);
    }
    let seconds = body.get("seconds")?.as_f64()?;
    (0.0..=SECONDS_MAX)
        .contains(&seconds)
        .then(|| Advance::By(Span::from_ms((seconds * 1000.0).round() as u64)))
}

fn clock(state: &ClockState) -> Response<Full<Bytes>> {
    let kind = match state.kind {
        ClockKind::Real => "real",
        ClockKind::Virtual => "virtual",
    };
    let body = json!({
        "clock": kind,
        "now": state.now.to_string(),
        "now_ms": state.now.as_ms(),
        "next_event_ms": state.next_event.map(|at| at.as_ms()),
        "waiting_calls": state.waiting,
    });
    json_response(StatusCode::OK, &body)
}

fn refuse(status: StatusCode, why: &str) -> Response<Full<Bytes>> {
    json_response(status, &json!({ "error": why }))
}

fn json_response(status: StatusCode, body: &Value) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(format!("{body}\n"))));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_of_the_clock() {
        let by = |ms| Some(Advance::By(Span::from_ms(ms)));
        for (body, expect) in [
            (r#"{"seconds": 43200}"#, by(43_200_000)),
            (r#"{"seconds": 0.25}"#, by(250)),
            (r#"{"until": "next-event"}"#, Some(Advance::ToNextEvent)),
            (r#"{"seconds": -1}"#, None),
            (r#"{"seconds": 1e300}"#, None),
            (r#"{"seconds": "1"}"#, None),
            (r#"{"until": "noon"}"#, None),
            ("{}", None),
            ("", None),
        ] {
            assert_eq!(parse(body.as_bytes()), expect, "{body}");
        }
    }
}
