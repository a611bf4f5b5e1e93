//! Queues from what people have: read, looked at, and made by hand.

use js_sys::JsString;
use wasm_bindgen::prelude::*;
use web_sys::{File, HtmlInputElement, HtmlTextAreaElement};
use yew::html::Scope;
use yew::prelude::*;

use super::{Message, Takeaway};
use crate::sqs::api::Request;
use crate::topology::{Import, ImportError, Note, QueueSpec, Topology, import};
use crate::ui::format;
use crate::ui::promise::then;
use crate::ui::widgets::Icon;
use crate::workbench::bridge::{self, Told};
use crate::workbench::text::text;
use crate::workbench::toast::{self, Toast};

/// The largest file that is read, in bytes: what an import takes, with some more, so that it says so itself.
const FILE_MAX: f64 = 4.0 * 1024.0 * 1024.0;
/// The most queues, and complaints, that are listed.
const LISTED_MAX: usize = 50;
/// The most characters of a value that are shown.
const VALUE_MAX: usize = 160;

/// What was brought, and what came of it.
pub(super) struct Incoming {
    /// The world that it comes to.
    home: Topology,
    /// What the field has.
    text: AttrValue,
    read: Option<Result<Import, ImportError>>,
    /// What went wrong outside of the text: with the file, or with the calls.
    complaints: Vec<String>,
}

impl Incoming {
    pub(super) fn new(home: Topology) -> Self {
        Self {
            home,
            text: AttrValue::default(),
            read: None,
            complaints: Vec::new(),
        }
    }

    /// Reads a text.
    pub(super) fn read(&mut self, text: String) {
        self.complaints.clear();
        self.read = (!text.trim().is_empty()).then(|| import(&text, &self.home));
        self.text = text.into();
    }

    /// Tells that a file can't be read.
    pub(super) fn complain(&mut self, why: String) {
        self.read = None;
        self.complaints = vec![why];
    }

    /// Makes the queues by hand. Whether all went well.
    pub(super) fn create(&mut self) -> bool {
        let Some(Ok(read)) = &self.read else {
            return false;
        };
        let mut complaints = Vec::new();
        let mut made = 0;
        for request in read.topology.calls() {
            match bridge::call(&request) {
                Ok((_, Told::Answered(_, Ok(_)))) => {
                    made += usize::from(matches!(request, Request::CreateQueue(_)));
                }
                Ok((_, Told::Answered(_, Err(error)))) => {
                    let queue = request.queue_named().unwrap_or_default();
                    complaints.push(format!("{queue}: {}", error.message));
                }
                // The page holds it back, or refuses it: so it would do with the rest.
                Err(why) => {
                    complaints.push(why);
                    break;
                }
                Ok((_, Told::Waiting | Told::Gone)) => {}
            }
        }
        let told = text!("takeaway-created", [("count", made.into())]);
        if complaints.is_empty() {
            toast::show(Toast::new(told));
            return true;
        }
        if made > 0 {
            complaints.insert(0, told);
        }
        self.complaints = complaints;
        false
    }

    pub(super) fn view(&self, link: &Scope<Takeaway>) -> Html {
        let oninput = link.batch_callback(|event: InputEvent| {
            let field = event.target_dyn_into::<HtmlTextAreaElement>()?;
            Some(Message::Read(field.value()))
        });
        html! {
            <>
                <p class="note">{ text!("takeaway-in-text") }</p>
                <div class="field">
                    <label for="takeaway-text">{ text!("takeaway-text") }</label>
                    <textarea id="takeaway-text" rows="8" spellcheck="false" autocomplete="off"
                        placeholder={PLACEHOLDER} value={self.text.clone()} {oninput} />
                </div>
                <div class="files-row">{ file_button(link) }</div>
                <div role="status">{ self.view_read(link) }</div>
                if !self.complaints.is_empty() {
                    <div role="alert">
                        { listed("field-error", &self.complaints, |why| html! { { why } }) }
                    </div>
                }
            </>
        }
    }

    fn view_read(&self, link: &Scope<Takeaway>) -> Html {
        match &self.read {
            None => Html::default(),
            Some(Err(ImportError::NoQueues(notes))) => html! {
                <>
                    <p class="field-error">{ text!("takeaway-none") }</p>
                    { view_notes(notes) }
                </>
            },
            Some(Err(error)) => {
                let why = [("why", error.to_string().into())];
                html! { <p class="field-error">{ text!("takeaway-broken", why) }</p> }
            }
            Some(Ok(read)) => {
                let queues = read.topology.queues();
                let count = [("count", queues.len().into())];
                let onclick = link.callback(|_: MouseEvent| Message::Create);
                html! {
                    <>
                        <h3>{ text!("takeaway-would", count) }</h3>
                        { listed("takeaway-queues", queues, view_queue) }
                        { view_notes(&read.notes) }
                        <div class="dialog-end">
                            <button type="button" class="button primary" {onclick}>
                                { Icon::Plus.show() }{ text!("takeaway-create", count) }
                            </button>
                        </div>
                    </>
                }
            }
        }
    }
}

