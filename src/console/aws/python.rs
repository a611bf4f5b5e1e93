//! Values as Python shows them: the CLI is written in it, and so are its complaints.

use crate::json::Json;

/// A text in quotes.
pub(super) fn repr_text(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut shown = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => shown.push_str("\\\\"),
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            _ if c == quote => shown.extend(['\\', c]),
            '\0'..='\x1f' | '\x7f'..='\u{a0}' | '\u{ad}' => {
                shown.push_str(&format!("\\x{:02x}", u32::from(c)));
            }
            _ => shown.push(c),
        }
    }
    shown.push(quote);
    shown
}

/// A value; `is_ordered` if it was read by the parser of options, which keeps its objects in another type.
pub(super) fn repr(value: &Json, is_ordered: bool) -> String {
    match value {
        Json::Null => "None".to_owned(),
        Json::Flag(true) => "True".to_owned(),
        Json::Flag(false) => "False".to_owned(),
        Json::Number(digits) => digits.clone(),
        Json::Text(text) => repr_text(text),
        Json::List(values) => {
            let shown: Vec<String> = values.iter().map(|value| repr(value, is_ordered)).collect();
            format!("[{}]", shown.join(", "))
        }
        Json::Object(members) => {
            let pairs = members.iter().map(|(name, value)| {
                let (name, value) = (repr_text(name), repr(value, is_ordered));
                format!("{name}: {value}")
            });
            let shown = pairs.collect::<Vec<_>>().join(", ");
            if is_ordered {
                format!("OrderedDict({{{shown}}})")
            } else {
                format!("{{{shown}}}")
            }
        }
    }
}

/// The same for people: a text has no quotes.
pub(super) fn text(value: &Json, is_ordered: bool) -> String {
    if let Json::Text(text) = value {
        text.clone()
    } else {
        repr(value, is_ordered)
    }
}

/// The name of a value's type.
pub(super) fn type_name(value: &Json, is_ordered: bool) -> &'static str {
    match value {
        Json::Null => "<class 'NoneType'>",
        Json::Flag(_) => "<class 'bool'>",
        Json::Number(digits) if is_whole(digits) => "<class 'int'>",
        Json::Number(_) => "<class 'float'>",
        Json::Text(_) => "<class 'str'>",
        Json::List(_) => "<class 'list'>",
        Json::Object(_) if is_ordered => "<class 'collections.OrderedDict'>",
        Json::Object(_) => "<class 'dict'>",
    }
}

/// Whether a number as it is written is a whole one to Python.
pub(super) fn is_whole(digits: &str) -> bool {
    let digits = digits.strip_prefix('-').unwrap_or(digits);
    digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The whole number that a text is, as Python's `int` reads it.
pub(super) fn integer(text: &str) -> Option<String> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let is_good = !digits.is_empty()
        && digits
            .split('_')
            .all(|group| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit()));
    if !is_good || digits.len() > 4_300 {
        return None;
    }
    let digits = digits.replace('_', "");
    let digits = digits.trim_start_matches('0');
    Some(if digits.is_empty() {
        "0".to_owned()
    } else {
        format!("{sign}{digits}")
    })
}

/// The complaint about one that is none.
pub(super) fn no_integer(text: &str) -> String {
    format!(
        "invalid literal for int() with base 10: {}",
        repr_text(text)
    )
}
