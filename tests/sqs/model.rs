//! Random schedules, against a model that is too simple and too slow to be wrong: it keeps all
//! messages in one list, looks through it for everything, and lives through every second.

use std::collections::BTreeMap;

use proptest::prelude::*;
use sqs_playground::sim::{Span, Time, digest_of};
use sqs_playground::sqs::EventKind;
use sqs_playground::sqs::api::{
    CallId, ChangeMessageVisibilityRequest, DeleteMessageRequest, ReceiveMessageRequest,
    ReceivedMessage, Request, Response,
};

use crate::support::{Sqs, fifo_message, message, receive, redrive_to, set_attributes};

/// The queues in the order of their creation; the first two are dead-letter queues.
const QUEUES: [&str; 4] = ["d", "d.fifo", "q", "q.fifo"];
const RECEIVES_MAX: u32 = 2;

#[derive(Clone, Debug)]
enum Step {
    Send {
        queue: usize,
        group: u8,
        id: u8,
    },
    Receive {
        queue: usize,
        max: i64,
        timeout: i64,
        wait: i64,
    },
    Delete {
        receive: prop::sample::Index,
    },
    Change {
        receive: prop::sample::Index,
        timeout: i64,
    },
    SetRetention {
        queue: usize,
        seconds: u64,
    },
    SetDelay {
        queue: usize,
        seconds: u64,
    },
    Cancel {
        call: prop::sample::Index,
    },
    Pass {
        seconds: u64,
    },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let any_index = any::<prop::sample::Index>;
    let step = prop_oneof![
        6 => (0..4usize, 0..3u8, any::<u8>())
            .prop_map(|(queue, group, id)| Step::Send { queue, group, id }),
        6 => (0..4usize, 1..5i64, 0..4i64, 0..4i64).prop_map(|(queue, max, timeout, wait)| {
            Step::Receive { queue, max, timeout, wait }
        }),
        3 => any_index().prop_map(|receive| Step::Delete { receive }),
        3 => (any_index(), 0..5i64)
            .prop_map(|(receive, timeout)| Step::Change { receive, timeout }),
        1 => (0..4usize, 60..70u64)
            .prop_map(|(queue, seconds)| Step::SetRetention { queue, seconds }),
        1 => (0..4usize, 0..5u64).prop_map(|(queue, seconds)| Step::SetDelay { queue, seconds }),
        1 => any_index().prop_map(|call| Step::Cancel { call }),
        6 => (1..5u64).prop_map(|seconds| Step::Pass { seconds }),
        1 => (5..40u64).prop_map(|seconds| Step::Pass { seconds }),
    ];
    prop::collection::vec(step, 1..120)
}

#[derive(Clone, Debug)]
struct ModelMessage {
    key: u64,
    queue: usize,
    group: u8,
    position: u64,
    /// The order in which messages became visible.
    rank: u64,
    count: u32,
    sent: u64,
    enqueued: u64,
    hidden_until: Option<u64>,
    /// When it came as a dead letter, with which count.
    moved: Option<(u64, u32)>,
}

#[derive(Clone, Debug)]
struct ModelReceive {
    queue: usize,
    key: u64,
    count: u32,
    at: u64,
}

#[derive(Clone, Debug)]
struct ModelWaiter {
    call: u64,
    queue: usize,
    max: usize,
    timeout: u64,
    until: u64,
}

#[derive(Default)]
struct Model {
    now: u64,
    messages: Vec<ModelMessage>,
    accepted: u64,
    counter: u64,
    retention: [u64; 4],
    delay: [u64; 4],
    /// Queue, deduplication id, time.
    accepted_ids: Vec<(usize, u8, u64)>,
    receives: Vec<ModelReceive>,
    waiters: Vec<ModelWaiter>,
    /// Calls with the keys that they got.
    replies: Vec<(u64, Vec<u64>)>,
}

fn is_fifo(queue: usize) -> bool {
    queue % 2 == 1
}

impl Model {
    fn tick(&mut self) {
        self.now += 1;
        for queue in 0..4 {
            self.expire(queue);
            let mut due: Vec<_> = self
                .messages
                .iter()
                .filter(|message| message.queue == queue)
                .filter_map(|message| Some((message.hidden_until?, message.position, message.key)))
                .filter(|(until, _, _)| *until <= self.now)
                .collect();
            due.sort_unstable();
            for (_, _, key) in due {
                self.show(key);
            }
            self.serve();
        }
        for queue in 0..4 {
            while let Some(index) = self
                .waiters
                .iter()
                .position(|waiter| waiter.queue == queue && waiter.until <= self.now)
            {
                let waiter = self.waiters.remove(index);
                self.replies.push((waiter.call, vec![]));
            }
        }
    }

