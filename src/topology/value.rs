//! Values of generated code, before they have a language.

use super::attributes::{Kind, Row};
use super::{QueueSpec, Topology};
use crate::json::{self, Json};

/// A value, which may be known only when the code runs.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Value {
    Null,
    Flag(bool),
    /// As it is written.
    Number(String),
    Text(String),
    /// The ARN of the queue with this index.
    Arn(usize),
    List(Vec<Value>),
    /// In order, each name once.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// The value that JSON stands for, with the ARNs of queues found in it.
    pub(super) fn of_json(json: Json, topology: &Topology) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Flag(flag) => Self::Flag(flag),
            Json::Number(digits) => Self::Number(digits),
            Json::Text(text) => topology
                .queue_of_arn(&text)
                .map_or(Self::Text(text), Self::Arn),
            Json::List(values) => {
                let values = values.into_iter();
                Self::List(values.map(|json| Self::of_json(json, topology)).collect())
            }
            Json::Object(members) => {
                let members = members.into_iter();
                let named = |(name, json)| (name, Self::of_json(json, topology));
                Self::Map(members.map(named).collect())
            }
        }
    }

    /// The attribute of a row, if the queue has it.
    pub(super) fn of_attribute(row: &Row, queue: &QueueSpec, topology: &Topology) -> Option<Self> {
        let text = queue.attribute(row.name)?;
        Some(match row.kind {
            Kind::Number => Self::Number(text.to_owned()),
            Kind::Flag => Self::Flag(text == "true"),
            Kind::Text => Self::Text(text.to_owned()),
            Kind::Document => match json::parse(text) {
                Ok(json) => Self::of_json(without_twins(json), topology),
                Err(_) => Self::Text(text.to_owned()),
            },
        })
    }
}

/// Of the members of one name only the last, which is the one that counts.
pub(super) fn without_twins(json: Json) -> Json {
    match json {
        Json::List(values) => Json::List(values.into_iter().map(without_twins).collect()),
        Json::Object(members) => {
            let mut kept: Vec<(String, Json)> = Vec::new();
            for (name, value) in members {
                let value = without_twins(value);
                match kept.iter_mut().find(|(other, _)| *other == name) {
                    Some((_, place)) => *place = value,
                    None => kept.push((name, value)),
                }
            }
            Json::Object(kept)
        }
        Json::Null | Json::Flag(_) | Json::Number(_) | Json::Text(_) => json,
    }
}

/// The queue's name in what looks like the ARN of a queue.
pub(super) fn name_in_arn(text: &str) -> Option<&str> {
    let mut parts = text.strip_prefix("arn:")?.split(':');
    let is_queue = parts.nth(1) == Some("sqs");
    let name = parts.nth(2)?;
    (is_queue && parts.next().is_none()).then_some(name)
}
