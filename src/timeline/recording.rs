//! Recordings: a configuration and all inputs. A recording replays exactly, for ever.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::sim::Time;
use crate::world::{Config, ConfigError, Input};

/// What the JSON calls itself.
const FORMAT: &str = "sqs-playground-recording";
/// The version that is written. Older ones must stay readable.
const VERSION: u32 = 1;
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
    UnknownVersion(u32),
    /// The world breaks a limit.
    Config(ConfigError),
    /// More inputs than allowed.
    TooManyInputs,
    /// The input with this number, from 0, is before the one before it, or before the start.
    OutOfOrder(usize),
}

#[derive(Serialize)]
struct Written<'a> {
    format: &'a str,
    version: u32,
    config: &'a Config,
    inputs: &'a [Input],
}

#[derive(Deserialize)]
struct Header {
    #[serde(default)]
    format: String,
    #[serde(default)]
    version: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Version1 {
    #[serde(rename = "format")]
    _format: String,
    #[serde(rename = "version")]
    _version: u32,
    config: Config,
    inputs: Vec<Input>,
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
        let written = Written {
            format: FORMAT,
            version: VERSION,
            config: &self.config,
            inputs: &self.inputs,
        };
        serde_json::to_string(&written).expect("a recording has text keys only")
    }

    /// Reads what [`to_json`](Self::to_json) wrote, now or in the past.
    ///
    /// # Errors
    /// A [`RecordingError`] that says what is wrong with the text.
    pub fn from_json(text: &str) -> Result<Self, RecordingError> {
        let malformed = |error: serde_json::Error| RecordingError::Malformed(error.to_string());
        let header: Header = serde_json::from_str(text).map_err(malformed)?;
        if header.format != FORMAT {
            return Err(RecordingError::NotARecording);
        }
        if header.version != VERSION {
            return Err(RecordingError::UnknownVersion(header.version));
        }
        let Version1 { config, inputs, .. } = serde_json::from_str(text).map_err(malformed)?;
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
