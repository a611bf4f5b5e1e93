//! Message attributes: typed, and checked as AWS checks them.

use super::api::MessageAttributeValue;
use super::base64;
use super::validate::is_legal_text;
use super::wording::Wording;
use super::{Error, ErrorCode};
use crate::sim::SortedMap;

/// A message attribute.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct MessageAttribute {
    /// `String`, `Number` or `Binary`, with an optional `.label`.
    pub data_type: String,
    /// Its value.
    pub value: AttributeValue,
}

/// The value of a message attribute.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum AttributeValue {
    /// Of types `String` and `Number`, exactly as sent.
    Text(String),
    /// Of type `Binary`.
    Binary(Vec<u8>),
}

impl MessageAttribute {
    /// Bytes of the type and of the value; of binary values the raw bytes `[A]`.
    pub(super) fn size(&self) -> usize {
        let value = match &self.value {
            AttributeValue::Text(text) => text.len(),
            AttributeValue::Binary(bytes) => bytes.len(),
        };
        self.data_type.len() + value
    }

    /// Its text, if it is one.
    pub(super) fn into_text(self) -> Option<String> {
        match self.value {
            AttributeValue::Text(text) => Some(text),
            AttributeValue::Binary(_) => None,
        }
    }

    /// The attribute as a response carries it.
    pub(super) fn to_api(&self) -> MessageAttributeValue {
        let (string_value, binary_value) = match &self.value {
            AttributeValue::Text(text) => (Some(text.clone()), None),
            AttributeValue::Binary(bytes) => (None, Some(base64::encode(bytes))),
        };
        MessageAttributeValue {
            data_type: self.data_type.clone(),
            string_value,
            binary_value,
            ..Default::default()
        }
    }
}

/// Checks the message attributes of a send.
///
/// # Errors
/// `UnsupportedOperation` for list values, else `InvalidParameterValue`.
pub(super) fn check_message_attributes(
    given: &SortedMap<String, MessageAttributeValue>,
    wording: Wording,
) -> Result<Vec<(String, MessageAttribute)>, Error> {
    let has_list = |value: &MessageAttributeValue| {
        !value.string_list_values.is_empty() || !value.binary_list_values.is_empty()
    };
    if given.values().any(has_list) {
        return Err(wording.list_values());
    }
    if given.len() > 10 {
        let count = given.len();
        return Err(refused(format!(
            "Number of message attributes [{count}] exceeds the allowed maximum [10]."
        )));
    }
    let mut checked = Vec::new();
    for (name, value) in given.iter() {
        check_name(name)?;
        checked.push((name.clone(), check_attribute(name, value)?));
    }
    Ok(checked)
}

/// What unchecked message attributes count against the limits of sizes.
pub(super) fn size_as_given(given: &SortedMap<String, MessageAttributeValue>) -> usize {
    let size = |(name, value): (&String, &MessageAttributeValue)| {
        let text = value.string_value.as_ref().map_or(0, String::len);
        let binary = value.binary_value.as_ref().map_or(0, |text| {
            text.trim_end_matches('=').len() * 3 / 4 // as base64
        });
        name.len() + value.data_type.len() + text + binary
    };
    given.iter().map(size).sum()
}

/// Checks the system attributes of a send, and returns `AWSTraceHeader`.
///
/// # Errors
/// `InvalidParameterValue`; the texts other than that of a wrong name are our choice `[I]`.
pub(super) fn check_system_attributes(
    given: &SortedMap<String, MessageAttributeValue>,
) -> Result<Option<MessageAttribute>, Error> {
    const NAME: &str = "AWSTraceHeader";
    if let Some(name) = given.keys().find(|name| *name != NAME) {
        return Err(refused(format!(
            "Message system attribute name '{name}' is invalid."
        )));
    }
    let Some(value) = given.get(NAME) else {
        return Ok(None);
    };
    if value.data_type != "String" {
        return Err(refused(format!(
            "The type of message system attribute '{NAME}' is invalid. \
             You must use only the following supported type prefixes: String."
        )));
    }
    match &value.string_value {
        Some(text) if !text.is_empty() => Ok(Some(MessageAttribute {
            data_type: value.data_type.clone(),
            value: AttributeValue::Text(text.clone()),
        })),
        Some(_) | None => Err(refused(format!(
            "Message system attribute '{NAME}' must contain a non-empty value of type 'String'."
        ))),
    }
}

fn check_name(name: &str) -> Result<(), Error> {
    const BAD: &str = "Message (user) attribute name must";
    let lower = name.to_ascii_lowercase();
    if name.is_empty() {
        Err(refused(
            "The request must contain non-empty message (user) attribute names.",
        ))
    } else if name.len() > 256 {
        Err(refused(format!("{BAD} be shorter than 256 bytes.")))
    } else if lower.starts_with("aws.") || lower.starts_with("amazon.") {
        Err(refused(
            "You can't use message attribute names beginning with 'AWS.' or 'Amazon'. \
             These strings are reserved for internal use.",
        ))
    } else if name.starts_with('.') {
        Err(refused(format!("{BAD} not begin with character '.'.")))
    } else if name.ends_with('.') {
        Err(refused(format!("{BAD} not end with character '.'.")))
    } else if name.contains("..") {
        Err(refused(format!(
            "{BAD} not have successive '.' characters."
        )))
    } else {
        Ok(())
    }
}

