//! Runs commands.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::builtins;
use super::expand::{self, Boxed};
use super::syntax::{
    AndOr, Channel, Command, CommandKind, Join, Pipeline, Program, Redirection, Target,
};
use super::words::Word;
use crate::console::Stream;
use crate::console::host::{CAPTURED_BYTES_MAX, Host, Variable, file_name};

/// Where a command's text goes.
#[derive(Clone)]
enum Sink {
    Screen(Stream),
    Kept(Rc<RefCell<String>>),
    Nowhere,
}

/// Where a command reads and writes.
#[derive(Clone)]
pub(in crate::console) struct Streams {
    /// What is yet to be read; none at the keyboard, from which nothing is read.
    input: Option<Rc<RefCell<String>>>,
    output: Sink,
    error: Sink,
}

impl Streams {
    fn screen() -> Self {
        Self {
            input: None,
            output: Sink::Screen(Stream::Output),
            error: Sink::Screen(Stream::Error),
        }
    }

    /// Writes what was found out.
    pub(in crate::console) fn output(&self, host: &Host, text: &str) {
        self.output.write(host, text);
    }

    /// Writes a complaint.
    pub(in crate::console) fn error(&self, host: &Host, text: &str) {
        self.error.write(host, text);
    }

    /// All that is yet to be read.
    pub(super) fn read_all(&self) -> String {
        let input = self.input.as_ref();
        input.map(|input| input.take()).unwrap_or_default()
    }

    /// The next line, without its break.
    pub(super) fn read_line(&self) -> Option<String> {
        let mut input = self.input.as_ref()?.borrow_mut();
        if input.is_empty() {
            return None;
        }
        let end = input.find('\n');
        let line = input[..end.unwrap_or(input.len())].to_owned();
        let rest = end.map_or(String::new(), |end| input[end + 1..].to_owned());
        *input = rest;
        Some(line)
    }
}

impl Sink {
    fn write(&self, host: &Host, text: &str) {
        match self {
            Self::Screen(stream) => host.print(*stream, text),
            Self::Kept(kept) => {
                let mut kept = kept.borrow_mut();
                if kept.len() + text.len() > CAPTURED_BYTES_MAX {
                    host.state().has_overflown = true;
                } else {
                    kept.push_str(text);
                }
            }
            Self::Nowhere => {}
        }
    }
}

/// How to go on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Flow {
    Next,
    /// Out of this many loops.
    Break(u32),
    /// To the next turn of the loop that is this many out.
    Continue(u32),
    /// Out of everything.
    Exit,
}

/// Runs commands for the person.
pub(in crate::console) async fn run(host: Host, program: Rc<Program>) {
    list(&host, &Streams::screen(), &program).await;
    if std::mem::take(&mut host.state().has_overflown) {
        host.print(Stream::Error, "bash: the output is too long to be kept\n");
        host.state().status = 1;
    }
}

/// Runs commands in a shell of their own, and returns what they have to say.
pub(super) fn capture(
    host: Host,
    streams: Streams,
    program: Rc<Program>,
) -> Boxed<'static, String> {
    Box::pin(async move {
        let kept = Rc::new(RefCell::new(String::new()));
        let streams = Streams {
            output: Sink::Kept(Rc::clone(&kept)),
            ..streams
        };
        subshell(&host, &streams, &program).await;
        kept.take()
    })
}

async fn subshell(host: &Host, streams: &Streams, program: &Program) -> Flow {
    let variables = host.state().variables.clone();
    list(host, streams, program).await;
    host.state().variables = variables;
    Flow::Next
}

fn list<'a>(host: &'a Host, streams: &'a Streams, program: &'a Program) -> Boxed<'a, Flow> {
    Box::pin(async move {
        for and_or in &program.0 {
            let flow = join(host, streams, and_or).await;
            if flow != Flow::Next {
                return flow;
            }
            if host.state().has_overflown {
                return Flow::Exit;
            }
        }
        Flow::Next
    })
}

