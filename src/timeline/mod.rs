//! Time travel: a recording, the world somewhere along it, and the ways to get elsewhere.
//!
//! The state at a time is a function of (recording, time): everything due up to and including that
//! time has happened, and every input up to and including it has acted. To seek is to take the
//! nearest keyframe and replay; to act in the past cuts the future off, until that is undone. It must
//! never know wall time: how fast somebody plays is the page's business.

mod calls;
mod density;
mod gate;
mod history;
mod keyframes;
mod levels;
mod log;
mod recording;
mod revisions;
mod variant;

pub use calls::{CallClass, CallCounts};
pub use density::{Density, EventCounts, EventGroup};
pub use gate::Gate;
pub use levels::{Level, Levels};
pub use log::{CallRecord, EventLog};
pub use recording::{Recording, RecordingError};
pub use variant::{Change, ChangeError};

use crate::sim::Time;
use crate::sqs::api::{CallId, Caller};
use crate::world::{Config, Effect, Event, HandOver, Input, InputKind, Outbox, Rejection, World};
use history::{Edit, History, Other, Way};
use keyframes::{Keyframe, Keyframes};
use revisions::Revisions;

/// A run: what was recorded, and where in it we are.
#[derive(Clone, Debug)]
pub struct Timeline {
    recording: Recording,
    world: World,
    now: Time,
    /// How many of the inputs have acted.
    applied: usize,
    /// Steps from the start to here.
    steps: u64,
    /// How far the run has been computed.
    horizon: Time,
    keyframes: Keyframes,
    log: EventLog,
    /// All events up to here.
    counts: EventCounts,
    /// All calls that were answered up to here.
    calls: CallCounts,
    density: Density,
    levels: Levels,
    history: History,
    revisions: Revisions,
}

/// Where a change was taken back, or made again.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Crossing {
    /// The instant of the change; to seek there is due.
    pub at: Time,
    /// How far the run on this side of it was known when it was left; it is not now.
    pub horizon: Time,
}

/// How far an [`advance`](Timeline::advance) or a [`seek`](Timeline::seek) came.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Progress {
    /// All the way.
    Reached,
    /// The budget was used up; call again to go on.
    Stopped,
}

/// How far a run of steps came.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Ran {
    Reached,
    Stopped,
    /// To where something comes up for an outside program.
    Halted,
}

/// How far a [`pass`](Timeline::pass) came.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Passage {
    /// All the way.
    Reached,
    /// The budget was used up; call again to go on.
    Stopped,
    /// To where this outside program is at work: time waits until it is quiet.
    Busy(Caller),
    /// To where this is to be handed to an outside program, which is at work from now on.
    Handed(HandOver),
}

/// What an action led to at once.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Acted {
    /// The call, if the input was one.
    pub call: Option<CallId>,
    /// What the world asked for; the answer of a call, unless it is a long poll that waits.
    pub effects: Vec<Effect>,
}

impl Timeline {
    /// The run at its start, with the set-up done.
    pub fn new(recording: Recording) -> Self {
        let world = World::new(&recording.config);
        let start = recording.config.start;
        let mut timeline = Self {
            world,
            now: start,
            applied: 0,
            steps: 0,
            horizon: start,
            keyframes: Keyframes::default(),
            log: EventLog::default(),
            counts: EventCounts::default(),
            calls: CallCounts::default(),
            density: Density::new(start),
            levels: Levels::new(start),
            history: History::default(),
            revisions: Revisions::new(recording.inputs.len()),
            recording,
        };
        timeline.keep_keyframe();
        let reached = timeline.advance(start, usize::MAX);
        assert_eq!(reached, Progress::Reached, "a start is finite");
        timeline
    }

    /// Goes on to `until`, through recorded inputs, in at most `budget` steps.
    pub fn advance(&mut self, until: Time, budget: usize) -> Progress {
        loop {
            match self.run(until, budget, &mut Gate::default()) {
                Ran::Reached => return Progress::Reached,
                Ran::Stopped => return Progress::Stopped,
                Ran::Halted => {} // nobody is behind this gate
            }
        }
    }

