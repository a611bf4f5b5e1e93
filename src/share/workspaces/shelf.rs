//! What can be done with workspaces as a whole: list, rename, duplicate, delete.

use super::keys::{Generation, HEADERS, header_key, id_of};
use super::{NAME_MAX, Store, StoreError, Workspaces};
use crate::json::{self, AsMember, Json, members};

/// What is known of a workspace without its run.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Header {
    pub(super) name: String,
    /// Whether a person gave it its name.
    pub(super) is_named: bool,
    /// Whether something of it can't be read.
    pub(super) is_damaged: bool,
    /// When a whole of it was saved, in milliseconds since the epoch, by the browser's clock.
    pub(super) saved_ms: u64,
    /// Which tab wrote it.
    pub(super) writer: String,
    /// How often a whole was written.
    pub(super) generation: u64,
}

members! {
    Header {
        name required,
        is_named,
        is_damaged,
        saved_ms,
        writer required,
        generation required,
    }
}

impl Header {
    pub(super) fn write(&self) -> String {
        json::compact(&self.member())
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        let mut header = Self::default();
        json::fill(header.place(), json::parse(text).ok()?).ok()?;
        Some(header)
    }

    pub(super) fn generation(&self, id: &str) -> Generation {
        Generation {
            id: id.to_owned(),
            writer: self.writer.clone(),
            number: self.generation,
        }
    }
}

/// A workspace in a list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Listed {
    /// Names it in the store.
    pub id: String,
    /// Names it for people.
    pub name: String,
    /// When a whole of it was saved, in milliseconds since the epoch, by the browser's clock.
    pub saved_ms: u64,
    /// Whether something of it can't be read.
    pub is_damaged: bool,
    /// What it takes in the store, in bytes; UTF-16, as browsers count.
    pub bytes: usize,
}

/// A workspace that was deleted, to put back.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Deleted {
    /// What it was called.
    pub name: String,
    texts: Vec<(String, String)>,
}

/// A name without what no list can show, and not too long.
pub(super) fn fitting(name: &str) -> String {
    let visible: String = name
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    let words: Vec<&str> = visible.split_whitespace().collect();
    words.join(" ").chars().take(NAME_MAX).collect()
}

impl<S: Store> Workspaces<S> {
    /// All workspaces, the newest first.
    ///
    /// # Errors
    /// What the store says.
    pub fn list(&self) -> Result<Vec<Listed>, StoreError> {
        let mut list: Vec<Listed> = Vec::new();
        for key in self.store.keys()? {
            let Some(id) = id_of(&key) else {
                continue;
            };
            let Some(text) = self.store.get(&key)? else {
                continue;
            };
            let at = list.iter().position(|listed| listed.id == id);
            let at = at.unwrap_or_else(|| {
                // Without a header it is damaged, and its id is all that is known.
                list.push(Listed {
                    id: id.to_owned(),
                    name: id.to_owned(),
                    saved_ms: 0,
                    is_damaged: true,
                    bytes: 0,
                });
                list.len() - 1
            });
            let listed = &mut list[at];
            listed.bytes += 2 * (key.encode_utf16().count() + text.encode_utf16().count());
            if key.starts_with(HEADERS)
                && let Some(header) = Header::read(&text)
            {
                listed.name = header.name;
                listed.saved_ms = header.saved_ms;
                listed.is_damaged = header.is_damaged;
            }
        }
        list.sort_by(|one, other| {
            let newest_first = other.saved_ms.cmp(&one.saved_ms);
            newest_first.then_with(|| one.id.cmp(&other.id))
        });
        Ok(list)
    }

    /// Calls a workspace otherwise.
    ///
    /// # Errors
    /// What the store says; [`StoreError::Missing`] if the name is empty, or there is no such workspace.
    pub fn rename(&mut self, id: &str, name: &str) -> Result<(), StoreError> {
        let name = fitting(name);
        if name.is_empty() {
            return Err(StoreError::Missing);
        }
        let is_current = id == self.current.id;
        if is_current && self.current.kept.is_none() {
            self.current.header.name = name;
            self.current.header.is_named = true;
            return Ok(());
        }
        let text = self.store.get(&header_key(id))?;
        let mut header = text
            .as_deref()
            .and_then(Header::read)
            .ok_or(StoreError::Missing)?;
        header.name.clone_from(&name);
        header.is_named = true;
        let written = header.write();
        self.set(&header_key(id), &written)?;
        if is_current {
            self.current.header.name = name;
            self.current.header.is_named = true;
            if let Some(kept) = &mut self.current.kept
                && Some(&kept.header) == text.as_ref()
            {
                kept.header = written;
            }
        }
        Ok(())
    }

