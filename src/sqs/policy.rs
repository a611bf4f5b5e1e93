//! A queue's policy, as far as `AddPermission` and `RemovePermission` change it: its statements.
//! All else in it is kept as it was given.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// A policy: a JSON object with a list of statements.
pub(super) struct Policy {
    /// In their order. The text of the statements is not kept up to date.
    members: Vec<(String, Box<RawValue>)>,
    statements: Vec<Box<RawValue>>,
}

/// What `AddPermission` grants.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Statement<'a> {
    pub(super) sid: &'a str,
    pub(super) effect: &'static str,
    pub(super) principal: Principal,
    pub(super) action: OneOrMore,
    pub(super) resource: &'a str,
}

/// To whom.
#[derive(Serialize)]
pub(super) struct Principal {
    #[serde(rename = "AWS")]
    pub(super) aws: OneOrMore,
}

/// One text as it is, more as a list `[A]`.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl From<Vec<String>> for OneOrMore {
    fn from(mut texts: Vec<String>) -> Self {
        match texts.pop() {
            Some(only) if texts.is_empty() => Self::One(only),
            last => Self::More(texts.into_iter().chain(last).collect()),
        }
    }
}

const STATEMENT: &str = "Statement";

impl Policy {
    /// The policy that AWS makes for the first permission of a queue `[A]`.
    pub(super) fn for_queue(arn: &str) -> Self {
        let members = [
            ("Version", text("2008-10-17")),
            ("Id", text(&format!("{arn}/SQSDefaultPolicy"))),
            (STATEMENT, raw(&[(); 0])),
        ];
        Self {
            members: members.map(|(name, value)| (name.to_owned(), value)).into(),
            statements: Vec::new(),
        }
    }

    /// Reads a JSON object; statements that are neither a list nor one statement are none.
    pub(super) fn parse(json: &str) -> Option<Self> {
        let Members(members) = serde_json::from_str(json).ok()?;
        let given = members.iter().find(|(name, _)| name == STATEMENT);
        let statements = given.map_or_else(Vec::new, |(_, value)| match value.get() {
            object if object.starts_with('{') => vec![value.clone()],
            list => serde_json::from_str(list).unwrap_or_default(),
        });
        Some(Self {
            members,
            statements,
        })
    }

    pub(super) fn len(&self) -> usize {
        self.statements.len()
    }

    /// Whether a statement has this `Sid`.
    pub(super) fn has(&self, sid: &str) -> bool {
        self.statements
            .iter()
            .any(|statement| sid_of(statement).as_deref() == Some(sid))
    }

    pub(super) fn add(&mut self, statement: &Statement<'_>) {
        self.statements.push(raw(statement));
    }

    /// Removes the statements with this `Sid`.
    pub(super) fn remove(&mut self, sid: &str) {
        self.statements
            .retain(|statement| sid_of(statement).as_deref() != Some(sid));
    }

    /// Compact JSON; nothing if no statement is left `[A]`.
    pub(super) fn into_json(mut self) -> Option<String> {
        if self.statements.is_empty() {
            return None;
        }
        let statements = raw(&self.statements);
        match self.members.iter_mut().find(|(name, _)| name == STATEMENT) {
            Some((_, value)) => *value = statements,
            None => self.members.push((STATEMENT.to_owned(), statements)),
        }
        Some(raw(&Members(self.members)).get().to_owned())
    }
}

fn sid_of(statement: &RawValue) -> Option<String> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Fields {
        sid: Option<String>,
    }
    serde_json::from_str::<Fields>(statement.get()).ok()?.sid
}

fn text(text: &str) -> Box<RawValue> {
    raw(&text)
}

fn raw(value: &impl Serialize) -> Box<RawValue> {
    serde_json::value::to_raw_value(value).expect("texts, lists and maps of texts serialize")
}

/// The members of a JSON object in their order.
struct Members(Vec<(String, Box<RawValue>)>);

impl Serialize for Members {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_a_statement_stays_as_it_was() {
        let json = r#"{"Z":1.50,"Statement":{"Sid":"a","X":["b"]},"Id":null}"#;
        let mut policy = Policy::parse(json).expect("it is an object");
        assert!(policy.has("a") && !policy.has("b"));
        policy.remove("b");
        let same = policy.into_json().expect("a statement is left");
        assert_eq!(
            same,
            r#"{"Z":1.50,"Statement":[{"Sid":"a","X":["b"]}],"Id":null}"#
        );
        let mut policy = Policy::parse(&same).expect("it is an object");
        policy.remove("a");
        assert_eq!(policy.into_json(), None);
        for json in ["[]", "x", ""] {
            assert!(Policy::parse(json).is_none(), "{json}");
        }
    }
}
