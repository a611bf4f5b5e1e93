//! A producer as a program.

use super::actors::{duration, import_random, sleep_after_error, tried};
use super::calls::name_of;
use super::code::{Code, template};
use super::files::{Program, indented};
use crate::json::AsMember as _;
use crate::world::Producer;

pub(super) fn write(name: &str, settings: &Producer, program: &mut Program) {
    let count = settings
        .count
        .map(|count| format!(" {count}"))
        .unwrap_or_default();
    let queue = name_of(&settings.queue);
    program.about(&format!(
        "{name}: sends{count} messages to the queue {queue}."
    ));
    import_random(templates(settings), program);
    let first = settings.start.unwrap_or(1);
    if settings.bodies.len() > 1 {
        program.function(&body_function(settings, first));
    }
    if settings.batch_size.is_some() {
        program.function(&entry_function(settings));
    }
    // The number after the last.
    let last = settings
        .count
        .map(|count| u64::from(first) + u64::from(count));
    let condition = last.map_or("True".to_owned(), |last| format!("n <= {}", last - 1));
    program.line(0, &format!("n = {first}\nwhile {condition}:"));
    match settings.batch_size {
        None => single(settings, program),
        Some(size) => batch(settings, size, last, program),
    }
}

fn templates(settings: &Producer) -> impl Iterator<Item = &str> {
    let ids = [
        &settings.message_group_id,
        &settings.message_deduplication_id,
    ];
    let ids = ids.into_iter().flatten();
    let texts = settings.bodies.iter().chain([&settings.body]).chain(ids);
    texts.map(String::as_str)
}

/// The bodies in turn.
fn body_function(settings: &Producer, first: u32) -> String {
    let bodies = settings
        .bodies
        .iter()
        .map(|body| template(body, "n"))
        .collect();
    let bodies = Code::List(bodies).print(1, 13);
    let count = settings.bodies.len();
    format!(
        "def body(n):\n    \"\"\"The bodies in turn.\"\"\"\n    bodies = {bodies}\n    \
         return bodies[(n - {first}) % {count}]"
    )
}

/// What a message is made from.
fn message(settings: &Producer) -> Vec<(String, Code)> {
    let body = match &settings.bodies[..] {
        [] => template(&settings.body, "n"),
        [only] => template(only, "n"),
        [..] => Code::Plain("body(n)".into()),
    };
    let mut message = vec![("MessageBody".to_owned(), body)];
    if let Some(seconds) = settings.delay_seconds {
        message.push(("DelaySeconds".into(), Code::Plain(seconds.to_string())));
    }
    if !settings.message_attributes.is_empty() {
        let attributes = Code::of_member("", &settings.message_attributes.member(), &|_, _| None);
        message.push(("MessageAttributes".into(), attributes));
    }
    let ids = [
        ("MessageGroupId", &settings.message_group_id),
        ("MessageDeduplicationId", &settings.message_deduplication_id),
    ];
    for (name, id) in ids {
        message.extend(id.as_ref().map(|id| (name.to_owned(), template(id, "n"))));
    }
    message
}

fn single(settings: &Producer, program: &mut Program) {
    let mut arguments = vec![("QueueUrl".to_owned(), Code::Plain("queue_url".into()))];
    arguments.extend(message(settings));
    let call = Code::Call("sqs.send_message".into(), arguments).print(0, 20);
    try_to_send(&format!("response = {call}"), settings, program);
    program.line(1, "print(f\"sent {n}: {response['MessageId']}\")\nn += 1");
    if let Some(pause) = duration(&settings.pause_ms, program) {
        program.import("time");
        program.line(1, &format!("time.sleep({pause})"));
    }
}

fn entry_function(settings: &Producer) -> String {
    let mut members = vec![("Id".to_owned(), Code::Plain("str(n)".into()))];
    members.extend(message(settings));
    let entry = Code::Map(members).print(1, 11);
    format!("def entry(n):\n    \"\"\"The message with this number.\"\"\"\n    return {entry}")
}

fn batch(settings: &Producer, size: u32, last: Option<u64>, program: &mut Program) {
    let end = last.map_or(format!("n + {size}"), |last| {
        format!("min(n + {size}, {last})")
    });
    program.line(1, &format!("batch = range(n, {end})"));
    let call = "response = sqs.send_message_batch(\n    QueueUrl=queue_url, Entries=[entry(number) for number in batch]\n)";
    try_to_send(call, settings, program);
    program.line(
        1,
        "for failed in response.get(\"Failed\", []):\n    \
         print(f\"not sent {failed['Id']}: {failed.get('Message')}\")\n\
         print(f\"sent {batch[0]} to {batch[-1]}\")\n\
         n += len(batch)",
    );
    // So that batches change the calls, and not the rate.
    if let Some(pause) = duration(&settings.pause_ms, program) {
        program.import("time");
        let is_fixed = pause
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
        let pauses = if is_fixed {
            format!("{pause} * len(batch)")
        } else {
            format!("sum({pause} for _ in batch)")
        };
        program.line(
            1,
            &format!("time.sleep({pauses})  # one pause for each message"),
        );
    }
}

fn try_to_send(call: &str, settings: &Producer, program: &mut Program) {
    let then = format!(
        "{}\ncontinue",
        sleep_after_error(&settings.pause_ms, program)
    );
    let tried = tried(call, "not sent", &then, program);
    program.line(0, &indented(1, &tried));
}
