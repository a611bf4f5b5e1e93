//! What the batch actions share: the checks of a whole request, and what an entry comes to.

use super::api::{
    BatchResultEntry, BatchResultErrorEntry, ChangeMessageVisibilityBatchRequestEntry,
    DeleteMessageBatchRequestEntry, SendMessageBatchRequestEntry,
};
use super::wording::Wording;
use super::{Error, ErrorCode};

const ENTRIES_MAX: usize = 10;
const ID_LENGTH_MAX: usize = 80;
/// Bytes of all messages of a batch, whatever `MaximumMessageSize` is `[A]`.
const SIZE_MAX: usize = 1_048_576;

/// An entry of a batch.
pub(super) trait BatchEntry {
    /// The name of its shape, which is part of some texts.
    const NAME: &'static str;

    /// The caller's name for it.
    fn given_id(&self) -> Option<&str>;
}

macro_rules! batch_entries {
    ($($entry:ident,)*) => {
        $(impl BatchEntry for $entry {
            const NAME: &'static str = stringify!($entry);

            fn given_id(&self) -> Option<&str> {
                self.id.as_deref()
            }
        })*
    };
}

batch_entries! {
    ChangeMessageVisibilityBatchRequestEntry,
    DeleteMessageBatchRequestEntry,
    SendMessageBatchRequestEntry,
}

/// An entry whose id is well-formed, and unlike that of any other.
pub(super) struct CheckedEntry<'a, E> {
    pub(super) id: &'a str,
    pub(super) entry: &'a E,
    pub(super) wording: Wording,
}

/// Checks the number of entries and their ids; what fails here fails the whole request. The order
/// of these checks is our choice `[I]`.
///
/// # Errors
/// `MissingParameter` if there are no entries or an id is absent, and the errors that are named
/// after the batch.
pub(super) fn check_entries<E: BatchEntry>(
    entries: Option<&Vec<E>>,
) -> Result<Vec<CheckedEntry<'_, E>>, Error> {
    let entries = entries.ok_or_else(|| Error::missing("Entries"))?;
    let count = entries.len();
    if count == 0 {
        let name = E::NAME;
        return Err(Error::new(
            ErrorCode::EmptyBatchRequest,
            format!("There should be at least one {name} in the request."),
        ));
    }
    if count > ENTRIES_MAX {
        return Err(Error::new(
            ErrorCode::TooManyEntriesInBatchRequest,
            format!(
                "Maximum number of entries per request are {ENTRIES_MAX}. You have sent {count}."
            ),
        ));
    }
    let checked: Vec<_> = entries
        .iter()
        .zip(1..)
        .map(|(entry, number)| check_id(entry, number))
        .collect::<Result<_, _>>()?;
    let ids = || checked.iter().map(|checked| checked.id);
    match ids()
        .zip(0..)
        .find(|(id, place)| ids().take(*place).any(|other| other == *id))
    {
        None => Ok(checked),
        Some((id, _)) => Err(Error::new(
            ErrorCode::BatchEntryIdsNotDistinct,
            format!("Id {id} repeated."),
        )),
    }
}

fn check_id<E: BatchEntry>(entry: &E, number: usize) -> Result<CheckedEntry<'_, E>, Error> {
    let name = E::NAME;
    let wording = Wording::Entry { name, number };
    let id = entry.given_id().ok_or_else(|| wording.missing("Id"))?;
    let is_legal = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if id.is_empty() || id.len() > ID_LENGTH_MAX || !id.bytes().all(is_legal) {
        return Err(Error::new(
            ErrorCode::InvalidBatchEntryId,
            "A batch entry id can only contain alphanumeric characters, hyphens and underscores. \
             It can be at most 80 letters long.",
        ));
    }
    Ok(CheckedEntry { id, entry, wording })
}

/// Checks the size of all messages together.
///
/// # Errors
/// `BatchRequestTooLong`.
pub(super) fn check_total_size(bytes: usize) -> Result<(), Error> {
    if bytes <= SIZE_MAX {
        return Ok(());
    }
    Err(Error::new(
        ErrorCode::BatchRequestTooLong,
        format!(
            "Batch requests cannot be longer than {SIZE_MAX} bytes. You have sent {bytes} bytes."
        ),
    ))
}

/// Does the entries one after the other, and tells those that succeeded from those that failed.
pub(super) fn settle<E>(
    entries: &[CheckedEntry<'_, E>],
    mut each: impl FnMut(&CheckedEntry<'_, E>) -> Result<(), Error>,
) -> (Vec<BatchResultEntry>, Vec<BatchResultErrorEntry>) {
    let (mut successful, mut failed) = (Vec::new(), Vec::new());
    for checked in entries {
        match each(checked) {
            Ok(()) => successful.push(BatchResultEntry {
                id: checked.id.to_owned(),
            }),
            Err(error) => failed.push(failed_entry(checked.id, error)),
        }
    }
    (successful, failed)
}

/// How an entry that failed is answered. The caller is always to blame: this service has no
/// faults.
pub(super) fn failed_entry(id: &str, error: Error) -> BatchResultErrorEntry {
    BatchResultErrorEntry {
        code: error.code.query_code().to_owned(),
        id: id.to_owned(),
        message: Some(error.message),
        sender_fault: true,
    }
}
