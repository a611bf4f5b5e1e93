//! From members to text.

use super::Member;

/// On one line.
pub fn compact(member: &Member<'_>) -> String {
    print(member, false)
}

/// On many lines, for people.
pub fn pretty(member: &Member<'_>) -> String {
    print(member, true)
}

fn print(member: &Member<'_>, is_pretty: bool) -> String {
    let mut printer = Printer {
        text: String::new(),
        depth: is_pretty.then_some(0),
    };
    printer.member(member);
    printer.text
}

struct Printer {
    text: String,
    /// How far in lines begin; none if there is but one.
    depth: Option<usize>,
}

impl Printer {
    fn member(&mut self, member: &Member<'_>) {
        match member {
            Member::Absent => self.text.push_str("null"),
            Member::Text(text) => self.quoted(text),
            Member::Digits(digits) => self.text.push_str(digits),
            Member::Integer(number) => self.text.push_str(&number.to_string()),
            Member::Natural(number) => self.text.push_str(&number.to_string()),
            Member::Flag(true) => self.text.push_str("true"),
            Member::Flag(false) => self.text.push_str("false"),
            Member::List(values) => {
                let elements = values.iter().map(|value| (None, value));
                self.nested(['[', ']'], &mut elements.into_iter());
            }
            Member::Map(values) => {
                let named = values.iter().map(|(name, value)| (Some(*name), value));
                self.nested(['{', '}'], &mut named.into_iter());
            }
            Member::Choice(name, value) => {
                self.nested(['{', '}'], &mut [(Some(*name), &**value)].into_iter());
            }
            Member::Shape(shape) => {
                let there = shape
                    .members()
                    .filter(|(_, member)| !matches!(member, Member::Absent));
                let there: Vec<_> = there.collect();
                let named = there.iter().map(|(name, member)| (Some(*name), member));
                self.nested(['{', '}'], &mut named.into_iter());
            }
        }
    }

    fn nested<'a>(
        &mut self,
        [begin, end]: [char; 2],
        values: &mut dyn Iterator<Item = (Option<&'a str>, &'a Member<'a>)>,
    ) {
        self.text.push(begin);
        self.depth = self.depth.map(|depth| depth + 1);
        let mut is_empty = true;
        for (name, value) in values {
            if !is_empty {
                self.text.push(',');
            }
            is_empty = false;
            self.line();
            if let Some(name) = name {
                self.quoted(name);
                self.text.push(':');
                if self.depth.is_some() {
                    self.text.push(' ');
                }
            }
            self.member(value);
        }
        self.depth = self.depth.map(|depth| depth - 1);
        if !is_empty {
            self.line();
        }
        self.text.push(end);
    }

    fn line(&mut self) {
        if let Some(depth) = self.depth {
            self.text.push('\n');
            self.text.push_str(&"  ".repeat(depth));
        }
    }

    fn quoted(&mut self, text: &str) {
        self.text.push('"');
        for c in text.chars() {
            let escaped = match c {
                '"' | '\\' => c,
                '\u{8}' => 'b',
                '\t' => 't',
                '\n' => 'n',
                '\u{c}' => 'f',
                '\r' => 'r',
                '\0'..='\x1f' => {
                    let code = u32::from(c);
                    self.text.push_str("\\u00");
                    for digit in [code / 16, code % 16] {
                        self.text.extend(char::from_digit(digit, 16));
                    }
                    continue;
                }
                _ => {
                    self.text.push(c);
                    continue;
                }
            };
            self.text.push('\\');
            self.text.push(escaped);
        }
        self.text.push('"');
    }
}
