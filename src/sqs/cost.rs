//! What calls cost: AWS's way of counting requests, and its prices as data.

use super::api::{MessageAttributeValue, Request, Response};
use super::message_attributes::size_as_given;
use super::{Error, QueueId, Service};
use crate::sim::SortedMap;

/// Each of these begun is a request `[D]`.
const CHUNK_BYTES: usize = 65_536;

/// The requests that were made, as AWS bills them.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct Meter {
    /// API calls, also those that failed.
    pub calls: u64,
    /// Requests at the price of standard queues: a call is one for each 64 KiB begun.
    pub standard: u64,
    /// Requests at the price of FIFO queues.
    pub fifo: u64,
    /// Of the standard requests, those with messages of a fair queue's groups.
    pub fair: u64,
    /// Of all requests, the receives that came back empty.
    pub empty_receives: u64,
}

/// Prices in billionths of a US dollar.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Prices {
    /// Requests a month that cost nothing, of both kinds together.
    pub free: u64,
    /// Prices by monthly volume, each of standard and of FIFO requests; the last has no end.
    pub tiers: &'static [Tier],
    /// For a request with messages of a fair queue's groups, on top.
    pub fair_surcharge: u64,
}

/// The price of a request within a part of the monthly volume.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Tier {
    /// The volume at which it ends.
    pub end: u64,
    /// A standard request.
    pub standard: u64,
    /// A FIFO request.
    pub fifo: u64,
}

impl Prices {
    /// What AWS asks in us-east-1 in 2026 `[D]`.
    pub const US_EAST_1: Self = Self {
        free: 1_000_000,
        tiers: &[
            Tier {
                end: 100_000_000_000,
                standard: 400,
                fifo: 500,
            },
            Tier {
                end: 200_000_000_000,
                standard: 300,
                fifo: 400,
            },
            Tier {
                end: u64::MAX,
                standard: 240,
                fifo: 350,
            },
        ],
        fair_surcharge: 100,
    };

    /// The same without anything free, as for an account that has used that up.
    #[must_use]
    pub fn without_free(self) -> Self {
        Self { free: 0, ..self }
    }

    /// The cost of what a meter shows, if it were a month's, in billionths of a US dollar, up to
    /// what a number holds: 18 thousand million dollars. What is free covers standard requests first, and those
    /// of fair queues last `[I]`.
    pub fn cost(&self, meter: &Meter) -> u64 {
        let standard = meter.standard.saturating_sub(self.free);
        let free = self.free.saturating_sub(meter.standard);
        let fifo = meter.fifo.saturating_sub(free);
        let fair = meter.fair.min(standard);
        self.by_tiers(standard, |tier| tier.standard)
            .saturating_add(self.by_tiers(fifo, |tier| tier.fifo))
            .saturating_add(fair.saturating_mul(self.fair_surcharge))
    }

    fn by_tiers(&self, requests: u64, price: fn(&Tier) -> u64) -> u64 {
        let mut start = 0;
        let mut sum = 0_u64;
        for tier in self.tiers {
            let within = requests.min(tier.end).saturating_sub(start);
            sum = sum.saturating_add(within.saturating_mul(price(tier)));
            start = tier.end;
        }
        sum
    }
}

/// A call, as a meter counts it.
#[derive(Clone, Copy)]
pub(super) struct Counted {
    requests: u64,
    has_fifo_price: bool,
    is_fair: bool,
    is_empty_receive: bool,
}

impl Meter {
    pub(super) fn add(&mut self, counted: Counted) {
        let requests = counted.requests;
        self.calls += 1;
        if counted.has_fifo_price {
            self.fifo += requests;
        } else {
            self.standard += requests;
        }
        self.fair += if counted.is_fair { requests } else { 0 };
        self.empty_receives += u64::from(counted.is_empty_receive);
    }
}

impl Service {
    /// Counts an answered call about this queue, or about none.
    pub(super) fn meter_call(
        &mut self,
        queue: Option<QueueId>,
        request: Option<&Request>,
        result: &Result<Response, Error>,
    ) {
        let sent = request.map_or(Payload::default(), Payload::of_request);
        let received = match result {
            Ok(Response::ReceiveMessage(response)) => Some(&response.messages),
            Ok(_) | Err(_) => None,
        };
        let mut bytes = sent.bytes;
        for message in received.into_iter().flatten() {
            bytes += size(&message.body, &message.message_attributes);
        }
        let queue = queue.and_then(|id| self.queue(id));
        let is_fifo = queue.is_some_and(|queue| queue.is_fifo());
        let got_any = received.is_some_and(|messages| !messages.is_empty());
        let has_groups = got_any && queue.is_some_and(|queue| queue.is_fair());
        let counted = Counted {
            requests: bytes.div_ceil(CHUNK_BYTES).max(1) as u64,
            has_fifo_price: is_fifo && request.is_none_or(is_about_messages),
            is_fair: !is_fifo && (has_groups || sent.has_groups),
            is_empty_receive: received.is_some() && !got_any,
        };
        let id = queue.map(super::Queue::id);
        self.meter.add(counted);
        if let Some(id) = id {
            self.queues.note(id, |queue| queue.note_call(counted));
        }
    }
}

/// The messages in a request.
#[derive(Clone, Copy, Default)]
struct Payload {
    bytes: usize,
    has_groups: bool,
}

impl Payload {
    fn of_request(request: &Request) -> Self {
        let mut payload = Self::default();
        if let Request::SendMessage(request) = request {
            let body = request.message_body.as_deref().unwrap_or_default();
            payload.bytes = size(body, &request.message_attributes);
            payload.has_groups = request.message_group_id.is_some();
        } else if let Request::SendMessageBatch(request) = request {
            for entry in request.entries.iter().flatten() {
                let body = entry.message_body.as_deref().unwrap_or_default();
                payload.bytes += size(body, &entry.message_attributes);
                payload.has_groups |= entry.message_group_id.is_some();
            }
        }
        payload
    }
}

fn size(body: &str, attributes: &SortedMap<String, MessageAttributeValue>) -> usize {
    body.len() + size_as_given(attributes)
}

/// Whether the price depends on the queue's type `[D]`.
fn is_about_messages(request: &Request) -> bool {
    matches!(
        request,
        Request::SendMessage(_)
            | Request::SendMessageBatch(_)
            | Request::ReceiveMessage(_)
            | Request::DeleteMessage(_)
            | Request::DeleteMessageBatch(_)
            | Request::ChangeMessageVisibility(_)
            | Request::ChangeMessageVisibilityBatch(_)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices() {
        let meter = |standard, fifo, fair| Meter {
            standard,
            fifo,
            fair,
            ..Meter::default()
        };
        let prices = Prices::US_EAST_1;
        let paid = prices.without_free();
        let dollar = 1_000_000_000;
        for (prices, meter, cost) in [
            (prices, meter(600_000, 400_000, 0), 0),
            (prices, meter(1_000_000, 1_000_000, 0), dollar / 2),
            (prices, meter(3_000_000, 0, 500_000), dollar * 85 / 100),
            (paid, meter(1_000_000, 0, 1_000_000), dollar / 2),
            (paid, meter(100_000_000_000, 0, 0), 40_000 * dollar),
            (paid, meter(300_000_000_000, 0, 0), 94_000 * dollar),
            (paid, meter(0, 300_000_000_000, 0), 125_000 * dollar),
        ] {
            assert_eq!(prices.cost(&meter), cost, "{meter:?}");
        }
    }
}
