//! What a script has printed, in blocks, bounded, with the colours of a terminal.

use std::collections::VecDeque;
use std::rc::Rc;

use crate::sim::Time;

/// The most lines that are kept.
const LINES_MAX: usize = 5_000;
/// A block is one piece for the browser.
const BLOCK_LINES: usize = 100;
const BLOCK_BYTES: usize = 16 * 1024;

/// How text looks.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Style {
    /// 0 to 7, and 8 to 15 for the bright ones.
    pub(super) colour: Option<u8>,
    pub(super) is_bold: bool,
}

/// Text that was printed at one instant on one stream.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Block {
    pub(super) number: u64,
    pub(super) at: Time,
    pub(super) is_error: bool,
    /// Of how it begins.
    style: Style,
    text: Rc<str>,
    lines: usize,
}

#[derive(Debug, Default)]
pub(super) struct Output {
    blocks: VecDeque<Block>,
    made: u64,
    lines: usize,
    /// Of what comes next, on each stream.
    styles: [Style; 2],
    pub(super) has_dropped: bool,
}

impl Output {
    pub(super) fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter()
    }

    pub(super) fn print(&mut self, at: Time, is_error: bool, text: &str) {
        let lines = text.matches('\n').count();
        self.lines += lines;
        let style = &mut self.styles[usize::from(is_error)];
        let before = *style;
        *style = spans(before, text).1;
        match self.blocks.back_mut() {
            Some(last)
                if last.at == at
                    && last.is_error == is_error
                    && last.lines < BLOCK_LINES
                    && last.text.len() < BLOCK_BYTES =>
            {
                last.text = [&*last.text, text].concat().into();
                last.lines += lines;
            }
            _ => {
                self.made += 1;
                self.blocks.push_back(Block {
                    number: self.made,
                    at,
                    is_error,
                    style: before,
                    text: text.into(),
                    lines,
                });
            }
        }
        while self.lines > LINES_MAX && self.blocks.len() > 1 {
            let gone = self.blocks.pop_front();
            self.lines -= gone.map_or(0, |gone| gone.lines);
            self.has_dropped = true;
        }
    }
}

impl Block {
    /// Its parts, each with how it looks.
    pub(super) fn spans(&self) -> Vec<(Style, String)> {
        spans(self.style, &self.text).0
    }
}

/// Takes a text apart at the sequences that a terminal acts on, of which it knows those for colours; and how
/// the text after it looks.
fn spans(mut style: Style, text: &str) -> (Vec<(Style, String)>, Style) {
    let mut spans = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        if !before.is_empty() {
            spans.push((style, before.to_owned()));
        }
        let end = after.find(|character: char| matches!(character, '@'..='~'));
        let end = end.unwrap_or(after.len());
        if after[end..].starts_with('m') {
            style = style.after(&after[..end]);
        }
        rest = after.get(end + 1..).unwrap_or_default();
    }
    if !rest.is_empty() {
        spans.push((style, rest.to_owned()));
    }
    (spans, style)
}

impl Style {
    fn after(mut self, codes: &str) -> Self {
        let mut codes = codes.split(';');
        while let Some(code) = codes.next() {
            match code.parse::<u8>().unwrap_or_default() {
                0 => self = Self::default(),
                1 => self.is_bold = true,
                22 => self.is_bold = false,
                code @ 30..=37 => self.colour = Some(code - 30),
                code @ 90..=97 => self.colour = Some(code - 82),
                39 => self.colour = None,
                // Colours of larger tables, and what is behind the text, are not shown.
                38 | 48 => {
                    let count = if codes.next() == Some("2") { 3 } else { 1 };
                    codes.by_ref().take(count).for_each(drop);
                }
                _ => {}
            }
        }
        self
    }

    /// As the style sheet calls it.
    pub(super) fn class(self) -> Option<String> {
        let bold = if self.is_bold { " ansi-bold" } else { "" };
        match self.colour {
            Some(colour) => Some(format!("ansi-{}{bold}", colour % 8)),
            None => self.is_bold.then(|| bold.trim_start().to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_go_on_until_they_end() {
        let mut output = Output::default();
        output.print(Time::from_ms(1), false, "a\u{1b}[31;1mb\n");
        output.print(Time::from_ms(2), true, "x\n");
        output.print(
            Time::from_ms(2),
            false,
            "c\u{1b}[0md\u{1b}[2K\u{1b}[38;5;9me",
        );
        let looks = |block: &Block| {
            let spans = block.spans().into_iter();
            let spans = spans.map(|(style, text)| (style.class().unwrap_or_default(), text));
            spans.collect::<Vec<_>>()
        };
        let blocks: Vec<_> = output.blocks().map(looks).collect();
        let own = |all: &[(&str, &str)]| {
            let each = all
                .iter()
                .map(|(class, text)| (class.to_string(), text.to_string()));
            each.collect::<Vec<_>>()
        };
        assert_eq!(blocks[0], own(&[("", "a"), ("ansi-1 ansi-bold", "b\n")]));
        assert_eq!(blocks[1], own(&[("", "x\n")]));
        assert_eq!(
            blocks[2],
            own(&[("ansi-1 ansi-bold", "c"), ("", "d"), ("", "e")])
        );
    }

    #[test]
    fn output_is_bounded() {
        let mut output = Output::default();
        for number in 0..20_000 {
            output.print(Time::from_ms(0), false, &format!("line {number}\n"));
        }
        assert!(output.has_dropped && output.lines <= LINES_MAX);
        assert!(output.blocks.len() <= LINES_MAX / BLOCK_LINES + 1);
        let last = output.blocks().last().expect("there is one").spans();
        assert!(last[0].1.ends_with("line 19999\n"));
    }
}
