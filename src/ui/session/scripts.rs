//! Outside programs that run: scripts of the person's, each in a place of its own outside of the page's
//! thread. Here is what whoever runs them says of them, and what they are to be told.
//!
//! A script says what it asks and waits for, and then that it is quiet. It gets what it waited for as
//! [`News`], each of which makes it busy again. While one is busy, no time passes.

use std::fmt;
use std::sync::Arc;

use super::{Action, Notice, STEPS_PER_FRAME, Session};
use crate::sim::{Span, Time};
use crate::sqs::Error;
use crate::sqs::api::{CallId, Caller, Request, Response};
use crate::timeline::{Acted, Gate, Passage};
use crate::wire::{self, HttpResponse};
use crate::world::{
    Actor, ActorConfig, Ending, HandOver, Handed, InputKind, Limits, Outside, OutsideCall,
    OutsideEnd, OutsideStopWait, OutsideWait, Program, Rejection, SourceLine,
};

/// The most scripts that run at the same time.
pub const SCRIPTS_MAX: usize = 4;
/// With so many inputs recorded, scripts can't do more: what a page keeps has a limit.
const INPUTS_MAX: usize = 250_000;
/// As fast as possible: so far at once, if nothing is handed to anybody before.
const RACE: Span = Span::from_secs(100 * 86_400);

/// The scripts that run.
#[derive(Clone, Debug, Default)]
pub(super) struct Scripts {
    pub(super) gate: Gate,
    open: Vec<Open>,
    news: Vec<News>,
    /// What was not done, as it would end them.
    held_back: Option<Box<Action>>,
}

/// Something that a script waits for, under the number that it gave it.
#[derive(Clone, Copy, Debug)]
struct Open {
    caller: Caller,
    token: u64,
    on: On,
    /// The script does not want it any more, but it comes already.
    is_given_up: bool,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum On {
    Start,
    Call(CallId),
    Sleep(u32),
}

/// Something that a script is to be told.
#[derive(Clone, Debug, PartialEq)]
pub struct News {
    /// Which script.
    pub caller: Caller,
    /// The virtual time.
    pub at: Time,
    /// What.
    pub told: Told,
}

/// What a script is told. With all but the last two it is at work from then on, until it says that it is
/// quiet.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// To begin.
    Start,
    /// A sleep is over.
    Wake {
        /// Its number.
        token: u64,
    },
    /// A call was answered.
    Reply {
        /// Its number.
        token: u64,
        /// What the world calls it; the request id follows from it.
        call: CallId,
        /// The answer.
        result: Arc<Result<Response, Error>>,
    },
    /// A call has no answer for so long that it is given up.
    Timeout {
        /// Its number.
        token: u64,
    },
    /// It waits for nothing that will ever happen in this world: a deadlock, unless it waits for its
    /// person.
    Stuck,
    /// It runs no more: it was taken out of the world, or what happened from here on is another run.
    End,
}

impl News {
    /// The HTTP response that an answered call's script gets; the same run gives the same.
    pub fn response(&self, session: &Session) -> Option<HttpResponse> {
        let Told::Reply { call, result, .. } = &self.told else {
            return None;
        };
        let id = wire::request_id(session.world().config().seed, call.0);
        Some(wire::encode_for_script(self.at, &id, result))
    }
}

/// Why a script can't have what it wants.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ScriptError {
    /// It does not run, or not any more.
    NotRunning,
    /// As many run as can.
    TooMany,
    /// To start one in the past would end those that run.
    WouldEndScripts,
    /// The recording is full.
    Full,
    /// The world refuses it.
    Rejected(Rejection),
}

impl fmt::Display for ScriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRunning => write!(f, "the script does not run any more"),
            Self::TooMany => write!(f, "at most {SCRIPTS_MAX} scripts run at the same time"),
            Self::WouldEndScripts => write!(f, "this would end the scripts that run"),
            Self::Full => write!(f, "the recording is full: it has {INPUTS_MAX} inputs"),
            Self::Rejected(rejection) => rejection.fmt(f),
        }
    }
}

impl std::error::Error for ScriptError {}

impl From<Rejection> for ScriptError {
    fn from(rejection: Rejection) -> Self {
        Self::Rejected(rejection)
    }
}

