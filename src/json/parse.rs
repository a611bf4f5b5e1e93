//! From text to values (RFC 8259).

use std::fmt;

use super::Json;

/// How deep lists and objects may lie in each other.
const DEPTH_MAX: usize = 127;

/// A text that is not JSON.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Malformed {
    /// From 1.
    line: usize,
    /// From 1, in characters.
    column: usize,
    expected: &'static str,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            line,
            column,
            expected,
        } = self;
        write!(f, "expected {expected} at line {line} column {column}")
    }
}

impl std::error::Error for Malformed {}

/// Reads a text that is one value.
///
/// # Errors
/// Where it is not JSON.
pub fn parse(text: &str) -> Result<Json, Malformed> {
    let mut parser = Parser { text, at: 0 };
    let value = parser.value(DEPTH_MAX)?;
    match parser.peek() {
        None => Ok(value),
        Some(_) => parser.fail("the end"),
    }
}

struct Parser<'a> {
    text: &'a str,
    /// How many bytes have been read.
    at: usize,
}

impl Parser<'_> {
    fn value(&mut self, depth: usize) -> Result<Json, Malformed> {
        match self.peek() {
            Some(b'[' | b'{') if depth == 0 => self.fail("less depth"),
            Some(b'[') => self.list(depth - 1),
            Some(b'{') => self.object(depth - 1),
            Some(b'"') => self.string().map(Json::Text),
            Some(b'-' | b'0'..=b'9') => self.number().map(Json::Number),
            _ => {
                let words = [
                    ("null", Json::Null),
                    ("true", Json::Flag(true)),
                    ("false", Json::Flag(false)),
                ];
                for (word, value) in words {
                    if self.rest().starts_with(word.as_bytes()) {
                        self.at += word.len();
                        return Ok(value);
                    }
                }
                self.fail("a value")
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Json, Malformed> {
        let mut list = Vec::new();
        let mut goes_on = self.begins(b']');
        while goes_on {
            list.push(self.value(depth)?);
            goes_on = self.goes_on(b']', "`,` or `]`")?;
        }
        Ok(Json::List(list))
    }

    fn object(&mut self, depth: usize) -> Result<Json, Malformed> {
        let mut members = Vec::new();
        let mut goes_on = self.begins(b'}');
        while goes_on {
            if self.peek() != Some(b'"') {
                return self.fail("a name");
            }
            let name = self.string()?;
            if self.peek() != Some(b':') {
                return self.fail("`:`");
            }
            self.at += 1;
            members.push((name, self.value(depth)?));
            goes_on = self.goes_on(b'}', "`,` or `}`")?;
        }
        Ok(Json::Object(members))
    }

    /// Passes the bracket, and tells whether anything lies in it.
    fn begins(&mut self, end: u8) -> bool {
        self.at += 1;
        let is_empty = self.peek() == Some(end);
        self.at += usize::from(is_empty);
        !is_empty
    }

    /// Passes a comma or the end, and tells which it was.
    fn goes_on(&mut self, end: u8, expected: &'static str) -> Result<bool, Malformed> {
        let goes_on = match self.peek() {
            Some(b',') => true,
            Some(byte) if byte == end => false,
            _ => return self.fail(expected),
        };
        self.at += 1;
        Ok(goes_on)
    }

    /// Reads from the quotation mark on.
    fn string(&mut self) -> Result<String, Malformed> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let is_plain = |byte: &&u8| !matches!(byte, b'"' | b'\\' | 0..=0x1f);
            let plain = self.rest().iter().take_while(is_plain).count();
            text.push_str(&self.text[self.at..self.at + plain]);
            self.at += plain;
            match self.rest().first() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                _ => return self.fail("the end of the text"),
            }
        }
    }

    /// Reads from the backslash on.
    fn escape(&mut self) -> Result<char, Malformed> {
        let escaped = match self.rest().get(1) {
            Some(b'u') => return self.unicode(),
            Some(mark @ (b'"' | b'\\' | b'/')) => char::from(*mark),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            _ => return self.fail("an escape"),
        };
        self.at += 2;
        Ok(escaped)
    }

    /// Reads `\u` and four digits, and once more where these are the first half of a pair.
    fn unicode(&mut self) -> Result<char, Malformed> {
        let first = self.unit();
        let pair = (0xd800..0xdc00).contains(&first);
        let code = if pair {
            let low = self.unit().wrapping_sub(0xdc00);
            if low < 0x400 {
                0x10000 + ((first - 0xd800) << 10) + low
            } else {
                u32::MAX
            }
        } else {
            first
        };
        char::from_u32(code).map_or_else(|| self.fail("a character"), Ok)
    }

    /// The number in `\u12ef`; one that is no character if there is none.
    fn unit(&mut self) -> u32 {
        let digit = |byte: &u8| char::from(*byte).to_digit(16);
        let rest = self.rest();
        let digits = rest.get(2..6).filter(|_| rest.starts_with(b"\\u"));
        let add = |sum: u32, byte: &u8| Some(sum * 16 + digit(byte)?);
        let unit = digits.and_then(|digits| digits.iter().try_fold(0, add));
        self.at += if unit.is_some() { 6 } else { 0 };
        unit.unwrap_or(u32::MAX)
    }

    fn number(&mut self) -> Result<String, Malformed> {
        let start = self.at;
        self.pass(b"-");
        if self.pass(b"0") == 0 && self.digits() == 0 {
            return self.fail("a digit");
        }
        if self.pass(b".") > 0 && self.digits() == 0 {
            return self.fail("a digit");
        }
        if self.pass(b"eE") > 0 {
            self.pass(b"+-");
            if self.digits() == 0 {
                return self.fail("a digit");
            }
        }
        Ok(self.text[start..self.at].to_owned())
    }

    /// Passes one of these bytes, if it is next, and tells how many were passed.
    fn pass(&mut self, bytes: &[u8]) -> usize {
        let is_next = self.rest().first().is_some_and(|next| bytes.contains(next));
        self.at += usize::from(is_next);
        usize::from(is_next)
    }

    fn digits(&mut self) -> usize {
        let digits = self.rest().iter().take_while(|byte| byte.is_ascii_digit());
        let digits = digits.count();
        self.at += digits;
        digits
    }

    /// Passes white space; what comes then?
    fn peek(&mut self) -> Option<u8> {
        let is_space = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        self.at += self.rest().iter().take_while(is_space).count();
        self.rest().first().copied()
    }

    fn rest(&self) -> &[u8] {
        &self.text.as_bytes()[self.at..]
    }

    fn fail<T>(&self, expected: &'static str) -> Result<T, Malformed> {
        let before = &self.text.as_bytes()[..self.at];
        let line = before.iter().filter(|byte| **byte == b'\n').count();
        let of_line = before.iter().rev().take_while(|byte| **byte != b'\n');
        let begins_a_character = |byte: &&u8| **byte & 0xc0 != 0x80;
        Err(Malformed {
            line: line + 1,
            column: of_line.filter(begins_a_character).count() + 1,
            expected,
        })
    }
}
