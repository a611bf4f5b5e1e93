//! Requests and responses, in AWS's own names and shapes.
//!
//! A struct here serializes to the JSON of the wire. Numbers are as the caller sent them: ranges
//! are the service's to check, with AWS's texts. What a request may leave out is an `Option`, also
//! where AWS then answers `MissingParameter`.

use std::sync::Arc;

use crate::json::{AsMember, Fill, FillChoice, Member, Place, Shape};
use crate::sim::SortedMap;

/// Names a call from its arrival to its reply; given out by whoever calls the service.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct CallId(pub u64);

/// Who calls: a number that the world gives to each actor. The service keeps it to tell by whom
/// a message is held.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Caller(pub u32);

impl Caller {
    /// The person at the page.
    pub const PERSON: Self = Self(0);
}

macro_rules! actions {
    ($($(#[$doc:meta])* $action:ident($request:ident) -> $response:ident,)*) => {
        /// One API request.
        #[derive(Clone, Debug, Eq, Hash, PartialEq)]
        pub enum Request {
            $($(#[$doc])* $action($request),)*
        }

        /// The answer to a request of the same name.
        #[derive(Clone, Debug, Eq, Hash, PartialEq)]
        pub enum Response {
            $($(#[$doc])* $action($response),)*
        }

        impl Request {
            /// The names of all actions as AWS spells them.
            pub const ACTIONS: &'static [&'static str] = &[$(stringify!($action)),*];

            /// The empty request of an action, by the name that AWS spells.
            pub fn blank(action: &str) -> Option<Self> {
                match action {
                    $(stringify!($action) => Some(Self::$action($request::default())),)*
                    _ => None,
                }
            }

            /// The action's name as AWS spells it.
            pub fn action(&self) -> &'static str {
                match self {
                    $(Self::$action(_) => stringify!($action),)*
                }
            }

            /// Its members, to read.
            pub fn shape(&self) -> &dyn Shape {
                match self {
                    $(Self::$action(request) => request,)*
                }
            }

            /// Its members, to fill.
            pub fn fill(&mut self) -> &mut dyn Fill {
                match self {
                    $(Self::$action(request) => request,)*
                }
            }
        }

        impl Response {
            /// The empty answer to an action, by the name that AWS spells.
            pub fn blank(action: &str) -> Option<Self> {
                match action {
                    $(stringify!($action) => Some(Self::$action($response::default())),)*
                    _ => None,
                }
            }

            /// The action's name as AWS spells it.
            pub fn action(&self) -> &'static str {
                match self {
                    $(Self::$action(_) => stringify!($action),)*
                }
            }

            /// Its members, to read.
            pub fn shape(&self) -> &dyn Shape {
                match self {
                    $(Self::$action(response) => response,)*
                }
            }

            /// Its members, to fill.
            pub fn fill(&mut self) -> &mut dyn Fill {
                match self {
                    $(Self::$action(response) => response,)*
                }
            }
        }

        $(impl From<$request> for Request {
            fn from(request: $request) -> Self {
                Self::$action(request)
            }
        })*
    };
}

actions! {
    /// Appends a statement to the queue's policy.
    AddPermission(AddPermissionRequest) -> AddPermissionResponse,
    /// Ends a message move task that runs.
    CancelMessageMoveTask(CancelMessageMoveTaskRequest) -> CancelMessageMoveTaskResponse,
    /// Changes how long a received message stays hidden.
    ChangeMessageVisibility(ChangeMessageVisibilityRequest) -> ChangeMessageVisibilityResponse,
    /// The same for up to ten messages.
    ChangeMessageVisibilityBatch(ChangeMessageVisibilityBatchRequest) -> ChangeMessageVisibilityBatchResponse,
    /// Creates a queue, or finds the one that has the same name and attributes.
    CreateQueue(CreateQueueRequest) -> CreateQueueResponse,
    /// Deletes a message by the receipt handle of a receive.
    DeleteMessage(DeleteMessageRequest) -> DeleteMessageResponse,
    /// The same for up to ten messages.
    DeleteMessageBatch(DeleteMessageBatchRequest) -> DeleteMessageBatchResponse,
    /// Deletes a queue with all that is in it.
    DeleteQueue(DeleteQueueRequest) -> DeleteQueueResponse,
    /// Reads a queue's attributes.
    GetQueueAttributes(GetQueueAttributesRequest) -> GetQueueAttributesResponse,
    /// Finds a queue's URL by its name.
    GetQueueUrl(GetQueueUrlRequest) -> GetQueueUrlResponse,
    /// Lists the queues whose dead-letter queue this is.
    ListDeadLetterSourceQueues(ListDeadLetterSourceQueuesRequest) -> ListDeadLetterSourceQueuesResponse,
    /// Lists the newest message move tasks of a queue.
    ListMessageMoveTasks(ListMessageMoveTasksRequest) -> ListMessageMoveTasksResponse,
    /// Lists the queues of the account.
    ListQueues(ListQueuesRequest) -> ListQueuesResponse,
    /// Reads a queue's tags.
    ListQueueTags(ListQueueTagsRequest) -> ListQueueTagsResponse,
    /// Deletes all messages of a queue.
    PurgeQueue(PurgeQueueRequest) -> PurgeQueueResponse,
    /// Receives up to ten messages.
    ReceiveMessage(ReceiveMessageRequest) -> ReceiveMessageResponse,
    /// Removes a statement from the queue's policy.
    RemovePermission(RemovePermissionRequest) -> RemovePermissionResponse,
    /// Sends one message.
    SendMessage(SendMessageRequest) -> SendMessageResponse,
    /// Sends up to ten messages.
    SendMessageBatch(SendMessageBatchRequest) -> SendMessageBatchResponse,
    /// Changes a queue's attributes.
    SetQueueAttributes(SetQueueAttributesRequest) -> SetQueueAttributesResponse,
    /// Starts to move the messages of a dead-letter queue.
    StartMessageMoveTask(StartMessageMoveTaskRequest) -> StartMessageMoveTaskResponse,
    /// Adds or overwrites tags.
    TagQueue(TagQueueRequest) -> TagQueueResponse,
    /// Removes tags.
    UntagQueue(UntagQueueRequest) -> UntagQueueResponse,
}

macro_rules! shapes {
    ($($(#[$doc:meta])* $shape:ident {
        $($(#[$member_doc:meta])* $name:literal $member:ident: $type:ty,)*
    })*) => {
        $($(#[$doc])*
        #[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
        pub struct $shape {
            $($(#[$member_doc])* pub $member: $type,)*
        }

        impl Shape for $shape {
            fn names(&self) -> &'static [&'static str] {
                &[$($name),*]
            }

            fn value(&self, index: usize) -> Option<&dyn AsMember> {
                let members: &[&dyn AsMember] = &[$(&self.$member),*];
                members.get(index).copied()
            }
        }

        impl Fill for $shape {
            fn value_mut(&mut self, index: usize) -> Option<&mut dyn AsMember> {
                let members: [&mut dyn AsMember; _] = [$(&mut self.$member),*];
                members.into_iter().nth(index)
            }
        })*
    };
}

shapes! {
    /// See [`Request::AddPermission`].
    AddPermissionRequest {
        /// The queue's URL or bare name.
        "QueueUrl" queue_url: Option<String>,
        /// The statement's `Sid`: up to 80 letters, digits, hyphens, underscores.
        "Label" label: Option<String>,
        /// Accounts, 12 digits each.
        "AWSAccountIds" aws_account_ids: Vec<String>,
        /// Action names, or `*`.
        "Actions" actions: Vec<String>,
    }

    /// Empty.
    AddPermissionResponse {}

    /// See [`Request::CancelMessageMoveTask`].
    CancelMessageMoveTaskRequest {
        /// From the start of the task.
        "TaskHandle" task_handle: Option<String>,
    }

    /// See [`Request::CancelMessageMoveTask`].
    CancelMessageMoveTaskResponse {
        /// Moved so far.
        "ApproximateNumberOfMessagesMoved" approximate_number_of_messages_moved: i64,
    }

    /// See [`Request::ChangeMessageVisibilityBatch`].
    ChangeMessageVisibilityBatchRequest {
        /// The queue's URL or bare name.
        "QueueUrl" queue_url: Option<String>,
        /// One to ten; absent and empty are different errors.
        "Entries" entries: Option<Vec<ChangeMessageVisibilityBatchRequestEntry>>,
    }

    /// One message of a [`ChangeMessageVisibilityBatchRequest`].
    ChangeMessageVisibilityBatchRequestEntry {
        /// Names the entry in the answer.
        "Id" id: Option<String>,
        /// From a receive.
        "ReceiptHandle" receipt_handle: Option<String>,
        /// Seconds from now, 0 to 43,200.
        "VisibilityTimeout" visibility_timeout: Option<i64>,
    }

    /// See [`Request::ChangeMessageVisibilityBatch`].
    ChangeMessageVisibilityBatchResponse {
        /// In the order of the entries.
        "Successful" successful: Vec<BatchResultEntry>,
        /// In the order of the entries.
        "Failed" failed: Vec<BatchResultErrorEntry>,
    }

    /// An entry of a batch that succeeded, where there is nothing else to say.
    BatchResultEntry {
        /// Which.
        "Id" id: String,
    }

    /// An entry of a batch that failed.
    BatchResultErrorEntry {
        /// The query code of the error.
        "Code" code: String,
        /// Which.
        "Id" id: String,
        /// AWS's text.
        "Message" message: Option<String>,
        /// Whether the caller is to blame.
        "SenderFault" sender_fault: bool,
    }

    /// See [`Request::DeleteMessageBatch`].
    DeleteMessageBatchRequest {
        /// The queue's URL or bare name.
        "QueueUrl" queue_url: Option<String>,
        /// One to ten; absent and empty are different errors.
        "Entries" entries: Option<Vec<DeleteMessageBatchRequestEntry>>,
    }

    /// One message of a [`DeleteMessageBatchRequest`].
    DeleteMessageBatchRequestEntry {
        /// Names the entry in the answer.
        "Id" id: Option<String>,
        /// From a receive.
        "ReceiptHandle" receipt_handle: Option<String>,
    }

    /// See [`Request::DeleteMessageBatch`].
    DeleteMessageBatchResponse {
        /// In the order of the entries.
        "Successful" successful: Vec<BatchResultEntry>,
        /// In the order of the entries.
        "Failed" failed: Vec<BatchResultErrorEntry>,
    }

    /// See [`Request::DeleteQueue`].
    DeleteQueueRequest {
        /// The queue's URL or bare name.
        "QueueUrl" queue_url: Option<String>,
    }

    /// Empty.
    DeleteQueueResponse {}

    /// See [`Request::ListDeadLetterSourceQueues`].
    ListDeadLetterSourceQueuesRequest {
        /// The dead-letter queue's URL or bare name.
        "QueueUrl" queue_url: Option<String>,
        /// 1 to 1,000 a page.
        "MaxResults" max_results: Option<i64>,
        /// From the page before.
        "NextToken" next_token: Option<String>,
    }

    /// See [`Request::ListDeadLetterSourceQueues`].
    ListDeadLetterSourceQueuesResponse {
        /// In the order of the names. (AWS spells the key in lower case here.)
        "queueUrls" queue_urls: Vec<String>,
        /// Present if more remain and `MaxResults` was given.
        "NextToken" next_token: Option<String>,
    }

    /// See [`Request::ListMessageMoveTasks`].
    ListMessageMoveTasksRequest {
        /// The dead-letter queue's ARN.
        "SourceArn" source_arn: Option<String>,
        /// 1 to 10; 1 if left out.
        "MaxResults" max_results: Option<i64>,
    }

    /// See [`Request::ListMessageMoveTasks`].
    ListMessageMoveTasksResponse {
        /// Newest first.
        "Results" results: Vec<ListMessageMoveTasksResultEntry>,
    }

    /// One message move task.
    ListMessageMoveTasksResultEntry {
        /// Moved so far.
        "ApproximateNumberOfMessagesMoved" approximate_number_of_messages_moved: i64,
        /// How many there were at the start.
        "ApproximateNumberOfMessagesToMove" approximate_number_of_messages_to_move: Option<i64>,
        /// If one was given.
        "DestinationArn" destination_arn: Option<String>,
        /// Of a task that failed.
        "FailureReason" failure_reason: Option<String>,
        /// If one was given.
        "MaxNumberOfMessagesPerSecond" max_number_of_messages_per_second: Option<i64>,
        /// The dead-letter queue's ARN.
        "SourceArn" source_arn: String,
        /// Milliseconds since the Unix epoch.
        "StartedTimestamp" started_timestamp: i64,
        /// `RUNNING`, `COMPLETED`, `CANCELLING`, `CANCELLED` or `FAILED`.
        "Status" status: String,
        /// Of a task that runs.
        "TaskHandle" task_handle: Option<String>,
    }

    /// See [`Request::ListQueueTags`].
    ListQueueTagsRequest {
        /// The queue's URL or bare name.
        "QueueUrl" queue_url: Option<String>,
    }

    /// See [`Request::ListQueueTags`].
    ListQueueTagsResponse {
        /// All of them.
        "Tags" tags: SortedMap<String, String>,
    }

    /// See [`Request::PurgeQueue`].
    PurgeQueueRequest {
        /// The queue's URL or bare name.
        "QueueUrl" queue_url: Option<String>,
    }

    /// Empty.
    PurgeQueueResponse {}

    /// See [`Request::RemovePermission`].
    RemovePermissionRequest {
        /// The queue's URL or bare name.
        "QueueUrl" queue_url: Option<String>,
        /// The statement's `Sid`.
        "Label" label: Option<String>,
    }

    /// Empty.
    RemovePermissionResponse {}

    /// See [`Request::SendMessageBatch`].
    SendMessageBatchRequest {
        /// The queue's URL or bare name.
        "QueueUrl" queue_url: Option<String>,
        /// One to ten; absent and empty are different errors.
        "Entries" entries: Option<Vec<SendMessageBatchRequestEntry>>,
    }

    /// One message of a [`SendMessageBatchRequest`].
    SendMessageBatchRequestEntry {
        /// Names the entry in the answer.
        "Id" id: Option<String>,
        /// As in a single send.
        "MessageBody" message_body: Option<Arc<str>>,
        /// As in a single send.
        "DelaySeconds" delay_seconds: Option<i64>,
        /// As in a single send.
        "MessageAttributes" message_attributes: SortedMap<String, MessageAttributeValue>,
        /// As in a single send.
        "MessageSystemAttributes" message_system_attributes: SortedMap<String, MessageAttributeValue>,
        /// As in a single send.
        "MessageDeduplicationId" message_deduplication_id: Option<String>,
        /// As in a single send.
        "MessageGroupId" message_group_id: Option<String>,
    }

    /// See [`Request::SendMessageBatch`].
    SendMessageBatchResponse {
        /// In the order of the entries.
        "Successful" successful: Vec<SendMessageBatchResultEntry>,
        /// In the order of the entries.
        "Failed" failed: Vec<BatchResultErrorEntry>,
    }

    /// One message that was sent.
    SendMessageBatchResultEntry {
        /// Which entry.
        "Id" id: String,
        /// Lower-case hex.
        "MD5OfMessageBody" md5_of_message_body: String,
        /// Lower-case hex; absent without attributes.
        "MD5OfMessageAttributes" md5_of_message_attributes: Option<String>,
        /// Lower-case hex; absent without system attributes.
        "MD5OfMessageSystemAttributes" md5_of_message_system_attributes: Option<String>,
        /// A UUID.
        "MessageId" message_id: String,
        /// 20 digits; FIFO queues only.
        "SequenceNumber" sequence_number: Option<String>,
    }

    /// See [`Request::StartMessageMoveTask`].
    StartMessageMoveTaskRequest {
        /// The dead-letter queue's ARN.
        "SourceArn" source_arn: Option<String>,
        /// Where to; each message's own source queue if left out.
        "DestinationArn" destination_arn: Option<String>,
        /// 1 to 500; as fast as possible if left out.
        "MaxNumberOfMessagesPerSecond" max_number_of_messages_per_second: Option<i64>,
    }

    /// See [`Request::StartMessageMoveTask`].
    StartMessageMoveTaskResponse {
        /// Names the task.
        "TaskHandle" task_handle: String,
    }

    /// See [`Request::TagQueue`].
    TagQueueRequest {
        /// The queue's URL or bare name.
        "QueueUrl" queue_url: Option<String>,
        /// Keys and values.
        "Tags" tags: SortedMap<String, String>,
    }

    /// Empty.
    TagQueueResponse {}

    /// See [`Request::UntagQueue`].
    UntagQueueRequest {
        /// The queue's URL or bare name.
        "QueueUrl" queue_url: Option<String>,
        /// Those to remove; unknown ones are ignored.
        "TagKeys" tag_keys: Vec<String>,
    }

    /// Empty.
    UntagQueueResponse {}

    /// See [`Request::ChangeMessageVisibility`].
    ChangeMessageVisibilityRequest {
        /// The queue's URL or bare name.
        "QueueUrl" queue_url: Option<String>,
        /// From a receive.
        "ReceiptHandle" receipt_handle: Option<String>,
        /// Seconds from now, 0 to 43,200.
        "VisibilityTimeout" visibility_timeout: Option<i64>,
    }

    /// Empty.
    ChangeMessageVisibilityResponse {}

    /// See [`Request::CreateQueue`].
    CreateQueueRequest {
        /// 1 to 80 letters, digits, hyphens, underscores; a FIFO queue's ends in `.fifo`.
        "QueueName" queue_name: Option<String>,
        /// Attribute names and values; numbers as text.
        "Attributes" attributes: SortedMap<String, String>,
        /// Keys and values. (AWS spells the key in lower case here.)
        "tags" tags: SortedMap<String, String>,
    }

    /// See [`Request::CreateQueue`].
    CreateQueueResponse {
        /// Where the queue is.
        "QueueUrl" queue_url: String,
    }

    /// See [`Request::DeleteMessage`].
    DeleteMessageRequest {
        /// The queue's URL or bare name.
        "QueueUrl" queue_url: Option<String>,
        /// From a receive.
        "ReceiptHandle" receipt_handle: Option<String>,
    }

    /// Empty.
    DeleteMessageResponse {}

    /// See [`Request::GetQueueAttributes`].
    GetQueueAttributesRequest {
        /// The queue's URL or bare name.
        "QueueUrl" queue_url: Option<String>,
        /// Names, or `All`; none returns none.
        "AttributeNames" attribute_names: Vec<String>,
    }

    /// See [`Request::GetQueueAttributes`].
    GetQueueAttributesResponse {
        /// Those asked for that have a value.
        "Attributes" attributes: SortedMap<String, String>,
    }

    /// See [`Request::GetQueueUrl`].
    GetQueueUrlRequest {
        /// The queue's name.
        "QueueName" queue_name: Option<String>,
        /// The owner's account, 12 digits; ours if left out.
        "QueueOwnerAWSAccountId" queue_owner_aws_account_id: Option<String>,
    }

    /// See [`Request::GetQueueUrl`].
    GetQueueUrlResponse {
        /// Where the queue is.
        "QueueUrl" queue_url: String,
    }

    /// See [`Request::ListQueues`].
    ListQueuesRequest {
        /// Case-sensitive start of the names wanted.
        "QueueNamePrefix" queue_name_prefix: Option<String>,
        /// 1 to 1,000 a page.
        "MaxResults" max_results: Option<i64>,
        /// From the page before.
        "NextToken" next_token: Option<String>,
    }

    /// See [`Request::ListQueues`].
    ListQueuesResponse {
        /// In the order of the names.
        "QueueUrls" queue_urls: Vec<String>,
        /// Present if more remain and `MaxResults` was given.
        "NextToken" next_token: Option<String>,
    }

    /// See [`Request::ReceiveMessage`].
    ReceiveMessageRequest {
        /// The queue's URL or bare name.
        "QueueUrl" queue_url: Option<String>,
        /// The deprecated name of `MessageSystemAttributeNames`.
        "AttributeNames" attribute_names: Vec<String>,
        /// System attributes wanted, or `All`.
        "MessageSystemAttributeNames" message_system_attribute_names: Vec<String>,
        /// Message attributes wanted: names, `All`, or `prefix.*`.
        "MessageAttributeNames" message_attribute_names: Vec<String>,
        /// 1 to 10; 1 if left out.
        "MaxNumberOfMessages" max_number_of_messages: Option<i64>,
        /// Seconds, 0 to 43,200; the queue's if left out.
        "VisibilityTimeout" visibility_timeout: Option<i64>,
        /// Seconds, 0 to 20; the queue's if left out; 0 is a short poll.
        "WaitTimeSeconds" wait_time_seconds: Option<i64>,
        /// FIFO queues only.
        "ReceiveRequestAttemptId" receive_request_attempt_id: Option<String>,
    }

    /// See [`Request::ReceiveMessage`].
    ReceiveMessageResponse {
        /// At most as many as asked for; may be none.
        "Messages" messages: Vec<ReceivedMessage>,
    }

    /// One message of a receive.
    ReceivedMessage {
        /// System attributes, those asked for.
        "Attributes" attributes: SortedMap<String, String>,
        /// The body as sent.
        "Body" body: Arc<str>,
        /// Lower-case hex.
        "MD5OfBody" md5_of_body: String,
        /// Lower-case hex, over the attributes returned.
        "MD5OfMessageAttributes" md5_of_message_attributes: Option<String>,
        /// Those asked for.
        "MessageAttributes" message_attributes: SortedMap<String, MessageAttributeValue>,
        /// A UUID.
        "MessageId" message_id: String,
        /// What delete and change visibility ask for.
        "ReceiptHandle" receipt_handle: String,
    }

    /// See [`Request::SendMessage`].
    SendMessageRequest {
        /// The queue's URL or bare name.
        "QueueUrl" queue_url: Option<String>,
        /// 1 byte to the queue's `MaximumMessageSize`.
        "MessageBody" message_body: Option<Arc<str>>,
        /// 0 to 900; the queue's if left out. Standard queues only.
        "DelaySeconds" delay_seconds: Option<i64>,
        /// At most ten.
        "MessageAttributes" message_attributes: SortedMap<String, MessageAttributeValue>,
        /// `AWSTraceHeader` only.
        "MessageSystemAttributes" message_system_attributes: SortedMap<String, MessageAttributeValue>,
        /// FIFO queues only.
        "MessageDeduplicationId" message_deduplication_id: Option<String>,
        /// Needed by FIFO queues.
        "MessageGroupId" message_group_id: Option<String>,
    }

    /// See [`Request::SendMessage`].
    SendMessageResponse {
        /// Lower-case hex.
        "MD5OfMessageBody" md5_of_message_body: String,
        /// Lower-case hex; absent without attributes.
        "MD5OfMessageAttributes" md5_of_message_attributes: Option<String>,
        /// Lower-case hex; absent without system attributes.
        "MD5OfMessageSystemAttributes" md5_of_message_system_attributes: Option<String>,
        /// A UUID.
        "MessageId" message_id: String,
        /// 20 digits; FIFO queues only.
        "SequenceNumber" sequence_number: Option<String>,
    }

    /// The value of a message attribute.
    MessageAttributeValue {
        /// `String`, `Number` or `Binary`, with an optional `.label`.
        "DataType" data_type: String,
        /// For `String` and `Number`.
        "StringValue" string_value: Option<String>,
        /// For `Binary`, as base64.
        "BinaryValue" binary_value: Option<String>,
        /// Not supported by SQS.
        "StringListValues" string_list_values: Vec<String>,
        /// Not supported by SQS.
        "BinaryListValues" binary_list_values: Vec<String>,
    }

    /// See [`Request::SetQueueAttributes`].
    SetQueueAttributesRequest {
        /// The queue's URL or bare name.
        "QueueUrl" queue_url: Option<String>,
        /// Attribute names and values; an empty value removes some.
        "Attributes" attributes: SortedMap<String, String>,
    }

    /// Empty.
    SetQueueAttributesResponse {}
}

/// Gives the `queue_url` of each request that has one, by the given method of `Option`.
macro_rules! queue_url {
    ($request:expr, $method:ident) => {
        match $request {
            Request::AddPermission(request) => request.queue_url.$method(),
            Request::ChangeMessageVisibility(request) => request.queue_url.$method(),
            Request::ChangeMessageVisibilityBatch(request) => request.queue_url.$method(),
            Request::DeleteMessage(request) => request.queue_url.$method(),
            Request::DeleteMessageBatch(request) => request.queue_url.$method(),
            Request::DeleteQueue(request) => request.queue_url.$method(),
            Request::GetQueueAttributes(request) => request.queue_url.$method(),
            Request::ListDeadLetterSourceQueues(request) => request.queue_url.$method(),
            Request::ListQueueTags(request) => request.queue_url.$method(),
            Request::PurgeQueue(request) => request.queue_url.$method(),
            Request::ReceiveMessage(request) => request.queue_url.$method(),
            Request::RemovePermission(request) => request.queue_url.$method(),
            Request::SendMessage(request) => request.queue_url.$method(),
            Request::SendMessageBatch(request) => request.queue_url.$method(),
            Request::SetQueueAttributes(request) => request.queue_url.$method(),
            Request::TagQueue(request) => request.queue_url.$method(),
            Request::UntagQueue(request) => request.queue_url.$method(),
            Request::CancelMessageMoveTask(_)
            | Request::CreateQueue(_)
            | Request::GetQueueUrl(_)
            | Request::ListMessageMoveTasks(_)
            | Request::ListQueues(_)
            | Request::StartMessageMoveTask(_) => None,
        }
    };
}

impl Request {
    /// The queue that the request is about, by URL or name; none if it is about no queue that
    /// must be there.
    pub fn queue_reference(&self) -> Option<&str> {
        queue_url!(self, as_deref)
    }

    /// The same, to change it.
    pub fn queue_reference_mut(&mut self) -> Option<&mut String> {
        queue_url!(self, as_mut)
    }

    /// The queue that the request names in any way, be it there or not.
    pub fn queue_named(&self) -> Option<&str> {
        if let Self::CreateQueue(request) = self {
            request.queue_name.as_deref()
        } else if let Self::GetQueueUrl(request) = self {
            request.queue_name.as_deref()
        } else {
            self.queue_reference()
        }
    }
}

impl AsMember for Request {
    /// `{"SendMessage":{"QueueUrl":…}}`
    fn member(&self) -> Member<'_> {
        Member::Choice(self.action(), Box::new(Member::Shape(self.shape())))
    }

    fn place(&mut self) -> Place<'_> {
        Place::Choice(self)
    }
}

impl Default for Request {
    /// One that changes nothing and needs nothing.
    fn default() -> Self {
        Self::ListQueues(ListQueuesRequest::default())
    }
}

impl FillChoice for Request {
    fn choose(&mut self, action: &str) -> Option<Place<'_>> {
        *self = Self::blank(action)?;
        Some(Place::Shape(self.fill()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[test]
    fn a_request_serializes_as_the_wire_writes_it() {
        let request = Request::from(SendMessageRequest {
            queue_url: Some("q".into()),
            message_body: Some("hello".into()),
            delay_seconds: Some(5),
            ..Default::default()
        });
        assert_eq!(request.action(), "SendMessage");
        assert_eq!(
            json::compact(&request.member()),
            r#"{"SendMessage":{"QueueUrl":"q","MessageBody":"hello","DelaySeconds":5}}"#
        );
    }
}
