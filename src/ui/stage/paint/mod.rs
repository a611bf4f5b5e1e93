//! What the canvas shows, as plain shapes: a function of the view, the layout and the instant.

mod cargo;
mod queues;
mod tokens;
mod ways;

use crate::sim::Time;
use crate::ui::bounds::bounded;

use super::geometry::{Curve, Point, Rect};
use super::layout::Layout;
use super::view::{Doing, StageView, Zone};
use cargo::paint_call;
use queues::paint_queue;
pub(crate) use ways::paint_connecting;
use ways::{paint_moves, paint_redrives, paint_traces, paint_wires};

/// A colour, by what it means.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Ink {
    Delayed,
    Visible,
    InFlight,
    Dead,
    Action,
    /// Lines between cards.
    Wire,
    /// What a ring runs on.
    Track,
    Text,
    Muted,
    /// On a filled token.
    OnFill,
    /// Behind a token that is not filled.
    Surface,
}

/// A line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pen {
    pub ink: Ink,
    pub width: f64,
    pub dashed: bool,
    /// 0 for nothing, 1 for all of it.
    pub strength: f64,
}

/// Where a label's text lies about its point; upright it is always centred.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Align {
    Start,
    Center,
}

/// One thing to draw.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Mark {
    Curve {
        curve: Curve,
        pen: Pen,
    },
    Disc {
        center: Point,
        radius: f64,
        fill: Option<Ink>,
        pen: Option<Pen>,
    },
    /// From the top, clockwise, this share of a circle.
    Arc {
        center: Point,
        radius: f64,
        share: f64,
        pen: Pen,
    },
    Box {
        rect: Rect,
        radius: f64,
        fill: Option<Ink>,
        pen: Option<Pen>,
    },
    Lines {
        points: Vec<Point>,
        closed: bool,
        fill: Option<Ink>,
        pen: Option<Pen>,
    },
    /// Rows of dots, each from its first dot to the right.
    Dots {
        rows: Vec<(Point, usize)>,
        pitch: f64,
        ink: Ink,
    },
    Label {
        at: Point,
        text: String,
        size: f64,
        bold: bool,
        ink: Ink,
        align: Align,
    },
}

/// What to draw, the lowest first.
pub(crate) type DisplayList = Vec<Mark>;

/// Two lists: the cards lie between them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Picture {
    /// Wires and arrows, which pass behind the cards.
    pub below: DisplayList,
    /// What stands and travels on the cards.
    pub above: DisplayList,
}

/// Whether things in motion move.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Motion {
    Full,
    /// They stand half-way instead.
    Reduced,
}

/// The instant, and how the reader wants to see it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Moment {
    /// Virtual, since the epoch.
    pub now_ms: f64,
    pub motion: Motion,
    /// For so long something is shown as new, in virtual milliseconds.
    pub fresh_ms: f64,
}

impl Pen {
    pub(crate) fn new(ink: Ink, width: f64) -> Self {
        Self {
            ink,
            width,
            dashed: false,
            strength: 1.0,
        }
    }

    pub(crate) fn dashed(ink: Ink, width: f64) -> Self {
        Self {
            ink,
            width,
            dashed: true,
            strength: 1.0,
        }
    }
}

impl Mark {
    pub(crate) fn label(at: Point, text: impl Into<String>, size: f64, ink: Ink) -> Self {
        Self::Label {
            at,
            text: text.into(),
            size,
            bold: false,
            ink,
            align: Align::Start,
        }
    }

    pub(crate) fn sign(at: Point, text: impl Into<String>, size: f64, ink: Ink) -> Self {
        Self::Label {
            at,
            text: text.into(),
            size,
            bold: true,
            ink,
            align: Align::Center,
        }
    }
}

/// Paints the whole stage.
pub(crate) fn paint(view: &StageView, layout: &Layout, moment: Moment) -> Picture {
    let mut picture = Picture::default();
    let Picture { below, above } = &mut picture;
    above.reserve(256);
    paint_wires(view, layout, below);
    paint_redrives(view, layout, below);
    for queue in &view.queues {
        paint_queue(queue, view.selected.as_ref(), layout, moment, above);
    }
    paint_meters(view, layout, moment, above);
    paint_traces(view, layout, moment, above);
    paint_moves(view, layout, moment, above);
    for call in &view.calls {
        paint_call(call, layout, moment, above);
    }
    picture
}

