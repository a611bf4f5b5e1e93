//! Which messages pass a filter: kept up to date by what is new alone, so that a long run costs no
//! more than a short one.

use std::collections::VecDeque;

use super::lives::queue_after;
use crate::sqs::api::{Caller, Request, Response};
use crate::sqs::{self, MessageKey, QueueId};
use crate::timeline::EventLog;
use crate::ui::session::Session;
use crate::world::{Event, EventKind};

/// The most groups that are offered to choose among.
const GROUPS_MAX: usize = 200;

/// Which messages to show.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::ui::dock) struct Filter {
    /// Those that were in this queue.
    pub queue: Option<QueueId>,
    /// Those that this one has received.
    pub consumer: Option<Caller>,
    /// Those of this group.
    pub group: String,
    /// Those with this number, or with this in their bodies.
    pub words: String,
}

/// What is known of a message: a bit for each part of the filter that it passes.
type Facts = u8;

const QUEUE: Facts = 1;
const CONSUMER: Facts = 2;
const GROUP: Facts = 4;
const WORDS: Facts = 8;
const ALL: Facts = QUEUE | CONSUMER | GROUP | WORDS;
/// An event of it was seen.
const SEEN: Facts = 16;

/// The messages that pass.
#[derive(Debug, Default)]
pub(super) struct Matches {
    filter: Filter,
    /// The run, and which edition of its log.
    run: (u64, u64),
    /// The first event that was not looked at.
    next: u64,
    first_kept: u64,
    /// The message of the first facts.
    first: u64,
    facts: VecDeque<Facts>,
    /// Those that pass, in the order of sending.
    rows: Vec<MessageKey>,
    /// How many there are.
    known: usize,
    groups: Vec<String>,
}

impl Matches {
    /// Looks at what is new.
    pub(super) fn update(&mut self, session: &Session, filter: &Filter) {
        let log = session.timeline().log();
        let run = (session.opened(), log.edition());
        if self.run != run || self.filter != *filter {
            *self = Self {
                filter: filter.clone(),
                run,
                ..Self::default()
            };
        }
        for event in log.since(self.next) {
            self.look(session, event);
        }
        self.next = log.end_id();
        if self.first_kept != log.first_id() {
            self.first_kept = log.first_id();
            self.forget(log);
        }
    }

    /// Those that pass, in the order of sending.
    pub(super) fn rows(&self) -> &[MessageKey] {
        &self.rows
    }

    /// How many messages there are.
    pub(super) fn known(&self) -> usize {
        self.known
    }

    /// The message groups that were seen.
    pub(super) fn groups(&self) -> &[String] {
        &self.groups
    }

    fn look(&mut self, session: &Session, event: &Event) {
        let Some(key) = event.kind.message() else {
            return;
        };
        self.note(session, event, key);
        if let EventKind::Service(sqs::EventKind::MessageMovedByTask {
            new_message: Some(made),
            ..
        }) = event.kind
        {
            self.note(session, event, made);
            // It is the same text in the same group.
            let facts = *self.facts_of(key) & (GROUP | WORDS);
            self.add(made, facts);
        }
    }

    fn note(&mut self, session: &Session, event: &Event, key: MessageKey) {
        let mut facts = 0;
        if *self.facts_of(key) & SEEN == 0 {
            facts |= SEEN | self.facts_of_content(session, event, key);
            self.known += 1;
        }
        let queue = self.filter.queue;
        if queue.is_none() || queue == queue_after(&event.kind, key) {
            facts |= QUEUE;
        }
        if self.filter.consumer.is_none() {
            facts |= CONSUMER;
        }
        if let EventKind::Service(sqs::EventKind::MessageReceived { caller, .. }) = event.kind
            && self.filter.consumer == Some(caller)
        {
            facts |= CONSUMER;
        }
        self.add(key, facts);
    }

    fn facts_of_content(&mut self, session: &Session, event: &Event, key: MessageKey) -> Facts {
        let Filter { group, words, .. } = &self.filter;
        let mut facts = 0;
        if group.is_empty() {
            facts |= GROUP;
        }
        let words = words.trim().trim_start_matches('#').to_ascii_lowercase();
        if words.is_empty() || key.to_string() == words {
            facts |= WORDS;
        }
        let (groups, wanted) = (&mut self.groups, group);
        content(session, event, key, |group, body| {
            if let Some(group) = group {
                if group == wanted {
                    facts |= GROUP;
                }
                if groups.len() < GROUPS_MAX && !groups.iter().any(|known| known == group) {
                    groups.push(group.to_owned());
                }
            }
            if !words.is_empty() && body.to_ascii_lowercase().contains(&words) {
                facts |= WORDS;
            }
        });
        facts
    }

    fn add(&mut self, key: MessageKey, more: Facts) {
        let facts = self.facts_of(key);
        let passed = *facts & ALL == ALL;
        *facts |= more;
        if !passed && *facts & ALL == ALL {
            let place = self.rows.partition_point(|row| *row < key);
            self.rows.insert(place, key);
        }
    }

    fn facts_of(&mut self, key: MessageKey) -> &mut Facts {
        if self.facts.is_empty() {
            self.first = key.0;
        }
        while key.0 < self.first {
            self.facts.push_front(0);
            self.first -= 1;
        }
        let place = (key.0 - self.first) as usize;
        while self.facts.len() <= place {
            self.facts.push_back(0);
        }
        &mut self.facts[place]
    }

