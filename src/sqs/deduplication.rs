//! What a FIFO queue remembers of the sends of the last five minutes.

use std::collections::{BTreeMap, VecDeque};
use std::hash::Hasher;

use sha2::{Digest, Sha256};
use siphasher::sip128::{Hasher128, SipHasher13};
use uuid::Uuid;

use super::MessageKey;
use super::md5::hex;
use super::message::SequenceNumber;
use crate::sim::{Span, Time};

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
    /// The numbers of the sends.
    numbers: BTreeMap<Fingerprint, u64>,
    /// The sends in their order, with the ends of their windows.
    sends: VecDeque<(Time, Fingerprint, Original)>,
    /// The number of the first of these.
    first: u64,
}

impl Deduplication {
    /// An id is unique in the queue.
    pub(super) fn over_queue() -> Self {
        Self {
            per_group: false,
            numbers: BTreeMap::new(),
            sends: VecDeque::new(),
            first: 0,
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
        while let Some((_, fingerprint, _)) = self.sends.pop_front_if(|(end, ..)| end.is_due(now)) {
            self.numbers.remove(&fingerprint);
            self.first += 1;
        }
        let number = self.numbers.get(fingerprint)?;
        let (_, _, original) = &self.sends[(number - self.first) as usize];
        Some(original)
    }

    /// Remembers an accepted send; duplicates do not extend its window `[D]`.
    pub(super) fn remember(&mut self, now: Time, fingerprint: Fingerprint, original: Original) {
        let number = self.first + self.sends.len() as u64;
        self.sends.push_back((now + WINDOW, fingerprint, original));
        let before = self.numbers.insert(fingerprint, number);
        assert_eq!(before, None, "only a send that is no duplicate is accepted");
    }

    pub(super) fn forget_all(&mut self) {
        self.numbers.clear();
        self.sends.clear();
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

/// The id of content-based deduplication: lower-case hex of the body's SHA-256 `[A]`.
pub(super) fn id_of_body(body: &str) -> String {
    hex(&Sha256::digest(body.as_bytes()))
}
