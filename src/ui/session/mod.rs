//! The session: everything that the page shows, and the one way to change it.
//!
//! Pure: it knows neither the browser nor a clock. A frame tells it how much wall time has passed.

mod comparison;
mod scripts;

use std::rc::Rc;
use std::sync::Arc;

use comparison::Comparison;
pub use comparison::{Figure, FigureName, Side};
use scripts::Scripts;
pub use scripts::{News, SCRIPTS_MAX, ScriptError, Told};

use super::bounds::bounded;
use super::playback::{Playhead, Speed};
use crate::scenario::{LISTED, Listed, Scenario, Switch, find, first};
use crate::sim::{Span, Time};
use crate::sqs::api::{CallId, Caller, Request, Response};
use crate::sqs::{Error, EventKind as ServiceEvent, MessageKey, Mode, QueueId};
use crate::timeline::{Acted, Change, Crossing, Passage, Progress, Recording, Timeline};
use crate::world::{
    Actor, ActorConfig, Config, EventKind, InputKind, NameChange, ProgramChange, RunningChange,
    World,
};

/// Steps that one action may take, so that no speed freezes the page.
const STEPS_PER_FRAME: usize = 4000;

/// Wall time between two beats while time passes, in milliseconds.
pub const BEAT_MS: f64 = 200.0;
/// How long a world that does not come to rest is given, when it is to run until it does.
const REST_AWAITED: Span = Span::from_secs(30 * 86_400);
/// The same with scripts: one that polls for ever fills the recording.
const REST_AWAITED_WITH_SCRIPTS: Span = Span::from_secs(3600);

/// The shortest slider.
const SLIDER_MIN: Span = Span::from_secs(60);

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Session {
    /// The scenario that came from elsewhere last. Its place is after the library.
    guest: Option<Rc<Scenario>>,
    /// The scenario that the world came from, with its place; none for a world of one's own.
    scenario: Option<(usize, Rc<Scenario>)>,
    timeline: Timeline,
    playhead: Playhead,
    /// Where the world is going by itself, over as many frames as it takes.
    errand: Option<Errand>,
    selection: Selection,
    /// The last call made with each form.
    hand_calls: Vec<(Form, CallId)>,
    notice: Option<Notice>,
    /// How many worlds were opened.
    opened: u64,
    /// How often what was recorded has changed.
    edition: u64,
    beat: Beat,
    comparison: Option<Box<Comparison>>,
    scripts: Scripts,
    /// What is done now may end them.
    is_ending_scripts: bool,
}

/// What tells panels that need not change with each frame when to look again.
#[derive(Clone, Copy, Debug, Default)]
struct Beat {
    number: u64,
    /// Wall time since the last one.
    wall_ms: f64,
}

/// A way that may take more than one frame.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Errand {
    /// To an instant.
    Seek(Time),
    /// Through what was known of a run, to know it again, and back to an instant.
    Recall(Crossing),
    /// On until the world rests, but not beyond this.
    Rest(Time),
}

/// What the inspector shows.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Selection {
    /// Nothing in particular.
    #[default]
    Nothing,
    /// A message.
    Message(MessageKey),
    /// A queue.
    Queue(QueueId),
    /// An actor.
    Actor(Caller),
    /// A call.
    Call(CallId),
}

/// A place in the page from which calls are made by hand.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Form {
    /// Create a queue.
    CreateQueue,
    /// Send a message.
    Send,
    /// Receive messages.
    Receive,
    /// Delete a message, or change its visibility.
    Message,
    /// Set a queue's attributes.
    Attributes,
    /// The stage itself: connect queues, let a held message go.
    Stage,
    /// Tag and untag a queue.
    Tags,
    /// Purge or delete a queue.
    Queue,
    /// Start or cancel a message move task.
    MoveTask,
    /// The console, and all else that is asked for from outside the page's own forms.
    Console,
}