    /// Goes on to `until` as [`advance`](Self::advance) does, but from the edge of the run on no further
    /// than to where an outside program is handed something, and not at all while one is at work.
    pub fn pass(&mut self, until: Time, budget: usize, gate: &mut Gate) -> Passage {
        loop {
            let is_at_edge = self.is_at_edge();
            if is_at_edge && let Some(handing) = gate.open() {
                return Passage::Handed(handing);
            }
            if is_at_edge
                && until > self.now
                && let Some(caller) = gate.busy()
            {
                return Passage::Busy(caller);
            }
            let limit = if is_at_edge {
                until
            } else {
                until.min(self.edge())
            };
            match self.run(limit, budget, gate) {
                Ran::Stopped => return Passage::Stopped,
                // From the edge of what was known it goes on, and opens the gate.
                Ran::Reached if limit >= until && !(self.is_at_edge() && gate.can_open()) => {
                    return Passage::Reached;
                }
                Ran::Reached | Ran::Halted => {}
            }
        }
    }

    /// Goes to `target` as [`seek`](Self::seek) does, but beyond the edge of the run only as
    /// [`pass`](Self::pass) does.
    pub fn travel(&mut self, target: Time, budget: usize, gate: &mut Gate) -> Passage {
        let target = target.max(self.start());
        self.jump(target);
        self.pass(target, budget, gate)
    }

    /// Goes to the edge of the run: all is known until there, and nothing is recorded after it.
    pub fn to_edge(&mut self, gate: &mut Gate) {
        let edge = self.edge();
        if !self.is_at_edge() {
            self.jump(edge);
            self.run_through(edge, gate);
        }
    }

    /// Does all that is due now; what of it is for programs behind the gate waits there.
    pub fn settle(&mut self, gate: &mut Gate) {
        self.run_through(self.now, gate);
    }

    /// Whether we are at the edge of the run.
    pub fn is_at_edge(&self) -> bool {
        self.now >= self.edge() && self.applied == self.recording.inputs.len()
    }

    /// Goes to `target`, backwards or forwards, in at most `budget` steps. If it stops early it is
    /// at a true state on the way: seek again to go on.
    pub fn seek(&mut self, target: Time, budget: usize) -> Progress {
        let target = target.max(self.start());
        self.jump(target);
        self.advance(target, budget)
    }

    /// Acts now. If now is the past, the future that was known is cut off.
    ///
    /// # Errors
    /// A [`Rejection`] if the input makes no sense; nothing is changed or cut off then.
    pub fn act(&mut self, kind: InputKind) -> Result<Acted, Rejection> {
        let (at, horizon, place) = (self.now, self.horizon, self.applied);
        let (acted, tail) = self.record(kind)?;
        self.history.note(Edit {
            at,
            horizon,
            other: Other::Inputs { place, tail },
        });
        Ok(acted)
    }

    /// An outside program acts now. That follows from what was done before, and is undone with it.
    ///
    /// # Errors
    /// A [`Rejection`] if the input makes no sense.
    ///
    /// # Panics
    /// If this is not the edge of the run: a program does not act in the past.
    pub fn act_from_outside(&mut self, kind: InputKind) -> Result<Acted, Rejection> {
        assert!(self.is_at_edge(), "an outside program acts at the edge");
        Ok(self.record(kind)?.0)
    }

    /// Plays the same inputs in a world of this configuration: from its start, where we are then.
    ///
    /// # Panics
    /// If the configuration breaks its limits, or starts at another time.
    pub fn change_config(&mut self, config: Config) {
        assert_eq!(config.start, self.start(), "the inputs have their instants");
        let (at, horizon) = (self.now, self.horizon);
        let before = std::mem::replace(&mut self.recording.config, config);
        self.history.note(Edit {
            at,
            horizon,
            other: Other::Config(Box::new(before)),
        });
        self.revisions.config_changed();
        self.begin_again();
    }

    /// Takes the last action back: what it cut off is there again. None if there is nothing to undo.
    pub fn undo(&mut self) -> Option<Crossing> {
        self.cross(Way::Undo)
    }

    /// Does again what was taken back last. None if there is nothing to redo.
    pub fn redo(&mut self) -> Option<Crossing> {
        self.cross(Way::Redo)
    }

    /// How many actions can be undone, and redone.
    pub fn undo_and_redo_counts(&self) -> (usize, usize) {
        (self.history.count(Way::Undo), self.history.count(Way::Redo))
    }

    /// Goes on to the next instant at which an event happens. False if there is none.
    pub fn next_event(&mut self, budget: usize) -> bool {
        self.pass_to_event(budget, &mut Gate::default()).is_some()
    }

