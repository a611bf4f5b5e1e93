//! Documents: a run as a file holds it, versioned JSON. `docs/schema` describes both kinds.
//!
//! A recording's file is the recording with two members more: where the playhead stood, and the
//! scenario that the run came from, without its world, which is the recording's configuration.

use std::fmt;

use crate::json::{self, AsMember, Json};
use crate::scenario::{Scenario, ScenarioError};
use crate::sim::Time;
use crate::sqs::api::Caller;
use crate::timeline::{Recording, RecordingError};
use crate::world::{Ending, Input, InputKind, OutsideEnd, Program};

/// What a scenario's file calls itself.
const SCENARIO_FORMAT: &str = "sqs-playground-scenario";
/// The version of a scenario's file that is written. Older ones must stay readable.
const SCENARIO_VERSION: u64 = 1;
/// The largest file, in bytes.
const BYTES_MAX: usize = 64 << 20;
/// The furthest that a playhead may be from the start, in milliseconds: a hundred years.
const PLAYHEAD_MS_MAX: u64 = 36_500 * 86_400_000;

/// A run, and where we were in it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Document {
    /// The run.
    pub recording: Recording,
    /// The scenario that it came from, with the recording's configuration as its world.
    pub scenario: Option<Scenario>,
    /// Where the playhead stands.
    pub at: Time,
}

/// A text that is not a document.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum DocumentError {
    /// More text than is looked at.
    TooLarge,
    /// Not JSON; the text says where.
    Malformed(String),
    /// JSON of another kind.
    NotADocument,
    /// A scenario of a version that this program does not know.
    UnknownVersion(String),
    /// A recording with something wrong.
    Recording(RecordingError),
    /// A scenario with something wrong.
    Scenario(ScenarioError),
    /// A playhead that stands nowhere in the run.
    Playhead,
}

impl Document {
    /// A recording at its start.
    pub fn new(recording: Recording) -> Self {
        Self {
            at: recording.config.start,
            recording,
            scenario: None,
        }
    }

    /// A scenario to which nothing has happened yet.
    pub fn of_scenario(scenario: Scenario) -> Self {
        Self {
            scenario: Some(scenario.clone()),
            ..Self::new(Recording::new(scenario.world))
        }
    }

    /// The document as JSON: a recording's file.
    pub fn to_json(&self) -> String {
        json::compact(&self.to_value().member())
    }

    /// Reads a recording's file or a scenario's, as it is written now or was in the past.
    ///
    /// # Errors
    /// A [`DocumentError`] that says what is wrong with the text.
    pub fn from_json(text: &str) -> Result<Self, DocumentError> {
        if text.len() > BYTES_MAX {
            return Err(DocumentError::TooLarge);
        }
        let value = json::parse(text.trim_start_matches('\u{feff}'));
        Self::from_value(value.map_err(|error| DocumentError::Malformed(error.to_string()))?)
    }

    /// Puts the playhead to an instant.
    ///
    /// # Errors
    /// [`DocumentError::Playhead`] if that is before the start, or more than a hundred years after it.
    pub fn stand_at(&mut self, at: Time) -> Result<(), DocumentError> {
        let start = self.recording.config.start;
        if at < start || at.since(start).as_ms() > PLAYHEAD_MS_MAX {
            return Err(DocumentError::Playhead);
        }
        self.at = at;
        Ok(())
    }

    /// Ends the scripts that ran when the document was made: they do not run where it is opened.
    pub fn end_scripts(&mut self) {
        let recording = &mut self.recording;
        let mut newest = recording.config.actors.len() as u32;
        let mut live = Vec::new();
        for input in &recording.inputs {
            match &input.kind {
                InputKind::AddActor(actor) => {
                    newest += 1;
                    if matches!(actor.program, Program::Outside(_)) {
                        live.push(Caller(newest));
                    }
                }
                InputKind::RemoveActor(caller)
                | InputKind::OutsideEnd(OutsideEnd { caller, .. }) => {
                    live.retain(|other| other != caller);
                }
                InputKind::Call(_)
                | InputKind::SetProgram(_)
                | InputKind::SetRunning(_)
                | InputKind::RenameActor(_)
                | InputKind::CancelCall(_)
                | InputKind::OutsideCall(_)
                | InputKind::OutsideWait(_)
                | InputKind::OutsideStopWait(_) => {}
            }
        }
        let last = recording.inputs.last().map(|input| input.at);
        let at = self.at.max(last.unwrap_or(self.at));
        recording
            .inputs
            .extend(live.into_iter().map(|caller| Input {
                at,
                kind: InputKind::OutsideEnd(OutsideEnd {
                    caller,
                    how: Ending::Killed,
                    why: None,
                }),
            }));
    }