/// The type before its label.
#[derive(Clone, Copy, Eq, PartialEq)]
enum BaseType {
    Binary,
    Number,
    String,
}

fn check_attribute(name: &str, given: &MessageAttributeValue) -> Result<MessageAttribute, Error> {
    let base_type = check_type(name, &given.data_type)?;
    let (field, other_field) = match base_type {
        BaseType::Binary => (&given.binary_value, &given.string_value),
        BaseType::Number | BaseType::String => (&given.string_value, &given.binary_value),
    };
    let type_of_field = if base_type == BaseType::Binary {
        "Binary"
    } else {
        "String"
    };
    let text = match (field, other_field) {
        (Some(text), None) if !text.is_empty() => text,
        (Some(_), None) => {
            return Err(refused(format!(
                "Message (user) attribute '{name}' must contain a non-empty value of type \
                 '{type_of_field}'."
            )));
        }
        (Some(_), Some(_)) => {
            return Err(refused(format!(
                "Message (user) attribute '{name}' must have a single value."
            )));
        }
        (None, Some(_)) => {
            let given_type = &given.data_type;
            return Err(refused(format!(
                "Message (user) attribute '{name}' with type '{given_type}' must use field \
                 '{type_of_field}'."
            )));
        }
        (None, None) => {
            return Err(refused(format!(
                "The message (user) attribute '{name}' must contain a non-empty message attribute \
                 value."
            )));
        }
    };
    let value = match base_type {
        BaseType::Binary => AttributeValue::Binary(base64::decode(text).ok_or_else(|| {
            let message = "The value of a binary attribute is not valid base64.";
            Error::new(ErrorCode::MalformedInput, message)
        })?),
        BaseType::Number if !is_number(text) => {
            return Err(refused(format!(
                "Can't cast the value of message (user) attribute '{name}' to a number."
            )));
        }
        BaseType::String if !is_legal_text(text) => {
            return Err(refused(format!(
                "Message (user) attribute '{name}' contains characters that are not allowed."
            )));
        }
        BaseType::Number | BaseType::String => AttributeValue::Text(text.clone()),
    };
    Ok(MessageAttribute {
        data_type: given.data_type.clone(),
        value,
    })
}

fn check_type(name: &str, data_type: &str) -> Result<BaseType, Error> {
    if data_type.is_empty() {
        return Err(refused(format!(
            "The message (user) attribute '{name}' must contain a non-empty message attribute \
             type."
        )));
    }
    if data_type.len() > 256 {
        return Err(refused(
            "Message (user) attribute type must be shorter than 256 bytes.",
        ));
    }
    match data_type
        .split_once('.')
        .map_or(data_type, |(base, _)| base)
    {
        "Binary" => Ok(BaseType::Binary),
        "Number" => Ok(BaseType::Number),
        "String" => Ok(BaseType::String),
        _ => Err(refused(format!(
            "The type of message (user) attribute '{name}' is invalid. You must use only the \
             following supported type prefixes: Binary, Number, String."
        ))),
    }
}

/// A decimal number of at most 38 significant digits, from 10^-128 to 10^126 `[D]`; zeros at the
/// ends do not count as significant.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let Ok(exponent) = exponent.parse::<i32>() else {
        return false;
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let is_significant = |digit: &u8| *digit != b'0';
    let (Some(first), Some(last)) = (
        digits.iter().position(is_significant),
        digits.iter().rposition(is_significant),
    ) else {
        return true;
    };
    // The power of ten of the first significant digit.
    let length = |length: usize| i64::try_from(length).expect("texts are shorter than 2^63");
    let magnitude = length(whole.len()) - 1 - length(first) + i64::from(exponent);
    last - first < 38 && (-128..=126).contains(&magnitude)
}

fn refused(message: impl Into<String>) -> Error {
    Error::new(ErrorCode::InvalidParameterValue, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        let long = "1".repeat(38);
        let too_long = "1".repeat(39);
        let zeros = format!("{}1{}", "0".repeat(50), "0".repeat(50));
        for (text, legal) in [
            ("0", true),
            ("42", true),
            ("-3", true),
            ("+3", true),
            ("001.50", true),
            (".5", true),
            ("5.", true),
            ("1e126", true),
            ("1e127", false),
            ("1E-128", true),
            ("1e-129", false),
            (&long, true),
            (&too_long, false),
            (&zeros, true),
            ("", false),
            (".", false),
            ("-", false),
            ("1 ", false),
            ("0x10", false),
            ("1.2.3", false),
            ("NaN", false),
            ("1e", false),
            ("twenty", false),
        ] {
            assert_eq!(is_number(text), legal, "{text}");
        }
    }
}
