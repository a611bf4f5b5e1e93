//! What the canvas shows, as plain shapes: a function of the view, the layout and the instant.

use crate::sim::Time;
use crate::sqs::MessageKey;
use crate::sqs::api::Caller;
use crate::ui::bounds::bounded;
use crate::ui::format;
use crate::ui::text::text;

use super::cargo::{ink_of, paint_call};
use super::geometry::{Curve, Point, Rect};
use super::layout::Layout;
use super::place::LABEL_RADIUS_MIN;
use super::tokens::{Placed, Tokens};
use super::view::{Doing, Leg, QueueView, Ring, StageView, Zone};

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
    pub selected: Option<MessageKey>,
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
pub(crate) fn paint(view: &StageView, layout: &Layout, moment: Moment) -> DisplayList {
    let mut list = Vec::with_capacity(256);
    paint_wires(view, layout, &mut list);
    paint_traces(view, layout, moment, &mut list);
    paint_redrives(view, layout, &mut list);
    for queue in &view.queues {
        paint_queue(queue, layout, moment, &mut list);
    }
    paint_meters(view, layout, moment, &mut list);
    for call in &view.calls {
        paint_call(call, layout, moment, &mut list);
    }
    list
}

fn paint_wires(view: &StageView, layout: &Layout, list: &mut DisplayList) {
    for link in &layout.links {
        let waits = view.calls.iter().any(|call| {
            call.caller == link.caller
                && call.queue == Some(link.queue)
                && matches!(call.leg, Leg::Waiting(_))
        });
        let pen = if waits {
            Pen::dashed(Ink::Visible, 1.6)
        } else {
            Pen::new(Ink::Wire, 1.6)
        };
        list.push(Mark::Curve {
            curve: link.curve,
            pen: scaled(pen, layout.scale),
        });
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

fn paint_traces(view: &StageView, layout: &Layout, moment: Moment, list: &mut DisplayList) {
    for trace in &view.traces {
        let Some(curve) = layout.way(trace.caller, trace.queue) else {
            continue;
        };
        let pen = Pen {
            strength: freshness(trace.at, moment),
            ..Pen::new(ink_of(&trace.cargo), 3.0)
        };
        if pen.strength > 0.0 {
            let pen = scaled(pen, layout.scale);
            list.push(Mark::Curve { curve, pen });
            if trace.caller == Caller::PERSON {
                paint_you(curve.start, layout.scale, list);
            }
        }
    }
}

fn scaled(pen: Pen, scale: f64) -> Pen {
    Pen {
        width: pen.width * scale,
        ..pen
    }
}

fn paint_redrives(view: &StageView, layout: &Layout, list: &mut DisplayList) {
    let scale = layout.scale;
    for redrive in &layout.redrives {
        let curve = redrive.curve;
        list.push(Mark::Curve {
            curve,
            pen: scaled(Pen::new(Ink::Dead, 1.8), scale),
        });
        list.push(arrow_head(curve, 7.0 * scale));
        let policy = view
            .queues
            .iter()
            .find(|queue| queue.id == redrive.source)
            .and_then(|queue| queue.dead_letters);
        if let Some(policy) = policy {
            let words = text!(
                "stage-after-receives",
                [("count", policy.after_receives.into())],
            );
            list.push(Mark::label(redrive.label, words, 12.0 * scale, Ink::Dead));
        }
    }
}

fn arrow_head(curve: Curve, size: f64) -> Mark {
    let (tip, back) = (curve.end, curve.at(0.9));
    let length = tip.distance(back).max(1e-6);
    let (dx, dy) = ((tip.x - back.x) / length, (tip.y - back.y) / length);
    let wing = |side: f64| {
        Point::new(
            tip.x - dx * size * 1.3 - dy * size * 0.7 * side,
            tip.y - dy * size * 1.3 + dx * size * 0.7 * side,
        )
    };
    let points = vec![tip, wing(1.0), wing(-1.0)];
    Mark::Lines {
        points,
        closed: true,
        fill: Some(Ink::Dead),
        pen: None,
    }
}

fn paint_queue(queue: &QueueView, layout: &Layout, moment: Moment, list: &mut DisplayList) {
    let Some(on) = layout.queue(queue.id) else {
        return;
    };
    let scale = layout.scale;
    let tokens = Tokens::place(queue, on, scale);
    for lane in &tokens.lanes {
        let Some(view) = queue.lanes.get(lane.lane) else {
            continue;
        };
        let at = Point::new(lane.row.x, lane.row.y + lane.row.height / 2.0);
        let name = format::clip(&view.name, (on.fields[0].width / (12.5 * scale)) as usize);
        list.push(Mark::label(at, name, 12.0 * scale, Ink::Muted));
        if lane.locked {
            paint_lock(lane.lock, scale, list);
        }
        if lane.lane > 0 {
            let start = Point::new(lane.row.x, lane.row.y);
            let end = Point::new(lane.row.right(), lane.row.y);
            let pen = Pen::new(Ink::Track, 1.0);
            list.push(Mark::Curve {
                curve: Curve::straight(start, end),
                pen,
            });
        }
    }
    if tokens.lanes_hidden > 0 {
        let below = tokens
            .lanes
            .last()
            .map_or(on.fields[0].y, |lane| lane.row.bottom());
        let at = Point::new(on.fields[0].x, below + 10.0 * scale);
        let words = text!("stage-more-groups", [("count", tokens.lanes_hidden.into())]);
        list.push(Mark::label(at, words, 12.0 * scale, Ink::Muted));
    }
    for token in &tokens.placed {
        paint_token(token, queue.is_dead_letter_queue, scale, moment, list);
    }
    for more in &tokens.more {
        list.push(Mark::label(
            more.at,
            format!("+{}", more.count),
            12.0 * scale,
            Ink::Text,
        ));
    }
    if tokens.lanes.is_empty() {
        paint_hints(queue, on.fields, scale, moment, list);
    }
}

/// What a hint in full takes.
const HINT_WIDTH: f64 = 132.0;

/// When the first of a zone's tokens leaves it.
fn paint_hints(
    queue: &QueueView,
    fields: [Rect; 3],
    scale: f64,
    moment: Moment,
    list: &mut DisplayList,
) {
    for ((zone, view), field) in Zone::ALL.into_iter().zip(&queue.zones).zip(fields) {
        let left = view.tokens.iter().filter_map(|token| token.ring);
        let Some(soonest) = left
            .map(|ring| ring.left_ms(moment.now_ms))
            .min_by(f64::total_cmp)
        else {
            continue;
        };
        let time = format::running(soonest);
        let is_narrow = field.width < HINT_WIDTH * scale;
        let words = match zone {
            Zone::Delayed | Zone::InFlight if is_narrow => {
                text!("stage-next", [("time", time.into())])
            }
            Zone::Delayed => text!("stage-next-visible", [("time", time.into())]),
            Zone::InFlight => text!("stage-next-back", [("time", time.into())]),
            Zone::Visible => continue,
        };
        let at = Point::new(field.x, field.bottom() - 8.0 * scale);
        list.push(Mark::label(at, words, 11.5 * scale, Ink::Muted));
    }
}

fn paint_token(token: &Placed, dead: bool, scale: f64, moment: Moment, list: &mut DisplayList) {
    let (center, radius) = (token.center, token.radius);
    let ink = match token.zone {
        Zone::Delayed => Ink::Delayed,
        Zone::Visible if dead => Ink::Dead,
        Zone::Visible => Ink::Visible,
        Zone::InFlight => Ink::InFlight,
    };
    let filled = token.zone == Zone::Visible && !token.held_back;
    let body = if filled { ink } else { Ink::Surface };
    let outline = (!filled && token.ring.is_none()).then(|| Pen::dashed(ink, 1.5 * scale));
    if dead {
        let side = radius * 1.8;
        let rect = Rect {
            x: center.x - side / 2.0,
            y: center.y - side / 2.0,
            width: side,
            height: side,
        };
        let pen = outline.or_else(|| (!filled).then(|| Pen::new(ink, 1.5 * scale)));
        list.push(Mark::Box {
            rect,
            radius: 4.0 * scale,
            fill: Some(body),
            pen,
        });
    } else {
        list.push(Mark::Disc {
            center,
            radius,
            fill: Some(body),
            pen: outline,
        });
    }
    if let Some(ring) = token.ring {
        paint_ring(center, radius + scale, ring, ink, scale, moment, list);
    }
    if radius >= LABEL_RADIUS_MIN * scale {
        let number = token.key.0.to_string();
        let shrink = if number.len() > 2 {
            2.0 / number.len() as f64 + 0.22
        } else {
            1.0
        };
        let size = (radius * 0.86 * shrink).max(7.0 * scale);
        list.push(Mark::sign(
            center,
            number,
            size,
            if filled { Ink::OnFill } else { Ink::Text },
        ));
        if token.receives > 0 {
            paint_badge(token, ink, scale, list);
        }
    }
    let fresh = freshness(token.since, moment);
    if fresh > 0.0 {
        let grown = match moment.motion {
            Motion::Full => 8.0 * (1.0 - fresh),
            Motion::Reduced => 4.0,
        };
        let pen = Pen {
            strength: fresh * 0.8,
            ..Pen::new(ink, 2.0 * scale)
        };
        list.push(Mark::Disc {
            center,
            radius: radius + (2.0 + grown) * scale,
            fill: None,
            pen: Some(pen),
        });
    }
    if moment.selected == Some(token.key) {
        let pen = Pen::new(Ink::Action, 2.0 * scale);
        list.push(Mark::Disc {
            center,
            radius: radius + 5.0 * scale,
            fill: None,
            pen: Some(pen),
        });
    }
}

/// How often it was received, at its shoulder.
fn paint_badge(token: &Placed, ink: Ink, scale: f64, list: &mut DisplayList) {
    let off = token.radius * 0.8;
    let at = Point::new(token.center.x + off, token.center.y - off);
    let pen = Some(Pen::new(ink, 1.2 * scale));
    let radius = (token.radius * 0.5).max(6.0 * scale);
    list.push(Mark::Disc {
        center: at,
        radius,
        fill: Some(Ink::Surface),
        pen,
    });
    list.push(Mark::sign(
        at,
        token.receives.to_string(),
        radius * 1.3,
        Ink::Text,
    ));
}

/// What is left, clockwise from the top.
pub(super) fn paint_ring(
    center: Point,
    radius: f64,
    ring: Ring,
    ink: Ink,
    scale: f64,
    moment: Moment,
    list: &mut DisplayList,
) {
    let width = bounded(radius * 0.17, 1.4, 3.0 * scale);
    let track = Pen::new(Ink::Track, width);
    list.push(Mark::Disc {
        center,
        radius,
        fill: None,
        pen: Some(track),
    });
    let share = ring.left(moment.now_ms);
    if share > 0.0 {
        list.push(Mark::Arc {
            center,
            radius,
            share,
            pen: Pen::new(ink, width),
        });
    }
}

fn paint_lock(at: Point, scale: f64, list: &mut DisplayList) {
    let pen = Pen::new(Ink::InFlight, 1.6 * scale);
    let body = Rect {
        x: at.x - 5.0 * scale,
        y: at.y - scale,
        width: 10.0 * scale,
        height: 8.0 * scale,
    };
    let shackle = Curve {
        start: Point::new(at.x - 3.0 * scale, body.y),
        leave: Point::new(at.x - 3.5 * scale, body.y - 7.5 * scale),
        arrive: Point::new(at.x + 3.5 * scale, body.y - 7.5 * scale),
        end: Point::new(at.x + 3.0 * scale, body.y),
    };
    list.push(Mark::Curve {
        curve: shackle,
        pen,
    });
    list.push(Mark::Box {
        rect: body,
        radius: 1.5 * scale,
        fill: Some(Ink::InFlight),
        pen: None,
    });
}

fn paint_meters(view: &StageView, layout: &Layout, moment: Moment, list: &mut DisplayList) {
    for actor in &view.actors {
        let Some(on) = layout.actor(actor.caller) else {
            continue;
        };
        let (share, ink) = match &actor.doing {
            Doing::Sleeping(ring) => (ring.gone(moment.now_ms), Ink::Muted),
            Doing::LongPolling(ring) => (ring.left(moment.now_ms), Ink::Visible),
            Doing::Working(_, ring) => (ring.gone(moment.now_ms), Ink::InFlight),
            Doing::Calling | Doing::Finished | Doing::Failed => continue,
        };
        let radius = on.meter.height / 2.0;
        let done = Rect {
            width: on.meter.width * share,
            ..on.meter
        };
        list.push(Mark::Box {
            rect: on.meter,
            radius,
            fill: Some(Ink::Track),
            pen: None,
        });
        list.push(Mark::Box {
            rect: done,
            radius,
            fill: Some(ink),
            pen: None,
        });
    }
}

/// The word beside what a person sends.
pub(super) fn paint_you(at: Point, scale: f64, list: &mut DisplayList) {
    let at = Point::new(at.x + 16.0 * scale, at.y);
    list.push(Mark::label(
        at,
        text!("stage-you"),
        12.0 * scale,
        Ink::Action,
    ));
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    const MOMENT: Moment = Moment {
        now_ms: fixture::NOW_MS,
        motion: Motion::Full,
        fresh_ms: 400.0,
        selected: None,
    };

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
        let list = paint(&view, &layout, MOMENT);
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
            paint(&view, &layout, Moment { now_ms, ..MOMENT })
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

    #[test]
    fn a_selected_message_stands_out() {
        let (view, layout) = fixture::scene();
        let plain = paint(&view, &layout, MOMENT).len();
        let selected = Some(view.queues[0].zones[0].tokens[0].key);
        assert_eq!(
            paint(&view, &layout, Moment { selected, ..MOMENT }).len(),
            plain + 1
        );
    }

    #[test]
    fn reduced_motion_holds_calls_in_their_place() {
        let (mut view, layout) = fixture::scene();
        view.calls
            .retain(|call| !matches!(call.leg, Leg::Waiting(_)));
        view.traces.clear();
        for queue in &mut view.queues {
            queue.zones = Default::default();
        }
        for actor in &mut view.actors {
            actor.doing = Doing::Calling;
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