    pub(super) fn to_value(&self) -> Json {
        let Json::Object(mut members) = read_again(&self.recording.to_json()) else {
            unreachable!("a recording is an object");
        };
        // Before the inputs, so that people see it.
        let inputs = members.pop();
        if let Some(scenario) = &self.scenario {
            let mut card = read_again(&json::compact(&scenario.member()));
            take(&mut card, "world");
            members.push(("scenario".into(), card));
        }
        let at = self.at.as_ms().to_string();
        members.push(("at".into(), Json::Number(at)));
        members.extend(inputs);
        Json::Object(members)
    }

    pub(super) fn from_value(mut value: Json) -> Result<Self, DocumentError> {
        let is_unmarked = value.get("format").is_none() && value.get("world").is_some();
        match value.get("format").and_then(Json::as_text) {
            Some(SCENARIO_FORMAT) => scenario_file(value),
            // As the library's are.
            None if is_unmarked => scenario_file(value),
            _ => {
                let card = take(&mut value, "scenario");
                let at = take(&mut value, "at");
                let config = value.get("config").cloned();
                let recording = Recording::from_json(&json::compact(&value.member()));
                let recording = recording.map_err(|error| {
                    if error == RecordingError::NotARecording {
                        DocumentError::NotADocument
                    } else {
                        DocumentError::Recording(error)
                    }
                })?;
                let scenario = match (card, config) {
                    (Some(card), Some(config)) => Some(scenario(card, Some(config))?),
                    _ => None,
                };
                let mut document = Self {
                    scenario,
                    ..Self::new(recording)
                };
                match at {
                    None => {}
                    Some(Json::Number(digits)) => {
                        let ms = digits.parse().map_err(|_| DocumentError::Playhead)?;
                        document.stand_at(Time::from_ms(ms))?;
                    }
                    Some(_) => return Err(DocumentError::Playhead),
                }
                Ok(document)
            }
        }
    }
}

/// A scenario as a file of its own, which [`Document::from_json`] reads.
pub fn scenario_to_json(scenario: &Scenario) -> String {
    let Json::Object(members) = read_again(&json::compact(&scenario.member())) else {
        unreachable!("a scenario is an object");
    };
    let mut file = vec![
        ("format".into(), Json::Text(SCENARIO_FORMAT.into())),
        ("version".into(), Json::Number(SCENARIO_VERSION.to_string())),
    ];
    file.extend(members);
    json::pretty(&Json::Object(file).member())
}

fn scenario_file(mut value: Json) -> Result<Document, DocumentError> {
    take(&mut value, "format");
    match take(&mut value, "version") {
        None => {}
        Some(Json::Number(version)) if version == SCENARIO_VERSION.to_string() => {}
        Some(version) => {
            let version = json::compact(&version.member());
            return Err(DocumentError::UnknownVersion(version));
        }
    }
    scenario(value, None).map(Document::of_scenario)
}

fn scenario(mut card: Json, world: Option<Json>) -> Result<Scenario, DocumentError> {
    if let (Json::Object(members), Some(world)) = (&mut card, world) {
        members.push(("world".into(), world));
    }
    Scenario::from_json(&json::compact(&card.member())).map_err(DocumentError::Scenario)
}

/// Takes a member out of an object; all of this name, of which the last counts.
fn take(value: &mut Json, name: &str) -> Option<Json> {
    let Json::Object(members) = value else {
        return None;
    };
    let mut taken = None;
    members.retain_mut(|(other, member)| {
        let is_it = other == name;
        if is_it {
            taken = Some(std::mem::replace(member, Json::Null));
        }
        !is_it
    });
    taken
}

fn read_again(text: &str) -> Json {
    json::parse(text).expect("what was just written can be read")
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(f, "the file has more than {} MiB", BYTES_MAX >> 20),
            Self::Malformed(why) => write!(f, "the file is not JSON: {why}"),
            Self::NotADocument => {
                write!(
                    f,
                    "this is neither a recording nor a scenario of the playground"
                )
            }
            Self::UnknownVersion(version) => {
                write!(
                    f,
                    "the scenario has version {version}; known is {SCENARIO_VERSION}"
                )
            }
            Self::Recording(error) => error.fmt(f),
            Self::Scenario(error) => error.fmt(f),
            Self::Playhead => write!(f, "the playhead (\"at\") stands nowhere in the run"),
        }
    }
}

impl std::error::Error for DocumentError {}