/// What is said of scripts. None of it tells whoever listens to the session: that is due once a frame, and
/// not with each call.
impl Session {
    /// Lets a script in, which is called after its file. It is told to begin when all others are quiet.
    ///
    /// # Errors
    /// If as many run as can, if it would end those that run, or if the world refuses its name.
    pub fn start_script(&mut self, name: &str) -> Result<Caller, ScriptError> {
        if self.scripts.gate.live().len() >= SCRIPTS_MAX {
            return Err(ScriptError::TooMany);
        }
        let config = ActorConfig {
            name: name.to_owned(),
            start_after_ms: 0,
            program: Program::Outside(Outside::default()),
        };
        if self.would_end_scripts(&Action::AddActor(config.clone())) {
            return Err(ScriptError::WouldEndScripts);
        }
        self.comparison = None;
        let is_past = self.now() < self.timeline.horizon();
        self.timeline.settle(&mut self.scripts.gate);
        self.timeline.act(InputKind::AddActor(config))?;
        self.edition += 1;
        self.errand = None;
        self.notice = is_past.then_some(Notice::FutureCut);
        let newest = self.world().actors().last();
        let caller = newest.expect("it was just added").caller();
        self.scripts.gate.admit(caller);
        self.end_strays();
        self.scripts.await_for(caller, 0, On::Start);
        self.pump();
        Ok(caller)
    }

    /// A script calls; `token` is its own number for what it waits for. The call is given up after
    /// `timeout_ms`, or else after a minute.
    ///
    /// # Errors
    /// A [`ScriptError`]; the script can be told of it as of a connection that fails.
    pub fn script_call(
        &mut self,
        caller: Caller,
        token: u64,
        request: Request,
        timeout_ms: Option<u64>,
        line: Option<SourceLine>,
    ) -> Result<CallId, ScriptError> {
        let call = OutsideCall {
            caller,
            request: Arc::new(request),
            timeout_ms: timeout_ms.filter(|ms| *ms != OutsideCall::TIMEOUT_MS),
            line,
        };
        let acted = self.act_for_script(caller, InputKind::OutsideCall(call))?;
        let call = acted.call.expect("a call makes a call");
        self.scripts.await_for(caller, token, On::Call(call));
        Ok(call)
    }

    /// A script sleeps, or one of its threads.
    ///
    /// # Errors
    /// A [`ScriptError`].
    pub fn script_sleep(
        &mut self,
        caller: Caller,
        token: u64,
        until: Time,
    ) -> Result<(), ScriptError> {
        self.go_to_edge();
        let actor = self.world().actor(caller);
        let strand = actor.and_then(Actor::free_strand);
        let wait = InputKind::OutsideWait(OutsideWait { caller, until });
        self.act_for_script(caller, wait)?;
        let strand = strand.expect("the world had room for it") as u32;
        self.scripts.await_for(caller, token, On::Sleep(strand));
        Ok(())
    }

    /// A script asked for something that is no request of this service. It sleeps for as long as an answer
    /// takes at the mean; to be woken is then to get the refusal.
    ///
    /// # Errors
    /// A [`ScriptError`].
    pub fn script_round_trip(&mut self, caller: Caller, token: u64) -> Result<(), ScriptError> {
        self.go_to_edge();
        let network = self.world().config().network;
        let mean = Span::from_ms(network.latency_ms_min + network.latency_ms_max);
        self.script_sleep(caller, token, self.now() + mean)
    }

    /// A script gives up what it waits for under this number, as a client that closes its connection.
    /// False if it does not wait for that any more.
    pub fn script_give_up(&mut self, caller: Caller, token: u64) -> bool {
        let is_it = |open: &Open| (open.caller, open.token) == (caller, token);
        self.go_to_edge();
        let Some(place) = self.scripts.open.iter().position(is_it) else {
            return false;
        };
        let kind = match self.scripts.open[place].on {
            On::Start => None,
            On::Call(call) => Some(InputKind::CancelCall(call)),
            On::Sleep(strand) => {
                let stop = OutsideStopWait { caller, strand };
                let comes = self.scripts.comes(place);
                (!comes).then_some(InputKind::OutsideStopWait(stop))
            }
        };
        let is_given_up = kind.is_some_and(|kind| self.act_for_script(caller, kind).is_ok());
        if is_given_up {
            self.scripts.open.remove(place);
        } else {
            self.scripts.open[place].is_given_up = true;
        }
        is_given_up
    }

