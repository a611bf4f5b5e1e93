//! Keeps the run that the page has: follows it over the bridge, and saves each change at once.

use std::cell::{Cell, RefCell};

use js_sys::Date;
use yew::Callback;

use super::local::Local;
use super::text::text;
use super::toast::{self, Toast};
use super::{bridge, files};
use crate::json::{self, AsMember, Json, Member};
use crate::scenario::{Scenario, nth, place_of};
use crate::share::Document;
use crate::share::workspaces::{Change, Saved, StoreError, Workspaces};
use crate::sim::Time;
use crate::timeline::Recording;
use crate::ui::listeners::{Listeners, Subscription};
use crate::world::Input;

/// How often the playhead is saved while it moves, in milliseconds.
const PLAYHEAD_MS: f64 = 200.0;

/// Where this tab keeps which workspace it has open, beside the one that all tabs share.
pub(super) const TAB: &str = "sqs-playground/tab";

/// What opens another run.
type Open = Box<dyn FnOnce() -> Result<(), String>>;

thread_local! {
    static KEEPER: RefCell<Option<Keeper>> = const { RefCell::new(None) };
    static LISTENERS: Listeners = Listeners::default();
    /// Whether what the page tells comes from us.
    static OPENING: Cell<bool> = const { Cell::new(false) };
    /// What is done when the person has agreed to end the scripts that run.
    static HELD: RefCell<Option<Open>> = const { RefCell::new(None) };
}

/// The run as the page has it, and the workspaces that keep it.
pub(super) struct Keeper {
    pub(super) workspaces: Workspaces<Local>,
    pub(super) document: Document,
    /// What the store said to the last save.
    pub(super) trouble: Option<StoreError>,
    /// What the person knows of that.
    told_trouble: Option<StoreError>,
    opened: u64,
    revision: u64,
    /// By the browser's clock.
    playhead_saved_ms: f64,
    is_playhead_saved: bool,
    /// The workspace that the browser knows this tab to have.
    tab: String,
}

/// Begins to keep. Whether something was done in the page before that.
pub(super) fn start() -> bool {
    let token = (js_sys::Math::random() * 1e15) as u64;
    let mut keeper = Keeper {
        workspaces: Workspaces::new(Local, format!("{token:x}")),
        document: Document::new(Recording::new(crate::world::Config::new(0))),
        trouble: None,
        told_trouble: None,
        opened: u64::MAX,
        revision: 0,
        playhead_saved_ms: 0.0,
        is_playhead_saved: true,
        tab: String::new(),
    };
    let mut told = Vec::new();
    keeper.follow(&mut told);
    let was_used = state("edition").unwrap_or_default() > 0;
    KEEPER.set(Some(keeper));
    told.into_iter().for_each(toast::show);
    // For as long as the page lives.
    std::mem::forget(bridge::listen(|| check(false)));
    was_used
}

/// Looks at the keeper. Not to be called from within.
pub(super) fn with<T>(look: impl FnOnce(&mut Keeper) -> T) -> Option<T> {
    KEEPER.with(|keeper| keeper.try_borrow_mut().ok()?.as_mut().map(look))
}

/// Looks whether something has changed, and saves that; the playhead now and then, or at once.
pub(super) fn check(at_once: bool) {
    if OPENING.get() {
        return;
    }
    let mut told = Vec::new();
    let is_changed = with(|keeper| keeper.check(at_once, &mut told)).unwrap_or(false);
    for toast in told {
        toast::show(toast);
    }
    if is_changed {
        tell();
    }
    open_held();
}

/// Opens another run, which ends the scripts that run: if there are any, the person is asked first, and it is done when
/// they agree.
///
/// # Errors
/// What `open` says, if it is done at once; what it says later is told to the person.
pub(super) fn open_when_free(
    open: impl FnOnce() -> Result<(), String> + 'static,
) -> Result<(), String> {
    HELD.set(None);
    let _asked = bridge::ask("ask-to-end-scripts", vec![]);
    if bridge::state().scripts == 0 {
        return open();
    }
    HELD.set(Some(Box::new(open)));
    Ok(())
}

/// Opens what waited for the end of scripts, if they have ended.
fn open_held() {
    if HELD.with_borrow(Option::is_none) {
        return;
    }
    let state = bridge::state();
    if state.asks {
        return;
    }
    // Who goes on with them does not want the other any more.
    if let Some(open) = HELD.take()
        && state.scripts == 0
        && let Err(why) = open()
    {
        toast::show(Toast::new(why));
    }
}

/// Opens a document in the page, in a workspace of its own. No script may run.
///
/// # Errors
/// Why the page does not take it.
pub(super) fn open(mut document: Document, name: &str) -> Result<(), String> {
    check(true);
    document.end_scripts();
    show_in_page(&document)?;
    let mut told = Vec::new();
    with(|keeper| {
        keeper.workspaces.begin(name, &document);
        keeper.take(document);
        let whole = keeper.document.clone();
        let saved = keeper.workspaces.save_whole(&whole, Date::now() as u64);
        keeper.note(saved, &mut told);
    });
    told.into_iter().for_each(toast::show);
    tell();
    Ok(())
}

