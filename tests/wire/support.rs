//! A service behind its wire, at a time that stands still.

use serde_json::Value;
use sqs_playground::sim::Time;
use sqs_playground::sqs::api::{CallId, Caller};
use sqs_playground::sqs::{Config, Outbox, Service};
use sqs_playground::wire::{self, Decoded, HttpRequest, HttpResponse, Refusal};

pub(crate) const NOW: Time = Time::from_ms(1_767_225_600_000);
pub(crate) const REQUEST_ID: &str = "33081694-29cf-5fe7-8296-765605dcb92b";

/// A service that is only spoken to in bytes.
pub(crate) struct Endpoint {
    service: Service,
    calls: u64,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer(pub(crate) HttpResponse);

impl Endpoint {
    /// With a queue `q` and a queue `q.fifo`.
    pub(crate) fn new() -> Self {
        let config = Config::new("123456789012", "us-east-1", 7);
        let mut endpoint = Self {
            service: Service::new(&config),
            calls: 0,
        };
        endpoint.json("CreateQueue", r#"{"QueueName":"q"}"#).ok();
        let fifo = r#"{"QueueName":"q.fifo","Attributes":{"FifoQueue":"true"}}"#;
        endpoint.json("CreateQueue", fifo).ok();
        endpoint
    }

    pub(crate) fn exchange(&mut self, http: &HttpRequest<'_>) -> Answer {
        let (format, result) = match wire::decode(http) {
            Ok(Decoded {
                request, format, ..
            }) => {
                self.calls += 1;
                let mut out = Outbox::default();
                let call = CallId(self.calls);
                self.service
                    .call(NOW, call, Caller::PERSON, &request, &mut out);
                let reply = out.replies.pop().expect("nothing here waits");
                (format, reply.result)
            }
            Err(Refusal { format, error }) => (format, Err(error)),
        };
        Answer(wire::encode(format, REQUEST_ID, &result))
    }

    /// A request in AWS JSON.
    pub(crate) fn json(&mut self, action: &str, body: &str) -> Answer {
        let target = format!("AmazonSQS.{action}");
        self.exchange(&HttpRequest {
            method: "POST",
            path: "/",
            query: "",
            headers: &[
                ("x-amz-target", &target),
                ("content-type", "application/x-amz-json-1.0"),
            ],
            body: body.as_bytes(),
        })
    }

    /// A form in the query protocol.
    pub(crate) fn form(&mut self, path: &str, form: &str) -> Answer {
        let content_type = "application/x-www-form-urlencoded; charset=utf-8";
        self.exchange(&HttpRequest {
            method: "POST",
            path,
            query: "",
            headers: &[("content-type", content_type)],
            body: form.as_bytes(),
        })
    }

    /// A query string in the query protocol.
    pub(crate) fn get(&mut self, path: &str, query: &str, accept: &str) -> Answer {
        self.exchange(&HttpRequest {
            method: "GET",
            path,
            query,
            headers: &[("accept", accept)],
            body: b"",
        })
    }
}

impl Answer {
    pub(crate) fn body(&self) -> &str {
        str::from_utf8(&self.0.body).expect("answers are text")
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.0.headers.iter().find(|(given, _)| *given == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The body of a success.
    #[track_caller]
    pub(crate) fn ok(&self) -> &str {
        assert_eq!(self.0.status, 200, "{}", self.body());
        assert_eq!(self.header("x-amzn-requestid"), Some(REQUEST_ID));
        self.body()
    }

    /// The JSON of a success.
    #[track_caller]
    pub(crate) fn value(&self) -> Value {
        serde_json::from_str(self.ok()).expect("it is JSON")
    }

    /// The body is exactly this.
    #[track_caller]
    pub(crate) fn is(&self, body: &str) {
        assert_eq!(self.ok(), body);
    }

    /// It is a refusal in AWS JSON.
    #[track_caller]
    pub(crate) fn refuses(&self, status: u16, shape: &str, query_code: &str, message: &str) {
        let body: Value = serde_json::from_str(self.body()).expect("it is JSON");
        assert_eq!(body["__type"], shape, "{body}");
        assert_eq!(body["message"], message);
        assert_eq!(body.as_object().map(serde_json::Map::len), Some(2));
        assert_eq!(self.0.status, status);
        let header = format!("{query_code};Sender");
        assert_eq!(self.header("x-amzn-query-error"), Some(header.as_str()));
        assert_eq!(
            self.header("content-type"),
            Some("application/x-amz-json-1.0")
        );
        assert_eq!(self.header("x-amzn-requestid"), Some(REQUEST_ID));
    }
}