    /// Goes on to the next instant at which an event happens, as [`pass`](Self::pass) does. None if there
    /// is none.
    pub fn pass_to_event(&mut self, budget: usize, gate: &mut Gate) -> Option<Passage> {
        let before = self.world.event_count();
        for _ in 0..budget {
            let at = match self.next_instant() {
                None if !gate.can_open() => return gate.busy().map(Passage::Busy),
                at => at.unwrap_or(self.edge()),
            };
            let passage = self.pass(at, budget, gate);
            if passage != Passage::Reached || self.world.event_count() > before {
                return Some(passage);
            }
        }
        Some(Passage::Stopped)
    }

    /// The last instant before now at which an event happened, or where the log begins the last
    /// before now that is still known; the start if there is none.
    pub fn previous_event(&self) -> Time {
        let known = self.log.before(self.world.event_count());
        let earlier = known.rev().map(|event| event.at).find(|at| *at < self.now);
        earlier.unwrap_or_else(|| self.keyframes.last_before(self.now).unwrap_or(self.start()))
    }

    /// The next instant at which something is due or recorded.
    pub fn next_instant(&self) -> Option<Time> {
        let input = self
            .recording
            .inputs
            .get(self.applied)
            .map(|input| input.at);
        [self.world.poll_timeout(), input]
            .into_iter()
            .flatten()
            .min()
    }

    /// The world now.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// Where we are.
    pub fn now(&self) -> Time {
        self.now
    }

    /// Where the run begins.
    pub fn start(&self) -> Time {
        self.recording.config.start
    }

    /// How far the run has been computed.
    pub fn horizon(&self) -> Time {
        self.horizon
    }

    /// The recording.
    pub fn recording(&self) -> &Recording {
        &self.recording
    }

    /// A number that grows with each change of the recording.
    pub fn revision(&self) -> u64 {
        self.revisions.last()
    }

    /// How many of the recording's inputs, from the first on, have been as they are since a revision at
    /// which there were `known`; none if the configuration has changed since.
    pub fn unchanged_since(&self, revision: u64, known: usize) -> Option<usize> {
        self.revisions.unchanged_since(revision, known)
    }

    /// What has happened up to now and, if we went back, what will.
    pub fn log(&self) -> &EventLog {
        &self.log
    }

    /// The calls that were answered up to now.
    pub fn call_counts(&self) -> &CallCounts {
        &self.calls
    }

    /// How much happened when, over all of the run that was computed.
    pub fn density(&self) -> &Density {
        &self.density
    }

    /// How full the queues were, over all of the run that was computed.
    pub fn levels(&self) -> &Levels {
        &self.levels
    }

    /// How many snapshots are kept, and about how many bytes they take.
    pub fn keyframe_use(&self) -> (usize, usize) {
        (self.keyframes.len(), self.keyframes.bytes())
    }

    /// How far the run is known, and has inputs.
    fn edge(&self) -> Time {
        let inputs = &self.recording.inputs;
        let last = inputs.last().map_or(self.horizon, |input| input.at);
        self.horizon.max(last)
    }

    /// Goes to the nearest keyframe before a target, if that is a shorter way there.
    fn jump(&mut self, target: Time) {
        let nearest = self
            .keyframes
            .nearest(target)
            .expect("the start is always kept");
        if target < self.now || nearest.steps > self.steps {
            self.restore(nearest.clone());
        }
    }

    fn run_through(&mut self, until: Time, gate: &mut Gate) {
        while self.run(until, usize::MAX, gate) != Ran::Reached {}
    }

    fn run(&mut self, until: Time, budget: usize, gate: &mut Gate) -> Ran {
        let mut out = Outbox::default();
        let ran = self.take_steps(until, budget, gate, &mut out);
        self.keep(out.events);
        ran
    }

    fn take_steps(&mut self, until: Time, budget: usize, gate: &mut Gate, out: &mut Outbox) -> Ran {
        for _ in 0..budget {
            let known = out.events.len();
            let due = self.world.poll_timeout();
            let input = self.recording.inputs.get(self.applied);
            let input_at = input.map_or(Time::MAX, |input| input.at);
            let next = due.map_or(input_at, |due| due.min(input_at));
            self.levels.note(next.min(until), &self.world);
            // What is due at an instant comes before an input at that instant.
            match (due, input) {
                (Some(at), _) if at <= input_at && at <= until => {
                    self.world.handle_next(at, out);
                    self.now = self.now.max(at);
                }
                (_, Some(input)) if input.at <= until => {
                    // An input that is rejected now, in a recording from elsewhere, changes
                    // nothing, and is passed over.
                    let _rejected = self.world.handle_input(input, out).is_err();
                    self.applied += 1;
                    self.now = self.now.max(input_at);
                }
                _ => {
                    self.now = self.now.max(until);
                    self.horizon = self.horizon.max(self.now);
                    return Ran::Reached;
                }
            }
            self.count(&out.events[known..]);
            self.steps += 1;
            self.horizon = self.horizon.max(self.now);
            if self.keyframes.wants(self.steps) {
                self.keep_keyframe();
            }
            if !out.effects.is_empty() && gate.take_in(out.effects.drain(..)) {
                return Ran::Halted;
            }
        }
        Ran::Stopped
    }

