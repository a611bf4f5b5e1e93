//! What a running command can reach: the shell's state, and whoever drives the shell.

use std::cell::{RefCell, RefMut};
use std::collections::{BTreeMap, VecDeque};
use std::future::{Future, poll_fn};
use std::rc::Rc;
use std::task::Poll;

use super::{FILE_BYTES_MAX, Step, Stream, TooLong};
use crate::sim::Time;
use crate::sqs::Error;
use crate::sqs::api::{Request, Response};

/// Commands that run at a stretch before the driver gets a turn.
const STRETCH: u32 = 500;

/// The most bytes that a command's output has when it becomes a word, a file or another's input.
pub(super) const CAPTURED_BYTES_MAX: usize = 4 * 1024 * 1024;

/// What a command waits for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Wait {
    /// The answer to a call.
    Call,
    /// A time.
    Sleep,
    /// The answer to this question.
    Line(String),
    /// Its next turn.
    Turn,
}

/// What it gets.
pub(super) enum Answer {
    Response(Box<Result<Response, Error>>),
    Time,
    Line(String),
    Turn,
}

/// A variable.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Variable {
    pub(super) value: String,
    pub(super) is_exported: bool,
}

/// What `aws configure` has been told.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Settings {
    /// By profile and name.
    pub(super) values: BTreeMap<(String, String), String>,
}

/// What outlives a command.
pub(super) struct State {
    pub(super) account: String,
    /// Of the playground; there is but this one.
    pub(super) region: String,
    pub(super) variables: BTreeMap<String, Variable>,
    pub(super) settings: Settings,
    pub(super) files: BTreeMap<String, Vec<u8>>,
    pub(super) history: Vec<String>,
    /// `$?`
    pub(super) status: u8,
    pub(super) now: Time,
    /// Whether it was said that there is but one region.
    pub(super) has_noted_region: bool,
    /// Whether a command has said more than can be kept.
    pub(super) has_overflown: bool,
}

impl State {
    pub(super) fn variable(&self, name: &str) -> Option<&str> {
        self.variables
            .get(name)
            .map(|variable| variable.value.as_str())
    }

    pub(super) fn set_variable(&mut self, name: &str, value: String) {
        self.variables.entry(name.to_owned()).or_default().value = value;
    }

    pub(super) fn add_file(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), TooLong> {
        let name = file_name(name);
        let others = self.files.iter().filter(|(other, _)| **other != name);
        let size: usize = others.map(|(_, bytes)| bytes.len()).sum();
        if size + bytes.len() > FILE_BYTES_MAX {
            return Err(TooLong {
                bytes_max: FILE_BYTES_MAX,
            });
        }
        self.files.insert(name, bytes);
        Ok(())
    }

    /// The file at this path.
    pub(super) fn file(&self, path: &str) -> Option<&[u8]> {
        self.files.get(&file_name(path)).map(Vec::as_slice)
    }
}

/// There are no folders: a file is known by the last part of its path.
pub(super) fn file_name(path: &str) -> String {
    let name = path.rsplit('/').find(|part| !part.is_empty());
    name.unwrap_or("file").to_owned()
}

/// A handle on all that.
#[derive(Clone)]
pub(super) struct Host {
    state: Rc<RefCell<State>>,
    mailbox: Rc<RefCell<Mailbox>>,
}

#[derive(Default)]
struct Mailbox {
    steps: VecDeque<Step>,
    wait: Option<Wait>,
    answer: Option<Answer>,
    /// Commands since the driver's last turn.
    stretch: u32,
}

impl Host {
    pub(super) fn new(account: &str, region: &str) -> Self {
        let mut state = State {
            account: account.to_owned(),
            region: region.to_owned(),
            variables: BTreeMap::new(),
            settings: Settings::default(),
            files: BTreeMap::new(),
            history: Vec::new(),
            status: 0,
            now: Time::from_ms(0),
            has_noted_region: false,
            has_overflown: false,
        };
        for (name, value) in [
            ("HOME", "/home/you"),
            ("PWD", "/home/you"),
            ("USER", "you"),
            ("SHELL", "/bin/bash"),
        ] {
            let variable = Variable {
                value: value.to_owned(),
                is_exported: true,
            };
            state.variables.insert(name.to_owned(), variable);
        }
        let key = ("default".to_owned(), "region".to_owned());
        state.settings.values.insert(key, region.to_owned());
        Self {
            state: Rc::new(RefCell::new(state)),
            mailbox: Rc::default(),
        }
    }

