//! Python's literals for members, laid out as a person would.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{COLUMNS, members};
use crate::json::{Member, Shape};

/// How far in the elements of what is broken begin.
const INDENT: usize = 4;

/// What stands around elements, and between a name and its value.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    begin: char,
    end: char,
    /// After a name; a name before a colon is a text.
    after_name: &'static str,
}

/// The arguments of a call.
pub(super) const ARGUMENTS: Frame = Frame {
    begin: '(',
    end: ')',
    after_name: "=",
};

/// A dictionary.
pub(super) const DICTIONARY: Frame = Frame {
    begin: '{',
    end: '}',
    after_name: ": ",
};

const LIST: Frame = Frame {
    begin: '[',
    end: ']',
    after_name: "",
};

/// Where a text may go: lines begin so far in, and around it other text takes so many columns.
#[derive(Clone, Copy)]
pub(super) struct Room {
    pub(super) indent: usize,
    pub(super) around: usize,
}

/// The members of a structure in a frame, with what else belongs there.
pub(super) fn structure(shape: &dyn Shape, last: Option<&str>, frame: Frame, room: Room) -> String {
    let members = members(shape);
    let mut elements = Vec::new();
    for (name, member) in &members {
        elements.push(Element {
            name,
            of: name,
            member,
        });
    }
    framed(&elements, last, frame, room)
}

/// A text as a literal of Python, on one line.
pub fn text_literal(text: &str) -> String {
    let quote = if text.contains('"') && !text.contains('\'') {
        '\''
    } else {
        '"'
    };
    let mut literal = String::from(quote);
    for c in text.chars() {
        let code = u32::from(c);
        match c {
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            '\\' => literal.push_str("\\\\"),
            _ if c == quote => literal.extend(['\\', quote]),
            _ if code < 0x100 && c.is_control() => literal.push_str(&format!("\\x{code:02x}")),
            _ if is_unseen(c) && code < 0x1_0000 => literal.push_str(&format!("\\u{code:04x}")),
            _ if is_unseen(c) => literal.push_str(&format!("\\U{code:08x}")),
            _ => literal.push(c),
        }
    }
    literal.push(quote);
    literal
}

/// Spaces other than the usual one, what steers the direction of writing, and what is no
/// character at all.
fn is_unseen(c: char) -> bool {
    (c.is_whitespace() && c != ' ')
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{e000}'..='\u{f8ff}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}'
            | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{10ffff}')
}

/// What stands in a frame.
struct Element<'a> {
    /// Empty in a list.
    name: &'a str,
    /// The structure's member that it belongs to.
    of: &'a str,
    member: &'a Member<'a>,
}

fn framed(elements: &[Element<'_>], last: Option<&str>, frame: Frame, room: Room) -> String {
    let written = |indent, around| {
        let mut written = Vec::new();
        for element in elements {
            let name = match frame.after_name {
                ": " => text_literal(element.name),
                _ => element.name.to_owned(),
            };
            let before = name + frame.after_name;
            let around = around + before.chars().count();
            let value = value(element.of, element.member, Room { indent, around });
            written.push(before + &value);
        }
        written.extend(last.map(str::to_owned));
        written
    };
    // As if there were room enough: it is one line if there is.
    let line = written(0, 0).join(", ");
    let columns = room.indent + room.around + line.chars().count() + 2;
    let mut text = String::from(frame.begin);
    if columns <= COLUMNS && !line.contains('\n') || elements.is_empty() {
        text.push_str(&line);
    } else {
        let indent = room.indent + INDENT;
        for element in written(indent, 1) {
            text.push('\n');
            text.push_str(&" ".repeat(indent));
            text.push_str(&element);
            text.push(',');
        }
        text.push('\n');
        text.push_str(&" ".repeat(room.indent));
    }
    text.push(frame.end);
    text
}

/// A value that belongs to a member of this name.
fn value(of: &str, member: &Member<'_>, room: Room) -> String {
    match member {
        Member::Absent => "None".to_owned(),
        Member::Text(text) if of.starts_with("Binary") => bytes_literal(text),
        Member::Text(text) => text_literal(text),
        Member::Digits(digits) => (*digits).to_owned(),
        Member::Integer(number) => number.to_string(),
        Member::Natural(number) => number.to_string(),
        Member::Flag(true) => "True".to_owned(),
        Member::Flag(false) => "False".to_owned(),
        Member::List(values) => {
            let mut elements = Vec::new();
            for member in values {
                let name = "";
                elements.push(Element { name, of, member });
            }
            framed(&elements, None, LIST, room)
        }
        Member::Map(values) => {
            let mut elements = Vec::new();
            for (name, member) in values {
                elements.push(Element { name, of, member });
            }
            framed(&elements, None, DICTIONARY, room)
        }
        Member::Shape(shape) => structure(*shape, None, DICTIONARY, room),
        Member::Choice(name, member) => {
            let element = Element { name, of, member };
            framed(&[element], None, DICTIONARY, room)
        }
    }
}

/// The bytes that this base64 stands for, as a literal of Python; what is no base64 stays the text that it is.
pub fn bytes_literal(base64: &str) -> String {
    let Ok(bytes) = STANDARD.decode(base64) else {
        return text_literal(base64);
    };
    let mut literal = String::from("b\"");
    for byte in bytes {
        match byte {
            b'"' | b'\\' => literal.extend(['\\', char::from(byte)]),
            b'\n' => literal.push_str("\\n"),
            b'\r' => literal.push_str("\\r"),
            b'\t' => literal.push_str("\\t"),
            b' '..=b'~' => literal.push(char::from(byte)),
            _ => literal.push_str(&format!("\\x{byte:02x}")),
        }
    }
    literal.push('"');
    literal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stay_readable_and_exact() {
        for (text, literal) in [
            ("Hello World", r#""Hello World""#),
            (r#"{"a": 1}"#, r#"'{"a": 1}'"#),
            (r#"it's "so""#, r#""it's \"so\"""#),
            ("a\\b\n\t\0\u{7f}", r#""a\\b\n\t\x00\x7f""#),
            (
                "é 🎈 \u{202e}\u{a0}\u{e0041}",
                r#""é 🎈 \u202e\u00a0\U000e0041""#,
            ),
        ] {
            assert_eq!(text_literal(text), literal);
        }
        assert_eq!(bytes_literal("AP9hIlw="), r#"b"\x00\xffa\"\\""#);
        assert_eq!(bytes_literal("no base64!"), r#""no base64!""#);
    }
}
