//! Programs through the fields of a form and back; the fields as the document that a screen reader gets.

use proptest::prelude::*;

use yew::LocalServerRenderer;

use super::*;
use crate::scenario::library;
use crate::ui::session::Session;
use crate::ui::shell::Shell;
use crate::ui::store::Store;

fn program(text: &str) -> Program {
    let mut program = Program::default();
    let value = json::parse(text).expect("it is JSON");
    json::fill(program.place(), value).expect("it is a program");
    program
}

/// Everything typed anew as it stands in the fields.
fn typed_anew(program: &Program) -> Typed {
    let mut typed = Typed::default();
    for setting in settings(program).1 {
        let text = value::write(setting.widget(), &setting.value);
        typed.set(setting.name, text);
    }
    typed
}

#[track_caller]
fn comes_back(program: &Program) {
    let untouched = changed(program, &Typed::default());
    assert_eq!(untouched.as_ref(), Ok(program));
    assert_eq!(changed(program, &typed_anew(program)).as_ref(), Ok(program));
}

#[test]
fn the_programs_of_the_library_come_back_as_they_are() {
    let mut count = 0;
    for scenario in library() {
        let own = scenario.world.actors.iter().map(|actor| &actor.program);
        let switched = scenario.switches.iter().map(|switch| &switch.program);
        own.chain(switched).for_each(|program| {
            comes_back(program);
            count += 1;
        });
    }
    assert!(count > 10, "{count}");
}

#[test]
fn the_programs_of_the_tests_come_back_as_they_are() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/actors");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the tests are there") {
        let path = entry.expect("an entry is readable").path();
        let source = std::fs::read_to_string(path).expect("a source is text");
        let texts = source.split("r#\"").skip(1);
        for text in texts.filter_map(|text| text.split("\"#").next()) {
            let mut program = Program::default();
            let value = json::parse(text).ok();
            let is_read = value.and_then(|value| json::fill(program.place(), value).ok());
            if is_read.is_some() && program.check().is_ok() {
                comes_back(&program);
                count += 1;
            }
        }
    }
    assert!(count > 20, "{count}");
}

#[test]
fn what_lines_can_not_say_comes_back_too() {
    for text in [
        r#"{"producer":{"queue":"q","pause_ms":0,"bodies":["a","b = c","{n}"]}}"#,
        r#"{"producer":{"queue":"q","pause_ms":0,"bodies":["two\nlines","","b"]}}"#,
        r#"{"producer":{"queue":"q","pause_ms":0,"bodies":["[\"a\"]"]}}"#,
        r#"{"producer":{"queue":"q","pause_ms":0,"message_attributes":{"a":{"DataType":"String","StringValue":"x=y"},"b":{"DataType":"Number.int","StringValue":"5"},"c":{"DataType":"Binary","BinaryValue":"AA=="}}}}"#,
        r#"{"producer":{"queue":"q","pause_ms":0,"message_attributes":{"a":{"DataType":"String","StringValue":"x\ny"}}}}"#,
        r#"{"producer":{"queue":"q","pause_ms":0,"message_attributes":{"a":{"DataType":"String","StringListValues":["x"]}}}}"#,
        r#"{"consumer":{"queue":"https://sqs.us-east-1.amazonaws.com/123456789012/q","after_work":"keep","poison":{"body_contains":""}}}"#,
        r#"{"script":{"steps":[{"call":{"SendMessage":{"QueueUrl":"q","MessageBody":"a\nb"}},"times":2,"pause_ms":5}]}}"#,
        r#"{"script":{"steps":[]}}"#,
    ] {
        comes_back(&program(text));
    }
}

#[test]
fn every_setting_of_every_kind_has_a_row_that_can_say_its_usual_value() {
    for kind in &KINDS {
        let mut usual = Program::default();
        assert!(usual.choose(kind.word).is_some(), "{}", kind.word);
        for setting in settings(&usual).1 {
            let row = setting.row.expect(setting.name);
            let text = value::write(row.widget, &setting.value);
            let read = value::read(row.widget, &text);
            // A text that is left out is an empty one.
            let is_empty = setting.value == Json::Text(String::new());
            let expected = if is_empty { Json::Null } else { setting.value };
            assert_eq!(read, Ok(expected), "{}", setting.name);
        }
    }
}

