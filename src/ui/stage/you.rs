//! The person as a consumer: what they hold, and what came of their last call. Shown only if there is
//! something to show.

use yew::prelude::*;

use crate::sqs::MessageKey;
use crate::sqs::Phase;
use crate::sqs::api::{
    CallId, Caller, ChangeMessageVisibilityRequest, DeleteMessageRequest, Request,
};
use crate::ui::describe::Outcome;
use crate::ui::format;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Action, Form, HandCall, Selection, Session};
use crate::ui::stage::view::Ring;
use crate::ui::store::Store;
use crate::ui::text::text;
use crate::ui::widgets::Icon;
use crate::world::{EventKind, InputKind};

/// Messages that are listed.
const HELD_MAX: usize = 10;
/// Hidden messages of a queue that are looked through for them.
const LOOKED_AT_MAX: usize = 1000;
/// Inputs that are looked through for a receive of theirs.
const INPUTS_LOOKED_AT_MAX: usize = 1000;
const BODY_MAX: usize = 22;
/// The forms whose last call is told here: the others tell it themselves.
const FORMS: [Form; 4] = [Form::Receive, Form::Message, Form::MoveTask, Form::Stage];

/// A message in the person's hands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Held {
    pub(super) key: MessageKey,
    pub(super) body: String,
    /// Until it comes back, in whole seconds.
    pub(super) left: String,
    /// The share of its visibility timeout that is left, in percent.
    pub(super) percent: u32,
}

/// What the person's place shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Hands {
    pub(super) held: Vec<Held>,
    /// The last call by hand: its number, its action, what came of it, and AWS's words if it was
    /// refused.
    pub(super) last: Option<(CallId, &'static str, Outcome, String)>,
}

pub(super) fn hands(session: &Session) -> Hands {
    Hands {
        held: held(session),
        last: last_call(session),
    }
}

fn held(session: &Session) -> Vec<Held> {
    let inputs = &session.timeline().recording().inputs;
    // Scripts make many: then it is less to look at what is hidden.
    let is_long = inputs.len() > INPUTS_LOOKED_AT_MAX;
    let has_received = is_long || inputs.iter().any(|input| matches!(&input.kind, InputKind::Call(request) if matches!(**request, Request::ReceiveMessage(_))));
    if !has_received {
        return Vec::new();
    }
    let now_ms = super::now_ms(session);
    let queues = session.world().queues();
    let hidden = queues.flat_map(|queue| queue.hidden().take(LOOKED_AT_MAX));
    hidden
        .filter_map(|message| {
            let Phase::InFlight {
                caller: Caller::PERSON,
                since,
                until,
                ..
            } = message.phase()
            else {
                return None;
            };
            let ring = Ring { since, until };
            Some(Held {
                key: message.key(),
                body: format::clip(message.body(), BODY_MAX),
                left: format::whole(ring.left_ms(now_ms)),
                percent: (ring.left(now_ms) * 100.0).ceil() as u32,
            })
        })
        .take(HELD_MAX)
        .collect()
}

fn last_call(session: &Session) -> Option<(CallId, &'static str, Outcome, String)> {
    let (id, result, outcome) = match session.last_hand_call(&FORMS)? {
        HandCall::Waiting(id) => (id, None, Outcome::Waiting),
        HandCall::Cancelled(id) => (id, None, Outcome::Dropped),
        HandCall::Answered(id, result) => {
            let outcome = Outcome::of(Some(&result));
            (id, Some(result), outcome)
        }
    };
    let end = session.world().event_count();
    let record = session.timeline().log().call(id, end)?;
    let EventKind::CallSent { request, .. } = &record.sent.kind else {
        return None;
    };
    let refused = result.and_then(|result| result.as_ref().as_ref().err().map(ToString::to_string));
    Some((id, request.action(), outcome, refused.unwrap_or_default()))
}

