//! Numbers held within bounds.

/// The number, or the bound that it is beyond. Unlike `f64::clamp`, it does not check that the
/// bounds are in order: the text of that check would bring 7 kB of code that formats floats.
pub(crate) fn bounded(value: f64, least: f64, most: f64) -> f64 {
    value.max(least).min(most)
}
