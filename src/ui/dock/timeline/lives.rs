//! The life of a message as bars and marks, made of its events alone.

use crate::sim::Time;
use crate::sqs::api::Caller;
use crate::sqs::{self, MessageKey, QueueId, Strike};
use crate::timeline::EventLog;
use crate::world::EventKind;

/// Where a message was for a while.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum State {
    Delayed,
    Visible,
    InFlight(Caller),
}

/// A stretch of time in one state.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Bar {
    pub from: Time,
    /// None if it goes on as far as the run is known.
    pub to: Option<Time>,
    pub state: State,
    pub queue: QueueId,
    /// It was received too often, and is in a dead-letter queue.
    pub is_dead: bool,
}

/// Something that happened to a message at an instant.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum MarkKind {
    Sent,
    Received,
    Deleted,
    Expired,
    /// Sent again, and dropped as a duplicate.
    Deduplicated,
    Moved,
    /// A server missed a receive or a delete.
    Missed,
}

/// See [`MarkKind`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Mark {
    pub at: Time,
    pub kind: MarkKind,
}

/// All of it, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Life {
    /// One after the other.
    pub bars: Vec<Bar>,
    pub marks: Vec<Mark>,
}

impl Life {
    /// The bar at an instant.
    pub(super) fn bar_at(&self, at: Time) -> Option<&Bar> {
        self.bars
            .iter()
            .find(|bar| bar.from <= at && bar.to.is_none_or(|to| at < to))
    }

    fn open(&mut self, from: Time, state: State, (queue, is_dead): Place) {
        self.close(from);
        self.bars.push(Bar {
            from,
            to: None,
            state,
            queue,
            is_dead,
        });
    }

    fn close(&mut self, at: Time) {
        if let Some(last) = self.bars.last_mut()
            && last.to.is_none()
        {
            last.to = Some(at);
            if last.from == at {
                self.bars.pop();
            }
        }
    }

    fn last_state(&self) -> Option<State> {
        let last = self.bars.last()?;
        last.to.is_none().then_some(last.state)
    }

    fn mark(&mut self, at: Time, kind: MarkKind) {
        self.marks.push(Mark { at, kind });
    }
}

/// A queue, and whether the message is there as a dead letter.
type Place = (QueueId, bool);

/// The queue in which a message is after an event of its life.
pub(super) fn queue_after(kind: &EventKind, key: MessageKey) -> Option<QueueId> {
    use sqs::EventKind as Kind;
    let EventKind::Service(kind) = kind else {
        return None;
    };
    match kind {
        Kind::MessageSent { queue, .. }
        | Kind::MessageDeduplicated { queue, .. }
        | Kind::MessageBecameVisible { queue, .. }
        | Kind::MessageDelayChanged { queue, .. }
        | Kind::MessageReceived { queue, .. }
        | Kind::MessageVisibilityChanged { queue, .. }
        | Kind::MessageDeleted { queue, .. }
        | Kind::MessageExpired { queue, .. }
        | Kind::ChaosStruck { queue, .. } => Some(*queue),
        Kind::MessageMovedToDeadLetterQueue { target, .. } => Some(*target),
        Kind::MessageMovedByTask {
            source,
            target,
            new_message,
            ..
        } => Some(if *new_message == Some(key) {
            *target
        } else {
            *source
        }),
        Kind::QueueCreated { .. }
        | Kind::QueueAttributesSet { .. }
        | Kind::QueuePurged { .. }
        | Kind::QueueDeleted { .. }
        | Kind::MessageMoveTaskStarted { .. }
        | Kind::MessageMoveTaskEnded { .. }
        | Kind::LongPollStarted { .. }
        | Kind::ReceiveCameBackEmpty { .. } => None,
    }
}

/// The life of a message, from the first event that is kept.
pub(super) fn life(log: &EventLog, key: MessageKey) -> Life {
    let mut life = Life::default();
    let mut is_dead = false;
    let mut last: Option<(u64, QueueId)> = None;
    for event in log.of_message(key, u64::MAX) {
        if let EventKind::Service(kind) = &event.kind
            && let Some(queue) = queue_after(&event.kind, key)
        {
            note(&mut life, event.at, kind, (queue, &mut is_dead), key);
            last = Some((event.id.0, queue));
        }
    }
    if let Some((id, queue)) = last
        && life.last_state().is_some()
        && let Some(emptied) = log.emptied_after(queue, id)
    {
        life.close(emptied.at);
        life.mark(emptied.at, MarkKind::Deleted);
    }
    life
}

