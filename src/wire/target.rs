//! Reads JSON into a request, member by member, and says in AWS's words what does not fit.

use std::fmt;
use std::sync::Arc;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::json::{Fill, FillList, FillMap, Place};

/// The most elements of a list or a map.
pub(super) const ELEMENTS_MAX: usize = 10_000;

/// Whether a value fits; if not, why, in AWS's words. All of it is read in any case, so that a
/// syntax error further on is found first.
pub(super) type Reading = Result<(), String>;

/// Where the value that comes next goes. Null goes nowhere: it is as if absent `[I]`.
pub(super) enum Target<'a> {
    /// Into this place.
    Place(Place<'a>),
    /// Into an element that this list gets for it.
    NewElement(&'a mut dyn FillList),
    /// Into an element that this map gets for it.
    NewEntry(&'a mut dyn FillMap, String),
}

impl<'a> Target<'a> {
    /// The place itself, now that a value is there to go into it.
    fn place(self) -> Place<'a> {
        let place = match self {
            Self::Place(place) => place,
            Self::NewElement(list) => list.add(),
            Self::NewEntry(map, name) => map.add(&name),
        };
        if let Place::Optional(option) = place {
            option.some()
        } else {
            place
        }
    }
}

/// Why a scalar of this kind does not fit `[T]`; of lists and maps, in words of ours `[I]`.
fn mismatch(place: &Place<'_>, kind: &str) -> Reading {
    Err(match place {
        Place::Shape(_) => "Expected structure or null".to_owned(),
        Place::List(_) => "Expected list or null".to_owned(),
        Place::Map(_) => "Expected map or null".to_owned(),
        Place::Number(_) => format!("{kind} can not be converted to an Integer"),
        Place::Text(_)
        | Place::SharedText(_)
        | Place::Flag(_)
        | Place::Word(_)
        | Place::Optional(_)
        | Place::Choice(_)
        | Place::NumberOrChoice(_)
        | Place::Closed => format!("{kind} can not be converted to a String"),
    })
}

impl<'de> DeserializeSeed<'de> for Target<'_> {
    type Value = Reading;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Reading, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Target<'_> {
    type Value = Reading;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value without a fraction")
    }

    fn visit_unit<E>(self) -> Result<Reading, E> {
        Ok(Ok(()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Reading, E> {
        let kind = if value { "TRUE_VALUE" } else { "FALSE_VALUE" };
        Ok(mismatch(&self.place(), kind))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Reading, E> {
        let mut place = self.place();
        if let Place::Number(number) = &mut place
            && number.set(&value.to_string())
        {
            return Ok(Ok(()));
        }
        Ok(mismatch(&place, "NUMBER_VALUE"))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Reading, E> {
        match i64::try_from(value) {
            Ok(value) => self.visit_i64(value),
            Err(_) => Ok(mismatch(&self.place(), "NUMBER_VALUE")),
        }
    }

    fn visit_str<E>(self, value: &str) -> Result<Reading, E> {
        let place = self.place();
        if let Place::Text(text) = place {
            value.clone_into(text);
        } else if let Place::SharedText(text) = place {
            *text = Arc::from(value);
        } else if let Place::Number(number) = place {
            // An integer in a text is accepted `[T]`.
            if !number.set(value) {
                return Ok(Err(NO_INTEGER.to_owned()));
            }
        } else {
            return Ok(mismatch(&place, "STRING_VALUE"));
        }
        Ok(Ok(()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Reading, A::Error> {
        let is_entry = matches!(self, Self::NewEntry(..));
        let place = self.place();
        let is_map_text = is_entry && matches!(place, Place::Text(_));
        let Place::List(list) = place else {
            while access.next_element::<IgnoredAny>()?.is_some() {}
            let text = if is_map_text {
                "Unrecognized collection type class java.lang.String"
            } else {
                "Start of list found where not expected"
            };
            return Ok(Err(text.to_owned()));
        };
        let mut elements = Elements::default();
        list.begin();
        while let Some(reading) = access.next_element_seed(Target::NewElement(list))? {
            if !elements.keep(reading) {
                while access.next_element::<IgnoredAny>()?.is_some() {}
                break;
            }
        }
        Ok(elements.end())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Reading, A::Error> {
        let mut elements = Elements::default();
        let place = self.place();
        if let Place::Shape(structure) = place {
            read_members(structure, &mut access, &mut elements)?;
        } else if let Place::Map(map) = place {
            while let Some(key) = access.next_key::<String>()? {
                let reading = access.next_value_seed(Target::NewEntry(map, key))?;
                if !elements.keep(reading) {
                    while access.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                    break;
                }
            }
        } else {
            while access.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            let text = "Start of structure or map found where not expected.";
            return Ok(Err(text.to_owned()));
        }
        Ok(elements.end())
    }
}

/// Reads the members that a structure has, and skips the others.
fn read_members<'de, A: MapAccess<'de>>(
    structure: &mut dyn Fill,
    access: &mut A,
    elements: &mut Elements,
) -> Result<(), A::Error> {
    while let Some(index) = access.next_key_seed(MemberIndex(structure))? {
        match index.and_then(|index| structure.place(index)) {
            None | Some((_, Place::Closed)) => {
                access.next_value::<IgnoredAny>()?;
            }
            Some((_, place)) => {
                let reading = access.next_value_seed(Target::Place(place))?;
                elements.keep(reading);
            }
        }
    }
    Ok(())
}

/// Counts elements, and keeps the first reason why one of them does not fit.
#[derive(Default)]
struct Elements {
    count: usize,
    mismatch: Option<String>,
}

impl Elements {
    /// Whether the element is to be kept.
    fn keep(&mut self, reading: Reading) -> bool {
        self.count += 1;
        if let Err(mismatch) = reading {
            self.mismatch.get_or_insert(mismatch);
        } else if self.count > ELEMENTS_MAX {
            let text = || format!("More than {ELEMENTS_MAX} elements.");
            self.mismatch.get_or_insert_with(text);
        }
        self.mismatch.is_none()
    }

    fn end(self) -> Reading {
        self.mismatch.map_or(Ok(()), Err)
    }
}

/// Finds the member that a key names.
struct MemberIndex<'a>(&'a dyn Fill);

impl<'de> DeserializeSeed<'de> for MemberIndex<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for MemberIndex<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.names().iter().position(|known| *known == name))
    }
}

/// What is said of a text that is no integer `[T]`.
pub(super) const NO_INTEGER: &str = "STRING_VALUE can not be converted to an Integer";
