//! The server as a process, over sockets: what it adds to the service.
#![cfg(not(target_arch = "wasm32"))]

mod clock;
mod limits;
mod queues;
mod support;
