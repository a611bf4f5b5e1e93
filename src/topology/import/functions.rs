//! CloudFormation's functions, as far as a template alone decides them.

use std::cell::Cell;

use crate::json::{self, AsMember as _, Json};

/// How much text the functions of a template may make, in bytes: they can repeat what they refer to.
#[derive(Debug)]
pub(super) struct Budget(Cell<usize>);

impl Default for Budget {
    fn default() -> Self {
        Self(Cell::new(8 * 1024 * 1024))
    }
}

impl Budget {
    /// Takes so much.
    ///
    /// # Errors
    /// If there is not so much left.
    pub(super) fn spend(&self, bytes: usize) -> Result<(), String> {
        let left = self.0.get().checked_sub(bytes);
        self.0.set(left.unwrap_or(0));
        left.map(|_| ())
            .ok_or_else(|| "This makes too much text.".into())
    }
}

/// What functions can refer to.
pub(super) trait Scope {
    /// What `Ref` gives.
    fn reference(&self, name: &str) -> Option<Json>;
    /// What `Fn::GetAtt` gives.
    fn attribute(&self, resource: &str, attribute: &str) -> Option<String>;
    /// A value of a mapping.
    fn mapped(&self, map: &str, top: &str, second: &str) -> Option<Json>;
    /// What may still be made.
    fn budget(&self) -> &Budget;
}

/// The name that takes a property away.
pub(super) const NO_VALUE: &str = "AWS::NoValue";

/// The value with its functions done; none where it is taken away.
///
/// # Errors
/// What stays open, as a sentence.
pub(super) fn evaluate(json: &Json, scope: &dyn Scope) -> Result<Option<Json>, String> {
    match json {
        Json::Null | Json::Flag(_) | Json::Number(_) | Json::Text(_) => Ok(Some(json.clone())),
        Json::List(values) => {
            let mut list = Vec::new();
            for value in values {
                list.extend(evaluate(value, scope)?);
            }
            Ok(Some(Json::List(list)))
        }
        Json::Object(members) => {
            if let [(name, argument)] = &members[..]
                && (name == "Ref" || name.starts_with("Fn::"))
            {
                return call(name, argument, scope);
            }
            let mut object = Vec::new();
            for (name, value) in members {
                object.extend(evaluate(value, scope)?.map(|value| (name.clone(), value)));
            }
            Ok(Some(Json::Object(object)))
        }
    }
}

fn call(name: &str, argument: &Json, scope: &dyn Scope) -> Result<Option<Json>, String> {
    if name == "Ref" && argument.as_text() == Some(NO_VALUE) {
        return Ok(None);
    }
    let open = || {
        format!(
            "{name} {} is not known here.",
            json::compact(&argument.member())
        )
    };
    let done = match name {
        "Ref" => argument.as_text().and_then(|name| scope.reference(name)),
        "Fn::GetAtt" => get_attribute(argument, scope),
        "Fn::Sub" => substitute(argument, scope)?,
        "Fn::Join" => join(argument, scope)?,
        "Fn::FindInMap" => find(argument, scope)?,
        _ => return Err(format!("{name} is not evaluated here.")),
    };
    let done = done.ok_or_else(open)?;
    scope.budget().spend(length(&done))?;
    Ok(Some(done))
}

/// About how much text there is in it, in bytes.
fn length(json: &Json) -> usize {
    match json {
        Json::Null | Json::Flag(_) => 8,
        Json::Number(text) | Json::Text(text) => 8 + text.len(),
        Json::List(values) => values.iter().map(length).sum(),
        Json::Object(members) => {
            let lengths = members
                .iter()
                .map(|(name, value)| name.len() + length(value));
            lengths.sum()
        }
    }
}

fn get_attribute(argument: &Json, scope: &dyn Scope) -> Option<Json> {
    let (resource, attribute) = match argument {
        Json::Text(text) => text.split_once('.')?,
        Json::List(parts) => match &parts[..] {
            [Json::Text(resource), Json::Text(attribute)] => (&**resource, &**attribute),
            _ => return None,
        },
        Json::Null | Json::Flag(_) | Json::Number(_) | Json::Object(_) => return None,
    };
    scope.attribute(resource, attribute).map(Json::Text)
}

/// A text, or a number as one.
fn as_text(json: Json) -> Option<String> {
    match json {
        Json::Text(text) | Json::Number(text) => Some(text),
        Json::Flag(flag) => Some(flag.to_string()),
        Json::Null | Json::List(_) | Json::Object(_) => None,
    }
}

fn substitute(argument: &Json, scope: &dyn Scope) -> Result<Option<Json>, String> {
    let (template, own) = match argument {
        Json::Text(template) => (template, &[][..]),
        Json::List(parts) => match &parts[..] {
            [Json::Text(template), Json::Object(own)] => (template, &own[..]),
            _ => return Ok(None),
        },
        Json::Null | Json::Flag(_) | Json::Number(_) | Json::Object(_) => return Ok(None),
    };
    let mut values = Vec::new();
    for (name, value) in own {
        values.extend(
            evaluate(value, scope)?
                .and_then(as_text)
                .map(|text| (name, text)),
        );
    }
    let mut text = String::new();
    let mut rest = &**template;
    while let Some((before, after)) = rest.split_once("${") {
        let (name, after) = after
            .split_once('}')
            .ok_or("A `${` in Fn::Sub has no end.")?;
        text.push_str(before);
        let name = name.trim();
        if let Some(literal) = name.strip_prefix('!') {
            text.push_str(&format!("${{{literal}}}"));
        } else if let Some((_, value)) = values.iter().find(|(own, _)| *own == name) {
            scope.budget().spend(value.len())?;
            text.push_str(value);
        } else {
            let referred = || scope.reference(name).and_then(as_text);
            let attribute = || {
                name.split_once('.')
                    .and_then(|(of, name)| scope.attribute(of, name))
            };
            let value = referred().or_else(attribute);
            let value =
                value.ok_or_else(|| format!("${{{name}}} in Fn::Sub is not known here."))?;
            scope.budget().spend(value.len())?;
            text.push_str(&value);
        }
        rest = after;
    }
    text.push_str(rest);
    Ok(Some(Json::Text(text)))
}

fn join(argument: &Json, scope: &dyn Scope) -> Result<Option<Json>, String> {
    let Json::List(parts) = argument else {
        return Ok(None);
    };
    let [Json::Text(between), values] = &parts[..] else {
        return Ok(None);
    };
    let Some(Json::List(values)) = evaluate(values, scope)? else {
        return Ok(None);
    };
    let Some(texts) = values
        .into_iter()
        .map(as_text)
        .collect::<Option<Vec<String>>>()
    else {
        return Ok(None);
    };
    let length = texts.iter().map(|text| text.len() + between.len()).sum();
    scope.budget().spend(length)?;
    Ok(Some(Json::Text(texts.join(between))))
}

fn find(argument: &Json, scope: &dyn Scope) -> Result<Option<Json>, String> {
    let Some(Json::List(keys)) = evaluate(argument, scope)? else {
        return Ok(None);
    };
    Ok(match &keys[..] {
        [Json::Text(map), Json::Text(top), Json::Text(second)] => scope.mapped(map, top, second),
        _ => None,
    })
}
