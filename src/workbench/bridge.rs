//! The workbench's side of the bridge to the page: `src/ui/bridge/` says what can be asked.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use crate::json::{self, AsMember, Json, Member, Place, members};
use crate::sim::Time;
use crate::sqs::api::{Request, Response};
use crate::sqs::{Error, ErrorCode};
use crate::ui::listeners::{Listeners, Subscription};

type Ask = Rc<dyn Fn(&str) -> Option<String>>;

thread_local! {
    static ASK: RefCell<Option<Ask>> = const { RefCell::new(None) };
    static LISTENERS: Listeners = Listeners::default();
}

/// Connects it with the page.
pub(super) fn connect(ask: Function, listen: &Function) {
    ASK.set(Some(Rc::new(move |question| {
        let answer = ask.call1(&JsValue::NULL, &question.into());
        answer.ok()?.as_string()
    })));
    let tell = Closure::<dyn Fn()>::new(tell).into_js_value();
    let listened = listen.call1(&JsValue::NULL, &tell);
    listened.expect("the page lets everybody listen");
}

fn tell() {
    LISTENERS.with(Clone::clone).tell();
}

/// Asks the page something: what for, and with what.
///
/// # Errors
/// Why the page can't, in words.
pub(crate) fn ask(what: &str, with: Vec<(&str, Member<'_>)>) -> Result<Json, String> {
    let mut question = vec![("ask", Member::Text(what))];
    question.extend(with);
    let question = json::compact(&Member::Map(question));
    let ask = ASK.with_borrow(Clone::clone).ok_or("there is no page")?;
    let answer = ask(&question).unwrap_or_default();
    let answer = json::parse(&answer).map_err(|error| error.to_string())?;
    let Json::Object(mut members) = answer else {
        return Err("the page answers otherwise".to_owned());
    };
    match members.pop() {
        Some((name, value)) if name == "ok" => Ok(value),
        Some((_, Json::Text(why))) => Err(why),
        _ => Err("the page answers otherwise".to_owned()),
    }
}

/// Brings a tab of the page's dock to the front.
pub(crate) fn show_tab(id: &str) {
    // The page shows what it is told to.
    let _shown = ask("show-dock", Vec::new());
    let document = web_sys::window().and_then(|window| window.document());
    let tab = document.and_then(|document| document.get_element_by_id(id));
    if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
        tab.click();
    }
}

/// Where the session is.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct State {
    /// The virtual time.
    pub(crate) now: Time,
    /// Where the run begins.
    pub(crate) start: Time,
    /// Whether time passes.
    pub(crate) playing: bool,
    /// How fast it would, in thousandths.
    pub(crate) speed: u32,
    /// Changes with each change of what is recorded.
    pub(crate) edition: u64,
    /// Where the recording is in its changes.
    pub(crate) revision: u64,
    /// How many worlds were opened before this one.
    pub(crate) opened: u64,
    /// How many scripts run.
    pub(crate) scripts: u64,
    /// Whether nothing is known of the run after this.
    pub(crate) edge: bool,
    /// Whether the person is asked if scripts are to be ended.
    pub(crate) asks: bool,
    /// Of the world.
    pub(crate) region: String,
    /// Of the world, 12 digits.
    pub(crate) account: String,
    /// Of the world.
    pub(crate) seed: u64,
}

/// What is known of a call.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Told {
    /// It waits: a long poll.
    Waiting,
    /// It was answered.
    Answered(Time, Result<Response, Error>),
    /// It is not known: time went back before it, it was undone, or it is too long ago.
    Gone,
}

members! {
    State {
        now required,
        start required,
        playing required,
        speed required,
        edition required,
        revision required,
        opened required,
        scripts required,
        edge required,
        asks required,
        region required,
        account required,
        seed required,
    }
}

/// Where the session is.
pub(crate) fn state() -> State {
    let mut state = State::default();
    if let Ok(told) = ask("state", Vec::new()) {
        // The page is of the same build.
        let _ = json::fill(state.place(), told);
    }
    state
}

/// Makes a call by hand, and tells its number and what is known of it at once.
///
/// # Errors
/// Why the page does not make it.
pub(crate) fn call(request: &Request) -> Result<(u64, Told), String> {
    let told = ask("call", vec![("call", request.member())])?;
    let number = told.get("call").and_then(number);
    let number = number.ok_or("the page answers otherwise")?;
    Ok((number, told_of(request.action(), &told)))
}

/// What is known now of a call of this action.
pub(crate) fn answer(call: u64, action: &str) -> Told {
    told("answer", call, action)
}

