//! `docs/schema` and the reader agree on what a file is: for real files, and for hundreds of broken ones.
#![cfg(feature = "share")]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use jsonschema::Validator;
use serde_json::{Map, Value, json};
use sqs_playground::scenario::{ScenarioError, library};
use sqs_playground::share::{Document, DocumentError, scenario_to_json};
use sqs_playground::sim::Stream;
use sqs_playground::sqs::api::{CallId, Caller, Request};
use sqs_playground::timeline::{Recording, RecordingError};
use sqs_playground::world::{
    ActorConfig, ConfigError, Consumer, Input, InputKind, Lambda, Monitor, NameChange, Outside,
    OutsideCall, OutsideEnd, OutsideStopWait, OutsideWait, Producer, Program, ProgramChange,
    RunningChange, Script, ScriptStep, SourceLine,
};

fn validator() -> Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema/document-1.schema.json");
    let text = fs::read_to_string(path).expect("the schema is there");
    let schema: Value = serde_json::from_str(&text).expect("the schema is JSON");
    jsonschema::validator_for(&schema).expect("it is a schema")
}

fn read(folder: &str) -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut files: Vec<_> = entries
        .map(|entry| entry.expect("it can be read").path())
        .collect();
    files.sort();
    let read = |path| {
        let text = fs::read_to_string(path).expect("the file is text");
        serde_json::from_str(&text).expect("the file is JSON")
    };
    files.into_iter().map(read).collect()
}

/// A recording with an input of each kind, an actor of each, and a call of each action.
fn one_of_each() -> Value {
    let script = Script {
        steps: vec![ScriptStep::default()],
    };
    let programs = [
        Program::Producer(Producer::default()),
        Program::Consumer(Consumer::default()),
        Program::Lambda(Lambda::default()),
        Program::Monitor(Monitor::default()),
        Program::Script(script),
        Program::Outside(Outside::default()),
    ];
    let blank = |action: &&str| Request::blank(action).expect("the action is known");
    let calls = Request::ACTIONS.iter().map(blank).map(Arc::new);
    let mut kinds: Vec<InputKind> = calls.map(InputKind::Call).collect();
    for program in programs {
        kinds.push(InputKind::AddActor(ActorConfig {
            name: "a".into(),
            program: program.clone(),
            ..ActorConfig::default()
        }));
        let caller = Caller(1);
        kinds.push(InputKind::SetProgram(ProgramChange { caller, program }));
    }
    kinds.push(InputKind::SetRunning(RunningChange::default()));
    kinds.push(InputKind::RenameActor(NameChange::default()));
    kinds.push(InputKind::RemoveActor(Caller(1)));
    kinds.push(InputKind::CancelCall(CallId(1)));
    kinds.push(InputKind::OutsideCall(OutsideCall {
        timeout_ms: Some(1),
        line: Some(SourceLine::default()),
        ..OutsideCall::default()
    }));
    kinds.push(InputKind::OutsideWait(OutsideWait::default()));
    kinds.push(InputKind::OutsideStopWait(OutsideStopWait::default()));
    kinds.push(InputKind::OutsideEnd(OutsideEnd::default()));
    for kind in &kinds {
        match kind {
            // A kind that is new belongs into the list, and into the schema.
            InputKind::Call(_)
            | InputKind::AddActor(_)
            | InputKind::SetProgram(_)
            | InputKind::SetRunning(_)
            | InputKind::RenameActor(_)
            | InputKind::RemoveActor(_)
            | InputKind::CancelCall(_)
            | InputKind::OutsideCall(_)
            | InputKind::OutsideWait(_)
            | InputKind::OutsideStopWait(_)
            | InputKind::OutsideEnd(_) => {}
        }
    }
    let mut recording = Recording::new(library().remove(0).world);
    let at = recording.config.start;
    recording.inputs = kinds.into_iter().map(|kind| Input { at, kind }).collect();
    serde_json::from_str(&recording.to_json()).expect("it is JSON")
}

fn real_files() -> Vec<Value> {
    let mut files = read("static/scenarios");
    files.extend(read("tests/golden/recordings"));
    for scenario in library() {
        let written = [
            scenario_to_json(&scenario),
            Document::of_scenario(scenario).to_json(),
        ];
        files.extend(
            written
                .iter()
                .map(|text| serde_json::from_str::<Value>(text).expect("it is JSON")),
        );
    }
    files.push(one_of_each());
    files
}

