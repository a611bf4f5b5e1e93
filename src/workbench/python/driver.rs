//! Runs scripts: between what they say and what the session says.

use std::rc::Rc;

use js_sys::JSON;
use wasm_bindgen::prelude::*;

use super::environment::environment;
use super::files::words;
use super::output::Output;
use super::{Loading, Phase, Place, Python, Run, http, runtime};
use crate::json::{self, AsMember as _, Json, Member};
use crate::sim::Time;
use crate::topology::SET_UP;
use crate::ui::playback::Speed;
use crate::workbench::bridge::{self, State, Told, list, number, told_of};
use crate::workbench::keeper;
use crate::workbench::text::text;

/// The file that sets the environment of scripts.
const ENVIRONMENT: &str = ".env";
/// What an interrupt is called.
const SIGINT: u64 = 2;

impl Python {
    /// Runs scripts, as soon as they can be. In the past of others that run, those are ended first, if the person agrees.
    pub(super) fn run(self: &Rc<Self>, files: &[String]) {
        let state = bridge::state();
        if state.scripts == 0 || state.edge {
            return self.run_here(files);
        }
        let (python, files) = (Rc::clone(self), files.to_vec());
        let asked = keeper::open_when_free(move || {
            python.run_here(&files);
            Ok(())
        });
        debug_assert_eq!(asked, Ok(()), "that is never refused");
    }

    fn run_here(self: &Rc<Self>, files: &[String]) {
        self.load();
        let mut after = None;
        for file in files.iter().filter(|file| !self.is_live(file)) {
            let number = self.made.get() + 1;
            self.made.set(number);
            let mut runs = self.runs.borrow_mut();
            runs.retain(|run| run.file != *file);
            runs.push(Run {
                number,
                file: file.clone(),
                phase: Phase::Waiting,
                after,
                caller: None,
                script: None,
                output: Output::default(),
                inputs: Vec::new(),
                refused: Vec::new(),
                is_interrupted: false,
                has_noted_region: false,
                frames: Vec::new(),
                at: bridge::state().now,
            });
            if file == SET_UP {
                after = Some(number);
            }
        }
        self.begin_waiting();
        self.show();
    }

    /// Begins what was waiting, if it can.
    pub(super) fn begin_waiting(self: &Rc<Self>) {
        match *self.loading.borrow() {
            Loading::Ready => {}
            Loading::Coming(..) | Loading::Idle => return,
            Loading::Absent | Loading::Unsupported(_) | Loading::Failed(_) => {
                self.runs
                    .borrow_mut()
                    .retain(|run| run.phase != Phase::Waiting);
                return;
            }
        }
        let due: Vec<(u64, String)> = {
            let runs = self.runs.borrow();
            let is_live = |number| runs.iter().any(|run| run.number == number && run.is_live());
            let due = runs.iter().filter(|run| {
                run.phase == Phase::Waiting
                    && run.caller.is_none()
                    && !run.after.is_some_and(is_live)
            });
            due.map(|run| (run.number, run.file.clone())).collect()
        };
        if due.is_empty() {
            return;
        }
        if self.listening.borrow().is_none() {
            let python = Rc::clone(self);
            self.listening
                .replace(Some(bridge::listen(move || python.work())));
        }
        let mut begins = false;
        for (number, file) in due {
            let started = bridge::ask("script-start", vec![("name", Member::Text(&file))]);
            begins |= started.is_ok();
            self.with(number, |run| match started {
                Ok(caller) => {
                    run.caller = self::number(&caller);
                    run.phase = Phase::Running;
                }
                Err(why) => run.phase = Phase::Refused(why),
            });
        }
        if begins && !bridge::state().playing {
            // Time has to pass for scripts.
            let _played = bridge::ask("play", Vec::new());
        }
        self.work();
    }

