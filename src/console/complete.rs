//! What the word at the cursor can become.

use super::aws;
use super::host::State;
use super::shell;

/// What a word can become.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Completions {
    /// Where the word begins that would be replaced, in bytes.
    pub from: usize,
    /// Whole words, in order.
    pub words: Vec<String>,
    /// What all of them begin with; what a first press of Tab inserts.
    pub common: String,
}

pub(super) fn complete(
    state: &State,
    line: &str,
    cursor: usize,
    queue_urls: &[String],
) -> Completions {
    let mut cursor = cursor.min(line.len());
    while !line.is_char_boundary(cursor) {
        cursor -= 1;
    }
    let before = &line[..cursor];
    let begin = command_start(before);
    let is_blank = |c: char| c == ' ' || c == '\t' || c == '\n';
    let from = before[begin..]
        .rfind(is_blank)
        .map_or(begin, |at| begin + at + 1);
    let from = skip_quote(before, from);
    let word = &before[from..];
    let words: Vec<&str> = before[begin..from]
        .split(is_blank)
        .map(|word| word.trim_matches(['"', '\'', '\\']))
        .filter(|word| !word.is_empty())
        .collect();
    let candidates = if let Some(name) = word.strip_prefix('$') {
        let name = name.trim_start_matches('{');
        let known = state
            .variables
            .keys()
            .filter(|known| known.starts_with(name));
        known.map(|name| format!("${name}")).collect()
    } else if words.is_empty() {
        shell::command_names()
    } else if words[0] == "aws" {
        aws::candidates(state, &words[1..], word, queue_urls)
    } else {
        state.files.keys().cloned().collect()
    };
    finish(from, word, candidates)
}

/// Where the command at the end of a text begins: after what separates commands.
fn command_start(text: &str) -> usize {
    let mut begin = 0;
    let mut quote = None;
    let mut last = ' ';
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (Some('\''), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (_, '(') if last == '$' => {
                begin = at + 1;
                quote = None;
            }
            (None, ';' | '|' | '&' | '\n' | '`') => begin = at + 1,
            _ => {}
        }
        last = c;
    }
    let rest = &text[begin..];
    let keyword = ["do ", "then ", "else ", "while ", "if ", "time "]
        .iter()
        .find(|keyword| rest.trim_start().starts_with(**keyword));
    begin
        + keyword.map_or(0, |keyword| {
            rest.len() - rest.trim_start().len() + keyword.len()
        })
}

fn skip_quote(text: &str, from: usize) -> usize {
    from + usize::from(text[from..].starts_with(['"', '\'']))
}

fn finish(from: usize, word: &str, candidates: Vec<String>) -> Completions {
    let mut words: Vec<String> = candidates
        .into_iter()
        .filter(|candidate| candidate.starts_with(word))
        .collect();
    words.sort();
    words.dedup();
    let mut common = words.first().cloned().unwrap_or_default();
    for word in &words {
        while !word.starts_with(&common) {
            common.pop();
        }
    }
    Completions {
        from,
        words,
        common,
    }
}
