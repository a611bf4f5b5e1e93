//! `cargo xtask python`: the bundle with which the page runs Python scripts.
//!
//! It is made once and kept. What is downloaded and compiled (Pyodide from npm, boto3 and what it needs from PyPI, all
//! pinned by hashes in `xtask/python`) lies among the tools; the bundle, that with the runtime of `static/python`, among
//! the built things. The folder of a bundle is named by what it is made of, so no cache ever mixes two.

use std::collections::BTreeSet;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use sha2::{Digest as _, Sha256};

use crate::{browser, clients, files, pins, repo, shell};

/// What comes from Pyodide's package as it is.
const OF_PYODIDE: &[&str] = &["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"];
/// What the editor is made of.
const EDITOR: [&str; 5] = [
    "package.json",
    "package-lock.json",
    ".npmrc",
    "bundle.mjs",
    "editor.mjs",
];
/// What is written last: a bundle that has it is whole.
const MANIFEST: &str = "manifest.json";
/// What is written last among the tools, with the digest of what it was made of.
const STAMP: &str = "made-of";
/// The folder of bundles in a release.
const FOLDER: &str = "python";
/// Where `index.html` names the bundle.
const BLANK: &str = "<meta name=\"python\" content=\"\" />";

/// A bundle.
pub(crate) struct Bundle {
    /// Its folder.
    pub(crate) path: PathBuf,
    /// The name of that.
    name: String,
}

/// Whether the page is to have Python.
pub(crate) fn is_wanted() -> bool {
    env::var_os(pins::WITHOUT_PYTHON_VARIABLE).is_none_or(|value| value.is_empty())
}

/// Makes the bundle, and tells what it weighs.
///
/// # Errors
/// If something is missing and cannot be installed; the error says what to do.
pub(crate) fn make_and_tell() -> Result<()> {
    let bundle = set_up()?;
    let mut bytes = 0;
    for name in files::below(&bundle.path)? {
        bytes += fs::metadata(bundle.path.join(name))?.len();
    }
    println!("{} has {} kB.", bundle.path.display(), bytes / 1000);
    Ok(())
}

/// Makes the bundle, unless it is there.
///
/// # Errors
/// If something is missing and cannot be installed; the error says what to do.
pub(crate) fn set_up() -> Result<Bundle> {
    let runtime = repo::root().join("static/python");
    let libraries = libraries()?;
    let editor = editor()?;
    let name = digest_of(&[&libraries.join(STAMP), &editor.join(STAMP), &runtime])?;
    let path = repo::target().join(FOLDER).join(&name);
    let bundle = Bundle { path, name };
    if !bundle.path.join(MANIFEST).is_file() {
        shell::say("packing Python for the page");
        make(&bundle, &libraries, &editor, &runtime)
            .context("Python for the page cannot be packed; to go without it: --without-python")?;
        remove_others(&repo::target().join(FOLDER), &bundle.name)?;
    }
    Ok(bundle)
}

/// Removes the bundles that were made before.
fn remove_others(folder: &Path, name: &str) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        if entry.file_name() != name {
            let path = entry.path();
            fs::remove_dir_all(&path)
                .with_context(|| format!("cannot remove {}", path.display()))?;
        }
    }
    Ok(())
}

/// Puts the bundle into a built page.
///
/// # Errors
/// If it cannot be made or copied, or the page has no place to name it.
pub(crate) fn put_into(page: &Path) -> Result<()> {
    let bundle = set_up()?;
    let to = page.join(FOLDER).join(&bundle.name);
    for name in files::below(&bundle.path)? {
        link(&bundle.path.join(&name), &to.join(&name))?;
    }
    let index = page.join("index.html");
    let html =
        fs::read_to_string(&index).with_context(|| format!("cannot read {}", index.display()))?;
    let html = with_bundle(&html, &bundle.name)
        .with_context(|| format!("{} cannot name the bundle", index.display()))?;
    fs::write(&index, html).with_context(|| format!("cannot write {}", index.display()))
}