    fn expire(&mut self, queue: usize) {
        let (now, retention) = (self.now, self.retention);
        self.messages.retain(|message| {
            message.queue != queue || message.enqueued + retention[message.queue] > now
        });
    }

    fn find(&mut self, key: u64) -> &mut ModelMessage {
        self.messages
            .iter_mut()
            .find(|message| message.key == key)
            .expect("the message exists")
    }

    fn next(&mut self) -> u64 {
        self.counter += 1;
        self.counter
    }

    fn show(&mut self, key: u64) {
        let next = self.next();
        let message = self.find(key);
        message.hidden_until = None;
        message.rank = next;
        if !is_fifo(message.queue) && message.count >= 3 {
            message.position = next;
        }
    }

    fn send(&mut self, queue: usize, group: u8, id: u8) {
        let now = self.now;
        if is_fifo(queue) {
            let is_same = |(q, i, t): &&(usize, u8, u64)| (*q, *i) == (queue, id) && now < t + 300;
            if self.accepted_ids.iter().any(|accepted| is_same(&accepted)) {
                return;
            }
            self.accepted_ids.push((queue, id, now));
        }
        self.accepted += 1;
        let next = self.next();
        self.messages.push(ModelMessage {
            key: self.accepted,
            queue,
            group,
            position: next,
            rank: next,
            count: 0,
            sent: now,
            enqueued: now,
            hidden_until: (self.delay[queue] > 0).then_some(now + self.delay[queue]),
            moved: None,
        });
        self.serve();
    }

    fn candidates(&self, queue: usize) -> Vec<ModelMessage> {
        let mut all: Vec<_> = self
            .messages
            .iter()
            .filter(|message| message.queue == queue)
            .cloned()
            .collect();
        all.sort_by_key(|message| message.position);
        if !is_fifo(queue) {
            all.retain(|message| message.hidden_until.is_none());
            return all;
        }
        let mut groups: BTreeMap<u8, Vec<ModelMessage>> = BTreeMap::new();
        for message in all {
            groups.entry(message.group).or_default().push(message);
        }
        let mut prefixes: Vec<Vec<_>> = groups
            .into_values()
            .map(|group| {
                group
                    .into_iter()
                    .take_while(|message| message.hidden_until.is_none())
                    .collect()
            })
            .filter(|prefix: &Vec<ModelMessage>| !prefix.is_empty())
            .collect();
        prefixes.sort_by_key(|prefix| prefix[0].rank);
        prefixes.concat()
    }

    fn collect(&mut self, queue: usize, max: usize, timeout: u64) -> Vec<u64> {
        let mut got = Vec::new();
        for candidate in self.candidates(queue) {
            if got.len() == max {
                break;
            }
            let key = candidate.key;
            if queue >= 2 && candidate.count >= RECEIVES_MAX {
                self.move_away(key);
                continue;
            }
            let at = self.now;
            let message = self.find(key);
            message.count += 1;
            let count = message.count;
            if timeout == 0 {
                self.show(key);
            } else {
                message.hidden_until = Some(at + timeout);
            }
            self.receives.push(ModelReceive {
                queue,
                key,
                count,
                at,
            });
            got.push(key);
        }
        got
    }

    fn move_away(&mut self, key: u64) {
        let (now, next) = (self.now, self.next());
        let message = self.find(key);
        message.queue -= 2;
        message.moved = Some((now, message.count));
        message.position = next;
        message.rank = next;
        if is_fifo(message.queue) {
            message.enqueued = now;
        }
        let target = message.queue;
        self.expire(target);
    }

    /// Until nobody gets anything any more; dead letters after those who made them.
    fn serve(&mut self) {
        for queue in [2, 3, 0, 1] {
            while let Some(index) = self.waiters.iter().position(|waiter| waiter.queue == queue) {
                let ModelWaiter {
                    call, max, timeout, ..
                } = self.waiters[index];
                let got = self.collect(queue, max, timeout);
                if got.is_empty() {
                    break;
                }
                self.waiters.remove(index);
                self.replies.push((call, got));
            }
        }
    }

