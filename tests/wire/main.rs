//! The wire: what clients write and read, byte by byte. Rows "A n" are those of the recorded
//! scenarios on which the service's tests are built, too.

mod arbitrary;
mod json;
mod query;
mod support;