fn with_bundle(html: &str, name: &str) -> Result<String> {
    if !html.contains(BLANK) {
        bail!("it has no {BLANK}");
    }
    let named = format!("<meta name=\"python\" content=\"{FOLDER}/{name}/\" />");
    Ok(html.replacen(BLANK, &named, 1))
}

/// What is downloaded and compiled: the folder that has it.
fn libraries() -> Result<PathBuf> {
    let sources = repo::root().join("xtask/python");
    let name = digest_of(&[&sources])?;
    let folder = repo::tools().join(format!("python-{name}"));
    let stamp = folder.join(STAMP);
    if !stamp.is_file() {
        shell::say(&format!(
            "Python for the page is missing: making it in {} (once, half a minute)",
            folder.display()
        ));
        download_and_pack(&sources, &folder)
            .context("Python for the page cannot be made; to go without it: --without-python")?;
        fs::write(&stamp, name).with_context(|| format!("cannot write {}", stamp.display()))?;
    }
    Ok(folder)
}

/// The editor of the Python panel, bundled: the folder that has it.
fn editor() -> Result<PathBuf> {
    let sources = repo::root().join("xtask/editor");
    let files = EDITOR.map(|file| sources.join(file));
    let files: Vec<_> = files.iter().map(PathBuf::as_path).collect();
    let name = digest_of(&files)?;
    let folder = repo::tools().join(format!("editor-{name}"));
    let stamp = folder.join(STAMP);
    if !stamp.is_file() {
        shell::say(&format!(
            "the editor for Python is missing: making it in {} (once, some seconds)",
            folder.display()
        ));
        browser::node()?;
        for file in EDITOR {
            copy(&sources.join(file), &folder.join(file))?;
        }
        let mut npm = Command::new(shell::node_script("npm"));
        shell::run(
            npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
                .current_dir(&folder),
        )?;
        let mut node = Command::new("node");
        node.arg(folder.join("bundle.mjs"))
            .arg(folder.join("bundle"));
        shell::run(&mut node)?;
        fs::write(&stamp, name).with_context(|| format!("cannot write {}", stamp.display()))?;
    }
    Ok(folder)
}

fn download_and_pack(sources: &Path, folder: &Path) -> Result<()> {
    browser::node()?;
    let wheels = folder.join("wheels");
    fs::create_dir_all(&wheels).with_context(|| format!("cannot make {}", wheels.display()))?;
    for file in ["package.json", "package-lock.json", ".npmrc"] {
        copy(&sources.join(file), &folder.join(file))?;
    }
    let mut npm = Command::new(shell::node_script("npm"));
    shell::run(
        npm.args(["ci", "--no-audit", "--no-fund"])
            .current_dir(folder),
    )?;
    let mut pip = Command::new(clients::python_3()?);
    pip.args([
        "-m",
        "pip",
        "download",
        "--quiet",
        "--disable-pip-version-check",
    ])
    .args([
        "--no-deps",
        "--only-binary",
        ":all:",
        "--python-version",
        "3.14",
    ])
    .args(["--require-hashes", "--requirement"])
    .arg(sources.join("requirements.txt"))
    .arg("--dest")
    .arg(&wheels);
    shell::run(&mut pip)
        .context("pip is needed: `apt-get install python3-pip`, or as https://pip.pypa.io says")?;
    pack("libraries", folder, folder, folder)
}

/// Runs `pack.mjs`; `libraries` is where Pyodide is.
fn pack(what: &str, libraries: &Path, from: &Path, to: &Path) -> Result<()> {
    let mut node = Command::new("node");
    node.arg(repo::root().join("xtask/python/pack.mjs"))
        .arg(what)
        .args([from, to])
        .env("PYODIDE", pyodide(libraries));
    shell::run(&mut node)
}

fn pyodide(libraries: &Path) -> PathBuf {
    libraries.join("node_modules/pyodide")
}