/// Deletes a message that the person holds, or lets it go.
fn act(store: &Store, key: MessageKey, is_delete: bool) {
    let request = store.read(|session| {
        let mut queues = session.world().queues();
        let queue = queues.find(|queue| queue.message(key).is_some())?;
        let (queue_url, receipt_handle) =
            (Some(queue.url().to_string()), session.hand_receipt(key));
        Some(if is_delete {
            Request::from(DeleteMessageRequest {
                queue_url,
                receipt_handle,
            })
        } else {
            Request::from(ChangeMessageVisibilityRequest {
                queue_url,
                receipt_handle,
                visibility_timeout: Some(0),
            })
        })
    });
    if let Some(request) = request {
        store.dispatch(Action::ByHand {
            form: Form::Stage,
            request,
        });
    }
}

#[derive(PartialEq)]
pub(super) struct You;

impl Part for You {
    type Facts = Hands;

    fn facts(&self, session: &Session) -> Hands {
        hands(session)
    }

    fn view(&self, hands: &Hands, page: &Page) -> Html {
        if hands.held.is_empty() && hands.last.is_none() {
            return html! {};
        }
        html! {
            <section class="you" aria-label={text!("you-card")}>
                <header>
                    <b>{ Icon::Person.show() }{ text!("you-card") }</b>
                    if hands.held.is_empty() {
                        <button class="button small icon-only" aria-label={text!("dismiss")} onclick={forget(page)}>
                            { Icon::Close.show() }
                        </button>
                    }
                </header>
                <p class="you-call" role="status">
                    if let Some((id, action, outcome, refused)) = &hands.last {
                        { link(page, Selection::Call(*id), (*action).to_owned()) }
                        <span class={format!("outcome {}", outcome.name())}>
                            { if refused.is_empty() { outcome.words() } else { refused.clone() } }
                        </span>
                    }
                </p>
                <ul>
                    { for hands.held.iter().map(|held| show_held(page, held)) }
                </ul>
            </section>
        }
    }
}

/// A click that puts the last call away.
fn forget(page: &Page) -> Callback<MouseEvent> {
    let store = page.store.clone();
    Callback::from(move |_| {
        for form in FORMS {
            store.dispatch(Action::ForgetAnswer(form));
        }
    })
}

fn show_held(page: &Page, held: &Held) -> Html {
    let key = held.key;
    let button = |label: String, icon: Icon, is_delete: bool| {
        let store = page.store.clone();
        let onclick = Callback::from(move |_: MouseEvent| act(&store, key, is_delete));
        html! {
            <button class="button small" aria-label={label.clone()} data-tip={label} {onclick}>
                { icon.show() }
            </button>
        }
    };
    html! {
        <li key={key.0}>
            <span class="you-ring" style={format!("--left:{}%", held.percent)} aria-hidden="true" />
            { link(page, Selection::Message(key), key.0.to_string()) }
            <span class="you-body">{ &held.body }</span>
            <span class="you-left">{ text!("twin-left", [("time", held.left.as_str().into())]) }</span>
            <span class="you-acts">
                { button(text!("show-now"), Icon::Eye, false) }
                { button(text!("delete"), Icon::Close, true) }
            </span>
        </li>
    }
}

fn link(page: &Page, selection: Selection, words: String) -> Html {
    html! { <button class="link" onclick={page.selecting(selection)}>{ words }</button> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Span;
    use crate::ui::describe;

    #[test]
    fn what_the_person_receives_is_in_their_hands_until_it_comes_back() {
        let mut session = Session::of("first-messages");
        session.apply(Action::Seek(session.start() + Span::from_secs(5)));
        assert_eq!(hands(&session), Hands::default());
        let id = session.world().queues().next().expect("one").id();
        let request = describe::receive_request(session.world(), id).expect("there");
        session.apply(Action::ByHand {
            form: Form::Receive,
            request,
        });
        let now = hands(&session);
        assert_eq!((now.held.len(), now.held[0].percent), (1, 100));
        let (_, action, outcome, refused) = now.last.expect("a call");
        assert_eq!(
            (action, outcome, refused.as_str()),
            ("ReceiveMessage", Outcome::Fine, "")
        );
        session.apply(Action::Seek(session.now() + Span::from_secs(3600)));
        assert!(
            hands(&session).held.is_empty(),
            "its visibility timeout is over"
        );
    }
}
