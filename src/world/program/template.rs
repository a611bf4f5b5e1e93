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

/// The template with its parts filled in.
pub(in crate::world) fn fill(template: &str, n: u32, luck: &mut Stream) -> String {
    let mut filled = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        rest = after;
        let end = after.bytes().take(PART_MAX).position(|byte| byte == b'}');
        match end.and_then(|end| Some((end, number(&after[..end], n, luck)?))) {
            Some((end, number)) => {
                filled.push_str(&number.to_string());
                rest = &after[end + 1..];
            }
            None => filled.push('{'),
        }
    }
    filled.push_str(rest);
    filled
}

/// What stands for this part, if it is one.
fn number(part: &str, n: u32, luck: &mut Stream) -> Option<u32> {
    if part == "n" {
        return Some(n);
    }
    let count = |digits: &str| {
        let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse().ok().filter(|count| is_plain && *count > 0)
    };
    if let Some(divisor) = part.strip_prefix("n%") {
        return Some(n % count(divisor)?);
    }
    let choices: u32 = count(part.strip_prefix("random:")?)?;
    Some(luck.between(0, u64::from(choices) - 1) as u32)
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
