//! What each action does, one file per group of actions.

mod attributes;
mod batches;
mod held_messages;
mod listing;
mod move_tasks;
mod permissions;
mod queues;
mod receive;
mod removal;
mod send;
mod tags;
