//! Random schedules, against a model that is too simple and too slow to be wrong: it keeps all
//! messages in one list, looks through it for everything, and lives through every second.

use std::collections::BTreeMap;

use proptest::prelude::*;
use sqs_playground::sim::{Span, Time, digest_of};
use sqs_playground::sqs::api::{
    CallId, CancelMessageMoveTaskRequest, ChangeMessageVisibilityRequest, CreateQueueRequest,
    DeleteMessageRequest, DeleteQueueRequest, ListMessageMoveTasksRequest, PurgeQueueRequest,
    ReceiveMessageRequest, ReceivedMessage, Request, Response, SendMessageBatchRequestEntry,
    StartMessageMoveTaskRequest,
};
use sqs_playground::sqs::{EventKind, QueueId};

use crate::batch::{change_batch, delete_batch, entry, fifo_entry, send_batch};
use crate::support::{
    Sqs, arn, create_queue, fifo_message, message, receive, redrive_to, set_attributes,
};

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
    SendBatch {
        queue: usize,
        entries: Vec<(u8, u8)>,
    },
    DeleteBatch {
        receives: Vec<prop::sample::Index>,
    },
    ChangeBatch {
        receives: Vec<prop::sample::Index>,
        timeout: i64,
    },
    Purge {
        queue: usize,
    },
    DeleteQueue {
        queue: usize,
    },
    CreateQueue {
        queue: usize,
    },
    StartTask {
        source: usize,
        to_own_source: bool,
    },
    CancelTask {
        source: usize,
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
        2 => (0..4usize, prop::collection::vec((0..3u8, any::<u8>()), 1..11))
            .prop_map(|(queue, entries)| Step::SendBatch { queue, entries }),
        1 => prop::collection::vec(any_index(), 1..11)
            .prop_map(|receives| Step::DeleteBatch { receives }),
        1 => (prop::collection::vec(any_index(), 1..11), 0..5i64)
            .prop_map(|(receives, timeout)| Step::ChangeBatch { receives, timeout }),
        1 => (0..4usize).prop_map(|queue| Step::Purge { queue }),
        1 => (0..4usize).prop_map(|queue| Step::DeleteQueue { queue }),
        2 => (0..4usize).prop_map(|queue| Step::CreateQueue { queue }),
        2 => (0..2usize, any::<bool>())
            .prop_map(|(source, to_own_source)| Step::StartTask { source, to_own_source }),
        1 => (0..2usize).prop_map(|source| Step::CancelTask { source }),
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
    /// Below 256 the sender's, else from the key of a dead letter.
    deduplication: u64,
}

#[derive(Clone, Debug)]
struct ModelTask {
    destination: Option<usize>,
    started: u64,
    moved: u64,
    fetched: u64,
    status: &'static str,
}

#[derive(Clone, Debug)]
struct ModelReceive {
    queue: usize,
    generation: u64,
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
    accepted_ids: Vec<(usize, u64, u64)>,
    /// When each queue was created, in the order of all creations; none while it is deleted.
    generations: [Option<u64>; 4],
    created: u64,
    deleted: [Option<u64>; 4],
    purged: [Option<u64>; 4],
    /// The newest task of each dead-letter queue.
    tasks: [Option<ModelTask>; 2],
    receives: Vec<ModelReceive>,
    waiters: Vec<ModelWaiter>,
    /// Calls with the keys that they got.
    replies: Vec<(u64, Vec<u64>)>,
}

fn is_fifo(queue: usize) -> bool {
    queue % 2 == 1
}

impl Model {
    fn new() -> Self {
        Self {
            retention: [65; 4],
            generations: [1, 2, 3, 4].map(Some),
            created: 4,
            ..Self::default()
        }
    }

    fn exists(&self, queue: usize) -> bool {
        self.generations[queue].is_some()
    }

    fn by_age(&self) -> Vec<usize> {
        let mut queues: Vec<_> = (0..4).filter(|queue| self.exists(*queue)).collect();
        queues.sort_by_key(|queue| self.generations[*queue]);
        queues
    }

