//! From values into the places of structures.

use std::fmt;
use std::sync::Arc;

use super::{Fill, FillChoice, Json, Place};

/// A value that does not fit its place.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Misfit {
    /// The names on the way to the place, the innermost first.
    way: Vec<String>,
    problem: String,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem)?;
        for (at, name) in self.way.iter().rev().enumerate() {
            f.write_str(if at == 0 { " in " } else { "." })?;
            f.write_str(name)?;
        }
        Ok(())
    }
}

impl std::error::Error for Misfit {}

/// Puts a value into a place.
///
/// # Errors
/// What does not fit. Parts of the place are filled then.
pub fn fill(place: Place<'_>, value: Json) -> Result<(), Misfit> {
    match (place, value) {
        (Place::Optional(option), Json::Null) => option.clear(),
        (Place::Optional(option), value) => return fill(option.some(), value),
        (Place::Text(place), Json::Text(text)) => *place = text,
        (Place::SharedText(place), Json::Text(text)) => *place = Arc::from(text),
        (Place::Flag(place), Json::Flag(flag)) => *place = flag,
        (Place::Number(place), Json::Number(digits)) => {
            if !place.set(&digits) {
                return misfit(&["the number ", &digits, " does not fit"]);
            }
        }
        (Place::NumberOrChoice(place), value @ Json::Number(_)) => {
            return fill(Place::Number(place), value);
        }
        (Place::NumberOrChoice(place), value @ Json::Object(_)) => {
            return fill(Place::Choice(place), value);
        }
        (Place::Word(place), Json::Text(word)) => {
            if !place.set(&word) {
                return misfit(&["unknown word `", &word, "`"]);
            }
        }
        (Place::Shape(shape), Json::Object(members)) => return fill_shape(shape, members),
        (Place::Choice(choice), Json::Object(members)) => return choose(choice, members),
        (Place::List(list), Json::List(values)) => {
            list.begin();
            for (at, value) in values.into_iter().enumerate() {
                fill(list.add(), value).map_err(|misfit| misfit.within(at.to_string()))?;
            }
        }
        (Place::Map(map), Json::Object(members)) => {
            for (name, value) in members {
                fill(map.add(&name), value).map_err(|misfit| misfit.within(name))?;
            }
        }
        (place, _) => return misfit(&["expected ", expected(&place)]),
    }
    Ok(())
}

fn fill_shape(shape: &mut dyn Fill, members: Vec<(String, Json)>) -> Result<(), Misfit> {
    /// What has no such index: a bit for each member fits.
    const MEMBERS_MAX: usize = 64;
    let mut filled = 0_u64;
    for (name, value) in members {
        let Some(index) = shape
            .names()
            .iter()
            .take(MEMBERS_MAX)
            .position(|known| *known == name)
        else {
            return misfit(&["unknown field `", &name, "`"]);
        };
        if filled & (1 << index) != 0 {
            return misfit(&["two fields `", &name, "`"]);
        }
        filled |= 1 << index;
        if let Some((_, place)) = shape.place(index) {
            fill(place, value).map_err(|misfit| misfit.within(name))?;
        }
    }
    let required = shape.names().iter().zip(shape.required());
    for (index, (name, is_required)) in required.enumerate() {
        if *is_required && filled & (1 << index) == 0 {
            return misfit(&["missing field `", name, "`"]);
        }
    }
    Ok(())
}

fn choose(choice: &mut dyn FillChoice, members: Vec<(String, Json)>) -> Result<(), Misfit> {
    let mut members = members.into_iter();
    let (Some((name, value)), None) = (members.next(), members.next()) else {
        return misfit(&["expected exactly one field"]);
    };
    match choice.choose(&name) {
        Some(place) => fill(place, value).map_err(|misfit| misfit.within(name)),
        None => misfit(&["unknown field `", &name, "`"]),
    }
}

fn expected(place: &Place<'_>) -> &'static str {
    match place {
        Place::Closed => "nothing",
        Place::Text(_) | Place::SharedText(_) => "a text",
        Place::Number(_) => "a number",
        Place::Flag(_) => "true or false",
        Place::Word(_) => "a word",
        Place::Optional(_) => "a value or null",
        Place::List(_) => "a list",
        Place::Map(_) | Place::Shape(_) | Place::Choice(_) => "an object",
        Place::NumberOrChoice(_) => "a number or an object",
    }
}

fn misfit(problem: &[&str]) -> Result<(), Misfit> {
    Err(Misfit {
        way: Vec::new(),
        problem: problem.concat(),
    })
}

impl Misfit {
    fn within(mut self, name: String) -> Self {
        self.way.push(name);
        self
    }
}
