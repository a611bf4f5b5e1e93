//! What a FIFO queue remembers of the sends of the last five minutes.

use std::hash::Hasher;

use sha2::{Digest, Sha256};
use siphasher::sip128::{Hasher128, SipHasher13};
use uuid::Uuid;

use super::MessageKey;
use super::md5::hex;
use super::message::SequenceNumber;
use crate::sim::{Index, Numbered, Span, Time};

/// From the first accepted send; at its very end a send is no duplicate any more `[I]`.
const WINDOW: Span = Span::from_secs(300);

/// The message that a duplicate repeats, which may be gone.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) struct Original {
    pub(super) key: MessageKey,
    pub(super) message_id: Uuid,
    pub(super) sequence_number: SequenceNumber,
}

/// Stands for a deduplication id, with its group if ids are unique in a group only. It is so long
/// that no two of a queue's ids share it by chance.
pub(super) type Fingerprint = [u64; 2];

/// The accepted sends of the last five minutes.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) struct Deduplication {
    per_group: bool,
    /// In their order.
    sends: Numbered<Send>,
    last_number: u64,
    /// The numbers of the sends by their fingerprints.
    numbers: Index,
}

#[derive(Clone, Debug, Eq, Hash, PartialEq)]
struct Send {
    fingerprint: Fingerprint,
    /// The end of its window.
    end: Time,
    original: Original,
}

impl Deduplication {
    /// An id is unique in the queue.
    pub(super) fn over_queue() -> Self {
        Self {
            per_group: false,
            sends: Numbered::default(),
            last_number: 0,
            numbers: Index::default(),
        }
    }

    /// An id is unique in its message group.
    pub(super) fn over_groups() -> Self {
        Self {
            per_group: true,
            ..Self::over_queue()
        }
    }

    /// Forgets what is over at `now`, and looks for an earlier send of the same id.
    pub(super) fn find(&mut self, now: Time, fingerprint: &Fingerprint) -> Option<&Original> {
        while let Some((first, send)) = self.sends.first()
            && send.end.is_due(now)
        {
            let hash = hash_of(send);
            self.numbers.remove(hash, &|number| number == first);
            self.sends.remove(first);
        }
        let is_it = |number| self.sends[number].fingerprint == *fingerprint;
        let number = self.numbers.find(fingerprint[0], &is_it)?;
        Some(&self.sends[number].original)
    }

    /// Remembers an accepted send, which is no duplicate of another; duplicates do not extend its
    /// window `[D]`.
    pub(super) fn remember(&mut self, now: Time, fingerprint: Fingerprint, original: Original) {
        self.last_number += 1;
        let sends = &self.sends;
        let hash_of = |number| hash_of(&sends[number]);
        self.numbers
            .insert(fingerprint[0], self.last_number, &hash_of);
        let send = Send {
            fingerprint,
            end: now + WINDOW,
            original,
        };
        self.sends.push(self.last_number, send);
    }

    pub(super) fn forget_all(&mut self) {
        self.numbers.clear();
        self.sends = Numbered::default();
    }

    pub(super) fn len(&self) -> usize {
        self.sends.len()
    }

    /// The fingerprint of an id in a group.
    pub(super) fn fingerprint(&self, group: &str, id: &str) -> Fingerprint {
        let mut hasher = SipHasher13::new();
        if self.per_group {
            hasher.write(group.as_bytes());
            hasher.write_u8(0);
        }
        hasher.write(id.as_bytes());
        let hash = hasher.finish128();
        [hash.h1, hash.h2]
    }
}

/// A fingerprint is a hash; half of it will do.
fn hash_of(send: &Send) -> u64 {
    send.fingerprint[0]
}

/// The id of content-based deduplication: lower-case hex of the body's SHA-256 `[A]`.
pub(super) fn id_of_body(body: &str) -> String {
    hex(&Sha256::digest(body.as_bytes()))
}
