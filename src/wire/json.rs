//! AWS JSON 1.0: bodies in and out.
//!
//! A body is read straight against the table of shapes: what the table does not name is skipped
//! without being kept, so that a body costs memory in proportion to what it says to SQS.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value, json};

use super::shapes::{Member, Operation, Shape, member};
use crate::json::{Json, Member as Held};
use crate::sqs::{Error, ErrorCode};

/// The most elements of a list or a map.
pub(super) const ELEMENTS_MAX: usize = 10_000;

/// Reads a request's body. An empty one counts as `{}` `[I]`.
///
/// # Errors
/// `MalformedInput` for what is not JSON, or where a member is of the wrong type.
pub(super) fn decode(operation: &Operation, body: &[u8]) -> Result<Value, Error> {
    if body.is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    let mut result = read(operation, body);
    if result.is_err()
        && let Some(mended) = mend_surrogates(body)
    {
        result = read(operation, &mended);
    }
    match result {
        Ok(Ok(value)) => Ok(value.unwrap_or_else(|| Value::Object(Map::new()))),
        Ok(Err(mismatch)) => Err(malformed(mismatch)),
        Err(error) if error.is_data() => Err(malformed(NOT_AN_INTEGER.to_owned())),
        Err(_) => Err(malformed("The request body is not valid JSON.".to_owned())),
    }
}

fn read(operation: &Operation, body: &[u8]) -> Result<Reading, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let reading = Seed::of(Shape::Structure(operation.input)).deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(reading)
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

/// A value read, none for null; or, in AWS's words, why it does not fit. All of it is read in
/// any case, so that a syntax error further on is found first.
type Reading = Result<Option<Value>, String>;

/// Reads a value of a shape. The texts are `[T]`.
struct Seed {
    shape: Shape,
    /// AWS words a list differently where a map's value is a text.
    in_map: bool,
}

impl Seed {
    fn of(shape: Shape) -> Self {
        let in_map = false;
        Self { shape, in_map }
    }

