//! Drives a shell with a service and a clock, in no time.

use sqs_playground::console::{Shell, Step, Stream};
use sqs_playground::sim::{Span, Time, digest_of};
use sqs_playground::sqs::api::{CallId, Caller, Request, Response};
use sqs_playground::sqs::{Config, Error, Outbox, Service};
use sqs_playground::wire::move_queue_urls;

const ACCOUNT: &str = "000000000000";
const REGION: &str = "eu-west-1";

/// A shell at its service.
pub(crate) struct Driver {
    pub(crate) shell: Shell,
    pub(crate) service: Service,
    pub(crate) now: Time,
    origin: String,
    calls: u64,
    /// What was printed, but notes.
    pub(crate) output: String,
    pub(crate) error: String,
    pub(crate) notes: String,
    /// What appeared behind its prompt.
    pub(crate) typed: Vec<String>,
    pub(crate) clears: u32,
}

impl Driver {
    /// The service is what `serve --clock virtual` has, its queues are at this origin.
    pub(crate) fn new(origin: &str) -> Self {
        let seed = digest_of(&(0_u64, ACCOUNT, REGION)).0;
        Self {
            shell: Shell::new(ACCOUNT, REGION),
            service: Service::new(&Config::new(ACCOUNT, REGION, seed)),
            now: Time::from_ms(1_767_225_600_000),
            origin: origin.to_owned(),
            calls: 0,
            output: String::new(),
            error: String::new(),
            notes: String::new(),
            typed: Vec::new(),
            clears: 0,
        }
    }

    /// Runs commands to their end, and returns what they print.
    pub(crate) fn run(&mut self, text: &str) -> String {
        self.output.clear();
        self.error.clear();
        self.shell.submit(text).expect("short enough");
        self.go_on();
        self.output.clone()
    }

    /// Lets the shell go on until it wants something from the person.
    pub(crate) fn go_on(&mut self) -> Step {
        loop {
            self.shell.set_time(self.now);
            match self.shell.next() {
                Step::Typed { text, .. } => self.typed.push(text),
                Step::Print { stream, text } => match stream {
                    Stream::Output => self.output.push_str(&text),
                    Stream::Error => self.error.push_str(&text),
                    Stream::Note => self.notes.push_str(&text),
                },
                Step::Clear => self.clears += 1,
                Step::Call(request) => {
                    let result = self.call(&request);
                    self.shell.answer(result);
                }
                Step::Sleep { milliseconds } => {
                    self.advance(Span::from_ms(milliseconds));
                    self.shell.woken();
                }
                Step::Again => {}
                step @ (Step::Ask { .. } | Step::Waiting | Step::Prompt { .. }) => return step,
            }
        }
    }

    fn advance(&mut self, span: Span) -> Outbox {
        let mut out = Outbox::default();
        self.now = self.now + span;
        self.service.handle_timeout(self.now, &mut out);
        out
    }

    /// Makes a call, and lets time pass until it is answered.
    fn call(&mut self, request: &Request) -> Result<Response, Error> {
        self.calls += 1;
        let call = CallId(self.calls);
        let mut out = self.advance(Span::from_ms(0));
        self.service
            .call(self.now, call, Caller::PERSON, request, &mut out);
        loop {
            if let Some(at) = out.replies.iter().position(|reply| reply.call == call) {
                let mut result = out.replies.remove(at).result;
                if let Ok(response) = &mut result {
                    move_queue_urls(response, &self.origin);
                }
                return result;
            }
            let due = self.service.poll_timeout().expect("a poll ends");
            out = self.advance(due.since(self.now));
        }
    }
}
