//! What the query protocol calls the members of the shapes, and their order in answers.

use std::borrow::Cow;

use crate::json::{Member, Shape};

/// The name of one element of a list or a map: there is no element around all of them.
pub(super) fn element(action: &str, member: &'static str) -> Cow<'static, str> {
    match member {
        "Entries" => format!("{action}RequestEntry").into(),
        "Successful" => format!("{action}ResultEntry").into(),
        "Failed" => "BatchResultErrorEntry".into(),
        "Results" => format!("{action}ResultEntry").into(),
        "Actions" => "ActionName".into(),
        "queueUrls" => "QueueUrl".into(),
        "tags" => "Tag".into(),
        _ => member.strip_suffix('s').unwrap_or(member).into(),
    }
}

/// The names of a map's key and value, by the name of one of its elements.
pub(super) fn key_and_value(element: &str) -> (&'static str, &'static str) {
    let key = if element == "Tag" { "Key" } else { "Name" };
    (key, "Value")
}

/// The members that are there, in alphabetical order, as AWS writes them `[A]`.
pub(super) fn members(shape: &dyn Shape) -> Vec<(&'static str, Member<'_>)> {
    let mut members: Vec<_> = shape.members().collect();
    members.retain(|(_, member)| !matches!(member, Member::Absent));
    members.sort_by_key(|(name, _)| *name);
    members
}