#[test]
fn a_setting_that_the_table_does_not_know_is_shown_as_json() {
    let value = json::parse(r#"{"a":[1,"b"],"c":true}"#).expect("it is JSON");
    let (name, row) = ("colour", None);
    let setting = Setting { name, row, value };
    assert_eq!((setting.label(), setting.hint()), (name.into(), "".into()));
    assert!(!setting.is_first(true));
    let text = value::write(setting.widget(), &setting.value);
    assert_eq!(value::read(setting.widget(), &text), Ok(setting.value));
}

#[test]
fn what_is_wrong_is_said_at_the_field_that_it_is_about() {
    let consumer = r#"{"consumer":{"queue":"q","after_work":"delete"}}"#;
    let producer = r#"{"producer":{"queue":"q","pause_ms":5}}"#;
    let lambda = r#"{"lambda":{"queue":"q"}}"#;
    for (program_text, field, typed_text, says) in [
        (consumer, "concurrency", "11", "From 1 to 10, please."),
        (consumer, "concurrency", "many", "A whole number, please."),
        (consumer, "crash_percent", "-1", "does not fit"),
        (consumer, "work_ms", "\u{1f}soon", "A whole number, please."),
        (
            consumer,
            "work_ms",
            "uniform\u{1f}5",
            "A whole number, please.",
        ),
        (
            consumer,
            "work_ms",
            "uniform\u{1f}5\u{1f}4",
            "From 0 to 4, please.",
        ),
        (producer, "count", "4294967296", "does not fit"),
        (producer, "batch_size", "11", "From 1 to 10, please."),
        (
            producer,
            "message_attributes",
            "name",
            "One a line, please: Name=Value, or Name:Number=5.",
        ),
        (lambda, "batch_size", "10001", "From 1 to 10000, please."),
        (r#"{"script":{"steps":[]}}"#, "steps", "[{", "line 1"),
        (
            r#"{"script":{"steps":[]}}"#,
            "steps",
            r#"[{"call":{"Weep":{}}}]"#,
            "Weep",
        ),
    ] {
        let mut typed = Typed::default();
        typed.set(field, typed_text.to_owned());
        let complaint = changed(&program(program_text), &typed).expect_err(typed_text);
        let words = Complaint::about(Some(&complaint), field);
        let words = words.unwrap_or_else(|| panic!("{field}: {complaint:?}"));
        assert!(words.contains(says), "{words} is not {says}");
    }
}

#[test]
fn a_piece_changes_and_the_others_stay() {
    let mut typed = Typed::default();
    let text = value::with_piece("\u{1f}1000", 0, "uniform");
    typed.set("work_ms", value::with_piece(&text, 2, "3000"));
    let consumer = program(r#"{"consumer":{"queue":"q","after_work":"delete","work_ms":1000}}"#);
    let other = r#"{"consumer":{"queue":"q","after_work":"delete","work_ms":{"uniform":{"min":1000,"max":3000}}}}"#;
    assert_eq!(changed(&consumer, &typed), Ok(program(other)));
}

fn spread() -> impl Strategy<Value = String> {
    prop_oneof![
        (0_u64..5000).prop_map(|ms| ms.to_string()),
        (0_u64..500, 500_u64..5000)
            .prop_map(|(min, max)| format!(r#"{{"uniform":{{"min":{min},"max":{max}}}}}"#)),
        (0_u64..5000).prop_map(|mean| format!(r#"{{"exponential":{{"mean":{mean}}}}}"#)),
    ]
}

fn poison() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("null".to_owned()),
        "[a-z =:\\[\\]{}]{0,8}".prop_map(|text| format!(r#"{{"body_contains":"{text}"}}"#)),
        ("[a-z]{1,5}", "[a-z ]{0,5}").prop_map(|(name, value)| format!(
            r#"{{"message_attribute":{{"name":"{name}","value":"{value}"}}}}"#
        )),
    ]
}

fn optional() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("null".to_owned()),
        (1_u32..=10).prop_map(|n| n.to_string())
    ]
}

proptest! {
    #[test]
    fn any_consumer_comes_back(
        (work, pause, poison) in (spread(), spread(), poison()),
        numbers in proptest::array::uniform8(optional()),
        (idempotent, after, failure) in (any::<bool>(), 0..3_usize, 0..2_usize),
    ) {
        let [a, b, c, d, e, f, g, h] = numbers;
        let after = ["delete", "delete_batch", "keep"][after];
        let failure = ["leave", "retry_now"][failure];
        comes_back(&program(&format!(
            r#"{{"consumer":{{"queue":"q","work_ms":{work},"pause_ms":{pause},"poison":{poison},"after_work":"{after}",
            "on_failure":"{failure}","idempotent":{idempotent},"max_number_of_messages":{a},"visibility_timeout":{b},
            "wait_time_seconds":{c},"stop_after_empty":{d},"concurrency":{e},"heartbeat_seconds":{f},
            "crash_percent":{g},"restart_after_ms":{h}}}}}"#
        )));
    }

    #[test]
    fn any_bodies_come_back(bodies in proptest::collection::vec("[ -~\\n]{0,6}", 0..4)) {
        let bodies = json::compact(&bodies.present());
        comes_back(&program(&format!(
            r#"{{"producer":{{"queue":"q","pause_ms":1,"bodies":{bodies}}}}}"#
        )));
    }
}

#[derive(PartialEq, Properties)]
struct FormProps {
    program: String,
    /// A setting and what was typed there.
    typed: Option<(&'static str, String)>,
}

/// The fields as they stand after a try to submit them.
#[component]
fn Form(props: &FormProps) -> Html {
    let page = Page::new(Store::new(Session::new()), Shell::new(Callback::noop()));
    let program = program(&props.program);
    let mut typed = Typed::default();
    if let Some((name, text)) = &props.typed {
        typed.set(name, text.clone());
    }
    typed.complain(changed(&program, &typed).err());
    let queues = ["orders".to_owned(), "orders.fifo".to_owned()];
    let fields = Fields {
        prefix: "test",
        program: &program,
        queues: &queues,
        typed: &typed,
        page: &page,
    };
    let fields = fields.show(html! {}, html! {});
    html! { <ContextProvider<Page> context={page}>{ fields }</ContextProvider<Page>> }
}

async fn shown(program: &str, typed: Option<(&'static str, &str)>) -> String {
    let (program, typed) = (
        program.to_owned(),
        typed.map(|(name, text)| (name, text.to_owned())),
    );
    let form = LocalServerRenderer::<Form>::with_props(FormProps { program, typed });
    form.hydratable(false).render().await
}

#[tokio::test(flavor = "current_thread")]
async fn every_field_has_a_label_and_a_hint() {
    for program in [
        r#"{"producer":{"queue":"orders","pause_ms":{"uniform":{"min":1,"max":2}}}}"#,
        r#"{"consumer":{"queue":"orders","after_work":"delete","poison":{"message_attribute":{"name":"a","value":"b"}}}}"#,
        r#"{"lambda":{"queue":"elsewhere"}}"#,
        r#"{"monitor":{"queue":"orders"}}"#,
        r#"{"script":{}}"#,
    ] {
        let form = shown(program, None).await;
        let mut count = 0;
        for control in ["<input type=\"text\"", "<select", "<textarea", "<input "] {
            for element in form.split(control).skip(1) {
                let tag = element.split('>').next().unwrap_or_default();
                let attribute = |name: &str| {
                    let (_, rest) = tag.split_once(&format!("{name}=\""))?;
                    rest.split('"').next().map(str::to_owned)
                };
                let Some(id) = attribute(" id") else { continue };
                assert!(
                    form.contains(&format!("<label for=\"{id}\"")),
                    "{id} in {form}"
                );
                for hint in attribute("aria-describedby").iter() {
                    assert!(form.contains(&format!("id=\"{hint}\"")), "{hint} in {form}");
                }
                count += 1;
            }
        }
        assert!(count > 0, "{form}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn what_is_wrong_stands_at_its_field_and_can_be_seen() {
    let consumer = r#"{"consumer":{"queue":"orders","after_work":"delete"}}"#;
    let fine = shown(consumer, None).await;
    assert!(
        !fine.contains("role=\"alert\"") && !fine.contains("<details open"),
        "{fine}"
    );
    // Among the settings that are not shown at first.
    let wrong = shown(consumer, Some(("crash_percent", "101"))).await;
    assert!(wrong.contains("<details open"), "{wrong}");
    let alert = wrong.split("role=\"alert\"").nth(1);
    let words = alert.and_then(|alert| alert.split(['<', '>']).nth(1));
    assert_eq!(words, Some("From 0 to 100, please."));
    assert!(wrong.contains("value=\"101\""), "nothing typed is lost");
    // A piece of a choice.
    let wrong = shown(consumer, Some(("work_ms", "uniform\u{1f}5\u{1f}soon"))).await;
    assert!(
        wrong.contains("value=\"soon\"") && wrong.contains("role=\"alert\""),
        "{wrong}"
    );
}

#[tokio::test(flavor = "current_thread")]
async fn a_fifo_queue_brings_its_ids_to_the_front() {
    let standard = shown(r#"{"producer":{"queue":"orders","pause_ms":1}}"#, None).await;
    let fifo = shown(r#"{"producer":{"queue":"orders.fifo","pause_ms":1}}"#, None).await;
    let is_first = |form: &str| {
        let (first, _) = form.split_once("<details").expect("there are more");
        first.contains("MessageGroupId")
    };
    assert_eq!((is_first(&standard), is_first(&fifo)), (false, true));
    // A queue that is not there can stay.
    let elsewhere = shown(r#"{"monitor":{"queue":"elsewhere"}}"#, None).await;
    assert!(elsewhere.contains(">elsewhere</option>"), "{elsewhere}");
}
