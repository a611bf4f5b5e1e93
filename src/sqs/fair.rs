//! Fair queues: on a standard queue each message group is a tenant, and a tenant that keeps the
//! consumers busy lets the others go first.
//!
//! AWS publishes the rule `[D]`, with thresholds that it calls approximate. A message without a
//! group is a tenant of its own, too small to be noisy.

use std::iter;
use std::ops::Range;
use std::sync::Arc;

use super::standard::Reach;
use crate::sim::{Names, Pairs, Span, Time};

/// A tenant with a larger share is noisy, in percent `[D]`.
const SHARE_PERCENT_MAX: u64 = 10;
/// A tenant with fewer messages in flight is not noisy by their share `[D]`.
const IN_FLIGHT_MIN: u64 = 30;
/// A noisy tenant without any message in flight for so long is quiet again `[D]`.
const IDLE: Span = Span::from_secs(300);
/// Owns the places of all tenants that are not noisy; each tenant owns its own.
const QUIET: u64 = 0;
/// Consumers' time counts in the current minute and the five before it `[I]`.
const MINUTES: usize = 6;

/// Names a tenant inside of its queue, as long as it has messages.
pub(super) type TenantNumber = u32;

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
    /// Owners, and the places of their visible messages.
    visible: Pairs,
    names: Names,
    /// By their numbers, also those that nobody has.
    tenants: Vec<Tenant>,
    /// The noisy tenants, by how much they have in flight, and then by their ids.
    noisy: Vec<TenantNumber>,
    /// The noisy tenants without anything in flight, by when they will be quiet, in milliseconds.
    idle: Pairs,
    worked: WorkedTime,
}

/// A tenant lives as long as it has messages: with the last one its backlog is consumed, and it
/// is quiet again `[D]`.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
struct Tenant {
    messages: u64,
    visible: u64,
    in_flight: u64,
    is_noisy: bool,
    /// Its entry in `idle`.
    quiet_at: Option<u64>,
    worked: WorkedTime,
}