/// Figures of the world that the dock is about, if there was a beat since the last that is known.
pub(crate) fn figures(
    what: &str,
    beat: Option<u64>,
    mut with: Vec<(&str, Member<'_>)>,
) -> Option<Json> {
    with.extend(beat.map(|beat| ("beat", Member::Natural(beat))));
    ask(what, with).ok().filter(|told| *told != Json::Null)
}

/// A call that is shown in the inspector.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Selected {
    /// What was asked.
    pub(crate) request: Request,
    /// What is known of it now.
    pub(crate) told: Told,
}

/// The call that is shown in the inspector, and what decides whether it is still as it was; nothing, if that is
/// what it was before.
pub(crate) fn selected_call(before: &Json) -> Option<(Json, Option<Selected>)> {
    let stamp = ask("selected-call", Vec::new()).unwrap_or(Json::Null);
    if stamp == *before {
        return None;
    }
    let selected = stamp.get("call").and_then(number).and_then(|call| {
        let mut request = Request::default();
        json::fill(request.place(), ask("selected-request", Vec::new()).ok()?).ok()?;
        let told = told("selected-answer", call, request.action());
        Some(Selected { request, told })
    });
    Some((stamp, selected))
}

fn told(what: &str, call: u64, action: &str) -> Told {
    match ask(what, vec![("call", Member::Natural(call))]) {
        Ok(told) => told_of(action, &told),
        Err(_) => Told::Gone,
    }
}

/// Gives up a call that waits.
pub(crate) fn cancel(call: u64) {
    // One that is answered or gone has nothing to give up.
    let _ = ask("cancel", vec![("call", Member::Natural(call))]);
}

pub(crate) fn told_of(action: &str, told: &Json) -> Told {
    if told.get("waiting").is_some() {
        return Told::Waiting;
    }
    let at = Time::from_ms(told.get("at").and_then(number).unwrap_or_default());
    let response = told.get("response").cloned();
    let error = told.get("error").and_then(error_of);
    match (response, Response::blank(action), error) {
        (Some(members), Some(mut response), _) => {
            match json::fill(Place::Shape(response.fill()), members) {
                Ok(()) => Told::Answered(at, Ok(response)),
                Err(_) => Told::Gone,
            }
        }
        (_, _, Some(error)) => Told::Answered(at, Err(error)),
        _ => Told::Gone,
    }
}

fn error_of(told: &Json) -> Option<Error> {
    let shape = told.get("shape")?.as_text()?;
    let mut codes = ErrorCode::ALL.iter().copied();
    Some(Error {
        code: codes.find(|code| code.shape() == shape)?,
        message: told.get("message")?.as_text()?.to_owned(),
    })
}

pub(crate) fn number(told: &Json) -> Option<u64> {
    if let Json::Number(digits) = told {
        digits.parse().ok()
    } else {
        None
    }
}

/// The values of a list; none of anything else.
pub(crate) fn list(told: &Json) -> &[Json] {
    if let Json::List(list) = told {
        list
    } else {
        &[]
    }
}

/// The numbers of a list.
pub(crate) fn numbers(told: &Json) -> Vec<u64> {
    let numbers = list(told).iter();
    numbers.filter_map(number).collect()
}

/// The names and the URLs of the queues.
pub(crate) fn queues() -> Vec<(String, String)> {
    let Ok(Json::List(queues)) = ask("queues", Vec::new()) else {
        return Vec::new();
    };
    let text = |queue: &Json, name| Some(queue.get(name)?.as_text()?.to_owned());
    let each = queues
        .iter()
        .filter_map(|queue| Some((text(queue, "QueueName")?, text(queue, "QueueUrl")?)));
    each.collect()
}

/// Calls `listener` after each change of the session: after each action, and once a frame while time passes.
pub(crate) fn listen(listener: impl Fn() + 'static) -> Subscription {
    LISTENERS.with(|listeners| listeners.subscribe(listener))
}