    /// Why a scalar of this kind does not fit.
    fn mismatch(&self, kind: &str) -> String {
        match self.shape {
            Shape::Text => format!("{kind} can not be converted to a String"),
            Shape::Integer => format!("{kind} can not be converted to an Integer"),
            Shape::List(_) => "Expected list or null".to_owned(),
            Shape::Map(_) => "Expected map or null".to_owned(),
            Shape::Structure(_) => "Expected structure or null".to_owned(),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Seed {
    type Value = Reading;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Reading, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed {
    type Value = Reading;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value without a fraction")
    }

    fn visit_unit<E>(self) -> Result<Reading, E> {
        Ok(Ok(None))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Reading, E> {
        let kind = if value { "TRUE_VALUE" } else { "FALSE_VALUE" };
        Ok(Err(self.mismatch(kind)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Reading, E> {
        match self.shape {
            Shape::Integer => Ok(Ok(Some(value.into()))),
            Shape::Text | Shape::List(_) | Shape::Map(_) | Shape::Structure(_) => {
                Ok(Err(self.mismatch("NUMBER_VALUE")))
            }
        }
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Reading, E> {
        match i64::try_from(value) {
            Ok(value) => self.visit_i64(value),
            Err(_) => Ok(Err(self.mismatch("NUMBER_VALUE"))),
        }
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Reading, E> {
        self.visit_string(value.to_owned())
    }

    fn visit_string<E>(self, value: String) -> Result<Reading, E> {
        match self.shape {
            Shape::Text => Ok(Ok(Some(Value::String(value)))),
            Shape::Integer => Ok(integer(&value).map(Some)),
            Shape::List(_) | Shape::Map(_) | Shape::Structure(_) => {
                Ok(Err(self.mismatch("STRING_VALUE")))
            }
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Reading, A::Error> {
        let Shape::List(of) = self.shape else {
            while access.next_element::<IgnoredAny>()?.is_some() {}
            let text = if self.in_map {
                "Unrecognized collection type class java.lang.String"
            } else {
                "Start of list found where not expected"
            };
            return Ok(Err(text.to_owned()));
        };
        let mut elements = Elements::default();
        let mut list = Vec::new();
        while let Some(reading) = access.next_element_seed(Seed::of(*of))? {
            list.extend(elements.check(reading));
        }
        Ok(elements.end(Value::Array(list)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Reading, A::Error> {
        let mut elements = Elements::default();
        let mut map = Map::new();
        match self.shape {
            Shape::Structure(members) => {
                while let Some(key) = access.next_key_seed(MemberName(members))? {
                    let Some(member) = key else {
                        access.next_value::<IgnoredAny>()?;
                        continue;
                    };
                    let reading = access.next_value_seed(Seed::of(member.shape))?;
                    if let Some(value) = elements.check(reading) {
                        map.insert(member.name.to_owned(), value);
                    }
                }
            }
            Shape::Map(pair) => {
                while let Some(key) = access.next_key::<String>()? {
                    let seed = Seed {
                        shape: pair.of,
                        in_map: true,
                    };
                    let reading = access.next_value_seed(seed)?;
                    if let Some(value) = elements.check(reading) {
                        map.insert(key, value);
                    }
                }
            }
            Shape::Text | Shape::Integer | Shape::List(_) => {
                while access.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                let text = "Start of structure or map found where not expected.";
                return Ok(Err(text.to_owned()));
            }
        }
        Ok(elements.end(Value::Object(map)))
    }
}

/// Counts elements, and keeps the first reason why one of them does not fit.
#[derive(Default)]
struct Elements {
    count: usize,
    mismatch: Option<String>,
}

impl Elements {
    /// The value, if it is to be kept.
    fn check(&mut self, reading: Reading) -> Option<Value> {
        self.count += 1;
        match reading {
            Ok(value) if self.count <= ELEMENTS_MAX => value,
            Ok(_) => {
                self.mismatch = Some(format!("More than {ELEMENTS_MAX} elements."));
                None
            }
            Err(mismatch) => {
                self.mismatch.get_or_insert(mismatch);
                None
            }
        }
    }

    fn end(self, value: Value) -> Reading {
        match self.mismatch {
            Some(mismatch) => Err(mismatch),
            None => Ok(Some(value)),
        }
    }
}

/// Finds the member that a key names.
struct MemberName(&'static [Member]);

impl<'de> DeserializeSeed<'de> for MemberName {
    type Value = Option<&'static Member>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for MemberName {
    type Value = Option<&'static Member>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(member(self.0, name))
    }
}

/// An integer in a text: accepted `[T]`.
///
/// # Errors
/// AWS's text `[T]`.
pub(super) fn integer(text: &str) -> Result<Value, String> {
    match text.parse::<i64>() {
        Ok(value) => Ok(value.into()),
        Err(_) => Err("STRING_VALUE can not be converted to an Integer".to_owned()),
    }
}

/// What is to be filled in, as the shapes take it.
pub(super) fn plain(value: Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(flag) => Json::Flag(flag),
        Value::Number(number) => Json::Number(number.to_string()),
        Value::String(text) => Json::Text(text),
        Value::Array(list) => Json::List(list.into_iter().map(plain).collect()),
        Value::Object(map) => {
            let plain = |(name, value)| (name, plain(value));
            Json::Object(map.into_iter().map(plain).collect())
        }
    }
}

/// What the shapes give; the keys come out in alphabetical order, as AWS writes them `[A]`.
pub(super) fn value(member: &Held<'_>) -> Value {
    match member {
        Held::Absent => Value::Null,
        Held::Text(text) | Held::Digits(text) => (*text).into(),
        Held::Integer(number) => (*number).into(),
        Held::Natural(number) => (*number).into(),
        Held::Flag(flag) => (*flag).into(),
        Held::List(list) => list.iter().map(value).collect(),
        Held::Map(map) => map.iter().map(|(name, of)| (*name, value(of))).collect(),
        Held::Choice(name, of) => [(*name, value(of))].into_iter().collect(),
        Held::Shape(shape) => {
            let members = (0..).map_while(|index| shape.member(index));
            let there = members.filter(|(_, member)| !matches!(member, Held::Absent));
            there.map(|(name, member)| (name, value(&member))).collect()
        }
    }
}

/// The body of an error.
pub(super) fn error_body(error: &Error) -> Vec<u8> {
    let shape = format!("{}#{}", error.code.namespace(), error.code.shape());
    json!({ "__type": shape, "message": error.message })
        .to_string()
        .into_bytes()
}
