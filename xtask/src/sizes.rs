//! What the release folder weighs, as it is and as a host sends it.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::files;

/// What is large, loaded only by who asks for it, and has nothing of ours that grows unseen: weighing it takes a minute.
const LAZY: &str = "python/";

/// The size of one file, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Size {
    /// Its path in the release folder.
    name: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Weighs every file of a folder, sorted by name.
///
/// # Errors
/// If the folder or a file cannot be read.
pub(crate) fn weigh(folder: &Path) -> Result<Vec<Size>> {
    let mut names = files::below(folder)?;
    names.retain(|name| !name.starts_with(LAZY));
    let weigh = |name: String| {
        let path = folder.join(&name);
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        weigh_bytes(name, &bytes)
    };
    names.into_iter().map(weigh).collect()
}

fn weigh_bytes(name: String, bytes: &[u8]) -> Result<Size> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(bytes)?;
    let mut brotli = Vec::new();
    brotli::BrotliCompress(
        &mut &*bytes,
        &mut brotli,
        &brotli::enc::BrotliEncoderParams::default(),
    )?;
    Ok(Size {
        name,
        raw: bytes.len() as u64,
        gzip: gzip.finish()?.len() as u64,
        brotli: brotli.len() as u64,
    })
}

/// The sizes as a table with a sum.
pub(crate) fn table(files: &[Size]) -> String {
    let sum = |of: fn(&Size) -> u64| files.iter().map(of).sum();
    let total = Size {
        name: format!("sum of {}", files.len()),
        raw: sum(|size| size.raw),
        gzip: sum(|size| size.gzip),
        brotli: sum(|size| size.brotli),
    };
    let width = files
        .iter()
        .chain([&total])
        .map(|size| size.name.len())
        .max()
        .unwrap_or_default();
    let mut text = format!(
        "{:width$} {:>10} {:>10} {:>10}\n",
        "dist/", "raw", "gzip", "brotli"
    );
    for size in files.iter().chain([&total]) {
        let [raw, gzip, brotli] = [size.raw, size.gzip, size.brotli].map(kilobytes);
        writeln!(
            text,
            "{:width$} {raw:>10} {gzip:>10} {brotli:>10}",
            size.name
        )
        .expect("a String takes everything");
    }
    text
}

/// Holds the WebAssembly that the first play needs to its budget, in bytes after Brotli. What is loaded later has none.
///
/// # Errors
/// If there is none, or it is heavier than that.
pub(crate) fn check_wasm(files: &[Size], bytes_max: u64) -> Result<()> {
    let wasm_of = |bin: &str| {
        let mut files = files.iter();
        files.find(|size| size.name.starts_with(bin) && size.name.ends_with(".wasm"))
    };
    let Some(app) = wasm_of("app") else {
        bail!("the release folder has no app….wasm");
    };
    if app.brotli > bytes_max {
        bail!(
            "the WebAssembly weighs {} after Brotli, its budget is {} (xtask/src/pins.rs)",
            kilobytes(app.brotli),
            kilobytes(bytes_max)
        );
    }
    println!(
        "The WebAssembly weighs {} of its budget of {}.",
        kilobytes(app.brotli),
        kilobytes(bytes_max)
    );
    if let Some(workbench) = wasm_of("workbench") {
        println!(
            "The workbench, loaded later, weighs {}.",
            kilobytes(workbench.brotli)
        );
    }
    Ok(())
}

/// Bytes in units of 1000, to a tenth, rounded up so that nothing looks smaller than it is.
fn kilobytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{} kB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wasm(brotli: u64) -> Size {
        Size {
            name: "app_bg.wasm".into(),
            raw: 150_000,
            gzip: 60_500,
            brotli,
        }
    }

    #[test]
    fn bytes_are_shown_in_kilobytes_rounded_up() {
        for (bytes, expect) in [
            (0, "0.0 kB"),
            (1, "0.1 kB"),
            (100, "0.1 kB"),
            (50_901, "51.0 kB"),
            (250_000, "250.0 kB"),
        ] {
            assert_eq!(kilobytes(bytes), expect, "{bytes}");
        }
    }

    #[test]
    fn compression_is_what_the_tools_say() {
        let size = weigh_bytes("zeros".into(), &[0; 10_000]).expect("memory takes everything");
        assert_eq!(size.raw, 10_000);
        assert!(
            (11..60).contains(&size.gzip) && (5..20).contains(&size.brotli),
            "{size:?}"
        );
    }

    #[test]
    fn the_table_has_a_line_per_file_and_their_sum() {
        let files = [
            wasm(51_000),
            Size {
                name: "index.html".into(),
                raw: 1_000,
                gzip: 500,
                brotli: 400,
            },
        ];
        let expect = "\
dist/              raw       gzip     brotli
app_bg.wasm   150.0 kB    60.5 kB    51.0 kB
index.html      1.0 kB     0.5 kB     0.4 kB
sum of 2      151.0 kB    61.0 kB    51.4 kB
";
        assert_eq!(table(&files), expect);
    }

    #[test]
    fn the_budget_is_kept_to_the_byte() {
        assert!(check_wasm(&[wasm(1_000)], 1_000).is_ok());
        let error = check_wasm(&[wasm(1_001)], 1_000).expect_err("it is a byte too heavy");
        assert!(
            error
                .to_string()
                .contains("weighs 1.1 kB after Brotli, its budget is 1.0 kB"),
            "{error}"
        );
        assert!(check_wasm(&[], 1_000).is_err(), "no wasm is no success");
        let workbench = Size {
            name: "workbench_bg.wasm".into(),
            ..wasm(5_000)
        };
        assert!(
            check_wasm(&[wasm(1_000), workbench], 1_000).is_ok(),
            "what is loaded later has no budget"
        );
    }
}