#[cfg(test)]
pub(crate) mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::sim::Span;
    use crate::sqs::api::CallId;
    use crate::sqs::api::{
        CreateQueueRequest, ReceiveMessageRequest, SendMessageBatchRequest,
        SendMessageBatchRequestEntry, SendMessageRequest,
    };
    use crate::ui::bridge;
    use crate::ui::session::{Action, Selection, Session};
    use crate::ui::shell::Shell;
    use crate::ui::store::Store;

    /// An empty world, connected as the page is.
    pub(crate) fn page() -> (Store, Subscription) {
        let store = Store::new(Session::new());
        store.dispatch(Action::OpenEmpty { seed: 1 });
        let (page, shell) = (store.clone(), Shell::new(yew::Callback::noop()));
        ASK.set(Some(Rc::new(move |question| {
            Some(bridge::ask(&page, &shell, question))
        })));
        let listening = store.subscribe(tell);
        (store, listening)
    }

    /// Makes a call that is answered at once.
    pub(crate) fn answered(request: impl Into<Request>) -> Result<Response, Error> {
        match call(&request.into()) {
            Ok((_, Told::Answered(_, result))) => result,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_response_is_on_this_side_what_it_was_on_that() {
        let (store, _listening) = page();
        let created = answered(CreateQueueRequest {
            queue_name: Some("jobs".into()),
            ..Default::default()
        });
        let Ok(Response::CreateQueue(created)) = created else {
            panic!("{created:?}");
        };
        let url = created.queue_url;
        let entry = |id: &str, body: &str| SendMessageBatchRequestEntry {
            id: Some(id.into()),
            message_body: Some(body.into()),
            ..Default::default()
        };
        let sent = answered(SendMessageBatchRequest {
            queue_url: Some(url.clone()),
            entries: Some(vec![entry("a", "\u{9}\"<b>é"), entry("b", "")]),
        });
        let Ok(Response::SendMessageBatch(sent)) = sent else {
            panic!("{sent:?}");
        };
        assert_eq!((sent.successful.len(), sent.failed.len()), (1, 1));
        let received = answered(ReceiveMessageRequest {
            queue_url: Some(url.clone()),
            attribute_names: vec!["All".into()],
            ..Default::default()
        });
        let Ok(Response::ReceiveMessage(received)) = received else {
            panic!("{received:?}");
        };
        assert_eq!(&*received.messages[0].body, "\u{9}\"<b>é");
        assert!(!received.messages[0].attributes.is_empty());
        let (names, state) = (queues(), state());
        assert_eq!(names, [("jobs".to_owned(), url)]);
        assert_eq!(state.now, store.read(Session::now));
        assert_eq!(state.account.len(), 12);
    }

    #[test]
    fn an_error_keeps_its_code_and_its_words() {
        let (_store, _listening) = page();
        let refused = answered(SendMessageRequest {
            queue_url: Some("nowhere".into()),
            message_body: Some("x".into()),
            ..Default::default()
        });
        let error = refused.expect_err("there is no such queue");
        assert_eq!(error.code, ErrorCode::QueueDoesNotExist);
        assert!(error.message.starts_with("The specified queue"));
    }

    #[test]
    fn the_call_that_is_selected_is_told_when_it_has_changed() {
        let (store, _listening) = page();
        let created = CreateQueueRequest {
            queue_name: Some("jobs".into()),
            ..Default::default()
        };
        let (created_call, _) = call(&created.clone().into()).expect("it is made");
        assert_eq!(selected_call(&Json::Null), None, "none is selected");
        let poll = ReceiveMessageRequest {
            queue_url: Some("jobs".into()),
            wait_time_seconds: Some(5),
            ..Default::default()
        };
        let (waiting_call, _) = call(&poll.clone().into()).expect("it waits");
        let look = |before: &Json| {
            let (stamp, selected) = selected_call(before).expect("something has changed");
            assert_eq!(selected_call(&stamp), None, "nothing is new");
            (stamp, selected.expect("it is known"))
        };
        let select = |call| store.dispatch(Action::Select(Selection::Call(CallId(call))));

        select(waiting_call);
        let (stamp, waiting) = look(&Json::Null);
        assert_eq!(waiting.request, poll.into());
        assert_eq!(waiting.told, Told::Waiting);
        store.dispatch(Action::Seek(store.read(Session::now) + Span::from_secs(9)));
        let (stamp, polled) = look(&stamp);
        assert_eq!(polled.request, waiting.request);
        assert!(
            matches!(polled.told, Told::Answered(_, Ok(_))),
            "{polled:?}"
        );

        select(created_call);
        let (_, selected) = look(&stamp);
        assert_eq!(selected.request, created.into());
        assert!(matches!(selected.told, Told::Answered(..)), "{selected:?}");
    }

    #[test]
    fn whoever_listens_is_told_until_they_stop() {
        let (store, _listening) = page();
        let told = Rc::new(Cell::new(0));
        let listening = {
            let told = Rc::clone(&told);
            listen(move || told.set(told.get() + 1))
        };
        store.dispatch(Action::Play);
        assert_eq!(told.get(), 1);
        store.pass(16.0);
        store.tell();
        assert_eq!(told.get(), 2);
        drop(listening);
        store.dispatch(Action::Pause);
        assert_eq!(told.get(), 2);
    }
}
