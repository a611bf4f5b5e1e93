//! A queue's tags: to see, to add, to remove.

use yew::prelude::*;

use super::fields::{Complaint, Entry, Typed, ask};
use crate::sqs::QueueId;
use crate::sqs::api::{TagQueueRequest, UntagQueueRequest};
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Action, Form, Session};
use crate::ui::text::text;
use crate::ui::widgets::Icon;

const KEY: &str = "Key";
const VALUE: &str = "Value";

#[derive(PartialEq)]
pub(crate) struct TagsForm {
    pub(crate) id: QueueId,
}

#[derive(PartialEq)]
pub(crate) struct Known {
    url: String,
    tags: Vec<(String, String)>,
}

impl Part for TagsForm {
    type Facts = Option<Known>;

    fn facts(&self, session: &Session) -> Self::Facts {
        let queue = session.world().queue(self.id)?;
        let tags = queue.tags().iter();
        Some(Known {
            url: queue.url().to_string(),
            tags: tags
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect(),
        })
    }

    fn view(&self, known: &Self::Facts, page: &Page) -> Html {
        let Some(known) = known else {
            return html! {};
        };
        let typed: Typed = page.draft();
        let url = known.url.clone();
        html! {
            <>
                <h3>{ text!("tags") }</h3>
                if known.tags.is_empty() {
                    <p class="note">{ text!("tags-none") }</p>
                }
                <ul class="tags">
                    { for known.tags.iter().map(|(key, value)| tag(&known.url, key, value, page)) }
                </ul>
                <form class="add-tag" onsubmit={page.submitting(move |page| submit(&url, page))} novalidate={true}>
                    { Entry::new("tag-key", KEY).show(&typed, page) }
                    { Entry::new("tag-value", VALUE).show(&typed, page) }
                    <button class="button" type="submit">{ text!("tag-add") }</button>
                </form>
            </>
        }
    }
}

fn tag(url: &str, key: &str, value: &str, page: &Page) -> Html {
    let request = UntagQueueRequest {
        queue_url: Some(url.to_owned()),
        tag_keys: vec![key.to_owned()],
    };
    let onclick = page.doing(Action::ByHand {
        form: Form::Tags,
        request: request.into(),
    });
    html! {
        <li key={key.to_owned()}>
            <span><b>{ key }</b>{ " " }{ value }</span>
            <button class="button small icon-only" aria-label={text!("tag-remove", [("key", key.into())])} {onclick}>
                { Icon::Close.show() }
            </button>
        </li>
    }
}

fn submit(url: &str, page: &Page) {
    let mut typed: Typed = page.draft();
    let tag = (typed.text(KEY).to_owned(), typed.text(VALUE).to_owned());
    let request = TagQueueRequest {
        queue_url: Some(url.to_owned()),
        tags: [tag].into_iter().collect(),
    };
    match ask(&page.store, Form::Tags, request) {
        Some(Err(error)) => {
            let place = if error.message.contains("alue") && !error.message.contains("Key") {
                VALUE
            } else {
                KEY
            };
            typed.complain(Some(Complaint::at_field(place, error.to_string())));
        }
        Some(Ok(_)) | None => typed = Typed::default(),
    }
    page.set_draft(typed);
}