    /// Leaves out the messages of which no event is kept any more.
    fn forget(&mut self, log: &EventLog) {
        let Self { facts, first, .. } = self;
        for (place, facts) in facts.iter_mut().enumerate() {
            if *facts & SEEN != 0 && !log.knows_message(MessageKey(*first + place as u64)) {
                *facts = 0;
                self.known -= 1;
            }
        }
        self.rows.retain(|key| log.knows_message(*key));
        while self.facts.front() == Some(&0) {
            self.facts.pop_front();
            self.first += 1;
        }
    }
}

/// Looks at the group and the body of a message, where they can still be found.
fn content(
    session: &Session,
    event: &Event,
    key: MessageKey,
    mut look: impl FnMut(Option<&str>, &str),
) {
    if let Some((_, message)) = session.world().service().find_message(key) {
        look(message.group_id().map(|group| &**group), message.body());
        return;
    }
    let log = session.timeline().log();
    let EventKind::Service(sqs::EventKind::MessageSent { call, .. }) = event.kind else {
        return;
    };
    let Some(record) = log.call(call, u64::MAX) else {
        return;
    };
    let EventKind::CallSent { request, .. } = &record.sent.kind else {
        return;
    };
    if let Request::SendMessage(request) = &**request {
        let body = request.message_body.as_deref().unwrap_or_default();
        look(request.message_group_id.as_deref(), body);
    } else if let Request::SendMessageBatch(request) = &**request
        && let Some(EventKind::CallAnswered {
            messages, result, ..
        }) = record.answered.map(|event| &event.kind)
        && let Ok(Response::SendMessageBatch(response)) = &**result
        && let Some(place) = messages.iter().position(|sent| *sent == key)
        && let Some(sent) = response.successful.get(place)
    {
        let entry = request.entries.iter().flatten();
        let mut entry = entry.filter(|entry| entry.id.as_deref() == Some(sent.id.as_str()));
        if let Some(entry) = entry.next() {
            let body = entry.message_body.as_deref().unwrap_or_default();
            look(entry.message_group_id.as_deref(), body);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Span;
    use crate::ui::session::Action;

    fn session(scenario: &str, seconds: u64) -> Session {
        let mut session = Session::of(scenario);
        seek(&mut session, seconds);
        session
    }

    fn seek(session: &mut Session, seconds: u64) {
        session.apply(Action::Seek(session.start() + Span::from_secs(seconds)));
        while session.seeking().is_some() {
            session.apply(Action::Frame { wall_ms: 16.0 });
        }
    }

    fn found(session: &Session, filter: &Filter) -> Vec<u64> {
        let mut matches = Matches::default();
        matches.update(session, filter);
        matches.rows().iter().map(|key| key.0).collect()
    }

    #[test]
    fn filters_narrow_down() {
        let session = session("first-messages", 40);
        let all = found(&session, &Filter::default());
        assert_eq!(all, (1..=100).collect::<Vec<_>>());
        let words = |words: &str| Filter {
            words: words.into(),
            ..Filter::default()
        };
        assert_eq!(found(&session, &words("MESSAGE 42")), [42]);
        assert_eq!(
            found(&session, &words("#7")),
            [
                7, 17, 27, 37, 47, 57, 67, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 87, 97
            ]
        );
        let receiver = session.world().actors().last().map(|actor| actor.caller());
        let received = Filter {
            consumer: receiver,
            ..Filter::default()
        };
        assert_eq!(found(&session, &received).len(), 100);
        let nobody = Filter {
            consumer: Some(Caller::PERSON),
            ..Filter::default()
        };
        assert!(found(&session, &nobody).is_empty());
    }

    #[test]
    fn a_dead_letter_is_found_in_both_queues_and_by_its_group() {
        let mut session = session("fifo", 0);
        session.apply(Action::SetSwitch { index: 0, on: true });
        seek(&mut session, 60);
        let queues: Vec<_> = session
            .world()
            .queues()
            .map(|queue| (queue.id(), queue.len()))
            .collect();
        assert_eq!(queues.len(), 2);
        for (queue, len) in queues {
            let filter = Filter {
                queue: Some(queue),
                group: "orders".into(),
                ..Filter::default()
            };
            assert!(found(&session, &filter).len() >= len && len > 0);
        }
        let other = Filter {
            group: "others".into(),
            ..Filter::default()
        };
        assert!(found(&session, &other).is_empty());
    }

    #[test]
    fn what_is_new_alone_is_enough_also_after_a_cut() {
        let mut session = session("fifo", 0);
        let (mut all, mut some) = (Matches::default(), Matches::default());
        let filter = Filter {
            consumer: session.world().actors().last().map(|actor| actor.caller()),
            ..Filter::default()
        };
        let check = |session: &Session, all: &mut Matches, some: &mut Matches| {
            for (matches, filter) in [(all, &Filter::default()), (some, &filter)] {
                matches.update(session, filter);
                let rows: Vec<_> = matches.rows().iter().map(|key| key.0).collect();
                assert_eq!(rows, found(session, filter));
            }
        };
        for seconds in [1, 5, 20, 10, 40] {
            seek(&mut session, seconds);
            check(&session, &mut all, &mut some);
        }
        seek(&mut session, 10);
        session.apply(Action::SetSwitch { index: 0, on: true });
        check(&session, &mut all, &mut some);
        seek(&mut session, 45);
        check(&session, &mut all, &mut some);
        assert!(some.rows().len() < all.rows().len());
        assert_eq!(all.known(), all.rows().len());
        session.apply(Action::open_scenario("first-messages").expect("the library has it"));
        check(&session, &mut all, &mut some);
    }
}
