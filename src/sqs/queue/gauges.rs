//! What the metrics of a queue show of its state.

use super::{Counts, Queue};
use crate::sim::Time;
use crate::sqs::cost::Counted;
use crate::sqs::message::Message;
use crate::sqs::metrics::{Gauge, Gauges, MetricPoint};
use crate::sqs::phase_index::Order;
use crate::sqs::standard::POISON_RECEIVES;

/// So many messages are looked at for the oldest that is no poison pill.
const LOOKED_AT_MAX: usize = 1000;

impl Queue {
    /// Its metrics for the minutes that begin at `start` or later and are over at `now`, oldest
    /// first. The last hours in which something happened are remembered; minutes in which the
    /// queue was not active are left out, as CloudWatch does `[D]`.
    pub fn metrics(&self, start: Time, now: Time) -> Vec<MetricPoint> {
        self.metrics.points(start, now, self.gauges())
    }

    /// Counts an answered call.
    pub(in crate::sqs) fn note_call(&mut self, counted: Counted) {
        self.meter.add(counted);
        self.metrics.note_access(self.now);
    }

    pub(super) fn gauges(&self) -> Gauges {
        let Counts {
            visible,
            in_flight,
            delayed,
        } = self.counts();
        let all = Gauge {
            visible: visible as u64,
            in_flight: in_flight as u64,
            delayed: delayed as u64,
            oldest: self.oldest(|_| true),
        };
        let mut gauges = Gauges {
            all,
            ..Gauges::default()
        };
        match &self.index.order {
            Order::Fifo(order) => gauges.groups_in_flight = Some(order.groups_in_flight()),
            Order::Standard(order) if order.fair.has_tenants() => {
                let mut quiet = all;
                let mut count = 0;
                for tenant in order.fair.noisy() {
                    count += 1;
                    quiet.visible -= tenant.visible as u64;
                    quiet.in_flight -= tenant.in_flight as u64;
                    quiet.delayed -= tenant.delayed as u64;
                }
                quiet.oldest = self.oldest(|message| !order.fair.is_noisy(message.group_number()));
                gauges.quiet = Some(quiet);
                gauges.noisy_groups = Some(count);
            }
            Order::Standard(_) => {}
        }
        gauges
    }

    /// When the first message of this kind came; poison pills do not count `[D]`.
    fn oldest(&self, is_wanted: impl Fn(&Message) -> bool) -> Option<Time> {
        let mut messages = self.messages().take(LOOKED_AT_MAX);
        let first = messages
            .find(|message| message.receive_count() < POISON_RECEIVES && is_wanted(message));
        first.map(|message| message.moved_at().unwrap_or(message.sent_at()))
    }
}
