//! A consumer as a program.

use super::actors::{duration, in_threads, poison_function, sleep_after_error, tried};
use super::calls::name_of;
use super::code::{Code, seconds};
use super::files::{Program, indented};
use crate::world::{AfterWork, Consumer, OnFailure, Poison};

pub(super) fn write(name: &str, settings: &Consumer, program: &mut Program) {
    let workers = settings.concurrency.unwrap_or(1) as usize;
    let does = match (settings.after_work, settings.work_ms.is_zero()) {
        (AfterWork::Delete, false) => ", works on each message and deletes it",
        (AfterWork::Delete, true) => " and deletes each message",
        (AfterWork::DeleteBatch, false) => ", works on the messages and deletes them with one call",
        (AfterWork::DeleteBatch, true) => " and deletes the messages with one call",
        (AfterWork::Keep, false) => ", works on each message and deletes none",
        (AfterWork::Keep, true) => " and deletes nothing",
    };
    let queue = name_of(&settings.queue);
    let many = if workers > 1 {
        format!(", with {workers} workers")
    } else {
        String::new()
    };
    program.about(&format!(
        "{name}: receives from the queue {queue}{does}{many}."
    ));
    let writer = Writer {
        settings,
        has_heartbeat: settings.heartbeat_seconds.is_some() && !settings.work_ms.is_zero(),
        has_crashes: settings.crash_percent.is_some_and(|percent| percent > 0)
            && !settings.work_ms.is_zero(),
    };
    writer.functions(program);
    let body = writer.body(program);
    if workers == 1 {
        return program.line(0, &body);
    }
    let whole = format!("def worker():\n{}", indented(1, &body));
    program.function(whole.trim_end());
    in_threads("worker", workers, program);
}

struct Writer<'a> {
    settings: &'a Consumer,
    has_heartbeat: bool,
    has_crashes: bool,
}

