//! Compiles the texts of the page, so that the page carries no parser for them, and the scenarios, so that it
//! carries none of their white space; lists the scripts that belong to them; and names the build.
//!
//! `static/locales/en.ftl` and `workbench.en.ftl` (Fluent's syntax, read by Fluent's own parser) become one long text
//! each, with the marks of `src/ui/catalogue.rs`. A slip in a catalogue fails the build with its line.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    shrink_scenarios("static/scenarios");
    list_scripts("static/scripts");
    #[cfg(feature = "page")]
    {
        catalogue::compile("static/locales/en.ftl", "catalogue.rs");
        catalogue::compile("static/locales/workbench.en.ftl", "workbench_catalogue.rs");
        build::name();
    }
}

#[cfg(feature = "page")]
mod build {
    use std::collections::hash_map::DefaultHasher;
    use std::hash::{Hash, Hasher};
    use std::path::{Path, PathBuf};
    use std::{env, fs};

    /// What the page is made of.
    const SOURCES: [&str; 7] = [
        "Cargo.lock",
        "Cargo.toml",
        "build.rs",
        "src",
        "static/locales",
        "static/scenarios",
        "static/scripts",
    ];

    /// Sets `SQS_PLAYGROUND_BUILD`, which the sources and the way of the build decide. The page asks for the
    /// workbench under this name, so that it never gets one of another build from a cache.
    pub(crate) fn name() {
        let mut files = Vec::new();
        for source in SOURCES {
            println!("cargo::rerun-if-changed={source}");
            list(Path::new(source), &mut files);
        }
        files.sort();
        let mut hasher = DefaultHasher::new();
        env::var_os("OPT_LEVEL").hash(&mut hasher);
        for file in files {
            let text =
                fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            (file, text).hash(&mut hasher);
        }
        println!(
            "cargo::rustc-env=SQS_PLAYGROUND_BUILD={:016x}",
            hasher.finish()
        );
    }

    fn list(path: &Path, files: &mut Vec<PathBuf>) {
        if !path.is_dir() {
            return files.push(path.to_owned());
        }
        for entry in fs::read_dir(path).expect("the sources can be read") {
            list(&entry.expect("an entry can be read").path(), files);
        }
    }
}

/// Cargo's folder for what is built here.
fn built() -> PathBuf {
    env::var_os("OUT_DIR").expect("Cargo says where").into()
}

/// Writes each file of the folder into `scenarios` in the build's folder, without white space.
fn shrink_scenarios(folder: &str) {
    println!("cargo::rerun-if-changed={folder}");
    let target = built().join("scenarios");
    fs::create_dir_all(&target).expect("Cargo's folder can be written");
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
    for entry in entries {
        let path = entry.expect("a folder can be read").path();
        let place = path.display();
        let json = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{place}: {error}"));
        let name = path.file_name().map(Path::new).expect("a file has a name");
        let json = without_space(&json);
        let listed = format!(
            "Listed {{ id: {}, group: {}, title: {} }}",
            member(&json, "id"),
            member(&json, "group"),
            member(&json, "title"),
        );
        let listed_name = Path::new(name).with_extension("rs");
        fs::write(target.join(listed_name), listed).expect("Cargo's folder can be written");
        fs::write(target.join(name), json).expect("Cargo's folder can be written");
    }
}

/// Writes a table of the scripts of each scenario: a folder with its name, in which `files.txt` has a line for each
/// other file, with the arguments that it is run with.
fn list_scripts(folder: &str) {
    println!("cargo::rerun-if-changed={folder}");
    let mut rows: Vec<_> = names(Path::new(folder))
        .iter()
        .map(|id| (id.clone(), scripts_of(&Path::new(folder).join(id))))
        .map(|(id, files)| format!("({id:?}, &[{}])", files.join(", ")))
        .collect();
    rows.sort();
    let table = format!("&[{}]", rows.join(", "));
    fs::write(built().join("scripts.rs"), table).expect("Cargo's folder can be written");
}

/// The files of a scenario in the order of their list, as Rust.
fn scripts_of(folder: &Path) -> Vec<String> {
    const LIST: &str = "files.txt";
    let folder = fs::canonicalize(folder).expect("the folder is there");
    let place = folder.display();
    let list = fs::read_to_string(folder.join(LIST)).unwrap_or_else(|_| panic!("{place}: no list"));
    let (mut files, mut listed) = (Vec::new(), vec![LIST.to_owned()]);
    for line in list.lines() {
        let (name, arguments) = line.split_once(' ').unwrap_or((line, ""));
        let path = folder.join(name);
        files.push(format!(
            "Script {{ name: {name:?}, arguments: {arguments:?}, text: include_str!({path:?}) }}"
        ));
        listed.push(name.to_owned());
    }
    listed.sort();
    assert_eq!(listed, names(&folder), "{place}: {LIST} has other files");
    files
}

/// What is in a folder, by name.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    let name = |entry: std::io::Result<fs::DirEntry>| {
        let name = entry.expect("a folder can be read").file_name();
        name.into_string().expect("names are plain")
    };
    let mut names: Vec<String> = entries.map(name).collect();
    names.sort();
    names
}