    /// Copies a workspace, under a name of its own, and returns the copy's id.
    ///
    /// # Errors
    /// What the store says; nothing is copied then.
    pub fn duplicate(&mut self, id: &str, now_ms: u64) -> Result<String, StoreError> {
        let text = self.store.get(&header_key(id))?;
        let header = text.as_deref().and_then(Header::read);
        let mut header = header.ok_or(StoreError::Missing)?;
        let source = header.generation(id);
        let copy = self.fresh_id();
        header.name = self.free_name(&header.name);
        header.is_named = true;
        header.saved_ms = now_ms;
        let target = header.generation(&copy);
        let copied = self.copy(&source, &target);
        let copied = copied.and_then(|()| self.set(&header_key(&copy), &header.write()));
        if let Err(error) = copied {
            self.clear(&target);
            return Err(error);
        }
        Ok(copy)
    }

    /// Deletes a workspace. What was deleted can be put back with [`Self::put_back`].
    ///
    /// # Errors
    /// What the store says.
    pub fn delete(&mut self, id: &str) -> Result<Deleted, StoreError> {
        let listed = self.list()?.into_iter().find(|listed| listed.id == id);
        let name = listed.ok_or(StoreError::Missing)?.name;
        let texts = self.texts(id)?;
        for (key, _) in &texts {
            self.store.remove(key)?;
        }
        if id == self.current.id {
            // What is open stays open, and is kept anew with the next save.
            self.current.id = self.fresh_id();
            self.current.kept = None;
        }
        Ok(Deleted { name, texts })
    }

    /// Puts back what was deleted.
    ///
    /// # Errors
    /// What the store says; nothing is put back then.
    pub fn put_back(&mut self, deleted: &Deleted) -> Result<(), StoreError> {
        for (key, text) in &deleted.texts {
            if let Err(error) = self.set(key, text) {
                for (key, _) in &deleted.texts {
                    let _best_effort = self.store.remove(key);
                }
                return Err(error);
            }
        }
        Ok(())
    }

    /// Everything that the store has of a workspace, as JSON: for what can't be read otherwise.
    ///
    /// # Errors
    /// What the store says.
    pub fn raw(&self, id: &str) -> Result<String, StoreError> {
        let texts = self.texts(id)?;
        let members = texts
            .into_iter()
            .map(|(key, text)| (key, Json::Text(text)))
            .collect();
        Ok(json::pretty(&Json::Object(members).member()))
    }

    /// Says in the header that something can't be read; nothing else is touched.
    pub(super) fn mark_damaged(&mut self, id: &str, mut header: Header) {
        header.is_damaged = true;
        let _best_effort = self.store.set(&header_key(id), &header.write());
    }

    /// The name, or the same with the next free number.
    pub(super) fn free_name(&self, name: &str) -> String {
        let list = self.list().unwrap_or_default();
        let is_taken = |name: &str| list.iter().any(|listed| listed.name == name);
        let stem = match name.rsplit_once(" (") {
            Some((stem, number)) if number.trim_end_matches(')').parse::<u32>().is_ok() => stem,
            _ => name,
        };
        let mut names = (2_u64..).map(|number| format!("{stem} ({number})"));
        let free = names.find(|name| !is_taken(name));
        free.unwrap_or_else(|| name.to_owned())
    }

    fn copy(&mut self, source: &Generation, target: &Generation) -> Result<(), StoreError> {
        for (key, text) in self.texts(&source.id)? {
            if source.has(&key) {
                let name = key.rsplit('/').next().unwrap_or_default();
                self.set(&target.key(name), &text)?;
            }
        }
        Ok(())
    }

    fn texts(&self, id: &str) -> Result<Vec<(String, String)>, StoreError> {
        let mut texts = Vec::new();
        for key in self.store.keys()? {
            if id_of(&key) == Some(id)
                && let Some(text) = self.store.get(&key)?
            {
                texts.push((key, text));
            }
        }
        Ok(texts)
    }
}
