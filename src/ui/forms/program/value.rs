//! A setting as what is typed, and back: the text of a field for each value, and the value of each
//! text. What is read is what was written.

use crate::json::{self, AsMember, Json};
use crate::ui::text::text;

/// How a setting is typed.
#[derive(Clone, Copy)]
pub(super) enum Widget {
    /// One of the queues of the world.
    Queue,
    /// A text of one line.
    Line,
    /// A whole number.
    Number,
    /// Yes or no.
    Check,
    /// Texts, one a line.
    Lines,
    /// Message attributes, one a line.
    Attributes,
    /// One of several kinds, each with its pieces.
    Choice(&'static [Kind]),
    /// Anything.
    Json,
}

/// One of several kinds of value.
pub(super) struct Kind {
    /// Its name; empty if the value stands alone.
    pub(super) word: &'static str,
    /// The place of its text.
    pub(super) label: usize,
    pub(super) pieces: &'static [Piece],
}

/// A piece of a value.
pub(super) struct Piece {
    /// Its name; empty if it is the whole value.
    pub(super) name: &'static str,
    /// The place of its text.
    pub(super) label: usize,
    pub(super) is_number: bool,
}

/// Between the word of a kind and its pieces, and between pieces: nobody types it.
const NEXT: char = '\u{1f}';

/// What stands in the field for this value.
pub(super) fn write(widget: Widget, value: &Json) -> String {
    let plain = match (widget, value) {
        (_, Json::Null | Json::Flag(false)) => String::new(),
        (Widget::Choice(kinds), _) => write_choice(kinds, value),
        (Widget::Json, _) => json::pretty(&value.member()),
        (Widget::Lines, Json::List(texts)) => {
            let texts = texts.iter().filter_map(Json::as_text);
            texts.collect::<Vec<_>>().join("\n")
        }
        (Widget::Attributes, Json::Object(attributes)) => {
            let lines = attributes.iter().map(|(name, value)| line(name, value));
            lines.collect::<Vec<_>>().join("\n")
        }
        (_, Json::Text(text) | Json::Number(text)) => text.clone(),
        (_, Json::Flag(true)) => "true".into(),
        (_, Json::List(_) | Json::Object(_)) => String::new(),
    };
    let is_whole = read(widget, &plain).is_ok_and(|read| read.agrees(value));
    let can_be_json = matches!(widget, Widget::Lines | Widget::Attributes);
    if can_be_json && !is_whole {
        // A line break in a text, a value that lines have no way to say.
        return json::compact(&value.member());
    }
    plain
}

/// The value that was typed; the error says what is wrong with it.
pub(super) fn read(widget: Widget, typed: &str) -> Result<Json, String> {
    Ok(match widget {
        Widget::Check => Json::Flag(!typed.is_empty()),
        Widget::Choice(kinds) => return read_choice(kinds, typed),
        _ if typed.trim().is_empty() => Json::Null,
        Widget::Queue | Widget::Line => Json::Text(typed.to_owned()),
        Widget::Number => return number(typed),
        Widget::Json => return json::parse(typed).map_err(|error| error.to_string()),
        Widget::Lines => match json::parse(typed) {
            Ok(list @ Json::List(_)) => list,
            _ => {
                let lines = typed.split('\n').filter(|line| !line.is_empty());
                Json::List(lines.map(|line| Json::Text(line.to_owned())).collect())
            }
        },
        Widget::Attributes => match json::parse(typed) {
            Ok(attributes @ Json::Object(_)) => attributes,
            _ => {
                let lines = typed.split('\n').filter(|line| !line.is_empty());
                let attributes: Option<Vec<_>> = lines.map(attribute).collect();
                Json::Object(attributes.ok_or_else(|| text!("set-attributes-wrong"))?)
            }
        },
    })
}

fn number(typed: &str) -> Result<Json, String> {
    match json::parse(typed) {
        Ok(number @ Json::Number(_)) => Ok(number),
        _ => Err(text!("not-a-number")),
    }
}

/// `Name=Value`, or `Name:Type=Value`.
fn line(name: &str, value: &Json) -> String {
    let text = |member| value.get(member).and_then(Json::as_text);
    let data_type = match text("DataType").unwrap_or_default() {
        "String" => String::new(),
        other => format!(":{other}"),
    };
    let value = text("StringValue").or_else(|| text("BinaryValue"));
    format!("{name}{data_type}={}", value.unwrap_or_default())
}

fn attribute(line: &str) -> Option<(String, Json)> {
    let (name, value) = line.split_once('=')?;
    let (name, data_type) = name.rsplit_once(':').unwrap_or((name, "String"));
    let member = if data_type.starts_with("Binary") {
        "BinaryValue"
    } else {
        "StringValue"
    };
    let members = [("DataType", data_type), (member, value)];
    let members = members.map(|(name, text)| (name.to_owned(), Json::Text(text.to_owned())));
    Some((name.trim().to_owned(), Json::Object(members.into())))
}

/// The word of a kind, and its pieces.
pub(super) fn pieces(typed: &str) -> impl Iterator<Item = &str> {
    typed.split(NEXT)
}

/// The same with another piece; the word is piece 0.
pub(super) fn with_piece(typed: &str, place: usize, piece: &str) -> String {
    let mut all: Vec<&str> = pieces(typed).collect();
    all.resize(all.len().max(place + 1), "");
    all[place] = piece;
    all.join(NEXT.encode_utf8(&mut [0; 4]))
}

fn write_choice(kinds: &[Kind], value: &Json) -> String {
    let written = kinds.iter().filter_map(|kind| {
        let mut text = kind.word.to_owned();
        for piece in pieces_of(kind, value)? {
            text.push(NEXT);
            text.push_str(piece);
        }
        Some(text)
    });
    written.into_iter().next().unwrap_or_default()
}

/// The pieces of the value, if it is of this kind.
fn pieces_of<'a>(kind: &Kind, value: &'a Json) -> Option<Vec<&'a str>> {
    let inside = match (kind.word, kind.pieces) {
        ("", []) => return (*value == Json::Null).then(Vec::new),
        (word, []) => return (value.as_text() == Some(word)).then(Vec::new),
        ("", _) => value,
        (word, _) => value.get(word)?,
    };
    let text = |piece: &Piece| {
        let value = match piece.name {
            "" => inside,
            name => inside.get(name)?,
        };
        match (value, piece.is_number) {
            (Json::Number(text), true) | (Json::Text(text), false) => Some(text.as_str()),
            _ => None,
        }
    };
    kind.pieces.iter().map(text).collect()
}

fn read_choice(kinds: &[Kind], typed: &str) -> Result<Json, String> {
    let mut typed = pieces(typed);
    let word = typed.next().unwrap_or_default();
    let kind = kinds.iter().find(|kind| kind.word == word);
    let kind = kind.ok_or_else(|| word.to_owned())?;
    let (mut inside, mut members) = (Json::Null, Vec::new());
    for piece in kind.pieces {
        let text = typed.next().unwrap_or_default();
        let value = if piece.is_number {
            number(text)?
        } else {
            Json::Text(text.to_owned())
        };
        if piece.name.is_empty() {
            inside = value;
        } else {
            members.push((piece.name.to_owned(), value));
        }
    }
    if !members.is_empty() {
        inside = Json::Object(members);
    }
    Ok(match (kind.word, kind.pieces) {
        ("", []) => Json::Null,
        (word, []) => Json::Text(word.to_owned()),
        ("", _) => inside,
        (word, _) => Json::Object(vec![(word.to_owned(), inside)]),
    })
}
