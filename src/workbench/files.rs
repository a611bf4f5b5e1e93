//! Files and workspaces: the run as a file, files as runs, and the runs that the browser keeps.

use js_sys::{Array, Date};
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlInputElement, SubmitEvent, Url};
use yew::prelude::*;

use super::bridge;
use super::keeper;
use super::opening::{open_file, words};
use super::text::text;
use crate::json::Member;
use crate::share::workspaces::{Deleted, Listed, NAME_MAX, StoreError};
use crate::share::{distil, scenario_to_json};
use crate::ui::format;
use crate::ui::listeners::Subscription;
use crate::ui::widgets::{DialogFrame, Icon};

/// The seed of a world of one's own, as the page has it.
const SEED: u64 = 1;

#[derive(PartialEq, Properties)]
pub(super) struct FilesProps {
    pub onclose: Callback<()>,
}

pub(super) struct Files {
    list: Result<Vec<Listed>, StoreError>,
    /// The workspace that is being renamed.
    renaming: Option<String>,
    /// What was deleted last.
    deleted: Option<Deleted>,
    /// What went wrong.
    complaint: Option<String>,
    _listening: Subscription,
}

pub(super) enum Message {
    Refresh,
    Open(String),
    New,
    Rename(String),
    Renamed(String),
    Duplicate(String),
    Delete(String),
    PutBack,
    SaveRaw(String),
    Told(Result<(), String>),
}

impl Component for Files {
    type Message = Message;
    type Properties = FilesProps;

    fn create(context: &Context<Self>) -> Self {
        keeper::check(true);
        let link = context.link().clone();
        Self {
            list: list(),
            renaming: None,
            deleted: None,
            complaint: None,
            _listening: keeper::listen(move || link.send_message(Message::Refresh)),
        }
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        let told = match message {
            Message::Refresh => Ok(()),
            Message::Open(id) => {
                let opened = keeper::open_when_free(move || keeper::open_workspace(&id));
                self.closing(context, opened)
            }
            Message::New => {
                let opened = bridge::ask("open-empty", vec![("seed", Member::Natural(SEED))]);
                self.closing(context, opened.map(drop))
            }
            Message::Rename(id) => {
                self.renaming = Some(id);
                Ok(())
            }
            Message::Renamed(name) => self.rename(&name),
            Message::Duplicate(id) => {
                let now_ms = Date::now() as u64;
                self.change(|keeper| keeper.workspaces.duplicate(&id, now_ms).map(drop))
            }
            Message::Delete(id) => {
                let mut deleted = None;
                let done = self.change(|keeper| {
                    deleted = Some(keeper.workspaces.delete(&id)?);
                    Ok(())
                });
                self.deleted = deleted.or(self.deleted.take());
                done
            }
            Message::PutBack => {
                let deleted = self.deleted.take();
                self.change(|keeper| match &deleted {
                    Some(deleted) => keeper.workspaces.put_back(deleted),
                    None => Ok(()),
                })
            }
            Message::SaveRaw(id) => {
                let raw = keeper::with(|keeper| keeper.workspaces.raw(&id));
                match raw {
                    Some(Ok(raw)) => {
                        save("damaged-workspace.json", &raw);
                        Ok(())
                    }
                    Some(Err(error)) => Err(words(error)),
                    None => Ok(()),
                }
            }
            Message::Told(told) => self.closing(context, told),
        };
        self.complaint = told.err();
        self.list = list();
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let onclose = context.props().onclose.clone();
        html! {
            <DialogFrame id="files" title={text!("files")} {onclose}>
                if let Some(complaint) = &self.complaint {
                    <p class="field-error" role="alert">{ complaint }</p>
                }
                { self.view_file(context) }
                { self.view_workspaces(context) }
            </DialogFrame>
        }
    }
}

impl Files {
    /// Closes the dialog if all went well.
    fn closing(&self, context: &Context<Self>, done: Result<(), String>) -> Result<(), String> {
        if done.is_ok() {
            context.props().onclose.emit(());
        }
        done
    }

