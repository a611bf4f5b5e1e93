//! The CLI's shorthand: `Name=value,Other=[a,b],Third={x=y}`.

use super::model::Kind;
use super::python;
use crate::console::host::State;
use crate::json::Json;

/// How deep values are nested at most.
const DEPTH_MAX: usize = 100;

/// Reads an object.
///
/// # Errors
/// The CLI's complaint, with the place.
pub(super) fn parse(text: &str, state: &State) -> Result<Json, String> {
    let mut parser = Parser {
        chars: text.chars().collect(),
        at: 0,
        loads_files: false,
        state,
        depth: 0,
    };
    parser.parameter()
}

/// Which characters go on with a value.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Place {
    /// The first value, where an equals sign is a character like any other.
    First,
    /// A further value of a list, where it would be a new name.
    Further,
}

struct Parser<'a> {
    chars: Vec<char>,
    at: usize,
    /// Whether the value is of a name with `@`.
    loads_files: bool,
    state: &'a State,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn parameter(&mut self) -> Result<Json, String> {
        let mut members = vec![self.member()?];
        let mut last = self.at;
        while self.at < self.chars.len() {
            self.expect(',', true)?;
            let (name, value) = self.member()?;
            if members.iter().any(|(other, _)| *other == name) {
                let place = self.place(last + 1);
                return Err(format!(
                    "Second instance of key \"{name}\" encountered for input:\n{place}\n\
                     This is often because there is a preceding \",\" instead of a space."
                ));
            }
            members.push((name, value));
            last = self.at;
        }
        Ok(Json::Object(members))
    }

    fn member(&mut self) -> Result<(String, Json), String> {
        let name = self.name()?;
        let value = match self.peek() {
            None => Json::Text(String::new()),
            Some('[') => self.list()?,
            Some('{') => self.object()?,
            Some(_) => self.values()?,
        };
        Ok((name, value))
    }

    /// A name with its equals sign.
    fn name(&mut self) -> Result<String, String> {
        let is_in = |c: char| c.is_ascii_alphanumeric() || "-_.#/:".contains(c);
        let begin = self.at;
        while self.peek().is_some_and(is_in) {
            self.at += 1;
        }
        let name = self.chars[begin..self.at].iter().collect();
        self.skip();
        self.loads_files = self.peek() == Some('@');
        if self.loads_files {
            self.expect('@', true)?;
        }
        self.expect('=', true)?;
        Ok(name)
    }

    /// One value, or several with commas between.
    fn values(&mut self) -> Result<Json, String> {
        let first = self.first_value()?;
        self.skip();
        if self.peek() != Some(',') {
            return Ok(first);
        }
        self.expect(',', true)?;
        let mut values = vec![first];
        loop {
            let further = self.further_value().and_then(|value| {
                self.skip();
                if self.at < self.chars.len() {
                    self.expect(',', true)?;
                }
                Ok(value)
            });
            match further {
                Ok(value) => {
                    values.push(value);
                    if self.at >= self.chars.len() && self.chars.last() != Some(&',') {
                        break;
                    }
                }
                Err(problem) if self.at >= self.chars.len() => return Err(problem),
                Err(_) => {
                    while self.at > 0 && self.peek() != Some(',') {
                        self.at -= 1;
                    }
                    break;
                }
            }
        }
        Ok(if values.len() == 1 {
            values.remove(0)
        } else {
            Json::List(values)
        })
    }

    fn nested(&mut self) -> Result<Json, String> {
        match self.peek() {
            Some('[') => self.list(),
            Some('{') => self.object(),
            _ => self.first_value(),
        }
    }

    fn descend(&mut self) -> Result<(), String> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err("maximum recursion depth exceeded".to_owned());
        }
        Ok(())
    }

    fn list(&mut self) -> Result<Json, String> {
        self.descend()?;
        self.expect('[', true)?;
        let mut values = Vec::new();
        while self.peek() != Some(']') {
            values.push(self.nested()?);
            self.skip();
            if self.peek() != Some(']') {
                self.expect(',', false)?;
                self.skip();
            }
        }
        self.expect(']', false)?;
        self.depth -= 1;
        Ok(Json::List(values))
    }

    fn object(&mut self) -> Result<Json, String> {
        self.descend()?;
        self.expect('{', true)?;
        let mut members: Vec<(String, Json)> = Vec::new();
        while self.peek() != Some('}') {
            let name = self.name()?;
            let value = self.nested()?;
            self.skip();
            if self.peek() != Some('}') {
                self.expect(',', false)?;
                self.skip();
            }
            match members.iter_mut().find(|(other, _)| *other == name) {
                Some((_, old)) => *old = value,
                None => members.push((name, value)),
            }
        }
        self.expect('}', false)?;
        self.depth -= 1;
        Ok(Json::Object(members))
    }

    fn first_value(&mut self) -> Result<Json, String> {
        if let Some(quote @ ('"' | '\'')) = self.peek() {
            return self.quoted(quote);
        }
        let end = self.plain_end(Place::First);
        self.plain(end)
    }

    fn further_value(&mut self) -> Result<Json, String> {
        if let Some(quote @ ('"' | '\'')) = self.peek() {
            return self.quoted(quote);
        }
        let end = self.plain_end(Place::Further);
        if end == self.at {
            return Err(self.expected("<second>", "<none>"));
        }
        self.plain(end)
    }

    fn plain(&mut self, end: usize) -> Result<Json, String> {
        let text: String = self.chars[self.at..end].iter().collect();
        self.at = end;
        self.loaded(text.replace("\\,", ",").trim_end().to_owned())
    }

    /// Where a value without quotes ends.
    fn plain_end(&self, place: Place) -> usize {
        let mut at = self.at;
        while let Some(c) = self.chars.get(at) {
            if *c == '\\' && self.chars.get(at + 1) == Some(&',') {
                at += 2;
                continue;
            }
            let is_in = if u32::from(*c) > 0xffff || matches!(c, '"' | '\'' | ',') {
                false
            } else if at == self.at {
                !matches!(c, '=' | '[' | '{' | '\0'..='\x20')
            } else if c.is_control() && !c.is_whitespace() && u32::from(*c) < 0x20 {
                false
            } else if place == Place::First {
                !matches!(c, ']' | '}')
            } else {
                *c != '='
            };
            if !is_in {
                break;
            }
            at += 1;
        }
        at
    }

    fn quoted(&mut self, quote: char) -> Result<Json, String> {
        let begin = self.at + 1;
        let is_close = |at: &usize| self.chars[*at] == quote;
        let mut closes = (begin..self.chars.len()).filter(is_close);
        let is_escaped = |at: &usize| *at > begin && self.chars[*at - 1] == '\\';
        let all: Vec<usize> = closes.by_ref().collect();
        let free = all.iter().find(|at| !is_escaped(at));
        let Some(end) = free.or(all.last()).copied() else {
            let name = if quote == '"' {
                "<double quoted>"
            } else {
                "<singled quoted>"
            };
            return Err(self.expected(name, "<none>"));
        };
        let text: String = self.chars[begin..end].iter().collect();
        self.at = end + 1;
        let text = text.replace(&format!("\\{quote}"), &quote.to_string());
        self.loaded(text.replace("\\\\", "\\"))
    }

    /// The value, or the file that it names.
    fn loaded(&self, text: String) -> Result<Json, String> {
        let path = text
            .strip_prefix("file://")
            .or_else(|| text.strip_prefix("fileb://"));
        match path {
            Some(path) if self.loads_files => match self.state.file(path) {
                Some(bytes) => Ok(Json::Text(String::from_utf8_lossy(bytes).into_owned())),
                None => Err(super::options::no_such_file(&text, path)),
            },
            _ => Ok(Json::Text(text)),
        }
    }

    fn skip(&mut self) {
        while self
            .peek()
            .is_some_and(|c| c.is_ascii_whitespace() || c == '\u{b}')
        {
            self.at += 1;
        }
    }

    fn expect(&mut self, c: char, skips: bool) -> Result<(), String> {
        if skips {
            self.skip();
        }
        match self.peek() {
            Some(found) if found == c => self.at += 1,
            Some(found) => return Err(self.expected(&c.to_string(), &found.to_string())),
            None => return Err(self.expected(&c.to_string(), "EOF")),
        }
        if skips {
            self.skip();
        }
        Ok(())
    }

    fn expected(&self, expected: &str, actual: &str) -> String {
        let place = self.place(self.at);
        format!("Expected: '{expected}', received: '{actual}' for input:\n{place}")
    }

    /// The text with a mark under a place of it.
    fn place(&self, at: usize) -> String {
        let at_most = at.min(self.chars.len());
        let (before, after) = self.chars.split_at(at_most);
        let start = before
            .iter()
            .rposition(|c| *c == '\n')
            .map_or(0, |at| at + 1);
        let end = after.iter().position(|c| *c == '\n');
        let end = end.map_or(self.chars.len(), |offset| at_most + offset);
        let (shown, rest) = self.chars.split_at(end);
        let shown: String = shown.iter().collect();
        let rest: String = rest.iter().collect();
        format!("{shown}\n{}^{rest}", " ".repeat(at - start))
    }
}

