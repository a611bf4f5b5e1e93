//! The words of errors that differ between a single request and an entry of a batch.

use super::validate::{check_id, is_legal_id};
use super::{Error, ErrorCode};

/// Where a parameter is found.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Wording {
    /// In the request for a single message.
    Single,
    /// In an entry of a batch.
    Entry {
        /// The entry's shape.
        name: &'static str,
        /// From 1.
        number: usize,
    },
}

impl Wording {
    /// `MissingParameter`; of an entry, with its number `[T]`.
    pub(super) fn missing(self, parameter: &str) -> Error {
        match self {
            Self::Single => Error::missing(parameter),
            Self::Entry { name, number } => Error::missing(&format!("{name}.{number}.{parameter}")),
        }
    }

    /// A send to a FIFO queue without `MessageGroupId`: in a batch with another code, and without
    /// the entry's number `[A]`.
    pub(super) fn missing_group_id(self) -> Error {
        let error = Error::missing("MessageGroupId");
        match self {
            Self::Single => error,
            Self::Entry { .. } => Error::new(ErrorCode::InvalidParameterValue, error.message),
        }
    }

    /// Checks an id of a message group or a deduplication; an entry's error leaves out the value
    /// `[T]`.
    ///
    /// # Errors
    /// `InvalidParameterValue`.
    pub(super) fn check_id(self, parameter: &str, id: &str) -> Result<(), Error> {
        match self {
            Self::Single => check_id(parameter, id),
            Self::Entry { .. } if is_legal_id(id) => Ok(()),
            Self::Entry { .. } => Err(Error::new(
                ErrorCode::InvalidParameterValue,
                format!(
                    "{parameter} can only include alphanumeric and punctuation characters. \
                     1 to 128 in length"
                ),
            )),
        }
    }

    /// `MessageDeduplicationId` on a standard queue `[T]`.
    pub(super) fn deduplication_id_on_standard_queue(self) -> Error {
        let text = match self {
            Self::Single => {
                "The request include parameter MessageDeduplicationId which is not valid for this \
                 queue type"
            }
            Self::Entry { .. } => {
                "The request include parameter that is not valid for this queue type"
            }
        };
        Error::new(ErrorCode::InvalidParameterValue, text)
    }

    /// A message of more than `limit` bytes `[A]`.
    pub(super) fn message_too_long(self, limit: u32) -> Error {
        let parameters = match self {
            Self::Single => "are invalid",
            Self::Entry { .. } => "cannot be validated",
        };
        Error::new(
            ErrorCode::InvalidParameterValue,
            format!(
                "One or more parameters {parameters}. \
                 Reason: Message must be shorter than {limit} bytes."
            ),
        )
    }

    /// `StringListValues` or `BinaryListValues`; the text for entries is our choice `[I]`.
    pub(super) fn list_values(self) -> Error {
        let action = match self {
            Self::Single => "SendMessage",
            Self::Entry { .. } => "SendMessageBatch",
        };
        Error::new(
            ErrorCode::UnsupportedOperation,
            format!("Message attribute list values in {action} operation are not supported."),
        )
    }

    /// A visibility timeout out of its range `[T]`.
    pub(super) fn visibility_timeout_out_of_range(self, seconds: i64) -> Error {
        let reason = match self {
            Self::Single => "Must be between 0 and 43200.",
            Self::Entry { .. } => "VisibilityTimeout must be an integer between 0 and 43200.",
        };
        Error::invalid("VisibilityTimeout", seconds, reason)
    }
}
