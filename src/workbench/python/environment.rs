//! The file `.env` beside scripts: their environment, as editors and what loads such files read it.

use std::collections::VecDeque;

/// The variables of the text of such a file, in its order. Of a name that comes twice the last value holds; a line that
/// sets nothing is passed over.
pub(super) fn environment(text: &str) -> Vec<(String, String)> {
    let mut variables: Vec<(String, String)> = Vec::new();
    for (name, value) in text
        .trim_start_matches('\u{feff}')
        .lines()
        .filter_map(variable)
    {
        match variables.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => *known = value,
            None => variables.push((name.to_owned(), value)),
        }
    }
    variables
}

/// The name and value of a line.
fn variable(line: &str) -> Option<(&str, String)> {
    let (name, value) = line.split_once('=')?;
    let name = name.trim();
    let exported = name.strip_prefix("export");
    let exported = exported.filter(|rest| rest.starts_with(char::is_whitespace));
    let name = exported.map_or(name, str::trim_start);
    is_name(name).then(|| (name, unquoted(value.trim())))
}

fn is_name(name: &str) -> bool {
    let is_word = |character: char| character.is_ascii_alphanumeric() || character == '_';
    !name.is_empty()
        && name.chars().all(is_word)
        && !name.starts_with(|first: char| first.is_ascii_digit())
}

/// A value without its quotation marks, or without the comment after it.
fn unquoted(value: &str) -> String {
    let mark = value
        .chars()
        .next()
        .filter(|first| matches!(first, '\'' | '"'));
    if let Some(quoted) = mark.and_then(|mark| quoted(mark, &value[1..])) {
        return quoted;
    }
    if value.starts_with('#') {
        return String::new();
    }
    let comment = value.find(" #").or_else(|| value.find("\t#"));
    value[..comment.unwrap_or(value.len())]
        .trim_end()
        .to_owned()
}

/// What stands before the second mark, unless there is more after it than a comment. Within double ones a backslash
/// escapes.
fn quoted(mark: char, text: &str) -> Option<String> {
    let mut value = String::new();
    let mut characters: VecDeque<char> = text.chars().collect();
    while let Some(character) = characters.pop_front() {
        if character == mark {
            let rest: String = characters.into_iter().collect();
            let rest = rest.trim_start();
            return (rest.is_empty() || rest.starts_with('#')).then_some(value);
        }
        let escaped = match (mark, character, characters.front()) {
            ('"', '\\', Some('n')) => '\n',
            ('"', '\\', Some(&escaped @ ('"' | '\\'))) => escaped,
            _ => {
                value.push(character);
                continue;
            }
        };
        characters.pop_front();
        value.push(escaped);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(text: &str, expected: &[(&str, &str)]) {
        let found = environment(text);
        let found: Vec<_> = found
            .iter()
            .map(|(name, value)| (&**name, &**value))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn lines_are_variables() {
        is(
            "# Where it is\nQUEUE_NAME=work\n\n  AWS_REGION = eu-west-1 \r\nexport DEBUG=1\nEMPTY=\n",
            &[
                ("QUEUE_NAME", "work"),
                ("AWS_REGION", "eu-west-1"),
                ("DEBUG", "1"),
                ("EMPTY", ""),
            ],
        );
        is("\u{feff}A=1", &[("A", "1")]);
        is("URL=https://a/?b=c#d", &[("URL", "https://a/?b=c#d")]);
    }

    #[test]
    fn the_last_value_holds() {
        is("A=1\nB=2\nA=3", &[("A", "3"), ("B", "2")]);
    }

    #[test]
    fn quotation_marks_are_no_part_of_a_value() {
        is(r#"A="two words""#, &[("A", "two words")]);
        is(
            "A='it is # no comment' # but this",
            &[("A", "it is # no comment")],
        );
        is(r#"A="a\n\"b\"\\n\t""#, &[("A", "a\n\"b\"\\n\\t")]);
        is(r"A='a\n'", &[("A", r"a\n")]);
        is("A=\"\"", &[("A", "")]);
        // These are part of it.
        is("A='open", &[("A", "'open")]);
        is("A='a' 'b'", &[("A", "'a' 'b'")]);
        is("A={\"a\": 1}", &[("A", "{\"a\": 1}")]);
    }

    #[test]
    fn comments_are_none() {
        is(
            "#A=1\nB=2 # two\nC=#\nD=a#b\n",
            &[("B", "2"), ("C", ""), ("D", "a#b")],
        );
    }

    #[test]
    fn other_lines_set_nothing() {
        is("A\n=1\n1A=1\nA B=1\nexport\nA-B=1\nimport os", &[]);
        is(
            "export=1\nexported=2",
            &[("export", "1"), ("exported", "2")],
        );
    }
}
