//! `SendMessage`, and what all sends share.

use std::sync::Arc;

use uuid::{Builder, Uuid};

use crate::sim::{SortedMap, Span, Time};
use crate::sqs::api::{
    MessageAttributeValue, SendMessageBatchRequestEntry, SendMessageRequest, SendMessageResponse,
};
use crate::sqs::batch::CheckedEntry;
use crate::sqs::deduplication::{Fingerprint, Original, id_of_body};
use crate::sqs::md5::{hex, md5_of_attributes, md5_of_body};
use crate::sqs::message::{
    DeduplicationId, Extras, Message, MessageKey, Phase, SequenceNumber, size_of_message, text_of,
};
use crate::sqs::message_attributes::{
    MessageAttribute, check_message_attributes, check_system_attributes, size_as_given,
};
use crate::sqs::queue::Queue;
use crate::sqs::service::{Context, Touched};
use crate::sqs::validate::is_legal_text;
use crate::sqs::wording::Wording;
use crate::sqs::{Error, ErrorCode, Event, EventKind, Outbox, QueueId, Service};

/// What a single send and an entry of a batch have in common, unchecked.
pub(super) struct Draft<'a> {
    wording: Wording,
    body: Option<&'a Arc<str>>,
    delay_seconds: Option<i64>,
    attributes: &'a SortedMap<String, MessageAttributeValue>,
    system_attributes: &'a SortedMap<String, MessageAttributeValue>,
    deduplication_id: Option<&'a str>,
    group_id: Option<&'a str>,
}

/// A send that passed all checks.
pub(super) struct Checked {
    pub(super) body: Arc<str>,
    pub(super) md5_of_body: [u8; 16],
    pub(super) delay: Span,
    pub(super) attributes: Vec<(String, MessageAttribute)>,
    pub(super) trace_header: Option<MessageAttribute>,
    pub(super) group_id: Option<Arc<str>>,
    /// FIFO queues only.
    pub(super) deduplication_id: Option<DeduplicationId>,
}

/// What became of a send.
pub(super) enum Placed {
    /// The message is in the queue.
    New(MessageKey, Uuid, Option<SequenceNumber>),
    /// It repeats an earlier one.
    Duplicate(Original),
}

impl<'a> Draft<'a> {
    fn of_request(request: &'a SendMessageRequest) -> Self {
        Self {
            wording: Wording::Single,
            body: request.message_body.as_ref(),
            delay_seconds: request.delay_seconds,
            attributes: &request.message_attributes,
            system_attributes: &request.message_system_attributes,
            deduplication_id: request.message_deduplication_id.as_deref(),
            group_id: request.message_group_id.as_deref(),
        }
    }

    pub(super) fn of_entry(checked: &CheckedEntry<'a, SendMessageBatchRequestEntry>) -> Self {
        let CheckedEntry { entry, wording, .. } = checked;
        Self {
            wording: *wording,
            body: entry.message_body.as_ref(),
            delay_seconds: entry.delay_seconds,
            attributes: &entry.message_attributes,
            system_attributes: &entry.message_system_attributes,
            deduplication_id: entry.message_deduplication_id.as_deref(),
            group_id: entry.message_group_id.as_deref(),
        }
    }

    /// What it counts in a batch.
    pub(super) fn size(&self) -> usize {
        self.body.map_or(0, |body| body.len()) + size_as_given(self.attributes)
    }
}

impl Service {
    pub(in crate::sqs) fn send_message(
        &mut self,
        context: &Context,
        request: &SendMessageRequest,
        touched: &mut Touched,
        out: &mut Outbox,
    ) -> Result<SendMessageResponse, Error> {
        let id = context.queue()?;
        let checked = check(&self.queues[id], &Draft::of_request(request))?;
        Ok(self.send(context, id, checked, touched, out))
    }

