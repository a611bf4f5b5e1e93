//! Workspaces: runs by name in a store that keeps them, such as a browser's.
//!
//! What is done to a run is kept at once: a [`Change`] is one small entry of a journal, whatever the
//! length of the run; now and then the journal becomes a whole again. Each tab writes under a token of
//! its own, so two tabs never mix: who finds that another tab has taken its workspace over goes on in
//! a copy. What can't be read is left as it is, and never deleted but by the person.

mod journal;
mod keys;
mod shelf;
mod store;

pub use journal::Change;
use journal::{pack_document, unpack_document};
use keys::{Generation, HEADERS, LAST, header_key};
use shelf::Header;
pub use shelf::{Deleted, Listed};
pub use store::{Store, StoreError};

use super::document::Document;
use crate::sim::Time;

/// How many changes a journal has before it becomes a whole.
const JOURNAL_MAX: u64 = 128;
/// The longest name of a workspace, in characters.
pub const NAME_MAX: usize = 80;

/// The workspaces of a store, and the one that is open.
#[derive(Debug)]
pub struct Workspaces<S> {
    store: S,
    /// Under which this tab writes; no other tab has the same.
    token: String,
    /// How many workspaces this tab has begun.
    begun: u64,
    current: Current,
}

/// The workspace that is open.
#[derive(Clone, Debug, Default)]
struct Current {
    id: String,
    header: Header,
    /// As the store has it; none if it has nothing of it yet.
    kept: Option<Kept>,
    /// The inputs that the run has.
    inputs: usize,
}

#[derive(Clone, Debug)]
struct Kept {
    /// The header's text: if the store has another, another tab has written it.
    header: String,
    /// Where the journal goes on.
    next_entry: u64,
    /// Whether the journal can go on: it is ours, and has no gap.
    is_open: bool,
}

/// What the store had of a run.
#[derive(Debug)]
pub struct Restored {
    /// The run, up to where it could be read.
    pub document: Document,
    /// What could not be: the rest is in the store, under the old name.
    pub is_damaged: bool,
}

/// How a change was kept.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Saved {
    /// In the workspace.
    Here,
    /// In a copy, which is open now: another tab has gone on with the workspace, or deleted it.
    InCopy,
}

impl<S: Store> Workspaces<S> {
    /// The workspaces of this store, for a tab with this token: letters and digits.
    pub fn new(store: S, token: String) -> Self {
        Self {
            store,
            token,
            begun: 0,
            current: Current::default(),
        }
    }

    /// Begins a workspace for a run. The one that was open stays, unless nothing was done in it, and
    /// nobody gave it a name. The store has the new one with the first save.
    pub fn begin(&mut self, name: &str, document: &Document) {
        let is_spare = self.current.inputs == 0 && !self.current.header.is_named;
        if !is_spare || self.current.id.is_empty() || !self.is_ours() {
            self.current = Current {
                id: self.fresh_id(),
                ..Current::default()
            };
        }
        self.current.header.name = shelf::fitting(name);
        self.current.inputs = document.recording.inputs.len();
        self.close_journal();
    }

    /// Opens a workspace; the store stays as it is until something is saved.
    ///
    /// # Errors
    /// What the store says, or [`StoreError::Missing`] if nothing of it can be read.
    pub fn open(&mut self, id: &str) -> Result<Restored, StoreError> {
        let text = self.store.get(&header_key(id))?;
        let header = text.as_deref().and_then(Header::read);
        let (Some(text), Some(header)) = (text, header) else {
            return Err(StoreError::Missing);
        };
        let generation = header.generation(id);
        let whole = self.store.get(&generation.whole_key())?;
        let Some(mut document) = whole.as_deref().and_then(unpack_document) else {
            self.mark_damaged(id, header);
            return Err(StoreError::Missing);
        };
        let mut next_entry = 0;
        let mut is_damaged = false;
        while let Some(entry) = self.store.get(&generation.entry_key(next_entry))? {
            let change = Change::read(&entry);
            let fits = change.is_some_and(|change| change.apply(&mut document));
            if !fits {
                is_damaged = true;
                break;
            }
            next_entry += 1;
        }
        let playhead = self.store.get(&generation.playhead_key())?;
        if let Some(at) = playhead.and_then(|text| playhead_after(next_entry, &text)) {
            // One that stands nowhere is no loss.
            let _stands = document.stand_at(at).is_ok();
        }
        self.current = Current {
            id: id.to_owned(),
            header,
            kept: Some(Kept {
                header: text,
                next_entry,
                is_open: false,
            }),
            inputs: document.recording.inputs.len(),
        };
        if is_damaged {
            // It stays as it is, and what could be read goes on elsewhere.
            let header = self.current.header.clone();
            self.mark_damaged(id, header);
            self.leave_for_copy();
        } else {
            // Only where to look first when the page opens next.
            let _best_effort = self.store.set(LAST, id);
        }
        Ok(Restored {
            document,
            is_damaged,
        })
    }