/// Something to tell the person.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Notice {
    /// The scenario that was opened makes this point.
    Point(String),
    /// Nothing more will happen in this world.
    Idle,
    /// The scenario has shown what it has to show; it can be played on.
    ScenarioSeen,
    /// An action in the past cut the future off.
    FutureCut,
    /// An action was held back: it would end the scripts that run.
    WouldEndScripts,
    /// The last action was taken back.
    Undone,
    /// It was done again.
    Redone,
    /// Every message is dealt with, and every producer done: only polls go on.
    AtRest,
    /// The world did not come to rest for so long.
    NeverRests(Span),
    /// An action was refused; the text says why.
    Refused(String),
}

/// What can be done to the session.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// So much wall time has passed, in milliseconds.
    Frame {
        /// Since the frame before.
        wall_ms: f64,
    },
    /// Open a scenario that is here, paused at its start.
    OpenScenario(usize),
    /// Open an empty world.
    OpenEmpty {
        /// Its seed.
        seed: u64,
    },
    /// Open a recording, paused where it says.
    Open(Box<Opening>),
    /// The same run with another seed: the same traffic and deeds, other luck.
    Reseed {
        /// The seed.
        seed: u64,
    },
    /// The same run with standard queues of another mode.
    SetMode(Mode),
    /// Let time pass.
    Play,
    /// Let time stand.
    Pause,
    /// The one or the other.
    TogglePlay,
    /// Go on to the next event, and stand.
    NextEvent,
    /// Go back to the event before, and stand.
    StepBack,
    /// Go to the start, and stand.
    Restart,
    /// Go on, as fast as it goes, until only polls happen.
    RunUntilRest,
    /// Take the last change back.
    Undo,
    /// Do again what was taken back.
    Redo,
    /// Play so fast.
    SetSpeed(Speed),
    /// Go to an instant.
    Seek(Time),
    /// Show something in the inspector.
    Select(Selection),
    /// Make a call by hand.
    ByHand {
        /// From where in the page.
        form: Form,
        /// The call.
        request: Request,
    },
    /// Forget a form's last answer.
    ForgetAnswer(Form),
    /// Turn a switch of the scenario.
    SetSwitch {
        /// Which.
        index: usize,
        /// On or off.
        on: bool,
    },
    /// Let an actor in.
    AddActor(ActorConfig),
    /// Have an actor go on with other settings.
    SetProgram(ProgramChange),
    /// Pause an actor, or let it go on.
    SetRunning(RunningChange),
    /// Call an actor otherwise.
    RenameActor(NameChange),
    /// Take an actor out of the world.
    RemoveActor(Caller),
    /// Give up a call by hand that waits.
    CancelCall(CallId),
    /// Put the notice away.
    DismissNotice,
    /// Show beside this world what it would be with these settings, in step with it.
    Compare(Vec<Change>),
    /// Show one world again.
    EndComparison,
    /// Ask whether to end the scripts that run, if any do: what then is the business of who wants that.
    AskToEndScripts,
    /// End the scripts that run, and do what was held back because of them.
    EndScripts,
    /// Do not do what was held back.
    KeepScripts,
    /// Do something in the changed world of a comparison.
    InChanged(Box<Self>),
}

/// A run that comes from elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// The run.
    pub recording: Recording,
    /// The scenario that it came from.
    pub scenario: Option<Scenario>,
    /// The place of the scenario in the library, if it is there.
    pub place: Option<usize>,
    /// Where the playhead stands.
    pub at: Time,
}

impl Action {
    /// Opens the scenario with this id, if there is one.
    pub fn open_scenario(id: &str) -> Option<Self> {
        find(id).map(|(index, _)| Self::OpenScenario(index))
    }
}

/// The last call made with a form.
#[derive(Clone, Debug, PartialEq)]
pub enum HandCall {
    /// It waits: a long poll.
    Waiting(CallId),
    /// It was answered.
    Answered(CallId, Arc<Result<Response, Error>>),
    /// It was given up.
    Cancelled(CallId),
}