    fn receive(&mut self, call: u64, queue: usize, max: usize, timeout: u64, wait: u64) {
        let got = self.collect(queue, max, timeout);
        if got.is_empty() && wait > 0 {
            let until = self.now + wait;
            self.waiters.push(ModelWaiter {
                call,
                queue,
                max,
                timeout,
                until,
            });
        } else {
            self.replies.push((call, got));
        }
        self.serve();
    }

    /// The message of a receive, unless it is gone or, on a FIFO queue, the handle is dead.
    fn held(&mut self, receive: &ModelReceive) -> Option<ModelMessage> {
        let now = self.now;
        let mut messages = self.messages.iter();
        let message = messages
            .find(|message| (message.queue, message.key) == (receive.queue, receive.key))?;
        let is_alive =
            message.count == receive.count && (message.hidden_until.is_some() || receive.at == now);
        (!is_fifo(receive.queue) || is_alive).then(|| message.clone())
    }

    fn delete(&mut self, receive: &ModelReceive) {
        if self
            .held(receive)
            .is_some_and(|message| message.count == receive.count)
        {
            self.messages.retain(|message| message.key != receive.key);
            self.serve();
        }
    }

    fn change(&mut self, receive: &ModelReceive, timeout: u64) {
        let now = self.now;
        match self.held(receive) {
            None => {}
            Some(message) if timeout == 0 && message.hidden_until.is_none() => {}
            Some(message) if timeout == 0 => self.show(message.key),
            Some(message) => self.find(message.key).hidden_until = Some(now + timeout),
        }
        self.serve();
    }

    fn set_delay(&mut self, queue: usize, seconds: u64) {
        let is_new = self.delay[queue] != seconds;
        self.delay[queue] = seconds;
        if is_fifo(queue) && is_new {
            let mut fresh: Vec<_> = self
                .messages
                .iter()
                .filter(|message| message.queue == queue && message.count == 0)
                .map(|message| (message.position, message.key, message.sent + seconds))
                .collect();
            fresh.sort_unstable();
            for (_, key, until) in fresh {
                let is_hidden = self.find(key).hidden_until.is_some();
                if until > self.now {
                    self.find(key).hidden_until = Some(until);
                } else if is_hidden {
                    self.show(key);
                }
            }
        }
        self.serve();
    }
}

/// What is compared: per queue the messages in order, with counts and ends of hiding.
type Picture = Vec<Vec<(u64, u32, Option<u64>)>>;

fn picture_of_model(model: &Model) -> Picture {
    (0..4)
        .map(|queue| {
            let mut messages: Vec<_> = model
                .messages
                .iter()
                .filter(|message| message.queue == queue)
                .collect();
            messages.sort_by_key(|message| message.position);
            let row = |m: &&ModelMessage| (m.key, m.count, m.hidden_until);
            messages.iter().map(row).collect()
        })
        .collect()
}

fn picture_of_service(sqs: &Sqs, start: Time) -> Picture {
    let second = |at: Time| at.since(start).as_secs();
    QUEUES
        .map(|name| {
            let messages = sqs.queue(name).messages();
            messages
                .map(|message| {
                    let until = message.phase().until().map(second);
                    (message.key().0, message.receive_count(), until)
                })
                .collect()
        })
        .into()
}

fn new_service() -> Sqs {
    let mut sqs = Sqs::new();
    let fifo = ("FifoQueue", "true");
    let retention = ("MessageRetentionPeriod", "65");
    sqs.create("d", &[retention]);
    sqs.create("d.fifo", &[retention, fifo]);
    sqs.create(
        "q",
        &[retention, ("RedrivePolicy", &redrive_to("d", RECEIVES_MAX))],
    );
    let policy = redrive_to("d.fifo", RECEIVES_MAX);
    sqs.create("q.fifo", &[retention, ("RedrivePolicy", &policy), fifo]);
    sqs
}

/// Drives the service by steps, and remembers what calls made it so.
struct Driver {
    sqs: Sqs,
    polls: Vec<(CallId, usize)>,
    /// Queues and receipt handles, as requests take them.
    handles: Vec<(Option<String>, Option<String>)>,
    seen: usize,
}

impl Driver {
    fn new() -> Self {
        let sqs = new_service();
        let seen = sqs.out.replies.len();
        Self {
            sqs,
            polls: Vec::new(),
            handles: Vec::new(),
            seen,
        }
    }