    /// The workspace that was opened or saved last, in whatever tab.
    ///
    /// # Errors
    /// What the store says.
    pub fn last(&self) -> Result<Option<String>, StoreError> {
        self.store.get(LAST)
    }

    /// Keeps a change of the run. `whole` tells the run with the change in it.
    ///
    /// # Errors
    /// What the store says. What it had it still has; the next save tries to keep the whole.
    pub fn save(
        &mut self,
        change: &Change,
        whole: impl FnOnce() -> Document,
        now_ms: u64,
    ) -> Result<Saved, StoreError> {
        self.current.inputs = change.keep + change.inputs.len();
        if !self.is_ours() {
            return self.save_whole(&whole(), now_ms);
        }
        let place = match &self.current.kept {
            Some(kept) if kept.is_open => kept.next_entry,
            Some(_) | None => return self.save_whole(&whole(), now_ms),
        };
        if place > 0 && place % JOURNAL_MAX == 0 {
            let saved = self.save_whole(&whole(), now_ms);
            // Where there is no room for a whole, there may be some for the journal.
            if saved.is_ok() {
                return saved;
            }
        }
        let key = self.generation().entry_key(place);
        match self.set(&key, &change.write()) {
            Ok(()) => {
                if let Some(kept) = &mut self.current.kept {
                    kept.next_entry += 1;
                    kept.is_open = true;
                }
                Ok(Saved::Here)
            }
            Err(error) => {
                self.close_journal();
                Err(error)
            }
        }
    }

    /// Keeps the whole run, as after a change that is none of its inputs.
    ///
    /// # Errors
    /// What the store says. What it had it still has.
    pub fn save_whole(&mut self, whole: &Document, now_ms: u64) -> Result<Saved, StoreError> {
        self.current.inputs = whole.recording.inputs.len();
        let is_copy = !self.is_ours_to_take();
        if is_copy {
            self.leave_for_copy();
        }
        let before = self.current.kept.is_some().then(|| self.generation());
        let mut header = self.current.header.clone();
        header.generation += 1;
        header.writer.clone_from(&self.token);
        header.saved_ms = now_ms;
        let generation = header.generation(&self.current.id);
        let text = header.write();
        self.close_journal();
        // What stood here was of a whole that was not finished.
        self.clear(&generation);
        self.set(&generation.whole_key(), &pack_document(whole))?;
        if let Err(error) = self.set(&header_key(&self.current.id), &text) {
            self.clear(&generation);
            return Err(error);
        }
        if let Some(before) = before {
            self.clear(&before);
        }
        let _best_effort = self.store.set(LAST, &self.current.id);
        self.current.header = header;
        self.current.kept = Some(Kept {
            header: text,
            next_entry: 0,
            is_open: true,
        });
        Ok(if is_copy { Saved::InCopy } else { Saved::Here })
    }

