//! The options of an action, and what their values mean.

use super::arguments::{Count, OptionSpec, Parsed};
use super::model::{Kind, Operation, option_name};
use super::validate::Parameter;
use super::{python, read, shorthand};
use crate::console::host::State;
use crate::json::Json;

/// The options that the CLI has before any service.
pub(super) fn global() -> Vec<OptionSpec> {
    let choice = |name: &str, choices: &'static [&'static str]| OptionSpec {
        choices,
        ..OptionSpec::new(name, Count::One)
    };
    let flag = |name: &str| OptionSpec::new(name, Count::None);
    let one = |name: &str| OptionSpec::new(name, Count::One);
    vec![
        flag("--debug"),
        one("--endpoint-url"),
        flag("--no-verify-ssl"),
        flag("--no-paginate"),
        OptionSpec {
            // Version 2 has these, too.
            also: &["yaml", "yaml-stream"],
            ..choice("--output", &["json", "text", "table"])
        },
        one("--query"),
        one("--profile"),
        one("--region"),
        choice("--color", &["on", "off", "auto"]),
        flag("--no-sign-request"),
        one("--ca-bundle"),
        one("--cli-read-timeout"),
        one("--cli-connect-timeout"),
        flag("--v2-debug"),
        // Of version 2.
        choice("--cli-binary-format", &["base64", "raw-in-base64-out"]),
        flag("--no-cli-pager"),
        flag("--cli-auto-prompt"),
        flag("--no-cli-auto-prompt"),
        flag("--version"),
    ]
}

/// The options of an action, in order; nothing is required if the input comes otherwise.
pub(super) fn of(operation: &Operation, is_lenient: bool) -> Vec<OptionSpec> {
    let mut options: Vec<OptionSpec> = operation
        .input
        .members
        .iter()
        .map(|member| {
            let count = if let Kind::List(_) = member.kind {
                Count::Any
            } else {
                Count::One
            };
            OptionSpec {
                is_required: member.is_required && !is_lenient,
                ..OptionSpec::new(&format!("--{}", option_name(member.name)), count)
            }
        })
        .collect();
    options.push(OptionSpec::new("--cli-input-json", Count::One));
    if operation.paged.is_some() {
        let integer = |name: &str| OptionSpec {
            is_integer: true,
            ..OptionSpec::new(name, Count::One)
        };
        options.push(OptionSpec::new("--starting-token", Count::One));
        options.push(integer("--page-size"));
        options.push(integer("--max-items"));
    }
    options.push(OptionSpec {
        choices: &["input", "output"],
        ..OptionSpec::new("--generate-cli-skeleton", Count::Optional("input"))
    });
    options
}

/// A value as it was given.
enum Raw {
    One(String),
    Many(Vec<String>),
}

/// The parameters that the options give, in the model's order.
///
/// # Errors
/// The CLI's complaint about the first that means nothing.
pub(super) fn parameters(
    operation: &Operation,
    parsed: &Parsed,
    state: &State,
) -> Result<Vec<Parameter>, String> {
    let mut parameters = Vec::new();
    for member in operation.input.members {
        let option = format!("--{}", option_name(member.name));
        let Some(values) = parsed.options.get(&option) else {
            continue;
        };
        let is_list = matches!(member.kind, Kind::List(_));
        let mut raw = if is_list {
            Raw::Many(values.clone())
        } else {
            Raw::One(values.first().cloned().unwrap_or_default())
        };
        let single = match &raw {
            Raw::One(value) => Some(value),
            Raw::Many(values) if values.len() == 1 => values.first(),
            Raw::Many(_) => None,
        };
        // An address is a queue's URL here, never a page to load.
        if member.name != "QueueUrl"
            && let Some(value) = single
            && let Some(loaded) = load(&option, member.kind, value, state)?
        {
            raw = Raw::One(loaded);
        }
        let (value, is_ordered) = unpack(&option, member.kind, raw, state)?;
        parameters.push((member.name.to_owned(), value, is_ordered));
    }
    Ok(parameters)
}

