//! The service's errors: AWS's shape, query code, status and text.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A request that the service refused.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize, Deserialize)]
pub struct Error {
    /// Which error.
    pub code: ErrorCode,
    /// AWS's text for people.
    pub message: String,
}

macro_rules! error_codes {
    ($($(#[$doc:meta])* $variant:ident = $shape:literal, $query_code:literal, $status:literal;)*) => {
        /// AWS's errors, by the names of their shapes.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
        pub enum ErrorCode {
            $($(#[$doc])* $variant,)*
        }

        impl ErrorCode {
            /// The shape's name, as in `__type` of a JSON error.
            pub fn shape(self) -> &'static str {
                match self {
                    $(Self::$variant => $shape,)*
                }
            }

            /// What boto3 shows as `Error.Code`, from the header `x-amzn-query-error`.
            pub fn query_code(self) -> &'static str {
                match self {
                    $(Self::$variant => $query_code,)*
                }
            }

            /// The HTTP status.
            pub fn status(self) -> u16 {
                match self {
                    $(Self::$variant => $status,)*
                }
            }
        }
    };
}

error_codes! {
    /// An attribute that does not exist, or not for this type of queue.
    InvalidAttributeName = "InvalidAttributeName", "InvalidAttributeName", 400;
    /// A queue attribute's value is malformed or out of range.
    InvalidAttributeValue = "InvalidAttributeValue", "InvalidAttributeValue", 400;
    /// The body has characters that XML does not allow.
    InvalidMessageContents = "InvalidMessageContents", "InvalidMessageContents", 400;
    /// A parameter's value is malformed or out of range.
    InvalidParameterValue = "InvalidParameterValueException", "InvalidParameterValue", 400;
    /// The request is not what the wire's grammar asks for.
    MalformedInput = "SerializationException", "MalformedInput", 400;
    /// A parameter that the action needs is absent.
    MissingParameter = "MissingRequiredParameterException", "MissingParameter", 400;
    /// Too many messages in flight.
    OverLimit = "OverLimit", "OverLimit", 403;
    /// No such queue.
    QueueDoesNotExist = "QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue", 400;
    /// The name is taken by a queue with other attributes.
    QueueNameExists = "QueueNameExists", "QueueAlreadyExists", 400;
    /// The text is not a receipt handle of this queue.
    ReceiptHandleIsInvalid = "ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid", 404;
    /// SQS does not do this.
    UnsupportedOperation = "UnsupportedOperation", "AWS.SimpleQueueService.UnsupportedOperation", 400;
}

impl Error {
    /// An error with AWS's text.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }

    /// `InvalidParameterValue` in AWS's usual wording.
    pub(super) fn invalid(parameter: &str, value: impl fmt::Display, reason: &str) -> Self {
        Self::new(
            ErrorCode::InvalidParameterValue,
            format!("Value {value} for parameter {parameter} is invalid. Reason: {reason}"),
        )
    }

    /// `MissingParameter` for this parameter.
    pub(super) fn missing(parameter: &str) -> Self {
        Self::new(
            ErrorCode::MissingParameter,
            format!("The request must contain the parameter {parameter}."),
        )
    }

    /// `QueueDoesNotExist`.
    pub(super) fn no_such_queue() -> Self {
        Self::new(
            ErrorCode::QueueDoesNotExist,
            "The specified queue does not exist.",
        )
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.query_code(), self.message)
    }
}

impl std::error::Error for Error {}
