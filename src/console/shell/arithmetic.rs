//! `$((...))`: whole numbers of 64 bits that wrap, as the shell's do.

/// Looks variables up and sets them.
pub(super) trait Variables {
    fn get(&self, name: &str) -> i64;
    fn set(&mut self, name: &str, value: i64);
}

/// What an expression comes to.
///
/// # Errors
/// What is wrong with it, in words.
pub(super) fn evaluate(text: &str, variables: &mut dyn Variables) -> Result<i64, String> {
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
        variables,
    };
    if text.trim().is_empty() {
        return Ok(0);
    }
    let value = parser.assignment()?;
    parser.skip();
    if parser.at < text.len() {
        return Err(parser.problem());
    }
    Ok(value)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    variables: &'a mut dyn Variables,
}

/// Operators of two sides, the loosest first.
const LEVELS: [&[&str]; 7] = [
    &["||"],
    &["&&"],
    &["==", "!="],
    &["<=", ">=", "<", ">"],
    &["+", "-"],
    &["*", "/", "%"],
    &["**"],
];

impl Parser<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn skip(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn takes(&mut self, operator: &str) -> bool {
        self.skip();
        let is_here = self.rest().starts_with(operator);
        if is_here {
            self.at += operator.len();
        }
        is_here
    }

    fn problem(&self) -> String {
        let token = self.rest();
        format!(
            "{}: syntax error in expression (error token is \"{token}\")",
            self.text
        )
    }

    fn name(&mut self) -> Option<String> {
        self.skip();
        let length = super::words::name_length(self.rest());
        if length == 0 {
            return None;
        }
        let name = self.rest()[..length].to_owned();
        self.at += length;
        Some(name)
    }

    fn assignment(&mut self) -> Result<i64, String> {
        let begin = self.at;
        if let Some(name) = self.name() {
            for operator in ["+=", "-=", "*=", "="] {
                self.skip();
                if operator == "=" && self.rest().starts_with("==") {
                    continue;
                }
                if self.takes(operator) {
                    let value = self.assignment()?;
                    let old = self.variables.get(&name);
                    let new = match operator {
                        "+=" => old.wrapping_add(value),
                        "-=" => old.wrapping_sub(value),
                        "*=" => old.wrapping_mul(value),
                        _ => value,
                    };
                    self.variables.set(&name, new);
                    return Ok(new);
                }
            }
        }
        self.at = begin;
        self.binary(0)
    }

    fn binary(&mut self, level: usize) -> Result<i64, String> {
        let Some(operators) = LEVELS.get(level) else {
            return self.unary();
        };
        let mut value = self.binary(level + 1)?;
        loop {
            self.skip();
            let rest = self.rest();
            let Some(operator) = operators
                .iter()
                .find(|operator| rest.starts_with(**operator))
            else {
                return Ok(value);
            };
            let is_other = *operator == "*" && rest.starts_with("**");
            if is_other {
                return Ok(value);
            }
            self.at += operator.len();
            let right = self.binary(level + 1)?;
            value = apply(operator, value, right).ok_or_else(|| {
                let text = self.text;
                format!("{text}: division by 0 (error token is \"{right}\")")
            })?;
        }
    }

    fn unary(&mut self) -> Result<i64, String> {
        self.depth += 1;
        if self.depth > 200 {
            return Err(self.problem());
        }
        for step in ["++", "--"] {
            if self.takes(step) {
                let name = self.name().ok_or_else(|| self.problem())?;
                return Ok(self.step(&name, step));
            }
        }
        let value = if self.takes("-") {
            self.unary()?.wrapping_neg()
        } else if self.takes("+") {
            self.unary()?
        } else if self.takes("!") {
            i64::from(self.unary()? == 0)
        } else if self.takes("(") {
            let value = self.assignment()?;
            if !self.takes(")") {
                return Err(self.problem());
            }
            value
        } else if let Some(name) = self.name() {
            let value = self.variables.get(&name);
            for step in ["++", "--"] {
                if self.takes(step) {
                    self.step(&name, step);
                }
            }
            value
        } else {
            let rest = self.rest();
            let end = rest.find(|c: char| !c.is_ascii_digit());
            let digits = &rest[..end.unwrap_or(rest.len())];
            let value = digits.parse().map_err(|_| self.problem())?;
            self.at += digits.len();
            value
        };
        self.depth -= 1;
        Ok(value)
    }

    fn step(&mut self, name: &str, step: &str) -> i64 {
        let by = if step == "++" { 1 } else { -1 };
        let value = self.variables.get(name).wrapping_add(by);
        self.variables.set(name, value);
        value
    }
}

fn apply(operator: &str, left: i64, right: i64) -> Option<i64> {
    Some(match operator {
        "||" => i64::from(left != 0 || right != 0),
        "&&" => i64::from(left != 0 && right != 0),
        "==" => i64::from(left == right),
        "!=" => i64::from(left != right),
        "<=" => i64::from(left <= right),
        ">=" => i64::from(left >= right),
        "<" => i64::from(left < right),
        ">" => i64::from(left > right),
        "+" => left.wrapping_add(right),
        "-" => left.wrapping_sub(right),
        "*" => left.wrapping_mul(right),
        "/" if right != 0 => left.wrapping_div(right),
        "%" if right != 0 => left.wrapping_rem(right),
        "**" => left.wrapping_pow(u32::try_from(right).ok()?),
        _ => return None,
    })
}
