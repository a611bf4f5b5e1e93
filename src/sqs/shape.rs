//! Shapes: what requests and responses are made of, told once and walked by one piece of code.
//!
//! Each shape lists its members under AWS's names; whoever reads or writes shapes walks that list,
//! so that a new shape costs a table, not one more reader and writer.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// A structure whose members can be read.
pub trait Shape {
    /// The member with this index, with its AWS name; none past the last.
    fn member(&self, index: usize) -> Option<(&'static str, Member<'_>)>;
}

/// A structure whose members can be filled.
pub trait Fill {
    /// The place for the member with this index, with its AWS name; none past the last.
    fn place(&mut self, index: usize) -> Option<(&'static str, Place<'_>)>;
}

/// What a member holds.
pub enum Member<'a> {
    /// Nothing: the wire leaves it out.
    Absent,
    /// Text.
    Text(&'a str),
    /// A whole number.
    Integer(i64),
    /// Yes or no.
    Flag(bool),
    /// Texts in order.
    Texts(&'a [String]),
    /// Texts by name.
    TextMap(&'a BTreeMap<String, String>),
    /// Structures in order.
    Shapes(Vec<&'a dyn Shape>),
    /// Structures by name.
    ShapeMap(Vec<(&'a str, &'a dyn Shape)>),
}

/// Where a member's value goes.
pub enum Place<'a> {
    /// Text that must be there.
    Text(&'a mut String),
    /// Text that may be left out.
    OptionalText(&'a mut Option<String>),
    /// Text that is shared once it is there.
    SharedText(&'a mut Option<Arc<str>>),
    /// A whole number.
    Integer(&'a mut Option<i64>),
    /// Texts in order.
    Texts(&'a mut Vec<String>),
    /// Texts by name.
    TextMap(&'a mut BTreeMap<String, String>),
    /// Structures in order.
    Shapes(&'a mut dyn FillList),
    /// Structures by name.
    ShapeMap(&'a mut dyn FillMap),
    /// Part of answers only: nothing can be filled in.
    Closed,
}

/// A list that grows by structures.
pub trait FillList {
    /// Makes the list present, if it is not yet.
    fn begin(&mut self);
    /// Adds an empty structure.
    fn add(&mut self) -> &mut dyn Fill;
}

/// A map that grows by structures.
pub trait FillMap {
    /// Adds an empty structure under this name, in place of one that is there.
    fn add(&mut self, name: String) -> &mut dyn Fill;
}

/// A type that can be a member.
pub(super) trait AsMember {
    fn member(&self) -> Member<'_>;

    fn place(&mut self) -> Place<'_> {
        Place::Closed
    }
}

impl AsMember for String {
    fn member(&self) -> Member<'_> {
        Member::Text(self)
    }

    fn place(&mut self) -> Place<'_> {
        Place::Text(self)
    }
}

impl AsMember for Option<String> {
    fn member(&self) -> Member<'_> {
        self.as_deref().map_or(Member::Absent, Member::Text)
    }

    fn place(&mut self) -> Place<'_> {
        Place::OptionalText(self)
    }
}

impl AsMember for Arc<str> {
    fn member(&self) -> Member<'_> {
        Member::Text(self)
    }
}

impl AsMember for Option<Arc<str>> {
    fn member(&self) -> Member<'_> {
        self.as_deref().map_or(Member::Absent, Member::Text)
    }

    fn place(&mut self) -> Place<'_> {
        Place::SharedText(self)
    }
}

impl AsMember for i64 {
    fn member(&self) -> Member<'_> {
        Member::Integer(*self)
    }
}

impl AsMember for Option<i64> {
    fn member(&self) -> Member<'_> {
        self.map_or(Member::Absent, Member::Integer)
    }

    fn place(&mut self) -> Place<'_> {
        Place::Integer(self)
    }
}

impl AsMember for bool {
    fn member(&self) -> Member<'_> {
        Member::Flag(*self)
    }
}

impl AsMember for Vec<String> {
    fn member(&self) -> Member<'_> {
        if self.is_empty() {
            Member::Absent
        } else {
            Member::Texts(self)
        }
    }

    fn place(&mut self) -> Place<'_> {
        Place::Texts(self)
    }
}

impl AsMember for BTreeMap<String, String> {
    fn member(&self) -> Member<'_> {
        if self.is_empty() {
            Member::Absent
        } else {
            Member::TextMap(self)
        }
    }

    fn place(&mut self) -> Place<'_> {
        Place::TextMap(self)
    }
}

impl<S: Shape> AsMember for Vec<S> {
    fn member(&self) -> Member<'_> {
        if self.is_empty() {
            return Member::Absent;
        }
        Member::Shapes(self.iter().map(|shape| shape as &dyn Shape).collect())
    }
}

