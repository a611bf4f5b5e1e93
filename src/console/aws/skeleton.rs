//! `--generate-cli-skeleton`: what a call's input or output looks like.

use super::model::{Kind, Structure};
use crate::json::Json;

/// What stands where a value belongs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Filling {
    /// Nothing, or the first word that is possible.
    Blank,
    /// The name of the member.
    Names,
}

/// An example of a structure.
pub(super) fn skeleton(structure: &Structure, filling: Filling) -> Json {
    let members = structure.members.iter();
    let filled = members.map(|member| {
        (
            member.name.to_owned(),
            value(member.kind, member.name, filling),
        )
    });
    Json::Object(filled.collect())
}

fn value(kind: Kind, name: &str, filling: Filling) -> Json {
    let text = |blank: &str| {
        let text = match filling {
            Filling::Blank => blank,
            Filling::Names => name,
        };
        Json::Text(text.to_owned())
    };
    match kind {
        Kind::Text => text(""),
        Kind::Word(words) => text(words.first().copied().unwrap_or_default()),
        Kind::Blob => match filling {
            Filling::Blank => Json::Null,
            Filling::Names => Json::Text(String::new()),
        },
        Kind::Integer => Json::Number("0".to_owned()),
        Kind::Flag => Json::Flag(true),
        Kind::List(element) => Json::List(vec![value(*element, name, filling)]),
        Kind::Map(element) => {
            Json::Object(vec![("KeyName".to_owned(), value(*element, name, filling))])
        }
        Kind::Structure(structure) => skeleton(structure, filling),
    }
}
