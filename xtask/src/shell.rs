//! Running other programs, visibly.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// Prints what is about to happen.
pub(crate) fn say(what: &str) {
    println!("==> {what}");
}

/// Runs a command to its end, its output going where ours goes.
///
/// # Errors
/// If it cannot be started or does not succeed.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let line = display(command);
    println!("  $ {line}");
    let status = command
        .status()
        .with_context(|| format!("cannot start `{line}`"))?;
    if !status.success() {
        bail!("`{line}` failed ({status})");
    }
    Ok(())
}

/// Runs a command in the place of this process, so that whoever stops us stops it; where that is not possible, like
/// [`run`].
///
/// # Errors
/// If it cannot be started, or does not succeed.
pub(crate) fn run_instead(command: &mut Command) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt as _;
        let line = display(command);
        println!("  $ {line}");
        Err(command.exec()).with_context(|| format!("cannot start `{line}`"))
    }
    #[cfg(not(unix))]
    run(command)
}

/// Runs a command quietly and returns what it printed, without the last line break.
///
/// # Errors
/// If it cannot be started or does not succeed.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let line = display(command);
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start `{line}`"))?;
    if !output.status.success() {
        bail!("`{line}` failed ({})", output.status);
    }
    let text =
        String::from_utf8(output.stdout).with_context(|| format!("`{line}` printed no UTF-8"))?;
    Ok(text.trim_end().to_owned())
}

/// Whether a command starts and succeeds; its output is dropped.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    let quiet = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// The program of that name on PATH.
pub(crate) fn which(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(&file))
        .find(|path| path.is_file())
}

/// PATH with these folders before it.
///
/// # Errors
/// If a folder's name contains the separator of PATH.
pub(crate) fn path_with(folders: &[&Path]) -> Result<OsString> {
    let current = env::var_os("PATH").unwrap_or_default();
    let all = folders
        .iter()
        .map(|folder| folder.to_path_buf())
        .chain(env::split_paths(&current));
    env::join_paths(all)
        .context("a tools folder cannot be put on PATH: its name contains PATH's separator")
}

/// npm and npx are scripts with an ending of their own on Windows.
pub(crate) fn node_script(name: &str) -> String {
    if cfg!(windows) {
        format!("{name}.cmd")
    } else {
        name.to_owned()
    }
}

fn display(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_program_is_named() {
        let error =
            run(&mut Command::new("no-such-program-here")).expect_err("there is no such program");
        assert!(
            format!("{error:#}").contains("cannot start `no-such-program-here`"),
            "{error:#}"
        );
    }

    #[test]
    fn a_failing_command_is_an_error_that_shows_the_whole_line() {
        let error = run(Command::new("cargo").arg("no-such-command"))
            .expect_err("cargo has no such command");
        assert!(
            format!("{error:#}").contains("`cargo no-such-command` failed"),
            "{error:#}"
        );
    }

    #[test]
    fn which_finds_what_path_has() {
        assert!(which("cargo").is_some());
        assert_eq!(which("no-such-program-here"), None);
    }
}
