//! Two worlds side by side: this one, and what it would be with other settings, in lockstep.
//!
//! What is done to time, and what is done by hand, is done in both. What holds a receipt handle is
//! done where the handle comes from: each world has its own. So are other settings of a program that
//! the two worlds do not have in common, or the difference would be gone.

use super::scripts::Scripts;
use super::{Action, Selection, Session};
use crate::sqs::api::{Caller, Request};
use crate::sqs::{Prices, Queue};
use crate::timeline::{Change, Timeline};
use crate::world::{Actor, EventKind, Tally};

/// Which of two worlds that are compared.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Side {
    /// The world as it is.
    #[default]
    AsItIs,
    /// The one with other settings.
    Changed,
}

/// The other world.
#[derive(Clone, Debug)]
pub(super) struct Comparison {
    changes: Vec<Change>,
    changed: Session,
    focus: Side,
}

impl Comparison {
    pub(super) fn set_beat(&mut self, beat: super::Beat) {
        self.changed.beat = beat;
    }
}

/// How an action is meant while two worlds are compared.
enum Meant {
    /// For the world as it is.
    Here,
    /// For the changed world.
    There(Box<Action>),
    /// For both.
    Both,
    /// It leaves the comparison.
    Leave,
}

impl Session {
    /// What is changed in the other world, if two are compared.
    pub fn changes(&self) -> Option<&[Change]> {
        let comparison = self.comparison.as_ref()?;
        Some(&comparison.changes)
    }

    /// One of the two worlds; this one if it is alone.
    pub fn side(&self, side: Side) -> &Self {
        match (&self.comparison, side) {
            (Some(comparison), Side::Changed) => &comparison.changed,
            (_, Side::AsItIs) | (None, Side::Changed) => self,
        }
    }

    /// In which of the two worlds something was selected last.
    pub fn focus(&self) -> Side {
        self.comparison
            .as_ref()
            .map_or(Side::AsItIs, |comparison| comparison.focus)
    }

    /// What the two worlds have come to: each figure as it is, and in the changed one.
    pub fn outcomes(&self) -> Option<Vec<[Figure; 2]>> {
        let changed = &self.comparison.as_ref()?.changed;
        let pairs = self.figures().into_iter().zip(changed.figures());
        Some(pairs.map(|(here, there)| [here, there]).collect())
    }

    pub(super) fn changed_world_lags(&self) -> bool {
        let comparison = self.comparison.as_ref();
        comparison.is_some_and(|comparison| comparison.changed.errand.is_some())
    }

    /// Makes the changed world, and brings it to where this one is.
    pub(super) fn compare(&mut self, changes: Vec<Change>) {
        self.end_scripts();
        let variant = match self.timeline.recording().variant(&changes) {
            Ok(variant) => variant,
            Err(error) => return self.refuse(&error),
        };
        let mut changed = Self {
            timeline: Timeline::new(variant),
            selection: Selection::Nothing,
            notice: None,
            hand_calls: Vec::new(),
            errand: None,
            comparison: None,
            guest: self.guest.clone(),
            scenario: self.scenario.clone(),
            playhead: self.playhead,
            opened: self.opened,
            edition: self.edition,
            beat: self.beat,
            scripts: Scripts::default(),
            is_ending_scripts: false,
        };
        if let Some(error) = refused_queue(&changes, self, &changed) {
            return self.refuse(&error);
        }
        changed.follow(self);
        self.notice = None;
        self.comparison = Some(Box::new(Comparison {
            changes,
            changed,
            focus: Side::AsItIs,
        }));
    }

