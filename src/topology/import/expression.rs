//! The little of Terraform's expressions that names queues: templates with references, objects, lists, and
//! `jsonencode`.

use std::cell::Cell;

use crate::json::{self, AsMember as _, Json};

/// How deep expressions may lie in each other, references included.
const DEPTH_MAX: usize = 40;
/// The most steps, so that references cannot multiply.
const STEPS_MAX: usize = 200_000;
/// What a reference costs: whoever it is asked of looks through the document.
const REFERENCE_STEPS: usize = 40;
/// The most text that all steps make, in bytes.
const TEXT_MAX: usize = 8 * 1024 * 1024;

/// What expressions can refer to.
pub(super) trait Scope {
    /// What a path such as `var.name` stands for: again something to evaluate.
    fn reference(&self, path: &[String]) -> Option<Json>;

    /// Whether texts are templates.
    fn has_templates(&self) -> bool {
        true
    }
}

/// Evaluates what stands in one document. What that may take is bounded over all of it.
pub(super) struct Evaluator<'a> {
    scope: &'a dyn Scope,
    steps: Cell<usize>,
    text: Cell<usize>,
}

fn take(from: &Cell<usize>, amount: usize) -> Result<(), String> {
    let left = from.get().checked_sub(amount);
    from.set(left.unwrap_or(0));
    left.map(|_| ())
        .ok_or_else(|| "This is too much to evaluate.".into())
}

impl<'a> Evaluator<'a> {
    pub(super) fn new(scope: &'a dyn Scope) -> Self {
        Self {
            scope,
            steps: Cell::new(STEPS_MAX),
            text: Cell::new(TEXT_MAX),
        }
    }

    /// The value with its templates filled in.
    ///
    /// # Errors
    /// What cannot be evaluated, as a sentence.
    pub(super) fn evaluate(&self, json: &Json) -> Result<Json, String> {
        if self.scope.has_templates() {
            self.value(json, DEPTH_MAX)
        } else {
            Ok(json.clone())
        }
    }

    fn value(&self, json: &Json, depth: usize) -> Result<Json, String> {
        take(&self.steps, 1)?;
        Ok(match json {
            Json::Text(text) => self.template(text, depth)?,
            Json::List(values) => {
                let values = values.iter().map(|value| self.value(value, depth));
                Json::List(values.collect::<Result<_, _>>()?)
            }
            Json::Object(members) => {
                let named =
                    |(name, value): &(String, Json)| Ok((name.clone(), self.value(value, depth)?));
                Json::Object(members.iter().map(named).collect::<Result<_, String>>()?)
            }
            Json::Null | Json::Flag(_) | Json::Number(_) => json.clone(),
        })
    }

    /// A text with its templates filled in; one that is nothing but an expression has that one's value.
    fn template(&self, text: &str, depth: usize) -> Result<Json, String> {
        take(&self.text, text.len())?;
        let mut cursor = Cursor {
            text,
            at: 0,
            evaluator: self,
            depth: depth
                .checked_sub(1)
                .ok_or("This is too deep to evaluate.")?,
        };
        let mut filled = String::new();
        while cursor.at < text.len() {
            let rest = cursor.rest();
            if rest.starts_with("$${") || rest.starts_with("%%{") {
                filled.push_str(&rest[1..3]);
                cursor.at += 3;
            } else if rest.starts_with("%{") {
                return Err("Directives such as %{ if } are not evaluated here.".into());
            } else if rest.starts_with("${") {
                let is_first = cursor.at == 0;
                cursor.at += 2;
                let value = cursor.expression()?;
                cursor.expect("}")?;
                if is_first && cursor.at == text.len() {
                    return Ok(value);
                }
                let part = part(value)?;
                take(&self.text, part.len())?;
                filled.push_str(&part);
            } else {
                let next = rest.chars().next().unwrap_or_default();
                filled.push(next);
                cursor.at += next.len_utf8();
            }
        }
        Ok(Json::Text(filled))
    }
}