    /// Sends what was checked.
    pub(super) fn send(
        &mut self,
        context: &Context,
        id: QueueId,
        checked: Checked,
        touched: &mut Touched,
        out: &mut Outbox,
    ) -> SendMessageResponse {
        let Context {
            now, call, caller, ..
        } = *context;
        let mut response = digests(&checked);
        let delay = checked.delay;
        let kind = match self.place(context, id, checked) {
            Placed::New(message, message_id, sequence_number) => {
                response.message_id = text_of(message_id);
                response.sequence_number = sequence_number.map(|number| number.to_string());
                touched.push_back(id);
                EventKind::MessageSent {
                    queue: id,
                    message,
                    caller,
                    call,
                    delay,
                }
            }
            Placed::Duplicate(original) => {
                response.message_id = text_of(original.message_id);
                response.sequence_number = Some(original.sequence_number.to_string());
                EventKind::MessageDeduplicated {
                    queue: id,
                    original: original.key,
                    caller,
                    call,
                }
            }
        };
        out.events.push(Event { at: now, kind });
        response
    }

    /// Puts a message into a queue, unless it repeats an earlier one.
    pub(super) fn place(&mut self, context: &Context, id: QueueId, checked: Checked) -> Placed {
        let fingerprint = fingerprint_of(&self.queues[id], &checked);
        if let Some(fingerprint) = &fingerprint
            && let Some(original) = self
                .queues
                .note(id, |queue| original_of(queue, context.now, fingerprint))
        {
            return Placed::Duplicate(original);
        }
        self.messages_accepted += 1;
        let key = MessageKey(self.messages_accepted);
        let size = size_of_message(&checked.body, &checked.attributes);
        let (message_id, sequence_number) = self.queues.update(id, |queue| {
            queue.metrics.note_send(size);
            accept(queue, context, key, checked, fingerprint)
        });
        Placed::New(key, message_id, sequence_number)
    }
}

/// The checks in the order of AWS's table `[I]`.
pub(super) fn check(queue: &Queue, draft: &Draft<'_>) -> Result<Checked, Error> {
    let wording = draft.wording;
    let body = draft.body.filter(|body| !body.is_empty());
    let body = body.ok_or_else(|| wording.missing("MessageBody"))?;
    let group_id = draft.group_id;
    if queue.is_fifo() && group_id.is_none() {
        return Err(wording.missing_group_id());
    }
    if let Some(id) = group_id {
        wording.check_id("MessageGroupId", id)?;
    }
    let deduplication_id = check_deduplication_id(queue, draft)?;
    let delay = check_delay(queue, draft.delay_seconds)?;
    let attributes = check_message_attributes(draft.attributes, wording)?;
    let limit = queue.attributes().maximum_message_size;
    if size_of_message(body, &attributes) as u64 > u64::from(limit) {
        return Err(wording.message_too_long(limit));
    }
    if !is_legal_text(body) {
        return Err(Error::new(
            ErrorCode::InvalidMessageContents,
            "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | \
             #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF",
        ));
    }
    let trace_header = check_system_attributes(draft.system_attributes)?;
    Ok(Checked {
        body: Arc::clone(body),
        md5_of_body: md5_of_body(body),
        delay,
        attributes,
        trace_header,
        group_id: group_id.map(Arc::from),
        deduplication_id,
    })
}

fn check_deduplication_id(
    queue: &Queue,
    draft: &Draft<'_>,
) -> Result<Option<DeduplicationId>, Error> {
    let given = draft.deduplication_id;
    if let Some(id) = given {
        draft.wording.check_id("MessageDeduplicationId", id)?;
    }
    match (&queue.attributes().fifo, given) {
        (Some(_), Some(id)) => Ok(Some(DeduplicationId::Given(id.into()))),
        (Some(fifo), None) if fifo.content_based_deduplication => Ok(Some(DeduplicationId::OfBody)),
        (Some(_), None) => Err(Error::new(
            ErrorCode::InvalidParameterValue,
            "The queue should either have ContentBasedDeduplication enabled or \
             MessageDeduplicationId provided explicitly",
        )),
        (None, Some(_)) => Err(draft.wording.deduplication_id_on_standard_queue()),
        (None, None) => Ok(None),
    }
}

