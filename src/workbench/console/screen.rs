//! What stands on the terminal: text in blocks, bounded, and harmless to show.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::rc::Rc;

use crate::sim::Time;

/// The most lines that are kept.
const LINES_MAX: usize = 5_000;
/// The most bytes that are kept.
const BYTES_MAX: usize = 4 * 1024 * 1024;
/// A block is one piece of text for the browser; so many lines or bytes fill it.
const BLOCK_LINES: usize = 100;
const BLOCK_BYTES: usize = 16 * 1024;
/// Of a longer line only the beginning is shown, in characters: a browser takes seconds to break a long one.
const LINE_MAX: usize = 8_000;

/// What a text is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    /// A command, or what was answered to a question.
    Typed,
    /// What a command has found out.
    Output,
    /// What it complains about.
    Error,
    /// A word of the playground's own.
    Note,
}

/// A piece of the screen.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Block {
    /// Its number, from the first one on.
    pub(super) number: u64,
    pub(super) kind: Kind,
    /// When it appeared.
    pub(super) at: Time,
    /// What stands before it.
    pub(super) prompt: Rc<str>,
    pub(super) text: Rc<str>,
    lines: usize,
}

#[derive(Default)]
pub(super) struct Screen {
    blocks: VecDeque<Block>,
    made: u64,
    lines: usize,
    bytes: usize,
    has_dropped: bool,
}

impl Screen {
    pub(super) fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter()
    }

    /// Whether what came first is not there any more.
    pub(super) fn has_dropped(&self) -> bool {
        self.has_dropped
    }

    pub(super) fn clear(&mut self) {
        *self = Self {
            made: self.made,
            ..Self::default()
        };
    }

    /// A line behind a prompt.
    pub(super) fn typed(&mut self, at: Time, prompt: &str, text: &str) {
        self.add(Kind::Typed, at, prompt, &harmless(text));
        self.forget();
    }

    /// Text of this kind, behind what was there. Line breaks are in it.
    pub(super) fn print(&mut self, kind: Kind, at: Time, text: &str) {
        let text = harmless(text);
        for line in text.split_inclusive('\n') {
            let line = clipped(line);
            match self.blocks.back_mut() {
                Some(last) if last.kind == kind && last.at == at && !last.is_full() => {
                    let ends = usize::from(line.ends_with('\n'));
                    last.lines += ends;
                    self.lines += ends;
                    self.bytes += line.len();
                    last.text = [&*last.text, &*line].concat().into();
                }
                _ => self.add(kind, at, "", &line),
            }
        }
        self.forget();
    }

    fn add(&mut self, kind: Kind, at: Time, prompt: &str, text: &str) {
        let lines = text.lines().count().max(1);
        self.blocks.push_back(Block {
            number: self.made,
            kind,
            at,
            prompt: prompt.into(),
            text: text.into(),
            lines,
        });
        self.made += 1;
        self.lines += lines;
        self.bytes += text.len();
    }

    fn forget(&mut self) {
        while self.lines > LINES_MAX || self.bytes > BYTES_MAX {
            let Some(gone) = self.blocks.pop_front() else {
                return;
            };
            self.has_dropped = true;
            self.lines -= gone.lines.min(self.lines);
            self.bytes -= gone.text.len();
        }
    }
}

impl Block {
    fn is_full(&self) -> bool {
        self.lines >= BLOCK_LINES || self.text.len() >= BLOCK_BYTES
    }
}

/// The beginning of a line that is too long to show, with the number of characters that are not.
fn clipped(line: &str) -> Cow<'_, str> {
    match line.char_indices().nth(LINE_MAX) {
        None => line.into(),
        Some((end, _)) => {
            let more = line[end..].trim_end_matches('\n').chars().count();
            format!("{} … [+{more}]\n", &line[..end]).into()
        }
    }
}

/// The text with signs in place of the characters that would do something: move, hide or turn what stands around them.
fn harmless(text: &str) -> Cow<'_, str> {
    let acts = |c: char| c.is_control() && c != '\n' && c != '\t' || is_unseen(c);
    if !text.contains(acts) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match u32::from(c) {
            _ if !acts(c) => shown.push(c),
            code @ 0..0x20 => shown.extend(char::from_u32(0x2400 + code)),
            0x7f => shown.push('\u{2421}'),
            code => shown.push_str(&format!("<U+{code:04X}>")),
        }
    }
    shown.into()
}

/// What directs the text around it, or can't be seen.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Time = Time::from_ms(0);

    fn texts(screen: &Screen) -> Vec<&str> {
        screen.blocks().map(|block| &*block.text).collect()
    }

    #[test]
    fn what_belongs_together_is_one_block() {
        let mut screen = Screen::default();
        screen.typed(AT, "$ ", "echo a");
        screen.print(Kind::Output, AT, "a\nb");
        screen.print(Kind::Output, AT, "c\n");
        screen.print(Kind::Error, AT, "no\n");
        screen.print(Kind::Error, AT + crate::sim::Span::from_ms(1), "no\n");
        assert_eq!(texts(&screen), ["echo a", "a\nbc\n", "no\n", "no\n"]);
        screen.clear();
        assert!(screen.blocks.is_empty() && screen.made == 4);
    }

    #[test]
    fn the_screen_is_bounded_in_lines_and_bytes() {
        let mut screen = Screen::default();
        screen.print(Kind::Output, AT, &"x\n".repeat(100_000));
        assert!(screen.has_dropped());
        assert!((LINES_MAX - BLOCK_LINES..=LINES_MAX).contains(&screen.lines));
        let counted: usize = screen
            .blocks()
            .map(|block| block.text.lines().count())
            .sum();
        assert_eq!(counted, screen.lines);
        assert!(screen.blocks.len() <= 51, "few pieces for the browser");
        screen.clear();
        for _ in 0..2_000 {
            screen.print(Kind::Output, AT, &("y".repeat(7_000) + "\n"));
        }
        let bytes: usize = texts(&screen).iter().map(|text| text.len()).sum();
        assert!(bytes <= BYTES_MAX && bytes == screen.bytes && screen.has_dropped());
    }

    #[test]
    fn of_a_long_line_the_beginning_is_shown() {
        let mut screen = Screen::default();
        screen.print(Kind::Output, AT, &("é".repeat(LINE_MAX + 5) + "\nshort\n"));
        let text = texts(&screen).concat();
        assert!(text.ends_with("é … [+5]\nshort\n"));
    }

    #[test]
    fn characters_that_would_act_are_shown() {
        assert_eq!(harmless("a\tb\nç 中 😀"), "a\tb\nç 中 😀");
        assert_eq!(harmless("\u{1b}[31m\u{7}\r\u{7f}"), "␛[31m␇␍␡");
        assert_eq!(harmless("a\u{202e}b\u{9b}"), "a<U+202E>b<U+009B>");
    }
}
