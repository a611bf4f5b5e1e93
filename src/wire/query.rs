//! The query protocol's requests: forms in which lists and maps are flattened.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound::{Excluded, Unbounded};

use serde_json::{Map, Value};

use super::json::{ELEMENTS_MAX, integer};
use super::shapes::{Member, Operation, Shape};
use crate::sqs::{Error, ErrorCode};

/// The parameters of a request, by name. Of a name given twice the last counts; what is in the
/// body goes before what is in the query string.
pub(super) struct Parameters(BTreeMap<String, String>);

impl Parameters {
    /// Reads forms, the later the stronger.
    ///
    /// # Errors
    /// `MalformedInput` if there are too many parameters.
    pub(super) fn parse(forms: &[&[u8]]) -> Result<Self, Error> {
        let mut parameters = BTreeMap::new();
        for form in forms {
            for (name, value) in form_urlencoded::parse(form) {
                parameters.insert(name.into_owned(), value.into_owned());
                if parameters.len() > ELEMENTS_MAX {
                    let message = format!("More than {ELEMENTS_MAX} parameters.");
                    return Err(Error::new(ErrorCode::MalformedInput, message));
                }
            }
        }
        Ok(Self(parameters))
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The request's members.
    ///
    /// # Errors
    /// `MalformedInput` where an integer is none.
    pub(super) fn decode(&self, operation: &Operation) -> Result<Value, Error> {
        let members = self.structure(operation.input, "");
        match members {
            Ok(members) => Ok(Value::Object(members)),
            Err(message) => Err(Error::new(ErrorCode::MalformedInput, message)),
        }
    }

    /// The members under a prefix, which is empty or ends in a dot.
    fn structure(
        &self,
        members: &'static [Member],
        prefix: &str,
    ) -> Result<Map<String, Value>, String> {
        let mut map = Map::new();
        for member in members {
            let mut value = self.value(member.shape, &format!("{prefix}{}", member.query))?;
            // An empty list is written as a name without a content.
            let is_empty = |name| self.get(&format!("{prefix}{name}")) == Some("");
            if value.is_none()
                && matches!(member.shape, Shape::List(_))
                && (is_empty(member.query) || is_empty(member.name))
            {
                value = Some(Value::Array(Vec::new()));
            }
            if let Some(value) = value {
                map.insert(member.name.to_owned(), value);
            }
        }
        Ok(map)
    }

    /// What the parameters of this name and below say, if there are any.
    fn value(&self, shape: Shape, name: &str) -> Result<Option<Value>, String> {
        match shape {
            Shape::Text => Ok(self.get(name).map(Value::from)),
            Shape::Integer => self.get(name).map(integer).transpose(),
            Shape::List(of) => {
                let mut list = Vec::new();
                for index in self.indices(name) {
                    list.extend(self.value(*of, &format!("{name}.{index}"))?);
                }
                Ok((!list.is_empty()).then_some(Value::Array(list)))
            }
            Shape::Map(pair) => {
                let mut map = Map::new();
                for index in self.indices(name) {
                    let key = self.get(&format!("{name}.{index}.{}", pair.key));
                    let value = self.value(pair.of, &format!("{name}.{index}.{}", pair.value))?;
                    if let (Some(key), Some(value)) = (key, value) {
                        map.insert(key.to_owned(), value);
                    }
                }
                Ok((!map.is_empty()).then_some(Value::Object(map)))
            }
            Shape::Structure(members) => {
                let map = self.structure(members, &format!("{name}."))?;
                Ok((!map.is_empty()).then_some(Value::Object(map)))
            }
        }
    }

    /// The numbers that follow a name and a dot, in their order.
    fn indices(&self, name: &str) -> BTreeSet<u32> {
        let prefix = format!("{name}.");
        self.0
            .range::<str, _>((Excluded(prefix.as_str()), Unbounded))
            .map_while(|(key, _)| key.strip_prefix(&prefix))
            .filter_map(|rest| rest.split('.').next()?.parse().ok())
            .collect()
    }
}
