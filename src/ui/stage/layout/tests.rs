//! Generated worlds on stages of many sizes.

use super::*;

fn shape(queues: &[(u32, Option<u32>)], actors: &[(Role, &[u32])]) -> Shape {
    let queue = |&(id, target): &(u32, Option<u32>)| QueueShape {
        id: QueueId(id),
        dead_letter_queue: target.map(QueueId),
    };
    let actor = |(at, (role, queues)): (usize, &(Role, &[u32]))| ActorShape {
        caller: Caller(at as u32 + 1),
        role: *role,
        queues: queues.iter().copied().map(QueueId).collect(),
    };
    Shape {
        queues: queues.iter().map(queue).collect(),
        actors: actors.iter().enumerate().map(actor).collect(),
    }
}

fn apart(layout: &Layout) {
    let queues = layout.queues.iter().map(|queue| queue.card);
    let cards: Vec<Rect> = queues
        .chain(layout.actors.iter().map(|actor| actor.card))
        .collect();
    for (at, one) in cards.iter().enumerate() {
        assert!(
            one.x >= 0.0 && one.right() <= layout.size.width + 0.5,
            "{one:?} sticks out"
        );
        assert!(
            one.y >= 0.0 && one.bottom() <= layout.size.height + 0.5,
            "{one:?} sticks out"
        );
        for other in &cards[at + 1..] {
            let beside = one.right() <= other.x + 0.5 || other.right() <= one.x + 0.5;
            let below = one.bottom() <= other.y + 0.5 || other.bottom() <= one.y + 0.5;
            assert!(beside || below, "{one:?} covers {other:?}");
        }
    }
}

#[test]
fn cards_never_cover_each_other() {
    use Role::{Consumer, Monitor, Producer, Script};
    let one: &[u32] = &[0];
    let shapes = [
        shape(&[], &[]),
        shape(&[], &[(Producer, &[]), (Consumer, &[])]),
        shape(&[(0, None)], &[(Producer, one), (Consumer, one)]),
        shape(
            &[(0, Some(1)), (1, None)],
            &[(Producer, one), (Consumer, one), (Monitor, &[1])],
        ),
        shape(
            &[(0, Some(2)), (1, Some(2)), (2, None)],
            &[(Script, &[0, 1, 2])],
        ),
        shape(&[(0, Some(1)), (1, Some(0))], &[]),
        shape(
            &[
                (0, None),
                (1, None),
                (2, None),
                (3, None),
                (4, None),
                (5, None),
                (6, None),
                (7, None),
            ],
            &[(Producer, one); 6],
        ),
        shape(&[(0, None)], &[(Consumer, one); 12]),
    ];
    for shape in &shapes {
        for width in [320.0, 360.0, 800.0, 1126.0, 2400.0] {
            for height in [300.0, 560.0, 1300.0] {
                for scale in [1.0, 1.5] {
                    apart(&Layout::new(shape, Size { width, height }, scale));
                }
            }
        }
    }
}

#[test]
fn a_dead_letter_queue_stands_right_below_its_source() {
    let shape = shape(&[(7, None), (3, Some(7)), (5, None)], &[]);
    let layout = Layout::new(
        &shape,
        Size {
            width: 1100.0,
            height: 700.0,
        },
        1.0,
    );
    let order: Vec<u32> = layout.queues.iter().map(|queue| queue.id.0).collect();
    assert_eq!(order, [3, 7, 5]);
    assert_eq!(layout.redrives.len(), 1);
}

#[test]
fn a_lone_queue_fills_the_stage() {
    let one: &[u32] = &[0];
    let shape = shape(
        &[(0, None)],
        &[(Role::Producer, one), (Role::Consumer, one)],
    );
    let layout = Layout::new(
        &shape,
        Size {
            width: 1126.0,
            height: 560.0,
        },
        1.0,
    );
    let card = layout.queues[0].card;
    assert!(card.height > 300.0 && card.width > 450.0, "{card:?}");
    assert!((card.center().x - 563.0).abs() < 1.0);
    assert_eq!(layout.links.len(), 2);
    assert!(layout.size.height <= 560.0);
}

#[test]
fn the_hand_reaches_every_queue() {
    let layout = Layout::new(
        &shape(&[(4, None)], &[]),
        Size {
            width: 360.0,
            height: 500.0,
        },
        1.0,
    );
    let way = layout.way(Caller::PERSON, QueueId(4)).expect("by hand");
    assert!((way.end.y - layout.queues[0].card.y).abs() < 1e-9);
}

