//! The JSON of the core, compared with the general library.

use proptest::prelude::*;
use serde_json::Value;
use sqs_playground::json::{self, AsMember, Json, Misfit, compact, parse, pretty};
use sqs_playground::sqs::api::Request;
use sqs_playground::world::{ActorConfig, NetworkConfig, Program};

/// What the library reads; a number that is not whole stays out of the comparison.
fn same(ours: &Json, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Json::Null, Value::Null) => true,
        (Json::Flag(ours), Value::Bool(theirs)) => ours == theirs,
        (Json::Number(ours), Value::Number(theirs)) => {
            theirs.is_f64() || *ours == theirs.to_string()
        }
        (Json::Text(ours), Value::String(theirs)) => ours == theirs,
        (Json::List(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(o, t)| same(o, t))
        }
        (Json::Object(_), Value::Object(theirs)) => {
            let has = |(name, theirs): (&String, &Value)| {
                ours.get(name).is_some_and(|ours| same(ours, theirs))
            };
            theirs.iter().all(has)
        }
        _ => false,
    }
}

#[track_caller]
fn check(text: &str) {
    match (parse(text), serde_json::from_str::<Value>(text)) {
        (Ok(ours), Ok(theirs)) => {
            assert!(same(&ours, &theirs), "{text:?}: {ours:?}");
            for written in [compact(&ours.member()), pretty(&ours.member())] {
                assert_eq!(parse(&written).as_ref(), Ok(&ours), "{text:?}");
            }
        }
        (Err(_), Err(_)) => {}
        // Of a float, which the library reads.
        (Ok(_), Err(error)) if error.to_string().starts_with("number out of range") => {}
        (ours, theirs) => panic!("{text:?}: {ours:?}, but {theirs:?}"),
    }
}

#[test]
fn what_is_json_and_what_is_not() {
    for text in [
        "null",
        "true",
        " false ",
        "0",
        "-0",
        "12",
        "1.50",
        "1e5",
        "-2.5E-3",
        "\"\"",
        "[]",
        "{}",
        "[1, [2, {}], \"x\"]",
        "{\"a\": {\"b\": null}, \"a\": 2}",
        "\"\\u00e9\\n\\\"\\/\"",
        "\"\\ud83d\\ude00\"",
        "\"é😀\"",
        "\u{feff}1",
        "",
        " ",
        "nul",
        "nulll",
        "truefalse",
        "01",
        "-",
        "+1",
        ".5",
        "1.",
        "1e",
        "1e+",
        "0x1",
        "\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12+4\"",
        "\"\\ud83d\"",
        "\"\\ud83dx\"",
        "\"\\ud83d\\u0041\"",
        "\"\\ude00\"",
        "\"\t\"",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "]",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{a:1}",
        "{1:2}",
        "{\"a\" 1}",
        "{} {}",
        "1 2",
        "\u{a0}1",
    ] {
        check(text);
    }
    for depth in [127, 128, 1000] {
        check(&("[".repeat(depth) + &"]".repeat(depth)));
    }
}

proptest! {
    #[test]
    fn any_value_is_read_and_written_as_by_the_library(text in value()) {
        check(&text);
    }

    #[test]
    fn any_damage_is_seen_as_by_the_library(
        text in value(), at in any::<prop::sample::Index>(), put in "[\\[\\]{},:\"0-9eE.+\\\\u-]?",
    ) {
        let mut chars: Vec<char> = text.chars().collect();
        let at = at.index(chars.len());
        chars.splice(at..=at, put.chars());
        check(&String::from_iter(chars));
    }

    #[test]
    fn texts_are_quoted_as_by_the_library(text in any::<String>()) {
        let theirs = serde_json::to_string(&text).expect("a text serializes");
        prop_assert_eq!(compact(&text.member()), theirs);
    }
}

/// The text of any value.
fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map("[a-c]{0,2}", inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    });
    (value, any::<bool>()).prop_map(|(value, is_pretty)| {
        if is_pretty {
            format!("{value:#}")
        } else {
            value.to_string()
        }
    })
}

#[test]
fn pretty_is_as_the_library_writes_it() {
    let text = r#"{"a":[],"b":{},"c":[1,{"d":[true,"x"]}]}"#;
    let theirs: Value = serde_json::from_str(text).expect("it is JSON");
    let ours = parse(text).expect("it is JSON");
    assert_eq!(pretty(&ours.member()), format!("{theirs:#}"));
    assert_eq!(compact(&ours.member()), text);
}

#[test]
fn a_malformed_text_says_where() {
    let error = parse("{\n  \"é\": [1 2]\n}").expect_err("a comma is missing");
    let says = "expected `,` or `]` at line 2 column 11";
    assert_eq!(error.to_string(), says);
}

fn read<T: AsMember + Default>(text: &str) -> Result<T, Misfit> {
    let mut value = T::default();
    json::fill(value.place(), parse(text).expect("it is JSON"))?;
    Ok(value)
}

#[test]
fn a_misfit_says_what_and_where() {
    for (text, says) in [
        ("[]", "expected an object"),
        ("{}", "missing field `name`"),
        (r#"{"name":1}"#, "expected a text in name"),
        (r#"{"name":"a","name":"b"}"#, "two fields `name`"),
        (r#"{"name":"a","extra":1}"#, "unknown field `extra`"),
        (
            r#"{"name":"a","program":{}}"#,
            "expected exactly one field in program",
        ),
        (
            r#"{"name":"a","program":{"idler":{}}}"#,
            "unknown field `idler` in program",
        ),
        (
            r#"{"name":"a","program":{"monitor":{"queue":"q","pause_ms":-1}}}"#,
            "the number -1 does not fit in program.monitor.pause_ms",
        ),
        (
            r#"{"name":"a","program":{"script":{"steps":[{"call":{"ListQueues":{}}},{}]}}}"#,
            "missing field `call` in program.script.steps.1",
        ),
        (
            r#"{"name":"a","program":{"consumer":{"queue":"q","after_work":"eat"}}}"#,
            "unknown word `eat` in program.consumer.after_work",
        ),
        (
            r#"{"name":"a","start_after_ms":2.5}"#,
            "the number 2.5 does not fit in start_after_ms",
        ),
    ] {
        let misfit = read::<ActorConfig>(text).expect_err(text);
        assert_eq!(misfit.to_string(), says, "{text}");
    }
}

#[test]
fn null_is_the_same_as_nothing_only_where_something_may_be_missing() {
    let request: Request = read(r#"{"SendMessage":{"MessageBody":null}}"#).expect("it fits");
    assert_eq!(compact(&request.member()), r#"{"SendMessage":{}}"#);
    let network = read::<NetworkConfig>(r#"{"latency_ms_min":null,"latency_ms_max":1}"#);
    assert!(network.is_err());
}

#[test]
fn what_is_empty_but_there_stays_there() {
    for text in [
        r#"{"SendMessageBatch":{"Entries":[]}}"#,
        r#"{"SendMessageBatch":{}}"#,
    ] {
        let request: Request = read(text).expect("it fits");
        assert_eq!(compact(&request.member()), text);
    }
    let program: Program = read(r#"{"monitor":{"queue":"","pause_ms":0}}"#).expect("it fits");
    let written = r#"{"monitor":{"queue":"","pause_ms":0}}"#;
    assert_eq!(compact(&program.member()), written);
}