impl<S: Shape + Fill + Default> AsMember for Option<Vec<S>> {
    fn member(&self) -> Member<'_> {
        let Some(list) = self else {
            return Member::Absent;
        };
        Member::Shapes(list.iter().map(|shape| shape as &dyn Shape).collect())
    }

    fn place(&mut self) -> Place<'_> {
        Place::Shapes(self)
    }
}

impl<S: Shape + Fill + Default> AsMember for BTreeMap<String, S> {
    fn member(&self) -> Member<'_> {
        if self.is_empty() {
            return Member::Absent;
        }
        let named = self
            .iter()
            .map(|(name, shape)| (name.as_str(), shape as &dyn Shape));
        Member::ShapeMap(named.collect())
    }

    fn place(&mut self) -> Place<'_> {
        Place::ShapeMap(self)
    }
}

impl<S: Fill + Default> FillList for Option<Vec<S>> {
    fn begin(&mut self) {
        self.get_or_insert_default();
    }

    fn add(&mut self) -> &mut dyn Fill {
        let list = self.get_or_insert_default();
        list.push(S::default());
        list.last_mut().expect("one was just added")
    }
}

impl<S: Fill + Default> FillMap for BTreeMap<String, S> {
    fn add(&mut self, name: String) -> &mut dyn Fill {
        let entry = self.entry(name).or_default();
        *entry = S::default();
        entry
    }
}

impl Serialize for dyn Shape + '_ {
    /// As the wire writes it: what is absent is left out.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for index in 0.. {
            let Some((name, member)) = self.member(index) else {
                break;
            };
            match member {
                Member::Absent => {}
                Member::Text(text) => map.serialize_entry(name, text)?,
                Member::Integer(number) => map.serialize_entry(name, &number)?,
                Member::Flag(flag) => map.serialize_entry(name, &flag)?,
                Member::Texts(texts) => map.serialize_entry(name, texts)?,
                Member::TextMap(texts) => map.serialize_entry(name, texts)?,
                Member::Shapes(shapes) => map.serialize_entry(name, &shapes)?,
                Member::ShapeMap(shapes) => map.serialize_entry(name, &WrittenMap(&shapes))?,
            }
        }
        map.end()
    }
}

/// Serializes named structures.
struct WrittenMap<'a>(&'a [(&'a str, &'a dyn Shape)]);

impl Serialize for WrittenMap<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

/// Fills a shape from its serialized form; a member that it does not know is an error.
pub(super) struct Read<'a>(pub(super) &'a mut dyn Fill);

impl<'de> DeserializeSeed<'de> for Read<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Read<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let known = (0..).map_while(|index| Some(self.0.place(index)?.0));
            let index = known
                .enumerate()
                .find(|(_, name)| *name == key)
                .map(|(index, _)| index);
            let place = index
                .and_then(|index| self.0.place(index))
                .map(|(_, place)| place);
            match place {
                None | Some(Place::Closed) => {
                    return Err(A::Error::custom(format_args!("unknown field `{key}`")));
                }
                Some(Place::Text(text)) => *text = map.next_value()?,
                Some(Place::OptionalText(text)) => *text = map.next_value()?,
                Some(Place::SharedText(text)) => {
                    *text = map.next_value::<Option<String>>()?.map(Arc::from);
                }
                Some(Place::Integer(number)) => *number = map.next_value()?,
                Some(Place::Texts(texts)) => *texts = map.next_value()?,
                Some(Place::TextMap(texts)) => *texts = map.next_value()?,
                Some(Place::Shapes(list)) => map.next_value_seed(ReadList(list))?,
                Some(Place::ShapeMap(shapes)) => map.next_value_seed(ReadMap(shapes))?,
            }
        }
        Ok(())
    }
}

struct ReadList<'a>(&'a mut dyn FillList);

impl<'de> DeserializeSeed<'de> for ReadList<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for ReadList<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.0.begin();
        while list.next_element_seed(ReadAdded(self.0))?.is_some() {}
        Ok(())
    }
}

/// Adds an element to a list when there is one to read.
struct ReadAdded<'a>(&'a mut dyn FillList);

impl<'de> DeserializeSeed<'de> for ReadAdded<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        Read(self.0.add()).deserialize(deserializer)
    }
}

struct ReadMap<'a>(&'a mut dyn FillMap);

impl<'de> DeserializeSeed<'de> for ReadMap<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ReadMap<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of objects")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            map.next_value_seed(Read(self.0.add(name)))?;
        }
        Ok(())
    }
}
