//! The console: a terminal that takes commands of the AWS CLI as people paste them.
//!
//! A state machine without IO. It is handed text and answers, and says what it does next: print, make a call,
//! sleep, ask. It knows a small POSIX shell (`shell`), and the AWS CLI with the service SQS (`aws`), whose options,
//! outputs and errors are those of the real one; a test compares the two. It must never know a clock, a page, or a
//! service: calls are made by whoever drives it.
//!
//! Inside, a command is an `async` function that waits for what [`Shell::answer`] and its like bring. Nothing
//! schedules it but [`Shell::next`]; an interrupt drops it.

mod aws;
mod complete;
mod host;
mod shell;

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

pub use self::aws::who_you_are;
pub use self::complete::Completions;
use self::host::{Answer, Host, Wait};
use crate::sim::Time;
use crate::sqs::Error;
use crate::sqs::api::{Request, Response};

/// The most bytes that wait to be run.
pub const PENDING_BYTES_MAX: usize = 1024 * 1024;

/// The most bytes of all files together.
pub const FILE_BYTES_MAX: usize = 16 * 1024 * 1024;

/// The most commands that are remembered.
const HISTORY_MAX: usize = 1_000;

/// What the shell shows in front of a command.
pub const PROMPT: &str = "$ ";

/// What it shows in front of the rest of a command.
pub const PROMPT_MORE: &str = "> ";

/// Where printed text belongs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Stream {
    /// What a command has found out.
    Output,
    /// What it complains about.
    Error,
    /// A word of the playground's own.
    Note,
}

/// What the shell does next.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Step {
    /// This text appears behind its prompt, as if typed: a command that begins to run, or an answer. It may have
    /// several lines.
    Typed {
        /// What stands in front of it.
        prompt: String,
        /// Without the line break at its end.
        text: String,
    },
    /// This text appears; line breaks are in it.
    Print {
        /// Where it belongs.
        stream: Stream,
        /// Any text, of people and of messages too.
        text: String,
    },
    /// The screen is empty.
    Clear,
    /// A call is to be made; then comes [`Shell::answer`].
    Call(Request),
    /// Time is to pass; then comes [`Shell::woken`].
    Sleep {
        /// Of virtual time.
        milliseconds: u64,
    },
    /// A question; what is submitted next is its answer.
    Ask {
        /// With a space at its end.
        prompt: String,
    },
    /// It is busy, and was so long at a stretch: call [`Shell::next`] again, after whatever else has to be done.
    Again,
    /// It waits for what it has asked for: an answer, a time, or the answer to a question.
    Waiting,
    /// There is nothing to do: it wants a command, or the rest of one.
    Prompt {
        /// Whether what was submitted is the beginning of a command ([`Shell::pending`]).
        continues: bool,
    },
}

/// More text than the shell takes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct TooLong {
    /// What it would take.
    pub bytes_max: usize,
}

impl std::fmt::Display for TooLong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "That is more than {} KiB.", self.bytes_max / 1024)
    }
}

/// A terminal.
pub struct Shell {
    host: Host,
    /// What was submitted, run up to `read_up_to`.
    source: String,
    read_up_to: usize,
    /// Whether the rest of the source is the beginning of a command.
    is_incomplete: bool,
    running: Option<Pin<Box<dyn Future<Output = ()>>>>,
    history: Vec<String>,
}

impl Shell {
    /// A shell whose user has this account, 12 digits, and this region.
    pub fn new(account: &str, region: &str) -> Self {
        Self {
            host: Host::new(account, region),
            source: String::new(),
            read_up_to: 0,
            is_incomplete: false,
            running: None,
            history: Vec::new(),
        }
    }

    /// Takes text: one command, many, or the answer to a question. It is run after what was submitted before.
    ///
    /// # Errors
    /// If too much is waiting; nothing is taken then.
    pub fn submit(&mut self, text: &str) -> Result<(), TooLong> {
        if self.pending().len() + text.len() > PENDING_BYTES_MAX {
            return Err(TooLong {
                bytes_max: PENDING_BYTES_MAX,
            });
        }
        self.source.drain(..self.read_up_to);
        self.read_up_to = 0;
        self.source
            .push_str(&text.replace("\r\n", "\n").replace('\r', "\n"));
        if !self.source.ends_with('\n') {
            self.source.push('\n');
        }
        self.is_incomplete = false;
        Ok(())
    }

