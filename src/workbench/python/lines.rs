//! Shows a line of a script, from wherever one of its calls is looked at.

use super::python;
use crate::workbench::bridge;
use crate::workbench::text::text;
use crate::workbench::toast::{self, Toast};

/// Where the panel is.
const TAB: &str = "tab-python";

/// Brings a line, `file:line`, to the front; or tells that its file is not there.
pub(in crate::workbench) fn show(place: &str) {
    let Some((file, line)) = place_of(place) else {
        return;
    };
    let python = python();
    let now_called = python.files.borrow().now_called(file).map(str::to_owned);
    let Some(now_called) = now_called else {
        let gaps = [("file", file.into()), ("line", line.into())];
        return toast::show(Toast::new(text!("python-line-gone", gaps)));
    };
    toast::hide();
    python.files.borrow_mut().show(&now_called);
    python.wanted_line.replace(Some(line));
    bridge::show_tab(TAB);
    python.show();
}

/// The parts of `file:line`.
fn place_of(place: &str) -> Option<(&str, u32)> {
    let (file, line) = place.rsplit_once(':')?;
    Some((file, line.parse().ok()?))
}

/// Where in a text a line begins and ends, counted as browsers count; lines are counted from 1.
pub(super) fn span(text: &str, line: u32) -> (u32, u32) {
    let length = |text: &str| text.encode_utf16().count() as u32;
    let skipped = line.saturating_sub(1) as usize;
    let mut lines = text.split('\n');
    let start = lines
        .by_ref()
        .take(skipped)
        .map(|line| length(line) + 1)
        .sum::<u32>();
    match lines.next() {
        Some(line) => (start, start + length(line)),
        None => (length(text), length(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_file_and_a_line() {
        assert_eq!(place_of("a.py:7"), Some(("a.py", 7)));
        assert_eq!(place_of("a:b.py:7"), Some(("a:b.py", 7)));
        assert_eq!(place_of("a.py"), None);
        assert_eq!(place_of("a.py:x"), None);
    }

    #[test]
    fn a_line_of_a_text_is_found() {
        let text = "é𝄞\n\nthree";
        assert_eq!(span(text, 1), (0, 3));
        assert_eq!(span(text, 2), (4, 4));
        assert_eq!(span(text, 3), (5, 10));
        assert_eq!(span(text, 4), (10, 10));
    }
}
