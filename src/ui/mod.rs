//! The page: the only place that knows Yew and the browser.

pub mod playback;
pub mod session;
