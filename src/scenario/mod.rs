//! Scenarios: worlds to start from, as data.
//!
//! The files lie in `static/scenarios`; each is a world's configuration with a title and a point
//! to make. A switch swaps one actor's program for another while the world runs. `build.rs` takes the
//! white space out of what is compiled in.

mod scripts;

use std::fmt;

use crate::json::{self, AsMember, members};
use crate::sim::{Span, Time};
use crate::world::{Config, ConfigError, Program};
pub use scripts::{Script, scripts_of};

/// A world to start from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Scenario {
    /// Names it in links and tests.
    pub id: String,
    /// The heading under which it is listed, with those next to it that have the same.
    pub group: String,
    /// What people call it.
    pub title: String,
    /// Its point, in one sentence.
    pub point: String,
    /// What there is to see, in a few sentences.
    pub text: String,
    /// By then everything that it shows has been seen.
    pub length_seconds: u64,
    /// The world.
    pub world: Config,
    /// What can be switched while it runs.
    pub switches: Vec<Switch>,
}

/// Another program for one actor.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Switch {
    /// What it does, as a label.
    pub label: String,
    /// The actor's name.
    pub actor: String,
    /// Its program while the switch is on; off, it has the one of the world.
    pub program: Program,
}

members! {
    Scenario {
        id required,
        group required,
        title required,
        point required,
        text required,
        length_seconds required,
        world required,
        switches,
    }
    Switch {
        label required,
        actor required,
        program required,
    }
}

/// A file that is not a scenario.
#[derive(Clone, Eq, PartialEq)]
pub enum ScenarioError {
    /// Not JSON, or not of the right shape; the text says where.
    Malformed(String),
    /// The world breaks a limit.
    Config(ConfigError),
    /// A switch names an actor that the world has not, or changes its kind of program.
    Switch(String),
}

/// A scenario as it is listed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Listed<'a> {
    /// Names it in links and tests.
    pub id: &'a str,
    /// The heading under which it is listed.
    pub group: &'a str,
    /// What people call it.
    pub title: &'a str,
}

macro_rules! file {
    ($id:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/scenarios/", $id, ".json"))
    };
}

macro_rules! listed {
    ($id:literal) => {
        include!(concat!(env!("OUT_DIR"), "/scenarios/", $id, ".rs"))
    };
}

/// The files of these names, as the build left them, and what is listed of them.
macro_rules! library {
    ($first:literal, $($id:literal),*) => {
        /// The scenarios that come with the playground, as they are listed.
        pub const LISTED: &[Listed<'static>] = &[listed!($first), $(listed!($id)),*];

        const FIRST: &str = file!($first);
        const FILES: &[&str] = &[FIRST, $(file!($id)),*];
    };
}

// In the order in which to meet them.
library! {
    "first-queue",
    "list-and-prefix",
    "first-messages",
    "delay-queue",
    "purge",
    "slow-and-fast",
    "side-by-side",
    "queue-status",
    "noisy-neighbour",
    "worker-threads",
    "fifo",
    "fifo-deduplication",
    "fifo-late-delete",
    "visibility-timeout",
    "at-least-once",
    "poison-pill",
    "redrive",
    "lambda-batch",
    "long-and-short-polls",
    "empty-receives",
    "batch-and-single"
}

/// The scenarios that come with the playground, in the order in which to meet them: those of a group
/// together.
pub fn library() -> Vec<Scenario> {
    FILES.iter().map(|text| read(text)).collect()
}

/// The scenario of the first play.
pub fn first() -> Scenario {
    read(FIRST)
}

/// The scenario at this place of the library.
pub fn nth(place: usize) -> Option<Scenario> {
    FILES.get(place).map(|text| read(text))
}

/// The scenario with this id, and its place in the library.
pub fn find(id: &str) -> Option<(usize, Scenario)> {
    let place = LISTED.iter().position(|listed| listed.id == id)?;
    Some((place, nth(place)?))
}

/// The place in the library of a scenario that may have been opened with another seed, or in another mode.
pub fn place_of(scenario: &Scenario) -> Option<usize> {
    let (place, mut known) = find(&scenario.id)?;
    known.world.seed = scenario.world.seed;
    known.world.mode = scenario.world.mode;
    (known == *scenario).then_some(place)
}

fn read(text: &str) -> Scenario {
    Scenario::from_json(text).expect("a test reads every file of the library")
}

impl Scenario {
    /// Reads a scenario file.
    ///
    /// # Errors
    /// A [`ScenarioError`] that says what is wrong with it.
    pub fn from_json(text: &str) -> Result<Self, ScenarioError> {
        let malformed = |why: &dyn fmt::Display| ScenarioError::Malformed(why.to_string());
        let value = json::parse(text).map_err(|error| malformed(&error))?;
        let mut scenario = Self {
            id: String::new(),
            group: String::new(),
            title: String::new(),
            point: String::new(),
            text: String::new(),
            length_seconds: 0,
            world: Config::new(0),
            switches: Vec::new(),
        };
        json::fill(scenario.place(), value).map_err(|misfit| malformed(&misfit))?;
        scenario.world.check().map_err(ScenarioError::Config)?;
        for switch in &scenario.switches {
            switch.program.check().map_err(ScenarioError::Config)?;
            let mut actors = scenario.world.actors.iter();
            let actor = actors.find(|actor| actor.name == switch.actor);
            if actor.is_none_or(|actor| !actor.program.same_kind(&switch.program)) {
                return Err(ScenarioError::Switch(switch.label.clone()));
            }
        }
        Ok(scenario)
    }

    /// As it is listed.
    pub fn listed(&self) -> Listed<'_> {
        Listed {
            id: &self.id,
            group: &self.group,
            title: &self.title,
        }
    }

    /// When everything has been seen.
    pub fn end(&self) -> Time {
        self.world.start + Span::from_secs(self.length_seconds)
    }
}

/// As it reads: what would be derived is a lot of code in the page.
impl fmt::Debug for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(why) => write!(f, "the scenario can't be read: {why}"),
            Self::Config(error) => error.fmt(f),
            Self::Switch(label) => write!(f, "the switch \"{label}\" fits no actor"),
        }
    }
}

impl std::error::Error for ScenarioError {}
