//! Requests and responses, in AWS's own names and shapes.
//!
//! A struct here serializes to the JSON of the wire. Numbers are as the caller sent them: ranges
//! are the service's to check, with AWS's texts. What a request may leave out is an `Option`, also
//! where AWS then answers `MissingParameter`.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Names a call from its arrival to its reply; given out by whoever calls the service.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CallId(pub u64);

/// Who calls: a number that the world gives to each actor. The service keeps it to tell by whom
/// a message is held.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Caller(pub u32);

impl Caller {
    /// The person at the page.
    pub const PERSON: Self = Self(0);
}

macro_rules! actions {
    ($($(#[$doc:meta])* $action:ident($request:ident) -> $response:ident,)*) => {
        /// One API request.
        #[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize, Deserialize)]
        pub enum Request {
            $($(#[$doc])* $action($request),)*
        }

        /// The answer to a request of the same name.
        #[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize, Deserialize)]
        pub enum Response {
            $($(#[$doc])* $action($response),)*
        }

        impl Request {
            /// The action's name as AWS spells it.
            pub fn action(&self) -> &'static str {
                match self {
                    $(Self::$action(_) => stringify!($action),)*
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
    /// Changes how long a received message stays hidden.
    ChangeMessageVisibility(ChangeMessageVisibilityRequest) -> ChangeMessageVisibilityResponse,
    /// Creates a queue, or finds the one that has the same name and attributes.
    CreateQueue(CreateQueueRequest) -> CreateQueueResponse,
    /// Deletes a message by the receipt handle of a receive.
    DeleteMessage(DeleteMessageRequest) -> DeleteMessageResponse,
    /// Reads a queue's attributes.
    GetQueueAttributes(GetQueueAttributesRequest) -> GetQueueAttributesResponse,
    /// Finds a queue's URL by its name.
    GetQueueUrl(GetQueueUrlRequest) -> GetQueueUrlResponse,
    /// Lists the queues of the account.
    ListQueues(ListQueuesRequest) -> ListQueuesResponse,
    /// Receives up to ten messages.
    ReceiveMessage(ReceiveMessageRequest) -> ReceiveMessageResponse,
    /// Sends one message.
    SendMessage(SendMessageRequest) -> SendMessageResponse,
    /// Changes a queue's attributes.
    SetQueueAttributes(SetQueueAttributesRequest) -> SetQueueAttributesResponse,
}

macro_rules! shapes {
    ($($(#[$doc:meta])* $shape:ident {
        $($(#[$field_attribute:meta])* $field:ident: $type:ty,)*
    })*) => {
        $($(#[$doc])*
        #[derive(Clone, Debug, Default, Eq, Hash, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "PascalCase", deny_unknown_fields)]
        pub struct $shape {
            $($(#[$field_attribute])*
            #[serde(default, skip_serializing_if = "is_absent")]
            pub $field: $type,)*
        })*
    };
}

shapes! {
    /// See [`Request::ChangeMessageVisibility`].
    ChangeMessageVisibilityRequest {
        /// The queue's URL or bare name.
        queue_url: Option<String>,
        /// From a receive.
        receipt_handle: Option<String>,
        /// Seconds from now, 0 to 43,200.
        visibility_timeout: Option<i64>,
    }

    /// Empty.
    ChangeMessageVisibilityResponse {}

    /// See [`Request::CreateQueue`].
    CreateQueueRequest {
        /// 1 to 80 letters, digits, hyphens, underscores; a FIFO queue's ends in `.fifo`.
        queue_name: Option<String>,
        /// Attribute names and values; numbers as text.
        attributes: BTreeMap<String, String>,
    }

    /// See [`Request::CreateQueue`].
    CreateQueueResponse {
        /// Where the queue is.
        queue_url: String,
    }

    /// See [`Request::DeleteMessage`].
    DeleteMessageRequest {
        /// The queue's URL or bare name.
        queue_url: Option<String>,
        /// From a receive.
        receipt_handle: Option<String>,
    }

    /// Empty.
    DeleteMessageResponse {}

    /// See [`Request::GetQueueAttributes`].
    GetQueueAttributesRequest {
        /// The queue's URL or bare name.
        queue_url: Option<String>,
        /// Names, or `All`; none returns none.
        attribute_names: Vec<String>,
    }

    /// See [`Request::GetQueueAttributes`].
    GetQueueAttributesResponse {
        /// Those asked for that have a value.
        attributes: BTreeMap<String, String>,
    }

    /// See [`Request::GetQueueUrl`].
    GetQueueUrlRequest {
        /// The queue's name.
        queue_name: Option<String>,
        /// The owner's account, 12 digits; ours if left out.
        #[serde(rename = "QueueOwnerAWSAccountId")]
        queue_owner_aws_account_id: Option<String>,
    }

    /// See [`Request::GetQueueUrl`].
    GetQueueUrlResponse {
        /// Where the queue is.
        queue_url: String,
    }

    /// See [`Request::ListQueues`].
    ListQueuesRequest {
        /// Case-sensitive start of the names wanted.
        queue_name_prefix: Option<String>,
        /// 1 to 1,000 a page.
        max_results: Option<i64>,
        /// From the page before.
        next_token: Option<String>,
    }

    /// See [`Request::ListQueues`].
    ListQueuesResponse {
        /// In the order of the names.
        queue_urls: Vec<String>,
        /// Present if more remain and `MaxResults` was given.
        next_token: Option<String>,
    }

    /// See [`Request::ReceiveMessage`].
    ReceiveMessageRequest {
        /// The queue's URL or bare name.
        queue_url: Option<String>,
        /// The deprecated name of `MessageSystemAttributeNames`.
        attribute_names: Vec<String>,
        /// System attributes wanted, or `All`.
        message_system_attribute_names: Vec<String>,
        /// Message attributes wanted: names, `All`, or `prefix.*`.
        message_attribute_names: Vec<String>,
        /// 1 to 10; 1 if left out.
        max_number_of_messages: Option<i64>,
        /// Seconds, 0 to 43,200; the queue's if left out.
        visibility_timeout: Option<i64>,
        /// Seconds, 0 to 20; the queue's if left out; 0 is a short poll.
        wait_time_seconds: Option<i64>,
        /// FIFO queues only.
        receive_request_attempt_id: Option<String>,
    }

    /// See [`Request::ReceiveMessage`].
    ReceiveMessageResponse {
        /// At most as many as asked for; may be none.
        messages: Vec<ReceivedMessage>,
    }

    /// One message of a receive.
    ReceivedMessage {
        /// System attributes, those asked for.
        attributes: BTreeMap<String, String>,
        /// The body as sent.
        body: Arc<str>,
        /// Lower-case hex.
        #[serde(rename = "MD5OfBody")]
        md5_of_body: String,
        /// Lower-case hex, over the attributes returned.
        #[serde(rename = "MD5OfMessageAttributes")]
        md5_of_message_attributes: Option<String>,
        /// Those asked for.
        message_attributes: BTreeMap<String, MessageAttributeValue>,
        /// A UUID.
        message_id: String,
        /// What delete and change visibility ask for.
        receipt_handle: String,
    }

    /// See [`Request::SendMessage`].
    SendMessageRequest {
        /// The queue's URL or bare name.
        queue_url: Option<String>,
        /// 1 byte to the queue's `MaximumMessageSize`.
        message_body: Option<Arc<str>>,
        /// 0 to 900; the queue's if left out. Standard queues only.
        delay_seconds: Option<i64>,
        /// At most ten.
        message_attributes: BTreeMap<String, MessageAttributeValue>,
        /// `AWSTraceHeader` only.
        message_system_attributes: BTreeMap<String, MessageAttributeValue>,
        /// FIFO queues only.
        message_deduplication_id: Option<String>,
        /// Needed by FIFO queues.
        message_group_id: Option<String>,
    }

    /// See [`Request::SendMessage`].
    SendMessageResponse {
        /// Lower-case hex.
        #[serde(rename = "MD5OfMessageBody")]
        md5_of_message_body: String,
        /// Lower-case hex; absent without attributes.
        #[serde(rename = "MD5OfMessageAttributes")]
        md5_of_message_attributes: Option<String>,
        /// Lower-case hex; absent without system attributes.
        #[serde(rename = "MD5OfMessageSystemAttributes")]
        md5_of_message_system_attributes: Option<String>,
        /// A UUID.
        message_id: String,
        /// 20 digits; FIFO queues only.
        sequence_number: Option<String>,
    }

    /// The value of a message attribute.
    MessageAttributeValue {
        /// `String`, `Number` or `Binary`, with an optional `.label`.
        data_type: String,
        /// For `String` and `Number`.
        string_value: Option<String>,
        /// For `Binary`, as base64.
        binary_value: Option<String>,
        /// Not supported by SQS.
        string_list_values: Vec<String>,
        /// Not supported by SQS.
        binary_list_values: Vec<String>,
    }

    /// See [`Request::SetQueueAttributes`].
    SetQueueAttributesRequest {
        /// The queue's URL or bare name.
        queue_url: Option<String>,
        /// Attribute names and values; an empty value removes some.
        attributes: BTreeMap<String, String>,
    }

    /// Empty.
    SetQueueAttributesResponse {}
}

impl Request {
    /// The queue that the request is about, by URL or name; none if it is about no queue that
    /// must be there.
    pub fn queue_reference(&self) -> Option<&str> {
        match self {
            Self::ChangeMessageVisibility(request) => request.queue_url.as_deref(),
            Self::DeleteMessage(request) => request.queue_url.as_deref(),
            Self::GetQueueAttributes(request) => request.queue_url.as_deref(),
            Self::ReceiveMessage(request) => request.queue_url.as_deref(),
            Self::SendMessage(request) => request.queue_url.as_deref(),
            Self::SetQueueAttributes(request) => request.queue_url.as_deref(),
            Self::CreateQueue(_) | Self::GetQueueUrl(_) | Self::ListQueues(_) => None,
        }
    }

    /// The same, to change it.
    pub fn queue_reference_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::ChangeMessageVisibility(request) => request.queue_url.as_mut(),
            Self::DeleteMessage(request) => request.queue_url.as_mut(),
            Self::GetQueueAttributes(request) => request.queue_url.as_mut(),
            Self::ReceiveMessage(request) => request.queue_url.as_mut(),
            Self::SendMessage(request) => request.queue_url.as_mut(),
            Self::SetQueueAttributes(request) => request.queue_url.as_mut(),
            Self::CreateQueue(_) | Self::GetQueueUrl(_) | Self::ListQueues(_) => None,
        }
    }

    /// The queue that the request names in any way, be it there or not.
    pub fn queue_named(&self) -> Option<&str> {
        match self {
            Self::CreateQueue(request) => request.queue_name.as_deref(),
            Self::GetQueueUrl(request) => request.queue_name.as_deref(),
            Self::ListQueues(_) => None,
            Self::ChangeMessageVisibility(_)
            | Self::DeleteMessage(_)
            | Self::GetQueueAttributes(_)
            | Self::ReceiveMessage(_)
            | Self::SendMessage(_)
            | Self::SetQueueAttributes(_) => self.queue_reference(),
        }
    }
}

/// What the wire leaves out: nothing, an empty list, an empty map.
trait Absent {
    fn absent(&self) -> bool;
}

impl<T> Absent for Option<T> {
    fn absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> Absent for Vec<T> {
    fn absent(&self) -> bool {
        self.is_empty()
    }
}

impl<K, V> Absent for BTreeMap<K, V> {
    fn absent(&self) -> bool {
        self.is_empty()
    }
}

impl Absent for String {
    fn absent(&self) -> bool {
        false
    }
}

impl Absent for Arc<str> {
    fn absent(&self) -> bool {
        false
    }
}

fn is_absent(value: &impl Absent) -> bool {
    value.absent()
}

#[cfg(test)]
mod tests {
    use super::*;

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
            serde_json::to_string(&request).expect("requests serialize"),
            r#"{"SendMessage":{"QueueUrl":"q","MessageBody":"hello","DelaySeconds":5}}"#
        );
    }
}
