//! A small world for the tests of the stage.

use super::geometry::Size;
use super::layout::{ActorShape, Layout, QueueShape, Shape};
use super::view::*;
use crate::sim::Time;
use crate::sqs::api::{CallId, Caller, CreateQueueRequest, SendMessageRequest};
use crate::sqs::{MessageKey, QueueId};
use crate::world::{Config, Outbox, World};

/// Seconds since the epoch at which the picture is taken.
pub(crate) const NOW_MS: f64 = 10_000.0;

fn ring(since: u64, until: u64) -> Ring {
    Ring {
        since: Time::from_ms(since),
        until: Time::from_ms(until),
    }
}

fn zone(keys: std::ops::Range<u64>, run: Option<Ring>, lanes: Option<usize>) -> ZoneView {
    let token = |key: u64| TokenView {
        key: MessageKey(key),
        receives: (key % 3) as u32,
        since: Time::from_ms(9800),
        ring: run,
        lane: lanes.map(|lanes| (key % 100 % 10) as usize % lanes),
    };
    ZoneView {
        count: keys.clone().count(),
        tokens: keys.map(token).collect(),
    }
}

fn queue(id: u32, lanes: Option<usize>) -> QueueView {
    let base = u64::from(id) * 100;
    QueueView {
        id: QueueId(id),
        kind: if lanes.is_some() {
            QueueKind::Fifo
        } else {
            QueueKind::Standard
        },
        dead_letters: None,
        is_dead_letter_queue: false,
        zones: [
            zone(base..base + 3, Some(ring(8000, 12_000)), lanes),
            zone(base + 10..base + 17, None, lanes),
            zone(base + 20..base + 22, Some(ring(9000, 39_000)), lanes),
        ],
        lanes: (0..lanes.unwrap_or(0))
            .map(|at| LaneView {
                name: format!("group-{at}").into(),
                locked: at == 0,
                counts: [3, 7, 2]
                    .map(|count: usize| (count + lanes.unwrap_or(1) - 1 - at) / lanes.unwrap_or(1)),
            })
            .collect(),
        groups: lanes.unwrap_or(0),
        move_task: None,
    }
}

fn actor(caller: u32, doing: Doing) -> ActorView {
    ActorView {
        caller: Caller(caller),
        strands: vec![doing],
    }
}

fn call(id: u64, caller: u32, queue: u32, cargo: Cargo, leg: Leg) -> CallView {
    CallView {
        id: CallId(id),
        caller: Caller(caller),
        queue: Some(QueueId(queue)),
        cargo,
        leg,
    }
}

/// Three queues, five actors, a call of each sort.
pub(crate) fn view() -> StageView {
    let mut orders = queue(0, None);
    orders.dead_letters = Some(DeadLetters {
        target: QueueId(1),
        after_receives: 3,
    });
    let mut dead = queue(1, None);
    dead.is_dead_letter_queue = true;
    let fly = ring(9900, 10_100);
    let work = Doing::Working(MessageKey(20), ring(8000, 13_000));
    let cargo = [
        Cargo::Send,
        Cargo::Receive,
        Cargo::Delete,
        Cargo::Ask,
        Cargo::Messages(2, Some(MessageKey(21))),
        Cargo::Nothing,
        Cargo::Fine,
        Cargo::Error,
    ];
    let mut calls: Vec<CallView> = (0..)
        .zip(cargo)
        .map(|(id, cargo)| {
            let leg = if id < 4 {
                Leg::There(fly)
            } else {
                Leg::Back(fly)
            };
            call(id, id as u32 % 4, 0, cargo, leg)
        })
        .collect();
    calls.push(call(
        9,
        4,
        0,
        Cargo::Receive,
        Leg::Waiting(ring(5000, 25_000)),
    ));
    StageView {
        queues: vec![orders, dead, queue(2, Some(3))],
        actors: vec![
            actor(1, Doing::Sleeping(ring(9500, 10_500))),
            actor(2, Doing::Calling),
            actor(3, work),
            actor(4, Doing::LongPolling(ring(5000, 25_000))),
            actor(5, Doing::Failed),
        ],
        calls,
        traces: vec![Trace {
            caller: Caller(1),
            queue: QueueId(0),
            cargo: Cargo::Send,
            at: Time::from_ms(9900),
        }],
        moves: vec![Move {
            message: MessageKey(7),
            source: QueueId(0),
            target: QueueId(1),
            why: MoveReason::Poisoned,
            at: Time::from_ms(9900),
        }],
        selected: None,
    }
}

/// The view, and where it stands.
pub(crate) fn scene() -> (StageView, Layout) {
    let view = view();
    let layout = Layout::new(
        &shape(&view),
        Size {
            width: 1126.0,
            height: 700.0,
        },
        1.0,
    );
    (view, layout)
}

fn shape(view: &StageView) -> Shape {
    let queue = |queue: &QueueView| QueueShape {
        id: queue.id,
        dead_letter_queue: queue.dead_letters.map(|policy| policy.target),
    };
    let roles = [
        (Role::Producer, 0),
        (Role::Producer, 2),
        (Role::Consumer, 0),
        (Role::Consumer, 0),
        (Role::Monitor, 1),
    ];
    let actors = view
        .actors
        .iter()
        .zip(roles)
        .map(|(actor, (role, queue))| ActorShape {
            caller: actor.caller,
            role,
            queues: vec![QueueId(queue)],
        });
    Shape {
        queues: view.queues.iter().map(queue).collect(),
        actors: actors.collect(),
    }
}

/// A world with a queue `orders` that has so many messages, `body 1` and on.
pub(crate) fn world_with(messages: usize) -> World {
    let mut config = Config::new(7);
    config.set_up.push(
        CreateQueueRequest {
            queue_name: Some("orders".into()),
            ..Default::default()
        }
        .into(),
    );
    for at in 1..=messages {
        config.set_up.push(
            SendMessageRequest {
                queue_url: Some("orders".into()),
                message_body: Some(format!("body {at}").into()),
                ..Default::default()
            }
            .into(),
        );
    }
    let mut world = World::new(&config);
    world.handle_timeout(config.start, &mut Outbox::default());
    world
}
