//! Receipt handles: opaque to callers, and recognisable to the service.

use std::hash::Hasher;

use siphasher::sip::SipHasher13;

use super::{MessageKey, QueueId, base64};
use crate::sim::Time;

/// The first bytes of every handle, so that its text starts with `AQEB` as on AWS `[A]`.
const VERSION: [u8; 3] = [1, 1, 1];
const PAYLOAD_BYTES: usize = 3 + 4 + 8 + 4 + 8;

/// Names one receive of one message.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct ReceiptHandle {
    pub(super) queue: QueueId,
    pub(super) message: MessageKey,
    /// The message's receive count with this receive.
    pub(super) receive: u32,
    pub(super) received_at: Time,
}

impl ReceiptHandle {
    /// The text that a consumer gets.
    pub(super) fn encode(self) -> String {
        let mut bytes = [0; PAYLOAD_BYTES + 8];
        let (payload, sum) = bytes.split_at_mut(PAYLOAD_BYTES);
        payload[..3].copy_from_slice(&VERSION);
        payload[3..7].copy_from_slice(&self.queue.0.to_be_bytes());
        payload[7..15].copy_from_slice(&self.message.0.to_be_bytes());
        payload[15..19].copy_from_slice(&self.receive.to_be_bytes());
        payload[19..].copy_from_slice(&self.received_at.as_ms().to_be_bytes());
        sum.copy_from_slice(&checksum(payload));
        base64::encode(&bytes)
    }

    /// Reads a handle back; nothing if the text never was one.
    pub(super) fn decode(text: &str) -> Option<Self> {
        let mut buffer = [0; (PAYLOAD_BYTES + 8).next_multiple_of(3)];
        let (payload, sum) =
            base64::decode_into(text, &mut buffer)?.split_at_checked(PAYLOAD_BYTES)?;
        if sum != checksum(payload) || !payload.starts_with(&VERSION) {
            return None;
        }
        Some(Self {
            queue: QueueId(u32::from_be_bytes(field(payload, 3))),
            message: MessageKey(u64::from_be_bytes(field(payload, 7))),
            receive: u32::from_be_bytes(field(payload, 15)),
            received_at: Time::from_ms(u64::from_be_bytes(field(payload, 19))),
        })
    }
}

fn field<const N: usize>(payload: &[u8], start: usize) -> [u8; N] {
    *payload[start..]
        .first_chunk()
        .expect("the payload has its full length")
}

fn checksum(payload: &[u8]) -> [u8; 8] {
    let mut hasher = SipHasher13::new_with_keys(0x5153_5250, 0x6c61_7967);
    hasher.write(payload);
    hasher.finish().to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_reads_back_and_nothing_else_does() {
        let handle = ReceiptHandle {
            queue: QueueId(7),
            message: MessageKey(u64::MAX),
            receive: 3,
            received_at: Time::from_ms(1_767_225_605_250),
        };
        let text = handle.encode();
        assert!(text.starts_with("AQEB"), "{text}");
        assert_eq!(ReceiptHandle::decode(&text), Some(handle));
        for index in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[index] = if changed[index] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).expect("base64 is ASCII");
            assert_eq!(ReceiptHandle::decode(&changed), None, "{changed}");
        }
        for text in ["", "garbage", "AQEB", &text[4..]] {
            assert_eq!(ReceiptHandle::decode(text), None, "{text}");
        }
    }
}
