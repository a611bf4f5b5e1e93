//! The service, one module per subject. All of them go through `support`.

mod attempts;
mod batch;
mod dead_letter;
mod dead_letter_sources;
mod explain;
mod fair;
mod fifo;
mod limits;
mod md5;
mod metrics;
mod model;
mod modes;
mod move_tasks;
mod permissions;
mod polling;
mod queues;
mod receive;
mod removal;
mod retention;
mod send;
mod support;
mod tags;
mod throttling;
mod visibility;
