//! Every text of the page, from one catalogue: `static/locales/en.ftl`.
//!
//! The texts of AWS's errors come from the service, verbatim, and never pass through here.

/// The messages, sorted by their keys: compiled by `build.rs`.
static CATALOGUE: &[(&str, &[Part])] = include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));

/// A piece of a message.
enum Part {
    /// As it stands.
    Text(&'static str),
    /// What was given under this name.
    Gap(&'static str),
    /// The first variant that fits what was given under this name.
    Choice(&'static str, &'static [(When, &'static [Part])]),
}

/// When a variant fits.
enum When {
    /// The number is this one.
    Number(u64),
    /// The number is of this plural category of the language.
    Category(&'static str),
    /// Always.
    Otherwise,
}

/// The plural category of a count in English. A catalogue in another language brings its own.
fn plural_category(count: u64) -> &'static str {
    if count == 1 { "one" } else { "other" }
}

/// The text of this key.
pub(crate) fn text(key: &str) -> String {
    format(key, &[])
}

/// The text of this key with its gaps filled.
pub(crate) fn text_with<const N: usize>(key: &str, gaps: [(&'static str, Gap); N]) -> String {
    format(key, &gaps)
}

fn format(key: &str, gaps: &[(&'static str, Gap)]) -> String {
    let Ok(place) = CATALOGUE.binary_search_by_key(&key, |(key, _)| key) else {
        return key.to_owned();
    };
    let mut text = String::new();
    write(&mut text, CATALOGUE[place].1, gaps);
    text
}

fn write(text: &mut String, parts: &[Part], gaps: &[(&'static str, Gap)]) {
    let given = |name: &str| {
        gaps.iter()
            .find(|(known, _)| *known == name)
            .map(|(_, gap)| gap)
    };
    for part in parts {
        match part {
            Part::Text(piece) => text.push_str(piece),
            Part::Gap(name) => match given(name) {
                Some(Gap::Text(piece)) => text.push_str(piece),
                Some(Gap::Number(number)) => text.push_str(&number.to_string()),
                None => text.push_str(name),
            },
            Part::Choice(name, variants) => {
                let number = match given(name) {
                    Some(Gap::Number(number)) => Some(*number),
                    Some(Gap::Text(_)) | None => None,
                };
                let chosen = variants.iter().find(|(when, _)| when.fits(number));
                if let Some((_, parts)) = chosen {
                    write(text, parts, gaps);
                }
            }
        }
    }
}

impl When {
    fn fits(&self, number: Option<u64>) -> bool {
        match self {
            Self::Number(exactly) => number == Some(*exactly),
            Self::Category(category) => {
                number.is_some_and(|number| plural_category(number) == *category)
            }
            Self::Otherwise => true,
        }
    }
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

    use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};

    use super::{CATALOGUE, Gap, Part, format, text};

    const SOURCE: &str = include_str!("../../static/locales/en.ftl");

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
        CATALOGUE.iter().map(|(key, _)| (*key).to_owned()).collect()
    }

    /// The names of the gaps of a message.
    fn gaps_of(parts: &[Part], names: &mut BTreeSet<&'static str>) {
        for part in parts {
            match part {
                Part::Text(_) => {}
                Part::Gap(name) => {
                    names.insert(name);
                }
                Part::Choice(name, variants) => {
                    names.insert(name);
                    variants.iter().for_each(|(_, parts)| gaps_of(parts, names));
                }
            }
        }
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
    fn every_message_reads_as_fluent_reads_it() {
        let mut fluent = FluentBundle::new(vec!["en".parse().expect("a language")]);
        fluent.set_use_isolating(false);
        let resource = FluentResource::try_new(SOURCE.to_owned()).expect("well formed");
        fluent.add_resource(resource).expect("no key stands twice");
        for (key, parts) in CATALOGUE {
            let mut names = BTreeSet::new();
            gaps_of(parts, &mut names);
            for number in [0u64, 1, 2, 3, 7] {
                let given: Vec<_> = names
                    .iter()
                    .map(|name| (*name, Gap::Number(number)))
                    .collect();
                let args: FluentArgs = names.iter().map(|name| (*name, number)).collect();
                let pattern = fluent.get_message(key).and_then(|message| message.value());
                let pattern = pattern.expect("the same catalogue");
                let theirs = fluent.format_pattern(pattern, Some(&args), &mut Vec::new());
                assert_eq!(format(key, &given), theirs, "{key} with {number}");
            }
        }
    }

    #[test]
    fn a_key_without_a_text_shows_itself() {
        let key = String::from("no-such-key");
        assert_eq!(text(&key), key);
    }
}