    fn change(
        &mut self,
        change: impl FnOnce(&mut keeper::Keeper) -> Result<(), StoreError>,
    ) -> Result<(), String> {
        match keeper::with(change) {
            Some(done) => done.map_err(words),
            None => Ok(()),
        }
    }

    fn rename(&mut self, name: &str) -> Result<(), String> {
        let Some(id) = self.renaming.take() else {
            return Ok(());
        };
        let done = keeper::with(|keeper| keeper.workspaces.rename(&id, name));
        match done {
            Some(Err(StoreError::Missing)) => Err(text!("name-empty")),
            Some(Err(error)) => Err(words(error)),
            Some(Ok(())) | None => Ok(()),
        }
    }

    fn view_file(&self, context: &Context<Self>) -> Html {
        let link = context.link().clone();
        let onchange = move |event: Event| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            let file = input.as_ref().and_then(|input| input.files()?.get(0));
            if let (Some(input), Some(file)) = (input, file) {
                let link = link.clone();
                open_file(&file, move |told| link.send_message(Message::Told(told)));
                // So that the same file can be chosen again.
                input.set_value("");
            }
        };
        html! {
            <section class="files-part" aria-labelledby="files-file">
                <h3 id="files-file">{ text!("files-file") }</h3>
                <p class="note">{ text!("files-file-text") }</p>
                <div class="files-row">
                    <button type="button" class="button" onclick={|_: MouseEvent| save_recording()}>
                        { Icon::Tape.show() }{ text!("save-recording") }
                    </button>
                    <button type="button" class="button" onclick={|_: MouseEvent| save_scenario()}>
                        { Icon::Start.show() }{ text!("save-scenario") }
                    </button>
                    <label class="button file-button">
                        { Icon::Plus.show() }{ text!("open-file") }
                        <input type="file" accept=".json,.yaml,.yml,.template,application/json" {onchange} />
                    </label>
                </div>
            </section>
        }
    }

    fn view_workspaces(&self, context: &Context<Self>) -> Html {
        let trouble = keeper::with(|keeper| keeper.trouble).flatten();
        let list = match &self.list {
            Ok(list) => html! {
                <ul class="workspaces">
                    { for list.iter().map(|listed| self.view_workspace(listed, context)) }
                </ul>
            },
            Err(error) => html! { <p class="note">{ words(*error) }</p> },
        };
        let new = context.link().callback(|_: MouseEvent| Message::New);
        let put_back = context.link().callback(|_: MouseEvent| Message::PutBack);
        html! {
            <section class="files-part" aria-labelledby="files-workspaces">
                <h3 id="files-workspaces">{ text!("workspaces") }</h3>
                <p class="note">{ text!("workspaces-text") }</p>
                if let Some(trouble) = trouble {
                    <p class="field-error" role="alert">{ words(trouble) }</p>
                }
                { list }
                <p role="status" class="files-row">
                    if let Some(deleted) = &self.deleted {
                        <span>{ text!("workspace-deleted", [("name", deleted.name.as_str().into())]) }</span>
                        <button type="button" class="button small" onclick={put_back}>
                            { Icon::Undo.show() }{ text!("put-back") }
                        </button>
                    }
                </p>
                <div class="dialog-end">
                    <button type="button" class="button" onclick={new}>
                        { Icon::Plus.show() }{ text!("workspace-new") }
                    </button>
                </div>
            </section>
        }
    }

    fn view_workspace(&self, listed: &Listed, context: &Context<Self>) -> Html {
        let current = keeper::with(|keeper| keeper.workspaces.id().to_owned());
        let is_current = current.as_ref() == Some(&listed.id);
        let kilobytes = [("size", format::bytes(listed.bytes).into())];
        let button = |label: String, name: &str, message: fn(String) -> Message| {
            let id = listed.id.clone();
            let onclick = context
                .link()
                .callback(move |_: MouseEvent| message(id.clone()));
            html! {
                <button type="button" class="button small" aria-label={format!("{label}: {name}")} {onclick}>
                    { label }
                </button>
            }
        };
        let name = &listed.name;
        let head = if self.renaming.as_ref() == Some(&listed.id) {
            rename_form(name, context)
        } else {
            html! {
                <div class="workspace-name">
                    <b>{ name }</b>
                    <span class="note">
                        { saved_at(listed) }{ " · " }{ text!("workspace-size", kilobytes) }
                    </span>
                </div>
            }
        };
        html! {
            <li key={listed.id.clone()} aria-current={is_current.then_some("true")}>
                { head }
                <div class="files-row">
                    if listed.is_damaged {
                        <span class="note">{ text!("workspace-damaged") }</span>
                        { button(text!("save-raw"), name, Message::SaveRaw) }
                    }
                    if is_current {
                        <span class="note">{ text!("workspace-open") }</span>
                    } else {
                        { button(text!("open"), name, Message::Open) }
                    }
                    { button(text!("rename"), name, Message::Rename) }
                    { button(text!("duplicate"), name, Message::Duplicate) }
                    { button(text!("delete"), name, Message::Delete) }
                </div>
            </li>
        }
    }
}

