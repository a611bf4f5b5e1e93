//! The forms with which a person calls the service by hand, and makes and changes actors.
//!
//! What is typed goes to the service as it is: the service says what is wrong with it, and the
//! form shows that where it was typed.

mod add_actor;
mod attributes;
mod change_actor;
mod compare;
mod create_queue;
mod fields;
mod parts;
mod program;
mod receive;
mod send;
mod tags;

pub(crate) use add_actor::AddActorForm;
pub(crate) use attributes::AttributesForm;
pub(crate) use change_actor::ProgramForm;
pub(crate) use compare::{CompareForm, in_words};
pub(crate) use create_queue::CreateQueueForm;
pub(crate) use fields::ask;
pub(crate) use receive::ReceiveForm;
pub(crate) use send::SendForm;
pub(crate) use tags::TagsForm;