async fn join(host: &Host, streams: &Streams, and_or: &AndOr) -> Flow {
    let mut flow = pipeline(host, streams, &and_or.first).await;
    for (join, next) in &and_or.rest {
        if flow != Flow::Next {
            return flow;
        }
        let has_succeeded = host.state().status == 0;
        if has_succeeded == (*join == Join::And) {
            flow = pipeline(host, streams, next).await;
        }
    }
    flow
}

async fn pipeline(host: &Host, streams: &Streams, pipeline: &Pipeline) -> Flow {
    let mut input = streams.input.clone();
    let mut flow = Flow::Next;
    let last = pipeline.commands.len() - 1;
    for (at, command) in pipeline.commands.iter().enumerate() {
        let mut streams = Streams {
            input: input.take(),
            ..streams.clone()
        };
        if at < last {
            let kept = Rc::new(RefCell::new(String::new()));
            streams.output = Sink::Kept(Rc::clone(&kept));
            input = Some(kept);
        }
        flow = run_command(host, &streams, command).await;
    }
    if pipeline.is_negated {
        let mut state = host.state();
        state.status = u8::from(state.status == 0);
    }
    flow
}

async fn run_command(host: &Host, streams: &Streams, command: &Command) -> Flow {
    host.tick().await;
    let mut streams = streams.clone();
    let mut files = Vec::new();
    for redirection in &command.redirections {
        if let Err(problem) = redirect(host, &mut streams, redirection, &mut files).await {
            return complain(host, &streams, &problem);
        }
    }
    let flow = match &command.kind {
        CommandKind::Simple { assignments, words } => {
            simple(host, &streams, assignments, words).await
        }
        CommandKind::Group(program) => list(host, &streams, program).await,
        CommandKind::Subshell(program) => subshell(host, &streams, program).await,
        CommandKind::For {
            variable,
            words,
            body,
        } => for_loop(host, &streams, variable, words, body).await,
        CommandKind::While {
            until,
            condition,
            body,
        } => while_loop(host, &streams, *until, condition, body).await,
        CommandKind::If {
            branches,
            otherwise,
        } => condition(host, &streams, branches, otherwise.as_ref()).await,
    };
    for (name, kept) in files {
        let bytes = kept.take().into_bytes();
        let added = host.state().add_file(&name, bytes);
        if let Err(problem) = added {
            return complain(host, &streams, &format!("{name}: {problem}"));
        }
    }
    flow
}

fn complain(host: &Host, streams: &Streams, problem: &str) -> Flow {
    streams.error(host, &format!("bash: {problem}\n"));
    host.state().status = 1;
    Flow::Next
}

async fn redirect(
    host: &Host,
    streams: &mut Streams,
    redirection: &Redirection,
    files: &mut Vec<(String, Rc<RefCell<String>>)>,
) -> Result<(), String> {
    let sink = match &redirection.to {
        Target::Text(word) => {
            let mut text = expand::text(host, streams, word).await?;
            if !text.ends_with('\n') && !text.is_empty() {
                text.push('\n');
            }
            streams.input = Some(Rc::new(RefCell::new(text)));
            return Ok(());
        }
        Target::Same(Channel::Error) => streams.error.clone(),
        Target::Same(_) => streams.output.clone(),
        Target::File(word) | Target::Append(word) => {
            let path = expand::text(host, streams, word).await?;
            if redirection.from == Channel::Input {
                let text = match host.state().file(&path) {
                    Some(bytes) => String::from_utf8_lossy(bytes).into_owned(),
                    None if path == "/dev/null" => String::new(),
                    None => return Err(format!("{path}: No such file or directory")),
                };
                streams.input = Some(Rc::new(RefCell::new(text)));
                return Ok(());
            }
            if path == "/dev/null" {
                Sink::Nowhere
            } else if path == "/dev/stderr" {
                streams.error.clone()
            } else if path == "/dev/stdout" {
                streams.output.clone()
            } else if path.is_empty() || path.ends_with('/') {
                return Err(format!("{path}: Is a directory"));
            } else {
                let name = file_name(&path);
                let mut begin = String::new();
                if matches!(redirection.to, Target::Append(_))
                    && let Some(bytes) = host.state().file(&path)
                {
                    begin = String::from_utf8_lossy(bytes).into_owned();
                }
                let kept = Rc::new(RefCell::new(begin));
                files.push((name, Rc::clone(&kept)));
                Sink::Kept(kept)
            }
        }
    };
    match redirection.from {
        Channel::Input => {}
        Channel::Output => streams.output = sink,
        Channel::Error => streams.error = sink,
        Channel::OutputAndError => {
            streams.output = sink.clone();
            streams.error = sink;
        }
    }
    Ok(())
}