    /// A script does nothing more until it is told something: time may pass.
    pub fn script_is_quiet(&mut self, caller: Caller) {
        self.scripts.gate.set_quiet(caller, true);
        if self.is_stuck(caller) {
            self.tell_script(caller, Told::Stuck);
        }
        self.pump();
    }

    /// A script goes on without having been told anything here: its person typed something, or interrupts
    /// it. Time waits.
    pub fn script_goes_on(&mut self, caller: Caller) {
        self.scripts.gate.set_quiet(caller, false);
    }

    /// A script has ended, in some way; of `why` the beginning is kept. What it waited for is given up.
    pub fn script_end(&mut self, caller: Caller, how: Ending, why: &str) {
        let why: String = why.chars().take(Limits::NOTE).collect();
        let end = InputKind::OutsideEnd(OutsideEnd {
            caller,
            how,
            why: (!why.is_empty()).then_some(why),
        });
        // Who is gone already is no less ended.
        let _ended = self.act_at_edge(caller, end).is_ok();
        self.dismiss(caller);
        self.pump();
    }

    /// What scripts are to be told, in order; each is told once.
    pub fn take_script_news(&mut self) -> Vec<News> {
        std::mem::take(&mut self.scripts.news)
    }

    /// The scripts that run.
    pub fn scripts(&self) -> impl ExactSizeIterator<Item = Caller> {
        self.scripts.gate.live()
    }

    /// The script that is at work, if one is: time waits for it.
    pub fn busy_script(&self) -> Option<Caller> {
        self.scripts.gate.busy()
    }

    /// Whether an action would end the scripts that run: they live at the edge of the run, and would have
    /// to be in another. Such an action is held back; [`Action::EndScripts`] does it all the same.
    pub fn would_end_scripts(&self, action: &Action) -> bool {
        if self.scripts().len() == 0 {
            return false;
        }
        match action {
            Action::OpenScenario(_)
            | Action::OpenEmpty { .. }
            | Action::Open(_)
            | Action::Reseed { .. }
            | Action::SetMode(_)
            | Action::Compare(_) => true,
            Action::Undo => self.undo_and_redo_counts().0 > 0,
            Action::Redo => self.undo_and_redo_counts().1 > 0,
            Action::ByHand { .. }
            | Action::SetSwitch { .. }
            | Action::AddActor(_)
            | Action::SetProgram(_)
            | Action::SetRunning(_)
            | Action::RenameActor(_)
            | Action::RemoveActor(_)
            | Action::CancelCall(_) => !self.timeline.is_at_edge(),
            Action::InChanged(action) => self.would_end_scripts(action),
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
            | Action::Select(_)
            | Action::ForgetAnswer(_)
            | Action::DismissNotice
            | Action::EndComparison
            | Action::AskToEndScripts
            | Action::EndScripts
            | Action::KeepScripts => false,
        }
    }

    /// What was held back, as it would end scripts: to be asked for.
    pub fn held_back(&self) -> Option<&Action> {
        self.scripts.held_back.as_deref()
    }

    /// Ends all scripts, and does what was held back.
    pub(super) fn end_scripts_and_go_on(&mut self) {
        let held_back = self.scripts.held_back.take();
        self.forget_question();
        let was_at_edge = self.timeline.is_at_edge();
        match held_back {
            None => self.end_scripts(),
            Some(action) => {
                if was_at_edge {
                    self.record_ends();
                }
                self.is_ending_scripts = true;
                self.apply(*action);
                self.is_ending_scripts = false;
                self.end_scripts();
            }
        }
        self.put_playhead();
    }

    /// Whether the person is asked if the scripts that run are to be ended.
    pub fn asks_to_end_scripts(&self) -> bool {
        self.notice == Some(Notice::WouldEndScripts)
    }

    pub(super) fn ask_to_end_scripts(&mut self) {
        if self.scripts().len() > 0 {
            self.notice = Some(Notice::WouldEndScripts);
        }
    }

    pub(super) fn hold_back(&mut self, action: Action) {
        self.scripts.held_back = Some(Box::new(action));
        self.notice = Some(Notice::WouldEndScripts);
    }

    /// Forgets what was held back.
    pub(super) fn keep_scripts(&mut self) {
        self.scripts.held_back = None;
        self.forget_question();
    }

