//! Fair queues: on a standard queue each message group is a tenant, and a tenant that keeps the
//! consumers busy lets the others go first.
//!
//! AWS publishes the rule `[D]`, with thresholds that it calls approximate. A message without a
//! group is a tenant of its own, too small to be noisy.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;
use std::ops::Range;
use std::sync::Arc;

use super::standard::Reach;
use crate::sim::{Span, Time};

/// A tenant with a larger share is noisy, in percent `[D]`.
const SHARE_PERCENT_MAX: u64 = 10;
/// A tenant with fewer messages in flight is not noisy by their share `[D]`.
const IN_FLIGHT_MIN: u64 = 30;
/// A noisy tenant without any message in flight for so long is quiet again `[D]`.
const IDLE: Span = Span::from_secs(300);
/// Consumers' time counts in the current minute and the five before it `[I]`.
const MINUTES: usize = 6;

/// A message group of a fair queue: what it has there, and whether it lets others go first.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct TenantView {
    /// Messages that are visible.
    pub visible: usize,
    /// Messages that are in flight.
    pub in_flight: usize,
    /// Messages that are delayed.
    pub delayed: usize,
    /// Whether quiet tenants' messages come before its own.
    pub is_noisy: bool,
}

/// The visible messages of a standard queue, and its tenants.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(super) struct FairShare {
    /// The places of the visible messages whose tenant is not noisy.
    quiet: BTreeSet<u64>,
    tenants: BTreeMap<Arc<str>, Tenant>,
    /// The noisy tenants, by how much they have in flight.
    noisy: BTreeSet<(u64, Arc<str>)>,
    /// The noisy tenants without anything in flight, by when they will be quiet, in milliseconds.
    idle: BTreeSet<(u64, Arc<str>)>,
    worked: WorkedTime,
}

/// A tenant lives as long as it has messages: with the last one its backlog is consumed, and it
/// is quiet again `[D]`.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
struct Tenant {
    messages: u64,
    visible: BTreeSet<u64>,
    in_flight: u64,
    is_noisy: bool,
    /// Its entry in `idle`.
    quiet_at: Option<u64>,
    worked: WorkedTime,
}

impl Tenant {
    fn view(&self) -> TenantView {
        let (visible, in_flight) = (self.visible.len(), self.in_flight as usize);
        TenantView {
            visible,
            in_flight,
            delayed: self.messages as usize - visible - in_flight,
            is_noisy: self.is_noisy,
        }
    }
}

/// The time from receives to deletes, in milliseconds, of the last minutes.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
struct WorkedTime {
    minute: u64,
    /// The current minute first.
    by_minute: [u64; MINUTES],
}

impl WorkedTime {
    fn add(&mut self, now: Time, span: Span) {
        self.turn_to(now);
        self.by_minute[0] += span.as_ms();
    }

    fn sum(&mut self, now: Time) -> u64 {
        self.turn_to(now);
        self.by_minute.iter().sum()
    }

    fn turn_to(&mut self, now: Time) {
        let minute = now.as_secs() / 60;
        let passed = (minute - self.minute).min(MINUTES as u64) as usize;
        self.by_minute.rotate_right(passed);
        self.by_minute[..passed].fill(0);
        self.minute = minute;
    }
}

impl FairShare {
    /// A message of this group comes into the queue. Returns the group's id, shared.
    pub(super) fn insert(&mut self, group: Arc<str>) -> Arc<str> {
        let entry = self.tenants.entry(group);
        let group = Arc::clone(entry.key());
        entry.or_default().messages += 1;
        group
    }

    /// A message, which is neither visible nor in flight, goes out of the queue.
    pub(super) fn remove(&mut self, group: Option<&Arc<str>>) {
        let Some(group) = group else { return };
        let tenant = tenant_mut(&mut self.tenants, group);
        tenant.messages -= 1;
        if tenant.messages == 0 {
            self.calm(group);
            self.tenants.remove(group);
        }
    }

    pub(super) fn show(&mut self, group: Option<&Arc<str>>, place: u64) {
        let mut is_new = true;
        let is_noisy = group.is_some_and(|group| {
            let tenant = tenant_mut(&mut self.tenants, group);
            is_new = tenant.visible.insert(place);
            tenant.is_noisy
        });
        if !is_noisy {
            is_new &= self.quiet.insert(place);
        }
        assert!(is_new, "a place belongs to one message");
    }

    pub(super) fn hide(&mut self, group: Option<&Arc<str>>, place: u64) {
        let mut was_visible = true;
        let is_noisy = group.is_some_and(|group| {
            let tenant = tenant_mut(&mut self.tenants, group);
            was_visible = tenant.visible.remove(&place);
            tenant.is_noisy
        });
        if !is_noisy {
            was_visible &= self.quiet.remove(&place);
        }
        assert!(was_visible, "only a visible message can be hidden");
    }

    /// A message begins to be in flight, as one of `in_flight` in all.
    pub(super) fn hold(&mut self, group: Option<&Arc<str>>, now: Time, in_flight: usize) {
        let Some(group) = group else { return };
        self.count_in_flight(group, now, |count| count + 1);
        let tenant = tenant_mut(&mut self.tenants, group);
        let own = tenant.in_flight;
        if own >= IN_FLIGHT_MIN && exceeds_share(own, in_flight as u64) {
            self.alarm(group);
        }
    }

    /// A message is not in flight any more.
    pub(super) fn release(&mut self, group: Option<&Arc<str>>, now: Time) {
        if let Some(group) = group {
            self.count_in_flight(group, now, |count| count - 1);
        }
    }

