//! The page's console: against what the real AWS CLI says, and as a shell.

#[path = "console/against_cli.rs"]
mod against_cli;
#[path = "console/driver.rs"]
mod driver;
#[path = "console/shell.rs"]
mod shell;
#[path = "console/terminal.rs"]
mod terminal;