/// The file that a value names.
fn load(option: &str, kind: Kind, value: &str, state: &State) -> Result<Option<String>, String> {
    let (path, is_binary) = if let Some(path) = value.strip_prefix("file://") {
        (path, false)
    } else if let Some(path) = value.strip_prefix("fileb://") {
        (path, true)
    } else {
        return Ok(None);
    };
    let wrong = |problem: String| format!("Error parsing parameter '{option}': {problem}");
    let Some(bytes) = state.file(path) else {
        return Err(wrong(no_such_file(value, path)));
    };
    let Ok(text) = String::from_utf8(bytes.to_vec()) else {
        return Err(wrong(format!(
            "Unable to load paramfile ({path}), text contents could not be decoded.  If this is a \
             binary file, please use the fileb:// prefix instead of the file:// prefix."
        )));
    };
    if is_binary && matches!(kind, Kind::Text) {
        let name = option.trim_start_matches('-');
        return Err(format!(
            "Parameter validation failed:\nInvalid type for parameter {name}, value: b{}, \
             type: <class 'bytes'>, valid types: <class 'str'>",
            python::repr_text(&text)
        ));
    }
    Ok(Some(text))
}

/// The complaint about a file that is not there.
pub(super) fn no_such_file(value: &str, path: &str) -> String {
    let path = python::repr_text(path);
    format!("Unable to load paramfile {value}: [Errno 2] No such file or directory: {path}")
}

/// What a value means, and whether it was read as JSON.
fn unpack(option: &str, kind: Kind, raw: Raw, state: &State) -> Result<(Json, bool), String> {
    let wrong = |problem: String| format!("Error parsing parameter '{option}': {problem}");
    let first = match &raw {
        Raw::One(value) => value.as_str(),
        Raw::Many(values) => values.first().map_or("", String::as_str),
    };
    let is_json = first.trim().starts_with(['[', '{']);
    if is_complex(kind) && !is_json {
        let parse = |text: &str| shorthand::parse(text, state).map_err(wrong);
        let mut value = match &raw {
            Raw::One(value) => {
                let object = parse(value)?;
                // One object where a list is wanted stays one, and is complained about later.
                if matches!(kind, Kind::List(_)) {
                    return Ok((object, false));
                }
                object
            }
            Raw::Many(values) => Json::List(
                values
                    .iter()
                    .map(|value| parse(value))
                    .collect::<Result<_, _>>()?,
            ),
        };
        shorthand::convert(&mut value, kind)?;
        return Ok((value, false));
    }
    match (kind, raw) {
        (Kind::List(element), raw) => {
            let text = match &raw {
                Raw::One(text) if text.trim_start().is_empty() => {
                    return Err("string index out of range".to_owned());
                }
                Raw::One(text) => Some(text),
                Raw::Many(values) if values.len() == 1 => values.first(),
                Raw::Many(_) => None,
            };
            if let Some(text) = text
                && text.trim_start().starts_with('[')
            {
                return Ok((json(option, text)?, true));
            }
            let values = match raw {
                Raw::One(text) => text.chars().map(String::from).collect(),
                Raw::Many(values) => values,
            };
            let mut list = Vec::new();
            for value in values {
                list.push(scalar_or_json(option, *element, &value)?);
            }
            Ok((Json::List(list), true))
        }
        (kind, Raw::One(text)) => Ok((scalar_or_json(option, kind, &text)?, true)),
        (kind, Raw::Many(values)) => {
            let text = values.first().cloned().unwrap_or_default();
            Ok((scalar_or_json(option, kind, &text)?, true))
        }
    }
}

/// Whether the shorthand is for this: a structure, a map, or a list of such.
fn is_complex(kind: Kind) -> bool {
    match kind {
        Kind::Structure(_) | Kind::Map(_) => true,
        Kind::List(element) => {
            matches!(element, Kind::Structure(_) | Kind::Map(_) | Kind::List(_))
        }
        Kind::Text | Kind::Word(_) | Kind::Integer | Kind::Flag | Kind::Blob => false,
    }
}

fn json(option: &str, text: &str) -> Result<Json, String> {
    read::read(text).map_err(|problem| {
        format!(
            "Error parsing parameter '{option}': Invalid JSON: {problem}\nJSON received: {text}"
        )
    })
}

fn scalar_or_json(option: &str, kind: Kind, text: &str) -> Result<Json, String> {
    match kind {
        Kind::Integer => match python::integer(text) {
            Some(digits) => Ok(Json::Number(digits)),
            None => Err(python::no_integer(text)),
        },
        Kind::Flag => Ok(Json::Flag(!text.eq_ignore_ascii_case("false"))),
        Kind::Text | Kind::Word(_) | Kind::Blob => Ok(Json::Text(text.to_owned())),
        Kind::Structure(_) | Kind::Map(_) | Kind::List(_) => {
            match text.trim_start().chars().next() {
                None => Err("string index out of range".to_owned()),
                Some('{') => json(option, text),
                Some(_) => Err(format!(
                    "Error parsing parameter '{option}': Invalid JSON:\n{text}"
                )),
            }
        }
    }
}
