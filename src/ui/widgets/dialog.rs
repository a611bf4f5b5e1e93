//! A modal dialog: the browser's own, so that focus, Escape and inertness are its business.

use gloo_events::EventListener;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::Icon;
use crate::ui::page::Page;
use crate::ui::text::text;

#[derive(PartialEq, Properties)]
pub(crate) struct DialogFrameProps {
    /// Unique on the page.
    pub id: AttrValue,
    pub title: AttrValue,
    /// What closes it, where that is not the page's shell.
    #[prop_or_default]
    pub onclose: Option<Callback<()>>,
    pub children: Html,
}

pub(crate) struct DialogFrame {
    node: NodeRef,
    onclose: Callback<()>,
    shown: Option<Shown>,
}

/// The element, and what tells when the browser has closed it.
struct Shown {
    dialog: HtmlDialogElement,
    closes: EventListener,
}

impl Component for DialogFrame {
    type Message = ();
    type Properties = DialogFrameProps;

    fn create(context: &Context<Self>) -> Self {
        let onclose = context.props().onclose.clone().unwrap_or_else(|| {
            let page = context.link().context::<Page>(Callback::noop());
            let (page, _) = page.expect("the page is there before its parts");
            Callback::from(move |()| page.shell.close())
        });
        Self {
            node: NodeRef::default(),
            onclose,
            shown: None,
        }
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let props = context.props();
        let onclick = self.onclose.reform(|_: MouseEvent| ());
        let title_id = format!("{}-title", props.id);
        html! {
            <dialog ref={&self.node} class="dialog" id={&props.id} aria-labelledby={title_id.clone()}>
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

    fn rendered(&mut self, _: &Context<Self>, is_first: bool) {
        let dialog = self.node.cast::<HtmlDialogElement>();
        let Some(dialog) = dialog.filter(|_| is_first) else {
            return;
        };
        let onclose = self.onclose.clone();
        let closes = EventListener::new(&dialog, "close", move |_| onclose.emit(()));
        if !dialog.open() {
            // It can only fail for a dialog that is open or not in the document.
            let _ = dialog.show_modal();
        }
        self.shown = Some(Shown { dialog, closes });
    }

    fn destroy(&mut self, _: &Context<Self>) {
        if let Some(Shown { dialog, closes }) = self.shown.take() {
            drop(closes);
            dialog.close();
        }
    }
}
