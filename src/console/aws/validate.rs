//! What the CLI checks before it makes a call.

use super::model::{Kind, Structure};
use super::python;
use crate::json::Json;

/// A parameter, and whether its objects are of the ordered type.
pub(super) type Parameter = (String, Json, bool);

/// Checks the parameters of a call.
///
/// # Errors
/// The CLI's report, all of it.
pub(super) fn validate(parameters: &[Parameter], input: &Structure) -> Result<(), String> {
    let mut report = Vec::new();
    let names: Vec<&str> = parameters
        .iter()
        .map(|(name, _, _)| name.as_str())
        .collect();
    check_names(&names, input, "input", &mut report);
    for (name, value, is_ordered) in parameters {
        if let Some(member) = input.member(name) {
            let mut checker = Checker {
                is_ordered: *is_ordered,
                report: &mut report,
            };
            checker.check(value, member.kind, name);
        }
    }
    if report.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "Parameter validation failed:\n{}",
            report.join("\n")
        ))
    }
}

fn check_names(names: &[&str], structure: &Structure, place: &str, report: &mut Vec<String>) {
    for member in structure.members {
        if member.is_required && !names.contains(&member.name) {
            let name = member.name;
            report.push(format!("Missing required parameter in {place}: \"{name}\""));
        }
    }
    for name in names {
        if structure.member(name).is_none() {
            let known: Vec<&str> = structure.members.iter().map(|member| member.name).collect();
            let known = known.join(", ");
            report.push(format!(
                "Unknown parameter in {place}: \"{name}\", must be one of: {known}"
            ));
        }
    }
}

struct Checker<'a> {
    is_ordered: bool,
    report: &'a mut Vec<String>,
}

impl Checker<'_> {
    fn check(&mut self, value: &Json, kind: Kind, place: &str) {
        match (kind, value) {
            (Kind::Text | Kind::Word(_) | Kind::Blob, Json::Text(_))
            | (Kind::Flag | Kind::Integer, Json::Flag(_)) => {}
            (Kind::Integer, Json::Number(digits)) if python::is_whole(digits) => {}
            (Kind::List(element), Json::List(values)) => {
                for (at, value) in values.iter().enumerate() {
                    self.check(value, *element, &format!("{place}[{at}]"));
                }
            }
            (Kind::Map(element), Json::Object(members)) => {
                for (name, value) in members {
                    self.check(value, *element, &format!("{place}.{name}"));
                }
            }
            (Kind::Structure(structure), Json::Object(members)) => {
                let names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
                check_names(&names, structure, place, self.report);
                for (name, value) in members {
                    if let Some(member) = structure.member(name) {
                        self.check(value, member.kind, &format!("{place}.{name}"));
                    }
                }
            }
            (_, value) => {
                let wanted = match kind {
                    Kind::Text | Kind::Word(_) => "<class 'str'>",
                    Kind::Integer => "<class 'int'>",
                    Kind::Flag => "<class 'bool'>",
                    Kind::Blob => "<class 'bytes'>, <class 'bytearray'>, file-like object",
                    Kind::List(_) => "<class 'list'>, <class 'tuple'>",
                    Kind::Map(_) | Kind::Structure(_) => "<class 'dict'>",
                };
                let (shown, type_name) = (
                    python::text(value, self.is_ordered),
                    python::type_name(value, self.is_ordered),
                );
                self.report.push(format!(
                    "Invalid type for parameter {place}, value: {shown}, type: {type_name}, \
                     valid types: {wanted}"
                ));
            }
        }
    }
}
