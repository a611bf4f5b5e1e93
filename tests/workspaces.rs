//! Workspaces in a store: nothing that was done is lost, whatever the store does, however many tabs
//! there are, and whenever one of them ends.
#![cfg(feature = "share")]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use proptest::prelude::*;
use sqs_playground::scenario::library;
use sqs_playground::share::Document;
use sqs_playground::share::workspaces::{Change, Saved, Store, StoreError, Workspaces};
use sqs_playground::sim::{Span, Time};
use sqs_playground::sqs::api::Caller;
use sqs_playground::timeline::{Recording, Timeline};
use sqs_playground::world::{Input, InputKind, RunningChange};

/// A store in memory; clones are the same store, as tabs of one browser have.
#[derive(Clone, Debug, Default)]
struct Memory(Rc<RefCell<Inside>>);

#[derive(Debug, Default)]
struct Inside {
    texts: BTreeMap<String, String>,
    /// How many bytes it has room for; none for any number.
    room: Option<usize>,
    is_denied: bool,
    /// After so many more writes the tab ends: nothing is written any more.
    writes_left: Option<usize>,
    writes: usize,
}

impl Memory {
    fn size(&self) -> usize {
        let inside = self.0.borrow();
        let sizes = inside
            .texts
            .iter()
            .map(|(key, text)| key.len() + text.len());
        sizes.sum()
    }

    fn leave_room(&self, more: usize) {
        let room = self.size() + more;
        self.0.borrow_mut().room = Some(room);
    }

    /// Puts a text under the only key that ends so.
    fn spoil(&self, end: &str, text: &str) {
        let mut inside = self.0.borrow_mut();
        let mut ending = inside
            .texts
            .iter_mut()
            .filter(|(key, _)| key.ends_with(end));
        let (_, found) = ending.next().expect("there is such a key");
        *found = text.to_owned();
        assert!(ending.next().is_none(), "{end} is not one key");
    }

    fn texts(&self) -> BTreeMap<String, String> {
        self.0.borrow().texts.clone()
    }
}

impl Inside {
    fn may_write(&mut self) -> Result<(), StoreError> {
        if self.is_denied || self.writes_left == Some(0) {
            return Err(StoreError::Denied);
        }
        self.writes_left = self.writes_left.map(|left| left - 1);
        self.writes += 1;
        Ok(())
    }
}

impl Store for Memory {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        let inside = self.0.borrow();
        if inside.is_denied {
            return Err(StoreError::Denied);
        }
        Ok(inside.texts.get(key).cloned())
    }

    fn set(&mut self, key: &str, text: &str) -> Result<(), StoreError> {
        let size = self.size();
        let mut inside = self.0.borrow_mut();
        let before = inside.texts.get(key).map_or(0, |old| key.len() + old.len());
        let needed = size - before + key.len() + text.len();
        if inside.room.is_some_and(|room| needed > room) {
            return Err(StoreError::Full);
        }
        inside.may_write()?;
        inside.texts.insert(key.to_owned(), text.to_owned());
        Ok(())
    }

    fn remove(&mut self, key: &str) -> Result<(), StoreError> {
        let mut inside = self.0.borrow_mut();
        inside.may_write()?;
        inside.texts.remove(key);
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        let inside = self.0.borrow();
        if inside.is_denied {
            return Err(StoreError::Denied);
        }
        Ok(inside.texts.keys().cloned().collect())
    }
}

/// A tab: the run as it is there, and the workspaces that keep it.
struct Tab {
    document: Document,
    workspaces: Workspaces<Memory>,
}

impl Tab {
    /// Opens the page with an empty workspace.
    fn new(store: &Memory, token: &str) -> Self {
        let document = Document::of_scenario(library().remove(0));
        let mut workspaces = Workspaces::new(store.clone(), token.to_owned());
        workspaces.begin("First messages", &document);
        Self {
            document,
            workspaces,
        }
    }

    /// Opens the page where it was.
    fn again(store: &Memory, token: &str) -> Self {
        let mut tab = Self::new(store, token);
        let last = tab.workspaces.last().expect("the store answers");
        let restored = tab.workspaces.open(&last.expect("something was saved"));
        let restored = restored.expect("it can be read");
        assert!(!restored.is_damaged);
        tab.document = restored.document;
        tab
    }

