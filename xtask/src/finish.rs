//! `cargo xtask finish`: what Trunk leaves to do, done as a hook of its own, so that plain `trunk build --release` makes
//! the same folder as `cargo xtask build`.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::{csp, likeness, offline, python};

/// Finishes the folder in which Trunk puts a build together. Only a release is held to its size and kept for offline use.
///
/// # Errors
/// If Trunk has not started it, or the folder is not made as expected.
pub(crate) fn finish() -> Result<()> {
    let staging = env::var_os("TRUNK_STAGING_DIR")
        .context("Trunk runs this after a build, and names its folder")?;
    let folder = PathBuf::from(staging);
    if python::is_wanted() {
        python::put_into(&folder)?;
    }
    if env::var_os("TRUNK_PROFILE").is_none_or(|profile| profile != "release") {
        return Ok(());
    }
    likeness::sort_functions_in(&folder)?;
    csp::write_into(&folder.join("index.html"))?;
    // The last: its version stands for what all files contain.
    offline::write_into(&folder)
}
