//! Ranges and lists in braces, as bash expands them: `{1..3}` and `{a,b}` make several words of one.

use super::words::{Part, Word};

/// The most words that one becomes.
const WORDS_MAX: usize = 10_000;

#[derive(Clone)]
enum Item {
    Plain(char),
    Other(Part),
}

/// The words that a word becomes.
pub(super) fn expand(word: &Word) -> Vec<Word> {
    // Quadratic in the braces, so not for many.
    let braces: usize = word.parts.iter().map(Part::braces).sum();
    if braces == 0 || braces > 50 {
        return vec![word.clone()];
    }
    let mut items = Vec::new();
    for part in &word.parts {
        if let Part::Plain(text) = part {
            items.extend(text.chars().map(Item::Plain));
        } else {
            items.push(Item::Other(part.clone()));
        }
    }
    let mut expanded = Vec::new();
    let mut waiting = vec![items];
    while let Some(items) = waiting.pop() {
        match first(&items) {
            Some(mut choices) if expanded.len() + waiting.len() + choices.len() <= WORDS_MAX => {
                choices.reverse();
                waiting.extend(choices);
            }
            Some(_) | None => expanded.push(joined(items)),
        }
    }
    expanded
}

fn is(item: &Item, c: char) -> bool {
    matches!(item, Item::Plain(plain) if *plain == c)
}

/// What the first pair of braces makes of the items, if there is one that means something.
fn first(items: &[Item]) -> Option<Vec<Vec<Item>>> {
    for begin in (0..items.len()).filter(|at| is(&items[*at], '{')) {
        let mut depth = 0_usize;
        let mut commas = Vec::new();
        for (at, item) in items.iter().enumerate().skip(begin + 1) {
            if is(item, '{') {
                depth += 1;
            } else if is(item, '}') && depth > 0 {
                depth -= 1;
            } else if is(item, ',') && depth == 0 {
                commas.push(at);
            } else if is(item, '}') {
                let inner = &items[begin + 1..at];
                let choices = if commas.is_empty() {
                    range(inner)
                } else {
                    Some(split(inner, &commas, begin + 1))
                };
                if let Some(choices) = choices {
                    let whole =
                        |choice: Vec<Item>| [&items[..begin], &choice, &items[at + 1..]].concat();
                    return Some(choices.into_iter().map(whole).collect());
                }
                break;
            }
        }
    }
    None
}

fn split(inner: &[Item], commas: &[usize], offset: usize) -> Vec<Vec<Item>> {
    let mut choices = Vec::new();
    let mut from = 0;
    for comma in commas {
        choices.push(inner[from..comma - offset].to_vec());
        from = comma - offset + 1;
    }
    choices.push(inner[from..].to_vec());
    choices
}

fn range(inner: &[Item]) -> Option<Vec<Vec<Item>>> {
    let mut text = String::new();
    for item in inner {
        let Item::Plain(c) = item else { return None };
        text.push(*c);
    }
    let mut bounds = text.split("..");
    let (from, to) = (bounds.next()?, bounds.next()?);
    let step = bounds
        .next()
        .map_or(Some(1), |step| step.parse::<i64>().ok())?;
    if bounds.next().is_some() {
        return None;
    }
    let texts: Vec<String> =
        if let (Ok(from_number), Ok(to_number)) = (from.parse::<i64>(), to.parse::<i64>()) {
            let width = if from.starts_with('0') || to.starts_with('0') {
                from.len().max(to.len())
            } else {
                0
            };
            let numbers = steps(from_number, to_number, step)?;
            numbers.map(|number| format!("{number:0width$}")).collect()
        } else {
            let one = |text: &str| {
                let mut chars = text.chars();
                let c = chars.next().filter(char::is_ascii_alphabetic)?;
                chars.next().is_none().then_some(i64::from(u32::from(c)))
            };
            let letters = steps(one(from)?, one(to)?, step)?;
            let letter = |code: i64| char::from_u32(u32::try_from(code).ok()?);
            letters.filter_map(letter).map(String::from).collect()
        };
    let items = |text: String| text.chars().map(Item::Plain).collect();
    Some(texts.into_iter().map(items).collect())
}

fn steps(from: i64, to: i64, step: i64) -> Option<impl Iterator<Item = i64>> {
    let step = i64::try_from(step.unsigned_abs().max(1)).ok()?;
    let count = from.abs_diff(to) / step.unsigned_abs();
    let count = i64::try_from(count).ok().filter(|count| *count < 10_000)?;
    let sign = if from <= to { step } else { -step };
    Some((0..=count).map(move |index| from + index * sign))
}

fn joined(items: Vec<Item>) -> Word {
    let mut word = Word::default();
    for item in items {
        match (item, word.parts.last_mut()) {
            (Item::Plain(c), Some(Part::Plain(text))) => text.push(c),
            (Item::Plain(c), _) => word.parts.push(Part::Plain(c.to_string())),
            (Item::Other(part), _) => word.parts.push(part),
        }
    }
    word
}
