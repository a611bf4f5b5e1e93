//! The small language of templates, for bodies, groups and deduplication ids.
//!
//! | in the template | what it becomes |
//! |---|---|
//! | `{n}` | the number of the message |
//! | `{n%3}` | what remains of that number after a division by 3: 0, 1 or 2 |
//! | `{random:3}` | 0, 1 or 2, each equally likely |
//!
//! Any other brace stays as it is.

use crate::sim::Stream;

/// The longest part, `random:4294967295}`, in bytes: further nobody looks for its end.
const PART_MAX: usize = 18;

/// A piece of a template.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TemplatePart<'a> {
    /// It stays as it is.
    Text(&'a str),
    /// The number of the message.
    Number,
    /// What remains of that number after a division by this one, which is not 0.
    Remainder(u32),
    /// A number from 0 on that is less than this one, which is not 0.
    Random(u32),
}

/// The template with its parts filled in.
pub(in crate::world) fn fill(template: &str, n: u32, luck: &mut Stream) -> String {
    let mut filled = String::new();
    for part in template_parts(template) {
        let number = match part {
            TemplatePart::Text(text) => {
                filled.push_str(text);
                continue;
            }
            TemplatePart::Number => n,
            TemplatePart::Remainder(divisor) => n % divisor,
            TemplatePart::Random(choices) => luck.between(0, u64::from(choices) - 1) as u32,
        };
        filled.push_str(&number.to_string());
    }
    filled
}

/// The pieces of a template, in order.
pub fn template_parts(template: &str) -> impl Iterator<Item = TemplatePart<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        let is_open = |(at, _): &(usize, &str)| part_at(&rest[*at..]).is_some();
        let (part, length) = match rest.match_indices('{').find(is_open) {
            None if rest.is_empty() => return None,
            None => (TemplatePart::Text(rest), rest.len()),
            Some((0, _)) => part_at(rest)?,
            Some((at, _)) => (TemplatePart::Text(&rest[..at]), at),
        };
        rest = &rest[length..];
        Some(part)
    })
}

/// The part that begins with this brace, and its length in bytes, if it is one.
fn part_at(text: &str) -> Option<(TemplatePart<'_>, usize)> {
    let inside = text.strip_prefix('{')?;
    let end = inside
        .bytes()
        .take(PART_MAX)
        .position(|byte| byte == b'}')?;
    let count = |digits: &str| {
        let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse().ok().filter(|count| is_plain && *count > 0)
    };
    let name = &inside[..end];
    let part = if name == "n" {
        TemplatePart::Number
    } else if let Some(divisor) = name.strip_prefix("n%") {
        TemplatePart::Remainder(count(divisor)?)
    } else {
        TemplatePart::Random(count(name.strip_prefix("random:")?)?)
    };
    Some((part, end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str, n: u32) -> String {
        fill(template, n, &mut Stream::new(1, "template"))
    }

    #[test]
    fn numbers_are_filled_in() {
        assert_eq!(filled("order {n} of {n}", 7), "order 7 of 7");
        assert_eq!(filled("group {n%3}", 7), "group 1");
        assert_eq!(filled("{n%1}{n%4294967295}", 7), "07");
    }

    #[test]
    fn other_braces_stay() {
        for text in [
            "",
            "{",
            "}",
            "{}",
            "{ n}",
            "{N}",
            "{n",
            "{n%0}",
            "{n%}",
            "{n%+3}",
            "{n%x}",
            "{random:0}",
            "{random:}",
            "{random}",
            "{n%4294967296}",
            "{\"id\":1}",
            "é{ü}",
        ] {
            assert_eq!(filled(text, 7), text);
        }
        assert_eq!(filled("{\"id\":{n}} {{n}} {{n}", 7), "{\"id\":7} {7} {7");
    }

    #[test]
    fn chance_is_within_its_bounds_and_reaches_them() {
        let mut luck = Stream::new(1, "template");
        let mut seen = [false; 3];
        for _ in 0..100 {
            let text = fill("{random:3}", 1, &mut luck);
            seen[text.parse::<usize>().expect("it is a number")] = true;
        }
        assert_eq!(seen, [true; 3]);
    }
}
