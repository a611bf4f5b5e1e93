//! The way to AWS and back: exports, imports, and that one undoes the other.

mod exports;
mod hostile;
mod imports;
mod round_trips;
mod support;