    /// Keeps where the playhead stands, if the run is kept by this tab; else the run has to be first.
    ///
    /// # Errors
    /// What the store says.
    pub fn save_playhead(
        &mut self,
        at: Time,
        whole: impl FnOnce() -> Document,
        now_ms: u64,
    ) -> Result<Saved, StoreError> {
        let kept = self.current.kept.as_ref().filter(|kept| kept.is_open);
        match kept {
            Some(kept) if self.is_ours() => {
                let text = format!("{} {}", kept.next_entry, at.as_ms());
                let key = self.generation().playhead_key();
                self.set(&key, &text)?;
                Ok(Saved::Here)
            }
            Some(_) | None => self.save_whole(&whole(), now_ms),
        }
    }

    /// The id of the workspace that is open.
    pub fn id(&self) -> &str {
        &self.current.id
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.current.header.name
    }

    /// The store, to look at.
    pub fn store(&self) -> &S {
        &self.store
    }

    /// Whether the store's copy is as this tab left it, and this tab wrote it.
    fn is_ours(&self) -> bool {
        self.current.header.writer == self.token && self.is_as_we_know_it()
            || self.current.kept.is_none()
    }

    /// Whether nobody has gone on with it since we wrote or read it.
    fn is_ours_to_take(&self) -> bool {
        let Some(kept) = &self.current.kept else {
            return true;
        };
        let next = self.generation().entry_key(kept.next_entry);
        let has_grown = self.current.header.writer != self.token
            && self.store.get(&next).is_ok_and(|entry| entry.is_some());
        self.is_as_we_know_it() && !has_grown
    }

    fn is_as_we_know_it(&self) -> bool {
        let Some(kept) = &self.current.kept else {
            return false;
        };
        match self.store.get(&header_key(&self.current.id)) {
            Ok(header) => header.as_deref() == Some(&kept.header),
            // Nobody else can write either.
            Err(_) => true,
        }
    }

    /// Goes on under an id and a name of its own.
    fn leave_for_copy(&mut self) {
        let name = self.free_name(&self.current.header.name);
        self.current = Current {
            id: self.fresh_id(),
            header: Header {
                name,
                is_named: self.current.header.is_named,
                ..Header::default()
            },
            kept: None,
            inputs: self.current.inputs,
        };
    }

    fn close_journal(&mut self) {
        if let Some(kept) = &mut self.current.kept {
            kept.is_open = false;
        }
    }

    fn generation(&self) -> Generation {
        self.current.header.generation(&self.current.id)
    }

    fn fresh_id(&mut self) -> String {
        loop {
            self.begun += 1;
            let id = format!("{}-{}", self.token, self.begun);
            let is_taken = self.store.get(&header_key(&id));
            if !is_taken.is_ok_and(|header| header.is_some()) {
                return id;
            }
        }
    }

    /// Writes; if the store is full, after it was rid of what is of no use any more.
    fn set(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        match self.store.set(key, value) {
            Err(StoreError::Full) if self.sweep() => self.store.set(key, value),
            other => other,
        }
    }

    /// Removes a generation to which no header leads.
    fn clear(&mut self, generation: &Generation) {
        let Ok(keys) = self.store.keys() else {
            return;
        };
        for key in keys.iter().filter(|key| generation.has(key)) {
            let _best_effort = self.store.remove(key);
        }
    }

    /// Removes generations to which no header leads any more, which are left when a tab ends in the
    /// middle of a save. Whether there were any.
    fn sweep(&mut self) -> bool {
        let Ok(keys) = self.store.keys() else {
            return false;
        };
        let mut found = false;
        for id in keys.iter().filter_map(|key| key.strip_prefix(HEADERS)) {
            let header = self.store.get(&header_key(id)).ok().flatten();
            let Some(header) = header.as_deref().and_then(Header::read) else {
                continue;
            };
            if header.is_damaged {
                continue;
            }
            let newest = header.generation(id);
            for key in keys.iter().filter(|key| newest.replaces(key)) {
                found |= self.store.remove(key).is_ok();
            }
        }
        found
    }
}

/// Where the playhead was put after this many changes; what a later change says counts more.
fn playhead_after(entries: u64, text: &str) -> Option<Time> {
    let (after, at) = text.split_once(' ')?;
    let is_newest = after.parse() == Ok(entries);
    is_newest.then_some(Time::from_ms(at.parse().ok()?))
}
