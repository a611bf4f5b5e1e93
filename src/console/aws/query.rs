//! `--query`: JMESPath.
//!
//! The library keeps objects in the order of their names. The CLI keeps them as they come, so the order is put back
//! afterwards: that of the expression, else that of AWS's model.

use jmespath::ast::Ast;
use jmespath::{ErrorReason, Expression, JmespathError, RuntimeError, Variable};

use super::model;
use super::read::read;
use crate::json::{self, AsMember, Json};

/// A compiled expression.
pub(super) struct Query {
    expression: Expression<'static>,
    /// The names of the objects that the expression itself makes.
    made: Vec<Vec<String>>,
}

impl Query {
    /// Compiles an expression.
    ///
    /// # Errors
    /// The CLI's complaint.
    pub(super) fn compile(text: &str) -> Result<Self, String> {
        let wrong = |problem: String| format!("Bad value for --query {text}: {problem}");
        if text.is_empty() {
            return Err(wrong(
                "Invalid JMESPath expression: cannot be empty.".to_owned(),
            ));
        }
        if text.len() > 10_000 || is_deep(text) {
            return Err(wrong("the expression is too long".to_owned()));
        }
        let expression =
            jmespath::compile(&with_texts(text)).map_err(|error| wrong(complaint(text, &error)))?;
        let mut made = Vec::new();
        collect(expression.as_ast(), &mut made);
        Ok(Self { expression, made })
    }

    /// What it finds in a value.
    ///
    /// # Errors
    /// The library's complaint about a function.
    pub(super) fn search(&self, value: &Json) -> Result<Json, String> {
        let text = json::compact(&value.member());
        let variable = Variable::from_json(&text)?;
        let found = self
            .expression
            .search(variable)
            .map_err(|error| runtime(&error))?;
        let text = found.to_string();
        let mut found = json::parse(&text).map_err(|problem| problem.to_string())?;
        self.put_in_order(&mut found);
        Ok(found)
    }

    fn put_in_order(&self, value: &mut Json) {
        match value {
            Json::List(values) => values.iter_mut().for_each(|value| self.put_in_order(value)),
            Json::Object(members) => {
                for (_, value) in members.iter_mut() {
                    self.put_in_order(value);
                }
                let is_made = |names: &&Vec<String>| {
                    names.len() == members.len()
                        && names
                            .iter()
                            .all(|name| members.iter().any(|(other, _)| other == name))
                };
                if let Some(names) = self.made.iter().find(is_made) {
                    members.sort_by_key(|(name, _)| names.iter().position(|other| other == name));
                    return;
                }
                let known = model::known_orders().find(|structure| {
                    members
                        .iter()
                        .all(|(name, _)| structure.member(name).is_some())
                });
                if let Some(structure) = known {
                    members.sort_by_key(|(name, _)| {
                        let mut known = structure.members.iter();
                        known.position(|member| member.name == name)
                    });
                }
            }
            Json::Number(digits) => {
                // The library computes with fractions.
                if let Some(whole) = digits.strip_suffix(".0") {
                    *digits = whole.to_owned();
                }
            }
            Json::Null | Json::Flag(_) | Json::Text(_) => {}
        }
    }
}

/// Whether brackets nest deeper than anybody's do; the library's parser recurses.
fn is_deep(text: &str) -> bool {
    text.chars().filter(|c| "([{!&".contains(*c)).count() > 200
}

/// The expression with quotes in the literals that lack them: `` `fifo` `` is a text, too.
fn with_texts(expression: &str) -> String {
    let mut whole = String::new();
    let mut rest = expression;
    while let Some(at) = rest.find(['`', '\'', '"']) {
        let (before, from) = rest.split_at(at);
        let quote = &from[..1];
        let is_end = |(at, _): &(usize, &str)| !from[1..1 + at].ends_with('\\');
        let Some((length, _)) = from[1..].match_indices(quote).find(is_end) else {
            break;
        };
        let inner = &from[1..=length];
        whole.push_str(before);
        if quote == "`" && read(&inner.replace("\\`", "`")).is_err() {
            whole.push_str(&format!("`\"{}\"`", inner.trim_start()));
        } else {
            whole.push_str(&from[..length + 2]);
        }
        rest = &from[length + 2..];
    }
    whole + rest
}

fn collect(ast: &Ast, made: &mut Vec<Vec<String>>) {
    match ast {
        Ast::MultiHash { elements, .. } => {
            made.push(elements.iter().map(|pair| pair.key.clone()).collect());
            elements.iter().for_each(|pair| collect(&pair.value, made));
        }
        Ast::MultiList { elements, .. } => elements.iter().for_each(|it| collect(it, made)),
        Ast::Function { args, .. } => args.iter().for_each(|it| collect(it, made)),
        Ast::Comparison { lhs, rhs, .. }
        | Ast::And { lhs, rhs, .. }
        | Ast::Or { lhs, rhs, .. }
        | Ast::Projection { lhs, rhs, .. }
        | Ast::Subexpr { lhs, rhs, .. } => {
            collect(lhs, made);
            collect(rhs, made);
        }
        Ast::Condition {
            predicate, then, ..
        } => {
            collect(predicate, made);
            collect(then, made);
        }
        Ast::Expref { ast, .. } => collect(ast, made),
        Ast::Flatten { node, .. } | Ast::ObjectValues { node, .. } | Ast::Not { node, .. } => {
            collect(node, made);
        }
        Ast::Field { .. }
        | Ast::Identity { .. }
        | Ast::Index { .. }
        | Ast::Literal { .. }
        | Ast::Slice { .. } => {}
    }
}

/// The complaint about an expression that is none, with a mark under the place.
fn complaint(text: &str, error: &JmespathError) -> String {
    let column = text.get(..error.offset).unwrap_or(text).chars().count();
    if error.offset >= text.trim_end().len() {
        let mark = " ".repeat(text.chars().count() + 1);
        return format!("Invalid jmespath expression: Incomplete expression:\n\"{text}\"\n{mark}^");
    }
    let mark = " ".repeat(column + 1);
    let token: String = text
        .get(error.offset..)
        .unwrap_or_default()
        .chars()
        .take(1)
        .collect();
    format!(
        "Invalid jmespath expression: Parse error at column {column}, token \"{token}\", \
         for expression:\n\"{text}\"\n{mark}^"
    )
}

fn runtime(error: &JmespathError) -> String {
    match &error.reason {
        ErrorReason::Runtime(RuntimeError::UnknownFunction(name)) => {
            format!("Unknown function: {name}()")
        }
        ErrorReason::Runtime(RuntimeError::InvalidType {
            expected, actual, ..
        }) => format!("a function got a value of type {actual}, expected {expected}"),
        ErrorReason::Runtime(problem) => problem.to_string(),
        ErrorReason::Parse(problem) => problem.clone(),
    }
}
