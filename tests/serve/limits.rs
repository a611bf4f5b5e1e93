//! What no client should do: an answer, or the end of its connection, but never of the server.

use serde_json::json;

use crate::support::{Server, command};

const TARGET: &str = "host: x\r\nx-amz-target: AmazonSQS.ListQueues\r\n";

#[track_caller]
fn is_well(server: &Server) {
    assert_eq!(server.ok("ListQueues", &json!({})), json!({}));
}

#[test]
fn bytes_that_are_not_http() {
    let server = Server::virtual_clock();
    for text in ["\0\0\0\r\n\r\n", "HELLO\r\n\r\n", "GET / HTTP/9.9\r\n\r\n"] {
        let mut connection = server.connect();
        connection.write(text);
        assert_eq!(connection.response().status, 400, "{text:?}");
        assert!(connection.is_closed());
    }
    let mut connection = server.connect();
    let long = "x".repeat(500_000);
    connection.write(&format!("GET / HTTP/1.1\r\nlong: {long}\r\n\r\n"));
    assert_eq!(connection.response().status, 431);
    is_well(&server);
}

#[test]
fn paths_and_methods_without_a_meaning() {
    let server = Server::virtual_clock();
    for head in [
        "GET /favicon.ico",
        "GET /",
        "POST /",
        "DELETE /",
        "PUT /000000000000/q",
    ] {
        let mut connection = server.connect();
        connection.write(&format!(
            "{head} HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n"
        ));
        let response = connection.response();
        assert_eq!(response.status, 404, "{head}");
        assert_eq!(response.body, "<UnknownOperationException/>\n");
    }
    is_well(&server);
}

#[test]
fn bodies_that_are_too_long() {
    let server = Server::virtual_clock();
    let mut connection = server.connect();
    connection.write(&format!(
        "POST / HTTP/1.1\r\n{TARGET}content-length: 99999999999\r\n\r\n{{"
    ));
    let response = connection.response();
    assert_eq!(response.status, 413);
    let header = response.header("x-amzn-query-error");
    assert_eq!(header, Some("RequestEntityTooLarge;Sender"));

    // Clients send all before they look.
    let mut connection = server.connect();
    let long = " ".repeat(5_000_000);
    connection.write(&format!(
        "POST / HTTP/1.1\r\n{TARGET}content-length: 5000000\r\n\r\n{long}"
    ));
    assert_eq!(connection.response().status, 413);

    // Said in no number, but a chunk at a time.
    let mut connection = server.connect();
    connection.write(&format!(
        "POST / HTTP/1.1\r\n{TARGET}transfer-encoding: chunked\r\n\r\n"
    ));
    let chunk = format!("80000\r\n{}\r\n", " ".repeat(0x80000));
    for _ in 0..5 {
        connection.write(&chunk);
    }
    connection.write("0\r\n\r\n");
    assert_eq!(connection.response().status, 413);
    is_well(&server);
}

#[test]
fn a_body_of_two_mebibytes_is_read() {
    let server = Server::virtual_clock();
    let mut connection = server.connect();
    let body = " ".repeat(2 * 1024 * 1024 - 2) + "{}";
    let length = body.len();
    connection.write(&format!(
        "POST / HTTP/1.1\r\n{TARGET}content-length: {length}\r\n\r\n{body}"
    ));
    assert_eq!(connection.response().status, 200);
}

#[test]
fn slow_clients() {
    let server = Server::start(&["--timeout", "1"]);
    let mut silent = server.connect();
    let mut half_a_head = server.connect();
    half_a_head.write("POST / HTTP/1.1\r\nhost:");
    let mut half_a_body = server.connect();
    half_a_body.write(&format!(
        "POST / HTTP/1.1\r\n{TARGET}content-length: 2\r\n\r\n{{"
    ));
    let response = half_a_body.response();
    assert_eq!(response.status, 400);
    assert!(
        response.body.contains("did not come in time"),
        "{}",
        response.body
    );
    assert!(half_a_body.is_closed());
    assert!(half_a_head.is_closed());
    assert!(silent.is_closed());
    is_well(&server);
}

#[test]
fn a_connection_serves_many_requests() {
    let server = Server::virtual_clock();
    let mut connection = server.connect();
    // Also several at once.
    for _ in 0..3 {
        connection.send_call("ListQueues", "", &json!({}));
    }
    for _ in 0..3 {
        assert_eq!(connection.response().body, "{}");
    }
}

#[cfg(unix)]
#[test]
fn signals_stop_it_in_good_order() {
    for signal in ["-TERM", "-INT"] {
        let mut server = Server::virtual_clock();
        server.create();
        let mut poll = server.long_poll(20);
        assert_eq!(server.stop(signal), Some(0));
        let response = poll.response();
        assert_eq!(response.status, 503);
        let header = response.header("x-amzn-query-error");
        assert_eq!(header, Some("ServiceUnavailable;Receiver"));
    }
}

#[test]
fn options() {
    let output = command(&["--help"]).output().expect("it starts");
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stdout).contains("--clock virtual"));
    let output = command(&["--clock", "fast"]).output().expect("it starts");
    assert!(!output.status.success());
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(error.contains("real or virtual"), "{error}");

    let server = Server::virtual_clock();
    let port = server.address.rsplit(':').next().expect("it has a port");
    let output = command(&["--port", port]).output().expect("it starts");
    assert!(!output.status.success(), "the port is taken");
}
