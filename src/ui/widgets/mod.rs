//! Small parts that know nothing of queues.

mod dialog;
mod field;
mod icon;

pub(crate) use dialog::DialogFrame;
pub(crate) use field::{Field, FieldKind};
pub(crate) use icon::Icon;