fn view_queue(queue: &QueueSpec) -> Html {
    html! {
        <>
            <b>{ queue.name() }</b>
            { for queue.attributes().iter().map(|(name, value)| html! {
                <code>{ name }{ " = " }{ format::clip(value, VALUE_MAX) }</code>
            }) }
            { for queue.tags().iter().map(|(name, value)| html! {
                <code>{ text!("takeaway-tag") }{ " " }{ name }{ " = " }{ format::clip(value, VALUE_MAX) }</code>
            }) }
        </>
    }
}

const PLACEHOLDER: &str = "Resources:\n  Jobs:\n    Type: AWS::SQS::Queue";

fn view_notes(notes: &[Note]) -> Html {
    if notes.is_empty() {
        return Html::default();
    }
    html! {
        <>
            <h3>{ text!("takeaway-notes") }</h3>
            { listed("takeaway-notes", notes, |note| html! {
                <><code>{ &note.place }</code>{ " " }{ &note.message }</>
            }) }
        </>
    }
}

/// A list of the first of some things, and how many more there are.
fn listed<T>(class: &'static str, all: &[T], show: impl Fn(&T) -> Html) -> Html {
    let more = all.len().saturating_sub(LISTED_MAX);
    html! {
        <ul class={class}>
            { for all.iter().take(LISTED_MAX).map(|one| html! { <li>{ show(one) }</li> }) }
            if more > 0 {
                <li class="note">{ text!("takeaway-more", [("count", more.into())]) }</li>
            }
        </ul>
    }
}

fn file_button(link: &Scope<Takeaway>) -> Html {
    let link = link.clone();
    let onchange = move |event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        let file = input.as_ref().and_then(|input| input.files()?.get(0));
        if let (Some(input), Some(file)) = (input, file) {
            read_file(&file, &link);
            // So that the same file can be chosen again.
            input.set_value("");
        }
    };
    html! {
        <label class="button file-button">
            { Icon::Plus.show() }{ text!("open-file") }
            <input type="file" accept=".json,.yaml,.yml,.template,.tfstate,.txt" {onchange} />
        </label>
    }
}

fn read_file(file: &File, link: &Scope<Takeaway>) {
    let wrong = {
        let (link, name) = (link.clone(), format::clip(&file.name(), 80));
        move |why: String| {
            let gaps = [("name", name.as_str().into()), ("why", why.into())];
            link.send_message(Message::Unreadable(text!("takeaway-file-broken", gaps)));
        }
    };
    if file.size() > FILE_MAX {
        return wrong(ImportError::TooLarge.to_string());
    }
    let link = link.clone();
    let read = Closure::once_into_js(move |content: JsString| {
        link.send_message(Message::Read(content.into()));
    });
    let unreadable = Closure::once_into_js(move |_: JsValue| wrong(text!("file-unreadable")));
    then(&file.text(), &read, &unreadable);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbench::bridge::tests::page;

    const TEMPLATE: &str = r#"{"Resources":{
        "Jobs":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"jobs","RedrivePolicy":{
            "deadLetterTargetArn":{"Fn::GetAtt":["Dead","Arn"]},"maxReceiveCount":3}}},
        "Dead":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"dead"}},
        "Files":{"Type":"AWS::S3::Bucket"}}}"#;

    fn incoming() -> Incoming {
        let state = bridge::state();
        Incoming::new(Topology::new(&state.account, &state.region))
    }

    #[test]
    fn what_is_read_is_made_dead_letter_queues_too() {
        let (store, _listening) = page();
        let mut incoming = incoming();
        assert!(!incoming.create(), "there is nothing to make yet");
        incoming.read(TEMPLATE.to_owned());
        let calls = match &incoming.read {
            Some(Ok(read)) => read.topology.calls(),
            other => panic!("{other:?}"),
        };
        for request in calls {
            assert!(matches!(
                bridge::call(&request),
                Ok((_, Told::Answered(_, Ok(_))))
            ));
        }
        let made = store.read(|session| Topology::of_world(session.world()));
        let names: Vec<&str> = made.queues().iter().map(QueueSpec::name).collect();
        assert_eq!(names, ["dead", "jobs"]);
    }

    #[test]
    fn what_the_service_refuses_is_told() {
        let (_store, _listening) = page();
        let mut incoming = incoming();
        let other = TEMPLATE.replace("\"dead\"", "\"dead\",\"DelaySeconds\":5");
        incoming.read(other);
        let mut before = self::incoming();
        before.read(TEMPLATE.to_owned());
        let Some(Ok(read)) = &before.read else {
            panic!("it is a template");
        };
        for request in read.topology.calls() {
            let _made = bridge::call(&request);
        }
        assert!(!incoming.create());
        let why = incoming.complaints.join("\n");
        assert!(why.contains("dead: A queue already exists"), "{why}");
    }

    #[test]
    fn a_text_that_is_too_large_says_so() {
        let mut incoming = Incoming::new(Topology::new("123456789012", "us-east-1"));
        incoming.read("a".repeat(10_000_000));
        assert_eq!(incoming.read, Some(Err(ImportError::TooLarge)));
        incoming.read("  ".to_owned());
        assert_eq!(incoming.read, None);
    }
}
