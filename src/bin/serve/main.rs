//! The service on a local HTTP port: an SQS for tests, in which twelve hours can pass at once.
//!
//! The only place that has sockets and a real clock. What SQS does is the library's; here is what
//! a server adds: connections, limits, time, worlds per account and region.

mod clock;
mod connections;
mod control;
mod engine;
mod http;
mod linger;
mod options;

use std::process::ExitCode;
use std::sync::Arc;

use options::{Options, Parsed};

/// Messages are made on one thread and dropped on another, all the time: measured under load, this
/// takes a fifth less time than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match Options::parse(std::env::args_os().skip(1)) {
        Ok(Parsed::Help) => {
            print!("{}", options::USAGE);
            ExitCode::SUCCESS
        }
        Ok(Parsed::Run(options)) => run(&options),
        Err(error) => fail(&error.to_string()),
    }
}

fn run(options: &Options) -> ExitCode {
    let server = Arc::new(http::Server::new(options));
    match connections::run(&server, options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&format!("port {}: {error}", options.port)),
    }
}

fn fail(why: &str) -> ExitCode {
    eprintln!("serve: {why}; `serve --help` says what there is");
    ExitCode::FAILURE
}