    /// Does something, keeping so many of the inputs.
    fn act(&mut self, keep: usize) -> Result<Saved, StoreError> {
        let inputs = &mut self.document.recording.inputs;
        inputs.truncate(keep);
        let before = inputs
            .last()
            .map_or(self.document.recording.config.start, |i| i.at);
        let input = Input {
            at: before + Span::from_ms(250),
            kind: InputKind::SetRunning(RunningChange::default()),
        };
        inputs.push(input.clone());
        self.document.at = input.at;
        let change = Change {
            keep,
            inputs: vec![input],
            at: self.document.at,
        };
        let document = &self.document;
        self.workspaces.save(&change, || document.clone(), 7)
    }

    fn add(&mut self) -> Result<Saved, StoreError> {
        self.act(self.document.recording.inputs.len())
    }

    fn go_to(&mut self, at: Time) -> Result<Saved, StoreError> {
        self.document.at = at;
        let document = &self.document;
        self.workspaces.save_playhead(at, || document.clone(), 8)
    }

    fn names(&self) -> Vec<String> {
        let list = self.workspaces.list().expect("the store answers");
        list.into_iter().map(|listed| listed.name).collect()
    }
}

#[test]
fn a_reload_restores_each_input_and_the_playhead() {
    let store = Memory::default();
    let mut tab = Tab::new(&store, "a");
    for inputs in 1..400 {
        assert_eq!(tab.add(), Ok(Saved::Here));
        let at = tab.document.at + Span::from_ms(inputs);
        assert_eq!(tab.go_to(at), Ok(Saved::Here));
        if inputs % 37 == 0 {
            tab = Tab::again(&store, &format!("a{inputs}"));
            assert_eq!(tab.document.recording.inputs.len() as u64, inputs);
        }
        let again = Tab::again(&store, "b");
        assert_eq!(again.document, tab.document);
    }
    assert_eq!(tab.names(), ["First messages"]);
}

#[test]
fn a_change_costs_one_small_write_however_long_the_run() {
    let store = Memory::default();
    let mut tab = Tab::new(&store, "a");
    for _ in 0..1000 {
        tab.add().expect("there is room");
    }
    let writes = store.0.borrow().writes;
    assert!(writes < 1000 + 1000 / 128 * 140, "{writes} writes");
    assert!(store.size() < 128 * 150 + 4000, "{} bytes", store.size());
    let before = store.texts();
    tab.add().expect("there is room");
    let after = store.texts();
    let changed: Vec<_> = after
        .iter()
        .filter(|(key, text)| before.get(*key) != Some(text))
        .collect();
    let [(_, entry)] = changed[..] else {
        panic!("{changed:?}");
    };
    assert!(entry.len() < 120, "{entry}");
}

#[test]
fn what_an_action_in_the_past_cut_off_is_gone_after_a_reload_too() {
    let store = Memory::default();
    let mut tab = Tab::new(&store, "a");
    for _ in 0..10 {
        tab.add().expect("there is room");
    }
    tab.act(4).expect("there is room");
    assert_eq!(Tab::again(&store, "b").document, tab.document);
    assert_eq!(tab.document.recording.inputs.len(), 5);
}

#[test]
fn a_full_store_says_so_and_loses_nothing_that_it_had() {
    let store = Memory::default();
    let mut tab = Tab::new(&store, "a");
    for _ in 0..5 {
        tab.add().expect("there is room");
    }
    let kept = tab.document.clone();
    store.leave_room(20);
    for _ in 0..3 {
        assert_eq!(tab.add(), Err(StoreError::Full));
        assert_eq!(Tab::again(&store, "b").document, kept);
    }
    // With room again, the next save keeps all.
    store.0.borrow_mut().room = None;
    assert_eq!(tab.add(), Ok(Saved::Here));
    assert_eq!(Tab::again(&store, "b").document, tab.document);
    assert_eq!(tab.document.recording.inputs.len(), 9);
}

