//! What a world is made from, and its limits.

use std::fmt;

use super::Program;
use crate::json::{AsMember, FillParsed, Member, Place, members};
use crate::sim::Time;
use crate::sqs::Mode;
use crate::sqs::api::Request;

/// Everything that a world is made from. With the inputs it determines a run.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Config {
    /// Makes the luck of a run; the same seed, the same luck.
    pub seed: u64,
    /// Where the virtual clock starts, in milliseconds since the Unix epoch.
    pub start: Time,
    /// The account, 12 digits.
    pub account: String,
    /// The region.
    pub region: String,
    /// What the standard queues are like.
    pub mode: Mode,
    /// Whether AWS's throughput quotas of FIFO queues are enforced.
    pub fifo_throttling: bool,
    /// The network between actors and service.
    pub network: NetworkConfig,
    /// Calls that are made at the start, by nobody's program.
    pub set_up: Vec<Request>,
    /// The actors.
    pub actors: Vec<ActorConfig>,
}

/// The network: each leg of a call takes a time within these bounds, each equally likely.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct NetworkConfig {
    /// The shortest leg, in milliseconds; at least 1, so that no program can loop in no time.
    pub latency_ms_min: u64,
    /// The longest leg, in milliseconds.
    pub latency_ms_max: u64,
}

/// An actor: a program with a name.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct ActorConfig {
    /// What people call it.
    pub name: String,
    /// It starts so many milliseconds after it came.
    pub start_after_ms: u64,
    /// What it does.
    pub program: Program,
}

members! {
    Config {
        seed required,
        start,
        account,
        region,
        mode,
        fifo_throttling,
        network,
        set_up,
        actors,
    }
    NetworkConfig {
        latency_ms_min required,
        latency_ms_max required,
    }
    ActorConfig {
        name required,
        start_after_ms,
        program required,
    }
}

impl AsMember for Time {
    /// Milliseconds.
    fn member(&self) -> Member<'_> {
        Member::Natural(self.as_ms())
    }

    fn place(&mut self) -> Place<'_> {
        Place::Number(self)
    }
}

impl FillParsed for Time {
    fn set(&mut self, digits: &str) -> bool {
        let mut ms = 0;
        let fits = FillParsed::set(&mut ms, digits);
        *self = Self::from_ms(ms);
        fits
    }
}

/// How large a world may be.
pub struct Limits;

impl Limits {
    /// Actors in a world.
    pub const ACTORS: usize = 64;
    /// Actors that a world has had, those that were removed included.
    pub const ACTORS_EVER: usize = 1000;
    /// Workers of a consumer.
    pub const CONCURRENCY: u32 = 10;
    /// Pollers of a Lambda function.
    pub const POLLERS: u32 = 100;
    /// Messages of which the world remembers that they were worked on.
    pub const WORKED: usize = 8000;
    /// Calls of a set-up, steps of a script, and bodies of a producer.
    pub const STEPS: usize = 1000;
    /// How often a script repeats a step.
    pub const REPEATS: u32 = 1_000_000;
    /// The longest pause, work or start delay, in milliseconds: thirty days.
    pub const PAUSE_MS: u64 = 30 * 86_400_000;
    /// The longest leg of the network, in milliseconds.
    pub const LATENCY_MS: u64 = 60_000;
    /// What an outside program waits for at the same time: wake-ups and answers.
    pub const OUTSIDE_WAITS: usize = 256;
    /// The longest wait of an outside program, in milliseconds: a hundred years.
    pub const WAIT_MS: u64 = 100 * 365 * 86_400_000;
    /// The longest text about the end of an outside program, and the longest name of a file, in characters.
    pub const NOTE: usize = 500;
    /// The longest name of an actor, in characters.
    pub const NAME: usize = 80;
    /// The last instant at which a world may start, in milliseconds since the epoch: the year 5138.
    pub const START_MS: u64 = 100_000_000_000_000;
}

/// A configuration that breaks a limit.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ConfigError {
    /// A number is outside of its range.
    OutOfRange {
        /// Which.
        what: &'static str,
        /// The least allowed.
        least: u64,
        /// The most allowed.
        most: u64,
    },
    /// The account is not 12 digits.
    Account,
    /// A region is letters, digits and hyphens.
    Region,
}

impl Default for NetworkConfig {
    /// A client in the same region as its queue: 10 to 30 ms each way.
    fn default() -> Self {
        Self {
            latency_ms_min: 10,
            latency_ms_max: 30,
        }
    }
}

impl Config {
    /// An empty world with this seed.
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            start: default_start(),
            account: default_account(),
            region: default_region(),
            mode: Mode::default(),
            fifo_throttling: false,
            network: NetworkConfig::default(),
            set_up: Vec::new(),
            actors: Vec::new(),
        }
    }

    /// Whether this can be a world.
    ///
    /// # Errors
    /// The first limit that it breaks.
    pub fn check(&self) -> Result<(), ConfigError> {
        if self.account.len() != 12 || !self.account.bytes().all(|b| b.is_ascii_digit()) {
            return Err(ConfigError::Account);
        }
        let region_letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if self.region.is_empty()
            || self.region.len() > 32
            || !self.region.bytes().all(region_letter)
        {
            return Err(ConfigError::Region);
        }
        within("start", self.start.as_ms(), 0, Limits::START_MS)?;
        within(
            "latency_ms_min",
            self.network.latency_ms_min,
            1,
            Limits::LATENCY_MS,
        )?;
        let least = self.network.latency_ms_min;
        within(
            "latency_ms_max",
            self.network.latency_ms_max,
            least,
            Limits::LATENCY_MS,
        )?;
        within("set_up", self.set_up.len() as u64, 0, Limits::STEPS as u64)?;
        within("actors", self.actors.len() as u64, 0, Limits::ACTORS as u64)?;
        self.actors.iter().try_for_each(ActorConfig::check)
    }
}

impl ActorConfig {
    /// Whether this can be an actor.
    ///
    /// # Errors
    /// The first limit that it breaks.
    pub fn check(&self) -> Result<(), ConfigError> {
        check_name(&self.name)?;
        within("start_after_ms", self.start_after_ms, 0, Limits::PAUSE_MS)?;
        self.program.check()
    }
}

/// Whether this can be an actor's name.
pub(super) fn check_name(name: &str) -> Result<(), ConfigError> {
    let length = name.chars().count() as u64;
    within("name", length, 1, Limits::NAME as u64)
}

pub(super) fn within(
    what: &'static str,
    value: u64,
    least: u64,
    most: u64,
) -> Result<(), ConfigError> {
    if (least..=most).contains(&value) {
        Ok(())
    } else {
        Err(ConfigError::OutOfRange { what, least, most })
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfRange { what, least, most } => {
                write!(f, "{what} must be from {least} to {most}")
            }
            Self::Account => write!(f, "account must be 12 digits"),
            Self::Region => {
                write!(
                    f,
                    "region must be 1 to 32 lower-case letters, digits and hyphens"
                )
            }
        }
    }
}

impl std::error::Error for ConfigError {}

/// 2026-01-01T00:00:00 UTC.
fn default_start() -> Time {
    Time::from_ms(1_767_225_600_000)
}

/// The account of AWS's own examples.
fn default_account() -> String {
    "123456789012".into()
}

fn default_region() -> String {
    "us-east-1".into()
}