impl Session {
    /// The first scenario of the library, paused at its start.
    pub fn new() -> Self {
        let first = Rc::new(first());
        let timeline = Timeline::new(Recording::new(first.world.clone()));
        let point = Notice::Point(first.point.clone());
        Self {
            guest: None,
            scenario: Some((0, first)),
            timeline,
            playhead: Playhead::new(Speed::REAL),
            errand: None,
            selection: Selection::Nothing,
            hand_calls: Vec::new(),
            notice: Some(point),
            opened: 0,
            edition: 0,
            beat: Beat::default(),
            comparison: None,
            scripts: Scripts::default(),
            is_ending_scripts: false,
        }
    }

    /// Does what was asked; in both worlds, if two are compared and it is not about one of them.
    pub fn apply(&mut self, action: Action) {
        if !self.is_ending_scripts {
            self.drop_held_back(&action);
            if self.would_end_scripts(&action) {
                return self.hold_back(action);
            }
        }
        let moved = self.is_moving();
        let wall_ms = if let Action::Frame { wall_ms } = action {
            wall_ms
        } else {
            BEAT_MS
        };
        if self.comparison.is_some() {
            self.apply_to_both(action);
        } else {
            self.apply_here(action);
            self.pump();
        }
        self.beat.wall_ms += wall_ms;
        if self.beat.wall_ms >= BEAT_MS || moved && !self.is_moving() {
            self.beat.number += 1;
            self.beat.wall_ms = 0.0;
        }
        let beat = self.beat;
        if let Some(comparison) = &mut self.comparison {
            comparison.set_beat(beat);
        }
    }

    fn apply_here(&mut self, action: Action) {
        match action {
            Action::Frame { wall_ms } => self.frame(wall_ms),
            Action::OpenScenario(index) => {
                if let Some(scenario) = self.known_scenario(index) {
                    let config = scenario.world.clone();
                    self.open(Recording::new(config), Some((index, scenario)));
                }
            }
            Action::OpenEmpty { seed } => self.open(Recording::new(Config::new(seed)), None),
            Action::Open(opening) => {
                let Opening {
                    recording,
                    scenario,
                    place,
                    at,
                } = *opening;
                let scenario = scenario.map(|scenario| self.placed(scenario, place));
                self.open(recording, scenario);
                if at > self.start() {
                    self.seek(at);
                }
            }
            Action::Reseed { seed } => self.change_world(|config| config.seed = seed),
            Action::SetMode(mode) => self.change_world(|config| config.mode = mode),
            Action::Play => self.set_playing(true),
            Action::Pause => self.set_playing(false),
            Action::TogglePlay => self.set_playing(!self.is_playing()),
            Action::NextEvent => {
                self.stand();
                match self.pass_to_event() {
                    None => self.notice = Some(Notice::Idle),
                    Some(
                        Passage::Reached | Passage::Stopped | Passage::Busy(_) | Passage::Handed(_),
                    ) => {}
                }
                self.put_playhead();
            }
            Action::StepBack => {
                self.stand();
                self.seek(self.timeline.previous_event());
            }
            Action::Restart => {
                self.stand();
                self.seek(self.timeline.start());
            }
            Action::RunUntilRest => {
                self.stand();
                self.run_until_rest(self.now() + self.rest_awaited());
            }
            Action::Undo => {
                let crossing = self.timeline.undo();
                self.end_scripts();
                self.recall(crossing, Notice::Undone);
            }
            Action::Redo => {
                let crossing = self.timeline.redo();
                self.end_scripts();
                self.recall(crossing, Notice::Redone);
            }
            Action::SetSpeed(speed) => {
                self.forget_lag();
                self.playhead.speed = speed;
            }
            Action::Seek(target) => self.seek(target),
            Action::Select(selection) => self.selection = selection,
            Action::ByHand { form, request } => {
                let acted = self.act(InputKind::Call(Arc::new(request)));
                if let Some(call) = acted.and_then(|acted| acted.call) {
                    self.forget_answer(form);
                    self.hand_calls.push((form, call));
                }
            }
            Action::ForgetAnswer(form) => {
                self.forget_answer(form);
            }
            Action::SetSwitch { index, on } => self.set_switch(index, on),
            Action::AddActor(config) => {
                self.act(InputKind::AddActor(config));
            }
            Action::SetProgram(change) => {
                self.act(InputKind::SetProgram(change));
            }
            Action::SetRunning(change) => {
                self.act(InputKind::SetRunning(change));
            }
            Action::RenameActor(change) => {
                self.act(InputKind::RenameActor(change));
            }
            Action::RemoveActor(caller) => {
                if self.act(InputKind::RemoveActor(caller)).is_some() {
                    self.script_was_removed(caller);
                }
            }
            Action::CancelCall(call) => {
                self.act(InputKind::CancelCall(call));
            }
            Action::DismissNotice => {
                self.keep_scripts();
                self.notice = None;
            }
            Action::Compare(changes) => self.compare(changes),
            Action::AskToEndScripts => self.ask_to_end_scripts(),
            Action::EndScripts => self.end_scripts_and_go_on(),
            Action::KeepScripts => self.keep_scripts(),
            Action::EndComparison | Action::InChanged(_) => {}
        }
    }

