//! The same run with other settings: what would have been.

use std::fmt;
use std::sync::Arc;

use super::Recording;
use crate::json::{self, AsMember, Json};
use crate::sqs::Mode;
use crate::sqs::api::{CreateQueueRequest, Request};
use crate::world::{ConfigError, InputKind, Program};

/// A setting that is other than in the recording, from the start of the run on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Change {
    /// The luck of the run.
    Seed(u64),
    /// What standard queues are like.
    Mode(Mode),
    /// An attribute with which a queue is created; AWS's default if the value is empty.
    Attribute {
        /// The queue's name.
        queue: String,
        /// The attribute, as AWS spells it.
        name: String,
        /// Its value.
        value: String,
    },
    /// A setting of an actor's program; left out if the value is empty.
    Program {
        /// The actor's name.
        actor: String,
        /// The setting, as the JSON of programs spells it.
        setting: String,
        /// Its value: JSON, or a text as it is.
        value: String,
    },
}

/// A change that can't be made.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ChangeError {
    /// The recording creates no queue of this name.
    NoSuchQueue(String),
    /// The recording has no actor of this name.
    NoSuchActor(String),
    /// The program does not take this setting with this value; the text says why.
    Program(String),
    /// The program breaks a limit.
    Config(ConfigError),
}

impl Recording {
    /// The recording with these settings changed: the same inputs, in another world.
    ///
    /// # Errors
    /// The first change that can't be made. Whether AWS takes an attribute shows when the queue is
    /// created.
    pub fn variant(&self, changes: &[Change]) -> Result<Self, ChangeError> {
        let mut variant = self.clone();
        for change in changes {
            variant.apply(change)?;
        }
        Ok(variant)
    }

    fn apply(&mut self, change: &Change) -> Result<(), ChangeError> {
        match change {
            Change::Seed(seed) => self.config.seed = *seed,
            Change::Mode(mode) => self.config.mode = *mode,
            Change::Attribute { queue, name, value } => {
                let mut found = false;
                for request in self.creations_of(queue) {
                    found = true;
                    request.attributes.remove(name);
                    if !value.is_empty() {
                        request.attributes.insert(name.clone(), value.clone());
                    }
                }
                if !found {
                    return Err(ChangeError::NoSuchQueue(queue.clone()));
                }
            }
            Change::Program {
                actor,
                setting,
                value,
            } => {
                let program = self
                    .program_of(actor)
                    .ok_or_else(|| ChangeError::NoSuchActor(actor.clone()))?;
                *program = changed(program, setting, value)?;
            }
        }
        Ok(())
    }

    /// The requests that create a queue of this name.
    fn creations_of<'a>(
        &'a mut self,
        queue: &'a str,
    ) -> impl Iterator<Item = &'a mut CreateQueueRequest> {
        let inputs = self.inputs.iter_mut().filter_map(|input| {
            if let InputKind::Call(request) = &mut input.kind {
                Some(Arc::make_mut(request))
            } else {
                None
            }
        });
        let requests = self.config.set_up.iter_mut().chain(inputs);
        requests.filter_map(move |request| {
            if let Request::CreateQueue(create) = request
                && create.queue_name.as_deref() == Some(queue)
            {
                Some(create)
            } else {
                None
            }
        })
    }

    fn program_of(&mut self, name: &str) -> Option<&mut Program> {
        let added = self.inputs.iter_mut().filter_map(|input| {
            if let InputKind::AddActor(actor) = &mut input.kind {
                Some(actor)
            } else {
                None
            }
        });
        let mut actors = self.config.actors.iter_mut().chain(added);
        let actor = actors.find(|actor| actor.name == name)?;
        Some(&mut actor.program)
    }
}

/// The program with another value of one setting.
fn changed(program: &Program, setting: &str, value: &str) -> Result<Program, ChangeError> {
    let misfit = |why: &dyn fmt::Display| ChangeError::Program(why.to_string());
    let text = json::compact(&program.member());
    let Ok(Json::Object(mut kinds)) = json::parse(&text) else {
        unreachable!("a program is an object with its kind")
    };
    if let Some((_, Json::Object(settings))) = kinds.first_mut() {
        settings.retain(|(name, _)| name != setting);
        if !value.is_empty() {
            let given = json::parse(value).unwrap_or_else(|_| Json::Text(value.into()));
            settings.push((setting.into(), given));
        }
    }
    let mut changed = Program::default();
    json::fill(changed.place(), Json::Object(kinds)).map_err(|why| misfit(&why))?;
    changed.check().map_err(ChangeError::Config)?;
    Ok(changed)
}

impl fmt::Display for ChangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchQueue(name) => write!(f, "this run creates no queue `{name}`"),
            Self::NoSuchActor(name) => write!(f, "this run has no actor `{name}`"),
            Self::Program(why) => f.write_str(why),
            Self::Config(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ChangeError {}
