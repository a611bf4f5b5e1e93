//! What the page opens with: a link, or the run that was open last. And what comes later: links that are
//! clicked, files that are dropped.

use gloo_events::{EventListener, EventListenerOptions};
use js_sys::JsString;
use wasm_bindgen::prelude::*;
use web_sys::{DragEvent, File, Location, Window};

use super::options::{Options, without_run};
use super::text::text;
use super::toast::{self, Toast};
use super::{bridge, keeper, settings, takeaway};
use crate::json::Member;
use crate::scenario::find;
use crate::share::workspaces::StoreError;
use crate::share::{Document, decode};
use crate::ui::format;
use crate::ui::promise::then;

/// The largest file that is read, in bytes.
const FILE_MAX: f64 = 64.0 * 1024.0 * 1024.0;

/// Opens what is to be opened, and from then on what comes.
pub(super) fn start() -> Option<()> {
    let window = web_sys::window()?;
    let was_used = keeper::start();
    let options = options(&window.location());
    let mut is_broken = false;
    if let Some(link) = &options.link {
        is_broken = open_link(link, &window).is_none();
    } else if was_used {
        // The page has lost the workbench, or did not have it in time.
        if !last(&window).is_some_and(|id| keeper::go_on_in(&id)) {
            keeper::save_all();
        }
    } else {
        restore(&window);
    }
    if !was_used && options.speed.is_none() {
        settings::apply_speed();
    }
    if !is_broken {
        follow(&options);
    }
    // The page has waited for that.
    let _opened = bridge::ask("opened", vec![]);
    keeper::check(true);
    listen(&window);
    Some(())
}

fn options(location: &Location) -> Options {
    let query = location.search().unwrap_or_default();
    Options::read(&query, &location.hash().unwrap_or_default())
}

/// Opens the scenario with this id, which the page has not itself.
pub(super) fn open_scenario(id: &str) {
    if let Some((_, scenario)) = find(id) {
        keeper::check(true);
        tell_refusal(keeper::show_in_page(&Document::of_scenario(scenario)));
        keeper::check(true);
    }
}

/// Opens the run of a link. A broken one is told, and nothing is opened.
fn open_link(link: &str, window: &Window) -> Option<()> {
    let document = read_link(link, window)?;
    tell_refusal(open_linked(document))
}

/// What a link leads to; a broken one is told.
fn read_link(link: &str, window: &Window) -> Option<Document> {
    forget_link(window);
    tell_refusal(decode(link).map_err(|error| broken(error.to_string())))
}

fn open_linked(document: Document) -> Result<(), String> {
    let name = keeper::name_of(&document);
    keeper::open(document, &name).map_err(broken)
}

fn broken(why: String) -> String {
    text!("link-broken", [("why", why.into())])
}

fn tell_refusal<T>(done: Result<T, String>) -> Option<T> {
    done.map_err(|why| toast::show(Toast::new(why))).ok()
}

/// What is done now goes on from the link: a reload is not to begin with it again.
fn forget_link(window: &Window) {
    let location = window.location();
    let rest = without_run(&location.hash().unwrap_or_default());
    let path = location.pathname().unwrap_or_default();
    let query = location.search().unwrap_or_default();
    let hash = if rest.is_empty() {
        rest
    } else {
        format!("#{rest}")
    };
    let replaced = window.history().and_then(|history| {
        let address = format!("{path}{query}{hash}");
        history.replace_state_with_url(&JsValue::NULL, "", Some(&address))
    });
    // A page in a frame without an origin keeps its address.
    drop(replaced);
}

/// The workspace that was open last: in this tab, or else in any.
fn last(window: &Window) -> Option<String> {
    let tab = window.session_storage().ok().flatten();
    let tab = tab.and_then(|tab| tab.get_item(keeper::TAB).ok().flatten());
    tab.or_else(|| keeper::with(|keeper| keeper.workspaces.last().ok().flatten()).flatten())
}

fn restore(window: &Window) {
    let Some(id) = last(window) else {
        return;
    };
    let is_there = |id: &str| {
        let list = keeper::with(|keeper| keeper.workspaces.list());
        list.is_some_and(|list| list.is_ok_and(|list| list.iter().any(|listed| listed.id == id)))
    };
    if !is_there(&id) {
        return;
    }
    tell_refusal(keeper::open_workspace(&id));
}

