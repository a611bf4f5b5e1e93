//! The licences of what runs Python in the page: listed by the bundle itself, and read from it when they are opened.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Element, Response};
use yew::prelude::*;

use super::python;
use super::text::text;
use crate::json::{self, Json};
use crate::ui::promise::then;

/// Where the bundle lists what it is made of.
const MANIFEST: &str = "manifest.json";

/// Something that others have made.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Package {
    name: String,
    version: String,
    /// What its licence is called.
    terms: String,
    /// The file of its text, within the bundle.
    licence: String,
}

/// What was fetched, or is to be.
type Fetched<T> = Option<Result<T, ()>>;

/// The list. Nothing in a page without Python.
pub(super) struct Licences {
    folder: Option<String>,
    packages: Fetched<Vec<Package>>,
    /// The texts of those that were opened.
    texts: Vec<(String, Fetched<String>)>,
}

pub(super) enum Message {
    Listed(Result<String, ()>),
    Opened(String),
    Read(String, Result<String, ()>),
}

impl Component for Licences {
    type Message = Message;
    type Properties = ();

    fn create(context: &Context<Self>) -> Self {
        let folder = python::folder();
        if let Some(folder) = &folder {
            let link = context.link().clone();
            fetch(&[folder, MANIFEST].concat(), move |text| {
                link.send_message(Message::Listed(text));
            });
        }
        Self {
            folder,
            packages: None,
            texts: Vec::new(),
        }
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Listed(text) => {
                self.packages = Some(text.and_then(|text| packages(&text).ok_or(())));
            }
            Message::Opened(licence) => {
                let is_known = |(known, text): &(String, Fetched<String>)| {
                    *known == licence && !matches!(text, Some(Err(())))
                };
                if self.texts.iter().any(is_known) {
                    return false;
                }
                self.texts.retain(|(known, _)| *known != licence);
                self.texts.push((licence.clone(), None));
                let folder = self.folder.as_deref().unwrap_or_default();
                let link = context.link().clone();
                fetch(&[folder, &licence].concat(), move |text| {
                    link.send_message(Message::Read(licence, text));
                });
            }
            Message::Read(licence, text) => {
                if let Some((_, found)) = self.texts.iter_mut().find(|(known, _)| *known == licence)
                {
                    *found = Some(text);
                }
            }
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        if self.folder.is_none() {
            return Html::default();
        }
        html! {
            <section class="licences" aria-labelledby="licences">
                <h3 id="licences">{ text!("licences") }</h3>
                {
                    match &self.packages {
                        None => html! { <p class="note" role="status">{ text!("licences-coming") }</p> },
                        Some(Err(())) => html! { <p class="note" role="status">{ text!("licences-missing") }</p> },
                        Some(Ok(packages)) => html! {
                            <>
                                <p class="note">{ text!("licences-note") }</p>
                                { for packages.iter().map(|package| self.package(context, package)) }
                            </>
                        },
                    }
                }
            </section>
        }
    }
}

impl Licences {
    fn package(&self, context: &Context<Self>, package: &Package) -> Html {
        let Package {
            name,
            version,
            terms,
            licence,
        } = package;
        let opened = licence.clone();
        let ontoggle = context.link().batch_callback(move |event: Event| {
            let details = event.target_dyn_into::<Element>()?;
            let is_open = details.has_attribute("open");
            is_open.then(|| Message::Opened(opened.clone()))
        });
        let text = self.texts.iter().find(|(known, _)| known == licence);
        html! {
            <details key={&**name} {ontoggle}>
                <summary><strong>{ name }</strong>{ " " }{ version }{ " · " }{ terms }</summary>
                {
                    match text.map(|(_, text)| text) {
                        None => Html::default(),
                        Some(None) => html! { <p class="note" role="status">{ text!("licences-coming") }</p> },
                        Some(Some(Err(()))) => html! { <p class="note" role="status">{ text!("licences-missing") }</p> },
                        Some(Some(Ok(text))) => {
                            let label = text!("licence-of", [("name", name.clone().into())]);
                            html! { <pre tabindex="0" role="region" aria-label={label}>{ text }</pre> }
                        }
                    }
                }
            </details>
        }
    }
}

/// What a manifest lists.
fn packages(manifest: &str) -> Option<Vec<Package>> {
    let manifest = json::parse(manifest).ok()?;
    let Json::List(list) = manifest.get("packages")? else {
        return None;
    };
    let package = |listed: &Json| {
        let text = |name| Some(listed.get(name)?.as_text()?.to_owned());
        Some(Package {
            name: text("name")?,
            version: text("version")?,
            terms: text("terms")?,
            licence: text("licence")?,
        })
    };
    list.iter().map(package).collect()
}

/// Fetches a text; whether it could is told once.
fn fetch(address: &str, told: impl FnOnce(Result<String, ()>) + 'static) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let (told, failed) = either(told);
    let came = {
        let failed = failed.clone();
        Closure::once_into_js(move |response: JsValue| {
            let response: Response = response.unchecked_into();
            match response.text() {
                Ok(text) if response.ok() => then(&text, &told, &failed),
                _ => drop(
                    failed
                        .unchecked_into::<js_sys::Function>()
                        .call0(&JsValue::NULL),
                ),
            }
        })
    };
    then(&window.fetch_with_str(address), &came, &failed);
}

/// Two functions of which one is called: with a text, and without.
fn either(told: impl FnOnce(Result<String, ()>) + 'static) -> (JsValue, JsValue) {
    let told = Rc::new(Cell::new(Some(told)));
    let tell = {
        let told = Rc::clone(&told);
        Closure::once_into_js(move |text: JsValue| {
            if let Some(told) = told.take() {
                told(text.as_string().ok_or(()));
            }
        })
    };
    let fail = Closure::once_into_js(move |_: JsValue| {
        if let Some(told) = told.take() {
            told(Err(()));
        }
    });
    (tell, fail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_lists_packages() {
        let manifest = r#"{ "packages": [
            { "name": "six", "version": "1.17.0", "terms": "MIT", "licence": "licences/six.txt" }
        ], "files": [] }"#;
        let six = Package {
            name: "six".into(),
            version: "1.17.0".into(),
            terms: "MIT".into(),
            licence: "licences/six.txt".into(),
        };
        assert_eq!(packages(manifest), Some(vec![six]));
        assert_eq!(packages(r#"{"packages":[{"name":"six"}]}"#), None);
        assert_eq!(packages("<html>"), None);
    }
}
