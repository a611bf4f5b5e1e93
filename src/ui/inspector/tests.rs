//! What the parts of the inspector take from a session.

use super::explained::{ExplainCall, ExplainNow, Explanation, Told};
use crate::json;
use crate::sim::Span;
use crate::sqs::api::{CallId, Request};
use crate::sqs::{MessageKey, Mode, QueueId};
use crate::ui::describe::{self, State};
use crate::ui::part::Part;
use crate::ui::session::{Action, Form, HandCall, Session};

/// Makes a call by hand.
fn ask(session: &mut Session, action: &str, members: &str) -> CallId {
    let mut request = Request::blank(action).expect("an action");
    let members = json::parse(members).expect("JSON");
    json::fill(json::Place::Shape(request.fill()), members).expect("the action's members");
    let form = Form::Send;
    session.apply(Action::ByHand { form, request });
    match session.hand_call(form) {
        Some(HandCall::Answered(id, _) | HandCall::Waiting(id) | HandCall::Cancelled(id)) => id,
        None => panic!("the call was refused"),
    }
}

fn empty_world() -> Session {
    let mut session = Session::new();
    session.apply(Action::OpenEmpty { seed: 1 });
    session
}

fn queue(session: &Session, place: usize) -> QueueId {
    let mut queues = session.world().queues();
    queues.nth(place).expect("it was created").id()
}

fn wait(session: &mut Session, seconds: u64) {
    let later = session.now() + Span::from_secs(seconds);
    session.apply(Action::Seek(later));
}

fn told(session: &Session, id: CallId) -> Explanation {
    match (ExplainCall { id }).facts(session) {
        Some(Told::Here(explanation)) => explanation,
        Some(Told::Elsewhere { .. }) | None => panic!("we are at the receive"),
    }
}

fn state(session: &Session, key: u64) -> State {
    let world = session.world();
    let (queue, message) = world
        .service()
        .find_message(MessageKey(key))
        .expect("it is in a queue");
    describe::state(world, queue, message, session.now())
}

