//! The command line.

use std::ffi::OsString;

use anyhow::{Result, bail};
use lexopt::prelude::*;

use crate::pins;

/// What `cargo xtask help` prints.
pub(crate) const USAGE: &str = "\
cargo xtask setup [--tests]     set up what building the page needs; with --tests, what testing it needs, too
cargo xtask serve               serve the optimised page at http://127.0.0.1:8080
            --open              and open it in the browser
            --dev               watch and rebuild instead, unoptimised
            --port N            on another port
cargo xtask build               build the optimised page into dist/ and weigh it
cargo xtask test                check everything
            --list              what there is to check
            --only NAME         only that (may be given several times)
            --skip NAME         all but that (may be given several times)
            --without-python    (also with serve and build) leave out what runs Python scripts in the page
cargo xtask python              make what runs Python scripts in the page; the others do so by themselves
cargo xtask bench [ARGS]        run the benchmarks
cargo xtask help

Tools are installed once, into .tools, or into the folder that SQS_PLAYGROUND_TOOLS names.
";

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Task {
    /// Print the usage.
    Help,
    /// Install what is missing.
    Setup {
        /// Also what only the tests need.
        tests: bool,
    },
    /// Build the release folder.
    Build,
    /// Make the bundle of Python.
    Python,
    /// Finish what Trunk has built; for Trunk.
    Finish,
    /// Serve the page.
    Serve(ServeOptions),
    /// Run the checks.
    Test(Selection),
    /// Print the names of the checks.
    ListChecks,
    /// Run the benchmarks.
    Bench {
        /// Passed on to `cargo bench`.
        args: Vec<OsString>,
    },
}

/// How to serve the page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ServeOptions {
    /// Open it in the browser.
    pub(crate) open: bool,
    /// Watch and rebuild, unoptimised.
    pub(crate) dev: bool,
    /// The port on 127.0.0.1.
    pub(crate) port: u16,
}

/// Which checks to run.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Selection {
    /// If not empty, only these.
    pub(crate) only: Vec<String>,
    /// Not these.
    pub(crate) skip: Vec<String>,
}

impl Selection {
    /// Whether the check of that name is to be run.
    pub(crate) fn includes(&self, name: &str) -> bool {
        let named = |list: &[String]| list.iter().any(|entry| entry == name);
        (self.only.is_empty() || named(&self.only)) && !named(&self.skip)
    }
}

/// Reads the command line, without the program's name.
///
/// # Errors
/// If a word or option is not known, or a value is missing or malformed.
pub(crate) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Task> {
    let mut parser = lexopt::Parser::from_args(args);
    let Some(first) = parser.next()? else {
        return Ok(Task::Help);
    };
    match first {
        Short('h') | Long("help") => Ok(Task::Help),
        Value(word) => match word.to_string_lossy().as_ref() {
            "help" => Ok(Task::Help),
            "setup" => parse_setup(parser),
            "build" => parse_alone(parser, Task::Build),
            "python" => parse_alone(parser, Task::Python),
            "finish" => parse_alone(parser, Task::Finish),
            "serve" => parse_serve(parser),
            "test" => parse_test(parser),
            "bench" => Ok(Task::Bench {
                args: parser.raw_args()?.collect(),
            }),
            other => {
                bail!("there is no `cargo xtask {other}`; `cargo xtask help` lists what there is")
            }
        },
        Short(_) | Long(_) => Err(first.unexpected().into()),
    }
}

/// The command line without the option that leaves Python out, which goes with any task; as it was if it has none.
///
/// # Errors
/// If it has none.
pub(crate) fn without_python(args: Vec<OsString>) -> Result<Vec<OsString>, Vec<OsString>> {
    let is_option = |arg: &OsString| arg == "--without-python";
    if args.iter().any(is_option) {
        Ok(args.into_iter().filter(|arg| !is_option(arg)).collect())
    } else {
        Err(args)
    }
}

