//! Which messages have been worked on to the end, by whom last: the memory that tells work done twice.

use super::Limits;
use crate::sqs::MessageKey;
use crate::sqs::api::Caller;

/// The messages that were worked on, as many as [`Limits::WORKED`]: the newest, since what is
/// received again was mostly sent not long ago.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(super) struct Worked {
    /// In the order of the messages. To forget the first moves the others, which are few.
    messages: Vec<(MessageKey, Caller)>,
}

impl Worked {
    /// Notes that work on a message came to its end; returns who had done that before.
    pub(super) fn finish(&mut self, message: MessageKey, caller: Caller) -> Option<Caller> {
        let place = match self.place(message) {
            Ok(place) => return Some(std::mem::replace(&mut self.messages[place].1, caller)),
            Err(place) => place,
        };
        self.messages.insert(place, (message, caller));
        if self.messages.len() > Limits::WORKED {
            self.messages.remove(0);
        }
        None
    }

    /// Whether this message was worked on, as far as remembered.
    pub(super) fn contains(&self, message: MessageKey) -> bool {
        self.place(message).is_ok()
    }

    pub(super) fn len(&self) -> usize {
        self.messages.len()
    }

    pub(super) fn is_in_order(&self) -> bool {
        self.messages.iter().is_sorted_by(|a, b| a.0 < b.0)
    }

    fn place(&self, message: MessageKey) -> Result<usize, usize> {
        self.messages
            .binary_search_by_key(&message, |entry| entry.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_to_finish_is_told_of_the_first() {
        let mut worked = Worked::default();
        assert_eq!(worked.finish(MessageKey(7), Caller(1)), None);
        assert_eq!(worked.finish(MessageKey(3), Caller(1)), None);
        assert_eq!(worked.finish(MessageKey(7), Caller(2)), Some(Caller(1)));
        assert_eq!(worked.finish(MessageKey(7), Caller(1)), Some(Caller(2)));
        assert!(worked.contains(MessageKey(3)) && !worked.contains(MessageKey(4)));
        assert!(worked.is_in_order());
    }

    #[test]
    fn the_oldest_messages_are_forgotten_first() {
        let mut worked = Worked::default();
        for key in (0..Limits::WORKED as u64 + 5).rev() {
            worked.finish(MessageKey(key), Caller(1));
        }
        assert_eq!(worked.len(), Limits::WORKED);
        assert!(!worked.contains(MessageKey(4)) && worked.contains(MessageKey(5)));
    }
}
