//! The wire: bytes in, bytes out. AWS JSON 1.0 and the legacy query protocol over the service.
//!
//! It is pure: it knows no socket, no clock and no queue. Whoever has a connection (or plays one)
//! hands it the parts of an HTTP request, gives the decoded [`Request`]
//! to a service, and sends what [`encode`] makes of the reply.
//!
//! Signatures are not checked and may be missing: only the region and the account are read from
//! them, as every emulator does.

mod credential;
mod json;
mod names;
mod query;
mod request_id;
mod script;
mod target;
mod xml;

use self::credential::Credential;
use self::query::Parameters;
pub use self::request_id::{http_date, request_id};
pub use self::script::encode_for_script;
use crate::json::Place;
use crate::sqs::api::{Request, Response};
use crate::sqs::{Error, ErrorCode};

/// The largest body that is read, in bytes: twice what SQS itself needs for a batch.
pub const BODY_BYTES_MAX: usize = 2 * 1024 * 1024;

/// The parts of an HTTP request that matter here.
#[derive(Clone, Copy, Debug, Default)]
pub struct HttpRequest<'a> {
    /// `GET` or `POST`; others are refused.
    pub method: &'a str,
    /// As in the request line, without the query string.
    pub path: &'a str,
    /// What follows the question mark; may be empty.
    pub query: &'a str,
    /// Names in lower case. Only `accept`, `authorization`, `content-type` and `x-amz-target`
    /// are read.
    pub headers: &'a [(&'a str, &'a str)],
    /// All of it.
    pub body: &'a [u8],
}

/// How an answer is to be written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Format {
    /// AWS JSON 1.0.
    Json,
    /// The query protocol's XML.
    Xml,
    /// The query protocol's answers as JSON, for a `GET` that accepts it `[A]`.
    XmlAsJson,
    /// A path without an action: 404 and a single element `[A]`.
    Bare,
}

/// A request that was understood.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Decoded {
    /// What is asked.
    pub request: Request,
    /// How to answer.
    pub format: Format,
    /// The region of the signature, if there is one.
    pub region: Option<String>,
    /// The account that the access key names, if it is written as one (12 digits).
    pub account: Option<String>,
}

/// A request that was not understood.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Refusal {
    /// How to answer.
    pub format: Format,
    /// Why.
    pub error: Error,
}

/// An HTTP response. `Content-Length` and `Date` are the sender's business.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct HttpResponse {
    /// The status.
    pub status: u16,
    /// Names in lower case, and values.
    pub headers: Vec<(&'static str, String)>,
    /// May be empty.
    pub body: Vec<u8>,
}

/// Understands a request.
///
/// # Errors
/// A [`Refusal`] to be answered with [`encode`].
pub fn decode(http: &HttpRequest<'_>) -> Result<Decoded, Refusal> {
    let format = format_of(http);
    let refuse = |error| Refusal { format, error };
    if http.body.len() > BODY_BYTES_MAX {
        return Err(refuse(too_large()));
    }
    let (request, credential) = match format {
        Format::Json => {
            let blank = json_action(http).map_err(refuse)?;
            let request = json::decode(&blank, http.body).map_err(refuse)?;
            let credential = Credential::of_header(http.header("authorization"));
            (request, credential)
        }
        Format::Xml | Format::XmlAsJson | Format::Bare => {
            let forms = [http.query.as_bytes(), http.form()];
            let parameters = Parameters::parse(&forms).map_err(refuse)?;
            let Some(action) = parameters.get("Action").filter(|_| format != Format::Bare) else {
                let (format, error) = (Format::Bare, unknown_operation());
                return Err(Refusal { format, error });
            };
            let blank = query_action(action, http.path).map_err(refuse)?;
            let mut request = parameters.decode(blank).map_err(refuse)?;
            name_queue_of_path(&mut request, http.path);
            let credential = Credential::of_header(http.header("authorization"))
                .or_else(|| Credential::of_parameters(&parameters));
            (request, credential)
        }
    };
    let Credential { region, account } = credential.unwrap_or_default();
    Ok(Decoded {
        request,
        format,
        region,
        account,
    })
}

/// How a request wants to be answered, from its head alone.
pub fn format_of(http: &HttpRequest<'_>) -> Format {
    let starts = |name, start: &str| {
        let value = http.header(name).unwrap_or_default();
        value
            .get(..start.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(start))
    };
    let is_post = http.method == "POST";
    let has_target = http.header("x-amz-target").is_some();
    if is_post && (has_target || starts("content-type", "application/x-amz-json")) {
        Format::Json
    } else if is_post {
        Format::Xml
    } else if http.method != "GET" {
        Format::Bare
    } else if starts("accept", "application/json") {
        Format::XmlAsJson
    } else {
        Format::Xml
    }
}

