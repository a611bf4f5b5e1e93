//! The help dialog: the keyboard map, and how to read the stage.

use yew::prelude::*;

use super::keys::{Command, KEYS};
use super::page::Page;
use super::part::Part;
use super::session::Session;
use super::text::text;
use super::widgets::DialogFrame;

#[derive(PartialEq)]
pub(crate) struct Help;

impl Part for Help {
    type Facts = ();

    fn facts(&self, _: &Session) {}

    fn view(&self, (): &(), page: &Page) -> Html {
        let onabout = {
            let page = page.clone();
            Callback::from(move |_: MouseEvent| {
                page.shell.close();
                page.workbench.open("about", "");
            })
        };
        html! {
            <DialogFrame id="help" title={text!("help")}>
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
                    <li>{ text!("help-badge") }</li>
                    <li>{ text!("help-travel") }</li>
                    <li>{ text!("help-poll") }</li>
                </ul>
                <div class="dialog-end">
                    <button type="button" class="button" onclick={onabout}>{ text!("about") }</button>
                </div>
            </DialogFrame>
        }
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
        Command::NextEvent => text!("next-event"),
        Command::StepBack => text!("step-back"),
        Command::Restart => text!("restart"),
        Command::RunUntilRest => text!("run-until-rest"),
        Command::Jump => text!("jump"),
        Command::Compare => text!("compare"),
        Command::Undo => text!("undo"),
        Command::Redo => text!("redo"),
        Command::Faster => text!("command-faster"),
        Command::Slower => text!("command-slower"),
        Command::CreateQueue => text!("create-queue"),
        Command::AddActor => text!("add-actor"),
        Command::Send => text!("send-message"),
        Command::Larger => text!("stage-larger"),
        Command::Smaller => text!("stage-smaller"),
        Command::Fit => text!("stage-fit"),
        Command::Find => text!("find-message"),
        Command::Present => text!("present"),
        Command::Theme => text!("command-theme"),
        Command::Deselect => text!("deselect"),
        Command::Help => text!("help"),
    }
}
