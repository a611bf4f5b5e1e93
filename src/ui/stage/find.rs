//! Finds messages by their number, their `MessageId` or their body.

use crate::sqs::Message;
use crate::sqs::MessageKey;
use crate::ui::describe;
use crate::ui::format;
use crate::ui::stage::scene;
use crate::ui::text::text;
use crate::world::World;

/// Messages that are listed.
pub(super) const FOUND_MAX: usize = 12;
/// Letters of a body that are shown.
const BODY_MAX: usize = 48;

/// A message that fits.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) key: MessageKey,
    pub(super) body: String,
    /// Its queue and its state.
    pub(super) place: String,
}

/// The messages that fit these words: the one of this number first, then in the order of the queues.
pub(super) fn find(world: &World, words: &str) -> Vec<Found> {
    let words = words.trim().to_ascii_lowercase();
    if words.is_empty() {
        return Vec::new();
    }
    let number = words.trim_start_matches('#').parse().ok().map(MessageKey);
    let mut found = Vec::new();
    let service = world.service();
    let is_gone = |key: &MessageKey| {
        (1..=service.messages_accepted()).contains(&key.0) && service.find_message(*key).is_none()
    };
    found.extend(number.filter(is_gone).map(|key| Found {
        key,
        body: String::new(),
        place: text!("find-gone"),
    }));
    for exact in [true, false] {
        for queue in world.queues() {
            let fits = |message: &&Message| {
                (number == Some(message.key())) == exact && (exact || has(message, &words))
            };
            let one = number.filter(|_| exact).and_then(|key| queue.message(key));
            let others = queue.messages().take(if exact { 0 } else { usize::MAX });
            for message in one.into_iter().chain(others).filter(fits) {
                if found.len() == FOUND_MAX {
                    return found;
                }
                found.push(Found {
                    key: message.key(),
                    body: format::clip(message.body(), BODY_MAX),
                    place: format!(
                        "{} · {}",
                        describe::queue(world, queue.id()),
                        state(message)
                    ),
                });
            }
        }
    }
    found
}

fn state(message: &Message) -> String {
    match scene::zone_of(message.phase()) {
        super::view::Zone::Delayed => text!("delayed"),
        super::view::Zone::Visible => text!("visible"),
        super::view::Zone::InFlight => text!("in-flight"),
    }
}

/// Whether the id begins with these words, or the body has them; capital letters or not.
fn has(message: &Message, words: &str) -> bool {
    let body = message.body().as_bytes();
    let in_body = body
        .windows(words.len())
        .any(|part| part.eq_ignore_ascii_case(words.as_bytes()));
    in_body || message.id().to_string().starts_with(words)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::sqs::api::{PurgeQueueRequest, Request, SendMessageRequest};
    use crate::ui::stage::fixture::world_with;
    use crate::world::{Input, InputKind, Outbox};

    fn keys(world: &World, words: &str) -> Vec<u64> {
        find(world, words).iter().map(|found| found.key.0).collect()
    }

    #[test]
    fn a_number_an_id_and_a_body_find_their_message() {
        let world = world_with(30);
        assert_eq!(keys(&world, "7")[0], 7, "the number comes first");
        assert_eq!(keys(&world, "#12"), [12]);
        assert_eq!(keys(&world, "BODY 21"), [21]);
        let queue = world.queues().next().expect("one");
        let message = queue.message(MessageKey(5)).expect("there");
        let start = message.id().to_string()[..13].to_owned();
        assert_eq!(keys(&world, &start), [5]);
        assert_eq!(find(&world, "body 21")[0].place, "orders · Visible");
    }

    #[test]
    fn a_number_that_is_gone_is_told_first() {
        let mut world = world_with(30);
        let purge = PurgeQueueRequest {
            queue_url: Some("orders".into()),
        };
        let input = Input {
            at: world.config().start,
            kind: InputKind::Call(Arc::new(purge.into())),
        };
        let done = world.handle_input(&input, &mut Outbox::default());
        done.expect("the person may");
        let gone = find(&world, "7");
        assert_eq!((gone.len(), gone[0].key), (1, MessageKey(7)));
        assert_eq!(gone[0].place, "in no queue any more");
        assert!(keys(&world, "31").is_empty() && keys(&world, "0").is_empty());
    }

    #[test]
    fn a_number_that_is_gone_has_its_place_among_many() {
        let mut world = world_with(1);
        let at = world.config().start;
        let mut ask = |request: Request| {
            let kind = InputKind::Call(Arc::new(request));
            let done = world.handle_input(&Input { at, kind }, &mut Outbox::default());
            done.expect("the person may");
        };
        let queue_url = Some("orders".to_owned());
        ask(PurgeQueueRequest { queue_url }.into());
        for _ in 0..20 {
            ask(SendMessageRequest {
                queue_url: Some("orders".into()),
                message_body: Some("1".to_owned().into()),
                ..Default::default()
            }
            .into());
        }
        let keys = keys(&world, "1");
        assert_eq!((keys[0], keys.len()), (1, FOUND_MAX));
    }

    #[test]
    fn what_fits_many_lists_some_and_what_fits_none_lists_none() {
        let world = world_with(100);
        assert_eq!(keys(&world, "body").len(), FOUND_MAX);
        assert!(keys(&world, "  ").is_empty() && keys(&world, "nothing").is_empty());
    }
}
