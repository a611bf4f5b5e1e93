//! `cargo xtask build`: the release folder.

use anyhow::Result;

use crate::tools::PageTools;
use crate::{pins, python, repo, shell, sizes, tools};

/// Builds the optimised page into `dist/`.
///
/// # Errors
/// If Trunk fails, or has not made the page that was expected.
pub(crate) fn build(tools: &PageTools) -> Result<()> {
    if python::is_wanted() {
        python::set_up()?; // before the build: who has to install something should hear it now
    }
    shell::say("building the optimised page into dist/");
    shell::run(tools.trunk()?.args(["build", "--release"]))
}

/// Builds the optimised page, prints what it weighs, and holds it to its budget.
///
/// # Errors
/// If it cannot be built, or is too heavy.
pub(crate) fn build_and_weigh() -> Result<()> {
    build(&tools::set_up_page()?)?;
    let files = sizes::weigh(&repo::dist())?;
    print!("{}", sizes::table(&files));
    sizes::check_wasm(&files, pins::WASM_BROTLI_BYTES_MAX)
}