#[test]
fn the_schema_takes_what_the_reader_takes() {
    let validator = validator();
    for file in real_files() {
        let text = file.to_string();
        if let Err(error) = Document::from_json(&text) {
            panic!("the reader does not take {text:.200}: {error}");
        }
        if let Err(error) = validator.validate(&file) {
            let deeper: Vec<String> = validator
                .iter_errors(&file)
                .map(|e| format!("{:?}", e.kind()))
                .collect();
            panic!(
                "the schema does not take {text:.300}: {error:.500} {:.2000}",
                deeper.join("\n")
            );
        }
    }
}

/// What no schema can say: how one part of a file fits another.
fn is_beyond_a_schema(error: &DocumentError) -> bool {
    let is_of_two = |error: &ConfigError| {
        let ConfigError::OutOfRange { what, .. } = error else {
            return false;
        };
        [
            "latency_ms_max",
            "pause_ms",
            "work_ms",
            "batch_size",
            "batch_window_seconds",
        ]
        .contains(what)
    };
    match error {
        DocumentError::Playhead => true,
        DocumentError::Recording(error) => match error {
            RecordingError::OutOfOrder(_) => true,
            RecordingError::Config(error) => is_of_two(error),
            RecordingError::Malformed(_)
            | RecordingError::NotARecording
            | RecordingError::UnknownVersion(_)
            | RecordingError::TooManyInputs => false,
        },
        DocumentError::Scenario(error) => match error {
            ScenarioError::Switch(_) => true,
            ScenarioError::Config(error) => is_of_two(error),
            ScenarioError::Malformed(_) => false,
        },
        DocumentError::TooLarge
        | DocumentError::Malformed(_)
        | DocumentError::NotADocument
        | DocumentError::UnknownVersion(_) => false,
    }
}

/// An input that the world will refuse when it comes to it, for its limits.
fn is_refused_later(input: &Input) -> bool {
    match &input.kind {
        InputKind::AddActor(actor) => actor.check().is_err(),
        InputKind::SetProgram(change) => change.program.check().is_err(),
        InputKind::Call(_)
        | InputKind::SetRunning(_)
        | InputKind::RenameActor(_)
        | InputKind::RemoveActor(_)
        | InputKind::CancelCall(_)
        | InputKind::OutsideCall(_)
        | InputKind::OutsideWait(_)
        | InputKind::OutsideStopWait(_)
        | InputKind::OutsideEnd(_) => false,
    }
}

/// The way to a value within another: which member or element, and so on.
type Way = Vec<usize>;

fn ways(value: &Value, way: &mut Way, found: &mut Vec<Way>) {
    found.push(way.clone());
    let parts: Vec<&Value> = match value {
        Value::Array(values) => values.iter().collect(),
        Value::Object(members) => members.values().collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    for (at, part) in parts.into_iter().enumerate() {
        way.push(at);
        ways(part, way, found);
        way.pop();
    }
}

fn at<'a>(value: &'a mut Value, way: &[usize]) -> &'a mut Value {
    let Some((first, rest)) = way.split_first() else {
        return value;
    };
    let part = match value {
        Value::Array(values) => values.get_mut(*first),
        Value::Object(members) => members.values_mut().nth(*first),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    };
    at(part.expect("the way was found in this value"), rest)
}

fn mutations(file: &Value) -> Vec<Value> {
    let mut all = Vec::new();
    let mut found = Vec::new();
    ways(file, &mut Vec::new(), &mut found);
    let others = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(70_000),
        json!(u64::MAX),
        json!(""),
        json!("x"),
        json!("<img src=x onerror=alert(1)>"),
        json!([]),
        json!({}),
        json!({"uniform": {"min": 2, "max": 1}}),
        json!([[[[[[]]]]]]),
    ];
    for way in found {
        for other in &others {
            let mut mutation = file.clone();
            let place = at(&mut mutation, &way);
            if place == other {
                continue;
            }
            *place = other.clone();
            all.push(mutation);
        }
        let mut mutation = file.clone();
        if let Value::Object(members) = at(&mut mutation, &way) {
            members.insert("unheard-of".into(), json!(1));
            all.push(mutation);
        }
        if let Some((last, before)) = way.split_last() {
            let mut mutation = file.clone();
            match at(&mut mutation, before) {
                Value::Array(values) => drop(values.remove(*last)),
                Value::Object(members) => {
                    let name = members.keys().nth(*last).cloned();
                    members.remove(&name.expect("it is there"));
                }
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
            all.push(mutation);
        }
    }
    all
}

