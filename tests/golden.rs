//! Plays the scenarios of `golden/scenarios.txt`, which also says how they are written, against the
//! service.

use std::collections::BTreeMap;

use serde_json::Value;
use sqs_playground::json::{self, Member, Place};
use sqs_playground::sim::{Span, Time};
use sqs_playground::sqs::api::{CallId, Caller, Request};
use sqs_playground::sqs::{Config, Outbox, Service};

const SCENARIOS: &str = include_str!("golden/scenarios.txt");

/// What a scenario remembers by the names that it gives.
type Names = BTreeMap<String, String>;

struct Scenario<'a> {
    number: u32,
    title: &'a str,
    /// With their numbers in the file.
    lines: Vec<(usize, &'a str)>,
}

impl Scenario<'_> {
    fn is_on_the_wire(&self) -> bool {
        matches!(self.lines[..], [(_, "on the wire")])
    }
}

fn scenarios(text: &str) -> Vec<Scenario<'_>> {
    let mut scenarios: Vec<Scenario<'_>> = Vec::new();
    for (line, number) in text.lines().map(str::trim).zip(1..) {
        if let Some(head) = line.strip_prefix("== ") {
            let (row, title) = head.split_once(' ').expect("a number and a title");
            scenarios.push(Scenario {
                number: row.parse().expect("it starts with a number"),
                title,
                lines: Vec::new(),
            });
        } else if !line.is_empty() && !line.starts_with('#') {
            let scenario = scenarios.last_mut().expect("lines belong to a scenario");
            scenario.lines.push((number, line));
        }
    }
    scenarios
}

/// A service, and what a scenario knows about it.
struct Stage {
    service: Service,
    now: Time,
    out: Outbox,
    calls: u64,
    /// Calls by the names that the scenario gives them; the last one has none.
    by_name: BTreeMap<String, CallId>,
    names: Names,
}

impl Stage {
    fn new() -> Self {
        let config = Config::new("123456789012", "us-east-1", 1);
        Self {
            service: Service::new(&config),
            now: Time::from_ms(1_767_225_600_000),
            out: Outbox::default(),
            calls: 0,
            by_name: BTreeMap::new(),
            names: Names::new(),
        }
    }

    fn play(&mut self, line: &str) -> Result<(), String> {
        if let Some(ms) = line.strip_prefix("wait ") {
            let ms = ms.parse().map_err(|_| "waits are in milliseconds")?;
            self.now = self.now + Span::from_ms(ms);
            self.service.handle_timeout(self.now, &mut self.out);
            Ok(())
        } else if let Some(name) = line.strip_suffix(" waits") {
            match self.answer(name)? {
                None => Ok(()),
                Some(answer) => Err(format!("it does not wait: {answer:?}")),
            }
        } else if let Some((name, expected)) = line.split_once("-> ") {
            let answer = self.answer(name.trim())?.ok_or("there is no answer yet")?;
            self.compare(&answer, expected)
        } else {
            let (name, call) = match line.split_once(": ") {
                Some((name, call)) if !name.contains('{') => (name, call),
                Some(_) | None => ("", line),
            };
            self.call(name, call)
        }
    }

    fn call(&mut self, name: &str, line: &str) -> Result<(), String> {
        let (action, body) = line.split_once(' ').ok_or("a call has a body")?;
        let mut body: Value = serde_json::from_str(body).map_err(|error| error.to_string())?;
        fill_in(&mut body, &self.names)?;
        let mut request = Request::blank(action).ok_or("there is no such action")?;
        let body = json::parse(&body.to_string()).map_err(|error| error.to_string())?;
        json::fill(Place::Shape(request.fill()), body).map_err(|misfit| misfit.to_string())?;
        self.calls += 1;
        let call = CallId(self.calls);
        self.by_name.insert(name.to_owned(), call);
        self.service
            .call(self.now, call, Caller::PERSON, &request, &mut self.out);
        Ok(())
    }

    /// The answer to a call: its JSON, or the status, query code and text of its error.
    fn answer(&self, name: &str) -> Result<Option<Result<Value, String>>, String> {
        let call = self.by_name.get(name).ok_or("there is no such call")?;
        let mut replies = self.out.replies.iter();
        let Some(reply) = replies.find(|reply| reply.call == *call) else {
            return Ok(None);
        };
        Ok(Some(match &reply.result {
            Err(error) => {
                let (status, code) = (error.code.status(), error.code.query_code());
                Err(format!("{status} {code} {}", error.message))
            }
            Ok(response) => {
                let body = json::compact(&Member::Shape(response.shape()));
                Ok(serde_json::from_str(&body).map_err(|error| error.to_string())?)
            }
        }))
    }

    fn compare(&mut self, answer: &Result<Value, String>, expected: &str) -> Result<(), String> {
        match answer {
            Ok(body) => {
                let expected = serde_json::from_str(expected)
                    .map_err(|_| format!("an error was expected, and it was {body}"))?;
                agree(body, &expected, &mut self.names)
            }
            Err(error) => {
                let expected = self
                    .names
                    .iter()
                    .fold(expected.to_owned(), |text, (name, value)| {
                        text.replace(&format!("${name}"), value)
                    });
                let agrees = *error == expected || error.starts_with(&format!("{expected} "));
                agrees.then_some(()).ok_or(format!("it was {error}"))
            }
        }
    }
}

