//! AWS JSON 1.0: bodies in and out.
//!
//! A body is read straight into the request that it is about: what this does not have is skipped
//! without being kept, so that a body costs memory in proportion to what it says to SQS.

use serde::de::DeserializeSeed;
use serde::ser::{Serialize, Serializer};
use serde_json::json;

use super::names;
use super::target::Target;
use crate::json::{Member, Place, Shape};
use crate::sqs::api::Request;
use crate::sqs::{Error, ErrorCode};

/// Fills a blank request from a body. An empty one counts as `{}` `[I]`.
///
/// # Errors
/// `MalformedInput` for what is not JSON, or where a member is of the wrong type.
pub(super) fn decode(blank: &Request, body: &[u8]) -> Result<Request, Error> {
    if body.is_empty() {
        return Ok(blank.clone());
    }
    let mut result = read(blank, body);
    if result.is_err()
        && let Some(mended) = mend_surrogates(body)
    {
        result = read(blank, &mended);
    }
    match result {
        Ok(Ok(request)) => Ok(request),
        Ok(Err(mismatch)) => Err(malformed(mismatch)),
        Err(error) if error.is_data() => Err(malformed(NOT_AN_INTEGER.to_owned())),
        Err(_) => Err(malformed("The request body is not valid JSON.".to_owned())),
    }
}

fn read(blank: &Request, body: &[u8]) -> Result<Result<Request, String>, serde_json::Error> {
    let mut request = blank.clone();
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let reading = Target::Place(Place::Shape(request.fill())).deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(reading.map(|()| request))
}

/// Puts U+FFFE, which no message may contain either, in place of escaped surrogates that have no
/// partner: JSON allows them, and the service is to refuse them in its own words `[A]`. None if
/// there are no such escapes.
fn mend_surrogates(body: &[u8]) -> Option<Vec<u8>> {
    let unit = |at: usize| {
        let digits = body.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u16::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()
    };
    let mut mended = body.to_vec();
    let mut at = 0;
    let mut found = false;
    while at < body.len() {
        at += match (unit(at), unit(at + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                mended[at + 2..at + 6].copy_from_slice(b"FFFE");
                found = true;
                6
            }
            (Some(_), _) => 6,
            (None, _) if body[at] == b'\\' => 2,
            (None, _) => 1,
        };
    }
    found.then_some(mended)
}

fn malformed(message: String) -> Error {
    Error::new(ErrorCode::MalformedInput, message)
}

const NOT_AN_INTEGER: &str = "NUMBER_VALUE can not be converted to an Integer";

/// Writes a member as AWS does: the keys of a structure in alphabetical order.
pub(super) struct Written<'a>(pub(super) &'a Member<'a>);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let named = |(name, member)| (name, Written(member));
        match self.0 {
            Member::Absent => serializer.serialize_unit(),
            Member::Text(text) | Member::Digits(text) => serializer.serialize_str(text),
            Member::Integer(number) => serializer.serialize_i64(*number),
            Member::Natural(number) => serializer.serialize_u64(*number),
            Member::Flag(flag) => serializer.serialize_bool(*flag),
            Member::List(list) => serializer.collect_seq(list.iter().map(Written)),
            Member::Map(map) => {
                serializer.collect_map(map.iter().map(|(name, member)| named((*name, member))))
            }
            Member::Choice(name, member) => serializer.collect_map([named((*name, &**member))]),
            Member::Shape(shape) => {
                let members = names::members(*shape);
                serializer.collect_map(members.iter().map(|(name, member)| named((*name, member))))
            }
        }
    }
}

/// Most answers are shorter, but those to receives of several messages.
const BODY_BYTES_USUAL: usize = 512;

/// The body of a success.
pub(super) fn body(shape: &dyn Shape) -> Vec<u8> {
    let mut body = Vec::with_capacity(BODY_BYTES_USUAL);
    serde_json::to_writer(&mut body, &Written(&Member::Shape(shape)))
        .expect("a response has text keys only");
    body
}

/// The body of an error.
pub(super) fn error_body(error: &Error) -> Vec<u8> {
    let shape = format!("{}#{}", error.code.namespace(), error.code.shape());
    json!({ "__type": shape, "message": error.message })
        .to_string()
        .into_bytes()
}
