//! A script's HTTP requests, and the answers to them.
//!
//! There is one service here, one region and one account: what is asked of another region is asked of this one, as
//! in the console, and the host does not matter, so that scripts written for other places run.

use super::identity;
use crate::json::{Json, Member};
use crate::sim::Time;
use crate::sqs::Error;
use crate::sqs::api::{Request, Response};
use crate::wire::{self, HttpRequest, HttpResponse};
use crate::workbench::bridge::State;

/// What a script asks.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) request: Request,
    /// The region that it asks, if that is not ours.
    pub(super) elsewhere: Option<String>,
}

/// What this script asks under this number of its own; or the answer, if it is no request of this service.
pub(super) fn decode(
    message: &Json,
    (caller, token): (u64, u64),
    state: &State,
) -> Result<Asked, HttpResponse> {
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
    let http = HttpRequest {
        method: text("method"),
        path,
        query,
        headers: &headers,
        body: text("body").as_bytes(),
    };
    // It is no call in the world. Those are numbered from below, these from above.
    let id = || wire::request_id(state.seed, u64::MAX - (caller << 32) - token);
    if identity::is_asked(&http, rest) {
        return Err(identity::answer(text("body"), &id(), &state.account));
    }
    match wire::decode(&http) {
        Ok(decoded) => {
            let mut request = decoded.request;
            take_as_ours(&mut request);
            let elsewhere = decoded.region.filter(|region| *region != state.region);
            Ok(Asked { request, elsewhere })
        }
        Err(refusal) => Err(wire::encode(refusal.format, &id(), &Err(refusal.error))),
    }
}

/// What emulators have in the place of an account in a queue's URL means the one account that there is, as with
/// the local server: the queue is known by its name.
fn take_as_ours(request: &mut Request) {
    if let Some(url) = request.queue_reference_mut()
        && let Some((rest, name)) = url.rsplit_once('/')
    {
        let account = rest.rsplit('/').next().unwrap_or_default();
        let is_account = account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit());
        if !is_account || account == NO_ACCOUNT {
            *url = name.to_owned();
        }
    }
}

/// The account of emulators, and of the local server.
const NO_ACCOUNT: &str = "000000000000";

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn state() -> State {
        State {
            region: "us-east-1".to_owned(),
            account: "123456789012".to_owned(),
            seed: 1,
            ..State::default()
        }
    }

    fn asked(url: &str, credential: &str, body: &str) -> Result<Asked, HttpResponse> {
        let headers = [
            ("X-Amz-Target", "AmazonSQS.DeleteQueue".to_owned()),
            ("Content-Type", "application/x-amz-json-1.0".to_owned()),
            (
                "Authorization",
                format!("AWS4-HMAC-SHA256 Credential={credential}/aws4_request, Signature=0"),
            ),
        ];
        let is_sts = credential.ends_with("/sts");
        let headers = headers.iter().skip(if is_sts { 2 } else { 0 });
        let headers = headers.map(|(name, value)| (*name, Member::Text(value)));
        let message = json::compact(&Member::Map(vec![
            ("method", Member::Text("POST")),
            ("url", Member::Text(url)),
            ("headers", Member::Map(headers.collect())),
            ("body", Member::Text(body)),
        ]));
        let message = json::parse(&message).expect("it was just written");
        decode(&message, (1, 1), &state())
    }

    fn queue(url: &str) -> String {
        let body = format!("{{\"QueueUrl\":\"{url}\"}}");
        let asked = asked("https://any/", "AKID/20260101/us-east-1/sqs", &body);
        let mut asked = asked.expect("it is a request");
        let place = asked.request.queue_reference_mut();
        place.expect("it names a queue").clone()
    }

    #[test]
    fn there_is_one_region_and_one_account() {
        let asked = |region: &str| {
            let credential = format!("AKID/20260101/{region}/sqs");
            let asked = asked(
                "http://localhost:4566/",
                &credential,
                "{\"QueueUrl\":\"q\"}",
            );
            asked.expect("it is a request").elsewhere
        };
        assert_eq!(asked("us-east-1"), None);
        assert_eq!(asked("eu-west-1").as_deref(), Some("eu-west-1"));
        let own = "https://sqs.us-east-1.amazonaws.com/123456789012/q";
        let other = "https://sqs.us-east-1.amazonaws.com/111122223333/q";
        assert_eq!(
            (queue(own), queue(other)),
            (own.to_owned(), other.to_owned())
        );
        assert_eq!(queue("http://localhost:4566/000000000000/q"), "q");
        assert_eq!(queue("http://localhost:9324/queue/q"), "q");
    }

    #[test]
    fn of_another_service_one_call_is_answered() {
        let asked = |body: &str| {
            let credential = "AKID/20260101/us-east-1/sts";
            let answer = asked("https://sts.us-east-1.amazonaws.com/", credential, body);
            let answer = answer.expect_err("it is no request of this service");
            (
                answer.status,
                String::from_utf8_lossy(&answer.body).into_owned(),
            )
        };
        let (status, body) = asked("Action=GetCallerIdentity&Version=2011-06-15");
        assert_eq!(status, 200);
        assert!(body.contains("<Account>123456789012</Account>"), "{body}");
        let (status, body) = asked("Action=AssumeRole&Version=2011-06-15&RoleArn=x");
        assert_eq!(status, 400);
        assert!(body.contains("not AssumeRole"), "{body}");
    }
}
