//! Rules about texts that several actions share.

use super::Error;

/// Whether all characters are those that bodies and attribute values may have `[A]`: tab, line
/// feed, carriage return, and all from space on but surrogates, U+FFFE and U+FFFF.
pub(super) fn is_legal_text(text: &str) -> bool {
    let is_plain = |byte: &u8| (b' '..0x7f).contains(byte);
    text.as_bytes().iter().all(is_plain)
        || text.chars().all(|c| {
            matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}')
                || c >= '\u{10000}'
        })
}

/// Whether a text can be the id of a message group, a deduplication or a receive attempt: 1 to
/// 128 ASCII letters, digits and punctuation characters.
pub(super) fn is_legal_id(text: &str) -> bool {
    (1..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Checks such an id.
///
/// # Errors
/// `InvalidParameterValue` `[A]`.
pub(super) fn check_id(parameter: &str, id: &str) -> Result<(), Error> {
    if is_legal_id(id) {
        return Ok(());
    }
    let reason = format!(
        "{parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length."
    );
    Err(Error::invalid(parameter, id, &reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_characters() {
        for (c, legal) in [
            ('\0', false),
            ('\u{8}', false),
            ('\t', true),
            ('\n', true),
            ('\u{b}', false),
            ('\r', true),
            ('\u{1f}', false),
            (' ', true),
            ('\u{85}', true),
            ('\u{d7ff}', true),
            ('\u{e000}', true),
            ('\u{fffd}', true),
            ('\u{fffe}', false),
            ('\u{ffff}', false),
            ('\u{10000}', true),
            ('\u{10ffff}', true),
        ] {
            assert_eq!(is_legal_text(&c.to_string()), legal, "{c:?}");
        }
    }
}