/// Worlds of all sorts from a seed, up to 20 queues and 40 actors.
fn generated(seed: u64) -> Shape {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut below = |most: u32| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) as u32 % most.max(1)
    };
    let count = below(21);
    let queues: Vec<QueueShape> = (0..count)
        .map(|id| QueueShape {
            id: QueueId(id),
            dead_letter_queue: (below(3) == 0).then(|| QueueId(below(count))),
        })
        .collect();
    let actors = (0..below(41))
        .map(|at| {
            let role = [Role::Producer, Role::Consumer, Role::Monitor, Role::Script];
            let named = if count == 0 {
                0
            } else {
                below(3) + u32::from(below(9) > 0)
            };
            let mut queues: Vec<QueueId> = Vec::new();
            for _ in 0..named.min(3) {
                let id = QueueId(below(count));
                if !queues.contains(&id) {
                    queues.push(id);
                }
            }
            ActorShape {
                caller: Caller(at + 1),
                role: role[below(4) as usize],
                queues,
            }
        })
        .collect();
    Shape { queues, actors }
}

fn stages() -> impl Iterator<Item = Size> {
    [
        (360.0, 520.0),
        (700.0, 600.0),
        (926.0, 540.0),
        (1126.0, 560.0),
        (2200.0, 1200.0),
    ]
    .into_iter()
    .map(|(width, height)| Size { width, height })
}

#[test]
fn any_world_stands_apart_and_inside_and_always_in_the_same_places() {
    for seed in 0..150 {
        let shape = generated(seed);
        for stage in stages() {
            let layout = Layout::new(&shape, stage, 1.0);
            apart(&layout);
            assert_eq!(layout.queues.len(), shape.queues.len(), "seed {seed}");
            assert_eq!(layout.actors.len(), shape.actors.len(), "seed {seed}");
            assert_eq!(layout, Layout::new(&shape, stage, 1.0), "seed {seed}");
        }
    }
}

/// Ten queues with a dead-letter queue each, two producers and two consumers at each.
fn large() -> Shape {
    let queues: Vec<(u32, Option<u32>)> = (0..20)
        .map(|id| (id, (id % 2 == 0).then_some(id + 1)))
        .collect();
    let homes: Vec<[u32; 1]> = (0..40).map(|at| [at / 4 * 2]).collect();
    let actors: Vec<(Role, &[u32])> = homes
        .iter()
        .enumerate()
        .map(|(at, home)| {
            let role = if at % 4 < 2 {
                Role::Producer
            } else {
                Role::Consumer
            };
            (role, &home[..])
        })
        .collect();
    shape(&queues, &actors)
}

#[test]
fn twenty_queues_and_forty_actors_are_all_in_sight() {
    for (width, height, least) in [(1126.0, 560.0, 0.45), (2200.0, 1200.0, 0.85)] {
        let stage = Size { width, height };
        let layout = Layout::new(&large(), stage, 1.0);
        assert!(layout.zoom >= least, "{} at {stage:?}", layout.zoom);
        assert!(layout.size.width * layout.zoom <= width + 1.0);
        assert!(layout.size.height * layout.zoom <= height + 1.0);
        for redrive in &layout.redrives {
            let (from, to) = (layout.queue(redrive.source), layout.queue(redrive.target));
            let (from, to) = (from.expect("placed").card, to.expect("placed").card);
            assert!(to.y > from.bottom() && to.center().x > from.x && to.center().x < from.right());
        }
    }
}

#[test]
fn actors_stand_beside_their_queues() {
    let layout = Layout::new(
        &large(),
        Size {
            width: 1126.0,
            height: 560.0,
        },
        1.0,
    );
    for link in &layout.links {
        let way = link.curve.start.distance(link.curve.end);
        assert!(way < 420.0, "{link:?} is {way} long");
    }
}

#[test]
fn one_more_queue_comes_last() {
    let mut shape = large();
    let stage = Size {
        width: 1126.0,
        height: 560.0,
    };
    let order = |shape: &Shape| -> Vec<QueueId> {
        let layout = Layout::new(shape, stage, 1.0);
        layout.queues.iter().map(|queue| queue.id).collect()
    };
    let before = order(&shape);
    shape.queues.push(QueueShape {
        id: QueueId(77),
        dead_letter_queue: None,
    });
    let mut after = order(&shape);
    assert_eq!(after.pop(), Some(QueueId(77)));
    assert_eq!(before, after);
}

#[test]
fn one_actor_of_many_queues_has_wires_to_all() {
    let queues: Vec<(u32, Option<u32>)> = (0..12).map(|id| (id, None)).collect();
    let all: Vec<u32> = (0..12).collect();
    let layout = Layout::new(
        &shape(&queues, &[(Role::Script, &all), (Role::Monitor, &all)]),
        Size {
            width: 1126.0,
            height: 560.0,
        },
        1.0,
    );
    assert_eq!(layout.links.len(), 24);
    assert!(layout.zoom > 0.5);
}

#[test]
fn a_low_stage_shows_all_of_a_small_world() {
    let one: &[u32] = &[0];
    let shape = shape(
        &[(0, Some(1)), (1, None)],
        &[(Role::Producer, one), (Role::Consumer, one)],
    );
    for (width, height) in [(760.0, 310.0), (660.0, 420.0), (926.0, 465.0)] {
        let layout = Layout::new(&shape, Size { width, height }, 1.0);
        assert!(layout.size.height * layout.zoom <= height + 1.0);
        assert!(layout.zoom > 0.7, "{} at {width}", layout.zoom);
    }
}
