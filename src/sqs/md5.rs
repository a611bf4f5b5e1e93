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
    let mut hasher = Md5::new();
    let mut any = false;
    for (name, attribute) in attributes {
        any = true;
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
    any.then(|| hex(&hasher.finalize()))
}

/// Lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = vec![0; 2 * bytes.len()];
    for (place, byte) in text.chunks_exact_mut(2).zip(bytes) {
        place[0] = DIGITS[usize::from(byte >> 4)];
        place[1] = DIGITS[usize::from(byte & 15)];
    }
    String::from_utf8(text).expect("digits are ASCII")
}

fn put(hasher: &mut Md5, bytes: &[u8]) {
    let length = u32::try_from(bytes.len()).expect("sizes were checked: at most 1 MiB");
    hasher.update(length.to_be_bytes());
    hasher.update(bytes);
}
