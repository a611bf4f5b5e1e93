//! Reads JSON into a request, member by member, and says in AWS's words what does not fit.

use std::fmt;
use std::sync::Arc;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::sqs::{Fill, FillList, FillMap, Place};

/// The most elements of a list or a map.
pub(super) const ELEMENTS_MAX: usize = 10_000;

/// Whether a value fits; if not, why, in AWS's words. All of it is read in any case, so that a
/// syntax error further on is found first.
pub(super) type Reading = Result<(), String>;

/// Where the value that comes next goes. Null goes nowhere: it is as if absent `[I]`.
pub(super) enum Target<'a> {
    /// Into this structure.
    Structure(&'a mut dyn Fill),
    /// Into a structure that this list gets for it.
    NewElement(&'a mut dyn FillList),
    /// Into a structure that this map gets for it.
    NewEntry(&'a mut dyn FillMap, String),
    /// Into a member.
    Place(Place<'a>),
    /// Into a map of texts, of which AWS words a mismatch differently.
    MapText(&'a mut Option<String>),
}

impl Target<'_> {
    /// Why a scalar of this kind does not fit `[T]`; of lists and maps, in words of ours `[I]`.
    fn mismatch(&self, kind: &str) -> Reading {
        Err(match self {
            Self::Structure(_) | Self::NewElement(_) | Self::NewEntry(..) => {
                "Expected structure or null".to_owned()
            }
            Self::Place(Place::Texts(_) | Place::Shapes(_)) => "Expected list or null".to_owned(),
            Self::Place(Place::TextMap(_) | Place::ShapeMap(_)) => {
                "Expected map or null".to_owned()
            }
            Self::Place(Place::Integer(_)) => format!("{kind} can not be converted to an Integer"),
            Self::MapText(_)
            | Self::Place(
                Place::Text(_) | Place::OptionalText(_) | Place::SharedText(_) | Place::Closed,
            ) => format!("{kind} can not be converted to a String"),
        })
    }
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
        Ok(self.mismatch(kind))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Reading, E> {
        if let Self::Place(Place::Integer(place)) = self {
            *place = Some(value);
            return Ok(Ok(()));
        }
        Ok(self.mismatch("NUMBER_VALUE"))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Reading, E> {
        match i64::try_from(value) {
            Ok(value) => self.visit_i64(value),
            Err(_) => Ok(self.mismatch("NUMBER_VALUE")),
        }
    }

    fn visit_str<E>(self, value: &str) -> Result<Reading, E> {
        match self {
            Self::Place(Place::Text(place)) => value.clone_into(place),
            Self::MapText(place) | Self::Place(Place::OptionalText(place)) => {
                *place = Some(value.to_owned());
            }
            Self::Place(Place::SharedText(place)) => *place = Some(Arc::from(value)),
            Self::Place(Place::Integer(place)) => match integer(value) {
                Ok(value) => *place = Some(value),
                Err(mismatch) => return Ok(Err(mismatch)),
            },
            Self::Structure(_)
            | Self::NewElement(_)
            | Self::NewEntry(..)
            | Self::Place(
                Place::Texts(_)
                | Place::TextMap(_)
                | Place::Shapes(_)
                | Place::ShapeMap(_)
                | Place::Closed,
            ) => return Ok(self.mismatch("STRING_VALUE")),
        }
        Ok(Ok(()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Reading, A::Error> {
        let mut elements = Elements::default();
        match self {
            Self::Place(Place::Texts(texts)) => loop {
                let mut text = None;
                let target = Target::Place(Place::OptionalText(&mut text));
                let Some(reading) = access.next_element_seed(target)? else {
                    break;
                };
                if elements.keep(reading) {
                    texts.extend(text);
                }
            },
            Self::Place(Place::Shapes(list)) => {
                list.begin();
                while let Some(reading) = access.next_element_seed(Target::NewElement(list))? {
                    if !elements.keep(reading) {
                        while access.next_element::<IgnoredAny>()?.is_some() {}
                        break;
                    }
                }
            }
            Self::MapText(_) => {
                while access.next_element::<IgnoredAny>()?.is_some() {}
                let text = "Unrecognized collection type class java.lang.String";
                return Ok(Err(text.to_owned()));
            }
            Self::Structure(_)
            | Self::NewElement(_)
            | Self::NewEntry(..)
            | Self::Place(
                Place::Text(_)
                | Place::OptionalText(_)
                | Place::SharedText(_)
                | Place::Integer(_)
                | Place::TextMap(_)
                | Place::ShapeMap(_)
                | Place::Closed,
            ) => {
                while access.next_element::<IgnoredAny>()?.is_some() {}
                let text = "Start of list found where not expected";
                return Ok(Err(text.to_owned()));
            }
        }
        Ok(elements.end())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Reading, A::Error> {
        let mut elements = Elements::default();
        match self {
            Self::Structure(structure) => read_members(structure, &mut access, &mut elements)?,
            Self::NewElement(list) => read_members(list.add(), &mut access, &mut elements)?,
            Self::NewEntry(map, name) => {
                read_members(map.add(name), &mut access, &mut elements)?;
            }
            Self::Place(Place::TextMap(texts)) => {
                while let Some(key) = access.next_key::<String>()? {
                    let mut text = None;
                    let reading = access.next_value_seed(Target::MapText(&mut text))?;
                    if let (true, Some(text)) = (elements.keep(reading), text) {
                        texts.insert(key, text);
                    }
                }
            }
            Self::Place(Place::ShapeMap(shapes)) => {
                while let Some(key) = access.next_key::<String>()? {
                    let reading = access.next_value_seed(Target::NewEntry(shapes, key))?;
                    if !elements.keep(reading) {
                        while access.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                        break;
                    }
                }
            }
            Self::MapText(_)
            | Self::Place(
                Place::Text(_)
                | Place::OptionalText(_)
                | Place::SharedText(_)
                | Place::Integer(_)
                | Place::Texts(_)
                | Place::Shapes(_)
                | Place::Closed,
            ) => {
                while access.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                let text = "Start of structure or map found where not expected.";
                return Ok(Err(text.to_owned()));
            }
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
struct MemberIndex<'a>(&'a mut dyn Fill);

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
        let mut names = (0..).map_while(|index| Some(self.0.place(index)?.0));
        Ok(names.position(|known| known == name))
    }
}

/// An integer in a text: accepted `[T]`.
///
/// # Errors
/// AWS's text `[T]`.
pub(super) fn integer(text: &str) -> Result<i64, String> {
    text.parse()
        .map_err(|_| "STRING_VALUE can not be converted to an Integer".to_owned())
}
