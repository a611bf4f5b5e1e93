//! Prints calls as people write them as JSON, for `tests/clients/python/calls.py` to hand to the AWS CLI and to
//! boto3: requests of all actions with texts that are hard to quote, and answers of the service.

use std::sync::Arc;

use serde_json::{Value, json};
use sqs_playground::json::{self, Fill, FillList, Member, Place};
use sqs_playground::sim::Time;
use sqs_playground::sqs::api::{CallId, Caller, Request};
use sqs_playground::sqs::{Config, Outbox, Service};
use sqs_playground::{cli, wire};

const URL: &str = "https://sqs.eu-west-1.amazonaws.com/123456789012/orders";

const TEXTS: &[&str] = &[
    "plain",
    "",
    " ",
    "Hello, World! $HOME `id` $(id) \\ * ? ~ # ; & | < > ( ) [ ] { } ^ %PATH% !!",
    "it's \"quoted\" '''three''' \"\"\"times\"\"\" \\' \\\"",
    "{\"json\": [1, \"two\", null], \"path\": \"C:\\\\temp\"}",
    "[1]",
    "-",
    "--",
    "--queue-url=elsewhere",
    "-n 1",
    "=equals",
    "a=1,b=2",
    "file:///etc/hostname",
    "fileb://x",
    "http://127.0.0.1:1/",
    "https://127.0.0.1:1/",
    "two\nlines\n",
    "tab\tcarriage\rreturn",
    "\0\u{1}\u{1b}[31m\u{7f}\u{80}\u{9f}",
    "Grüße 東京 🎈 e\u{301}",
    "\u{a0}\u{ad}\u{200b}\u{202e}\u{2028}\u{2066}\u{feff}\u{e000}\u{e0041}\u{10ffff}",
    "None True nan 007 1e5 0x1",
    "@file",
    "\\u0041\\x41\\n",
    "{0} {name} %s %(name)s",
];

/// Base64, of bytes of all kinds.
const BINARIES: &[&str] = &["", "AP9hIicgXAo=", "gIGCg/7/", "aGVsbG8="];

const NUMBERS: &[&str] = &["0", "-1", "43200"];

/// What comes next out of each of the lists.
struct Turns {
    place: usize,
}

impl Turns {
    fn next<'a>(&mut self, from: &[&'a str]) -> &'a str {
        self.place += 1;
        from[self.place % from.len()]
    }

    fn fill(&mut self, name: &str, place: Place<'_>) {
        let is_binary = name.starts_with("Binary");
        let texts = if is_binary { BINARIES } else { TEXTS };
        match place {
            Place::Closed => {}
            Place::Text(text) if name == "QueueUrl" => URL.clone_into(text),
            Place::Text(text) => self.next(texts).clone_into(text),
            Place::SharedText(text) => *text = Arc::from(self.next(texts)),
            Place::Number(number) => assert!(number.set(self.next(NUMBERS)), "{name}"),
            Place::Flag(flag) => *flag = true,
            Place::Optional(option) => {
                if let Place::List(list) = option.some() {
                    self.fill_list(name, list, 0);
                } else {
                    self.fill(name, option.some());
                }
            }
            Place::Shape(shape) => self.fill_shape(shape),
            Place::List(list) => self.fill_list(name, list, 1),
            Place::Map(map) => {
                for _ in 0..1 + self.place % 3 {
                    let key = self.next(TEXTS);
                    self.fill(name, map.add(key));
                }
            }
            Place::Word(_) | Place::Choice(_) | Place::NumberOrChoice(_) => {
                panic!("no request has a {name} of this kind")
            }
        }
    }

    fn fill_list(&mut self, name: &str, list: &mut dyn FillList, least: usize) {
        list.begin();
        for _ in 0..least + self.place % 3 {
            self.fill(name, list.add());
        }
    }

    fn fill_shape(&mut self, shape: &mut dyn Fill) {
        let mut index = 0;
        while let Some((name, place)) = shape.place(index) {
            self.fill(name, place);
            index += 1;
        }
    }
}

fn request(action: &str, members: &str) -> Request {
    let mut request = Request::blank(action).expect("an action");
    let members = json::parse(members).expect("JSON");
    json::fill(Place::Shape(request.fill()), members).expect("the action's members");
    request
}

fn members_of(request: &Request) -> Value {
    let text = json::compact(&Member::Shape(request.shape()));
    serde_json::from_str(&text).expect("it is JSON")
}