    /// Interrupts a script; one that was interrupted is ended.
    pub(super) fn stop(self: &Rc<Self>, file: &str) {
        let found = {
            let mut runs = self.runs.borrow_mut();
            let run = runs
                .iter_mut()
                .find(|run| run.file == file && run.is_live());
            run.map(|run| {
                let was = std::mem::replace(&mut run.is_interrupted, true);
                (run.number, run.caller, run.script.clone(), was)
            })
        };
        let Some((number, caller, script, was_interrupted)) = found else {
            return;
        };
        match (caller, script) {
            (Some(_), Some(script)) if was_interrupted => {
                let _ended = script.kill(bridge::state().now.as_ms() as f64);
            }
            (Some(caller), Some(_)) => {
                ask_of(caller, "script-goes-on", Vec::new());
                let signal = ("number", Member::Natural(SIGINT));
                self.tell(number, "signal", bridge::state().now, vec![signal]);
            }
            (caller, _) => {
                if let Some(caller) = caller {
                    end(caller, "killed", "");
                }
                self.with(number, |run| run.phase = over("killed"));
            }
        }
        self.work();
        self.show();
    }

    /// Tells a script what its person has typed.
    pub(super) fn type_line(self: &Rc<Self>, number: u64, line: Option<&str>) {
        let now = bridge::state().now;
        let taken = self.with(number, |run| {
            if run.inputs.is_empty() {
                return None;
            }
            let (token, prompt) = run.inputs.remove(0);
            let typed = [&*prompt, line.unwrap_or("^D"), "\n"].concat();
            run.output.print(now, false, &typed);
            Some((token, run.caller?))
        });
        if let Some((token, caller)) = taken.flatten() {
            ask_of(caller, "script-goes-on", Vec::new());
            let mut told = vec![("id", Member::Natural(token))];
            told.extend(line.map(|line| ("text", Member::Text(line))));
            self.tell(number, "line", now, told);
            self.work();
            self.show();
        }
    }

    fn hear(self: &Rc<Self>, number: u64, message: &JsValue) {
        let text = JSON::stringify(message)
            .ok()
            .and_then(|text| text.as_string());
        let mut heard = self.heard.borrow_mut();
        heard.push_back((number, text.unwrap_or_default()));
        drop(heard);
        self.work();
    }

    /// Does what scripts have asked for, and tells them what there is to tell, until there is nothing more.
    pub(super) fn work(self: &Rc<Self>) {
        if self.is_working.replace(true) {
            return;
        }
        let mut did = false;
        loop {
            let next = self.heard.borrow_mut().pop_front();
            if let Some((number, message)) = next {
                match json::parse(&message) {
                    Ok(message) => self.handle(number, &message),
                    Err(_) => self.kill(number),
                }
                did = true;
                continue;
            }
            let Ok(Json::List(news)) = bridge::ask("script-news", Vec::new()) else {
                break;
            };
            if news.is_empty() {
                break;
            }
            did = true;
            for piece in &news {
                self.deliver(piece);
            }
        }
        self.is_working.set(false);
        if did {
            self.show();
        }
        let is_live = self.runs.borrow().iter().any(Run::is_live);
        if !is_live && self.listening.replace(None).is_some() {
            rest();
        }
    }

    fn kill(&self, number: u64) {
        let script = self.with(number, |run| run.script.clone()).flatten();
        if let Some(script) = script {
            let _ended = script.kill(bridge::state().now.as_ms() as f64);
        }
    }

