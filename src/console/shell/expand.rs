//! From words to what a command gets: variables, substitutions, splitting.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use super::arithmetic::{self, Variables};
use super::run::{Streams, capture};
use super::words::{Change, Part, Word};
use super::{braces, pattern};
use crate::console::host::{CAPTURED_BYTES_MAX, Host, State};

/// Something that cannot be put in: what the shell says of it.
pub(super) type Wrong = String;

/// A future that can nest.
pub(super) type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// The words that a command gets.
pub(super) async fn words(
    host: &Host,
    streams: &Streams,
    words: &[Word],
) -> Result<Vec<String>, Wrong> {
    let mut expanded = Vec::new();
    let mut size = 0;
    for word in words.iter().flat_map(braces::expand) {
        let mut fields = Fields::default();
        put_in(host, streams, &word, &mut fields).await?;
        for field in fields.finish() {
            size += field.len() + 1;
            if size > CAPTURED_BYTES_MAX {
                return Err("Argument list too long".to_owned());
            }
            expanded.push(field);
        }
    }
    Ok(expanded)
}

/// A word as one text, never split.
pub(super) fn text<'a>(
    host: &'a Host,
    streams: &'a Streams,
    word: &'a Word,
) -> Boxed<'a, Result<String, Wrong>> {
    Box::pin(async move {
        let mut fields = Fields {
            is_whole: true,
            ..Fields::default()
        };
        put_in(host, streams, word, &mut fields).await?;
        Ok(fields.current)
    })
}

/// A word that is split where it is not quoted.
#[derive(Default)]
struct Fields {
    done: Vec<String>,
    current: String,
    /// Whether `current` is a word, be it empty.
    is_begun: bool,
    is_whole: bool,
}

impl Fields {
    fn push(&mut self, text: &str, is_quoted: bool) {
        if is_quoted || self.is_whole {
            self.current.push_str(text);
            self.is_begun |= is_quoted || !text.is_empty();
            return;
        }
        let is_blank = |c: char| matches!(c, ' ' | '\t' | '\n');
        for (at, piece) in text.split(is_blank).enumerate() {
            if at > 0 && self.is_begun {
                self.done.push(std::mem::take(&mut self.current));
                self.is_begun = false;
            }
            self.current.push_str(piece);
            self.is_begun |= !piece.is_empty();
        }
    }

    fn finish(mut self) -> Vec<String> {
        if self.is_begun {
            self.done.push(self.current);
        }
        self.done
    }
}

async fn put_in(
    host: &Host,
    streams: &Streams,
    word: &Word,
    fields: &mut Fields,
) -> Result<(), Wrong> {
    for (at, part) in word.parts.iter().enumerate() {
        match part {
            Part::Plain(plain) => {
                let is_home = at == 0 && (plain == "~" || plain.starts_with("~/"));
                if is_home {
                    fields.push("/home/you", true);
                }
                let rest = if is_home { &plain[1..] } else { plain };
                // What stands in the command itself is not split.
                if !rest.is_empty() {
                    fields.push(rest, true);
                }
            }
            Part::Quoted(quoted) => fields.push(quoted, true),
            Part::Variable {
                name,
                change,
                is_quoted,
            } => {
                let value = variable(host, streams, name, change).await?;
                fields.push(&value, *is_quoted);
            }
            Part::Command { program, is_quoted } => {
                let output = capture(host.clone(), streams.clone(), Rc::clone(program)).await;
                fields.push(output.trim_end_matches('\n'), *is_quoted);
            }
            Part::Arithmetic(inner) => {
                let expression = text(host, streams, inner).await?;
                let value = evaluate(host, &expression)?;
                fields.push(&value.to_string(), true);
            }
            Part::Document(_) => {}
        }
        if fields.current.len() > CAPTURED_BYTES_MAX {
            return Err("Argument list too long".to_owned());
        }
    }
    Ok(())
}

struct ShellVariables<'a>(std::cell::RefMut<'a, State>);

impl Variables for ShellVariables<'_> {
    fn get(&self, name: &str) -> i64 {
        let value = self.0.variable(name).unwrap_or_default();
        value.trim().parse().unwrap_or(0)
    }

    fn set(&mut self, name: &str, value: i64) {
        self.0.set_variable(name, value.to_string());
    }
}

pub(super) fn evaluate(host: &Host, expression: &str) -> Result<i64, Wrong> {
    arithmetic::evaluate(expression, &mut ShellVariables(host.state()))
}

async fn variable(
    host: &Host,
    streams: &Streams,
    name: &str,
    change: &Change,
) -> Result<String, Wrong> {
    let value = lookup(&host.state(), name);
    match change {
        Change::None => Ok(value.unwrap_or_default()),
        Change::Length => {
            let length = value.unwrap_or_default().chars().count();
            Ok(length.to_string())
        }
        Change::Unless {
            operator,
            also_empty,
            word,
        } => {
            let is_there = value
                .as_ref()
                .is_some_and(|value| !also_empty || !value.is_empty());
            let value = value.unwrap_or_default();
            match (operator, is_there) {
                ('+', true) | ('-', false) => text(host, streams, word).await,
                ('+', false) => Ok(String::new()),
                ('=', false) => {
                    let value = text(host, streams, word).await?;
                    host.state().set_variable(name, value.clone());
                    Ok(value)
                }
                ('?', false) => {
                    let message = text(host, streams, word).await?;
                    let message = if message.is_empty() {
                        "parameter null or not set".to_owned()
                    } else {
                        message
                    };
                    Err(format!("{name}: {message}"))
                }
                _ => Ok(value),
            }
        }
        Change::Remove { operator, pattern } => {
            let pattern = text(host, streams, pattern).await?;
            let value = value.unwrap_or_default();
            Ok(pattern::remove(operator, &pattern, &value).to_owned())
        }
        Change::Replace { all, from, to } => {
            let from = text(host, streams, from).await?;
            let to = text(host, streams, to).await?;
            let value = value.unwrap_or_default();
            if from.is_empty() || value.len().saturating_mul(to.len() + 1) > CAPTURED_BYTES_MAX * 64
            {
                return Ok(value);
            }
            Ok(if *all {
                value.replace(&from, &to)
            } else {
                value.replacen(&from, &to, 1)
            })
        }
    }
}

fn lookup(state: &State, name: &str) -> Option<String> {
    match name {
        "?" => Some(state.status.to_string()),
        "#" => Some("0".to_owned()),
        "$" => Some("1".to_owned()),
        "0" => Some("bash".to_owned()),
        "RANDOM" => Some(random(state).to_string()),
        "EPOCHSECONDS" => Some(state.now.as_secs().to_string()),
        _ => state.variable(name).map(str::to_owned),
    }
}

/// The same at the same instant: there is no chance in here.
fn random(state: &State) -> u64 {
    crate::sim::digest_of(&("RANDOM", state.now, state.history.len())).0 % 32_768
}
