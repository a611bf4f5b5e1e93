//! JSON text to values, with the complaints of Python's reader, which are what people see.

use crate::json::Json;

/// How deep values are nested at most.
const DEPTH_MAX: usize = 200;

/// Reads a text.
///
/// # Errors
/// Python's complaint, with the place.
pub(super) fn read(text: &str) -> Result<Json, String> {
    let mut reader = Reader {
        chars: text.chars().collect(),
        at: 0,
    };
    reader.skip();
    let value = reader.value(0)?;
    reader.skip();
    if reader.at < reader.chars.len() {
        return Err(reader.problem("Extra data", reader.at));
    }
    Ok(value)
}

struct Reader {
    chars: Vec<char>,
    at: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn skip(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t' | '\n' | '\r')) {
            self.at += 1;
        }
    }

    fn problem(&self, what: &str, at: usize) -> String {
        let before = &self.chars[..at];
        let line = before.iter().filter(|c| **c == '\n').count() + 1;
        let start = before
            .iter()
            .rposition(|c| *c == '\n')
            .map_or(0, |at| at + 1);
        let column = at - start + 1;
        format!("{what}: line {line} column {column} (char {at})")
    }

    fn value(&mut self, depth: usize) -> Result<Json, String> {
        if depth > DEPTH_MAX {
            return Err("maximum recursion depth exceeded".to_owned());
        }
        let begin = self.at;
        match self.peek() {
            Some('"') => Ok(Json::Text(self.text()?)),
            Some('{') => self.object(depth),
            Some('[') => self.list(depth),
            _ => {
                for (word, value) in [
                    ("null", Json::Null),
                    ("true", Json::Flag(true)),
                    ("false", Json::Flag(false)),
                ] {
                    let is_here = self.chars[begin..].iter().take(word.len()).copied();
                    if is_here.eq(word.chars()) {
                        self.at += word.len();
                        return Ok(value);
                    }
                }
                self.number()
                    .ok_or_else(|| self.problem("Expecting value", begin))
            }
        }
    }

    fn number(&mut self) -> Option<Json> {
        let digits = |from: usize| {
            let rest = self.chars.get(from..).unwrap_or_default();
            rest.iter().take_while(|c| c.is_ascii_digit()).count()
        };
        let begin = self.at;
        let whole = begin + usize::from(self.peek() == Some('-'));
        let mut end = match self.chars.get(whole)? {
            '0' => whole + 1,
            '1'..='9' => whole + digits(whole),
            _ => return None,
        };
        if self.chars.get(end) == Some(&'.') && digits(end + 1) > 0 {
            end += 1 + digits(end + 1);
        }
        if matches!(self.chars.get(end), Some('e' | 'E')) {
            let sign = usize::from(matches!(self.chars.get(end + 1), Some('+' | '-')));
            let count = digits(end + 1 + sign);
            if count > 0 {
                end += 1 + sign + count;
            }
        }
        self.at = end;
        Some(Json::Number(self.chars[begin..end].iter().collect()))
    }

    fn text(&mut self) -> Result<String, String> {
        let begin = self.at;
        self.at += 1;
        let mut text = String::new();
        loop {
            let Some(c) = self.peek() else {
                return Err(self.problem("Unterminated string starting at", begin));
            };
            self.at += 1;
            match c {
                '"' => return Ok(text),
                '\\' => {
                    let Some(c) = self.peek() else {
                        return Err(self.problem("Unterminated string starting at", begin));
                    };
                    self.at += 1;
                    text.push(match c {
                        '"' | '\\' | '/' => c,
                        'b' => '\u{8}',
                        'f' => '\u{c}',
                        'n' => '\n',
                        'r' => '\r',
                        't' => '\t',
                        'u' => self.escape()?,
                        _ => return Err(self.problem("Invalid \\escape", self.at - 2)),
                    });
                }
                '\0'..='\x1f' => {
                    return Err(self.problem("Invalid control character at", self.at - 1));
                }
                _ => text.push(c),
            }
        }
    }

    fn escape(&mut self) -> Result<char, String> {
        let begin = self.at;
        let code = |from: usize| {
            let digits: String = self.chars.get(from..from + 4)?.iter().collect();
            let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            is_hex.then(|| u32::from_str_radix(&digits, 16).ok())?
        };
        let Some(high) = code(begin) else {
            return Err(self.problem("Invalid \\uXXXX escape", begin));
        };
        self.at += 4;
        if (0xd800..0xdc00).contains(&high)
            && self.chars.get(self.at..self.at + 2) == Some(&['\\', 'u'])
            && let Some(low) = code(self.at + 2).filter(|low| (0xdc00..0xe000).contains(low))
        {
            self.at += 6;
            let whole = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
            return Ok(char::from_u32(whole).unwrap_or('\u{fffd}'));
        }
        // Half a pair is no text here.
        Ok(char::from_u32(high).unwrap_or('\u{fffd}'))
    }

    fn object(&mut self, depth: usize) -> Result<Json, String> {
        const NAME: &str = "Expecting property name enclosed in double quotes";
        let mut members: Vec<(String, Json)> = Vec::new();
        self.at += 1;
        self.skip();
        if self.peek() == Some('}') {
            self.at += 1;
            return Ok(Json::Object(members));
        }
        loop {
            if self.peek() != Some('"') {
                return Err(self.problem(NAME, self.at));
            }
            let name = self.text()?;
            self.skip();
            if self.peek() != Some(':') {
                return Err(self.problem("Expecting ':' delimiter", self.at));
            }
            self.at += 1;
            self.skip();
            let value = self.value(depth + 1)?;
            match members.iter_mut().find(|(other, _)| *other == name) {
                Some((_, old)) => *old = value,
                None => members.push((name, value)),
            }
            self.skip();
            match self.peek() {
                Some('}') => {
                    self.at += 1;
                    return Ok(Json::Object(members));
                }
                Some(',') => self.at += 1,
                _ => return Err(self.problem("Expecting ',' delimiter", self.at)),
            }
            self.skip();
        }
    }

    fn list(&mut self, depth: usize) -> Result<Json, String> {
        let mut values = Vec::new();
        self.at += 1;
        self.skip();
        if self.peek() == Some(']') {
            self.at += 1;
            return Ok(Json::List(values));
        }
        loop {
            values.push(self.value(depth + 1)?);
            self.skip();
            match self.peek() {
                Some(']') => {
                    self.at += 1;
                    return Ok(Json::List(values));
                }
                Some(',') => self.at += 1,
                _ => return Err(self.problem("Expecting ',' delimiter", self.at)),
            }
            self.skip();
        }
    }
}
