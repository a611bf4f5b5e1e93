//! Actors as programs: what all of them share, monitors and scripts.

use super::calls::{Calls, name_of};
use super::code::{Code, is_random, seconds};
use super::files::{CLIENT_ERROR, Program, indented};
use super::{consumer, lambda, producer};
use crate::cli::text_literal;
use crate::sim::SortedMap;
use crate::sqs::Config;
use crate::sqs::api::Request;
use crate::world::{ActorConfig, Monitor, Poison, Program as Actor, Script, Spread};

/// Writes the program of an actor in a world where some queues are there from the start.
pub(super) fn write(
    actor: &ActorConfig,
    config: &Config,
    set_up: &SortedMap<String, ()>,
    seed: u64,
    program: &mut Program,
) {
    program.set_seed(&format!("{} {seed}", actor.name));
    if actor.start_after_ms > 0 {
        program.set_start_after(seconds(actor.start_after_ms));
    }
    let mut queue = |queue: &str| find_queue(name_of(queue), set_up, program);
    match &actor.program {
        Actor::Producer(settings) => {
            queue(&settings.queue);
            producer::write(&actor.name, settings, program);
        }
        Actor::Consumer(settings) => {
            queue(&settings.queue);
            consumer::write(&actor.name, settings, program);
        }
        Actor::Lambda(settings) => {
            queue(&settings.queue);
            lambda::write(&actor.name, settings, program);
        }
        Actor::Monitor(settings) => {
            queue(&settings.queue);
            monitor(&actor.name, settings, program);
        }
        Actor::Script(settings) => script(&actor.name, settings, config, set_up, program),
        Actor::Outside(_) => {}
    }
}

/// Finds the queue that the program is about: in `queue_url`.
fn find_queue(name: &str, set_up: &SortedMap<String, ()>, program: &mut Program) {
    let name_literal = text_literal(name);
    if set_up.contains_key(name) {
        program.line(
            0,
            &format!("queue_url = sqs.get_queue_url(QueueName={name_literal})[\"QueueUrl\"]\n\n"),
        );
        return;
    }
    program.import("time");
    program.function(
        "def find_queue(name):\n    \
         \"\"\"The URL of the queue, as soon as somebody has created it.\"\"\"\n    \
         while True:\n        \
         try:\n            \
         return sqs.get_queue_url(QueueName=name)[\"QueueUrl\"]\n        \
         except sqs.exceptions.QueueDoesNotExist:\n            \
         time.sleep(1)",
    );
    program.line(0, &format!("queue_url = find_queue({name_literal})\n\n"));
}

/// How long, in seconds; none if it takes no time.
pub(super) fn duration(spread: &Spread, program: &mut Program) -> Option<String> {
    let code = match *spread {
        Spread::Fixed(0) => return None,
        Spread::Fixed(ms) => return Some(seconds(ms)),
        Spread::Uniform(bounds) if bounds.min == bounds.max => {
            return duration(&Spread::Fixed(bounds.min), program);
        }
        Spread::Uniform(bounds) => {
            format!(
                "random.uniform({}, {})",
                seconds(bounds.min),
                seconds(bounds.max)
            )
        }
        Spread::Exponential(exponential) if exponential.mean == 0 => return None,
        Spread::Exponential(exponential) => {
            format!("random.expovariate(1 / {})", seconds(exponential.mean))
        }
    };
    program.import("random");
    Some(code)
}

/// Sleeps so long, but at least a second: what follows on an error.
pub(super) fn sleep_after_error(pause: &Spread, program: &mut Program) -> String {
    program.import("time");
    match *pause {
        Spread::Fixed(ms) => format!("time.sleep({})", seconds(ms.max(1000))),
        Spread::Uniform(_) | Spread::Exponential(_) => {
            let pause = duration(pause, program).unwrap_or_else(|| "0".into());
            format!("time.sleep(max(1, {pause}))")
        }
    }
}

/// A call in `try`, and what is printed if it fails, with what follows then.
pub(super) fn tried(call: &str, problem: &str, then: &str, program: &mut Program) -> String {
    program.import(CLIENT_ERROR);
    format!(
        "try:\n{}except ClientError as error:\n    print(f\"{problem}: {{error}}\")\n{}",
        indented(1, call),
        indented(1, then)
    )
}

/// The function that tells messages on which the work fails. In Lambda's records the names begin in lower case.
pub(super) fn poison_function(poison: &Poison, is_record: bool) -> String {
    let (of, body, attributes, value) = if is_record {
        ("record", "body", "messageAttributes", "stringValue")
    } else {
        ("message", "Body", "MessageAttributes", "StringValue")
    };
    let test = match poison {
        Poison::BodyContains(text) => format!("return {} in {of}[\"{body}\"]", text_literal(text)),
        Poison::MessageAttribute(attribute) => {
            let (name, wanted) = (
                text_literal(&attribute.name),
                text_literal(&attribute.value),
            );
            format!(
                "attribute = {of}.get(\"{attributes}\", {{}}).get({name}, {{}})\n    \
                 return attribute.get(\"{value}\") == {wanted}"
            )
        }
    };
    format!("def is_poison({of}):\n    \"\"\"Whether the work on it fails.\"\"\"\n    {test}")
}