    /// Does a step; time passes in pieces of `piece` milliseconds.
    fn step(&mut self, step: &Step, piece: u64) -> Option<CallId> {
        let request: Request = match step {
            Step::Send { queue, group, id } if is_fifo(*queue) => {
                fifo_message(QUEUES[*queue], &group.to_string(), &id.to_string(), "x").into()
            }
            Step::Send { queue, .. } => message(QUEUES[*queue], "x").into(),
            Step::Receive {
                queue,
                max,
                timeout,
                wait,
            } => ReceiveMessageRequest {
                wait_time_seconds: Some(*wait),
                ..receive(QUEUES[*queue], *max, *timeout)
            }
            .into(),
            Step::Delete { receive } => {
                let (queue, handle) = self.handle(receive)?;
                DeleteMessageRequest {
                    queue_url: queue,
                    receipt_handle: handle,
                }
                .into()
            }
            Step::Change { receive, timeout } => {
                let (queue_url, receipt_handle) = self.handle(receive)?;
                let visibility_timeout = Some(*timeout);
                ChangeMessageVisibilityRequest {
                    queue_url,
                    receipt_handle,
                    visibility_timeout,
                }
                .into()
            }
            Step::SetRetention { queue, seconds } => {
                set("MessageRetentionPeriod", *queue, *seconds)
            }
            Step::SetDelay { queue, seconds } => set("DelaySeconds", *queue, *seconds),
            Step::Cancel { call } => {
                if !self.polls.is_empty() {
                    self.sqs.cancel(call.get(&self.polls).0);
                }
                return None;
            }
            Step::Pass { seconds } => {
                for _ in 0..seconds * 1000 / piece {
                    self.sqs.pass(Span::from_ms(piece));
                }
                self.look();
                return None;
            }
        };
        let call = self.sqs.start(request);
        if let Step::Receive { queue, .. } = step {
            self.polls.push((call, *queue));
        }
        self.look();
        Some(call)
    }

    fn handle(&self, index: &prop::sample::Index) -> Option<(Option<String>, Option<String>)> {
        (!self.handles.is_empty()).then(|| index.get(&self.handles).clone())
    }

    /// Collects the handles of new replies, in their order.
    fn look(&mut self) {
        for reply in &self.sqs.out.replies[self.seen..] {
            if let Ok(Response::ReceiveMessage(response)) = &reply.result {
                let mut polls = self.polls.iter();
                let poll = polls.find(|(call, _)| *call == reply.call);
                let (_, queue) = *poll.expect("only polls get messages");
                for ReceivedMessage { receipt_handle, .. } in &response.messages {
                    let handle = Some(receipt_handle.clone());
                    self.handles.push((Some(QUEUES[queue].to_owned()), handle));
                }
            }
        }
        self.seen = self.sqs.out.replies.len();
    }
}

fn set(name: &str, queue: usize, value: u64) -> Request {
    set_attributes(QUEUES[queue], &[(name, &value.to_string())]).into()
}

fn step_model(model: &mut Model, driver: &Driver, step: &Step, call: Option<CallId>) {
    let call = call.map_or(0, |call| call.0);
    match step {
        Step::Send { queue, group, id } => model.send(*queue, *group, *id),
        Step::Receive {
            queue,
            max,
            timeout,
            wait,
        } => {
            model.receive(call, *queue, *max as usize, *timeout as u64, *wait as u64);
        }
        Step::Delete { receive } => {
            if !model.receives.is_empty() {
                let receive = receive.get(&model.receives).clone();
                model.delete(&receive);
            }
        }
        Step::Change { receive, timeout } => {
            if !model.receives.is_empty() {
                let receive = receive.get(&model.receives).clone();
                model.change(&receive, *timeout as u64);
            }
        }
        Step::SetRetention { queue, seconds } => {
            model.retention[*queue] = *seconds;
            model.expire(*queue);
            model.serve();
        }
        Step::SetDelay { queue, seconds } => model.set_delay(*queue, *seconds),
        Step::Cancel { call } => {
            if !driver.polls.is_empty() {
                let call = call.get(&driver.polls).0.0;
                model.waiters.retain(|waiter| waiter.call != call);
            }
        }
        Step::Pass { seconds } => {
            for _ in 0..*seconds {
                model.tick();
            }
        }
    }
}

