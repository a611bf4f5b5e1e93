//! Every text of the page, from one catalogue: `static/locales/en.ftl`.
//!
//! The texts of AWS's errors come from the service, verbatim, and never pass through here.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// The catalogue, as it is built into the page.
const CATALOGUE: &str = include_str!("../../static/locales/en.ftl");

thread_local! {
    static BUNDLE: FluentBundle<FluentResource> = bundle();
}

fn bundle() -> FluentBundle<FluentResource> {
    let mut bundle =
        FluentBundle::new(vec!["en".parse::<LanguageIdentifier>().unwrap_or_default()]);
    // Isolation marks would show up as boxes on a canvas.
    bundle.set_use_isolating(false);
    // A slip in the catalogue costs that one text, not the page; the tests find it.
    let resource = FluentResource::try_new(CATALOGUE.to_owned()).unwrap_or_else(|(rest, _)| rest);
    bundle.add_resource_overriding(resource);
    bundle
}

/// The text of this key.
pub(crate) fn text(key: &str) -> String {
    format(key, None)
}

/// The text of this key with its gaps filled.
pub(crate) fn text_with<const N: usize>(key: &str, gaps: [(&'static str, Gap); N]) -> String {
    let mut args = FluentArgs::with_capacity(N);
    for (name, gap) in gaps {
        args.set(
            name,
            match gap {
                Gap::Text(text) => FluentValue::from(text),
                Gap::Number(number) => FluentValue::from(number),
            },
        );
    }
    format(key, Some(&args))
}

fn format(key: &str, args: Option<&FluentArgs<'_>>) -> String {
    BUNDLE.with(|bundle| {
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut errors = Vec::new();
        bundle
            .format_pattern(pattern, args, &mut errors)
            .into_owned()
    })
}

/// What fills a gap in a text.
pub(crate) enum Gap {
    /// As it stands.
    Text(String),
    /// A number, which may choose the plural.
    Number(u64),
}

impl From<&str> for Gap {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Gap {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Gap {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Gap {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Gap {
    fn from(number: usize) -> Self {
        Self::Number(number as u64)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use fluent_bundle::FluentResource;

    use super::{CATALOGUE, text};

    /// The keys that the sources name: the first string after `text(` or `text_with(`.
    fn used(folder: &Path, keys: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).expect("the sources are there") {
            let path = entry.expect("an entry is readable").path();
            if path.is_dir() {
                used(&path, keys);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let source = fs::read_to_string(&path).expect("a source is text");
                for name in ["text", "text_with"].map(|name| format!("{name}(")) {
                    for (at, _) in source.match_indices(&name) {
                        let (before, after) = (&source[..at], &source[at + name.len()..]);
                        let is_longer = before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
                        let key = after.trim_start().strip_prefix('"').filter(|_| !is_longer);
                        keys.extend(key.and_then(|key| key.split('"').next()).map(str::to_owned));
                    }
                }
            }
        }
    }

    fn known() -> BTreeSet<String> {
        CATALOGUE
            .lines()
            .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
            .filter_map(|line| line.split_once(" = ").map(|(key, _)| key))
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn the_catalogue_has_every_text_of_the_page_and_no_other() {
        let mut keys = BTreeSet::new();
        used(
            Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/ui")),
            &mut keys,
        );
        let known = known();
        let missing: Vec<_> = keys.difference(&known).collect();
        let unused: Vec<_> = known.difference(&keys).collect();
        assert!(missing.is_empty(), "not in en.ftl: {missing:?}");
        assert!(unused.is_empty(), "nobody shows: {unused:?}");
    }

    #[test]
    fn the_catalogue_is_well_formed() {
        assert!(FluentResource::try_new(CATALOGUE.to_owned()).is_ok());
    }

    #[test]
    fn a_key_without_a_text_shows_itself() {
        let key = String::from("no-such-key");
        assert_eq!(text(&key), key);
    }
}