    pub(super) fn apply_to_both(&mut self, action: Action) {
        let meant = self.meant(action.clone());
        // What is meant for more than the changed world was said there all the same.
        let action = if let Action::InChanged(action) = action {
            *action
        } else {
            action
        };
        let Some(mut comparison) = self.comparison.take() else {
            return;
        };
        match meant {
            Meant::Leave => return self.apply_here(action),
            Meant::Here => {
                if matches!(action, Action::Select(_)) {
                    comparison.focus = Side::AsItIs;
                }
                self.apply_here(action);
            }
            Meant::There(action) => {
                if matches!(*action, Action::Select(_)) {
                    comparison.focus = Side::Changed;
                }
                comparison.changed.apply_here(*action);
            }
            Meant::Both => {
                self.apply_here(action.clone());
                if is_done_to_the_world(&action) {
                    comparison.changed.apply_here(action);
                }
            }
        }
        comparison.changed.follow(self);
        self.comparison = Some(comparison);
    }

    fn meant(&self, action: Action) -> Meant {
        match action {
            // What is about one world only is about the one in which it is done.
            Action::InChanged(action) => match self.meant((*action).clone()) {
                Meant::Here => Meant::There(action),
                other @ (Meant::There(_) | Meant::Both | Meant::Leave) => other,
            },
            Action::Select(_)
            | Action::ForgetAnswer(_)
            | Action::DismissNotice
            | Action::AskToEndScripts => Meant::Here,
            // Calls have other numbers there.
            Action::CancelCall(_) => Meant::Here,
            Action::ByHand { ref request, .. } if has_receipt_handle(request) => Meant::Here,
            Action::SetProgram(ref change) if self.programs_differ(change.caller) => Meant::Here,
            Action::OpenScenario(_)
            | Action::OpenEmpty { .. }
            | Action::Open(_)
            | Action::Reseed { .. }
            | Action::SetMode(_)
            | Action::EndScripts
            | Action::KeepScripts
            | Action::Compare(_)
            | Action::EndComparison => Meant::Leave,
            // What was done before the comparison began can be taken back only without it.
            Action::Undo | Action::Redo => {
                let changed = self.side(Side::Changed);
                let (undo, redo) = changed.undo_and_redo_counts();
                let count = if action == Action::Undo { undo } else { redo };
                if count > 0 { Meant::Both } else { Meant::Leave }
            }
            Action::Frame { .. }
            | Action::Play
            | Action::Pause
            | Action::TogglePlay
            | Action::NextEvent
            | Action::StepBack
            | Action::Restart
            | Action::RunUntilRest
            | Action::SetSpeed(_)
            | Action::Seek(_)
            | Action::ByHand { .. }
            | Action::SetSwitch { .. }
            | Action::AddActor(_)
            | Action::SetProgram(_)
            | Action::SetRunning(_)
            | Action::RenameActor(_)
            | Action::RemoveActor(_) => Meant::Both,
        }
    }

    /// Whether this actor has other settings in the changed world.
    fn programs_differ(&self, caller: Caller) -> bool {
        let program = |side| {
            let actor = self.side(side).world().actor(caller);
            actor.map(Actor::program)
        };
        program(Side::AsItIs) != program(Side::Changed)
    }

    /// Comes to where the other session is.
    fn follow(&mut self, other: &Self) {
        if self.now() != other.now() || self.errand.is_some() {
            self.seek(other.now());
        }
        self.playhead = other.playhead;
        self.playhead.playing = false;
        self.notice = None;
    }

    /// AWS's words to the last try to create this queue, if it was refused.
    fn refusal_of_creation(&self, name: &str) -> Option<String> {
        let latest_first = self.timeline.log().calls(u64::MAX).rev();
        let mut refusals = latest_first.filter_map(|call| {
            let EventKind::CallAnswered {
                request, result, ..
            } = &call.answered?.kind
            else {
                return None;
            };
            match (request.as_ref(), result.as_ref()) {
                (Request::CreateQueue(create), Err(error))
                    if create.queue_name.as_deref() == Some(name) =>
                {
                    Some(error.to_string())
                }
                _ => None,
            }
        });
        refusals.next()
    }

