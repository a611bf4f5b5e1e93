//! A small panel over the stage that belongs to a button: not modal, closed by Escape.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::camera::Camera;
use super::connect::Connector;
use super::geometry::{Point, Size};
use crate::sqs::QueueId;
use crate::ui::bounds::bounded;
use crate::ui::format::decimal;
use crate::ui::text::text;
use crate::ui::widgets::Icon;

/// What is open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Open {
    Find,
    Send(QueueId, Point),
    Connect(Connector, Point),
}

/// What a popover takes at most.
const SIZE: Size = Size {
    width: 304.0,
    height: 300.0,
};

impl Open {
    /// The same at the point of the view where this camera shows its place of the world.
    pub(super) fn seen_by(self, camera: Camera) -> Self {
        match self {
            Self::Find => self,
            Self::Send(id, at) => Self::Send(id, camera.to_view(at)),
            Self::Connect(from, at) => Self::Connect(from, camera.to_view(at)),
        }
    }

    /// As a style: near its point of the view, or at the edge below its button.
    pub(super) fn place(self, view: Size) -> String {
        match self {
            Self::Find => "right:0.5rem;top:0.5rem".into(),
            Self::Send(_, at) | Self::Connect(_, at) => {
                let x = bounded(
                    at.x - SIZE.width / 2.0,
                    8.0,
                    (view.width - SIZE.width - 8.0).max(8.0),
                );
                let y = bounded(at.y, 8.0, (view.height - SIZE.height).max(8.0));
                format!("left:{}px;top:{}px", decimal(x, 1), decimal(y, 1))
            }
        }
    }
}

/// The panel around something.
pub(super) fn popover(
    panel: &NodeRef,
    label: String,
    place: String,
    onclose: Callback<()>,
    inside: Html,
) -> Html {
    let onkeydown = {
        let onclose = onclose.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                onclose.emit(());
            }
        })
    };
    let onclick = onclose.reform(|_: MouseEvent| ());
    html! {
        <div ref={panel} class="popover" role="dialog" aria-label={label.clone()} style={place} {onkeydown}>
            <header>
                <b>{ label }</b>
                <button type="button" class="button icon-only small" aria-label={text!("close")} {onclick}>
                    { Icon::Close.show() }
                </button>
            </header>
            { inside }
        </div>
    }
}

/// The focus within a popover.
pub(super) struct Focus {
    before: Option<HtmlElement>,
}

impl Focus {
    /// Goes to the first thing to do in the panel.
    pub(super) fn enter(panel: &NodeRef) -> Self {
        let before = web_sys::window()
            .and_then(|window| window.document()?.active_element())
            .and_then(|element| element.dyn_into::<HtmlElement>().ok());
        let first = panel
            .cast::<HtmlElement>()
            .and_then(|panel| {
                let things = "input, select, textarea, li button";
                panel.query_selector(things).ok()?
            })
            .and_then(|element| element.dyn_into::<HtmlElement>().ok());
        if let Some(first) = first {
            let _ = first.focus();
        }
        Self { before }
    }

    /// Goes back to where it was.
    pub(super) fn leave(self) {
        if let Some(before) = self.before {
            let _ = before.focus();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_popover_stays_in_the_view() {
        let view = Size {
            width: 360.0,
            height: 480.0,
        };
        let place = |x, y| Open::Send(QueueId(0), Point::new(x, y)).place(view);
        assert_eq!(place(0.0, 0.0), "left:8.0px;top:8.0px");
        assert_eq!(place(900.0, 900.0), "left:48.0px;top:180.0px");
    }
}