/// The replies to polls: calls and the keys that they got.
fn replies_of_service(sqs: &Sqs) -> Vec<(u64, Vec<u64>)> {
    let mut got: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    for event in &sqs.out.events {
        if let EventKind::MessageReceived { call, message, .. } = event.kind {
            got.entry(call.0).or_default().push(message.0);
        }
    }
    let replies = sqs.out.replies.iter();
    let polls = replies.filter(|reply| matches!(reply.result, Ok(Response::ReceiveMessage(_))));
    polls
        .map(|reply| (reply.call.0, got.remove(&reply.call.0).unwrap_or_default()))
        .collect()
}

/// From the events alone: nobody receives what is in flight, and receives count one by one.
fn check_events(sqs: &Sqs) {
    let mut counts: BTreeMap<u64, u32> = BTreeMap::new();
    let mut hidden: BTreeMap<u64, bool> = BTreeMap::new();
    for event in &sqs.out.events {
        match event.kind {
            EventKind::MessageSent { message, delay, .. } => {
                assert_eq!(counts.insert(message.0, 0), None, "a key is given once");
                hidden.insert(message.0, !delay.is_zero());
            }
            EventKind::MessageReceived {
                message,
                receive_count,
                until,
                ..
            } => {
                let is_hidden = hidden.insert(message.0, until > event.at);
                assert_eq!(is_hidden, Some(false), "only what is visible is received");
                assert_eq!(
                    counts.insert(message.0, receive_count),
                    Some(receive_count - 1)
                );
            }
            EventKind::MessageVisibilityChanged { message, until, .. }
            | EventKind::MessageDelayChanged { message, until, .. } => {
                assert!(hidden.insert(message.0, until > event.at).is_some());
            }
            EventKind::MessageBecameVisible { message, .. } => {
                assert!(hidden.insert(message.0, false).is_some());
            }
            EventKind::MessageMovedToDeadLetterQueue {
                message,
                receive_count,
                ..
            } => {
                assert_eq!(hidden.get(&message.0), Some(&false));
                assert_eq!(counts.get(&message.0), Some(&receive_count));
            }
            EventKind::MessageDeleted { message, .. }
            | EventKind::MessageExpired { message, .. } => {
                assert!(hidden.remove(&message.0).is_some(), "a message goes once");
            }
            EventKind::ChaosStruck { .. } => panic!("the queue is strict"),
            EventKind::QueueCreated { .. }
            | EventKind::QueueAttributesSet { .. }
            | EventKind::MessageDeduplicated { .. }
            | EventKind::LongPollStarted { .. }
            | EventKind::ReceiveCameBackEmpty { .. }
            | EventKind::QueuePurged { .. }
            | EventKind::QueueDeleted { .. }
            | EventKind::MessageMoveTaskStarted { .. }
            | EventKind::MessageMovedByTask { .. }
            | EventKind::MessageMoveTaskEnded { .. } => {}
        }
    }
    let left: usize = sqs
        .service
        .queues()
        .map(sqs_playground::sqs::Queue::len)
        .sum();
    assert_eq!(hidden.len(), left, "nothing is lost or invented");
}

proptest! {
    #[test]
    fn the_service_does_what_the_model_does(steps in steps()) {
        let mut driver = Driver::new();
        let mut model = Model { retention: [65; 4], ..Model::default() };
        let start = driver.sqs.now;
        for step in &steps {
            let call = driver.step(step, 1000);
            step_model(&mut model, &driver, step, call);
            prop_assert_eq!(
                picture_of_service(&driver.sqs, start), picture_of_model(&model), "{:?}", step
            );
            prop_assert_eq!(replies_of_service(&driver.sqs), model.replies.clone(), "{:?}", step);
        }
        check_events(&driver.sqs);
    }

    #[test]
    fn one_big_step_equals_many_small_ones(steps in steps()) {
        let mut big = Driver::new();
        let mut small = Driver::new();
        for step in &steps {
            let piece = if let Step::Pass { seconds } = step { seconds * 1000 } else { 1000 };
            big.step(step, piece);
            small.step(step, 250);
            prop_assert_eq!(&big.sqs.service, &small.sqs.service);
        }
        prop_assert_eq!(&big.sqs.out, &small.sqs.out);
        prop_assert_eq!(digest_of(&big.sqs.service), digest_of(&small.sqs.service));
    }
}
