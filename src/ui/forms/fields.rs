//! What the forms share: what was typed, errors to fields, asking.

use yew::prelude::*;

use super::parts::wrong;
use crate::sqs::Error;
use crate::sqs::api::{Request, Response};
use crate::ui::page::Page;
use crate::ui::session::{Action, Form, HandCall};
use crate::ui::store::Store;
use crate::ui::text::text;
use crate::ui::widgets::{Field, FieldKind};

/// What is wrong with a form, and with which of its fields; `None` is the form as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Complaint {
    field: Option<&'static str>,
    words: String,
}

impl Complaint {
    pub(super) fn at_field(field: &'static str, words: String) -> Self {
        Self {
            field: Some(field),
            words,
        }
    }

    /// About the form as a whole.
    pub(super) fn of_all(words: String) -> Self {
        Self { field: None, words }
    }

    /// AWS's text at the first of the fields that it names.
    pub(super) fn of(error: &Error, fields: &[&'static str]) -> Self {
        Self::named(&error.message, error.to_string(), fields)
    }

    /// These words at the first of the fields that AWS's text names.
    pub(super) fn named(text: &str, words: String, fields: &[&'static str]) -> Self {
        let field = fields.iter().find(|field| names(text, field)).copied();
        Self { field, words }
    }

    /// AWS's text at the field that it names in its own way, or by another name.
    pub(super) fn at(mut self, words: &str, field: &'static str) -> Self {
        if self.field.is_none() && self.words.contains(words) {
            self.field = Some(field);
        }
        self
    }

    /// Its text, for this field.
    pub(super) fn about(complaint: Option<&Self>, field: &'static str) -> Option<AttrValue> {
        let complaint = complaint.filter(|complaint| complaint.field == Some(field))?;
        Some(complaint.words.clone().into())
    }

    /// Its text, if it is about no field.
    pub(super) fn about_all(complaint: Option<&Self>) -> Option<AttrValue> {
        let complaint = complaint.filter(|complaint| complaint.field.is_none())?;
        Some(complaint.words.clone().into())
    }
}

/// Whether the text has the name as a word of its own.
fn names(text: &str, name: &str) -> bool {
    text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
        .any(|word| word == name)
}

/// What was typed into a form, by the names of its fields, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    texts: Vec<(&'static str, String)>,
    complaint: Option<Complaint>,
}

impl Typed {
    /// What was typed into this field, even if it was emptied again.
    pub(super) fn given(&self, field: &str) -> Option<&str> {
        let mut texts = self.texts.iter();
        let (_, text) = texts.find(|(known, _)| *known == field)?;
        Some(text)
    }

    /// The text of this field; nothing if nothing was typed.
    pub(super) fn text(&self, field: &str) -> &str {
        self.given(field).unwrap_or_default()
    }

    /// A text that may be left out.
    pub(super) fn optional(&self, field: &str) -> Option<String> {
        let text = self.text(field);
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// A number that may be left out.
    pub(super) fn number(&self, field: &'static str) -> Result<Option<i64>, Complaint> {
        let typed = self.text(field).trim();
        if typed.is_empty() {
            return Ok(None);
        }
        let wrong = |_| Complaint::at_field(field, text!("not-a-number"));
        typed.parse().map(Some).map_err(wrong)
    }

    /// Whether a box is checked.
    pub(super) fn is_on(&self, field: &str) -> bool {
        !self.text(field).is_empty()
    }

    pub(super) fn set(&mut self, field: &'static str, text: String) {
        self.texts.retain(|(known, _)| *known != field);
        self.texts.push((field, text));
    }

    /// As if nothing had been typed into it.
    pub(super) fn forget(&mut self, field: &str) {
        self.texts.retain(|(known, _)| *known != field);
    }

    pub(super) fn complain(&mut self, complaint: Option<Complaint>) {
        self.complaint = complaint;
    }

    pub(super) fn has_complaint(&self) -> bool {
        self.complaint.is_some()
    }

    /// What is wrong with this field.
    pub(super) fn about(&self, field: &'static str) -> Option<AttrValue> {
        Complaint::about(self.complaint.as_ref(), field)
    }

    /// The same, as a form shows it.
    pub(super) fn error(&self, field: &'static str) -> Html {
        wrong(self.about(field))
    }

    /// What is wrong with no field in particular.
    pub(super) fn complaint(&self) -> Html {
        wrong(Complaint::about_all(self.complaint.as_ref()))
    }
}

/// A field of a form, which is labelled with its name unless it says otherwise.
pub(super) struct Entry {
    /// Unique on the page.
    pub(super) id: AttrValue,
    /// As AWS names it.
    pub(super) name: &'static str,
    pub(super) label: AttrValue,
    pub(super) hint: AttrValue,
    pub(super) kind: FieldKind,
    pub(super) autofocus: bool,
    /// What stands in it before anything is typed.
    pub(super) untouched: AttrValue,
}

impl Entry {
    pub(super) fn new(id: impl Into<AttrValue>, name: &'static str) -> Self {
        Self {
            id: id.into(),
            name,
            label: name.into(),
            hint: AttrValue::default(),
            kind: FieldKind::Line,
            autofocus: false,
            untouched: AttrValue::default(),
        }
    }

    pub(super) fn show(self, typed: &Typed, page: &Page) -> Html {
        let name = self.name;
        let value = match typed.given(name) {
            Some(text) => text.to_owned().into(),
            None => self.untouched,
        };
        html! {
            <Field key={name} id={self.id} label={self.label} {value} hint={self.hint} kind={self.kind}
                autofocus={self.autofocus} error={typed.about(name)}
                onchange={page.edit(move |typed: &mut Typed, value| typed.set(name, value))} />
        }
    }
}

/// Makes the call; what came back, unless it waits.
pub(crate) fn ask(
    store: &Store,
    form: Form,
    request: impl Into<Request>,
) -> Option<Result<Response, Error>> {
    store.dispatch(Action::ByHand {
        form,
        request: request.into(),
    });
    match store.read(|session| session.hand_call(form))? {
        HandCall::Answered(_, result) => Some((*result).clone()),
        HandCall::Waiting(_) | HandCall::Cancelled(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqs::ErrorCode;

    #[test]
    fn an_error_goes_to_the_field_that_it_names() {
        let error = Error::new(
            ErrorCode::InvalidParameterValue,
            "Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.",
        );
        let complaint = Complaint::of(&error, &["MessageBody", "DelaySeconds"]);
        let about = |field| Complaint::about(Some(&complaint), field);
        assert!(about("DelaySeconds").is_some_and(|words| words.contains("901")));
        assert_eq!(
            (about("MessageBody"), Complaint::about_all(Some(&complaint))),
            (None, None)
        );
        let other = Complaint::of(&error, &["MessageBody"]);
        assert!(Complaint::about_all(Some(&other)).is_some());
    }

    #[test]
    fn numbers_may_be_left_out_and_may_be_wrong() {
        let number = |text: &str| {
            let mut typed = Typed::default();
            typed.set("x", text.to_owned());
            typed.number("x")
        };
        assert_eq!(number(" "), Ok(None));
        assert_eq!(number(" -5 "), Ok(Some(-5)));
        assert!(number("five").is_err());
        assert_eq!(Typed::default().number("x"), Ok(None));
    }
}
