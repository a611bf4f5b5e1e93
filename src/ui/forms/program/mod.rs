//! The settings of any program as fields, and back.
//!
//! It walks the members that a program lists. What a person reads at each is in the table; what
//! is not there is shown by its name and as JSON.

mod table;
mod value;

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

pub(super) use table::KINDS;
use table::{Row, Shown, rows_of};
use value::{Kind, Widget};

use super::fields::{Complaint, Entry, Typed};
use crate::json::{self, AsMember, FillChoice, Json, Member};
use crate::ui::page::Page;
use crate::ui::text::{format, text};
use crate::ui::widgets::{Field, FieldKind};
use crate::world::{ConfigError, Program};

/// A setting of a program.
struct Setting {
    /// As the JSON of programs names it.
    name: &'static str,
    /// What the table says of it.
    row: Option<&'static Row>,
    value: Json,
}

impl Setting {
    fn widget(&self) -> Widget {
        self.row.map_or(Widget::Json, |row| row.widget)
    }

    fn label(&self) -> String {
        let label = self.row.map(|row| format(row.label, &[]));
        label.unwrap_or_else(|| self.name.to_owned())
    }

    fn hint(&self) -> String {
        let hint = self.row.map(|row| format(row.hint, &[]));
        hint.unwrap_or_default()
    }

    fn is_first(&self, is_fifo: bool) -> bool {
        self.row.is_some_and(|row| match row.shown {
            Shown::First => true,
            Shown::FirstForFifo => is_fifo,
            Shown::More => false,
        })
    }
}

/// The kind of a program, and its settings in the order of the table.
fn settings(program: &Program) -> (String, Vec<Setting>) {
    let member = program.member();
    let Member::Choice(kind, inside) = &member else {
        unreachable!("a program is one of several kinds")
    };
    let values = json::parse(&json::compact(inside)).unwrap_or(Json::Null);
    let value = |name| values.get(name).cloned().unwrap_or(Json::Null);
    let mut names = Vec::new();
    if let Member::Shape(shape) = &**inside {
        names.extend((0..).map_while(|index| Some(shape.member(index)?.0)));
    }
    let mut settings = Vec::new();
    for row in rows_of(kind) {
        if let Some(place) = names.iter().position(|name| *name == row.name) {
            let name = names.remove(place);
            let (value, row) = (value(name), Some(row));
            settings.push(Setting { name, row, value });
        }
    }
    settings.extend(names.into_iter().map(|name| Setting {
        name,
        row: None,
        value: value(name),
    }));
    ((*kind).to_owned(), settings)
}

/// The program with the settings that were typed.
pub(super) fn changed(program: &Program, typed: &Typed) -> Result<Program, Complaint> {
    let (kind, settings) = settings(program);
    let names: Vec<_> = settings.iter().map(|setting| setting.name).collect();
    let mut members = Vec::new();
    for setting in settings {
        let name = setting.name;
        let value = match typed.given(name) {
            None => setting.value,
            Some(text) => value::read(setting.widget(), text)
                .map_err(|words| Complaint::at_field(name, words))?,
        };
        if value != Json::Null {
            members.push((name.to_owned(), value));
        }
    }
    let mut changed = Program::default();
    let value = Json::Object(vec![(kind, Json::Object(members))]);
    json::fill(changed.place(), value)
        .map_err(|misfit| Complaint::among(misfit.to_string(), &names))?;
    changed.check().map_err(|error| complain(&error, &names))?;
    Ok(changed)
}

/// What is wrong with a setting, at its field.
pub(super) fn complain(error: &ConfigError, names: &[&'static str]) -> Complaint {
    if let ConfigError::OutOfRange { what, least, most } = error
        && names.contains(what)
    {
        let gaps = [("least", (*least).into()), ("most", (*most).into())];
        return Complaint::at_field(what, text!("number-within", gaps));
    }
    Complaint::of_all(error.to_string())
}

/// The settings of a program in a form.
pub(super) struct Fields<'a> {
    /// Makes the ids unique on the page.
    pub(super) prefix: &'static str,
    pub(super) program: &'a Program,
    /// The names of the queues that can be chosen.
    pub(super) queues: &'a [String],
    pub(super) typed: &'a Typed,
    pub(super) page: &'a Page,
}

