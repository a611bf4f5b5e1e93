//! What building the page needs, installed once and kept: the wasm target, Trunk and wasm-bindgen's tools.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::{pins, repo, shell};

/// The target that the page is built for.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// The folders of installed programs, to be put on PATH.
pub(crate) struct PageTools {
    trunk: PathBuf,
    wasm_bindgen: PathBuf,
}

impl PageTools {
    /// A command that finds these tools on its PATH and runs at the top of the repository.
    ///
    /// # Errors
    /// If the tools' folder cannot be put on PATH.
    pub(crate) fn command(&self, program: &str) -> Result<Command> {
        let mut command = Command::new(program);
        command.current_dir(repo::root()).env(
            "PATH",
            shell::path_with(&[&self.trunk, &self.wasm_bindgen])?,
        );
        Ok(command)
    }

    /// A command line for Trunk.
    ///
    /// # Errors
    /// If the tools' folder cannot be put on PATH.
    pub(crate) fn trunk(&self) -> Result<Command> {
        // By its full path: PATH of the child does not decide where the child itself is looked for on every system.
        let trunk = self.trunk.join("trunk");
        let mut command = self.command(&trunk.to_string_lossy())?;
        // Trunk wants a boolean here, others set NO_COLOR=1.
        command.env_remove("NO_COLOR");
        command.env("CARGO_ENCODED_RUSTFLAGS", page_flags().join("\x1f"));
        Ok(command)
    }
}

/// The compiler's flags for the page, the same in every build of it, so that none rebuilds what another has built.
fn page_flags() -> Vec<String> {
    // Not unrolled: a third of the code, and the page hashes no more than what a person sends.
    let compact = ["sha2_backend=\"soft\"", "sha2_backend_soft=\"compact\""];
    let mut flags: Vec<_> = compact.map(|cfg| format!("--cfg={cfg}")).into();
    // The page tells where a panic was, but not where its builder keeps the sources.
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    flags.extend(home.map(|home| {
        let sources = home.join("registry").join("src");
        format!("--remap-path-prefix={}=", sources.display())
    }));
    flags
}

/// Sets up what is missing for building the page.
///
/// # Errors
/// If something cannot be installed; the error says what to do.
pub(crate) fn set_up_page() -> Result<PageTools> {
    set_up_wasm_target()?;
    let trunk = CargoTool {
        package: "trunk",
        version: pins::TRUNK_VERSION.to_owned(),
        bins: &["trunk"],
    }
    .set_up()?;
    let wasm_bindgen = CargoTool {
        package: "wasm-bindgen-cli",
        version: locked_version(&repo::root().join("Cargo.lock"), "wasm-bindgen")?,
        bins: &["wasm-bindgen", "wasm-bindgen-test-runner"],
    }
    .set_up()?;
    let scratch = install_scratch();
    if scratch.exists() {
        fs::remove_dir_all(&scratch)
            .with_context(|| format!("cannot remove {}", scratch.display()))?;
    }
    Ok(PageTools {
        trunk,
        wasm_bindgen,
    })
}

/// Adds the wasm target to the toolchain, if it is missing.
///
/// # Errors
/// If it is missing and there is no rustup, or rustup fails.
pub(crate) fn set_up_wasm_target() -> Result<()> {
    if sysroot()?
        .join("lib/rustlib")
        .join(WASM)
        .join("lib")
        .is_dir()
    {
        return Ok(());
    }
    shell::say(&format!("Rust's target {WASM} is missing: adding it"));
    need_rustup(&format!("the target {WASM}"))?;
    shell::run(
        Command::new("rustup")
            .args(["target", "add", WASM])
            .current_dir(repo::root()),
    )
}

/// Adds rustfmt and clippy to the toolchain, if one is missing.
///
/// # Errors
/// If one is missing and there is no rustup, or rustup fails.
pub(crate) fn set_up_lint_tools() -> Result<()> {
    let bin = sysroot()?.join("bin");
    let here = |name: &str| {
        bin.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
            .is_file()
    };
    if here("cargo-fmt") && here("cargo-clippy") {
        return Ok(());
    }
    shell::say("rustfmt or clippy is missing: adding them");
    need_rustup("rustfmt and clippy")?;
    shell::run(
        Command::new("rustup")
            .args(["component", "add", "rustfmt", "clippy"])
            .current_dir(repo::root()),
    )
}

fn need_rustup(for_what: &str) -> Result<()> {
    if shell::which("rustup").is_none() {
        bail!("{for_what} cannot be added without rustup; install it as https://rustup.rs says");
    }
    Ok(())
}

