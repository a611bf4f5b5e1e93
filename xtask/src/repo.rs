//! Where things are.

use std::path::{Path, PathBuf};

use crate::pins;

/// The top of the repository.
pub(crate) fn root() -> PathBuf {
    // Cargo sets the variable for `cargo run`; the compiled-in path could be that of another clone with the same target folder.
    let xtask = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    xtask
        .parent()
        .map_or_else(|| xtask.clone(), Path::to_path_buf)
}

/// The folder of installed tools: `.tools`, unless the environment names another.
pub(crate) fn tools() -> PathBuf {
    let folder = std::env::var_os(pins::TOOLS_VARIABLE).unwrap_or_else(|| ".tools".into());
    root().join(folder)
}

/// Cargo's target folder.
pub(crate) fn target() -> PathBuf {
    let folder = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    root().join(folder)
}

/// The release folder of the page.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// The browser tests.
pub(crate) fn e2e() -> PathBuf {
    root().join("tests/e2e")
}
