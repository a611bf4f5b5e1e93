//! Expressions of Python, laid out as a person would.

use crate::cli::{bytes_literal, text_literal};
use crate::json::Member;
use crate::world::{TemplatePart, template_parts};

/// The most columns of a line that could also be broken.
const COLUMNS: usize = 96;

/// An expression.
#[derive(Clone, Debug)]
pub(super) enum Code {
    /// As it is.
    Plain(String),
    List(Vec<Code>),
    Map(Vec<(String, Code)>),
    /// A call of a function, with its arguments; those without a name stand by their place.
    Call(String, Vec<(String, Code)>),
}

impl Code {
    pub(super) fn text(text: &str) -> Self {
        Self::Plain(text_literal(text))
    }

    /// The value of a member of this name; `spell` may give its texts as other code.
    pub(super) fn of_member(
        name: &str,
        member: &Member<'_>,
        spell: &dyn Fn(&str, &str) -> Option<Self>,
    ) -> Self {
        match member {
            Member::Absent => Self::Plain("None".into()),
            Member::Text(text) => spell(name, text).unwrap_or_else(|| {
                if name.starts_with("Binary") {
                    Self::Plain(bytes_literal(text))
                } else {
                    Self::text(text)
                }
            }),
            Member::Digits(digits) => Self::Plain((*digits).to_owned()),
            Member::Integer(number) => Self::Plain(number.to_string()),
            Member::Natural(number) => Self::Plain(number.to_string()),
            Member::Flag(true) => Self::Plain("True".into()),
            Member::Flag(false) => Self::Plain("False".into()),
            Member::List(values) => {
                let values = values
                    .iter()
                    .map(|value| Self::of_member(name, value, spell));
                Self::List(values.collect())
            }
            Member::Map(values) => {
                let named = |(key, value): &(&str, Member<'_>)| {
                    ((*key).to_owned(), Self::of_member(key, value, spell))
                };
                Self::Map(values.iter().map(named).collect())
            }
            Member::Shape(shape) => {
                let members = shape.members();
                let there = members.filter(|(_, member)| !matches!(member, Member::Absent));
                let named =
                    there.map(|(key, value)| (key.to_owned(), Self::of_member(key, &value, spell)));
                Self::Map(named.collect())
            }
            Member::Choice(key, value) => Self::Map(vec![(
                (*key).to_owned(),
                Self::of_member(key, value, spell),
            )]),
        }
    }

    /// The code on a line that has so many columns before it, and the same indentation for all that follows.
    pub(super) fn print(&self, level: usize, before: usize) -> String {
        let line = self.line();
        if before + line.chars().count() <= COLUMNS && !line.contains('\n') {
            return line;
        }
        let (begin, end, elements) = match self {
            Self::Plain(code) => return code.clone(),
            Self::List(values) => {
                let elements: Vec<_> = values.iter().map(|value| (String::new(), value)).collect();
                ("[".to_owned(), "]", elements)
            }
            Self::Map(members) => {
                let named = |(name, value)| (format!("{}: ", text_literal(name)), value);
                (
                    "{".to_owned(),
                    "}",
                    members
                        .iter()
                        .map(|(name, value)| named((name, value)))
                        .collect(),
                )
            }
            Self::Call(function, arguments) => {
                if let [(name, only)] = &arguments[..]
                    && name.is_empty()
                {
                    let inner = only.print(level, before + function.len() + 1);
                    return format!("{function}({inner})");
                }
                let named = arguments.iter().map(|(name, value)| (keyword(name), value));
                (format!("{function}("), ")", named.collect())
            }
        };
        let mut text = begin;
        let indent = "    ".repeat(level + 1);
        for (name, value) in elements {
            let value = value.print(level + 1, indent.len() + name.chars().count() + 1);
            text.push_str(&format!("\n{indent}{name}{value},"));
        }
        text + "\n" + &"    ".repeat(level) + end
    }

    fn line(&self) -> String {
        match self {
            Self::Plain(code) => code.clone(),
            Self::List(values) => {
                let values: Vec<String> = values.iter().map(Self::line).collect();
                format!("[{}]", values.join(", "))
            }
            Self::Map(members) => {
                let member = |(name, value): &(String, Self)| {
                    format!("{}: {}", text_literal(name), value.line())
                };
                let members: Vec<String> = members.iter().map(member).collect();
                format!("{{{}}}", members.join(", "))
            }
            Self::Call(function, arguments) => {
                let argument = |(name, value): &(String, Self)| keyword(name) + &value.line();
                let arguments: Vec<String> = arguments.iter().map(argument).collect();
                format!("{function}({})", arguments.join(", "))
            }
        }
    }
}

fn keyword(name: &str) -> String {
    if name.is_empty() {
        String::new()
    } else {
        format!("{name}=")
    }
}

/// A template as a text; an f-string where something is filled in. `n` is the code for the number of the message.
pub(super) fn template(template: &str, n: &str) -> Code {
    if template_parts(template).all(|part| matches!(part, TemplatePart::Text(_))) {
        return Code::text(template);
    }
    // A number that is known stands in the text itself.
    let known: Option<u32> = n.parse().ok();
    let mut text = String::new();
    for part in template_parts(template) {
        match part {
            TemplatePart::Text(plain) => {
                text.push_str(&plain.replace('{', "{{").replace('}', "}}"))
            }
            TemplatePart::Number if known.is_some() => text.push_str(n),
            TemplatePart::Remainder(divisor) if known.is_some() => {
                text.push_str(&known.map_or(0, |n| n % divisor).to_string());
            }
            TemplatePart::Number => text.push_str(&format!("{{{n}}}")),
            TemplatePart::Remainder(divisor) => text.push_str(&format!("{{{n} % {divisor}}}")),
            TemplatePart::Random(choices) => {
                text.push_str(&format!("{{random.randrange({choices})}}"))
            }
        }
    }
    if known.is_some() && !is_random(template) {
        return Code::text(&text.replace("{{", "{").replace("}}", "}"));
    }
    Code::Plain(format!("f{}", text_literal(&text)))
}

/// Whether the template leaves anything to chance.
pub(super) fn is_random(template: &str) -> bool {
    template_parts(template).any(|part| matches!(part, TemplatePart::Random(_)))
}

/// Milliseconds in seconds.
pub(super) fn seconds(ms: u64) -> String {
    let (whole, rest) = (ms / 1000, ms % 1000);
    if rest == 0 {
        return whole.to_string();
    }
    format!("{whole}.{rest:03}")
        .trim_end_matches('0')
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_in_seconds() {
        for (ms, text) in [
            (0, "0"),
            (1000, "1"),
            (1500, "1.5"),
            (20, "0.02"),
            (1, "0.001"),
        ] {
            assert_eq!(seconds(ms), text);
        }
    }

    #[test]
    fn templates_become_formatted_texts() {
        for (text, code) in [
            ("plain {x}", r#""plain {x}""#),
            ("order {n}", r#"f"order {n}""#),
            (
                "{\"id\":{n%03}} {random:3}",
                r#"f'{{"id":{n % 3}}} {random.randrange(3)}'"#,
            ),
            ("'\"{n}\n", r#"f"'\"{n}\n""#),
        ] {
            assert_eq!(template(text, "n").print(0, 0), code);
        }
        assert_eq!(template("{{n}} {n%2}", "7").print(0, 0), r#""{7} 1""#);
        assert_eq!(
            template("{n} {random:2}", "7").print(0, 0),
            r#"f"7 {random.randrange(2)}""#
        );
    }
}