/// Writes an answer.
pub fn encode(format: Format, request_id: &str, result: &Result<Response, Error>) -> HttpResponse {
    let status = match result {
        Ok(_) => 200,
        Err(_) if format == Format::Bare => 404,
        Err(error) => error.code.status(),
    };
    let (content_type, body) = match (format, result) {
        (Format::Json, Ok(response)) => {
            let body = has_output(response).then(|| json::body(response.shape()));
            ("application/x-amz-json-1.0", body.unwrap_or_default())
        }
        (Format::Json, Err(error)) => ("application/x-amz-json-1.0", json::error_body(error)),
        (Format::Xml | Format::Bare, Ok(response)) => {
            let body = xml::response(response, request_id);
            ("text/xml", body.into_bytes())
        }
        (Format::XmlAsJson, Ok(response)) => {
            let body = xml::response_as_json(response, request_id);
            ("application/json", body.to_string().into_bytes())
        }
        (Format::Xml, Err(error)) => {
            let body = xml::error(&for_query(error), request_id);
            ("text/xml", body.into_bytes())
        }
        (Format::XmlAsJson, Err(error)) => {
            let body = xml::error_as_json(&for_query(error), request_id);
            ("application/json", body.to_string().into_bytes())
        }
        (Format::Bare, Err(_)) => ("text/xml", b"<UnknownOperationException/>\n".to_vec()),
    };
    let mut headers = vec![
        ("x-amzn-requestid", request_id.to_owned()),
        ("content-type", content_type.to_owned()),
    ];
    if let (Format::Json, Err(error)) = (format, result) {
        let value = format!("{};{}", error.code.query_code(), error.code.fault());
        headers.push(("x-amzn-query-error", value));
    }
    HttpResponse {
        status,
        headers,
        body,
    }
}

/// Moves the queue URLs of a response to another origin, such as `http://localhost:9324`, so
/// that clients come back to where they were answered.
pub fn move_queue_urls(response: &mut Response, origin: &str) {
    let moved = |url: &mut String| {
        let path = url.splitn(4, '/').nth(3).unwrap_or_default();
        *url = format!("{origin}/{path}");
    };
    if let Response::CreateQueue(response) = response {
        moved(&mut response.queue_url);
    } else if let Response::GetQueueUrl(response) = response {
        moved(&mut response.queue_url);
    } else if let Response::ListQueues(response) = response {
        response.queue_urls.iter_mut().for_each(moved);
    } else if let Response::ListDeadLetterSourceQueues(response) = response {
        response.queue_urls.iter_mut().for_each(moved);
    }
}

/// That a body is larger than [`BODY_BYTES_MAX`]; AWS's own text is not known `[I]`.
pub fn too_large() -> Error {
    Error::new(
        ErrorCode::RequestEntityTooLarge,
        format!("The request is longer than {BODY_BYTES_MAX} bytes."),
    )
}

fn unknown_operation() -> Error {
    Error::new(
        ErrorCode::UnknownOperation,
        "The requested operation is not recognized by the service.",
    )
}

/// The blank request of the action that the header names.
fn json_action(http: &HttpRequest<'_>) -> Result<Request, Error> {
    let target = http.header("x-amz-target").unwrap_or_default();
    let action = target.strip_prefix("AmazonSQS.");
    action
        .and_then(Request::blank)
        .ok_or_else(unknown_operation)
}

/// The blank request of the action that the parameter names, if the path is right for it. On a
/// queue's URL only what is about a queue is valid `[A]`.
fn query_action(action: &str, path: &str) -> Result<Request, Error> {
    let is_valid = |blank: &mut Request| {
        queue_path(path).is_none()
            || queue_url_place(blank).is_some()
            || matches!(blank, Request::GetQueueUrl(_))
    };
    let blank = Request::blank(action);
    blank
        .and_then(|mut blank| is_valid(&mut blank).then_some(blank))
        .ok_or_else(|| {
            let message = format!("The action {action} is not valid for this endpoint.");
            Error::new(ErrorCode::UnknownOperation, message)
        })
}

/// Where a request takes the URL of its queue, if it is about one.
fn queue_url_place(request: &mut Request) -> Option<Place<'_>> {
    let fill = request.fill();
    let index = fill.names().iter().position(|name| *name == "QueueUrl")?;
    Some(fill.place(index)?.1)
}

/// Whether AWS's model gives the action an output: if not, JSON has an empty body `[A]`.
fn has_output(response: &Response) -> bool {
    !response.shape().names().is_empty()
}

/// The path, if it is that of a queue: an account and a name.
fn queue_path(path: &str) -> Option<&str> {
    let (account, name) = path.trim_matches('/').rsplit_once('/')?;
    (!account.is_empty() && !name.is_empty()).then_some(path)
}

/// A request to a queue's URL is about this queue, unless a parameter says otherwise `[A]`.
fn name_queue_of_path(request: &mut Request, path: &str) {
    if request.queue_reference().is_none()
        && let Some(path) = queue_path(path)
        && let Some(Place::Optional(url)) = queue_url_place(request)
        && let Place::Text(url) = url.some()
    {
        path.clone_into(url);
    }
}

/// An error in the words of the query protocol `[A]`.
fn for_query(error: &Error) -> Error {
    let mut error = error.clone();
    if error.code == ErrorCode::QueueDoesNotExist {
        error.message = "The specified queue does not exist for this wsdl version.".to_owned();
    }
    error
}

impl<'a> HttpRequest<'a> {
    fn header(&self, name: &str) -> Option<&'a str> {
        let header = self.headers.iter().find(|(given, _)| *given == name);
        header.map(|(_, value)| *value)
    }

    /// The body, if it can be a form.
    fn form(&self) -> &'a [u8] {
        if self.method == "POST" {
            self.body
        } else {
            &[]
        }
    }
}
