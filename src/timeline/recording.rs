//! Recordings: a configuration and all inputs. A recording replays exactly, for ever.

use std::fmt;

use crate::json::{self, AsMember, Json, Member, members};
use crate::sim::Time;
use crate::world::{Config, ConfigError, Input};

/// What the JSON calls itself.
const FORMAT: &str = "sqs-playground-recording";
/// The version that is written. Older ones must stay readable.
const VERSION: u64 = 1;
/// The most inputs that a recording may have.
const INPUTS_MAX: usize = 1_000_000;

/// A configuration and all inputs, in the order of their instants.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Recording {
    /// What the world is made from.
    pub config: Config,
    /// What came from outside.
    pub inputs: Vec<Input>,
}

/// A text that is not a recording.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum RecordingError {
    /// Not JSON, or not of the right shape; the text says where.
    Malformed(String),
    /// JSON of another kind.
    NotARecording,
    /// Of a version that this program does not know.
    UnknownVersion(u64),
    /// The world breaks a limit.
    Config(ConfigError),
    /// More inputs than allowed.
    TooManyInputs,
    /// The input with this number, from 0, is before the one before it, or before the start.
    OutOfOrder(usize),
}

/// A recording as it is written since version 1.
struct Version1 {
    format: String,
    version: u64,
    config: Config,
    inputs: Vec<Input>,
}

members! {
    Version1 {
        format required,
        version required,
        config required,
        inputs required,
    }
}

impl Recording {
    /// A recording to which nothing has happened yet.
    pub fn new(config: Config) -> Self {
        Self {
            config,
            inputs: Vec::new(),
        }
    }

    /// The recording as JSON.
    pub fn to_json(&self) -> String {
        json::compact(&Member::Map(vec![
            ("format", Member::Text(FORMAT)),
            ("version", Member::Natural(VERSION)),
            ("config", self.config.member()),
            ("inputs", self.inputs.present()),
        ]))
    }

    /// Reads what [`to_json`](Self::to_json) wrote, now or in the past.
    ///
    /// # Errors
    /// A [`RecordingError`] that says what is wrong with the text.
    pub fn from_json(text: &str) -> Result<Self, RecordingError> {
        let malformed = |why: &dyn fmt::Display| RecordingError::Malformed(why.to_string());
        let value = json::parse(text).map_err(|error| malformed(&error))?;
        if value.get("format").and_then(Json::as_text) != Some(FORMAT) {
            return Err(RecordingError::NotARecording);
        }
        let mut read = Version1 {
            format: String::new(),
            version: 0,
            config: Config::new(0),
            inputs: Vec::new(),
        };
        if let Some(version) = value.get("version") {
            let place = read.version.place();
            json::fill(place, version.clone()).map_err(|misfit| malformed(&misfit))?;
        }
        if read.version != VERSION {
            return Err(RecordingError::UnknownVersion(read.version));
        }
        json::fill(read.place(), value).map_err(|misfit| malformed(&misfit))?;
        let Version1 { config, inputs, .. } = read;
        config.check().map_err(RecordingError::Config)?;
        if inputs.len() > INPUTS_MAX {
            return Err(RecordingError::TooManyInputs);
        }
        let mut before: Time = config.start;
        for (index, input) in inputs.iter().enumerate() {
            if input.at < before {
                return Err(RecordingError::OutOfOrder(index));
            }
            before = input.at;
        }
        Ok(Self { config, inputs })
    }
}

impl fmt::Display for RecordingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(why) => write!(f, "the recording can't be read: {why}"),
            Self::NotARecording => write!(f, "this is not a recording of the playground"),
            Self::UnknownVersion(version) => {
                write!(f, "the recording has version {version}; known is {VERSION}")
            }
            Self::Config(error) => error.fmt(f),
            Self::TooManyInputs => write!(f, "a recording has at most {INPUTS_MAX} inputs"),
            Self::OutOfOrder(index) => write!(f, "input {index} is out of order"),
        }
    }
}

impl std::error::Error for RecordingError {}
