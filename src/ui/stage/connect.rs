//! To connect by hand: an actor with another queue, a queue with its dead-letter queue.

use crate::json::{self, AsMember, Member};
use crate::sqs::api::{Caller, Request, SetQueueAttributesRequest};
use crate::sqs::{AttributeName, QueueId};
use crate::ui::session::{Action, Form};
use crate::world::{Program, ProgramChange, World};

use super::geometry::Point;
use super::layout::Layout;

/// What a handle belongs to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Connector {
    /// To the queue that its program uses.
    Actor(Caller),
    /// To the queue that gets its dead letters.
    Queue(QueueId),
}

/// How often a message is received before it goes to a queue that was connected by hand.
const RECEIVES: &str = "3";

impl Connector {
    /// Where a line from its handle begins.
    pub(super) fn start(self, layout: &Layout) -> Option<Point> {
        match self {
            Self::Actor(caller) => {
                let on = layout.actor(caller)?;
                let x = if on.is_left {
                    on.card.right()
                } else {
                    on.card.x
                };
                Some(Point::new(x, on.card.center().y))
            }
            Self::Queue(id) => {
                let card = layout.queue(id)?.card;
                Some(Point::new(card.center().x, card.bottom()))
            }
        }
    }
}

/// The queue that a program of one queue uses.
fn queue_of(program: &mut Program) -> Option<&mut String> {
    match program {
        Program::Producer(program) => Some(&mut program.queue),
        Program::Consumer(program) => Some(&mut program.queue),
        Program::Lambda(program) => Some(&mut program.queue),
        Program::Monitor(program) => Some(&mut program.queue),
        Program::Script(_) | Program::Outside(_) => None,
    }
}

/// Whether the actor can be connected with another queue: a script names its queues in each step.
pub(super) fn can_connect(program: &Program) -> bool {
    queue_of(&mut program.clone()).is_some()
}

/// What connects the two; nothing if that makes no sense, or is so already. Without a queue, a
/// queue's dead letters go nowhere.
pub(super) fn connect(world: &World, from: Connector, to: Option<QueueId>) -> Option<Action> {
    match from {
        Connector::Actor(caller) => {
            let target = world.queue(to?)?;
            let mut program = world.actor(caller)?.program().clone();
            let queue = queue_of(&mut program)?;
            if **target.name() == **queue {
                return None;
            }
            *queue = target.name().to_string();
            Some(Action::SetProgram(ProgramChange { caller, program }))
        }
        Connector::Queue(id) => {
            let source = world.queue(id)?;
            let policy = match to {
                Some(to) if to == id => return None,
                Some(to) => json::compact(&Member::Map(vec![
                    ("deadLetterTargetArn", world.queue(to)?.arn().member()),
                    ("maxReceiveCount", Member::Text(RECEIVES)),
                ])),
                None => String::new(),
            };
            let name = AttributeName::RedrivePolicy.as_str().to_owned();
            let request = SetQueueAttributesRequest {
                queue_url: Some(source.url().to_string()),
                attributes: [(name, policy)].into_iter().collect(),
            };
            Some(Action::ByHand {
                form: Form::Stage,
                request: Request::from(request),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::session::Session;

    /// The FIFO scenario has a producer, a consumer, a queue and its dead-letter queue.
    fn session() -> Session {
        Session::of("fifo")
    }

    fn ids(world: &World) -> Vec<QueueId> {
        world.queues().map(crate::sqs::Queue::id).collect()
    }

    #[test]
    fn an_actor_goes_on_with_another_queue() {
        let mut session = session();
        let ids = ids(session.world());
        let caller = session.world().actors().next().expect("one").caller();
        let used = super::super::scene::queues_of(
            session.world(),
            session.world().actor(caller).expect("one").program(),
        );
        let other = ids
            .iter()
            .copied()
            .find(|id| !used.contains(id))
            .expect("two queues");
        assert_eq!(
            connect(session.world(), Connector::Actor(caller), Some(used[0])),
            None
        );
        let action = connect(session.world(), Connector::Actor(caller), Some(other));
        session.apply(action.expect("possible"));
        let program = session.world().actor(caller).expect("one").program();
        assert_eq!(
            super::super::scene::queues_of(session.world(), program),
            [other]
        );
    }

    #[test]
    fn a_queue_gets_and_loses_its_dead_letter_queue() {
        let mut session = session();
        let ids = ids(session.world());
        let source = session
            .world()
            .queues()
            .find(|queue| queue.dead_letter_queue().is_some())
            .expect("one")
            .id();
        let target = ids.iter().copied().find(|id| *id != source);
        let off = connect(session.world(), Connector::Queue(source), None).expect("possible");
        session.apply(off);
        assert_eq!(
            session
                .world()
                .queue(source)
                .expect("there")
                .dead_letter_queue(),
            None
        );
        let on = connect(session.world(), Connector::Queue(source), target).expect("possible");
        session.apply(on);
        let queue = session.world().queue(source).expect("there");
        assert_eq!(
            (queue.dead_letter_queue(), queue.max_receive_count()),
            (target, Some(3))
        );
        assert_eq!(
            connect(session.world(), Connector::Queue(source), Some(source)),
            None
        );
    }
}