    /// The scenarios on offer, by their places.
    pub fn listed(&self) -> Vec<Listed<'_>> {
        let mut listed = LISTED.to_vec();
        listed.extend(self.guest.as_ref().map(|guest| guest.listed()));
        listed
    }

    /// Whether the scenario at this place can be opened as it is; else the workbench has it.
    pub fn has_scenario(&self, place: usize) -> bool {
        self.known_scenario(place).is_some()
    }

    fn known_scenario(&self, place: usize) -> Option<Rc<Scenario>> {
        match &self.scenario {
            Some((open, scenario)) if *open == place => Some(Rc::clone(scenario)),
            _ if place == LISTED.len() => self.guest.clone(),
            _ => at_hand(place).map(Rc::new),
        }
    }

    /// The scenario that is open, with its place.
    pub fn scenario(&self) -> Option<(usize, &Scenario)> {
        let (place, scenario) = self.scenario.as_ref()?;
        Some((*place, scenario))
    }

    /// The switches of the scenario with their actors, as far as they are still in the world. A switch is
    /// on if its actor has its program.
    pub fn switches(&self) -> impl Iterator<Item = (&Switch, Option<&Actor>)> {
        let scenario = self.scenario().map(|(_, scenario)| scenario);
        scenario.into_iter().flat_map(|scenario| {
            let switches = scenario.switches.iter();
            switches.map(|switch| (switch, self.actor_of(scenario, switch)))
        })
    }

    /// The actor that a switch is for, whatever it is called by now.
    fn actor_of(&self, scenario: &Scenario, switch: &Switch) -> Option<&Actor> {
        let mut actors = scenario.world.actors.iter();
        let place = actors.position(|actor| actor.name == switch.actor)?;
        let actor = self.world().actors().nth(place)?;
        (!actor.is_removed()).then_some(actor)
    }

    /// The world now.
    pub fn world(&self) -> &World {
        self.timeline.world()
    }

    /// The run.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// Whether time passes.
    pub fn is_playing(&self) -> bool {
        self.playhead.playing || matches!(self.errand, Some(Errand::Rest(_)))
    }

    /// How many changes can be undone, and redone.
    pub fn undo_and_redo_counts(&self) -> (usize, usize) {
        self.timeline.undo_and_redo_counts()
    }

    /// Changes with every action, and a few times a second while time passes: for what is looked
    /// at rather than watched.
    pub fn beat(&self) -> u64 {
        self.beat.number
    }

    /// How many worlds were opened before this one.
    pub fn opened(&self) -> u64 {
        self.opened
    }

    /// Changes with each change of what is recorded: the world's settings, and what came from outside.
    pub fn edition(&self) -> u64 {
        self.edition
    }

    /// How fast it passes when it does.
    pub fn speed(&self) -> Speed {
        self.playhead.speed
    }

    /// The virtual time, in whole milliseconds.
    pub fn now(&self) -> Time {
        self.timeline.now()
    }

    /// Where the run begins.
    pub fn start(&self) -> Time {
        self.timeline.start()
    }

    /// The exact place of the playhead, in milliseconds since the start: for the picture.
    pub fn elapsed_ms(&self) -> f64 {
        // Between frames the world may be a little ahead of or behind the playhead.
        let whole = self.now().since(self.start()).as_ms() as f64;
        bounded(self.playhead.elapsed_ms(), whole, whole + 1.0)
    }

    /// How far the slider reaches: what was computed, what the scenario has to show, the last thing
    /// that was recorded, and a minute at least.
    pub fn end(&self) -> Time {
        let scenario = self.scenario().map(|(_, scenario)| scenario.end());
        let recorded = self
            .timeline
            .recording()
            .inputs
            .last()
            .map(|input| input.at);
        let least = self.start() + SLIDER_MIN;
        let ends = [scenario, recorded, Some(least)].into_iter().flatten();
        ends.fold(self.timeline.horizon(), Time::max)
    }

    /// Whether the session goes on by itself: frames are due.
    pub fn is_moving(&self) -> bool {
        self.playhead.playing || self.is_on_its_way()
    }

    /// Whether it is on a way that takes as many frames as it takes: the more of it a frame goes, the
    /// sooner it is over. No time passes meanwhile.
    pub fn is_on_its_way(&self) -> bool {
        self.errand.is_some() || self.changed_world_lags()
    }

    /// Whether it can go further on that way now: not while it waits for a script.
    pub fn may_go_on(&self) -> bool {
        self.is_on_its_way() && self.busy_script().is_none()
    }

    /// Where a long seek is going.
    pub fn seeking(&self) -> Option<Time> {
        match self.errand? {
            Errand::Seek(at) | Errand::Recall(Crossing { at, .. }) => Some(at),
            Errand::Rest(_) => None,
        }
    }

    /// What the inspector shows.
    pub fn selection(&self) -> Selection {
        self.selection
    }

    /// What to tell the person.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// The last call made with a form, unless we went back before it.
    pub fn hand_call(&self, form: Form) -> Option<HandCall> {
        let mut calls = self.hand_calls.iter();
        self.hand_call_of(calls.find(|(of, _)| *of == form)?.1)
    }

    /// The last call made by hand with any of these forms.
    pub fn last_hand_call(&self, forms: &[Form]) -> Option<HandCall> {
        let mut calls = self.hand_calls.iter().rev();
        self.hand_call_of(calls.find(|(form, _)| forms.contains(form))?.1)
    }

    fn hand_call_of(&self, id: CallId) -> Option<HandCall> {
        let call = self.timeline.log().call(id, self.world().event_count())?;
        Some(match call.answered.map(|event| &event.kind) {
            Some(EventKind::CallAnswered { result, .. }) => HandCall::Answered(id, result.clone()),
            Some(_) => HandCall::Cancelled(id),
            None => HandCall::Waiting(id),
        })
    }

    /// The receipt handle with which the person holds or held a message.
    pub fn hand_receipt(&self, message: MessageKey) -> Option<String> {
        let end = self.world().event_count();
        let log = self.timeline.log();
        let receives = log.of_message(message, end).filter_map(|event| {
            if let EventKind::Service(ServiceEvent::MessageReceived { caller, call, .. }) =
                event.kind
            {
                (caller == Caller::PERSON).then_some(call)
            } else {
                None
            }
        });
        let answered = log.call(receives.last()?, end)?.answered?;
        let EventKind::CallAnswered {
            messages, result, ..
        } = &answered.kind
        else {
            return None;
        };
        let Ok(Response::ReceiveMessage(response)) = result.as_ref() else {
            return None;
        };
        let place = messages.iter().position(|key| *key == message)?;
        response
            .messages
            .get(place)
            .map(|received| received.receipt_handle.clone())
    }

    /// The recording so far, as JSON.
    pub fn recording_json(&self) -> String {
        self.timeline.recording().to_json()
    }

    /// A scenario with its place; one that is not of the library is after it, until the next one comes.
    fn placed(&mut self, scenario: Scenario, place: Option<usize>) -> (usize, Rc<Scenario>) {
        let scenario = Rc::new(scenario);
        let place = place.filter(|place| *place < LISTED.len());
        let place = place.unwrap_or_else(|| {
            self.guest = Some(Rc::clone(&scenario));
            LISTED.len()
        });
        (place, scenario)
    }

    fn open(&mut self, recording: Recording, scenario: Option<(usize, Rc<Scenario>)>) {
        self.end_scripts();
        self.timeline = Timeline::new(recording);
        self.opened += 1;
        self.edition += 1;
        self.scenario = scenario;
        self.playhead = Playhead::new(self.playhead.speed);
        self.errand = None;
        self.selection = Selection::Nothing;
        self.hand_calls.clear();
        let point = self.scenario().map(|(_, scenario)| scenario.point.clone());
        self.notice = point.map(Notice::Point);
    }

    /// Plays the same inputs in a changed world, up to where we are.
    fn change_world(&mut self, change: impl FnOnce(&mut Config)) {
        let now = self.now();
        if self.scripts().len() > 0 {
            self.timeline.to_edge(&mut self.scripts.gate);
            self.end_scripts();
        }
        let mut config = self.timeline.recording().config.clone();
        change(&mut config);
        self.timeline.change_config(config);
        self.edition += 1;
        self.hand_calls.clear();
        self.seek(now);
    }

    /// After a change was crossed: finds out again what was known of the run on this side.
    fn recall(&mut self, crossing: Option<Crossing>, notice: Notice) {
        let Some(crossing) = crossing else {
            return;
        };
        self.stand();
        self.hand_calls.clear();
        self.edition += 1;
        self.errand = Some(Errand::Recall(crossing));
        self.go_on();
        self.notice = Some(notice);
    }

    /// Goes further on the way that takes more than a frame. False if there is none.
    fn go_on(&mut self) -> bool {
        match self.errand {
            None => return false,
            Some(Errand::Seek(target)) => self.seek(target),
            Some(Errand::Rest(limit)) => self.run_until_rest(limit),
            Some(Errand::Recall(Crossing { at, horizon })) => {
                if self.timeline.seek(horizon, STEPS_PER_FRAME) == Progress::Reached {
                    self.seek(at);
                }
                self.put_playhead();
            }
        }
        true
    }

    fn run_until_rest(&mut self, limit: Time) {
        self.errand = Some(Errand::Rest(limit));
        for _ in 0..STEPS_PER_FRAME {
            let is_over = if self.scripts.gate.is_still() && self.world().is_at_rest() {
                Some(Notice::AtRest)
            } else if self.now() >= limit {
                Some(Notice::NeverRests(self.rest_awaited()))
            } else {
                match self.pass_to_event() {
                    None => Some(Notice::Idle),
                    // It goes on when the script is quiet.
                    Some(Passage::Busy(_) | Passage::Handed(_)) => break,
                    Some(Passage::Reached | Passage::Stopped) => None,
                }
            };
            if is_over.is_some() {
                self.errand = None;
                self.notice = is_over;
                break;
            }
        }
        self.put_playhead();
    }

    fn rest_awaited(&self) -> Span {
        if self.scripts().len() > 0 {
            REST_AWAITED_WITH_SCRIPTS
        } else {
            REST_AWAITED
        }
    }

    fn set_playing(&mut self, playing: bool) {
        self.forget_lag();
        self.playhead.playing = playing;
        if let Some(Notice::Point(_)) = self.notice {
            self.notice = None;
        }
        if let Some(Errand::Rest(_)) = self.errand {
            self.errand = None;
        }
    }

    fn frame(&mut self, wall_ms: f64) {
        if self.go_on() {
            return;
        }
        if !self.playhead.playing {
            return;
        }
        if !self.lags() && !self.stands_for_scripts() {
            self.playhead.pass(wall_ms);
        }
        self.play_on();
    }

    /// Lets time come up to where the playhead is.
    fn play_on(&mut self) {
        self.end_strays();
        let before = self.now();
        let mut until = self.aim();
        let end = self.scenario().map(|(_, scenario)| scenario.end());
        let ends = end.filter(|end| before < *end && *end <= until);
        until = ends.unwrap_or(until);
        let is_free = self.is_racing() || self.stands_for_scripts();
        let passage = self.pass(until);
        if is_free {
            self.put_playhead();
        }
        let is_idle = match passage {
            // Time waits, and so does the playhead.
            Passage::Busy(_) | Passage::Handed(_) => return,
            Passage::Stopped => return self.put_playhead(),
            Passage::Reached => self.timeline.next_instant().is_none(),
        };
        if ends.is_some() {
            self.stand();
            self.put_playhead();
            self.notice = Some(Notice::ScenarioSeen);
        } else if is_idle && self.scripts().len() == 0 {
            self.stand();
            self.put_playhead();
            self.notice = Some(Notice::Idle);
        }
    }

    fn pass_to_event(&mut self) -> Option<Passage> {
        self.end_strays();
        let gate = &mut self.scripts.gate;
        let passage = self.timeline.pass_to_event(STEPS_PER_FRAME, gate)?;
        self.note_passage(&passage);
        Some(passage)
    }

    fn seek(&mut self, target: Time) {
        let gate = &mut self.scripts.gate;
        let passage = self.timeline.travel(target, STEPS_PER_FRAME, gate);
        self.note_passage(&passage);
        self.errand = (passage != Passage::Reached).then_some(Errand::Seek(target));
        self.notice = None;
        self.put_playhead();
    }

    fn stand(&mut self) {
        self.playhead.playing = false;
        self.errand = None;
        self.notice = None;
    }

    fn put_playhead(&mut self) {
        self.playhead
            .put(self.timeline.now(), self.timeline.start());
    }

    fn act(&mut self, kind: InputKind) -> Option<Acted> {
        self.errand = None;
        let in_the_past = self.timeline.now() < self.timeline.horizon();
        self.timeline.settle(&mut self.scripts.gate);
        match self.timeline.act(kind) {
            Ok(acted) => {
                if in_the_past {
                    self.end_scripts();
                    self.end_strays();
                }
                self.edition += 1;
                self.notice = in_the_past.then_some(Notice::FutureCut);
                Some(acted)
            }
            Err(rejection) => {
                self.refuse(&rejection);
                None
            }
        }
    }

    fn set_switch(&mut self, index: usize, on: bool) {
        let Some((_, scenario)) = self.scenario() else {
            return;
        };
        let Some(switch) = scenario.switches.get(index) else {
            return;
        };
        let Some(actor) = self.actor_of(scenario, switch) else {
            return;
        };
        let own = scenario
            .world
            .actors
            .iter()
            .find(|actor| actor.name == switch.actor);
        let program = match (on, own) {
            (true, _) => switch.program.clone(),
            (false, Some(own)) => own.program.clone(),
            (false, None) => return,
        };
        let caller = actor.caller();
        self.act(InputKind::SetProgram(ProgramChange { caller, program }));
    }

    fn forget_answer(&mut self, form: Form) {
        self.hand_calls.retain(|(of, _)| *of != form);
    }

    fn refuse(&mut self, why: &impl std::fmt::Display) {
        self.notice = Some(Notice::Refused(why.to_string()));
    }
}

/// The scenario at this place of the library, where it is compiled in.
#[cfg(not(target_arch = "wasm32"))]
fn at_hand(place: usize) -> Option<Scenario> {
    crate::scenario::nth(place)
}

/// In the page only the first one is: the workbench brings the others.
#[cfg(target_arch = "wasm32")]
fn at_hand(place: usize) -> Option<Scenario> {
    (place == 0).then(first)
}

impl Default for Session {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
impl Session {
    /// One in which the scenario with this id is open.
    pub(crate) fn of(id: &str) -> Self {
        let mut session = Self::new();
        session.apply(Action::open_scenario(id).expect("the library has it"));
        session
    }
}
