//! The query protocol's requests: forms in which lists and maps are flattened.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound::{Excluded, Unbounded};
use std::sync::Arc;

use super::names;
use super::target::{ELEMENTS_MAX, NO_INTEGER};
use crate::json::{Fill, Place};
use crate::sqs::api::Request;
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

    /// Fills a blank request.
    ///
    /// # Errors
    /// `MalformedInput` where an integer is none.
    pub(super) fn decode(&self, mut request: Request) -> Result<Request, Error> {
        let action = request.action();
        match self.fill(request.fill(), action, "") {
            Ok(()) => Ok(request),
            Err(message) => Err(Error::new(ErrorCode::MalformedInput, message)),
        }
    }

    /// Fills a structure from what has this prefix, which is empty or ends in a dot.
    fn fill(&self, structure: &mut dyn Fill, action: &str, prefix: &str) -> Result<(), String> {
        for index in 0.. {
            let Some((name, place)) = structure.place(index) else {
                break;
            };
            let element = format!("{prefix}{}", names::element(action, name));
            self.fill_place(place, action, &format!("{prefix}{name}"), &element)?;
        }
        Ok(())
    }

    /// Fills a member of this name, or the elements that have the other name; returns whether
    /// anything is there.
    fn fill_place(
        &self,
        place: Place<'_>,
        action: &str,
        whole: &str,
        element: &str,
    ) -> Result<bool, String> {
        let given = self.get(whole);
        match place {
            Place::Closed
            | Place::Flag(_)
            | Place::Word(_)
            | Place::Choice(_)
            | Place::NumberOrChoice(_) => return Ok(false),
            Place::Optional(option) => {
                let is_there = self.fill_place(option.some(), action, whole, element)?;
                if !is_there {
                    option.clear();
                }
                return Ok(is_there);
            }
            Place::Text(text) => given.unwrap_or_default().clone_into(text),
            Place::SharedText(text) => *text = Arc::from(given.unwrap_or_default()),
            Place::Number(number) => {
                if given.is_some_and(|given| !number.set(given)) {
                    return Err(NO_INTEGER.to_owned());
                }
            }
            Place::Shape(structure) => {
                self.fill(structure, action, &format!("{whole}."))?;
                return Ok(true);
            }
            Place::List(list) => {
                let indices = self.indices(element);
                for index in &indices {
                    let name = format!("{element}.{index}");
                    if !self.fill_place(list.add(), action, &name, &name)? {
                        list.take_back();
                    }
                }
                // An empty list is written as a name without a content.
                let is_empty = self.get(element) == Some("") || given == Some("");
                return Ok(is_empty || !indices.is_empty());
            }
            Place::Map(map) => {
                let short = element.rsplit('.').next().unwrap_or(element);
                let (key, value) = names::key_and_value(short);
                for index in self.indices(element) {
                    let Some(key) = self.get(&format!("{element}.{index}.{key}")) else {
                        continue;
                    };
                    let name = format!("{element}.{index}.{value}");
                    if !self.fill_place(map.add(key), action, &name, &name)? {
                        map.take_back(key);
                    }
                }
            }
        }
        Ok(given.is_some())
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
