//! The help dialog: the keyboard map, and how to read the stage.

use yew::prelude::*;

use super::text::text;
use crate::ui::keys::{Command, KEYS};
use crate::ui::text as page;
use crate::ui::widgets::DialogFrame;

#[derive(PartialEq, Properties)]
pub(super) struct HelpProps {
    pub onclose: Callback<()>,
}

#[component]
pub(super) fn Help(props: &HelpProps) -> Html {
    html! {
        <DialogFrame id="help" title={page::text!("help")} onclose={props.onclose.clone()}>
            <p>{ text!("help-text") }</p>
            <h3>{ text!("help-keys") }</h3>
            <dl class="keys">
                { for KEYS.into_iter().map(|(key, command)| html! {
                    <div key={key}>
                        <dt><kbd>{ key_name(key) }</kbd></dt>
                        <dd>{ command_name(command) }</dd>
                    </div>
                }) }
            </dl>
            <h3>{ text!("help-stage") }</h3>
            <ul class="plain">
                <li>{ text!("help-tokens") }</li>
                <li>{ page::text!("help-badge") }</li>
                <li>{ page::text!("help-travel") }</li>
                <li>{ page::text!("help-poll") }</li>
            </ul>
            <div class="dialog-end">
                <button type="button" class="button" onclick={|_: MouseEvent| super::open("about", "")}>
                    { text!("about") }
                </button>
            </div>
        </DialogFrame>
    }
}

fn key_name(key: &str) -> String {
    match key {
        " " => text!("key-space"),
        "Home" => text!("key-home"),
        "End" => text!("key-end"),
        "U" => text!("key-shift-u"),
        "Escape" => text!("key-escape"),
        _ => key.to_owned(),
    }
}

fn command_name(command: Command) -> String {
    match command {
        Command::TogglePlay => text!("command-play"),
        Command::NextEvent => page::text!("next-event"),
        Command::StepBack => page::text!("step-back"),
        Command::Restart => page::text!("restart"),
        Command::RunUntilRest => page::text!("run-until-rest"),
        Command::Jump => page::text!("jump"),
        Command::Compare => page::text!("compare"),
        Command::Undo => page::text!("undo"),
        Command::Redo => page::text!("redo"),
        Command::Faster => text!("command-faster"),
        Command::Slower => text!("command-slower"),
        Command::CreateQueue => page::text!("create-queue"),
        Command::AddActor => page::text!("add-actor"),
        Command::Send => page::text!("send-message"),
        Command::Larger => page::text!("stage-larger"),
        Command::Smaller => page::text!("stage-smaller"),
        Command::Fit => page::text!("stage-fit"),
        Command::Find => page::text!("find-message"),
        Command::Present => page::text!("present"),
        Command::Theme => text!("command-theme"),
        Command::Deselect => page::text!("deselect"),
        Command::Help => page::text!("help"),
    }
}
