//! Starts the server, and speaks to it over plain sockets.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

/// Nothing here takes longer, unless it hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running server; it ends with this.
pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) address: String,
}

/// One connection to it.
pub(crate) struct Connection {
    stream: BufReader<TcpStream>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

pub(crate) fn command(options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_serve"));
    command.args(options);
    command
}

impl Server {
    /// On a free port.
    pub(crate) fn start(options: &[&str]) -> Self {
        let mut child = command(&["--port", "0"])
            .args(options)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let stdout = child.stdout.take().expect("it is piped");
        let mut line = String::new();
        BufReader::new(stdout)
            .read_line(&mut line)
            .expect("it prints text");
        let address = line
            .trim_end()
            .strip_prefix("listening on http://")
            .expect("it says where it listens")
            .to_owned();
        Self { child, address }
    }

    /// With a clock that is moved by hand.
    pub(crate) fn virtual_clock() -> Self {
        Self::start(&["--clock", "virtual"])
    }

    pub(crate) fn connect(&self) -> Connection {
        let stream = TcpStream::connect(&self.address).expect("it listens");
        stream
            .set_read_timeout(Some(PATIENCE))
            .expect("a time-out can be set");
        Connection {
            stream: BufReader::new(stream),
        }
    }

    /// An action, in AWS JSON, on a connection of its own.
    pub(crate) fn call(&self, action: &str, body: &Value) -> Response {
        let mut connection = self.connect();
        connection.send_call(action, "", body);
        connection.response()
    }

    /// The JSON of an action that succeeds.
    #[track_caller]
    pub(crate) fn ok(&self, action: &str, body: &Value) -> Value {
        let response = self.call(action, body);
        assert_eq!(response.status, 200, "{action}: {}", response.body);
        match response.body.as_str() {
            "" => Value::Null,
            body => serde_json::from_str(body).expect("answers are JSON"),
        }
    }

    /// The first body that a short poll of `q` finds.
    #[track_caller]
    pub(crate) fn receive(&self) -> Option<String> {
        let answer = self.ok("ReceiveMessage", &json!({ "QueueUrl": "q" }));
        let body = answer["Messages"][0]["Body"].as_str();
        body.map(str::to_owned)
    }

    #[track_caller]
    pub(crate) fn send(&self, body: &str) {
        self.ok(
            "SendMessage",
            &json!({ "QueueUrl": "q", "MessageBody": body }),
        );
    }

    #[track_caller]
    pub(crate) fn create(&self) {
        self.ok("CreateQueue", &json!({ "QueueName": "q" }));
    }

    /// A request to what is not SQS.
    pub(crate) fn control(&self, method: &str, path: &str, body: &str) -> (u16, Value) {
        let mut connection = self.connect();
        let length = body.len();
        connection.write(&format!(
            "{method} {path} HTTP/1.1\r\nhost: x\r\ncontent-length: {length}\r\n\r\n{body}"
        ));
        let response = connection.response();
        let value = serde_json::from_str(&response.body).expect("it is JSON");
        (response.status, value)
    }

    pub(crate) fn clock(&self) -> Value {
        self.control("GET", "/_clock", "").1
    }

    #[track_caller]
    pub(crate) fn advance(&self, body: &str) -> Value {
        let (status, clock) = self.control("POST", "/_clock/advance", body);
        assert_eq!(status, 200, "{clock}");
        clock
    }

    /// Starts a long poll of `q`, and returns when it waits.
    pub(crate) fn long_poll(&self, seconds: u32) -> Connection {
        let before = self.clock()["waiting_calls"].clone();
        let mut connection = self.connect();
        let body = json!({ "QueueUrl": "q", "WaitTimeSeconds": seconds });
        connection.send_call("ReceiveMessage", "", &body);
        self.until(|server| server.clock()["waiting_calls"] != before);
        connection
    }

    /// Asks again and again until something is so.
    #[track_caller]
    pub(crate) fn until(&self, is_so: impl Fn(&Self) -> bool) {
        assert!((0..20_000).any(|_| is_so(self)), "it never came to be so");
    }

    /// Sends a signal, and returns the exit code.
    #[cfg(unix)]
    pub(crate) fn stop(&mut self, signal: &str) -> Option<i32> {
        let id = self.child.id().to_string();
        let kill = Command::new("kill").args([signal, &id]).status();
        assert!(kill.expect("there is a kill").success());
        self.child.wait().expect("it ends").code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _killed = self.child.kill();
        let _status = self.child.wait();
    }
}

impl Connection {
    pub(crate) fn write(&mut self, text: &str) {
        // The server may answer and close before it has read all: then its answer counts.
        let _may_fail = self.stream.get_mut().write_all(text.as_bytes());
    }

    /// With further header lines, each with its end.
    pub(crate) fn send_call(&mut self, action: &str, headers: &str, body: &Value) {
        let body = body.to_string();
        let length = body.len();
        self.write(&format!(
            "POST / HTTP/1.1\r\nhost: localhost:9324\r\nx-amz-target: AmazonSQS.{action}\r\n{headers}\
             content-type: application/x-amz-json-1.0\r\ncontent-length: {length}\r\n\r\n{body}"
        ));
    }

    #[track_caller]
    pub(crate) fn response(&mut self) -> Response {
        let line = self.line();
        let status = line.split(' ').nth(1).and_then(|text| text.parse().ok());
        let status = status.unwrap_or_else(|| panic!("no status in {line:?}"));
        let mut headers = Vec::new();
        loop {
            let line = self.line();
            let Some((name, value)) = line.split_once(": ") else {
                break;
            };
            headers.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        let length = headers.iter().find(|(name, _)| name == "content-length");
        let length = length.map_or(0, |(_, value)| value.parse().expect("it is a number"));
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).expect("the body comes");
        Response {
            status,
            headers,
            body: String::from_utf8(body).expect("answers are text"),
        }
    }

    /// Whether the server closes without another byte.
    pub(crate) fn is_closed(&mut self) -> bool {
        let mut byte = [0];
        match self.stream.read(&mut byte) {
            Ok(count) => count == 0,
            Err(error) => error.kind() == std::io::ErrorKind::ConnectionReset,
        }
    }

    pub(crate) fn close(self) {
        let _may_be_closed = self.stream.into_inner().shutdown(Shutdown::Both);
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.stream.read_line(&mut line).expect("a line comes");
        line.trim_end().to_owned()
    }
}

impl Response {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(given, _)| given == name);
        found.map(|(_, value)| value.as_str())
    }
}
