//! The indexes over a queue's messages that follow from their phases.

use std::sync::Arc;

use super::fifo::FifoOrder;
use super::message::{Message, Phase};
use super::standard::StandardOrder;
use crate::sim::{Numbered, Pairs, Time};

/// Which message comes next.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) enum Order {
    Standard(StandardOrder),
    Fifo(FifoOrder),
}

/// Who is hidden until when, and who can be received in what order.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) struct PhaseIndex {
    pub(super) order: Order,
    pub(super) in_flight: usize,
    pub(super) delayed: usize,
    /// When hidden messages become visible, and their positions.
    deadlines: Pairs,
}

impl PhaseIndex {
    pub(super) fn new(order: Order) -> Self {
        Self {
            order,
            in_flight: 0,
            delayed: 0,
            deadlines: Pairs::default(),
        }
    }

    /// A message comes into the queue. It shares its group's id with the group's other messages.
    pub(super) fn insert(&mut self, now: Time, message: &mut Message) {
        match &mut self.order {
            Order::Standard(order) => {
                if let Some(group_id) = message.group_id.take() {
                    let (number, group_id) = order.fair.insert(group_id);
                    message.group_number = number;
                    message.group_id = Some(group_id);
                }
            }
            Order::Fifo(order) => {
                let group_id = message.group_id.take();
                let group_id = group_id.expect("a FIFO queue takes no message without a group");
                let (number, group_id) = order.insert(group_id, message.position);
                message.group_number = number;
                message.group_id = Some(group_id);
            }
        }
        self.enter(now, message);
    }

    /// A message goes out of the queue.
    pub(super) fn remove(&mut self, now: Time, message: &Message) {
        self.leave(now, message);
        match &mut self.order {
            Order::Standard(order) => order.fair.remove(message.group_number()),
            Order::Fifo(order) => order.remove(message.group_number, message.position),
        }
    }

    /// Lets a FIFO queue's receives look at the next message behind their horizon, if they have
    /// room for it; `messages` are all by their positions.
    pub(super) fn extend_sight(&mut self, messages: &Numbered<Arc<Message>>) {
        let Order::Fifo(order) = &mut self.order else {
            return;
        };
        if let Some(horizon) = order.horizon_with_room()
            && let Some((position, message)) = messages.next_from(horizon + 1)
        {
            order.extend_sight(message.group_number, position);
        }
    }

    /// A message begins its phase.
    pub(super) fn enter(&mut self, now: Time, message: &Message) {
        match message.phase {
            Phase::Visible { .. } => match &mut self.order {
                Order::Standard(order) => order.show(message),
                Order::Fifo(order) => order.show(message.group_number, message.position),
            },
            Phase::Delayed { until } => {
                self.delayed += 1;
                self.deadlines.insert([until.as_ms(), message.position]);
            }
            Phase::InFlight { until, .. } => {
                self.in_flight += 1;
                self.deadlines.insert([until.as_ms(), message.position]);
                match &mut self.order {
                    Order::Standard(order) => {
                        order.fair.hold(message.group_number(), now, self.in_flight);
                    }
                    Order::Fifo(order) => order.hold(message.group_number),
                }
            }
        }
    }

    /// A message ends its phase.
    pub(super) fn leave(&mut self, now: Time, message: &Message) {
        match message.phase {
            Phase::Visible { .. } => match &mut self.order {
                Order::Standard(order) => order.hide(message),
                Order::Fifo(order) => order.hide(message.group_number, message.position),
            },
            Phase::Delayed { until } => {
                self.delayed -= 1;
                self.forget_deadline(until, message.position);
            }
            Phase::InFlight { until, .. } => {
                self.in_flight -= 1;
                self.forget_deadline(until, message.position);
                match &mut self.order {
                    Order::Standard(order) => order.fair.release(message.group_number(), now),
                    Order::Fifo(order) => order.release(message.group_number),
                }
            }
        }
    }

    /// A consumer deletes a message.
    pub(super) fn note_delete(&mut self, now: Time, message: &Message) {
        if let Order::Standard(order) = &mut self.order
            && let Phase::InFlight { since, .. } = message.phase
        {
            let span = now.since(since);
            order.fair.note_work(message.group_number(), now, span);
        }
    }

    /// When the next tenant of a fair queue is quiet again because it was idle.
    pub(super) fn next_calm(&self) -> Option<Time> {
        match &self.order {
            Order::Standard(order) => order.fair.next_calm(),
            Order::Fifo(_) => None,
        }
    }

    /// The next end of a delay or visibility timeout, and the message's position.
    pub(super) fn next_deadline(&self) -> Option<(Time, u64)> {
        let [until, position] = self.deadlines.first()?;
        Some((Time::from_ms(until), position))
    }

    /// The positions of the hidden messages, the next to become visible first.
    pub(super) fn hidden(&self) -> impl Iterator<Item = u64> {
        self.deadlines.iter().map(|[_, position]| position)
    }

    fn forget_deadline(&mut self, until: Time, position: u64) {
        let known = self.deadlines.remove([until.as_ms(), position]);
        assert!(known, "every hidden message has a deadline");
    }
}