/// On a FIFO queue, a delay of 0 is tolerated, and the queue's counts `[A]`.
fn check_delay(queue: &Queue, given: Option<i64>) -> Result<Span, Error> {
    let Some(seconds) = given else {
        return Ok(queue.attributes().delay());
    };
    let in_range = u64::try_from(seconds)
        .ok()
        .filter(|seconds| *seconds <= 900);
    let Some(seconds) = in_range else {
        let reason = "DelaySeconds must be >= 0 and <= 900.";
        return Err(Error::invalid("DelaySeconds", seconds, reason));
    };
    match (queue.is_fifo(), seconds) {
        (false, _) => Ok(Span::from_secs(seconds)),
        (true, 0) => Ok(queue.attributes().delay()),
        (true, _) => {
            let reason = "The request include parameter that is not valid for this queue type.";
            Err(Error::invalid("DelaySeconds", seconds, reason))
        }
    }
}

/// The digests of this very request, also if it is a duplicate: SDKs compare them with what they
/// have sent `[I]`.
fn digests(checked: &Checked) -> SendMessageResponse {
    let attributes = checked
        .attributes
        .iter()
        .map(|(name, value)| (name.as_str(), value));
    let system = checked
        .trace_header
        .iter()
        .map(|header| ("AWSTraceHeader", header));
    SendMessageResponse {
        md5_of_message_body: hex(&checked.md5_of_body),
        md5_of_message_attributes: md5_of_attributes(attributes),
        md5_of_message_system_attributes: md5_of_attributes(system),
        message_id: String::new(),
        sequence_number: None,
    }
}

/// By what a FIFO queue recognises this send.
fn fingerprint_of(queue: &Queue, checked: &Checked) -> Option<Fingerprint> {
    let deduplication = queue.deduplication.as_ref()?;
    let group_id = checked.group_id.as_ref()?;
    Some(match checked.deduplication_id.as_ref()? {
        DeduplicationId::Given(id) => deduplication.fingerprint(group_id, id),
        DeduplicationId::OfBody => deduplication.fingerprint(group_id, &id_of_body(&checked.body)),
    })
}

/// The send that one with this fingerprint repeats, if there is one.
fn original_of(queue: &mut Queue, now: Time, fingerprint: &Fingerprint) -> Option<Original> {
    let deduplication = queue.deduplication.as_mut()?;
    let original = deduplication.find(now, fingerprint)?.clone();
    queue.metrics.sums.deduplicated += 1;
    Some(original)
}

/// Puts the message into the queue, and remembers it for deduplication.
fn accept(
    queue: &mut Queue,
    context: &Context,
    key: MessageKey,
    checked: Checked,
    fingerprint: Option<Fingerprint>,
) -> (Uuid, Option<SequenceNumber>) {
    let Context { now, caller, .. } = *context;
    let phase = if checked.delay.is_zero() {
        Phase::Visible { since: now }
    } else {
        Phase::Delayed {
            until: now + checked.delay,
        }
    };
    let id = Builder::from_random_bytes(queue.message_ids.next_u128().to_be_bytes()).into_uuid();
    let trace_header = checked.trace_header.and_then(MessageAttribute::into_text);
    let attributes = checked.attributes;
    let has_extras = !attributes.is_empty() || trace_header.is_some();
    let sequence_number = queue.insert(Message {
        key,
        id,
        body: checked.body,
        md5_of_body: checked.md5_of_body,
        extras: has_extras.then(|| {
            Arc::new(Extras {
                attributes,
                trace_header,
            })
        }),
        group_id: checked.group_id,
        deduplication_id: checked.deduplication_id,
        sent_at: now,
        sender: caller,
        position: 0,
        partition: 0,
        group_number: 0,
        enqueued_at: now,
        moved: None,
        receive_count: 0,
        first_received_at: None,
        phase,
    });
    if let (Some(deduplication), Some(sequence_number), Some(fingerprint)) =
        (&mut queue.deduplication, sequence_number, fingerprint)
    {
        let original = Original {
            key,
            message_id: id,
            sequence_number,
        };
        deduplication.remember(now, fingerprint, original);
    }
    (id, sequence_number)
}
