//! The MD5 digests by which SDKs check what SQS has understood.

use md5::{Digest, Md5};

use super::message_attributes::{AttributeValue, MessageAttribute};

/// `MD5OfMessageBody` and `MD5OfBody`, which print as [`hex`], over the body's UTF-8 bytes.
pub(super) fn md5_of_body(body: &str) -> [u8; 16] {
    Md5::digest(body.as_bytes()).into()
}

/// `MD5OfMessageAttributes`, over attributes in the order of their names `[A]`; none for none.
pub(super) fn md5_of_attributes<'a>(
    attributes: impl IntoIterator<Item = (&'a str, &'a MessageAttribute)>,
) -> Option<String> {
    let mut attributes = attributes.into_iter().peekable();
    attributes.peek()?;
    let mut hasher = Md5::new();
    for (name, attribute) in attributes {
        put(&mut hasher, name.as_bytes());
        put(&mut hasher, attribute.data_type.as_bytes());
        match &attribute.value {
            AttributeValue::Text(text) => {
                hasher.update([1]);
                put(&mut hasher, text.as_bytes());
            }
            AttributeValue::Binary(bytes) => {
                hasher.update([2]);
                put(&mut hasher, bytes);
            }
        }
    }
    Some(hex(hasher.finalize().into()))
}

/// Lower-case hexadecimal digits.
pub(super) fn hex<const N: usize>(bytes: [u8; N]) -> String {
    let digit = |value: u8| value + if value < 10 { b'0' } else { b'a' - 10 };
    let digits = bytes.map(|byte| [digit(byte >> 4), digit(byte & 15)]);
    let text = std::str::from_utf8(digits.as_flattened());
    text.expect("digits are ASCII").to_owned()
}

fn put(hasher: &mut Md5, bytes: &[u8]) {
    let length = u32::try_from(bytes.len()).expect("sizes were checked: at most 1 MiB");
    hasher.update(length.to_be_bytes());
    hasher.update(bytes);
}
