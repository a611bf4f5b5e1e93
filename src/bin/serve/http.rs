//! From an HTTP request to its response: limits, the wire, the engine.

use std::convert::Infallible;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Bytes, Incoming};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};
use sqs_playground::sqs::api::{CallId, Request};
use sqs_playground::sqs::{Error, ErrorCode};
use sqs_playground::wire::{self, Decoded, Format, HttpRequest, HttpResponse, Refusal};
use tokio::sync::Notify;
use tokio::time::timeout;

use crate::control;
use crate::engine::{Answer, Engine, Outcome};
use crate::options::{ClockKind, Options};

/// The region of who does not sign.
const REGION: &str = "us-east-1";
/// Of a body that is too long, so many bytes are read and dropped before the answer.
const DROPPED_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// What all connections share.
pub(crate) struct Server {
    engine: Mutex<Engine>,
    /// Wakes who keeps the time: a call waits, or may now have to wait less.
    pub(crate) time_changed: Notify,
    seed: u64,
    requests: AtomicU64,
    pub(crate) timeout: Duration,
    clock_kind: ClockKind,
}

impl Server {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            engine: Mutex::new(Engine::new(options)),
            time_changed: Notify::new(),
            seed: options.seed,
            requests: AtomicU64::new(0),
            timeout: options.timeout,
            clock_kind: options.clock,
        }
    }

    /// The engine, alone.
    pub(crate) fn engine(&self) -> MutexGuard<'_, Engine> {
        // A panic while it was held has been caught and logged; the other worlds are whole.
        self.engine.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a request.
    pub(crate) async fn handle(
        self: Arc<Self>,
        request: hyper::Request<Incoming>,
    ) -> Result<Response<Full<Bytes>>, Infallible> {
        let (head, body) = request.into_parts();
        let headers = WireHeaders::of(&head.headers);
        let mut http = HttpRequest {
            method: head.method.as_str(),
            path: head.uri.path(),
            query: head.uri.query().unwrap_or_default(),
            headers: &headers.0,
            body: &[],
        };
        let body = match self.read(body).await {
            Ok(body) => body,
            Err(error) => {
                let mut response = self.respond(wire::format_of(&http), &Err(error));
                let close = HeaderValue::from_static("close");
                response.headers_mut().insert(header::CONNECTION, close);
                return Ok(response);
            }
        };
        if http.path.starts_with("/_") {
            return Ok(control::handle(&self, http.method, http.path, &body));
        }
        http.body = &body;
        Ok(match wire::decode(&http) {
            Ok(decoded) => {
                let format = decoded.format;
                let mut outcome = self.call(decoded).await;
                if let Ok(response) = &mut outcome {
                    let host = head.headers.get(header::HOST);
                    wire::move_queue_urls(response, &origin(host));
                }
                self.respond(format, &outcome)
            }
            Err(Refusal { format, error }) => self.respond(format, &Err(error)),
        })
    }

    /// Reads a body, if it is not too long and does not take too long.
    async fn read(&self, body: Incoming) -> Result<Vec<u8>, Error> {
        timeout(self.timeout, collect(body))
            .await
            .unwrap_or_else(|_| Err(malformed("The request body did not come in time.")))
    }

    /// Makes a call, and waits for its answer.
    async fn call(&self, decoded: Decoded) -> Outcome {
        let region = decoded.region.as_deref().unwrap_or(REGION);
        let mut request = decoded.request;
        let account = account_named(&mut request).or(decoded.account);
        let (answer, must_wake) = {
            let mut engine = self.engine();
            let answer = engine.call(account.as_deref(), region, &request);
            (answer, engine.must_wake_earlier())
        };
        if must_wake {
            self.time_changed.notify_one();
        }
        match answer {
            Answer::Now(outcome) => outcome,
            Answer::Later(call, receiver) => {
                let _cancel_if_dropped = Waiting { server: self, call };
                receiver.await.unwrap_or_else(|_| {
                    let text = "The server stops.";
                    Err(Error::new(ErrorCode::ServiceUnavailable, text))
                })
            }
        }
    }

    fn respond(&self, format: Format, outcome: &Outcome) -> Response<Full<Bytes>> {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        let request_id = wire::request_id(self.seed, number);
        let mut response = hyper_response(wire::encode(format, &request_id, outcome));
        if self.clock_kind == ClockKind::Virtual {
            let date = wire::http_date(self.engine().clock().now());
            let date = HeaderValue::try_from(date).expect("a date is ASCII");
            response.headers_mut().insert(header::DATE, date);
        }
        response
    }
}

/// Reads a body. One that is too long is read on for a while, and dropped: most clients look for
/// an answer only when they have sent all.
async fn collect(mut body: Incoming) -> Result<Vec<u8>, Error> {
    let announced = body.size_hint().lower();
    if announced > DROPPED_BYTES_MAX {
        return Err(wire::too_large());
    }
    let mut whole = Vec::with_capacity(bytes(announced).min(wire::BODY_BYTES_MAX));
    let mut count = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| malformed("The request body can't be read."))?;
        let Ok(data) = frame.into_data() else {
            continue; // Trailers say nothing here.
        };
        count += data.len();
        if count <= wire::BODY_BYTES_MAX {
            whole.extend_from_slice(&data);
        } else if count > bytes(DROPPED_BYTES_MAX) {
            break;
        }
    }
    if count > wire::BODY_BYTES_MAX {
        return Err(wire::too_large());
    }
    Ok(whole)
}

fn bytes(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

fn malformed(text: &str) -> Error {
    Error::new(ErrorCode::MalformedInput, text)
}

/// A call that waits; when the connection ends, so does the call.
struct Waiting<'a> {
    server: &'a Server,
    call: CallId,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.server.engine().cancel(self.call);
    }
}

/// The headers that the wire reads.
struct WireHeaders<'a>(Vec<(&'static str, &'a str)>);

impl<'a> WireHeaders<'a> {
    fn of(headers: &'a HeaderMap) -> Self {
        let read = ["x-amz-target", "content-type", "authorization", "accept"];
        let found = read.into_iter().filter_map(|name| {
            let value = headers.get(name)?.to_str().ok()?;
            Some((name, value))
        });
        Self(found.collect())
    }
}

fn hyper_response(from: HttpResponse) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(from.body)));
    *response.status_mut() =
        StatusCode::from_u16(from.status).expect("the table of errors has statuses");
    for (name, value) in from.headers {
        let value = HeaderValue::try_from(value).expect("the wire's headers are ASCII");
        let name = HeaderName::from_static(name);
        response.headers_mut().insert(name, value);
    }
    response
}

/// Where the client thinks that we are.
fn origin(host: Option<&HeaderValue>) -> String {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
    let host = host
        .and_then(|host| host.to_str().ok())
        .filter(|host| (1..=255).contains(&host.len()) && host.bytes().all(legal))
        .unwrap_or("localhost");
    format!("http://{host}")
}

/// The account that a request names by the URL of its queue, or as the queue's owner. A URL with
/// something else in an account's place, as some emulators have it, becomes a bare name.
fn account_named(request: &mut Request) -> Option<String> {
    let is_account = |text: &str| text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit());
    if let Request::GetQueueUrl(request) = request {
        let owner = request.queue_owner_aws_account_id.clone();
        return owner.filter(|owner| is_account(owner));
    }
    let url = request.queue_reference_mut()?;
    let (rest, name) = url.rsplit_once('/')?;
    let account = rest.rsplit('/').next().filter(|text| is_account(text));
    let account = account.map(str::to_owned);
    if account.is_none() {
        *url = name.to_owned();
    }
    account
}
