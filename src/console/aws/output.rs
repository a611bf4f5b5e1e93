//! What the CLI prints: `--output json`, `text` and `yaml`.

use super::python;
use crate::json::{self, AsMember, Json};

/// JSON with four spaces.
pub(super) fn json(value: &Json) -> String {
    if *value == Json::Object(Vec::new()) {
        return String::new();
    }
    let mut output = String::new();
    for line in json::pretty(&value.member()).lines() {
        let inner = line.trim_start_matches(' ');
        output.push_str(&" ".repeat(2 * (line.len() - inner.len())));
        output.push_str(inner);
        output.push('\n');
    }
    output
}

/// Words with tabs between.
pub(super) fn text(value: &Json) -> String {
    let mut output = String::new();
    write_text(value, None, None, &mut output);
    output
}

fn is_scalar(value: &Json) -> bool {
    !matches!(value, Json::List(_) | Json::Object(_))
}

fn shown(value: &Json) -> String {
    python::text(value, false)
}

fn write_text(value: &Json, name: Option<&str>, keys: Option<&[&str]>, output: &mut String) {
    match value {
        Json::Object(members) => write_members(members, name, keys, output),
        Json::List(values) => write_values(values, name, output),
        Json::Null | Json::Flag(_) | Json::Number(_) | Json::Text(_) => {
            output.push_str(&shown(value));
            output.push('\n');
        }
    }
}

fn write_values(values: &[Json], name: Option<&str>, output: &mut String) {
    if values.iter().any(|value| matches!(value, Json::Object(_))) {
        let mut keys: Vec<&str> = Vec::new();
        for (key, value) in values.iter().filter_map(Json::members).flatten() {
            if is_scalar(value) {
                keys.push(key);
            }
        }
        keys.sort_unstable();
        keys.dedup();
        for value in values {
            write_text(value, name, Some(&keys), output);
        }
        return;
    }
    let (scalars, others): (Vec<&Json>, Vec<&Json>) =
        values.iter().partition(|value| is_scalar(value));
    if !scalars.is_empty() {
        let scalars: Vec<String> = scalars.into_iter().map(shown).collect();
        if let Some(name) = name {
            let name = name.to_uppercase();
            for scalar in scalars {
                output.push_str(&format!("{name}\t{scalar}\n"));
            }
        } else {
            output.push_str(&scalars.join("\t"));
            output.push('\n');
        }
    }
    for value in others {
        write_text(value, name, None, output);
    }
}

fn write_members(
    members: &[(String, Json)],
    name: Option<&str>,
    keys: Option<&[&str]>,
    output: &mut String,
) {
    let mut sorted: Vec<&(String, Json)> = members.iter().collect();
    sorted.sort_by(|(name, _), (other, _)| name.cmp(other));
    let (mut scalars, mut others) = (Vec::new(), Vec::new());
    if let Some(keys) = keys {
        for key in keys {
            let value = members.iter().find(|(name, _)| name == key);
            scalars.push(value.map_or(String::new(), |(_, value)| shown(value)));
        }
        others.extend(
            sorted
                .iter()
                .filter(|(name, _)| !keys.contains(&name.as_str())),
        );
    } else {
        for member in sorted {
            if is_scalar(&member.1) {
                scalars.push(shown(&member.1));
            } else {
                others.push(member);
            }
        }
    }
    if !scalars.is_empty() {
        if let Some(name) = name {
            scalars.insert(0, name.to_uppercase());
        }
        output.push_str(&scalars.join("\t"));
        output.push('\n');
    }
    for (name, value) in others {
        write_text(value, Some(name), None, output);
    }
}

/// YAML, as version 2 of the CLI writes it.
pub(super) fn yaml(value: &Json) -> String {
    if *value == Json::Object(Vec::new()) {
        return String::new();
    }
    let mut output = String::new();
    write_yaml(value, 0, &mut output);
    output
}

fn write_yaml(value: &Json, indent: usize, output: &mut String) {
    let begin = |output: &mut String| {
        if output.ends_with('\n') || output.is_empty() {
            output.push_str(&" ".repeat(indent));
        }
    };
    if let Json::Object(members) = value
        && !members.is_empty()
    {
        for (name, value) in members {
            begin(output);
            output.push_str(&yaml_text(name));
            output.push(':');
            let is_nested = !is_scalar(value) && !is_empty(value);
            output.push(if is_nested { '\n' } else { ' ' });
            // A list stands as far in as the name that it belongs to.
            let further = if matches!(value, Json::Object(_)) {
                2
            } else {
                0
            };
            write_yaml(value, indent + further, output);
        }
    } else if let Json::List(values) = value
        && !values.is_empty()
    {
        for value in values {
            begin(output);
            output.push_str("- ");
            write_yaml(value, indent + 2, output);
        }
    } else {
        let text = if let Json::Text(text) = value {
            yaml_text(text)
        } else {
            json::compact(&value.member())
        };
        output.push_str(&text);
        output.push('\n');
    }
}

/// Whether it is a list or an object without anything in it.
fn is_empty(value: &Json) -> bool {
    match value {
        Json::List(values) => values.is_empty(),
        Json::Object(members) => members.is_empty(),
        Json::Null | Json::Flag(_) | Json::Number(_) | Json::Text(_) => false,
    }
}

/// A text, in quotes if it would mean something else without.
fn yaml_text(text: &str) -> String {
    let is_special = |c: char| c.is_control();
    if text.contains(is_special) {
        return json::compact(&Json::Text(text.to_owned()).member());
    }
    let lower = text.to_lowercase();
    let is_other = ["", "null", "~", "true", "false", "yes", "no", "on", "off"]
        .contains(&lower.as_str())
        || text.starts_with(|c: char| "-?:,[]{}#&*!|>'\"%@` ".contains(c))
        || text.starts_with(|c: char| c.is_ascii_digit() || c == '+' || c == '.')
            && text
                .chars()
                .all(|c| c.is_ascii_digit() || "+-._:eExT".contains(c))
        || text.contains(": ")
        || text.contains(" #")
        || text.ends_with([':', ' ']);
    if is_other {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        text.to_owned()
    }
}