#[test]
fn a_receive_of_a_fifo_queue_is_explained_message_by_message() {
    let mut session = empty_world();
    ask(
        &mut session,
        "CreateQueue",
        r#"{"QueueName":"q.fifo","Attributes":{"FifoQueue":"true"}}"#,
    );
    for (number, group) in ["a", "a", "a", "b"].into_iter().enumerate() {
        let members = format!(
            r#"{{"QueueUrl":"q.fifo","MessageBody":"m","MessageGroupId":"{group}","MessageDeduplicationId":"{number}"}}"#
        );
        ask(&mut session, "SendMessage", &members);
    }
    let id = queue(&session, 0);
    let before = ExplainNow { id }.facts(&session).0;
    assert_eq!(before.sums(), ["4 could come"]);
    let call = ask(&mut session, "ReceiveMessage", r#"{"QueueUrl":"q.fifo"}"#);
    let explained = told(&session, call);
    assert_eq!(
        explained.sums(),
        ["1 came", "1 could come", "2 in locked groups"]
    );
    assert_eq!(
        explained.words(),
        [
            "1: it came",
            "2: its group is locked by message 1",
            "3: its group is locked by message 1",
            "4: it could have come: the receive had enough before it",
        ]
    );
    let (held, locked) = (state(&session, 1), state(&session, 2));
    assert_eq!(held.held_by, Some(call));
    assert_eq!(locked.locked_by, Some(MessageKey(1)));
    assert_eq!(locked.next.at, held.next.at, "then the lock comes back");
    wait(&mut session, 1);
    let later = ExplainCall { id: call }.facts(&session);
    assert!(matches!(
        later,
        Some(Told::Elsewhere {
            was_empty: false,
            ..
        })
    ));
}

#[test]
fn an_empty_receive_says_what_stood_in_the_way() {
    let mut session = empty_world();
    ask(&mut session, "CreateQueue", r#"{"QueueName":"q"}"#);
    ask(
        &mut session,
        "SendMessage",
        r#"{"QueueUrl":"q","MessageBody":"m","DelaySeconds":5}"#,
    );
    let call = ask(&mut session, "ReceiveMessage", r#"{"QueueUrl":"q"}"#);
    assert_eq!(told(&session, call).words(), ["1: delayed until 00:05.000"]);
    let delayed = state(&session, 1);
    assert_eq!(delayed.next.at, session.start() + Span::from_secs(5));
    assert_eq!(
        delayed.why,
        "Nobody can receive it before 00:05.000: it is delayed."
    );
    wait(&mut session, 5);
    let visible = state(&session, 1);
    assert_eq!(visible.next.at, visible.expires.at);
}

#[test]
fn a_short_poll_that_asked_another_server_says_so() {
    let mut session = empty_world();
    session.apply(Action::SetMode(Mode::AwsLike));
    ask(&mut session, "CreateQueue", r#"{"QueueName":"q"}"#);
    ask(
        &mut session,
        "SendMessage",
        r#"{"QueueUrl":"q","MessageBody":"m"}"#,
    );
    let missed = (0..50).find_map(|_| {
        let call = ask(
            &mut session,
            "ReceiveMessage",
            r#"{"QueueUrl":"q","VisibilityTimeout":0}"#,
        );
        let explained = told(&session, call);
        (!explained.sums().contains(&"1 came".to_owned())).then_some(explained)
    });
    let missed = missed.expect("there are several servers");
    assert_eq!(missed.sums(), ["1 on servers not asked"]);
    let id = queue(&session, 0);
    assert!(
        ExplainNow { id }.facts(&session).1,
        "a short poll is but a sample"
    );
}

#[test]
fn a_poison_pill_is_known_before_it_moves() {
    let mut session = empty_world();
    ask(&mut session, "CreateQueue", r#"{"QueueName":"dead"}"#);
    let arn = session
        .world()
        .queues()
        .next()
        .expect("dead")
        .arn()
        .to_string();
    let policy = format!(r#"{{\"deadLetterTargetArn\":\"{arn}\",\"maxReceiveCount\":1}}"#);
    ask(
        &mut session,
        "CreateQueue",
        &format!(r#"{{"QueueName":"q","Attributes":{{"RedrivePolicy":"{policy}"}}}}"#),
    );
    ask(
        &mut session,
        "SendMessage",
        r#"{"QueueUrl":"q","MessageBody":"m"}"#,
    );
    assert_eq!(
        state(&session, 1).receives,
        ["One more receive, and the one after moves it to dead."]
    );
    ask(
        &mut session,
        "ReceiveMessage",
        r#"{"QueueUrl":"q","VisibilityTimeout":1}"#,
    );
    wait(&mut session, 1);
    assert_eq!(
        state(&session, 1).receives,
        [
            "Received once so far.",
            "It was received 1 of 1 times: the next receive does not return it, but moves it to dead.",
        ]
    );
    let id = queue(&session, 1);
    assert_eq!(
        ExplainNow { id }.facts(&session).0.words(),
        ["1: received too often: it would go to dead instead"]
    );
    let call = ask(&mut session, "ReceiveMessage", r#"{"QueueUrl":"q"}"#);
    assert_eq!(told(&session, call).moved(), [MessageKey(1)]);
}

#[test]
fn the_body_of_a_message_that_is_gone_is_what_was_sent() {
    let mut session = empty_world();
    ask(&mut session, "CreateQueue", r#"{"QueueName":"q"}"#);
    ask(
        &mut session,
        "SendMessageBatch",
        r#"{"QueueUrl":"q","Entries":[{"Id":"a","MessageBody":""},{"Id":"b","MessageBody":"two"},{"Id":"c","MessageBody":"three"}]}"#,
    );
    ask(&mut session, "PurgeQueue", r#"{"QueueUrl":"q"}"#);
    let sent =
        |key| super::message::sent_body(&session, MessageKey(key)).map(|body| body.to_string());
    assert_eq!(
        (sent(1).as_deref(), sent(2).as_deref()),
        (Some("two"), Some("three"))
    );
    assert_eq!(sent(3), None);
}

#[test]
fn what_is_too_long_ago_is_forgotten_and_not_denied() {
    let mut session = Session::new();
    session.apply(Action::open_scenario("slow-and-fast").expect("the library has it"));
    let later = session.start() + Span::from_secs(86_400);
    session.apply(Action::Seek(later));
    while session.now() < later {
        session.apply(Action::Frame { wall_ms: 16.0 });
    }
    let first = session.timeline().log().first_id();
    assert!(first > 0, "{first}");
    let words = describe::forgotten(&session).expect("the newest are kept");
    assert!(words.contains("Only the newest events are kept"), "{words}");
    let known = super::message::known_of(&session, MessageKey(1));
    assert_eq!(known, (true, Some(words)));
    // Who goes back sees it again.
    session.apply(Action::Seek(session.start() + Span::from_secs(60)));
    while session.is_moving() {
        session.apply(Action::Frame { wall_ms: 16.0 });
    }
    assert_eq!(describe::forgotten(&session), None);
}
