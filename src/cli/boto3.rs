//! boto3: the code that makes a call, and what it returns.

use super::in_lower_case;
use super::python::{ARGUMENTS, DICTIONARY, Room, structure, text_literal};
use crate::sqs::Error;
use crate::sqs::api::{Request, Response};

/// The call, with a client that is named `sqs`.
pub fn boto3_call(request: &Request) -> String {
    call(request, "")
}

/// A program that makes the call and prints what it returns.
pub fn boto3_script(request: &Request, region: &str) -> String {
    format!(
        "import boto3\n\nsqs = boto3.client(\"sqs\", region_name={})\n\n{}\nprint(response)\n",
        text_literal(region),
        call(request, "response = "),
    )
}

/// What the call returns, as Python shows it, but for the `ResponseMetadata`.
pub fn boto3_response(response: &Response) -> String {
    let metadata = Some("\"ResponseMetadata\": {...}");
    let room = Room {
        indent: 0,
        around: 0,
    };
    structure(response.shape(), metadata, DICTIONARY, room)
}

/// What the call raises, as a traceback ends.
pub fn boto3_error(action: &str, error: &Error) -> String {
    // What SQS itself makes is in its model, so there is a class for it.
    let class = if error.code.namespace() == "com.amazonaws.sqs" {
        format!("botocore.errorfactory.{}", error.code.shape())
    } else {
        "botocore.exceptions.ClientError".to_owned()
    };
    format!("{class}: {}", super::aws_error(action, error))
}

fn call(request: &Request, before: &str) -> String {
    let name = in_lower_case(request.action(), '_');
    let before = format!("{before}sqs.{name}");
    let room = Room {
        indent: 0,
        around: before.len(),
    };
    before + &structure(request.shape(), None, ARGUMENTS, room)
}
