//! Memory: what a message takes beyond its body, with 100,000 in the queue.

#[expect(dead_code, reason = "the other benchmarks use the rest")]
mod driver;

use std::alloc::System;

use driver::{Driver, Kind};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const MESSAGES: u64 = 100_000;

fn main() {
    println!("bytes a message, beyond its body, with {MESSAGES} in the queue");
    let kinds = [
        ("standard", Kind::Standard),
        ("FIFO, 100 groups", Kind::Fifo { groups: 100 }),
        ("FIFO, 10,000 groups", Kind::Fifo { groups: 10_000 }),
    ];
    for (name, kind) in kinds {
        let region = Region::new(ALLOCATOR);
        let driver = Driver::new(kind, MESSAGES);
        let change = region.change();
        // What was reallocated is among the bytes allocated and deallocated, too.
        let held = change.bytes_allocated - change.bytes_deallocated;
        let queue = driver
            .service()
            .queues()
            .next()
            .expect("the driver made one");
        let bodies: usize = queue.messages().map(|message| message.body().len()).sum();
        let each = (held - bodies) as u64 / MESSAGES;
        println!("{name:<22}{each:>6}");
    }
}
