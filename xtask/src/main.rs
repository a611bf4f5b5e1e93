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
mod repo;
mod serve;
mod shell;
mod site;
mod sizes;
mod tools;

use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::cli::Task;

fn main() -> ExitCode {
    let outcome = cli::parse(std::env::args_os().skip(1)).and_then(run);
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<ExitCode> {
    match task {
        Task::Help => print!("{}", cli::USAGE),
        Task::Setup { tests } => {
            tools::set_up_page()?;
            if tests {
                browser::set_up_tests()?;
                clients::set_up()?;
            }
            println!("Everything is in place.");
        }
        Task::Build => build::build_and_weigh()?,
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