fn parse_setup(mut parser: lexopt::Parser) -> Result<Task> {
    let mut tests = false;
    while let Some(arg) = parser.next()? {
        match arg {
            Long("tests") => tests = true,
            Short('h') | Long("help") => return Ok(Task::Help),
            Short(_) | Long(_) | Value(_) => return Err(arg.unexpected().into()),
        }
    }
    Ok(Task::Setup { tests })
}

/// A word that takes nothing more.
fn parse_alone(mut parser: lexopt::Parser, task: Task) -> Result<Task> {
    match parser.next()? {
        None => Ok(task),
        Some(Short('h') | Long("help")) => Ok(Task::Help),
        Some(arg) => Err(arg.unexpected().into()),
    }
}

fn parse_serve(mut parser: lexopt::Parser) -> Result<Task> {
    let mut options = ServeOptions {
        open: false,
        dev: false,
        port: pins::PORT,
    };
    while let Some(arg) = parser.next()? {
        match arg {
            Long("open") => options.open = true,
            Long("dev") => options.dev = true,
            Long("port") => options.port = parser.value()?.parse()?,
            Short('h') | Long("help") => return Ok(Task::Help),
            Short(_) | Long(_) | Value(_) => return Err(arg.unexpected().into()),
        }
    }
    Ok(Task::Serve(options))
}

fn parse_test(mut parser: lexopt::Parser) -> Result<Task> {
    let mut selection = Selection::default();
    while let Some(arg) = parser.next()? {
        match arg {
            Long("only") => selection.only.push(parser.value()?.string()?),
            Long("skip") => selection.skip.push(parser.value()?.string()?),
            Long("list") => return Ok(Task::ListChecks),
            Short('h') | Long("help") => return Ok(Task::Help),
            Short(_) | Long(_) | Value(_) => return Err(arg.unexpected().into()),
        }
    }
    Ok(Task::Test(selection))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Task> {
        parse(line.split_whitespace().map(OsString::from))
    }

    fn check(line: &str, expect: &Task) {
        assert_eq!(
            &parsed(line).expect("the line is valid"),
            expect,
            "cargo xtask {line}"
        );
    }

    fn check_rejected(line: &str, expect: &str) {
        let message = format!("{:#}", parsed(line).expect_err("the line is invalid"));
        assert!(message.contains(expect), "cargo xtask {line}: {message}");
    }

    #[test]
    fn serve_reads_its_options() {
        check(
            "serve",
            &Task::Serve(ServeOptions {
                open: false,
                dev: false,
                port: 8080,
            }),
        );
        check(
            "serve --open --port 9000",
            &Task::Serve(ServeOptions {
                open: true,
                dev: false,
                port: 9000,
            }),
        );
        check(
            "serve --dev --port=9001",
            &Task::Serve(ServeOptions {
                open: false,
                dev: true,
                port: 9001,
            }),
        );
    }

    #[test]
    fn test_selects() {
        let selection = Selection {
            only: vec!["fmt".into(), "docs".into()],
            skip: vec!["docs".into()],
        };
        assert!(
            selection.includes("fmt")
                && !selection.includes("docs")
                && !selection.includes("native")
        );
        check(
            "test --only fmt --skip docs --only docs",
            &Task::Test(selection),
        );
        check("test", &Task::Test(Selection::default()));
        assert!(Selection::default().includes("fmt"));
    }

    #[test]
    fn bench_passes_everything_on() {
        check(
            "bench --bench world -- --quick",
            &Task::Bench {
                args: ["--bench", "world", "--", "--quick"]
                    .map(OsString::from)
                    .into(),
            },
        );
    }

    #[test]
    fn what_is_not_known_is_named() {
        check_rejected("srve", "there is no `cargo xtask srve`");
        check_rejected("serve --prot 1", "--prot");
        check_rejected("serve --port 99999", "99999");
        check_rejected("build now", "now");
    }

    #[test]
    fn python_can_be_left_out_of_any_task() {
        let words = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
        let line = words("serve --without-python --port 1");
        assert_eq!(without_python(line), Ok(words("serve --port 1")));
        assert_eq!(without_python(words("serve")), Err(words("serve")));
    }

    #[test]
    fn nothing_asks_for_help() {
        check("", &Task::Help);
        check("serve --help", &Task::Help);
    }
}
