//! Links: a document as the fragment of an address. What was ever a link stays one.
//!
//! `1.` and, as base64url, four bytes of the SHA-256 of the text, and the text packed. The text is
//! the document's JSON, with each input's instant told as the time since the one before it, and the end
//! of an outside program's sleep as the time since its beginning. Nothing in a link refers to anything but the dictionary of its version, so it never changes its meaning.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::document::{Document, DocumentError};
use super::pack::{Unpackable, pack, unpack};
use crate::json::{self, AsMember, Json};

/// The version that is written, with what ends it. Older ones must stay readable.
const VERSION: &str = "1.";
/// The longest link that is made or read, in characters: what browsers and messengers carry.
pub const LENGTH_MAX: usize = 32_000;
/// The most text that a link may hold, in bytes.
const TEXT_MAX: usize = 4 << 20;
/// How much of the sum a link has, in bytes.
const SUM: usize = 4;

/// No link, in either direction.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum LinkError {
    /// The run is too large for a link, or the link for us.
    TooLong,
    /// Of a version that this program does not know.
    UnknownVersion,
    /// Cut off or altered on its way.
    Damaged,
    /// Whole, but what it holds is no document.
    Document(DocumentError),
}

/// The document as a link.
///
/// # Errors
/// [`LinkError::TooLong`] if that would be longer than browsers and messengers carry.
pub fn encode(document: &Document) -> Result<String, LinkError> {
    let mut value = document.to_value();
    let mut before = document.recording.config.start.as_ms();
    for input in inputs(&mut value) {
        let at = tell(input, "at", |at| at.checked_sub(before));
        before += at.expect("a recording's inputs are in order");
        if let Some(wait) = wait(input) {
            // One that ends before it begins is refused when it is played, and has to stay one.
            tell(wait, "until", |until| Some(until.wrapping_sub(before)));
        }
    }
    let text = json::compact(&value.member());
    if text.len() > TEXT_MAX {
        return Err(LinkError::TooLong);
    }
    let mut bytes = sum(&text).to_vec();
    bytes.extend(pack(&text));
    let link = VERSION.to_owned() + &URL_SAFE_NO_PAD.encode(bytes);
    let is_short = link.len() <= LENGTH_MAX;
    is_short.then_some(link).ok_or(LinkError::TooLong)
}

/// The document of a link.
///
/// # Errors
/// A [`LinkError`] that says what is wrong with it.
pub fn decode(link: &str) -> Result<Document, LinkError> {
    if link.len() > LENGTH_MAX {
        return Err(LinkError::TooLong);
    }
    let Some(packed) = link.strip_prefix(VERSION) else {
        let (version, _) = link.split_once('.').unwrap_or_default();
        let is_number = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit());
        return Err(if is_number {
            LinkError::UnknownVersion
        } else {
            LinkError::Damaged
        });
    };
    let bytes = URL_SAFE_NO_PAD
        .decode(packed)
        .map_err(|_| LinkError::Damaged)?;
    let (told, packed) = bytes.split_at_checked(SUM).ok_or(LinkError::Damaged)?;
    let text = unpack(packed, TEXT_MAX).map_err(|why| match why {
        Unpackable::Damaged => LinkError::Damaged,
        Unpackable::TooLong => LinkError::TooLong,
    })?;
    if sum(&text) != *told {
        return Err(LinkError::Damaged);
    }
    let malformed = |why: json::Malformed| DocumentError::Malformed(why.to_string());
    let value = json::parse(&text).map_err(malformed);
    let mut value = value.map_err(LinkError::Document)?;
    let start = value.get("config").and_then(|config| config.get("start"));
    let mut before = start.and_then(number).unwrap_or_default();
    for input in inputs(&mut value) {
        let at = tell(input, "at", |since| before.checked_add(since));
        before = at.ok_or(LinkError::Damaged)?;
        if let Some(wait) = wait(input) {
            tell(wait, "until", |until| Some(until.wrapping_add(before)));
        }
    }
    Document::from_value(value).map_err(LinkError::Document)
}

/// The inputs of a recording; none if it is no recording.
fn inputs(value: &mut Json) -> &mut [Json] {
    member(value, "inputs").map_or(&mut [], elements)
}

/// An outside program's sleep, if that is what the input is.
fn wait(input: &mut Json) -> Option<&mut Json> {
    member(member(input, "kind")?, "OutsideWait")
}

