//! The versions and limits that this command holds the project to: the one place to change them.
//!
//! Pinned elsewhere, each where its own tool reads it: Rust in `rust-toolchain.toml`, wasm-bindgen in `Cargo.lock` (its
//! command-line tool has to be exactly the same version), Playwright and axe in `tests/e2e/package.json`.
//!
//! There is no wasm-opt. `index.html` says `data-wasm-opt="0"` and the release profile strips: that was measured to be
//! within 0.5 % of wasm-opt after Brotli (50.9 against 50.8 KB, later 328.5 against 328.3 kB), which is not worth one more
//! tool.

/// Trunk, which bundles the page. Trunk 0.22 asks for a newer Rust than `rust-toolchain.toml` names.
pub(crate) const TRUNK_VERSION: &str = "0.21.14";

/// What the page's WebAssembly may weigh, in bytes after Brotli (quality 11). The whole service and the first page were 233,000;
/// with the timeline, the inspector, programs, their forms and comparisons, and the bridge to what is loaded later, it is 348,000.
pub(crate) const WASM_BROTLI_BYTES_MAX: u64 = 350_000;

/// The port of `cargo xtask serve`. Trunk.toml says the same for plain `trunk serve`.
pub(crate) const PORT: u16 = 8080;

/// The environment variable that moves the tools' folder, so that several clones can share one.
pub(crate) const TOOLS_VARIABLE: &str = "SQS_PLAYGROUND_TOOLS";

/// The environment variable that, if it is not empty, leaves Python out of the page: what `--without-python` sets.
pub(crate) const WITHOUT_PYTHON_VARIABLE: &str = "SQS_PLAYGROUND_WITHOUT_PYTHON";

/// The oldest Node that the browser tests' packages run on.
pub(crate) const NODE_MAJOR_MIN: u32 = 20;

/// How Chromium is started for tests: quiet, without a network of its own, and able to run as root in a container.
pub(crate) const CHROMIUM_ARGS: &[&str] = &[
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];
