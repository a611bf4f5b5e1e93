//! Shapes: structures, their members told once and walked by one piece of code.
//!
//! Each shape lists its members by name; whoever reads or writes shapes walks that list, so that a
//! new shape costs a table, not one more reader and writer.

use std::str::FromStr;
use std::sync::Arc;

use super::Json;
use crate::sim::SortedMap;

/// A structure whose members can be read.
pub trait Shape {
    /// The names of its members.
    fn names(&self) -> &'static [&'static str];

    /// The member with this index; none past the last.
    fn value(&self, index: usize) -> Option<&dyn AsMember>;
}

impl dyn Shape + '_ {
    /// What its members hold, with their names.
    pub fn members(&self) -> impl Iterator<Item = (&'static str, Member<'_>)> {
        let named = self.names().iter().zip(0..);
        named.filter_map(|(name, index)| Some((*name, self.value(index)?.member())))
    }
}

/// A structure whose members can be filled.
pub trait Fill: Shape {
    /// The member with this index; none past the last.
    fn value_mut(&mut self, index: usize) -> Option<&mut dyn AsMember>;

    /// Whether each of the members must be there; those that are not told of need not.
    fn required(&self) -> &'static [bool] {
        &[]
    }
}

impl dyn Fill + '_ {
    /// The place for the member with this index, with its name; none past the last.
    pub fn place(&mut self, index: usize) -> Option<(&'static str, Place<'_>)> {
        let name = *self.names().get(index)?;
        Some((name, self.value_mut(index)?.place()))
    }
}

/// What a member holds.
pub enum Member<'a> {
    /// Nothing: it is left out.
    Absent,
    /// Text.
    Text(&'a str),
    /// A number as it is written.
    Digits(&'a str),
    /// A whole number.
    Integer(i64),
    /// A whole number from 0 on.
    Natural(u64),
    /// Yes or no.
    Flag(bool),
    /// Values in order.
    List(Vec<Self>),
    /// Values by name.
    Map(Vec<(&'a str, Self)>),
    /// A structure.
    Shape(&'a dyn Shape),
    /// One of several kinds: which, and its value.
    Choice(&'a str, Box<Self>),
}

/// Where a member's value goes.
pub enum Place<'a> {
    /// Part of answers only: nothing can be filled in.
    Closed,
    /// Text.
    Text(&'a mut String),
    /// Text that is shared.
    SharedText(&'a mut Arc<str>),
    /// A whole number.
    Number(&'a mut dyn FillParsed),
    /// Yes or no.
    Flag(&'a mut bool),
    /// One of several words.
    Word(&'a mut dyn FillParsed),
    /// What may be `null`.
    Optional(&'a mut dyn FillOption),
    /// Values in order.
    List(&'a mut dyn FillList),
    /// Values by name.
    Map(&'a mut dyn FillMap),
    /// A structure.
    Shape(&'a mut dyn Fill),
    /// One of several kinds.
    Choice(&'a mut dyn FillChoice),
    /// A whole number, or one of several kinds.
    NumberOrChoice(&'a mut dyn FillNumberOrChoice),
}

/// A number within bounds, or one of several words.
pub trait FillParsed {
    /// Sets it to what the digits or the word mean, and tells whether they mean anything.
    fn set(&mut self, text: &str) -> bool;
}

/// What may be missing.
pub trait FillOption {
    /// Makes it missing.
    fn clear(&mut self);
    /// Makes it present.
    fn some(&mut self) -> Place<'_>;
}

/// A list that grows.
pub trait FillList {
    /// Empties it.
    fn begin(&mut self);
    /// Adds an empty element.
    fn add(&mut self) -> Place<'_>;
    /// Takes the last element out again.
    fn take_back(&mut self);
}

/// A map that grows.
pub trait FillMap {
    /// Adds an empty element under this name, in place of one that is there.
    fn add(&mut self, name: &str) -> Place<'_>;
    /// Takes the element of this name out again.
    fn take_back(&mut self, name: &str);
}

/// One of several kinds.
pub trait FillChoice {
    /// Makes it an empty one of the kind with this name, if there is such a kind.
    fn choose(&mut self, name: &str) -> Option<Place<'_>>;
}

/// A number, or one of several kinds.
pub trait FillNumberOrChoice: FillParsed + FillChoice {}

/// A type that can be a member.
pub trait AsMember {
    /// What it holds; a list or a map that is empty is absent.
    fn member(&self) -> Member<'_>;

    /// The same where an empty list or map is one.
    fn present(&self) -> Member<'_> {
        self.member()
    }

    /// Where its value goes.
    fn place(&mut self) -> Place<'_> {
        Place::Closed
    }
}

impl<S: Shape + Fill> AsMember for S {
    fn member(&self) -> Member<'_> {
        Member::Shape(self)
    }

    fn place(&mut self) -> Place<'_> {
        Place::Shape(self)
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

impl AsMember for Arc<str> {
    fn member(&self) -> Member<'_> {
        Member::Text(self)
    }

    fn place(&mut self) -> Place<'_> {
        Place::SharedText(self)
    }
}

impl<T: AsMember + Clone> AsMember for Arc<T> {
    fn member(&self) -> Member<'_> {
        T::member(self)
    }

    fn place(&mut self) -> Place<'_> {
        Self::make_mut(self).place()
    }
}

impl AsMember for bool {
    fn member(&self) -> Member<'_> {
        Member::Flag(*self)
    }

    fn place(&mut self) -> Place<'_> {
        Place::Flag(self)
    }
}

impl AsMember for i64 {
    fn member(&self) -> Member<'_> {
        Member::Integer(*self)
    }

    fn place(&mut self) -> Place<'_> {
        Place::Number(self)
    }
}

impl AsMember for u64 {
    fn member(&self) -> Member<'_> {
        Member::Natural(*self)
    }

    fn place(&mut self) -> Place<'_> {
        Place::Number(self)
    }
}

impl AsMember for u32 {
    fn member(&self) -> Member<'_> {
        Member::Natural((*self).into())
    }

    fn place(&mut self) -> Place<'_> {
        Place::Number(self)
    }
}

impl<T: FromStr> FillParsed for T {
    fn set(&mut self, text: &str) -> bool {
        let parsed = T::from_str(text);
        let is_known = parsed.is_ok();
        if let Ok(value) = parsed {
            *self = value;
        }
        is_known
    }
}

impl<T: AsMember + Default> AsMember for Option<T> {
    fn member(&self) -> Member<'_> {
        self.as_ref().map_or(Member::Absent, T::present)
    }

    fn place(&mut self) -> Place<'_> {
        Place::Optional(self)
    }
}

