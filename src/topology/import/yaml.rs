//! YAML as values, with CloudFormation's tags as the functions that they are short for.

use super::ImportError;
use crate::json::Json;

/// Reads a YAML document.
#[cfg(not(feature = "yaml"))]
pub(super) fn read(_text: &str) -> Result<Json, ImportError> {
    Err(ImportError::NotYaml(
        "this program was built without YAML".into(),
    ))
}

#[cfg(feature = "yaml")]
pub(super) use events::read;

#[cfg(feature = "yaml")]
mod events {
    use saphyr_parser::{Event, Parser, ScalarStyle, Tag};

    use super::{ImportError, Json};

    /// How deep lists and maps may lie in each other.
    const DEPTH_MAX: usize = 100;
    /// The most values, those that aliases repeat included.
    const VALUES_MAX: usize = 100_000;
    /// The most bytes of text that aliases repeat.
    const REPEATED_MAX: usize = 4 * 1024 * 1024;

    /// Reads a YAML document; further ones are not looked at.
    pub(in crate::topology::import) fn read(text: &str) -> Result<Json, ImportError> {
        let mut reader = Reader::default();
        for event in Parser::new_from_str(text) {
            let (event, span) = event.map_err(|error| ImportError::NotYaml(error.to_string()))?;
            let line = span.start.line();
            let problem = |problem: &str| ImportError::NotYaml(format!("{problem} at line {line}"));
            if let Some(value) = reader.take(event).map_err(problem)? {
                return Ok(value);
            }
        }
        Err(ImportError::NotYaml("there is nothing in it".into()))
    }

    #[derive(Default)]
    struct Reader {
        open: Vec<Open>,
        anchors: Vec<(usize, Json)>,
        values: usize,
        repeated: usize,
    }

    /// A list or a map whose end has not come yet.
    struct Open {
        values: Vec<Json>,
        /// The keys, if it is a map; one more than values when a value is to come.
        keys: Option<Vec<String>>,
        function: Option<String>,
        anchor: usize,
    }

    impl Reader {
        /// Takes an event in; returns the document when it is whole.
        fn take(&mut self, event: Event<'_>) -> Result<Option<Json>, &'static str> {
            match event {
                Event::Scalar(text, style, anchor, tag) => {
                    let is_text =
                        style != ScalarStyle::Plain || tag.as_deref().is_some_and(is_text_tag);
                    let json = if is_text {
                        Json::Text(text.into_owned())
                    } else {
                        plain(&text)
                    };
                    let function = tag.as_deref().and_then(function);
                    let json = called(function, json);
                    self.close(json, anchor)
                }
                Event::SequenceStart(anchor, tag) => self.begin(None, anchor, tag.as_deref()),
                Event::MappingStart(anchor, tag) => {
                    self.begin(Some(Vec::new()), anchor, tag.as_deref())
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    let Some(Open {
                        values,
                        keys,
                        function,
                        anchor,
                    }) = self.open.pop()
                    else {
                        return Err("there is an end without a beginning");
                    };
                    let json = match keys {
                        None => Json::List(values),
                        Some(keys) => Json::Object(keys.into_iter().zip(values).collect()),
                    };
                    self.close(called(function, json), anchor)
                }
                Event::Alias(anchor) => {
                    let known = self.anchors.iter().find(|(other, _)| *other == anchor);
                    let json = known
                        .ok_or("there is an alias without an anchor")?
                        .1
                        .clone();
                    let (values, bytes) = size(&json);
                    self.values += values;
                    self.repeated += bytes;
                    if self.repeated > REPEATED_MAX {
                        return Err("there are too many aliases");
                    }
                    self.close(json, 0)
                }
                Event::Nothing
                | Event::StreamStart
                | Event::StreamEnd
                | Event::DocumentStart(_)
                | Event::DocumentEnd => Ok(None),
            }
        }

        fn begin(
            &mut self,
            keys: Option<Vec<String>>,
            anchor: usize,
            tag: Option<&Tag>,
        ) -> Result<Option<Json>, &'static str> {
            if self.open.len() >= DEPTH_MAX {
                return Err("there is too much depth");
            }
            self.open.push(Open {
                values: Vec::new(),
                keys,
                function: tag.and_then(function),
                anchor,
            });
            Ok(None)
        }

        /// A value is whole.
        fn close(&mut self, json: Json, anchor: usize) -> Result<Option<Json>, &'static str> {
            self.values += 1;
            if self.values > VALUES_MAX {
                return Err("there are too many values");
            }
            if anchor > 0 {
                self.anchors.push((anchor, json.clone()));
            }
            let Some(open) = self.open.last_mut() else {
                return Ok(Some(json));
            };
            match &mut open.keys {
                Some(keys) if keys.len() == open.values.len() => match json {
                    Json::Text(text) | Json::Number(text) => keys.push(text),
                    Json::Flag(flag) => keys.push(flag.to_string()),
                    Json::Null | Json::List(_) | Json::Object(_) => {
                        return Err("there is a key that is no text");
                    }
                },
                Some(_) | None => open.values.push(json),
            }
            Ok(None)
        }
    }

    fn is_text_tag(tag: &Tag) -> bool {
        tag.handle == "tag:yaml.org,2002:" && tag.suffix == "str"
    }

    /// The function that a tag such as `!GetAtt` is short for.
    fn function(tag: &Tag) -> Option<String> {
        if tag.handle != "!" || tag.suffix.is_empty() {
            return None;
        }
        Some(match tag.suffix.as_str() {
            name @ ("Ref" | "Condition") => name.to_owned(),
            name => format!("Fn::{name}"),
        })
    }

    fn called(function: Option<String>, argument: Json) -> Json {
        let Some(name) = function else {
            return argument;
        };
        let argument = match (name.as_str(), argument) {
            ("Fn::GetAtt", Json::Text(text)) => match text.split_once('.') {
                Some((resource, attribute)) => Json::List(
                    [resource, attribute]
                        .map(|part| Json::Text(part.into()))
                        .to_vec(),
                ),
                None => Json::Text(text),
            },
            (_, argument) => argument,
        };
        Json::Object(vec![(name, argument)])
    }

    /// What a text without quotation marks means.
    fn plain(text: &str) -> Json {
        match text {
            "" | "~" | "null" | "Null" | "NULL" => Json::Null,
            "true" | "True" | "TRUE" => Json::Flag(true),
            "false" | "False" | "FALSE" => Json::Flag(false),
            _ => match crate::json::parse(text) {
                Ok(Json::Number(digits)) => Json::Number(digits),
                _ => Json::Text(text.to_owned()),
            },
        }
    }

    /// How many values, and how many bytes of text.
    fn size(json: &Json) -> (usize, usize) {
        let sum = |(values, bytes): (usize, usize), (more, of_more): (usize, usize)| {
            (values + more, bytes + of_more)
        };
        match json {
            Json::Null | Json::Flag(_) => (1, 8),
            Json::Number(text) | Json::Text(text) => (1, text.len()),
            Json::List(values) => values.iter().map(size).fold((1, 8), sum),
            Json::Object(members) => {
                let sizes = members
                    .iter()
                    .map(|(name, json)| sum(size(json), (0, name.len())));
                sizes.fold((1, 8), sum)
            }
        }
    }
}
