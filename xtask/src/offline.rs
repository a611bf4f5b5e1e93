//! What the service worker keeps: the files of a release build, and a version that stands for their contents.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use sha2::{Digest as _, Sha256};

use crate::files;

/// The service worker, in the release folder.
const WORKER: &str = "sw.js";
/// What is filled in.
const BLANK: &str = "const BUILD = null;";
/// What is kept only when it is first used: it is large.
const LAZY: &str = "python/";

/// Names the files of a release folder to its service worker.
///
/// # Errors
/// If a file cannot be read or written, or the worker is not made as expected.
pub(crate) fn write_into(folder: &Path) -> Result<()> {
    let worker = folder.join(WORKER);
    let text =
        fs::read_to_string(&worker).with_context(|| format!("cannot read {}", worker.display()))?;
    let mut names = files::below(folder)?;
    let lazy = names.iter().find_map(|name| lazy_folder(name));
    names.retain(|name| name != WORKER && !name.starts_with(LAZY));
    let mut digest = Sha256::new();
    for name in &names {
        let path = folder.join(name);
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        digest.update(name.as_bytes());
        digest.update(Sha256::digest(bytes));
    }
    // A worker that does something else is another version, too.
    digest.update(text.as_bytes());
    let text = with_build(
        &text,
        &hex(&digest.finalize()[..8]),
        &names,
        lazy.as_deref(),
    )
    .with_context(|| format!("{} has no place for the files", worker.display()))?;
    fs::write(&worker, text).with_context(|| format!("cannot write {}", worker.display()))
}

/// The folder of a file that is kept later: the one within `LAZY`.
fn lazy_folder(name: &str) -> Option<String> {
    let (folder, _) = name.strip_prefix(LAZY)?.split_once('/')?;
    Some([LAZY, folder, "/"].concat())
}

fn with_build(worker: &str, version: &str, names: &[String], lazy: Option<&str>) -> Result<String> {
    if !worker.contains(BLANK) {
        bail!("it has no {BLANK}");
    }
    let quoted: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
    let build = format!(
        "const BUILD = {{ version: {version:?}, lazy: {:?}, files: [{}] }};",
        lazy.unwrap_or_default(),
        quoted.join(", ")
    );
    Ok(worker.replacen(BLANK, &build, 1))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worker_has_a_place_for_the_files() {
        let worker = include_str!("../../static/sw.js");
        let names = ["index.html".to_owned(), "icons/icon.svg".to_owned()];
        let lazy = Some("python/77/");
        let text = with_build(worker, "0a1b", &names, lazy).expect("there is the place");
        let expect = r#"const BUILD = { version: "0a1b", lazy: "python/77/", files: ["index.html", "icons/icon.svg"] };"#;
        assert!(text.contains(expect), "{text}");
        let again = with_build(&text, "0a1b", &names, lazy);
        assert!(again.is_err(), "filled in once");
        let without = with_build(worker, "0a1b", &names, None).expect("there is the place");
        assert!(without.contains(r#"lazy: "", "#), "{without}");
    }

    #[test]
    fn what_is_kept_later_has_a_folder() {
        let folder = lazy_folder("python/77/licences/six.txt");
        assert_eq!(folder.as_deref(), Some("python/77/"));
        assert_eq!(lazy_folder("icons/icon.svg"), None);
    }

    #[test]
    fn bytes_are_written_as_two_digits_each() {
        assert_eq!(hex(&[0, 10, 255]), "000aff");
    }
}
