//! The names of queue attributes.

use std::str::FromStr;

macro_rules! attribute_names {
    ($($name:ident: $kind:ident,)*) => {
        /// The name of a queue attribute, as AWS spells it.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub enum AttributeName {
            $(#[doc = concat!("`", stringify!($name), "`")] $name,)*
        }

        impl AttributeName {
            /// All names in alphabetical order.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The name as text.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)*
                }
            }

            /// Whether it can be set on a queue that is there; some only on FIFO queues.
            pub fn is_changeable(self, on_fifo_queue: bool) -> bool {
                match self.kind() {
                    AttributeKind::ReadOnly => false,
                    AttributeKind::Any => true,
                    AttributeKind::Fifo => on_fifo_queue && self != Self::FifoQueue,
                }
            }

            pub(super) fn kind(self) -> AttributeKind {
                match self {
                    $(Self::$name => AttributeKind::$kind,)*
                }
            }
        }

        impl FromStr for AttributeName {
            type Err = ();

            fn from_str(text: &str) -> Result<Self, ()> {
                match text {
                    $(stringify!($name) => Ok(Self::$name),)*
                    _ => Err(()),
                }
            }
        }
    };
}

/// Who may set an attribute.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum AttributeKind {
    ReadOnly,
    Any,
    Fifo,
}

attribute_names! {
    ApproximateNumberOfMessages: ReadOnly,
    ApproximateNumberOfMessagesDelayed: ReadOnly,
    ApproximateNumberOfMessagesNotVisible: ReadOnly,
    ContentBasedDeduplication: Fifo,
    CreatedTimestamp: ReadOnly,
    DeduplicationScope: Fifo,
    DelaySeconds: Any,
    FifoQueue: Fifo,
    FifoThroughputLimit: Fifo,
    KmsDataKeyReusePeriodSeconds: Any,
    KmsMasterKeyId: Any,
    LastModifiedTimestamp: ReadOnly,
    MaximumMessageSize: Any,
    MessageRetentionPeriod: Any,
    Policy: Any,
    QueueArn: ReadOnly,
    ReceiveMessageWaitTimeSeconds: Any,
    RedriveAllowPolicy: Any,
    RedrivePolicy: Any,
    SqsManagedSseEnabled: Any,
    VisibilityTimeout: Any,
}

/// `Unknown Attribute Foobar.` `[A]`
pub(super) fn unknown_attribute(name: &str) -> String {
    format!("Unknown Attribute {name}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_alphabetical_order() {
        assert!(AttributeName::ALL.is_sorted_by_key(|name| name.as_str()));
    }
}
