//! What each action takes and gives: the one table that both protocols read.
//!
//! A row says how a member is called in JSON and how in the query protocol, where lists and maps
//! are flattened. What is not in the table is ignored when it comes in, as AWS does.

/// The form of a value.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    /// A text; in a response also any other scalar, which tells its kind itself.
    Text,
    /// An integer; also written as a text.
    Integer,
    /// A list of this.
    List(&'static Shape),
    /// A map from texts; in the query protocol a list of pairs.
    Map(&'static Pair),
    /// Named members.
    Structure(&'static [Member]),
}

/// What the query protocol calls the two sides of a map's entry.
pub(super) struct Pair {
    pub(super) key: &'static str,
    pub(super) value: &'static str,
    pub(super) of: Shape,
}

/// A member of a structure.
pub(super) struct Member {
    /// Its key in JSON.
    pub(super) name: &'static str,
    /// Its name in the query protocol; of a list or a map, the name of one element.
    pub(super) query: &'static str,
    pub(super) shape: Shape,
}

/// An action.
pub(super) struct Operation {
    pub(super) action: &'static str,
    pub(super) input: &'static [Member],
    /// None if AWS's model has no output: then JSON has an empty body, and XML no result element.
    pub(super) output: Option<&'static [Member]>,
    /// Whether it is about a queue, so that it may be asked of the queue's own URL `[A]`.
    pub(super) on_queue: bool,
}

/// The operation of this name.
pub(super) fn operation(action: &str) -> Option<&'static Operation> {
    OPERATIONS
        .iter()
        .find(|operation| operation.action == action)
}

/// The member of this JSON name.
pub(super) fn member(members: &'static [Member], name: &str) -> Option<&'static Member> {
    members.iter().find(|member| member.name == name)
}

const fn text(name: &'static str) -> Member {
    of(name, name, Shape::Text)
}

const fn integer(name: &'static str) -> Member {
    of(name, name, Shape::Integer)
}

const fn of(name: &'static str, query: &'static str, shape: Shape) -> Member {
    Member { name, query, shape }
}

const TEXTS: Shape = Shape::List(&Shape::Text);

const NAMED_TEXTS: Shape = Shape::Map(&Pair {
    key: "Name",
    value: "Value",
    of: Shape::Text,
});

const TAGS: Shape = Shape::Map(&Pair {
    key: "Key",
    value: "Value",
    of: Shape::Text,
});

const MESSAGE_ATTRIBUTES: Shape = Shape::Map(&Pair {
    key: "Name",
    value: "Value",
    of: Shape::Structure(&[
        text("DataType"),
        text("StringValue"),
        text("BinaryValue"),
        of("StringListValues", "StringListValue", TEXTS),
        of("BinaryListValues", "BinaryListValue", TEXTS),
    ]),
});

const QUEUE_URL: Member = text("QueueUrl");
const MESSAGE_ATTRIBUTES_IN: Member =
    of("MessageAttributes", "MessageAttribute", MESSAGE_ATTRIBUTES);
const SYSTEM_ATTRIBUTES_IN: Member = of(
    "MessageSystemAttributes",
    "MessageSystemAttribute",
    MESSAGE_ATTRIBUTES,
);
const FAILED: Member = of(
    "Failed",
    "BatchResultErrorEntry",
    Shape::List(&Shape::Structure(&[
        text("Code"),
        text("Id"),
        text("Message"),
        text("SenderFault"),
    ])),
);
const ONLY_AN_ID: Shape = Shape::List(&Shape::Structure(&[text("Id")]));

const fn row(
    action: &'static str,
    input: &'static [Member],
    output: Option<&'static [Member]>,
) -> Operation {
    let on_queue = true;
    Operation {
        action,
        input,
        output,
        on_queue,
    }
}

const fn row_of_account(
    action: &'static str,
    input: &'static [Member],
    output: &'static [Member],
) -> Operation {
    Operation {
        action,
        input,
        output: Some(output),
        on_queue: false,
    }
}

static OPERATIONS: [Operation; 23] = [
    row(
        "AddPermission",
        &[
            QUEUE_URL,
            text("Label"),
            of("AWSAccountIds", "AWSAccountId", TEXTS),
            of("Actions", "ActionName", TEXTS),
        ],
        None,
    ),
    row_of_account(
        "CancelMessageMoveTask",
        &[text("TaskHandle")],
        &[integer("ApproximateNumberOfMessagesMoved")],
    ),
    row(
        "ChangeMessageVisibility",
        &[
            QUEUE_URL,
            text("ReceiptHandle"),
            integer("VisibilityTimeout"),
        ],
        None,
    ),
    row(
        "ChangeMessageVisibilityBatch",
        &[
            QUEUE_URL,
            of(
                "Entries",
                "ChangeMessageVisibilityBatchRequestEntry",
                Shape::List(&Shape::Structure(&[
                    text("Id"),
                    text("ReceiptHandle"),
                    integer("VisibilityTimeout"),
                ])),
            ),
        ],
        Some(&[
            FAILED,
            of(
                "Successful",
                "ChangeMessageVisibilityBatchResultEntry",
                ONLY_AN_ID,
            ),
        ]),
    ),
    row_of_account(
        "CreateQueue",
        &[
            text("QueueName"),
            of("Attributes", "Attribute", NAMED_TEXTS),
            of("tags", "Tag", TAGS),
        ],
        &[QUEUE_URL],
    ),
    row("DeleteMessage", &[QUEUE_URL, text("ReceiptHandle")], None),
    row(
        "DeleteMessageBatch",
        &[
            QUEUE_URL,
            of(
                "Entries",
                "DeleteMessageBatchRequestEntry",
                Shape::List(&Shape::Structure(&[text("Id"), text("ReceiptHandle")])),
            ),
        ],
        Some(&[
            FAILED,
            of("Successful", "DeleteMessageBatchResultEntry", ONLY_AN_ID),
        ]),
    ),
    row("DeleteQueue", &[QUEUE_URL], None),
    row(
        "GetQueueAttributes",
        &[QUEUE_URL, of("AttributeNames", "AttributeName", TEXTS)],
        Some(&[of("Attributes", "Attribute", NAMED_TEXTS)]),
    ),
    row(
        "GetQueueUrl",
        &[text("QueueName"), text("QueueOwnerAWSAccountId")],
        Some(&[QUEUE_URL]),
    ),
    row(
        "ListDeadLetterSourceQueues",
        &[QUEUE_URL, integer("MaxResults"), text("NextToken")],
        Some(&[text("NextToken"), of("queueUrls", "QueueUrl", TEXTS)]),
    ),
    row_of_account(
        "ListMessageMoveTasks",
        &[text("SourceArn"), integer("MaxResults")],
        &[of(
            "Results",
            "ListMessageMoveTasksResultEntry",
            Shape::List(&Shape::Structure(&[
                integer("ApproximateNumberOfMessagesMoved"),
                integer("ApproximateNumberOfMessagesToMove"),
                text("DestinationArn"),
                text("FailureReason"),
                integer("MaxNumberOfMessagesPerSecond"),
                text("SourceArn"),
                integer("StartedTimestamp"),
                text("Status"),
                text("TaskHandle"),
            ])),
        )],
    ),
    row_of_account(
        "ListQueues",
        &[
            text("QueueNamePrefix"),
            integer("MaxResults"),
            text("NextToken"),
        ],
        &[text("NextToken"), of("QueueUrls", "QueueUrl", TEXTS)],
    ),
    row(
        "ListQueueTags",
        &[QUEUE_URL],
        Some(&[of("Tags", "Tag", TAGS)]),
    ),
    row("PurgeQueue", &[QUEUE_URL], None),
    row(
        "ReceiveMessage",
        &[
            QUEUE_URL,
            of("AttributeNames", "AttributeName", TEXTS),
            of(
                "MessageSystemAttributeNames",
                "MessageSystemAttributeName",
                TEXTS,
            ),
            of("MessageAttributeNames", "MessageAttributeName", TEXTS),
            integer("MaxNumberOfMessages"),
            integer("VisibilityTimeout"),
            integer("WaitTimeSeconds"),
            text("ReceiveRequestAttemptId"),
        ],
        Some(&[of(
            "Messages",
            "Message",
            Shape::List(&Shape::Structure(&[
                of("Attributes", "Attribute", NAMED_TEXTS),
                text("Body"),
                text("MD5OfBody"),
                text("MD5OfMessageAttributes"),
                MESSAGE_ATTRIBUTES_IN,
                text("MessageId"),
                text("ReceiptHandle"),
            ])),
        )]),
    ),
    row("RemovePermission", &[QUEUE_URL, text("Label")], None),
    row(
        "SendMessage",
        &[
            QUEUE_URL,
            text("MessageBody"),
            integer("DelaySeconds"),
            MESSAGE_ATTRIBUTES_IN,
            SYSTEM_ATTRIBUTES_IN,
            text("MessageDeduplicationId"),
            text("MessageGroupId"),
        ],
        Some(&[
            text("MD5OfMessageAttributes"),
            text("MD5OfMessageBody"),
            text("MD5OfMessageSystemAttributes"),
            text("MessageId"),
            text("SequenceNumber"),
        ]),
    ),
    row(
        "SendMessageBatch",
        &[
            QUEUE_URL,
            of(
                "Entries",
                "SendMessageBatchRequestEntry",
                Shape::List(&Shape::Structure(&[
                    text("Id"),
                    text("MessageBody"),
                    integer("DelaySeconds"),
                    MESSAGE_ATTRIBUTES_IN,
                    SYSTEM_ATTRIBUTES_IN,
                    text("MessageDeduplicationId"),
                    text("MessageGroupId"),
                ])),
            ),
        ],
        Some(&[
            FAILED,
            of(
                "Successful",
                "SendMessageBatchResultEntry",
                Shape::List(&Shape::Structure(&[
                    text("Id"),
                    text("MD5OfMessageAttributes"),
                    text("MD5OfMessageBody"),
                    text("MD5OfMessageSystemAttributes"),
                    text("MessageId"),
                    text("SequenceNumber"),
                ])),
            ),
        ]),
    ),
    row(
        "SetQueueAttributes",
        &[QUEUE_URL, of("Attributes", "Attribute", NAMED_TEXTS)],
        None,
    ),
    row_of_account(
        "StartMessageMoveTask",
        &[
            text("SourceArn"),
            text("DestinationArn"),
            integer("MaxNumberOfMessagesPerSecond"),
        ],
        &[text("TaskHandle")],
    ),
    row("TagQueue", &[QUEUE_URL, of("Tags", "Tag", TAGS)], None),
    row(
        "UntagQueue",
        &[QUEUE_URL, of("TagKeys", "TagKey", TEXTS)],
        None,
    ),
];