    /// Acts now, and returns what was known of the future, which is cut off.
    fn record(&mut self, kind: InputKind) -> Result<(Acted, Vec<Input>), Rejection> {
        let input = Input { at: self.now, kind };
        let mut out = Outbox::default();
        let accepted = self.world.handle_input(&input, &mut out);
        let mut tail = Vec::new();
        if accepted.is_ok() {
            tail = self.recording.inputs.split_off(self.applied);
            self.recording.inputs.push(input);
            self.revisions.inputs_changed(self.applied, 1);
            self.applied += 1;
            self.steps += 1;
            self.cut(
                self.steps - 1,
                out.events
                    .first()
                    .map_or(self.world.event_count(), |e| e.id.0),
            );
        }
        self.count(&out.events);
        self.keep(out.events);
        let acted = Acted {
            call: accepted?,
            effects: out.effects,
        };
        Ok((acted, tail))
    }

    /// Crosses the next change. After one of the inputs we are at its instant, after one of the
    /// configuration at the start.
    fn cross(&mut self, way: Way) -> Option<Crossing> {
        let mut edit = self.history.take(way)?;
        let crossing = Crossing {
            at: edit.at,
            horizon: edit.horizon,
        };
        edit.horizon = self.horizon;
        match &mut edit.other {
            Other::Config(other) => {
                std::mem::swap(&mut self.recording.config, other);
                self.revisions.config_changed();
                self.begin_again();
            }
            Other::Inputs { place, tail } => {
                let left = self.recording.inputs.split_off(*place);
                self.stand_before(*place, edit.at);
                self.cut(self.steps, self.world.event_count());
                let found = std::mem::replace(tail, left);
                self.revisions.inputs_changed(*place, found.len());
                self.recording.inputs.extend(found);
                self.advance(edit.at, usize::MAX);
            }
        }
        self.history.put(way, edit);
        Some(crossing)
    }

    /// Goes to an instant by which so many inputs have acted, and no other is recorded.
    fn stand_before(&mut self, applied: usize, at: Time) {
        if self.applied > applied || self.now > at {
            let nearest = self.keyframes.last_within(applied, at);
            self.restore(nearest.expect("the start is always kept").clone());
        }
        self.advance(at, usize::MAX);
    }

    /// What was known of the run after so many steps and events is not so any more.
    fn cut(&mut self, steps: u64, events: u64) {
        self.horizon = self.now;
        self.keyframes.forget_after(steps);
        self.log.truncate(events);
        self.density.cut(self.now, events, &self.counts);
        self.levels.cut(self.now);
    }

    fn count(&mut self, events: &[Event]) {
        for event in events {
            self.counts.note(&event.kind);
            self.calls.note(event);
        }
    }

    fn keep(&mut self, events: Vec<Event>) {
        self.density.extend(&events);
        self.log.extend(events);
    }

    /// Starts the recording anew; nothing is known of the run.
    fn begin_again(&mut self) {
        let recording = std::mem::replace(&mut self.recording, Recording::new(Config::new(0)));
        let history = std::mem::take(&mut self.history);
        let revisions = std::mem::take(&mut self.revisions);
        let edition = self.log.edition();
        *self = Self::new(recording);
        self.history = history;
        self.revisions = revisions;
        self.log.set_edition(edition + 1);
    }

    fn keep_keyframe(&mut self) {
        self.keyframes.keep(Keyframe {
            at: self.now,
            steps: self.steps,
            applied: self.applied,
            counts: self.counts,
            calls: self.calls,
            world: self.world.clone(),
        });
    }

    fn restore(&mut self, keyframe: Keyframe) {
        self.now = keyframe.at;
        self.steps = keyframe.steps;
        self.applied = keyframe.applied;
        self.counts = keyframe.counts;
        self.calls = keyframe.calls;
        self.world = keyframe.world;
        self.log.make_room_for(self.world.event_count());
    }
}