fn make(bundle: &Bundle, libraries: &Path, editor: &Path, runtime: &Path) -> Result<()> {
    let to = &bundle.path;
    fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    pack("runtime", libraries, runtime, to)?;
    for name in OF_PYODIDE {
        link(&pyodide(libraries).join(name), &to.join(name))?;
    }
    let archive = "libraries.pack";
    link(&libraries.join(archive), &to.join(archive))?;
    let sources = repo::root().join("xtask/python");
    link(&editor.join("bundle/editor.js"), &to.join("editor.js"))?;
    for licences in [
        libraries.join("licences"),
        sources.join("licences"),
        editor.join("bundle/licences"),
    ] {
        for name in files::below(&licences)? {
            copy(&licences.join(&name), &to.join("licences").join(&name))?;
        }
    }
    for name in files::below(runtime)? {
        if name.ends_with(".mjs") {
            copy(&runtime.join(&name), &to.join(&name))?;
        }
    }
    let manifest = manifest(to, &sources, libraries, editor)?;
    let path = to.join(MANIFEST);
    fs::write(&path, manifest).with_context(|| format!("cannot write {}", path.display()))
}

/// A part of the bundle that others have made.
struct Package {
    name: String,
    version: String,
    /// What its licence is called.
    terms: String,
    /// The file that has its text.
    licence: String,
}

impl Package {
    fn new(name: &str, version: &str, terms: &str) -> Self {
        Self {
            licence: format!("licences/{}.txt", name.replace('-', "_")),
            name: name.to_owned(),
            version: version.to_owned(),
            terms: terms.to_owned(),
        }
    }
}

