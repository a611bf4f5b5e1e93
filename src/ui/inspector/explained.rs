//! Why each message of a queue came with a receive, or did not.

use yew::prelude::*;

use super::{link, moment};
use crate::sim::Time;
use crate::sqs::api::{CallId, Request, Response};
use crate::sqs::{EventKind as ServiceEvent, Explained, MessageKey, Mode, Partition, QueueId, Why};
use crate::ui::describe;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Selection, Session};
use crate::ui::text::text;
use crate::world::EventKind;

/// Messages that are listed; the others are counted.
const LISTED_MAX: usize = 200;
/// Events that are looked through for those of a call.
const LOOKED_AT_MAX: u64 = 5000;

/// What becomes of a message, in the order in which it is told.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Came,
    Receivable,
    Locked,
    NotSampled,
    OutOfSight,
    TooManyInFlight,
    Moves,
    InFlight,
    Delayed,
}

impl Fate {
    const ALL: [Self; 9] = [
        Self::Came,
        Self::Receivable,
        Self::Locked,
        Self::NotSampled,
        Self::OutOfSight,
        Self::TooManyInFlight,
        Self::Moves,
        Self::InFlight,
        Self::Delayed,
    ];

    fn of(why: Why) -> Self {
        match why {
            Why::Receivable => Self::Receivable,
            Why::Delayed { .. } => Self::Delayed,
            Why::InFlight { .. } => Self::InFlight,
            Why::GroupLocked { .. } => Self::Locked,
            Why::OutOfSight => Self::OutOfSight,
            Why::NotSampled { .. } => Self::NotSampled,
            Why::TooManyInFlight => Self::TooManyInFlight,
            Why::MovesToDeadLetterQueue { .. } | Why::JustMoved => Self::Moves,
        }
    }

    /// So many of these.
    fn counted(self, count: usize) -> String {
        let count = [("count", count.into())];
        match self {
            Self::Came => text!("sum-came", count),
            Self::Receivable => text!("sum-receivable", count),
            Self::Locked => text!("sum-locked", count),
            Self::NotSampled => text!("sum-not-sampled", count),
            Self::OutOfSight => text!("sum-out-of-sight", count),
            Self::TooManyInFlight => text!("sum-too-many", count),
            Self::Moves => text!("sum-moves", count),
            Self::InFlight => text!("sum-in-flight", count),
            Self::Delayed => text!("sum-delayed", count),
        }
    }
}

/// What a receive did, if it was made.
#[derive(Default)]
struct Receive {
    call: Option<CallId>,
    sampled: Option<Partition>,
    came: Vec<MessageKey>,
    /// To the dead-letter queue.
    moved: Vec<MessageKey>,
}

/// What becomes of the messages of a queue.
#[derive(PartialEq)]
pub(crate) struct Explanation {
    /// How many of each fate.
    sums: Vec<String>,
    /// The first of them.
    listed: Vec<Row>,
    more: usize,
    moved: Vec<MessageKey>,
}

#[cfg(test)]
impl Explanation {
    pub(super) fn sums(&self) -> &[String] {
        &self.sums
    }

    pub(super) fn moved(&self) -> &[MessageKey] {
        &self.moved
    }

    pub(super) fn words(&self) -> Vec<String> {
        let words = |row: &Row| format!("{}: {}", row.key, row.words);
        self.listed.iter().map(words).collect()
    }
}

#[derive(PartialEq)]
struct Row {
    key: MessageKey,
    came: bool,
    words: String,
}

/// What becomes of each message, as the world is now.
fn explain(session: &Session, queue: QueueId, receive: Receive) -> Explanation {
    let world = session.world();
    let explained = world
        .service()
        .explain_receive(queue, session.now(), receive.sampled);
    let mut counts = [0; Fate::ALL.len()];
    let mut listed = Vec::new();
    let fate = |explained: &Explained| {
        let key = explained.message;
        let holds = |call| receive.call == Some(call);
        let came = receive.came.contains(&key)
            || matches!(explained.why, Why::InFlight { call, .. } if holds(call));
        if came {
            Fate::Came
        } else {
            Fate::of(explained.why)
        }
    };
    // What came is told first, and the rest in the order of the queue.
    for is_first in [true, false] {
        for explained in &explained {
            let fate = fate(explained);
            let came = fate == Fate::Came;
            if came != is_first {
                continue;
            }
            counts[fate as usize] += 1;
            if listed.len() < LISTED_MAX {
                let words = if came {
                    text!("reason-came")
                } else if fate == Fate::Receivable && receive.call.is_some() {
                    text!("reason-enough")
                } else {
                    describe::reason(world, explained.why)
                };
                let key = explained.message;
                listed.push(Row { key, came, words });
            }
        }
    }
    let sums = Fate::ALL.into_iter().zip(counts);
    Explanation {
        sums: sums
            .filter(|(_, count)| *count > 0)
            .map(|(fate, count)| fate.counted(count))
            .collect(),
        more: explained.len() - listed.len(),
        listed,
        moved: receive.moved,
    }
}