    /// What it does next. Asked again and again, until it waits or wants a command.
    #[expect(
        clippy::should_implement_trait,
        reason = "it never ends: after a prompt may come a command"
    )]
    pub fn next(&mut self) -> Step {
        loop {
            if let Some(step) = self.host.take_step() {
                return step;
            }
            if let Some(prompt) = self.host.question() {
                let Some(line) = self.take_line() else {
                    return Step::Waiting;
                };
                self.host.bring(Answer::Line(line.clone()));
                self.host.push(Step::Typed { prompt, text: line });
                continue;
            }
            if self.host.is_waiting() {
                return Step::Waiting;
            }
            let Some(task) = &mut self.running else {
                if self.begin() {
                    continue;
                }
                return Step::Prompt {
                    continues: self.is_incomplete,
                };
            };
            let mut context = Context::from_waker(Waker::noop());
            if let Poll::Ready(()) = task.as_mut().poll(&mut context) {
                self.running = None;
            }
        }
    }

    /// The answer to a call that it has made. Does nothing if none is awaited.
    pub fn answer(&mut self, result: Result<Response, Error>) {
        if self.host.wait() == Some(Wait::Call) {
            self.host.bring(Answer::Response(Box::new(result)));
        }
    }

    /// The time for which it sleeps has passed. Does nothing if it does not sleep.
    pub fn woken(&mut self) {
        if self.host.wait() == Some(Wait::Sleep) {
            self.host.bring(Answer::Time);
        }
    }

    /// Ends what runs, and forgets what waits to be run, as Ctrl-C does. A call that was not yet answered is the
    /// driver's to cancel.
    pub fn interrupt(&mut self) {
        self.running = None;
        self.host.interrupt();
        self.source.clear();
        self.read_up_to = 0;
        self.is_incomplete = false;
    }

    /// Tells it the time, for `date`.
    pub fn set_time(&mut self, now: Time) {
        self.host.state().now = now;
    }

    /// Keeps a file, for `file://` and `cat`, in place of one of the same name.
    ///
    /// # Errors
    /// If all files together would be too large.
    pub fn add_file(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), TooLong> {
        self.host.state().add_file(name, bytes)
    }

    /// The names of the files, in order.
    pub fn files(&self) -> Vec<String> {
        self.host.state().files.keys().cloned().collect()
    }

    /// What was submitted and does not run yet, or is the beginning of a command.
    pub fn pending(&self) -> &str {
        &self.source[self.read_up_to..]
    }

    /// Whether a command runs.
    pub fn is_busy(&self) -> bool {
        self.running.is_some()
    }

    /// The commands that were run, the oldest first.
    pub fn history(&self) -> &[String] {
        &self.history
    }

    /// What the word at the cursor can become. `cursor` is in bytes; `queue_urls` are those that there are.
    pub fn complete(&self, line: &str, cursor: usize, queue_urls: &[String]) -> Completions {
        complete::complete(&self.host.state(), line, cursor, queue_urls)
    }

    /// Begins the next command, if a whole one waits, and tells whether anything has happened.
    fn begin(&mut self) -> bool {
        if self.is_incomplete || self.pending().trim().is_empty() {
            self.read_up_to = self.source.len();
            return false;
        }
        let (length, program) = shell::parse(self.pending());
        let program = match program {
            Ok(program) => program,
            Err(shell::Problem::Incomplete) => {
                self.is_incomplete = true;
                return false;
            }
            Err(shell::Problem::Wrong(problem)) => {
                self.take_command(length);
                let text = format!("bash: {problem}\n");
                self.host.state().status = 2;
                self.host.push(Step::Print {
                    stream: Stream::Error,
                    text,
                });
                return true;
            }
        };
        self.take_command(length);
        self.host.state().history.clone_from(&self.history);
        self.running = Some(Box::pin(shell::run(self.host.clone(), program)));
        true
    }

    /// Shows and remembers the next command, of this many bytes.
    fn take_command(&mut self, length: usize) {
        let text = self.pending()[..length].trim().to_owned();
        self.read_up_to += length;
        if text.is_empty() {
            return;
        }
        self.host.push(Step::Typed {
            prompt: PROMPT.to_owned(),
            text: text.clone(),
        });
        if self.history.last() != Some(&text) {
            self.history.push(text);
        }
        if self.history.len() > HISTORY_MAX {
            self.history.remove(0);
        }
    }

    fn take_line(&mut self) -> Option<String> {
        let (line, _) = self.pending().split_once('\n')?;
        let line = line.to_owned();
        self.read_up_to += line.len() + 1;
        Some(line)
    }
}
