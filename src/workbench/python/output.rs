//! What a script has printed, in blocks, bounded, with the colours of a terminal.

use std::collections::VecDeque;
use std::rc::Rc;

use crate::sim::Time;

/// The most lines that are kept.
const LINES_MAX: usize = 5_000;
/// The most text that is kept: lines may be long.
const BYTES_MAX: usize = 1024 * 1024;
/// A block is one piece for the browser.
const BLOCK_LINES: usize = 100;
const BLOCK_BYTES: usize = 16 * 1024;

/// What begins a sequence that a terminal acts on.
const ESCAPE: char = '\u{1b}';

/// How text looks.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Style {
    /// 0 to 7, and 8 to 15 for the bright ones.
    pub(super) colour: Option<u8>,
    /// Behind the text, in the same numbers.
    pub(super) background: Option<u8>,
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
    bytes: usize,
    /// Of what comes next, on each stream.
    styles: [Style; 2],
    pub(super) has_dropped: bool,
    /// Whether a carriage return came last.
    has_returned: bool,
}

impl Output {
    pub(super) fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter()
    }

    /// Adds a line that the script has not printed, on a line of its own.
    pub(super) fn note(&mut self, at: Time, text: &str) {
        let is_open = self.blocks.back().is_some_and(Block::is_open);
        let start = if is_open { "\n" } else { "" };
        self.print(at, true, &[start, text, "\n"].concat());
    }

    pub(super) fn print(&mut self, at: Time, is_error: bool, text: &str) {
        let mut parts = text.split('\r');
        self.add(at, is_error, parts.next().unwrap_or_default());
        for part in parts {
            self.has_returned = true;
            self.add(at, is_error, part);
        }
    }

    /// Adds a text without a carriage return: what follows one is written over the line.
    fn add(&mut self, at: Time, is_error: bool, text: &str) {
        if text.is_empty() {
            return;
        }
        if std::mem::take(&mut self.has_returned) && !text.starts_with('\n') {
            self.drop_open_line();
        }
        // A line that is printed in parts stays one, under the time of its beginning.
        let is_same_line = |last: &&mut Block| {
            last.is_open() && last.is_error == is_error && last.text.len() < BLOCK_BYTES
        };
        let (end, mut rest) = match self.blocks.back_mut().filter(is_same_line) {
            Some(last) => {
                let (end, rest) = text.split_at(after_lines(text, 1));
                last.append(end);
                (end, rest)
            }
            None => ("", text),
        };
        self.count(is_error, end);
        while !rest.is_empty() {
            let is_room = |last: &&mut Block| {
                (last.at, last.is_error) == (at, is_error)
                    && last.lines < BLOCK_LINES
                    && last.text.len() < BLOCK_BYTES
            };
            let style = self.styles[usize::from(is_error)];
            let last = self.blocks.back_mut().filter(is_room);
            let lines = BLOCK_LINES - last.as_ref().map_or(0, |last| last.lines);
            let (piece, after) = rest.split_at(after_lines(rest, lines));
            match last {
                Some(last) => last.append(piece),
                None => {
                    self.made += 1;
                    self.blocks.push_back(Block {
                        number: self.made,
                        at,
                        is_error,
                        style,
                        text: piece.into(),
                        lines: lines_of(piece),
                    });
                }
            }
            self.count(is_error, piece);
            rest = after;
        }
        while (self.lines > LINES_MAX || self.bytes > BYTES_MAX) && self.blocks.len() > 1 {
            let gone = self.blocks.pop_front();
            self.lines -= gone.as_ref().map_or(0, |gone| gone.lines);
            self.bytes -= gone.map_or(0, |gone| gone.text.len());
            self.has_dropped = true;
        }
    }

    /// Notes what a text that is printed brings: lines, and how that looks which comes after it.
    fn count(&mut self, is_error: bool, text: &str) {
        self.lines += lines_of(text);
        self.bytes += text.len();
        let style = &mut self.styles[usize::from(is_error)];
        *style = spans(*style, text).1;
    }

    /// Takes away the line that has no end yet; how it looked goes on.
    fn drop_open_line(&mut self) {
        let Some(last) = self.blocks.back_mut().filter(|last| last.is_open()) else {
            return;
        };
        let end = last.text.rfind('\n').map_or(0, |end| end + 1);
        self.bytes -= last.text.len() - end;
        last.text = last.text[..end].into();
        if last.text.is_empty() {
            self.blocks.pop_back();
        }
    }
}

impl Block {
    /// Whether its last line has no end yet.
    fn is_open(&self) -> bool {
        !self.text.ends_with('\n')
    }

    fn append(&mut self, text: &str) {
        self.text = [&*self.text, text].concat().into();
        self.lines += lines_of(text);
    }

    /// Its parts, each with how it looks.
    pub(super) fn spans(&self) -> Vec<(Style, String)> {
        spans(self.style, &self.text).0
    }
}

/// Where so many lines of a text end, or the text.
fn after_lines(text: &str, count: usize) -> usize {
    let mut ends = text.match_indices('\n');
    ends.nth(count - 1).map_or(text.len(), |(end, _)| end + 1)
}

fn lines_of(text: &str) -> usize {
    text.matches('\n').count()
}

/// Takes a text apart at the sequences that a terminal acts on, of which it knows those for colours; and how
/// the text after it looks.
fn spans(mut style: Style, text: &str) -> (Vec<(Style, String)>, Style) {
    let mut spans = Vec::new();
    let mut add = |style, text: &str| {
        if !text.is_empty() {
            spans.push((style, text.to_owned()));
        }
    };
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(ESCAPE) {
        add(style, before);
        rest = if let Some(codes) = after.strip_prefix('[') {
            let end = codes.find(|character: char| matches!(character, '@'..='~'));
            let end = end.unwrap_or(codes.len());
            if codes[end..].starts_with('m') {
                style = style.after(&codes[..end]);
            }
            codes.get(end + 1..).unwrap_or_default()
        } else if let Some(command) = after.strip_prefix(']') {
            after_command(command)
        } else {
            let escape = rest.len() - after.len() - ESCAPE.len_utf8();
            add(style, &rest[escape..rest.len() - after.len()]);
            after
        };
    }
    add(style, rest);
    (spans, style)
}

