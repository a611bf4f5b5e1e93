//! Words: quotes, escapes, and the places of what is put in later.

use std::rc::Rc;

use super::syntax::{DEPTH_MAX, Problem, Program, parse_inner, too_deep};

/// A word before anything is put into it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(in crate::console) struct Word {
    pub(super) parts: Vec<Part>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Part {
    /// Text without quotes.
    Plain(String),
    /// Text that was quoted or escaped.
    Quoted(String),
    /// `$NAME`, `${NAME...}`
    Variable {
        name: String,
        change: Change,
        is_quoted: bool,
    },
    /// `$(...)`
    Command {
        program: Rc<Program>,
        is_quoted: bool,
    },
    /// `$((...))`
    Arithmetic(Word),
    /// A here-document that is yet to be read.
    Document(usize),
}

/// What becomes of a variable's value.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Change {
    None,
    /// `${#NAME}`
    Length,
    /// `${NAME:-word}` and its like: the operator without the colon, whether it has one, the word.
    Unless {
        operator: char,
        also_empty: bool,
        word: Word,
    },
    /// `${NAME#pattern}`, `##`, `%`, `%%`
    Remove {
        operator: &'static str,
        pattern: Word,
    },
    /// `${NAME/from/to}`, `//` for all
    Replace {
        all: bool,
        from: Word,
        to: Word,
    },
}

impl Part {
    /// How many braces it opens that are not quoted.
    pub(super) fn braces(&self) -> usize {
        if let Self::Plain(text) = self {
            text.matches('{').count()
        } else {
            0
        }
    }
}

impl Word {
    pub(super) fn literal(text: &str) -> Self {
        Self {
            parts: vec![Part::Plain(text.to_owned())],
        }
    }

    /// Whether anything in it is quoted.
    pub(super) fn is_quoted(&self) -> bool {
        self.parts
            .iter()
            .any(|part| matches!(part, Part::Quoted(_)))
    }

    /// Its text, if nothing has to be put in.
    pub(super) fn as_literal(&self) -> Option<String> {
        let mut literal = String::new();
        for part in &self.parts {
            let (Part::Plain(text) | Part::Quoted(text)) = part else {
                return None;
            };
            literal.push_str(text);
        }
        Some(literal)
    }

    fn push_plain(&mut self, c: char) {
        if let Some(Part::Plain(text)) = self.parts.last_mut() {
            text.push(c);
        } else {
            self.parts.push(Part::Plain(c.to_string()));
        }
    }

    fn push_quoted(&mut self, text: &str) {
        if let Some(Part::Quoted(last)) = self.parts.last_mut() {
            last.push_str(text);
        } else {
            self.parts.push(Part::Quoted(text.to_owned()));
        }
    }
}

/// How many bytes at the start of a text are a variable's name.
pub(super) fn name_length(text: &str) -> usize {
    let is_start = |c: char| c.is_ascii_alphabetic() || c == '_';
    if !text.starts_with(is_start) {
        return 0;
    }
    let is_in = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.find(|c| !is_in(c)).unwrap_or(text.len())
}

/// Whether all of a text is a variable's name.
pub(in crate::console) fn is_name(text: &str) -> bool {
    !text.is_empty() && name_length(text) == text.len()
}