fn view(explanation: &Explanation, page: &Page) -> Html {
    html! {
        <div class="explained">
            if explanation.sums.is_empty() {
                <p>{ text!("explain-nothing-there") }</p>
            } else {
                <p>{ explanation.sums.join(" · ") }</p>
            }
            if !explanation.moved.is_empty() {
                <p>
                    { text!("explain-moved") }
                    { for explanation.moved.iter().map(|key| html! {
                        <>{ " " }{ link(Selection::Message(*key), key.to_string(), page) }</>
                    }) }
                </p>
            }
            <ul>
                { for explanation.listed.iter().map(|row| html! {
                    <li key={row.key.0} class={if row.came { "came" } else { "" }}>
                        { link(Selection::Message(row.key), row.key.to_string(), page) }
                        <span>{ &row.words }</span>
                    </li>
                }) }
            </ul>
            if explanation.more > 0 {
                <p class="note">{ text!("messages-more", [("count", explanation.more.into())]) }</p>
            }
        </div>
    }
}

/// What a receive that looks everywhere would do now.
#[derive(PartialEq)]
pub(crate) struct ExplainNow {
    pub(crate) id: QueueId,
}

impl Part for ExplainNow {
    /// Also whether a short poll would look at a part of it only.
    type Facts = (Explanation, bool);

    fn facts(&self, session: &Session) -> Self::Facts {
        let explanation = explain(session, self.id, Receive::default());
        let queue = session.world().queue(self.id);
        let is_sampled = session.world().config().mode != Mode::Strict
            && queue.is_some_and(|queue| !queue.is_fifo());
        (explanation, is_sampled)
    }

    fn view(&self, (explanation, is_sampled): &Self::Facts, page: &Page) -> Html {
        html! {
            <>
                { view(explanation, page) }
                if *is_sampled {
                    <p class="note">{ text!("explain-sampled") }</p>
                }
            </>
        }
    }
}

/// What a receive did with each message, as long as the world is as the receive left it.
#[derive(PartialEq)]
pub(crate) struct ExplainCall {
    pub(crate) id: CallId,
}

/// A receive, and when the service answered it.
#[derive(PartialEq)]
pub(crate) enum Told {
    /// We are there.
    Here(Explanation),
    /// We are at another time.
    Elsewhere { at: Time, was_empty: bool },
}

impl Part for ExplainCall {
    type Facts = Option<Told>;

    fn facts(&self, session: &Session) -> Self::Facts {
        let (at, queue, receive) = receive(session, self.id)?;
        let was_empty = receive.came.is_empty();
        Some(if at == session.now() {
            Told::Here(explain(session, queue, receive))
        } else {
            Told::Elsewhere { at, was_empty }
        })
    }

    fn view(&self, told: &Self::Facts, page: &Page) -> Html {
        match told {
            None => html! {},
            Some(Told::Here(explanation)) => html! {
                <>
                    <h3>{ text!("explain-title") }</h3>
                    { view(explanation, page) }
                </>
            },
            Some(Told::Elsewhere { at, was_empty }) => html! {
                <p class="note">
                    { if *was_empty { text!("explain-empty-at") } else { text!("explain-at") } }
                    { " " }{ moment(*at, page) }
                </p>
            },
        }
    }
}

/// What is known of a receive that was answered: when by the service, at which queue, and how.
fn receive(session: &Session, id: CallId) -> Option<(Time, QueueId, Receive)> {
    let log = session.timeline().log();
    let record = log.call(id, session.world().event_count())?;
    let answered = record.answered?;
    let EventKind::CallAnswered {
        queue: Some(queue),
        request,
        result,
        messages,
        ..
    } = &answered.kind
    else {
        return None;
    };
    let (Request::ReceiveMessage(request), Ok(Response::ReceiveMessage(response))) =
        (&**request, &**result)
    else {
        return None;
    };
    let mut receive = Receive {
        call: Some(id),
        ..Receive::default()
    };
    let mut at = None;
    let first = record
        .sent
        .id
        .0
        .max(answered.id.0.saturating_sub(LOOKED_AT_MAX));
    for event in (first..answered.id.0)
        .rev()
        .filter_map(|number| log.get(number))
    {
        let EventKind::Service(kind) = &event.kind else {
            continue;
        };
        if let ServiceEvent::ReceiveCameBackEmpty { call, sampled, .. } = kind
            && *call == id
        {
            receive.sampled = *sampled;
            at = at.or(Some(event.at));
        } else if let ServiceEvent::MessageMovedToDeadLetterQueue { call, message, .. } = kind
            && *call == id
        {
            receive.moved.push(*message);
        } else if let ServiceEvent::MessageReceived { call, .. } = kind
            && *call == id
        {
            at = at.or(Some(event.at));
        }
    }
    if !response.messages.is_empty() {
        receive.came.clone_from(messages);
        receive.came.retain(|key| !receive.moved.contains(key));
        receive.sampled = sampled(session, *queue, request.wait_time_seconds, &receive.came);
    }
    Some((at?, *queue, receive))
}

/// The part of its queue that a receive looked at which was not empty, if it was but a part.
fn sampled(
    session: &Session,
    queue: QueueId,
    wait: Option<i64>,
    came: &[MessageKey],
) -> Option<Partition> {
    let queue = session.world().queue(queue)?;
    let wait = wait.unwrap_or(queue.attributes().receive_message_wait_time_seconds.into());
    let is_sampled = wait == 0 && !queue.is_fifo() && session.world().config().mode != Mode::Strict;
    let message = queue.message(*came.first()?)?;
    is_sampled.then(|| message.partition())
}
