//! The files of a folder.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// The paths of all files in a folder and below, from there and with `/`, in their order.
///
/// # Errors
/// If a folder cannot be read.
pub(crate) fn below(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(current) = folders.pop() {
        let path = folder.join(&current);
        let entries =
            fs::read_dir(&path).with_context(|| format!("cannot read {}", path.display()))?;
        for entry in entries {
            let entry = entry?;
            let name = format!("{current}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                folders.push(name + "/");
            } else {
                names.push(name);
            }
        }
    }
    names.sort();
    Ok(names)
}