    /// Whoever does something else has answered.
    pub(super) fn drop_held_back(&mut self, action: &Action) {
        if !matches!(
            action,
            Action::Frame { .. } | Action::Select(_) | Action::EndScripts
        ) {
            self.keep_scripts();
        }
    }

    fn forget_question(&mut self) {
        if self.asks_to_end_scripts() {
            self.notice = None;
        }
    }

    /// Ends all scripts where we are. If that is the edge of the run, it is recorded; else it will be, as
    /// soon as the run goes on from there.
    pub(super) fn end_scripts(&mut self) {
        if self.timeline.is_at_edge() {
            self.record_ends();
        }
        let live: Vec<Caller> = self.scripts().collect();
        for caller in live {
            self.tell_script(caller, Told::End);
            self.scripts.forget(caller);
        }
    }

    /// Records the end of scripts of this run that nobody runs any more: their own was cut off with the
    /// future that it was in, or taken back.
    pub(super) fn end_strays(&mut self) {
        if !self.timeline.is_at_edge() {
            return;
        }
        let actors = self.world().actors();
        let strays = actors.filter(|actor| actor.is_outside() && !self.is_live(actor.caller()));
        let strays: Vec<Caller> = strays.map(Actor::caller).collect();
        if !strays.is_empty() {
            self.timeline.settle(&mut self.scripts.gate);
            self.record_ends_of(strays);
        }
    }

    /// Records at the edge of the run that all scripts were ended there.
    fn record_ends(&mut self) {
        let live = self.scripts().collect();
        self.record_ends_of(live);
    }

    fn record_ends_of(&mut self, callers: Vec<Caller>) {
        for caller in callers {
            let end = InputKind::OutsideEnd(OutsideEnd {
                caller,
                how: Ending::Killed,
                why: None,
            });
            // It may never have been in the run that this is now.
            if self.timeline.act_from_outside(end).is_ok() {
                self.edition += 1;
            }
        }
    }

    /// A script's actor was taken out of the world.
    pub(super) fn script_was_removed(&mut self, caller: Caller) {
        if self.is_live(caller) {
            self.tell_script(caller, Told::End);
            self.dismiss(caller);
        }
    }

    /// A script has ended. The playhead may have gone ahead while time waited for it; with the last one
    /// that is over.
    fn dismiss(&mut self, caller: Caller) {
        self.scripts.forget(caller);
        if self.scripts().len() == 0 {
            self.put_playhead();
        }
    }

    /// Goes on from where a script was waited for.
    pub(super) fn pump(&mut self) {
        if self.scripts().len() == 0 || self.busy_script().is_some() {
            return;
        }
        if self.go_on() {
            return;
        }
        if self.playhead.playing && (self.lags() || self.is_racing()) {
            self.play_on();
        } else {
            self.pass(self.now());
        }
    }

    /// Lets time pass as far as scripts allow, and tells them what there is to tell.
    pub(super) fn pass(&mut self, until: Time) -> Passage {
        loop {
            let gate = &mut self.scripts.gate;
            let passage = self.timeline.pass(until, STEPS_PER_FRAME, gate);
            if self.note_passage(&passage) {
                return passage;
            }
        }
    }

    /// False if what was handed over was given up meanwhile, so that nobody has it.
    pub(super) fn note_passage(&mut self, passage: &Passage) -> bool {
        if let Passage::Handed(handing) = passage {
            self.hand_over(handing)
        } else {
            true
        }
    }

    /// Whether time is behind the playhead, as it waited for a script.
    pub(super) fn lags(&self) -> bool {
        self.scripts().len() > 0 && self.playhead.now(self.start()) > self.now()
    }

    /// Time that was to pass, and waited for a script, is not made up for.
    pub(super) fn forget_lag(&mut self) {
        if self.lags() {
            self.put_playhead();
        }
    }

    /// Where time is to go at once: as far as the playhead, or at the fastest speed on to whatever a
    /// script waits for.
    pub(super) fn aim(&self) -> Time {
        if self.is_racing() {
            self.now() + RACE
        } else if self.stands_for_scripts() {
            self.now()
        } else {
            self.playhead.now(self.start())
        }
    }

    /// Whether time goes as fast as possible: on to whatever a script waits for.
    pub(super) fn is_racing(&self) -> bool {
        let waits = |open: &Open| {
            let actor = self.world().actor(open.caller);
            actor.is_some_and(Actor::is_running)
        };
        self.playhead.speed.is_fastest() && self.scripts.open.iter().any(waits)
    }

