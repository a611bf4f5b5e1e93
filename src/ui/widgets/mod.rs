//! Small parts that know nothing of queues.

mod attention;
mod dialog;
mod field;
mod icon;

pub(crate) use attention::use_attention;
pub(crate) use dialog::DialogFrame;
pub(crate) use field::{Field, FieldKind};
pub(crate) use icon::Icon;