/// Goes through a text.
pub(super) struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    pub(super) fn take(&mut self, length: usize) -> &'a str {
        let taken = &self.rest()[..length];
        self.at += length;
        taken
    }

    pub(super) fn takes(&mut self, c: char) -> bool {
        let is_here = self.peek() == Some(c);
        if is_here {
            self.at += c.len_utf8();
        }
        is_here
    }

    pub(super) fn takes_text(&mut self, text: &str) -> bool {
        let is_here = self.rest().starts_with(text);
        if is_here {
            self.at += text.len();
        }
        is_here
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// The rest of the line, without its break.
    pub(super) fn take_line(&mut self) -> &'a str {
        let rest = self.rest();
        let length = rest.find('\n').unwrap_or(rest.len());
        self.at = (self.at + length + 1).min(self.text.len());
        &rest[..length]
    }

    /// Spaces, joined lines, and a comment.
    pub(super) fn skip_blanks(&mut self) -> Result<(), Problem> {
        loop {
            if self.takes(' ') || self.takes('\t') {
                continue;
            }
            if self.rest() == "\\\n" || self.rest() == "\\" {
                return Err(Problem::Incomplete);
            }
            if self.takes_text("\\\n") {
                continue;
            }
            if self.peek() == Some('#') {
                let rest = self.rest();
                self.at += rest.find('\n').unwrap_or(rest.len());
            }
            return Ok(());
        }
    }

    /// Whether this word stands here, with nothing attached.
    pub(super) fn is_at_word(&self, word: &str) -> bool {
        let Some(rest) = self.rest().strip_prefix(word) else {
            return false;
        };
        rest.is_empty() || rest.starts_with([' ', '\t', '\n', ';', '&', '|', '(', ')', '<', '>'])
    }

    /// The characters up to the next blank or operator.
    pub(super) fn word_at(&self) -> &'a str {
        let rest = self.rest();
        let end = rest.find([' ', '\t', '\n', ';', '&', '|', '(', ')', '<', '>']);
        &rest[..end.unwrap_or(rest.len())]
    }

    /// The operator that begins with this character, or a word.
    pub(super) fn operator_at(&self, c: char) -> String {
        let rest = self.rest();
        let two = ["&&", "||", ";;", "((", ">>", "<<"]
            .iter()
            .find(|operator| rest.starts_with(**operator));
        if let Some(operator) = two {
            return (*operator).to_owned();
        }
        match self.word_at() {
            "" => c.to_string(),
            word => word.to_owned(),
        }
    }

    /// The digits and the operator of a redirection; empty if there is none.
    pub(super) fn redirection_at(&self) -> (&'a str, &'a str) {
        let rest = self.rest();
        let digits = usize::from(rest.starts_with(|c: char| c.is_ascii_digit()));
        let operators = ["&>>", "&>", "<<<", "<<-", "<<", ">>", ">&", ">|", ">", "<"];
        for operator in operators {
            if operator.starts_with('&') && digits > 0 {
                continue;
            }
            if rest[digits..].starts_with(operator) {
                return (&rest[..digits], &rest[digits..digits + operator.len()]);
            }
        }
        ("", "")
    }

    /// A word, if one begins here.
    pub(super) fn word(&mut self, depth: usize) -> Result<Option<Word>, Problem> {
        let mut word = Word::default();
        let mut is_word = false;
        while let Some(c) = self.peek() {
            match c {
                ' ' | '\t' | '\n' | ';' | '&' | '|' | '(' | ')' | '<' | '>' => break,
                '\'' => {
                    self.next();
                    word.push_quoted(self.single_quoted()?);
                }
                '"' => {
                    self.next();
                    self.double_quoted(&mut word, depth)?;
                }
                '\\' => {
                    self.next();
                    match self.next() {
                        None => return Err(Problem::Incomplete),
                        Some('\n') if self.is_at_end() => return Err(Problem::Incomplete),
                        Some('\n') => {}
                        Some(c) => word.push_quoted(c.encode_utf8(&mut [0; 4])),
                    }
                }
                '`' => {
                    self.next();
                    let part = self.backquoted(false, depth)?;
                    word.parts.push(part);
                }
                '$' => self.dollar(&mut word, false, depth)?,
                _ => {
                    self.next();
                    word.push_plain(c);
                }
            }
            is_word = true;
        }
        Ok(is_word.then_some(word))
    }

    fn single_quoted(&mut self) -> Result<&'a str, Problem> {
        let rest = self.rest();
        let end = rest.find('\'').ok_or(Problem::Incomplete)?;
        self.at += end + 1;
        Ok(&rest[..end])
    }

    fn double_quoted(&mut self, word: &mut Word, depth: usize) -> Result<(), Problem> {
        word.push_quoted("");
        loop {
            let rest = self.rest();
            let end = rest
                .find(['"', '\\', '`', '$'])
                .ok_or(Problem::Incomplete)?;
            word.push_quoted(&rest[..end]);
            self.at += end;
            match self.peek() {
                Some('"') => {
                    self.next();
                    return Ok(());
                }
                Some('\\') => {
                    self.next();
                    match self.next().ok_or(Problem::Incomplete)? {
                        '\n' => {}
                        c @ ('"' | '\\' | '`' | '$') => {
                            word.push_quoted(c.encode_utf8(&mut [0; 4]));
                        }
                        c => {
                            word.push_quoted("\\");
                            word.push_quoted(c.encode_utf8(&mut [0; 4]));
                        }
                    }
                }
                Some('`') => {
                    self.next();
                    let part = self.backquoted(true, depth)?;
                    word.parts.push(part);
                }
                _ => self.dollar(word, true, depth)?,
            }
        }
    }

    /// The text of a here-document, all of it.
    pub(super) fn document(&mut self, depth: usize) -> Result<Word, Problem> {
        let mut word = Word::default();
        word.push_quoted("");
        while let Some(c) = self.peek() {
            match c {
                '\\' => {
                    self.next();
                    match self.next() {
                        Some('\n') => {}
                        Some(c @ ('\\' | '`' | '$')) => {
                            word.push_quoted(c.encode_utf8(&mut [0; 4]));
                        }
                        Some(c) => {
                            word.push_quoted("\\");
                            word.push_quoted(c.encode_utf8(&mut [0; 4]));
                        }
                        None => word.push_quoted("\\"),
                    }
                }
                '`' => {
                    self.next();
                    let part = self.backquoted(true, depth).map_err(never_ends)?;
                    word.parts.push(part);
                }
                '$' => self.dollar(&mut word, true, depth).map_err(never_ends)?,
                _ => {
                    self.next();
                    word.push_quoted(c.encode_utf8(&mut [0; 4]));
                }
            }
        }
        Ok(word)
    }

    fn backquoted(&mut self, is_quoted: bool, depth: usize) -> Result<Part, Problem> {
        let mut text = String::new();
        loop {
            match self.next().ok_or(Problem::Incomplete)? {
                '`' => break,
                '\\' => match self.next().ok_or(Problem::Incomplete)? {
                    c @ ('`' | '\\' | '$') => text.push(c),
                    c => {
                        text.push('\\');
                        text.push(c);
                    }
                },
                c => text.push(c),
            }
        }
        let program = Rc::new(parse_inner(&text, depth + 1).map_err(never_ends)?);
        Ok(Part::Command { program, is_quoted })
    }

    /// What follows a dollar sign.
    fn dollar(&mut self, word: &mut Word, is_quoted: bool, depth: usize) -> Result<(), Problem> {
        if depth > DEPTH_MAX {
            return Err(too_deep());
        }
        self.next();
        if self.takes_text("((") {
            let at = self.at;
            if let Ok(parts) = self.arithmetic(depth + 1) {
                word.parts.push(Part::Arithmetic(Word { parts }));
                return Ok(());
            }
            self.at = at - 2;
        }
        if self.takes('(') {
            let length = self.enclosed(depth)?;
            let text = self.take(length);
            self.next();
            let program = Rc::new(parse_inner(text, depth + 1).map_err(never_ends)?);
            word.parts.push(Part::Command { program, is_quoted });
            return Ok(());
        }
        if self.takes('{') {
            let part = self.braced(is_quoted, depth)?;
            word.parts.push(part);
            return Ok(());
        }
        if !is_quoted && self.takes('\'') {
            let text = self.dollar_quoted()?;
            word.push_quoted(&text);
            return Ok(());
        }
        let rest = self.rest();
        let mut length = name_length(rest);
        if length == 0 && rest.starts_with(['?', '#', '@', '*', '$', '!', '-']) {
            length = 1;
        }
        if length == 0 && rest.starts_with(|c: char| c.is_ascii_digit()) {
            length = 1;
        }
        if length == 0 {
            if is_quoted {
                word.push_quoted("$");
            } else {
                word.push_plain('$');
            }
            return Ok(());
        }
        word.parts.push(Part::Variable {
            name: self.take(length).to_owned(),
            change: Change::None,
            is_quoted,
        });
        Ok(())
    }

    /// How long what is in parentheses is, up to the closing one.
    fn enclosed(&self, depth: usize) -> Result<usize, Problem> {
        let mut inner = Reader {
            text: self.text,
            at: self.at,
        };
        let mut open = 0_usize;
        let mut begins_word = true;
        loop {
            let c = inner.peek().ok_or(Problem::Incomplete)?;
            let begins = std::mem::replace(
                &mut begins_word,
                matches!(c, ' ' | '\t' | '\n' | ';' | '&' | '|' | '('),
            );
            match c {
                '\'' => {
                    inner.next();
                    inner.single_quoted()?;
                }
                '"' => {
                    inner.next();
                    inner.double_quoted(&mut Word::default(), depth + 1)?;
                }
                '\\' => {
                    inner.next();
                    inner.next();
                }
                '#' if begins => {
                    let rest = inner.rest();
                    inner.at += rest.find('\n').unwrap_or(rest.len());
                }
                '(' => {
                    open += 1;
                    inner.next();
                }
                ')' if open == 0 => return Ok(inner.at - self.at),
                ')' => {
                    open -= 1;
                    inner.next();
                }
                _ => {
                    inner.next();
                }
            }
        }
    }

    /// The inside of `${...}`.
    fn braced(&mut self, is_quoted: bool, depth: usize) -> Result<Part, Problem> {
        let begin = self.at;
        let is_length = self.rest().starts_with('#') && !self.rest().starts_with("#}");
        if is_length {
            self.next();
        }
        let rest = self.rest();
        let mut length = name_length(rest);
        if length == 0 && rest.starts_with(['?', '#', '@', '*', '$', '!']) {
            length = 1;
        }
        if length == 0 {
            length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
        }
        let name = self.take(length).to_owned();
        let change = if is_length {
            Change::Length
        } else {
            self.change(depth)?
        };
        if name.is_empty() || !self.takes('}') {
            if self.is_at_end() {
                return Err(Problem::Incomplete);
            }
            let rest = &self.text[begin..];
            let end = rest.find(['}', '\n']).unwrap_or(rest.len());
            let shown = &rest[..end];
            return Err(Problem::Wrong(format!("${{{shown}}}: bad substitution")));
        }
        Ok(Part::Variable {
            name,
            change,
            is_quoted,
        })
    }

    fn change(&mut self, depth: usize) -> Result<Change, Problem> {
        for operator in ["##", "#", "%%", "%"] {
            if self.takes_text(operator) {
                return Ok(Change::Remove {
                    operator,
                    pattern: self.until(&['}'], depth)?,
                });
            }
        }
        if self.takes('/') {
            let all = self.takes('/');
            let from = self.until(&['/', '}'], depth)?;
            let to = if self.takes('/') {
                self.until(&['}'], depth)?
            } else {
                Word::default()
            };
            return Ok(Change::Replace { all, from, to });
        }
        let begin = self.at;
        let also_empty = self.takes(':');
        match self.peek() {
            Some(operator @ ('-' | '=' | '?' | '+')) => {
                self.next();
                Ok(Change::Unless {
                    operator,
                    also_empty,
                    word: self.until(&['}'], depth)?,
                })
            }
            _ => {
                self.at = begin;
                Ok(Change::None)
            }
        }
    }

    /// A word up to one of these characters, blanks included.
    fn until(&mut self, ends: &[char], depth: usize) -> Result<Word, Problem> {
        let mut word = Word::default();
        loop {
            match self.peek().ok_or(Problem::Incomplete)? {
                c if ends.contains(&c) => return Ok(word),
                '\'' => {
                    self.next();
                    word.push_quoted(self.single_quoted()?);
                }
                '"' => {
                    self.next();
                    self.double_quoted(&mut word, depth)?;
                }
                '\\' => {
                    self.next();
                    if let Some(c) = self.next() {
                        word.push_quoted(c.encode_utf8(&mut [0; 4]));
                    }
                }
                '$' => self.dollar(&mut word, false, depth + 1)?,
                c => {
                    self.next();
                    word.push_plain(c);
                }
            }
        }
    }

    /// The inside of `((...))`, whose end is taken too.
    pub(super) fn arithmetic(&mut self, depth: usize) -> Result<Vec<Part>, Problem> {
        let mut word = Word::default();
        let mut open = 0_usize;
        loop {
            match self.peek().ok_or(Problem::Incomplete)? {
                '$' => self.dollar(&mut word, true, depth + 1)?,
                ')' if open == 0 => {
                    self.next();
                    return if self.takes(')') {
                        Ok(word.parts)
                    } else {
                        Err(Problem::Wrong("`))' expected".to_owned()))
                    };
                }
                c => {
                    match c {
                        '(' => open += 1,
                        ')' => open -= 1,
                        _ => {}
                    }
                    self.next();
                    word.push_quoted(c.encode_utf8(&mut [0; 4]));
                }
            }
        }
    }

    /// The inside of `$'...'`.
    fn dollar_quoted(&mut self) -> Result<String, Problem> {
        let mut text = String::new();
        loop {
            match self.next().ok_or(Problem::Incomplete)? {
                '\'' => return Ok(text),
                '\\' => match self.next().ok_or(Problem::Incomplete)? {
                    'n' => text.push('\n'),
                    't' => text.push('\t'),
                    'r' => text.push('\r'),
                    c @ ('\\' | '\'' | '"') => text.push(c),
                    c => {
                        text.push('\\');
                        text.push(c);
                    }
                },
                c => text.push(c),
            }
        }
    }
}

/// Inside of what is complete, nothing more can come.
fn never_ends(problem: Problem) -> Problem {
    match problem {
        Problem::Incomplete => Problem::Wrong("syntax error: unexpected end of file".to_owned()),
        wrong @ Problem::Wrong(_) => wrong,
    }
}
