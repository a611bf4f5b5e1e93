//! The digests, against vectors most of which were recorded on AWS.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sqs_playground::sim::SortedMap;
use sqs_playground::sqs::api::{MessageAttributeValue, SendMessageRequest};

use crate::support::{Sqs, message, receive, text_attribute};

#[test]
fn bodies() {
    let mut sqs = Sqs::with_queue("q", &[]);
    for (body, digest) in [
        ("hello", "5d41402abc4b2a76b9719d911017c592"),
        ("message", "78e731027d8fd50ed642340b7c9a63b3"),
        (r#"{"foo": "bar"}"#, "94232c5b8fc9272f6f73a1e36eb68fcf"),
        (r#"{"message_index":1}"#, "4504dd781f625d681c31cda87e260702"),
        ("same", "51037a4a37730f52c8732586d3aaa316"),
        (
            "\u{fffd}\u{fffd}\u{fffd}\u{fffd}",
            "4906fc8bbfeecb5625100a7b6edf9f7a",
        ),
        ("héllo ✓ 😀", "537f5718566dd425639556ce037d44ff"),
        ("line1\r\nline2\ttab", "bf49a925baac5063ee732293164a7b56"),
        ("\u{e9}", "66ddcd97cfdeabb2f6fb8a999b4bc76f"),
        ("e\u{301}", "5526861fbb1e71a1bda6ac364310a807"),
    ] {
        let sent = sqs.send(message("q", body));
        assert_eq!(sent.md5_of_message_body, digest, "{body:?}");
        assert_eq!(sent.md5_of_message_attributes, None);
        let received = sqs.receive_one("q", 30);
        assert_eq!(
            (&*received.body, received.md5_of_body.as_str()),
            (body, digest)
        );
        assert_eq!(received.md5_of_message_attributes, None);
    }
}

/// One attribute: name, type, and text or bytes.
type Attribute<'a> = (&'a str, &'a str, Result<&'a str, &'a [u8]>);

#[test]
fn message_attributes() {
    let all_bytes: Vec<u8> = (0..=255).collect();
    let trace = b"traceparent\x1e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01";
    let color: Attribute = ("color", "String", Ok("blue"));
    let help: Attribute = ("Help.Me", "String", Ok("Me"));
    let hello: Attribute = ("Hello", "String", Ok("There"));
    let general: Attribute = ("General", "String", Ok("Kenobi"));
    let test_key: Attribute = ("test-key", "String", Ok("test-value"));
    let ten: Vec<(String, String)> = (0..10)
        .map(|i| (format!("k{i}"), format!("v{i}")))
        .collect();
    let ten: Vec<Attribute> = ten
        .iter()
        .map(|(name, value)| (name.as_str(), "String", Ok(value.as_str())))
        .collect();
    let string = |name, value| [(name, "String", Ok(value))];
    let cases: Vec<(Vec<Attribute>, &str)> = vec![
        (vec![color], "da1b33cc3cbfe8b1630921e78e6b9880"),
        (
            vec![
                color,
                ("count", "Number", Ok("3")),
                ("blob", "Binary", Err(&[1, 2, 3])),
            ],
            "d838729972a4b70e2d2acd9d59ac847c",
        ),
        (
            vec![help, hello, general],
            "4c360f3fdafd970e05fae2f149d997f5",
        ),
        (vec![hello, general], "fca026605781cb4126a1e9044df24232"),
        (vec![hello], "a311262e065454b75da111d535b8dacd"),
        (vec![hello, help], "83fee93c1bcd8b9a5a923ffacdc636c7"),
        (
            vec![("timestamp", "Number", Ok("1493147359900"))],
            "235c5c510d26fb653d073faed50ae77c",
        ),
        (
            vec![("attr1", "Binary", Err(trace))],
            "8cbe4db156db8a94db8b801b7addb984",
        ),
        (vec![test_key], "befa18540a897f7d022bf07057754a03"),
        (
            vec![test_key, ("test-key-alt", "String", Ok("test-value-alt"))],
            "2256c3b617e2b4b3ae4f2d455dcf54d0",
        ),
        (
            vec![("n", "Number", Ok("42"))],
            "30e7543857de47826ea2a48bbec32fd7",
        ),
        (
            vec![("n", "Number.int", Ok("42"))],
            "3b99c059e6bafef8133881a6b05a084f",
        ),
        (
            vec![("s", "String.json", Ok("{}"))],
            "1d7360f5201d9115853c76c1260db22c",
        ),
        (
            vec![("b", "Binary", Err(&[0xff]))],
            "27d3a0f81d87fbd43eb392a97eb4709c",
        ),
        (
            vec![("b", "Binary.png", Err(&all_bytes))],
            "f9e5b38292f55e8384d363b502ccbd35",
        ),
        (
            vec![
                ("a", "String", Ok("2")),
                ("_", "String", Ok("3")),
                ("B", "String", Ok("1")),
            ],
            "b34d4e34bdf2feffcfc2ca93cce3a380",
        ),
        (
            vec![
                ("a1", "String", Ok("x")),
                ("a10", "String", Ok("y")),
                ("a2", "String", Ok("z")),
            ],
            "a8b463160efe1c992993e84e4bc7f250",
        ),
        (
            vec![("price", "Number", Ok("001.50"))],
            "f50ffb0396fce16a22714520ecd5f2f7",
        ),
        (ten, "cef7bc52496ba369ca9e490950244d3f"),
        (
            string("ключ", "значение").to_vec(),
            "8b94baa4455f6b416898e3a31f9c6792",
        ),
    ];
    for (attributes, digest) in cases {
        check_attributes(&attributes, digest);
    }
    for (name, value, digest) in [
        ("Foo", "Bar", "ae7155c6026991b6d54b11589678bf9c"),
        ("MyAttribute", "foobar", "adb59cd4678ea5a855436b949cd07ab6"),
        ("k", "x", "a45daa70926828a2f0a1db3418e6feb4"),
        ("x", "a\r\n\"<&>", "7dfd2913ee10f3b1809c4a4e922a04f4"),
    ] {
        check_attributes(&string(name, value), digest);
    }
}

fn check_attributes(attributes: &[Attribute<'_>], digest: &str) {
    let mut sqs = Sqs::with_queue("q", &[]);
    let message_attributes: SortedMap<_, _> = attributes
        .iter()
        .map(|(name, data_type, value)| (String::from(*name), value_of(data_type, *value)))
        .collect();
    let sent = sqs.send(SendMessageRequest {
        message_attributes: message_attributes.clone(),
        ..message("q", "x")
    });
    assert_eq!(
        sent.md5_of_message_attributes.as_deref(),
        Some(digest),
        "{attributes:?}"
    );
    let received = sqs.receive(receive("q", 1, 30)).remove(0);
    assert_eq!(received.md5_of_message_attributes.as_deref(), Some(digest));
    assert_eq!(received.message_attributes, message_attributes);
}

fn value_of(data_type: &str, value: Result<&str, &[u8]>) -> MessageAttributeValue {
    match value {
        Ok(text) => text_attribute(data_type, text),
        Err(bytes) => MessageAttributeValue {
            data_type: data_type.into(),
            binary_value: Some(STANDARD.encode(bytes)),
            ..Default::default()
        },
    }
}

#[test]
fn the_trace_header_has_a_digest_of_its_own() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
    let sent = sqs.send(SendMessageRequest {
        message_system_attributes: [("AWSTraceHeader".into(), text_attribute("String", header))]
            .into(),
        ..message("q", "x")
    });
    let digest = sent.md5_of_message_system_attributes;
    assert_eq!(digest.as_deref(), Some("5ae4d5d7636402d80f4eb6d213245a88"));
    assert_eq!(sent.md5_of_message_attributes, None);
    let received = sqs.receive_one("q", 30);
    assert_eq!(received.attributes["AWSTraceHeader"], header);
    assert_eq!(received.md5_of_message_attributes, None);
}
