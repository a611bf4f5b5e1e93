//! From text to commands.

use std::rc::Rc;

use super::words::{Part, Reader, Word, name_length};

/// The deepest that commands are nested.
pub(super) const DEPTH_MAX: usize = 10;

/// Why text is no command.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::console) enum Problem {
    /// It is the beginning of one.
    Incomplete,
    /// It never will be one; bash's words.
    Wrong(String),
}

/// Commands, one after the other.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(in crate::console) struct Program(pub(super) Vec<AndOr>);

/// Pipelines joined by `&&` and `||`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct AndOr {
    pub(super) first: Pipeline,
    pub(super) rest: Vec<(Join, Pipeline)>,
}

/// What stands between two pipelines.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Join {
    And,
    Or,
}

/// Commands joined by `|`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Pipeline {
    pub(super) is_negated: bool,
    pub(super) commands: Vec<Command>,
}

/// A command, with its redirections.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Command {
    pub(super) kind: CommandKind,
    pub(super) redirections: Vec<Redirection>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum CommandKind {
    Simple {
        assignments: Vec<(String, Word)>,
        words: Vec<Word>,
    },
    For {
        variable: String,
        words: Vec<Word>,
        body: Program,
    },
    /// `while`, or `until` if the condition has to fail.
    While {
        until: bool,
        condition: Program,
        body: Program,
    },
    If {
        /// Conditions with what follows from them.
        branches: Vec<(Program, Program)>,
        otherwise: Option<Program>,
    },
    /// `{ ...; }`
    Group(Program),
    /// `( ... )`
    Subshell(Program),
}

/// Where a command reads or writes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Redirection {
    pub(super) from: Channel,
    pub(super) to: Target,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Channel {
    Input,
    Output,
    Error,
    OutputAndError,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Target {
    File(Word),
    Append(Word),
    /// `2>&1` and the like.
    Same(Channel),
    /// A here-document or a here-string.
    Text(Word),
}

/// Reads the next command of a text: all up to the end of its line. Returns how many bytes that was, or those up to
/// the end of the line that is wrong.
pub(in crate::console) fn parse(text: &str) -> (usize, Result<Rc<Program>, Problem>) {
    let mut parser = Parser {
        reader: Reader::new(text),
        depth: 0,
        documents: Vec::new(),
    };
    let program = parser.line().map(Rc::new);
    if program.is_err() {
        parser.reader.take_line();
    }
    (parser.reader.at(), program)
}

/// Reads all of a text, inside of `$(...)`.
pub(super) fn parse_inner(text: &str, depth: usize) -> Result<Program, Problem> {
    if depth > DEPTH_MAX {
        return Err(too_deep());
    }
    let mut parser = Parser {
        reader: Reader::new(text),
        depth,
        documents: Vec::new(),
    };
    let mut program = Program::default();
    parser.skip_lines()?;
    while !parser.reader.is_at_end() {
        parser.list(&mut program)?;
        if parser.reader.takes('\n') {
            parser.read_documents(&mut program)?;
        } else if let Some(c) = parser.reader.peek() {
            return Err(unexpected(&parser.reader.operator_at(c)));
        }
        parser.skip_lines()?;
    }
    if !parser.documents.is_empty() {
        return Err(Problem::Wrong(
            "here-document delimited by end-of-file".to_owned(),
        ));
    }
    Ok(program)
}

pub(super) fn unexpected(token: &str) -> Problem {
    Problem::Wrong(format!("syntax error near unexpected token `{token}'"))
}

pub(super) fn too_deep() -> Problem {
    Problem::Wrong("commands are nested too deep".to_owned())
}

/// A here-document that is yet to be read.
struct Document {
    /// Its number; a word stands for it meanwhile.
    delimiter: String,
    is_literal: bool,
    strips_tabs: bool,
    number: usize,
}

struct Parser<'a> {
    reader: Reader<'a>,
    depth: usize,
    documents: Vec<Document>,
}

