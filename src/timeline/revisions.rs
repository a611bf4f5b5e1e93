//! Which inputs of a recording are new, so that who keeps it elsewhere need not compare all of them.

/// When what of a recording changed last.
#[derive(Clone, Debug, Default)]
pub(super) struct Revisions {
    last: u64,
    /// At which the configuration changed.
    config: u64,
    /// At which each input came where it is. A change concerns all from some place on, so they never
    /// fall.
    inputs: Vec<u64>,
}

impl Revisions {
    /// A recording with so many inputs.
    pub(super) fn new(inputs: usize) -> Self {
        Self {
            inputs: vec![0; inputs],
            ..Self::default()
        }
    }

    /// From `place` on there are these many others now.
    pub(super) fn inputs_changed(&mut self, place: usize, others: usize) {
        self.last += 1;
        self.inputs.truncate(place);
        self.inputs.resize(place + others, self.last);
    }

    pub(super) fn config_changed(&mut self) {
        self.last += 1;
        self.config = self.last;
    }

    pub(super) fn last(&self) -> u64 {
        self.last
    }

    /// See [`Timeline::unchanged_since`](super::Timeline::unchanged_since).
    pub(super) fn unchanged_since(&self, revision: u64, known: usize) -> Option<usize> {
        if self.config > revision {
            return None;
        }
        let unchanged = self.inputs.partition_point(|changed| *changed <= revision);
        Some(unchanged.min(known))
    }
}
