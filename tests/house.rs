//! The house rules of ARCHITECTURE.md: who may use whom, and what the core may not name.

use std::fs;
use std::path::{Path, PathBuf};

/// Each module with the modules that it may use.
const MAY_USE: [(&str, &[&str]); 13] = [
    ("sim", &[]),
    ("json", &["sim"]),
    ("sqs", &["json", "sim"]),
    ("cli", &["json", "sim", "sqs"]),
    ("wire", &["json", "sim", "sqs"]),
    ("console", &["json", "sim", "sqs", "cli", "wire"]),
    ("world", &["json", "sim", "sqs"]),
    ("timeline", &["json", "sim", "sqs", "world"]),
    ("scenario", &["json", "sim", "sqs", "world", "timeline"]),
    ("topology", &["json", "sim", "sqs", "cli", "world"]),
    (
        "share",
        &["json", "sim", "sqs", "world", "timeline", "scenario"],
    ),
    (
        "ui",
        &[
            "json", "sim", "sqs", "cli", "wire", "world", "timeline", "scenario",
        ],
    ),
    (
        "workbench",
        &[
            "json", "sim", "sqs", "cli", "wire", "console", "world", "timeline", "scenario",
            "share", "topology", "ui",
        ],
    ),
];

/// What only `ui` and `bin` may name: clocks, the system's randomness, unordered maps, floats, the
/// browser, files, the network, threads, the environment.
const NOT_IN_THE_CORE: [&str; 20] = [
    "Instant::now",
    "SystemTime",
    "HashMap",
    "HashSet",
    "f32",
    "f64",
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "yew",
    "gloo",
    "getrandom",
    "from_os_rng",
    "std::fs",
    "std::net",
    "std::io",
    "std::thread",
    "std::env",
    "println!",
    "eprintln!",
];

fn sources(module: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src")
        .join(module);
    let mut found = Vec::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the module is a folder") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("sources are text");
                found.push((path, text));
            }
        }
    }
    assert!(!found.is_empty(), "{module} has sources");
    found
}

/// The code of a source: no comments, and nothing from the first `#[cfg(test)]` on.
fn code(text: &str) -> String {
    let code = text
        .split("#[cfg(test)]")
        .next()
        .expect("a split has a first part");
    let strip = |line: &str| line.split("//").next().unwrap_or_default().to_string();
    code.lines().map(strip).collect::<Vec<_>>().join("\n")
}

/// The modules that a source names after `crate::`, in braces too.
fn crates_used(code: &str) -> Vec<&str> {
    let mut used = Vec::new();
    for (place, _) in code.match_indices("crate::") {
        let rest = &code[place + "crate::".len()..];
        let parts = match rest.strip_prefix('{') {
            Some(inside) => inside.split('}').next().unwrap_or_default(),
            None => rest.split([',', ';']).next().unwrap_or_default(),
        };
        for part in parts.split(',').map(str::trim) {
            let end = part.find(|c: char| !c.is_alphanumeric() && c != '_');
            used.push(&part[..end.unwrap_or(part.len())]);
        }
    }
    used
}

fn violations(module: &str, may_use: &[&str], code: &str) -> Vec<String> {
    let known = MAY_USE.map(|(name, _)| name);
    crates_used(code)
        .into_iter()
        .filter(|used| known.contains(used) && *used != module && !may_use.contains(used))
        .map(|used| format!("{module} uses {used}"))
        .collect()
}

fn forbidden(code: &str) -> Vec<&'static str> {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let names = |name: &&str| {
        code.match_indices(*name).any(|(place, _)| {
            let before = code[..place].chars().next_back();
            let after = code[place + name.len()..].chars().next();
            !before.is_some_and(word) && !after.is_some_and(word)
        })
    };
    NOT_IN_THE_CORE.into_iter().filter(names).collect()
}

#[test]
fn modules_use_only_what_lies_below_them() {
    for (module, may_use) in MAY_USE {
        for (path, text) in sources(module) {
            let found = violations(module, may_use, &code(&text));
            assert!(found.is_empty(), "{}: {found:?}", path.display());
        }
    }
}

#[test]
fn every_module_is_in_the_table() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in fs::read_dir(root).expect("there are sources") {
        let path = entry.expect("the folder can be read").path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .expect("names are text");
        if path.is_dir() && name != "bin" {
            assert!(
                MAY_USE.iter().any(|(module, _)| *module == name),
                "{name} has no row"
            );
        }
    }
}

#[test]
fn the_core_names_no_clock_no_chance_no_browser() {
    for module in [
        "json", "sim", "sqs", "cli", "wire", "console", "world", "timeline", "scenario", "share",
        "topology",
    ] {
        for (path, text) in sources(module) {
            let found = forbidden(&code(&text));
            assert!(found.is_empty(), "{} names {found:?}", path.display());
        }
    }
}

#[test]
fn the_checks_see_what_they_look_for() {
    assert_eq!(
        violations("sqs", &["sim"], "use crate::world::World;"),
        ["sqs uses world"]
    );
    assert_eq!(
        violations("sqs", &["sim"], "use crate::{sim::Time, ui::text};"),
        ["sqs uses ui"]
    );
    assert!(violations("sqs", &["sim"], "use crate::sim::Time;").is_empty());
    assert_eq!(
        forbidden("let x: f64 = 0.0; HashMap::new()"),
        ["HashMap", "f64"]
    );
    assert!(forbidden("let of64 = MyHashMapLike;").is_empty());
    assert_eq!(code("a // f64\n#[cfg(test)]\nmod tests"), "a ");
}
