//! The actions as the clients know them: members in the order of AWS's model, with their types.
//!
//! The order is what options are listed in, what output is printed in, and what complaints name first. A test
//! compares the names with the requests and responses of the service.

/// The type of a value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Text,
    /// Text that is one of these, as far as is known.
    Word(&'static [&'static str]),
    Integer,
    Flag,
    Blob,
    List(&'static Kind),
    Map(&'static Kind),
    Structure(&'static Structure),
}

/// A type with members.
#[derive(Debug)]
pub(super) struct Structure {
    pub(super) members: &'static [Member],
}

#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) is_required: bool,
}

/// An action.
#[derive(Debug)]
pub(super) struct Operation {
    pub(super) name: &'static str,
    /// What it does, in one sentence.
    pub(super) about: &'static str,
    pub(super) input: Structure,
    pub(super) output: Structure,
    /// The member of the output whose elements are counted, if the CLI asks for page after page.
    pub(super) paged: Option<&'static str>,
}

impl Structure {
    pub(super) fn member(&self, name: &str) -> Option<&'static Member> {
        self.members.iter().find(|member| member.name == name)
    }
}

impl Operation {
    /// As the CLI spells it.
    pub(super) fn command(&self) -> String {
        option_name(self.name)
    }

    pub(super) fn find(command: &str) -> Option<&'static Self> {
        OPERATIONS
            .iter()
            .find(|operation| operation.command() == command)
    }
}

/// AWS's name in the CLI's spelling: `AWSAccountIds` has three words.
pub(super) fn option_name(name: &str) -> String {
    crate::cli::option_name(name)
}

use Kind::{Blob, Flag, Integer, Text};

macro_rules! structure {
    ($($name:literal $kind:expr $(, $required:ident)?;)*) => {
        Structure {
            members: &[$(Member {
                name: $name,
                kind: $kind,
                is_required: structure!(@ $($required)?),
            }),*],
        }
    };
    (@ required) => { true };
    (@) => { false };
}

macro_rules! operations {
    ($($name:literal $about:literal { $($input:tt)* } -> { $($output:tt)* } $(in $paged:literal)?)*) => {
        /// All of them, in AWS's order.
        pub(super) static OPERATIONS: &[Operation] = &[$(Operation {
            name: $name,
            about: $about,
            input: structure! { $($input)* },
            output: structure! { $($output)* },
            paged: operations!(@ $($paged)?),
        }),*];
    };
    (@ $paged:literal) => { Some($paged) };
    (@) => { None };
}

const TEXTS: Kind = Kind::List(&Text);
const TEXT_MAP: Kind = Kind::Map(&Text);

/// The attributes that a queue has.
pub(super) const QUEUE_ATTRIBUTES: &[&str] = &[
    "All",
    "Policy",
    "VisibilityTimeout",
    "MaximumMessageSize",
    "MessageRetentionPeriod",
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "CreatedTimestamp",
    "LastModifiedTimestamp",
    "QueueArn",
    "ApproximateNumberOfMessagesDelayed",
    "DelaySeconds",
    "ReceiveMessageWaitTimeSeconds",
    "RedrivePolicy",
    "FifoQueue",
    "ContentBasedDeduplication",
    "KmsMasterKeyId",
    "KmsDataKeyReusePeriodSeconds",
    "DeduplicationScope",
    "FifoThroughputLimit",
    "RedriveAllowPolicy",
    "SqsManagedSseEnabled",
];

const QUEUE_ATTRIBUTE_NAMES: Kind = Kind::List(&Kind::Word(QUEUE_ATTRIBUTES));
const SYSTEM_ATTRIBUTE_NAMES: Kind = Kind::List(&Kind::Word(&[
    "All",
    "SenderId",
    "SentTimestamp",
    "ApproximateReceiveCount",
    "ApproximateFirstReceiveTimestamp",
    "SequenceNumber",
    "MessageDeduplicationId",
    "MessageGroupId",
    "AWSTraceHeader",
    "DeadLetterQueueSourceArn",
]));

static ATTRIBUTE_VALUE: Structure = structure! {
    "StringValue" Text;
    "BinaryValue" Blob;
    "StringListValues" TEXTS;
    "BinaryListValues" Kind::List(&Blob);
    "DataType" Text, required;
};
const ATTRIBUTES: Kind = Kind::Map(&Kind::Structure(&ATTRIBUTE_VALUE));