/// Opens a workspace in the page. No script may run.
///
/// # Errors
/// Why that can't be, in words.
pub(super) fn open_workspace(id: &str) -> Result<(), String> {
    check(true);
    let restored = with(|keeper| keeper.workspaces.open(id));
    tell();
    match restored {
        Some(Ok(mut restored)) => {
            restored.document.end_scripts();
            show_in_page(&restored.document)?;
            with(|keeper| {
                keeper.take(restored.document);
                keeper.remember_tab();
            });
            if restored.is_damaged {
                toast::show(Toast::new(text!("restored-in-part")));
                save_all();
            }
            tell();
            Ok(())
        }
        Some(Err(StoreError::Missing)) => Err(text!("restored-nothing")),
        Some(Err(error)) => Err(error.to_string()),
        None => Ok(()),
    }
}

/// Saves the run as it is.
pub(super) fn save_all() {
    let mut told = Vec::new();
    with(|keeper| {
        let whole = keeper.document.clone();
        let saved = keeper.workspaces.save_whole(&whole, Date::now() as u64);
        keeper.note(saved, &mut told);
    });
    told.into_iter().for_each(toast::show);
}

/// Goes on in a workspace that has the run that the page has, or an earlier state of it. Whether it has.
pub(super) fn go_on_in(id: &str) -> bool {
    let mut told = Vec::new();
    let is_it = with(|keeper| {
        let before = keeper.document.clone();
        let Ok(restored) = keeper.workspaces.open(id) else {
            return false;
        };
        let kept = restored.document.recording;
        let is_it = kept.config == before.recording.config
            && before.recording.inputs.starts_with(&kept.inputs);
        if is_it {
            let saved = keeper.workspaces.save_whole(&before, Date::now() as u64);
            keeper.note(saved, &mut told);
        } else {
            keeper.workspaces.begin(&name_of(&before), &before);
        }
        is_it
    });
    told.into_iter().for_each(toast::show);
    is_it.unwrap_or(false)
}

/// Calls `listener` when what is kept, or how, has changed.
pub(super) fn listen(listener: impl Fn() + 'static) -> Subscription {
    LISTENERS.with(|listeners| listeners.subscribe(listener))
}

pub(super) fn tell() {
    LISTENERS.with(Clone::clone).tell();
}

/// What to call a run that nobody has named.
pub(super) fn name_of(document: &Document) -> String {
    let title = document
        .scenario
        .as_ref()
        .map(|scenario| scenario.title.clone());
    title.unwrap_or_else(|| text!("own-world"))
}

/// Opens a document in the page, in no other workspace.
pub(super) fn show_in_page(document: &Document) -> Result<(), String> {
    let recording = document.recording.to_json();
    let scenario = document.scenario.as_ref();
    let place = scenario.and_then(place_of);
    // One of the library goes as it is there: the seed and the mode of this run are in its recording.
    let known = place.and_then(nth);
    let scenario = known.as_ref().or(scenario);
    let scenario = scenario.map(|scenario| json::compact(&scenario.member()));
    let mut with = vec![
        ("recording", Member::Text(&recording)),
        ("at", Member::Natural(document.at.as_ms())),
    ];
    if let Some(scenario) = &scenario {
        with.push(("scenario", Member::Text(scenario)));
    }
    if let Some(place) = place {
        with.push(("place", Member::Natural(place as u64)));
    }
    // It is followed when it is known in which workspace it is.
    OPENING.set(true);
    let opened = bridge::ask("open-recording", with);
    OPENING.set(false);
    opened.map(drop)
}

/// A number of the session's state.
pub(super) fn state(name: &str) -> Option<u64> {
    number(&bridge::ask("state", vec![]).ok()?, name)
}

fn number(value: &Json, name: &str) -> Option<u64> {
    if let Json::Number(digits) = value.get(name)? {
        digits.parse().ok()
    } else {
        None
    }
}

impl Keeper {
    fn check(&mut self, at_once: bool, told: &mut Vec<Toast>) -> bool {
        let Ok(state) = bridge::ask("state", vec![]) else {
            return false;
        };
        let revision = number(&state, "revision").unwrap_or_default();
        let opened = number(&state, "opened").unwrap_or_default();
        if (opened, revision) != (self.opened, self.revision) {
            self.follow(told);
            return true;
        }
        let now = Time::from_ms(number(&state, "now").unwrap_or_default());
        if now != self.document.at {
            self.document.at = now;
            self.is_playhead_saved = false;
        }
        let is_playing = state.get("playing") == Some(&Json::Flag(true));
        let wall_ms = Date::now();
        let is_due = at_once || !is_playing || wall_ms - self.playhead_saved_ms >= PLAYHEAD_MS;
        if !self.is_playhead_saved && is_due {
            self.is_playhead_saved = true;
            self.playhead_saved_ms = wall_ms;
            let document = &self.document;
            let saved = self
                .workspaces
                .save_playhead(now, || document.clone(), wall_ms as u64);
            self.note(saved, told);
        }
        false
    }

