//! What keeps texts under keys, such as a browser's local storage. It answers at once: what was set
//! is kept when the call returns.

use std::fmt;

/// Keeps texts under keys.
pub trait Store {
    /// The text under a key.
    ///
    /// # Errors
    /// [`StoreError::Denied`].
    fn get(&self, key: &str) -> Result<Option<String>, StoreError>;

    /// Puts a text under a key, in place of another; all of it, or nothing is changed.
    ///
    /// # Errors
    /// A [`StoreError`].
    fn set(&mut self, key: &str, text: &str) -> Result<(), StoreError>;

    /// Removes a key, if it is there.
    ///
    /// # Errors
    /// [`StoreError::Denied`].
    fn remove(&mut self, key: &str) -> Result<(), StoreError>;

    /// All keys, in any order.
    ///
    /// # Errors
    /// [`StoreError::Denied`].
    fn keys(&self) -> Result<Vec<String>, StoreError>;
}

/// What a store can't do.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum StoreError {
    /// There is no more room.
    Full,
    /// It keeps nothing for us.
    Denied,
    /// It has not what was asked for, or it can't be read.
    Missing,
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full => "the store is full",
            Self::Denied => "the store keeps nothing for this page",
            Self::Missing => "the store has nothing that can be read",
        })
    }
}

impl std::error::Error for StoreError {}
