//! The call that the inspector shows, as it is written: on the wire, in boto3, and with the AWS CLI.

use yew::prelude::*;

use super::bridge::{self, Selected, Told};
use super::console;
use super::text::text;
use crate::cli;
use crate::json::{self, Json, Member};
use crate::sqs::Error;
use crate::sqs::api::{Request, Response};
use crate::ui::listeners::Subscription;
use crate::ui::widgets::{Icon, choice, code, copy};

const REQUEST: &str = "call-request";
const RESPONSE: &str = "call-response";

/// How a call is written.
#[derive(Clone, Copy, Debug, Default)]
enum Tongue {
    #[default]
    Json,
    Boto3,
    Cli,
}

const TONGUES: [Tongue; 3] = [Tongue::Json, Tongue::Boto3, Tongue::Cli];

impl Tongue {
    fn request(self, request: &Request) -> String {
        match self {
            Self::Json => json::pretty(&Member::Shape(request.shape())),
            Self::Boto3 => cli::boto3_call(request),
            Self::Cli => cli::aws_command(request),
        }
    }

    fn answer(self, action: &str, result: &Result<Response, Error>) -> String {
        match (self, result) {
            (Self::Json, Ok(response)) => json::pretty(&Member::Shape(response.shape())),
            (Self::Json, Err(error)) => error_json(error),
            (Self::Boto3, Ok(response)) => cli::boto3_response(response),
            (Self::Boto3, Err(error)) => cli::boto3_error(action, error),
            (Self::Cli, Ok(response)) => cli::aws_output(response),
            (Self::Cli, Err(error)) => cli::aws_error(action, error),
        }
    }
}

/// The body of an error on the wire.
fn error_json(error: &Error) -> String {
    let shape = format!("{}#{}", error.code.namespace(), error.code.shape());
    json::pretty(&Member::Map(vec![
        ("__type", Member::Text(&shape)),
        ("message", Member::Text(&error.message)),
    ]))
}

/// The panel.
pub(super) struct Call {
    /// What decides what there is to show.
    stamp: Json,
    selected: Option<Selected>,
    /// Its place among the tongues.
    chosen: usize,
    /// What was copied last, and whether it is only selected, to be copied by hand.
    copied: Option<(String, bool)>,
    _listening: Subscription,
}

pub(super) enum Message {
    Changed,
    Choose(usize),
    Copied(String, bool),
}

impl Component for Call {
    type Message = Message;
    type Properties = ();

    fn create(context: &Context<Self>) -> Self {
        let link = context.link().clone();
        let mut call = Self {
            stamp: Json::Null,
            selected: None,
            chosen: 0,
            copied: None,
            _listening: bridge::listen(move || link.send_message(Message::Changed)),
        };
        call.look();
        call
    }

    fn update(&mut self, _: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Changed => return self.look(),
            Message::Choose(place) => self.chosen = place,
            Message::Copied(text, by_hand) => self.copied = Some((text, by_hand)),
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let Some(Selected { request, told }) = &self.selected else {
            return Html::default();
        };
        let tongue = TONGUES.get(self.chosen).copied().unwrap_or_default();
        let names = [
            text!("tongue-json"),
            text!("tongue-boto3"),
            text!("tongue-cli"),
        ];
        let pick = context.link().callback(Message::Choose);
        let asked = tongue.request(request);
        let script = match tongue {
            Tongue::Boto3 => {
                let script = cli::boto3_script(request, &bridge::state().region);
                self.copying(context, REQUEST, text!("copy-script"), script)
            }
            Tongue::Json | Tongue::Cli => Html::default(),
        };
        let buttons = html! {
            <>
                { script }
                { self.copying(context, REQUEST, text!("copy"), asked.clone()) }
            </>
        };
        let command = matches!(tongue, Tongue::Cli).then(|| asked.clone());
        html! {
            <>
                { choice(&text!("tongue"), &names, self.chosen, &pick) }
                { code(REQUEST, &text!("request"), &asked, buttons) }
                if let Some(command) = command {
                    <button type="button" class="button small" onclick={move |_: MouseEvent| suggest(&command)}>
                        { text!("to-console") }
                    </button>
                }
                if let Told::Answered(_, result) = told {
                    { self.answer(context, tongue.answer(request.action(), result)) }
                }
            </>
        }
    }
}

impl Call {
    /// Finds out what there is to show. Whether that is something else.
    fn look(&mut self) -> bool {
        let changed = bridge::selected_call(&self.stamp);
        let is_changed = changed.is_some();
        if let Some((stamp, selected)) = changed {
            (self.stamp, self.selected) = (stamp, selected);
        }
        is_changed
    }

    fn answer(&self, context: &Context<Self>, text: String) -> Html {
        let title = text!("response");
        if text.is_empty() {
            return html! {
                <>
                    <h3>{ title }</h3>
                    <p class="note">{ text!("prints-nothing") }</p>
                </>
            };
        }
        let button = self.copying(context, RESPONSE, text!("copy"), text.clone());
        code(RESPONSE, &title, &text, button)
    }

    /// A button that copies a text.
    fn copying(
        &self,
        context: &Context<Self>,
        id: &'static str,
        label: String,
        text: String,
    ) -> Html {
        let copied = self.copied.as_ref().filter(|(copied, _)| *copied == text);
        let words = match copied {
            None => label,
            Some((_, false)) => text!("copied"),
            Some((_, true)) => text!("copy-by-hand"),
        };
        let icon = if copied.is_some() {
            Icon::Check
        } else {
            Icon::Copy
        };
        let link = context.link().clone();
        let onclick = move |_: MouseEvent| {
            let (link, whole) = (link.clone(), text.clone());
            copy(id, &text, move |by_hand| {
                link.send_message(Message::Copied(whole.clone(), by_hand));
            });
        };
        html! {
            <button type="button" class="button small" {onclick}>
                { icon.show() }
                <span aria-live="polite">{ words }</span>
            </button>
        }
    }
}

/// Brings the console to the front, with a command that waits to be run.
fn suggest(command: &str) {
    console::suggest(command);
    bridge::show_tab("tab-console");
}
