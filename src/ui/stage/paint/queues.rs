//! What is on a queue's card: its messages, its lanes, its hints.

use super::tokens::{paint_lock, paint_token};
use super::{DisplayList, Ink, Mark, Moment, Pen, ink_of_zone};
use crate::ui::format;
use crate::ui::stage::geometry::{Curve, Point, Rect};
use crate::ui::stage::layout::{Layout, QueueBox};
use crate::ui::stage::place::Crowd;
use crate::ui::stage::tokens::{Spot, Tokens, has_hint};
use crate::ui::stage::view::{Place, QueueView, Zone};
use crate::ui::text::text;

pub(super) fn paint_queue(
    queue: &QueueView,
    selected: Option<&Place>,
    layout: &Layout,
    moment: Moment,
    list: &mut DisplayList,
) {
    let Some(on) = layout.queue(queue.id) else {
        return;
    };
    let scale = layout.scale;
    let tokens = Tokens::place(queue, on, scale);
    paint_lanes(queue, on, &tokens, scale, list);
    for token in &tokens.placed {
        paint_token(token, queue.is_dead_letter_queue, scale, moment, list);
    }
    for gathered in &tokens.crowds {
        let ink = ink_of_zone(gathered.zone, queue.is_dead_letter_queue);
        paint_crowd(&gathered.crowd, ink, scale, list);
    }
    if tokens.lanes.is_empty() {
        paint_hints(queue, on.fields, scale, moment, list);
    }
    if let Some(place) = selected.filter(|place| place.queue == queue.id) {
        let spot = tokens.spot(place, &queue.lanes);
        list.extend(spot.map(|spot| frame_of(spot, scale)));
    }
}

/// What the selected message is found by.
fn frame_of(spot: Spot, scale: f64) -> Mark {
    let pen = Some(Pen::new(Ink::Action, 2.0 * scale));
    match spot {
        Spot::Token(center, radius) => Mark::Disc {
            center,
            radius: radius + 5.0 * scale,
            fill: None,
            pen,
        },
        Spot::Crowd(rect) => Mark::Box {
            rect: Rect {
                x: rect.x - 3.0 * scale,
                y: rect.y - 3.0 * scale,
                width: rect.width + 6.0 * scale,
                height: rect.height + 6.0 * scale,
            },
            radius: 5.0 * scale,
            fill: None,
            pen,
        },
    }
}

fn paint_lanes(
    queue: &QueueView,
    on: &QueueBox,
    tokens: &Tokens,
    scale: f64,
    list: &mut DisplayList,
) {
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
        let at = Point::new(tokens.lanes_note.x, tokens.lanes_note.center().y);
        let words = text!("stage-more-groups", [("count", tokens.lanes_hidden.into())]);
        list.push(Mark::label(at, words, 12.0 * scale, Ink::Muted));
    }
}

fn paint_crowd(crowd: &Crowd, ink: Ink, scale: f64, list: &mut DisplayList) {
    if crowd.dots > 0 {
        list.push(Mark::Dots {
            rows: crowd.rows().collect(),
            pitch: crowd.pitch,
            ink,
        });
    }
    if crowd.uncounted() > 0 {
        let number = format!("+{}", format::grouped(crowd.uncounted() as u64));
        list.push(Mark::label(crowd.label, number, 12.0 * scale, Ink::Text));
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
        if !has_hint(zone, field, scale) {
            continue;
        }
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