impl Writer<'_> {
    /// Whether messages are worked on at all.
    fn works(&self) -> bool {
        !self.settings.work_ms.is_zero() || self.settings.after_work != AfterWork::Keep
    }

    fn functions(&self, program: &mut Program) {
        let settings = self.settings;
        if !self.works() {
            return;
        }
        if settings.idempotent {
            program.line(
                0,
                "done = set()  # in a real system a table that all consumers share\n\n",
            );
        }
        if let Some(poison) = &settings.poison {
            program.function(&poison_function(poison, false));
            if settings.on_failure == OnFailure::RetryNow {
                let call = "sqs.change_message_visibility(\n    QueueUrl=queue_url, \
                            ReceiptHandle=message[\"ReceiptHandle\"], VisibilityTimeout=0\n)";
                let tried = tried(call, "not given back", "", program);
                program.function(&function(
                    "give_back(message)",
                    "Lets it be received again at once.",
                    &tried,
                ));
            }
        }
        if settings.after_work == AfterWork::Delete {
            let call =
                "sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message[\"ReceiptHandle\"])";
            let tried = tried(call, "not deleted", "", program);
            program.function(&function(
                "delete(message)",
                "Deletes what is done.",
                &tried,
            ));
        }
        if settings.after_work == AfterWork::DeleteBatch {
            let call = "response = sqs.delete_message_batch(QueueUrl=queue_url, Entries=entries)\n\
                        for failed in response.get(\"Failed\", []):\n    \
                        print(f\"not deleted: {failed.get('Message')}\")";
            let tried = tried(call, "not deleted", "", program);
            let entries = "entries = [\n    {\"Id\": str(number), \"ReceiptHandle\": message[\"ReceiptHandle\"]}\n    \
                           for number, message in enumerate(messages)\n]\n";
            program.function(&function(
                "delete_all(messages)",
                "Deletes what is done, in one call.",
                &format!("{entries}{tried}"),
            ));
        }
        if self.has_crashes {
            program.function(
                "class Crash(Exception):\n    \
                 \"\"\"A worker dies in the middle of its work, and all that it holds is lost to it.\"\"\"",
            );
        }
        if self.has_heartbeat {
            self.heartbeat(program);
        }
    }

    fn heartbeat(&self, program: &mut Program) {
        let settings = self.settings;
        let every = settings.heartbeat_seconds.unwrap_or(1);
        let extends = settings
            .heartbeat_extends_seconds
            .or(settings.visibility_timeout);
        let extends = extends.unwrap_or(30);
        program.import("time");
        let one = format!(
            "if len(messages) == 1:\n    \
             sqs.change_message_visibility(\n        \
             QueueUrl=queue_url, ReceiptHandle=messages[0][\"ReceiptHandle\"], VisibilityTimeout={extends}\n    )\n\
             else:\n    \
             entries = [\n        \
             {{\"Id\": str(number), \"ReceiptHandle\": message[\"ReceiptHandle\"], \"VisibilityTimeout\": {extends}}}\n        \
             for number, message in enumerate(messages)\n    ]\n    \
             sqs.change_message_visibility_batch(QueueUrl=queue_url, Entries=entries)"
        );
        let tried = tried(&one, "not hidden for longer", "", program);
        program.function(&function(
            "keep_hidden(messages)",
            &format!("Hides messages for {extends} s from now on."),
            &tried,
        ));
        program.function(&function(
            "work(duration, held, next_beat)",
            &format!(
                "Works so long. Every {every} s all messages that are held stay hidden for longer."
            ),
            &format!(
                "end = time.monotonic() + duration\n\
                 while next_beat < end:\n    \
                 time.sleep(max(0, next_beat - time.monotonic()))\n    \
                 keep_hidden(held)\n    \
                 next_beat += {every}\n\
                 time.sleep(max(0, end - time.monotonic()))\n\
                 return next_beat"
            ),
        ));
    }

    /// The loop of a worker.
    fn body(&self, program: &mut Program) -> String {
        let settings = self.settings;
        let mut body = String::new();
        let pause = duration(&settings.pause_ms, program);
        let counts_empty = settings.stop_after_empty.filter(|count| *count > 1);
        if counts_empty.is_some() {
            body.push_str("empty = 0\n");
        }
        body.push_str("while True:\n");
        let call = format!("response = {}", receive(settings).print(0, 20));
        let then = format!(
            "{}\ncontinue",
            sleep_after_error(&settings.pause_ms, program)
        );
        body.push_str(&indented(1, &tried(&call, "not received", &then, program)));
        body.push_str(&indented(1, "messages = response.get(\"Messages\", [])"));
        if let Some(count) = counts_empty {
            body.push_str(&indented(
                1,
                &format!(
                    "if messages:\n    empty = 0\nelse:\n    empty += 1\n    if empty == {count}:\n        break"
                ),
            ));
        } else if settings.stop_after_empty.is_some() {
            body.push_str(&indented(1, "if not messages:\n    break"));
        }
        let messages = self.messages(program);
        if self.has_crashes {
            let restart = seconds(settings.restart_after_ms.unwrap_or(1000));
            body.push_str(&indented(1, "try:"));
            body.push_str(&indented(2, &messages));
            body.push_str(&indented(
                1,
                &format!(
                    "except Crash:\n    print(\"crashed\")\n    time.sleep({restart})\n    continue"
                ),
            ));
        } else {
            body.push_str(&indented(1, &messages));
        }
        if let Some(pause) = pause {
            program.import("time");
            body.push_str(&indented(1, &format!("time.sleep({pause})")));
        }
        body
    }

    /// What is done with the messages of a receive.
    fn messages(&self, program: &mut Program) -> String {
        let settings = self.settings;
        let is_batch = settings.after_work == AfterWork::DeleteBatch;
        let mut lines = String::new();
        if is_batch {
            lines.push_str("finished = []\n");
        }
        if self.has_heartbeat {
            let every = settings.heartbeat_seconds.unwrap_or(1);
            lines.push_str(&format!("next_beat = time.monotonic() + {every}\n"));
            lines.push_str("for place, message in enumerate(messages):\n");
        } else {
            lines.push_str("for message in messages:\n");
        }
        lines.push_str(&indented(1, "print(f\"received {message['Body']}\")"));
        if self.works() {
            let work = self.work(program);
            if settings.idempotent {
                lines.push_str(&indented(1, "if message[\"MessageId\"] in done:"));
                lines.push_str(&indented(2, "print(\"this was done before\")"));
                lines.push_str(&indented(1, "else:"));
                lines.push_str(&indented(2, &work));
            } else {
                lines.push_str(&indented(1, &work));
            }
            let after = match settings.after_work {
                AfterWork::Delete => "delete(message)",
                AfterWork::DeleteBatch => "finished.append(message)",
                AfterWork::Keep => "",
            };
            lines.push_str(&indented(1, after));
        }
        if is_batch {
            lines.push_str("if finished:\n    delete_all(finished)\n");
        }
        lines
    }

    /// The work on a message, and what follows if it fails.
    fn work(&self, program: &mut Program) -> String {
        let settings = self.settings;
        let mut lines = String::new();
        if let Some(time) = duration(&settings.work_ms, program) {
            program.import("time");
            lines.push_str(&self.takes(&time, program));
        }
        if settings.poison.is_some() {
            lines.push_str("if is_poison(message):\n    print(\"the work on it failed\")\n");
            if settings.on_failure == OnFailure::RetryNow {
                lines.push_str("    give_back(message)\n");
            }
            lines.push_str("    continue\n");
        }
        if settings.idempotent {
            lines.push_str("done.add(message[\"MessageId\"])\n");
        }
        lines
    }

    /// The time that the work takes, with crashes and heartbeats.
    fn takes(&self, time: &str, program: &mut Program) -> String {
        let held = if self.settings.after_work == AfterWork::DeleteBatch {
            "finished + messages[place:]"
        } else {
            "messages[place:]"
        };
        let takes = |time: &str| {
            if self.has_heartbeat {
                format!("next_beat = work({time}, {held}, next_beat)")
            } else {
                format!("time.sleep({time})")
            }
        };
        let Some(percent) = self.settings.crash_percent.filter(|_| self.has_crashes) else {
            return format!("{}  # the work\n", takes(time));
        };
        program.import("random");
        format!(
            "duration = {time}\nif random.random() < {}:\n    {}\n    raise Crash\n{}  # the work\n",
            // Hundredths are written as thousandths of a thousand times as much.
            seconds(u64::from(percent) * 10),
            takes("random.uniform(0, duration)"),
            takes("duration")
        )
    }
}

fn receive(settings: &Consumer) -> Code {
    let mut arguments = vec![("QueueUrl".to_owned(), Code::Plain("queue_url".into()))];
    if let Some(Poison::MessageAttribute(attribute)) = &settings.poison {
        let names = Code::List(vec![Code::text(&attribute.name)]);
        arguments.push(("MessageAttributeNames".into(), names));
    }
    for (name, value) in [
        ("MaxNumberOfMessages", settings.max_number_of_messages),
        ("VisibilityTimeout", settings.visibility_timeout),
        ("WaitTimeSeconds", settings.wait_time_seconds),
    ] {
        arguments.extend(value.map(|value| (name.to_owned(), Code::Plain(value.to_string()))));
    }
    Code::Call("sqs.receive_message".into(), arguments)
}

/// A function with its documentation.
pub(super) fn function(head: &str, about: &str, body: &str) -> String {
    let text = format!(
        "def {head}:\n    \"\"\"{about}\"\"\"\n{}",
        indented(1, body)
    );
    text.trim_end().to_owned()
}
