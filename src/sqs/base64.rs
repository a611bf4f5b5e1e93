//! Base64 with padding, strictly: as receipt handles, tokens and binary values are written.
//!
//! In WebAssembly another crate does it: it takes a tenth of a microsecond more for a receipt handle, and a third of
//! the code.

#[cfg(target_arch = "wasm32")]
use base64ct::{Base64, Encoding};

#[cfg(not(target_arch = "wasm32"))]
use ::base64::{Engine, engine::general_purpose::STANDARD};

/// These bytes as text.
pub(super) fn encode(bytes: &[u8]) -> String {
    #[cfg(target_arch = "wasm32")]
    return Base64::encode_string(bytes);
    #[cfg(not(target_arch = "wasm32"))]
    STANDARD.encode(bytes)
}

/// The bytes of a text; nothing if it is none that [`encode`] would write.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    #[cfg(target_arch = "wasm32")]
    return Base64::decode_vec(text).ok();
    #[cfg(not(target_arch = "wasm32"))]
    STANDARD.decode(text).ok()
}

/// The same into a buffer with room for whole groups of three; nothing if that is too small.
pub(super) fn decode_into<'a>(text: &str, buffer: &'a mut [u8]) -> Option<&'a [u8]> {
    #[cfg(target_arch = "wasm32")]
    return Base64::decode(text, buffer).ok();
    #[cfg(not(target_arch = "wasm32"))]
    {
        let length = STANDARD.decode_slice(text, buffer).ok()?;
        Some(&buffer[..length])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_written_like_that_is_not_read() {
        for (bytes, text) in [
            (&b""[..], ""),
            (b"\x01", "AQ=="),
            (b"\x01\x01", "AQE="),
            (b"\xfb\xff\xbe", "+/++"),
        ] {
            assert_eq!(encode(bytes), text);
            assert_eq!(decode(text).as_deref(), Some(bytes));
            assert_eq!(decode_into(text, &mut [0; 3]), Some(bytes));
        }
        for text in [
            "A", "AQ", "AQE", "AR==", "AQF=", "A===", "AQE=AQE=", "AQEB\n", "-_--",
        ] {
            assert_eq!(decode(text), None, "{text}");
            assert_eq!(decode_into(text, &mut [0; 9]), None, "{text}");
        }
        assert_eq!(decode_into("AQEBAQ==", &mut [0; 3]), None);
    }
}