#[test]
fn a_store_without_room_for_a_whole_keeps_the_journal() {
    let store = Memory::default();
    let mut tab = Tab::new(&store, "a");
    for _ in 0..129 {
        tab.add().expect("there is room");
    }
    store.leave_room(400);
    let saved = (0..10).map_while(|_| tab.add().ok()).count();
    assert!(saved > 0);
    tab.document.recording.inputs.truncate(129 + saved);
    let again = Tab::again(&store, "b");
    assert_eq!(again.document.recording, tab.document.recording);
}

#[test]
fn a_full_store_is_rid_of_what_a_tab_left_unfinished() {
    let store = Memory::default();
    let mut tab = Tab::new(&store, "a");
    tab.add().expect("there is room");
    let header = store
        .texts()
        .into_iter()
        .find(|(key, _)| key.contains("workspace/"));
    let id = header
        .expect("it has a header")
        .0
        .rsplit('/')
        .next()
        .map(str::to_owned);
    let stale = format!(
        "sqs-playground/run/{}/z/1/whole",
        id.expect("keys have parts")
    );
    store
        .0
        .borrow_mut()
        .texts
        .insert(stale.clone(), "x".repeat(1000));
    store.leave_room(10);
    assert_eq!(tab.add(), Ok(Saved::Here));
    assert!(!store.texts().contains_key(&stale));
    assert_eq!(Tab::again(&store, "b").document, tab.document);
}

#[test]
fn a_store_that_is_denied_says_so_with_each_call() {
    let store = Memory::default();
    store.0.borrow_mut().is_denied = true;
    let mut tab = Tab::new(&store, "a");
    assert_eq!(tab.add(), Err(StoreError::Denied));
    assert_eq!(tab.go_to(tab.document.at), Err(StoreError::Denied));
    assert_eq!(tab.workspaces.list(), Err(StoreError::Denied));
    assert_eq!(tab.workspaces.last(), Err(StoreError::Denied));
    assert!(tab.workspaces.delete("a-1").is_err());
    store.0.borrow_mut().is_denied = false;
    assert_eq!(tab.add(), Ok(Saved::Here));
    assert_eq!(Tab::again(&store, "b").document, tab.document);
}

#[test]
fn two_tabs_never_mix() {
    let store = Memory::default();
    let mut first = Tab::new(&store, "a");
    first.add().expect("there is room");
    let mut second = Tab::again(&store, "b");
    // Who only looks takes nothing over.
    assert_eq!(first.add(), Ok(Saved::Here));
    // The second has not seen that, so it goes on in a copy.
    assert_eq!(second.add(), Ok(Saved::InCopy));
    assert_eq!(second.workspaces.name(), "First messages (2)");
    assert_eq!(first.add(), Ok(Saved::Here));
    assert_eq!(second.add(), Ok(Saved::Here));
    // A third takes the second's over, who is left with a copy.
    let mut third = Tab::again(&store, "c");
    assert_eq!(third.document, second.document);
    assert_eq!(third.add(), Ok(Saved::Here));
    assert_eq!(third.add(), Ok(Saved::Here));
    assert_eq!(second.go_to(second.document.at), Ok(Saved::InCopy));
    assert_eq!(second.workspaces.name(), "First messages (3)");
    let mut names = first.names();
    names.sort();
    assert_eq!(
        names,
        ["First messages", "First messages (2)", "First messages (3)"]
    );
    for tab in [first, second, third] {
        let id = tab.workspaces.id().to_owned();
        let restored = Tab::new(&store, "d").workspaces.open(&id);
        assert_eq!(restored.expect("it can be read").document, tab.document);
    }
}

#[test]
fn a_workspace_that_another_tab_deletes_goes_on_in_a_copy() {
    let store = Memory::default();
    let mut first = Tab::new(&store, "a");
    first.add().expect("there is room");
    let id = first.workspaces.id().to_owned();
    let mut second = Tab::new(&store, "b");
    second.workspaces.delete(&id).expect("it is there");
    assert_eq!(first.add(), Ok(Saved::InCopy));
    assert_eq!(Tab::again(&store, "c").document, first.document);
}