static VISIBILITY_ENTRY: Structure = structure! {
    "Id" Text, required;
    "ReceiptHandle" Text, required;
    "VisibilityTimeout" Integer;
};
static DELETE_ENTRY: Structure = structure! {
    "Id" Text, required;
    "ReceiptHandle" Text, required;
};
static SEND_ENTRY: Structure = structure! {
    "Id" Text, required;
    "MessageBody" Text, required;
    "DelaySeconds" Integer;
    "MessageAttributes" ATTRIBUTES;
    "MessageSystemAttributes" ATTRIBUTES;
    "MessageDeduplicationId" Text;
    "MessageGroupId" Text;
};
static SUCCESS: Structure = structure! { "Id" Text; };
static FAILURE: Structure = structure! {
    "Id" Text;
    "SenderFault" Flag;
    "Code" Text;
    "Message" Text;
};
static SENT: Structure = structure! {
    "Id" Text;
    "MessageId" Text;
    "MD5OfMessageBody" Text;
    "MD5OfMessageAttributes" Text;
    "MD5OfMessageSystemAttributes" Text;
    "SequenceNumber" Text;
};
static MESSAGE: Structure = structure! {
    "MessageId" Text;
    "ReceiptHandle" Text;
    "MD5OfBody" Text;
    "Body" Text;
    "Attributes" TEXT_MAP;
    "MD5OfMessageAttributes" Text;
    "MessageAttributes" ATTRIBUTES;
};
static MOVE_TASK: Structure = structure! {
    "TaskHandle" Text;
    "Status" Text;
    "SourceArn" Text;
    "DestinationArn" Text;
    "MaxNumberOfMessagesPerSecond" Integer;
    "ApproximateNumberOfMessagesMoved" Integer;
    "ApproximateNumberOfMessagesToMove" Integer;
    "FailureReason" Text;
    "StartedTimestamp" Integer;
};
const FAILURES: Kind = Kind::List(&Kind::Structure(&FAILURE));
const SUCCESSES: Kind = Kind::List(&Kind::Structure(&SUCCESS));