/// What follows a command to the terminal itself: the title of its window, or where a link leads. One without an end
/// takes its line and no more.
fn after_command(command: &str) -> &str {
    let end = command.find(['\u{7}', ESCAPE, '\n']);
    let rest = end.map_or("", |end| &command[end..]);
    let bell = rest.strip_prefix('\u{7}');
    bell.or_else(|| rest.strip_prefix("\u{1b}\\"))
        .unwrap_or(rest)
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
                code @ 40..=47 => self.background = Some(code - 40),
                code @ 100..=107 => self.background = Some(code - 92),
                49 => self.background = None,
                // Colours of larger tables are not shown.
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
        let colour = self.colour.map(|colour| format!("ansi-{}", colour % 8));
        let background = self
            .background
            .map(|colour| format!("ansi-on-{}", colour % 8));
        let bold = self.is_bold.then(|| "ansi-bold".to_owned());
        let classes: Vec<String> = [colour, background, bold].into_iter().flatten().collect();
        (!classes.is_empty()).then(|| classes.join(" "))
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
            "c\u{1b}[0md\u{1b}[2K\u{1b}[38;5;9me\u{1b}[97;44mf\u{1b}[49mg",
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
            own(&[
                ("ansi-1 ansi-bold", "c"),
                ("", "d"),
                ("", "e"),
                ("ansi-7 ansi-on-4", "f"),
                ("ansi-7", "g"),
            ])
        );
    }

    #[test]
    fn commands_to_the_terminal_are_not_shown() {
        for (printed, seen) in [
            ("\u{1b}]0;title\u{7}text", "text"),
            (
                "a \u{1b}]8;;https://a/\u{1b}\\link\u{1b}]8;;\u{1b}\\ b",
                "a link b",
            ),
            ("\u{1b}]0;one\u{1b}[1Ktwo\nthree", "two\nthree"),
            ("a\u{1b}]0;open\nb", "a\nb"),
            ("\u{1b}]", ""),
            ("a\u{1b}b\u{1b}", "a\u{1b}b\u{1b}"),
        ] {
            let spans = spans(Style::default(), printed).0;
            let texts: String = spans.into_iter().map(|(_, text)| text).collect();
            assert_eq!(texts, seen, "{printed:?}");
        }
        let (spans, _) = spans(Style::default(), "\u{1b}[31ma\u{1b}]0;x\u{7}b");
        assert!(spans.iter().all(|(style, _)| style.colour == Some(1)));
    }

    #[test]
    fn a_line_in_parts_stays_one() {
        let mut output = Output::default();
        for (ms, text) in [
            (1, "."),
            (2, ".\u{1b}[31m"),
            (3, ".\nnext"),
            (4, "!\n"),
            (4, "same\n"),
        ] {
            output.print(Time::from_ms(ms), false, text);
        }
        output.print(Time::from_ms(5), false, "open");
        output.print(Time::from_ms(6), true, "other\n");
        output.note(Time::from_ms(6), "note");
        let rows = |output: &Output| {
            let row = |block: &Block| (block.at.as_ms(), block.text.to_string());
            output.blocks().map(row).collect::<Vec<_>>()
        };
        let row = |ms, text: &str| (ms, text.to_owned());
        let expected = [
            row(1, "..\u{1b}[31m.\n"),
            row(3, "next!\n"),
            row(4, "same\n"),
            row(5, "open"),
            row(6, "other\nnote\n"),
        ];
        assert_eq!(rows(&output), expected);
        let last = output.blocks().nth(2).expect("it is there").spans();
        assert_eq!(last[0].0.colour, Some(1));
    }

    #[test]
    fn a_line_is_written_over() {
        let mut output = Output::default();
        for (ms, text) in [
            (1, "first\n10 %\r"),
            (2, "20 %"),
            (3, "\r30 %\r\n"),
            (4, "a\rb\n"),
        ] {
            output.print(Time::from_ms(ms), false, text);
        }
        let rows: Vec<_> = output.blocks().map(|block| &*block.text).collect();
        assert_eq!(rows, ["first\n", "30 %\n", "b\n"]);
        assert_eq!((output.lines, output.bytes), (3, 13));
    }

    #[test]
    fn long_lines_are_bounded() {
        let mut output = Output::default();
        for _ in 0..1000 {
            output.print(Time::from_ms(0), false, &"x".repeat(10_000));
        }
        assert!(output.has_dropped && output.bytes <= BYTES_MAX);
        let blocks = output.blocks().map(|block| block.text.len());
        let (sum, longest) = blocks.fold((0, 0), |(sum, most), len| (sum + len, len.max(most)));
        assert_eq!(sum, output.bytes);
        assert!(longest < BLOCK_BYTES + 10_000);
        output.print(Time::from_ms(1), false, "\rover\n");
        assert_eq!(
            output.blocks().last().map(|last| &*last.text),
            Some("over\n")
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
        output.print(Time::from_ms(0), false, &"all at once\n".repeat(3000));
        assert!(output.blocks().all(|block| block.lines <= BLOCK_LINES));
        output.print(Time::from_ms(0), false, "line 19999\n");
        let last = output.blocks().last().expect("there is one").spans();
        assert!(last[0].1.ends_with("line 19999\n"));
    }
}
