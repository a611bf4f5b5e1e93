//! The way to AWS and back: the queues and actors of the run as code to take along, and queues from what people
//! have.

mod export;
mod incoming;

use std::cell::RefCell;

use yew::prelude::*;

use super::text::text;
use super::{copy, files, keeper};
use crate::topology::{self, ImportError, Topology};
use crate::ui::widgets::{DialogFrame, choice};
use export::Export;
use incoming::Incoming;

thread_local! {
    /// A text that was dropped on the page, for the dialog that opens for it.
    static BROUGHT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Whether a text has queues, or would have if they could be made.
pub(super) fn knows(text: &str) -> bool {
    let read = topology::import(text, &Topology::new("123456789012", "us-east-1"));
    match read {
        Ok(_) | Err(ImportError::NoQueues(_) | ImportError::TerraformLanguage) => true,
        Err(_) => false,
    }
}

/// Opens the dialog with a text to read.
pub(super) fn bring(text: String) {
    BROUGHT.set(Some(text));
    super::open("takeaway", "");
}

#[derive(PartialEq, Properties)]
pub(super) struct TakeawayProps {
    pub onclose: Callback<()>,
}

pub(super) struct Takeaway {
    /// As the world was when the dialog opened: it does not change behind it.
    export: Export,
    incoming: Incoming,
    is_import: bool,
    /// Whether what is shown was copied.
    is_copied: bool,
}

pub(super) enum Message {
    Side(usize),
    Format(usize),
    File(usize),
    Copy,
    Copied,
    Save,
    /// Another text to read.
    Read(String),
    Unreadable(String),
    Create,
}

impl Component for Takeaway {
    type Message = Message;
    type Properties = TakeawayProps;

    fn create(_: &Context<Self>) -> Self {
        keeper::check(true);
        let document = keeper::with(|keeper| keeper.document.clone());
        let export = Export::of(&document.expect("the keeper is there before any dialog"));
        let mut incoming = Incoming::new(export.topology().clone());
        let brought = BROUGHT.take();
        let is_import = brought.is_some();
        if let Some(text) = brought {
            incoming.read(text);
        }
        Self {
            export,
            incoming,
            is_import,
            is_copied: false,
        }
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        let was_copied = std::mem::take(&mut self.is_copied);
        match message {
            Message::Side(place) => self.is_import = place == 1,
            Message::Format(place) => self.export.choose(place),
            Message::File(place) => self.export.choose_file(place),
            Message::Copy => {
                self.is_copied = was_copied;
                if let Some(file) = self.export.file() {
                    let link = context.link().clone();
                    let copied = move || link.send_message(Message::Copied);
                    copy::copy(export::CODE, &file.text, copied);
                }
                return false;
            }
            Message::Copied => self.is_copied = true,
            Message::Save => {
                if let Some(file) = self.export.file() {
                    files::save(&file.name, &file.text);
                }
            }
            Message::Read(text) => self.incoming.read(text),
            Message::Unreadable(why) => self.incoming.complain(why),
            Message::Create => {
                if self.incoming.create() {
                    context.props().onclose.emit(());
                    return false;
                }
            }
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let onclose = context.props().onclose.clone();
        let sides = [text!("takeaway-out"), text!("takeaway-in")];
        let pick = context.link().callback(Message::Side);
        html! {
            <DialogFrame id="takeaway" title={text!("takeaway")} {onclose}>
                { choice(&text!("takeaway-side"), &sides, usize::from(self.is_import), &pick) }
                if self.is_import {
                    { self.incoming.view(context.link()) }
                } else {
                    { self.export.view(self.is_copied, context.link()) }
                }
            </DialogFrame>
        }
    }
}

#[cfg(test)]
mod tests {
    use super::knows;

    #[test]
    fn what_has_queues_is_known_and_what_has_not_is_not() {
        let template = r#"{"Resources":{"Jobs":{"Type":"AWS::SQS::Queue"}}}"#;
        let bucket = r#"{"Resources":{"Files":{"Type":"AWS::S3::Bucket"}}}"#;
        let yaml = "Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n";
        for text in [
            template,
            bucket,
            yaml,
            "resource \"aws_sqs_queue\" \"jobs\" {}",
        ] {
            assert!(knows(text), "{text}");
        }
        for text in [
            "",
            "{",
            "[]",
            "{\"format\":\"sqs-playground-recording\"}",
            "a: b",
        ] {
            assert!(!knows(text), "{text}");
        }
    }
}
