//! What `get-queue-attributes` prints: once, several times one after the other, or in a list.

use std::str::FromStr;

use super::{Draft, Found, ImportError};
use crate::json::Json;
use crate::sqs::AttributeName;
use crate::topology::attributes::TABLE;
use crate::topology::value::name_in_arn;

/// Reads outputs.
pub(super) fn read(values: &[Json], found: &mut Found<'_>) -> Result<(), ImportError> {
    let mut outputs = Vec::new();
    for value in values {
        if let Json::List(values) = value {
            outputs.extend(values);
        } else {
            outputs.push(value);
        }
    }
    let is_output = |value: &&&Json| attributes(value).is_some();
    if !outputs.iter().any(|value| is_output(&value)) {
        return Err(ImportError::Unknown);
    }
    for (at, output) in (1..).zip(outputs) {
        read_one(&format!("output {at}"), output, found);
    }
    Ok(())
}

fn attributes(output: &Json) -> Option<&[(String, Json)]> {
    let attributes = output.get("Attributes").unwrap_or(output);
    let names_a_queue = attributes.get("QueueArn").is_some() || output.get("QueueUrl").is_some();
    let is_output = names_a_queue || output.get("Attributes").is_some();
    attributes.members().filter(|_| is_output)
}

fn read_one(place: &str, output: &Json, found: &mut Found<'_>) {
    let Some(attributes) = attributes(output) else {
        found.note(place, "This is no output of get-queue-attributes.");
        return;
    };
    let text = |name: &str| {
        output
            .get("Attributes")
            .unwrap_or(output)
            .get(name)?
            .as_text()
    };
    let in_url = || output.get("QueueUrl")?.as_text()?.rsplit('/').next();
    let Some(name) = text("QueueArn").and_then(name_in_arn).or_else(in_url) else {
        found.note(
            place,
            "There is no QueueArn, so the queue has no name; ask for all attributes.",
        );
        return;
    };
    let mut draft = Draft {
        place: name.to_owned(),
        name: name.to_owned(),
        ..Draft::default()
    };
    for (name, value) in attributes {
        let is_known = AttributeName::from_str(name).is_ok();
        let can_be_set = TABLE.iter().any(|row| row.name.as_str() == name);
        match value.as_text() {
            Some(value) if can_be_set => {
                draft.attributes.insert(name.clone(), value.to_owned());
            }
            None if can_be_set => {
                found.note(format!("{}.{name}", draft.name), "This is not a text.")
            }
            _ if is_known || name == "QueueUrl" || name == "Tags" => {}
            _ => found.note(
                format!("{}.{name}", draft.name),
                "This attribute is unknown.",
            ),
        }
    }
    for (key, value) in output
        .get("Tags")
        .and_then(Json::members)
        .unwrap_or_default()
    {
        match value.as_text() {
            Some(value) => {
                draft.tags.insert(key.clone(), value.to_owned());
            }
            None => found.note(format!("{}.Tags.{key}", draft.name), "This is not a text."),
        }
    }
    found.add(draft);
}

/// The pieces of a text that are values, by their brackets. What is malformed stays one piece.
pub(super) fn split(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    let (mut in_text, mut is_escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        if in_text {
            in_text = is_escaped || byte != b'"';
            is_escaped = !is_escaped && byte == b'\\';
            continue;
        }
        match byte {
            b'"' => in_text = true,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    pieces.push(text[start..=at].trim());
                    start = at + 1;
                }
            }
            _ => {}
        }
    }
    let rest = text[start..].trim();
    if !rest.is_empty() {
        pieces.push(rest);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn values_one_after_the_other() {
        assert_eq!(
            split(r#"{"a":"}\"{"} [1]{}"#),
            [r#"{"a":"}\"{"}"#, "[1]", "{}"]
        );
        assert_eq!(split("{} x"), ["{}", "x"]);
        assert_eq!(split("}{"), ["}", "{"]);
    }
}
