//! The service, one module per subject. All of them go through `support`.

mod attempts;
mod dead_letter;
mod explain;
mod fair;
mod fifo;
mod limits;
mod md5;
mod metrics;
mod model;
mod modes;
mod polling;
mod queues;
mod receive;
mod retention;
mod send;
mod support;
mod throttling;
mod visibility;
