//! Compares calls as the AWS CLI and boto3 write them with `golden/cli.txt`: each action at least once. That
//! the real clients take them for what they are is checked by `cargo xtask test --only clients`.

use sqs_playground::cli;
use sqs_playground::json::{self, AsMember};
use sqs_playground::sqs::api::{Request, Response};
use sqs_playground::sqs::{Error, ErrorCode};

const GOLDEN: &str = include_str!("golden/cli.txt");

fn request(action: &str, members: &str) -> Request {
    let mut request = Request::blank(action).expect("an action");
    let members = json::parse(members).expect("JSON");
    json::fill(json::Place::Shape(request.fill()), members).expect("the action's members");
    request
}

/// The texts between the headings, by the headings.
fn goldens() -> Vec<(&'static str, &'static str)> {
    let parts = GOLDEN.split("\n== ").skip(1);
    parts
        .map(|part| part.split_once('\n').expect("a heading has a text"))
        .collect()
}

#[test]
fn requests_read_as_people_write_them() {
    let mut actions: Vec<&str> = Vec::new();
    let mut wrong = String::new();
    for (heading, text) in goldens() {
        let (action, members) = heading.split_once(' ').expect("an action and its members");
        let request = request(action, members);
        let ours = format!(
            "{}\n{}\n",
            cli::aws_command(&request),
            cli::boto3_call(&request)
        );
        if ours.trim_end() != text.trim_end() {
            wrong.push_str(&format!("\n== {heading}\n{ours}"));
        }
        actions.push(action);
    }
    assert!(wrong.is_empty(), "these read otherwise now:\n{wrong}");
    for action in Request::ACTIONS {
        assert!(actions.contains(action), "{action} has no golden");
    }
}

#[test]
fn a_script_is_complete() {
    let request = request("ReceiveMessage", r#"{"QueueUrl": "q"}"#);
    assert_eq!(
        cli::boto3_script(&request, "eu-west-1"),
        "import boto3\n\nsqs = boto3.client(\"sqs\", region_name=\"eu-west-1\")\n\n\
         response = sqs.receive_message(QueueUrl=\"q\")\nprint(response)\n"
    );
}

#[test]
fn answers_read_as_the_clients_show_them() {
    let mut messages = sqs_playground::sqs::api::ReceiveMessageResponse::default();
    let nothing = Response::ReceiveMessage(messages.clone());
    assert_eq!(cli::aws_output(&nothing), "");
    assert_eq!(
        cli::boto3_response(&nothing),
        "{\"ResponseMetadata\": {...}}"
    );
    messages.messages.push(Default::default());
    messages.messages[0].body = "a\n  b".into();
    let one = Response::ReceiveMessage(messages);
    assert_eq!(
        cli::aws_output(&one),
        r#"{
    "Messages": [
        {
            "Body": "a\n  b",
            "MD5OfBody": "",
            "MessageId": "",
            "ReceiptHandle": ""
        }
    ]
}
"#
    );
    assert_eq!(
        cli::boto3_response(&one),
        r#"{
    "Messages": [
        {
            "Body": "a\n  b",
            "MD5OfBody": "",
            "MessageId": "",
            "ReceiptHandle": "",
        },
    ],
    "ResponseMetadata": {...},
}"#
    );
}

#[test]
fn errors_read_as_the_clients_raise_them() {
    let text = "The specified queue does not exist.";
    let error = Error::new(ErrorCode::QueueDoesNotExist, text);
    let printed = "An error occurred (AWS.SimpleQueueService.NonExistentQueue) when calling the \
                   PurgeQueue operation: The specified queue does not exist.";
    assert_eq!(cli::aws_error("PurgeQueue", &error), printed);
    assert_eq!(
        cli::boto3_error("PurgeQueue", &error),
        format!("botocore.errorfactory.QueueDoesNotExist: {printed}")
    );
    let error = Error::new(ErrorCode::InvalidParameterValue, text);
    assert!(
        cli::boto3_error("PurgeQueue", &error).starts_with("botocore.exceptions.ClientError: ")
    );
}

#[test]
fn the_names_of_the_actions_are_all_there() {
    assert_eq!(Request::ACTIONS.len(), 23);
    for action in Request::ACTIONS {
        let blank = Request::blank(action).expect("an action");
        assert_eq!(blank.action(), *action);
        assert!(matches!(blank.member(), json::Member::Choice(..)));
    }
}
