//! The shell around the commands: as much of a POSIX shell as tutorials use, and of bash's ranges in braces.
//!
//! Words, quotes, variables, `$(...)`, `$((...))`, lists, pipes, redirections and here-documents to and from the
//! dropped files, `for`, `while`, `until`, `if`. There are no processes: a pipe's left side ends before its right side
//! begins, and nothing runs in the background.

mod arithmetic;
mod braces;
mod builtins;
mod expand;
mod filters;
mod pattern;
mod run;
mod syntax;
mod test_command;
mod words;

pub(super) use self::run::{Streams, run};
pub(super) use self::syntax::{Problem, parse};

/// The names of all commands.
pub(super) fn command_names() -> Vec<String> {
    builtins::NAMES
        .iter()
        .map(|name| (*name).to_owned())
        .collect()
}
