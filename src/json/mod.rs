//! JSON: its text, its values, and structures told as tables.
//!
//! It knows nothing of what the structures are for. Numbers keep their text, and those that a
//! structure takes are whole, so that there is no float anywhere. That, and one reader and one
//! writer for all structures, is why it is our own: the general library with a reader and a writer
//! for each type was a tenth of the page. Tests compare the two.

mod fill;
mod parse;
mod print;
mod shape;

pub use fill::{Misfit, fill};
pub use parse::{Malformed, parse};
pub use print::{compact, pretty};
pub(crate) use shape::members;
pub use shape::{
    AsMember, Fill, FillChoice, FillList, FillMap, FillNumberOrChoice, FillOption, FillParsed,
    Member, Place, Shape,
};

/// A value.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Flag(bool),
    /// A number as it is written.
    Number(String),
    /// A text.
    Text(String),
    /// Values in order.
    List(Vec<Self>),
    /// Values by name, in the order in which they are written; of one name the last counts.
    Object(Vec<(String, Self)>),
}

impl Json {
    /// The member of this name, if this is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Self> {
        let members = self.members()?;
        let mut named = members.iter().rev().filter(|(other, _)| other == name);
        named.next().map(|(_, value)| value)
    }

    /// The members, if this is an object.
    pub fn members(&self) -> Option<&[(String, Self)]> {
        if let Self::Object(members) = self {
            Some(members)
        } else {
            None
        }
    }

    /// The text, if this is one.
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self {
            Some(text)
        } else {
            None
        }
    }

    /// Whether both mean the same: the order of members does not matter.
    pub fn agrees(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::List(these), Self::List(those)) => {
                let mut pairs = these.iter().zip(those);
                these.len() == those.len() && pairs.all(|(this, that)| this.agrees(that))
            }
            (Self::Object(these), Self::Object(those)) => {
                let has = |object: &Self, name: &str, value: &Self| {
                    object.get(name).is_some_and(|other| other.agrees(value))
                };
                these
                    .iter()
                    .all(|(name, _)| self.get(name).is_some_and(|value| has(other, name, value)))
                    && those.iter().all(|(name, _)| self.get(name).is_some())
            }
            _ => self == other,
        }
    }
}
