//! What the run costs, beside the name of its tab. The tab itself is the workbench's.

use yew::prelude::*;

use crate::sqs::Prices;
use crate::ui::format::dollars;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::Session;

#[derive(PartialEq)]
pub(super) struct Amount;

impl Part for Amount {
    /// In billionths of a US dollar.
    type Facts = u64;

    fn facts(&self, session: &Session) -> u64 {
        Prices::US_EAST_1
            .without_free()
            .cost(session.world().service().meter())
    }

    fn view(&self, billionths: &u64, _: &Page) -> Html {
        html! { <span class="amount" aria-hidden="true">{ dollars(*billionths) }</span> }
    }
}
