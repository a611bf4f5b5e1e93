//! The AWS CLI.
use super::host::{Host, State};
use super::shell::Streams;

pub(super) async fn run(_host: &Host, _streams: &Streams, _arguments: &[String]) -> u8 {
    0
}

pub(super) fn candidates(
    _state: &State,
    _words: &[&str],
    _word: &str,
    _urls: &[String],
) -> Vec<String> {
    Vec::new()
}