    /// What a script says.
    fn handle(self: &Rc<Self>, number: u64, message: &Json) {
        let text = |name| {
            message
                .get(name)
                .and_then(Json::as_text)
                .unwrap_or_default()
        };
        let natural = |name| message.get(name).and_then(self::number);
        let token = natural("id").unwrap_or_default();
        let Some(caller) = self.with(number, |run| run.caller).flatten() else {
            return;
        };
        match text("type") {
            "output" => {
                let at = Time::from_ms(natural("at").unwrap_or_default());
                self.with(number, |run| {
                    run.output
                        .print(at, text("stream") == "stderr", text("text"));
                });
            }
            "call" => self.call(number, caller, token, message),
            "sleep" => {
                let until = Member::Natural(natural("until").unwrap_or_default());
                let members = vec![("token", Member::Natural(token)), ("until", until)];
                if bridge_refuses(caller, "script-sleep", members).is_some() {
                    self.kill(number);
                }
            }
            "input" => {
                let prompt = text("prompt").to_owned();
                self.with(number, |run| run.inputs.push((token, prompt)));
            }
            "cancel" => {
                let was_input = self.with(number, |run| {
                    let count = run.inputs.len();
                    run.inputs.retain(|(input, _)| *input != token);
                    run.inputs.len() < count
                });
                if was_input != Some(true) {
                    let members = vec![("token", Member::Natural(token))];
                    ask_of(caller, "script-give-up", members);
                }
            }
            "quiet" => ask_of(caller, "script-quiet", Vec::new()),
            "ended" => self.ended(number, caller, message),
            _ => {}
        }
    }

    fn call(self: &Rc<Self>, run: u64, caller: u64, token: u64, message: &Json) {
        let state = bridge::state();
        let now = state.now;
        let token_member = ("token", Member::Natural(token));
        let refused = match http::decode(message, (caller, token), &state) {
            Ok(asked) => {
                if let Some(region) = &asked.elsewhere {
                    self.note_region(run, region, &state);
                }
                let mut members = vec![token_member, ("call", asked.request.member())];
                let deadline = message.get("deadline").and_then(number);
                members.extend(deadline.map(|deadline| {
                    let timeout = deadline.saturating_sub(now.as_ms()).max(1);
                    ("timeout", Member::Natural(timeout))
                }));
                let place = message.get("place").and_then(Json::as_text);
                let place = place.and_then(|place| place.rsplit_once(':'));
                let own = self.with(run, |run| run.file.clone()).unwrap_or_default();
                if let Some((file, line)) = place
                    && let Ok(line) = line.parse::<u64>()
                {
                    members.push(("line", Member::Natural(line)));
                    if file != own {
                        members.push(("file", Member::Text(file)));
                    }
                }
                bridge_refuses(caller, "script-call", members)
            }
            Err(response) => {
                self.with(run, |run| run.refused.push((token, response)));
                bridge_refuses(caller, "script-round-trip", vec![token_member])
            }
        };
        if let Some(why) = refused {
            let why = ("error", Member::Text(&why));
            let told = vec![("id", Member::Natural(token)), why];
            self.tell(run, "reply", now, told);
        }
    }

    /// Says once that another region is no other place here.
    fn note_region(&self, run: u64, region: &str, state: &State) {
        let note = text!(
            "python-region",
            [
                ("ours", state.region.clone().into()),
                ("region", region.to_owned().into())
            ]
        );
        self.with(run, |run| {
            if !std::mem::replace(&mut run.has_noted_region, true) {
                run.output.note(state.now, &note);
            }
        });
    }

    fn ended(self: &Rc<Self>, number: u64, caller: u64, message: &Json) {
        let text = |name| {
            message
                .get(name)
                .and_then(Json::as_text)
                .unwrap_or_default()
        };
        let state = text("state").to_owned();
        let trace = message.get("traceback");
        let words = |name| trace.and_then(|trace| trace.get(name)?.as_text());
        let mut why = match (words("type"), words("message")) {
            (Some(kind), Some("")) => kind.to_owned(),
            (Some(kind), Some(message)) => format!("{kind}: {message}"),
            _ => text("reason").to_owned(),
        };
        let waits = message.get("waits").map(list).unwrap_or_default();
        for wait in waits {
            let text = |name| wait.get(name).and_then(Json::as_text).unwrap_or_default();
            if !why.is_empty() {
                why += ", ";
            }
            why += &[text("thread"), " ", text("place")].concat();
        }
        let code = match message.get("code") {
            Some(Json::Number(code)) => Some(code.clone()),
            _ => None,
        };
        let frames = trace.and_then(|trace| trace.get("frames")).map(list);
        let frames = frames
            .unwrap_or_default()
            .iter()
            .filter_map(place_of)
            .collect();
        let at = message.get("at").and_then(self::number);
        let how = match &*state {
            "ended" => "finished",
            "failed" | "crashed" | "deadlock" => "failed",
            _ => "killed",
        };
        end(caller, how, &why);
        self.with(number, |run| {
            run.phase = Phase::Over(state, code, why);
            run.frames = frames;
            run.inputs.clear();
            run.script = None;
            run.at = Time::from_ms(at.unwrap_or_default());
        });
        self.begin_waiting();
    }