operations! {
    "AddPermission" "Lets other accounts use a queue." {
        "QueueUrl" Text, required;
        "Label" Text, required;
        "AWSAccountIds" TEXTS, required;
        "Actions" TEXTS, required;
    } -> {}
    "CancelMessageMoveTask" "Ends a message move task that runs." {
        "TaskHandle" Text, required;
    } -> {
        "ApproximateNumberOfMessagesMoved" Integer;
    }
    "ChangeMessageVisibility" "Changes how long a received message stays hidden." {
        "QueueUrl" Text, required;
        "ReceiptHandle" Text, required;
        "VisibilityTimeout" Integer, required;
    } -> {}
    "ChangeMessageVisibilityBatch" "The same for up to ten messages." {
        "QueueUrl" Text, required;
        "Entries" Kind::List(&Kind::Structure(&VISIBILITY_ENTRY)), required;
    } -> {
        "Successful" SUCCESSES;
        "Failed" FAILURES;
    }
    "CreateQueue" "Creates a queue; its name ends in .fifo if it is a FIFO queue." {
        "QueueName" Text, required;
        "Attributes" TEXT_MAP;
        "tags" TEXT_MAP;
    } -> {
        "QueueUrl" Text;
    }
    "DeleteMessage" "Deletes a message that was received." {
        "QueueUrl" Text, required;
        "ReceiptHandle" Text, required;
    } -> {}
    "DeleteMessageBatch" "The same for up to ten messages." {
        "QueueUrl" Text, required;
        "Entries" Kind::List(&Kind::Structure(&DELETE_ENTRY)), required;
    } -> {
        "Successful" SUCCESSES;
        "Failed" FAILURES;
    }
    "DeleteQueue" "Deletes a queue with all its messages." {
        "QueueUrl" Text, required;
    } -> {}
    "GetQueueAttributes" "Tells a queue's settings and how many messages it has." {
        "QueueUrl" Text, required;
        "AttributeNames" QUEUE_ATTRIBUTE_NAMES;
    } -> {
        "Attributes" TEXT_MAP;
    }
    "GetQueueUrl" "Finds a queue's URL by its name." {
        "QueueName" Text, required;
        "QueueOwnerAWSAccountId" Text;
    } -> {
        "QueueUrl" Text;
    }
    "ListDeadLetterSourceQueues" "Lists the queues whose dead-letter queue this is." {
        "QueueUrl" Text, required;
        "NextToken" Text;
        "MaxResults" Integer;
    } -> {
        "queueUrls" TEXTS;
        "NextToken" Text;
    } in "queueUrls"
    "ListMessageMoveTasks" "Lists the newest message move tasks of a dead-letter queue." {
        "SourceArn" Text, required;
        "MaxResults" Integer;
    } -> {
        "Results" Kind::List(&Kind::Structure(&MOVE_TASK));
    }
    "ListQueueTags" "Lists a queue's tags." {
        "QueueUrl" Text, required;
    } -> {
        "Tags" TEXT_MAP;
    }
    "ListQueues" "Lists the queues, all or those whose names begin so." {
        "QueueNamePrefix" Text;
        "NextToken" Text;
        "MaxResults" Integer;
    } -> {
        "QueueUrls" TEXTS;
        "NextToken" Text;
    } in "QueueUrls"
    "PurgeQueue" "Deletes all messages of a queue." {
        "QueueUrl" Text, required;
    } -> {}
    "ReceiveMessage" "Receives up to ten messages; waits for the first if told to." {
        "QueueUrl" Text, required;
        "AttributeNames" QUEUE_ATTRIBUTE_NAMES;
        "MessageSystemAttributeNames" SYSTEM_ATTRIBUTE_NAMES;
        "MessageAttributeNames" TEXTS;
        "MaxNumberOfMessages" Integer;
        "VisibilityTimeout" Integer;
        "WaitTimeSeconds" Integer;
        "ReceiveRequestAttemptId" Text;
    } -> {
        "Messages" Kind::List(&Kind::Structure(&MESSAGE));
    }
    "RemovePermission" "Takes back what add-permission gave." {
        "QueueUrl" Text, required;
        "Label" Text, required;
    } -> {}
    "SendMessage" "Sends a message." {
        "QueueUrl" Text, required;
        "MessageBody" Text, required;
        "DelaySeconds" Integer;
        "MessageAttributes" ATTRIBUTES;
        "MessageSystemAttributes" ATTRIBUTES;
        "MessageDeduplicationId" Text;
        "MessageGroupId" Text;
    } -> {
        "MD5OfMessageBody" Text;
        "MD5OfMessageAttributes" Text;
        "MD5OfMessageSystemAttributes" Text;
        "MessageId" Text;
        "SequenceNumber" Text;
    }
    "SendMessageBatch" "Sends up to ten messages." {
        "QueueUrl" Text, required;
        "Entries" Kind::List(&Kind::Structure(&SEND_ENTRY)), required;
    } -> {
        "Successful" Kind::List(&Kind::Structure(&SENT));
        "Failed" FAILURES;
    }
    "SetQueueAttributes" "Changes a queue's settings." {
        "QueueUrl" Text, required;
        "Attributes" TEXT_MAP, required;
    } -> {}
    "StartMessageMoveTask" "Moves the messages of a dead-letter queue back, or elsewhere." {
        "SourceArn" Text, required;
        "DestinationArn" Text;
        "MaxNumberOfMessagesPerSecond" Integer;
    } -> {
        "TaskHandle" Text;
    }
    "TagQueue" "Adds tags to a queue." {
        "QueueUrl" Text, required;
        "Tags" TEXT_MAP, required;
    } -> {}
    "UntagQueue" "Removes tags from a queue." {
        "QueueUrl" Text, required;
        "TagKeys" TEXTS, required;
    } -> {}
}

/// Where a member with this name, of any output, stands among those beside it.
pub(super) fn known_orders() -> impl Iterator<Item = &'static Structure> {
    let nested = [
        &ATTRIBUTE_VALUE,
        &FAILURE,
        &SENT,
        &MESSAGE,
        &MOVE_TASK,
        &SUCCESS,
    ];
    nested
        .into_iter()
        .chain(OPERATIONS.iter().map(|operation| &operation.output))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqs::api::Request;

    #[test]
    fn the_model_names_the_members_of_the_requests() {
        let mut names: Vec<&str> = OPERATIONS.iter().map(|operation| operation.name).collect();
        names.sort_unstable();
        let mut actions = Request::ACTIONS.to_vec();
        actions.sort_unstable();
        assert_eq!(names, actions);
        for operation in OPERATIONS {
            let request = Request::blank(operation.name).expect("an action");
            let mut ours = request.shape().names().to_vec();
            ours.sort_unstable();
            let input = operation.input.members.iter();
            let mut theirs: Vec<&str> = input.map(|member| member.name).collect();
            theirs.sort_unstable();
            assert_eq!(ours, theirs, "{}", operation.name);
        }
    }
}