fn sysroot() -> Result<PathBuf> {
    let path = shell::read(
        Command::new("rustc")
            .args(["--print", "sysroot"])
            .current_dir(repo::root()),
    )?;
    Ok(PathBuf::from(path))
}

/// A program that `cargo install` brings, in a folder per version.
struct CargoTool {
    package: &'static str,
    version: String,
    bins: &'static [&'static str],
}

impl CargoTool {
    /// Installs it if its stamp is missing, and returns the folder of its programs.
    fn set_up(&self) -> Result<PathBuf> {
        let folder = repo::tools().join(format!("{}-{}", self.package, self.version));
        let stamp = folder.join("installed");
        if !stamp.is_file() {
            let begin = Instant::now();
            shell::say(&format!(
                "{} {} is missing: building it into {} (once, a minute or two)",
                self.package,
                self.version,
                folder.display()
            ));
            shell::run(&mut self.install(&folder))?;
            fs::write(&stamp, "").with_context(|| format!("cannot write {}", stamp.display()))?;
            shell::say(&format!(
                "{} {} is in place after {} s",
                self.package,
                self.version,
                begin.elapsed().as_secs()
            ));
        }
        Ok(folder.join("bin"))
    }

    fn install(&self, folder: &Path) -> Command {
        let mut command = Command::new("cargo");
        command
            .args([
                "install",
                self.package,
                "--version",
                &self.version,
                "--locked",
                "--no-default-features",
            ])
            .args(self.bins.iter().flat_map(|bin| ["--bin", bin]))
            .arg("--root")
            .arg(folder)
            .arg("--target-dir")
            .arg(install_scratch())
            .current_dir(repo::root())
            // Built once and run for seconds: a quick build is worth more than a quick program.
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
        command
    }
}

/// Kept while anything is being installed, so that an interrupted installation goes on where it was.
fn install_scratch() -> PathBuf {
    repo::tools().join("build")
}

fn locked_version(lock: &Path, package: &str) -> Result<String> {
    let text =
        fs::read_to_string(lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let versions = versions_in_lock(&text, package);
    match versions.as_slice() {
        [version] => Ok((*version).to_owned()),
        [] => bail!("{} does not have {package}", lock.display()),
        several => bail!(
            "{} has {package} more than once ({}): only one can be served",
            lock.display(),
            several.join(", ")
        ),
    }
}

/// The versions of a package in the text of a Cargo.lock, in its order.
fn versions_in_lock<'a>(text: &'a str, package: &str) -> Vec<&'a str> {
    let value = |line: &'a str, key: &str| {
        line.strip_prefix(key)?
            .strip_prefix(" = \"")?
            .strip_suffix('"')
    };
    let mut versions = Vec::new();
    let mut wanted = false;
    for line in text.lines() {
        if line == "[[package]]" {
            wanted = false;
        } else if let Some(name) = value(line, "name") {
            wanted = name == package;
        } else if let Some(version) = value(line, "version").filter(|_| wanted) {
            versions.push(version);
        }
    }
    versions
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
version = 4

[[package]]
name = "wasm-bindgen"
version = "0.2.129"
source = "registry+https://github.com/rust-lang/crates.io-index"
dependencies = [
 "cfg-if",
 "wasm-bindgen-macro",
]

[[package]]
name = "wasm-bindgen-macro"
version = "0.2.128"

[[package]]
name = "gloo"
version = "0.10.0"

[[package]]
name = "gloo"
version = "0.11.0"
"#;

    #[test]
    fn the_lock_tells_the_version_of_exactly_that_package() {
        assert_eq!(versions_in_lock(LOCK, "wasm-bindgen"), ["0.2.129"]);
        assert_eq!(versions_in_lock(LOCK, "gloo"), ["0.10.0", "0.11.0"]);
        assert_eq!(versions_in_lock(LOCK, "cfg-if"), [""; 0]);
    }

    #[test]
    fn the_projects_own_lock_has_one_wasm_bindgen() {
        let version = locked_version(&repo::root().join("Cargo.lock"), "wasm-bindgen")
            .expect("the lock is readable");
        assert!(version.starts_with("0.2."), "{version}");
    }

    #[test]
    fn a_package_that_is_missing_or_there_twice_is_an_error() {
        let lock = repo::root().join("Cargo.lock");
        let error = locked_version(&lock, "no-such-package").expect_err("it is not there");
        assert!(
            error.to_string().contains("does not have no-such-package"),
            "{error}"
        );
    }
}
