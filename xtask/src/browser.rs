//! What only the tests need: a Chromium with its driver, Node, and the packages of the browser tests.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Context, Result, anyhow, bail};

use crate::{pins, repo, shell};

/// Debian's packages of a browser for tests.
const CHROMIUM_PACKAGES: &[&str] = &["chromium", "chromium-driver"];

/// Sets up what is missing for the tests.
///
/// # Errors
/// If something is missing and cannot be installed; the error says what to do.
pub(crate) fn set_up_tests() -> Result<()> {
    node()?;
    npm_packages()?;
    chromedriver()?;
    chromium()?;
    Ok(())
}

/// Makes sure of Node, with npm beside it.
///
/// # Errors
/// If it is missing and cannot be installed, or too old.
pub(crate) fn node() -> Result<()> {
    let missing = || shell::which("node").is_none() || shell::which("npm").is_none();
    if missing() {
        apt_install(&["nodejs", "npm"]);
    }
    let how = format!(
        "install Node {} or newer, npm with it, as https://nodejs.org says",
        pins::NODE_MAJOR_MIN
    );
    if missing() {
        bail!("Node or npm is missing (only the tests need them); {how}");
    }
    let version = shell::read(Command::new("node").arg("--version"))?;
    if major_version(&version).is_none_or(|major| major < pins::NODE_MAJOR_MIN) {
        bail!("Node {version} is too old for the browser tests; {how}");
    }
    Ok(())
}

/// The first number of what `node --version` prints, such as 20 of `v20.20.2`.
fn major_version(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// The packages that `tests/e2e/package-lock.json` names, installed anew when that file has changed.
///
/// # Errors
/// If Node is missing or npm fails.
pub(crate) fn npm_packages() -> Result<()> {
    node()?;
    let lock = repo::e2e().join("package-lock.json");
    let wanted = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let stamp = repo::e2e().join("node_modules/.installed-lock");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    shell::say("the packages of the browser tests are missing or old: installing them with npm");
    let mut npm = Command::new(shell::node_script("npm"));
    shell::run(
        npm.args(["ci", "--no-audit", "--no-fund"])
            .current_dir(repo::e2e()),
    )?;
    fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))
}

/// A Chromium: `$CHROMIUM`, or one on PATH, or the distribution's, or Playwright's own.
///
/// # Errors
/// If there is none and none can be installed.
pub(crate) fn chromium() -> Result<PathBuf> {
    let find = || {
        ["chromium", "chromium-browser", "google-chrome"]
            .into_iter()
            .find_map(shell::which)
    };
    if let Some(path) = named_by_variable("CHROMIUM")?.or_else(find) {
        return Ok(path);
    }
    apt_install(CHROMIUM_PACKAGES);
    find().map_or_else(chromium_of_playwright, Ok)
}

fn chromium_of_playwright() -> Result<PathBuf> {
    npm_packages()?;
    let mut ask = Command::new("node");
    ask.args([
        "--print",
        "require('playwright-core').chromium.executablePath()",
    ])
    .current_dir(repo::e2e());
    let path = PathBuf::from(shell::read(&mut ask)?);
    if !path.is_file() {
        shell::say("there is no Chromium on PATH: downloading Playwright's");
        let mut npx = Command::new(shell::node_script("npx"));
        shell::run(npx.args(["playwright", "install", "chromium"]).current_dir(repo::e2e())).context(
            "a Chromium is missing and cannot be installed; install one: `apt-get install chromium`, or name one in $CHROMIUM",
        )?;
    }
    Ok(path)
}