impl Tenant {
    fn view(&self) -> TenantView {
        let (visible, in_flight) = (self.visible as usize, self.in_flight as usize);
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
    /// A message of this group comes into the queue. Returns the group's number, and its id,
    /// shared.
    pub(super) fn insert(&mut self, group: Arc<str>) -> (TenantNumber, Arc<str>) {
        let known = self.names.number_of(&group);
        let number = known.unwrap_or_else(|| self.names.insert(group));
        if self.tenants.len() <= number as usize {
            self.tenants.push(Tenant::default());
        }
        self.tenants[number as usize].messages += 1;
        (number, Arc::clone(self.names.name(number)))
    }

    /// A message, which is neither visible nor in flight, goes out of the queue.
    pub(super) fn remove(&mut self, tenant: Option<TenantNumber>) {
        let Some(number) = tenant else { return };
        let tenant = self.tenant_mut(number);
        tenant.messages -= 1;
        if tenant.messages == 0 {
            self.calm(number);
            self.tenants[number as usize] = Tenant::default();
            self.names.remove(number);
        }
    }

    pub(super) fn show(&mut self, tenant: Option<TenantNumber>, place: u64) {
        let mut is_new = true;
        let is_noisy = tenant.is_some_and(|number| {
            is_new = self.visible.insert([owner(number), place]);
            let tenant = self.tenant_mut(number);
            tenant.visible += 1;
            tenant.is_noisy
        });
        if !is_noisy {
            is_new &= self.visible.insert([QUIET, place]);
        }
        assert!(is_new, "a place belongs to one message");
    }

    pub(super) fn hide(&mut self, tenant: Option<TenantNumber>, place: u64) {
        let mut was_visible = true;
        let is_noisy = tenant.is_some_and(|number| {
            was_visible = self.visible.remove([owner(number), place]);
            let tenant = self.tenant_mut(number);
            tenant.visible -= 1;
            tenant.is_noisy
        });
        if !is_noisy {
            was_visible &= self.visible.remove([QUIET, place]);
        }
        assert!(was_visible, "only a visible message can be hidden");
    }

    /// A message begins to be in flight, as one of `in_flight` in all.
    pub(super) fn hold(&mut self, tenant: Option<TenantNumber>, now: Time, in_flight: usize) {
        let Some(number) = tenant else { return };
        self.count_in_flight(number, now, |count| count + 1);
        let own = self.tenant(number).in_flight;
        if own >= IN_FLIGHT_MIN && exceeds_share(own, in_flight as u64) {
            self.alarm(number);
        }
    }

    /// A message is not in flight any more.
    pub(super) fn release(&mut self, tenant: Option<TenantNumber>, now: Time) {
        if let Some(number) = tenant {
            self.count_in_flight(number, now, |count| count - 1);
        }
    }

    /// A consumer has deleted a message after it had it for `span`.
    pub(super) fn note_work(&mut self, tenant: Option<TenantNumber>, now: Time, span: Span) {
        self.worked.add(now, span);
        let Some(number) = tenant else { return };
        let worked = &mut self.tenant_mut(number).worked;
        worked.add(now, span);
        let own = worked.sum(now);
        if exceeds_share(own, self.worked.sum(now)) {
            self.alarm(number);
        }
    }

    /// When the next tenant is quiet again because it was idle.
    pub(super) fn next_calm(&self) -> Option<Time> {
        self.idle.first().map(|[at, _]| Time::from_ms(at))
    }

    /// Lets noisy tenants be quiet that were idle for long enough.
    pub(super) fn calm_due(&mut self, now: Time) {
        while let Some([quiet_at, number]) = self.idle.first()
            && Time::from_ms(quiet_at).is_due(now)
        {
            self.calm(number as TenantNumber);
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
                let in_flight = |number: &TenantNumber| self.tenant(*number).in_flight;
                if let Some(number) = untouched.next_if(|number| is_next(in_flight(number))) {
                    let places = self.within(owner(*number), reach);
                    begun.push((in_flight(number), places));
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
        self.within(QUIET, reach).chain(noisy)
    }

    /// How many tenants there are.
    pub(super) fn tenant_count(&self) -> usize {
        self.names.len()
    }

    /// The tenants by their ids, as many as [are listed](Names::in_order).
    pub(super) fn tenants(&self) -> impl Iterator<Item = (&Arc<str>, TenantView)> {
        let names = self.names.in_order();
        names.map(|(group, number)| (group, self.tenant(number).view()))
    }

    /// The noisy tenants.
    pub(super) fn noisy(&self) -> impl Iterator<Item = TenantView> {
        let noisy = self.noisy.iter();
        noisy.map(|number| self.tenant(*number).view())
    }

    /// Whether it is a fair queue just now.
    pub(super) fn has_tenants(&self) -> bool {
        !self.names.is_empty()
    }

    /// Whether this is a noisy tenant.
    pub(super) fn is_noisy(&self, tenant: Option<TenantNumber>) -> bool {
        tenant.is_some_and(|number| self.tenant(number).is_noisy)
    }

    fn tenant(&self, number: TenantNumber) -> &Tenant {
        &self.tenants[number as usize]
    }

    fn tenant_mut(&mut self, number: TenantNumber) -> &mut Tenant {
        &mut self.tenants[number as usize]
    }

    fn count_in_flight(&mut self, number: TenantNumber, now: Time, change: impl Fn(u64) -> u64) {
        let is_noisy = self.tenant(number).is_noisy;
        if is_noisy {
            self.leave_noisy(number);
        }
        let tenant = self.tenant_mut(number);
        tenant.in_flight = change(tenant.in_flight);
        if is_noisy {
            let is_idle = tenant.in_flight == 0;
            tenant.quiet_at = is_idle.then(|| (now + IDLE).as_ms());
            self.enter_noisy(number);
        }
    }

    /// Makes a tenant noisy that has a message in flight.
    fn alarm(&mut self, number: TenantNumber) {
        let tenant = self.tenant_mut(number);
        if tenant.is_noisy {
            return;
        }
        assert!(tenant.in_flight > 0, "noise is made by messages in flight");
        tenant.is_noisy = true;
        self.enter_noisy(number);
        let places: Vec<_> = self.within(owner(number), Reach::EVERYWHERE).collect();
        for place in places {
            self.visible.remove([QUIET, place]);
        }
    }

    /// Makes a tenant quiet, if it is noisy.
    fn calm(&mut self, number: TenantNumber) {
        if !self.tenant(number).is_noisy {
            return;
        }
        self.leave_noisy(number);
        self.tenant_mut(number).is_noisy = false;
        let places: Vec<_> = self.within(owner(number), Reach::EVERYWHERE).collect();
        for place in places {
            self.visible.insert([QUIET, place]);
        }
    }

    /// Puts a noisy tenant among the others, as it is now.
    fn enter_noisy(&mut self, number: TenantNumber) {
        let place = self.place_in_noisy(number);
        self.noisy.insert(place, number);
        if let Some(quiet_at) = self.tenant(number).quiet_at {
            self.idle.insert([quiet_at, number.into()]);
        }
    }

    /// Takes a noisy tenant from among the others, before it changes.
    fn leave_noisy(&mut self, number: TenantNumber) {
        let place = self.place_in_noisy(number);
        let known = self.noisy.remove(place);
        assert_eq!(known, number, "noisy tenants are in their order");
        if let Some(quiet_at) = self.tenant_mut(number).quiet_at.take() {
            self.idle.remove([quiet_at, number.into()]);
        }
    }

    fn place_in_noisy(&self, number: TenantNumber) -> usize {
        let key = |number| (self.tenant(number).in_flight, self.names.name(number));
        let own = key(number);
        self.noisy.partition_point(|other| key(*other) < own)
    }

    /// The places of an owner.
    fn within(&self, owner: u64, reach: Reach) -> impl Iterator<Item = u64> {
        let (first, then) = reach.places();
        let range = move |Range { start, end }: Range<u64>| {
            let from_start = self.visible.starting_at([owner, start]);
            let is_within = move |[other, place]: &[u64; 2]| *other == owner && *place < end;
            from_start.take_while(is_within).map(|[_, place]| place)
        };
        range(first).chain(range(then))
    }
}

fn owner(tenant: TenantNumber) -> u64 {
    u64::from(tenant) + 1
}

fn exceeds_share(own: u64, all: u64) -> bool {
    own * 100 > all * SHARE_PERCENT_MAX
}
