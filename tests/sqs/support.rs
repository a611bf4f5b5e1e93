//! Drives a service on virtual time, and checks after every step what must always hold.

use std::collections::BTreeSet;

use sqs_playground::sim::{SortedMap, Span, Time};
use sqs_playground::sqs::api::{
    CallId, Caller, ChangeMessageVisibilityRequest, CreateQueueRequest, DeleteMessageRequest,
    DeleteQueueRequest, GetQueueAttributesRequest, MessageAttributeValue, PurgeQueueRequest,
    ReceiveMessageRequest, ReceivedMessage, Request, Response, SendMessageRequest,
    SendMessageResponse, SetQueueAttributesRequest,
};
use sqs_playground::sqs::{
    Config, Counts, Error, ErrorCode, EventKind, Outbox, Phase, Queue, Reply, Service,
};

pub(crate) const ACCOUNT: &str = "123456789012";

/// A service, its clock, and all it has said.
#[derive(Clone)]
pub(crate) struct Sqs {
    pub(crate) service: Service,
    pub(crate) now: Time,
    pub(crate) out: Outbox,
    calls: u64,
}

impl Sqs {
    pub(crate) fn new() -> Self {
        Self::with_config(Config::new(ACCOUNT, "us-east-1", 7))
    }

    pub(crate) fn with_config(config: Config) -> Self {
        Self {
            service: Service::new(&config),
            now: Time::from_ms(1_767_225_600_000),
            out: Outbox::default(),
            calls: 0,
        }
    }

    /// A service with one queue.
    pub(crate) fn with_queue(name: &str, attributes: &[(&str, &str)]) -> Self {
        let mut sqs = Self::new();
        sqs.create(name, attributes);
        sqs
    }

    /// Lets time pass.
    pub(crate) fn pass(&mut self, span: Span) {
        self.now = self.now + span;
        self.service.handle_timeout(self.now, &mut self.out);
        self.check();
    }

    pub(crate) fn pass_ms(&mut self, ms: u64) {
        self.pass(Span::from_ms(ms));
    }

    pub(crate) fn pass_secs(&mut self, seconds: u64) {
        self.pass(Span::from_secs(seconds));
    }

    /// Makes a call that may wait.
    pub(crate) fn start(&mut self, request: impl Into<Request>) -> CallId {
        self.calls += 1;
        let call = CallId(self.calls);
        let request = request.into();
        self.service
            .call(self.now, call, Caller::PERSON, &request, &mut self.out);
        self.check();
        call
    }

    pub(crate) fn cancel(&mut self, call: CallId) {
        self.service.cancel(call);
        self.check();
    }

    /// The reply to a call, if it has come.
    pub(crate) fn reply(&self, call: CallId) -> Option<Result<Response, Error>> {
        let mut replies = self.out.replies.iter().filter(|reply| reply.call == call);
        let reply = replies.next().map(|reply| reply.result.clone());
        assert_eq!(replies.next(), None, "one reply per call");
        reply
    }

    /// Makes a call that is answered at once.
    pub(crate) fn call(&mut self, request: impl Into<Request>) -> Result<Response, Error> {
        let call = self.start(request);
        self.reply(call).expect("the call is answered at once")
    }

    pub(crate) fn create(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.call(create_queue(name, attributes))
            .expect("the queue is created");
    }

    pub(crate) fn set(&mut self, queue: &str, attributes: &[(&str, &str)]) {
        self.call(set_attributes(queue, attributes))
            .expect("the attributes are set");
    }