/// The first text of this name in JSON without white space, as it is written there: Rust would write the same.
fn member<'a>(json: &'a str, name: &str) -> &'a str {
    let begins = format!("\"{name}\":\"");
    let (_, text) = json
        .split_once(&begins)
        .unwrap_or_else(|| panic!("no {name} in {json}"));
    let text = text.split_once('"').map_or(text, |(text, _)| text);
    assert!(
        !text.contains('\\'),
        "{name} has more than plain text: {text}"
    );
    let at = text.as_ptr() as usize - json.as_ptr() as usize;
    &json[at - 1..=at + text.len()]
}

/// JSON without the white space between its parts.
fn without_space(json: &str) -> String {
    let (mut is_in_string, mut is_escaped) = (false, false);
    let is_kept = |letter: &char| {
        if *letter == '"' && !is_escaped {
            is_in_string = !is_in_string;
        }
        is_escaped = is_in_string && *letter == '\\' && !is_escaped;
        is_in_string || !letter.is_ascii_whitespace()
    };
    json.chars().filter(is_kept).collect()
}

#[cfg(feature = "page")]
mod catalogue {
    use std::fmt::Write;
    use std::fs;

    use fluent_syntax::ast::{
        Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey,
    };

    // What `src/ui/catalogue.rs` says.
    const GAP: char = '\u{1}';
    const CHOICE: char = '\u{2}';
    const THEN: char = '\u{3}';
    const OTHERWISE: &str = "*";

    /// Writes a table into the build's folder: the keys, the messages one after the other, their ends.
    pub(crate) fn compile(file: &str, table_name: &str) {
        println!("cargo::rerun-if-changed={file}");
        let source = fs::read_to_string(file).unwrap_or_else(|error| panic!("{file}: {error}"));
        let resource =
            fluent_syntax::parser::parse(source.as_str()).unwrap_or_else(|(_, errors)| {
                let place = errors.first().map_or(0, |error| error.pos.start);
                let line = source[..place].lines().count().max(1);
                panic!("{file}:{line}: {errors:?}")
            });
        let mut messages = Vec::new();
        for entry in &resource.body {
            match entry {
                Entry::Message(message) => {
                    let key = message.id.name;
                    assert!(
                        message.attributes.is_empty(),
                        "{file}: {key} has attributes"
                    );
                    let pattern = message.value.as_ref();
                    let pattern = pattern.unwrap_or_else(|| panic!("{file}: {key} has no text"));
                    messages.push((key, compiled(key, pattern)));
                }
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
                Entry::Term(_) | Entry::Junk { .. } => panic!("{file}: only messages are known"),
            }
        }
        let keys: Vec<_> = messages.iter().map(|(key, _)| *key).collect();
        let (mut texts, mut ends) = (String::new(), Vec::new());
        for (_, message) in &messages {
            texts.push_str(message);
            ends.push(texts.len());
        }
        let mut table = format!("const KEYS: &[&str] = &{keys:?};\n");
        writeln!(table, "static TEXTS: &str = {texts:?};").expect("a String takes all");
        writeln!(table, "static ENDS: [u16; {}] = {ends:?};", ends.len())
            .expect("a String takes all");
        fs::write(super::built().join(table_name), table).expect("Cargo's folder can be written");
    }

    /// A message with its marks. A choice in the midst of a text becomes one among whole texts.
    fn compiled(key: &str, pattern: &Pattern<&str>) -> String {
        let choice = |element: &PatternElement<&str>| match element {
            PatternElement::Placeable {
                expression: Expression::Select { .. },
            } => true,
            PatternElement::Placeable { .. } | PatternElement::TextElement { .. } => false,
        };
        let Some(at) = pattern.elements.iter().position(choice) else {
            return plain(key, &pattern.elements);
        };
        let PatternElement::Placeable {
            expression:
                Expression::Select {
                    selector: InlineExpression::VariableReference { id },
                    variants,
                },
        } = &pattern.elements[at]
        else {
            panic!("{key}: only choices by a variable are known")
        };
        let before = plain(key, &pattern.elements[..at]);
        let after = plain(key, &pattern.elements[at + 1..]);
        let mut message = format!("{CHOICE}{}", id.name);
        for variant in variants {
            let (when, text) = (condition(variant), plain(key, &variant.value.elements));
            write!(message, "{CHOICE}{when}{THEN}{before}{text}{after}")
                .expect("a String takes all");
        }
        message
    }

    /// Text with gaps, and no choice in it.
    fn plain(key: &str, elements: &[PatternElement<&str>]) -> String {
        let part = |element: &PatternElement<&str>| match element {
            PatternElement::TextElement { value } => (*value).to_owned(),
            PatternElement::Placeable { expression } => match expression {
                Expression::Inline(InlineExpression::VariableReference { id }) => {
                    format!("{GAP}{}{GAP}", id.name)
                }
                Expression::Inline(InlineExpression::StringLiteral { value }) => {
                    (*value).to_owned()
                }
                Expression::Inline(_) | Expression::Select { .. } => {
                    panic!("{key}: only variables, strings and one choice are known")
                }
            },
        };
        elements.iter().map(part).collect()
    }

    fn condition<'a>(variant: &Variant<&'a str>) -> &'a str {
        match &variant.key {
            _ if variant.default => OTHERWISE,
            VariantKey::Identifier { name } => name,
            VariantKey::NumberLiteral { value } => value,
        }
    }
}
