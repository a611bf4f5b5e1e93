//! The query protocol's answers: XML, or JSON with the same wrappers.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::json::Written;
use super::{has_output, names};
use crate::json::{Member, Shape};
use crate::sqs::Error;
use crate::sqs::api::Response;

const NAMESPACE: &str = "http://queue.amazonaws.com/doc/2012-11-05/";

/// A successful answer.
pub(super) fn response(response: &Response, request_id: &str) -> String {
    let action = response.action();
    let mut xml = format!("<?xml version=\"1.0\"?><{action}Response xmlns=\"{NAMESPACE}\">");
    if has_output(response) {
        open(&mut xml, action, "Result");
        write_members(&mut xml, action, response.shape());
        close(&mut xml, action, "Result");
    }
    xml += "<ResponseMetadata>";
    write_text(&mut xml, "RequestId", request_id);
    xml += "</ResponseMetadata>";
    close(&mut xml, action, "Response");
    xml
}

/// A refusal.
pub(super) fn error(error: &Error, request_id: &str) -> String {
    let mut xml = format!("<?xml version=\"1.0\"?><ErrorResponse xmlns=\"{NAMESPACE}\"><Error>");
    write_text(&mut xml, "Type", error.code.fault());
    write_text(&mut xml, "Code", error.code.query_code());
    write_text(&mut xml, "Message", &error.message);
    xml += "<Detail/></Error>";
    write_text(&mut xml, "RequestId", request_id);
    xml += "</ErrorResponse>";
    xml
}

/// A successful answer to who asked for JSON. The list of received messages is called
/// `messages` here `[A]`.
pub(super) fn response_as_json(response: &Response, request_id: &str) -> Value {
    let action = response.action();
    let mut whole = Map::new();
    if has_output(response) {
        let mut members = json!(Written(&Member::Shape(response.shape())));
        if let Some(map) = members.as_object_mut()
            && let Some(messages) = map.remove("Messages")
        {
            map.insert("messages".to_owned(), messages);
        }
        whole.insert(format!("{action}Result"), members);
    }
    whole.insert(
        "ResponseMetadata".to_owned(),
        json!({ "RequestId": request_id }),
    );
    json!({ format!("{action}Response"): whole })
}

/// A refusal to who asked for JSON.
pub(super) fn error_as_json(error: &Error, request_id: &str) -> Value {
    let inner = json!({
        "Code": error.code.query_code(),
        "Detail": null,
        "Message": error.message,
        "Type": error.code.fault(),
    });
    json!({ "Error": inner, "RequestId": request_id })
}

/// The members of a structure; lists and maps as one element after the other, without a wrapper.
fn write_members(xml: &mut String, action: &str, shape: &dyn Shape) {
    for (name, member) in names::members(shape) {
        let element = names::element(action, name);
        let (key_name, value_name) = names::key_and_value(&element);
        if let Member::List(values) = member {
            for value in &values {
                write_value(xml, action, &element, value);
            }
        } else if let Member::Map(values) = member {
            for (key, value) in &values {
                open(xml, &element, "");
                write_text(xml, key_name, key);
                write_value(xml, action, value_name, value);
                close(xml, &element, "");
            }
        } else {
            write_value(xml, action, name, &member);
        }
    }
}

/// One element.
fn write_value(xml: &mut String, action: &str, name: &str, value: &Member<'_>) {
    match value {
        Member::Absent => {}
        Member::Text(text) | Member::Digits(text) => write_text(xml, name, text),
        Member::Integer(number) => write_text(xml, name, &number.to_string()),
        Member::Natural(number) => write_text(xml, name, &number.to_string()),
        Member::Flag(flag) => write_text(xml, name, &flag.to_string()),
        Member::Shape(shape) => {
            open(xml, name, "");
            write_members(xml, action, *shape);
            close(xml, name, "");
        }
        Member::List(_) | Member::Map(_) | Member::Choice(..) => {
            panic!("SQS has no lists of lists")
        }
    }
}

fn open(xml: &mut String, name: &str, suffix: &str) {
    write!(xml, "<{name}{suffix}>").expect("a text takes everything");
}

fn close(xml: &mut String, name: &str, suffix: &str) {
    write!(xml, "</{name}{suffix}>").expect("a text takes everything");
}

fn write_text(xml: &mut String, name: &str, text: &str) {
    open(xml, name, "");
    for c in text.chars() {
        match c {
            '&' => *xml += "&amp;",
            '<' => *xml += "&lt;",
            '>' => *xml += "&gt;",
            '"' => *xml += "&quot;",
            '\r' => *xml += "&#xD;",
            // XML 1.0 has no way to write these. Only the text of an error can have them.
            '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                xml.push('\u{fffd}');
            }
            c => xml.push(c),
        }
    }
    close(xml, name, "");
}