impl Parser<'_> {
    /// The commands of a line.
    fn line(&mut self) -> Result<Program, Problem> {
        let mut program = Program::default();
        self.skip_lines()?;
        if !self.reader.is_at_end() {
            self.list(&mut program)?;
            if self.reader.takes('\n') {
                self.read_documents(&mut program)?;
            } else if let Some(c) = self.reader.peek() {
                return Err(unexpected(&self.reader.operator_at(c)));
            }
        }
        if self.documents.is_empty() {
            Ok(program)
        } else {
            Err(Problem::Incomplete)
        }
    }

    /// Blank lines and comments.
    fn skip_lines(&mut self) -> Result<(), Problem> {
        loop {
            self.skip_blanks()?;
            if !self.reader.takes('\n') {
                return Ok(());
            }
        }
    }

    fn skip_blanks(&mut self) -> Result<(), Problem> {
        self.reader.skip_blanks()
    }

    /// Commands up to the end of the line, or to what ends a compound command.
    fn list(&mut self, program: &mut Program) -> Result<(), Problem> {
        loop {
            self.skip_blanks()?;
            if self.is_at_end_of_list() {
                return Ok(());
            }
            let and_or = self.and_or()?;
            program.0.push(and_or);
            self.skip_blanks()?;
            if self.reader.rest().starts_with("&&") || self.reader.rest().starts_with(";;") {
                return Err(unexpected(&self.reader.rest()[..2]));
            }
            if self.reader.takes(';') {
                continue;
            }
            if self.reader.peek() == Some('&') {
                return Err(Problem::Wrong(
                    "there are no background jobs here: leave the `&' out".to_owned(),
                ));
            }
            return Ok(());
        }
    }

    fn is_at_end_of_list(&self) -> bool {
        matches!(self.reader.peek(), None | Some('\n' | ')'))
            || ["done", "do", "then", "elif", "else", "fi", "}", "esac"]
                .iter()
                .any(|word| self.reader.is_at_word(word))
    }

    fn and_or(&mut self) -> Result<AndOr, Problem> {
        let first = self.pipeline()?;
        let mut rest = Vec::new();
        loop {
            self.skip_blanks()?;
            let join = if self.reader.takes_text("&&") {
                Join::And
            } else if self.reader.takes_text("||") {
                Join::Or
            } else {
                return Ok(AndOr { first, rest });
            };
            self.continue_line()?;
            rest.push((join, self.pipeline()?));
        }
    }

    fn pipeline(&mut self) -> Result<Pipeline, Problem> {
        self.skip_blanks()?;
        let mut is_negated = false;
        while self.reader.is_at_word("!") {
            self.reader.takes('!');
            is_negated = !is_negated;
            self.skip_blanks()?;
        }
        let mut commands = vec![self.command()?];
        loop {
            self.skip_blanks()?;
            if self.reader.rest().starts_with("||") || !self.reader.takes('|') {
                break;
            }
            if self.reader.takes('&') {
                let both = commands.last_mut().expect("there is a first command");
                both.redirections.push(Redirection {
                    from: Channel::Error,
                    to: Target::Same(Channel::Output),
                });
            }
            self.continue_line()?;
            commands.push(self.command()?);
        }
        Ok(Pipeline {
            is_negated,
            commands,
        })
    }

    /// Something must follow, if need be on a later line.
    fn continue_line(&mut self) -> Result<(), Problem> {
        if !self.documents.is_empty() && self.reader.peek() == Some('\n') {
            return Err(Problem::Wrong(
                "a here-document must end its line here".to_owned(),
            ));
        }
        self.skip_lines()?;
        if self.reader.is_at_end() {
            Err(Problem::Incomplete)
        } else {
            Ok(())
        }
    }

    fn command(&mut self) -> Result<Command, Problem> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(too_deep());
        }
        self.skip_blanks()?;
        let kind = if self.takes_word("for") {
            self.for_loop()?
        } else if self.takes_word("while") {
            self.while_loop(false)?
        } else if self.takes_word("until") {
            self.while_loop(true)?
        } else if self.takes_word("if") {
            self.condition()?
        } else if self.takes_word("{") {
            CommandKind::Group(self.block(&["}"])?.0)
        } else if self.reader.rest().starts_with("((") {
            self.arithmetic()?
        } else if self.reader.takes('(') {
            let program = self.subshell()?;
            CommandKind::Subshell(program)
        } else {
            let unsupported = ["case", "select", "function", "[[", "coproc"];
            if let Some(word) = unsupported.iter().find(|word| self.reader.is_at_word(word)) {
                return Err(Problem::Wrong(format!("`{word}' is not known here")));
            }
            return self.simple();
        };
        let mut redirections = Vec::new();
        loop {
            self.skip_blanks()?;
            match self.redirection()? {
                Some(redirection) => redirections.push(redirection),
                None => break,
            }
        }
        self.depth -= 1;
        Ok(Command { kind, redirections })
    }

    fn takes_word(&mut self, word: &str) -> bool {
        self.reader.is_at_word(word) && self.reader.takes_text(word)
    }

    fn for_loop(&mut self) -> Result<CommandKind, Problem> {
        self.skip_blanks()?;
        let length = name_length(self.reader.rest());
        if length == 0 {
            return Err(if self.reader.is_at_end() {
                Problem::Incomplete
            } else {
                Problem::Wrong("`for' needs a name and words: for i in 1 2 3; do ...; done".into())
            });
        }
        let variable = self.reader.take(length).to_owned();
        self.skip_lines()?;
        let mut words = Vec::new();
        if self.takes_word("in") {
            loop {
                self.skip_blanks()?;
                match self.word()? {
                    Some(word) => words.push(word),
                    None => break,
                }
            }
        }
        if !self.reader.takes(';') && self.reader.peek() != Some('\n') && !self.reader.is_at_end() {
            let found = self.reader.peek().map(|c| self.reader.operator_at(c));
            return Err(unexpected(&found.unwrap_or_default()));
        }
        self.skip_lines()?;
        let body = self.body()?;
        Ok(CommandKind::For {
            variable,
            words,
            body,
        })
    }

    fn while_loop(&mut self, until: bool) -> Result<CommandKind, Problem> {
        let condition = self.block(&["do"])?.0;
        let body = self.block(&["done"])?.0;
        Ok(CommandKind::While {
            until,
            condition,
            body,
        })
    }

    fn body(&mut self) -> Result<Program, Problem> {
        if !self.takes_word("do") {
            return Err(match self.reader.word_at() {
                "" => Problem::Incomplete,
                word => unexpected(word),
            });
        }
        Ok(self.block(&["done"])?.0)
    }

    fn condition(&mut self) -> Result<CommandKind, Problem> {
        let mut branches = Vec::new();
        let mut otherwise = None;
        loop {
            let (condition, _) = self.block(&["then"])?;
            let (consequence, end) = self.block(&["elif", "else", "fi"])?;
            branches.push((condition, consequence));
            match end {
                "elif" => continue,
                "else" => otherwise = Some(self.block(&["fi"])?.0),
                _ => {}
            }
            return Ok(CommandKind::If {
                branches,
                otherwise,
            });
        }
    }

    /// Commands up to one of these words, which is taken too.
    fn block(&mut self, ends: &[&'static str]) -> Result<(Program, &'static str), Problem> {
        let mut program = Program::default();
        loop {
            self.list(&mut program)?;
            if self.reader.takes('\n') {
                self.read_documents(&mut program)?;
                continue;
            }
            self.skip_blanks()?;
            if let Some(end) = ends.iter().find(|end| self.reader.is_at_word(end)) {
                if program.0.is_empty() {
                    return Err(unexpected(end));
                }
                self.reader.takes_text(end);
                return Ok((program, end));
            }
            return Err(match self.reader.word_at() {
                "" if self.reader.is_at_end() => Problem::Incomplete,
                "" => unexpected(&self.reader.rest()[..1]),
                word => unexpected(word),
            });
        }
    }

    fn subshell(&mut self) -> Result<Program, Problem> {
        let mut program = Program::default();
        loop {
            self.list(&mut program)?;
            if self.reader.takes('\n') {
                self.read_documents(&mut program)?;
                continue;
            }
            self.skip_blanks()?;
            if self.reader.takes(')') {
                return if program.0.is_empty() {
                    Err(unexpected(")"))
                } else {
                    Ok(program)
                };
            }
            return Err(match self.reader.word_at() {
                "" if self.reader.is_at_end() => Problem::Incomplete,
                "" => unexpected(&self.reader.rest()[..1]),
                word => unexpected(word),
            });
        }
    }

    /// `((...))`, as the command `let`.
    fn arithmetic(&mut self) -> Result<CommandKind, Problem> {
        self.reader.takes_text("((");
        let parts = self.reader.arithmetic(self.depth)?;
        Ok(CommandKind::Simple {
            assignments: Vec::new(),
            words: vec![Word::literal("let"), Word { parts }],
        })
    }

    fn simple(&mut self) -> Result<Command, Problem> {
        let mut assignments = Vec::new();
        let mut words = Vec::new();
        let mut redirections = Vec::new();
        loop {
            self.skip_blanks()?;
            if let Some(redirection) = self.redirection()? {
                redirections.push(redirection);
                continue;
            }
            if words.is_empty() {
                let length = name_length(self.reader.rest());
                if length > 0 && self.reader.rest()[length..].starts_with('=') {
                    let name = self.reader.take(length).to_owned();
                    self.reader.takes('=');
                    let value = self.word()?.unwrap_or_default();
                    assignments.push((name, value));
                    continue;
                }
            }
            match self.word()? {
                Some(word) => words.push(word),
                None => break,
            }
        }
        if self.reader.peek() == Some('(') {
            return Err(unexpected("("));
        }
        if words.is_empty() && assignments.is_empty() && redirections.is_empty() {
            return Err(match self.reader.peek() {
                None => Problem::Incomplete,
                Some('\n') => unexpected("newline"),
                Some(c) => unexpected(&self.reader.operator_at(c)),
            });
        }
        self.depth -= 1;
        Ok(Command {
            kind: CommandKind::Simple { assignments, words },
            redirections,
        })
    }

    fn word(&mut self) -> Result<Option<Word>, Problem> {
        self.reader.word(self.depth)
    }

    fn redirection(&mut self) -> Result<Option<Redirection>, Problem> {
        let (digits, operator) = self.reader.redirection_at();
        if operator.is_empty() {
            return Ok(None);
        }
        self.reader.take(digits.len() + operator.len());
        let from = match (digits, operator) {
            (_, "&>" | "&>>") => Channel::OutputAndError,
            ("0" | "", "<" | "<<" | "<<-" | "<<<") => Channel::Input,
            ("1" | "", _) => Channel::Output,
            ("2", _) => Channel::Error,
            (other, _) => {
                return Err(Problem::Wrong(format!("{other}: Bad file descriptor")));
            }
        };
        self.skip_blanks()?;
        let Some(word) = self.word()? else {
            return Err(match self.reader.peek() {
                None => Problem::Incomplete,
                Some('\n') => unexpected("newline"),
                Some(c) => unexpected(&self.reader.operator_at(c)),
            });
        };
        let to = match operator {
            ">>" | "&>>" => Target::Append(word),
            ">&" => match word.as_literal().as_deref() {
                Some("1") => Target::Same(Channel::Output),
                Some("2") => Target::Same(Channel::Error),
                Some(_) | None => Target::File(word),
            },
            "<<<" => Target::Text(word),
            "<<" | "<<-" => Target::Text(self.document(&word, operator == "<<-")?),
            _ => Target::File(word),
        };
        Ok(Some(Redirection { from, to }))
    }

    /// Notes that a here-document follows; a word stands for it until it is read.
    fn document(&mut self, delimiter: &Word, strips_tabs: bool) -> Result<Word, Problem> {
        let is_literal = delimiter.is_quoted();
        let Some(delimiter) = delimiter.as_literal() else {
            return Err(Problem::Wrong(
                "the end of a here-document must be a plain word".to_owned(),
            ));
        };
        let number = self.documents.len();
        self.documents.push(Document {
            delimiter,
            is_literal,
            strips_tabs,
            number,
        });
        Ok(Word {
            parts: vec![Part::Document(number)],
        })
    }

    /// Reads the here-documents of the line that has just ended.
    fn read_documents(&mut self, program: &mut Program) -> Result<(), Problem> {
        let mut texts = Vec::new();
        for document in std::mem::take(&mut self.documents) {
            let mut text = String::new();
            loop {
                if self.reader.is_at_end() {
                    return Err(Problem::Incomplete);
                }
                let line = self.reader.take_line();
                let line = if document.strips_tabs {
                    line.trim_start_matches('\t')
                } else {
                    line
                };
                if line == document.delimiter {
                    break;
                }
                text.push_str(line);
                text.push('\n');
            }
            let word = if document.is_literal {
                Word {
                    parts: vec![Part::Quoted(text)],
                }
            } else {
                Reader::new(&text).document(self.depth)?
            };
            texts.push((document.number, word));
        }
        if !texts.is_empty() {
            fill_documents(program, &texts);
        }
        Ok(())
    }
}

