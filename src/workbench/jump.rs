//! To what moment to go.

use yew::prelude::*;

use super::bridge::{self, State};
use super::moment::moment;
use super::text::text;
use crate::json::Member;
use crate::ui::format;
use crate::ui::text as page;
use crate::ui::widgets::{DialogFrame, Field};

#[derive(PartialEq, Properties)]
pub(super) struct JumpProps {
    pub onclose: Callback<()>,
}

pub(super) struct Jump {
    written: String,
    is_wrong: bool,
}

pub(super) enum Message {
    Write(String),
    Go,
}

impl Component for Jump {
    type Message = Message;
    type Properties = JumpProps;

    fn create(_: &Context<Self>) -> Self {
        let State { now, start, .. } = bridge::state();
        Self {
            written: format::elapsed(now.since(start)),
            is_wrong: false,
        }
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Write(written) => self.written = written,
            Message::Go => match moment(&self.written, bridge::state().start) {
                Some(moment) => {
                    let to = Member::Natural(moment.as_ms());
                    // The page does both, whatever it shows.
                    let _paused = bridge::ask("pause", Vec::new());
                    let _sought = bridge::ask("seek", vec![("to", to)]);
                    context.props().onclose.emit(());
                    return false;
                }
                None => self.is_wrong = true,
            },
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let onsubmit = context.link().callback(|event: SubmitEvent| {
            event.prevent_default();
            Message::Go
        });
        let error = self.is_wrong.then(|| AttrValue::from(text!("jump-wrong")));
        html! {
            <DialogFrame id="jump" title={page::text!("jump")} onclose={context.props().onclose.clone()}>
                <form {onsubmit} novalidate={true}>
                    <Field id="jump-moment" label={text!("jump-moment")} hint={text!("jump-hint")} {error}
                        autofocus=true value={self.written.clone()}
                        onchange={context.link().callback(Message::Write)} />
                    <div class="dialog-end">
                        <button class="button primary" type="submit">{ text!("jump-go") }</button>
                    </div>
                </form>
            </DialogFrame>
        }
    }
}