/// Each text of a workspace, spoilt in several ways: what can be read is opened, the rest stays.
#[test]
fn what_cannot_be_read_is_left_and_told() {
    let clean = Memory::default();
    let mut tab = Tab::new(&clean, "a");
    for _ in 0..6 {
        tab.add().expect("there is room");
    }
    let whole = tab.document.recording.inputs.len();
    for spoilt in [
        "",
        "{",
        "{}",
        "\u{0}\u{ffff}",
        "null",
        "{\"keep\":99,\"inputs\":[]}",
        "AAAA",
    ] {
        for (end, left) in [
            ("/0", Some(1)),
            ("/3", Some(4)),
            ("/whole", None),
            ("/a-1", None),
        ] {
            let store = Memory::default();
            store.0.borrow_mut().texts = clean.texts();
            store.spoil(end, spoilt);
            let mut tab = Tab::new(&store, "b");
            let opened = tab.workspaces.open("a-1");
            match left {
                Some(inputs) => {
                    let opened = opened.expect("some of it can be read");
                    assert!(opened.is_damaged);
                    assert_eq!(
                        opened.document.recording.inputs.len(),
                        inputs,
                        "{end} {spoilt}"
                    );
                    tab.document = opened.document;
                    assert_eq!(tab.add(), Ok(Saved::Here));
                    assert_eq!(tab.workspaces.name(), "First messages (2)");
                }
                None => assert_eq!(opened.err(), Some(StoreError::Missing), "{end} {spoilt}"),
            }
            let list = tab.workspaces.list().expect("the store answers");
            let damaged = list.iter().find(|listed| listed.id == "a-1");
            assert!(
                damaged.is_some_and(|listed| listed.is_damaged),
                "{end} {spoilt}"
            );
            // Nothing but the header has changed.
            for (key, text) in clean.texts() {
                if !key.ends_with(end) && !key.contains("/workspace/") && !key.ends_with("/last") {
                    assert_eq!(store.texts().get(&key), Some(&text), "{end} {spoilt}");
                }
            }
            let raw = tab.workspaces.raw("a-1").expect("the store answers");
            assert!(raw.contains("/whole"));
            assert!(tab.workspaces.delete("a-1").is_ok());
        }
    }
    assert_eq!(whole, 6);
}

#[test]
fn workspaces_are_renamed_duplicated_deleted_and_put_back() {
    let store = Memory::default();
    let mut tab = Tab::new(&store, "a");
    tab.add().expect("there is room");
    let id = tab.workspaces.id().to_owned();
    assert_eq!(
        tab.workspaces.rename(&id, "  My\u{0} <b>run</b>\n "),
        Ok(())
    );
    assert_eq!(tab.workspaces.name(), "My <b>run</b>");
    assert_eq!(tab.workspaces.rename(&id, " \t "), Err(StoreError::Missing));
    assert_eq!(
        tab.workspaces.rename("nobody", "x"),
        Err(StoreError::Missing)
    );
    assert_eq!(tab.add(), Ok(Saved::Here));

    let copy = tab.workspaces.duplicate(&id, 9).expect("there is room");
    assert_eq!(tab.names(), ["My <b>run</b> (2)", "My <b>run</b>"]);
    let opened = Tab::new(&store, "b").workspaces.open(&copy);
    assert_eq!(
        opened.expect("it can be read").document.recording,
        tab.document.recording
    );

    let before = store.texts();
    let deleted = tab.workspaces.delete(&id).expect("it is there");
    assert_eq!(deleted.name, "My <b>run</b>");
    assert_eq!(tab.names(), ["My <b>run</b> (2)"]);
    tab.workspaces.put_back(&deleted).expect("there is room");
    assert_eq!(store.texts(), before);
    // What was open when it was deleted is kept anew.
    assert_eq!(tab.add(), Ok(Saved::Here));
    assert_eq!(tab.names().len(), 3);
}

#[test]
fn a_copy_without_room_leaves_nothing_behind() {
    let store = Memory::default();
    let mut tab = Tab::new(&store, "a");
    for _ in 0..20 {
        tab.add().expect("there is room");
    }
    let before = store.texts();
    let id = tab.workspaces.id().to_owned();
    store.leave_room(500);
    assert_eq!(tab.workspaces.duplicate(&id, 9), Err(StoreError::Full));
    assert_eq!(store.texts(), before);
}