impl<T: AsMember + Default> FillOption for Option<T> {
    fn clear(&mut self) {
        *self = None;
    }

    fn some(&mut self) -> Place<'_> {
        self.insert(T::default()).place()
    }
}

impl<T: AsMember + Default> AsMember for Vec<T> {
    fn member(&self) -> Member<'_> {
        if self.is_empty() {
            Member::Absent
        } else {
            self.present()
        }
    }

    fn present(&self) -> Member<'_> {
        Member::List(self.iter().map(T::present).collect())
    }

    fn place(&mut self) -> Place<'_> {
        Place::List(self)
    }
}

impl<T: AsMember + Default> FillList for Vec<T> {
    fn begin(&mut self) {
        self.clear();
    }

    fn add(&mut self) -> Place<'_> {
        self.push(T::default());
        let added = self.last_mut().expect("one was just added");
        added.place()
    }

    fn take_back(&mut self) {
        self.pop();
    }
}

impl<T: AsMember + Default> AsMember for SortedMap<String, T> {
    fn member(&self) -> Member<'_> {
        if self.is_empty() {
            Member::Absent
        } else {
            self.present()
        }
    }

    fn present(&self) -> Member<'_> {
        let named = self
            .iter()
            .map(|(name, value)| (name.as_str(), value.present()));
        Member::Map(named.collect())
    }

    fn place(&mut self) -> Place<'_> {
        Place::Map(self)
    }
}

impl<T: AsMember + Default> FillMap for SortedMap<String, T> {
    fn add(&mut self, name: &str) -> Place<'_> {
        self.insert(name.to_owned(), T::default());
        let added = self.get_mut(name).expect("one was just added");
        added.place()
    }

    fn take_back(&mut self, name: &str) {
        self.remove(name);
    }
}

impl AsMember for Json {
    fn member(&self) -> Member<'_> {
        match self {
            Self::Null => Member::Absent,
            Self::Flag(flag) => Member::Flag(*flag),
            Self::Number(digits) => Member::Digits(digits),
            Self::Text(text) => Member::Text(text),
            Self::List(values) => Member::List(values.iter().map(Self::member).collect()),
            Self::Object(members) => {
                let named = members
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.member()));
                Member::Map(named.collect())
            }
        }
    }
}

/// Tells the members of structures, which carry the names of their fields; `required` follows
/// those that must be there.
macro_rules! members {
    ($($shape:ident { $($member:ident $($required:ident)?,)* })*) => {
        $(impl $crate::json::Shape for $shape {
            fn names(&self) -> &'static [&'static str] {
                &[$(stringify!($member)),*]
            }

            fn value(&self, index: usize) -> Option<&dyn $crate::json::AsMember> {
                let members: &[&dyn $crate::json::AsMember] = &[$(&self.$member),*];
                members.get(index).copied()
            }
        }

        impl $crate::json::Fill for $shape {
            fn value_mut(&mut self, index: usize) -> Option<&mut dyn $crate::json::AsMember> {
                let members: [&mut dyn $crate::json::AsMember; _] = [$(&mut self.$member),*];
                members.into_iter().nth(index)
            }

            fn required(&self) -> &'static [bool] {
                const REQUIRED: &[bool] = &[$({
                    let required: &[&str] = &[$(stringify!($required))?];
                    !required.is_empty()
                }),*];
                REQUIRED
            }
        })*
    };
}
pub(crate) use members;