    /// What the session has for a script.
    fn deliver(self: &Rc<Self>, news: &Json) {
        let natural = |name| news.get(name).and_then(number);
        let caller = natural("caller");
        let at = Time::from_ms(natural("at").unwrap_or_default());
        let found = {
            let runs = self.runs.borrow();
            let run = runs
                .iter()
                .find(|run| run.caller == caller && run.is_live());
            run.map(|run| run.number)
        };
        let (Some(run), Some(caller)) = (found, caller) else {
            return;
        };
        let token = natural("token").unwrap_or_default();
        let id = ("id", Member::Natural(token));
        match news.get("told").and_then(Json::as_text).unwrap_or_default() {
            "start" => self.start(run, caller, at),
            "wake" => {
                let refused = self.with(run, |run| {
                    let place = run.refused.iter().position(|(known, _)| *known == token);
                    place.map(|place| run.refused.remove(place).1)
                });
                match refused.flatten() {
                    Some(response) => self.reply(run, token, at, &response),
                    None => self.tell(run, "wake", at, vec![id]),
                }
            }
            "reply" => {
                let action = news
                    .get("action")
                    .and_then(Json::as_text)
                    .unwrap_or_default();
                let call = natural("call").unwrap_or_default();
                if let Told::Answered(_, result) = told_of(action, news) {
                    let response = http::encode(at, bridge::state().seed, call, &result);
                    self.reply(run, token, at, &response);
                }
            }
            "timeout" => {
                let error = ("error", Member::Text("read-timeout"));
                self.tell(run, "reply", at, vec![id, error]);
            }
            "stuck" => {
                let waits = self.with(run, |run| !run.inputs.is_empty());
                if waits == Some(false) {
                    self.kill(run);
                }
            }
            _ => {
                if self.with(run, |run| run.script.is_some()) == Some(true) {
                    self.kill(run);
                } else {
                    self.with(run, |run| run.phase = over("killed"));
                }
            }
        }
    }

    fn reply(&self, run: u64, token: u64, at: Time, response: &crate::wire::HttpResponse) {
        http::tell(response, |mut members| {
            members.push(("id", Member::Natural(token)));
            self.tell(run, "reply", at, members);
        });
    }

