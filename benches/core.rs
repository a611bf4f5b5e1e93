//! The service alone: operations with few and with many messages in the queue.
//!
//! What to look at is the ratio between the sizes, not the absolute time: a send, receive and delete
//! should cost about the same whatever else is in the queue.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use sqs_playground::sim::Time;
use sqs_playground::sqs::api::{
    CallId, Caller, CreateQueueRequest, DeleteMessageRequest, ReceiveMessageRequest, Request,
    Response, SendMessageRequest,
};
use sqs_playground::sqs::{Config, Outbox, Service};

/// A service with one queue, and a counter for its calls.
struct Bench {
    service: Service,
    calls: u64,
    sends: u64,
    groups: Option<u64>,
}

impl Bench {
    /// A queue with `messages` in it; FIFO with so many groups, or standard.
    fn new(messages: u64, groups: Option<u64>) -> Self {
        let config = Config::new("123456789012", "us-east-1", 1);
        let mut bench = Self {
            service: Service::new(&config),
            calls: 0,
            sends: 0,
            groups,
        };
        let fifo = ["FifoQueue", "ContentBasedDeduplication"];
        let attributes = fifo.iter().filter(|_| groups.is_some());
        bench.call(CreateQueueRequest {
            queue_name: Some(bench.queue().into()),
            attributes: attributes
                .map(|name| (name.to_string(), "true".to_string()))
                .collect(),
            ..Default::default()
        });
        for _ in 0..messages {
            bench.send();
        }
        bench
    }

    fn queue(&self) -> &'static str {
        if self.groups.is_some() { "q.fifo" } else { "q" }
    }

    fn call(&mut self, request: impl Into<Request>) -> Response {
        self.calls += 1;
        let mut out = Outbox::default();
        let now = Time::from_ms(1_767_225_600_000 + self.calls / 1000);
        self.service.handle_timeout(now, &mut out);
        self.service.call(
            now,
            CallId(self.calls),
            Caller::PERSON,
            &request.into(),
            &mut out,
        );
        let reply = out.replies.pop().expect("short calls are answered at once");
        reply.result.expect("the benchmark makes no mistakes")
    }

    fn send(&mut self) {
        self.sends += 1;
        self.call(SendMessageRequest {
            queue_url: Some(self.queue().into()),
            message_body: Some(format!("message {}", self.sends).into()),
            message_group_id: self
                .groups
                .map(|groups| format!("group-{}", self.sends % groups)),
            ..Default::default()
        });
    }

    /// Sends one message, receives one, deletes it.
    fn cycle(&mut self) {
        self.send();
        let received = self.call(ReceiveMessageRequest {
            queue_url: Some(self.queue().into()),
            ..Default::default()
        });
        let Response::ReceiveMessage(received) = received else {
            unreachable!("a receive was asked for")
        };
        self.call(DeleteMessageRequest {
            queue_url: Some(self.queue().into()),
            receipt_handle: Some(received.messages[0].receipt_handle.clone()),
        });
    }
}

fn cycles(criterion: &mut Criterion) {
    for (name, groups) in [("standard", None), ("fifo, 100 groups", Some(100))] {
        let mut group = criterion.benchmark_group(format!("send, receive, delete ({name})"));
        group.throughput(Throughput::Elements(1));
        for messages in [1_000, 100_000] {
            let mut bench = Bench::new(messages, groups);
            group.bench_function(format!("{messages} messages in the queue"), |bencher| {
                bencher.iter(|| bench.cycle());
            });
        }
        group.finish();
    }
}

fn snapshots(criterion: &mut Criterion) {
    let bench = Bench::new(10_000, None);
    criterion.bench_function("snapshot of 10,000 messages", |bencher| {
        bencher.iter(|| black_box(bench.service.clone()));
    });
}

criterion_group!(benches, cycles, snapshots);
criterion_main!(benches);
