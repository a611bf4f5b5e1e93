//! What the forms share: numbers as typed, errors to fields, asking.

use yew::prelude::AttrValue;

use crate::sqs::Error;
use crate::sqs::api::{Request, Response};
use crate::ui::session::{Action, Form, HandCall};
use crate::ui::store::Store;
use crate::ui::text::text;

/// What is wrong with a form, and with which of its fields; `None` is the form as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Complaint {
    field: Option<&'static str>,
    words: String,
}

impl Complaint {
    /// AWS's text at the first of the fields that it names.
    pub(super) fn of(error: &Error, fields: &[&'static str]) -> Self {
        let field = fields
            .iter()
            .find(|field| names(&error.message, field))
            .copied();
        Self {
            field,
            words: error.to_string(),
        }
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
    text.split(|letter: char| !letter.is_ascii_alphanumeric())
        .any(|word| word == name)
}

/// A number that may be left out.
pub(super) fn number(typed: &str, field: &'static str) -> Result<Option<i64>, Complaint> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let wrong = |_| Complaint {
        field: Some(field),
        words: text("not-a-number"),
    };
    typed.parse().map(Some).map_err(wrong)
}

/// A text that may be left out.
pub(super) fn optional(typed: &str) -> Option<String> {
    (!typed.is_empty()).then(|| typed.to_owned())
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
        HandCall::Waiting(_) => None,
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
        assert_eq!(number(" ", "x"), Ok(None));
        assert_eq!(number(" -5 ", "x"), Ok(Some(-5)));
        assert!(number("five", "x").is_err());
    }
}