fn member<'a>(value: &'a mut Json, name: &str) -> Option<&'a mut Json> {
    let Json::Object(members) = value else {
        return None;
    };
    let mut named = members.iter_mut().rev().filter(|(other, _)| other == name);
    named.next().map(|(_, member)| member)
}

fn elements(value: &mut Json) -> &mut [Json] {
    if let Json::List(values) = value {
        values
    } else {
        &mut []
    }
}

/// Tells a number otherwise, and returns what it is then. None if there is none, or it can't be told.
fn tell(value: &mut Json, name: &str, other: impl FnOnce(u64) -> Option<u64>) -> Option<u64> {
    let place = member(value, name)?;
    let told = other(number(place)?)?;
    *place = Json::Number(told.to_string());
    Some(told)
}

fn number(value: &Json) -> Option<u64> {
    if let Json::Number(digits) = value {
        digits.parse().ok()
    } else {
        None
    }
}

fn sum(text: &str) -> [u8; SUM] {
    let sum = Sha256::digest(text.as_bytes());
    std::array::from_fn(|at| sum[at])
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => write!(f, "a link has at most {LENGTH_MAX} characters"),
            Self::UnknownVersion => {
                write!(
                    f,
                    "the link is of a later version of the playground than this one"
                )
            }
            Self::Damaged => write!(f, "the link was cut off or altered on its way"),
            Self::Document(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for LinkError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::RecordingError;

    /// A link that is whole and holds any text.
    fn link_of(text: &str) -> String {
        let mut bytes = sum(text).to_vec();
        bytes.extend(pack(text));
        VERSION.to_owned() + &URL_SAFE_NO_PAD.encode(bytes)
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let error = decode(&link_of(text)).expect_err("it holds no document");
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn a_link_that_would_unpack_to_too_much_is_refused() {
        let bomb = link_of(&" ".repeat(TEXT_MAX + 1));
        assert!(bomb.len() < LENGTH_MAX, "{} characters", bomb.len());
        assert_eq!(decode(&bomb), Err(LinkError::TooLong));
        let most = link_of(&" ".repeat(TEXT_MAX));
        assert!(matches!(decode(&most), Err(LinkError::Document(_))));
    }

    #[test]
    fn a_whole_link_with_something_else_in_it_is_refused() {
        check(
            "",
            "the file is not JSON: expected a value at line 1 column 1",
        );
        let deep = "[".repeat(100_000);
        check(
            &deep,
            "the file is not JSON: expected less depth at line 1 column 128",
        );
        check(
            "{}",
            "this is neither a recording nor a scenario of the playground",
        );
        let recording = |version: u64, rest: &str| {
            format!(r#"{{"format":"sqs-playground-recording","version":{version},{rest}}}"#)
        };
        check(
            &recording(7, r#""config":{"seed":1},"inputs":[]"#),
            "the recording has version 7; known is 1",
        );
        check(
            &recording(1, r#""config":{"seed":1,"account":"<script>"},"inputs":[]"#),
            "account must be 12 digits",
        );
        let at = |at: &str| {
            let input = format!(r#"{{"at":{at},"kind":{{"RemoveActor":1}}}}"#);
            recording(1, &format!(r#""config":{{"seed":1}},"inputs":[{input}]"#))
        };
        let overflow = at("18446744073709551615,\"at\":1");
        check(
            &overflow,
            "the recording can't be read: two fields `at` in inputs.0",
        );
        let negative = decode(&link_of(&at("-1")));
        assert_eq!(negative, Err(LinkError::Damaged));
        // Without a start, the first input counts from the epoch, which is before the default.
        let early = decode(&link_of(&at("5")));
        let out_of_order = DocumentError::Recording(RecordingError::OutOfOrder(0));
        assert_eq!(early, Err(LinkError::Document(out_of_order)));
    }

    #[test]
    fn a_stream_that_goes_on_or_breaks_off_is_damaged() {
        let text = r#"{"format":"sqs-playground-recording"}"#;
        let mut bytes = sum(text).to_vec();
        bytes.extend(pack(text));
        for end in 0..bytes.len() {
            let cut = VERSION.to_owned() + &URL_SAFE_NO_PAD.encode(&bytes[..end]);
            assert_eq!(decode(&cut), Err(LinkError::Damaged), "cut at {end}");
        }
        bytes.push(0);
        let longer = VERSION.to_owned() + &URL_SAFE_NO_PAD.encode(&bytes);
        assert_eq!(decode(&longer), Err(LinkError::Damaged));
    }
}
