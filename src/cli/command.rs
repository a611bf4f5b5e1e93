//! The AWS CLI: the command that makes a call, for a POSIX shell, and what it prints.

use super::{COLUMNS, in_lower_case, members};
use crate::json::{self, Member};
use crate::sqs::Error;
use crate::sqs::api::{Request, Response};

/// The command that makes a request, as a person would type it. Binary values are base64, as
/// version 2 of the CLI wants them.
pub fn aws_command(request: &Request) -> String {
    let mut command = format!("aws sqs {}", in_lower_case(request.action(), '-'));
    let members = members(request.shape());
    let options = if members.iter().all(|(name, member)| is_typed(name, member)) {
        let options = members.iter();
        options.map(|(name, member)| option(name, member)).collect()
    } else {
        let input = json::compact(&Member::Shape(request.shape()));
        vec![format!("--cli-input-json {}", shell_word(&input))]
    };
    let columns: usize = options
        .iter()
        .map(|option| option.chars().count() + 1)
        .sum();
    let is_long = command.len() + columns > COLUMNS;
    let between = if is_long { " \\\n    " } else { " " };
    for option in options {
        command.push_str(between);
        command.push_str(&option);
    }
    command
}

/// What the command prints, with `--output json`: nothing for an empty answer.
pub fn aws_output(response: &Response) -> String {
    if members(response.shape()).is_empty() {
        return String::new();
    }
    let text = json::pretty(&Member::Shape(response.shape()));
    let mut output = String::new();
    for line in text.lines() {
        let inner = line.trim_start_matches(' ');
        output.push_str(&" ".repeat(2 * (line.len() - inner.len())));
        output.push_str(inner);
        output.push('\n');
    }
    output
}

/// What the command prints when the call fails.
pub fn aws_error(action: &str, error: &Error) -> String {
    format!(
        "An error occurred ({}) when calling the {action} operation: {}",
        error.code.query_code(),
        error.message
    )
}

/// Whether a value can be typed as an option's. The CLI loads what looks like an address, except
/// a queue's URL; two hyphens end the options; and control characters do not survive a terminal.
fn is_typed(name: &str, member: &Member<'_>) -> bool {
    let Member::Text(text) = member else {
        return true;
    };
    let is_control = |c: char| c < ' ' && c != '\n';
    let is_loaded = ["file://", "fileb://", "http://", "https://"]
        .iter()
        .any(|scheme| text.starts_with(scheme));
    !text.contains(is_control) && *text != "--" && (!is_loaded || name == "QueueUrl")
}

/// An option with its value.
fn option(name: &str, member: &Member<'_>) -> String {
    let name = in_lower_case(name, '-');
    let value = match member {
        Member::Text(text) => shell_word(text),
        Member::Flag(true) => return format!("--{name}"),
        Member::Flag(false) => return format!("--no-{name}"),
        Member::List(values) => words(values).unwrap_or_else(|| structure(member)),
        Member::Map(values) => pairs(values).unwrap_or_else(|| structure(member)),
        Member::Absent
        | Member::Digits(_)
        | Member::Integer(_)
        | Member::Natural(_)
        | Member::Shape(_)
        | Member::Choice(..) => structure(member),
    };
    // What begins like an option is taken for one, unless it is joined to its name.
    let is_like_option = value.trim_start_matches('\'').starts_with('-');
    let between = if is_like_option { '=' } else { ' ' };
    format!("--{name}{between}{value}")
}

fn structure(member: &Member<'_>) -> String {
    shell_word(&json::compact(member))
}

/// A list of plain words, one after the other.
fn words(values: &[Member<'_>]) -> Option<String> {
    let mut words = String::new();
    for value in values {
        let Member::Text(text) = value else {
            return None;
        };
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-.*".contains(c);
        if text.is_empty() || text.starts_with('-') || !text.chars().all(is_plain) {
            return None;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&shell_word(text));
    }
    (!words.is_empty()).then_some(words)
}

/// A map of plain words, in the CLI's shorthand: `a=1,b=2`.
fn pairs(values: &[(&str, Member<'_>)]) -> Option<String> {
    let mut pairs = String::new();
    for (name, value) in values {
        let Member::Text(text) = value else {
            return None;
        };
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
        let is_word =
            |text: &str| !text.is_empty() && !text.starts_with('-') && text.chars().all(is_plain);
        if !is_word(name) || !is_word(text) {
            return None;
        }
        if !pairs.is_empty() {
            pairs.push(',');
        }
        pairs.push_str(name);
        pairs.push('=');
        pairs.push_str(text);
    }
    (!pairs.is_empty()).then_some(pairs)
}

/// A text as one word for a POSIX shell.
pub fn shell_word(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./:,+@".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}