fn rename_form(name: &str, context: &Context<Files>) -> Html {
    let onsubmit = context.link().callback(|event: SubmitEvent| {
        event.prevent_default();
        let form = event.target();
        let form = form.and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok());
        let input = form.and_then(|form| form.get_with_index(0));
        let input = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
        Message::Renamed(input.map(|input| input.value()).unwrap_or_default())
    });
    html! {
        <form class="workspace-name" {onsubmit}>
            <input type="text" aria-label={text!("workspace-name")} value={name.to_owned()}
                maxlength={NAME_MAX.to_string()} autocomplete="off" autofocus=true />
            <button class="button small primary">{ text!("rename") }</button>
        </form>
    }
}

/// When it was saved, as people there write it.
fn saved_at(listed: &Listed) -> String {
    if listed.saved_ms == 0 {
        return text!("workspace-unknown");
    }
    let date = Date::new(&(listed.saved_ms as f64).into());
    String::from(date.to_locale_string("default", &js_sys::Object::new()))
}

fn list() -> Result<Vec<Listed>, StoreError> {
    keeper::with(|keeper| keeper.workspaces.list()).unwrap_or(Ok(Vec::new()))
}

/// Saves the run as a file.
pub(super) fn save_recording() {
    keeper::check(true);
    let saved = keeper::with(|keeper| {
        let name = file_name(keeper.workspaces.name());
        (name, keeper.document.to_json())
    });
    if let Some((name, json)) = saved {
        save(&format!("{name}.recording.json"), &json);
    }
}

/// Saves what was built as a scenario.
fn save_scenario() {
    keeper::check(true);
    let saved = keeper::with(|keeper| {
        let name = keeper.workspaces.name().to_owned();
        let scenario = distil(&keeper.document, &name);
        (file_name(&name), scenario_to_json(&scenario))
    });
    if let Some((name, json)) = saved {
        save(&format!("{name}.scenario.json"), &json);
    }
}

/// A name without what file systems make something of.
fn file_name(name: &str) -> String {
    let plain = |letter: char| {
        if letter.is_alphanumeric() {
            letter
        } else {
            '-'
        }
    };
    let name: String = name.chars().map(plain).collect();
    let name = name.trim_matches('-').to_lowercase();
    if name.is_empty() {
        "run".to_owned()
    } else {
        name
    }
}

/// Has the browser save a file.
pub(super) fn save(name: &str, text: &str) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let kind = BlobPropertyBag::new();
    let is_json = name.ends_with(".json");
    // As plain text, some browsers would add to the name.
    kind.set_type(if is_json {
        "application/json"
    } else {
        "application/octet-stream"
    });
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &kind).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let anchor: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    anchor.set_href(&address);
    anchor.set_download(name);
    anchor.click();
    // The browser has taken hold of it by then.
    Url::revoke_object_url(&address).ok()
}