    /// Finds out what has changed of the run, and saves that.
    fn follow(&mut self, told: &mut Vec<Toast>) {
        let known = self.document.recording.inputs.len() as u64;
        let answer = bridge::ask(
            "run",
            vec![
                ("opened", Member::Natural(self.opened)),
                ("revision", Member::Natural(self.revision)),
                ("inputs", Member::Natural(known)),
            ],
        );
        let Ok(answer) = answer else {
            return;
        };
        self.revision = number(&answer, "revision").unwrap_or_default();
        let at = Time::from_ms(number(&answer, "now").unwrap_or_default());
        let wall_ms = Date::now() as u64;
        let saved = match (number(&answer, "keep"), answer.get("recording")) {
            (Some(keep), _) => {
                let mut inputs: Vec<Input> = Vec::new();
                let told = answer.get("inputs").cloned();
                let filled = json::fill(inputs.place(), told.unwrap_or(Json::Null));
                filled.expect("the page tells inputs as it keeps them");
                let change = Change {
                    keep: keep as usize,
                    inputs,
                    at,
                };
                let kept = &mut self.document.recording.inputs;
                kept.truncate(change.keep);
                kept.extend_from_slice(&change.inputs);
                self.document.at = at;
                let document = &self.document;
                self.workspaces.save(&change, || document.clone(), wall_ms)
            }
            (None, Some(Json::Text(recording))) => {
                let recording = Recording::from_json(recording);
                let recording = recording.expect("the page tells a recording");
                let scenario = answer.get("scenario").map(|scenario| {
                    let scenario = Scenario::from_json(&json::compact(&scenario.member()));
                    scenario.expect("the page tells a scenario")
                });
                let scenario = scenario.map(|scenario| Scenario {
                    world: recording.config.clone(),
                    ..scenario
                });
                let is_other = self.opened != number(&answer, "opened").unwrap_or_default();
                self.document = Document {
                    recording,
                    scenario,
                    at,
                };
                if is_other {
                    self.opened = number(&answer, "opened").unwrap_or_default();
                    let name = name_of(&self.document);
                    self.workspaces.begin(&name, &self.document);
                    self.is_playhead_saved = true;
                    // The store has it when something is done in it.
                    return;
                }
                let document = self.document.clone();
                self.workspaces.save_whole(&document, wall_ms)
            }
            _ => return,
        };
        self.is_playhead_saved = true;
        self.note(saved, told);
    }

    /// The page has this run now, which is kept already.
    fn take(&mut self, document: Document) {
        self.document = document;
        self.opened = state("opened").unwrap_or_default();
        let known = self.document.recording.inputs.len() as u64;
        let with = vec![
            ("opened", Member::Natural(self.opened)),
            ("revision", Member::Natural(u64::MAX)),
            ("inputs", Member::Natural(known)),
        ];
        let answer = bridge::ask("run", with).ok();
        self.revision = answer
            .and_then(|answer| number(&answer, "revision"))
            .unwrap_or_default();
        self.is_playhead_saved = true;
    }

    /// So that a reload of this tab finds its own workspace, whatever other tabs do.
    fn remember_tab(&mut self) {
        if self.tab == self.workspaces.id() {
            return;
        }
        self.tab = self.workspaces.id().to_owned();
        let tab = web_sys::window().and_then(|window| window.session_storage().ok().flatten());
        // Without it the last of any tab is opened.
        let _best_effort = tab.map(|tab| tab.set_item(TAB, &self.tab));
    }

    fn note(&mut self, saved: Result<Saved, StoreError>, told: &mut Vec<Toast>) {
        self.remember_tab();
        self.trouble = saved.err();
        if saved == Ok(Saved::InCopy) {
            let name = [("name", self.workspaces.name().into())];
            told.push(Toast::new(text!("kept-in-copy", name)));
        }
        // Who has done nothing yet has nothing to lose.
        if self.trouble == self.told_trouble || self.document.recording.inputs.is_empty() {
            return;
        }
        self.told_trouble = self.trouble;
        let words = match self.trouble {
            None => return toast::hide(),
            Some(StoreError::Full) => text!("store-full"),
            Some(StoreError::Denied | StoreError::Missing) => text!("store-denied"),
        };
        let save = Callback::from(|()| files::save_recording());
        told.push(Toast::new(words).offering(text!("save-file"), save));
    }
}