/// Makes of texts what the model wants: numbers, flags, lists of one.
///
/// # Errors
/// Python's complaint about a number that is none.
pub(super) fn convert(value: &mut Json, kind: Kind) -> Result<(), String> {
    match kind {
        Kind::Structure(structure) => {
            let Json::Object(members) = value else {
                return Ok(());
            };
            for member in structure.members {
                if let Some((_, value)) = members.iter_mut().find(|(name, _)| name == member.name) {
                    convert(value, member.kind)?;
                }
            }
        }
        Kind::List(element) => {
            let Json::List(values) = value else {
                let single = std::mem::replace(value, Json::Null);
                *value = Json::List(vec![single]);
                return Ok(());
            };
            for value in values {
                convert(value, *element)?;
            }
        }
        Kind::Map(element) => {
            if let Json::Object(members) = value {
                for (_, value) in members {
                    convert(value, *element)?;
                }
            }
        }
        Kind::Integer => match value {
            Json::Text(text) => {
                let digits = python::integer(text).ok_or_else(|| python::no_integer(text))?;
                *value = Json::Number(digits);
            }
            Json::Null | Json::Flag(_) | Json::Number(_) | Json::List(_) | Json::Object(_) => {
                let name = python::type_name(value, false);
                let name = name.trim_start_matches("<class ").trim_end_matches('>');
                return Err(format!(
                    "int() argument must be a string, a bytes-like object or a real number, \
                     not {name}"
                ));
            }
        },
        Kind::Flag => {
            if let Json::Text(text) = value {
                match text.to_lowercase().as_str() {
                    "true" => *value = Json::Flag(true),
                    "false" => *value = Json::Flag(false),
                    _ => {}
                }
            }
        }
        Kind::Text | Kind::Word(_) | Kind::Blob => {}
    }
    Ok(())
}