fn note(
    life: &mut Life,
    at: Time,
    kind: &sqs::EventKind,
    (queue, is_dead): (QueueId, &mut bool),
    key: MessageKey,
) {
    use sqs::EventKind as Kind;
    let place = (queue, *is_dead);
    match kind {
        Kind::MessageSent { delay, .. } => {
            life.mark(at, MarkKind::Sent);
            life.open(at, hidden_if(!delay.is_zero(), State::Delayed), place);
        }
        Kind::MessageDeduplicated { .. } => life.mark(at, MarkKind::Deduplicated),
        Kind::MessageBecameVisible { .. } => life.open(at, State::Visible, place),
        Kind::MessageDelayChanged { until, .. } => {
            if life.last_state() != Some(State::Delayed) {
                life.open(at, hidden_if(*until > at, State::Delayed), place);
            }
        }
        Kind::MessageReceived { caller, until, .. } => {
            life.mark(at, MarkKind::Received);
            if *until > at {
                life.open(at, State::InFlight(*caller), place);
            }
        }
        Kind::MessageVisibilityChanged { caller, until, .. } => {
            let is_held = matches!(life.last_state(), Some(State::InFlight(_)));
            if *until > at && !is_held {
                life.open(at, State::InFlight(*caller), place);
            }
        }
        Kind::MessageDeleted { .. } => {
            life.close(at);
            life.mark(at, MarkKind::Deleted);
        }
        Kind::MessageExpired { .. } => {
            life.close(at);
            life.mark(at, MarkKind::Expired);
        }
        Kind::MessageMovedToDeadLetterQueue { .. } => {
            *is_dead = true;
            life.mark(at, MarkKind::Moved);
            life.open(at, State::Visible, (queue, true));
        }
        Kind::MessageMovedByTask {
            new_message, delay, ..
        } => {
            life.mark(at, MarkKind::Moved);
            if *new_message == Some(key) {
                life.open(at, hidden_if(!delay.is_zero(), State::Delayed), place);
            } else {
                life.close(at);
            }
        }
        Kind::ChaosStruck { strike, .. } => {
            life.mark(at, MarkKind::Missed);
            if *strike == Strike::MissedReceive {
                life.open(at, State::Visible, place);
            }
        }
        Kind::QueueCreated { .. }
        | Kind::QueueAttributesSet { .. }
        | Kind::QueuePurged { .. }
        | Kind::QueueDeleted { .. }
        | Kind::MessageMoveTaskStarted { .. }
        | Kind::MessageMoveTaskEnded { .. }
        | Kind::LongPollStarted { .. }
        | Kind::ReceiveCameBackEmpty { .. } => {}
    }
}

fn hidden_if(is_hidden: bool, state: State) -> State {
    if is_hidden { state } else { State::Visible }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{find, library};
    use crate::sim::Span;
    use crate::sqs::{Mode, Phase};
    use crate::timeline::{Recording, Timeline};
    use crate::world::Config;

    /// The state of each message that is anywhere.
    fn states(timeline: &Timeline) -> Vec<(MessageKey, QueueId, State)> {
        let queues = timeline.world().queues();
        queues
            .flat_map(|queue| {
                queue.messages().map(|message| {
                    let state = match message.phase() {
                        Phase::Delayed { .. } => State::Delayed,
                        Phase::Visible { .. } => State::Visible,
                        Phase::InFlight { caller, .. } => State::InFlight(caller),
                    };
                    (message.key(), queue.id(), state)
                })
            })
            .collect()
    }

    #[test]
    fn at_every_instant_the_bars_show_the_state_of_the_world() {
        for scenario in library() {
            for mode in [Mode::Strict, Mode::AwsLike, Mode::Chaos] {
                let config = Config {
                    mode,
                    ..scenario.world.clone()
                };
                let mut timeline = Timeline::new(Recording::new(config));
                timeline.advance(scenario.end(), usize::MAX);
                let log = timeline.log().clone();
                let first = log.first_id();
                assert_eq!(first, 0);
                for ms in (0..scenario.length_seconds * 1000).step_by(1777) {
                    let at = timeline.start() + Span::from_ms(ms);
                    timeline.seek(at, usize::MAX);
                    let states = states(&timeline);
                    for (key, queue, state) in &states {
                        let life = life(&log, *key);
                        let bar = life.bar_at(at).map(|bar| (bar.queue, bar.state));
                        assert_eq!(bar, Some((*queue, *state)), "{} {key} {ms} ms", scenario.id);
                    }
                    let mut gone = (1..200).map(MessageKey);
                    let is_there = |key: &MessageKey| states.iter().any(|(known, ..)| known == key);
                    assert!(
                        gone.all(|key| is_there(&key) || life(&log, key).bar_at(at).is_none()),
                        "{} {ms} ms: a bar of a message that is not there",
                        scenario.id
                    );
                }
            }
        }
    }

    #[test]
    fn bars_follow_one_another_and_marks_are_in_order() {
        let (_, scenario) = find("fifo").expect("the library has it");
        let mut timeline = Timeline::new(Recording::new(scenario.world.clone()));
        timeline.advance(scenario.end(), usize::MAX);
        let mut deleted = 0;
        for key in (1..=30).map(MessageKey) {
            let life = life(timeline.log(), key);
            for pair in life.bars.windows(2) {
                assert!(pair[0].to.is_some_and(|to| to <= pair[1].from), "{pair:?}");
            }
            assert!(life.marks.is_sorted_by_key(|mark| mark.at));
            let ends = |mark: &&Mark| mark.kind == MarkKind::Deleted;
            deleted += life.marks.iter().filter(ends).count();
        }
        assert!(deleted > 10, "{deleted}");
    }
}