/// All that others have made.
fn packages(sources: &Path, libraries: &Path, editor: &Path) -> Result<Vec<Package>> {
    let read = |path: PathBuf| {
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let (name, version) = pyodide_version(sources)?;
    let linked = "MIT, BSD-2-Clause, BSD-3-Clause, Zlib, bzip2-1.0.6, ISC, MPL-2.0, Apache-2.0, \
                  Apache-2.0 WITH LLVM-exception, public domain";
    let mut packages = vec![
        Package::new(&name, &version, "MPL-2.0"),
        Package::new("python", "3.14.2", "PSF-2.0"),
        Package {
            name: "libraries linked into pyodide".into(),
            ..Package::new("linked-libraries", &version, linked)
        },
    ];
    let terms = read(libraries.join("terms.txt"))?;
    for (name, version) in pinned(&read(sources.join("requirements.txt"))?) {
        let known = name.replace('-', "_");
        let mut lines = terms.lines().filter_map(|line| line.split_once(' '));
        let (_, terms) = lines
            .find(|(package, _)| *package == known)
            .with_context(|| format!("nobody knows the licence of {name}"))?;
        packages.push(Package::new(&name, &version, terms));
    }
    let list = read(editor.join("bundle/packages.txt"))?;
    packages.extend(list.lines().filter_map(|line| {
        let mut words = line.splitn(4, ' ').map(str::to_owned);
        Some(Package {
            name: words.next()?,
            version: words.next()?,
            licence: words.next()?,
            terms: words.next()?,
        })
    }));
    Ok(packages)
}

/// What a bundle has: its packages with their versions and licences, its files with their sizes.
fn manifest(bundle: &Path, sources: &Path, libraries: &Path, editor: &Path) -> Result<String> {
    let packages = packages(sources, libraries, editor)?;
    let files = files::below(bundle)?;
    let known: BTreeSet<_> = files.iter().map(String::as_str).collect();
    let mut text = String::from("{\n  \"packages\": [\n");
    for (index, package) in packages.iter().enumerate() {
        let Package {
            name,
            version,
            terms,
            licence,
        } = package;
        if !known.contains(licence.as_str()) {
            bail!("{name} has no {licence}");
        }
        let comma = if index + 1 < packages.len() { "," } else { "" };
        writeln!(
            text,
            "    {{ \"name\": {name:?}, \"version\": {version:?}, \"terms\": {terms:?}, \"licence\": {licence:?} }}{comma}"
        )?;
    }
    text += "  ],\n  \"files\": [\n";
    for (index, name) in files.iter().enumerate() {
        let bytes = fs::metadata(bundle.join(name))?.len();
        let comma = if index + 1 < files.len() { "," } else { "" };
        writeln!(
            text,
            "    {{ \"name\": {name:?}, \"bytes\": {bytes} }}{comma}"
        )?;
    }
    text += "  ]\n}\n";
    Ok(text)
}

/// The name and the version of Pyodide, as npm is asked for it.
fn pyodide_version(sources: &Path) -> Result<(String, String)> {
    let path = sources.join("package.json");
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let version = text
        .split_once("\"pyodide\": \"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .with_context(|| format!("{} does not pin pyodide", path.display()))?;
    Ok(("pyodide".into(), version.0.into()))
}

/// The names and versions in the text of a requirements file.
fn pinned(requirements: &str) -> impl Iterator<Item = (String, String)> {
    requirements.lines().filter_map(|line| {
        let (name, rest) = line.split_once("==")?;
        let version = rest.split_whitespace().next()?;
        Some((name.to_owned(), version.to_owned()))
    })
}

/// A short name for what these files, and the files in these folders, contain.
fn digest_of(paths: &[&Path]) -> Result<String> {
    let mut digest = Sha256::new();
    for path in paths {
        let names = if path.is_dir() {
            files::below(path)?
        } else {
            vec![String::new()]
        };
        for name in names {
            let file = if name.is_empty() {
                path.to_path_buf()
            } else {
                path.join(&name)
            };
            let bytes =
                fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            digest.update(name.as_bytes());
            digest.update(Sha256::digest(bytes));
        }
    }
    let mut text = String::new();
    for byte in &digest.finalize()[..8] {
        write!(text, "{byte:02x}")?;
    }
    Ok(text)
}

/// Copies a file.
fn copy(from: &Path, to: &Path) -> Result<()> {
    make_way(to)?;
    fs::copy(from, to)
        .with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    Ok(())
}

/// Links a file that nobody will change, which costs no time and no room; where that cannot be, copies it.
fn link(from: &Path, to: &Path) -> Result<()> {
    make_way(to)?;
    fs::hard_link(from, to).or_else(|_| copy(from, to))
}

/// Makes the folder of a file, and removes what was there.
fn make_way(to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    if to.exists() {
        fs::remove_file(to).with_context(|| format!("cannot remove {}", to.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_its_bundle() {
        let index = include_str!("../../index.html");
        let html = with_bundle(index, "0a1b").expect("there is the place");
        assert!(
            html.contains("<meta name=\"python\" content=\"python/0a1b/\" />"),
            "{html}"
        );
        assert!(with_bundle(&html, "0a1b").is_err(), "filled in once");
    }

    #[test]
    fn every_package_is_pinned_with_a_hash() {
        let list = include_str!("../python/requirements.txt");
        let lines = list.lines().filter(|line| !line.starts_with('#'));
        for line in lines.clone() {
            assert!(line.contains(" --hash=sha256:"), "{line}");
        }
        let names: Vec<_> = pinned(list).map(|(name, _)| name).collect();
        assert_eq!(names.len(), lines.count());
        assert!(names.contains(&"boto3".to_owned()), "{names:?}");
    }

    #[test]
    fn the_bundles_before_are_removed() {
        let folder = env::temp_dir().join(format!("sqs-playground-bundles-{}", std::process::id()));
        for name in ["old", "new"] {
            let file = folder.join(name).join("licences/a.txt");
            make_way(&file).expect("a folder can be made");
            fs::write(&file, "a").expect("a file can be written");
        }
        for _ in 0..2 {
            remove_others(&folder, "new").expect("they can be removed");
            let left = files::below(&folder).expect("it can be read");
            assert_eq!(left, ["new/licences/a.txt"]);
        }
        fs::remove_dir_all(&folder).expect("it can be removed");
    }

    #[test]
    fn the_digest_tells_contents_apart() {
        let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
        let of = |names: &[&str]| {
            let paths: Vec<_> = names.iter().map(|name| xtask.join(name)).collect();
            let paths: Vec<_> = paths.iter().map(PathBuf::as_path).collect();
            digest_of(&paths).expect("the files are there")
        };
        assert_eq!(of(&["Cargo.toml"]), of(&["Cargo.toml"]));
        assert_ne!(of(&["Cargo.toml"]), of(&["src/main.rs"]));
        assert_ne!(of(&["python"]), of(&["python/licences"]));
    }
}
