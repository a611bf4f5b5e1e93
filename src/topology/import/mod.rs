//! Queues read from what people have: CloudFormation templates, Terraform's JSON, and what `get-queue-attributes`
//! prints.
//!
//! What cannot be read is told with its place, and left out; the rest is read. The text comes from anywhere: it is
//! bounded in size and depth, and whatever it is, there is an answer.

mod build;
mod cloudformation;
mod documents;
mod expression;
mod functions;
mod terraform;
mod yaml;

use std::fmt;

use super::Topology;
use super::attributes::Kind;
use crate::json::{self, AsMember as _, Json};
use crate::sim::SortedMap;

/// The longest text that is read, in bytes.
const TEXT_MAX: usize = 2 * 1024 * 1024;
/// The most queues.
const QUEUES_MAX: usize = 1000;
/// The most notes.
const NOTES_MAX: usize = 100;

/// What was read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Import {
    /// The queues.
    pub topology: Topology,
    /// What was left out, or understood in a way that the text does not say.
    pub notes: Vec<Note>,
}

/// Something about a place in an imported text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Note {
    /// Where: names joined by dots.
    pub place: String,
    /// What about it, as a sentence.
    pub message: String,
}

/// A text that cannot be imported.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ImportError {
    /// More than 2 MiB.
    TooLarge,
    /// Not JSON; the text says where.
    NotJson(String),
    /// Not YAML; the text says where.
    NotYaml(String),
    /// Terraform's own language, which only Terraform reads.
    TerraformLanguage,
    /// JSON or YAML, but nothing that has queues.
    Unknown,
    /// There is no queue in it that can be made; the notes say why.
    NoQueues(Vec<Note>),
}

/// Reads queues. The home is what they come to: its region and account become theirs, and dead-letter queues may be
/// there already.
///
/// # Errors
/// An [`ImportError`] that says what is wrong with the whole text. What is wrong with parts of it is in the notes.
pub fn import(text: &str, home: &Topology) -> Result<Import, ImportError> {
    if text.len() > TEXT_MAX {
        return Err(ImportError::TooLarge);
    }
    let values = read(text)?;
    let mut found = Found::new(home);
    let [value] = &values[..] else {
        documents::read(&values, &mut found)?;
        return build::build(found);
    };
    let has = |name: &str| value.get(name).is_some();
    if is_template(value) {
        cloudformation::read(value, &mut found);
    } else if ["values", "planned_values"].iter().any(|name| has(name)) {
        terraform::read_state(value, &mut found);
    } else if has("resource") {
        terraform::read_configuration(value, &mut found);
    } else {
        documents::read(&values, &mut found)?;
    }
    build::build(found)
}

/// Whether it is a CloudFormation template.
fn is_template(value: &Json) -> bool {
    matches!(value.get("Resources"), Some(Json::Object(_)))
}

/// The values in a text: one, or several one after the other as commands print them.
fn read(text: &str) -> Result<Vec<Json>, ImportError> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.starts_with(['{', '[']) {
        let values = documents::split(text).into_iter().map(json::parse);
        let values: Result<Vec<Json>, _> = values.collect();
        return match values {
            Ok(values) => Ok(values),
            // Flow style is YAML, too.
            Err(error) => match yaml::read(text) {
                Ok(value) if is_template(&value) => Ok(vec![value]),
                _ => Err(ImportError::NotJson(error.to_string())),
            },
        };
    }
    let is_block = |line: &str| {
        let line = line.trim_start();
        line.starts_with("resource \"")
            || line.starts_with("provider \"")
            || line.starts_with("terraform {")
    };
    if text.lines().any(is_block) {
        return Err(ImportError::TerraformLanguage);
    }
    yaml::read(text).map(|value| vec![value])
}

/// What a reader has found so far.
struct Found<'a> {
    home: &'a Topology,
    queues: Vec<Draft>,
    notes: Vec<Note>,
}

/// A queue as it was found.
#[derive(Clone, Debug, Default)]
struct Draft {
    /// Where.
    place: String,
    name: String,
    /// Values as `CreateQueue` takes them.
    attributes: SortedMap<String, String>,
    tags: SortedMap<String, String>,
}

impl<'a> Found<'a> {
    fn new(home: &'a Topology) -> Self {
        Self {
            home,
            queues: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn note(&mut self, place: impl Into<String>, message: impl Into<String>) {
        // Beyond them it only matters that there are more.
        if self.notes.len() <= NOTES_MAX {
            let (place, message) = (shortened(place.into()), shortened(message.into()));
            self.notes.push(Note { place, message });
        }
    }

    fn add(&mut self, draft: Draft) {
        if self.queues.len() < QUEUES_MAX {
            self.queues.push(draft);
        } else {
            self.note(
                draft.place,
                format!("More than {QUEUES_MAX} queues are not read."),
            );
        }
    }

    /// Sets a document of the queue of this name.
    fn set(&mut self, queue: &str, attribute: &str, value: String) -> bool {
        let draft = self.queues.iter_mut().find(|draft| draft.name == queue);
        let is_known = draft.is_some();
        if let Some(draft) = draft {
            draft.attributes.insert(attribute.to_owned(), value);
        }
        is_known
    }
}

/// A value of infrastructure code as `CreateQueue` takes it, if it has the right type.
fn attribute_text(kind: Kind, value: Json) -> Option<String> {
    match (kind, value) {
        (Kind::Number | Kind::Text, Json::Number(digits)) => Some(digits),
        (Kind::Flag, Json::Flag(flag)) => Some(flag.to_string()),
        // As YAML 1.1 has it, and CloudFormation.
        (Kind::Flag, Json::Text(text)) => Some(match text.to_ascii_lowercase().as_str() {
            "yes" | "on" => "true".into(),
            "no" | "off" => "false".into(),
            _ => text,
        }),
        (_, Json::Text(text)) => Some(text),
        (Kind::Document, value @ Json::Object(_)) => Some(json::compact(&value.member())),
        _ => None,
    }
}

/// A text that is no longer than people read.
fn shortened(text: String) -> String {
    const LENGTH_MAX: usize = 300;
    match text.char_indices().nth(LENGTH_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(f, "the text is larger than 2 MiB"),
            Self::NotJson(why) => write!(f, "this is not JSON: {why}"),
            Self::NotYaml(why) => write!(f, "this is not YAML: {why}"),
            Self::TerraformLanguage => write!(
                f,
                "this is Terraform's own language; give what `terraform show -json` prints, or a .tf.json file"
            ),
            Self::Unknown => write!(
                f,
                "this is no CloudFormation template, no Terraform JSON and no output of get-queue-attributes"
            ),
            Self::NoQueues(notes) => {
                write!(f, "there is no queue in it that can be made")?;
                match notes.first() {
                    Some(note) => write!(f, " ({}: {})", note.place, note.message),
                    None => Ok(()),
                }
            }
        }
    }
}

impl std::error::Error for ImportError {}