/// A value as a part of a text.
fn part(value: Json) -> Result<String, String> {
    match value {
        Json::Text(text) | Json::Number(text) => Ok(text),
        Json::Flag(flag) => Ok(flag.to_string()),
        Json::Null | Json::List(_) | Json::Object(_) => {
            Err("Only a text can be part of a text.".into())
        }
    }
}

struct Cursor<'a> {
    text: &'a str,
    /// In bytes.
    at: usize,
    evaluator: &'a Evaluator<'a>,
    depth: usize,
}

impl Cursor<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn skip_spaces(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn passes(&mut self, sign: &str) -> bool {
        self.skip_spaces();
        let is_next = self.rest().starts_with(sign);
        self.at += if is_next { sign.len() } else { 0 };
        is_next
    }

    fn expect(&mut self, sign: &str) -> Result<(), String> {
        if self.passes(sign) {
            Ok(())
        } else {
            Err(self.not_evaluated())
        }
    }

    fn not_evaluated(&self) -> String {
        let shown: String = self.text.chars().take(80).collect();
        format!("`{shown}` is not evaluated here.")
    }

    fn expression(&mut self) -> Result<Json, String> {
        take(&self.evaluator.steps, 1)?;
        self.depth = self
            .depth
            .checked_sub(1)
            .ok_or("This is too deep to evaluate.")?;
        let value = self.operand();
        self.depth += 1;
        value
    }

    fn operand(&mut self) -> Result<Json, String> {
        if self.passes("{") {
            return self.object();
        }
        if self.passes("[") {
            return self.list();
        }
        self.skip_spaces();
        if self.rest().starts_with('"') {
            let text = self.quoted()?;
            return self.evaluator.template(&text, self.depth);
        }
        let is_part = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
        let word: String = self.rest().chars().take_while(|c| is_part(*c)).collect();
        self.at += word.len();
        match word.as_str() {
            "" => Err(self.not_evaluated()),
            "null" => Ok(Json::Null),
            "true" => Ok(Json::Flag(true)),
            "false" => Ok(Json::Flag(false)),
            "jsonencode" if self.passes("(") => {
                let value = self.expression()?;
                self.expect(")")?;
                let text = json::compact(&value.member());
                take(&self.evaluator.text, text.len())?;
                Ok(Json::Text(text))
            }
            _ if word.bytes().all(|byte| byte.is_ascii_digit()) => Ok(Json::Number(word)),
            _ => self.reference(word),
        }
    }

    fn reference(&mut self, first: String) -> Result<Json, String> {
        let mut path = vec![first];
        while self.rest().starts_with('.') && path.len() < 8 {
            self.at += 1;
            let is_part = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
            let word: String = self.rest().chars().take_while(|c| is_part(*c)).collect();
            self.at += word.len();
            path.push(word);
        }
        take(&self.evaluator.steps, REFERENCE_STEPS)?;
        let known = self.evaluator.scope.reference(&path);
        let value = known.ok_or_else(|| format!("`{}` is not known here.", path.join(".")))?;
        take(&self.evaluator.text, json::compact(&value.member()).len())?;
        self.evaluator.value(&value, self.depth)
    }

    fn list(&mut self) -> Result<Json, String> {
        let mut values = Vec::new();
        while !self.passes("]") {
            values.push(self.expression()?);
            if !self.passes(",") {
                self.expect("]")?;
                break;
            }
        }
        Ok(Json::List(values))
    }

    fn object(&mut self) -> Result<Json, String> {
        let mut members = Vec::new();
        while !self.passes("}") {
            self.skip_spaces();
            let name = if self.rest().starts_with('"') {
                let text = self.quoted()?;
                part(self.evaluator.template(&text, self.depth)?)?
            } else {
                let is_part = |c: char| c.is_alphanumeric() || "_-".contains(c);
                let word: String = self.rest().chars().take_while(|c| is_part(*c)).collect();
                self.at += word.len();
                word
            };
            let is_named = !name.is_empty() && (self.passes("=") || self.passes(":"));
            if !is_named {
                return Err(self.not_evaluated());
            }
            members.push((name, self.expression()?));
            // A comma or a new line stands between members; a space does here, too.
            self.passes(",");
        }
        Ok(Json::Object(members))
    }

    /// A text in quotation marks, its escapes undone, its templates not yet filled in.
    fn quoted(&mut self) -> Result<String, String> {
        let mut text = String::new();
        let mut letters = self.rest().char_indices().skip(1);
        // Quotation marks in a template belong to it.
        let mut depth = 0_usize;
        while let Some((at, letter)) = letters.next() {
            match letter {
                '"' if depth == 0 => {
                    self.at += at + 1;
                    return Ok(text);
                }
                '\\' if depth == 0 => match letters.next() {
                    Some((_, 'n')) => text.push('\n'),
                    Some((_, 'r')) => text.push('\r'),
                    Some((_, 't')) => text.push('\t'),
                    Some((_, escaped @ ('"' | '\\'))) => text.push(escaped),
                    Some((_, mark @ ('u' | 'U'))) => {
                        let digits = if mark == 'u' { 4 } else { 8 };
                        let code: String = letters
                            .by_ref()
                            .take(digits)
                            .map(|(_, digit)| digit)
                            .collect();
                        let code = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32);
                        text.push(code.ok_or_else(|| self.not_evaluated())?);
                    }
                    _ => return Err(self.not_evaluated()),
                },
                '{' if depth > 0
                    || (text.ends_with(['$', '%'])
                        && !text.ends_with("$$")
                        && !text.ends_with("%%")) =>
                {
                    depth += 1;
                    text.push(letter);
                }
                '}' if depth > 0 => {
                    depth -= 1;
                    text.push(letter);
                }
                _ => text.push(letter),
            }
        }
        Err(self.not_evaluated())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Names;

    impl Scope for Names {
        fn reference(&self, path: &[String]) -> Option<Json> {
            match path.join(".").as_str() {
                "aws_sqs_queue.dlq.arn" => Some(Json::Text("ARN".into())),
                "local.twice" => Some(Json::Text("${local.twice}${local.twice}".into())),
                "local.four" => Some(Json::Number("4".into())),
                _ => None,
            }
        }
    }

    fn evaluated(text: &str) -> Result<Json, String> {
        Evaluator::new(&Names).evaluate(&Json::Text(text.into()))
    }

    #[test]
    fn templates_are_filled_in() {
        for (template, text) in [
            ("plain", "plain"),
            ("${aws_sqs_queue.dlq.arn}", "ARN"),
            ("a ${ aws_sqs_queue.dlq.arn } b ${local.four}", "a ARN b 4"),
            ("$${x} %%{y} $$ %", "${x} %{y} $$ %"),
            (
                r#"${jsonencode({ deadLetterTargetArn = aws_sqs_queue.dlq.arn, maxReceiveCount = 3 })}"#,
                r#"{"deadLetterTargetArn":"ARN","maxReceiveCount":3}"#,
            ),
            (
                "${jsonencode({\n  a = [1, true, null]\n  \"b c\" : \"x\\n${aws_sqs_queue.dlq.arn}\"\n})}",
                r#"{"a":[1,true,null],"b c":"x\nARN"}"#,
            ),
            (r#"${jsonencode("$${a}")}"#, r#""${a}""#),
        ] {
            assert_eq!(
                evaluated(template),
                Ok(Json::Text(text.into())),
                "{template}"
            );
        }
        assert_eq!(evaluated("${local.four}"), Ok(Json::Number("4".into())));
    }

    #[test]
    fn what_is_not_evaluated_is_told() {
        for template in [
            "${",
            "${}",
            "${a b}",
            "${var.x}",
            "${1 + 1}",
            "${upper(\"a\")}",
            "%{ if true }a%{ endif }",
            "${[1",
            "${{a}}",
            "${\"a}",
            "${local.twice}",
            "x${null}",
            "${\"\\q\"}",
            "${aws_sqs_queue.dlq[0].arn}",
        ] {
            assert!(evaluated(template).is_err(), "{template}");
        }
        let deep = format!("${{{}}}", "[".repeat(10_000));
        assert!(evaluated(&deep).is_err());
    }
}