/// Puts in what the names stand for.
fn fill_in(value: &mut Value, names: &Names) -> Result<(), String> {
    match value {
        Value::String(text) => {
            if let Some(name) = text.strip_prefix('$') {
                *text = names
                    .get(name)
                    .cloned()
                    .ok_or(format!("what is ${name}?"))?;
            } else if let Some(length) = text.strip_prefix('@') {
                *text = "x".repeat(length.parse().map_err(|_| "a length is a number")?);
            }
            Ok(())
        }
        Value::Array(values) => values
            .iter_mut()
            .try_for_each(|value| fill_in(value, names)),
        Value::Object(map) => map.values_mut().try_for_each(|value| fill_in(value, names)),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}

fn agree(found: &Value, expected: &Value, names: &mut Names) -> Result<(), String> {
    let differs = || Err(format!("{expected} was expected, and it was {found}"));
    match (expected, found) {
        (Value::String(text), _) if text == "*" => Ok(()),
        (Value::String(text), Value::String(found)) if text.starts_with("$!") => {
            let known = names.get(&text[2..]).ok_or("that name is not known")?;
            if known == found { differs() } else { Ok(()) }
        }
        (Value::String(text), Value::String(found)) if text.starts_with('$') => {
            let known = names.entry(text[1..].to_owned()).or_insert(found.clone());
            if known == found { Ok(()) } else { differs() }
        }
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => {
            let mut pairs = expected.iter().zip(found);
            pairs.try_for_each(|(expected, found)| agree(found, expected, names))
        }
        (Value::Object(expected), Value::Object(found)) => {
            if let Some(name) = found.keys().find(|name| !expected.contains_key(*name))
                && expected.contains_key("only")
            {
                return Err(format!("{name} was not expected"));
            }
            let mut members = expected.iter().filter(|(name, _)| *name != "only");
            members.try_for_each(|(name, expected)| match (expected, found.get(name)) {
                (Value::Null, None) => Ok(()),
                (_, Some(found)) => agree(found, expected, names),
                (_, None) => Err(format!("{name} is absent")),
            })
        }
        _ if expected == found => Ok(()),
        _ => differs(),
    }
}

fn play(scenario: &Scenario<'_>) -> Result<(), String> {
    let mut stage = Stage::new();
    let Scenario { number, title, .. } = scenario;
    scenario.lines.iter().try_for_each(|(line_number, line)| {
        stage
            .play(line)
            .map_err(|error| format!("{number} {title}, line {line_number}: {error}"))
    })
}

#[test]
fn every_scenario_goes_as_recorded() {
    let scenarios = scenarios(SCENARIOS);
    let numbers: Vec<_> = scenarios.iter().map(|scenario| scenario.number).collect();
    assert_eq!(numbers, (1..=50).collect::<Vec<_>>(), "all fifty are there");
    let here = scenarios
        .iter()
        .filter(|scenario| !scenario.is_on_the_wire());
    let failures: Vec<_> = here.filter_map(|scenario| play(scenario).err()).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_scenario_that_goes_otherwise_is_noticed() {
    for (lines, reason) in [
        (
            "CreateQueue {\"QueueName\":\"q\"}\n-> {\"QueueUrl\":\"q\"}",
            "was expected",
        ),
        (
            "CreateQueue {\"QueueName\":\"q\"}\n-> {\"Foo\":\"*\"}",
            "Foo is absent",
        ),
        (
            "CreateQueue {\"QueueName\":\"q\"}\n-> {\"only\":true}",
            "QueueUrl was not expected",
        ),
        (
            "CreateQueue {\"QueueName\":\"q\"}\n-> {\"QueueUrl\":null}",
            "was expected",
        ),
        (
            "CreateQueue {\"QueueName\":\"q\"}\n-> 400 Foo",
            "an error was expected",
        ),
        (
            "CreateQueue {\"QueueName\":\"?\"}\n-> {}",
            "InvalidParameterValue",
        ),
        (
            "CreateQueue {\"QueueName\":\"?\"}\n-> 404 InvalidParameterValue",
            "400",
        ),
        (
            "CreateQueue {\"QueueName\":\"?\"}\n-> 400 InvalidParameterValue Foo",
            "Can only",
        ),
        (
            "CreateQueue {\"QueueName\":\"q\"}\n-> {\"QueueUrl\":\"$a\"}\n-> {\"QueueUrl\":\"$!a\"}",
            "$!a",
        ),
        ("CreateQueue {\"QueueName\":\"$a\"}", "what is $a?"),
        ("CreateQueue {\"Name\":\"q\"}", "unknown field"),
        (
            "CreateQueue {\"QueueName\":\"q\"}\n-> {}\np: ReceiveMessage {\"QueueUrl\":\"q\"}\np waits",
            "does not wait",
        ),
        (
            "CreateQueue {\"QueueName\":\"q\"}\n-> {}\n\
             p: ReceiveMessage {\"QueueUrl\":\"q\",\"WaitTimeSeconds\":1}\nwait 999\np -> {}",
            "no answer yet",
        ),
        (
            "CreateQueue {\"QueueName\":\"q\"}\n-> {}\nReceiveMessage {\"QueueUrl\":\"q\"}\n-> {\"Messages\":[]}",
            "absent",
        ),
    ] {
        let text = format!("== 1 Title\n{lines}");
        let error = play(&scenarios(&text)[0]).expect_err("it goes otherwise");
        assert!(
            error.starts_with("1 Title, line ") && error.contains(reason),
            "{error}"
        );
    }
}
