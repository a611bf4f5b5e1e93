//! How many messages a queue has where, in AWS's names.

use yew::prelude::*;

use crate::sqs::{AttributeName, QueueId};
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::Session;
use crate::ui::text::text;
use crate::ui::widgets::breakable;

#[derive(PartialEq)]
pub(super) struct Counts {
    pub(super) id: QueueId,
}

impl Part for Counts {
    /// Visible, in flight, delayed.
    type Facts = [usize; 3];

    fn facts(&self, session: &Session) -> Self::Facts {
        let queue = session.world().queue(self.id);
        let counts = queue.map(crate::sqs::Queue::counts).unwrap_or_default();
        [counts.visible, counts.in_flight, counts.delayed]
    }

    fn view(&self, counts: &Self::Facts, _: &Page) -> Html {
        let explained = [
            (
                "visible",
                AttributeName::ApproximateNumberOfMessages,
                text!("count-visible"),
            ),
            (
                "in-flight",
                AttributeName::ApproximateNumberOfMessagesNotVisible,
                text!("count-in-flight"),
            ),
            (
                "delayed",
                AttributeName::ApproximateNumberOfMessagesDelayed,
                text!("count-delayed"),
            ),
        ];
        html! {
            <dl class="counts">
                { for explained.into_iter().zip(counts).map(|((class, name, words), count)| html! {
                    <div class={class}>
                        <dt>{ breakable(name.as_str()) }<span class="note">{ words }</span></dt>
                        <dd>{ count }</dd>
                    </div>
                }) }
            </dl>
        }
    }
}
