//! What a store holds of a run: a whole, and the changes that came after it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::json::{self, AsMember, Member, members};
use crate::share::document::Document;
use crate::share::pack::{pack, unpack};
use crate::sim::Time;
use crate::world::Input;

/// The most text that a whole may have, in bytes.
const TEXT_MAX: usize = 64 << 20;

/// A change of a run: so many of its inputs stay, then come these.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Change {
    /// How many stay.
    pub keep: usize,
    /// What comes after them.
    pub inputs: Vec<Input>,
    /// Where the playhead stands then.
    pub at: Time,
}

/// As it is written.
#[derive(Default)]
struct Entry {
    keep: u64,
    inputs: Vec<Input>,
    at: Time,
}

members! {
    Entry {
        keep required,
        inputs,
        at required,
    }
}

impl Change {
    pub(super) fn write(&self) -> String {
        json::compact(&Member::Map(vec![
            ("keep", Member::Natural(self.keep as u64)),
            ("inputs", self.inputs.present()),
            ("at", self.at.member()),
        ]))
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        let mut entry = Entry::default();
        json::fill(entry.place(), json::parse(text).ok()?).ok()?;
        let Entry { keep, inputs, at } = entry;
        let keep = usize::try_from(keep).ok()?;
        Some(Self { keep, inputs, at })
    }

    /// Does it to a run, if it fits: the result is a run, too.
    pub(super) fn apply(self, document: &mut Document) -> bool {
        let recording = &mut document.recording;
        let Some(stay) = recording.inputs.get(..self.keep) else {
            return false;
        };
        let last = stay.last().map_or(recording.config.start, |input| input.at);
        let instants = self.inputs.iter().map(|input| input.at);
        let is_in_order = std::iter::once(last).chain(instants).is_sorted();
        if !is_in_order {
            return false;
        }
        recording.inputs.truncate(self.keep);
        recording.inputs.extend(self.inputs);
        document.stand_at(self.at).is_ok()
    }
}

pub(super) fn pack_document(document: &Document) -> String {
    STANDARD_NO_PAD.encode(pack(&document.to_json()))
}

pub(super) fn unpack_document(text: &str) -> Option<Document> {
    let packed = STANDARD_NO_PAD.decode(text).ok()?;
    Document::from_json(&unpack(&packed, TEXT_MAX).ok()?).ok()
}
