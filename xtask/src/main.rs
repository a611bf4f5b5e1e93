//! The set-up command.
fn main() {}
