//! What a message carries: its body, its attributes, its digests.

use std::rc::Rc;
use std::sync::Arc;

use yew::prelude::*;

use super::fact_list;
use crate::json::{self, AsMember, Json};
use crate::sqs::MessageKey;
use crate::sqs::api::{MessageAttributeValue, ReceivedMessage, Request, Response};
use crate::ui::format;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::Session;
use crate::ui::text::text;
use crate::ui::widgets::Code;
use crate::world::EventKind;

#[derive(PartialEq)]
pub(super) struct Contents {
    pub(super) key: MessageKey,
}

/// What is known of it.
#[derive(PartialEq)]
pub(super) enum Known {
    /// It is in a queue; with its size in bytes.
    Present(ReceivedMessage, usize),
    /// It is gone; this is what was sent.
    Sent(Arc<str>),
    Nothing,
}

impl Part for Contents {
    type Facts = Known;

    fn facts(&self, session: &Session) -> Known {
        match session.world().service().find_message(self.key) {
            Some((queue, message)) => {
                let received = message.as_received(queue.id(), message.sent_at());
                Known::Present(received, message.size())
            }
            None => sent_body(session, self.key).map_or(Known::Nothing, Known::Sent),
        }
    }

    fn view(&self, known: &Known, _: &Page) -> Html {
        match known {
            Known::Nothing => html! {},
            Known::Sent(sent) => body(sent),
            Known::Present(message, size) => html! {
                <>
                    { body(&message.body) }
                    if !message.message_attributes.is_empty() {
                        <h3>{ text!("message-attributes") }</h3>
                        { fact_list(&message_attributes(message)) }
                    }
                    <h3>{ text!("system-attributes") }</h3>
                    { fact_list(&facts(message, *size)) }
                </>
            },
        }
    }
}

/// The body; JSON is laid out.
fn body(sent: &Arc<str>) -> Html {
    let laid_out = match json::parse(sent) {
        Ok(value @ (Json::Object(_) | Json::List(_))) => Some(json::pretty(&value.member())),
        Ok(Json::Null | Json::Flag(_) | Json::Number(_) | Json::Text(_)) | Err(_) => None,
    };
    let sent: Rc<str> = Rc::from(&**sent);
    let laid_out = laid_out.filter(|text| **text != *sent);
    let other = laid_out
        .is_some()
        .then(|| (text!("copy-as-sent"), Rc::clone(&sent)));
    let code = Code {
        id: "message-body",
        title: text!("body"),
        text: laid_out.map_or(sent, Rc::from),
        other,
    };
    code.show_as("body")
}

fn message_attributes(message: &ReceivedMessage) -> Vec<(String, String)> {
    let value = |value: &MessageAttributeValue| {
        let shown = value.string_value.as_ref().or(value.binary_value.as_ref());
        text!(
            "attribute-value",
            [
                ("value", shown.cloned().unwrap_or_default().into()),
                ("type", value.data_type.as_str().into()),
            ],
        )
    };
    let attributes = message.message_attributes.iter();
    attributes
        .map(|(name, attribute)| (name.clone(), value(attribute)))
        .collect()
}

fn facts(message: &ReceivedMessage, size: usize) -> Vec<(String, String)> {
    let mut facts = vec![
        ("MessageId".to_owned(), message.message_id.clone()),
        (text!("fact-size"), format::bytes(size)),
    ];
    let attributes = message.attributes.iter();
    facts.extend(attributes.map(|(name, value)| (name.clone(), value.clone())));
    facts.push(("MD5OfBody".to_owned(), message.md5_of_body.clone()));
    if let Some(md5) = &message.md5_of_message_attributes {
        facts.push(("MD5OfMessageAttributes".to_owned(), md5.clone()));
    }
    facts
}

/// The body of a message that is gone, as it was sent.
pub(in crate::ui::inspector) fn sent_body(session: &Session, key: MessageKey) -> Option<Arc<str>> {
    let log = session.timeline().log();
    let end = session.world().event_count();
    let first = log.of_message(key, end).next()?;
    let cause = log.get(first.cause?.0)?;
    let EventKind::CallSent { call, request, .. } = &cause.kind else {
        return None;
    };
    if let Request::SendMessage(request) = &**request {
        return request.message_body.clone();
    }
    let Request::SendMessageBatch(request) = &**request else {
        return None;
    };
    let answered = log.call(*call, end)?.answered?;
    let EventKind::CallAnswered {
        result, messages, ..
    } = &answered.kind
    else {
        return None;
    };
    let Ok(Response::SendMessageBatch(response)) = &**result else {
        return None;
    };
    // Of a batch each message that was accepted is an entry of the answer, in this order.
    let place = messages.iter().position(|known| *known == key)?;
    let id = &response.successful.get(place)?.id;
    let mut entries = request.entries.as_ref()?.iter();
    let entry = entries.find(|entry| entry.id.as_ref() == Some(id))?;
    entry.message_body.clone()
}