    /// A consumer has deleted a message after it had it for `span`.
    pub(super) fn note_work(&mut self, group: Option<&Arc<str>>, now: Time, span: Span) {
        self.worked.add(now, span);
        let Some(group) = group else { return };
        let tenant = tenant_mut(&mut self.tenants, group);
        tenant.worked.add(now, span);
        if exceeds_share(tenant.worked.sum(now), self.worked.sum(now)) {
            self.alarm(group);
        }
    }

    /// When the next tenant is quiet again because it was idle.
    pub(super) fn next_calm(&self) -> Option<Time> {
        self.idle.first().map(|(at, _)| Time::from_ms(*at))
    }

    /// Lets noisy tenants be quiet that were idle for long enough.
    pub(super) fn calm_due(&mut self, now: Time) {
        while let Some((quiet_at, group)) = self.idle.first()
            && Time::from_ms(*quiet_at).is_due(now)
        {
            let group = Arc::clone(group);
            self.calm(&group);
        }
    }

    /// The places of what can be received, in the order in which it is: first that of quiet
    /// tenants, then that of the noisy tenant with the fewest messages in flight, what is found
    /// here counted.
    pub(super) fn candidates(&self, reach: Reach) -> impl Iterator<Item = u64> {
        let mut untouched = self.noisy.iter().peekable();
        let mut begun = Vec::new();
        let noisy = iter::from_fn(move || {
            loop {
                let least = (0..begun.len()).min_by_key(|index: &usize| {
                    let (count, _): &(u64, _) = &begun[*index];
                    *count
                });
                let is_next = |count: u64| least.is_none_or(|index| count < begun[index].0);
                if let Some((count, group)) = untouched.next_if(|(count, _)| is_next(*count)) {
                    let places = within(&self.tenants[group].visible, reach);
                    begun.push((*count, places));
                    continue;
                }
                let (count, places) = &mut begun[least?];
                if let Some(place) = places.next() {
                    *count += 1;
                    return Some(place);
                }
                drop(begun.remove(least?));
            }
        });
        within(&self.quiet, reach).chain(noisy)
    }

    /// The tenants by their ids.
    pub(super) fn tenants(&self) -> impl Iterator<Item = (&Arc<str>, TenantView)> {
        let tenants = self.tenants.iter();
        tenants.map(|(group, tenant)| (group, tenant.view()))
    }

    /// The noisy tenants.
    pub(super) fn noisy(&self) -> impl Iterator<Item = TenantView> {
        let tenants = self.noisy.iter().map(|(_, group)| &self.tenants[group]);
        tenants.map(Tenant::view)
    }

    /// Whether it is a fair queue just now.
    pub(super) fn has_tenants(&self) -> bool {
        !self.tenants.is_empty()
    }

    /// Whether this group is a noisy tenant.
    pub(super) fn is_noisy(&self, group: Option<&Arc<str>>) -> bool {
        let tenant = group.and_then(|group| self.tenants.get(group));
        tenant.is_some_and(|tenant| tenant.is_noisy)
    }

    fn count_in_flight(&mut self, group: &Arc<str>, now: Time, change: impl Fn(u64) -> u64) {
        let tenant = tenant_mut(&mut self.tenants, group);
        let before = tenant.in_flight;
        tenant.in_flight = change(before);
        if !tenant.is_noisy {
            return;
        }
        self.noisy.remove(&(before, Arc::clone(group)));
        self.noisy.insert((tenant.in_flight, Arc::clone(group)));
        if let Some(quiet_at) = tenant.quiet_at.take() {
            self.idle.remove(&(quiet_at, Arc::clone(group)));
        }
        if tenant.in_flight == 0 {
            let quiet_at = (now + IDLE).as_ms();
            tenant.quiet_at = Some(quiet_at);
            self.idle.insert((quiet_at, Arc::clone(group)));
        }
    }

    /// Makes a tenant noisy that has a message in flight.
    fn alarm(&mut self, group: &Arc<str>) {
        let tenant = tenant_mut(&mut self.tenants, group);
        if tenant.is_noisy {
            return;
        }
        assert!(tenant.in_flight > 0, "noise is made by messages in flight");
        tenant.is_noisy = true;
        self.noisy.insert((tenant.in_flight, Arc::clone(group)));
        for place in tenant.visible.iter() {
            self.quiet.remove(place);
        }
    }

    /// Makes a tenant quiet, if it is noisy.
    fn calm(&mut self, group: &Arc<str>) {
        let tenant = tenant_mut(&mut self.tenants, group);
        if !tenant.is_noisy {
            return;
        }
        tenant.is_noisy = false;
        self.noisy.remove(&(tenant.in_flight, Arc::clone(group)));
        if let Some(quiet_at) = tenant.quiet_at.take() {
            self.idle.remove(&(quiet_at, Arc::clone(group)));
        }
        for place in tenant.visible.iter() {
            self.quiet.insert(*place);
        }
    }
}

fn tenant_mut<'a>(tenants: &'a mut BTreeMap<Arc<str>, Tenant>, group: &str) -> &'a mut Tenant {
    let tenant = tenants.get_mut(group);
    tenant.expect("a tenant lives as long as it has messages")
}

fn exceeds_share(own: u64, all: u64) -> bool {
    own * 100 > all * SHARE_PERCENT_MAX
}

fn within(places: &BTreeSet<u64>, reach: Reach) -> impl Iterator<Item = u64> {
    let (first, then) = reach.places();
    let range = |Range { start, end }: Range<u64>| {
        let from_start = places.range(start..).copied();
        from_start.take_while(move |place| *place < end)
    };
    range(first).chain(range(then))
}
