//! What tags a queue may have.

use super::{Error, ErrorCode};
use crate::sim::SortedMap;

/// Per queue `[D]`.
const TAGS_MAX: usize = 50;
const KEY_LENGTH_MAX: usize = 128;
const VALUE_LENGTH_MAX: usize = 256;
/// Only AWS itself gives tags that start so `[D]`.
const RESERVED_PREFIX: &str = "aws:";

/// Checks tags that are to be added to those that the queue has.
///
/// # Errors
/// `InvalidParameterValue`. The texts about values, characters and reserved keys are our choice
/// `[I]`.
pub(super) fn check_tags(
    queue_name: &str,
    present: &SortedMap<String, String>,
    added: &SortedMap<String, String>,
) -> Result<(), Error> {
    let refused = |text: String| Err(Error::new(ErrorCode::InvalidParameterValue, text));
    for (key, value) in added.iter() {
        if key.is_empty() || key.chars().count() > KEY_LENGTH_MAX {
            return refused("Tag keys must be between 1 and 128 characters in length.".into());
        }
        if value.chars().count() > VALUE_LENGTH_MAX {
            return refused("Tag values must be between 0 and 256 characters in length.".into());
        }
        if key.to_ascii_lowercase().starts_with(RESERVED_PREFIX) {
            return refused(format!(
                "Tag keys must not start with '{RESERVED_PREFIX}', which is reserved."
            ));
        }
        if !key.chars().chain(value.chars()).all(is_legal) {
            return refused(
                "Tag keys and values can only include letters, digits, white space and _.:/=+-@"
                    .into(),
            );
        }
    }
    let new = added.keys().filter(|key| !present.contains_key(*key));
    if present.len() + new.count() > TAGS_MAX {
        return refused(format!("Too many tags added for queue {queue_name}."));
    }
    Ok(())
}

/// Letters, digits and spaces of any script, and a few signs `[D]`.
fn is_legal(c: char) -> bool {
    c.is_alphanumeric() || c == ' ' || "_.:/=+-@".contains(c)
}