    /// Whether time stands still at the fastest speed: scripts run, and none of them waits for a time or an
    /// answer. They work, or wait for their person, who would come days late.
    pub(super) fn stands_for_scripts(&self) -> bool {
        self.playhead.speed.is_fastest() && self.scripts().len() > 0 && self.scripts.open.is_empty()
    }

    /// Whether scripts do one thing after the other, as fast as they can.
    pub fn is_flying(&self) -> bool {
        self.playhead.playing
            && self.playhead.speed.is_fastest()
            && (self.busy_script().is_some() || self.is_racing())
    }

    fn hand_over(&mut self, handing: &HandOver) -> bool {
        let caller = handing.caller;
        let told = match &handing.handed {
            Handed::Start => {
                let begins = self.scripts.close(caller, On::Start);
                begins.map(|_| Told::Start)
            }
            Handed::Wake { strand } => {
                let token = self.scripts.close(caller, On::Sleep(*strand));
                token.map(|token| Told::Wake { token })
            }
            Handed::Reply { call, result } => {
                let token = self.scripts.close(caller, On::Call(*call));
                token.map(|token| Told::Reply {
                    token,
                    call: *call,
                    result: Arc::clone(result),
                })
            }
            Handed::Timeout { call } => {
                let token = self.scripts.close(caller, On::Call(*call));
                token.map(|token| Told::Timeout { token })
            }
        };
        let is_told = told.is_some();
        match told {
            Some(told) => self.tell_script(caller, told),
            None => self.scripts.gate.set_quiet(caller, true),
        }
        is_told
    }

    fn tell_script(&mut self, caller: Caller, told: Told) {
        let at = self.now();
        self.scripts.news.push(News { caller, at, told });
    }

    fn is_stuck(&self, caller: Caller) -> bool {
        let mut open = self.scripts.open.iter();
        self.is_live(caller) && !open.any(|open| open.caller == caller)
    }

    fn is_live(&self, caller: Caller) -> bool {
        self.scripts().any(|live| live == caller)
    }

    fn act_for_script(&mut self, caller: Caller, kind: InputKind) -> Result<Acted, ScriptError> {
        if self.timeline.recording().inputs.len() >= INPUTS_MAX {
            return Err(ScriptError::Full);
        }
        self.act_at_edge(caller, kind)
    }

    /// A script acts: at the edge of the run, wherever the person looks.
    fn act_at_edge(&mut self, caller: Caller, kind: InputKind) -> Result<Acted, ScriptError> {
        if !self.is_live(caller) {
            return Err(ScriptError::NotRunning);
        }
        self.go_to_edge();
        let acted = self.timeline.act_from_outside(kind)?;
        self.edition += 1;
        Ok(acted)
    }

    /// Goes to where scripts are, with all done that is due there.
    fn go_to_edge(&mut self) {
        if !self.timeline.is_at_edge() {
            self.timeline.to_edge(&mut self.scripts.gate);
            self.errand = None;
            self.put_playhead();
        }
        self.timeline.settle(&mut self.scripts.gate);
    }
}

impl Scripts {
    fn forget(&mut self, caller: Caller) {
        self.gate.dismiss(caller);
        self.open.retain(|open| open.caller != caller);
    }

    fn await_for(&mut self, caller: Caller, token: u64, on: On) {
        self.open.push(Open {
            caller,
            token,
            on,
            is_given_up: false,
        });
    }

    /// What a script waited for is there: the script's number for it, if it still wants it. Of two sleeps
    /// in the same strand the older ends first.
    fn close(&mut self, caller: Caller, on: On) -> Option<u64> {
        let is_it = |open: &Open| (open.caller, open.on) == (caller, on);
        let place = self.open.iter().position(is_it)?;
        let open = self.open.remove(place);
        (!open.is_given_up).then_some(open.token)
    }

    /// Whether the end of the sleep at this place has come up already: its strand may have another by now.
    fn comes(&self, place: usize) -> bool {
        let Open { caller, on, .. } = self.open[place];
        let On::Sleep(strand) = on else {
            return false;
        };
        let before = self.open[..place].iter();
        let before = before.filter(|open| (open.caller, open.on) == (caller, on));
        self.gate.wakes(caller, strand) > before.count()
    }
}