    fn tick(&mut self) {
        self.now += 1;
        for queue in self.by_age() {
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
        for queue in self.by_age() {
            let is_due = |task: &ModelTask| {
                ["RUNNING", "CANCELLING"].contains(&task.status)
                    && task.started + task.moved <= self.now
            };
            if queue < 2 && self.tasks[queue].as_ref().is_some_and(is_due) {
                self.go_on(queue);
                self.serve();
            }
        }
        for queue in self.by_age() {
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

    fn send(&mut self, queue: usize, group: u8, id: u64) {
        let now = self.now;
        if !self.exists(queue) {
            return;
        }
        if is_fifo(queue) {
            let is_same = |(q, i, t): &&(usize, u64, u64)| (*q, *i) == (queue, id) && now < t + 300;
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
            deduplication: id,
        });
    }

    /// One move of a task at one a second, or its end.
    fn go_on(&mut self, source: usize) {
        let mut task = self.tasks[source].clone().expect("a task runs");
        task.status = self.status_after_move(source, &mut task);
        let is_cancelled = task.status == "CANCELLING" && task.moved == task.fetched;
        let is_active = ["RUNNING", "CANCELLING"].contains(&task.status);
        if is_active && (is_cancelled || self.candidates(source).is_empty()) {
            let is_running = task.status == "RUNNING";
            task.status = if is_running { "COMPLETED" } else { "CANCELLED" };
        }
        self.tasks[source] = Some(task);
    }

    fn status_after_move(&mut self, source: usize, task: &mut ModelTask) -> &'static str {
        let candidates = self.candidates(source);
        let is_cancelled = task.status == "CANCELLING" && task.moved == task.fetched;
        if candidates.is_empty() || is_cancelled {
            return task.status;
        }
        let message = &candidates[0];
        let own_source = message.moved.map(|_| source + 2);
        let Some(target) = task.destination.or(own_source) else {
            return "FAILED";
        };
        if !self.exists(target) {
            return "FAILED";
        }
        if task.moved == task.fetched {
            task.fetched += candidates.len().min(8) as u64;
        }
        task.moved += 1;
        self.messages.retain(|other| other.key != message.key);
        self.send(target, message.group, message.deduplication);
        task.status
    }

    fn start_task(&mut self, source: usize, destination: Option<usize>) {
        let runs = |task: &ModelTask| ["RUNNING", "CANCELLING"].contains(&task.status);
        let is_possible = self.exists(source)
            && self.exists(source + 2)
            && !self.tasks[source].as_ref().is_some_and(runs);
        if is_possible {
            self.tasks[source] = Some(ModelTask {
                destination,
                started: self.now,
                moved: 0,
                fetched: 0,
                status: "RUNNING",
            });
            self.go_on(source);
            self.serve();
        }
    }

    fn empty(&mut self, queue: usize) {
        self.messages.retain(|message| message.queue != queue);
        self.accepted_ids.retain(|(other, _, _)| *other != queue);
    }

    fn purge(&mut self, queue: usize) {
        let now = self.now;
        if self.exists(queue) && self.purged[queue].is_none_or(|at| now - at >= 60) {
            self.purged[queue] = Some(now);
            self.empty(queue);
        }
    }

    fn delete_queue(&mut self, queue: usize) {
        if self.exists(queue) {
            self.generations[queue] = None;
            self.deleted[queue] = Some(self.now);
            self.purged[queue] = None;
            self.waiters.retain(|waiter| waiter.queue != queue);
            self.empty(queue);
            if queue < 2 {
                self.tasks[queue] = None;
            }
        }
    }

    fn create_queue(&mut self, queue: usize) {
        let now = self.now;
        // A queue that cannot find its dead-letter queue is not created.
        let is_possible = queue < 2 || self.exists(queue - 2);
        let is_free = self.deleted[queue].is_some_and(|at| now - at >= 60);
        if !self.exists(queue) && is_free && is_possible {
            self.created += 1;
            self.generations[queue] = Some(self.created);
            (self.retention[queue], self.delay[queue]) = (65, 0);
        }
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
            if queue >= 2 && self.exists(queue - 2) && candidate.count >= RECEIVES_MAX {
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
            let generation = self.generations[queue].expect("it is there");
            self.receives.push(ModelReceive {
                queue,
                generation,
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
            message.deduplication = 1000 + key;
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
        if !self.exists(queue) {
            return;
        }
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
        if self.generations[receive.queue] != Some(receive.generation) {
            return None;
        }
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
    }

    fn set_delay(&mut self, queue: usize, seconds: u64) {
        if !self.exists(queue) {
            return;
        }
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

/// A message's key, count, and end of hiding.
type Row = (u64, u32, Option<u64>);

/// What is compared: per queue the messages in order, and the moves and the status of the newest
/// task; nothing of a queue that does not exist.
type Picture = Vec<Option<(Vec<Row>, Option<(u64, &'static str)>)>>;

fn picture_of_model(model: &Model) -> Picture {
    (0..4)
        .map(|queue| {
            if !model.exists(queue) {
                return None;
            }
            let mut messages: Vec<_> = model
                .messages
                .iter()
                .filter(|message| message.queue == queue)
                .collect();
            messages.sort_by_key(|message| message.position);
            let row = |m: &&ModelMessage| (m.key, m.count, m.hidden_until);
            let task = model.tasks.get(queue).and_then(Option::as_ref);
            let task = task.map(|task| (task.moved, task.status));
            Some((messages.iter().map(row).collect(), task))
        })
        .collect()
}

fn picture_of_service(sqs: &Sqs, start: Time) -> Picture {
    let second = |at: Time| at.since(start).as_secs();
    QUEUES
        .map(|name| {
            let queue = sqs.service.find_queue(name)?;
            let messages = queue.messages();
            let rows = messages
                .map(|message| {
                    let until = message.phase().until().map(second);
                    (message.key().0, message.receive_count(), until)
                })
                .collect();
            let mut tasks = queue.move_tasks();
            let task = tasks.next();
            Some((
                rows,
                task.map(|task| (task.moved(), task.status().as_str())),
            ))
        })
        .into()
}

fn new_service() -> Sqs {
    let mut sqs = Sqs::new();
    for queue in 0..4 {
        sqs.call(creation(queue)).expect("the queue is created");
    }
    sqs
}

fn creation(queue: usize) -> CreateQueueRequest {
    let mut attributes = vec![("MessageRetentionPeriod", "65")];
    if is_fifo(queue) {
        attributes.push(("FifoQueue", "true"));
    }
    let policy = (queue >= 2).then(|| redrive_to(QUEUES[queue - 2], RECEIVES_MAX));
    if let Some(policy) = &policy {
        attributes.push(("RedrivePolicy", policy));
    }
    create_queue(QUEUES[queue], &attributes)
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
            Step::SendBatch { queue, entries } => {
                let named = |(index, (group, id)): (usize, &(u8, u8))| {
                    let name = index.to_string();
                    if !is_fifo(*queue) {
                        return entry(&name, "x");
                    }
                    SendMessageBatchRequestEntry {
                        message_deduplication_id: Some(id.to_string()),
                        ..fifo_entry(&name, &group.to_string(), "x")
                    }
                };
                let entries = entries.iter().enumerate().map(named);
                send_batch(QUEUES[*queue], entries.collect()).into()
            }
            Step::DeleteBatch { receives } => {
                let (queue, handles) = self.handles(receives)?;
                delete_batch(&queue, &handles).into()
            }
            Step::ChangeBatch { receives, timeout } => {
                let (queue, handles) = self.handles(receives)?;
                let changes: Vec<_> = handles.iter().map(|handle| (&**handle, *timeout)).collect();
                change_batch(&queue, &changes).into()
            }
            Step::Purge { queue } => PurgeQueueRequest {
                queue_url: Some(QUEUES[*queue].into()),
            }
            .into(),
            Step::DeleteQueue { queue } => DeleteQueueRequest {
                queue_url: Some(QUEUES[*queue].into()),
            }
            .into(),
            Step::CreateQueue { queue } => creation(*queue).into(),
            Step::StartTask {
                source,
                to_own_source,
            } => StartMessageMoveTaskRequest {
                source_arn: Some(arn(QUEUES[*source])),
                destination_arn: (!to_own_source).then(|| arn(QUEUES[*source + 2])),
                max_number_of_messages_per_second: Some(1),
            }
            .into(),
            Step::CancelTask { source } => {
                let source_arn = Some(arn(QUEUES[*source]));
                let task_handle = match self.sqs.call(ListMessageMoveTasksRequest {
                    source_arn,
                    max_results: None,
                }) {
                    Ok(Response::ListMessageMoveTasks(response)) => {
                        response.results.first()?.task_handle.clone()
                    }
                    Ok(_) | Err(_) => None,
                };
                CancelMessageMoveTaskRequest { task_handle }.into()
            }
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

    /// The queue of the first handle, and all handles, as a batch takes them.
    fn handles(&self, receives: &[prop::sample::Index]) -> Option<(String, Vec<String>)> {
        let (queue, _) = self.handle(&receives[0])?;
        let handles = receives
            .iter()
            .filter_map(|receive| self.handle(receive)?.1);
        Some((queue?, handles.collect()))
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
        Step::Send { queue, group, id } => {
            model.send(*queue, *group, (*id).into());
            model.serve();
        }
        Step::SendBatch { queue, entries } => {
            for (group, id) in entries {
                model.send(*queue, *group, (*id).into());
            }
            model.serve();
        }
        Step::DeleteBatch { receives } => {
            for receive in receives_of_batch(model, receives) {
                model.delete(&receive);
            }
            model.serve();
        }
        Step::ChangeBatch { receives, timeout } => {
            for receive in receives_of_batch(model, receives) {
                model.change(&receive, *timeout as u64);
            }
            model.serve();
        }
        Step::Purge { queue } => model.purge(*queue),
        Step::DeleteQueue { queue } => model.delete_queue(*queue),
        Step::CreateQueue { queue } => model.create_queue(*queue),
        Step::StartTask {
            source,
            to_own_source,
        } => model.start_task(*source, (!to_own_source).then_some(source + 2)),
        Step::CancelTask { source } => {
            if let Some(task) = &mut model.tasks[*source]
                && task.status == "RUNNING"
            {
                task.status = "CANCELLING";
            }
        }
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
                model.serve();
            }
        }
        Step::Change { receive, timeout } => {
            if !model.receives.is_empty() {
                let receive = receive.get(&model.receives).clone();
                model.change(&receive, *timeout as u64);
                model.serve();
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

/// The receives whose handles a batch carries, but those of another queue than the first.
fn receives_of_batch(model: &Model, receives: &[prop::sample::Index]) -> Vec<ModelReceive> {
    if model.receives.is_empty() {
        return Vec::new();
    }
    let all = receives.iter().map(|receive| receive.get(&model.receives));
    let queue = receives[0].get(&model.receives).queue;
    all.filter(|receive| receive.queue == queue)
        .cloned()
        .collect()
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
    let mut places: BTreeMap<u64, QueueId> = BTreeMap::new();
    for event in &sqs.out.events {
        match event.kind {
            EventKind::MessageSent {
                message,
                delay,
                queue,
                ..
            } => {
                assert_eq!(counts.insert(message.0, 0), None, "a key is given once");
                hidden.insert(message.0, !delay.is_zero());
                places.insert(message.0, queue);
            }
            EventKind::MessageMovedByTask {
                source,
                target,
                message,
                new_message,
                delay,
            } => {
                assert_eq!(hidden.remove(&message.0), Some(false));
                assert_eq!(places.remove(&message.0), Some(source));
                if let Some(key) = new_message {
                    assert_eq!(counts.insert(key.0, 0), None, "a key is given once");
                    hidden.insert(key.0, !delay.is_zero());
                    places.insert(key.0, target);
                }
            }
            EventKind::QueuePurged { queue, messages }
            | EventKind::QueueDeleted {
                queue, messages, ..
            } => {
                let before = places.len();
                places.retain(|_, place| *place != queue);
                hidden.retain(|key, _| places.contains_key(key));
                assert_eq!(
                    before - places.len(),
                    messages,
                    "all that was there is gone"
                );
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
                target,
                ..
            } => {
                places.insert(message.0, target);
                assert_eq!(hidden.get(&message.0), Some(&false));
                assert_eq!(counts.get(&message.0), Some(&receive_count));
            }
            EventKind::MessageDeleted { message, .. }
            | EventKind::MessageExpired { message, .. } => {
                assert!(hidden.remove(&message.0).is_some(), "a message goes once");
                places.remove(&message.0);
            }
            EventKind::ChaosStruck { .. } => panic!("the queue is strict"),
            EventKind::QueueCreated { .. }
            | EventKind::MessageMoveTaskStarted { .. }
            | EventKind::MessageMoveTaskEnded { .. }
            | EventKind::QueueAttributesSet { .. }
            | EventKind::MessageDeduplicated { .. }
            | EventKind::LongPollStarted { .. }
            | EventKind::ReceiveCameBackEmpty { .. } => {}
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
        let mut model = Model::new();
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