/// Does what an address asks of the run.
fn follow(options: &Options) {
    if let Some(speed) = options.speed {
        let thousandths = Member::Natural(speed.thousandths().into());
        let _known = bridge::ask("speed", vec![("thousandths", thousandths)]);
    }
    let start = keeper::with(|keeper| keeper.document.recording.config.start);
    if let Some(at) = start.and_then(|start| options.instant(start)) {
        let _sought = bridge::ask("seek", vec![("to", Member::Natural(at.as_ms()))]);
    }
    if options.play {
        let _playing = bridge::ask("play", vec![]);
    }
    if !options.unknown.is_empty() {
        let all = options.unknown.join(", ");
        let unknown = [("options", format::clip(&all, 200).into())];
        toast::show(Toast::new(text!("options-unknown", unknown)));
    }
}

/// Listens for as long as the page lives.
fn listen(window: &Window) {
    let hash = EventListener::new(window, "hashchange", {
        let window = window.clone();
        move |_| {
            let options = options(&window.location());
            let link = options.link.as_deref();
            if let Some(document) = link.and_then(|link| read_link(link, &window)) {
                tell_refusal(keeper::open_when_free(move || {
                    open_linked(document)?;
                    follow(&options);
                    Ok(())
                }));
            }
        }
    });
    let hide = EventListener::new(window, "pagehide", |_| keeper::check(true));
    // A tab of a telephone may end without another word.
    let unseen = EventListener::new(window, "visibilitychange", |_| keeper::check(true));
    // To drop a file is to open it, wherever on the page.
    let options = EventListenerOptions::enable_prevent_default();
    let over = EventListener::new_with_options(window, "dragover", options, |event| {
        if let Some(event) = event.dyn_ref::<DragEvent>()
            && carries_file(event)
        {
            event.prevent_default();
        }
    });
    let dropped = EventListener::new_with_options(window, "drop", options, |event| {
        if event.default_prevented() {
            return;
        }
        let files = event
            .dyn_ref::<DragEvent>()
            .and_then(|event| event.data_transfer()?.files());
        if let Some(file) = files.and_then(|files| files.get(0)) {
            event.prevent_default();
            open_file(&file, |opened| {
                tell_refusal(opened);
            });
        }
    });
    for listener in [hash, hide, unseen, over, dropped] {
        listener.forget();
    }
}

fn carries_file(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|data| data.types());
    types.is_some_and(|types| types.includes(&"Files".into(), 0))
}

/// Opens a file, and tells how that went; one that has queues for the way from AWS opens the dialog for that.
pub(super) fn open_file(file: &File, told: impl Fn(Result<(), String>) + Clone + 'static) {
    let name = file.name();
    let wrong = {
        let name = name.clone();
        move |why: String| {
            let gaps = [
                ("name", format::clip(&name, 80).into()),
                ("why", why.into()),
            ];
            Err(text!("file-broken", gaps))
        }
    };
    if file.size() > FILE_MAX {
        return told(wrong(text!("file-large")));
    }
    let read = Closure::once_into_js({
        let (told, wrong) = (told.clone(), wrong.clone());
        move |content: JsString| {
            let content = String::from(content);
            let document = Document::from_json(&content);
            if document.is_err() && takeaway::knows(&content) {
                return takeaway::bring(content);
            }
            let opened = document
                .map_err(|error| error.to_string())
                .and_then(|document| {
                    let stem = name.strip_suffix(".json").unwrap_or(&name);
                    let name = match &document.scenario {
                        Some(scenario) => scenario.title.clone(),
                        None => stem.to_owned(),
                    };
                    keeper::open_when_free(move || keeper::open(document, &name))
                });
            told(opened.or_else(wrong));
        }
    });
    let unreadable = Closure::once_into_js(move |_: JsValue| told(wrong(text!("file-unreadable"))));
    then(&file.text(), &read, &unreadable);
}

/// What a store says, in words.
pub(super) fn words(error: StoreError) -> String {
    match error {
        StoreError::Full => text!("store-full"),
        StoreError::Denied => text!("store-denied"),
        StoreError::Missing => text!("restored-nothing"),
    }
}