    /// How the world fares, by what people compare.
    fn figures(&self) -> Vec<Figure> {
        let world = self.world();
        let of_actors =
            |part: fn(&Tally) -> u64| world.actors().map(|actor| part(actor.tally())).sum::<u64>();
        let of_queues = |part: fn(&Queue) -> usize| world.queues().map(part).sum::<usize>() as u64;
        let is_source_of =
            |queue: &Queue, source: &Queue| source.dead_letter_queue() == Some(queue.id());
        let (dead_letter_queues, others): (Vec<&Queue>, Vec<&Queue>) = world
            .queues()
            .partition(|queue| world.queues().any(|source| is_source_of(queue, source)));
        let dead_letters: usize = dead_letter_queues.into_iter().map(Queue::len).sum();
        let first = |queue: &Queue| queue.messages().next().map(|message| message.sent_at());
        let ages = others.into_iter().filter_map(first);
        let oldest = ages
            .map(|sent_at| self.now().since(sent_at).as_secs())
            .max();
        let meter = world.service().meter();
        let cost = Prices::US_EAST_1.without_free().cost(meter);
        [
            (FigureName::Sent, of_actors(|tally| tally.sent)),
            (FigureName::Worked, of_actors(|tally| tally.worked)),
            (
                FigureName::WorkedTwice,
                of_actors(|tally| tally.worked_twice),
            ),
            (FigureName::Deleted, of_actors(|tally| tally.deleted)),
            (
                FigureName::Visible,
                of_queues(|queue| queue.counts().visible),
            ),
            (FigureName::DeadLetters, dead_letters as u64),
            (FigureName::OldestSeconds, oldest.unwrap_or_default()),
            (
                FigureName::EmptyReceives,
                of_actors(|tally| tally.empty_receives),
            ),
            (FigureName::Errors, of_actors(|tally| tally.errors)),
            (FigureName::Requests, meter.standard + meter.fifo),
            (FigureName::Cost, cost),
        ]
        .into_iter()
        .map(|(name, value)| Figure { name, value })
        .collect()
    }
}

/// What is recorded; the rest only moves time, in which the changed world follows.
fn is_done_to_the_world(action: &Action) -> bool {
    matches!(
        action,
        Action::ByHand { .. }
            | Action::SetSwitch { .. }
            | Action::AddActor(_)
            | Action::SetProgram(_)
            | Action::SetRunning(_)
            | Action::RenameActor(_)
            | Action::RemoveActor(_)
            | Action::Undo
            | Action::Redo
    )
}

fn has_receipt_handle(request: &Request) -> bool {
    matches!(
        request,
        Request::DeleteMessage(_)
            | Request::DeleteMessageBatch(_)
            | Request::ChangeMessageVisibility(_)
            | Request::ChangeMessageVisibilityBatch(_)
    )
}

/// AWS's words, if it refuses to create a queue with the changed attributes.
fn refused_queue(changes: &[Change], here: &Session, there: &Session) -> Option<String> {
    let names = changes.iter().filter_map(|change| {
        if let Change::Attribute { queue, .. } = change {
            Some(queue.as_str())
        } else {
            None
        }
    });
    let refused = |name: &str| {
        let is_there = |session: &Session| session.world().service().find_queue(name).is_some();
        if !is_there(here) || is_there(there) {
            return None;
        }
        there.refusal_of_creation(name)
    };
    names.filter_map(refused).next()
}

/// A number that tells how a world fares.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Figure {
    /// Which.
    pub name: FigureName,
    /// How much.
    pub value: u64,
}

/// What people compare.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FigureName {
    /// Messages sent by actors.
    Sent,
    /// Messages worked on to the end.
    Worked,
    /// Messages worked on again that had been worked on before.
    WorkedTwice,
    /// Messages deleted by actors.
    Deleted,
    /// Messages that are visible now.
    Visible,
    /// Messages in dead-letter queues now.
    DeadLetters,
    /// Seconds since the oldest message was sent that waits elsewhere.
    OldestSeconds,
    /// Receives of actors that came back empty.
    EmptyReceives,
    /// Calls of actors that were answered with an error.
    Errors,
    /// Requests, as AWS bills them.
    Requests,
    /// Their price in billionths of a US dollar, if nothing is free.
    Cost,
}
