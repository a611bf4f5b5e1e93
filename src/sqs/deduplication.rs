//! What a FIFO queue remembers of the sends of the last five minutes.

use std::collections::VecDeque;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::MessageKey;
use super::md5::hex;
use super::message::SequenceNumber;
use crate::sim::{SortedMap, Span, Time};

/// From the first accepted send; at its very end a send is no duplicate any more `[I]`.
const WINDOW: Span = Span::from_secs(300);

/// The message that a duplicate repeats, which may be gone.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) struct Original {
    pub(super) key: MessageKey,
    pub(super) message_id: Uuid,
    pub(super) sequence_number: SequenceNumber,
}

/// The group if ids are unique in a group only, and the deduplication id.
type Id = (Option<Arc<str>>, Arc<str>);

/// The accepted sends of the last five minutes.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) struct Deduplication {
    per_group: bool,
    originals: SortedMap<Id, Original>,
    /// The same in the order of the sends, with the ends of their windows.
    windows: VecDeque<(Time, Id)>,
}

impl Deduplication {
    /// An id is unique in the queue.
    pub(super) fn over_queue() -> Self {
        Self {
            per_group: false,
            originals: SortedMap::new(),
            windows: VecDeque::new(),
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
    pub(super) fn find(&mut self, now: Time, group: &Arc<str>, id: &Arc<str>) -> Option<&Original> {
        while let Some((end, _)) = self.windows.front()
            && end.is_due(now)
        {
            let (_, id) = self
                .windows
                .pop_front()
                .expect("the front was there just now");
            self.originals.remove(&id);
        }
        self.originals.get(&self.id(group, id))
    }

    /// Remembers an accepted send; duplicates do not extend its window `[D]`.
    pub(super) fn remember(
        &mut self,
        now: Time,
        group: &Arc<str>,
        id: &Arc<str>,
        original: Original,
    ) {
        let id = self.id(group, id);
        self.windows.push_back((now + WINDOW, id.clone()));
        let before = self.originals.insert(id, original);
        assert_eq!(before, None, "only a send that is no duplicate is accepted");
    }

    pub(super) fn forget_all(&mut self) {
        self.originals.clear();
        self.windows.clear();
    }

    pub(super) fn len(&self) -> usize {
        self.originals.len()
    }

    fn id(&self, group: &Arc<str>, id: &Arc<str>) -> Id {
        (self.per_group.then(|| Arc::clone(group)), Arc::clone(id))
    }
}

/// The id of content-based deduplication: lower-case hex of the body's SHA-256 `[A]`.
pub(super) fn id_of_body(body: &str) -> Arc<str> {
    hex(&Sha256::digest(body.as_bytes())).into()
}
