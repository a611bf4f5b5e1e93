//! The set-up command: `cargo xtask` sets up, builds, serves and tests the playground.
//!
//! It knows tools and files, and nothing of what the playground does.

mod browser;
mod build;
mod checks;
mod cli;
mod clients;
mod csp;
mod files;
mod finish;
mod likeness;
mod offline;
mod pins;
mod python;
mod repo;
mod serve;
mod shell;
mod site;
mod sizes;
mod tools;

use std::ffi::OsString;
use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::cli::Task;

fn main() -> ExitCode {
    let args = std::env::args_os().skip(1).collect();
    let outcome = match cli::without_python(args) {
        Ok(args) => leave_out_python(args),
        Err(args) => cli::parse(args).and_then(run),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs anew with the variable that all parts look at, and those that Trunk starts.
fn leave_out_python(args: Vec<OsString>) -> Result<ExitCode> {
    let mut again = Command::new(std::env::current_exe()?);
    shell::run_instead(again.args(args).env(pins::WITHOUT_PYTHON_VARIABLE, "1"))?;
    Ok(ExitCode::SUCCESS)
}

fn run(task: Task) -> Result<ExitCode> {
    match task {
        Task::Help => print!("{}", cli::USAGE),
        Task::Setup { tests } => {
            tools::set_up_page()?;
            if python::is_wanted() {
                python::set_up()?;
            }
            if tests {
                browser::set_up_tests()?;
                clients::set_up()?;
            }
            println!("Everything is in place.");
        }
        Task::Build => build::build_and_weigh()?,
        Task::Python => python::make_and_tell()?,
        Task::Finish => finish::finish()?,
        Task::Serve(options) => serve::serve(&options)?,
        Task::Test(selection) => return checks::run(&selection),
        Task::ListChecks => checks::list(),
        Task::Bench { args } => {
            shell::run(
                Command::new("cargo")
                    .arg("bench")
                    .args(args)
                    .current_dir(repo::root()),
            )?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
