//! The query protocol's answers: XML, or JSON with the same wrappers.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::shapes::{Member, Operation, Shape, member};
use crate::sqs::Error;

const NAMESPACE: &str = "http://queue.amazonaws.com/doc/2012-11-05/";

/// A successful answer.
pub(super) fn response(operation: &Operation, members: &Value, request_id: &str) -> String {
    let action = operation.action;
    let mut xml = format!("<?xml version=\"1.0\"?><{action}Response xmlns=\"{NAMESPACE}\">");
    if let Some(output) = operation.output {
        open(&mut xml, action, "Result");
        write_members(&mut xml, output, members);
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
pub(super) fn response_as_json(operation: &Operation, members: Value, request_id: &str) -> Value {
    let action = operation.action;
    let mut whole = Map::new();
    if operation.output.is_some() {
        let mut members = members;
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

fn write_members(xml: &mut String, members: &'static [Member], values: &Value) {
    for (name, value) in values.as_object().into_iter().flatten() {
        if let Some(member) = member(members, name) {
            write_value(xml, member.query, member.shape, value);
        }
    }
}

/// A value under a name; lists and maps as one element after the other, without a wrapper.
fn write_value(xml: &mut String, name: &str, shape: Shape, value: &Value) {
    match shape {
        Shape::Text | Shape::Integer => match value {
            Value::String(text) => write_text(xml, name, text),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::Array(_)
            | Value::Object(_) => write_text(xml, name, &value.to_string()),
        },
        Shape::List(of) => {
            for element in value.as_array().into_iter().flatten() {
                write_value(xml, name, *of, element);
            }
        }
        Shape::Map(pair) => {
            for (key, value) in value.as_object().into_iter().flatten() {
                open(xml, name, "");
                write_text(xml, pair.key, key);
                write_value(xml, pair.value, pair.of, value);
                close(xml, name, "");
            }
        }
        Shape::Structure(members) => {
            open(xml, name, "");
            write_members(xml, members, value);
            close(xml, name, "");
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
