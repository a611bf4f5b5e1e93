//! The page's side of the bridge to the workbench: one question in, one answer out, both JSON.
//!
//! The workbench is a second WebAssembly with a memory of its own, so that only texts cross. Whatever is
//! asked changes the session by an `Action`, as all of the page does. A question is an object whose
//! `ask` says what for; the answer is an object with `ok`, or with `error` and a text. No question is so
//! wrong that this would panic.

pub(crate) mod figures;
mod scripts;
mod workbench;

use super::playback::Speed;
use super::session::{Action, Form, HandCall, Notice, Opening, Selection, Session};
use super::shell::{Panel, Shell};
use super::store::Store;
use super::theme::Theme;
use crate::json::{self, AsMember, Json, Member};
use crate::scenario::Scenario;
use crate::sim::Time;
use crate::sqs::Error;
use crate::sqs::api::{CallId, Request, Response};
use crate::timeline::{CallRecord, Recording};
use crate::world::{EventKind, Input};
pub(crate) use workbench::Workbench;

/// The answer where there is nothing to tell: `null`.
const NOTHING: String = String::new();

/// Answers a question.
pub(crate) fn ask(store: &Store, shell: &Shell, question: &str) -> String {
    let asked = match json::parse(question) {
        Ok(question) => Question(question).put_to(store, shell),
        Err(malformed) => Err(malformed.to_string()),
    };
    match asked {
        Ok(answer) if answer.is_empty() => "{\"ok\":null}".to_owned(),
        Ok(answer) => ["{\"ok\":", &answer, "}"].concat(),
        Err(why) => json::compact(&Member::Map(vec![("error", Member::Text(&why))])),
    }
}

struct Question(Json);

impl Question {
    fn put_to(mut self, store: &Store, shell: &Shell) -> Result<String, String> {
        let name = self.text("ask")?;
        let action = match &*name {
            "state" => return Ok(state(store)),
            "recording" => return Ok(store.read(|session| session.recording_json())),
            "queues" => return Ok(queues(store)),
            "call" => return self.call(store),
            "selected-call" => return Ok(selected_call(&focused(store))),
            "selected-request" => return Ok(selected_request(&focused(store))),
            "selected-answer" => {
                return Ok(answer(&focused(store), CallId(self.number("call")?)));
            }
            "show-dock" => {
                shell.show(Panel::Dock);
                return Ok(NOTHING);
            }
            "answer" => return Ok(answer(store, CallId(self.number("call")?))),
            "run" => return self.run(store),
            "cost" => return Ok(self.figures(true, store)),
            "metrics" => return Ok(self.figures(false, store)),
            "opened" => {
                shell.tell_opened();
                return Ok(NOTHING);
            }
            "theme" => {
                let theme = Theme::named(&self.text("theme")?);
                shell.show_theme(theme.ok_or("no such theme")?);
                return Ok(NOTHING);
            }
            "open-recording" => self.opening()?,
            "open-scenario" => Action::OpenScenario(self.number("index")?),
            "open-empty" => Action::OpenEmpty {
                seed: self.number("seed")?,
            },
            "cancel" => Action::CancelCall(CallId(self.number("call")?)),
            "play" => Action::Play,
            "pause" => Action::Pause,
            "ask-to-end-scripts" => Action::AskToEndScripts,
            "seek" => Action::Seek(Time::from_ms(self.number("to")?)),
            "speed" => {
                let speed = Speed::of_thousandths(self.number("thousandths")?);
                Action::SetSpeed(speed.ok_or("no such speed")?)
            }
            name if name.starts_with("script-") => return self.script(&name[7..], store),
            _ => return Err(["nobody answers `", &name, "`"].concat()),
        };
        store.dispatch(action);
        refusal(store).map_or_else(|| Ok(NOTHING), Err)
    }

