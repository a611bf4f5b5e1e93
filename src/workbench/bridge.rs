//! The workbench's side of the bridge to the page: `src/ui/bridge/` says what can be asked.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

use crate::json::{self, Json, Member};

type Listener = Rc<dyn Fn()>;

thread_local! {
    static ASK: RefCell<Option<Function>> = const { RefCell::new(None) };
    static LISTENERS: RefCell<Vec<(u64, Listener)>> = const { RefCell::new(Vec::new()) };
    static LAST: Cell<u64> = const { Cell::new(0) };
}

/// Connects it with the page.
pub(super) fn connect(ask: Function, listen: &Function) {
    ASK.set(Some(ask));
    let tell = Closure::<dyn Fn()>::new(tell).into_js_value();
    let listened = listen.call1(&JsValue::NULL, &tell);
    listened.expect("the page lets everybody listen");
}

/// Calls everybody who listens; nothing is borrowed meanwhile.
fn tell() {
    let all: Vec<Listener> = LISTENERS.with_borrow(|all| {
        all.iter()
            .map(|(_, listener)| Rc::clone(listener))
            .collect()
    });
    for listener in all {
        listener();
    }
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
    let answer = ask.call1(&JsValue::NULL, &question.into());
    let answer = answer.ok().and_then(|answer| answer.as_string());
    let answer = json::parse(&answer.unwrap_or_default()).map_err(|error| error.to_string())?;
    let Json::Object(mut members) = answer else {
        return Err("the page answers otherwise".to_owned());
    };
    match members.pop() {
        Some((name, value)) if name == "ok" => Ok(value),
        Some((_, Json::Text(why))) => Err(why),
        _ => Err("the page answers otherwise".to_owned()),
    }
}

/// Ends a listener when dropped.
pub(crate) struct Listening(u64);

/// Calls `listener` after each change of the session: after each action, and once a frame while time passes.
pub(crate) fn listen(listener: impl Fn() + 'static) -> Listening {
    let number = LAST.get() + 1;
    LAST.set(number);
    LISTENERS.with_borrow_mut(|all| all.push((number, Rc::new(listener))));
    Listening(number)
}

impl Drop for Listening {
    fn drop(&mut self) {
        LISTENERS.with_borrow_mut(|all| all.retain(|(number, _)| *number != self.0));
    }
}
