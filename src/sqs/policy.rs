//! A queue's policy, as far as `AddPermission` and `RemovePermission` change it: its statements.
//! All else in it is kept as it was given.

use crate::json::{self, AsMember, Json};

/// A policy: a JSON object with a list of statements.
pub(super) struct Policy {
    /// In their order. The statements among them are not kept up to date.
    members: Vec<(String, Json)>,
    statements: Vec<Json>,
}

/// What `AddPermission` grants.
pub(super) struct Statement<'a> {
    pub(super) sid: &'a str,
    pub(super) effect: &'static str,
    /// To whom.
    pub(super) principals: Vec<String>,
    pub(super) actions: Vec<String>,
    pub(super) resource: &'a str,
}

impl Statement<'_> {
    fn to_json(&self) -> Json {
        object([
            ("Sid", text(self.sid)),
            ("Effect", text(self.effect)),
            (
                "Principal",
                object([("AWS", one_or_more(&self.principals))]),
            ),
            ("Action", one_or_more(&self.actions)),
            ("Resource", text(self.resource)),
        ])
    }
}

/// One text as it is, more as a list `[A]`.
fn one_or_more(texts: &[String]) -> Json {
    match texts {
        [only] => text(only),
        _ => Json::List(texts.iter().map(|each| text(each)).collect()),
    }
}

const STATEMENT: &str = "Statement";

impl Policy {
    /// The policy that AWS makes for the first permission of a queue `[A]`.
    pub(super) fn for_queue(arn: &str) -> Self {
        let members = [
            ("Version", text("2008-10-17")),
            ("Id", text(&format!("{arn}/SQSDefaultPolicy"))),
            (STATEMENT, Json::List(Vec::new())),
        ];
        Self {
            members: named(members),
            statements: Vec::new(),
        }
    }

    /// Reads a JSON object; statements that are neither a list nor one statement are none.
    pub(super) fn parse(json: &str) -> Option<Self> {
        let Ok(Json::Object(members)) = json::parse(json) else {
            return None;
        };
        let given = members.iter().find(|(name, _)| name == STATEMENT);
        let statements = match given {
            Some((_, Json::List(statements))) => statements.clone(),
            Some((_, statement @ Json::Object(_))) => vec![statement.clone()],
            Some(_) | None => Vec::new(),
        };
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
        let mut statements = self.statements.iter();
        statements.any(|statement| sid_of(statement) == Some(sid))
    }

    pub(super) fn add(&mut self, statement: &Statement<'_>) {
        self.statements.push(statement.to_json());
    }

    /// Removes the statements with this `Sid`.
    pub(super) fn remove(&mut self, sid: &str) {
        self.statements
            .retain(|statement| sid_of(statement) != Some(sid));
    }

    /// Compact JSON; nothing if no statement is left `[A]`.
    pub(super) fn into_json(mut self) -> Option<String> {
        if self.statements.is_empty() {
            return None;
        }
        let statements = Json::List(self.statements);
        match self.members.iter_mut().find(|(name, _)| name == STATEMENT) {
            Some((_, value)) => *value = statements,
            None => self.members.push((STATEMENT.to_owned(), statements)),
        }
        Some(json::compact(&Json::Object(self.members).member()))
    }
}

fn sid_of(statement: &Json) -> Option<&str> {
    statement.get("Sid")?.as_text()
}

fn text(text: &str) -> Json {
    Json::Text(text.to_owned())
}

fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
    Json::Object(named(members))
}

fn named<const N: usize>(members: [(&str, Json); N]) -> Vec<(String, Json)> {
    members.map(|(name, value)| (name.to_owned(), value)).into()
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