fn written(request: &Request) -> Value {
    json!({
        "action": request.action(),
        "members": members_of(request),
        "command": cli::aws_command(request),
        "code": cli::boto3_call(request),
        "script": cli::boto3_script(request, "eu-west-1"),
    })
}

/// Requests of every action, so many that each member has each text.
fn requests() -> Vec<Value> {
    let mut requests = Vec::new();
    for action in Request::ACTIONS {
        for place in 0..TEXTS.len() {
            let mut request = Request::blank(action).expect("an action");
            Turns { place }.fill_shape(request.fill());
            requests.push(written(&request));
        }
    }
    requests
}

/// Calls to a service, with its answers.
fn answers() -> Vec<Value> {
    let story = [
        ("ListQueues", r#"{}"#),
        (
            "CreateQueue",
            r#"{"QueueName": "orders", "tags": {"team": "a"}}"#,
        ),
        ("ListQueues", r#"{}"#),
        (
            "GetQueueAttributes",
            r#"{"QueueUrl": "orders", "AttributeNames": ["All"]}"#,
        ),
        ("ListQueueTags", r#"{"QueueUrl": "orders"}"#),
        (
            "SendMessage",
            r#"{"QueueUrl": "orders", "MessageBody": "it's \"one\"\n 🎈 \u007f",
                "MessageAttributes": {"a": {"DataType": "String", "StringValue": "b"}}}"#,
        ),
        (
            "SendMessage",
            r#"{"QueueUrl": "orders", "MessageBody": "binary",
                "MessageAttributes": {"a": {"DataType": "Binary", "BinaryValue": "AP9hIicgXAo="}}}"#,
        ),
        (
            "SendMessageBatch",
            r#"{"QueueUrl": "orders", "Entries": [{"Id": "a", "MessageBody": "b"}, {"Id": "b", "MessageBody": ""}]}"#,
        ),
        (
            "ReceiveMessage",
            r#"{"QueueUrl": "orders", "MaxNumberOfMessages": 10, "MessageAttributeNames": ["All"],
                "MessageSystemAttributeNames": ["All"]}"#,
        ),
        ("ReceiveMessage", r#"{"QueueUrl": "orders"}"#),
        (
            "DeleteMessage",
            r#"{"QueueUrl": "orders", "ReceiptHandle": "nonsense"}"#,
        ),
        (
            "SetQueueAttributes",
            r#"{"QueueUrl": "orders", "Attributes": {"DelaySeconds": "-1"}}"#,
        ),
        ("PurgeQueue", r#"{"QueueUrl": "orders"}"#),
        ("PurgeQueue", r#"{"QueueUrl": "orders"}"#),
        ("ListDeadLetterSourceQueues", r#"{"QueueUrl": "orders"}"#),
        (
            "ListMessageMoveTasks",
            r#"{"SourceArn": "arn:aws:sqs:eu-west-1:123456789012:none"}"#,
        ),
        ("DeleteQueue", r#"{"QueueUrl": "orders"}"#),
        (
            "ReceiveMessage",
            r#"{"QueueUrl": "orders", "MaxNumberOfMessages": 11}"#,
        ),
    ];
    let mut service = Service::new(&Config::new("123456789012", "eu-west-1", 1));
    let mut answers = Vec::new();
    for ((action, members), call) in story.into_iter().zip(1..) {
        let request = request(action, members);
        let mut out = Outbox::default();
        let now = Time::from_ms(1_767_225_600_000);
        service.call(now, CallId(call), Caller::PERSON, &request, &mut out);
        let result = out.replies.pop().expect("nobody waits").result;
        let http = wire::encode(wire::Format::Json, "id", &result);
        let (shown, printed) = match &result {
            Ok(response) => (cli::boto3_response(response), cli::aws_output(response)),
            Err(error) => (
                cli::boto3_error(action, error),
                cli::aws_error(action, error),
            ),
        };
        answers.push(json!({
            "action": action,
            "members": members_of(&request),
            "command": cli::aws_command(&request),
            "code": cli::boto3_call(&request),
            "status": http.status,
            "headers": http.headers.into_iter().collect::<std::collections::BTreeMap<_, _>>(),
            "body": String::from_utf8(http.body).expect("it is text"),
            "shown": shown,
            "printed": printed,
        }));
    }
    answers
}

fn main() {
    println!(
        "{}",
        json!({ "requests": requests(), "answers": answers() })
    );
}