/// The colour of the messages in a zone; visible ones of a dead-letter queue have their own.
fn ink_of_zone(zone: Zone, dead: bool) -> Ink {
    match zone {
        Zone::Delayed => Ink::Delayed,
        Zone::Visible if dead => Ink::Dead,
        Zone::Visible => Ink::Visible,
        Zone::InFlight => Ink::InFlight,
    }
}

/// How new something is: 1 at its instant, 0 when it is no news any more.
fn freshness(since: Time, moment: Moment) -> f64 {
    let age = moment.now_ms - since.as_ms() as f64;
    if moment.fresh_ms <= 0.0 {
        return 0.0;
    }
    bounded(1.0 - age / moment.fresh_ms, 0.0, 1.0)
}

fn scaled(pen: Pen, scale: f64) -> Pen {
    Pen {
        width: pen.width * scale,
        ..pen
    }
}

fn paint_meters(view: &StageView, layout: &Layout, moment: Moment, list: &mut DisplayList) {
    for actor in &view.actors {
        let Some(on) = layout.actor(actor.caller) else {
            continue;
        };
        // One beside the other: what each strand does.
        let count = actor.strands.len().max(1) as f64;
        let (gap, radius) = (3.0 * layout.scale, on.meter.height / 2.0);
        let width = (on.meter.width - gap * (count - 1.0)) / count;
        for (at, doing) in actor.strands.iter().enumerate() {
            let Some((share, ink)) = progress(doing, moment.now_ms) else {
                continue;
            };
            let meter = Rect {
                x: on.meter.x + at as f64 * (width + gap),
                width,
                ..on.meter
            };
            let done = Rect {
                width: width * share,
                ..meter
            };
            for (rect, ink) in [(meter, Ink::Track), (done, ink)] {
                list.push(Mark::Box {
                    rect,
                    radius,
                    fill: Some(ink),
                    pen: None,
                });
            }
        }
    }
}

