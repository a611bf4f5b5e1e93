//! A service with one queue, driven as fast as it goes: shared by the benchmarks, natively and in
//! WebAssembly.

use sqs_playground::sim::Time;
use sqs_playground::sqs::api::{
    CallId, Caller, ChangeMessageVisibilityRequest, CreateQueueRequest, DeleteMessageBatchRequest,
    DeleteMessageBatchRequestEntry, DeleteMessageRequest, ReceiveMessageRequest,
    ReceiveMessageResponse, ReceivedMessage, Request, Response, SendMessageRequest,
};
use sqs_playground::sqs::{Config, Outbox, Service};

/// What the queue is.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// A standard queue.
    Standard,
    /// A FIFO queue whose messages are spread over so many groups.
    Fifo {
        /// How many.
        groups: u64,
    },
}

/// A service with one queue, and counters.
pub(crate) struct Driver {
    service: Service,
    kind: Kind,
    calls: u64,
    sends: u64,
    out: Outbox,
}

impl Driver {
    /// A queue with so many messages in it.
    pub(crate) fn new(kind: Kind, messages: u64) -> Self {
        let service = Service::new(&Config::new("123456789012", "us-east-1", 1));
        let mut driver = Self {
            service,
            kind,
            calls: 0,
            sends: 0,
            out: Outbox::default(),
        };
        let attributes = match kind {
            Kind::Standard => [].as_slice(),
            Kind::Fifo { .. } => &["FifoQueue", "ContentBasedDeduplication"],
        };
        driver.call(CreateQueueRequest {
            queue_name: driver.queue(),
            attributes: attributes
                .iter()
                .map(|name| (name.to_string(), "true".into()))
                .collect(),
            ..Default::default()
        });
        for _ in 0..messages {
            driver.send();
        }
        driver
    }

    /// Sends one message.
    pub(crate) fn send(&mut self) {
        self.sends += 1;
        let group = match self.kind {
            Kind::Standard => None,
            Kind::Fifo { groups } => Some(format!("group-{}", self.sends % groups)),
        };
        self.call(SendMessageRequest {
            queue_url: self.queue(),
            message_body: Some(format!("message {}", self.sends).into()),
            message_group_id: group,
            ..Default::default()
        });
    }

    /// Receives up to so many messages.
    pub(crate) fn receive(&mut self, most: i64) -> ReceiveMessageResponse {
        let received = self.call(ReceiveMessageRequest {
            queue_url: self.queue(),
            max_number_of_messages: Some(most),
            ..Default::default()
        });
        let Response::ReceiveMessage(received) = received else {
            panic!("a receive is answered as such")
        };
        received
    }

    /// Sends one message, receives one, deletes it.
    pub(crate) fn cycle(&mut self) {
        self.send();
        let received = self.receive(1);
        self.call(DeleteMessageRequest {
            queue_url: self.queue(),
            receipt_handle: Some(received.messages[0].receipt_handle.clone()),
        });
    }

    /// Sends ten messages, receives ten, deletes them in one batch.
    pub(crate) fn batch_of_ten(&mut self) {
        for _ in 0..10 {
            self.send();
        }
        let received = self.receive(10);
        let entries = received.messages.into_iter().enumerate();
        let entry = |(place, message): (usize, ReceivedMessage)| DeleteMessageBatchRequestEntry {
            id: Some(place.to_string()),
            receipt_handle: Some(message.receipt_handle),
        };
        self.call(DeleteMessageBatchRequest {
            queue_url: self.queue(),
            entries: Some(entries.map(entry).collect()),
        });
    }

    /// Receives one message and changes its visibility to zero: it is back.
    pub(crate) fn receive_and_give_back(&mut self) {
        let received = self.receive(1);
        self.call(ChangeMessageVisibilityRequest {
            queue_url: self.queue(),
            receipt_handle: Some(received.messages[0].receipt_handle.clone()),
            visibility_timeout: Some(0),
        });
    }

    /// The service, to look at or to clone.
    pub(crate) fn service(&self) -> &Service {
        &self.service
    }

    fn queue(&self) -> Option<String> {
        Some(match self.kind {
            Kind::Standard => "q".into(),
            Kind::Fifo { .. } => "q.fifo".into(),
        })
    }

    /// Makes a call; a thousand calls a virtual millisecond.
    fn call(&mut self, request: impl Into<Request>) -> Response {
        self.calls += 1;
        self.out.events.clear();
        let now = Time::from_ms(1_767_225_600_000 + self.calls / 1000);
        self.service.handle_timeout(now, &mut self.out);
        let (call, caller) = (CallId(self.calls), Caller::PERSON);
        self.service
            .call(now, call, caller, &request.into(), &mut self.out);
        let reply = self.out.replies.pop();
        let reply = reply.expect("short calls are answered at once");
        reply.result.expect("the benchmark makes no mistakes")
    }
}
