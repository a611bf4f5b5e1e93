//! What each action does, one file per group of actions.

mod attributes;
mod batches;
mod held_messages;
mod queues;
mod receive;
mod send;