/// How far something has come that an actor does, if that is known.
fn progress(doing: &Doing, now_ms: f64) -> Option<(f64, Ink)> {
    match doing {
        Doing::Sleeping(ring) => Some((ring.gone(now_ms), Ink::Muted)),
        Doing::LongPolling(ring) => Some((ring.left(now_ms), Ink::Visible)),
        Doing::Working(_, ring) => Some((ring.gone(now_ms), Ink::InFlight)),
        Doing::Throttled(ring) => Some((ring.gone(now_ms), Ink::Delayed)),
        Doing::Crashed(ring) => Some((ring.gone(now_ms), Ink::Dead)),
        Doing::Calling
        | Doing::Idle
        | Doing::Paused
        | Doing::Finished
        | Doing::Stopped
        | Doing::Failed => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::super::tokens::Tokens;
    use super::super::view::{Leg, MoveReason, MoveTaskView, Place};
    use super::*;
    use crate::sqs::{MessageKey, QueueId};

    const MOMENT: Moment = Moment {
        now_ms: fixture::NOW_MS,
        motion: Motion::Full,
        fresh_ms: 400.0,
    };

    /// Everything that is drawn.
    fn all(view: &StageView, layout: &Layout, moment: Moment) -> DisplayList {
        let Picture { mut below, above } = paint(view, layout, moment);
        below.extend(above);
        below
    }

    fn labels(list: &DisplayList) -> Vec<&str> {
        list.iter()
            .filter_map(|mark| {
                if let Mark::Label { text, .. } = mark {
                    Some(text.as_str())
                } else {
                    None
                }
            })
            .collect()
    }

    #[test]
    fn the_same_instant_is_the_same_picture() {
        let (view, layout) = fixture::scene();
        assert_eq!(paint(&view, &layout, MOMENT), paint(&view, &layout, MOMENT));
        let later = Moment {
            now_ms: MOMENT.now_ms + 50.0,
            ..MOMENT
        };
        assert_ne!(paint(&view, &layout, MOMENT), paint(&view, &layout, later));
    }

    #[test]
    fn every_message_shows_its_number() {
        let (view, layout) = fixture::scene();
        let list = all(&view, &layout, MOMENT);
        let labels = labels(&list);
        for queue in &view.queues {
            for token in queue.zones.iter().flat_map(|zone| &zone.tokens) {
                assert!(
                    labels.contains(&token.key.0.to_string().as_str()),
                    "{:?}",
                    token.key
                );
            }
        }
        assert!(labels.contains(&"after 3 receives"));
        assert!(labels.contains(&"next visible in 2.0\u{a0}s"));
    }

    #[test]
    fn rings_run_down() {
        let (view, layout) = fixture::scene();
        let shares = |now_ms| -> Vec<f64> {
            all(&view, &layout, Moment { now_ms, ..MOMENT })
                .iter()
                .filter_map(|mark| {
                    if let Mark::Arc { share, .. } = mark {
                        Some(*share)
                    } else {
                        None
                    }
                })
                .collect()
        };
        let (early, late) = (shares(9000.0), shares(11_000.0));
        assert_eq!(early.len(), late.len());
        assert!(early.iter().zip(&late).all(|(early, late)| late < early));
    }

    fn frames(list: &DisplayList) -> Vec<&Mark> {
        let is_frame = |mark: &&Mark| match mark {
            Mark::Disc { fill, pen, .. } | Mark::Box { fill, pen, .. } => {
                fill.is_none() && pen.is_some_and(|pen| pen.ink == Ink::Action)
            }
            Mark::Curve { .. }
            | Mark::Arc { .. }
            | Mark::Lines { .. }
            | Mark::Dots { .. }
            | Mark::Label { .. } => false,
        };
        list.iter().filter(is_frame).collect()
    }

    #[test]
    fn a_selected_message_stands_out_also_in_a_crowd() {
        let (mut view, layout) = fixture::scene();
        assert!(frames(&all(&view, &layout, MOMENT)).is_empty());
        view.selected = Some(Place {
            key: view.queues[0].zones[0].tokens[0].key,
            queue: QueueId(0),
            zone: Zone::Delayed,
            group: None,
        });
        assert!(matches!(
            frames(&all(&view, &layout, MOMENT))[..],
            [Mark::Disc { .. }]
        ));
        view.queues[0].zones[1].count = 9000;
        view.selected = Some(Place {
            key: MessageKey(8765),
            queue: QueueId(0),
            zone: Zone::Visible,
            group: None,
        });
        let crowd = Tokens::place(&view.queues[0], &layout.queues[0], 1.0).crowds[0].crowd;
        let list = all(&view, &layout, MOMENT);
        let [Mark::Box { rect, .. }] = frames(&list)[..] else {
            panic!("no frame around the crowd")
        };
        assert!(rect.contains(crowd.area.center()));
    }

    #[test]
    fn ten_thousand_messages_are_few_marks_and_one_number() {
        let (mut view, layout) = fixture::scene();
        view.queues[0].zones[1].count = 10_000;
        let list = all(&view, &layout, MOMENT);
        assert!(list.len() < 400, "{} marks", list.len());
        let crowd = Tokens::place(&view.queues[0], &layout.queues[0], 1.0).crowds[0].crowd;
        let number = format!("+{}", crate::ui::format::grouped(crowd.uncounted() as u64));
        assert!(number.contains(','), "{number}");
        assert!(labels(&list).contains(&number.as_str()), "no {number}");
    }

    #[test]
    fn what_is_moved_travels_and_a_task_says_how_far_it_is() {
        let (mut view, layout) = fixture::scene();
        let moving = |view: &StageView, why| {
            let mut view = view.clone();
            view.moves[0].why = why;
            if why == MoveReason::Redriven {
                (view.moves[0].source, view.moves[0].target) = (QueueId(1), QueueId(0));
            }
            let at = |now_ms| all(&view, &layout, Moment { now_ms, ..MOMENT });
            assert_ne!(at(9950.0), at(10_050.0));
        };
        view.calls.clear();
        moving(&view, MoveReason::Poisoned);
        moving(&view, MoveReason::Redriven);
        view.queues[1].move_task = Some(MoveTaskView {
            target: Some(QueueId(0)),
            moved: 12,
            to_move: 3400,
        });
        assert!(labels(&all(&view, &layout, MOMENT)).contains(&"12 / 3,400"));
    }

    #[test]
    fn reduced_motion_holds_calls_in_their_place() {
        let (mut view, layout) = fixture::scene();
        view.calls
            .retain(|call| !matches!(call.leg, Leg::Waiting(_)));
        view.traces.clear();
        view.moves.clear();
        for queue in &mut view.queues {
            queue.zones = Default::default();
        }
        for actor in &mut view.actors {
            actor.strands = vec![Doing::Calling];
        }
        let at = |now_ms| {
            paint(
                &view,
                &layout,
                Moment {
                    now_ms,
                    motion: Motion::Reduced,
                    ..MOMENT
                },
            )
        };
        assert!(at(9950.0) == at(10_050.0), "something moves");
    }
}