    /// A recording to open, with the scenario that it came from, its place in the library, and where in the
    /// recording to stand.
    fn opening(&mut self) -> Result<Action, String> {
        let recording = Recording::from_json(&self.text("recording")?);
        let recording = recording.map_err(|error| error.to_string())?;
        let scenario = match self.text("scenario") {
            Ok(text) => Some(Scenario::from_json(&text).map_err(|error| error.to_string())?),
            Err(_) => None,
        };
        let at = self.number("at").map(Time::from_ms);
        Ok(Action::Open(Box::new(Opening {
            at: at.unwrap_or(recording.config.start),
            recording,
            scenario,
            place: self.number("place").ok(),
        })))
    }

    /// What of the run is new to somebody who knows so many of its inputs as they were at a revision; all
    /// of it, if that was another run, or another world.
    fn run(&mut self, store: &Store) -> Result<String, String> {
        let opened: u64 = self.number("opened")?;
        let revision = self.number("revision")?;
        let known = self.number("inputs")?;
        Ok(store.read(|session| {
            let timeline = session.timeline();
            let mut told = vec![
                ("opened", Member::Natural(session.opened())),
                ("revision", Member::Natural(timeline.revision())),
                ("now", Member::Natural(session.now().as_ms())),
            ];
            let recording;
            let keep = timeline.unchanged_since(revision, known);
            match keep.filter(|_| opened == session.opened()) {
                Some(keep) => {
                    let new = timeline.recording().inputs[keep..].iter();
                    told.push(("keep", Member::Natural(keep as u64)));
                    told.push(("inputs", Member::List(new.map(Input::member).collect())));
                }
                None => {
                    recording = session.recording_json();
                    told.push(("recording", Member::Text(&recording)));
                    if let Some((_, scenario)) = session.scenario() {
                        told.push(("scenario", scenario.member()));
                    }
                }
            }
            json::compact(&Member::Map(told))
        }))
    }

    /// Makes a call by hand, and tells its number and what came of it so far.
    fn call(&mut self, store: &Store) -> Result<String, String> {
        let mut request = Request::default();
        let asked = self.take("call")?;
        json::fill(request.place(), asked).map_err(|misfit| misfit.to_string())?;
        let form = Form::Console;
        let last = || {
            store.read(|session| match session.hand_call(form)? {
                HandCall::Waiting(id) | HandCall::Answered(id, _) | HandCall::Cancelled(id) => {
                    Some(id)
                }
            })
        };
        store.dispatch(Action::ForgetAnswer(form));
        store.dispatch(Action::ByHand { form, request });
        match last() {
            Some(call) => Ok(answer(store, call)),
            None => Err(refusal(store).unwrap_or_default()),
        }
    }

    fn take(&mut self, name: &str) -> Result<Json, String> {
        let Json::Object(members) = &mut self.0 else {
            return Err("expected an object".to_owned());
        };
        let place = members.iter().position(|(known, _)| known == name);
        let place = place.ok_or_else(|| ["missing field `", name, "`"].concat())?;
        Ok(members.swap_remove(place).1)
    }

    fn text(&mut self, name: &str) -> Result<String, String> {
        if let Json::Text(text) = self.take(name)? {
            return Ok(text);
        }
        Err(["expected a text in ", name].concat())
    }

    fn number<N: TryFrom<u64>>(&mut self, name: &str) -> Result<N, String> {
        let mut number: Option<u64> = None;
        if let Json::Number(digits) = self.take(name)? {
            number = digits.parse().ok();
        }
        let number = number.and_then(|number| N::try_from(number).ok());
        number.ok_or_else(|| ["expected a number in ", name].concat())
    }
}

/// What the session has just refused; it is told to whoever asked, and not to the person again.
fn refusal(store: &Store) -> Option<String> {
    let why = store.read(|session| match session.notice() {
        Some(Notice::Refused(why)) => Some(why.clone()),
        Some(_) | None => None,
    });
    if why.is_some() {
        store.dispatch(Action::DismissNotice);
    }
    why
}

