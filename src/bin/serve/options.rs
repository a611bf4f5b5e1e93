//! The command line.

use std::ffi::OsString;
use std::time::Duration;

use lexopt::prelude::*;
use sqs_playground::sqs::Mode;

/// What `--help` prints.
pub(crate) const USAGE: &str = "\
serve: Amazon SQS on a local port, for development and tests

  --port N             listen on 127.0.0.1:N; 0 picks a free port; 9324 if left out
  --account DIGITS     the account, 12 digits; 000000000000 if left out
  --clock real         time passes (the default)
  --clock virtual      time stands still at 2026-01-01T00:00:00Z until it is moved:
                         POST /_clock/advance {\"seconds\": 43200}
                         POST /_clock/advance {\"until\": \"next-event\"}
  --mode strict        a standard queue gives what it has, oldest first (the default)
  --mode aws-like      it is made of partitions: short batches, some order lost, empty short polls
  --mode chaos         and messages come twice, and deletes are lost
  --fifo-throttling    FIFO queues refuse more than AWS's calls a second
  --seed N             makes all that is random repeat; 0 if left out
  --timeout SECONDS    for a request's head, for its body, and for an idle connection; 60 if left out

Point any AWS SDK's endpoint URL at it. AWS JSON 1.0 and the legacy query protocol are spoken; credentials are
not checked and may be missing. Queues are separate per region (of the signature, else us-east-1) and per account
(of an access key of 12 digits, else of --account). Queue URLs name the host of the request; on the way in any
host, and a bare name, will do.

  GET  /_clock         the time, the next event, and how many calls wait
  POST /_reset         forgets everything, as if just started

Limits: 2 MiB a body (413), 100 headers and 400 KiB a head (431), 1,024 connections (more wait), 1,000 worlds of
account and region (503).
";

/// How to serve.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Options {
    /// On 127.0.0.1; 0 picks one.
    pub(crate) port: u16,
    /// Twelve digits.
    pub(crate) account: String,
    /// Which time it is.
    pub(crate) clock: ClockKind,
    /// What standard queues are like.
    pub(crate) mode: Mode,
    /// Whether FIFO queues have AWS's quotas of calls a second.
    pub(crate) fifo_throttling: bool,
    /// From which all random numbers follow.
    pub(crate) seed: u64,
    /// For heads, bodies and idle connections.
    pub(crate) timeout: Duration,
}

/// Which clock to serve by.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum ClockKind {
    /// The system's.
    Real,
    /// One that stands still until it is moved.
    Virtual,
}

/// What the command line asks for.
#[derive(Debug, Eq, PartialEq)]
pub(crate) enum Parsed {
    /// The usage.
    Help,
    /// To serve.
    Run(Options),
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 9324,
            account: "000000000000".to_owned(),
            clock: ClockKind::Real,
            mode: Mode::Strict,
            fifo_throttling: false,
            seed: 0,
            timeout: Duration::from_secs(60),
        }
    }
}

impl Options {
    /// Reads the command line, without the program's name.
    ///
    /// # Errors
    /// If an option is not known, or a value is missing or malformed.
    pub(crate) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Parsed, lexopt::Error> {
        let mut options = Self::default();
        let mut parser = lexopt::Parser::from_args(args);
        while let Some(arg) = parser.next()? {
            match arg {
                Long("port") => options.port = parser.value()?.parse()?,
                Long("account") => options.account = account(parser.value()?.string()?)?,
                Long("clock") => options.clock = parser.value()?.parse_with(clock)?,
                Long("mode") => options.mode = parser.value()?.parse_with(mode)?,
                Long("fifo-throttling") => options.fifo_throttling = true,
                Long("seed") => options.seed = parser.value()?.parse()?,
                Long("timeout") => {
                    options.timeout = Duration::from_secs(parser.value()?.parse_with(seconds)?);
                }
                Short('h') | Long("help") => return Ok(Parsed::Help),
                Short(_) | Long(_) | Value(_) => return Err(arg.unexpected()),
            }
        }
        Ok(Parsed::Run(options))
    }
}

fn account(text: String) -> Result<String, String> {
    if text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(text)
    } else {
        Err(format!("an account has 12 digits, `{text}` has not"))
    }
}

fn clock(text: &str) -> Result<ClockKind, &'static str> {
    match text {
        "real" => Ok(ClockKind::Real),
        "virtual" => Ok(ClockKind::Virtual),
        _ => Err("the clock is real or virtual"),
    }
}

fn mode(text: &str) -> Result<Mode, &'static str> {
    text.parse()
        .map_err(|_| "the mode is strict, aws-like or chaos")
}

fn seconds(text: &str) -> Result<u64, &'static str> {
    match text.parse() {
        Ok(seconds @ 1..=86_400) => Ok(seconds),
        Ok(_) | Err(_) => Err("a time-out is from 1 to 86400 seconds"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Parsed, String> {
        let words = line.split_whitespace().map(OsString::from);
        Options::parse(words).map_err(|error| error.to_string())
    }

    #[test]
    fn options_are_read() {
        assert_eq!(parse(""), Ok(Parsed::Run(Options::default())));
        let all = "--port 0 --account 123456789012 --clock virtual --mode aws-like --fifo-throttling --seed 7 --timeout 5";
        let options = Options {
            port: 0,
            account: "123456789012".to_owned(),
            clock: ClockKind::Virtual,
            mode: Mode::AwsLike,
            fifo_throttling: true,
            seed: 7,
            timeout: Duration::from_secs(5),
        };
        assert_eq!(parse(all), Ok(Parsed::Run(options)));
        assert_eq!(parse("--seed 1 -h"), Ok(Parsed::Help));
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (line, text) in [
            ("--account 12", "12 digits"),
            ("--clock fast", "real or virtual"),
            ("--mode wild", "strict, aws-like or chaos"),
            ("--timeout 0", "from 1 to"),
            ("--port 70000", "70000"),
            ("--ports 1", "--ports"),
            ("x", "x"),
        ] {
            let error = parse(line).expect_err("it is wrong");
            assert!(error.contains(text), "{line}: {error}");
        }
    }
}
