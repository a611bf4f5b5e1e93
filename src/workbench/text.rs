//! Every text of the workbench, from a catalogue of its own: `static/locales/workbench.en.ftl`.

use crate::ui::catalogue::{self, Catalogue, Gap};

// As in `ui/text.rs`.
include!(concat!(env!("OUT_DIR"), "/workbench_catalogue.rs"));

static CATALOGUE: Catalogue = Catalogue {
    texts: TEXTS,
    ends: &ENDS,
};

/// The text of a key, with its gaps filled, as in `ui/text.rs`.
macro_rules! text {
    ($key:literal $(,)?) => {
        $crate::workbench::text::text!($key, [])
    };
    ($key:literal, $gaps:expr $(,)?) => {
        $crate::workbench::text::format(const { $crate::workbench::text::place($key) }, &$gaps)
    };
}
pub(crate) use text;

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
        check_all_are_shown(KEYS, "src/workbench");
    }

    #[test]
    fn every_message_reads_as_fluent_reads_it() {
        let source = include_str!("../../static/locales/workbench.en.ftl");
        check_against_fluent(&CATALOGUE, KEYS, source);
    }
}