fn state(store: &Store) -> String {
    store.read(|session| {
        let config = session.world().config();
        let natural = |time: Time| Member::Natural(time.as_ms());
        json::compact(&Member::Map(vec![
            ("now", natural(session.now())),
            ("start", natural(session.start())),
            ("playing", Member::Flag(session.is_playing())),
            (
                "speed",
                Member::Natural(session.speed().thousandths().into()),
            ),
            ("edition", Member::Natural(session.edition())),
            ("revision", Member::Natural(session.timeline().revision())),
            ("opened", Member::Natural(session.opened())),
            ("scripts", Member::Natural(session.scripts().len() as u64)),
            ("edge", Member::Flag(session.timeline().is_at_edge())),
            ("asks", Member::Flag(session.asks_to_end_scripts())),
            ("region", Member::Text(&config.region)),
            ("account", Member::Text(&config.account)),
            ("seed", Member::Natural(config.seed)),
        ]))
    })
}

fn queues(store: &Store) -> String {
    store.read(|session| {
        let world = session.world();
        let named = world.queues().map(|queue| queue.name());
        let named: Vec<(&str, String)> = named
            .map(|name| (&**name, world.service().queue_url(name)))
            .collect();
        let listed = named.iter().map(|(name, url)| {
            Member::Map(vec![
                ("QueueName", Member::Text(name)),
                ("QueueUrl", Member::Text(url)),
            ])
        });
        json::compact(&Member::List(listed.collect()))
    })
}

/// Of two worlds that are compared, the one that the inspector is about.
fn focused(store: &Store) -> Store {
    store.at(store.read(Session::focus))
}

/// Which call is selected, and all that decides what there is to know of it; `null` if none is.
fn selected_call(store: &Store) -> String {
    store.read(|session| {
        let told = |(id, call): (CallId, CallRecord<'_>)| {
            Member::Map(vec![
                ("call", Member::Natural(id.0)),
                ("opened", Member::Natural(session.opened())),
                ("edition", Member::Natural(session.edition())),
                ("answered", Member::Flag(call.answered.is_some())),
            ])
        };
        json::compact(&selected(session).map_or(Member::Absent, told))
    })
}

/// What was asked with the call that is selected; `null` if none is.
fn selected_request(store: &Store) -> String {
    store.read(|session| {
        let sent = selected(session).map(|(_, call)| &call.sent.kind);
        json::compact(&match sent {
            Some(EventKind::CallSent { request, .. }) => request.member(),
            Some(_) | None => Member::Absent,
        })
    })
}

fn selected(session: &Session) -> Option<(CallId, CallRecord<'_>)> {
    let Selection::Call(id) = session.selection() else {
        return None;
    };
    let end = session.world().event_count();
    Some((id, session.timeline().log().call(id, end)?))
}

/// An answer, as the member that it is told by.
fn result_members(result: &Result<Response, Error>) -> (&'static str, Member<'_>) {
    match result {
        Ok(response) => ("response", Member::Shape(response.shape())),
        Err(error) => {
            let members = vec![
                ("shape", Member::Text(error.code.shape())),
                ("message", Member::Text(&error.message)),
            ];
            ("error", Member::Map(members))
        }
    }
}

/// What is known of a call: that it waits, its answer and when that came, or that it never was, or is
/// too old or not yet.
fn answer(store: &Store, id: CallId) -> String {
    store.read(|session| {
        let end = session.world().event_count();
        let mut told = vec![("call", Member::Natural(id.0))];
        match session.timeline().log().call(id, end) {
            None => told.push(("gone", Member::Flag(true))),
            Some(call) => match call.answered.map(|event| (event.at, &event.kind)) {
                None => told.push(("waiting", Member::Flag(true))),
                Some((at, EventKind::CallAnswered { result, .. })) => {
                    told.push(("at", Member::Natural(at.as_ms())));
                    told.push(result_members(result));
                }
                Some(_) => told.push(("gone", Member::Flag(true))),
            },
        }
        json::compact(&Member::Map(told))
    })
}

#[cfg(test)]
mod tests {
    use yew::Callback;

    use super::*;
    use crate::ui::session::Session;

    fn ask(store: &Store, question: &str) -> String {
        super::ask(store, &Shell::new(Callback::noop()), question)
    }

    fn store() -> Store {
        let store = Store::new(Session::new());
        store.dispatch(Action::OpenEmpty { seed: 1 });
        store
    }

