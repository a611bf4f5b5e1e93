//! The service alone: operations with few and with many messages in the queue.
//!
//! What to look at is the ratio between the sizes, not the absolute time: an operation should cost
//! about the same whatever else is in the queue.

mod driver;

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use driver::{Driver, Kind};

const KINDS: [(&str, Kind); 4] = [
    ("standard", Kind::Standard),
    ("FIFO, 1 group", Kind::Fifo { groups: 1 }),
    ("FIFO, 100 groups", Kind::Fifo { groups: 100 }),
    ("FIFO, 10,000 groups", Kind::Fifo { groups: 10_000 }),
];

const SIZES: [u64; 3] = [1_000, 100_000, 1_000_000];

fn cycles(criterion: &mut Criterion) {
    for (name, kind) in KINDS {
        let mut group = criterion.benchmark_group(format!("send, receive, delete: {name}"));
        group.throughput(Throughput::Elements(1));
        for messages in SIZES {
            let mut driver = Driver::new(kind, messages);
            group.bench_function(format!("among {messages} messages"), |bencher| {
                bencher.iter(|| driver.cycle());
            });
        }
        group.finish();
    }
}

fn batches(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("send 10, receive 10, delete batch of 10");
    group.throughput(Throughput::Elements(10));
    for messages in SIZES {
        let mut driver = Driver::new(Kind::Standard, messages);
        group.bench_function(format!("among {messages} messages"), |bencher| {
            bencher.iter(|| driver.batch_of_ten());
        });
    }
    group.finish();
}

fn visibility(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("receive, change visibility to 0");
    group.throughput(Throughput::Elements(1));
    for messages in SIZES {
        let mut driver = Driver::new(Kind::Standard, messages);
        group.bench_function(format!("among {messages} messages"), |bencher| {
            bencher.iter(|| driver.receive_and_give_back());
        });
    }
    group.finish();
}

fn snapshots(criterion: &mut Criterion) {
    let driver = Driver::new(Kind::Standard, 10_000);
    criterion.bench_function("snapshot of 10,000 messages", |bencher| {
        bencher.iter(|| black_box(driver.service().clone()));
    });
}

fn configured() -> Criterion {
    Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
}

criterion_group!(name = benches; config = configured(); targets = cycles, batches, visibility, snapshots);
criterion_main!(benches);
