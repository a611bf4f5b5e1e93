//! The query protocol's requests: forms in which lists and maps are flattened.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound::{Excluded, Unbounded};
use std::sync::Arc;

use super::names;
use super::target::{ELEMENTS_MAX, integer};
use crate::sqs::api::Request;
use crate::sqs::{Error, ErrorCode, Fill, Place};

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
            let element = names::element(action, name);
            let each = format!("{prefix}{element}");
            let whole = format!("{prefix}{name}");
            match place {
                Place::Closed => {}
                Place::Text(text) => self.get(&whole).unwrap_or_default().clone_into(text),
                Place::OptionalText(text) => *text = self.get(&whole).map(str::to_owned),
                Place::SharedText(text) => *text = self.get(&whole).map(Arc::from),
                Place::Integer(number) => *number = self.get(&whole).map(integer).transpose()?,
                Place::Texts(texts) => {
                    for index in self.indices(&each) {
                        texts.extend(self.get(&format!("{each}.{index}")).map(str::to_owned));
                    }
                }
                Place::TextMap(texts) => {
                    let (key, value) = names::key_and_value(&element);
                    for index in self.indices(&each) {
                        let key = self.get(&format!("{each}.{index}.{key}"));
                        let value = self.get(&format!("{each}.{index}.{value}"));
                        if let (Some(key), Some(value)) = (key, value) {
                            texts.insert(key.to_owned(), value.to_owned());
                        }
                    }
                }
                Place::Shapes(list) => {
                    // An empty list is written as a name without a content.
                    if self.get(&each) == Some("") || self.get(&whole) == Some("") {
                        list.begin();
                    }
                    for index in self.indices(&each) {
                        self.fill(list.add(), action, &format!("{each}.{index}."))?;
                    }
                }
                Place::ShapeMap(shapes) => {
                    let (key, value) = names::key_and_value(&element);
                    for index in self.indices(&each) {
                        if let Some(key) = self.get(&format!("{each}.{index}.{key}")) {
                            let prefix = format!("{each}.{index}.{value}.");
                            self.fill(shapes.add(key.to_owned()), action, &prefix)?;
                        }
                    }
                }
            }
        }
        Ok(())
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