async fn simple(
    host: &Host,
    streams: &Streams,
    assignments: &[(String, Word)],
    words: &[Word],
) -> Flow {
    let is_assignment = words.is_empty();
    if is_assignment {
        // A substitution in a value leaves its own status.
        host.state().status = 0;
    }
    let words = match expand::words(host, streams, words).await {
        Ok(words) => words,
        Err(problem) => return complain(host, streams, &problem),
    };
    let mut values = Vec::new();
    for (name, word) in assignments {
        match expand::text(host, streams, word).await {
            Ok(value) => values.push((name.clone(), value)),
            Err(problem) => return complain(host, streams, &problem),
        }
    }
    if words.is_empty() {
        let mut state = host.state();
        for (name, value) in values {
            state.set_variable(&name, value);
        }
        if !is_assignment {
            state.status = 0;
        }
        return Flow::Next;
    }
    // For this command only.
    let before: BTreeMap<String, Option<Variable>> = {
        let mut state = host.state();
        let mut before = BTreeMap::new();
        for (name, value) in values {
            let variable = Variable {
                value,
                is_exported: true,
            };
            let old = state.variables.insert(name.clone(), variable);
            before.entry(name).or_insert(old);
        }
        before
    };
    let flow = builtins::call(host, streams, &words).await;
    let mut state = host.state();
    for (name, old) in before {
        match old {
            Some(old) => state.variables.insert(name, old),
            None => state.variables.remove(&name),
        };
    }
    flow
}

/// What a loop makes of what its body says: whether to leave it, and how.
fn leave(flow: Flow) -> Option<Flow> {
    match flow {
        Flow::Next | Flow::Continue(0 | 1) => None,
        Flow::Break(0 | 1) => Some(Flow::Next),
        Flow::Break(loops) => Some(Flow::Break(loops - 1)),
        Flow::Continue(loops) => Some(Flow::Continue(loops - 1)),
        Flow::Exit => Some(Flow::Exit),
    }
}

async fn for_loop(
    host: &Host,
    streams: &Streams,
    variable: &str,
    words: &[Word],
    body: &Program,
) -> Flow {
    let words = match expand::words(host, streams, words).await {
        Ok(words) => words,
        Err(problem) => return complain(host, streams, &problem),
    };
    host.state().status = 0;
    for word in words {
        host.state().set_variable(variable, word);
        if let Some(flow) = leave(list(host, streams, body).await) {
            return flow;
        }
    }
    Flow::Next
}

async fn while_loop(
    host: &Host,
    streams: &Streams,
    until: bool,
    condition: &Program,
    body: &Program,
) -> Flow {
    let mut status = 0;
    loop {
        if let Some(flow) = leave(list(host, streams, condition).await) {
            return flow;
        }
        let holds = host.state().status == 0;
        if holds == until {
            host.state().status = status;
            return Flow::Next;
        }
        if let Some(flow) = leave(list(host, streams, body).await) {
            return flow;
        }
        status = host.state().status;
    }
}

async fn condition(
    host: &Host,
    streams: &Streams,
    branches: &[(Program, Program)],
    otherwise: Option<&Program>,
) -> Flow {
    for (condition, consequence) in branches {
        let flow = list(host, streams, condition).await;
        if flow != Flow::Next {
            return flow;
        }
        if host.state().status == 0 {
            return list(host, streams, consequence).await;
        }
    }
    host.state().status = 0;
    match otherwise {
        Some(otherwise) => list(host, streams, otherwise).await,
        None => Flow::Next,
    }
}