    pub(crate) fn attributes(&mut self, queue: &str) -> SortedMap<String, String> {
        let request = GetQueueAttributesRequest {
            queue_url: Some(queue.into()),
            attribute_names: vec!["All".into()],
        };
        match self.call(request) {
            Ok(Response::GetQueueAttributes(response)) => response.attributes,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn send(&mut self, request: SendMessageRequest) -> SendMessageResponse {
        match self.call(request) {
            Ok(Response::SendMessage(response)) => response,
            other => panic!("{other:?}"),
        }
    }

    /// Sends one message per body.
    pub(crate) fn send_all(&mut self, queue: &str, bodies: &str) {
        for body in bodies.split_whitespace() {
            self.send(message(queue, body));
        }
    }

    /// Sends one message per body to a FIFO queue: a body is its group and a rest, `g1m1`.
    pub(crate) fn send_to_groups(&mut self, queue: &str, bodies: &str) {
        for body in bodies.split_whitespace() {
            self.send(fifo_message(queue, &body[..2], body, body));
        }
    }

    pub(crate) fn receive(&mut self, request: ReceiveMessageRequest) -> Vec<ReceivedMessage> {
        let reply = self.call(request);
        messages_of(reply)
    }

    /// What a long poll got, if it has got its reply.
    pub(crate) fn received(&self, call: CallId) -> Option<Vec<ReceivedMessage>> {
        self.reply(call).map(messages_of)
    }

    /// The only message of a receive of one.
    pub(crate) fn receive_one(&mut self, queue: &str, visibility_timeout: i64) -> ReceivedMessage {
        let mut messages = self.receive(receive(queue, 1, visibility_timeout));
        assert_eq!(messages.len(), 1, "one message is there");
        messages.remove(0)
    }

    /// The bodies that a receive gets.
    pub(crate) fn bodies(&mut self, queue: &str, max: i64, visibility_timeout: i64) -> String {
        bodies_of(&self.receive(receive(queue, max, visibility_timeout)))
    }

    pub(crate) fn delete(&mut self, queue: &str, handle: &str) -> Result<(), Error> {
        self.call(DeleteMessageRequest {
            queue_url: Some(queue.into()),
            receipt_handle: Some(handle.into()),
        })
        .map(|_| ())
    }

    pub(crate) fn change(&mut self, queue: &str, handle: &str, seconds: i64) -> Result<(), Error> {
        self.call(ChangeMessageVisibilityRequest {
            queue_url: Some(queue.into()),
            receipt_handle: Some(handle.into()),
            visibility_timeout: Some(seconds),
        })
        .map(|_| ())
    }

    pub(crate) fn delete_queue(&mut self, queue: &str) {
        let queue_url = Some(queue.into());
        self.call(DeleteQueueRequest { queue_url })
            .expect("the queue is deleted");
    }

    pub(crate) fn purge(&mut self, queue: &str) -> Result<(), Error> {
        let queue_url = Some(queue.into());
        self.call(PurgeQueueRequest { queue_url }).map(|_| ())
    }

    pub(crate) fn queue(&self, name: &str) -> &Queue {
        self.service.find_queue(name).expect("the queue exists")
    }

    /// Visible, in flight, delayed.
    pub(crate) fn counts(&self, name: &str) -> (usize, usize, usize) {
        let Counts {
            visible,
            in_flight,
            delayed,
        } = self.queue(name).counts();
        (visible, in_flight, delayed)
    }

    /// The kinds of the events since the last look.
    pub(crate) fn take_events(&mut self) -> Vec<EventKind> {
        self.out.events.drain(..).map(|event| event.kind).collect()
    }

    /// The replies in the order in which they came.
    pub(crate) fn replies(&self) -> Vec<CallId> {
        self.out
            .replies
            .iter()
            .map(|Reply { call, .. }| *call)
            .collect()
    }

    /// What must hold after every step.
    fn check(&self) {
        let due = self.service.poll_timeout();
        assert!(due.is_none_or(|due| due > self.now), "nothing due is left");
        assert!(
            self.out.events.is_sorted_by_key(|event| event.at),
            "events are in order"
        );
        if self.service.queues().map(Queue::len).sum::<usize>() > 500 {
            return;
        }
        let mut keys = BTreeSet::new();
        for queue in self.service.queues() {
            let mut counts = Counts::default();
            for message in queue.messages() {
                assert!(keys.insert(message.key()), "a message is in one place");
                assert!(queue.expires_at(message) > self.now);
                assert!(message.phase().until().is_none_or(|until| until > self.now));
                match message.phase() {
                    Phase::Delayed { .. } => counts.delayed += 1,
                    Phase::Visible { .. } => counts.visible += 1,
                    Phase::InFlight { .. } => counts.in_flight += 1,
                }
            }
            assert_eq!(counts, queue.counts());
        }
    }
}

pub(crate) fn create_queue(name: &str, attributes: &[(&str, &str)]) -> CreateQueueRequest {
    CreateQueueRequest {
        queue_name: Some(name.into()),
        attributes: map(attributes),
        ..Default::default()
    }
}

pub(crate) fn set_attributes(
    queue: &str,
    attributes: &[(&str, &str)],
) -> SetQueueAttributesRequest {
    SetQueueAttributesRequest {
        queue_url: Some(queue.into()),
        attributes: map(attributes),
    }
}

pub(crate) fn message(queue: &str, body: &str) -> SendMessageRequest {
    SendMessageRequest {
        queue_url: Some(queue.into()),
        message_body: Some(body.into()),
        ..Default::default()
    }
}

pub(crate) fn fifo_message(
    queue: &str,
    group: &str,
    deduplication_id: &str,
    body: &str,
) -> SendMessageRequest {
    SendMessageRequest {
        message_group_id: Some(group.into()),
        message_deduplication_id: Some(deduplication_id.into()),
        ..message(queue, body)
    }
}

pub(crate) fn receive(queue: &str, max: i64, visibility_timeout: i64) -> ReceiveMessageRequest {
    ReceiveMessageRequest {
        queue_url: Some(queue.into()),
        max_number_of_messages: Some(max),
        visibility_timeout: Some(visibility_timeout),
        message_system_attribute_names: vec!["All".into()],
        message_attribute_names: vec!["All".into()],
        ..Default::default()
    }
}

pub(crate) fn long_poll(queue: &str, seconds: i64) -> ReceiveMessageRequest {
    ReceiveMessageRequest {
        wait_time_seconds: Some(seconds),
        ..receive(queue, 10, 30)
    }
}

pub(crate) fn text_attribute(data_type: &str, value: &str) -> MessageAttributeValue {
    MessageAttributeValue {
        data_type: data_type.into(),
        string_value: Some(value.into()),
        ..Default::default()
    }
}

pub(crate) fn redrive_to(target: &str, max_receive_count: u32) -> String {
    let arn = arn(target);
    format!(r#"{{"deadLetterTargetArn":"{arn}","maxReceiveCount":{max_receive_count}}}"#)
}

pub(crate) fn arn(queue: &str) -> String {
    format!("arn:aws:sqs:us-east-1:{ACCOUNT}:{queue}")
}

pub(crate) fn bodies_of(messages: &[ReceivedMessage]) -> String {
    let bodies: Vec<_> = messages.iter().map(|message| &*message.body).collect();
    bodies.join(" ")
}

/// The handles of received messages.
pub(crate) fn handles_of(messages: &[ReceivedMessage]) -> Vec<String> {
    let handles = messages.iter();
    handles
        .map(|message| message.receipt_handle.clone())
        .collect()
}

/// Compares an error with its code and text.
#[track_caller]
pub(crate) fn check_error<T: std::fmt::Debug>(
    result: Result<T, Error>,
    code: ErrorCode,
    text: &str,
) {
    let error = result.expect_err("the request is refused");
    assert_eq!((error.code, error.message.as_str()), (code, text));
}

/// `InvalidParameterValue` with this text.
#[track_caller]
pub(crate) fn check_invalid<T: std::fmt::Debug>(result: Result<T, Error>, text: &str) {
    check_error(result, ErrorCode::InvalidParameterValue, text);
}

pub(crate) fn map(pairs: &[(&str, &str)]) -> SortedMap<String, String> {
    pairs
        .iter()
        .map(|&(name, value)| (name.into(), value.into()))
        .collect()
}

fn messages_of(reply: Result<Response, Error>) -> Vec<ReceivedMessage> {
    match reply {
        Ok(Response::ReceiveMessage(response)) => response.messages,
        other => panic!("{other:?}"),
    }
}
