//! The service behind its wire as a WebAssembly module that imports nothing: what scripts talk to while their runtime is
//! tested (`tests/python`). The page has its own way, through a recording; here is none.
//!
//! A request goes in and an answer comes out as the text of HTTP, without the version; the host passes them byte by byte.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use sqs_playground::sim::Time;
use sqs_playground::sqs::api::{CallId, Caller};
use sqs_playground::sqs::{Config, Error, Mode, Outbox, Service};
use sqs_playground::wire::{self, Format, HttpRequest, HttpResponse};

const ACCOUNT: &str = "123456789012";
const REGION: &str = "us-east-1";
const SEED: u64 = 1;

/// The service, and what is on its way to and from the host.
struct Counter {
    service: Service,
    out: Outbox,
    calls: u64,
    formats: BTreeMap<CallId, Format>,
    answers: Vec<(u64, Vec<u8>)>,
    input: Vec<u8>,
    output: Vec<u8>,
}

impl Counter {
    fn new(mode: Mode, seed: u64) -> Self {
        let mut config = Config::new(ACCOUNT, REGION, seed);
        config.mode = mode;
        Self {
            service: Service::new(&config),
            out: Outbox::default(),
            calls: 0,
            formats: BTreeMap::new(),
            answers: Vec::new(),
            input: Vec::new(),
            output: Vec::new(),
        }
    }

    /// Hands the input to the service; the answer may come at once or later.
    fn call(&mut self, now: Time) -> u64 {
        self.calls += 1;
        let id = CallId(self.calls);
        let input = std::mem::take(&mut self.input);
        match decode(&input) {
            Ok(decoded) => {
                self.formats.insert(id, decoded.format);
                self.service.handle_timeout(now, &mut self.out);
                let person = Caller::PERSON;
                self.service
                    .call(now, id, person, &decoded.request, &mut self.out);
            }
            Err(refusal) => self.answer(id, refusal.format, now, Err(refusal.error)),
        }
        self.deliver(now);
        self.calls
    }

    fn advance(&mut self, now: Time) {
        self.service.handle_timeout(now, &mut self.out);
        self.deliver(now);
    }

    fn deliver(&mut self, now: Time) {
        self.out.events.clear();
        for reply in std::mem::take(&mut self.out.replies) {
            if let Some(format) = self.formats.remove(&reply.call) {
                self.answer(reply.call, format, now, reply.result);
            }
        }
    }

    fn answer(
        &mut self,
        id: CallId,
        format: Format,
        now: Time,
        result: Result<sqs_playground::sqs::api::Response, Error>,
    ) {
        let request_id = wire::request_id(SEED, id.0);
        let response = wire::encode(format, &request_id, &result);
        self.answers.push((id.0, text_of(&response, now)));
    }
}

fn decode(input: &[u8]) -> Result<wire::Decoded, wire::Refusal> {
    let split = input
        .windows(2)
        .position(|two| two == b"\n\n")
        .expect("the host ends the headers with an empty line");
    let head = std::str::from_utf8(&input[..split]).expect("the host sends UTF-8");
    let mut lines = head.lines();
    let (method, path) = lines
        .next()
        .and_then(|line| line.split_once(' '))
        .expect("the host begins with the method and the path");
    let headers: Vec<_> = lines.filter_map(|line| line.split_once(": ")).collect();
    wire::decode(&HttpRequest {
        method,
        path,
        query: "",
        headers: &headers,
        body: &input[split + 2..],
    })
}

fn text_of(response: &HttpResponse, now: Time) -> Vec<u8> {
    let mut text = format!("{}\n", response.status);
    for (name, value) in &response.headers {
        text += &format!("{name}: {value}\n");
    }
    text += &format!("date: {}\n\n", wire::http_date(now));
    let mut bytes = text.into_bytes();
    bytes.extend(&response.body);
    bytes
}

static COUNTER: LazyLock<Mutex<Counter>> =
    LazyLock::new(|| Mutex::new(Counter::new(Mode::Strict, SEED)));

fn counter() -> MutexGuard<'static, Counter> {
    COUNTER.lock().unwrap_or_else(PoisonError::into_inner)
}

macro_rules! export {
    ($(#[$doc:meta])* $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)?, $body:expr) => {
        $(#[$doc])*
        #[expect(
            unsafe_code,
            reason = "a host finds the function by its plain name; no other function of this module has it"
        )]
        #[unsafe(no_mangle)]
        pub(crate) extern "C" fn $name($($argument: $type),*) $(-> $result)? {
            $body
        }
    };
}

export!(
    /// Begins anew, with an empty account, in the mode of this number (0 is strict) and with this seed.
    reset(mode: u32, seed: u64),
    *counter() = Counter::new(Mode::ALL[mode as usize], seed)
);
export!(
    /// Adds a byte to the request.
    push(byte: u8),
    counter().input.push(byte)
);
export!(
    /// Makes the request, at a time in milliseconds, and returns its number.
    call(now: u64) -> u64,
    counter().call(Time::from_ms(now))
);
export!(
    /// Says what time it is.
    advance(now: u64),
    counter().advance(Time::from_ms(now))
);
export!(
    /// When the service next has something to do by itself; the largest number for never.
    poll_timeout() -> u64,
    counter().service.poll_timeout().map_or(u64::MAX, Time::as_ms)
);
export!(
    /// Takes the next answer for [`output`], and returns the number of its call; 0 if there is none.
    next_answer() -> u64,
    {
        let mut counter = counter();
        if counter.answers.is_empty() {
            return 0;
        }
        let (call, output) = counter.answers.remove(0);
        counter.output = output;
        call
    }
);
export!(
    /// How many bytes the answer has.
    output_length() -> u32,
    u32::try_from(counter().output.len()).expect("answers are small")
);
export!(
    /// A byte of the answer.
    output(at: u32) -> u8,
    counter().output[at as usize]
);
export!(
    /// Nobody waits for the answer to that call any more.
    cancel(call: u64),
    {
        let mut counter = counter();
        counter.formats.remove(&CallId(call));
        counter.service.cancel(CallId(call));
    }
);