    fn told(store: &Store, question: &str) -> Json {
        json::parse(&ask(store, question)).expect("an answer is JSON")
    }

    /// Of an answer: the text of `ok` or of `error`.
    fn check(store: &Store, question: &str, expect: &str) {
        assert_eq!(ask(store, question), expect, "{question}");
    }

    const CREATE: &str = r#"{"ask":"call","call":{"CreateQueue":{"QueueName":"jobs"}}}"#;
    const POLL: &str =
        r#"{"ask":"call","call":{"ReceiveMessage":{"QueueUrl":"jobs","WaitTimeSeconds":20}}}"#;
    const SEND: &str =
        r#"{"ask":"call","call":{"SendMessage":{"QueueUrl":"jobs","MessageBody":"<b>"}}}"#;

    #[test]
    fn a_call_goes_the_way_of_calls_by_hand() {
        let store = store();
        let ok = told(&store, CREATE);
        let ok = ok.get("ok").expect("it was made");
        let response = ok.get("response").expect("it was answered");
        let url = response.get("QueueUrl").and_then(Json::as_text);
        let made = store.read(|session| session.world().queues().count());
        assert!(made == 1 && url.is_some_and(|url| url.ends_with("/jobs")));
        let undo = store.read(|session| session.undo_and_redo_counts().0);
        assert_eq!(undo, 1, "it can be undone as other deeds");
        let queues = ask(&store, r#"{"ask":"queues"}"#);
        assert!(queues.starts_with(r#"{"ok":[{"QueueName":"jobs","QueueUrl":"https://"#));
    }

    #[test]
    fn a_long_poll_waits_until_it_is_answered() {
        let store = store();
        ask(&store, CREATE);
        let waiting = told(&store, POLL);
        let call = waiting.get("ok").and_then(|ok| ok.get("call"));
        let Some(Json::Number(call)) = call else {
            panic!("{waiting:?}");
        };
        let question = format!(r#"{{"ask":"answer","call":{call}}}"#);
        check(
            &store,
            &question,
            &format!(r#"{{"ok":{{"call":{call},"waiting":true}}}}"#),
        );
        ask(&store, SEND);
        let answered = ask(&store, &question);
        assert!(
            answered.contains(r#""response":{"Messages":[{"#),
            "{answered}"
        );
        let question = format!(r#"{{"ask":"cancel","call":{call}}}"#);
        assert!(
            ask(&store, &question).starts_with(r#"{"error":"#),
            "it waits no more"
        );
        check(
            &store,
            r#"{"ask":"answer","call":77}"#,
            r#"{"ok":{"call":77,"gone":true}}"#,
        );
    }

    #[test]
    fn a_long_poll_can_be_given_up() {
        let store = store();
        ask(&store, CREATE);
        let waiting = told(&store, POLL);
        let call = waiting.get("ok").and_then(|ok| ok.get("call"));
        let Some(Json::Number(call)) = call else {
            panic!("{waiting:?}");
        };
        check(
            &store,
            &format!(r#"{{"ask":"cancel","call":{call}}}"#),
            r#"{"ok":null}"#,
        );
        check(
            &store,
            &format!(r#"{{"ask":"answer","call":{call}}}"#),
            &format!(r#"{{"ok":{{"call":{call},"gone":true}}}}"#),
        );
    }

    #[test]
    fn what_the_service_refuses_is_an_answer() {
        let store = store();
        let answered = ask(&store, SEND);
        let expect = r#""error":{"shape":"QueueDoesNotExist","message":"The specified queue"#;
        assert!(answered.contains(expect), "{answered}");
        assert_eq!(store.read(|session| session.notice().cloned()), None);
    }

    #[test]
    fn each_change_of_the_inputs_is_another_edition() {
        let store = store();
        let edition = |store: &Store| {
            let state = told(store, r#"{"ask":"state"}"#);
            let edition = state.get("ok").and_then(|ok| ok.get("edition").cloned());
            edition.expect("a state has an edition")
        };
        let mut seen = vec![edition(&store)];
        for action in [
            None,
            Some(Action::Undo),
            Some(Action::Redo),
            Some(Action::Reseed { seed: 5 }),
            Some(Action::OpenScenario(2)),
        ] {
            match action {
                Some(action) => store.dispatch(action),
                None => drop(ask(&store, CREATE)),
            }
            let now = edition(&store);
            assert!(!seen.contains(&now), "{now:?} {seen:?}");
            seen.push(now);
        }
        for action in [Action::Play, Action::Frame { wall_ms: 50.0 }, Action::Pause] {
            store.dispatch(action);
            assert_eq!(Some(&edition(&store)), seen.last(), "time is no input");
        }
    }

    #[test]
    fn time_is_played_and_sought() {
        let store = store();
        for (question, expect) in [
            (r#"{"ask":"speed","thousandths":5000}"#, r#"{"ok":null}"#),
            (
                r#"{"ask":"speed","thousandths":5001}"#,
                r#"{"error":"no such speed"}"#,
            ),
            (r#"{"ask":"play"}"#, r#"{"ok":null}"#),
        ] {
            check(&store, question, expect);
        }
        let (start, playing) = store.read(|session| (session.start(), session.is_playing()));
        assert!(playing);
        let to = start.as_ms() + 90_000;
        ask(&store, &format!(r#"{{"ask":"seek","to":{to}}}"#));
        ask(&store, r#"{"ask":"pause"}"#);
        let state = ask(&store, r#"{"ask":"state"}"#);
        let expect = format!(
            r#"{{"ok":{{"now":{to},"start":{},"playing":false,"speed":5000,"#,
            start.as_ms()
        );
        assert!(state.starts_with(&expect), "{state}");
    }

    #[test]
    fn a_recording_goes_out_and_in() {
        let store = store();
        ask(&store, CREATE);
        let recording = ask(&store, r#"{"ask":"recording"}"#);
        let recording = recording.strip_prefix(r#"{"ok":"#).expect("it is told");
        let recording = recording.strip_suffix('}').expect("an object ends");
        ask(&store, r#"{"ask":"open-scenario","index":1}"#);
        assert!(store.read(|session| session.scenario().is_some()));
        let question = json::compact(&Member::Map(vec![
            ("ask", Member::Text("open-recording")),
            ("recording", Member::Text(recording)),
        ]));
        check(&store, &question, r#"{"ok":null}"#);
        assert_eq!(store.read(|session| session.recording_json()), recording);
        let question = r#"{"ask":"open-recording","recording":"{}"}"#;
        let refused = ask(&store, question);
        assert!(refused.starts_with(r#"{"error":"#), "{refused}");
        assert_eq!(store.read(|session| session.notice().cloned()), None);
    }

    #[test]
    fn a_question_that_makes_no_sense_is_an_error() {
        let store = store();
        let deep = "[".repeat(100_000);
        for question in [
            "",
            "{",
            "[]",
            "7",
            "{}",
            &deep,
            "\u{0}",
            r#"{"ask":7}"#,
            r#"{"ask":"x"}"#,
            r#"{"ask":"call"}"#,
            r#"{"ask":"call","call":{"Nonsense":{}}}"#,
            r#"{"ask":"call","call":{"SendMessage":{"DelaySeconds":"soon"}}}"#,
            r#"{"ask":"call","call":{"SendMessage":{},"PurgeQueue":{}}}"#,
            r#"{"ask":"answer","call":-1}"#,
            r#"{"ask":"answer","call":99999999999999999999999999}"#,
            r#"{"ask":"open-scenario","index":1.5}"#,
            r#"{"ask":"speed","thousandths":0}"#,
        ] {
            let answer = told(&store, question);
            assert!(answer.get("error").is_some(), "{question}: {answer:?}");
        }
        for question in [
            r#"{"ask":"open-scenario","index":18446744073709551615}"#,
            r#"{"ask":"answer","call":18446744073709551615}"#,
        ] {
            assert!(told(&store, question).get("ok").is_some(), "{question}");
        }
    }
}