#[test]
fn a_run_to_which_nothing_was_done_makes_room_for_the_next() {
    let store = Memory::default();
    let mut tab = Tab::new(&store, "a");
    tab.go_to(tab.document.at + Span::from_secs(5))
        .expect("there is room");
    for scenario in library() {
        tab.document = Document::of_scenario(scenario.clone());
        tab.workspaces.begin(&scenario.title, &tab.document);
        tab.go_to(tab.document.at + Span::from_secs(5))
            .expect("there is room");
    }
    let last = library().pop().expect("there are scenarios").title;
    assert_eq!(tab.names(), std::slice::from_ref(&last));
    tab.add().expect("there is room");
    tab.workspaces
        .begin("Next", &Document::of_scenario(library().remove(0)));
    assert_eq!(tab.names(), [last]);
}

#[derive(Clone, Debug)]
enum Deed {
    Act(usize),
    Go(u64),
    Whole,
    Again,
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Whenever a tab ends, the next one finds the run as it was before the last deed, or after it.
    #[test]
    fn a_tab_may_end_at_any_write(
        deeds in proptest::collection::vec(prop_oneof![
            8 => (0_usize..100).prop_map(Deed::Act),
            2 => (0_u64..100_000).prop_map(Deed::Go),
            1 => Just(Deed::Whole),
            1 => Just(Deed::Again),
        ], 1..150),
        dies_after in 2_usize..300,
    ) {
        let store = Memory::default();
        let mut tab = Tab::new(&store, "t0");
        tab.add().expect("there is room");
        store.0.borrow_mut().writes_left = Some(dies_after);
        let mut before = tab.document.clone();
        let mut tabs = 0;
        for deed in deeds {
            before = tab.document.clone();
            let saved = match deed {
                Deed::Act(back) => {
                    let inputs = tab.document.recording.inputs.len();
                    tab.act(inputs.saturating_sub(back.saturating_sub(80)).max(1))
                }
                Deed::Go(ms) => tab.go_to(tab.document.recording.config.start + Span::from_ms(ms)),
                Deed::Whole => {
                    tab.document.recording.config.seed += 1;
                    tab.workspaces.save_whole(&tab.document, 9)
                }
                Deed::Again => {
                    tabs += 1;
                    tab = Tab::again(&store, &format!("t{tabs}"));
                    Ok(Saved::Here)
                }
            };
            if saved.is_err() {
                break;
            }
            prop_assert_eq!(saved, Ok(Saved::Here));
        }
        store.0.borrow_mut().writes_left = None;
        let found = Tab::again(&store, "next").document.recording;
        prop_assert!(found == tab.document.recording || found == before.recording);
    }
}

fn toggle(caller: u32, running: bool) -> InputKind {
    InputKind::SetRunning(RunningChange {
        caller: Caller(caller),
        running,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    /// Who has the inputs of some revision, and is told what has changed since, has the recording.
    #[test]
    fn what_has_changed_since_a_revision_is_enough(
        deeds in proptest::collection::vec((0_u8..6, 0_u64..60_000), 1..60),
        looks in proptest::collection::vec(any::<bool>(), 60),
    ) {
        let mut timeline = Timeline::new(Recording::new(library().remove(0).world));
        let (mut revision, mut copy) = (timeline.revision(), timeline.recording().clone());
        for (number, (deed, ms)) in deeds.into_iter().enumerate() {
            match deed {
                0 | 1 => drop(timeline.act(toggle(1, number % 2 == 0))),
                2 => drop(timeline.seek(timeline.start() + Span::from_ms(ms), usize::MAX)),
                3 => drop(timeline.undo()),
                4 => drop(timeline.redo()),
                _ => {
                    let mut config = timeline.recording().config.clone();
                    config.seed = ms;
                    timeline.change_config(config);
                }
            }
            if !looks[number] {
                continue;
            }
            let known = copy.inputs.len();
            match timeline.unchanged_since(revision, known) {
                Some(keep) => {
                    copy.inputs.truncate(keep);
                    copy.inputs.extend_from_slice(&timeline.recording().inputs[keep..]);
                }
                None => copy = timeline.recording().clone(),
            }
            revision = timeline.revision();
            prop_assert_eq!(&copy, timeline.recording());
        }
    }
}
