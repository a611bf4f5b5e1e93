//! What an element does when something becomes so: to take the focus, to come into sight.

use web_sys::HtmlElement;
use yew::prelude::*;

/// Does something with an element each time when something becomes so of it.
#[hook]
pub(crate) fn use_attention(is_so: bool, act: fn(&HtmlElement)) -> NodeRef {
    let node = use_node_ref();
    use_effect_with((node.clone(), is_so), move |(node, is_so)| {
        if *is_so && let Some(element) = node.cast() {
            act(&element);
        }
    });
    node
}