    fn start(self: &Rc<Self>, run: u64, caller: u64, now: Time) {
        let file = self.with(run, |run| run.file.clone()).unwrap_or_default();
        let order = {
            let files = self.files.borrow();
            let main = files.all().iter().find(|other| other.name == file);
            let arguments = main.map(|main| words(&main.arguments)).unwrap_or_default();
            let arguments = arguments.iter().map(|word| Member::Text(word));
            let settings = files.all().iter().find(|file| file.name == ENVIRONMENT);
            let variables = settings.map(|file| environment(&file.text));
            let variables = variables.unwrap_or_default();
            let variables = variables.iter();
            let variables = variables.map(|(name, value)| (&**name, Member::Text(value)));
            let texts = files.all().iter();
            let texts = texts.map(|file| (&*file.name, Member::Text(&file.text)));
            json::compact(&Member::Map(vec![
                ("files", Member::Map(texts.collect())),
                ("main", Member::Text(&file)),
                ("argv", Member::List(arguments.collect())),
                ("env", Member::Map(variables.collect())),
                ("seed", Member::Natural(caller)),
                ("now", Member::Natural(now.as_ms())),
            ]))
        };
        let onmessage = {
            let python = Rc::clone(self);
            Closure::<dyn Fn(JsValue)>::new(move |message: JsValue| python.hear(run, &message))
        };
        let host = self.host.borrow().clone();
        let started = match (host, JSON::parse(&order)) {
            (Some(host), Ok(order)) => host.start(&order, &onmessage.into_js_value()),
            _ => return,
        };
        match started {
            Ok(script) => {
                self.with(run, |run| {
                    run.script = Some(script);
                    run.at = now;
                });
            }
            Err(error) => {
                let why = runtime::words(&error);
                end(caller, "failed", &why);
                self.with(run, |run| run.phase = Phase::Refused(why));
            }
        }
    }

    /// Tells a script something.
    fn tell(&self, run: u64, what: &str, now: Time, with: Vec<(&str, Member<'_>)>) {
        let mut members = vec![
            ("type", Member::Text(what)),
            ("now", Member::Natural(now.as_ms())),
        ];
        members.extend(with);
        let message = json::compact(&Member::Map(members));
        let script = self.with(run, |run| run.script.clone()).flatten();
        if let (Some(script), Ok(message)) = (script, JSON::parse(&message)) {
            let _posted = script.tell(&message);
        }
    }
}

/// As fast as possible means to the end of the scripts, and not on through the days after it.
fn rest() {
    let state = bridge::state();
    let is_fastest = Speed::of_thousandths(state.speed).is_some_and(Speed::is_fastest);
    if state.playing && is_fastest {
        let _paused = bridge::ask("pause", Vec::new());
    }
}

/// How a run is over, and in words.
pub(super) fn phase_words(phase: &Phase) -> String {
    match phase {
        Phase::Waiting => text!("python-waiting"),
        Phase::Running => text!("python-running"),
        Phase::Refused(why) => text!("python-refused", [("why", why.clone().into())]),
        Phase::Over(state, code, why) => match &**state {
            "ended" => text!("python-ended"),
            "failed" => {
                let code = code.clone().unwrap_or_default();
                if why.is_empty() {
                    return text!("python-left", [("code", code.into())]);
                }
                text!(
                    "python-failed",
                    [("code", code.into()), ("why", why.clone().into())]
                )
            }
            "interrupted" => text!("python-interrupted"),
            "deadlock" => text!("python-deadlock", [("why", why.clone().into())]),
            "crashed" => text!("python-crashed", [("why", why.clone().into())]),
            _ => text!("python-killed"),
        },
    }
}

fn over(state: &str) -> Phase {
    Phase::Over(state.to_owned(), None, String::new())
}

fn place_of(frame: &Json) -> Option<Place> {
    let text = |name| Some(frame.get(name)?.as_text()?.to_owned());
    Some(Place {
        file: text("file")?,
        line: u32::try_from(number(frame.get("line")?)?).ok()?,
        function: text("function").unwrap_or_default(),
    })
}

/// Says something of a script to the session; why it does not take it, if so.
fn bridge_refuses(caller: u64, what: &str, mut with: Vec<(&str, Member<'_>)>) -> Option<String> {
    with.push(("caller", Member::Natural(caller)));
    bridge::ask(what, with).err()
}

/// As above, of what is always taken.
fn ask_of(caller: u64, what: &str, with: Vec<(&str, Member<'_>)>) {
    let _taken = bridge_refuses(caller, what, with);
}

fn end(caller: u64, how: &str, why: &str) {
    let members = vec![("how", Member::Text(how)), ("why", Member::Text(why))];
    ask_of(caller, "script-end", members);
}