/// Puts the here-documents that were read into the places that stand for them.
fn fill_documents(program: &mut Program, texts: &[(usize, Word)]) {
    for and_or in &mut program.0 {
        let rest = and_or.rest.iter_mut().map(|(_, pipeline)| pipeline);
        for pipeline in std::iter::once(&mut and_or.first).chain(rest) {
            for command in &mut pipeline.commands {
                for redirection in &mut command.redirections {
                    if let Target::Text(word) = &mut redirection.to
                        && let [Part::Document(number)] = word.parts.as_slice()
                        && let Some((_, text)) = texts.iter().find(|(other, _)| other == number)
                    {
                        *word = text.clone();
                    }
                }
                fill_nested(&mut command.kind, texts);
            }
        }
    }
}

fn fill_nested(kind: &mut CommandKind, texts: &[(usize, Word)]) {
    match kind {
        CommandKind::Simple { .. } => {}
        CommandKind::For { body, .. } | CommandKind::Group(body) | CommandKind::Subshell(body) => {
            fill_documents(body, texts)
        }
        CommandKind::While {
            condition, body, ..
        } => {
            fill_documents(condition, texts);
            fill_documents(body, texts);
        }
        CommandKind::If {
            branches,
            otherwise,
        } => {
            for (condition, consequence) in branches {
                fill_documents(condition, texts);
                fill_documents(consequence, texts);
            }
            if let Some(otherwise) = otherwise {
                fill_documents(otherwise, texts);
            }
        }
    }
}
