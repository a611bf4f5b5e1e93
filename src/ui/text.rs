//! Every text of the page, from one catalogue: `static/locales/en.ftl`.
//!
//! The texts of AWS's errors come from the service, verbatim, and never pass through here.

use super::catalogue::{self, Catalogue, Gap};

// The messages, compiled by `build.rs`: `KEYS`, for the compiler only, and at the same places `ENDS`,
// which is where they end in `TEXTS`.
include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));

static CATALOGUE: Catalogue = Catalogue {
    texts: TEXTS,
    ends: &ENDS,
};

/// The text of a key, with its gaps filled: `text!("next-event")`,
/// `text!("call-number", [("call", id.into())])`. A key without a text does not compile.
macro_rules! text {
    ($key:literal $(,)?) => {
        $crate::ui::text::text!($key, [])
    };
    ($key:literal, $gaps:expr $(,)?) => {
        $crate::ui::text::format(const { $crate::ui::text::place($key) }, &$gaps)
    };
}
pub(crate) use text;

/// Where the text of a key stands, for tables that are made before any text is: `format` shows it.
macro_rules! place_of_text {
    ($key:literal $(,)?) => {
        const { $crate::ui::text::place($key) }
    };
}
pub(crate) use place_of_text;

/// Where a message stands in the catalogue.
pub(crate) const fn place(key: &str) -> usize {
    catalogue::place(KEYS, key)
}

/// The message at this place with its gaps filled.
pub(crate) fn format(place: usize, gaps: &[(&'static str, Gap)]) -> String {
    CATALOGUE.format(place, gaps)
}

#[cfg(test)]
mod tests {
    use super::{CATALOGUE, KEYS};
    use crate::ui::catalogue::tests::{check_against_fluent, check_all_are_shown};

    #[test]
    fn every_text_of_the_catalogue_is_shown() {
        check_all_are_shown(KEYS, "src/ui");
    }

    #[test]
    fn every_message_reads_as_fluent_reads_it() {
        let source = include_str!("../../static/locales/en.ftl");
        check_against_fluent(&CATALOGUE, KEYS, source);
    }
}
