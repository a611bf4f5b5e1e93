//! A modal dialog: the browser's own, so that focus, Escape and inertness are its business.

use gloo_events::EventListener;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::Icon;
use crate::ui::page::use_page;
use crate::ui::text::text;

#[derive(PartialEq, Properties)]
pub(crate) struct DialogFrameProps {
    /// Unique on the page.
    pub id: AttrValue,
    pub title: AttrValue,
    pub children: Html,
}

#[component]
pub(crate) fn DialogFrame(props: &DialogFrameProps) -> Html {
    let node = use_node_ref();
    let page = use_page();
    let shell = page.shell.clone();
    use_effect_with((node.clone(), page), |(node, page)| {
        let dialog = node.cast::<HtmlDialogElement>();
        let closes = dialog.as_ref().map(|dialog| {
            let shell = page.shell.clone();
            EventListener::new(dialog, "close", move |_| shell.close())
        });
        if let Some(dialog) = &dialog
            && !dialog.open()
        {
            // It can only fail for a dialog that is open or not in the document.
            let _ = dialog.show_modal();
        }
        move || {
            drop(closes);
            if let Some(dialog) = dialog {
                dialog.close();
            }
        }
    });
    let onclick = Callback::from(move |_: MouseEvent| shell.close());
    let title_id = format!("{}-title", props.id);
    html! {
        <dialog ref={node} class="dialog" id={&props.id} aria-labelledby={title_id.clone()}>
            <header>
                <h2 id={title_id}>{ &props.title }</h2>
                <button type="button" class="button icon-only" aria-label={text!("close")} {onclick}>
                    { Icon::Close.show() }
                </button>
            </header>
            { props.children.clone() }
        </dialog>
    }
}
