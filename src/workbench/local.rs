//! The browser's local storage as a store.
//!
//! Rather than its database: a text is kept when the call returns, so that what was done is safe before
//! anything else happens, a crash included; and a run is small, packed a few kilobytes, so that the 5 MB
//! that browsers give hold hundreds.

use web_sys::Storage;

use crate::share::workspaces::{Store, StoreError};

#[derive(Debug)]
pub(super) struct Local;

impl Local {
    fn storage() -> Result<Storage, StoreError> {
        let window = web_sys::window().ok_or(StoreError::Denied)?;
        // Who denies storage throws here.
        let storage = window.local_storage().ok().flatten();
        storage.ok_or(StoreError::Denied)
    }
}

impl Store for Local {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        let found = Self::storage()?.get_item(key);
        found.map_err(|_| StoreError::Denied)
    }

    fn set(&mut self, key: &str, text: &str) -> Result<(), StoreError> {
        // That it is full is the only thing that a storage can say.
        let set = Self::storage()?.set_item(key, text);
        set.map_err(|_| StoreError::Full)
    }

    fn remove(&mut self, key: &str) -> Result<(), StoreError> {
        let removed = Self::storage()?.remove_item(key);
        removed.map_err(|_| StoreError::Denied)
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        let storage = Self::storage()?;
        let count = storage.length().map_err(|_| StoreError::Denied)?;
        let key = |place| storage.key(place).ok().flatten();
        Ok((0..count).filter_map(key).collect())
    }
}