/// Starts so many of a function that takes no arguments, and waits for all of them.
pub(super) fn in_threads(function: &str, count: usize, program: &mut Program) {
    if count == 1 {
        return program.line(0, &format!("{function}()"));
    }
    program.import("threading");
    program.line(
        0,
        &format!(
            "threads = [threading.Thread(target={function}, daemon=True) for _ in range({count})]\n\
             for thread in threads:\n    thread.start()\n\
             for thread in threads:\n    thread.join()"
        ),
    );
}

fn monitor(name: &str, settings: &Monitor, program: &mut Program) {
    program.import("time");
    let pause = Spread::Fixed(settings.pause_ms);
    let every = duration(&pause, program).unwrap_or_else(|| "0".into());
    program.about(&format!(
        "{name}: reads the counts of the queue {}, again and again.",
        name_of(&settings.queue)
    ));
    let counts = ["", "NotVisible", "Delayed"].map(|of| format!("ApproximateNumberOfMessages{of}"));
    let names = counts.iter().map(|count| Code::text(count)).collect();
    let call = Code::Call(
        "sqs.get_queue_attributes".into(),
        vec![
            ("QueueUrl".into(), Code::Plain("queue_url".into())),
            ("AttributeNames".into(), Code::List(names)),
        ],
    );
    let call = format!("response = {}", call.print(0, 11));
    let then = format!("{}\ncontinue", sleep_after_error(&pause, program));
    program.line(0, "while True:");
    let tried = tried(&call, "not read", &then, program);
    program.line(1, &tried);
    program.line(
        1,
        "counts = response[\"Attributes\"]\n\
         visible = counts[\"ApproximateNumberOfMessages\"]\n\
         in_flight = counts[\"ApproximateNumberOfMessagesNotVisible\"]\n\
         delayed = counts[\"ApproximateNumberOfMessagesDelayed\"]\n\
         print(f\"{visible} visible, {in_flight} in flight, {delayed} delayed\")",
    );
    program.line(1, &format!("time.sleep({every})"));
}

fn script(
    name: &str,
    settings: &Script,
    config: &Config,
    set_up: &SortedMap<String, ()>,
    program: &mut Program,
) {
    let mut actions: Vec<&str> = Vec::new();
    for step in &settings.steps {
        if !actions.contains(&step.call.action()) {
            actions.push(step.call.action());
        }
    }
    program.about(&match &actions[..] {
        [] => format!("{name}: has nothing to do."),
        [only] => format!("{name}: calls {only}."),
        [all @ .., last] => format!("{name}: calls {} and {last}.", all.join(", ")),
    });
    let requests: Vec<&Request> = settings.steps.iter().map(|step| &step.call).collect();
    let mut calls = Calls::new(config, set_up, requests.into_iter());
    for step in &settings.steps {
        let mut lines = calls.prepare(&step.call);
        let is_repeated = step.times > 1;
        let is_used = is_repeated && uses_number(&step.call);
        let number = if is_repeated { "n" } else { "1" };
        if is_repeated {
            let variable = if is_used { "n" } else { "_" };
            let range = if is_used {
                format!("range(1, {})", step.times + 1)
            } else {
                format!("range({})", step.times)
            };
            program.line(0, &lines);
            lines = String::new();
            program.line(0, &format!("for {variable} in {range}:"));
        }
        let level = usize::from(is_repeated);
        lines.push_str(&calls.statement(&step.call, Some(number), program));
        program.line(level, &lines);
        if step.pause_ms > 0 {
            program.import("time");
            program.line(level, &format!("time.sleep({})", seconds(step.pause_ms)));
        }
    }
    if settings.steps.is_empty() {
        program.line(0, "print(\"nothing to do\")");
    }
}

/// Whether a text of the request has the number of the repetition in it.
fn uses_number(request: &Request) -> bool {
    use crate::world::{TemplatePart as Part, template_parts};
    let Request::SendMessage(send) = request else {
        return false;
    };
    let texts = [
        send.message_body.as_deref(),
        send.message_group_id.as_deref(),
        send.message_deduplication_id.as_deref(),
    ];
    let is_number = |part: Part<'_>| matches!(part, Part::Number | Part::Remainder(_));
    texts
        .into_iter()
        .flatten()
        .any(|text| template_parts(text).any(is_number))
}

/// Needs `random` if the templates do.
pub(super) fn import_random<'a>(templates: impl Iterator<Item = &'a str>, program: &mut Program) {
    let mut templates = templates;
    if templates.any(is_random) {
        program.import("random");
    }
}
