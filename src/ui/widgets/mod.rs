//! Small parts that know nothing of queues.

mod breakable;
mod choice;
mod code;
mod dialog;
mod field;
mod icon;

pub(crate) use breakable::breakable;
pub(crate) use choice::choice;
pub(crate) use code::Code;
#[cfg(feature = "workbench")]
pub(crate) use code::{code, copy};
pub(crate) use dialog::DialogFrame;
pub(crate) use field::{Field, FieldKind};
pub(crate) use icon::Icon;
