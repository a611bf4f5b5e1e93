//! What this is, of which build, and the licences of what others have made.

use yew::prelude::*;

use super::licences::Licences;
use super::text::text;
use crate::ui::widgets::DialogFrame;

#[derive(PartialEq, Properties)]
pub(super) struct AboutProps {
    pub onclose: Callback<()>,
}

#[component]
pub(super) fn About(props: &AboutProps) -> Html {
    let build = env!("SQS_PLAYGROUND_BUILD");
    let version = [
        ("version", env!("CARGO_PKG_VERSION").into()),
        ("build", build.into()),
    ];
    html! {
        <DialogFrame id="about" title={text!("about-title")} onclose={props.onclose.clone()}>
            <p>{ text!("about-text") }</p>
            <p>{ text!("about-version", version) }</p>
            <p>{ text!("about-licence") }</p>
            <p class="note">{ text!("about-trademarks") }</p>
            <Licences />
        </DialogFrame>
    }
}
