//! The page: the only place that knows Yew and the browser.
//!
//! The session is pure, and so are format, playback and the geometry of the stage. Components look at
//! the session through the store, and change it by an action.

pub mod address;
mod app;
pub(crate) mod axis;
mod bounds;
pub(crate) mod bridge;
pub(crate) mod catalogue;
mod comparison;
mod crash;
mod describe;
pub(crate) mod dock;
pub(crate) mod format;
mod forms;
mod frame;
mod inspector;
pub(crate) mod keys;
pub(crate) mod listeners;
mod notice;
mod page;
mod part;
pub mod playback;
pub(crate) mod promise;
mod rail;
mod scrubber;
pub mod session;
pub(crate) mod shell;
mod stage;
pub(crate) mod store;
pub(crate) mod text;
pub(crate) mod theme;
mod top_bar;
pub(crate) mod widgets;

pub use app::App;
pub use crash::install_panic_hook;

/// Constant in time, and a quarter of the code of the one that Rust brings along.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::GlobalTlsf = rlsf::GlobalTlsf::new();
