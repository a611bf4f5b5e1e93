//! Time: virtual, moved by hand; and real, for long polls.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::Server;

const START_MS: u64 = 1_767_225_600_000;

#[test]
fn a_virtual_clock_stands_still_until_it_is_moved() {
    let server = Server::virtual_clock();
    let clock = server.clock();
    assert_eq!(clock["clock"], "virtual");
    assert_eq!(clock["now"], "2026-01-01T00:00:00.000Z");
    assert_eq!(clock["now_ms"], START_MS);
    assert_eq!(clock["next_event_ms"], json!(null));

    server.create();
    server.send("m");
    let hide = json!({ "QueueUrl": "q", "VisibilityTimeout": 43_200 });
    server.ok("ReceiveMessage", &hide);
    let clock = server.advance(r#"{"seconds": 43199.999}"#);
    assert_eq!(clock["now_ms"], START_MS + 43_199_999);
    assert_eq!(clock["next_event_ms"], START_MS + 43_200_000);
    assert_eq!(server.receive(), None);
    let clock = server.advance(r#"{"until": "next-event"}"#);
    assert_eq!(clock["now"], "2026-01-01T12:00:00.000Z");
    assert_eq!(server.receive().as_deref(), Some("m"));

    let date = server.call("ListQueues", &json!({}));
    assert_eq!(date.header("date"), Some("Thu, 01 Jan 2026 12:00:00 GMT"));
}

#[test]
fn a_step_to_the_next_event_stays_where_nothing_will_happen() {
    let server = Server::virtual_clock();
    server.create();
    let clock = server.advance(r#"{"until": "next-event"}"#);
    assert_eq!(clock["now_ms"], START_MS);
}

#[test]
fn long_polls_end_by_a_message_or_by_time() {
    let server = Server::virtual_clock();
    server.create();
    let mut first = server.long_poll(20);
    let mut second = server.long_poll(20);
    server.send("m");
    let response = first.response();
    assert!(response.body.contains(r#""Body":"m""#), "{}", response.body);
    assert_eq!(server.clock()["waiting_calls"], 1);
    server.advance(r#"{"seconds": 19}"#);
    assert_eq!(server.clock()["waiting_calls"], 1);
    server.advance(r#"{"seconds": 1}"#);
    assert_eq!(second.response().body, "{}");
    assert_eq!(server.clock()["waiting_calls"], 0);
}

#[test]
fn a_poll_whose_client_goes_takes_no_message() {
    let server = Server::virtual_clock();
    server.create();
    let poll = server.long_poll(20);
    poll.close();
    server.until(|server| server.clock()["waiting_calls"] == 0);
    server.send("m");
    assert_eq!(server.receive().as_deref(), Some("m"));
}

#[test]
fn a_reset_is_a_new_start() {
    let server = Server::virtual_clock();
    let run = || {
        server.create();
        let sent = json!({ "QueueUrl": "q", "MessageBody": "m" });
        let sent = server.ok("SendMessage", &sent);
        let mut poll = {
            server.receive();
            server.long_poll(20)
        };
        server.advance(r#"{"seconds": 5}"#);
        let (status, clock) = server.control("POST", "/_reset", "");
        assert_eq!((status, &clock["now_ms"]), (200, &json!(START_MS)));
        let response = poll.response();
        assert_eq!(response.status, 400, "its queue is gone: {}", response.body);
        assert_eq!(server.ok("ListQueues", &json!({})), json!({}));
        sent["MessageId"].clone()
    };
    assert_eq!(run(), run(), "the same seed, the same luck");
}

#[test]
fn a_real_clock_moves_by_itself_alone() {
    let server = Server::start(&["--clock", "real"]);
    let (status, answer) = server.control("POST", "/_clock/advance", r#"{"seconds": 1}"#);
    assert_eq!(status, 409, "{answer}");
    assert_eq!(server.clock()["clock"], "real");

    server.create();
    let begin = Instant::now();
    let poll = json!({ "QueueUrl": "q", "WaitTimeSeconds": 1 });
    assert_eq!(server.ok("ReceiveMessage", &poll), json!({}));
    assert!(begin.elapsed() >= Duration::from_secs(1));

    // A poll that waits is woken by a delay that ends.
    let mut poll = server.long_poll(20);
    let delayed = json!({ "QueueUrl": "q", "MessageBody": "m", "DelaySeconds": 1 });
    server.ok("SendMessage", &delayed);
    assert!(poll.response().body.contains(r#""Body":"m""#));
    assert!(begin.elapsed() < Duration::from_secs(20));
}

#[test]
fn what_is_not_there_is_said() {
    let server = Server::virtual_clock();
    for (method, path, body, expect) in [
        ("GET", "/_nothing", "", 404),
        ("GET", "/_reset", "", 405),
        ("POST", "/_clock", "", 405),
        ("POST", "/_clock/advance", "", 400),
        ("POST", "/_clock/advance", r#"{"seconds": -1}"#, 400),
        (
            "POST",
            "/_clock/advance",
            r#"{"seconds": 1, "until": "next-event"}"#,
            400,
        ),
    ] {
        let (status, answer) = server.control(method, path, body);
        assert_eq!(status, expect, "{method} {path}");
        assert!(answer["error"].is_string());
    }
}
