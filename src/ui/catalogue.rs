//! A catalogue of texts as `build.rs` compiles it: gaps, plurals, and no parser.

/// Stands on both sides of the name of what fills a gap.
const GAP: char = '\u{1}';
/// Before a message that is chosen among several: the name of what chooses, then each variant.
const CHOICE: char = '\u{2}';
/// Between a variant's condition and its text.
const THEN: char = '\u{3}';
/// The condition of the variant that fits always.
const OTHERWISE: &str = "*";

/// Messages one after the other.
pub(crate) struct Catalogue {
    pub(crate) texts: &'static str,
    /// Where each ends.
    pub(crate) ends: &'static [u16],
}

/// The place of a key; one that is not there does not compile.
pub(crate) const fn place(keys: &[&str], key: &str) -> usize {
    let mut place = 0;
    while place < keys.len() {
        if is_same(key.as_bytes(), keys[place].as_bytes()) {
            return place;
        }
        place += 1;
    }
    panic!("the catalogue in static/locales has no text of this key")
}

/// What `==` cannot be yet for the compiler.
const fn is_same(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

impl Catalogue {
    /// The message at this place with its gaps filled.
    pub(crate) fn format(&self, place: usize, gaps: &[(&'static str, Gap)]) -> String {
        let given = |name: &str| {
            let mut gaps = gaps.iter();
            gaps.find(|(known, _)| *known == name).map(|(_, gap)| gap)
        };
        let message = self.message(place);
        let pattern = match message.strip_prefix(CHOICE) {
            Some(choice) => {
                let (name, variants) = choice.split_once(CHOICE).unwrap_or_default();
                chosen(variants, given(name))
            }
            None => message,
        };
        let mut text = String::new();
        for (at, piece) in pattern.split(GAP).enumerate() {
            match given(piece) {
                Some(Gap::Text(filling)) if at % 2 == 1 => text.push_str(filling),
                Some(Gap::Number(number)) if at % 2 == 1 => text.push_str(&number.to_string()),
                _ => text.push_str(piece),
            }
        }
        text
    }

    fn message(&self, place: usize) -> &'static str {
        let start = match place {
            0 => 0,
            _ => self.ends[place - 1],
        };
        &self.texts[usize::from(start)..usize::from(self.ends[place])]
    }
}

/// The first of the variants that fits.
fn chosen<'a>(variants: &'a str, by: Option<&Gap>) -> &'a str {
    let number = match by {
        Some(Gap::Number(number)) => Some(*number),
        Some(Gap::Text(_)) | None => None,
    };
    let fits = |when: &str| match number {
        _ if when == OTHERWISE => true,
        None => false,
        Some(number) => when == plural_category(number) || when.parse() == Ok(number),
    };
    let mut variants = variants
        .split(CHOICE)
        .filter_map(|variant| variant.split_once(THEN));
    variants
        .find(|(when, _)| fits(when))
        .map_or("", |(_, pattern)| pattern)
}

/// The plural category of a count in English. A catalogue in another language brings its own.
fn plural_category(count: u64) -> &'static str {
    if count == 1 { "one" } else { "other" }
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
pub(crate) mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};

    use super::{CHOICE, Catalogue, GAP, Gap};

    /// The strings that the sources name, keys among them.
    fn used(folder: &Path, keys: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).expect("the sources are there") {
            let path = entry.expect("an entry is readable").path();
            if path.is_dir() {
                used(&path, keys);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let source = fs::read_to_string(&path).expect("a source is text");
                keys.extend(source.split('"').map(str::to_owned));
            }
        }
    }

    /// The names of the gaps of a message.
    fn gaps_of(message: &'static str) -> BTreeSet<&'static str> {
        let choice = message.strip_prefix(CHOICE);
        let chooser = choice.and_then(|choice| choice.split(CHOICE).next());
        let patterns = message.split(CHOICE);
        let gaps = patterns.flat_map(|pattern| pattern.split(GAP).skip(1).step_by(2));
        gaps.chain(chooser).collect()
    }

    /// Each key is named somewhere in the sources.
    pub(crate) fn check_all_are_shown(keys: &[&str], sources: &str) {
        let mut named = BTreeSet::new();
        used(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(sources),
            &mut named,
        );
        let known = keys.iter().copied();
        let unused: Vec<_> = known.filter(|key| !named.contains(*key)).collect();
        assert!(unused.is_empty(), "nobody shows: {unused:?}");
    }

    /// Each message reads as Fluent's own runtime makes it of the source.
    pub(crate) fn check_against_fluent(catalogue: &Catalogue, keys: &[&str], source: &str) {
        let mut fluent = FluentBundle::new(vec!["en".parse().expect("a language")]);
        fluent.set_use_isolating(false);
        let resource = FluentResource::try_new(source.to_owned()).expect("well formed");
        fluent.add_resource(resource).expect("no key stands twice");
        for (place, key) in keys.iter().enumerate() {
            let names = gaps_of(catalogue.message(place));
            for number in [0u64, 1, 2, 3, 7] {
                let given: Vec<_> = names
                    .iter()
                    .map(|name| (*name, Gap::Number(number)))
                    .collect();
                let args: FluentArgs = names.iter().map(|name| (*name, number)).collect();
                let pattern = fluent.get_message(key).and_then(|message| message.value());
                let pattern = pattern.expect("the same catalogue");
                let theirs = fluent.format_pattern(pattern, Some(&args), &mut Vec::new());
                assert_eq!(
                    catalogue.format(place, &given),
                    theirs,
                    "{key} with {number}"
                );
            }
        }
    }
}
