//! The line that is typed: where the cursor is, and what a paste or a completion makes of it. Pure.
//!
//! A browser counts in UTF-16, Rust in bytes.

use crate::console::{Completions, PENDING_BYTES_MAX};

/// A text with a selection, from and to in UTF-16.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(in crate::workbench) struct Line {
    pub(super) text: String,
    pub(super) from: u32,
    pub(super) to: u32,
}

/// What becomes of a pasted text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::workbench) enum Paste {
    /// It goes into the line, as the browser does that.
    Plain,
    /// These commands are run, and this is left to be typed on.
    Run { commands: String, rest: Line },
    /// It is more than the console takes.
    TooLong,
}

/// The place in bytes of a place in UTF-16.
fn in_bytes(text: &str, place: u32) -> usize {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if units >= place {
            return at;
        }
        units += c.len_utf16() as u32;
    }
    text.len()
}

fn in_units(text: &str) -> u32 {
    text.chars().map(|c| c.len_utf16() as u32).sum()
}

impl Line {
    /// The text with the cursor behind it.
    pub(super) fn at_the_end(text: String) -> Self {
        let end = in_units(&text);
        Self {
            text,
            from: end,
            to: end,
        }
    }

    /// The cursor's place in bytes.
    pub(super) fn cursor(&self) -> usize {
        in_bytes(&self.text, self.to)
    }

    /// Whether there is no line above that of the cursor.
    pub(super) fn is_in_first(&self) -> bool {
        !self.text[..self.cursor()].contains('\n')
    }

    /// Whether there is no line below that of the cursor.
    pub(super) fn is_in_last(&self) -> bool {
        !self.text[self.cursor()..].contains('\n')
    }

    /// What a text becomes that is pasted over the selection: as in a terminal, whole lines are run.
    pub(super) fn paste(&self, pasted: &str) -> Paste {
        if self.text.len() + pasted.len() > PENDING_BYTES_MAX {
            return Paste::TooLong;
        }
        let pasted = pasted.replace("\r\n", "\n").replace('\r', "\n");
        if !pasted.contains('\n') {
            return Paste::Plain;
        }
        let before = &self.text[..in_bytes(&self.text, self.from)];
        let all = [before, &pasted].concat();
        let after = &self.text[self.cursor()..];
        let (commands, begun) = all.rsplit_once('\n').unwrap_or_default();
        let cursor = in_units(begun);
        Paste::Run {
            commands: commands.to_owned(),
            rest: Line {
                text: [begun, after].concat(),
                from: cursor,
                to: cursor,
            },
        }
    }

    /// The line with the word at the cursor replaced.
    pub(super) fn with_word(&self, from: usize, word: &str) -> Self {
        let before = self.text.get(..from).unwrap_or_default();
        let after = &self.text[self.cursor()..];
        let begun = [before, word].concat();
        let cursor = in_units(&begun);
        Self {
            text: begun + after,
            from: cursor,
            to: cursor,
        }
    }

    /// The line with as much of the word as is certain, and a space if all of it is.
    pub(super) fn completed(&self, completions: &Completions) -> Self {
        match completions.words.as_slice() {
            [] => self.clone(),
            [word] => self.with_word(completions.from, &with_space(word)),
            _ => self.with_word(completions.from, &completions.common),
        }
    }
}

/// A whole word, with a space behind it where one belongs there.
pub(super) fn with_space(word: &str) -> String {
    let goes_on = word.ends_with(['/', '=', ' ']);
    [word, if goes_on { "" } else { " " }].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, from: u32, to: u32) -> Line {
        Line {
            text: text.to_owned(),
            from,
            to,
        }
    }

    #[test]
    fn places_are_counted_as_browsers_do() {
        // One, one, two units; one, two, four bytes.
        let text = "aé😀b";
        for (units, bytes) in [(0, 0), (1, 1), (2, 3), (4, 7), (5, 8), (99, 8)] {
            assert_eq!(in_bytes(text, units), bytes);
        }
        assert_eq!(Line::at_the_end(text.to_owned()), line(text, 5, 5));
    }

    #[test]
    fn whole_lines_of_a_paste_are_run() {
        let begun = line("echo  tail", 5, 5);
        assert_eq!(begun.paste("one"), Paste::Plain);
        assert_eq!(
            begun.paste("one\r\necho two\necho thr"),
            Paste::Run {
                commands: "echo one\necho two".to_owned(),
                rest: line("echo thr tail", 8, 8),
            }
        );
        let selected = line("old", 0, 3);
        assert_eq!(
            selected.paste("new\n"),
            Paste::Run {
                commands: "new".to_owned(),
                rest: line("", 0, 0),
            }
        );
        assert_eq!(begun.paste(&"x".repeat(10_000_000)), Paste::TooLong);
    }

    #[test]
    fn a_completion_replaces_the_word_at_the_cursor() {
        let begun = line("aws sqs cre --x", 11, 11);
        let completions = |words: &[&str], common: &str| Completions {
            from: 8,
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            common: common.to_owned(),
        };
        let completed = begun.completed(&completions(&["create-queue"], "create-queue"));
        assert_eq!(completed, line("aws sqs create-queue  --x", 21, 21));
        let completed = begun.completed(&completions(&["create-queue", "create-x"], "create-"));
        assert_eq!(completed, line("aws sqs create- --x", 15, 15));
        assert_eq!(begun.completed(&completions(&[], "")), begun);
        assert_eq!(with_space("file:///"), "file:///");
    }

    #[test]
    fn arrows_leave_the_line_only_at_its_ends() {
        let lines = line("one\ntwo", 2, 2);
        assert!(lines.is_in_first() && !lines.is_in_last());
        let lines = line("one\ntwo", 5, 5);
        assert!(!lines.is_in_first() && lines.is_in_last());
    }
}