impl Fields<'_> {
    /// All of them: those that are used most, and behind a summary the rest. `before` and `after`
    /// are what the form has besides.
    pub(super) fn show(&self, before: Html, after: Html) -> Html {
        let (kind, settings) = settings(self.program);
        let mut usual = Program::default();
        // It is a kind that there is: this empties the program and keeps its kind.
        let _ = usual.choose(&kind);
        let (_, usual) = self::settings(&usual);
        let is_set = |setting: &Setting| {
            let known = usual.iter().find(|usual| usual.name == setting.name);
            self.typed.given(setting.name).is_some()
                || known.is_some_and(|known| known.value != setting.value)
        };
        let is_fifo = settings
            .iter()
            .any(|setting| setting.name == "queue" && self.text_of(setting).ends_with(".fifo"));
        let (first, more): (Vec<_>, Vec<_>) = settings
            .iter()
            .partition(|setting| setting.is_first(is_fifo));
        let is_open = more.iter().any(|setting| is_set(setting));
        html! {
            <>
                <div class="field-grid settings">
                    { before }
                    { for first.into_iter().map(|setting| self.field(setting)) }
                </div>
                if !more.is_empty() {
                    <details open={is_open}>
                        <summary>{ text!("more-settings") }</summary>
                        <div class="field-grid settings">
                            { after }
                            { for more.into_iter().map(|setting| self.field(setting)) }
                        </div>
                    </details>
                }
            </>
        }
    }

    /// What stands in the field: what was typed, or else what is.
    fn text_of(&self, setting: &Setting) -> String {
        match self.typed.given(setting.name) {
            Some(text) => text.to_owned(),
            None => value::write(setting.widget(), &setting.value),
        }
    }

    fn id(&self, setting: &Setting) -> String {
        [self.prefix, "-", setting.name].concat()
    }

    fn field(&self, setting: &Setting) -> Html {
        let kind = match setting.widget() {
            Widget::Queue => return self.queue_choice(setting),
            Widget::Check => return self.check_box(setting),
            Widget::Choice(kinds) => return self.choice(setting, kinds),
            Widget::Line => FieldKind::Line,
            Widget::Number => FieldKind::Number,
            Widget::Lines | Widget::Attributes | Widget::Json => FieldKind::Lines,
        };
        let entry = Entry {
            label: setting.label().into(),
            hint: setting.hint().into(),
            kind,
            untouched: self.text_of(setting).into(),
            ..Entry::new(self.id(setting), setting.name)
        };
        let field = entry.show(self.typed, self.page);
        if kind == FieldKind::Lines {
            html! { <div key={setting.name} class="wide">{ field }</div> }
        } else {
            field
        }
    }

    fn queue_choice(&self, setting: &Setting) -> Html {
        let chosen = self.text_of(setting);
        let mut options: Vec<(String, String)> = Vec::new();
        // It may be named before it is there, or by its URL.
        if !self.queues.contains(&chosen) {
            options.push((chosen.clone(), chosen.clone()));
        }
        options.extend(self.queues.iter().map(|name| (name.clone(), name.clone())));
        let name = setting.name;
        let onchange = self
            .page
            .edit(move |typed: &mut Typed, value| typed.set(name, value));
        let error = self.error_of(setting);
        html! {
            <div key={name} class="field">
                { self.select(setting, &chosen, options, onchange) }
                { error }
                <p class="field-hint" id={self.hint_id(setting)}>{ setting.hint() }</p>
            </div>
        }
    }

    fn check_box(&self, setting: &Setting) -> Html {
        let name = setting.name;
        let onchange = self.page.edit(move |typed: &mut Typed, event: Event| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                typed.check(name, input.checked());
            }
        });
        let is_on = !self.text_of(setting).is_empty();
        html! {
            <label key={name} class="check">
                <input type="checkbox" checked={is_on} {onchange} />
                <span>{ setting.label() }<span class="note">{ setting.hint() }</span></span>
            </label>
        }
    }

    fn choice(&self, setting: &Setting, kinds: &'static [Kind]) -> Html {
        let name = setting.name;
        let chosen = self.text_of(setting);
        // A piece changes within all that stands in the field by then.
        let changing = |place: usize| {
            let untouched = chosen.clone();
            self.page.edit(move |typed: &mut Typed, piece: String| {
                let text = typed.given(name).unwrap_or(&untouched);
                let text = value::with_piece(text, place, &piece);
                typed.set(name, text);
            })
        };
        let mut pieces = value::pieces(&chosen);
        let word = pieces.next().unwrap_or_default();
        let options = kinds
            .iter()
            .map(|kind| (kind.word.to_owned(), format(kind.label, &[])))
            .collect();
        let kind = kinds.iter().find(|kind| kind.word == word);
        let known = kind.map_or(&[][..], |kind| kind.pieces);
        let error = self.typed.about(name);
        let fields = known.iter().enumerate().map(|(at, piece)| {
            let kind = if piece.is_number {
                FieldKind::Number
            } else {
                FieldKind::Line
            };
            let value = pieces.next().unwrap_or_default().to_owned();
            html! {
                <Field key={at} id={[&self.id(setting), "-", &at.to_string()].concat()} {value} {kind}
                    label={format(piece.label, &[])} error={error.clone().filter(|_| at == 0)}
                    onchange={changing(at + 1)} />
            }
        });
        let fields: Html = fields.collect();
        html! {
            <div key={name} class="choice" role="group" aria-label={setting.label()}>
                <div class="field">{ self.select(setting, word, options, changing(0)) }</div>
                { fields }
                if known.is_empty() {
                    { self.error_of(setting) }
                }
                <p class="field-hint" id={self.hint_id(setting)}>{ setting.hint() }</p>
            </div>
        }
    }

    fn select(
        &self,
        setting: &Setting,
        chosen: &str,
        options: Vec<(String, String)>,
        choose: Callback<String>,
    ) -> Html {
        let id = self.id(setting);
        let onchange = Callback::from(move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                choose.emit(select.value());
            }
        });
        html! {
            <>
                <label for={id.clone()}>{ setting.label() }</label>
                <select {id} aria-describedby={self.hint_id(setting)} {onchange}>
                    { for options.into_iter().map(|(value, label)| {
                        let selected = value == chosen;
                        html! { <option {value} {selected}>{ label }</option> }
                    }) }
                </select>
            </>
        }
    }

    fn hint_id(&self, setting: &Setting) -> String {
        [&self.id(setting), "-hint"].concat()
    }

    fn error_of(&self, setting: &Setting) -> Html {
        match self.typed.about(setting.name) {
            Some(words) => html! { <p class="field-error" role="alert">{ words }</p> },
            None => html! {},
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::scenario::library;

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
        let consumer =
            program(r#"{"consumer":{"queue":"q","after_work":"delete","work_ms":1000}}"#);
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
}
