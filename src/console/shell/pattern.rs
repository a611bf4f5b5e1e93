//! Patterns: `*`, `?` and `[...]`.

/// Whether all of a text is as the pattern says.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    let (mut at, mut within) = (0, 0);
    // Where to go on if what follows the last star does not fit.
    let mut star: Option<(usize, usize)> = None;
    while within < text.len() {
        let step = match pattern.get(at) {
            Some('*') => {
                star = Some((at, within));
                at += 1;
                continue;
            }
            Some('?') => Some(1),
            Some('[') => set(&pattern[at..], text[within]),
            Some('\\') if at + 1 < pattern.len() => (pattern[at + 1] == text[within]).then_some(2),
            Some(c) => (*c == text[within]).then_some(1),
            None => None,
        };
        if let Some(step) = step {
            at += step;
            within += 1;
        } else if let Some((star_at, star_within)) = star {
            at = star_at + 1;
            within = star_within + 1;
            star = Some((star_at, within));
        } else {
            return false;
        }
    }
    pattern[at..].iter().all(|c| *c == '*')
}

/// How long a set in brackets is, if the character is in it.
fn set(pattern: &[char], c: char) -> Option<usize> {
    let is_negated = matches!(pattern.get(1), Some('!' | '^'));
    let first = 1 + usize::from(is_negated);
    let Some(length) = pattern.iter().skip(first + 1).position(|c| *c == ']') else {
        return (c == '[').then_some(1);
    };
    let members = &pattern[first..first + 1 + length];
    let mut is_in = members.contains(&c);
    for range in members.windows(3) {
        is_in |= range[1] == '-' && (range[0]..=range[2]).contains(&c);
    }
    (is_in != is_negated).then_some(first + length + 2)
}

/// What is left of a text when the shortest, or the longest, start or end that fits is removed.
pub(super) fn remove<'a>(operator: &str, pattern: &str, text: &'a str) -> &'a str {
    let mut places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    places.push(text.len());
    // Quadratic in the text, so not for long ones.
    if places.len() > 10_000 {
        return text;
    }
    let is_start = operator.starts_with('#');
    let is_longest = operator.len() == 2;
    if is_start == is_longest {
        places.reverse();
    }
    for at in places {
        let (start, end) = text.split_at(at);
        if is_start && matches(pattern, start) {
            return end;
        }
        if !is_start && matches(pattern, end) {
            return start;
        }
    }
    text
}
