//! The service's errors: AWS's shape, query code, status and text.

use std::fmt;

/// A request that the service refused.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Error {
    /// Which error.
    pub code: ErrorCode,
    /// AWS's text for people.
    pub message: String,
}

/// Who at AWS made the shape of an error.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Maker {
    /// SQS itself.
    Sqs,
    /// The framework that all services share.
    Framework,
}

macro_rules! error_codes {
    ($($(#[$doc:meta])* $variant:ident = $maker:ident, $shape:literal, $query_code:literal, $status:literal;)*) => {
        /// AWS's errors, by the names of their shapes.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub enum ErrorCode {
            $($(#[$doc])* $variant,)*
        }

        impl ErrorCode {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The shape's name, as in `__type` of a JSON error after its namespace and `#`.
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

            /// The shape's namespace: `__type` of a JSON error before `#`.
            pub fn namespace(self) -> &'static str {
                let maker = match self {
                    $(Self::$variant => Maker::$maker,)*
                };
                match maker {
                    Maker::Sqs => "com.amazonaws.sqs",
                    Maker::Framework => "com.amazon.coral.service",
                }
            }
        }
    };
}

error_codes! {
    /// The request is not signed.
    AccessDenied = Framework, "AccessDeniedException", "AccessDenied", 403;
    /// Two entries of a batch have one id.
    BatchEntryIdsNotDistinct = Sqs, "BatchEntryIdsNotDistinct", "AWS.SimpleQueueService.BatchEntryIdsNotDistinct", 400;
    /// The messages of a batch are too long together.
    BatchRequestTooLong = Sqs, "BatchRequestTooLong", "AWS.SimpleQueueService.BatchRequestTooLong", 400;
    /// A batch without entries.
    EmptyBatchRequest = Sqs, "EmptyBatchRequest", "AWS.SimpleQueueService.EmptyBatchRequest", 400;
    /// Parts of the signature are absent.
    IncompleteSignature = Framework, "IncompleteSignatureException", "IncompleteSignature", 400;
    /// The account id is not valid.
    InvalidAddress = Sqs, "InvalidAddress", "InvalidAddress", 404;
    /// An attribute that does not exist, or not for this type of queue.
    InvalidAttributeName = Sqs, "InvalidAttributeName", "InvalidAttributeName", 400;
    /// We have failed; no fault of the caller's.
    InternalFailure = Framework, "InternalFailure", "InternalFailure", 500;
    /// A queue attribute's value is malformed or out of range.
    InvalidAttributeValue = Sqs, "InvalidAttributeValue", "InvalidAttributeValue", 400;
    /// The id of a batch's entry has other characters than it may have, or too many.
    InvalidBatchEntryId = Sqs, "InvalidBatchEntryId", "AWS.SimpleQueueService.InvalidBatchEntryId", 400;
    /// Deprecated by AWS.
    InvalidIdFormat = Sqs, "InvalidIdFormat", "InvalidIdFormat", 400;
    /// The body has characters that XML does not allow.
    InvalidMessageContents = Sqs, "InvalidMessageContents", "InvalidMessageContents", 400;
    /// A parameter's value is malformed or out of range.
    InvalidParameterValue = Framework, "InvalidParameterValueException", "InvalidParameterValue", 400;
    /// The request did not come by HTTPS, or with another signature than SQS takes.
    InvalidSecurity = Sqs, "InvalidSecurity", "InvalidSecurity", 403;
    /// The signature is wrong, or too old.
    InvalidSignature = Framework, "InvalidSignatureException", "SignatureDoesNotMatch", 403;
    /// The caller may not use the key.
    KmsAccessDenied = Sqs, "KmsAccessDenied", "KMS.AccessDeniedException", 400;
    /// The key is disabled.
    KmsDisabled = Sqs, "KmsDisabled", "KMS.DisabledException", 400;
    /// The key does not serve this.
    KmsInvalidKeyUsage = Sqs, "KmsInvalidKeyUsage", "KMS.InvalidKeyUsageException", 400;
    /// The state of the key does not allow this.
    KmsInvalidState = Sqs, "KmsInvalidState", "KMS.InvalidStateException", 400;
    /// No such key.
    KmsNotFound = Sqs, "KmsNotFound", "KMS.NotFoundException", 400;
    /// The account lacks a subscription.
    KmsOptInRequired = Sqs, "KmsOptInRequired", "KMS.OptInRequired", 403;
    /// Too many calls to KMS.
    KmsThrottled = Sqs, "KmsThrottled", "KMS.ThrottlingException", 400;
    /// The request is not what the wire's grammar asks for.
    MalformedInput = Framework, "SerializationException", "MalformedInput", 400;
    /// The message is not in flight; never seen on AWS.
    MessageNotInflight = Sqs, "MessageNotInflight", "AWS.SimpleQueueService.MessageNotInflight", 400;
    /// A parameter that the action needs is absent.
    MissingParameter = Framework, "MissingRequiredParameterException", "MissingParameter", 400;
    /// Too many messages in flight, or too much in a policy.
    OverLimit = Sqs, "OverLimit", "OverLimit", 403;
    /// The queue was purged less than a minute ago.
    PurgeQueueInProgress = Sqs, "PurgeQueueInProgress", "AWS.SimpleQueueService.PurgeQueueInProgress", 403;
    /// A queue of this name was deleted less than a minute ago.
    QueueDeletedRecently = Sqs, "QueueDeletedRecently", "AWS.SimpleQueueService.QueueDeletedRecently", 400;
    /// No such queue.
    QueueDoesNotExist = Sqs, "QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue", 400;
    /// The name is taken by a queue with other attributes.
    QueueNameExists = Sqs, "QueueNameExists", "QueueAlreadyExists", 400;
    /// The text is not a receipt handle of this queue.
    ReceiptHandleIsInvalid = Sqs, "ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid", 404;
    /// More bytes than the wire takes; AWS's own shape is not known `[I]`.
    RequestEntityTooLarge = Framework, "RequestEntityTooLargeException", "RequestEntityTooLarge", 413;
    /// Too many calls in a second.
    RequestThrottled = Sqs, "RequestThrottled", "RequestThrottled", 403;
    /// What a move task needs is not there.
    ResourceNotFound = Sqs, "ResourceNotFoundException", "ResourceNotFoundException", 404;
    /// Not now: there is no room, or the server is about to stop.
    ServiceUnavailable = Framework, "ServiceUnavailableException", "ServiceUnavailable", 503;
    /// A batch of more than ten entries.
    TooManyEntriesInBatchRequest = Sqs, "TooManyEntriesInBatchRequest", "AWS.SimpleQueueService.TooManyEntriesInBatchRequest", 400;
    /// No such action.
    UnknownOperation = Framework, "UnknownOperationException", "InvalidAction", 400;
    /// No such access key.
    UnrecognizedClient = Framework, "UnrecognizedClientException", "InvalidClientTokenId", 403;
    /// SQS does not do this.
    UnsupportedOperation = Sqs, "UnsupportedOperation", "AWS.SimpleQueueService.UnsupportedOperation", 400;
}

impl ErrorCode {
    /// Who is to blame, as the wire calls them.
    pub fn fault(self) -> &'static str {
        if self.status() < 500 {
            "Sender"
        } else {
            "Receiver"
        }
    }
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
