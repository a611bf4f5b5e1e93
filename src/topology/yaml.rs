//! YAML as CloudFormation's templates are written: blocks, plain scalars where they are safe, and the short forms of
//! the functions.

use crate::json::{self, AsMember as _, Json, Member};

/// The value as a YAML document.
pub(super) fn print(json: &Json) -> String {
    let mut text = String::new();
    block(json, 0, &mut text);
    text
}

/// Writes lines that begin so far in; the first begins where the text ends.
fn block(json: &Json, indent: usize, text: &mut String) {
    match json {
        Json::Object(members) if !members.is_empty() => {
            for (at, (name, value)) in members.iter().enumerate() {
                if at > 0 {
                    text.push_str(&" ".repeat(indent));
                }
                text.push_str(&scalar(name));
                text.push(':');
                nested(value, indent, text);
            }
        }
        Json::List(values) if !values.is_empty() => {
            for (at, value) in values.iter().enumerate() {
                if at > 0 {
                    text.push_str(&" ".repeat(indent));
                }
                text.push_str("- ");
                match leaf(value) {
                    Some(leaf) => {
                        text.push_str(&leaf);
                        text.push('\n');
                    }
                    None => block(value, indent + 2, text),
                }
            }
        }
        Json::Null
        | Json::Flag(_)
        | Json::Number(_)
        | Json::Text(_)
        | Json::List(_)
        | Json::Object(_) => {
            text.push_str(&json::compact(&json.member()));
            text.push('\n');
        }
    }
}

/// Writes what follows a name.
fn nested(json: &Json, indent: usize, text: &mut String) {
    if let Some(leaf) = leaf(json) {
        text.push(' ');
        text.push_str(&leaf);
        text.push('\n');
        return;
    }
    text.push('\n');
    text.push_str(&" ".repeat(indent + 2));
    block(json, indent + 2, text);
}

/// The value on the line that is begun, if it is one that fits there.
fn leaf(json: &Json) -> Option<String> {
    Some(match json {
        Json::Text(text) => scalar(text),
        Json::Object(members) if members.len() == 1 => short_form(&members[0])?,
        Json::Object(members) if members.is_empty() => "{}".into(),
        Json::List(values) if values.is_empty() => "[]".into(),
        Json::Object(_) | Json::List(_) => return None,
        Json::Null | Json::Flag(_) | Json::Number(_) => json::compact(&json.member()),
    })
}

fn short_form((name, value): &(String, Json)) -> Option<String> {
    match (name.as_str(), value) {
        ("Ref", Json::Text(text)) => Some(format!("!Ref {}", scalar(text))),
        ("Fn::Sub", Json::Text(text)) => Some(format!("!Sub {}", scalar(text))),
        ("Fn::GetAtt", Json::List(parts)) => match &parts[..] {
            [Json::Text(resource), Json::Text(attribute)] => Some(format!(
                "!GetAtt {}",
                scalar(&format!("{resource}.{attribute}"))
            )),
            _ => None,
        },
        _ => None,
    }
}

/// A text: plain if no reader can take it for anything else.
fn scalar(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./:${}@+ ".contains(c);
    let begins_well = text.starts_with(|c: char| c.is_ascii_alphabetic());
    let ends_well = !text.ends_with([' ', ':']);
    let is_word = [
        "null", "true", "false", "yes", "no", "on", "off", "y", "n", "inf", "nan",
    ]
    .iter()
    .any(|word| text.eq_ignore_ascii_case(word));
    if begins_well && ends_well && !is_word && text.chars().all(is_plain) && !text.contains(": ") {
        return text.to_owned();
    }
    quoted(text)
}

/// As in JSON; what YAML allows nowhere, or reads as a line's end, is escaped as well.
fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    for c in json::compact(&Member::Text(text)).chars() {
        let code = u32::from(c);
        match c {
            '\u{7f}'..='\u{a0}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' => {
                quoted.push_str(&format!("\\u{code:04x}"));
            }
            '\u{2060}'..='\u{206f}' | '\u{e000}'..='\u{f8ff}' | '\u{fe00}'..='\u{feff}' => {
                quoted.push_str(&format!("\\u{code:04x}"));
            }
            '\u{fff0}'..='\u{ffff}' => quoted.push_str(&format!("\\u{code:04x}")),
            '\u{e0000}'.. => quoted.push_str(&format!("\\U{code:08x}")),
            _ => quoted.push(c),
        }
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted_where_they_could_be_something_else() {
        for text in [
            "orders",
            "arn:aws:sqs",
            "a b",
            "Fn::Sub",
            "a-b.fifo",
            "x${AWS::Region}",
        ] {
            assert_eq!(scalar(text), text);
        }
        for text in [
            "",
            "yes",
            "No",
            "null",
            "~",
            "12",
            "0x1",
            "1e5",
            "-",
            "- a",
            "a: b",
            "a #b",
            "a:",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a`",
            "'a'",
            "{a}",
            "[a]",
            "> a",
            "|",
            "2010-09-09",
            " a",
            "a ",
            "it's",
            "a,b",
        ] {
            assert!(scalar(text).starts_with('"'), "{text}");
        }
        assert_eq!(scalar("\"\\\n\u{7f}\u{85}🎈"), r#""\"\\\n\u007f\u0085🎈""#);
    }
}