    /// The state; never held while a command waits.
    pub(super) fn state(&self) -> RefMut<'_, State> {
        self.state.borrow_mut()
    }

    /// Prints for the person.
    pub(super) fn print(&self, stream: Stream, text: &str) {
        if text.is_empty() {
            return;
        }
        let mut mailbox = self.mailbox.borrow_mut();
        if let Some(Step::Print {
            stream: last,
            text: said,
        }) = mailbox.steps.back_mut()
            && *last == stream
            && said.len() < 64 * 1024
        {
            said.push_str(text);
            return;
        }
        let text = text.to_owned();
        mailbox.steps.push_back(Step::Print { stream, text });
    }

    pub(super) fn push(&self, step: Step) {
        self.mailbox.borrow_mut().steps.push_back(step);
    }

    /// Makes a call.
    pub(super) async fn call(&self, request: Request) -> Result<Response, Error> {
        self.push(Step::Call(request));
        match self.wait_for(Wait::Call).await {
            Answer::Response(result) => *result,
            Answer::Time | Answer::Line(_) | Answer::Turn => {
                unreachable!("a call gets a response")
            }
        }
    }

    /// Lets time pass.
    pub(super) async fn sleep(&self, milliseconds: u64) {
        self.push(Step::Sleep { milliseconds });
        self.wait_for(Wait::Sleep).await;
    }

    /// Asks the person.
    pub(super) async fn ask(&self, prompt: String) -> String {
        self.push(Step::Ask {
            prompt: prompt.clone(),
        });
        match self.wait_for(Wait::Line(prompt)).await {
            Answer::Line(line) => line,
            Answer::Response(_) | Answer::Time | Answer::Turn => {
                unreachable!("a question gets a line")
            }
        }
    }

    /// Counts a command, and gives the driver a turn now and then.
    pub(super) async fn tick(&self) {
        let is_long = {
            let mut mailbox = self.mailbox.borrow_mut();
            mailbox.stretch += 1;
            mailbox.stretch >= STRETCH
        };
        if is_long {
            self.mailbox.borrow_mut().stretch = 0;
            self.push(Step::Again);
            self.wait_for(Wait::Turn).await;
        }
    }

    fn wait_for(&self, wait: Wait) -> impl Future<Output = Answer> {
        {
            let mut mailbox = self.mailbox.borrow_mut();
            if wait != Wait::Turn {
                mailbox.stretch = 0;
            }
            mailbox.wait = Some(wait);
            mailbox.answer = None;
        }
        let mailbox = Rc::clone(&self.mailbox);
        poll_fn(move |_| match mailbox.borrow_mut().answer.take() {
            Some(answer) => Poll::Ready(answer),
            None => Poll::Pending,
        })
    }

    // For the driver's side.

    pub(super) fn take_step(&self) -> Option<Step> {
        let step = self.mailbox.borrow_mut().steps.pop_front()?;
        if step == Step::Again && self.wait() == Some(Wait::Turn) {
            self.bring(Answer::Turn);
        }
        Some(step)
    }

    pub(super) fn wait(&self) -> Option<Wait> {
        self.mailbox.borrow().wait.clone()
    }

    pub(super) fn is_waiting(&self) -> bool {
        self.mailbox.borrow().wait.is_some()
    }

    /// The question that waits for its answer.
    pub(super) fn question(&self) -> Option<String> {
        if let Some(Wait::Line(prompt)) = self.wait() {
            Some(prompt)
        } else {
            None
        }
    }

    pub(super) fn bring(&self, answer: Answer) {
        let mut mailbox = self.mailbox.borrow_mut();
        mailbox.wait = None;
        mailbox.answer = Some(answer);
    }

    /// Forgets what was to be done, and says so.
    pub(super) fn interrupt(&self) {
        *self.mailbox.borrow_mut() = Mailbox::default();
        let mut state = self.state();
        state.status = 130;
        state.has_overflown = false;
        drop(state);
        self.print(Stream::Note, "^C\n");
    }
}
