//! The keys of a store: which text is where.

/// Under which the headers are, each with its id.
pub(super) const HEADERS: &str = "sqs-playground/workspace/";
/// Under which everything else of a workspace is: `ID/WRITER/GENERATION/`.
pub(super) const BODIES: &str = "sqs-playground/run/";
/// The id of the workspace that was opened or saved last.
pub(super) const LAST: &str = "sqs-playground/last";

/// The key of a header.
pub(super) fn header_key(id: &str) -> String {
    HEADERS.to_owned() + id
}

/// One whole with the journal of what came after it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Generation {
    pub(super) id: String,
    pub(super) writer: String,
    pub(super) number: u64,
}

impl Generation {
    fn prefix(&self) -> String {
        let Self { id, writer, number } = self;
        format!("{BODIES}{id}/{writer}/{number}/")
    }

    /// The key of this last part.
    pub(super) fn key(&self, name: &str) -> String {
        self.prefix() + name
    }

    pub(super) fn whole_key(&self) -> String {
        self.key("whole")
    }

    pub(super) fn playhead_key(&self) -> String {
        self.key("at")
    }

    pub(super) fn entry_key(&self, place: u64) -> String {
        self.key(&place.to_string())
    }

    /// Whether this is one of its keys.
    pub(super) fn has(&self, key: &str) -> bool {
        key.starts_with(&self.prefix())
    }

    /// Whether this key is of another generation of the same run, which this one has replaced.
    pub(super) fn replaces(&self, key: &str) -> bool {
        let number = key
            .strip_prefix(BODIES)
            .and_then(|rest| rest.strip_prefix(&self.id)?.strip_prefix('/'))
            .and_then(|rest| rest.split('/').nth(1)?.parse::<u64>().ok());
        number.is_some_and(|number| number <= self.number) && !self.has(key)
    }
}

/// The id of the workspace that a key belongs to.
pub(super) fn id_of(key: &str) -> Option<&str> {
    if let Some(id) = key.strip_prefix(HEADERS) {
        return Some(id);
    }
    let (id, _) = key.strip_prefix(BODIES)?.split_once('/')?;
    Some(id)
}
