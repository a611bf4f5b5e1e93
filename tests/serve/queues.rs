//! Whose queues are where, and how URLs name them.

use serde_json::{Value, json};

use crate::support::Server;

#[test]
fn queue_urls_are_of_the_host_that_was_asked() {
    let server = Server::virtual_clock();
    let mut connection = server.connect();
    for (host, url) in [
        ("localhost:9324", "http://localhost:9324/000000000000/q"),
        ("sqs.test", "http://sqs.test/000000000000/q"),
        ("[::1]:80", "http://[::1]:80/000000000000/q"),
        ("no<host>", "http://localhost/000000000000/q"),
    ] {
        let body = r#"{"QueueName":"q"}"#;
        let length = body.len();
        connection.write(&format!(
            "POST /any/path HTTP/1.1\r\nHost: {host}\r\nX-Amz-Target: AmazonSQS.CreateQueue\r\n\
             Content-Length: {length}\r\n\r\n{body}"
        ));
        let response = connection.response();
        let answer: Value = serde_json::from_str(&response.body).expect("it is JSON");
        assert_eq!(answer["QueueUrl"], url);
    }
    let list = server.ok("ListQueues", &json!({}));
    assert_eq!(
        list["QueueUrls"],
        json!(["http://localhost:9324/000000000000/q"])
    );
}

#[test]
fn every_form_of_a_queue_url_finds_the_queue() {
    let server = Server::virtual_clock();
    server.create();
    for url in [
        "https://sqs.us-east-1.amazonaws.com/000000000000/q",
        "https://us-east-1.queue.amazonaws.com/000000000000/q",
        "https://queue.amazonaws.com/000000000000/q",
        "http://localhost:1/000000000000/q",
        "http://localhost:9324/queue/q",
        "/000000000000/q",
        "q",
    ] {
        let body = json!({ "QueueUrl": url, "MessageBody": "m" });
        server.ok("SendMessage", &body);
    }
    let other = json!({ "QueueUrl": "http://x/111122223333/q", "MessageBody": "m" });
    assert_eq!(server.call("SendMessage", &other).status, 400);
}

#[test]
fn regions_and_accounts_have_queues_of_their_own() {
    let server = Server::start(&["--clock", "virtual", "--account", "123456789012"]);
    let mut connection = server.connect();
    let mut create = |key: &str, region: &str| {
        let headers = format!(
            "authorization: AWS4-HMAC-SHA256 Credential={key}/20260101/{region}/sqs/aws4_request\r\n"
        );
        connection.send_call("CreateQueue", &headers, &json!({ "QueueName": "q" }));
        connection.response();
        let get = json!({ "QueueUrl": "q", "AttributeNames": ["QueueArn"] });
        connection.send_call("GetQueueAttributes", &headers, &get);
        let answer: Value = serde_json::from_str(&connection.response().body).expect("it is JSON");
        answer["Attributes"]["QueueArn"].clone()
    };
    assert_eq!(
        create("AKID", "eu-west-1"),
        "arn:aws:sqs:eu-west-1:123456789012:q"
    );
    assert_eq!(
        create("AKID", "us-east-1"),
        "arn:aws:sqs:us-east-1:123456789012:q"
    );
    assert_eq!(
        create("111122223333", "us-east-1"),
        "arn:aws:sqs:us-east-1:111122223333:q"
    );
    // Who does not sign is in us-east-1; a URL may name another account.
    server.send("ours");
    let theirs = "http://localhost/111122223333/q";
    let body = json!({ "QueueUrl": theirs, "MessageBody": "theirs" });
    server.ok("SendMessage", &body);
    assert_eq!(server.receive().as_deref(), Some("ours"));
    assert_eq!(server.receive(), None);
    let owner = json!({ "QueueName": "q", "QueueOwnerAWSAccountId": "111122223333" });
    let found = server.ok("GetQueueUrl", &owner);
    assert_eq!(found["QueueUrl"], "http://localhost:9324/111122223333/q");
}

#[test]
fn many_clients_at_once_lose_nothing() {
    const CLIENTS: usize = 8;
    const MESSAGES: usize = 50;
    let server = Server::start(&[]);
    server.create();
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            let server = &server;
            scope.spawn(move || {
                let mut connection = server.connect();
                for number in 0..MESSAGES {
                    let text = format!("{client} {number}");
                    let body = json!({ "QueueUrl": "q", "MessageBody": text });
                    connection.send_call("SendMessage", "", &body);
                    assert_eq!(connection.response().status, 200);
                }
            });
        }
    });
    let mut bodies = std::collections::BTreeSet::new();
    let receive = json!({ "QueueUrl": "q", "MaxNumberOfMessages": 10 });
    while let Some(messages) = server.ok("ReceiveMessage", &receive)["Messages"].as_array() {
        for message in messages {
            assert!(bodies.insert(message["Body"].to_string()), "{message}");
        }
    }
    assert_eq!(bodies.len(), CLIENTS * MESSAGES);
}

#[test]
fn the_mode_and_the_seed_make_the_luck() {
    let run = |mode: &str, seed: &str| {
        let server = Server::start(&["--clock", "virtual", "--mode", mode, "--seed", seed]);
        server.create();
        for number in 0..40 {
            server.send(&number.to_string());
        }
        let receive = json!({ "QueueUrl": "q", "MaxNumberOfMessages": 10 });
        let counts = (0..8).map(|_| {
            let answer = server.ok("ReceiveMessage", &receive);
            answer["Messages"].as_array().map_or(0, Vec::len)
        });
        counts.collect::<Vec<_>>()
    };
    assert_eq!(run("strict", "1"), [10, 10, 10, 10, 0, 0, 0, 0]);
    assert_eq!(run("aws-like", "1"), run("aws-like", "1"));
    assert_ne!(run("aws-like", "1"), run("strict", "1"));
    assert_ne!(run("aws-like", "1"), run("aws-like", "2"));
}
