//! Scripts beside the page: they speak HTTP, time waits for them, and what would end them asks first.
#![cfg(feature = "page")]
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a simulated script cares for little of what it is told"
)]

use sqs_playground::share::Document;
use sqs_playground::sim::{Span, Time};
use sqs_playground::sqs::api::{Caller, Request};
use sqs_playground::timeline::{Recording, Timeline};
use sqs_playground::ui::playback::Speed;
use sqs_playground::ui::session::{
    Action, Form, News, Notice, Opening, SCRIPTS_MAX, ScriptError, Session, Told,
};
use sqs_playground::wire::{self, HttpRequest, HttpResponse};
use sqs_playground::world::{Activity, Ending, Program, RunningChange, SourceLine};

/// What a simulated script does when it is told something, before it is quiet again.
#[derive(Clone)]
enum Deed {
    /// An action and its JSON.
    Ask(&'static str, String),
    Sleep(u64),
    GiveUp(u64),
    End(Ending, &'static str),
}

/// From what it is told, and the text of an answer.
type Behaviour = Box<dyn FnMut(&Told, &str) -> Vec<Deed>>;

struct Script {
    caller: Caller,
    behaviour: Behaviour,
    tokens: u64,
}

/// Whoever runs the scripts.
struct Host {
    session: Session,
    scripts: Vec<Script>,
    /// What scripts were told, with the answers.
    told: Vec<(Time, Caller, String)>,
    /// So many frames pass before a script that is at work does the next thing.
    slowness: u32,
}

const QUEUE: &str = "https://sqs.us-east-1.amazonaws.com/123456789012/q";

fn decode(action: &str, body: &str) -> Request {
    let target = format!("AmazonSQS.{action}");
    let http = HttpRequest {
        method: "POST",
        path: "/",
        headers: &[
            ("content-type", "application/x-amz-json-1.0"),
            ("x-amz-target", &target),
        ],
        body: body.as_bytes(),
        ..Default::default()
    };
    wire::decode(&http).expect("it is well-formed").request
}

fn text(response: &HttpResponse) -> String {
    format!(
        "{} {}",
        response.status,
        String::from_utf8_lossy(&response.body)
    )
}

impl Host {
    fn new() -> Self {
        let mut session = Session::new();
        session.apply(Action::OpenEmpty { seed: 5 });
        Self {
            session,
            scripts: Vec::new(),
            told: Vec::new(),
            slowness: 0,
        }
    }

    fn start(
        &mut self,
        name: &str,
        behaviour: impl FnMut(&Told, &str) -> Vec<Deed> + 'static,
    ) -> Caller {
        let caller = self.session.start_script(name).expect("there is room");
        self.scripts.push(Script {
            caller,
            behaviour: Box::new(behaviour),
            tokens: 0,
        });
        caller
    }

    /// Hands the scripts what there is for them, until nothing is.
    fn serve(&mut self) {
        self.serve_until(Time::MAX);
    }

    fn serve_until(&mut self, end: Time) {
        while self.session.now() < end {
            let news = self.session.take_script_news();
            if news.is_empty() {
                return;
            }
            for news in news {
                self.tell(&news);
            }
        }
    }

    fn tell(&mut self, news: &News) {
        let answer = news.response(&self.session).as_ref().map(text);
        let answer = answer.unwrap_or_default();
        let said = match &news.told {
            Told::Reply { .. } => answer.clone(),
            told => format!("{told:?}"),
        };
        self.told.push((news.at, news.caller, said));
        if matches!(news.told, Told::Stuck | Told::End) {
            return;
        }
        let mut scripts = self.scripts.iter_mut();
        let script = scripts.find(|script| script.caller == news.caller);
        let script = script.expect("only who was started is told something");
        let caller = script.caller;
        assert_eq!(self.session.busy_script(), Some(caller));
        let deeds = (script.behaviour)(&news.told, &answer);
        let first = script.tokens;
        script.tokens += deeds.len() as u64;
        for (deed, token) in deeds.into_iter().zip(first..) {
            for _ in 0..self.slowness {
                let before = self.session.now();
                self.session.apply(Action::Frame { wall_ms: 16.0 });
                assert_eq!(self.session.now(), before, "time waits");
            }
            self.act(caller, token, deed);
        }
        self.session.script_is_quiet(caller);
    }

    fn act(&mut self, caller: Caller, token: u64, deed: Deed) {
        let session = &mut self.session;
        match deed {
            Deed::Ask(action, body) => {
                let line = Some(SourceLine {
                    file: None,
                    line: 7,
                });
                let request = decode(action, &body);
                let asked = session.script_call(caller, token, request, Some(60_000), line);
                asked.expect("it runs");
            }
            Deed::Sleep(ms) => {
                let until = session.now() + Span::from_ms(ms);
                let slept = session.script_sleep(caller, token, until);
                slept.expect("it runs");
            }
            Deed::GiveUp(token) => {
                session.script_give_up(caller, token);
            }
            Deed::End(how, why) => session.script_end(caller, how, why),
        }
    }

    /// Frames pass, until so many virtual seconds have.
    fn play(&mut self, seconds: u64) {
        let end = self.session.start() + Span::from_secs(seconds);
        self.session.apply(Action::Play);
        self.serve_until(end);
        for _ in 0..1_000_000 {
            if self.session.now() >= end {
                return self.session.apply(Action::Pause);
            }
            self.session.apply(Action::Frame { wall_ms: 16.0 });
            self.serve_until(end);
        }
        panic!("time does not pass");
    }

    fn ends(&self) -> Vec<Caller> {
        let ended = self.told.iter().filter(|(_, _, said)| said == "End");
        ended.map(|(_, caller, _)| *caller).collect()
    }

    #[track_caller]
    fn activity(&self, caller: Caller) -> &Activity {
        let actor = self.session.world().actor(caller);
        actor.expect("it is there").activity()
    }
}

/// Creates the queue, sends each second, and ends.
fn producer(count: u32) -> impl FnMut(&Told, &str) -> Vec<Deed> {
    let mut sent = 0;
    move |told, _| match told {
        Told::Start => vec![Deed::Ask("CreateQueue", r#"{"QueueName":"q"}"#.into())],
        Told::Reply { .. } if sent == count => vec![Deed::End(Ending::Finished, "")],
        Told::Reply { .. } => vec![Deed::Sleep(1000)],
        _ => {
            sent += 1;
            let body = format!(r#"{{"QueueUrl":"{QUEUE}","MessageBody":"message {sent}"}}"#);
            vec![Deed::Ask("SendMessage", body)]
        }
    }
}

/// Polls for ever.
fn consumer() -> impl FnMut(&Told, &str) -> Vec<Deed> {
    move |told, answer| match told {
        Told::Start | Told::Wake { .. } => vec![Deed::Ask(
            "ReceiveMessage",
            format!(r#"{{"QueueUrl":"{QUEUE}","WaitTimeSeconds":20}}"#),
        )],
        _ => {
            let handle = answer.split(r#""ReceiptHandle":""#).nth(1);
            let handle = handle.and_then(|rest| rest.split('"').next());
            match handle {
                Some(handle) => vec![Deed::Ask(
                    "DeleteMessage",
                    format!(r#"{{"QueueUrl":"{QUEUE}","ReceiptHandle":"{handle}"}}"#),
                )],
                None => vec![Deed::Sleep(10)],
            }
        }
    }
}

fn pair(speed: Speed, slowness: u32) -> Host {
    let mut host = Host::new();
    host.slowness = slowness;
    host.session.apply(Action::SetSpeed(speed));
    host.start("producer.py", producer(20));
    host.start("consumer.py", consumer());
    host
}

#[test]
fn scripts_run_the_same_at_every_speed_and_replay_without_them() {
    let plain = {
        let mut host = pair(Speed::REAL, 0);
        host.play(30);
        host
    };
    let inputs = &plain.session.timeline().recording().inputs;
    let of_scripts = |host: &Host| {
        let told = host.told.iter();
        let told = told.filter(|(at, ..)| *at <= plain.session.now());
        told.cloned().collect::<Vec<_>>()
    };
    assert!(inputs.len() > 100, "{}", inputs.len());
    for (speed, slowness) in Speed::OFFERED
        .into_iter()
        .zip([0, 1, 2].into_iter().cycle())
    {
        let mut host = pair(speed, slowness);
        host.play(30);
        let recorded = &host.session.timeline().recording().inputs;
        assert_eq!(recorded[..inputs.len()], **inputs, "{speed}");
        assert_eq!(of_scripts(&host), plain.told, "{speed}");
    }
    let first = &plain.told[2].2;
    assert_eq!(first, &format!(r#"200 {{"QueueUrl":"{QUEUE}"}}"#));
    let tally = |name: &str| {
        let mut actors = plain.session.world().actors();
        let actor = actors.find(|actor| actor.name() == name);
        actor.expect("it is there").tally().clone()
    };
    assert_eq!(tally("producer.py").sent, 20);
    let consumer = tally("consumer.py");
    assert_eq!((consumer.received, consumer.deleted), (20, 20));
    // The stage has one to the left of the queue, and the other to its right.
    let is_consumer = |name: &str| {
        let mut actors = plain.session.world().actors();
        let actor = actors.find(|actor| actor.name() == name);
        matches!(actor.expect("it is there").program(), Program::Outside(script) if script.is_consumer())
    };
    assert!(is_consumer("consumer.py") && !is_consumer("producer.py"));
    // No script is needed to see it again.
    let recording = Recording::from_json(&plain.session.recording_json());
    let mut replayed = Timeline::new(recording.expect("it was just written"));
    replayed.advance(plain.session.now(), usize::MAX);
    assert_eq!(replayed.world().digest(), plain.session.world().digest());
}

fn fastest() -> Speed {
    let mut fastest = Speed::REAL;
    while !fastest.is_fastest() {
        fastest = fastest.faster();
    }
    fastest
}

#[test]
fn time_goes_on_from_where_the_last_script_ended() {
    for speed in Speed::OFFERED {
        let mut host = Host::new();
        host.slowness = 3;
        host.session.apply(Action::SetSpeed(speed));
        host.start("short.py", |told, _| match told {
            Told::Start => vec![Deed::Ask("CreateQueue", r#"{"QueueName":"q"}"#.into())],
            _ => vec![Deed::End(Ending::Finished, "")],
        });
        host.session.apply(Action::Play);
        while host.session.scripts().len() > 0 {
            host.session.apply(Action::Frame { wall_ms: 16.0 });
            host.serve();
        }
        let ended = host.session.now();
        for action in [
            Action::SetSpeed(Speed::REAL),
            Action::Pause,
            Action::Play,
            Action::Frame { wall_ms: 16.0 },
        ] {
            host.session.apply(action);
        }
        let passed = host.session.now().since(ended).as_ms();
        assert!((15..=17).contains(&passed), "{speed}: {passed}");
    }
}

#[test]
fn at_the_fastest_speed_time_stands_for_who_waits_for_a_person() {
    for (speed, stands) in [(Speed::REAL, false), (fastest(), true)] {
        let mut host = Host::new();
        host.session.apply(Action::SetSpeed(speed));
        let caller = host.start("asks.py", |told, _| match told {
            Told::Start => vec![Deed::Sleep(1000)],
            _ => Vec::new(),
        });
        host.session.apply(Action::Play);
        for _ in 0..200 {
            host.session.apply(Action::Frame { wall_ms: 16.0 });
            host.serve();
        }
        let asked = host.session.start() + Span::from_secs(1);
        assert_eq!(host.session.now() == asked, stands, "{speed}");
        // With the answer it goes on.
        host.session.script_goes_on(caller);
        let slept = host.session.now();
        host.act(caller, 9, Deed::Sleep(5000));
        host.session.script_is_quiet(caller);
        for _ in 0..400 {
            host.session.apply(Action::Frame { wall_ms: 16.0 });
            host.serve();
        }
        assert!(host.session.now().since(slept) >= Span::from_secs(5));
    }
}

#[test]
fn a_script_whose_end_was_cut_off_ends_where_the_run_goes_on() {
    let killed = Activity::Ended {
        how: Ending::Killed,
        why: "".into(),
    };
    let ended = || {
        let mut host = Host::new();
        let caller = host.start("producer.py", producer(5));
        host.play(10);
        assert_eq!(host.session.scripts().len(), 0);
        (host, caller)
    };
    let by_hand = || Action::ByHand {
        form: Form::CreateQueue,
        request: decode("CreateQueue", r#"{"QueueName":"mine"}"#),
    };
    let past = |host: &Host| Action::Seek(host.session.start() + Span::from_secs(3));

    let (mut host, caller) = ended();
    let whole = host.session.recording_json();
    host.session.apply(past(&host));
    host.session.apply(by_hand());
    assert_eq!(host.activity(caller), &killed);
    host.session.apply(Action::Undo);
    assert_eq!(host.session.recording_json(), whole);

    // Another script acts in the past.
    let (mut host, caller) = ended();
    host.session.apply(past(&host));
    let other = host.start("other.py", |_, _| vec![Deed::Sleep(1000)]);
    assert_eq!(host.activity(caller), &killed);
    assert_eq!(host.session.scripts().collect::<Vec<_>>(), [other]);

    // What it did followed from something that is taken back.
    let mut host = Host::new();
    let caller = host.start("producer.py", producer(5));
    host.play(3);
    host.session.apply(by_hand());
    host.play(10);
    host.session.apply(Action::Undo);
    assert_ne!(host.activity(caller), &killed);
    host.session.apply(Action::Play);
    for _ in 0..1000 {
        host.session.apply(Action::Frame { wall_ms: 16.0 });
    }
    assert_eq!(host.activity(caller), &killed);
}

#[test]
fn at_the_fastest_speed_scripts_that_work_or_wait_fly() {
    let fastest = fastest();
    for (speed, flies) in [(Speed::REAL, false), (fastest, true)] {
        let mut host = pair(speed, 0);
        assert!(!host.session.is_flying(), "time stands");
        host.session.apply(Action::Play);
        let end = host.session.start() + Span::from_secs(3);
        host.serve_until(end);
        assert_eq!(host.session.is_flying(), flies);
        host.session.apply(Action::Pause);
        assert!(!host.session.is_flying(), "time stands again");
    }
    // One that waits for its person waits for nothing in the world.
    let mut host = Host::new();
    host.session.apply(Action::SetSpeed(fastest));
    host.start("asks.py", |_, _| Vec::new());
    host.session.apply(Action::Play);
    host.serve();
    assert!(!host.session.is_flying());
}

#[test]
fn answers_are_as_on_the_wire_and_have_a_date() {
    let mut host = Host::new();
    let caller = host.start("a.py", |told, _| match told {
        Told::Start => vec![Deed::Ask("GetQueueUrl", r#"{"QueueName":"none"}"#.into())],
        _ => vec![],
    });
    host.serve();
    let end = host.session.start() + Span::from_secs(1);
    host.session.apply(Action::Seek(end));
    let news = host.session.take_script_news();
    let response = news[0].response(&host.session).expect("an answer");
    let header = |name: &str| {
        let found = response.headers.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str())
    };
    assert_eq!(header("date"), Some("Thu, 01 Jan 2026 00:00:00 GMT"));
    assert_eq!(
        header("content-length"),
        Some(response.body.len().to_string().as_str())
    );
    // But for the order of members it is what the local server would say.
    let Told::Reply { result, .. } = &news[0].told else {
        panic!("an answer");
    };
    let id = header("x-amzn-requestid").expect("it has an id");
    let plain = wire::encode(wire::Format::Json, id, result);
    assert_eq!(plain.status, response.status);
    for (name, value) in &plain.headers {
        assert_eq!(header(name), Some(value.as_str()));
    }
    let value =
        |body: &[u8]| -> serde_json::Value { serde_json::from_slice(body).expect("it is JSON") };
    assert_eq!(value(&plain.body), value(&response.body));
    assert_eq!(news[0].caller, caller);
}

#[test]
fn a_script_that_waits_for_nothing_is_stuck() {
    let mut host = Host::new();
    let caller = host.start("deadlock.py", |told, _| match told {
        Told::Start => vec![Deed::Sleep(1000), Deed::Sleep(2000), Deed::GiveUp(1)],
        _ => vec![],
    });
    host.play(5);
    let stuck = host.told.last().expect("it was told");
    let at = host.session.start() + Span::from_secs(1);
    assert_eq!(stuck, &(at, caller, "Stuck".to_owned()));
    assert_eq!(host.activity(caller), &Activity::Idle);
    // Its person can still help.
    host.session.script_goes_on(caller);
    assert_eq!(host.session.busy_script(), Some(caller));
    host.act(caller, 9, Deed::End(Ending::Failed, "deadlock"));
    assert_eq!(host.session.scripts().len(), 0);
    assert!(matches!(host.activity(caller), Activity::Ended { .. }));
}

#[test]
fn a_sleep_that_is_given_up_as_it_ends_is_not_told() {
    let mut host = Host::new();
    // Both end at once; with the first, the second is given up, and its strand is used again.
    let mut wakes = 0;
    let caller = host.start("a.py", move |told, _| match told {
        Told::Start => vec![Deed::Sleep(1000), Deed::Sleep(1000)],
        Told::Wake { .. } => {
            wakes += 1;
            match wakes {
                1 => vec![Deed::Sleep(500), Deed::Sleep(700), Deed::GiveUp(1)],
                _ => vec![],
            }
        }
        _ => vec![],
    });
    host.play(3);
    let at = |ms| host.session.start() + Span::from_ms(ms);
    let said: Vec<_> = host
        .told
        .iter()
        .map(|(at, _, said)| (*at, said.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            (at(0), "Start"),
            (at(1000), "Wake { token: 0 }"),
            (at(1500), "Wake { token: 2 }"),
            (at(1700), "Wake { token: 3 }"),
            (at(1700), "Stuck"),
        ]
    );
    assert_eq!(host.session.scripts().collect::<Vec<_>>(), [caller]);
}

#[test]
fn what_would_end_scripts_is_held_back_until_it_is_confirmed() {
    let mut host = pair(Speed::REAL, 0);
    let callers: Vec<Caller> = host.session.scripts().collect();
    host.play(10);
    let edge = host.session.now();
    // To look back ends nothing, and scripts do nothing meanwhile.
    let told = host.told.len();
    let back = host.session.start() + Span::from_secs(4);
    host.session.apply(Action::Seek(back));
    host.serve();
    assert_eq!((host.session.now(), host.told.len()), (back, told));
    assert_eq!(host.session.held_back(), None);
    let pause = || {
        Action::SetRunning(RunningChange {
            caller: callers[0],
            running: false,
        })
    };
    assert!(host.session.would_end_scripts(&pause()));
    assert!(!host.session.would_end_scripts(&Action::Seek(edge)));
    assert_eq!(
        host.session.start_script("late.py"),
        Err(ScriptError::WouldEndScripts)
    );
    let json = host.session.recording_json();
    host.session.apply(pause());
    assert_eq!(host.session.held_back(), Some(&pause()));
    assert_eq!(host.session.recording_json(), json);
    host.session.apply(Action::KeepScripts);
    assert_eq!(host.session.held_back(), None);
    // They go on where they were.
    host.play(12);
    assert!(host.told.len() > told);
    assert_eq!(host.ends(), []);
    let mut straight = pair(Speed::REAL, 0);
    straight.play(12);
    assert_eq!(host.told, straight.told);

    // At the edge the same harms nobody.
    assert!(!host.session.would_end_scripts(&pause()));
    host.session.apply(Action::Seek(back));
    host.session.apply(pause());
    host.session.apply(Action::EndScripts);
    host.serve();
    assert_eq!(host.ends(), callers);
    assert_eq!(
        (host.session.now(), host.session.scripts().len()),
        (back, 0)
    );
    assert_eq!(host.session.notice(), Some(&Notice::FutureCut));
    for caller in &callers {
        let killed = Activity::Ended {
            how: Ending::Killed,
            why: "".into(),
        };
        assert_eq!(host.activity(*caller), &killed);
    }
    // What they did is one undo away, but they do not live again.
    host.session.apply(Action::Undo);
    for _ in 0..100 {
        host.session.apply(Action::Frame { wall_ms: 16.0 });
    }
    assert_eq!(host.session.timeline().recording().inputs.len(), {
        straight.session.timeline().recording().inputs.len()
    });
    assert_eq!(
        host.session
            .script_call(callers[0], 99, decode("ListQueues", "{}"), None, None),
        Err(ScriptError::NotRunning)
    );
}

#[test]
fn other_worlds_end_scripts_and_each_is_told() {
    let actions = || {
        [
            Action::OpenScenario(0),
            Action::OpenEmpty { seed: 3 },
            Action::Reseed { seed: 9 },
            Action::Undo,
            Action::Compare(vec![]),
        ]
    };
    for action in actions() {
        let mut host = pair(Speed::REAL, 0);
        let callers: Vec<Caller> = host.session.scripts().collect();
        host.play(3);
        host.session.apply(action.clone());
        assert_eq!(host.session.held_back(), Some(&action));
        assert_eq!(host.session.scripts().len(), 2);
        host.session.apply(Action::EndScripts);
        host.serve();
        assert_eq!(host.ends(), callers, "{action:?}");
        assert_eq!(host.session.held_back(), None);
        assert!(!host.session.would_end_scripts(&action));
    }
    // To end them alone is recorded, and the run is kept.
    let mut host = pair(Speed::REAL, 0);
    host.play(3);
    let inputs = host.session.timeline().recording().inputs.len();
    host.session.apply(Action::EndScripts);
    let recorded = host.session.timeline().recording().inputs.len();
    assert_eq!(recorded, inputs + 2);
}

#[test]
fn who_wants_scripts_to_end_can_have_the_person_asked() {
    let mut session = Session::new();
    session.apply(Action::AskToEndScripts);
    assert!(!session.asks_to_end_scripts());

    let mut host = pair(Speed::REAL, 0);
    let callers: Vec<Caller> = host.session.scripts().collect();
    host.play(3);
    host.session.apply(Action::AskToEndScripts);
    assert!(host.session.asks_to_end_scripts());
    host.session.apply(Action::Frame { wall_ms: 16.0 });
    assert!(host.session.asks_to_end_scripts());
    // Who goes on has answered.
    host.session.apply(Action::Pause);
    assert!(!host.session.asks_to_end_scripts());
    assert_eq!(host.session.scripts().len(), 2);
    host.session.apply(Action::AskToEndScripts);
    host.session.apply(Action::EndScripts);
    assert!(!host.session.asks_to_end_scripts());
    host.serve();
    assert_eq!(host.ends(), callers);
}

#[test]
fn a_run_that_is_opened_again_has_its_scripts_ended() {
    let mut host = pair(Speed::REAL, 0);
    let callers: Vec<Caller> = host.session.scripts().collect();
    host.play(10);
    let recording = host.session.timeline().recording().clone();
    let mut document = Document {
        at: host.session.now(),
        ..Document::new(recording.clone())
    };
    document.end_scripts();
    let once = document.clone();
    document.end_scripts();
    assert_eq!(document, once, "they have ended");
    let (kept, ends) = once.recording.inputs.split_at(recording.inputs.len());
    assert_eq!(kept, recording.inputs);
    assert_eq!(ends.len(), callers.len());
    assert!(ends.iter().all(|end| end.at == once.at));

    let mut session = Session::new();
    session.apply(Action::Open(Box::new(Opening {
        recording: once.recording,
        scenario: None,
        place: None,
        at: once.at,
    })));
    for _ in 0..100 {
        session.apply(Action::Frame { wall_ms: 16.0 });
    }
    assert_eq!(session.now(), once.at);
    for caller in callers {
        let actor = session.world().actor(caller).expect("it was there");
        let killed = Activity::Ended {
            how: Ending::Killed,
            why: "".into(),
        };
        let mut strands = actor.strands();
        assert_eq!(strands.next().expect("it has one").activity(), &killed);
    }

    // Who has ended or was taken out needs no other end.
    let mut host = pair(Speed::REAL, 0);
    let callers: Vec<Caller> = host.session.scripts().collect();
    host.play(3);
    host.session.apply(Action::RemoveActor(callers[0]));
    host.session.script_end(callers[1], Ending::Finished, "");
    let ended = Document::new(host.session.timeline().recording().clone());
    let mut document = ended.clone();
    document.end_scripts();
    assert_eq!(document, ended);
}

#[test]
fn a_script_that_is_removed_is_told_and_the_others_go_on() {
    let mut host = pair(Speed::REAL, 0);
    let callers: Vec<Caller> = host.session.scripts().collect();
    host.play(3);
    host.session.apply(Action::RemoveActor(callers[0]));
    host.serve();
    assert_eq!(host.ends(), callers[..1]);
    assert_eq!(host.session.scripts().collect::<Vec<_>>(), callers[1..]);
    host.play(30);
    assert_eq!(host.session.scripts().len(), 1);
}

#[test]
fn four_scripts_run_and_no_more() {
    let mut host = Host::new();
    for number in 0..SCRIPTS_MAX {
        host.start(&format!("{number}.py"), |_, _| vec![Deed::Sleep(1000)]);
    }
    assert_eq!(host.session.start_script("5.py"), Err(ScriptError::TooMany));
    host.play(2);
    let first = host.session.scripts().next().expect("four run");
    host.session
        .script_end(first, Ending::Killed, &"x".repeat(9999));
    assert!(host.session.start_script("5.py").is_ok());
}

#[test]
fn a_run_to_rest_and_single_steps_wait_for_scripts() {
    let mut host = pair(Speed::REAL, 0);
    host.session.apply(Action::RunUntilRest);
    host.serve();
    let hour = Span::from_secs(3600);
    // The consumer polls for ever.
    assert_eq!(host.session.notice(), Some(&Notice::NeverRests(hour)));
    assert!(host.session.now() >= host.session.start() + hour);
    host.session.apply(Action::EndScripts);
    host.session.apply(Action::RunUntilRest);
    assert_eq!(host.session.notice(), Some(&Notice::AtRest));
    let mut actors = host.session.world().actors();
    assert_eq!(actors.next().map(|actor| actor.tally().sent), Some(20));

    let mut host = pair(Speed::REAL, 0);
    host.serve();
    let mut times = Vec::new();
    for _ in 0..20 {
        host.session.apply(Action::NextEvent);
        host.serve();
        times.push(host.session.now());
    }
    assert!(times.is_sorted() && times[0] < times[19]);
}