/// Thousands of files, each a real one with one thing changed: the reader takes it or says why not,
/// and the schema says the same.
#[test]
fn the_schema_refuses_what_the_reader_refuses() {
    let validator = validator();
    let (mut taken, mut refused) = (0, 0);
    // Three of each kind are enough: this is what takes time.
    let mut files = read("static/scenarios");
    files.truncate(3);
    files.extend(read("tests/golden/recordings").into_iter().take(3));
    files.push(one_of_each());
    for file in files {
        // The order of members is the text's; serde_json sorts them, which must not matter.
        for mutation in mutations(&file) {
            let text = mutation.to_string();
            let is_valid = validator.is_valid(&mutation);
            match Document::from_json(&text) {
                Ok(document) => {
                    let is_lax = document.recording.inputs.iter().any(is_refused_later);
                    assert!(is_valid || is_lax, "only the reader takes {text}");
                    let again = Document::from_json(&document.to_json());
                    assert_eq!(again.as_ref(), Ok(&document), "{text}");
                    taken += 1;
                }
                Err(error) => {
                    assert!(!error.to_string().is_empty());
                    let is_known = is_beyond_a_schema(&error);
                    assert!(
                        !is_valid || is_known,
                        "only the schema takes it: {error}\n{text}"
                    );
                    refused += 1;
                }
            }
        }
    }
    assert!(
        taken > 1000 && refused > 5000,
        "{taken} taken, {refused} refused"
    );
}

/// Text that was cut or altered anywhere never does more than be refused.
#[test]
fn a_file_that_is_damaged_is_refused_with_a_reason() {
    let mut stream = Stream::new(1, "damage");
    let mut refused = 0;
    for file in real_files() {
        let text = file.to_string().into_bytes();
        for _ in 0..40 {
            let mut damaged = text.clone();
            let place = stream.between(0, text.len() as u64 - 1) as usize;
            match stream.between(0, 2) {
                0 => damaged.truncate(place),
                1 => damaged[place] = stream.between(0, 127) as u8,
                _ => drop(damaged.drain(place..(place + 9).min(text.len()))),
            }
            let damaged = String::from_utf8_lossy(&damaged);
            if let Err(error) = Document::from_json(&damaged) {
                assert!(!error.to_string().is_empty());
                refused += 1;
            }
        }
    }
    assert!(refused > 200, "{refused} refused");
}

#[test]
fn what_is_no_file_of_ours_is_told_from_one_that_is_broken() {
    let cases = [
        (
            "",
            "the file is not JSON: expected a value at line 1 column 1",
        ),
        (
            "\u{0}\u{1}\u{2}",
            "the file is not JSON: expected a value at line 1 column 1",
        ),
        (
            "[1]",
            "this is neither a recording nor a scenario of the playground",
        ),
        (
            r#"{"Resources":{}}"#,
            "this is neither a recording nor a scenario of the playground",
        ),
        (
            r#"{"format":"sqs-playground-scenario","version":2}"#,
            "the scenario has version 2; known is 1",
        ),
        (
            r#"{"format":"sqs-playground-recording","version":2}"#,
            "the recording has version 2; known is 1",
        ),
    ];
    for (text, expected) in cases {
        let error = Document::from_json(text).expect_err(text);
        assert_eq!(error.to_string(), expected);
    }
    let mut members = Map::new();
    members.insert("format".into(), json!("sqs-playground-recording"));
    members.insert("version".into(), json!(1));
    members.insert("config".into(), json!({"seed": 1}));
    members.insert("inputs".into(), json!([]));
    members.insert("at".into(), json!(5));
    let error = Document::from_json(&Value::Object(members).to_string());
    assert_eq!(error, Err(DocumentError::Playhead));
}