/// ChromeDriver: `$CHROMEDRIVER`, or the one on PATH, or the distribution's.
///
/// # Errors
/// If it is missing and cannot be installed.
pub(crate) fn chromedriver() -> Result<PathBuf> {
    let find = || shell::which("chromedriver");
    if let Some(path) = named_by_variable("CHROMEDRIVER")?.or_else(find) {
        return Ok(path);
    }
    apt_install(CHROMIUM_PACKAGES);
    find().ok_or_else(|| {
        anyhow!(
            "ChromeDriver is missing (only the wasm tests need it); install the one of your Chromium's version: \
             `apt-get install chromium-driver`, `brew install --cask chromedriver`, or name one in $CHROMEDRIVER"
        )
    })
}

/// The text of a `webdriver.json` that makes ChromeDriver start this Chromium with the arguments of [`pins`].
pub(crate) fn webdriver_json(chromium: &str) -> String {
    // Rust's quotes are JSON's for what a path can be expected to contain.
    format!(
        "{{\"goog:chromeOptions\": {{\"binary\": {chromium:?}, \"args\": {:?}}}}}\n",
        pins::CHROMIUM_ARGS
    )
}

/// A Firefox that can suspend WebAssembly (153 or newer): `$FIREFOX`, or one on PATH, or the distribution's.
///
/// # Errors
/// If there is none and none can be installed.
pub(crate) fn firefox() -> Result<PathBuf> {
    let find = || {
        ["firefox", "firefox-esr"]
            .into_iter()
            .find_map(shell::which)
    };
    if let Some(path) = named_by_variable("FIREFOX")?.or_else(find) {
        return Ok(path);
    }
    apt_install(&["firefox-esr"]);
    find().context(
        "a Firefox is missing; install one: `apt-get install firefox-esr`, or name one in $FIREFOX",
    )
}

fn named_by_variable(variable: &str) -> Result<Option<PathBuf>> {
    let Some(path) = env::var_os(variable)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
    else {
        return Ok(None);
    };
    if !path.is_file() {
        bail!("${variable} names {}, which is not a file", path.display());
    }
    Ok(Some(path))
}

/// Installs packages where apt-get is there and may be used; whether that has helped is for the caller to see.
pub(crate) fn apt_install(packages: &[&str]) {
    static UPDATED: OnceLock<bool> = OnceLock::new();
    let Some(sudo) = may_apt() else { return };
    let apt = |args: &[&str]| {
        let words = sudo
            .iter()
            .chain(&["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"])
            .chain(args);
        let mut words = words.map(OsStr::new);
        let mut command = Command::new(words.next().unwrap_or(OsStr::new("env")));
        let outcome = shell::run(command.args(words));
        if let Err(error) = &outcome {
            shell::say(&format!("{error:#}"));
        }
        outcome.is_ok()
    };
    shell::say(&format!(
        "installing the distribution's {}",
        packages.join(" and ")
    ));
    if *UPDATED.get_or_init(|| apt(&["update"])) {
        apt(&[&["install", "--yes", "--no-install-recommends"], packages].concat());
    }
}

/// What to put before apt-get, if it is there and may be used without a question.
fn may_apt() -> Option<&'static [&'static str]> {
    shell::which("apt-get")?;
    if shell::read(Command::new("id").arg("--user")).is_ok_and(|user| user == "0") {
        return Some(&[]);
    }
    shell::succeeds(Command::new("sudo").args(["--non-interactive", "true"]))
        .then_some(&["sudo", "--non-interactive"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_driver_is_told_which_browser_to_start() {
        let text = webdriver_json("/opt/a \"b\"/chrome");
        assert!(text.starts_with(r#"{"goog:chromeOptions": {"binary": "/opt/a \"b\"/chrome", "args": ["--no-sandbox", "#), "{text}");
    }

    #[test]
    fn node_says_how_old_it_is() {
        assert_eq!(major_version("v20.20.2"), Some(20));
        assert_eq!(major_version("20"), None);
    }

    #[test]
    fn a_variable_that_is_not_set_names_nothing() {
        assert_eq!(
            named_by_variable("SQS_PLAYGROUND_NOT_SET").expect("nothing is no error"),
            None
        );
    }
}
